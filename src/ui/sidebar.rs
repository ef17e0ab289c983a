//! The collections: parts of all articles, with how many are unread.

use ratatui::buffer::Buffer;
use ratatui::text::{Line, Span};

use super::Theme;
use super::pieces::{inset, put};
use crate::app::{App, Collection, Pane, SidebarRow};
use crate::text::{cells, shorten};
use ratatui::layout::Rect;

/// Draws the pane of collections.
pub fn draw(app: &App, area: Rect, theme: &Theme, buffer: &mut Buffer) {
    let focused = matches!(app.views().pane(), Pane::Sidebar);
    for (row, shown) in (0..).zip(app.shown_sidebar_rows(area)) {
        match shown {
            SidebarRow::Blank => {}
            SidebarRow::Heading(words) => {
                let words = shorten(words, usize::from(area.width).saturating_sub(3));
                put(buffer, inset(area, 2, 1), row, Line::styled(words, theme.dim));
            }
            SidebarRow::Collection(collection, unread) => {
                let is_open = app.collections().selected() == &collection;
                if is_open {
                    let mark = if focused { theme.accent } else { theme.rule };
                    put(buffer, area, row, Line::styled("▌", mark));
                }
                let number = unread.filter(|&unread| unread > 0).map(|unread| unread.to_string()).unwrap_or_default();
                let inner = inset(area, 2 + indentation(&collection), 1);
                let line = match &collection {
                    Collection::Feed { id, .. } => app.collections().feeds().iter().find(|line| line.id == *id),
                    _ => None,
                };
                let sign = match line {
                    Some(line) if line.error.is_some() => Span::styled("! ", theme.warning),
                    Some(line) if line.paused => Span::styled("paused ", theme.dim),
                    _ => Span::default(),
                };
                let taken = sign.width() + cells(&number);
                let room = usize::from(inner.width).saturating_sub(taken + 2);
                let style = match (is_open, number.is_empty()) {
                    (true, _) => theme.headline,
                    (false, false) => theme.text,
                    (false, true) => theme.dim,
                };
                put(buffer, inner, row, Line::styled(shorten(shown_name(&collection), room), style));
                put(buffer, inner, row, Line::from(vec![sign, Span::styled(number, theme.dim)]).right_aligned());
            }
        }
    }
}

/// How far a collection stands to the right, in cells: a step for each folder around it.
fn indentation(collection: &Collection) -> u16 {
    /// The most steps that leave room for a name.
    const MOST: usize = 4;
    2 * collection.depth().min(MOST) as u16
}

/// A folder is shown by its own name: those around it stand above.
fn shown_name(collection: &Collection) -> &str {
    match collection {
        Collection::Folder(path) => path.rsplit('/').next().unwrap_or(path),
        _ => collection.name(),
    }
}
