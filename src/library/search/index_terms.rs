//! What the search index is given of an article.

use crate::article::Edition;
use crate::library::Entry;
use crate::text::{fold, words};

/// The signs behind which words stand again for where they stand; the tables of the index know them as letters.
pub(in crate::library) const TITLE: char = '!';
pub(in crate::library) const SAID: char = '$';
pub(in crate::library) const SPEAKER: char = '@';
pub(in crate::library) const SOURCE: char = '%';
pub(in crate::library) const TOPIC: char = '#';

/// The sign of how words begin: the search needs no time then to gather all words that begin so.
pub(in crate::library) const PREFIX: char = '^';

/// How many letters of the prefixes of words are indexed. Of words behind a sign there are fewer.
const PREFIX_LETTERS: usize = 3;
const PREFIX_LETTERS_BEHIND_SIGN: usize = 1;

/// The most bytes of a word that are indexed: no query has more.
const LONGEST: usize = 60;

/// The words of an article, for the two tables of the index.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::library) struct IndexTerms {
    /// Each word once.
    pub prefixes: String,
    /// All words in order.
    pub phrases: String,
}

impl IndexTerms {
    /// The terms of an article with the user's corrections.
    pub fn of(entry: &Entry) -> Self {
        let folded = entry.folded();
        let mut prefixes = String::with_capacity(folded.len());
        add(&mut prefixes, None, std::iter::once(folded));
        add(&mut prefixes, Some(TITLE), folded.lines().take(1));
        let said: Vec<_> = entry.said().collect();
        add(&mut prefixes, Some(SAID), said.iter().map(String::as_str));
        add(&mut prefixes, Some(SPEAKER), std::iter::once(entry.speakers()));
        let sources: Vec<_> = entry.article.publishers().map(fold).collect();
        add(&mut prefixes, Some(SOURCE), sources.iter().map(String::as_str));
        let topics = fold(&entry.article.tags.join("\n"));
        add(&mut prefixes, Some(TOPIC), std::iter::once(topics.as_str()));
        Self { prefixes, phrases: in_order(folded) }
    }

    /// Adds the publishers of more editions.
    pub fn add_publishers(&mut self, editions: &[Edition]) {
        for publisher in editions.iter().filter_map(|edition| edition.publisher.as_deref()) {
            add(&mut self.prefixes, Some(SOURCE), std::iter::once(fold(publisher).as_str()));
        }
    }
}

/// A word, cut to what is indexed of it.
pub(in crate::library) fn truncated(word: &str) -> &str {
    let mut end = word.len().min(LONGEST);
    while !word.is_char_boundary(end) {
        end -= 1;
    }
    &word[..end]
}

/// The expression for words with this prefix, behind a sign or not.
pub(in crate::library) fn prefix_term(sign: Option<char>, word: &str) -> (String, bool) {
    let is_there = word.chars().nth(letters(sign)).is_none();
    let whole: String = is_there.then_some(PREFIX).into_iter().chain(sign).chain(word.chars()).collect();
    (whole, is_there)
}

/// How many letters of the prefixes of words behind this sign are indexed.
fn letters(sign: Option<char>) -> usize {
    if sign.is_some() { PREFIX_LETTERS_BEHIND_SIGN } else { PREFIX_LETTERS }
}

/// Adds each word of some lines once, behind its sign, and how they begin.
fn add<'a>(text: &mut String, sign: Option<char>, lines: impl Iterator<Item = &'a str>) {
    let mut gathered: Vec<_> = lines.flat_map(words).map(truncated).map(|word| (start_of(word), word)).collect();
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
                text.push(PREFIX);
                text.extend(sign);
                text.push_str(start);
                text.push(' ');
                before = start;
            }
        }
    }
}

/// The first bytes of a word as a number in the same order: it distinguishes most words.
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
        for word in words(line).map(truncated) {
            text.push_str(word);
            text.push(' ');
        }
        text.push(TITLE);
        text.push(' ');
    }
    text
}
