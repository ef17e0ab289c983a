//! Messages of one line.

use std::borrow::Cow;

use super::Command;

/// A message for the user, and what to do next. A hint names a command, never a key: which key that is, and whether
/// there is one in this view, the keymap knows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Notice {
    /// What happened, or why nothing did.
    pub text: String,
    /// What to do next: a command, and a word or two that follow its key.
    pub hints: Vec<(Command, Cow<'static, str>)>,
}

impl Notice {
    /// A line without hints.
    pub fn new(text: impl Into<String>) -> Self {
        Self { text: text.into(), hints: Vec::new() }
    }

    /// A message about what was done, and that it can be undone.
    pub fn undoable(text: impl Into<String>) -> Self {
        Self::new(text).hint(Command::Undo, "undo")
    }

    /// The same line with one more hint at its end.
    #[must_use]
    pub fn hint(mut self, command: Command, words: impl Into<Cow<'static, str>>) -> Self {
        self.hints.push((command, words.into()));
        self
    }
}

impl From<&str> for Notice {
    fn from(text: &str) -> Self {
        Self::new(text)
    }
}

impl From<String> for Notice {
    fn from(text: String) -> Self {
        Self::new(text)
    }
}
