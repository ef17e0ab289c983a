//! What the search index is given of an article.

use std::collections::HashSet;

use super::Entry;
use crate::text::{fold, words};

/// The signs behind which words stand again for where they stand; the tables of the index know them as letters.
pub(super) const TITLE: char = '!';
pub(super) const SAID: char = '$';
pub(super) const SPEAKER: char = '@';
pub(super) const SOURCE: char = '%';

/// The longest part of a word that is kept, in bytes: nobody types more.
const LONGEST: usize = 60;

/// The words of an article, as the two tables of the index want them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Words {
    /// Each word once.
    pub beginnings: String,
    /// All words in order.
    pub phrases: String,
}

impl Words {
    /// The words of an article as the reader has it, corrections and all.
    pub fn of(entry: &Entry) -> Self {
        let folded = entry.folded();
        let mut beginnings = Gathered::default();
        beginnings.add(None, folded);
        beginnings.add(Some(TITLE), folded.lines().next().unwrap_or_default());
        for quotation in entry.said() {
            beginnings.add(Some(SAID), &quotation);
        }
        beginnings.add(Some(SPEAKER), entry.speakers());
        if let Some(source) = &entry.article.source {
            beginnings.add(Some(SOURCE), &fold(source));
        }
        Self { beginnings: beginnings.text, phrases: in_order(folded) }
    }
}

/// A word as the index keeps it.
pub(super) fn kept(word: &str) -> &str {
    let mut end = word.len().min(LONGEST);
    while !word.is_char_boundary(end) {
        end -= 1;
    }
    &word[..end]
}

#[derive(Default)]
struct Gathered {
    seen: HashSet<(Option<char>, String)>,
    text: String,
}

impl Gathered {
    fn add(&mut self, sign: Option<char>, folded: &str) {
        for word in words(folded).map(kept) {
            if self.seen.insert((sign, word.to_owned())) {
                self.text.extend(sign);
                self.text.push_str(word);
                self.text.push(' ');
            }
        }
    }
}

/// All words in order, and the sign between two paragraphs, so that no phrase reaches from one into the next.
fn in_order(folded: &str) -> String {
    let mut text = String::with_capacity(folded.len());
    for line in folded.lines() {
        for word in words(line).map(kept) {
            text.push_str(word);
            text.push(' ');
        }
        text.push(TITLE);
        text.push(' ');
    }
    text
}
