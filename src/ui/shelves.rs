//! The shelves: parts of all articles, with how many are unread.

use ratatui::buffer::Buffer;
use ratatui::text::{Line, Span};

use super::Theme;
use super::pieces::{inset, put};
use crate::app::screen::Area;
use crate::app::{App, Focus, Shelf, ShelfRow};
use crate::text::{cells, shorten};

/// Draws the pane of shelves.
pub fn draw(app: &App, area: Area, theme: &Theme, buffer: &mut Buffer) {
    let focused = app.focus() == Focus::Shelves;
    for (row, shown) in (0..).zip(app.shown_shelves(area)) {
        match shown {
            ShelfRow::Blank => {}
            ShelfRow::Heading(words) => {
                let words = shorten(&words.to_uppercase(), usize::from(area.width).saturating_sub(3));
                put(buffer, inset(area, 2, 1), row, Line::styled(words, theme.dim));
            }
            ShelfRow::Shelf(shelf, unread) => {
                let is_open = app.shelves().selected() == &shelf;
                if is_open {
                    let mark = if focused { theme.accent } else { theme.rule };
                    put(buffer, area, row, Line::styled("▌", mark));
                }
                let number = unread.filter(|&unread| unread > 0).map(|unread| unread.to_string()).unwrap_or_default();
                let inner = inset(area, 2, 1);
                let line = match &shelf {
                    Shelf::Feed { id, .. } => app.sources().lines.iter().find(|line| line.id == *id),
                    _ => None,
                };
                let sign = match line {
                    Some(line) if line.error.is_some() => Span::styled("! ", theme.warning),
                    Some(line) if line.paused => Span::styled("muted ", theme.dim),
                    _ => Span::default(),
                };
                let taken = sign.width() + cells(&number);
                let room = usize::from(inner.width).saturating_sub(taken + 2);
                let style = match (is_open, number.is_empty()) {
                    (true, _) => theme.headline,
                    (false, false) => theme.text,
                    (false, true) => theme.dim,
                };
                put(buffer, inner, row, Line::styled(shorten(shelf.name(), room), style));
                put(buffer, inner, row, Line::from(vec![sign, Span::styled(number, theme.dim)]).right_aligned());
            }
        }
    }
}
