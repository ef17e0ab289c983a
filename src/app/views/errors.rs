//! The card of read errors.

use super::{Card, row_after};
use crate::app::App;
use crate::app::command::Command;

/// Shows or hides the card.
pub(in crate::app) fn toggle(app: &mut App) {
    if app.progress.skipped.is_empty() {
        return app.show_message("No read errors");
    }
    app.views.toggle_card(Card::Errors { scroll: 0 });
}

pub(super) fn travel(app: &mut App, command: Command, count: usize) {
    let (page, rows) = (usize::from(app.size.height / 2), app.progress.skipped.len());
    if let Some(Card::Errors { scroll }) = app.views.card_mut() {
        *scroll = row_after(command, *scroll, count, page, rows);
    }
}
