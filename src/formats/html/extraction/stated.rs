//! The text that a page states of its article for machines, as a second opinion on what it shows.

use memchr::memmem;

use super::super::title::letters;
use super::tree::Tree;

/// How many letters of a line are looked for, and how many it has at least, in bytes.
const SOUGHT: usize = 48;
const FEWEST: usize = 24;

/// How much of the text is looked at, in bytes, and for how many lines.
const LONGEST: usize = 100_000;
const MOST_LINES: usize = 2_000;

/// Which lines of a page are in the text that it states.
#[derive(Debug)]
pub struct Stated {
    /// Of each line whether it is.
    pub has: Vec<bool>,
    /// How much of the text the page shows, of 1.
    pub share: f32,
}

impl Stated {
    /// Of a text without markup.
    pub fn of(tree: &Tree<'_>, text: &str) -> Self {
        let text = letters(text.get(..text.floor_char_boundary(LONGEST)).unwrap_or(text));
        let mut shown = 0;
        let has = tree.lines.iter().take(MOST_LINES).map(|line| {
            let words = letters(&tree.words(line));
            let sought = &words[..words.floor_char_boundary(SOUGHT)];
            let is_in = words.len() >= FEWEST && memmem::find(text.as_bytes(), sought.as_bytes()).is_some();
            shown += if is_in && !line.is_unseen { words.len() } else { 0 };
            is_in
        });
        let mut has: Vec<_> = has.collect();
        has.resize(tree.lines.len(), false);
        Self { has, share: shown as f32 / text.len().max(1) as f32 }
    }
}
