//! The rows of the articles and quotations of a timeline.

use std::borrow::Cow;

use chrono::Datelike;

use super::{Pane, Timeline};
use crate::app::App;
use crate::app::screen::Rect;
use crate::catalog::Said;
use crate::layout::wrap;
use crate::quotes::IN_ARTICLES_WORDS;
use crate::text::{Span, cells, head};

/// The most rows of a quotation.
const MOST_ROWS: usize = 6;

/// With so many cells beside them dates have a column of their own.
const ROOM_BESIDE_DATES: u16 = 63;

/// The cells of a day in its usual form, in that column.
const USUAL_DAY: u16 = 12;

/// The widest text, in cells.
const WIDEST: u16 = 76;

/// The parts of a timeline.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TimelineAreas {
    /// Who it is.
    pub head: Rect,
    /// What they said.
    pub body: Rect,
    /// The dates; nothing where there is no room for them.
    pub dates: Option<Rect>,
    /// Headlines and quotations.
    pub words: Rect,
}

/// An item of a timeline, and its rows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlacedSaid {
    /// Its first row, counted from the top of the body; negative where it begins above.
    pub row: isize,
    /// What it is.
    pub block: SaidBlock,
}

/// An item of a timeline.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SaidBlock {
    /// The year of this quotation and those after it.
    Year(usize),
    /// The article of this quotation and those after it.
    Article(usize),
    /// A quotation, and its rows in bytes of [`ShownSaid::text`].
    Words(usize, Vec<Span>),
}

impl TimelineAreas {
    /// The parts of this area, where a day takes `day_width` cells or what the usual form of it takes.
    pub fn of(area: Rect, day_width: Option<u16>) -> Self {
        let above = if area.height >= 14 { 5 } else { 2.min(area.height.saturating_sub(1)) };
        let head = Rect { height: above, ..area };
        let body = Rect { y: area.y + above, height: area.height - above, ..area };
        let date_cells = day_width.unwrap_or(USUAL_DAY).max("no date".len() as u16) + 1;
        let has_dates = area.width >= ROOM_BESIDE_DATES + date_cells;
        let left = 3 + if has_dates { date_cells } else { 0 };
        let width = area.width.saturating_sub(left + 2).clamp(10, WIDEST);
        // On a wide screen in the middle.
        let shift = area.width.saturating_sub(left + width + 2) / 3;
        let words = Rect { x: area.x + left + shift, width, ..body };
        let dates = has_dates.then(|| Rect { x: words.x - date_cells, width: date_cells - 1, ..body });
        Self { head, body, dates, words }
    }
}

/// A quotation as it is shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ShownSaid<'a> {
    /// Its words, alone or in their sentence.
    pub text: Cow<'a, str>,
    /// Where what was said stands in them; the rest is the writer's.
    pub quoted: Vec<Span>,
}

impl<'a> ShownSaid<'a> {
    /// The statement as one cites it, and who reports it.
    fn alone(said: &'a Said) -> Self {
        let quoted = &said.citation.quoted;
        // No more than is shown of one of a megabyte.
        let shown = head(quoted, usize::from(WIDEST) * (MOST_ROWS + 1));
        let cut = if shown.len() < quoted.len() { "…" } else { "" };
        let text: Cow<'_, str> = match (&said.citation.via, cut) {
            _ if said.is_reported() => {
                // Always said: these are the article's words.
                let text = format!("{shown}{cut} ({IN_ARTICLES_WORDS})");
                let quoted = vec![Span::new(0, shown.len())];
                return Self { text: text.into(), quoted };
            }
            (Some(reporter), _) => format!("{shown}{cut} (as told by {reporter})").into(),
            (None, "") => quoted.into(),
            (None, _) => format!("{shown}{cut}").into(),
        };
        let all = Span::new(0, text.len());
        Self { text, quoted: vec![all] }
    }

    /// The sentences around it, from so near before it that its beginning is seen; none where they say no more.
    fn in_context(said: &'a Said, width: usize) -> Option<Self> {
        /// How many rows before the quoted words are shown, where not all can be.
        const ROWS_BEFORE: usize = 2;
        const REPORTED: &str = " (reported)";
        let quoted = said.places_in_context();
        let first = quoted.first()?.start;
        if !said.is_reported() && quoted.len() == 1 && quoted[0].len() == said.context.len() {
            return None;
        }
        let most = ROWS_BEFORE * width.max(8);
        let (before, told) = (said.context.get(..first)?, said.context.get(..quoted.last()?.end)?);
        // A row less than there are: words are never cut to fill one.
        // In its sentence, too, it is said that the words are the article's.
        let behind = if said.is_reported() { REPORTED } else { "" };
        if cells(before) <= most || cells(told) <= (MOST_ROWS - 1) * width {
            let text =
                if behind.is_empty() { (&said.context).into() } else { format!("{}{behind}", said.context).into() };
            return Some(Self { text, quoted }.cut());
        }
        let near =
            before.char_indices().rev().map(|(at, _)| at).take_while(|&at| cells(&before[at..]) < most).last()?;
        let word = before[near..].find(' ').map_or(near, |blank| near + blank + 1);
        let text = format!("…{}{behind}", &said.context[word..]);
        let shift = |span: Span| Span::new(span.start - word + "…".len(), span.end - word + "…".len());
        Some(Self { text: text.into(), quoted: quoted.into_iter().map(shift).collect() }.cut())
    }

    /// No more than is shown.
    fn cut(self) -> Self {
        let shown = head(&self.text, usize::from(WIDEST) * (MOST_ROWS + 1));
        if shown.len() == self.text.len() {
            return self;
        }
        let (text, end) = (format!("{shown}…"), shown.len());
        let quoted = self.quoted.iter().map(|span| Span::new(span.start.min(end), span.end.min(end))).collect();
        Self { text: text.into(), quoted }
    }
}

impl Timeline {
    /// The parts of this area.
    pub fn areas(&self, area: Rect) -> TimelineAreas {
        TimelineAreas::of(area, self.day_width)
    }

    /// Days are written in another form now.
    pub(super) fn follow_dates(&mut self, day_width: Option<u16>) {
        self.day_width = day_width;
    }

    /// Whether a quotation is the first of its article.
    pub(super) fn begins_article(&self, at: usize) -> bool {
        let id = |at: usize| self.at(at).map(|said| said.within.id);
        at == 0 || id(at - 1) != id(at)
    }

    /// The year in which a quotation was published, where what is listed before it is of another one.
    pub fn begun_year(&self, at: usize) -> Option<i32> {
        let year = |at: usize| self.at(at).and_then(|said| Some(said.within.dates.listed()?.day.year()));
        // In one year there is nothing to group.
        let spoken = self.person.as_ref().and_then(|person| Some((person.first?, person.last?)));
        let in_several = spoken.is_some_and(|(first, last)| first.year() != last.year());
        let is_new = at.checked_sub(1).map_or(in_several, |before| year(before) != year(at));
        year(at).filter(|_| is_new)
    }

    /// A quotation as it is shown in so many cells.
    pub fn shown(&self, at: usize, width: u16) -> Option<ShownSaid<'_>> {
        let said = self.at(at)?;
        let needs_context = self.has_all_contexts || !said.stands_alone();
        let in_context = || ShownSaid::in_context(said, usize::from(width)).filter(|_| needs_context);
        Some(in_context().unwrap_or_else(|| ShownSaid::alone(said)))
    }

    /// How many rows above a quotation belong to it: the headline, and before that a blank, in which the year stands.
    pub(super) fn above(&self, at: usize) -> usize {
        match (self.begins_article(at), at) {
            (false, _) => 0,
            (true, 0) if self.begun_year(0).is_none() => 1,
            (true, _) => 2,
        }
    }

    pub(super) fn rows(&self, at: usize, width: u16) -> Vec<Span> {
        let Some(shown) = self.shown(at, width) else { return Vec::new() };
        let mut rows = wrap(&shown.text, usize::from(width));
        rows.truncate(MOST_ROWS);
        rows
    }

    /// The visible items with their rows, for the body of `area`.
    pub fn layout(&self, area: Rect) -> Vec<PlacedSaid> {
        let TimelineAreas { words, .. } = self.areas(area);
        if self.is_empty() || words.height == 0 {
            return Vec::new();
        }
        let height = words.height as isize;
        let selected = self.selected.min(self.len() - 1);
        let lowest = (height - self.rows(selected, words.width).len() as isize).max(0);
        let mut row = (self.row as isize).min(lowest);
        // Upwards from the selected one, until the list begins or the top is reached.
        let mut above = Vec::new();
        let (mut top, mut at) = (row, selected);
        while top > 0 && at > 0 {
            top -= self.above(at) as isize;
            at -= 1;
            top -= self.rows(at, words.width).len() as isize;
            above.push((at, top));
        }
        // The list begins at the top of the area, and not above it.
        let begin = top - self.above(at) as isize;
        let slack = if at == 0 && (begin > 0 || selected == 0) { begin } else { 0 };
        row -= slack;
        let mut placed = Vec::new();
        for (at, top) in above.into_iter().rev() {
            self.place(at, top - slack, words.width, &mut placed);
        }
        let mut next = row;
        for at in selected..self.len() {
            if at > selected {
                next += self.above(at) as isize;
            }
            if next >= height {
                // Its headline may still be seen.
                self.place_heading(at, next, &mut placed);
                placed.retain(|placed| placed.row < height);
                break;
            }
            next += self.place(at, next, words.width, &mut placed) as isize;
        }
        placed
    }

    fn place(&self, at: usize, row: isize, width: u16, placed: &mut Vec<PlacedSaid>) -> usize {
        self.place_heading(at, row, placed);
        let rows = self.rows(at, width);
        let height = rows.len();
        placed.push(PlacedSaid { row, block: SaidBlock::Words(at, rows) });
        height
    }

    fn place_heading(&self, at: usize, row: isize, placed: &mut Vec<PlacedSaid>) {
        if !self.begins_article(at) {
            return;
        }
        if self.begun_year(at).is_some() {
            placed.push(PlacedSaid { row: row - 2, block: SaidBlock::Year(at) });
        }
        placed.push(PlacedSaid { row: row - 1, block: SaidBlock::Article(at) });
    }
}

/// Shows the sentences around all quotations, or only around those that cannot be understood without.
pub(super) fn change_context(app: &mut App) {
    let context = if app.display.has_all_contexts { "fragments" } else { "all" };
    app.set_option("context", context);
    let (has_all, area) = (app.display.has_all_contexts, app.panes().people);
    if let (Pane::Timeline(timeline), Some(area)) = (app.views.pane_mut(), area) {
        timeline.has_all_contexts = has_all;
        timeline.select(timeline.selected, area);
    }
    app.show_message(if has_all { "All in their sentences" } else { "Fragments in their sentences" });
}
