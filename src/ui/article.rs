//! The article: its rows, what is highlighted in them, the margin, the scroll bar.

use ratatui::buffer::Buffer;
use ratatui::style::{Modifier, Style};
use ratatui::text::{Line, Span as Piece};
use ratatui::widgets::{Scrollbar, ScrollbarOrientation, ScrollbarState, StatefulWidget};

use super::Theme;
use super::pieces::{inset, put, put_centered};
use super::signs::verbatim;
use crate::app::screen::Panes;
use crate::app::{App, Command, DateForms, Find, HighlightMode, Layer, Pane, Reader};
use crate::article::{Article, Edition, Link, Medium, ParagraphKind};
use crate::keymap::Keymap;
use crate::layout::{MOST_ENCLOSURES, RowKind, TextRow};
use crate::quotes::{Certainty, Quotation, SpeakerId};
use crate::text::{Span, cells, counted, shorten};
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
    let painter = Painter { reader, highlight: app.highlight(), kept, is_focused, colours, theme };
    let height = usize::from(column.height);
    let top = reader.top_row(height);
    for (offset, row) in reader.page.rows().iter().skip(top).take(height).enumerate() {
        let offset = offset as isize;
        let line = match row.kind {
            RowKind::Gap => continue,
            RowKind::Imprint => Line::styled(imprint(app, reader, keymap, column.width.into()), theme.dim),
            RowKind::Words(kind) => painter.words(*row, kind),
            RowKind::Enclosure(number) => {
                Line::styled(enclosure(&reader.article, number, keymap, column.width.into()), theme.dim)
            }
        };
        put(buffer, column, offset, line);
        painter.margin(*row, column, offset, buffer);
    }
    let labels = app.prompt().map_or_else(Vec::new, |prompt| prompt.link_labels(app));
    draw_link_labels(labels, reader, column, top, theme, buffer);
    // A rule right beside it is track enough.
    let track = panes.divider.is_none_or(|divider| divider.x != area.right());
    draw_scroll_bar(reader, area, (top, height), track, theme, buffer);
}

/// The sign beside a quotation that the user keeps.
const KEPT: &str = "▪";

/// Draws the rows of an article.
struct Painter<'a> {
    reader: &'a Reader,
    highlight: HighlightMode,
    /// Where quotations start that the user keeps.
    kept: Vec<usize>,
    /// Whether the article has the keys.
    is_focused: bool,
    /// The colour of each speaker.
    colours: Vec<usize>,
    theme: &'a Theme,
}

impl<'a> Painter<'a> {
    /// The words of a row, cut wherever the style changes.
    fn words(&self, row: TextRow, kind: ParagraphKind) -> Line<'a> {
        let text = self.reader.article.body.text();
        let mut cuts = vec![row.span.start, row.span.end];
        let mut cut_at = |span: Span| {
            let shared = span.intersection(row.span);
            if !shared.is_empty() {
                cuts.extend([shared.start, shared.end]);
            }
        };
        let highlights: Vec<(&Quotation, Style)> =
            self.quotations(row.span).filter_map(|(at, q)| Some((q, self.style_of(at, q)?))).collect();
        for (quotation, _) in &highlights {
            cut_at(quotation.outer);
        }
        let dateline = self.dateline(row.span);
        cut_at(dateline);
        let found = self.found(row.span);
        for &span in found {
            cut_at(span);
        }
        let links = self.links(row.span);
        for link in links {
            cut_at(link.span);
        }
        cuts.sort_unstable();
        cuts.dedup();

        let here = self.reader.find.as_ref().and_then(Find::current);
        let style_at = |at: usize| {
            let mut style = self.style_of_paragraph(kind);
            if dateline.contains(at) {
                style = style.patch(self.theme.dim);
            }
            // The innermost of nested ones comes last.
            if let Some((_, highlight)) = highlights.iter().rev().find(|(quotation, _)| quotation.outer.contains(at)) {
                style = style.patch(*highlight);
            } else if links.iter().any(|link| link.span.contains(at)) {
                style = style.patch(self.theme.link);
            }
            match found.iter().find(|span| span.contains(at)) {
                Some(span) if Some(*span) == here => style.patch(self.theme.found_here),
                Some(_) => style.patch(self.theme.found),
                None => style,
            }
        };
        let piece = |pair: &[usize]| Piece::styled(Span::new(pair[0], pair[1]).of(text), verbatim(style_at(pair[0])));
        cuts.windows(2).map(piece).collect::<Vec<_>>().into()
    }

    /// The quotations that may touch `span`, with their numbers among the findings: no quotation leaves its
    /// paragraph.
    fn quotations(&self, span: Span) -> impl Iterator<Item = (usize, &'a Quotation)> {
        let (body, quotations) = (&self.reader.article.body, &self.reader.findings.quotations);
        let paragraph = body.paragraph_at(span.start).and_then(|at| body.paragraphs().get(at));
        let start = paragraph.map_or(span.start, |paragraph| paragraph.span.start);
        let first = quotations.partition_point(|q| q.outer.start < start);
        let end = span.end;
        (first..).zip(&quotations[first..]).take_while(move |(_, q)| q.outer.start < end)
    }

    /// The highlight of a quotation, if it has one.
    fn style_of(&self, at: usize, quotation: &Quotation) -> Option<Style> {
        let current = self.reader.is_current(at);
        if !quotation.is_spoken() || (self.highlight == HighlightMode::Off && !current) {
            return None;
        }
        let chosen = self.reader.only.is_none() || quotation.speaker == self.reader.only;
        if !chosen {
            return Some(self.theme.dim);
        }
        let certainty = self.reader.certainty(at);
        let style = match (self.highlight, quotation.speaker) {
            (HighlightMode::Speakers, Some(speaker)) => self.theme.spoken_by(self.colour(speaker), certainty),
            _ => self.theme.trusted(self.theme.quotation, certainty),
        };
        Some(if current { self.theme.current(style, certainty) } else { style })
    }

    fn colour(&self, speaker: SpeakerId) -> usize {
        self.colours.get(speaker.0).copied().unwrap_or_default()
    }

    fn style_of_paragraph(&self, kind: ParagraphKind) -> Style {
        match kind {
            ParagraphKind::Headline | ParagraphKind::Excerpt | ParagraphKind::Heading => self.theme.headline,
            ParagraphKind::Promotion | ParagraphKind::Byline | ParagraphKind::Caption | ParagraphKind::Citation => {
                self.theme.dim
            }
            _ => self.theme.text,
        }
    }

    fn dateline(&self, span: Span) -> Span {
        let body = &self.reader.article.body;
        body.paragraph_at(span.start).and_then(|at| body.paragraphs().get(at)).map_or(Span::default(), |p| p.dateline)
    }

    /// The words that lead somewhere, where they touch `span`.
    fn links(&self, span: Span) -> &'a [Link] {
        let links = self.reader.article.body.links();
        let first = links.partition_point(|link| link.span.end <= span.start);
        let last = links.partition_point(|link| link.span.start < span.end);
        &links[first..last.max(first)]
    }

    /// The matches of the search within `span`.
    fn found(&self, span: Span) -> &'a [Span] {
        let Some(find) = &self.reader.find else { return &[] };
        let spans = find.spans();
        let first = spans.partition_point(|hit| hit.end <= span.start);
        let last = spans.partition_point(|hit| hit.start < span.end);
        &spans[first..last.max(first)]
    }

    /// The margin of a row: the number of a speaker who begins to speak there, and the mark of the current quotation.
    fn margin(&self, row: TextRow, column: Rect, offset: isize, buffer: &mut Buffer) {
        if row.span.is_empty() {
            return;
        }
        if let Some((at, quotation)) = self.beginning(row).filter(|_| self.highlight != HighlightMode::Off) {
            let is_other = |(inside, _): (usize, &Quotation)| inside != at;
            let hides_doubt = self.doubtful_inside(row).any(is_other);
            self.number((at, quotation), hides_doubt, column, offset, buffer);
        }
        if self.kept.iter().any(|&start| row.span.contains(start)) {
            put(buffer, Rect { x: column.x - 1, width: 1, ..column }, offset, Line::styled(KEPT, self.theme.accent));
        }
        let mut here = self.quotations(row.span);
        if let Some((at, quotation)) = here.find(|&(at, q)| self.reader.is_current(at) && q.outer.overlaps(row.span)) {
            let colour = |speaker| self.theme.speaker(self.colour(speaker), self.reader.certainty(at));
            let style = match quotation.speaker.map(colour) {
                _ if !self.is_focused => self.theme.rule,
                None => self.theme.accent,
                Some(style) => style,
            };
            put(buffer, Rect { x: column.x - 2, width: 1, ..column }, offset, Line::styled("┃", style));
        }
    }

    /// The quotation with which a speaker begins to speak in a row; one inside another's speech where it is doubtful, and
    /// nobody else begins there. What is doubtful has its sign beside certain words of the same speaker, too.
    fn beginning(&self, row: TextRow) -> Option<(usize, &'a Quotation)> {
        let (mut before, mut first): (_, Option<(usize, &Quotation)>) = (None, None);
        for (at, quotation) in self.quotations(row.span).filter(|(_, q)| q.is_spoken() && q.depth == 0) {
            let is_doubtful = self.reader.certainty(at) == Certainty::Doubtful;
            let is_other = before.replace(quotation.speaker) != Some(quotation.speaker);
            if !row.span.contains(quotation.outer.start) {
                continue;
            }
            match first {
                None if is_other || is_doubtful => first = Some((at, quotation)),
                Some((_, known)) if is_doubtful && known.speaker == quotation.speaker => first = Some((at, quotation)),
                _ => {}
            }
        }
        first.or_else(|| self.doubtful_inside(row).next())
    }

    /// The doubtful quotations inside another's speech that begin in a row.
    fn doubtful_inside(&self, row: TextRow) -> impl Iterator<Item = (usize, &'a Quotation)> {
        let is_inside = |&(_, q): &(usize, &Quotation)| q.is_spoken() && q.depth > 0 && q.speaker.is_some();
        let begins = move |&(_, q): &(usize, &Quotation)| row.span.contains(q.outer.start);
        let is_doubtful = |&(at, _): &(usize, &Quotation)| self.reader.certainty(at) == Certainty::Doubtful;
        self.quotations(row.span).filter(is_inside).filter(begins).filter(is_doubtful)
    }

    /// The number of a speaker with the sign for how far that can be trusted; apart from it where only speech inside theirs is
    /// doubtful.
    fn number(
        &self,
        (at, quotation): (usize, &Quotation),
        hides_doubt: bool,
        column: Rect,
        offset: isize,
        buffer: &mut Buffer,
    ) {
        let Some(speaker) = quotation.speaker else { return };
        if self.reader.only.is_some_and(|only| only != speaker) {
            return;
        }
        let certainty = self.reader.certainty(at);
        let style = match self.highlight {
            HighlightMode::Speakers => self.theme.speaker(self.colour(speaker), certainty),
            _ => self.theme.dim,
        };
        let sign = certainty.sign();
        let number = match speaker.0 + 1 {
            number @ ..10 if hides_doubt && sign.is_empty() => format!("{number} {}", Certainty::Doubtful.sign()),
            _ if hides_doubt && sign.is_empty() => format!("··{}", Certainty::Doubtful.sign()),
            number @ ..100 => format!("{number}{sign:1}"),
            number @ ..1000 if sign.is_empty() => number.to_string(),
            _ => format!("··{}", if sign.is_empty() { "·" } else { sign }),
        };
        // Right-aligned in the two or three cells before the mark of the current quotation.
        let room = 3.min(column.x.saturating_sub(2));
        let margin = Rect { x: column.x - 2 - room, width: room, ..column };
        put(buffer, margin, offset, Line::styled(number, style).right_aligned());
    }
}

/// "Saturday 14 March 2026 · Coast Wire · 3 min · 4 speakers · #budget", as much of it as fits.
fn imprint(app: &App, reader: &Reader, keymap: &Keymap, room: usize) -> String {
    let article = &reader.article;
    let (mut parts, fewest) = where_and_when(article, app.dates(), room);
    parts.push(format!("{} min", article.reading_minutes()));
    match reader.who_speaks().len() {
        0 => {}
        speakers => parts.push(counted(speakers, "speaker")),
    }
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
        let (Some(row), Some(offset)) = (reader.page.rows().get(at), at.checked_sub(top)) else { continue };
        let left = cells(Span::new(row.span.start, link.span.start.max(row.span.start)).of(text)) as u16;
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
