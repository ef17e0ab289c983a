//! A choice of articles that knows their order: what a search finds, which may be half of all there are.

use super::sort_work::SlotBits;
use super::{Catalog, Headline};
use crate::article::ArticleId;

/// Articles picked from a catalog, in any order.
#[derive(Debug, Clone, Default)]
pub struct ArticleBitset {
    slots: SlotBits,
}

impl ArticleBitset {
    /// Whether no article has been picked.
    pub fn is_empty(&self) -> bool {
        self.slots == SlotBits::default()
    }
}

impl Catalog {
    /// Picks an article. One that is not loaded cannot be.
    pub fn pick(&self, bitset: &mut ArticleBitset, id: ArticleId) {
        if let Some(&slot) = self.slots.get(&id) {
            bitset.slots.add(slot);
        }
    }

    /// The articles that were picked, in the order in which the catalog is listed. Costs a nanosecond or two for each
    /// headline there is, and no comparing.
    pub fn picked<'a>(&'a self, bitset: &'a ArticleBitset) -> impl Iterator<Item = ArticleId> + 'a {
        self.listed().iter().filter(|&&slot| bitset.slots.has(slot)).map(|&slot| self.headlines[slot].id)
    }

    /// The articles that `wanted` accepts, in the order in which the catalog is listed.
    pub fn choose<'a>(&'a self, wanted: impl Fn(&Headline) -> bool + 'a) -> impl Iterator<Item = ArticleId> + 'a {
        let listed = self.listed().iter().map(|&slot| &self.headlines[slot]);
        listed.filter(move |headline| wanted(headline)).map(|headline| headline.id)
    }
}
