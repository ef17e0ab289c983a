//! The rules between the panes.

use ratatui::buffer::Buffer;
use ratatui::text::Line;

use super::Theme;
use super::pieces::put;
use crate::app::App;
use crate::app::screen::Panes;
use ratatui::layout::Rect;

/// Draws the rules.
pub fn draw(app: &App, panes: &Panes, theme: &Theme, buffer: &mut Buffer) {
    let below_head = panes.head.map(Rect::bottom);
    let size = app.size();
    let alone = panes.sidebar.or(panes.people);
    let middle = panes.list.or(panes.article).or(panes.speakers).or(alone);
    let bottom = panes.article.or(panes.speakers).or(panes.list).or(alone).map_or(0, Rect::bottom);
    let ruled = |row: u16| Rect { x: 0, y: row, width: size.width, height: 1 };
    if let (Some(row), Some(middle)) = (below_head, middle)
        && row < middle.y
    {
        put(buffer, ruled(row), 0, Line::styled("─".repeat(size.width.into()), theme.rule));
        joint(buffer, panes, row, "┬", theme);
    }
    if bottom + 1 < size.height {
        put(buffer, ruled(bottom), 0, Line::styled("─".repeat(size.width.into()), theme.rule));
        joint(buffer, panes, bottom, "┴", theme);
    }
    for divider in [panes.divider, panes.sidebar_divider].into_iter().flatten() {
        for row in 0..divider.height {
            put(buffer, divider, row as isize, Line::styled("│", theme.rule));
        }
    }
}

fn joint(buffer: &mut Buffer, panes: &Panes, row: u16, sign: &'static str, theme: &Theme) {
    for divider in [panes.divider, panes.sidebar_divider].into_iter().flatten() {
        put(buffer, Rect { y: row, height: 1, ..divider }, 0, Line::styled(sign, theme.rule));
    }
}
