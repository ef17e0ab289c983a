//! What is wrong in a configuration.

use std::fmt;

/// Something that does not hold, or that may surprise.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// The line, counted from 1.
    pub line: usize,
    /// The column in it, counted from 1, in characters.
    pub column: usize,
    /// What is wrong, and what is right.
    pub message: String,
    /// Whether all of it holds nevertheless.
    pub is_warning: bool,
}

impl Problem {
    /// The place in a file of this name ("config.toml:3:14:"), and what is wrong there.
    pub fn listed(&self, file: &str) -> (String, String) {
        (format!("{file}:{}:{}:", self.line, self.column), self.message.clone())
    }
}

/// "3:14: unknown option “colum” · did you mean column?"
impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = if self.is_warning { "warning: " } else { "" };
        write!(f, "{}:{}: {sign}{}", self.line, self.column, self.message)
    }
}
