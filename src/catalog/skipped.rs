//! What was not read.

use std::fmt;

use crate::text::clean_line;

/// Something that was not read: a file or address, cleaned, and why, as the end of a sentence that begins with it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SkippedFile {
    /// The file or address.
    pub place: String,
    /// Why.
    pub reason: String,
}

impl SkippedFile {
    /// What lies at `place` was not read.
    pub fn new(place: &str, reason: impl Into<String>) -> Self {
        Self { place: clean_line(place), reason: reason.into() }
    }
}

impl fmt::Display for SkippedFile {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.place, self.reason)
    }
}
