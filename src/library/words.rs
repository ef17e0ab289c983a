//! What the search index is given of an article.

use super::Entry;
use crate::text::{fold, words};

/// The signs behind which words stand again for where they stand; the tables of the index know them as letters.
pub(super) const TITLE: char = '!';
pub(super) const SAID: char = '$';
pub(super) const SPEAKER: char = '@';
pub(super) const SOURCE: char = '%';
pub(super) const TOPIC: char = '#';

/// The sign of how words begin: the search needs no time then to gather all words that begin so.
pub(super) const BEGINNING: char = '^';

/// How many letters of the beginnings of words stand in the index. Of words behind a sign there are fewer.
const LETTERS: usize = 3;
const LETTERS_BEHIND_SIGN: usize = 1;

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
        let mut beginnings = String::with_capacity(folded.len());
        add(&mut beginnings, None, std::iter::once(folded));
        add(&mut beginnings, Some(TITLE), folded.lines().take(1));
        let said: Vec<_> = entry.said().collect();
        add(&mut beginnings, Some(SAID), said.iter().map(String::as_str));
        add(&mut beginnings, Some(SPEAKER), std::iter::once(entry.speakers()));
        let source = entry.article.publisher.as_deref().map(fold).unwrap_or_default();
        add(&mut beginnings, Some(SOURCE), std::iter::once(source.as_str()));
        let topics = fold(&entry.article.tags.join("\n"));
        add(&mut beginnings, Some(TOPIC), std::iter::once(topics.as_str()));
        Self { beginnings, phrases: in_order(folded) }
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

/// What the index is asked for words that begin so, behind a sign or not.
pub(super) fn beginning(sign: Option<char>, word: &str) -> (String, bool) {
    let is_there = word.chars().nth(letters(sign)).is_none();
    let whole: String = is_there.then_some(BEGINNING).into_iter().chain(sign).chain(word.chars()).collect();
    (whole, is_there)
}

/// How many letters of the beginnings of words behind this sign stand in the index.
fn letters(sign: Option<char>) -> usize {
    if sign.is_some() { LETTERS_BEHIND_SIGN } else { LETTERS }
}

/// Adds each word of some lines once, behind its sign, and how they begin.
fn add<'a>(text: &mut String, sign: Option<char>, lines: impl Iterator<Item = &'a str>) {
    let mut gathered: Vec<_> = lines.flat_map(words).map(kept).map(|word| (start_of(word), word)).collect();
    gathered.sort_unstable();
    gathered.dedup();
    for (_, word) in &gathered {
        text.extend(sign);
        text.push_str(word);
        text.push(' ');
    }
    for letters in 1..=letters(sign) {
        let mut before = "";
        for (_, word) in &gathered {
            // Neighbours begin alike.
            let Some((last, c)) = word.char_indices().nth(letters - 1) else { continue };
            let start = &word[..last + c.len_utf8()];
            if start != before {
                text.push(BEGINNING);
                text.extend(sign);
                text.push_str(start);
                text.push(' ');
                before = start;
            }
        }
    }
}

/// The first bytes of a word as a number that orders as they do: most words are told apart by it.
fn start_of(word: &str) -> u64 {
    let mut bytes = [0; 8];
    let length = word.len().min(bytes.len());
    bytes[..length].copy_from_slice(&word.as_bytes()[..length]);
    u64::from_be_bytes(bytes)
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
