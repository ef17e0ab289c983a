//! Where the reader was before each jump.

use crate::article::ArticleId;

/// A place in an article.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Place {
    /// Which article.
    pub id: ArticleId,
    /// The first byte on the screen.
    pub top: usize,
    /// The quotation that was current, by the byte at which it starts.
    pub quotation: Option<usize>,
}

/// The places that were left by jumping, the latest last.
#[derive(Debug, Default)]
pub struct Jumps(Vec<Place>);

impl Jumps {
    /// Notes a place that is being left. Places in which nothing changed count once.
    pub fn leave(&mut self, place: Place) {
        /// As many as vim keeps.
        const MOST: usize = 100;
        if self.0.last() != Some(&place) {
            self.0.push(place);
        }
        if self.0.len() > MOST {
            self.0.remove(0);
        }
    }

    /// How many places there are.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Takes the latest place that is not `here`.
    pub fn back(&mut self, here: Option<Place>) -> Option<Place> {
        while let Some(place) = self.0.pop() {
            if Some(place) != here {
                return Some(place);
            }
        }
        None
    }
}
