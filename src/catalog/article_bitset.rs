//! A choice of articles that knows their order: what a search finds, which may be half of all there are.

use super::Catalog;
use crate::article::ArticleId;

/// Articles picked from a catalog, in any order.
#[derive(Debug, Clone, Default)]
pub struct ArticleBitset {
    /// A bit for each slot of the catalog.
    slots: Vec<u64>,
}

impl ArticleBitset {
    /// Whether no article has been picked.
    pub fn is_empty(&self) -> bool {
        self.slots.is_empty()
    }
}

impl Catalog {
    /// Picks an article. One that is not loaded cannot be.
    pub fn pick(&self, bitset: &mut ArticleBitset, id: ArticleId) {
        let Some(&slot) = self.slots.get(&id) else { return };
        let word = slot as usize / 64;
        if bitset.slots.len() <= word {
            bitset.slots.resize(self.headlines.len() / 64 + 1, 0);
        }
        bitset.slots[word] |= 1 << (slot % 64);
    }

    /// The articles that were picked, newest first. Costs a nanosecond or two for each headline there is, and no
    /// comparing.
    pub fn picked<'a>(&'a self, bitset: &'a ArticleBitset) -> impl Iterator<Item = ArticleId> + 'a {
        let is_picked =
            |slot: u32| bitset.slots.get(slot as usize / 64).is_some_and(|word| word >> (slot % 64) & 1 == 1);
        self.order.iter().filter(move |&&slot| is_picked(slot)).map(|&slot| self.headlines[slot as usize].id)
    }
}
