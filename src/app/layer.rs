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
    /// The card of a feed, whose rows are edited.
    Feed,
    /// The card that says why a quotation has its speaker: keys about the quotation hold there too.
    Why,
    /// The card that lists where an article leads.
    Links,
}

impl Layer {
    /// All of them, by the names that the configuration has for them.
    pub const NAMES: [(&'static str, Self); 14] = [
        ("list", Self::List),
        ("article", Self::Article),
        ("speakers", Self::Speakers),
        ("sidebar", Self::Sidebar),
        ("people", Self::People),
        ("timeline", Self::Timeline),
        ("clippings", Self::Clippings),
        ("review", Self::Review),
        ("prompt", Self::Prompt),
        ("card", Self::Card),
        ("tasks", Self::Tasks),
        ("feed", Self::Feed),
        ("why", Self::Why),
        ("links", Self::Links),
    ];

    /// All of them.
    pub fn all() -> impl Iterator<Item = Self> {
        Self::NAMES.into_iter().map(|(_, layer)| layer)
    }

    /// Its name.
    pub fn name(self) -> &'static str {
        Self::NAMES.iter().find(|(_, layer)| *layer == self).map_or("", |(name, _)| name)
    }

    /// The one that is called so.
    pub fn named(name: &str) -> Option<Self> {
        Self::NAMES.iter().find(|(known, _)| *known == name).map(|&(_, layer)| layer)
    }

    /// What the view is called; none for what is a part of another.
    pub(super) const fn view(self) -> Option<&'static str> {
        match self {
            Self::List => Some("the list"),
            Self::Article => Some("an article"),
            Self::Sidebar => Some("the sidebar"),
            Self::People => Some("the speakers"),
            Self::Tasks => Some("the tasks"),
            Self::Feed => Some("the card of a feed"),
            Self::Links => Some("the list of links"),
            Self::Timeline => Some("a timeline"),
            Self::Clippings => Some("the clippings"),
            Self::Review => Some("the review"),
            Self::Speakers | Self::Prompt | Self::Card | Self::Why => None,
        }
    }
}

/// Some layers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct Layers(u16);

impl Layers {
    /// None.
    pub const NONE: Self = Self(0);

    /// These layers.
    pub const fn of(layers: &[Layer]) -> Self {
        let (mut bits, mut at) = (0, 0);
        while at < layers.len() {
            bits |= 1 << layers[at] as u16;
            at += 1;
        }
        Self(bits)
    }

    /// These layers and others.
    #[must_use]
    pub const fn and(self, others: &[Layer]) -> Self {
        Self(self.0 | Self::of(others).0)
    }

    /// These layers but one.
    #[must_use]
    pub const fn without(self, layer: Layer) -> Self {
        Self(self.0 & !Self::of(&[layer]).0)
    }

    /// Whether it is one of them.
    pub const fn contains(self, layer: Layer) -> bool {
        self.0 & Self::of(&[layer]).0 != 0
    }

    /// Each of them.
    pub fn iter(self) -> impl Iterator<Item = Layer> {
        Layer::all().filter(move |&layer| self.contains(layer))
    }
}

/// Where a command works, as a message to whoever asks for it elsewhere.
pub(super) fn works_only_in(name: &str, layers: Layers) -> String {
    let views: Vec<_> = layers.iter().filter_map(Layer::view).collect();
    match views.split_last() {
        None => format!("{name} does not work here"),
        Some((view, [])) => format!("{name} works only in {view}"),
        Some((view, others)) => format!("{name} works only in {} and {view}", others.join(", ")),
    }
}
