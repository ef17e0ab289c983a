//! Sorting all headlines, here or in a worker: what to sort, as it was at one moment, and the slots in their order.

use std::cmp::Reverse;
use std::collections::HashSet;
use std::sync::Arc;

use chrono::NaiveDateTime;
use foldhash::HashMap;

use super::headlines::Headlines;
use super::list_order::{ListOrder, letters, seen};
use crate::article::ArticleId;
use crate::text::fold;

/// A bit for each slot.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct SlotBits(Vec<u64>);

impl SlotBits {
    pub fn has(&self, slot: u32) -> bool {
        self.0.get(slot as usize / 64).is_some_and(|word| word >> (slot % 64) & 1 == 1)
    }

    pub fn add(&mut self, slot: u32) {
        let word = slot as usize / 64;
        if self.0.len() <= word {
            self.0.resize(word + 1, 0);
        }
        self.0[word] |= 1 << (slot % 64);
    }

    pub fn remove(&mut self, slot: u32) {
        if let Some(word) = self.0.get_mut(slot as usize / 64) {
            *word &= !(1 << (slot % 64));
        }
    }

    /// Adds the slots that both of these have.
    pub fn add_shared(&mut self, one: &Self, other: &Self) {
        let most = one.0.len().min(other.0.len());
        if self.0.len() < most {
            self.0.resize(most, 0);
        }
        for ((word, one), other) in self.0.iter_mut().zip(&one.0).zip(&other.0) {
            *word |= one & other;
        }
    }

    /// How many slots all of these have.
    pub fn count_shared(sets: [&Self; 3]) -> usize {
        let [one, other, third] = sets.map(|set| set.0.iter());
        one.zip(other).zip(third).map(|((one, other), third)| (one & other & third).count_ones() as usize).sum()
    }
}

/// Which headlines count as read.
#[derive(Debug, Clone)]
pub(super) enum ReadMarks {
    /// Those of these articles.
    Now(HashSet<ArticleId>),
    /// Those that did when the order was made before.
    Before(SlotBits),
}

/// What is to be sorted, as it was when this was made. Costs next to nothing to make, and a clone of the read marks.
#[derive(Debug, Clone)]
pub struct SortWork {
    pub(super) order: ListOrder,
    pub(super) headlines: Headlines,
    /// The slots, newest first.
    pub(super) newest: Arc<Vec<u32>>,
    /// None where the order does not rest on them.
    pub(super) read: Option<ReadMarks>,
}

/// Slots in an order.
#[derive(Debug, Clone)]
pub struct Sorted {
    pub(super) order: ListOrder,
    pub(super) slots: Vec<u32>,
    /// The slots that counted as read.
    pub(super) read: SlotBits,
    /// How many slots there were, used or not.
    pub(super) known: usize,
}

impl SortWork {
    /// Sorts; nothing where `wanted` says meanwhile that it is no longer wanted.
    pub fn sort(self, wanted: &dyn Fn() -> bool) -> Option<Sorted> {
        let read = self.read_slots();
        let slots = match self.order {
            ListOrder::Newest => self.newest.to_vec(),
            ListOrder::Oldest => self.oldest(),
            ListOrder::Publisher => self.by_publisher(),
            ListOrder::Headline => self.by_headline(wanted)?,
            ListOrder::MostQuoted => self.by_key(|slot| Reverse(self.headlines[slot].quotations)),
            ListOrder::UnreadFirst => self.by_key(|slot| read.has(slot)),
            ListOrder::FirstSeen => self.by_key(|slot| Reverse::<Option<NaiveDateTime>>(seen(&self.headlines[slot]))),
        };
        wanted().then(|| Sorted { order: self.order, slots, read, known: self.headlines.len() })
    }

    fn read_slots(&self) -> SlotBits {
        match &self.read {
            None => SlotBits::default(),
            Some(ReadMarks::Before(slots)) => slots.clone(),
            Some(ReadMarks::Now(ids)) => {
                let mut slots = SlotBits::default();
                let read = self.newest.iter().filter(|&&slot| ids.contains(&self.headlines[slot].id));
                read.for_each(|&slot| slots.add(slot));
                slots
            }
        }
    }

    fn oldest(&self) -> Vec<u32> {
        let dated = self.newest.partition_point(|&slot| self.headlines[slot].listed.is_some());
        let (dated, undated) = self.newest.split_at(dated);
        dated.iter().rev().chain(undated.iter().rev()).copied().collect()
    }

    /// By a key that is quickly made; equal ones newest first.
    fn by_key<K: Ord>(&self, key: impl Fn(u32) -> K) -> Vec<u32> {
        let mut keyed: Vec<_> = (0_u32..).zip(&*self.newest).map(|(place, &slot)| (key(slot), place)).collect();
        keyed.sort_unstable();
        keyed.into_iter().map(|(_, place)| self.newest[place as usize]).collect()
    }

    fn by_publisher(&self) -> Vec<u32> {
        let mut names: HashMap<&str, u32> = HashMap::default();
        for &slot in &*self.newest {
            if let Some(publisher) = &self.headlines[slot].publisher {
                names.entry(publisher).or_default();
            }
        }
        let mut folded: Vec<_> = names.keys().map(|name| fold(name)).collect();
        folded.sort_unstable();
        folded.dedup();
        for (name, rank) in &mut names {
            *rank = folded.partition_point(|other| *other < fold(name)) as u32;
        }
        let rank = |slot| self.headlines[slot].publisher.as_deref().and_then(|name| names.get(name).copied());
        self.by_key(|slot| rank(slot).unwrap_or(u32::MAX))
    }

    /// First by eight bytes, which are compared quickly; then those with the same eight by the rest.
    fn by_headline(&self, wanted: &dyn Fn() -> bool) -> Option<Vec<u32>> {
        /// How many headlines are looked at between two looks at whether it is wanted still.
        const SLICE: usize = 10_000;
        let mut keyed = Vec::with_capacity(self.newest.len());
        // All letters in one piece, each with where it begins.
        let mut all = String::new();
        let mut starts = Vec::with_capacity(self.newest.len() + 1);
        for slice in self.newest.chunks(SLICE) {
            if !wanted() {
                return None;
            }
            for &slot in slice {
                let folded = letters(&self.headlines[slot].title);
                keyed.push((first_bytes(&folded), starts.len() as u32));
                starts.push(all.len());
                all.push_str(&folded);
            }
        }
        starts.push(all.len());
        keyed.sort_unstable();
        let rest = |place: u32| &all[starts[place as usize]..starts[place as usize + 1]];
        for same in keyed.chunk_by_mut(|one, other| one.0 == other.0) {
            if same.len() > 1 {
                if !wanted() {
                    return None;
                }
                same.sort_by(|one, other| rest(one.1).cmp(rest(other.1)));
            }
        }
        Some(keyed.into_iter().map(|(_, place)| self.newest[place as usize]).collect())
    }
}

/// The first bytes of a text, as a number that is ordered like them.
fn first_bytes(text: &str) -> u64 {
    let mut bytes = [0; 8];
    let shared = text.len().min(bytes.len());
    bytes[..shared].copy_from_slice(&text.as_bytes()[..shared]);
    u64::from_be_bytes(bytes)
}
