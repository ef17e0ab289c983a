//! The frame of what lies over the panes.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::Span;
use ratatui::widgets::{Block, BorderType, Clear, Widget};

use super::Theme;
use super::pieces::inset;
use crate::app::{App, ClippingRow, ClippingsAreas, ClippingsView, Pane, SaidBlock, Timeline, TimelineAreas};

/// The widest card, in cells.
const WIDEST: u16 = 76;

/// Where a card stands in its area.
#[derive(Debug, Clone, Copy)]
pub enum At {
    Top,
    Middle,
    Bottom,
}

/// How many cells there are inside a card in an area.
pub fn card_width(area: Rect) -> usize {
    usize::from(WIDEST.min(area.width)).saturating_sub(4)
}

/// Clears a card for `rows` rows, as high as there is room in an area; returns the area inside.
pub fn card(title: &str, rows: usize, place: (Rect, At), theme: &Theme, buffer: &mut Buffer) -> Rect {
    card_of_width(WIDEST.min(place.0.width), title, rows, place, theme, buffer)
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

/// Where a card of so many rows leaves the current quotation in sight: below it if there is room, else above.
pub fn beside(app: &App, rows: usize, area: Rect) -> At {
    let below = || {
        let (reader, column) = (app.reader()?, app.panes().column()?);
        let end = reader.current_quotation()?.outer.end.saturating_sub(1);
        let row = reader.page.row_at(end).checked_sub(reader.top_row(column.height.into()))?;
        Some(usize::from(column.y - area.y) + row + 1 + rows <= area.height.into())
    };
    let end = match app.views().pane() {
        Pane::Timeline(timeline) => end_of_said(timeline, area),
        Pane::Clippings(view) => end_of_clipping(app, view, area),
        _ => return if below().unwrap_or(true) { At::Bottom } else { At::Top },
    };
    if end + rows <= usize::from(area.height) { At::Bottom } else { At::Top }
}

/// How many rows of an area there are down to the end of the selected quotation of a timeline.
fn end_of_said(timeline: &Timeline, area: Rect) -> usize {
    let top = TimelineAreas::of(area).body.y - area.y;
    let end = timeline.layout(area).into_iter().find_map(|placed| match placed.block {
        SaidBlock::Words(at, words) if at == timeline.position() => Some(placed.row + words.len() as isize),
        _ => None,
    });
    usize::from(top).saturating_add_signed(end.unwrap_or(0))
}

/// The same for the selected clipping.
fn end_of_clipping(app: &App, view: &ClippingsView, area: Rect) -> usize {
    let rows = ClippingsAreas::of(area).rows;
    let placed = view.layout(app.user().state(), rows);
    let end = placed.iter().rposition(|(at, row)| *at == view.position() && *row != ClippingRow::Gap);
    usize::from(rows.y - area.y) + end.map_or(0, |last| last + 1)
}

/// The title of a card that is narrowed to what has these words.
pub fn titled(title: &str, filter: &str) -> String {
    if filter.is_empty() { title.to_owned() } else { format!("{title} matching “{filter}”") }
}
