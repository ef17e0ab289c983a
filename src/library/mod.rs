//! The articles that the program holds, what the reader did with them, and the search over them.
//!
//! Takes articles with their findings, and what the user does; gives them back by identity, and the hits of a query.
//! All lies in one file of SQLite, or in memory only. It never knows of the app, threads, channels or folders.
//!
//! An article is put in staging, in memory, and can be read and found at once; made ready ([`EncodedArticle`]) and kept,
//! it leaves staging. Without a file everything stays in staging.

mod access;
mod carry_over;
mod codec;
mod entry;
mod error;
mod external_changes;
mod file_times;
mod files;
mod findings_codec;
mod history;
mod maintenance;
mod opening;
mod people;
mod rowid_alloc;
mod run_lock;
mod search;
mod sources;
mod staging;
mod store;
mod subscriptions;
#[cfg(test)]
mod tests;
mod updating;
mod user_state;
mod writer;

use std::collections::HashSet;
use std::ops::ControlFlow;
use std::path::Path;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, RwLock};

pub use entry::Entry;
pub use error::Error;
pub use external_changes::ExternalChanges;
pub use files::{FileFingerprint, FileRead, KnownFile, Scope, Suspicion};
pub use history::Written;
pub use maintenance::Statistics;
pub use opening::{default_path, is_outdated};
pub use people::{Give, Order};
pub use search::{SCREENFUL, Search};
pub use subscriptions::{Count, FeedSettings, FetchOptions, FetchStatus, FetchUpdate, Subscription};
pub use writer::{Committed, EncodedArticle};

use crate::article::{Article, ArticleId};
use crate::catalog::Headline;
use crate::query::{Hit, Query};
use crate::quotes::Findings;
use crate::user::{UserAction, UserState, UserWrite};
use external_changes::Listed;
use history::Unwritten;
use run_lock::RunLock;
use search::RunningSearch;
use search::rank::{self, Candidate};
use staging::Staging;
use store::Store;

/// All articles that are held. Cheap to share between threads.
#[derive(Debug, Default)]
pub struct Library {
    staging: Staging,
    memory: RwLock<Arc<UserState>>,
    /// The history, where nothing may be written to.
    unwritten: RwLock<Unwritten>,
    run: RunLock,
    /// Without one, everything is forgotten at the end.
    store: Option<Store>,
    /// What the reader did and could not be kept yet.
    pending_writes: Mutex<Vec<UserWrite>>,
    /// What was listed, to tell what others change of it.
    listed: Mutex<Option<Listed>>,
    /// Articles to which this program gave other words since that was told last.
    edited_here: Mutex<HashSet<ArticleId>>,
}

impl Library {
    /// Opens the library in a file; makes it if there is none.
    ///
    /// # Errors
    ///
    /// When the file is no library, a newer one, damaged, or cannot be written to. It is untouched then.
    pub fn open(path: &Path) -> Result<Self, Error> {
        Self::over(Store::open(path)?)
    }

    /// Opens the library in a file even if that may not be written to: all in it can be read then, and what is done
    /// with it is forgotten at the end.
    ///
    /// # Errors
    ///
    /// As with [`Library::open`], and where the file is of an older version and would have to be changed first.
    pub fn open_or_read_only(path: &Path) -> Result<Self, Error> {
        match Store::open(path) {
            // Where the file may be written to but not its folder, SQLite only says that it cannot open.
            Err(error @ (Error::ReadOnly | Error::Unreachable(_))) => {
                Store::open_read_only(path).or(Err(error)).and_then(Self::over)
            }
            opened => Self::over(opened?),
        }
    }

    fn over(store: Store) -> Result<Self, Error> {
        let memory = store.read(user_state::read)?;
        let memory = RwLock::new(Arc::new(memory));
        Ok(Self { memory, store: Some(store), ..Self::default() })
    }

    /// The file, where there is one.
    pub fn path(&self) -> Option<&Path> {
        self.store.as_ref().map(Store::path)
    }

    /// Takes an article in; one that is there already stays as it is. Gives it as the library has it, with the
    /// reader's corrections.
    pub fn add(&self, article: Article, findings: Findings) -> Arc<Entry> {
        let memory = self.memory();
        let corrections = memory.corrections.get(&article.id);
        self.staging.put(Arc::new(Entry::new(article, findings, corrections)))
    }

    /// The article with this identity, and what was found in it.
    ///
    /// # Errors
    ///
    /// When the library is damaged.
    pub fn get(&self, id: ArticleId) -> Result<Option<Arc<Entry>>, Error> {
        match (self.staging.get(id), &self.store) {
            (None, Some(store)) => Ok(store.get(id, &self.memory())?.map(Arc::new)),
            (held, _) => Ok(held),
        }
    }

    fn is_staged(&self, id: ArticleId) -> bool {
        self.staging.get(id).is_some()
    }

    /// What the reader did, as it is now.
    pub fn memory(&self) -> Arc<UserState> {
        Arc::clone(&self.memory.read().unwrap_or_else(PoisonError::into_inner))
    }

    fn apply_in_memory<'a>(&self, actions: impl IntoIterator<Item = &'a UserAction>) {
        let mut actions = actions.into_iter().peekable();
        if actions.peek().is_some() {
            let mut memory = self.memory.write().unwrap_or_else(PoisonError::into_inner);
            let memory = Arc::make_mut(&mut memory);
            actions.for_each(|action| memory.apply(action));
        }
    }

    fn edited_here(&self) -> MutexGuard<'_, HashSet<ArticleId>> {
        self.edited_here.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// All articles that have what `query` asks for: those in staging in no order, then the others, newest first.
    ///
    /// `wanted` is asked now and then; once it says no, the search ends and gives what it has.
    ///
    /// # Errors
    ///
    /// When the library is damaged.
    pub fn search(&self, query: &Query, wanted: &dyn Fn() -> bool) -> Result<Vec<Hit>, Error> {
        let mut hits = Vec::new();
        self.search_as(query, &mut Search { wanted, among: &|_| true, give: &mut |piece| hits.extend(piece) })?;
        Ok(hits)
    }

    /// As [`Library::search`], with more to heed. What is to be ordered by relevance comes in one piece. A query with an
    /// error has no hits: what it asks for besides is not what was meant.
    ///
    /// # Errors
    ///
    /// When the library is damaged.
    pub fn search_as(&self, query: &Query, search: &mut Search<'_>) -> Result<(), Error> {
        if !query.errors.is_empty() {
            return Ok(());
        }
        if !query.by_relevance {
            return self.search_by_date(query, search);
        }
        let mut hits = Vec::new();
        let give = &mut |piece| hits.extend(piece);
        self.search_by_date(query, &mut Search { wanted: search.wanted, among: search.among, give })?;
        let needles = query.needles();
        let mut candidates = Vec::new();
        for hit in hits.into_iter().take(rank::CANDIDATES) {
            if !(search.wanted)() {
                break;
            }
            if let Some(entry) = self.get(hit.id)? {
                candidates.push(Candidate::of(hit, &entry, &needles));
            }
        }
        (search.give)(rank::ranked(candidates, query));
        Ok(())
    }

    fn search_by_date(&self, query: &Query, search: &mut Search<'_>) -> Result<(), Error> {
        let memory = self.memory();
        let staged = self.search_staging(query, &memory, search);
        let Some(store) = &self.store else {
            (search.give)(staged);
            return Ok(());
        };
        let connection = store.searcher();
        let finding = RunningSearch { connection: &connection, query, memory: &memory };
        let among = search.among;
        // What is on its way from staging to the file may be in both.
        let seen: HashSet<_> = staged.iter().map(|hit| hit.id).collect();
        let (mut first, give) = (staged, &mut *search.give);
        let mut rest = Search {
            wanted: search.wanted,
            among: &|id| among(id) && !seen.contains(&id),
            give: &mut |piece| {
                let mut whole = std::mem::take(&mut first);
                whole.extend(piece);
                give(whole);
            },
        };
        match finding.run(&mut rest) {
            Err(Error::Interrupted) => Ok(()),
            done => done,
        }
    }

    /// How many articles that are not read have what `query` asks for, of those that are `among` what counts.
    ///
    /// # Errors
    ///
    /// When the library is damaged.
    pub fn count_unread(&self, query: &Query, among: &dyn Fn(ArticleId) -> bool) -> Result<usize, Error> {
        if !query.errors.is_empty() {
            return Ok(0);
        }
        let memory = self.memory();
        let is_unread = |id| among(id) && !memory.flags(id).read;
        let search = Search { wanted: &|| true, among: &is_unread, give: &mut |_| {} };
        let staged: HashSet<_> = self.search_staging(query, &memory, &search).iter().map(|hit| hit.id).collect();
        let Some(store) = &self.store else { return Ok(staged.len()) };
        let kept = store.read(|connection| {
            let finding = RunningSearch { connection, query, memory: &memory };
            finding.count(&|id| is_unread(id) && !staged.contains(&id))
        })?;
        Ok(staged.len() + kept)
    }

    fn search_staging(&self, query: &Query, memory: &UserState, search: &Search<'_>) -> Vec<Hit> {
        /// How many articles are searched between two questions: about a millisecond's work.
        const STRIDE: usize = 64;
        let mut hits = Vec::new();
        for chunk in self.staging.all().chunks(STRIDE) {
            if !(search.wanted)() {
                break;
            }
            let matching = chunk.iter().filter(|entry| {
                let id = entry.article.id;
                entry.matches(query, memory) && (search.among)(id)
            });
            hits.extend(matching.map(|entry| entry.hit(query)));
        }
        hits
    }

    /// Ends the search that is running: its answer is not wanted any more.
    pub fn interrupt(&self) {
        if let Some(store) = &self.store {
            store.interrupt();
        }
    }

    /// Much is going to be kept, and nothing that the reader does waits meanwhile.
    ///
    /// # Errors
    ///
    /// When the library cannot be written to.
    pub fn begin_bulk(&self) -> Result<(), Error> {
        let Some(store) = &self.store else { return Ok(()) };
        store.writer()?.begin_bulk();
        Ok(())
    }

    /// Keeps articles that were made ready, and what is known of the files they came from. An article that is kept
    /// already takes on the new words, unless they are only a summary; what the reader did with it stays.
    ///
    /// # Errors
    ///
    /// When the library cannot be written to; nothing of it is kept then, and the articles stay in staging.
    pub fn commit(&self, articles: &[EncodedArticle], files: &[FileRead]) -> Result<Committed, Error> {
        self.commit_while(articles, files, &|| true)
    }

    /// As [`Library::commit`]; once `wanted` says no, nothing is kept: something else must not wait.
    ///
    /// # Errors
    ///
    /// As with [`Library::commit`]; [`Error::Interrupted`] when it was not wanted any more.
    pub fn commit_while(
        &self,
        articles: &[EncodedArticle],
        files: &[FileRead],
        wanted: &dyn Fn() -> bool,
    ) -> Result<Committed, Error> {
        let Some(store) = self.writable() else { return Ok(Committed::default()) };
        let kept = store.writer()?.commit(articles, files, wanted)?;
        self.apply_in_memory(&kept.actions);
        self.edited_here().extend(kept.changed.iter().map(|headline| headline.id));
        self.staging.remove(articles.iter().map(EncodedArticle::id));
        Ok(kept)
    }

    /// Hands the headlines of a part of the library to `give`, newest first, a screenful at first.
    ///
    /// # Errors
    ///
    /// When the library is damaged.
    pub fn headlines(
        &self,
        scope: &Scope,
        give: &mut dyn FnMut(Vec<Headline>) -> ControlFlow<()>,
    ) -> Result<(), Error> {
        self.store.as_ref().map_or(Ok(()), |store| store.headlines(scope, give))
    }

    /// All articles that are kept, the newest first.
    ///
    /// # Errors
    ///
    /// When the library is damaged.
    pub fn ids(&self) -> Result<Vec<ArticleId>, Error> {
        self.store.as_ref().map_or(Ok(Vec::new()), Store::ids)
    }

    /// Finds anew who spoke in an article whose findings another version of the engine made.
    ///
    /// # Errors
    ///
    /// When the library is damaged or cannot be written to.
    pub fn renew(&self, id: ArticleId) -> Result<Option<Headline>, Error> {
        let Some(store) = &self.store else { return Ok(None) };
        let Some(entry) = store.get(id, &self.memory())? else { return Ok(None) };
        store.writer()?.replace(&[EncodedArticle::of(&entry)?])?;
        Ok(Some(entry.headline()))
    }

    /// The articles whose findings another version of the engine made, the newest first.
    ///
    /// # Errors
    ///
    /// When the library is damaged.
    pub fn outdated(&self) -> Result<Vec<ArticleId>, Error> {
        self.writable().map_or(Ok(Vec::new()), Store::outdated)
    }
}
