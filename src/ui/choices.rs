//! The list from which one chooses while typing, just above the line.

use ratatui::buffer::Buffer;
use ratatui::style::{Modifier, Style};
use ratatui::text::{Line, Span};

use super::Theme;
use super::card::{At, beside, card};
use super::pieces::put;
use super::signs::cited;
use crate::app::screen::card_width;
use crate::app::{App, ChoiceRow, Choices, Reader, Tone};
use crate::layout::wrap;
use crate::quotes::{Certainty, Quotation};
use crate::text::{cells, head, shorten};
use ratatui::layout::Rect;

/// The most rows of the list, and the fewest that are shown before the quotation it is about.
const ROWS: std::ops::RangeInclusive<usize> = 3..=10;

/// How wide the names are at the least where the list shows keys too: the longest name of a command fits.
const NAMES_BESIDE_KEYS: usize = 24;

/// Draws the list at the bottom of an area, or where it leaves the quotation in sight that it is about.
pub fn draw(app: &App, choices: &Choices, area: Rect, theme: &Theme, buffer: &mut Buffer) {
    let quoted = if choices.is_about_quotation { quoted_rows(app, choices, area) } else { Vec::new() };
    let rows_below = |quoted: &[String]| {
        let above = if quoted.is_empty() { 0 } else { quoted.len() + 1 };
        (above, above + choices.rows.len().clamp(1, *ROWS.end()))
    };
    let (_, rows) = rows_below(&quoted);
    let whole = area;
    let (area, place) = if choices.is_about_quotation { beside(app, rows + 2, area) } else { (area, At::Bottom) };
    // Where the card is cut beside the quotation, the words that are in sight there are not repeated in it.
    let quoted = match rows + 2 > area.height.into() && area.height < whole.height {
        true if about(app).is_some() => quoted_rows(app, choices, area),
        true => Vec::new(),
        false => quoted,
    };
    let (above, rows) = rows_below(&quoted);
    let height = area.height.min(rows as u16 + 2);
    let area = match place {
        At::Top => Rect { height, ..area },
        _ => Rect { y: area.bottom() - height, height, ..area },
    };
    let inner = card(choices.title, rows, (area, place), theme, buffer);
    let style = if about(app).is_some() { theme.text } else { current_style(app, theme) };
    for (row, words) in (0..).zip(quoted) {
        put(buffer, inner, row, Line::styled(words, cited(style)));
    }
    let above = (above as u16).min(inner.height);
    draw_rows(choices, app.reader(), Rect { y: inner.y + above, height: inner.height - above, ..inner }, theme, buffer);
}

/// Draws the rows, the chosen one in sight. Where not all of them fit, the lower border shows which do.
fn draw_rows(choices: &Choices, reader: Option<&Reader>, area: Rect, theme: &Theme, buffer: &mut Buffer) {
    let Choices { rows, chosen, none, .. } = choices;
    if rows.is_empty() {
        return put(buffer, area, 0, Line::styled(none.as_ref(), theme.dim));
    }
    let room = usize::from(area.height);
    let first = chosen.map_or(0, |chosen| (chosen + 1).saturating_sub(room));
    let shown = first..rows.len().min(first + room);
    if shown.len() < rows.len() {
        let words = format!(" {}–{} of {} ", shown.start + 1, shown.end, rows.len());
        let border = Rect { y: area.bottom(), height: 1, ..area };
        put(buffer, border, 0, Line::styled(words, theme.dim).right_aligned());
    }
    let columns = Columns::of(choices, &rows[shown.clone()], area.width.into());
    let colours = reader.map_or_else(Vec::new, |reader| theme.colours(reader.colour_keys()));
    for (row, at) in (0..).zip(shown) {
        put(buffer, area, row, columns.line(&rows[at], *chosen == Some(at), &colours, theme));
    }
}

/// The width of each column, in cells.
struct Columns {
    mark: usize,
    name: usize,
    keys: usize,
    detail: usize,
}

impl Columns {
    /// The columns for `width` cells: those of all rows, but for the keys, which are those of the rows that are shown.
    fn of(choices: &Choices, shown: &[ChoiceRow], width: usize) -> Self {
        let widest =
            |rows: &[ChoiceRow], of: fn(&ChoiceRow) -> &str| rows.iter().map(|row| cells(of(row))).max().unwrap_or(0);
        let mark = widest(&choices.rows, |row| &row.mark);
        let mark = if mark > 0 { mark + 1 } else { 0 };
        let room = width.saturating_sub(mark);
        let has_keys = choices.rows.iter().any(|row| !row.keys.is_empty());
        let has_details = choices.rows.iter().any(|row| !row.detail.is_empty());
        let keys = if has_keys { widest(shown, |row| &row.keys).max(8) } else { 0 };
        let least = if has_keys { NAMES_BESIDE_KEYS } else { 0 };
        let name = widest(&choices.rows, |row| &row.name).max(least).min(if has_details { room / 2 } else { room });
        Self { mark, name, keys, detail: if has_details { room.saturating_sub(name + keys + 2) } else { 0 } }
    }

    fn line(&self, choice: &ChoiceRow, is_chosen: bool, colours: &[usize], theme: &Theme) -> Line<'static> {
        let (mark, name) = match choice.tone {
            Tone::Text if is_chosen => (theme.accent, theme.accent),
            Tone::Text => (theme.accent, theme.text),
            Tone::Dim => (theme.dim, theme.dim),
            Tone::Speaker(number) => {
                let colour = colours.get(number).copied().unwrap_or_default();
                (theme.dim, theme.speaker(colour, Certainty::Likely))
            }
        };
        let name = if is_chosen { name.add_modifier(Modifier::REVERSED) } else { name };
        let mut spans = Vec::new();
        if self.mark > 0 {
            spans.push(Span::styled(filled(&choice.mark, self.mark), mark));
        }
        let shown = shorten(&choice.name, self.name);
        spans.push(Span::styled(if self.detail > 0 { filled(&shown, self.name) } else { shown }, name));
        if self.keys > 0 {
            spans.push(Span::styled(format!(" {} ", filled(&choice.keys, self.keys)), theme.accent));
        } else {
            spans.push(Span::raw("  "));
        }
        spans.push(Span::styled(shorten(&choice.detail, self.detail), theme.dim));
        Line::from(spans)
    }
}

/// Words padded to `width` cells.
fn filled(words: &str, width: usize) -> String {
    format!("{words}{}", " ".repeat(width.saturating_sub(cells(words))))
}

/// The current quotation, or of how many the choice is, in two rows at most, where the area has room for it above the list.
fn quoted_rows(app: &App, choices: &Choices, area: Rect) -> Vec<String> {
    let current = || app.reader().and_then(|reader| reader.citation(reader.current()?)).map(|current| current.quoted);
    let Some(words) = about(app).or_else(current) else { return Vec::new() };
    let quoted = two_rows(&words, card_width(area));
    let height = usize::from(area.height).saturating_sub(2);
    let fits = quoted.len() + 1 + choices.rows.len().clamp(1, *ROWS.start()) <= height;
    if fits { quoted } else { Vec::new() }
}

/// How many quotations the choice is about, where that is more than the current one.
fn about(app: &App) -> Option<String> {
    app.prompt()?.about(app)
}

/// The style of the current quotation.
fn current_style(app: &App, theme: &Theme) -> Style {
    let quotation = app.reader().and_then(|reader| Some((reader, reader.least_certain()?)));
    quotation.map_or(theme.quotation, |(reader, quotation)| style_of(reader, quotation, theme))
}

/// The style of a quotation of the open article.
pub fn style_of(reader: &Reader, quotation: &Quotation, theme: &Theme) -> Style {
    let colours = theme.colours(reader.colour_keys());
    let colour = quotation.speaker.and_then(|speaker| colours.get(speaker.0));
    match colour {
        _ if quotation.is_reported() => theme.reported_by(colour.copied(), true),
        Some(&colour) => theme.spoken_by(colour, quotation.certainty()),
        None => theme.quotation,
    }
}

/// A text in two rows at most; where that is too little, "…" ends it.
fn two_rows(words: &str, width: usize) -> Vec<String> {
    // A quotation of a megabyte is not wrapped to its end.
    let start = head(words, width * 3);
    match wrap(start, width).as_slice() {
        [first, second, _, ..] => {
            let rest = &words[second.start..];
            vec![first.of(words).to_owned(), shorten(rest, width)]
        }
        rows => rows.iter().map(|row| row.of(words).to_owned()).collect(),
    }
}
