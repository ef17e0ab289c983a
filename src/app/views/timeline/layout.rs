//! The rows of the articles and quotations of a timeline.

use std::borrow::Cow;

use super::Timeline;
use crate::app::screen::Rect;
use crate::catalog::Said;
use crate::layout::wrap;
use crate::text::{Span, head};

/// The most rows of a quotation.
const MOST_ROWS: usize = 6;

/// From this width on dates have a column of their own.
const ROOM_FOR_DATES: u16 = 76;

/// The cells of that column.
const DATES: u16 = 13;

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
    /// The article of this quotation and those after it.
    Article(usize),
    /// A quotation, and its rows in bytes of [`shown_words`].
    Words(usize, Vec<Span>),
}

impl TimelineAreas {
    /// The parts of this area.
    pub fn of(area: Rect) -> Self {
        let above = if area.height >= 14 { 5 } else { 2.min(area.height.saturating_sub(1)) };
        let head = Rect { height: above, ..area };
        let body = Rect { y: area.y + above, height: area.height - above, ..area };
        let has_dates = area.width >= ROOM_FOR_DATES;
        let left = 3 + if has_dates { DATES } else { 0 };
        let width = area.width.saturating_sub(left + 2).clamp(10, WIDEST);
        // On a wide screen in the middle.
        let shift = area.width.saturating_sub(left + width + 2) / 3;
        let words = Rect { x: area.x + left + shift, width, ..body };
        let dates = has_dates.then(|| Rect { x: words.x - DATES, width: DATES - 1, ..body });
        Self { head, body, dates, words }
    }
}

/// The statement as one cites it, and who reports it.
pub fn shown_words(said: &Said) -> Cow<'_, str> {
    let quoted = &said.citation.quoted;
    // No more than is shown of one of a megabyte.
    let shown = head(quoted, usize::from(WIDEST) * (MOST_ROWS + 1));
    let cut = if shown.len() < quoted.len() { "…" } else { "" };
    match &said.citation.via {
        Some(reporter) => format!("{shown}{cut} – as told by {reporter}").into(),
        None if cut.is_empty() => quoted.into(),
        None => format!("{shown}{cut}").into(),
    }
}

impl Timeline {
    /// Whether a quotation is the first of its article.
    pub(super) fn begins_article(&self, at: usize) -> bool {
        at == 0 || self.said[at - 1].within.id != self.said[at].within.id
    }

    /// How many rows above a quotation belong to it: the headline, and a blank before that.
    pub(super) fn above(&self, at: usize) -> usize {
        match (self.begins_article(at), at) {
            (false, _) => 0,
            (true, 0) => 1,
            (true, _) => 2,
        }
    }

    pub(super) fn rows(&self, at: usize, width: u16) -> Vec<Span> {
        let mut rows = wrap(&shown_words(&self.said[at]), usize::from(width));
        rows.truncate(MOST_ROWS);
        rows
    }

    /// The visible items with their rows, for the body of `area`.
    pub fn layout(&self, area: Rect) -> Vec<PlacedSaid> {
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
