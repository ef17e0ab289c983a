//! The card of a feed: all that is known of it, a row that is selected, and what is wrong with what is typed for that.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Modifier;
use ratatui::text::{Line, Span};

use super::Theme;
use super::card::{At, card};
use super::pieces::put;
use crate::app::screen::card_width;
use crate::app::{App, FeedCardRow, NAME_WIDTH, Prompt};
use crate::layout::wrap;

/// Draws the card, the selected row in sight.
pub fn draw(app: &App, area: Rect, theme: &Theme, buffer: &mut Buffer) {
    let problem = app.prompt().and_then(|prompt: &Prompt| prompt.problem(app));
    let (mut rows, mut end) = (Vec::new(), 0);
    for row in app.feed_card() {
        rows.extend(rows_of(&row, area, theme));
        if row.is_selected {
            let width = card_width(area).saturating_sub(NAME_WIDTH).max(8);
            let problem = problem.as_deref().unwrap_or_default();
            let wrong = if problem.is_empty() { Vec::new() } else { wrap(problem, width) };
            rows.extend(
                wrong
                    .into_iter()
                    .map(|span| Line::styled(format!("{:NAME_WIDTH$}{}", "", span.of(problem)), theme.warning)),
            );
            end = rows.len();
        }
    }
    let inner = card("About this feed", rows.len(), (area, At::Middle), theme, buffer);
    let height = usize::from(inner.height);
    let first = end.saturating_sub(height).min(rows.len().saturating_sub(height));
    let more = rows.len().saturating_sub(first + height);
    for (line, row) in rows.into_iter().skip(first).zip(0..inner.height as isize) {
        put(buffer, inner, row, line);
    }
    if more > 0 {
        let border = Rect { y: inner.bottom(), height: 1, ..inner };
        put(buffer, border, 0, Line::styled(format!(" +{more} more "), theme.dim).right_aligned());
    }
}

/// The rows of a fact behind its name; what can be edited stands out from what cannot.
fn rows_of(row: &FeedCardRow, area: Rect, theme: &Theme) -> Vec<Line<'static>> {
    let width = card_width(area).saturating_sub(NAME_WIDTH).max(8);
    let value_style = match (row.is_selected, row.is_editable) {
        (true, _) => theme.accent.add_modifier(Modifier::REVERSED),
        (false, true) => theme.text,
        (false, false) => theme.dim,
    };
    let line = |(at, span): (usize, crate::text::Span)| {
        let name = if at == 0 { row.name } else { "" };
        let name =
            Span::styled(format!("{name:<NAME_WIDTH$}"), if row.is_selected { theme.headline } else { theme.dim });
        Line::from(vec![name, Span::styled(span.of(&row.value).to_owned(), value_style)])
    };
    wrap(&row.value, width).into_iter().enumerate().map(line).collect()
}
