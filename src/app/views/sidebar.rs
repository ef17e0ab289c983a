//! The pane of collections: what keys and clicks do there.

use super::{Pane, article, people, results};
use crate::app::command::Command;
use crate::app::direction::Direction;
use crate::app::screen::Area;
use crate::app::{App, ShelfRow};

/// Goes to the sidebar; what is open beside the list stays, what lies over it is closed.
pub(in crate::app) fn open(app: &mut App) {
    if matches!(app.views.pane(), Pane::Sidebar) {
        return;
    }
    app.close_panes_over_list();
    app.open_pane(Pane::Sidebar);
    app.shelves.select_open();
}

/// Goes to the sidebar, or back to the list.
pub(in crate::app) fn toggle(app: &mut App) {
    if matches!(app.views.pane(), Pane::Sidebar) {
        app.close_pane();
    } else {
        open(app);
    }
}

pub(super) fn command(app: &mut App, command: Command, count: usize) -> bool {
    match command {
        Command::Open | Command::Back | Command::Leave => app.close_pane(),
        Command::Remove => app.drop_shelf(),
        Command::Speakers => people::open(app),
        Command::Search => results::start(app),
        Command::Next => article::next(app, Direction::Forward, count),
        Command::Previous => article::next(app, Direction::Backward, count),
        _ => return false,
    }
    true
}

/// Moves in the sidebar; the list shows the collection that is reached.
pub(super) fn travel(app: &mut App, command: Command, count: usize) {
    /// How many collections a page is.
    const PAGE: usize = 10;
    let all = app.all_shelves();
    let at = all.iter().position(|shelf| shelf == app.shelves.selected()).unwrap_or(0);
    if let Some(part) = all.get(super::row_after(command, at, count, PAGE, all.len())) {
        app.open_shelf(part.clone());
    }
}

/// Lists the collection that was clicked; a second click leads to the list.
pub(super) fn click(app: &mut App, area: Area, row: u16) {
    let row = app.shown_shelves(area).into_iter().nth(usize::from(row - area.y));
    let Some(ShelfRow::Shelf(part, _)) = row else { return };
    let is_again = app.shelves.selected() == &part && matches!(app.views.pane(), Pane::Sidebar);
    open(app);
    app.open_shelf(part);
    if is_again {
        app.close_pane();
    }
}
