//! The order in which the catalog is listed, where that is not newest first, and what falls into place in it.

use std::collections::HashSet;
use std::sync::Arc;

use chrono::NaiveDate;

use super::headlines::Headlines;
use super::list_order::{ListOrder, seen};
use super::sort_work::{ReadMarks, SlotBits, SortWork, Sorted};
use super::{Catalog, Headline};
use crate::article::ArticleId;

/// So many headlines are sorted between two frames; fewer in tests, which sort short lists in both ways.
const SORTED_AT_ONCE: usize = if cfg!(test) { 12 } else { 5_000 };

/// So many fall into place between two frames in a long list; more are sorted in with all others.
const FILED_AT_ONCE: usize = if cfg!(test) { 3 } else { 256 };

/// An order that is listed.
#[derive(Debug)]
pub(super) struct ShownOrder {
    pub order: ListOrder,
    /// The slots in this order.
    pub slots: Vec<u32>,
    /// The slots that counted as read when it was made, and those that have come since and did.
    pub read: SlotBits,
    /// Slots that are not in it yet, each above those that are.
    pub pending: Vec<u32>,
}

/// An order that is being made.
#[derive(Debug)]
pub(super) struct Sorting {
    order: ListOrder,
    /// Slots that were left or changed since.
    touched: HashSet<u32>,
    /// Slots that have come since and counted as read.
    come_read: Vec<u32>,
    /// Slots that were left since, each with the one in which its article is now.
    followed: Vec<(u32, u32)>,
}

impl ShownOrder {
    /// Where a slot stands, or belongs.
    pub fn search(&self, headlines: &Headlines, slot: u32) -> Result<usize, usize> {
        let wanted = (&headlines[slot], self.read.has(slot));
        self.slots.binary_search_by(|&other| self.order.compare((&headlines[other], self.read.has(other)), wanted))
    }

    /// Puts what waits into its place.
    fn file_pending(&mut self, headlines: &Headlines) {
        let keyed = |slot: u32| (&headlines[slot], self.read.has(slot));
        self.pending.sort_unstable_by(|&one, &other| self.order.compare(keyed(one), keyed(other)));
        let mut slots = Vec::with_capacity(self.slots.len() + self.pending.len());
        let mut rest = self.slots.as_slice();
        for &slot in &self.pending {
            let at = rest.partition_point(|&other| self.order.compare(keyed(other), keyed(slot)).is_lt());
            let (before, after) = rest.split_at(at);
            slots.extend_from_slice(before);
            slots.push(slot);
            rest = after;
        }
        slots.extend_from_slice(rest);
        self.slots = slots;
        self.pending.clear();
    }
}

impl Catalog {
    /// In which order it is listed.
    pub fn order(&self) -> ListOrder {
        self.shown.as_ref().map_or(ListOrder::Newest, |shown| shown.order)
    }

    /// In which order it is listed, or will be once that is made.
    pub fn wanted_order(&self) -> ListOrder {
        self.sorting.as_ref().map_or_else(|| self.order(), |sorting| sorting.order)
    }

    /// Whether an order is being made.
    pub fn is_sorting(&self) -> bool {
        self.sorting.is_some()
    }

    /// The day by which a headline stands where it stands, else the one under which it is known.
    pub fn day_of(&self, headline: &Headline) -> Option<NaiveDate> {
        match self.order() {
            ListOrder::FirstSeen => seen(headline).map(|seen| seen.date()),
            _ => headline.listed.map(|listed| listed.day),
        }
    }

    /// How often headlines have moved past each other.
    pub(crate) fn moves(&self) -> u64 {
        self.moves
    }

    /// Lists it in this order: at once, or once the work that is returned is done. `read` are the articles that count as
    /// read.
    #[must_use = "what is returned has to be done"]
    pub fn sort(&mut self, order: ListOrder, read: &HashSet<ArticleId>) -> Option<SortWork> {
        self.sorting = None;
        if order == ListOrder::Newest {
            self.shown = None;
            self.moves += 1;
            return None;
        }
        let is_long = self.newest.len() > SORTED_AT_ONCE;
        let read = order.rests_on_marks().then(|| {
            if is_long {
                return ReadMarks::Now(read.clone());
            }
            let here = self.newest.iter().map(|&slot| self.headlines[slot].id);
            ReadMarks::Now(here.filter(|id| read.contains(id)).collect())
        });
        let is_quick = !is_long || order == ListOrder::Oldest;
        self.sort_all(order, read, is_quick)
    }

    fn sort_all(&mut self, order: ListOrder, read: Option<ReadMarks>, is_quick: bool) -> Option<SortWork> {
        let work = SortWork { order, headlines: self.headlines.clone(), newest: Arc::clone(&self.newest), read };
        self.sorting = Some(Sorting { order, touched: HashSet::new(), come_read: Vec::new(), followed: Vec::new() });
        if !is_quick {
            return Some(work);
        }
        if let Some(sorted) = work.sort(&|| true) {
            self.sorted(sorted);
        }
        None
    }

    /// Lists it in the order that was made. What has come since waits for [`Catalog::file_arrived`].
    pub fn sorted(&mut self, sorted: Sorted) {
        let Some(Sorting { touched, come_read, followed, .. }) = self.sorting.take() else { return };
        let Sorted { order, mut slots, mut read, known } = sorted;
        if !touched.is_empty() {
            slots.retain(|slot| !touched.contains(slot));
        }
        let here = |slot: &u32| self.slots.get(&self.headlines[*slot].id) == Some(slot);
        let changed = touched.into_iter().filter(|&slot| (slot as usize) < known);
        let pending = (known as u32..self.headlines.len() as u32).chain(changed).filter(here).collect();
        for slot in come_read {
            read.add(slot);
        }
        for (before, now) in followed {
            if read.has(before) {
                read.add(now);
            }
        }
        self.shown = Some(ShownOrder { order, slots, read, pending });
        self.moves += 1;
    }

    /// Puts what has arrived into its place: at once, or once the work that is returned is done.
    #[must_use = "what is returned has to be done"]
    pub fn file_arrived(&mut self) -> Option<SortWork> {
        let shown = self.shown.as_mut().filter(|shown| !shown.pending.is_empty())?;
        if shown.pending.len() <= FILED_AT_ONCE {
            shown.file_pending(&self.headlines);
            return None;
        }
        if self.sorting.is_some() {
            return None;
        }
        let order = shown.order;
        let read = order.rests_on_marks().then(|| ReadMarks::Before(shown.read.clone()));
        self.sort_all(order, read, self.newest.len() <= SORTED_AT_ONCE || order == ListOrder::Oldest)
    }

    /// Whether some have arrived that have no place yet.
    pub fn has_pending(&self) -> bool {
        self.shown.as_ref().is_some_and(|shown| !shown.pending.is_empty())
    }

    /// How many headlines are listed: all but those that wait for their place.
    pub fn listed_len(&self) -> usize {
        self.shown.as_ref().map_or(self.newest.len(), |shown| shown.slots.len())
    }

    /// The slots in the order in which they are listed.
    pub(super) fn listed(&self) -> &[u32] {
        self.shown.as_ref().map_or(&self.newest, |shown| &shown.slots)
    }

    /// New slots have come, of which those count as read that `is_read` says.
    pub(super) fn come(&mut self, first: u32, is_read: &dyn Fn(ArticleId) -> bool) {
        for slot in first..self.headlines.len() as u32 {
            let counts_as_read = |order: ListOrder| order.rests_on_marks() && is_read(self.headlines[slot].id);
            if let Some(sorting) = &mut self.sorting
                && counts_as_read(sorting.order)
            {
                sorting.come_read.push(slot);
            }
            let Some(shown) = &mut self.shown else { continue };
            shown.pending.push(slot);
            if counts_as_read(shown.order) {
                shown.read.add(slot);
            }
        }
    }

    /// What was said of a slot is said of the one in which its article is now.
    pub(super) fn follow(&mut self, before: u32, now: u32) {
        if let Some(sorting) = &mut self.sorting {
            sorting.followed.push((before, now));
        }
        if let Some(shown) = self.shown.as_mut().filter(|shown| shown.read.has(before)) {
            shown.read.add(now);
        }
    }

    /// A slot is left, or its headline is about to change; returns whether it stood in the order.
    pub(super) fn leave(&mut self, slot: u32) -> bool {
        if let Some(sorting) = &mut self.sorting {
            sorting.touched.insert(slot);
        }
        let Some(shown) = &mut self.shown else { return false };
        if let Ok(at) = shown.search(&self.headlines, slot) {
            shown.slots.remove(at);
            return true;
        }
        false
    }

    /// Slots are left, all those whose articles are not here any more.
    pub(super) fn leave_all(&mut self, left: impl Iterator<Item = u32>) {
        if let Some(sorting) = &mut self.sorting {
            sorting.touched.extend(left);
        }
        let live = &self.live;
        let is_live = |slot: &u32| live.has(*slot);
        if let Some(shown) = &mut self.shown {
            shown.slots.retain(is_live);
            shown.pending.retain(is_live);
        }
    }

    /// A slot waits for its place no more.
    pub(super) fn forget_pending(&mut self, slot: u32) {
        if let Some(shown) = &mut self.shown {
            shown.pending.retain(|&pending| pending != slot);
        }
    }

    /// Whether a slot has another place with this headline. What is being sorted is told that it changes.
    pub(super) fn moves_as(&mut self, slot: u32, headline: &Headline) -> bool {
        if let Some(sorting) = &mut self.sorting {
            sorting.touched.insert(slot);
        }
        let before = &self.headlines[slot];
        self.shown.as_ref().is_some_and(|shown| shown.order.compare((before, false), (headline, false)).is_ne())
    }

    /// Puts a slot that has left, or come, into its place at once.
    pub(super) fn enter(&mut self, slot: u32) {
        self.forget_pending(slot);
        let Some(shown) = &mut self.shown else { return };
        if let Err(at) = shown.search(&self.headlines, slot) {
            shown.slots.insert(at, slot);
        }
        self.moves += 1;
    }
}

#[cfg(test)]
mod tests;
