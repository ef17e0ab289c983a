//! The headlines that are loaded, in order, and everyone who speaks across articles.
//!
//! Accepts headlines in any order; returns them newest first or in another order, by identity.
//! It never knows row numbers, what is visible, what is read now, or where the articles are kept.

mod article_bitset;
mod article_speakers;
mod doubtful;
mod expansion;
mod feed;
mod headline;
mod headlines;
mod identity_links;
mod like_names;
mod list_order;
mod narrow;
mod people_order;
mod person;
mod said;
mod said_filter;
mod short_forms;
mod shown_order;
mod skipped;
mod sort_work;
mod speaker_index;
mod speaker_summary;

use std::sync::Arc;

use foldhash::HashMap;

pub use article_bitset::ArticleBitset;
pub use article_speakers::{ArticleSpeaker, article_speakers};
pub use doubtful::Doubtful;
pub use expansion::{Expansion, Expansions, is_short, short_forms_of};
pub use feed::{ArticleCounts, FeedGroup, FeedId, FeedLine, FeedOverview, FeedSelection, folders_around};
pub use headline::Headline;
pub use identity_links::{Clustering, IdentityLink, IdentityLinks, cluster_identities};
pub use like_names::propose_like_names;
pub use list_order::ListOrder;
pub use narrow::{Narrowing, typed_letters};
pub use people_order::PeopleOrder;
pub(crate) use person::is_described;
pub use person::{Identity, colour_key, family_name, person_key};
pub use said::{Imprint, Said, SaidRun};
pub use said_filter::FoldedSaid;
pub use short_forms::{FullForm, KeyGroups, NamesByKey};
pub use skipped::SkippedFile;
pub use sort_work::{SortWork, Sorted};
pub use speaker_index::{Appearance, FullName, Person, SpeakerIndex, SpeakerStats, month_of};
pub use speaker_summary::{SpeakerCount, SpeakerSummary};

use crate::article::{ArticleId, ListKey, list_key};
use headlines::Headlines;
use shown_order::{ShownOrder, Sorting};
use sort_work::SlotBits;

/// All headlines that are loaded.
#[derive(Debug, Default)]
pub struct Catalog {
    headlines: Headlines,
    /// The article in each slot, which keeps it: a million are collected without a look at their headlines.
    ids: Vec<ArticleId>,
    slots: HashMap<ArticleId, u32>,
    /// The slots of `headlines` whose articles are here; the others were left.
    live: SlotBits,
    /// Slots of `headlines`, newest article first. Shared with what is being sorted.
    newest: Arc<Vec<u32>>,
    /// The order in which they are listed, where that is another one.
    shown: Option<ShownOrder>,
    /// The order that is being made.
    sorting: Option<Sorting>,
    /// How often headlines have moved past each other.
    moves: u64,
}

impl Catalog {
    /// Adds headlines; one whose article is there already is skipped. Returns how many were new. `is_read` says which
    /// articles count as read; where another order than newest first is listed, the new ones wait for
    /// [`Catalog::file_arrived`].
    pub fn add_marked(&mut self, arrived: Vec<Headline>, is_read: &dyn Fn(ArticleId) -> bool) -> usize {
        let before = self.headlines.len();
        for headline in arrived {
            let slot = self.headlines.len() as u32;
            if self.slots.contains_key(&headline.id) {
                continue;
            }
            self.slots.insert(headline.id, slot);
            self.live.add(slot);
            self.ids.push(headline.id);
            self.headlines.push(headline);
        }
        self.merge(before);
        self.come(before as u32, is_read);
        self.headlines.len() - before
    }

    /// Adds headlines of which none is read.
    pub fn add(&mut self, arrived: Vec<Headline>) -> usize {
        self.add_marked(arrived, &|_| false)
    }

    /// Removes the headline of an article.
    pub fn remove(&mut self, id: ArticleId) {
        let Some(&slot) = self.slots.get(&id) else { return };
        if !self.leave(slot) {
            self.forget_pending(slot);
        }
        if let Some(position) = self.newest_position(slot) {
            Arc::make_mut(&mut self.newest).remove(position);
        }
        self.forget(id, slot);
    }

    /// Removes the headlines of some articles, in one go where there are many.
    pub fn remove_all(&mut self, ids: &[ArticleId]) {
        /// Of fewer each place is looked up.
        const FEW: usize = 16;
        if ids.len() < FEW {
            return ids.iter().for_each(|&id| self.remove(id));
        }
        let mut left = Vec::with_capacity(ids.len());
        for &id in ids {
            if let Some(&slot) = self.slots.get(&id) {
                self.forget(id, slot);
                left.push(slot);
            }
        }
        let live = &self.live;
        Arc::make_mut(&mut self.newest).retain(|&slot| live.has(slot));
        self.leave_all(left.into_iter());
    }

    fn forget(&mut self, id: ArticleId, slot: u32) {
        self.slots.remove(&id);
        self.live.remove(slot);
        self.headlines.get_mut(slot).speakers = SpeakerSummary::default();
    }

    /// Notes whether a file holds an article still.
    pub fn set_gone(&mut self, id: ArticleId, gone: bool) {
        if let Some(&slot) = self.slots.get(&id)
            && self.headlines[slot].is_gone != gone
        {
            self.headlines.get_mut(slot).is_gone = gone;
        }
    }

    /// Puts a headline in the place of the one that its article has: who speaks in it has changed, say.
    pub fn replace(&mut self, headline: Headline) {
        let Some(&slot) = self.slots.get(&headline.id) else { return };
        if key(&self.headlines[slot]) != key(&headline) {
            let stood = self.leave(slot);
            self.remove(headline.id);
            let new = self.headlines.len() as u32;
            self.add(vec![headline]);
            self.follow(slot, new);
            if stood {
                self.enter(new);
            }
        } else if self.moves_as(slot, &headline) && self.leave(slot) {
            *self.headlines.get_mut(slot) = headline;
            self.enter(slot);
        } else {
            *self.headlines.get_mut(slot) = headline;
        }
    }

    /// Puts the slots from `first` on into the order. Costs time for what is new, hardly any for what is there: a
    /// batch that arrives among a million headlines must not hold a key up.
    fn merge(&mut self, first: usize) {
        let of = |slot: u32| key(&self.headlines[slot]);
        let mut arrived: Vec<u32> = (first as u32..self.headlines.len() as u32).collect();
        arrived.sort_unstable_by(|&a, &b| of(a).cmp(&of(b)));
        let mut newest = Vec::with_capacity(self.headlines.len());
        let mut rest = self.newest.as_slice();
        for slot in arrived {
            let (before, after) = rest.split_at(rest.partition_point(|&other| of(other) < of(slot)));
            newest.extend_from_slice(before);
            newest.push(slot);
            rest = after;
        }
        newest.extend_from_slice(rest);
        self.newest = Arc::new(newest);
    }

    /// How many headlines there are.
    pub fn len(&self) -> usize {
        self.newest.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.newest.is_empty()
    }

    /// The headline of an article.
    pub fn get(&self, id: ArticleId) -> Option<&Headline> {
        Some(&self.headlines[*self.slots.get(&id)?])
    }

    /// The headline at `position` of those that are listed, counted from the first.
    pub fn at(&self, position: usize) -> Option<&Headline> {
        Some(&self.headlines[*self.listed().get(position)?])
    }

    /// How many headlines are listed before this one.
    pub fn position(&self, id: ArticleId) -> Option<usize> {
        let slot = *self.slots.get(&id)?;
        match &self.shown {
            Some(shown) => shown.search(&self.headlines, slot).ok(),
            None => self.newest_position(slot),
        }
    }

    /// How many headlines are newer.
    fn newest_position(&self, slot: u32) -> Option<usize> {
        let wanted = key(&self.headlines[slot]);
        self.newest.binary_search_by(|&slot| key(&self.headlines[slot]).cmp(&wanted)).ok()
    }

    /// All headlines, newest first.
    pub fn iter(&self) -> impl Iterator<Item = &Headline> {
        self.newest.iter().map(|&slot| &self.headlines[slot])
    }
}

/// What the order rests on.
fn key(headline: &Headline) -> ListKey<&str> {
    list_key(headline.listed, &*headline.title, headline.id)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::{Article, BodyBuilder, Published};
    use crate::quotes::Findings;
    use chrono::NaiveDate;

    fn headline(title: &str, day: Option<u32>) -> Headline {
        let mut article = Article::new(BodyBuilder::new(title).build());
        article.dates.published = day.and_then(|day| NaiveDate::from_ymd_opt(2026, 3, day)).map(Published::on);
        Headline::of(&article, &Findings::default())
    }

    fn titles(catalog: &Catalog) -> Vec<&str> {
        catalog.iter().map(|headline| &*headline.title).collect()
    }

    #[test]
    fn newest_first_and_each_once() {
        let mut catalog = Catalog::default();
        assert_eq!(catalog.add(vec![headline("b", Some(1)), headline("z", None), headline("a", Some(1))]), 3);
        assert_eq!(catalog.add(vec![headline("new", Some(2)), headline("b", Some(1))]), 1);
        assert_eq!(titles(&catalog), ["new", "a", "b", "z"]);
        for (position, headline) in catalog.iter().enumerate() {
            assert_eq!(catalog.position(headline.id), Some(position));
            assert_eq!(catalog.at(position).map(|h| h.id), Some(headline.id));
        }
    }

    #[test]
    fn batches_fall_into_place_and_what_goes_is_gone() {
        let mut catalog = Catalog::default();
        for days in [[9, 8, 7], [6, 5, 4], [30, 7, 1], [8, 3, 2]] {
            catalog
                .add(days.iter().enumerate().map(|(at, &day)| headline(&format!("{day} {at}"), Some(day))).collect());
        }
        let days = |catalog: &Catalog| -> Vec<u32> {
            catalog.iter().map(|h| h.title.split(' ').next().unwrap().parse().unwrap()).collect()
        };
        assert_eq!(days(&catalog), [30, 9, 8, 8, 7, 7, 6, 5, 4, 3, 2, 1]);
        catalog.remove(headline("30 0", Some(30)).id);
        catalog.remove(headline("2 2", Some(2)).id);
        catalog.remove(headline("elsewhere", Some(2)).id);
        assert_eq!((catalog.len(), days(&catalog)), (10, vec![9, 8, 8, 7, 7, 6, 5, 4, 3, 1]));
        assert_eq!(catalog.add(vec![headline("2 2", Some(2))]), 1);
        assert_eq!(days(&catalog)[9..], [2, 1]);
    }

    #[test]
    fn another_date_is_another_place() {
        let mut catalog = Catalog::default();
        catalog.add((1..9).map(|day| headline(&day.to_string(), Some(day))).collect());
        let moved = Headline { listed: headline("", Some(30)).listed, ..headline("3", Some(3)) };
        let id = moved.id;
        catalog.replace(moved);
        assert_eq!(titles(&catalog), ["3", "8", "7", "6", "5", "4", "2", "1"]);
        assert_eq!(catalog.position(id), Some(0));
        assert_eq!(catalog.len(), 8);
    }

    #[test]
    fn hits_come_in_the_same_order() {
        let mut catalog = Catalog::default();
        catalog.add(vec![headline("old", Some(1)), headline("new", Some(2))]);
        let mut picked = ArticleBitset::default();
        for title in ["old", "new", "elsewhere"] {
            catalog.pick(&mut picked, headline(title, Some(1)).id);
        }
        catalog.add((0..200).map(|number| headline(&number.to_string(), Some(3))).collect());
        let titles = |picked: &ArticleBitset| -> Vec<String> {
            catalog.picked(picked).filter_map(|id| catalog.get(id)).map(|h| h.title.to_string()).collect()
        };
        assert_eq!(titles(&picked), ["new", "old"]);
        catalog.pick(&mut picked, headline("150", Some(3)).id);
        assert_eq!(titles(&picked), ["150", "new", "old"]);
    }
}
