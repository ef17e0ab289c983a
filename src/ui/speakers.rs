//! Who speaks in the open article.

use ratatui::buffer::Buffer;
use ratatui::style::{Modifier, Style};
use ratatui::text::{Line, Span};

use super::Theme;
use super::pieces::{inset, put};
use crate::app::{App, Pane, PlacedSpeaker, Reader};
use crate::quotes::{Certainty, Speaker, SpeakerId, Spoken};
use crate::text::{cells, shorten};
use ratatui::layout::Rect;

/// The cells of how much is only reported, behind how much is quoted.
const REPORTED_CELLS: usize = 5;

/// Draws the list of speakers.
pub fn draw(app: &App, area: Rect, theme: &Theme, buffer: &mut Buffer) {
    let Some(reader) = app.reader() else { return };
    let heading = if matches!(app.views().pane(), Pane::Speakers(_)) { theme.accent } else { theme.dim };
    put(buffer, inset(area, 2, 1), 1, Line::styled("SPEAKERS", heading));
    let with_reported = reader.shows_reported();
    if with_reported {
        let room = usize::from(area.width).saturating_sub("SPEAKERS".len() + 5);
        put(buffer, inset(area, 1, 2), 1, Line::styled(counts_in(reader, room), theme.dim).right_aligned());
    }
    let colours = theme.colours(reader.colour_keys());
    let speakers: Vec<_> = reader.speakers().collect();
    let most = speakers.iter().map(|(_, spoken)| spoken.quotations).max().unwrap_or(1).max(1);
    let all_placed = app.placed_speakers(area);
    let more = app.shown_speakers().len().saturating_sub(all_placed.len());
    if more > 0 {
        let last = isize::try_from(area.height).unwrap_or(1) - 1;
        put(buffer, inset(area, 4, 1), last, Line::styled(format!("+{more} more"), theme.dim));
    }
    for placed in all_placed {
        let (speaker, spoken) = speakers[placed.index];
        let entry = Entry { speaker, colour: colours[placed.index], spoken, most, placed, with_reported };
        draw_speaker(app, reader, &entry, area, theme, buffer);
    }
}

/// A speaker, with what the bar shows.
struct Entry<'a> {
    speaker: &'a Speaker,
    colour: usize,
    spoken: Spoken,
    /// The largest number of quotations of one speaker.
    most: u32,
    placed: PlacedSpeaker,
    /// Whether it is told how much is only reported.
    with_reported: bool,
}

/// "said 12 · reported 5", shorter where there is less room: quoted and reported statements are never counted together.
fn counts_in(reader: &Reader, room: usize) -> String {
    let (said, reported) = (reader.findings.quoted_statements(), reader.reported_count());
    let forms = [
        format!("said {said} · reported {reported}"),
        format!("{said} said · {reported} rep."),
        format!("{said} · {reported}"),
    ];
    forms.into_iter().find(|form| cells(form) <= room).unwrap_or_default()
}

fn draw_speaker(app: &App, reader: &Reader, entry: &Entry<'_>, area: Rect, theme: &Theme, buffer: &mut Buffer) {
    let &Entry { speaker, colour, spoken, most, placed, with_reported } = entry;
    let Spoken { quotations, doubtful, reported, .. } = spoken;
    let (number, row) = (placed.index, placed.row as isize);
    let here = app.views().selected_speaker() == Some(number);
    let speaking = app.current_speaker() == Some(number);
    if here {
        for offset in 0..placed.height as isize {
            put(buffer, area, row + offset, Line::styled("▌", theme.accent));
        }
    }
    let shown = reader.only.is_none_or(|only| only == SpeakerId(number));
    let certainty = spoken.certainty();
    let styled = |certainty| if shown { theme.speaker(colour, certainty) } else { theme.dim };
    let bold = |style: Style| theme.trusted(style.add_modifier(Modifier::BOLD), certainty);
    let name_style = if speaking || here { bold(styled(Certainty::Likely)) } else { styled(certainty) };

    let inner = inset(area, 1, 2);
    // Names matter more than bars.
    let longest = match inner.width {
        _ if with_reported => 5,
        ..36 => 5,
        _ => 8,
    };
    // Beside how much they say: "12 · 5".
    let unquoted = match reported {
        _ if !with_reported => String::new(),
        0 => " ".repeat(REPORTED_CELLS),
        reported => format!(" ·{reported:>3}"),
    };
    let long = |quotations: u32| (quotations as usize * longest).div_ceil(most as usize);
    let (bar, thin) = (long(quotations), long(doubtful));
    let likely = if thin < bar || doubtful < quotations { (bar - thin).max(1) } else { 0 };
    let figures = vec![
        Span::styled("▇".repeat(likely), styled(Certainty::Likely)),
        Span::styled("▇".repeat(bar - likely), styled(Certainty::Doubtful)),
        Span::styled(format!("{} {quotations:>3}", " ".repeat(longest - bar)), styled(certainty)),
        Span::styled(unquoted.clone(), theme.dim),
    ];
    let room = usize::from(inner.width).saturating_sub(3 + longest + 5 + cells(&unquoted));
    let sign = if certainty == Certainty::Doubtful { certainty.sign() } else { "" };
    let signed = shorten(&speaker.name, room.saturating_sub(sign.len())) + sign;
    let name = vec![
        Span::styled(format!("{:>2} ", number + 1), bold(styled(Certainty::Likely))),
        Span::styled(signed, name_style),
    ];
    put(buffer, inner, row, Line::from(name));
    put(buffer, inner, row, Line::from(figures).right_aligned());
    if doubtful > 0 {
        let beside = Rect { x: inner.right(), width: 1, ..inner };
        put(buffer, beside, row, Line::styled(Certainty::Doubtful.sign(), styled(Certainty::Doubtful)));
    }
    if let Some(role) = speaker.role.as_ref().filter(|_| placed.height > 1) {
        let role = shorten(role, usize::from(inner.width).saturating_sub(4));
        put(buffer, inset(inner, 3, 0), row + 1, Line::styled(role, theme.dim));
    }
}
