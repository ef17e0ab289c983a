//! The frame of what lies over the panes.

use std::ops::Range;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::Span;
use ratatui::widgets::{Block, BorderType, Clear, Widget};

use super::Theme;
use super::pieces::inset;
use crate::app::screen::WIDEST_CARD;
use crate::app::{App, ClippingRow, ClippingsAreas, ClippingsView, Pane, SaidBlock, Timeline};

/// Where a card stands in its area.
#[derive(Debug, Clone, Copy)]
pub enum At {
    Top,
    Middle,
    Bottom,
}

/// Clears a card for `rows` rows, as high as there is room in an area; returns the area inside.
pub fn card(title: &str, rows: usize, place: (Rect, At), theme: &Theme, buffer: &mut Buffer) -> Rect {
    card_of_width(WIDEST_CARD.min(place.0.width), title, rows, place, theme, buffer)
}

/// The same, of this width.
pub fn card_of_width(
    width: u16,
    title: &str,
    rows: usize,
    (area, at): (Rect, At),
    theme: &Theme,
    buffer: &mut Buffer,
) -> Rect {
    let height = u16::try_from(rows + 2).unwrap_or(u16::MAX).min(area.height);
    let free = area.height - height;
    let above = match at {
        At::Top => 0,
        At::Middle => free / 2,
        At::Bottom => free,
    };
    let outer = Rect { x: area.x + (area.width - width) / 2, y: area.y + above, width, height };
    // A little air on both sides, so that what lies below does not touch the border.
    let air = 2.min(outer.x - area.x);
    let cleared = Rect { x: outer.x - air, width: outer.width + 2 * air, ..outer };
    Clear.render(cleared, buffer);
    buffer.set_style(cleared, theme.ground);
    Block::bordered()
        .border_type(BorderType::Rounded)
        .border_style(theme.rule)
        .title(Span::styled(format!(" {title} "), theme.headline))
        .render(outer, buffer);
    inset(Rect { y: outer.y + 1, height: outer.height.saturating_sub(2), ..outer }, 2, 2)
}

/// The part of an area in which a card of so many rows leaves the current quotation in sight, and where in it: below the
/// quotation if there is room, else above it; where there is room in neither place, the larger of them, in which the card is cut.
/// On a screen that is too low for any of this, the card covers the quotation.
pub fn beside(app: &App, rows: usize, area: Rect) -> (Rect, At) {
    /// Fewer rows of a card say nothing.
    const LEAST: usize = 6;
    let height = usize::from(area.height);
    let quoted = match app.views().pane() {
        Pane::Timeline(timeline) => rows_of_said(timeline, area),
        Pane::Clippings(view) => rows_of_clipping(app, view, area),
        _ => rows_of_quotation(app, area),
    };
    let Some(quoted) = quoted else { return (area, At::Bottom) };
    let (above, below) = (quoted.start.min(height), height.saturating_sub(quoted.end));
    let below_it = Rect { y: area.bottom() - below as u16, height: below as u16, ..area };
    let above_it = Rect { height: above as u16, ..area };
    match () {
        () if below >= rows => (below_it, At::Bottom),
        () if above >= rows => (above_it, At::Top),
        () if above.max(below) < LEAST => (area, At::Top),
        () if below >= above => (below_it, At::Bottom),
        () => (above_it, At::Top),
    }
}

/// The rows of an area in which the current quotation of the open article stands.
fn rows_of_quotation(app: &App, area: Rect) -> Option<Range<usize>> {
    let (reader, column) = (app.reader()?, app.panes().column()?);
    let quoted = reader.current_quotation()?.outer;
    let top = reader.top_row(column.height.into());
    let blank = usize::from(column.y.saturating_sub(area.y));
    let last = reader.page.row_at(quoted.end.saturating_sub(1)).checked_sub(top)?;
    let first = reader.page.row_at(quoted.start).saturating_sub(top);
    Some(blank + first..blank + last + 1)
}

/// The same for the selected quotation of a timeline.
fn rows_of_said(timeline: &Timeline, area: Rect) -> Option<Range<usize>> {
    let top = usize::from(timeline.areas(area).body.y - area.y);
    timeline.layout(area).into_iter().find_map(|placed| match placed.block {
        SaidBlock::Words(at, words) if timeline.is_selected(at) => {
            let row = |row: isize| top.saturating_add_signed(row);
            Some(row(placed.row)..row(placed.row + words.len() as isize))
        }
        _ => None,
    })
}

/// The same for the selected clipping.
fn rows_of_clipping(app: &App, view: &ClippingsView, area: Rect) -> Option<Range<usize>> {
    let rows = ClippingsAreas::of(area).rows;
    let placed = view.layout(app.user().state(), rows);
    let is_its = |(at, row): &(usize, ClippingRow)| *at == view.position() && *row != ClippingRow::Gap;
    let (first, last) = (placed.iter().position(is_its)?, placed.iter().rposition(is_its)?);
    let top = usize::from(rows.y - area.y);
    Some(top + first..top + last + 1)
}

/// The title of a card that is narrowed to what has these words.
pub fn titled(title: &str, filter: &str) -> String {
    if filter.is_empty() { title.to_owned() } else { format!("{title} matching “{filter}”") }
}
