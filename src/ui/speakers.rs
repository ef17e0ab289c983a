//! Who speaks in the open article.

use ratatui::buffer::Buffer;
use ratatui::style::Modifier;
use ratatui::text::{Line, Span};

use super::Theme;
use super::pieces::{inset, put};
use crate::app::screen::Area;
use crate::app::{App, Focus, Reader};
use crate::quotes::{Speaker, SpeakerIndex};
use crate::text::shorten;

/// Draws the list of speakers.
pub fn draw(app: &App, area: Area, theme: &Theme, buffer: &mut Buffer) {
    let Some(reader) = app.reader() else { return };
    put(buffer, inset(area, 2, 1), 0, Line::styled("SPEAKERS", theme.dim));
    let most = reader.speakers().map(|(_, quotations)| quotations).max().unwrap_or(1).max(1);
    let first = app.first_speaker_row(area);
    for (number, (speaker, quotations)) in reader.speakers().enumerate().skip(first) {
        let row = 1 + 2 * (number - first) as isize;
        if row >= area.height as isize {
            break;
        }
        draw_speaker(app, reader, number, (speaker, quotations), most, (area, row), theme, buffer);
    }
}

#[allow(clippy::too_many_arguments)]
fn draw_speaker(
    app: &App,
    reader: &Reader,
    number: usize,
    (speaker, quotations): (&Speaker, usize),
    most: usize,
    (area, row): (Area, isize),
    theme: &Theme,
    buffer: &mut Buffer,
) {
    let here = app.focus() == Focus::Speakers && app.selected_speaker() == number;
    let speaking = app.current_speaker() == Some(number);
    if here {
        put(buffer, area, row, Line::styled("▌", theme.accent));
        put(buffer, area, row + 1, Line::styled("▌", theme.accent));
    }
    let shown = reader.only.is_none_or(|only| only == SpeakerIndex(number));
    let colour = if shown { theme.speaker(number) } else { theme.dim };
    let name_style = if speaking || here { colour.add_modifier(Modifier::BOLD) } else { colour };

    let inner = inset(area, 1, 2);
    // Names matter more than bars.
    let longest = if inner.width < 36 { 5 } else { 8 };
    let bar = (quotations * longest).div_ceil(most);
    let figures = format!("{:<longest$} {quotations:>3}", "▇".repeat(bar));
    let room = usize::from(inner.width).saturating_sub(3 + longest + 5);
    let name = vec![
        Span::styled(format!("{:>2} ", number + 1), colour.add_modifier(Modifier::BOLD)),
        Span::styled(shorten(&speaker.name, room), name_style),
    ];
    put(buffer, inner, row, Line::from(name));
    put(buffer, inner, row, Line::styled(figures, colour).right_aligned());
    if let Some(role) = &speaker.role {
        let role = shorten(role, usize::from(inner.width).saturating_sub(4));
        put(buffer, inset(inner, 3, 0), row + 1, Line::styled(role, theme.dim));
    }
}
