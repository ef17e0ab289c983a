//! The pane of collections: what keys and clicks do there.

use super::{Pane, article, clippings, people};
use crate::app::collections;
use crate::app::command::Command;
use crate::app::direction::Direction;
use crate::app::feed_folders;
use crate::app::prompts::narrow;
use crate::app::screen::Rect;
use crate::app::sidebar_rows::all_collections;
use crate::app::{App, Collection, Notice, SidebarRow};

/// Goes to the sidebar; what is open beside the list stays, what lies over it is closed.
pub(in crate::app) fn open(app: &mut App) {
    if matches!(app.views.pane(), Pane::Sidebar) {
        return;
    }
    app.close_panes_over_list();
    app.open_pane(Pane::Sidebar);
    app.collections.follow_selected();
    app.collections.select_open();
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
        Command::Open if *app.collections.selected() == Collection::Clippings => clippings::toggle(app),
        // A folder in which the open collection is folded away is not listed yet.
        Command::Open if app.collections.selected() != app.collections.open() => {
            app.open_collection(app.collections.selected().clone());
            app.close_pane();
        }
        Command::Open | Command::Back | Command::Leave => app.close_pane(),
        Command::Remove => collections::remove_collection(app),
        Command::Speakers => people::open(app),
        Command::Search => narrow::open(app),
        Command::Next | Command::Previous if app.article.reader.is_none() || app.panes().article.is_none() => {
            app.refuse(Notice::new("No article is on the screen").hint(Command::Open, "goes to the list"));
        }
        Command::Next => article::next(app, Direction::Forward, count),
        Command::Previous => article::next(app, Direction::Backward, count),
        _ => return false,
    }
    true
}

/// How many collections there are.
pub(super) fn row_count(app: &App) -> usize {
    all_collections(app).len()
}

/// Moves in the sidebar; the list shows the collection that is reached.
pub(super) fn travel(app: &mut App, command: Command, count: usize) {
    /// How many collections a page is.
    const PAGE: usize = 10;
    app.collections.follow_selected();
    let all = all_collections(app);
    let at = all.iter().position(|collection| collection == app.collections.selected()).unwrap_or(0);
    if let Some(part) = all.get(super::row_after(command, at, count, PAGE, all.len())) {
        app.open_collection(part.clone());
    }
}

/// Lists the collection that was clicked; a second click leads to the list. On the sign of a feed folder it folds that.
pub(super) fn click(app: &mut App, area: Rect, (column, row): (u16, u16)) {
    let row = app.shown_sidebar_rows(area).into_iter().nth(usize::from(row - area.y));
    let Some(SidebarRow::Collection(part, _)) = row else { return };
    if let Collection::Folder(path) = &part
        && part.fold_sign().is_some_and(|sign| sign.contains(&(column - area.x)))
        && app.collections.filter().is_empty()
    {
        return feed_folders::turn_fold(app, &path.clone());
    }
    let is_again = app.collections.selected() == &part && matches!(app.views.pane(), Pane::Sidebar);
    open(app);
    app.open_collection(part);
    if is_again {
        app.close_pane();
    }
}
