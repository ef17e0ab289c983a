//! Articles that arrive, change and go: what the catalog, the list and the collections make of it.

use std::collections::HashSet;

use super::App;
use crate::article::ArticleId;
use crate::catalog::Headline;

impl App {
    /// Removes articles from the catalog and from what is listed.
    pub(super) fn went(&mut self, ids: &[ArticleId]) {
        // A selection on one of them moves to the nearest article.
        let going: HashSet<_> = ids.iter().copied().collect();
        let next = self.list.selected().filter(|id| going.contains(id)).and_then(|id| self.list_neighbour(id, &going));
        for id in ids {
            self.user.hidden.remove(id);
        }
        self.departed(ids);
        self.list.drop_departed(&self.catalog);
        if let (Some(next), Some(area)) = (next, self.list_area()) {
            self.list.select(&self.catalog, area, next);
        }
    }

    /// The first headline after this one that stays, else the first before it.
    fn list_neighbour(&self, id: ArticleId, going: &HashSet<ArticleId>) -> Option<ArticleId> {
        let at = self.list.position(&self.catalog, id)?;
        let stays = |headline: &&Headline| !going.contains(&headline.id);
        let after = self.list.from(&self.catalog, at).find(stays);
        after.or_else(|| self.list.before(&self.catalog, at).find(stays)).map(|headline| headline.id)
    }

    /// Replaces the headline of an article.
    pub(super) fn relist(&mut self, headline: Headline) {
        if let Some(removed) = self.user.hidden.get_mut(&headline.id) {
            *removed = headline;
            return;
        }
        let Some(before) = self.catalog.get(headline.id).filter(|before| **before != headline) else { return };
        if before.publisher != headline.publisher {
            let is_read = self.user.is_read(headline.id);
            self.collections.count(before, is_read, false);
            self.collections.count(&headline, is_read, true);
        }
        self.catalog.replace(headline);
    }

    /// All changes of another program are reported: counts and hits may be out of date.
    pub(super) fn caught_up(&mut self) {
        self.list_again();
        self.refresh_people();
    }

    pub(super) fn departed(&mut self, ids: &[ArticleId]) {
        for &id in ids {
            if let Some(headline) = self.catalog.get(id) {
                self.collections.count(headline, self.user.is_read(id), false);
                self.user.unloaded(id);
            }
            self.catalog.remove(id);
        }
    }

    pub(super) fn arrived(&mut self, headlines: Vec<Headline>) {
        let (removed, headlines) = headlines.into_iter().partition(|headline| self.user.is_removed(headline.id));
        self.user.hidden.extend(Vec::into_iter(removed).map(|headline: Headline| (headline.id, headline)));
        self.show(headlines);
        self.list_again();
    }

    /// Articles have other words now, or other speakers.
    pub(super) fn changed(&mut self, headlines: Vec<Headline>) {
        for headline in headlines {
            if self.article.reader.as_ref().is_some_and(|reader| reader.id() == headline.id) {
                self.show_message("This article has changed: opened again, it shows how");
            }
            self.relist(headline);
        }
    }

    /// Puts headlines into the catalog.
    pub(super) fn show(&mut self, headlines: Vec<Headline>) {
        for headline in &headlines {
            self.catalog.set_gone(headline.id, headline.is_gone);
            if self.catalog.get(headline.id).is_none() {
                self.user.loaded(headline.id);
                self.collections.count(headline, self.user.is_read(headline.id), true);
            }
        }
        self.catalog.add(headlines);
    }

    /// Articles have come or gone: what is listed may not be all that should be.
    fn list_again(&mut self) {
        /// In a longer catalog, only once everything has arrived: going through it takes longer than a frame.
        const LONG: usize = 50_000;
        if self.views.search().is_some() {
            return self.search_again();
        }
        if self.progress.running && self.catalog.len() > LONG {
        } else {
            self.fill_list();
        }
    }

    /// All that was to be read has been read.
    pub(super) fn finished(&mut self) {
        self.progress.running = false;
        self.list_again();
        self.refresh_people();
    }
}
