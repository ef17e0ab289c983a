//! Marks that the reader made and that are not kept yet: what looks kept must be.

use std::collections::HashMap;

use super::effect::Remembrance;
use crate::article::ArticleId;

/// Read marks and stars on their way to the disk.
#[derive(Debug, Default)]
pub(super) struct Owed {
    /// How many read marks of an article.
    read: HashMap<ArticleId, usize>,
    /// How many stars of an article, given or taken away.
    starred: HashMap<ArticleId, usize>,
}

impl Owed {
    /// A mark is on its way.
    pub fn note(&mut self, what: &Remembrance) {
        if let Some((of, id)) = self.of(what) {
            *of.entry(id).or_default() += 1;
        }
    }

    /// A mark is kept.
    pub fn settle(&mut self, what: &Remembrance) {
        let Some((of, id)) = self.of(what) else { return };
        let left = of.remove(&id).unwrap_or_default().saturating_sub(1);
        if left > 0 {
            of.insert(id, left);
        }
    }

    /// Whether a read mark of this article is not kept yet.
    pub fn owes_read(&self, id: ArticleId) -> bool {
        self.read.contains_key(&id)
    }

    /// Whether a star of this article is not kept yet.
    pub fn owes_star(&self, id: ArticleId) -> bool {
        self.starred.contains_key(&id)
    }

    fn of(&mut self, what: &Remembrance) -> Option<(&mut HashMap<ArticleId, usize>, ArticleId)> {
        match *what {
            Remembrance::Read { id, .. } => Some((&mut self.read, id)),
            Remembrance::Starred { id, .. } => Some((&mut self.starred, id)),
            _ => None,
        }
    }
}
