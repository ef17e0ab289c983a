//! Clicks, and turns of the wheel.

use super::{App, Card, Pane, article, card, clippings, list, people, review, sidebar, speakers, timeline};
use crate::app::command::Command;
use crate::app::screen::{Position, Rect};

/// How many rows a turn of the wheel scrolls.
const WHEEL: isize = 3;

/// Where the scroll bar of an article is that does not fit.
fn scroll_bar(app: &App) -> Option<Rect> {
    let area = app.panes().article?;
    let reader = app.article.reader.as_ref().filter(|reader| reader.page.rows().len() > app.text_height())?;
    let is_shown = reader.page.width() > 0 && area.width > 0;
    is_shown.then(|| Rect { x: area.right() - 1, width: 1, ..area })
}

/// Scrolls the article to where the bar was clicked, or dragged to.
fn scroll_to(app: &mut App, bar: Rect, row: u16) {
    let height = app.text_height();
    let Some(reader) = &mut app.article.reader else { return };
    let (down, of) = (usize::from(row.clamp(bar.y, bar.bottom() - 1) - bar.y), usize::from(bar.height).max(2) - 1);
    let last = reader.page.rows().len().saturating_sub(height);
    let by = (last * down / of) as isize - reader.top_row(height) as isize;
    if reader.scroll(by, height) {
        app.count_as_read();
    }
}

/// The pointer was moved with the button held: where that was pressed on the scroll bar, that follows.
pub(super) fn drag(app: &mut App, row: u16) {
    if let Some(bar) = scroll_bar(app).filter(|_| app.views.holds_scroll_bar) {
        scroll_to(app, bar, row);
    }
}

/// A click selects what it hits; on what is selected already, it opens it.
pub(super) fn click(app: &mut App, column: u16, row: u16) {
    app.views.holds_scroll_bar = false;
    if app.views.close_card() || app.views.prompt().is_some_and(|prompt| !prompt.is_filter()) {
        return;
    }
    if !matches!(app.views.pane(), Pane::People(_)) {
        // Whoever clicks has done with typing.
        app.views.take_prompt();
    }
    let panes = app.panes();
    let over = |area: Option<Rect>| area.filter(|area| area.contains(Position { x: column, y: row }));
    if let Some(bar) = over(scroll_bar(app)) {
        app.views.holds_scroll_bar = true;
        scroll_to(app, bar, row);
    } else if let Some(area) = over(panes.sidebar) {
        sidebar::click(app, area, (column, row));
    } else if let Some(area) = over(panes.list) {
        list::click(app, area, row);
    } else if let Some(area) = over(panes.speakers) {
        speakers::click(app, area, row);
    } else if over(panes.article).is_some() {
        article::click(app, column, row);
    } else if let Some(area) = over(panes.people) {
        match app.views.pane() {
            Pane::People(_) => people::click(app, area, row),
            Pane::Clippings(_) => clippings::click(app, area, row),
            Pane::Review(_) => {}
            _ => timeline::click(app, area, row),
        }
    }
}

/// A turn of the wheel scrolls what lies under the pointer; what has the keys, and what is selected, stays so.
pub(super) fn wheel(app: &mut App, column: u16, row: u16, down: bool) {
    let rows = if down { WHEEL } else { -WHEEL };
    let command = if down { Command::Down } else { Command::Up };
    match app.views.card() {
        Some(Card::Tasks(_) | Card::Feed(_) | Card::Links(_)) => return card::travel(app, command, 1),
        Some(_) => return card::travel(app, command, rows.unsigned_abs()),
        None => {}
    }
    let panes = app.panes();
    let over = |area: Option<Rect>| area.filter(|area| area.contains(Position { x: column, y: row }));
    if let Some(area) = over(panes.sidebar) {
        app.scroll_sidebar(area, rows);
    } else if let Some(area) = over(panes.list) {
        app.list.scroll(&app.catalog, area, rows);
    } else if let Some(area) = over(panes.speakers) {
        app.scroll_speakers(area, rows.signum());
    } else if over(panes.article).is_some() {
        let height = app.text_height();
        if let Some(reader) = &mut app.article.reader {
            reader.scroll(rows, height);
        }
    } else if panes.people.is_some() {
        match app.views.pane() {
            Pane::People(_) => people::travel(app, command, 1),
            Pane::Clippings(_) => clippings::travel(app, command, 1),
            Pane::Review(_) => review::travel(app, command, 1),
            _ => timeline::travel(app, command, 1),
        }
    }
}
