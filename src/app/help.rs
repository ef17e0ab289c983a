//! What the help shows.

use super::{Command, Layer};

/// A key and what it does, as the help shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HelpEntry {
    /// Where the keys hold: "List", "Article"…
    pub section: &'static str,
    /// The keys: "j ↓".
    pub keys: String,
    /// The name of the command: "next-quotation".
    pub name: &'static str,
    /// Other names that ask for it after `:`, those of vim.
    pub aliases: &'static [&'static str],
    /// The layers in which its keys hold.
    pub layers: &'static [Layer],
    /// What it does: "next quotation".
    pub does: String,
    /// The command.
    pub command: Command,
}

/// The entries of the help in whose keys, name or description all the words of `typed` occur, in their order.
pub fn matching<'a>(entries: &'a [HelpEntry], typed: &str) -> impl Iterator<Item = &'a HelpEntry> {
    let words: Vec<String> = crate::text::fold(typed).split_whitespace().map(str::to_owned).collect();
    entries.iter().filter(move |entry| {
        let text = crate::text::fold(&[&entry.keys, entry.name, &entry.does].join(" "));
        words.iter().all(|word| text.contains(word))
    })
}
