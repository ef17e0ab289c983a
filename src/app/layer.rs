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
    /// The line into which one types.
    Prompt,
    /// What lies over the panes.
    Card,
    /// The card that lists what runs in the background.
    Tasks,
    /// The card that says why a quotation has its speaker: keys about the quotation hold there too.
    Why,
}
