//! Where quoted words stand in another version of an article.

use std::collections::BTreeMap;

use super::reader::Reader;
use crate::catalog::person_key;
use crate::quotes::Quotation;
use crate::text::Span;
use crate::user::reanchor::{self, Quoted};

/// Where the quotation starts in another version of an article that started at this byte in the old one. The same or like
/// words of another speaker are another quotation.
pub(super) fn place_of(start: usize, old: &Reader, reader: &Reader) -> Option<usize> {
    let place = places_of(std::iter::once(start), old, reader).remove(&start)?;
    let speaker = |reader: &Reader, quotation: &Quotation| {
        reader.findings.speaker_of(quotation).map(|speaker| person_key(&speaker.name))
    };
    let before = old.findings.quotations.iter().find(|quotation| quotation.span.start == start)?;
    let Some(spoken_by) = speaker(old, before) else { return Some(place) };
    let words = old.article.body.words(before.span);
    let is_theirs = |quotation: &&Quotation| speaker(reader, quotation).as_ref() == Some(&spoken_by);
    let is_same =
        |quotation: &&Quotation| quotation.span.start == place || reader.article.body.words(quotation.span) == words;
    let theirs = reader.findings.quotations.iter().filter(is_same).filter(is_theirs);
    theirs.map(|quotation| quotation.span.start).min_by_key(|at| at.abs_diff(place))
}

/// As [`place_of`], for several at once: none is found twice.
pub(super) fn places_of(starts: impl Iterator<Item = usize>, old: &Reader, reader: &Reader) -> BTreeMap<usize, usize> {
    let before = Quoted { body: &old.article.body, findings: &old.findings };
    let now = Quoted { body: &reader.article.body, findings: &reader.findings };
    reanchor::quotations(before, now, starts, &[]).0
}

/// Where these words are quoted in an article: nearest to where they stood.
pub(super) fn quotation_of(reader: &Reader, start: usize, words: &str) -> Option<Span> {
    let spans = reader.findings.quotations.iter().map(|quotation| quotation.span);
    spans.filter(|span| reader.article.body.words(*span) == words).min_by_key(|span| span.start.abs_diff(start))
}
