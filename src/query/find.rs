//! Finding words in folded text.

use memchr::memmem;

use super::Pattern;
use crate::text::{Folded, Span, begins_word};

/// Something to find in a text, folded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Needle {
    /// What to look for first: all that was typed, or the first of several words.
    first: String,
    /// The words that follow.
    more: Vec<String>,
    /// Whether a hit must begin where a word begins.
    at_word: bool,
    /// A regular expression to look for instead.
    pattern: Option<Pattern>,
}

impl Needle {
    /// Finds `words` (folded) one after the other, whatever marks stand between them, in one line; the last may be
    /// unfinished.
    pub fn word(words: &str) -> Self {
        let mut words = crate::text::words(words).map(str::to_owned);
        let first = words.next().unwrap_or_default();
        Self { first, more: words.collect(), at_word: true, pattern: None }
    }

    /// Finds `typed` (folded) anywhere, as it stands.
    pub fn anywhere(typed: &str) -> Self {
        Self { first: typed.to_owned(), more: Vec::new(), at_word: false, pattern: None }
    }

    /// Finds what a regular expression describes.
    pub fn pattern(pattern: &Pattern) -> Self {
        Self { first: String::new(), more: Vec::new(), at_word: false, pattern: Some(pattern.clone()) }
    }

    /// The offset of the first hit at or after byte `from` of `folded`.
    pub fn first_in(&self, folded: &str) -> Option<usize> {
        self.hits(folded).next().map(|span| span.start)
    }

    /// All hits in `folded`, in order.
    pub fn hits<'a>(&'a self, folded: &'a str) -> impl Iterator<Item = Span> + 'a {
        let length = self.first.len();
        let by_words = memmem::find_iter(folded.as_bytes(), self.first.as_bytes())
            .filter(move |_| length > 0)
            .filter(|&at| !self.at_word || begins_word(folded, at))
            .filter_map(move |at| Some(Span::new(at, self.end_of_more(folded, at + length)?)));
        self.pattern.iter().flat_map(move |pattern| pattern.hits(folded)).chain(by_words)
    }

    /// Where the hit ends whose first word ends at byte `end`, if the other words follow there.
    fn end_of_more(&self, folded: &str, mut end: usize) -> Option<usize> {
        for word in &self.more {
            let gap = folded[end..].find(|c: char| c.is_alphanumeric() || c == '\n')?;
            let start = end + gap;
            if !folded[start..].starts_with(word.as_str()) || !begins_word(folded, start) {
                return None;
            }
            end = start + word.len();
        }
        Some(end)
    }
}

/// Where any of `needles` stands in the original text of `folded`: in order, and where hits overlap, as one.
pub fn spans_of(needles: &[Needle], folded: &Folded) -> Vec<Span> {
    let mut hits: Vec<Span> = needles.iter().flat_map(|needle| needle.hits(&folded.text)).collect();
    hits.sort_unstable();
    let mut spans: Vec<Span> = Vec::with_capacity(hits.len());
    for hit in hits {
        let span = folded.original(hit.start, hit.end);
        match spans.last_mut() {
            Some(last) if span.start < last.end => *last = last.hull(span),
            _ => spans.push(span),
        }
    }
    spans
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::{fold, fold_with_offsets};

    fn highlighted(text: &str, needles: &[Needle]) -> String {
        let mut out = String::new();
        let mut done = 0;
        for span in spans_of(needles, &fold_with_offsets(text)) {
            out += &text[done..span.start];
            out = out + "[" + span.of(text) + "]";
            done = span.end;
        }
        out + &text[done..]
    }

    #[test]
    fn words_begin_where_words_begin() {
        let needle = [Needle::word("tram")];
        assert_eq!(
            highlighted("Trams; night-tram, supertram. ‘tram’", &needle),
            "[Tram]s; night-[tram], supertram. ‘[tram]’"
        );
        assert_eq!(highlighted("supertram", &[Needle::anywhere("tram")]), "super[tram]");
    }

    #[test]
    fn words_follow_each_other_whatever_stands_between() {
        let needle = [Needle::word("night tram")];
        assert_eq!(
            highlighted("Night-trams; night, tram; night’s tram", &needle),
            "[Night-tram]s; [night, tram]; night’s tram"
        );
        assert_eq!(highlighted("the night\ntram; nightly tram", &needle), "the night\ntram; nightly tram");
        assert_eq!(highlighted("Miles O’Brien", &[Needle::word("o brie")]), "Miles [O’Brie]n");
        assert_eq!(highlighted("anything", &[Needle::word("++")]), "anything");
    }

    #[test]
    fn accents_and_marks_are_alike() {
        assert_eq!(
            highlighted("Zoë said “no”", &[Needle::word("zoe"), Needle::anywhere(&fold("“no”"))]),
            "[Zoë] said [“no”]"
        );
        assert_eq!(highlighted("林美玲", &[Needle::word("美玲")]), "林[美玲]");
    }

    #[test]
    fn overlapping_hits_become_one() {
        assert_eq!(highlighted("bridges", &[Needle::word("bridge"), Needle::word("bridges")]), "[bridges]");
    }
}
