//! Which pane has the keys: its rule, and the cursor of the terminal, which braille displays and screen readers follow.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::text::Line;

use super::Theme;
use super::pieces::put;
use crate::app::screen::Panes;
use crate::app::{App, Pane};

/// What stands before what is selected.
const BAR: &str = "▌";

/// The corner at which a card begins.
const CORNER: &str = "╭";

/// The area of the pane that has the keys.
fn focused(app: &App, panes: &Panes) -> Option<Rect> {
    match app.views().pane() {
        Pane::Sidebar => panes.sidebar,
        Pane::Article(_) => panes.article,
        Pane::Speakers(_) => panes.speakers,
        Pane::People(_) | Pane::Timeline(_) | Pane::Clippings(_) | Pane::Review(_) => panes.people,
        Pane::List | Pane::Results(_) => panes.list,
    }
}

/// Draws the rule over the pane with the keys, where there are others beside it.
pub fn draw(app: &App, panes: &Panes, theme: &Theme, buffer: &mut Buffer) {
    let beside = [panes.sidebar, panes.list, panes.article].into_iter().flatten().count();
    let (Some(area), Some(head)) = (focused(app, panes), panes.head) else { return };
    // The list of speakers stands below another pane: its heading says that it has the keys.
    if beside > 1 && head.bottom() + 1 == area.y {
        let rule = Rect { y: head.bottom(), height: 1, ..area };
        put(buffer, rule, 0, Line::styled("━".repeat(area.width.into()), theme.accent));
    }
}

/// Where the cursor stands while the user does not type: in the card, on what is selected, on the current quotation.
pub fn cursor(app: &App, panes: &Panes, theme: &Theme, buffer: &Buffer) -> Option<Position> {
    if app.views().card().is_some() {
        let corner = first(buffer, buffer.area, |cell| cell.symbol() == CORNER)?;
        return Some(Position { x: corner.x + 2, y: corner.y + 1 });
    }
    if matches!(app.views().pane(), Pane::Article(_)) {
        return in_article(app, panes);
    }
    let area = focused(app, panes)?;
    first(buffer, area, |cell| cell.symbol() == BAR && Some(cell.fg) == theme.accent.fg.or(Some(cell.fg)))
}

/// The first cell of an area, row by row, that is so.
fn first(buffer: &Buffer, area: Rect, is_it: impl Fn(&ratatui::buffer::Cell) -> bool) -> Option<Position> {
    area.intersection(buffer.area).positions().find(|&at| buffer.cell(at).is_some_and(&is_it))
}

/// On the first letter of the current quotation that is in sight, else at the start of the text.
fn in_article(app: &App, panes: &Panes) -> Option<Position> {
    let (column, reader) = (panes.column()?, app.reader()?);
    let height = usize::from(column.height);
    let top = reader.top_row(height);
    let place = || {
        let quoted = reader.current_quotation()?.outer;
        let first = reader.page.row_at(quoted.start).max(top);
        let row = reader.page.rows().get(first).filter(|row| first < top + height && row.span.start < quoted.end)?;
        let x = column.x + reader.column_of(reader.article.body.text(), first, quoted.start.max(row.span.start)) as u16;
        Some(Position { x: x.min(column.right().saturating_sub(1)), y: column.y + (first - top) as u16 })
    };
    Some(place().unwrap_or(Position { x: column.x, y: column.y }))
}
