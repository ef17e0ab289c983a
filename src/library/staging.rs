//! Articles in memory, found by looking through them all.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry::{Occupied, Vacant};
use std::sync::{Arc, PoisonError, RwLock};

use super::Entry;
use crate::article::{ArticleId, Edition, TextVersion};

/// The articles that are held in memory.
#[derive(Debug, Default)]
pub(super) struct Staging(RwLock<BTreeMap<ArticleId, Arc<Entry>>>);

impl Staging {
    /// Stages an article. One that is there already stays as it is unless its text gives way; where it comes once more, or from
    /// elsewhere, it is one that appeared there too. Returns the one that is there now.
    pub fn put(&self, entry: Arc<Entry>) -> Arc<Entry> {
        let mut entries = self.0.write().unwrap_or_else(PoisonError::into_inner);
        let held = match entries.entry(entry.article.id) {
            Vacant(vacant) => return Arc::clone(vacant.insert(entry)),
            Occupied(occupied) => occupied.into_mut(),
        };
        let (old, new) = (&held.article, &entry.article);
        let (is_same_place, is_again) = (old.origin == new.origin, !new.editions.is_empty());
        let is_text = old.body.text() == new.body.text() && old.is_summary == new.is_summary;
        let gives_way = || TextVersion::of(old).gives_way_to(TextVersion::of(new), is_same_place && !is_again);
        let (stays, other) = if !is_text && gives_way() { (&entry, old) } else { (&*held, new) };
        let own = (!is_same_place).then(|| Edition::of(other));
        let editions: Vec<_> = other.editions.iter().cloned().chain(own).collect();
        let mut next = if editions.is_empty() { Arc::clone(stays) } else { Arc::new(stays.with_editions(&editions)) };
        if next.article.enclosures.is_empty() && !other.enclosures.is_empty() {
            next = Arc::new(next.with_enclosures(&other.enclosures));
        }
        *held = next;
        Arc::clone(held)
    }

    /// The article with this identity.
    pub fn get(&self, id: ArticleId) -> Option<Arc<Entry>> {
        self.0.read().unwrap_or_else(PoisonError::into_inner).get(&id).cloned()
    }

    /// Replaces an article, if it is there.
    pub fn change(&self, id: ArticleId, change: impl FnOnce(&Entry) -> Entry) {
        if let Some(entry) = self.0.write().unwrap_or_else(PoisonError::into_inner).get_mut(&id) {
            *entry = Arc::new(change(entry));
        }
    }

    /// Removes articles.
    pub fn remove(&self, ids: impl Iterator<Item = ArticleId>) {
        let mut entries = self.0.write().unwrap_or_else(PoisonError::into_inner);
        for id in ids {
            entries.remove(&id);
        }
    }

    /// All of them, in no order.
    pub fn all(&self) -> Vec<Arc<Entry>> {
        self.0.read().unwrap_or_else(PoisonError::into_inner).values().cloned().collect()
    }
}
