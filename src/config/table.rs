//! The entries of a table of TOML, in the order in which they are written.

use std::ops::Range;

use toml::de::{DeTable, DeValue};

use super::place::Source;
use crate::text::nearest;

/// A name and its value.
#[derive(Debug, Clone)]
pub(super) struct Entry<'s, 't> {
    pub name: &'s str,
    pub value: &'s DeValue<'t>,
    spans: (Range<usize>, Range<usize>),
}

impl Entry<'_, '_> {
    /// Where its name stands, in bytes.
    pub fn name_span(&self) -> Range<usize> {
        self.spans.0.clone()
    }

    /// Where its value stands, in bytes.
    pub fn value_span(&self) -> Range<usize> {
        self.spans.1.clone()
    }
}

/// The entries of a table, but for those in lines that are no TOML.
pub(super) fn entries<'s, 't>(table: &'s DeTable<'t>, source: &Source<'_>) -> Vec<Entry<'s, 't>> {
    let entry = |(name, value): (&'s toml::Spanned<toml::de::DeString<'t>>, &'s toml::Spanned<DeValue<'t>>)| Entry {
        name: name.get_ref(),
        value: value.get_ref(),
        spans: (name.span(), value.span()),
    };
    let mut entries: Vec<_> = table.iter().map(entry).collect();
    entries.sort_by_key(|entry| entry.spans.0.start);
    let is_whole = |entry: &Entry<'_, '_>| !source.is_broken(&entry.spans.0) && !source.is_broken(&entry.spans.1);
    entries.retain(is_whole);
    entries
}

/// What is said of a name that nothing has: "unknown view “lst” · did you mean list?"
pub(super) fn unknown<'a>(what: &str, name: &str, known: impl IntoIterator<Item = &'a str>) -> String {
    match nearest(name, known) {
        Some(near) => format!("unknown {what} “{name}” · did you mean {near}?"),
        None => format!("unknown {what} “{name}”"),
    }
}
