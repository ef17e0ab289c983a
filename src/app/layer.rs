//! Which keys hold.

/// Which keys hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Layer {
    /// The headlines.
    List,
    /// The article.
    Article,
    /// Who speaks in it.
    Speakers,
    /// The collections.
    Sidebar,
    /// Everyone who speaks in the library.
    People,
    /// All that one of them said.
    Timeline,
    /// The quotations that the user keeps.
    Clippings,
    /// What is to be checked.
    Review,
    /// The line into which one types.
    Prompt,
    /// What lies over the panes.
    Card,
    /// The card that lists what runs in the background.
    Tasks,
    /// The card that says why a quotation has its speaker: keys about the quotation hold there too.
    Why,
}

impl Layer {
    /// What the view is called; none for what is a part of another.
    pub(super) const fn view(self) -> Option<&'static str> {
        match self {
            Self::List => Some("the list"),
            Self::Article => Some("an article"),
            Self::Sidebar => Some("the sidebar"),
            Self::People => Some("the speakers of all articles"),
            Self::Tasks => Some("the list of tasks"),
            Self::Timeline => Some("all that one speaker said"),
            Self::Clippings => Some("the clippings"),
            Self::Review => Some("the review"),
            Self::Speakers | Self::Prompt | Self::Card | Self::Why => None,
        }
    }
}

/// Where a command works, as a message to whoever asks for it elsewhere.
pub(super) fn works_only_in(name: &str, layers: &[Layer]) -> String {
    let views: Vec<_> = layers.iter().filter_map(|layer| layer.view()).collect();
    match views.split_last() {
        None => format!("{name} does not work here"),
        Some((view, [])) => format!("{name} works only in {view}"),
        Some((view, others)) => format!("{name} works only in {} and in {view}", others.join(", in ")),
    }
}
