//! What lies over the panes: the keys, why a quotation has its speaker, what could not be read.

use ratatui::buffer::Buffer;
use ratatui::text::{Line, Span};
use ratatui::widgets::{Block, BorderType, Clear, Widget};

use super::pieces::{inset, put};
use super::{Theme, choices};
use crate::app::screen::Panes;
use crate::app::{App, Card, HelpCard, HelpEntry, matching};
use crate::layout::wrap;
use crate::text::shorten;
use ratatui::layout::Rect;

/// The widest card, in cells.
const WIDEST: u16 = 76;

/// Draws what lies over the panes, if anything.
pub fn draw(app: &App, panes: &Panes, theme: &Theme, buffer: &mut Buffer) {
    let size = app.size();
    let pane = panes.list.or(panes.article).or(panes.speakers).or(panes.people).unwrap_or_default();
    let bottom = panes.article.map_or(pane.bottom(), Rect::bottom);
    let middle = Rect { x: 0, y: pane.y, width: size.width, height: bottom.saturating_sub(pane.y) };
    if let Some(choices) = app.prompt().and_then(|prompt| prompt.choices(app)) {
        let area = panes.article.filter(|_| choices.is_about_quotation).unwrap_or(middle);
        return choices::draw(app, &choices, area, theme, buffer);
    }
    match app.views().card() {
        Some(Card::Help(help)) => draw_help(app, help, middle, theme, buffer),
        Some(Card::Why) => draw_why(app, panes.article.unwrap_or(middle), theme, buffer),
        Some(Card::Errors { scroll }) => draw_errors(app, *scroll, middle, theme, buffer),
        None => {}
    }
}

/// The position of a card in its area.
#[derive(Debug, Clone, Copy)]
pub enum At {
    Top,
    Middle,
    Bottom,
}

/// How many cells there are inside a card in an area.
pub fn card_width(area: Rect) -> usize {
    usize::from(WIDEST.min(area.width)).saturating_sub(4)
}

/// Clears a card for `rows` rows, as high as there is room in an area; returns its inner area.
pub fn card(title: &str, rows: usize, (area, at): (Rect, At), theme: &Theme, buffer: &mut Buffer) -> Rect {
    let width = WIDEST.min(area.width);
    let height = u16::try_from(rows + 2).unwrap_or(u16::MAX).min(area.height);
    let free = area.height - height;
    let above = match at {
        At::Top => 0,
        At::Middle => free / 2,
        At::Bottom => free,
    };
    let outer = Rect { x: area.x + (area.width - width) / 2, y: area.y + above, width, height };
    // A little air on both sides, so that what lies below does not touch the border.
    let air = 2.min(outer.x - area.x);
    Clear.render(Rect { x: outer.x - air, width: outer.width + 2 * air, ..outer }, buffer);
    Block::bordered()
        .border_type(BorderType::Rounded)
        .border_style(theme.rule)
        .title(Span::styled(format!(" {title} "), theme.headline))
        .render(outer, buffer);
    inset(Rect { y: outer.y + 1, height: outer.height.saturating_sub(2), ..outer }, 2, 2)
}

/// Draws the rows from `scroll` on, but never leaves the card half empty.
fn scrolled(rows: Vec<Line<'_>>, scroll: usize, area: Rect, buffer: &mut Buffer) {
    let first = scroll.min(rows.len().saturating_sub(area.height.into()));
    for (line, row) in rows.into_iter().skip(first).zip(0..area.height as isize) {
        put(buffer, area, row, line);
    }
}

fn draw_help(app: &App, HelpCard { scroll, filter }: &HelpCard, area: Rect, theme: &Theme, buffer: &mut Buffer) {
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
        rows.extend(help_lines(entry, card_width(area), theme));
    }
    if rows.is_empty() {
        rows.push(Line::styled("No key does that", theme.dim));
    }
    let title = if filter.is_empty() { "Keys".to_owned() } else { format!("Keys with “{filter}”") };
    let inner = card(&title, rows.len(), (area, At::Middle), theme, buffer);
    scrolled(rows, *scroll, inner, buffer);
}

/// A key and what it does, wrapped.
fn help_lines<'a>(entry: &'a HelpEntry, width: usize, theme: &Theme) -> Vec<Line<'a>> {
    const KEYS: usize = 15;
    let mut keys = entry.keys.as_str();
    let row = |span: crate::text::Span| {
        let left = Span::styled(format!("{:<KEYS$}", std::mem::take(&mut keys)), theme.accent);
        Line::from(vec![left, Span::styled(span.of(&entry.does), theme.text)])
    };
    wrap(&entry.does, width.saturating_sub(KEYS).max(10)).into_iter().map(row).collect()
}

fn draw_why(app: &App, area: Rect, theme: &Theme, buffer: &mut Buffer) {
    let Some((reader, quotation)) = app.reader().and_then(|reader| Some((reader, reader.current_quotation()?))) else {
        return;
    };
    let body = &reader.article.body;
    let width = card_width(area);
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

/// The area of a card of this many rows that leaves the current quotation in sight: below it if there is room, else
/// above.
pub fn beside(app: &App, rows: usize, area: Rect) -> At {
    let below = || {
        let (reader, column) = (app.reader()?, app.panes().column()?);
        let end = reader.current_quotation()?.outer.end.saturating_sub(1);
        let row = reader.page.row_at(end).checked_sub(reader.top_row(column.height.into()))?;
        Some(usize::from(column.y - area.y) + row + 1 + rows <= area.height.into())
    };
    if below().unwrap_or(true) { At::Bottom } else { At::Top }
}

fn draw_errors(app: &App, scroll: usize, area: Rect, theme: &Theme, buffer: &mut Buffer) {
    let progress = app.progress();
    let width = card_width(area);
    let mut rows: Vec<Line<'_>> = Vec::new();
    let room = usize::from(area.height).saturating_sub(2);
    let first = scroll.min(progress.skipped.len().saturating_sub(room));
    for file in progress.skipped.iter().skip(first).take(room) {
        let words = format!("{} {}", file.place, file.reason);
        let kept = shorten(&words, width * 3);
        rows.extend(wrap(&kept, width).into_iter().map(|span| Line::styled(span.of(&kept).to_owned(), theme.text)));
    }
    if progress.hidden > 0 {
        let words = match progress.hidden {
            1 => "1 hidden file or folder was passed over".to_owned(),
            number => format!("{number} hidden files and folders were passed over"),
        };
        rows.push(Line::styled(words, theme.dim));
    }
    let inner = card("What could not be read", rows.len(), (area, At::Middle), theme, buffer);
    scrolled(rows, 0, inner, buffer);
}
