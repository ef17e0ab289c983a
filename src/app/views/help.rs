//! The card with the keys.

use super::{Card, row_after};
use crate::app::App;
use crate::app::command::Command;
use crate::app::layer::Layer;
use crate::app::prompts::narrow;

/// How far the help is scrolled, and what it is narrowed to.
#[derive(Debug, Default)]
pub struct HelpCard {
    /// The first row shown.
    pub scroll: usize,
    /// The words that its entries have.
    pub filter: String,
}

impl HelpCard {
    /// Narrows the help to what has these words.
    pub(in crate::app) fn narrow(&mut self, words: &str) {
        *self = Self { scroll: 0, filter: words.to_owned() };
    }
}

/// A key and what it does, as the help shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HelpEntry {
    /// Where the keys hold: "List", "Article"…
    pub section: &'static str,
    /// The keys: "j ↓".
    pub keys: String,
    /// The name of the command: "next-quotation".
    pub name: &'static str,
    /// Its other names after `:`, those of vim.
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

/// Shows or hides the card.
pub(in crate::app) fn toggle(app: &mut App) {
    app.views.toggle_card(Card::Help(HelpCard::default()));
}

pub(super) fn command(app: &mut App, command: Command) -> bool {
    let is_search = command == Command::Search;
    if is_search {
        narrow::open(app);
    }
    is_search
}

/// How many entries are shown.
pub(super) fn row_count(app: &App, card: &HelpCard) -> usize {
    matching(&app.help, &card.filter).count()
}

pub(super) fn travel(app: &mut App, command: Command, count: usize) {
    let page = usize::from(app.size.height / 2);
    let help = &app.help;
    if let Some(Card::Help(card)) = app.views.card_mut() {
        let rows = matching(help, &card.filter).count();
        card.scroll = row_after(command, card.scroll, count, page, rows);
    }
}
