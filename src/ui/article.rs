//! The article: its rows, what stands below its text, the scroll bar.

mod facts;
mod painter;
mod reported;

use ratatui::buffer::Buffer;
use ratatui::style::Modifier;
use ratatui::text::Line;
use ratatui::widgets::{Scrollbar, ScrollbarOrientation, ScrollbarState, StatefulWidget};

use self::facts::{imprint, whence};
use self::painter::Painter;
use super::Theme;
use super::hyperlinks::Hyperlink;
use super::pieces::{inset, put, put_centered};
use super::signs::verbatim;
use crate::app::screen::Panes;
use crate::app::{App, Command, Layer, LinkInSight, Pane, PictureState, Reader};
use crate::article::Article;
use crate::article::ArticleId;
use crate::keymap::Keymap;
use crate::layout::{MOST_ENCLOSURES, RowKind, picture_lines};
use crate::text::{cells, shorten};
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
            RowKind::Gap | RowKind::Rule(_) | RowKind::Drawn { .. } => continue,
            RowKind::Imprint => Line::styled(imprint(app, reader, keymap, column.width.into()), theme.dim),
            RowKind::Whence => {
                let facts: Vec<_> = whence(reader, column.width.into()).into_iter().map(|fact| fact.words).collect();
                Line::styled(facts.join(facts::BETWEEN), theme.dim)
            }
            RowKind::Picture { number, line } => {
                let Some(picture) = reader.article.body.pictures().get(number) else { continue };
                let width = reader.page.width();
                let said = match reader.shown_picture(number) {
                    Some(PictureState::Awaited) => vec![shorten("[picture: fetching …]", width)],
                    Some(PictureState::Failed(why)) => vec![shorten(&format!("[picture: {why}]"), width)],
                    Some(PictureState::Drawn { .. }) | None => picture_lines(picture, width),
                };
                Line::styled(said.into_iter().nth(line).unwrap_or_default(), verbatim(theme.link))
            }
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
    draw_link_labels(labels, column, top, theme, buffer);
    // A rule right beside it is track enough.
    let track = panes.divider.is_none_or(|divider| divider.x != area.right());
    draw_scroll_bar(reader, area, (top, height), track, theme, buffer);
}

/// "[audio: episode.mp3, 31 min, 24 MB]", and which key opens it; the last of many counts the rest.
fn enclosure(article: &Article, number: usize, keymap: &Keymap, room: usize) -> String {
    let rest: Vec<_> = article.files().skip(number).collect();
    let hint = keymap.hint(Layer::Article, Command::OpenEnclosure, "opens").filter(|_| number == 0);
    let words = match rest[..] {
        [_, _, ..] if number == MOST_ENCLOSURES => format!("[{} more]", rest.len()),
        [one, ..] => format!("[{}]", one.with_name()),
        [] => String::new(),
    };
    let with_hint = hint.map(|hint| format!("{words} {hint}")).filter(|line| cells(line) <= room);
    with_hint.unwrap_or_else(|| shorten(&words, room))
}

/// The addresses in the head of the open article, and where they are drawn.
pub fn hyperlinks(app: &App, panes: &Panes) -> Vec<Hyperlink> {
    let Some((reader, column)) = app.reader().zip(panes.column()) else { return Vec::new() };
    let mut rows = reader.page.rows().iter();
    let at = if reader.article.has_whence() { rows.position(|row| row.kind == RowKind::Whence) } else { None };
    let top = reader.top_row(column.height.into());
    let offset = at.and_then(|at| at.checked_sub(top)).filter(|offset| *offset < column.height.into());
    let Some(offset) = offset else { return Vec::new() };
    let mut left = 0;
    let mut links = Vec::new();
    for facts::Fact { words, url } in whence(reader, column.width.into()) {
        let width = cells(&words) as u16;
        let area = Rect { x: column.x + left, y: column.y + offset as u16, width, height: 1 };
        links.extend(url.and_then(|url| Hyperlink::new(area, &words, &url)));
        left += width + cells(facts::BETWEEN) as u16;
    }
    links
}

/// A picture on the screen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PlacedPicture {
    /// The article in which it stands.
    pub article: ArticleId,
    /// Its number among the pictures of that.
    pub number: usize,
    /// The area that the text has.
    pub area: Rect,
    /// In which row of the area it begins; above it, where that is negative.
    pub row: i16,
}

/// The pictures that are drawn, as far as they are in sight.
pub fn pictures(app: &App, panes: &Panes) -> Vec<PlacedPicture> {
    let Some((reader, area)) = app.reader().zip(panes.column()) else { return Vec::new() };
    let top = reader.top_row(area.height.into());
    let mut placed: Vec<PlacedPicture> = Vec::new();
    for (offset, row) in (0..).zip(reader.page.rows().iter().skip(top).take(area.height.into())) {
        if let RowKind::Drawn { number, row } = row.kind
            && placed.last().is_none_or(|last| last.number != number)
        {
            let row = offset - i16::try_from(row).unwrap_or(i16::MAX);
            placed.push(PlacedPicture { article: reader.id(), number, area, row });
        }
    }
    placed
}

/// Draws the labels of links over their beginnings.
fn draw_link_labels(labels: Vec<(String, LinkInSight)>, column: Rect, top: usize, theme: &Theme, buffer: &mut Buffer) {
    for (label, link) in labels {
        let Some(offset) = link.row.checked_sub(top) else { continue };
        let style = theme.accent.add_modifier(Modifier::REVERSED | Modifier::BOLD);
        put(buffer, inset(column, link.column as u16, 0), offset as isize, Line::styled(label, style));
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
