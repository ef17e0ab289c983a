//! All that one person said, article by article: which quotation is selected, what stands in which row.

use std::sync::Arc;

use crate::app::command::Command;
use crate::app::effect::{Effect, RequestId, TimelineJob};
use crate::app::screen::Area;
use crate::catalog::{Person, Said};
use crate::page::wrap;
use crate::text::{Span, head};

/// A quotation takes at most so many rows.
const MOST_ROWS: usize = 6;

/// From this width on dates have a column of their own.
const ROOM_FOR_DATES: u16 = 76;

/// The cells of that column.
const DATES: u16 = 13;

/// The widest text, in cells.
const WIDEST: u16 = 76;

/// All that one person said.
#[derive(Debug)]
pub struct Timeline {
    name: String,
    identity: String,
    person: Option<Arc<Person>>,
    said: Vec<Said>,
    selected: usize,
    /// The row in which the selected quotation begins.
    row: usize,
    oldest_first: bool,
    in_flight: Option<RequestId>,
}

/// The parts of a timeline.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TimelineAreas {
    /// Who it is.
    pub head: Area,
    /// What they said.
    pub body: Area,
    /// The dates; nothing where there is no room for them.
    pub dates: Option<Area>,
    /// Headlines and quotations.
    pub words: Area,
}

/// Something that stands in a timeline, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlacedSaid {
    /// Its first row, counted from the top of the body; negative where it begins above.
    pub row: isize,
    /// What it is.
    pub block: SaidBlock,
}

/// What stands in a timeline.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SaidBlock {
    /// The article of this quotation and those after it.
    Article(usize),
    /// A quotation, and its rows in bytes of [`shown_words`].
    Words(usize, Vec<Span>),
}

impl TimelineAreas {
    /// The parts of this area.
    pub fn of(area: Area) -> Self {
        let above = if area.height >= 14 { 5 } else { 2.min(area.height.saturating_sub(1)) };
        let head = Area { height: above, ..area };
        let body = Area { y: area.y + above, height: area.height - above, ..area };
        let has_dates = area.width >= ROOM_FOR_DATES;
        let left = 3 + if has_dates { DATES } else { 0 };
        let width = area.width.saturating_sub(left + 2).clamp(10, WIDEST);
        // On a wide screen in the middle.
        let shift = area.width.saturating_sub(left + width + 2) / 3;
        let words = Area { x: area.x + left + shift, width, ..body };
        let dates = has_dates.then(|| Area { x: words.x - DATES, width: DATES - 1, ..body });
        Self { head, body, dates, words }
    }
}

/// The quotation in marks.
pub fn shown_words(said: &Said) -> String {
    let whole = said.words.len();
    // No more than is shown of one of a megabyte.
    let shown = head(&said.words, usize::from(WIDEST) * (MOST_ROWS + 1));
    if shown.len() < whole { format!("“{shown}…") } else { format!("“{shown}”") }
}

impl Timeline {
    pub(super) fn new(
        name: &str,
        identity: &str,
        person: Option<Arc<Person>>,
        oldest_first: bool,
        request: RequestId,
    ) -> Self {
        Self {
            name: name.to_owned(),
            identity: identity.to_owned(),
            person,
            said: Vec::new(),
            selected: 0,
            row: 0,
            oldest_first,
            in_flight: Some(request),
        }
    }

    /// What is to be asked for.
    pub(super) fn request(&self) -> Effect {
        Effect::Timeline(TimelineJob::List {
            request: self.in_flight.unwrap_or_default(),
            person: self.identity.clone(),
            oldest_first: self.oldest_first,
        })
    }

    /// Their name.
    pub fn name(&self) -> &str {
        self.person.as_ref().map_or(&self.name, |person| &person.name)
    }

    /// By what they are known.
    pub fn identity(&self) -> &str {
        &self.identity
    }

    /// Who it is, as soon as that is known.
    pub fn person(&self) -> Option<&Arc<Person>> {
        self.person.as_ref()
    }

    /// All that is known so far.
    pub fn said(&self) -> &[Said] {
        &self.said
    }

    /// The selected quotation.
    pub fn selected(&self) -> Option<&Said> {
        self.said.get(self.selected)
    }

    /// Where it stands, from 0.
    pub fn position(&self) -> usize {
        self.selected
    }

    /// Whether there is more to come.
    pub fn is_running(&self) -> bool {
        self.in_flight.is_some()
    }

    /// Whether the oldest article comes first.
    pub fn is_oldest_first(&self) -> bool {
        self.oldest_first
    }

    pub(super) fn turn_round(&mut self, request: RequestId) {
        self.oldest_first = !self.oldest_first;
        self.said.clear();
        (self.selected, self.row, self.in_flight) = (0, 0, Some(request));
    }

    /// Waits for no more; gives whether more was to come.
    pub(super) fn end(&mut self) -> bool {
        self.in_flight.take().is_some()
    }

    pub(super) fn take_in(&mut self, request: RequestId, person: Option<Arc<Person>>, said: Vec<Said>, is_last: bool) {
        if self.in_flight != Some(request) {
            return;
        }
        self.person = person.or(self.person.take());
        self.said.extend(said);
        if is_last {
            self.in_flight = None;
        }
    }

    /// Whether a quotation is the first of its article.
    fn begins_article(&self, at: usize) -> bool {
        at == 0 || self.said[at - 1].within.id != self.said[at].within.id
    }

    /// How many rows stand above a quotation that belong to it: the headline, and a blank before that.
    fn above(&self, at: usize) -> usize {
        match (self.begins_article(at), at) {
            (false, _) => 0,
            (true, 0) => 1,
            (true, _) => 2,
        }
    }

    fn rows(&self, at: usize, width: u16) -> Vec<Span> {
        let mut rows = wrap(&shown_words(&self.said[at]), usize::from(width));
        rows.truncate(MOST_ROWS);
        rows
    }

    /// Selects a quotation, scrolling no more than is needed to show it.
    fn select(&mut self, at: usize, area: Area) {
        let TimelineAreas { words, .. } = TimelineAreas::of(area);
        let height = usize::from(words.height);
        if self.selected == 0 {
            self.row = self.row.max(self.above(0));
        }
        let lowest = |timeline: &Self| height.saturating_sub(timeline.rows(at, words.width).len());
        let (from, to) = (self.selected.min(at), self.selected.max(at));
        // Beyond a screen the way does not matter.
        let way = if to - from > height {
            usize::MAX / 2
        } else {
            (from..to).map(|k| self.rows(k, words.width).len() + self.above(k + 1)).sum()
        };
        self.row = if at >= self.selected {
            self.row.saturating_add(way).min(lowest(self).max(self.above(at).min(height)))
        } else {
            self.row.saturating_sub(way).max(self.above(at))
        };
        self.selected = at;
    }

    pub(super) fn travel(&mut self, command: Command, count: usize, area: Area) {
        let Some(last) = self.said.len().checked_sub(1) else { return };
        let height = usize::from(TimelineAreas::of(area).words.height).max(3);
        let target = match command {
            Command::Down | Command::ScrollDown => self.selected.saturating_add(count),
            Command::Up | Command::ScrollUp => self.selected.saturating_sub(count),
            Command::PageDown => self.leaf(true, (height - 2) * count, area),
            Command::PageUp => self.leaf(false, (height - 2) * count, area),
            Command::HalfPageDown => self.leaf(true, height / 2 * count, area),
            Command::HalfPageUp => self.leaf(false, height / 2 * count, area),
            Command::Top => 0,
            Command::Bottom => last,
            Command::NextArticle => {
                (self.selected + 1..=last).filter(|&at| self.begins_article(at)).nth(count - 1).unwrap_or(last)
            }
            Command::PreviousArticle => {
                (0..self.selected).rev().filter(|&at| self.begins_article(at)).nth(count - 1).unwrap_or(0)
            }
            _ => return,
        };
        self.select(target.min(last), area);
    }

    /// The quotation about so many rows away.
    fn leaf(&self, down: bool, rows: usize, area: Area) -> usize {
        let width = TimelineAreas::of(area).words.width;
        let (mut at, mut passed) = (self.selected, 0);
        loop {
            let next = if down { at + 1 } else { at.wrapping_sub(1) };
            if next >= self.said.len() {
                return at;
            }
            passed += self.rows(next, width).len() + self.above(if down { next } else { at });
            if passed > rows && at != self.selected {
                return at;
            }
            at = next;
        }
    }

    /// Selects the quotation in a row of the screen; gives whether it was selected already.
    pub(super) fn click(&mut self, row: u16, area: Area) -> Option<bool> {
        let areas = TimelineAreas::of(area);
        let row = isize::try_from(row.checked_sub(areas.body.y)?).ok()?;
        let placed = self.layout(area);
        let hit = placed.iter().rev().find(|placed| placed.row <= row)?;
        let (SaidBlock::Article(at) | SaidBlock::Words(at, _)) = hit.block;
        let was_selected = at == self.selected;
        self.select(at, area);
        Some(was_selected)
    }

    /// What stands where, for the rows of the body of `area`.
    pub fn layout(&self, area: Area) -> Vec<PlacedSaid> {
        let TimelineAreas { words, .. } = TimelineAreas::of(area);
        if self.said.is_empty() || words.height == 0 {
            return Vec::new();
        }
        let height = words.height as isize;
        let selected = self.selected.min(self.said.len() - 1);
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
        for at in selected..self.said.len() {
            if at > selected {
                next += self.above(at) as isize;
            }
            if next >= height {
                // Its headline may still be seen.
                if self.begins_article(at) && next - 1 < height {
                    placed.push(PlacedSaid { row: next - 1, block: SaidBlock::Article(at) });
                }
                break;
            }
            next += self.place(at, next, words.width, &mut placed) as isize;
        }
        placed
    }

    fn place(&self, at: usize, row: isize, width: u16, placed: &mut Vec<PlacedSaid>) -> usize {
        if self.begins_article(at) {
            placed.push(PlacedSaid { row: row - 1, block: SaidBlock::Article(at) });
        }
        let rows = self.rows(at, width);
        let height = rows.len();
        placed.push(PlacedSaid { row, block: SaidBlock::Words(at, rows) });
        height
    }
}
