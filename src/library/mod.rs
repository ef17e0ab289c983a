//! The articles that the program holds, what the user did with them, and the search over them.
//!
//! Accepts articles with their findings, and actions of the user; returns them by identity, and the hits of a query.
//! All lies in one file of SQLite, or in memory only. It never knows of the app, threads, channels or folders.
//!
//! An article is staged, in memory, and can be read and found at once; encoded ([`EncodedArticle`]) and committed, it
//! leaves staging. Without a file everything stays there.
//!
//! One file for each group of tables (`articles`, `feeds`, `files`, `user_state`, `history`, `people`), with the
//! methods of [`Library`] that read and write them. What a method asks of the file it finds empty where there is none.

#![allow(clippy::missing_errors_doc, reason = "what can go wrong with the file is the same everywhere: see Error")]

mod articles;
mod bookmarks;
mod carry_over;
mod clippings;
mod codec;
mod commit;
mod connection;
mod doubles;
mod editions;
mod encoded_article;
mod entry;
mod error;
mod external_changes;
mod extra_records;
mod feed_edits;
mod feed_groups;
mod feed_succession;
mod feeds;
mod files;
mod findings_codec;
mod history;
mod identify;
mod keys;
mod maintenance;
mod people;
mod redating;
mod retention;
mod review;
mod rowid_alloc;
mod rule_results;
mod rules;
mod run_lock;
mod search;
mod shape_records;
mod staging;
mod store;
mod subscription;
#[cfg(test)]
mod tests;
mod updating;
mod user_state;
mod user_writes;
mod writer;

use std::collections::{BTreeMap, HashSet};
use std::path::Path;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, RwLock};

use rusqlite::{Connection, Transaction};

pub use articles::Scope;
pub use commit::Committed;
pub use connection::{check_name, default_path, is_outdated};
pub use encoded_article::EncodedArticle;
pub use entry::Entry;
pub use error::Error;
pub use external_changes::ExternalChanges;
pub use feed_edits::{FeedEdit, ListedFeeds};
pub use feed_succession::FeedSuccession;
pub use files::{FileFingerprint, FileId, FileRead, KnownFile, Suspicion};
pub use history::Written;
pub use identify::Reading;
pub use maintenance::Statistics;
pub use people::{Order, PeopleSink};
pub use retention::Expiring;
pub use rule_results::RuleChanges;
pub use search::{SCREENFUL, SearchOptions};
pub use subscription::{EntryRecord, FetchStatus, FetchUpdate, Subscription};

use crate::article::{Article, ArticleId, InputRules};
use crate::quotes::Findings;
pub use crate::user::{FeedSettings, FetchOptions, NotifiedArticle};
use crate::user::{Retention, UserAction, UserState, UserWrite};
use external_changes::Listed;
use history::Unwritten;
use identify::Claims;
use run_lock::RunLock;
use staging::Staging;
use store::Store;

/// All articles that are held. Cheap to share between threads.
#[derive(Debug, Default)]
pub struct Library {
    staging: Staging,
    user_state: RwLock<Arc<UserState>>,
    /// The history, where nothing may be written to.
    unwritten: RwLock<Unwritten>,
    run: RunLock,
    /// Without one, everything is forgotten at the end.
    store: Option<Store>,
    /// What the user did that could not be written yet.
    pending_writes: Mutex<Vec<UserWrite>>,
    /// By what articles are known that are not committed yet.
    claims: Mutex<Claims>,
    /// Articles of which it is still to be written what follows from what the user did, with whether anything was corrected.
    underived: Mutex<BTreeMap<ArticleId, bool>>,
    /// What the user wants done with what arrives.
    rules: Mutex<rules::Rules>,
    /// Articles of which rules notify, until the user is told.
    notified: Mutex<Vec<NotifiedArticle>>,
    /// How long the user keeps articles of feeds.
    retention: RwLock<Retention>,
    /// How the user describes the records that are read into it.
    input_rules: RwLock<InputRules>,
    /// The entry of the history for what the rules did.
    rules_entry: Mutex<rules::RulesEntry>,
    /// Held while an article is given its identity.
    identifying: Mutex<()>,
    /// What was listed, to find what other programs change of it.
    listed: Mutex<Option<Listed>>,
    /// Articles whose text this program changed since the last poll.
    edited_here: Mutex<HashSet<ArticleId>>,
}

impl Library {
    /// Opens the library in a file; makes it if there is none. A file that is no library, a newer one or damaged stays
    /// as it is.
    pub fn open(path: &Path) -> Result<Self, Error> {
        Self::over(Store::open(path)?)
    }

    /// Opens the library in a file even if that may not be written to: all in it can be read then, and what is done
    /// with it is forgotten at the end. A file of an older version would have to be changed first, and is an error.
    pub fn open_or_read_only(path: &Path) -> Result<Self, Error> {
        Self::over(Store::open_or_read_only(path)?)
    }

    /// As [`Library::open_or_read_only`], also where what the user did can be read in part only. Returns for each table of
    /// it why not all can.
    pub fn open_what_is_readable(path: &Path) -> Result<(Self, Vec<Error>), Error> {
        let store = Store::open_or_read_only(path)?;
        let (user_state, errors) = store.read(|connection| Ok(user_state::readable(connection)))?;
        Ok((Self { user_state: RwLock::new(Arc::new(user_state)), store: Some(store), ..Self::default() }, errors))
    }

    fn over(store: Store) -> Result<Self, Error> {
        let user_state = store.read(user_state::read)?;
        let user_state = RwLock::new(Arc::new(user_state));
        Ok(Self { user_state, store: Some(store), ..Self::default() })
    }

    /// The file, where there is one.
    pub fn path(&self) -> Option<&Path> {
        self.store.as_ref().map(Store::path)
    }

    /// Whether what the user does is written.
    pub fn may_write(&self) -> bool {
        self.writable().is_some()
    }

    fn store(&self) -> Option<&Store> {
        self.store.as_ref()
    }

    /// The file, where it may be written to.
    fn writable(&self) -> Option<&Store> {
        self.store().filter(|store| store.may_write())
    }

    /// Reads from the file; nothing where there is none.
    fn read<T: Default>(&self, read: impl FnOnce(&Connection) -> Result<T, Error>) -> Result<T, Error> {
        self.store().map_or_else(|| Ok(T::default()), |store| store.read(read))
    }

    /// Writes to the file in one transaction; does nothing where there is none.
    fn transaction<T: Default>(&self, work: impl FnOnce(&Transaction<'_>) -> Result<T, Error>) -> Result<T, Error> {
        self.store().map_or_else(|| Ok(T::default()), |store| store.writer()?.transaction(work))
    }

    /// As [`Library::transaction`]; does nothing where the file may not be written to, either.
    fn transaction_if_writable<T: Default>(
        &self,
        work: impl FnOnce(&Transaction<'_>) -> Result<T, Error>,
    ) -> Result<T, Error> {
        if self.may_write() { self.transaction(work) } else { Ok(T::default()) }
    }

    /// Stages an article; one that is staged already stays as it is. Returns it as the library has it, with the user's
    /// corrections.
    pub fn add(&self, article: Article, findings: Findings) -> Arc<Entry> {
        let user_state = self.user_state();
        let corrections = user_state.corrections.get(&article.id);
        let entry = self.staging.put(Arc::new(Entry::new(article, findings, corrections)));
        self.claims().staged(entry.article.id);
        entry
    }

    /// The article with this identity, and what was found in it.
    pub fn get(&self, id: ArticleId) -> Result<Option<Arc<Entry>>, Error> {
        match self.staging.get(id) {
            None => self.read(|connection| Ok(articles::entry_of(connection, id, &self.user_state())?.map(Arc::new))),
            staged => Ok(staged),
        }
    }

    fn claims(&self) -> MutexGuard<'_, Claims> {
        self.claims.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn is_staged(&self, id: ArticleId) -> bool {
        self.staging.get(id).is_some()
    }

    /// What the user did, as it is now.
    pub fn user_state(&self) -> Arc<UserState> {
        Arc::clone(&self.user_state.read().unwrap_or_else(PoisonError::into_inner))
    }

    fn apply_in_memory<'a>(&self, actions: impl IntoIterator<Item = &'a UserAction>) {
        let mut actions = actions.into_iter().peekable();
        if actions.peek().is_some() {
            let mut user_state = self.user_state.write().unwrap_or_else(PoisonError::into_inner);
            let user_state = Arc::make_mut(&mut user_state);
            actions.for_each(|action| user_state.apply(action));
        }
    }

    /// Takes what a commit changed into memory.
    fn take_in(&self, committed: &mut Committed) {
        self.notified().append(&mut committed.notified);
        self.apply_in_memory(&committed.actions);
        self.edited_here().extend(committed.changed.iter().map(|headline| headline.id));
    }

    /// The new articles of feeds of which rules notify, since this was asked last.
    pub fn take_notified(&self) -> Vec<NotifiedArticle> {
        std::mem::take(&mut *self.notified())
    }

    fn notified(&self) -> MutexGuard<'_, Vec<NotifiedArticle>> {
        self.notified.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn edited_here(&self) -> MutexGuard<'_, HashSet<ArticleId>> {
        self.edited_here.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Much is going to be committed, and nothing that the user does waits meanwhile.
    pub fn begin_bulk(&self) -> Result<(), Error> {
        let Some(store) = self.store() else { return Ok(()) };
        store.writer()?.begin_bulk();
        Ok(())
    }

    /// Commits encoded articles, and the records of the files they came from. An article that is there already takes on
    /// the new words, unless they are only a summary; what the user did with it stays. Where that fails, nothing of it
    /// is committed, and the articles stay staged.
    pub fn commit(&self, articles: &[EncodedArticle], files: &[FileRead]) -> Result<Committed, Error> {
        self.commit_while(articles, files, &|| true)
    }

    /// Like [`Library::commit`]; once `wanted` returns false, nothing is committed, as something else must not wait:
    /// [`Error::Interrupted`].
    pub fn commit_while(
        &self,
        articles: &[EncodedArticle],
        files: &[FileRead],
        wanted: &dyn Fn() -> bool,
    ) -> Result<Committed, Error> {
        let Some(store) = self.writable() else { return Ok(Committed::default()) };
        let mut entry = *self.rules_entry();
        let mut committed = store.writer()?.commit(articles, files, (&mut entry, &self.here()), wanted)?;
        *self.rules_entry() = entry;
        self.take_in(&mut committed);
        self.staging.remove(articles.iter().map(EncodedArticle::id));
        self.claims().forget(articles.iter().map(EncodedArticle::id));
        Ok(committed)
    }

    /// Before the program ends: puts all into the one file, so that it can be copied, unless a write is under way.
    pub fn checkpoint_on_exit(&self) {
        if let Some(store) = self.store() {
            store.checkpoint();
        }
    }
}
