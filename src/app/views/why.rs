//! The card that shows why the current quotation was attributed to its speaker.

use super::{Card, Pane, article, clippings, timeline};
use crate::app::command::Command;
use crate::app::direction::Direction;
use crate::app::{App, Notice};

/// Shows or hides the card.
pub(in crate::app) fn toggle(app: &mut App) {
    if app.views.pane().is_list() {
        // Beside the list none is selected: the one in sight is meant.
        app.select_quotation_in_sight();
    }
    if app.selected_quotation().is_none() {
        return app.refuse(Notice::new("No quotation is selected").hint(app.way_to_quotation(), "goes to one"));
    }
    app.views.toggle_card(Card::Why);
}

/// Keys about the quotation hold here too; they lead to others while the card stays.
pub(super) fn command(app: &mut App, command: Command, count: usize) -> bool {
    match app.views.pane() {
        Pane::Timeline(_) => return timeline::command_about_reason(app, command, count),
        Pane::Clippings(_) => return clippings::command_about_reason(app, command, count),
        _ => {}
    }
    match command {
        Command::Next => article::next(app, Direction::Forward, count),
        Command::Previous => article::next(app, Direction::Backward, count),
        _ => return false,
    }
    true
}
