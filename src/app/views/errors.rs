//! The card of read errors.

use super::{Card, row_after};
use crate::app::App;
use crate::app::command::Command;
use crate::app::prompts::narrow;

/// How far the errors are scrolled, and what they are narrowed to.
#[derive(Debug, Default)]
pub struct ErrorsCard {
    /// The first row shown.
    pub scroll: usize,
    /// The words that they have.
    pub filter: String,
}

impl ErrorsCard {
    /// Narrows them to those that have these words.
    pub(in crate::app) fn narrow(&mut self, words: &str) {
        *self = Self { scroll: 0, filter: words.to_owned() };
    }
}

/// Shows or hides the card.
pub(in crate::app) fn toggle(app: &mut App) {
    if app.progress.skipped.is_empty() {
        return app.show_message("No read errors");
    }
    app.views.toggle_card(Card::Errors(ErrorsCard::default()));
}

pub(super) fn command(app: &mut App, command: Command) -> bool {
    let is_search = command == Command::Search;
    if is_search {
        narrow::open(app);
    }
    is_search
}

pub(super) fn travel(app: &mut App, command: Command, count: usize) {
    let (page, rows) = (usize::from(app.size.height / 2), app.shown_errors().len());
    if let Some(Card::Errors(errors)) = app.views.card_mut() {
        errors.scroll = row_after(command, errors.scroll, count, page, rows);
    }
}
