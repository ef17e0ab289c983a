//! The card with the keys: what it shows, in how many columns, and what keys do there.

use std::collections::VecDeque;

use super::{Card, row_after};
use crate::app::App;
use crate::app::command::Command;
use crate::app::layer::{Layer, Layers};
use crate::app::prompts::narrow;
use crate::layout::wrap;
use crate::text::{Span, cells};

/// How far the help is scrolled, and what it is narrowed to.
#[derive(Debug)]
pub struct HelpCard {
    /// The layer in which it was opened: its keys come first.
    pub layer: Layer,
    /// The first row shown.
    pub scroll: usize,
    /// The words that its entries have.
    pub filter: String,
}

impl HelpCard {
    /// Narrows the help to what has these words.
    pub(in crate::app) fn narrow(&mut self, words: &str) {
        *self = Self { layer: self.layer, scroll: 0, filter: words.to_owned() };
    }
}

/// A key and what it does, as the help shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HelpEntry {
    /// Where the keys hold: "List", "Article"…
    pub section: &'static str,
    /// The layers whose help begins with this section.
    pub home: Layers,
    /// The keys: "j ↓".
    pub keys: String,
    /// The name of the command: "next-quotation".
    pub name: &'static str,
    /// Its other names after `:`, those of vim.
    pub aliases: &'static [&'static str],
    /// Other words for what it does.
    pub synonyms: &'static [&'static str],
    /// The layers in which its keys hold.
    pub layers: Layers,
    /// What it does: "next quotation".
    pub does: String,
    /// The command.
    pub command: Command,
}

/// The entries of the help in whose keys, name, description or synonyms all the words of `typed` occur, in their order.
pub fn matching<'a>(entries: &'a [HelpEntry], typed: &str) -> impl Iterator<Item = &'a HelpEntry> {
    let words: Vec<String> = crate::text::fold(typed).split_whitespace().map(str::to_owned).collect();
    entries.iter().filter(move |entry| {
        let synonyms = entry.synonyms.join(" ");
        let text = crate::text::fold(&[&entry.keys, entry.name, &entry.does, &synonyms].join(" "));
        words.iter().all(|word| text.contains(word))
    })
}

/// The rows of the help, in columns.
#[derive(Debug, PartialEq, Eq)]
pub struct HelpLayout<'a> {
    /// The rows of each column, from the first.
    pub columns: Vec<Vec<HelpRow<'a>>>,
    /// How wide a column is, in cells.
    pub width: usize,
    /// How wide the keys are, with the blanks behind them.
    pub keys: usize,
}

/// A row of the help.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum HelpRow<'a> {
    /// Nothing.
    Blank,
    /// The name of a section.
    Section(&'static str),
    /// A row of an entry.
    Entry {
        /// Which.
        entry: &'a HelpEntry,
        /// The part of its keys that stands in this row.
        keys: &'a str,
        /// The part of what it does that stands in this row.
        does: &'a str,
        /// Whether the name of the command follows.
        is_named: bool,
    },
}

impl HelpLayout<'_> {
    /// Cells between two columns.
    pub const GAP: usize = 3;

    /// How many rows the longest column has.
    pub fn height(&self) -> usize {
        self.columns.iter().map(Vec::len).max().unwrap_or(0)
    }
}

impl App {
    /// How many rows of a card there is room for, and how many cells in them.
    fn room_in_card(&self) -> (usize, usize) {
        let area = self.card_area();
        (usize::from(area.height).saturating_sub(2), usize::from(area.width).saturating_sub(4))
    }

    /// The rows of the help in as many columns as it needs and there is room for, where that is shown.
    pub fn help_layout(&self) -> Option<HelpLayout<'_>> {
        /// The narrowest and the widest column, in cells.
        const WIDTHS: (usize, usize) = (54, 72);
        let Some(Card::Help(card)) = self.views.card() else { return None };
        let (height, room) = self.room_in_card();
        let most = ((room + HelpLayout::GAP) / (WIDTHS.0 + HelpLayout::GAP)).clamp(1, 3);
        let layouts = (1..=most).map(|columns| {
            let width = (room.saturating_sub(HelpLayout::GAP * (columns - 1)) / columns).min(WIDTHS.1);
            in_columns(sections(&self.help, card), columns, width)
        });
        let mut last = None;
        for layout in layouts {
            let fits = layout.height() <= height;
            last = Some(layout);
            if fits {
                break;
            }
        }
        last
    }
}

/// The entries that are shown, that section first with which the help of the layer begins.
fn sections<'a>(entries: &'a [HelpEntry], card: &HelpCard) -> Vec<&'a HelpEntry> {
    let (mut first, rest): (Vec<_>, Vec<_>) =
        matching(entries, &card.filter).partition(|entry| entry.home.contains(card.layer));
    first.extend(rest);
    first
}

fn in_columns(entries: Vec<&HelpEntry>, columns: usize, width: usize) -> HelpLayout<'_> {
    /// The narrowest and the widest keys, in cells; more of them stand in several rows.
    const KEYS: (usize, usize) = (6, 10);
    let keys = entries.iter().map(|entry| cells(&entry.keys)).max().unwrap_or(0).clamp(KEYS.0, KEYS.1) + 2;
    // What is never parted: the rows of an entry, with the heading above it.
    let mut blocks = VecDeque::new();
    let mut section = "";
    for entry in entries {
        let mut block = Vec::new();
        if entry.section != section {
            section = entry.section;
            block.extend([HelpRow::Blank, HelpRow::Section(section)]);
        }
        block.extend(rows_of(entry, keys - 2, width.saturating_sub(keys).max(10)));
        blocks.push_back(block);
    }
    let total: usize = blocks.iter().map(Vec::len).sum();
    let share = total.div_ceil(columns);
    let mut all = vec![Vec::new()];
    for block in blocks {
        let is_full = all.last().is_some_and(|column| column.len() + block.len() / 2 >= share);
        if is_full && all.len() < columns {
            all.push(Vec::new());
        }
        if let Some(column) = all.last_mut() {
            let skipped = usize::from(column.is_empty() && block.first() == Some(&HelpRow::Blank));
            column.extend(block.into_iter().skip(skipped));
        }
    }
    HelpLayout { columns: all, width, keys }
}

/// The keys of an entry and what it does, each wrapped, and the name of its command behind that.
fn rows_of(entry: &HelpEntry, keys_width: usize, width: usize) -> Vec<HelpRow<'_>> {
    let (keys, spans) = (wrap(&entry.keys, keys_width), wrap(&entry.does, width));
    let last = spans.last().map_or(0, |span| cells(span.of(&entry.does)));
    let is_name_beside = last + cells(entry.name) + 2 <= width;
    let named = if is_name_beside { spans.len().saturating_sub(1) } else { spans.len() };
    let row = |at| HelpRow::Entry {
        entry,
        keys: part(&keys, &entry.keys, at),
        does: part(&spans, &entry.does, at),
        is_named: at == named && !entry.name.is_empty(),
    };
    (0..keys.len().max(named + 1)).map(row).collect()
}

/// The row of a wrapped text; nothing behind its last.
fn part<'t>(rows: &[Span], text: &'t str, at: usize) -> &'t str {
    rows.get(at).map_or("", |row| row.of(text))
}

/// Shows or hides the card.
pub(in crate::app) fn toggle(app: &mut App) {
    let layer = app.views.layer();
    app.views.toggle_card(Card::Help(HelpCard { layer, scroll: 0, filter: String::new() }));
}

/// Shows the card, narrowed to these words.
pub(in crate::app) fn open_about(app: &mut App, words: &str) {
    app.views.close_card();
    toggle(app);
    if let Some(Card::Help(card)) = app.views.card_mut() {
        card.narrow(words);
    }
}

pub(super) fn command(app: &mut App, command: Command) -> bool {
    let is_search = command == Command::Search;
    if is_search {
        narrow::open(app);
    }
    is_search
}

/// How many rows there are.
pub(super) fn row_count(app: &App) -> usize {
    app.help_layout().map_or(0, |layout| layout.height())
}

pub(super) fn travel(app: &mut App, command: Command, count: usize) {
    let (height, _) = app.room_in_card();
    let last = row_count(app).saturating_sub(height);
    if let Some(Card::Help(card)) = app.views.card_mut() {
        card.scroll = row_after(command, card.scroll.min(last), count, (height / 2).max(1), last + 1);
    }
}
