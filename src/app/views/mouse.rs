//! Clicks, and turns of the wheel.

use super::{App, Card, Pane, article, errors, help, list, people, sidebar, speakers, tasks, timeline};
use crate::app::command::Command;
use crate::app::screen::{Position, Rect};

/// How many rows a turn of the wheel scrolls.
const WHEEL: isize = 3;

/// A click selects what it hits; on what is selected already, it opens it.
pub(super) fn click(app: &mut App, column: u16, row: u16) {
    if app.views.close_card() || app.views.prompt().is_some_and(|prompt| !prompt.is_filter()) {
        return;
    }
    if !matches!(app.views.pane(), Pane::People(_)) {
        // Whoever clicks has done with typing.
        app.views.take_prompt();
    }
    let panes = app.panes();
    let over = |area: Option<Rect>| area.filter(|area| area.contains(Position { x: column, y: row }));
    if let Some(area) = over(panes.sidebar) {
        sidebar::click(app, area, row);
    } else if let Some(area) = over(panes.list) {
        list::click(app, area, row);
    } else if let Some(area) = over(panes.speakers) {
        speakers::click(app, area, row);
    } else if over(panes.article).is_some() {
        article::click(app, column, row);
    } else if let Some(area) = over(panes.people) {
        if matches!(app.views.pane(), Pane::People(_)) {
            people::click(app, area, row);
        } else {
            timeline::click(app, area, row);
        }
    }
}

/// A turn of the wheel scrolls what lies under the pointer.
pub(super) fn wheel(app: &mut App, column: u16, row: u16, down: bool) {
    let rows = if down { WHEEL } else { -WHEEL };
    let command = if down { Command::Down } else { Command::Up };
    match app.views.card() {
        Some(Card::Help(_)) => return help::travel(app, command, rows.unsigned_abs()),
        Some(Card::Errors(_)) => return errors::travel(app, command, rows.unsigned_abs()),
        Some(Card::Tasks(_)) => return tasks::travel(app, command, 1),
        Some(Card::Why) => return,
        None => {}
    }
    let panes = app.panes();
    let over = |area: Option<Rect>| area.filter(|area| area.contains(Position { x: column, y: row }));
    if over(panes.sidebar).is_some() {
        sidebar::open(app);
        sidebar::travel(app, command, 1);
    } else if let Some(area) = over(panes.list) {
        // As with a click: what is selected in the list is what the keys are about.
        app.close_panes_over_list();
        app.list.step(&app.catalog, area, rows.signum());
    } else if over(panes.speakers).is_some() {
        speakers::travel(app, command, 1);
    } else if over(panes.article).is_some() {
        let height = app.text_height();
        if let Some(reader) = &mut app.article.reader {
            reader.scroll(rows, height);
        }
    } else if panes.people.is_some() {
        match app.views.pane() {
            Pane::People(_) => people::travel(app, command, 1),
            _ => timeline::travel(app, command, 1),
        }
    }
}
