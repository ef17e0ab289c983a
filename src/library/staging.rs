//! Articles in memory, found by looking through them all.

use std::collections::BTreeMap;
use std::sync::{Arc, PoisonError, RwLock};

use super::Entry;
use crate::article::{ArticleId, Edition};

/// The articles that are held in memory.
#[derive(Debug, Default)]
pub(super) struct Staging(RwLock<BTreeMap<ArticleId, Arc<Entry>>>);

impl Staging {
    /// Stages an article. One that is there already stays as it is unless its text has changed; a summary or a part of it
    /// never replaces the full text. Returns the one that is there now.
    pub fn put(&self, entry: Arc<Entry>) -> Arc<Entry> {
        let mut entries = self.0.write().unwrap_or_else(PoisonError::into_inner);
        let held = entries.entry(entry.article.id).or_insert_with(|| Arc::clone(&entry));
        let (old, new) = (&held.article, &entry.article);
        if old.body.text() == new.body.text() {
            // From elsewhere, it is one more publication of the same words.
            let own = (old.origin != new.origin).then(|| Edition::of(new));
            let editions: Vec<_> = new.editions.iter().cloned().chain(own).collect();
            if !editions.is_empty() {
                *held = Arc::new(held.with_editions(&editions));
            }
        } else {
            let is_summary = new.is_summary && !old.is_summary;
            if (old.origin == new.origin && !is_summary) || old.body.gives_way_to(&new.body, is_summary) {
                *held = entry;
            }
        }
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
