//! The article: its rows, what stands above and below its text, the scroll bar.

mod painter;
mod reported;
mod scripts;

use ratatui::buffer::Buffer;
use ratatui::style::Modifier;
use ratatui::text::Line;
use ratatui::widgets::{Scrollbar, ScrollbarOrientation, ScrollbarState, StatefulWidget};

use self::painter::Painter;
use super::Theme;
use super::pieces::{inset, put, put_centered};
use crate::app::screen::Panes;
use crate::app::{App, Command, DateForms, Layer, Pane, Reader};
use crate::article::{Article, Edition, Link, Medium};
use crate::keymap::Keymap;
use crate::layout::{MOST_ENCLOSURES, RowKind};
use crate::text::{cells, counted, shorten};
use ratatui::layout::Rect;

/// Draws the open article.
pub fn draw(app: &App, keymap: &Keymap, panes: &Panes, area: Rect, theme: &Theme, buffer: &mut Buffer) {
    // Beside an empty list stands nothing that is not in it.
    let is_stray = app.views().pane().is_list() && app.list().is_empty(app.catalog());
    let (Some(reader), Some(column)) = (app.reader().filter(|_| !is_stray), panes.column()) else {
        let words = if app.progress().running { "Reading…" } else { "No article is open" };
        return put_centered(buffer, inset(area, 1, 1), vec![Line::styled(words, theme.dim)]);
    };
    if reader.page.rows().is_empty() {
        return put_centered(buffer, inset(area, 1, 1), vec![Line::styled("Laying out a long text…", theme.dim)]);
    }
    let kept = app.user().state().clippings_of(reader.id()).filter_map(|(_, clipping)| clipping.start).collect();
    let is_focused = matches!(app.views().pane(), Pane::Article(_));
    let colours = theme.colours(reader.colour_keys());
    let room = panes.verbatim_width().unwrap_or_default();
    let painter = Painter { reader, highlight: app.highlight(), kept, is_focused, colours, room, theme };
    let height = usize::from(column.height);
    let top = reader.top_row(height);
    for (offset, row) in reader.page.rows().iter().skip(top).take(height).enumerate() {
        let offset = offset as isize;
        painter.lead(row, column, offset, buffer);
        let line = match row.kind {
            RowKind::Gap | RowKind::Rule(_) => continue,
            RowKind::Imprint => Line::styled(imprint(app, reader, keymap, column.width.into()), theme.dim),
            RowKind::Words(_) => {
                painter.words(row, column, offset, buffer);
                painter.margin(*row, column, offset, buffer);
                continue;
            }
            RowKind::Enclosure(number) => {
                Line::styled(enclosure(&reader.article, number, keymap, column.width.into()), theme.dim)
            }
        };
        put(buffer, column, offset, line);
    }
    let labels = app.prompt().map_or_else(Vec::new, |prompt| prompt.link_labels(app));
    draw_link_labels(labels, reader, column, top, theme, buffer);
    // A rule right beside it is track enough.
    let track = panes.divider.is_none_or(|divider| divider.x != area.right());
    draw_scroll_bar(reader, area, (top, height), track, theme, buffer);
}

/// "Saturday 14 March 2026 · Coast Wire · 3 min · 4 speakers · #budget", as much of it as fits.
fn imprint(app: &App, reader: &Reader, keymap: &Keymap, room: usize) -> String {
    let article = &reader.article;
    let (mut parts, fewest) = where_and_when(article, app.dates(), room);
    parts.push(format!("{} min", article.reading_minutes()));
    let (quoted, others) = reader.speaker_counts();
    parts.extend((quoted > 0).then(|| counted(quoted, "speaker")));
    parts.extend((others > 0).then(|| format!("{others} only reported")));
    let has = |medium| article.enclosures.iter().any(|enclosure| enclosure.medium() == Some(medium));
    parts.extend(Medium::NAMES.iter().filter(|(_, medium)| has(*medium)).map(|(name, _)| (*name).to_owned()));
    if article.is_summary {
        let fetch = keymap.hint(Layer::Article, Command::FullText, "fetches the rest");
        parts.push(fetch.map_or_else(|| "summary".to_owned(), |fetch| format!("summary, {fetch}")));
    }
    parts.extend(app.user().tags_of(reader.id()).map(|tag| format!("#{tag}")));
    fitted(parts, fewest, room)
}

/// "[audio: episode.mp3, 31 min, 24 MB]", and which key opens it; the last of many counts the rest.
fn enclosure(article: &Article, number: usize, keymap: &Keymap, room: usize) -> String {
    let rest = article.enclosures.get(number..).unwrap_or_default();
    let hint = keymap.hint(Layer::Article, Command::OpenEnclosure, "opens").filter(|_| number == 0);
    let words = match rest {
        [_, _, ..] if number == MOST_ENCLOSURES => format!("[{} more]", rest.len()),
        [one, ..] => format!("[{}]", one.with_name()),
        [] => String::new(),
    };
    let with_hint = hint.map(|hint| format!("{words} {hint}")).filter(|line| cells(line) <= room);
    with_hint.unwrap_or_else(|| shorten(&words, room))
}

/// As many of the parts as fit; the `fewest` first ones are cut rather than left out.
fn fitted(mut parts: Vec<String>, fewest: usize, room: usize) -> String {
    while parts.len() > fewest && cells(&parts.join(" · ")) > room {
        parts.pop();
    }
    shorten(&parts.join(" · "), room)
}

/// "Saturday 14 March 2026", "Coast Wire", "also Harbour Times, 15 March 2026", and how many of these may not be left out:
/// where else it appeared is written shorter, then cut.
fn where_and_when(article: &Article, dates: &DateForms, room: usize) -> (Vec<String>, usize) {
    let time = article.dates.listed().and_then(|listed| listed.time);
    let parts = |usual, usual_after| -> Vec<_> {
        let form_after = dates.form(usual_after);
        let when = article.dates.in_forms(&dates.form_at(usual, time), form_after);
        let parts = [Some(when), article.publisher.clone(), also(article, form_after)];
        parts.into_iter().flatten().collect()
    };
    let long = parts("%A %-d %B %Y", "%-d %B %Y");
    if article.editions.is_empty() {
        return (long, 1);
    }
    let parts = if cells(&long.join(" · ")) <= room { long } else { parts("%-d %b %Y", "%-d %b %Y") };
    let fewest = parts.len();
    (parts, fewest)
}

/// "also Harbour Times, 15 March 2026; Ruhr Post and 2 more": where and when else the article appeared, the days in `form`.
fn also(article: &Article, form: &str) -> Option<String> {
    /// More are counted.
    const NAMED: usize = 2;
    let first = Edition::of(article);
    let others: Vec<_> = article
        .editions
        .iter()
        .map(|edition| edition.in_words(&first, form))
        .filter(|words| !words.is_empty())
        .collect();
    let more = others.len().saturating_sub(NAMED);
    let more = if more == 0 { String::new() } else { format!(" and {more} more") };
    let named = others.get(..NAMED).unwrap_or(&others).join("; ");
    (!named.is_empty()).then(|| format!("also {named}{more}"))
}

/// Draws the labels of links over their beginnings.
fn draw_link_labels(
    labels: Vec<(String, &Link)>,
    reader: &Reader,
    column: Rect,
    top: usize,
    theme: &Theme,
    buffer: &mut Buffer,
) {
    let text = reader.article.body.text();
    for (label, link) in labels {
        let at = reader.page.row_at(link.span.start);
        let Some(offset) = at.checked_sub(top) else { continue };
        let left = reader.column_of(text, at, link.span.start) as u16;
        let style = theme.accent.add_modifier(Modifier::REVERSED | Modifier::BOLD);
        put(buffer, inset(column, left, 0), offset as isize, Line::styled(label, style));
    }
}

/// Draws how far the article is scrolled, where it does not fit.
fn draw_scroll_bar(
    reader: &Reader,
    area: Rect,
    (top, height): (usize, usize),
    with_track: bool,
    theme: &Theme,
    buffer: &mut Buffer,
) {
    let rows = reader.page.rows().len();
    if rows <= height {
        return;
    }
    let mut state = ScrollbarState::new(rows - height + 1).viewport_content_length(height).position(top);
    let bar = Scrollbar::new(ScrollbarOrientation::VerticalRight)
        .begin_symbol(None)
        .end_symbol(None)
        .thumb_symbol("┃")
        .track_symbol(with_track.then_some("│"))
        .style(theme.rule);
    StatefulWidget::render(bar, area, buffer, &mut state);
}

#[cfg(test)]
mod tests {
    use chrono::NaiveDate;

    use super::*;
    use crate::article::{BodyBuilder, Published};

    #[test]
    fn where_else_it_appeared_is_written_shorter_where_it_must_be() {
        let on = |day| NaiveDate::from_ymd_opt(2026, 3, day).map(Published::on);
        let mut article = Article::new(BodyBuilder::new("Harbour Bridge to Close").build());
        article.dates.published = on(14);
        article.publisher = Some("Coast Wire".to_owned());
        let publisher = Some("Harbour Times".to_owned());
        article.editions = vec![Edition { published: on(15), publisher, url: None }];
        let long = "Saturday 14 March 2026 · Coast Wire · also Harbour Times, 15 March 2026";
        for (room, expected) in [
            (90, format!("{long} · 1 min").as_str()),
            (71, long),
            (70, "14 Mar 2026 · Coast Wire · also Harbour Times, 15 Mar 2026 · 1 min"),
            (60, "14 Mar 2026 · Coast Wire · also Harbour Times, 15 Mar 2026"),
            (50, "14 Mar 2026 · Coast Wire · also Harbour Times, 15…"),
        ] {
            let (mut parts, fewest) = where_and_when(&article, &DateForms::default(), room);
            parts.push("1 min".to_owned());
            assert_eq!(fitted(parts, fewest, room), expected, "{room}");
        }
    }

    #[test]
    fn first_parts_of_the_imprint_stay() {
        let parts = ["14 March", "Coast Wire", "also Harbour Times", "3 min"].map(str::to_owned).to_vec();
        for (fewest, room, expected) in [
            (3, 60, "14 March · Coast Wire · also Harbour Times · 3 min"),
            (3, 45, "14 March · Coast Wire · also Harbour Times"),
            (3, 35, "14 March · Coast Wire · also Harbo…"),
            (1, 35, "14 March · Coast Wire"),
            (1, 5, "14 M…"),
        ] {
            assert_eq!(fitted(parts.clone(), fewest, room), expected, "{room}");
        }
    }
}
