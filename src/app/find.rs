//! Looking for words in the open article.

use super::direction::Direction;
use crate::query::{Needle, spans_of};
use crate::text::{Span, fold_with_offsets};

/// What is looked for in the open article, and its matches.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Find {
    /// What was typed.
    pub typed: String,
    /// The matches, in bytes of the text.
    spans: Vec<Span>,
    /// The match that is current.
    current: Option<usize>,
}

impl Find {
    /// Finds `needles` in `text`; `typed` is the search as the user typed it.
    pub fn new(typed: &str, needles: &[Needle], text: &str) -> Self {
        Self::at(typed, spans_of(needles, &fold_with_offsets(text)))
    }

    /// Takes matches that were found already, in order.
    pub fn at(typed: &str, spans: Vec<Span>) -> Self {
        Self { typed: typed.to_owned(), spans, current: None }
    }

    /// The matches, in order.
    pub fn spans(&self) -> &[Span] {
        &self.spans
    }

    /// The current match.
    pub fn current(&self) -> Option<Span> {
        self.spans.get(self.current?).copied()
    }

    /// The number of the current match (from 1; 0 for none), and how many there are.
    pub fn standing(&self) -> (usize, usize) {
        (self.current.map_or(0, |at| at + 1), self.spans.len())
    }

    /// Makes the first match at or after byte `from` the current one; the first of all where none follows.
    pub fn first_from(&mut self, from: usize) -> Option<Span> {
        let after = self.spans.partition_point(|span| span.start < from);
        self.current = (!self.spans.is_empty()).then_some(if after < self.spans.len() { after } else { 0 });
        self.current()
    }

    /// Makes the `count`th match from the current one the current one, round the end; from byte `here` if none is.
    pub fn step(&mut self, direction: Direction, count: usize, here: usize) -> Option<Span> {
        let total = self.spans.len();
        if total == 0 {
            return None;
        }
        let count = count.max(1);
        let at = match (self.current, direction) {
            (Some(at), Direction::Forward) => at + count,
            (Some(at), Direction::Backward) => at + total * count - count,
            (None, Direction::Forward) => self.spans.partition_point(|span| span.start < here) + count - 1,
            (None, Direction::Backward) => self.spans.partition_point(|span| span.start < here) + total * count - count,
        };
        self.current = Some(at % total);
        self.current()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn steps_go_round() {
        let mut find = Find::new("a", &[Needle::anywhere("a")], "a.a.a");
        assert_eq!(find.first_from(1).map(|span| span.start), Some(2));
        assert_eq!(find.step(Direction::Forward, 1, 0).map(|span| span.start), Some(4));
        assert_eq!(find.step(Direction::Forward, 1, 0).map(|span| span.start), Some(0));
        assert_eq!(find.step(Direction::Backward, 2, 0).map(|span| span.start), Some(2));
        assert_eq!(find.standing(), (2, 3));
        assert_eq!(Find::new("x", &[Needle::anywhere("x")], "a").step(Direction::Forward, 1, 0), None);
    }
}
