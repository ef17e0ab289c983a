//! Where one is, on the left of the foot line, in parts of which the least important go where room is short.

use std::sync::Arc;

use ratatui::style::{Modifier, Style};
use ratatui::text::{Line, Span};

use super::Theme;
use crate::app::{App, Card, Collection, HighlightMode, Pane, PeopleList, Reader, Search, Timeline};
use crate::catalog::Person;
use crate::quotes::{Certainty, Quotation};
use crate::text::{cells, counted, shorten};

/// Stands between two parts.
const BETWEEN: &str = " · ";

/// What stands on the left, part by part.
pub(super) struct Standing(Vec<Part>);

/// A part, and how soon it goes where room is short: the higher the rank the sooner; what has 0 stays.
struct Part {
    line: Line<'static>,
    rank: u8,
}

impl Part {
    fn of(words: String, style: Style, rank: u8) -> Self {
        Self { line: Line::styled(words, style), rank }
    }
}

impl Standing {
    /// Where one is.
    pub(super) fn of(app: &App, theme: &Theme) -> Self {
        standing(app, theme)
    }

    /// These words, in one part.
    pub(super) fn of_words(words: impl Into<String>, style: Style) -> Self {
        Self(vec![Part::of(words.into(), style, 0)])
    }

    /// How many cells all of it takes.
    pub(super) fn width(&self) -> usize {
        self.width_up_to(u8::MAX)
    }

    /// How many cells what stays takes.
    pub(super) fn least_width(&self) -> usize {
        self.width_up_to(0)
    }

    fn width_up_to(&self, rank: u8) -> usize {
        let widths = self.0.iter().filter(|part| part.rank <= rank).map(|part| part.line.width() + cells(BETWEEN));
        widths.sum::<usize>().saturating_sub(cells(BETWEEN))
    }

    /// The line in this many cells: what goes first is cut, or left out where no more than a few letters of it would be
    /// seen. At last the first part of what stays is cut.
    pub(super) fn fitting(mut self, room: usize, theme: &Theme) -> Line<'static> {
        /// Fewer cells of a part say nothing.
        const LEAST: usize = 8;
        while self.width() > room {
            let last = (0..self.0.len()).max_by_key(|&at| self.0[at].rank).filter(|&at| self.0[at].rank > 0);
            let Some(at) = last.or_else(|| self.0.len().checked_sub(1).map(|_| 0)) else { break };
            let others = self.width() - self.0[at].line.width();
            let left = room.saturating_sub(others);
            if left >= LEAST || self.0.len() == 1 {
                let line = std::mem::take(&mut self.0[at].line);
                self.0[at].line = cut_to(line, left);
                break;
            }
            self.0.remove(at);
        }
        let mut pieces = Vec::new();
        for part in self.0 {
            if !pieces.is_empty() {
                pieces.push(Span::styled(BETWEEN, theme.dim));
            }
            let style = part.line.style;
            pieces.extend(part.line.spans.into_iter().map(|span| Span { style: style.patch(span.style), ..span }));
        }
        Line::from(pieces)
    }
}

/// A line cut to this many cells, in its styles.
fn cut_to(line: Line<'static>, room: usize) -> Line<'static> {
    let words: String = line.spans.iter().map(|span| span.content.as_ref()).collect();
    let short = shorten(&words, room);
    // The ellipsis, which may be longer in bytes than what it stands for, has the style of what is cut.
    let (kept, sign) = match short.strip_suffix('…') {
        Some(kept) if short != words => (kept, "…"),
        _ => (short.as_str(), ""),
    };
    let (mut rest, style) = (kept, line.style);
    let mut pieces = Vec::new();
    for span in line.spans {
        let (piece, behind) = rest.split_at(rest.floor_char_boundary(span.content.len()));
        let is_cut = behind.is_empty() && !sign.is_empty();
        let piece = if is_cut { format!("{piece}{sign}") } else { piece.to_owned() };
        pieces.push(Span::styled(piece, span.style));
        rest = behind;
        if is_cut {
            break;
        }
    }
    Line::from(pieces).style(style)
}

/// Where one is.
fn standing(app: &App, theme: &Theme) -> Standing {
    if let Some(Card::Errors(_)) = app.views().card() {
        return Standing::of_words(counted(app.progress().error_count(), "error"), theme.dim);
    }
    match (app.views().pane(), app.reader()) {
        (Pane::People(people), _) => Standing::of_words(standing_of_speaker(people), theme.dim),
        (Pane::Timeline(timeline), _) => Standing::of_words(standing_in_timeline(timeline), theme.dim),
        (Pane::Clippings(view), _) => {
            let at = view.listed().len().min(view.position() + 1);
            Standing::of_words(format!("{at} of {}", counted(view.listed().len(), "clipping")), theme.dim)
        }
        (Pane::Review(review), _) => {
            let left = app.left_to_review(review);
            let words = match (review.is_running(), review.total()) {
                (true, _) => format!("{left} left so far"),
                (false, 0) => String::new(),
                _ => format!("{left} left"),
            };
            Standing::of_words(words, theme.dim)
        }
        (Pane::Article(_) | Pane::Speakers(_), Some(reader)) => standing_in_article(app, reader, theme),
        (Pane::Sidebar, _) => standing_in_sidebar(app, theme),
        _ => standing_in_list(app, theme),
    }
}

/// "12 of 1204 speakers · Kremlin spokesman".
fn standing_of_speaker(list: &PeopleList) -> String {
    let about = |person: &Arc<Person>| match (&person.perhaps, &person.role) {
        (Some(full), _) => format!(" · perhaps {} {}", full.name, full.quotations),
        (None, Some(role)) => format!(" · {role}"),
        (None, None) => String::new(),
    };
    let about = list.selected().map_or_else(String::new, about);
    match list.all().len() {
        0 => String::new(),
        _ => format!("{} of {}{about}", list.position() + 1, list.counted()),
    }
}

fn standing_in_timeline(timeline: &Timeline) -> String {
    if let Some(error) = timeline.errors().first() {
        return error.with_hint();
    }
    let total = timeline.total();
    match (timeline.len(), timeline.typed()) {
        (0, _) => String::new(),
        (_, "") => format!("{} of {total}", timeline.position() + 1),
        (listed, _) => format!("{} of {listed}", timeline.position() + 1),
    }
}

/// The address of the selected feed, or what is wrong with it; else as in the list.
fn standing_in_sidebar(app: &App, theme: &Theme) -> Standing {
    let filter = app.collections().filter();
    if !filter.is_empty() {
        let words = if app.sidebar_rows().is_empty() { "Nothing here matches" } else { "Matching" };
        return Standing::of_words(format!("{words} “{filter}”"), theme.dim);
    }
    let Some(line) = app.feed_here() else { return standing_in_list(app, theme) };
    if let Some(error) = &line.error {
        return Standing::of_words(format!("{} {error}", line.name), theme.warning);
    }
    let state = if line.paused { "paused · " } else { "" };
    Standing::of_words(format!("{state}{}", line.address), theme.dim)
}

fn standing_in_list(app: &App, theme: &Theme) -> Standing {
    let total = app.list().len(app.catalog());
    let position = app.list().selected().and_then(|id| app.list().position(app.catalog(), id));
    let mut words = position.map_or_else(|| counted(total, "article"), |at| format!("{} of {total}", at + 1));
    if let Some(error) = app.search().and_then(Search::error) {
        return Standing::of_words(error.with_hint(), theme.warning);
    }
    match (app.search(), app.collections().open()) {
        (_, Collection::Search(name)) => words = format!("{words} in {name}"),
        (Some(search), _) => words = format!("{words} matching “{}”", search.typed),
        (None, Collection::All) => {}
        (None, collection) => words = format!("{words} in {}", collection.name()),
    }
    let (picked, listed) = app.count_picks();
    let picks = match picked.saturating_sub(listed) {
        _ if picked == 0 => None,
        0 => Some(format!("{picked} picked")),
        elsewhere => Some(format!("{picked} picked, {elsewhere} not listed here")),
    };
    let picks = picks.map(|words| Part::of(words, theme.accent, 0));
    Standing([Part::of(words, theme.dim, 0)].into_iter().chain(picks).collect())
}

fn standing_in_article(app: &App, reader: &Reader, theme: &Theme) -> Standing {
    if let Some(find) = &reader.find {
        let (at, of) = find.standing();
        let words = if of == 0 {
            format!("“{}” is not in this article", find.typed)
        } else {
            format!("{at} of {of} “{}”", find.typed)
        };
        let quotation =
            reader.least_certain().filter(|quotation| find.current().is_some_and(|span| quotation.outer.covers(span)));
        let speaker = quotation.and_then(|quotation| name_of(app, reader, quotation, theme));
        let parts = speaker.map(|name| Part { line: name.into(), rank: 0 });
        return Standing(parts.into_iter().chain([Part::of(words, theme.dim, 0)]).collect());
    }
    let height = app.panes().column().map_or(1, |column| usize::from(column.height));
    // That nothing is highlighted would otherwise look like an article without quotations.
    let is_plain = app.highlight() == HighlightMode::Off && !reader.found().quotations.is_empty();
    // Said to be what was read: a bare percentage beside a name looks like a confidence.
    let progress = format!("{} % read", reader.progress(height));
    let part = |words: String, rank| Part::of(words, theme.dim, rank);
    let plain = is_plain.then(|| part("highlights off".to_owned(), 0));
    // A quotation that is scrolled out of sight is not what keys are about.
    let standing = reader.standing().filter(|_| app.selected_quotation().is_some());
    let Some((at, of)) = standing else {
        return Standing([part(progress, 0)].into_iter().chain(plain).collect());
    };
    // Quoted and reported words are never counted together.
    let what = if reader.is_at_reported() { "reported " } else { "" };
    let place = format!(" {what}{at} of {of}");
    let said = reader.least_certain().and_then(|quotation| Some((quotation, name_of(app, reader, quotation, theme)?)));
    let Some((quotation, name)) = said else {
        let first = part(format!("unattributed{place}"), 0);
        return Standing([first, part(progress, 1)].into_iter().chain(plain).collect());
    };
    let first = Part { line: Line::from(vec![name, Span::styled(place, theme.dim)]), rank: 0 };
    let kept = is_kept(app, reader).then(|| part("kept".to_owned(), 2));
    let role = reader.findings.speaker_of(quotation).and_then(|speaker| speaker.role.clone());
    let role = role.map(|role| part(role, 3));
    Standing([first, part(progress, 1)].into_iter().chain(plain).chain(kept).chain(role).collect())
}

/// The name of who speaks a quotation, with the sign of how sure that is; a long one gives way to what stands behind it.
fn name_of(app: &App, reader: &Reader, quotation: &Quotation, theme: &Theme) -> Option<Span<'static>> {
    let longest = usize::from(app.size().width) * 2 / 5;
    let (number, speaker) = (quotation.speaker?, reader.findings.speaker_of(quotation)?);
    let colours = theme.colours(reader.colour_keys());
    let colour = colours.get(number.0).copied().unwrap_or_default();
    let style = theme.speaker(colour, Certainty::Likely).add_modifier(Modifier::BOLD);
    let certainty = quotation.certainty();
    Some(Span::styled(certainty.signed(&shorten(&speaker.name, longest)), theme.trusted(style, certainty)))
}

/// Whether the current quotation is among the clippings.
fn is_kept(app: &App, reader: &Reader) -> bool {
    let start = reader.current_quotation().map(|quotation| quotation.span.start);
    start.is_some_and(|start| app.user().state().clipping_at(reader.id(), start).is_some())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn standing() -> Standing {
        let part = |words: &str, rank| Part::of(words.to_owned(), Style::default(), rank);
        let name = Line::from(vec![Span::raw("Mara Deniz?"), Span::raw(" 3 of 12")]);
        let first = Part { line: name, rank: 0 };
        Standing(vec![
            first,
            part("42 %", 1),
            part("highlights off", 0),
            part("kept", 2),
            part("the harbour engineer", 3),
        ])
    }

    #[test]
    fn least_important_goes_first_and_what_is_cut_says_so() {
        let all = "Mara Deniz? 3 of 12 · 42 % · highlights off · kept · the harbour engineer";
        for (room, shown) in [
            (80, all),
            (73, all),
            (72, "Mara Deniz? 3 of 12 · 42 % · highlights off · kept · the harbour engine…"),
            (58, "Mara Deniz? 3 of 12 · 42 % · highlights off · kept"),
            (49, "Mara Deniz? 3 of 12 · 42 % · highlights off"),
            (42, "Mara Deniz? 3 of 12 · highlights off"),
            (35, "Mara Deniz? 3 of… · highlights off"),
            (26, "Mara Den… · highlights off"),
            (20, "highlights off"),
            (9, "highligh…"),
            (0, ""),
        ] {
            let line = standing().fitting(room, &Theme::terminal());
            assert_eq!(line.to_string(), shown, "{room}");
        }
        for room in 0..80 {
            assert!(standing().fitting(room, &Theme::terminal()).width() <= room, "{room}");
        }
    }

    #[test]
    fn one_part_is_cut_with_a_sign() {
        let words = "Kept · 3 clippings";
        for room in 1..cells(words) {
            let line = Standing::of_words(words, Style::default()).fitting(room, &Theme::terminal()).to_string();
            assert!(line.ends_with('…') && cells(&line) <= room, "{room}: {line}");
        }
    }
}
