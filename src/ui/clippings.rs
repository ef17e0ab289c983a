//! The quotations that the user keeps.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Modifier;
use ratatui::text::{Line, Span};

use super::Theme;
use super::pieces::{put, put_message};
use super::signs::{cited, of_article};
use crate::app::{App, ClippingRow, ClippingsAreas, ClippingsView, Command, DateForms, Layer, Notice};
use crate::keymap::Keymap;
use crate::quotes::Certainty;
use crate::text::{cells, shorten};
use crate::user::Clipping;

/// Draws the clippings.
pub fn draw(app: &App, view: &ClippingsView, keymap: &Keymap, area: Rect, theme: &Theme, buffer: &mut Buffer) {
    let areas = ClippingsAreas::of(area);
    let state = app.user().state();
    if view.listed().is_empty() {
        let (what, notice) = if view.typed().is_empty() {
            ("No clippings yet", Notice::new("What you keep while reading comes here").hint(Command::Back, "goes back"))
        } else {
            ("No clippings match", Notice::new("").hint(Command::Search, "edits the filter").hint(Command::Back, "all"))
        };
        let next = keymap.line(Layer::Clippings, &notice);
        return put_message(what, &next, areas.rows, theme, buffer);
    }
    let mark = Rect { x: areas.rows.x - 2, width: 1, ..areas.rows };
    for (offset, (at, row)) in (0..).zip(view.layout(state, areas.rows)) {
        let Some(clipping) = view.listed().get(at).and_then(|id| state.clippings.get(id)) else { continue };
        let is_selected = at == view.position();
        if is_selected && row != ClippingRow::Gap {
            put(buffer, mark, offset, Line::styled("▌", theme.accent));
        }
        put(
            buffer,
            areas.rows,
            offset,
            line(clipping, &row, is_selected, (usize::from(areas.rows.width), app.dates()), theme),
        );
    }
}

fn line<'a>(
    clipping: &'a Clipping,
    row: &ClippingRow,
    is_selected: bool,
    (width, dates): (usize, &DateForms),
    theme: &Theme,
) -> Line<'a> {
    let cut = |is_cut: bool| if is_cut { " …" } else { "" };
    match row {
        ClippingRow::Words(span, is_cut) => {
            let style = if is_selected { theme.text.add_modifier(Modifier::BOLD) } else { theme.text };
            Line::styled(format!("{}{}", span.of(&clipping.quoted), cut(*is_cut)), cited(style))
        }
        ClippingRow::Source => source(clipping, width, dates, theme),
        ClippingRow::Note(span, is_cut) => {
            Line::styled(format!("  {}{}", span.of(&clipping.note), cut(*is_cut)), theme.accent)
        }
        ClippingRow::Tags => {
            let tags: Vec<_> = clipping.tags.iter().map(|tag| format!("#{tag}")).collect();
            Line::styled(shorten(&format!("  {}", tags.join(" ")), width), theme.dim)
        }
        ClippingRow::Gap => Line::default(),
    }
}

/// "— Ines Okafor?, engineer · Harbour Bridge to Close · Coast Wire · 14 March 2026": the name is never cut, the headline
/// first.
fn source<'a>(clipping: &'a Clipping, width: usize, dates: &DateForms, theme: &Theme) -> Line<'a> {
    let name = shorten(&format!("— {}", clipping.attributed_to()), width);
    let style = match clipping.certainty() {
        Certainty::Doubtful => theme.dim,
        Certainty::Likely | Certainty::Corrected => theme.headline,
    };
    let mut room = width.saturating_sub(cells(&name));
    let mut behind: Vec<String> =
        [clipping.source.clone(), clipping.day_in(dates.form("%-d %B %Y"))].into_iter().flatten().collect();
    while behind.iter().map(|part| cells(part) + 3).sum::<usize>() + 16 > room && !behind.is_empty() {
        behind.remove(0);
    }
    room = room.saturating_sub(behind.iter().map(|part| cells(part) + 3).sum());
    let role = clipping.role.as_ref().map_or_else(String::new, |role| format!(", {role}"));
    let role = if cells(&role) + 20 <= room { role } else { String::new() };
    room = room.saturating_sub(cells(&role) + 3);
    let headline = if room >= 8 { shorten(&clipping.headline, room) } else { String::new() };
    let before = if headline.is_empty() { role } else { format!("{role} · ") };
    let rest: String = behind.iter().flat_map(|part| [" · ", part.as_str()]).collect();
    Line::from(vec![
        Span::styled(name, style),
        Span::styled(before, theme.dim),
        Span::styled(headline, of_article(theme.dim)),
        Span::styled(rest, theme.dim),
    ])
}
