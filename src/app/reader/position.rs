//! Where the user is in an article: which bytes are on the screen, and which quotation is current.

use super::Reader;
use crate::app::jumps::{QuotationAnchor, ReadingPosition};
use crate::quotes::Findings;

impl Reader {
    /// What the engine found, without corrections.
    pub fn found(&self) -> &Findings {
        &self.found
    }

    /// The reading position.
    pub fn position(&self) -> ReadingPosition {
        let anchor = |quotation| QuotationAnchor::of(&self.article.body, &self.found, quotation);
        let current = self.current.and_then(|at| self.found.quotations.get(at));
        ReadingPosition { id: self.id(), top: self.top, quotation: current.map(anchor) }
    }

    /// Goes to a position in this article, also where its text has changed since; where the quotation that was current is gone,
    /// none is. Returns whether its words stand elsewhere now.
    pub fn go_to(&mut self, position: ReadingPosition) -> bool {
        (self.top, self.below) = (position.top, 0);
        let Some(anchor) = position.quotation else {
            self.current = None;
            return false;
        };
        let at = anchor.find(&self.article.body, &self.found);
        // A reported statement that is not shown is not lost.
        let is_lost = at.is_none() && !self.hides(anchor.start);
        (self.current, self.has_lost_current) = (at.map(|at| self.first_run(at)), is_lost);
        at.is_some_and(|at| self.findings.quotations[at].span.start != anchor.start)
    }

    /// The words of the quotation that was current are no longer quoted.
    pub fn lose_current(&mut self) {
        (self.current, self.has_lost_current) = (None, true);
    }

    /// Whether the words of the quotation that was current are no longer quoted, and the user has gone to no other since.
    pub fn has_lost_current(&self) -> bool {
        self.has_lost_current
    }

    /// Makes the statement with the quotation whose words start at this byte the current one, scrolling nothing; returns
    /// whether there is one.
    pub fn point_at(&mut self, start: usize) -> bool {
        let at = self.findings.quotations.iter().position(|quotation| quotation.span.start == start);
        if let Some(at) = at {
            (self.current, self.has_lost_current) = (Some(self.first_run(at)), false);
        }
        at.is_some()
    }
}
