//! How things are shown, as the user wishes.

/// How things are shown.
#[derive(Debug, Default)]
pub(super) struct DisplaySettings {
    pub(super) highlight: HighlightMode,
    /// Whether the oldest article comes first in timelines.
    pub(super) is_oldest_first: bool,
}

/// What is highlighted in an article.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum HighlightMode {
    /// Quotations, each in its speaker's colour.
    #[default]
    Speakers,
    /// Nothing.
    Off,
    /// Quotations, all alike.
    Quotations,
}

impl HighlightMode {
    const NAMES: [(&'static str, Self); 3] =
        [("speakers", Self::Speakers), ("off", Self::Off), ("quotations", Self::Quotations)];

    /// Its name in the library.
    pub fn name(self) -> &'static str {
        Self::NAMES.iter().find(|(_, highlight)| *highlight == self).map_or("", |(name, _)| name)
    }

    /// The one that is called so.
    pub fn named(name: &str) -> Option<Self> {
        Self::NAMES.iter().find(|(known, _)| *known == name).map(|&(_, highlight)| highlight)
    }
}
