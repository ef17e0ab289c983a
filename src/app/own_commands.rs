//! The commands of the configuration, and which placeholders may stand in their arguments.

/// A command of the configuration.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OwnCommand {
    /// Its name.
    pub name: String,
    /// A program with its arguments, with placeholders.
    pub words: Vec<String>,
}

/// The commands that the configuration has.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct OwnCommands {
    /// Those that the user runs, in order.
    pub named: Vec<OwnCommand>,
    /// A program with its arguments, with placeholders, which is run where a rule notifies; empty for none.
    pub notify: Vec<String>,
}

/// What may stand in braces in an argument of those that the user runs.
pub const PLACEHOLDERS: [&str; 8] =
    ["url", "headline", "publisher", "date", "speaker", "quotation", "file", "enclosure"];
