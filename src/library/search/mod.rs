//! Search: the terms of an article for the index, the plan of a query, running it, and ranking the hits.

pub(super) mod index;
mod index_terms;
mod plan;
mod rank;
mod run;

use std::collections::HashSet;

use chrono::Local;

pub(super) use index_terms::IndexTerms;
pub use run::{SCREENFUL, SearchOptions};

use super::{Error, Library};
use crate::article::ArticleId;
use crate::catalog::ArticleCounts;
use crate::query::{Hit, Query};
use crate::user::UserState;
use rank::RankedHit;
use run::RunningSearch;

impl Library {
    /// All articles that match `query`: the newest first, or by relevance where it asks for that.
    ///
    /// `wanted` is called now and then; once it returns false, the search ends with what it has.
    pub fn search(&self, query: &Query, wanted: &dyn Fn() -> bool) -> Result<Vec<Hit>, Error> {
        let mut hits = Vec::new();
        self.search_as(query, &mut SearchOptions { wanted, among: &|_| true, sink: &mut |piece| hits.extend(piece) })?;
        if !query.by_relevance {
            hits.sort_by(|one, other| one.list_key().cmp(&other.list_key()));
        }
        Ok(hits)
    }

    /// Like [`Library::search`], with more options. Hits by relevance come in one piece. A query with an error has no
    /// hits: the rest of it is not what was meant.
    pub fn search_as(&self, query: &Query, search: &mut SearchOptions<'_>) -> Result<(), Error> {
        if !query.errors.is_empty() {
            return Ok(());
        }
        let query = &self.with_other_names(query)?.on(Local::now().date_naive());
        if !query.by_relevance {
            return self.search_by_date(query, search);
        }
        let mut hits = Vec::new();
        let sink = &mut |piece| hits.extend(piece);
        self.search_by_date(query, &mut SearchOptions { wanted: search.wanted, among: search.among, sink })?;
        hits.sort_by(|one, other| one.list_key().cmp(&other.list_key()));
        let needles = query.needles();
        let mut candidates = Vec::new();
        for hit in hits.into_iter().take(rank::CANDIDATES) {
            if !(search.wanted)() {
                break;
            }
            if let Some(entry) = self.get(hit.id)? {
                candidates.push(RankedHit::of(hit, &entry, &needles));
            }
        }
        (search.sink)(rank::ranked(candidates, query));
        Ok(())
    }

    fn search_by_date(&self, query: &Query, search: &mut SearchOptions<'_>) -> Result<(), Error> {
        let user_state = self.user_state();
        let staged = self.search_staging(query, &user_state, search);
        let Some(store) = &self.store else {
            (search.sink)(staged);
            return Ok(());
        };
        let connection = store.searcher();
        let finding = RunningSearch { connection: &connection, query, user_state: &user_state };
        let among = search.among;
        // What is on its way from staging to the file may be in both.
        let seen: HashSet<_> = staged.iter().map(|hit| hit.id).collect();
        let (mut first, sink) = (staged, &mut *search.sink);
        let mut rest = SearchOptions {
            wanted: search.wanted,
            among: &|id| among(id) && !seen.contains(&id),
            sink: &mut |piece| {
                let mut whole = std::mem::take(&mut first);
                whole.extend(piece);
                sink(whole);
            },
        };
        match finding.run(&mut rest) {
            Err(Error::Interrupted) => Ok(()),
            done => done,
        }
    }

    /// How many articles match `query`, of those that are `among` what counts.
    pub fn count(&self, query: &Query, among: &dyn Fn(ArticleId) -> bool) -> Result<ArticleCounts, Error> {
        let mut counts = ArticleCounts::default();
        if !query.errors.is_empty() {
            return Ok(counts);
        }
        let query = &self.with_other_names(query)?.on(Local::now().date_naive());
        let user_state = self.user_state();
        let mut count = |id| {
            counts.articles += 1;
            counts.unread += usize::from(!user_state.flags(id).read);
        };
        let search = SearchOptions { wanted: &|| true, among, sink: &mut |_| {} };
        let staged: HashSet<_> = self.search_staging(query, &user_state, &search).iter().map(|hit| hit.id).collect();
        staged.iter().copied().for_each(&mut count);
        if let Some(store) = &self.store {
            store.read(|connection| {
                let finding = RunningSearch { connection, query, user_state: &user_state };
                finding.each_id(&|id| among(id) && !staged.contains(&id), &mut count)
            })?;
        }
        Ok(counts)
    }

    fn search_staging(&self, query: &Query, user_state: &UserState, search: &SearchOptions<'_>) -> Vec<Hit> {
        /// How many articles are searched between two questions: about a millisecond's work.
        const STRIDE: usize = 64;
        let mut hits = Vec::new();
        for chunk in self.staging.all().chunks(STRIDE) {
            if !(search.wanted)() {
                break;
            }
            let matching = chunk.iter().filter(|entry| {
                let id = entry.article.id;
                // An article belongs to its feeds once it is committed.
                entry.matches(query, user_state, &[]) && (search.among)(id)
            });
            hits.extend(matching.map(|entry| entry.hit(query)));
        }
        hits
    }

    /// Ends the search that is running: its answer is no longer wanted.
    pub fn interrupt(&self) {
        if let Some(store) = &self.store {
            store.interrupt();
        }
    }
}
