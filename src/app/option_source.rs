//! Who has set an option.

/// Who has set an option; the strongest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum OptionSource {
    /// The user, for the collection at hand.
    Collection,
    /// The user, in this run.
    Run,
    /// The command line.
    Flag,
    /// The configuration.
    Configuration,
    /// The user, in an earlier run.
    Remembered,
    /// Nobody.
    Default,
}

impl OptionSource {
    /// In words.
    pub const fn words(self) -> &'static str {
        match self {
            Self::Collection => "chosen for this list",
            Self::Flag => "command line",
            Self::Run => "changed in this run",
            Self::Configuration => "configuration",
            Self::Remembered => "remembered",
            Self::Default => "default",
        }
    }
}
