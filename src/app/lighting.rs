//! What is highlighted in an article.

/// What is lit in an article.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Lighting {
    /// Quotations, each in its speaker's colour.
    #[default]
    Speakers,
    /// Nothing.
    Off,
    /// Quotations, all alike.
    Quotations,
}

impl Lighting {
    const NAMES: [(&'static str, Self); 3] =
        [("speakers", Self::Speakers), ("off", Self::Off), ("quotations", Self::Quotations)];

    /// What it is called where it is kept.
    pub fn name(self) -> &'static str {
        Self::NAMES.iter().find(|(_, lighting)| *lighting == self).map_or("", |(name, _)| name)
    }

    /// The one that is called so.
    pub fn named(name: &str) -> Option<Self> {
        Self::NAMES.iter().find(|(known, _)| *known == name).map(|&(_, lighting)| lighting)
    }
}
