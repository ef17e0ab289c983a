//! What lies over the panes: the keys, why a quotation has its speaker, what could not be read, who has set an option.

use ratatui::buffer::Buffer;
use ratatui::style::Modifier;
use ratatui::text::{Line, Span};

use super::card::{At, beside, card, titled};
use super::pieces::{percent, put};
use super::signs::cited;
use super::{Theme, choices, feed_card, help, links_card};
use crate::app::screen::{Panes, card_width};
use crate::app::{App, Card, InfoRow, NAME_WIDTH, OptionSpec, TasksCard};
use crate::layout::wrap;
use crate::quotes::{Certainty, Citation, DOUBTFUL_BELOW};
use crate::text::{cells, shorten};
use ratatui::layout::Rect;

/// Draws what lies over the panes, if anything.
pub fn draw(app: &App, panes: &Panes, theme: &Theme, buffer: &mut Buffer) {
    let middle = app.card_area();
    if let Some(choices) = app.prompt().and_then(|prompt| prompt.choices(app)) {
        let area = panes.article.filter(|_| choices.is_about_quotation).unwrap_or(middle);
        return choices::draw(app, &choices, area, theme, buffer);
    }
    match app.views().card() {
        Some(Card::Help(_)) => help::draw(app, middle, theme, buffer),
        Some(Card::Why) => draw_why(app, panes.article.unwrap_or(middle), theme, buffer),
        Some(Card::Tasks(card)) => draw_tasks(app, card, middle, theme, buffer),
        Some(Card::Errors(errors)) => draw_errors(app, errors.scroll, middle, theme, buffer),
        Some(Card::ArticleInfo(info)) => draw_article_info(app, info.scroll, middle, theme, buffer),
        Some(Card::Feed(_)) => feed_card::draw(app, middle, theme, buffer),
        Some(Card::Links(links)) => links_card::draw(app, links, middle, theme, buffer),
        Some(Card::Option(option)) => draw_option(app, option, middle, theme, buffer),
        None => {}
    }
}

/// Draws the rows from `scroll` on, but never leaves the card half empty. The lower border says how many more there are, of
/// which `beyond` are not among the rows.
fn scrolled(rows: Vec<Line<'_>>, (scroll, beyond): (usize, usize), area: Rect, theme: &Theme, buffer: &mut Buffer) {
    let first = scroll.min(rows.len().saturating_sub(area.height.into()));
    let more = (rows.len() - first).saturating_sub(area.height.into()) + beyond;
    if more > 0 {
        let border = Rect { y: area.bottom(), height: 1, ..area };
        put(buffer, border, 0, Line::styled(format!(" +{more} more "), theme.dim).right_aligned());
    }
    for (line, row) in rows.into_iter().skip(first).zip(0..area.height as isize) {
        put(buffer, area, row, line);
    }
}

fn draw_why(app: &App, area: Rect, theme: &Theme, buffer: &mut Buffer) {
    let Some((reader, quotation)) = app.reader().and_then(|reader| Some((reader, reader.least_certain()?))) else {
        return;
    };
    let cited_words = reader.current().and_then(|at| reader.citation(at));
    let Some(Citation { quoted: words, certainty, via, is_reported }) = cited_words else {
        return;
    };
    let body = &reader.article.body;
    let width = card_width(area);
    let mut rows: Vec<Line<'_>> = Vec::new();
    let speaker = reader.findings.speaker_of(quotation);
    let style = choices::style_of(reader, quotation, theme);
    let quoted = wrap(&words, width);
    let shown = quoted.len().min(4);
    for span in &quoted[..shown] {
        rows.push(Line::styled(span.of(&words).to_owned(), cited(style)));
    }
    if quoted.len() > shown {
        rows.push(Line::styled("…", style));
    }
    rows.push(Line::default());
    let repeated = rows.len();
    let mut fact = |name: &str, value: &str| rows.extend(fact(name, value, width, theme));
    if is_reported {
        fact("words", "the article’s, for what the speaker said: not the speaker’s own");
    }
    fact("speaker", &certainty.signed(speaker.map_or("unattributed", |speaker| &speaker.name)));
    fact("via", via.as_deref().unwrap_or(""));
    fact("role", speaker.and_then(|speaker| speaker.role.as_deref()).unwrap_or(""));
    fact("also called", &speaker.map_or_else(String::new, |speaker| speaker.aliases.join(", ")));
    fact("named as", &quotation.mention.map_or_else(String::new, |span| format!("“{}”", body.words(span))));
    fact("verb", &quotation.cue.map_or_else(String::new, |span| format!("“{}”", body.words(span))));
    fact("reason", &quotation.reason.to_string());
    fact(
        "confidence",
        &match certainty {
            Certainty::Doubtful => {
                let limit = percent(DOUBTFUL_BELOW);
                format!("{}: doubtful ({}), below {limit}", percent(quotation.confidence), certainty.sign())
            }
            Certainty::Likely | Certainty::Corrected => percent(quotation.confidence),
        },
    );
    fact("kind", quotation.kind.name());
    let place = place_of_reason(app, &mut rows, repeated, area);
    let inner = card("Why this speaker", rows.len(), place, theme, buffer);
    scrolled(rows, (0, 0), inner, theme, buffer);
}

/// The rows of a fact, behind its name; none where there is nothing to say.
fn fact(name: &str, value: &str, width: usize, theme: &Theme) -> Vec<Line<'static>> {
    let rows = wrap(value, width.saturating_sub(NAME_WIDTH).max(8)).into_iter().enumerate().map(|(at, span)| {
        let label = if at == 0 { name } else { "" };
        let label = Span::styled(format!("{label:<NAME_WIDTH$}"), theme.dim);
        Line::from(vec![label, Span::styled(span.of(value).to_owned(), theme.text)])
    });
    if value.is_empty() { Vec::new() } else { rows.collect() }
}

/// All that is known of the open article.
fn draw_article_info(app: &App, scroll: usize, area: Rect, theme: &Theme, buffer: &mut Buffer) {
    let row = |InfoRow { name, value }: InfoRow| {
        let name = Span::styled(format!("{name:<NAME_WIDTH$}"), theme.dim);
        Line::from(vec![name, Span::styled(value, theme.text)])
    };
    let rows: Vec<_> = app.article_info().into_iter().map(row).collect();
    let inner = card("About this article", rows.len(), (area, At::Middle), theme, buffer);
    scrolled(rows, (scroll, 0), inner, theme, buffer);
}

/// Which value an option has, who has set it, who else would, and which values there are.
fn draw_option(app: &App, option: &OptionSpec, area: Rect, theme: &Theme, buffer: &mut Buffer) {
    let width = card_width(area);
    let mut rows = Vec::new();
    for (at, (source, value)) in app.option_sources(option).into_iter().enumerate() {
        let name = match at {
            0 => "value",
            1 => "else",
            _ => "",
        };
        rows.extend(fact(name, &format!("{value} ({})", source.words()), width, theme));
    }
    rows.extend(fact("values", &option.values(), width, theme));
    rows.extend(fact("what it is", option.about, width, theme));
    let inner = card(option.name, rows.len(), (area, At::Middle), theme, buffer);
    scrolled(rows, (0, 0), inner, theme, buffer);
}

/// Where the rows about a quotation stand, which begin with its words. Where they would be cut beside it, they go without the
/// words, which are in sight there; where that is not enough, they stand over it, as nothing else says what they say.
fn place_of_reason(app: &App, rows: &mut Vec<Line<'_>>, repeated: usize, area: Rect) -> (Rect, At) {
    let (part, at) = beside(app, rows.len() + 2, area);
    let fits = |rows: usize| rows + 2 <= usize::from(part.height);
    if fits(rows.len()) || part.height == area.height {
        return (part, at);
    }
    if !fits(rows.len() - repeated) {
        return (area, At::Top);
    }
    rows.drain(..repeated);
    (part, at)
}

/// What runs in the background, and how far it has come.
fn draw_tasks(app: &App, tasks_card: &TasksCard, area: Rect, theme: &Theme, buffer: &mut Buffer) {
    let tasks = app.shown_tasks();
    let inner = card(&titled("Tasks", &tasks_card.filter), tasks.len().max(1), (area, At::Middle), theme, buffer);
    if tasks.is_empty() {
        let none = if tasks_card.filter.is_empty() { "Nothing runs in the background" } else { "No tasks match" };
        return put(buffer, inner, 0, Line::styled(none, theme.dim));
    }
    let selected = tasks_card.row(&tasks);
    let first = (selected + 1).saturating_sub(inner.height.into());
    for (row, (at, task)) in (0..).zip(tasks.iter().enumerate().skip(first)) {
        let done = task.progress.map_or_else(String::new, |(done, of)| format!("{done} of {of}"));
        let room = usize::from(inner.width).saturating_sub(cells(&done) + 2);
        let style = if at == selected { theme.accent.add_modifier(Modifier::REVERSED) } else { theme.text };
        put(buffer, inner, row, Line::styled(shorten(&task.kind.to_string(), room), style));
        put(buffer, inner, row, Line::styled(done, theme.dim).right_aligned());
    }
}

fn draw_errors(app: &App, scroll: usize, area: Rect, theme: &Theme, buffer: &mut Buffer) {
    let progress = app.progress();
    let width = card_width(area);
    let mut rows: Vec<Line<'_>> = Vec::new();
    let room = usize::from(area.height).saturating_sub(2);
    let shown = app.shown_errors();
    let beyond = shown.len().saturating_sub(scroll + room);
    let first = scroll.min(shown.len().saturating_sub(room));
    for file in shown.into_iter().skip(first).take(room) {
        let words = format!("{} {}", file.place, file.reason);
        let kept = shorten(&words, width * 3);
        rows.extend(wrap(&kept, width).into_iter().map(|span| Line::styled(span.of(&kept).to_owned(), theme.text)));
    }
    if progress.hidden > 0 && app.narrowed_to().unwrap_or_default().is_empty() {
        let words = match progress.hidden {
            1 => "1 hidden file or folder was skipped".to_owned(),
            number => format!("{number} hidden files and folders were skipped"),
        };
        rows.push(Line::styled(words, theme.dim));
    }
    let filter = app.narrowed_to().unwrap_or_default();
    if rows.is_empty() {
        let none = if filter.is_empty() { "No errors" } else { "No errors match" };
        rows.push(Line::styled(none, theme.dim));
    }
    let inner = card(&titled("Errors", filter), rows.len(), (area, At::Middle), theme, buffer);
    scrolled(rows, (0, beyond), inner, theme, buffer);
}
