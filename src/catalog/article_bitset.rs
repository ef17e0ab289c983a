//! A choice of articles that knows their order: what a search finds, what the user picks, which may be all there are.

use std::ops::Range;

use super::sort_work::SlotBits;
use super::{Catalog, Headline};
use crate::article::ArticleId;

/// Articles picked from a catalog, in any order. One that goes from the catalog is picked no more.
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

    /// Picks an article no more.
    pub fn unpick(&self, bitset: &mut ArticleBitset, id: ArticleId) {
        if let Some(&slot) = self.slots.get(&id) {
            bitset.slots.remove(slot);
        }
    }

    /// Picks the headlines at these positions.
    pub fn pick_positions(&self, bitset: &mut ArticleBitset, positions: Range<usize>) {
        self.listed().get(positions).into_iter().flatten().for_each(|&slot| bitset.slots.add(slot));
    }

    /// Picks these articles. They are picked quickly where they are in the order in which the catalog is listed.
    pub fn pick_in_order(&self, bitset: &mut ArticleBitset, ids: &[ArticleId]) {
        /// Of fewer than one headline in so many, each is looked up.
        const FEW: usize = 16;
        let first = ids.first().and_then(|&id| self.position(id)).unwrap_or(0);
        let mut slots = self.listed()[first..].iter();
        let mut rest = ids;
        while let [id, others @ ..] = rest
            && ids.len() * FEW >= self.listed_len()
            && let Some(&slot) = slots.find(|&&slot| self.headlines[slot].id == *id)
        {
            bitset.slots.add(slot);
            rest = others;
        }
        for &id in rest {
            self.pick(bitset, id);
        }
    }

    /// Picks all articles besides that another choice has.
    pub fn pick_all_of(&self, bitset: &mut ArticleBitset, other: &ArticleBitset) {
        bitset.slots.add_shared(&other.slots, &self.live);
    }

    /// Whether an article is picked.
    pub fn is_picked(&self, bitset: &ArticleBitset, id: ArticleId) -> bool {
        self.slots.get(&id).is_some_and(|&slot| bitset.slots.has(slot))
    }

    /// How many articles are picked.
    pub fn count_picked(&self, bitset: &ArticleBitset) -> usize {
        self.count_picked_by_both(bitset, bitset)
    }

    /// How many articles are picked in both choices.
    pub fn count_picked_by_both(&self, one: &ArticleBitset, other: &ArticleBitset) -> usize {
        SlotBits::count_shared([&one.slots, &other.slots, &self.live])
    }

    /// The articles that were picked, in the order in which the catalog is listed. Costs a nanosecond or two for each
    /// headline there is, and no comparing.
    pub fn picked<'a>(&'a self, bitset: &'a ArticleBitset) -> impl Iterator<Item = ArticleId> + 'a {
        self.listed().iter().filter(|&&slot| bitset.slots.has(slot)).map(|&slot| self.ids[slot as usize])
    }

    /// The same of the articles that are picked in both choices.
    pub fn picked_by_both<'a>(
        &'a self,
        one: &'a ArticleBitset,
        other: &'a ArticleBitset,
    ) -> impl Iterator<Item = ArticleId> + 'a {
        let is_picked = |slot: u32| one.slots.has(slot) && other.slots.has(slot);
        self.listed().iter().filter(move |&&slot| is_picked(slot)).map(|&slot| self.ids[slot as usize])
    }

    /// The articles that `wanted` accepts, in the order in which the catalog is listed.
    pub fn choose<'a>(&'a self, wanted: impl Fn(&Headline) -> bool + 'a) -> impl Iterator<Item = ArticleId> + 'a {
        let listed = self.listed().iter().map(|&slot| &self.headlines[slot]);
        listed.filter(move |headline| wanted(headline)).map(|headline| headline.id)
    }
}
