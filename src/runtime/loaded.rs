//! Which articles are loaded, for the search.

use std::collections::HashSet;
use std::sync::{PoisonError, RwLock};

use crate::article::ArticleId;

/// The articles that are loaded, where that may be fewer than the library has.
#[derive(Debug)]
pub(super) struct Loaded(Option<RwLock<HashSet<ArticleId>>>);

impl Loaded {
    /// Whatever the library has.
    pub fn everything() -> Self {
        Self(None)
    }

    /// Only what is added.
    pub fn some() -> Self {
        Self(Some(RwLock::default()))
    }

    /// Notes that articles are loaded.
    pub fn add(&self, ids: impl Iterator<Item = ArticleId>) {
        if let Some(loaded) = &self.0 {
            loaded.write().unwrap_or_else(PoisonError::into_inner).extend(ids);
        }
    }

    /// Whether an article is.
    pub fn has(&self, id: ArticleId) -> bool {
        self.0.as_ref().is_none_or(|loaded| loaded.read().unwrap_or_else(PoisonError::into_inner).contains(&id))
    }
}
