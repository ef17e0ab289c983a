//! The foot line while keys wait for more: what was pressed, and how it can go on.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::text::{Line, Span};

use super::Theme;
use super::pieces::put;
use crate::app::WaitingKeys;
use crate::text::{cells, shorten};

/// Draws what was pressed, then as many of the keys that can follow as there is room for, and how many are left. Nobody
/// types: there is no cursor.
pub fn draw(keys: &WaitingKeys, area: Rect, theme: &Theme, buffer: &mut Buffer) -> Option<Position> {
    const GAP: usize = 2;
    let width = usize::from(area.width);
    let mut pieces = vec![Span::styled(format!("{}…", keys.typed), theme.accent)];
    let mut used = cells(&pieces[0].content);
    let count = keys.continuations.len();
    for (at, (key, name)) in keys.continuations.iter().enumerate() {
        let more = format!("+{} more", count - at);
        let needed = GAP + cells(key) + 1 + cells(name);
        let behind = if at + 1 < count { GAP + cells(&more) } else { 0 };
        if used + needed + behind > width {
            let words =
                if at == 0 { shorten(&format!("{key} {name}"), width.saturating_sub(used + GAP)) } else { more };
            pieces.push(Span::raw(" ".repeat(GAP)));
            pieces.push(Span::styled(words, theme.dim));
            break;
        }
        pieces.push(Span::raw(" ".repeat(GAP)));
        pieces.push(Span::styled(key.clone(), theme.headline));
        pieces.push(Span::styled(format!(" {name}"), theme.dim));
        used += needed;
    }
    put(buffer, area, 0, Line::from(pieces));
    None
}
