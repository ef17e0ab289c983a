//! What an argument of a command could become.

/// A candidate for an argument.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(in crate::app) struct Word {
    /// A sign before it.
    pub mark: &'static str,
    pub name: String,
    /// What it is like, or does.
    pub does: String,
    /// Whether more is to follow.
    pub goes_on: bool,
}

impl Word {
    pub fn new(name: impl Into<String>, does: impl Into<String>) -> Self {
        Self { name: name.into(), does: does.into(), ..Self::default() }
    }
}
