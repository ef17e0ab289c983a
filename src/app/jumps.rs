//! The reading positions before each jump.

use crate::article::ArticleId;

/// A position in an article.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ReadingPosition {
    /// Which article.
    pub id: ArticleId,
    /// The first byte on the screen.
    pub top: usize,
    /// The quotation that was current, by the byte at which it starts.
    pub quotation: Option<usize>,
}

/// The positions that were left by jumping, the latest last.
#[derive(Debug, Default)]
pub struct Jumps(Vec<ReadingPosition>);

impl Jumps {
    /// Adds a position that is being left; the same position twice in a row counts once.
    pub fn leave(&mut self, position: ReadingPosition) {
        /// As many as vim keeps.
        const MOST: usize = 100;
        if self.0.last() != Some(&position) {
            self.0.push(position);
        }
        if self.0.len() > MOST {
            self.0.remove(0);
        }
    }

    /// How many positions there are.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Removes and returns the latest position that is not `here`.
    pub fn back(&mut self, here: Option<ReadingPosition>) -> Option<ReadingPosition> {
        while let Some(position) = self.0.pop() {
            if Some(position) != here {
                return Some(position);
            }
        }
        None
    }
}
