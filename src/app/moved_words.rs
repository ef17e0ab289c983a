//! Where quoted words stand in another version of an article.

use std::collections::BTreeMap;

use super::reader::Reader;
use crate::text::Span;
use crate::user::reanchor::{self, Quoted};

/// Where the quotation starts in another version of an article that started at this byte in the old one. The same or like
/// words of another speaker are another quotation.
pub(super) fn place_of(start: usize, old: &Reader, reader: &Reader) -> Option<usize> {
    places_of(std::iter::once(start), old, reader).remove(&start)
}

/// As [`place_of`], for several at once: none is found twice.
pub(super) fn places_of(starts: impl Iterator<Item = usize>, old: &Reader, reader: &Reader) -> BTreeMap<usize, usize> {
    let before = Quoted { body: &old.article.body, findings: old.found() };
    let now = Quoted { body: &reader.article.body, findings: reader.found() };
    reanchor::quotations(before, now, starts, &[]).0
}

/// Where these words are quoted in an article: nearest to where they stood.
pub(super) fn quotation_of(reader: &Reader, start: usize, words: &str) -> Option<Span> {
    let spans = reader.findings.quotations.iter().map(|quotation| quotation.span);
    spans.filter(|span| reader.article.body.words(*span) == words).min_by_key(|span| span.start.abs_diff(start))
}
