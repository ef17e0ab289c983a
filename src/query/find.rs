//! Finding words in folded text.

use memchr::memmem;

use crate::text::{Folded, Span};

/// Something to find in a text, folded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Needle {
    words: String,
    /// Whether a hit must begin where a word begins.
    at_word: bool,
}

impl Needle {
    /// Finds `words` (folded) where a word begins; the last may be unfinished.
    pub fn word(words: &str) -> Self {
        Self { words: words.to_owned(), at_word: true }
    }

    /// Finds `typed` (folded) anywhere, as it stands.
    pub fn anywhere(typed: &str) -> Self {
        Self { words: typed.to_owned(), at_word: false }
    }

    /// The offset of the first hit at or after byte `from` of `folded`.
    pub fn first_in(&self, folded: &str) -> Option<usize> {
        self.hits(folded).next().map(|span| span.start)
    }

    /// All hits in `folded` that do not overlap, in order.
    pub fn hits<'a>(&'a self, folded: &'a str) -> impl Iterator<Item = Span> + 'a {
        let length = self.words.len();
        memmem::find_iter(folded.as_bytes(), self.words.as_bytes())
            .filter(move |_| length > 0)
            .filter(|&at| !self.at_word || begins_word(folded, at))
            .map(move |at| Span::new(at, at + length))
    }
}

/// Whether a word begins at byte `at`. Scripts that write no blanks between words have one at every character.
fn begins_word(folded: &str, at: usize) -> bool {
    let first = folded[at..].chars().next();
    let before = folded[..at].chars().next_back();
    match (before, first) {
        (Some(before), Some(first)) => {
            !before.is_alphanumeric() || !first.is_alphanumeric() || ('\u{2e80}'..'\u{1_0000}').contains(&first)
        }
        _ => true,
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

    fn lit(text: &str, needles: &[Needle]) -> String {
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
        assert_eq!(lit("Trams; night-tram, supertram. ‘tram’", &needle), "[Tram]s; night-[tram], supertram. ‘[tram]’");
        assert_eq!(lit("supertram", &[Needle::anywhere("tram")]), "super[tram]");
    }

    #[test]
    fn accents_and_marks_are_alike() {
        assert_eq!(lit("Zoë said “no”", &[Needle::word("zoe"), Needle::anywhere(&fold("“no”"))]), "[Zoë] said [“no”]");
        assert_eq!(lit("林美玲", &[Needle::word("美玲")]), "林[美玲]");
    }

    #[test]
    fn overlapping_hits_become_one() {
        assert_eq!(lit("bridges", &[Needle::word("bridge"), Needle::word("bridges")]), "[bridges]");
    }
}
