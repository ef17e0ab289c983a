//! The pieces that panes are made of: lines in rows, messages.

use ratatui::buffer::Buffer;
use ratatui::text::Line;
use ratatui::widgets::Widget;

use super::Theme;
use crate::quotes::before_rounding;
use crate::text::shorten;

use ratatui::layout::Rect;

/// Draws one line at row `row` of `area`, counted from its top; nothing where that lies outside. The cells beside its
/// words stay as they are.
pub fn put(buffer: &mut Buffer, area: Rect, row: isize, mut line: Line<'_>) {
    let style = std::mem::take(&mut line.style);
    for span in &mut line.spans {
        span.style = style.patch(span.style);
    }
    if let Ok(row) = u16::try_from(row)
        && row < area.height
    {
        line.render(Rect { y: area.y + row, height: 1, ..area }, buffer);
    }
}

/// Draws lines one below the other, in the middle of an area.
pub fn put_centered(buffer: &mut Buffer, area: Rect, lines: Vec<Line<'_>>) {
    let first = (usize::from(area.height).saturating_sub(lines.len()) / 3) as isize;
    for (line, row) in lines.into_iter().zip(first..) {
        put(buffer, area, row, line.centered());
    }
}

/// Draws a message instead of a list, and what to do next.
pub fn put_message(what: &str, next: &str, area: Rect, theme: &Theme, buffer: &mut Buffer) {
    let area = inset(area, 1, 1);
    let fitting = |words: &str| shorten(words, area.width.into());
    put_centered(
        buffer,
        area,
        vec![Line::styled(fitting(what), theme.text), Line::default(), Line::styled(fitting(next), theme.dim)],
    );
}

/// A hint, if there is one, and what else one can do.
pub fn both(hint: &str, words: &str) -> String {
    if hint.is_empty() { words.to_owned() } else { format!("{hint} · {words}") }
}

/// An area with `left` and `right` columns cut off.
pub fn inset(area: Rect, left: u16, right: u16) -> Rect {
    let left = left.min(area.width);
    Rect { x: area.x + left, width: area.width.saturating_sub(left + right), ..area }
}

/// "53 %".
pub fn percent(share: f32) -> String {
    format!("{:.0} %", before_rounding(share.into(), 0.01) * 100.0)
}
