//! Who speaks in the open article.

use ratatui::buffer::Buffer;
use ratatui::style::Modifier;
use ratatui::text::{Line, Span};

use super::Theme;
use super::pieces::{inset, put};
use crate::app::{App, PlacedSpeaker, Reader};
use crate::quotes::{Speaker, SpeakerId};
use crate::text::shorten;
use ratatui::layout::Rect;

/// Draws the list of speakers.
pub fn draw(app: &App, area: Rect, theme: &Theme, buffer: &mut Buffer) {
    let Some(reader) = app.reader() else { return };
    put(buffer, inset(area, 2, 1), 1, Line::styled("SPEAKERS", theme.dim));
    let speakers: Vec<_> = reader.speakers().collect();
    let most = speakers.iter().map(|&(_, quotations)| quotations).max().unwrap_or(1).max(1);
    let all_placed = app.placed_speakers(area);
    let more = speakers.len().saturating_sub(all_placed.len());
    if more > 0 {
        let last = isize::try_from(area.height).unwrap_or(1) - 1;
        put(buffer, inset(area, 4, 1), last, Line::styled(format!("+{more} more"), theme.dim));
    }
    for placed in all_placed {
        let (speaker, quotations) = speakers[placed.index];
        let entry = Entry { speaker, quotations, most, placed };
        draw_speaker(app, reader, &entry, area, theme, buffer);
    }
}

/// A speaker, with what the bar shows.
struct Entry<'a> {
    speaker: &'a Speaker,
    quotations: u32,
    /// The largest number of quotations of one speaker.
    most: u32,
    placed: PlacedSpeaker,
}

fn draw_speaker(app: &App, reader: &Reader, entry: &Entry<'_>, area: Rect, theme: &Theme, buffer: &mut Buffer) {
    let &Entry { speaker, quotations, most, placed } = entry;
    let (number, row) = (placed.index, placed.row as isize);
    let here = app.views().selected_speaker() == Some(number);
    let speaking = app.current_speaker() == Some(number);
    if here {
        for offset in 0..placed.height as isize {
            put(buffer, area, row + offset, Line::styled("▌", theme.accent));
        }
    }
    let shown = reader.only.is_none_or(|only| only == SpeakerId(number));
    let colour = if shown { theme.speaker(number) } else { theme.dim };
    let name_style = if speaking || here { colour.add_modifier(Modifier::BOLD) } else { colour };

    let inner = inset(area, 1, 2);
    // Names matter more than bars.
    let longest = if inner.width < 36 { 5 } else { 8 };
    let bar = (quotations as usize * longest).div_ceil(most as usize);
    let figures = format!("{:<longest$} {quotations:>3}", "▇".repeat(bar));
    let room = usize::from(inner.width).saturating_sub(3 + longest + 5);
    let name = vec![
        Span::styled(format!("{:>2} ", number + 1), colour.add_modifier(Modifier::BOLD)),
        Span::styled(shorten(&speaker.name, room), name_style),
    ];
    put(buffer, inner, row, Line::from(name));
    put(buffer, inner, row, Line::styled(figures, colour).right_aligned());
    if let Some(role) = speaker.role.as_ref().filter(|_| placed.height > 1) {
        let role = shorten(role, usize::from(inner.width).saturating_sub(4));
        put(buffer, inset(inner, 3, 0), row + 1, Line::styled(role, theme.dim));
    }
}
