//! The head line and the rules.

use ratatui::buffer::Buffer;
use ratatui::text::{Line, Span};

use super::Theme;
use super::pieces::{inset, put};
use crate::app::screen::Panes;
use crate::app::{App, Command, Layer};
use crate::keymap::Keymap;
use crate::text::{cells, counted, shorten};
use ratatui::layout::Rect;

/// The width of the gauge, in cells.
const GAUGE: usize = 12;

/// Draws the head line and the rules between the panes.
pub fn draw(app: &App, keymap: &Keymap, panes: &Panes, theme: &Theme, buffer: &mut Buffer) {
    let below_head = panes.head.map(Rect::bottom);
    let size = app.size();
    if let Some(head) = panes.head {
        draw_head(app, keymap, head, theme, buffer);
    }
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

fn draw_head(app: &App, keymap: &Keymap, head: Rect, theme: &Theme, buffer: &mut Buffer) {
    let head = inset(head, 1, 1);
    let right = standing(app, keymap, theme);
    let room = usize::from(head.width).saturating_sub(right.width() + "pullquote".len() + 4);
    let title = if cells(app.title()) <= room || room > 8 { shorten(app.title(), room) } else { String::new() };
    put(
        buffer,
        head,
        0,
        Line::from(vec![Span::styled("pullquote", theme.headline), "  ".into(), Span::styled(title, theme.dim)]),
    );
    put(buffer, head, 0, right.right_aligned());
}

/// How much there is and how much of it is unread; while files are being read, how far that has come.
fn standing(app: &App, keymap: &Keymap, theme: &Theme) -> Line<'static> {
    let (progress, total) = (app.progress(), app.catalog().len());
    if progress.running {
        let (read, known) = (progress.read, progress.known.max(1));
        let filled = (read * GAUGE / known).min(GAUGE);
        return Line::from(vec![
            Span::styled(format!("reading {} ", counted(total, "article")), theme.dim),
            Span::styled("━".repeat(filled), theme.accent),
            Span::styled("─".repeat(GAUGE - filled), theme.rule),
        ]);
    }
    if let Some((done, of)) = app.progress().refreshing {
        let filled = (done * GAUGE / of.max(1)).min(GAUGE);
        return Line::from(vec![
            Span::styled(format!("refreshing {} ", counted(of, "feed")), theme.dim),
            Span::styled("━".repeat(filled), theme.accent),
            Span::styled("─".repeat(GAUGE - filled), theme.rule),
        ]);
    }
    let unread = total.saturating_sub(app.user().read_count());
    let mut words = format!("{} · {unread} unread", counted(total, "article"));
    if progress.skipped_count > 0 {
        let key = keymap.first_key(Layer::List, Command::Errors).map_or_else(String::new, |key| format!(" ({key})"));
        words = format!("{}{key} · {words}", counted(progress.skipped_count, "error"));
    }
    Line::styled(words, theme.dim)
}
