//! The keys, and what they do, in columns.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use super::card::{At, card_of_width, titled};
use super::pieces::put;
use super::{Theme, signs};
use crate::app::{App, Card, HelpCard, HelpLayout, HelpRow, SignSet};
use crate::text::cells;

/// Draws the help.
pub fn draw(app: &App, area: Rect, theme: &Theme, buffer: &mut Buffer) {
    let (Some(Card::Help(card)), Some(layout)) = (app.views().card(), app.help_layout()) else { return };
    let HelpLayout { columns, width, .. } = &layout;
    let number = columns.len();
    let cells = number * width + (number - 1) * HelpLayout::GAP + 4;
    let rows = layout.height().max(1);
    let outer = u16::try_from(cells).unwrap_or(area.width).min(area.width);
    let inner = card_of_width(outer, &titled("Help", &card.filter), rows, (area, At::Middle), theme, buffer);
    if layout.height() == 0 {
        return put(buffer, inner, 0, Line::styled("No keys match", theme.dim));
    }
    let first = card.scroll.min(rows.saturating_sub(inner.height.into()));
    for (number, column) in columns.iter().enumerate() {
        let left = (number * (width + HelpLayout::GAP)) as u16;
        let area = Rect { x: inner.x + left, width: inner.width.saturating_sub(left).min(*width as u16), ..inner };
        for (row, at) in column.iter().skip(first).zip(0..) {
            put(buffer, area, at, line(row, &layout, (card, app.signs()), theme));
        }
    }
    let last = (first + usize::from(inner.height)).min(rows);
    if last - first < rows {
        let words = format!(" {}–{last} of {rows} ", first + 1);
        let border = Rect { y: inner.bottom(), height: 1, ..inner };
        put(buffer, border, 0, Line::styled(words, theme.dim).right_aligned());
    }
}

/// A row of the help. What cannot be done in the layer is dimmed.
fn line<'a>(row: &HelpRow<'a>, layout: &HelpLayout<'_>, (card, set): (&HelpCard, SignSet), theme: &Theme) -> Line<'a> {
    match row {
        HelpRow::Blank => Line::default(),
        HelpRow::Section(name) => Line::styled(name.to_uppercase(), theme.dim),
        HelpRow::Entry { entry, keys, does, is_named } => {
            let keys = signs::keys(keys, set);
            let blanks = " ".repeat(layout.keys.saturating_sub(cells(&keys)).max(1));
            let style = if entry.layers.contains(card.layer) { theme.text } else { theme.dim };
            let mut spans = vec![Span::styled(format!("{keys}{blanks}"), theme.accent), Span::styled(*does, style)];
            if *is_named {
                let gap = if does.is_empty() { "" } else { " " };
                spans.push(Span::styled(format!("{gap}:{}", entry.name), theme.dim));
            }
            Line::from(spans)
        }
    }
}
