//! What lies over the panes: the keys, why a quotation has its speaker, what could not be read, the commands.

use std::ops::Range;

use ratatui::buffer::Buffer;
use ratatui::style::Modifier;
use ratatui::text::{Line, Span};
use ratatui::widgets::{Block, BorderType, Clear, Widget};

use super::pieces::{inset, put};
use super::{Theme, rect};
use crate::app::screen::{Area, Panes};
use crate::app::{App, HelpEntry, Named, Overlay, Palette, Prompt, Purpose, matching};
use crate::article::shown_address;
use crate::forms::Form;
use crate::layout::wrap;
use crate::quotes::SpeakerCorrection;
use crate::text::{cells, head, shorten};

/// The widest card, in cells.
const WIDEST: u16 = 76;

/// Draws what lies over the panes, if anything.
pub fn draw(app: &App, panes: &Panes, theme: &Theme, buffer: &mut Buffer) {
    let size = app.size();
    let pane = panes.list.or(panes.article).or(panes.speakers).or(panes.archive).unwrap_or_default();
    let bottom = panes.article.map_or(pane.bottom(), Area::bottom);
    let middle = Area { x: 0, y: pane.y, width: size.width, height: bottom.saturating_sub(pane.y) };
    if let Some(palette) = app.palette() {
        return draw_palette(&palette, middle, theme, buffer);
    }
    match app.prompt() {
        Some(prompt) if prompt.purpose == Purpose::Correct => {
            return draw_verdicts(app, prompt, panes.article.unwrap_or(middle), theme, buffer);
        }
        Some(prompt) if prompt.purpose == Purpose::Feed => return draw_feeds(app, prompt, middle, theme, buffer),
        Some(prompt) if prompt.purpose == Purpose::Tag => return draw_tags(app, prompt, middle, theme, buffer),
        Some(prompt) if prompt.purpose == Purpose::Export => return draw_forms(app, middle, theme, buffer),
        _ => {}
    }
    match app.overlay() {
        Some(Overlay::Help { scroll, filter }) => draw_help(app, *scroll, filter, middle, theme, buffer),
        Some(Overlay::Why) => draw_why(app, panes.article.unwrap_or(middle), theme, buffer),
        Some(Overlay::Refusals { scroll }) => draw_refusals(app, *scroll, middle, theme, buffer),
        None => {}
    }
}

/// Where a card stands in its area.
#[derive(Debug, Clone, Copy)]
enum At {
    Top,
    Middle,
    Bottom,
}

/// Clears a card for `rows` rows, as high as there is room in an area; gives what is inside.
fn card(title: &str, rows: usize, (area, at): (Area, At), theme: &Theme, buffer: &mut Buffer) -> Area {
    let width = WIDEST.min(area.width);
    let height = u16::try_from(rows + 2).unwrap_or(u16::MAX).min(area.height);
    let free = area.height - height;
    let above = match at {
        At::Top => 0,
        At::Middle => free / 2,
        At::Bottom => free,
    };
    let outer = Area { x: area.x + (area.width - width) / 2, y: area.y + above, width, height };
    // A little air on both sides, so that what lies below does not touch the border.
    let air = 2.min(outer.x - area.x);
    Clear.render(rect(Area { x: outer.x - air, width: outer.width + 2 * air, ..outer }), buffer);
    Block::bordered()
        .border_type(BorderType::Rounded)
        .border_style(theme.rule)
        .title(Span::styled(format!(" {title} "), theme.headline))
        .render(rect(outer), buffer);
    inset(Area { y: outer.y + 1, height: outer.height.saturating_sub(2), ..outer }, 2, 2)
}

/// A list from which one chooses.
#[derive(Debug, Clone, Copy)]
struct Choices<'a> {
    title: &'a str,
    /// How many rows stand above it in its card.
    above: usize,
    /// How many rows it has.
    all: usize,
    chosen: Option<usize>,
}

impl Choices<'_> {
    /// Clears a card for the list, the chosen row in sight. Returns what is inside, the area of the list, and which rows
    /// it shows. Where not all of them fit, the border says which do.
    fn card(self, place: (Area, At), theme: &Theme, buffer: &mut Buffer) -> (Area, Area, Range<usize>) {
        let inner = card(self.title, self.above + self.all.max(1), place, theme, buffer);
        let above = (self.above as u16).min(inner.height);
        let list = Area { y: inner.y + above, height: inner.height - above, ..inner };
        let room = usize::from(list.height);
        let first = self.chosen.map_or(0, |chosen| (chosen + 1).saturating_sub(room));
        let shown = first..self.all.min(first + room);
        if shown.len() < self.all {
            let words = format!(" {}–{} of {} ", shown.start + 1, shown.end, self.all);
            let border = Area { y: inner.bottom(), height: 1, ..inner };
            put(buffer, border, 0, Line::styled(words, theme.dim).right_aligned());
        }
        (inner, list, shown)
    }
}

/// The lowest rows of an area, as many as a list of ten with its border takes.
fn lowest(area: Area) -> Area {
    at_bottom(area, 12)
}

/// The lowest rows of an area.
fn at_bottom(area: Area, rows: u16) -> Area {
    let height = area.height.min(rows);
    Area { y: area.bottom() - height, height, ..area }
}

/// Draws the rows from `scroll` on, but never leaves the card half empty.
fn scrolled(rows: Vec<Line<'_>>, scroll: usize, area: Area, buffer: &mut Buffer) {
    let first = scroll.min(rows.len().saturating_sub(area.height.into()));
    for (line, row) in rows.into_iter().skip(first).zip(0..area.height as isize) {
        put(buffer, area, row, line);
    }
}

fn draw_help(app: &App, scroll: usize, filter: &str, area: Area, theme: &Theme, buffer: &mut Buffer) {
    let mut rows = Vec::new();
    let mut section = "";
    for entry in matching(app.help(), filter) {
        if entry.section != section {
            if !rows.is_empty() {
                rows.push(Line::default());
            }
            rows.push(Line::styled(entry.section.to_uppercase(), theme.dim));
            section = entry.section;
        }
        rows.extend(help_lines(entry, usize::from(WIDEST.min(area.width)).saturating_sub(4), theme));
    }
    if rows.is_empty() {
        rows.push(Line::styled("No key does that", theme.dim));
    }
    let title = if filter.is_empty() { "Keys".to_owned() } else { format!("Keys with “{filter}”") };
    let inner = card(&title, rows.len(), (area, At::Middle), theme, buffer);
    scrolled(rows, scroll, inner, buffer);
}

/// A key and what it does, in as many rows as that takes.
fn help_lines<'a>(entry: &'a HelpEntry, width: usize, theme: &Theme) -> Vec<Line<'a>> {
    const KEYS: usize = 15;
    let mut keys = entry.keys.as_str();
    let row = |span: crate::text::Span| {
        let left = Span::styled(format!("{:<KEYS$}", std::mem::take(&mut keys)), theme.accent);
        Line::from(vec![left, Span::styled(span.of(&entry.does), theme.text)])
    };
    wrap(&entry.does, width.saturating_sub(KEYS).max(10)).into_iter().map(row).collect()
}

/// The commands that fit what has been typed, just above the line in which one types.
fn draw_palette(palette: &Palette<'_>, area: Area, theme: &Theme, buffer: &mut Buffer) {
    /// How wide the names are; the longest fits.
    const NAMES: usize = 24;
    /// How wide the keys are at the least.
    const KEYS: usize = 8;
    let message = match &palette.named {
        Named::Row(row) => format!("go to row {row}"),
        Named::Saving => "there is nothing to save by hand".to_owned(),
        _ => "no command is called so".to_owned(),
    };
    let choices = Choices { title: "Commands", above: 0, all: palette.rows.len(), chosen: palette.choice };
    let (_, inner, shown) = choices.card((lowest(area), At::Bottom), theme, buffer);
    if palette.rows.is_empty() {
        return put(buffer, inner, 0, Line::styled(message, theme.dim));
    }
    let keys = palette.rows[shown.clone()].iter().map(|entry| cells(&entry.keys)).max().unwrap_or(0).max(KEYS);
    let room = usize::from(inner.width).saturating_sub(NAMES + keys + 2);
    for (row, entry) in (0..).zip(&palette.rows[shown.clone()]) {
        let style = if palette.choice == Some(shown.start + row as usize) {
            theme.accent.add_modifier(Modifier::REVERSED)
        } else {
            theme.text
        };
        let line = vec![
            Span::styled(format!("{:<NAMES$}", entry.name), style),
            Span::styled(format!(" {:<keys$} ", entry.keys), theme.accent),
            Span::styled(shorten(&entry.does, room), theme.dim),
        ];
        put(buffer, inner, row, Line::from(line));
    }
}

/// The forms in which a file may be written.
fn draw_forms(app: &App, area: Area, theme: &Theme, buffer: &mut Buffer) {
    let chosen = app.export_form();
    let inner = card("Write into a file", Form::ALL.len(), (area, At::Bottom), theme, buffer);
    for (row, form) in (0..).zip(Form::ALL) {
        let style = if chosen == Some(form) { theme.accent.add_modifier(Modifier::REVERSED) } else { theme.text };
        let what = match form {
            Form::Markdown => "to be read: a heading for each article",
            Form::Csv => "for a spreadsheet: a line for each quotation",
            Form::Json => "for programs: one object",
        };
        let line =
            vec![Span::styled(format!("{:<9}", form.name()), style), Span::styled(format!("  {what}"), theme.dim)];
        put(buffer, inner, row, Line::from(line));
    }
}

/// Who could have spoken the current quotation, below the quotation itself.
fn draw_verdicts(app: &App, prompt: &Prompt, area: Area, theme: &Theme, buffer: &mut Buffer) {
    /// How many rows of the list are shown at most, and how many at least before the quotation is.
    const ROWS: std::ops::RangeInclusive<usize> = 3..=10;
    let Some((reader, quotation)) = app.reader().and_then(|reader| Some((reader, reader.current_quotation()?))) else {
        return;
    };
    let verdicts = app.verdicts();
    let width = usize::from(WIDEST.min(area.width)).saturating_sub(4);
    let quoted = two_rows(reader.article.body.words(quotation.outer), width);
    let height = usize::from(area.height).saturating_sub(2);
    let fits = quoted.len() + 1 + verdicts.len().clamp(1, *ROWS.start()) <= height;
    let quoted = if fits { quoted } else { Vec::new() };
    let above = if quoted.is_empty() { 0 } else { quoted.len() + 1 };
    let rows = above + verdicts.len().clamp(1, *ROWS.end());
    let area = match beside(app, rows + 2, area) {
        At::Top => (Area { height: area.height.min(rows as u16 + 2), ..area }, At::Top),
        at => (at_bottom(area, rows as u16 + 2), at),
    };
    let choices = Choices { title: "Who said it?", above, all: verdicts.len(), chosen: Some(prompt.choice) };
    let (inner, list, shown) = choices.card(area, theme, buffer);
    let style = quotation.speaker.map_or(theme.quotation, |speaker| theme.spoken_by(speaker.0));
    for (row, words) in (0..).zip(quoted) {
        put(buffer, inner, row, Line::styled(words, style));
    }
    if verdicts.is_empty() {
        return put(buffer, list, 0, Line::styled("no such number", theme.dim));
    }
    let first = shown.start;
    for (row, verdict) in (0..).zip(&verdicts[shown]) {
        let (number, name, style) = match verdict {
            SpeakerCorrection::NoSpeaker => (String::new(), "nobody", theme.dim),
            SpeakerCorrection::Speaker(name) => {
                match reader.findings.speakers.iter().position(|known| known.name == *name) {
                    Some(known) => ((known + 1).to_string(), name.as_str(), theme.speaker(known)),
                    None => ("+".to_owned(), name.as_str(), theme.text),
                }
            }
        };
        let is_chosen = first + row as usize == prompt.choice;
        let style = if is_chosen { style.add_modifier(Modifier::REVERSED) } else { style };
        let name = shorten(name, usize::from(inner.width).saturating_sub(4));
        let line = vec![Span::styled(format!("{number:>2} "), theme.dim), Span::styled(name, style)];
        put(buffer, list, row, Line::from(line));
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

/// The words under which the article could be filed.
fn draw_tags(app: &App, prompt: &Prompt, area: Area, theme: &Theme, buffer: &mut Buffer) {
    let tags = app.tag_choices();
    let choices = Choices { title: "File under", above: 0, all: tags.len(), chosen: Some(prompt.choice) };
    let (_, inner, shown) = choices.card((lowest(area), At::Bottom), theme, buffer);
    let first = shown.start;
    if tags.is_empty() {
        return put(buffer, inner, 0, Line::styled("Type a word: budget, to-call, …", theme.dim));
    }
    for (row, (tag, is_set)) in (0..).zip(&tags[shown]) {
        let style = if first + row as usize == prompt.choice {
            theme.accent.add_modifier(Modifier::REVERSED)
        } else {
            theme.text
        };
        let sign = Span::styled(if *is_set { "✓ " } else { "  " }, theme.accent);
        put(buffer, inner, row, Line::from(vec![sign, Span::styled(tag.as_str(), style)]));
    }
}

/// The feeds that a page names.
fn draw_feeds(app: &App, prompt: &Prompt, area: Area, theme: &Theme, buffer: &mut Buffer) {
    let feeds: Vec<_> = app.feed_choices().collect();
    let chosen = Some(prompt.choice);
    let choices = Choices { title: "Which of these feeds?", above: 0, all: feeds.len(), chosen };
    let (_, inner, shown) = choices.card((lowest(area), At::Bottom), theme, buffer);
    let first = shown.start;
    for (row, (address, title)) in (0..).zip(&feeds[shown]) {
        let style = if first + row as usize == prompt.choice {
            theme.accent.add_modifier(Modifier::REVERSED)
        } else {
            theme.text
        };
        let title = shorten(title, usize::from(inner.width) / 2);
        let room = usize::from(inner.width).saturating_sub(cells(&title) + 2);
        let address = Span::styled(format!("  {}", shorten(&shown_address(address), room)), theme.dim);
        put(buffer, inner, row, Line::from(vec![Span::styled(title, style), address]));
    }
}

fn draw_why(app: &App, area: Area, theme: &Theme, buffer: &mut Buffer) {
    let Some((reader, quotation)) = app.reader().and_then(|reader| Some((reader, reader.current_quotation()?))) else {
        return;
    };
    let body = &reader.article.body;
    let width = usize::from(WIDEST.min(area.width)).saturating_sub(4);
    let mut rows: Vec<Line<'_>> = Vec::new();
    let words = body.words(quotation.outer);
    let speaker = reader.findings.speaker_of(quotation);
    let style = quotation.speaker.map_or(theme.quotation, |speaker| theme.spoken_by(speaker.0));
    let quoted = wrap(words, width);
    let shown = quoted.len().min(4);
    for span in &quoted[..shown] {
        rows.push(Line::styled(span.of(words), style));
    }
    if quoted.len() > shown {
        rows.push(Line::styled("…", style));
    }
    rows.push(Line::default());
    let mut fact = |name: &'static str, value: &str| {
        if !value.is_empty() {
            for (at, span) in wrap(value, width.saturating_sub(12).max(8)).into_iter().enumerate() {
                let label = if at == 0 { name } else { "" };
                let label = Span::styled(format!("{label:<12}"), theme.dim);
                rows.push(Line::from(vec![label, Span::styled(span.of(value).to_owned(), theme.text)]));
            }
        }
    };
    fact("speaker", &quotation.certainty().signed(speaker.map_or("nobody", |speaker| &speaker.name)));
    fact("role", speaker.and_then(|speaker| speaker.role.as_deref()).unwrap_or(""));
    fact("also called", &speaker.map_or_else(String::new, |speaker| speaker.aliases.join(", ")));
    fact("mention", &quotation.mention.map_or_else(String::new, |span| format!("“{}”", body.words(span))));
    fact("cue", &quotation.cue.map_or_else(String::new, |span| format!("“{}”", body.words(span))));
    fact("why", &quotation.reason.to_string());
    fact("sure", &format!("{:.0} %", f64::from(quotation.confidence) * 100.0));
    fact("kind", quotation.kind.name());
    let inner = card("Why this speaker", rows.len(), (area, beside(app, rows.len() + 2, area)), theme, buffer);
    scrolled(rows, 0, inner, buffer);
}

/// Where a card of so many rows leaves the current quotation in sight: below it if there is room, else above.
fn beside(app: &App, rows: usize, area: Area) -> At {
    let below = || {
        let (reader, column) = (app.reader()?, app.panes().column()?);
        let end = reader.current_quotation()?.outer.end.saturating_sub(1);
        let row = reader.page.row_at(end).checked_sub(reader.top_row(column.height.into()))?;
        Some(usize::from(column.y - area.y) + row + 1 + rows <= area.height.into())
    };
    if below().unwrap_or(true) { At::Bottom } else { At::Top }
}

fn draw_refusals(app: &App, scroll: usize, area: Area, theme: &Theme, buffer: &mut Buffer) {
    let intake = app.intake();
    let width = usize::from(WIDEST.min(area.width)).saturating_sub(4);
    let mut rows: Vec<Line<'_>> = Vec::new();
    let room = usize::from(area.height).saturating_sub(2);
    let first = scroll.min(intake.refusals.len().saturating_sub(room));
    for refusal in intake.refusals.iter().skip(first).take(room) {
        let words = format!("{} {}", refusal.place, refusal.reason);
        let kept = shorten(&words, width * 3);
        rows.extend(wrap(&kept, width).into_iter().map(|span| Line::styled(span.of(&kept).to_owned(), theme.text)));
    }
    if intake.passed_over > 0 {
        let words = match intake.passed_over {
            1 => "1 hidden file or folder was passed over".to_owned(),
            number => format!("{number} hidden files and folders were passed over"),
        };
        rows.push(Line::styled(words, theme.dim));
    }
    let inner = card("What could not be read", rows.len(), (area, At::Middle), theme, buffer);
    scrolled(rows, 0, inner, buffer);
}
