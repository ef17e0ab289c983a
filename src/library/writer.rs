//! The one connection that writes: transactions, and how sure and how large the WAL is.

use rusqlite::{Connection, Transaction, TransactionBehavior};

use super::articles::row_of;
use super::commit::{Commit, Committed};
use super::files::commit_file;
use super::history::Here;
use super::rowid_alloc::RowidAllocator;
use super::rules::{self, RulesEntry};
use super::search::index;
use super::updating::{self, Wording};
use super::{EncodedArticle, Error, FileRead, people};
use crate::catalog::Headline;
use crate::user::UserAction;

/// How many pages the WAL may have before they go into the file (`wal_autocheckpoint`).
const AUTOCHECKPOINT: i64 = 2_000;

/// In bulk the WAL may grow to this part of the file: the same pages are written to again and again, and go into the
/// file but once then.
const BULK_AUTOCHECKPOINT_SHARE: i64 = 4;

/// The one connection that writes.
pub(super) struct Writer {
    connection: Connection,
    rowids: RowidAllocator,
    /// `PRAGMA data_version` at the last poll: only other connections change it.
    data_version: Option<i64>,
    /// Whether much is to be committed, and nothing else waits.
    is_bulk: bool,
}

impl Writer {
    pub fn new(connection: Connection) -> Result<Self, Error> {
        let mut writer = Self { connection, rowids: RowidAllocator::default(), data_version: None, is_bulk: false };
        writer.set_durability("NORMAL", 1)?;
        writer.note_data_version()?;
        Ok(writer)
    }

    /// Whether another program has written since [`Writer::note_data_version`].
    pub fn has_external_writes(&self) -> Result<bool, Error> {
        Ok(self.data_version != Some(self.current_data_version()?))
    }

    /// From now on what others wrote so far is known.
    pub fn note_data_version(&mut self) -> Result<(), Error> {
        self.data_version = Some(self.current_data_version()?);
        Ok(())
    }

    /// What others wrote is not known after all.
    pub fn forget_data_version(&mut self) {
        self.data_version = None;
    }

    /// A number that another program changes by writing, and this connection does not.
    fn current_data_version(&self) -> Result<i64, Error> {
        Ok(self.connection.pragma_query_value(None, "data_version", |row| row.get(0))?)
    }

    /// For reading what is written by now.
    pub fn connection(&self) -> &Connection {
        &self.connection
    }

    /// Does something in one transaction.
    pub fn transaction<T>(&mut self, work: impl FnOnce(&Transaction<'_>) -> Result<T, Error>) -> Result<T, Error> {
        transaction(&mut self.connection, work)
    }

    /// Does something in one transaction that is on the disk when this returns, and survives even if the power goes.
    pub fn durably<T>(&mut self, work: impl FnOnce(&Transaction<'_>) -> Result<T, Error>) -> Result<T, Error> {
        self.set_durability("FULL", 4)?;
        let done = self.transaction(work);
        self.set_durability("NORMAL", 1)?;
        done
    }

    /// Commits articles, the records of the files they came from, and what the rules do with those that are new: that is entered
    /// in the history `here`, in `rules_entry` where that can still grow. Asks before each article whether to go on; where
    /// not, nothing was committed.
    pub fn commit(
        &mut self,
        articles: &[EncodedArticle],
        files: &[FileRead],
        (rules_entry, here): (&mut RulesEntry, &Here<'_>),
        wanted: &dyn Fn() -> bool,
    ) -> Result<Committed, Error> {
        let go_on = || if wanted() { Ok(()) } else { Err(Error::Interrupted) };
        self.set_durability("NORMAL", 1)?;
        let committed = transaction(&mut self.connection, |connection| {
            let mut commit = Commit::new(connection);
            for article in articles {
                go_on()?;
                commit.article(article, &mut self.rowids)?;
            }
            for file in files {
                commit_file(&mut commit, file)?;
            }
            self.rowids.store_overflow(connection)?;
            let mut committed = commit.finish(&go_on)?;
            rules::enter(connection, &mut committed, rules_entry, here)?;
            Ok(committed)
        })?;
        self.merge(articles.len(), wanted);
        Ok(committed)
    }

    /// Rewrites articles whose findings have changed.
    pub fn replace(&mut self, articles: &[EncodedArticle]) -> Result<(), Error> {
        self.transaction(|connection| {
            let mut commit = Commit::new(connection);
            for article in articles {
                if let Some(row) = row_of(connection, article.id)? {
                    commit.replace_findings(&row, article)?;
                }
            }
            Ok(())
        })?;
        self.merge(articles.len(), &|| true);
        Ok(())
    }

    /// Counts who speaks in articles anew: the user removed or restored them.
    pub fn recount(&mut self, articles: &[EncodedArticle]) -> Result<(), Error> {
        self.transaction(|connection| {
            let rows: Vec<_> =
                articles.iter().map(|article| row_of(connection, article.id)).collect::<Result<_, _>>()?;
            let both = || rows.iter().zip(articles).filter_map(|(row, article)| Some((row.as_ref()?.id, article)));
            people::leave_all(connection, both().map(|(row, _)| row))?;
            people::enter(connection, both().map(|(row, article)| (row, article.date(), article.speakers())))
        })
    }

    /// Writes new findings of an article whose text is the same. The corrections follow their words; returns what the list
    /// shows of the article now, and what was done. `None` where it is gone or has other words by now.
    pub fn renew(&mut self, article: EncodedArticle) -> Result<Option<(Headline, Vec<UserAction>)>, Error> {
        let renewed = self.transaction(|connection| {
            let Some(row) = row_of(connection, article.id)? else { return Ok(None) };
            let wording = Wording::stored(connection, row.id)?;
            if !wording.is_of(&article) {
                return Ok(None);
            }
            let followed = updating::with_user_data(connection, &wording, &article)?;
            let article = followed.article.unwrap_or(article);
            Commit::new(connection).replace_findings(&row, &article)?;
            Ok(Some((article.headline(), followed.actions)))
        })?;
        self.merge(1, &|| true);
        Ok(renewed)
    }

    /// Merges some of the segments that the search index grew by when `articles` were committed, where there are many:
    /// such an index is large and slow. A little at a time, whenever nothing else waits.
    fn merge(&mut self, articles: usize, wanted: &dyn Fn() -> bool) {
        /// In pages of the index: what an article adds is merged several times until it is in the largest segment.
        const LEAST: usize = 64;
        for table in index::TABLES {
            if !wanted() {
                return;
            }
            // The articles are committed; what fails here fails again the next time some are, and is reported then.
            let _ = self.transaction(|connection| {
                if index::segments_of(connection, table)? < index::MERGE_FROM {
                    return Ok(());
                }
                index::merge(connection, table, articles.max(LEAST) as i64)
            });
        }
    }

    /// Puts all that is in the WAL into the file, as far as no reader needs the WAL just now.
    pub fn checkpoint(&self) -> Result<(), Error> {
        self.connection.busy_timeout(std::time::Duration::ZERO)?;
        Ok(self.connection.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(()))?)
    }

    /// Much is to be committed from now on, and nothing else waits: the WAL may grow to a quarter of the file before a checkpoint
    /// writes its pages, each once. Of what an import writes at a million articles, nine tenths were pages of small tables
    /// whose rows come in no order, written anew in each transaction.
    pub fn begin_bulk(&mut self) {
        self.is_bulk = true;
    }

    /// How sure each transaction is to outlive a power cut, and how many times as long as else the WAL may be at its
    /// end before it goes into the file: what the user did need not wait for the many pages that an import leaves.
    fn set_durability(&self, synchronous: &str, times: i64) -> Result<(), Error> {
        let mut longest = AUTOCHECKPOINT;
        if self.is_bulk {
            let pages: i64 = self.connection.pragma_query_value(None, "page_count", |row| row.get(0))?;
            longest = longest.max(pages / BULK_AUTOCHECKPOINT_SHARE);
        }
        self.connection.pragma_update(None, "synchronous", synchronous)?;
        self.connection.pragma_update(None, "wal_autocheckpoint", longest * times)?;
        Ok(())
    }
}

fn transaction<T>(
    connection: &mut Connection,
    work: impl FnOnce(&Transaction<'_>) -> Result<T, Error>,
) -> Result<T, Error> {
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let done = work(&transaction)?;
    transaction.commit()?;
    Ok(done)
}
