//! Writing into the library: one at a time, each batch in one transaction.

use std::borrow::Cow;
use std::collections::BTreeMap;

use chrono::NaiveDate;
use rusqlite::{Connection, OptionalExtension, Transaction, TransactionBehavior, params};

use super::codec::{write_body, write_date_source, write_origin, write_published, write_tags};
use super::files::commit_file;
use super::findings_codec::write_findings;
use super::rowid_alloc::{self, RowidAllocator};
use super::search::IndexTerms;
use super::search::index::{self, index, index_all, unindex};
use super::updating::{self, Wording};
use super::{Entry, Error, FileRead, people};
use crate::article::{ArticleId, DateSource, Origin, Published};
use crate::catalog::{Cast, Headline, Voice, voices};
use crate::quotes::ENGINE_VERSION;
use crate::user::UserAction;

/// An article made ready to be kept: all that takes long and needs no library.
#[derive(Debug, Clone)]
pub struct EncodedArticle {
    pub(super) id: ArticleId,
    pub(super) title: String,
    pub(super) published: Option<Published>,
    pub(super) date_source: DateSource,
    pub(super) source: Option<String>,
    pub(super) byline: Option<String>,
    pub(super) url: Option<String>,
    pub(super) topics: Option<String>,
    pub(super) is_summary: bool,
    pub(super) origin: Origin,
    quotations: u32,
    cast: Cast,
    pub(super) paragraphs: Vec<u8>,
    pub(super) text: Vec<u8>,
    pub(super) findings: Vec<u8>,
    words: IndexTerms,
    voices: Vec<Voice>,
}

impl EncodedArticle {
    /// Makes an article ready.
    ///
    /// # Errors
    ///
    /// When it cannot be written down.
    pub fn of(entry: &Entry) -> Result<Self, Error> {
        let (article, headline) = (&entry.article, entry.headline());
        let (paragraphs, text) = write_body(&article.body)?;
        Ok(Self {
            id: article.id,
            title: article.headline().to_owned(),
            published: article.published,
            date_source: article.date_source,
            source: article.source.clone(),
            byline: article.byline.clone(),
            url: article.url.clone(),
            topics: write_tags(&article.tags),
            is_summary: article.is_summary,
            origin: article.origin.clone(),
            quotations: headline.quotations,
            cast: headline.cast,
            paragraphs,
            text,
            findings: write_findings(&entry.findings, article.body.text())?,
            words: IndexTerms::of(entry),
            voices: voices(entry.corrected()),
        })
    }

    fn day(&self) -> Option<NaiveDate> {
        self.published.map(|published| published.day)
    }

    /// Which article.
    pub fn id(&self) -> ArticleId {
        self.id
    }

    /// What the search index is given of it.
    pub(super) fn words(&self) -> &IndexTerms {
        &self.words
    }

    /// Who speaks in it.
    pub(super) fn voices(&self) -> &[Voice] {
        &self.voices
    }

    /// Its line in the list.
    pub(super) fn headline(&self) -> Headline {
        Headline {
            id: self.id,
            title: self.title.as_str().into(),
            published: self.published,
            source: self.source.as_deref().map(Into::into),
            quotations: self.quotations,
            cast: self.cast.clone(),
            is_gone: false,
        }
    }
}

/// How many pages the log may have before they go into the file.
const AUTOCHECKPOINT: i64 = 2_000;

/// In bulk the log may grow to this part of the file: the same pages are written to again and again, and go into the
/// file but once then.
const BULK_AUTOCHECKPOINT_SHARE: i64 = 4;

/// The one connection that writes.
pub(super) struct Writer {
    connection: Connection,
    rowids: RowidAllocator,
    /// By how much an id lies beyond the day of its article at the most.
    overflow: i64,
    /// What others had written when that was last asked: a number that only they change.
    data_version: Option<i64>,
    /// Whether much is to be kept, and nothing else waits.
    is_bulk: bool,
}

/// What came of keeping.
#[derive(Debug, Default)]
pub struct Committed {
    /// Articles that files held before and nobody holds any more.
    pub gone: Vec<ArticleId>,
    /// Articles that were there with other words, or with another date: the list shows them otherwise now.
    pub changed: Vec<Headline>,
    /// What the user had done with articles before that others took the place of, or that have other words now.
    pub actions: Vec<UserAction>,
}

/// What the library has of an article already.
pub(super) struct Row {
    pub(super) id: i64,
    body: i64,
    day: (Option<i64>, Option<i64>),
    date_source: i64,
    path: Option<Vec<u8>>,
    gone: bool,
    is_summary: bool,
}

/// The articles that are still to go into the search index, by row, and into the tables of speakers. The index takes
/// them in the order of their rows in one go; any other order costs it many times as much.
pub(super) type Unindexed<'a> = BTreeMap<i64, Cow<'a, EncodedArticle>>;

impl Writer {
    pub fn new(connection: Connection) -> Result<Self, Error> {
        let (overflow, rowids) = (rowid_alloc::overflow(&connection)?, RowidAllocator::default());
        let mut writer = Self { connection, rowids, overflow, data_version: None, is_bulk: false };
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

    pub(super) fn transaction<T>(
        &mut self,
        work: impl FnOnce(&Transaction<'_>, &mut RowidAllocator, &mut i64) -> Result<T, Error>,
    ) -> Result<T, Error> {
        let transaction = self.connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let mut overflow = self.overflow;
        let done = work(&transaction, &mut self.rowids, &mut overflow)?;
        if overflow > self.overflow {
            transaction.execute("INSERT OR REPLACE INTO facts VALUES ('spill', ?1)", [overflow])?;
        }
        transaction.commit()?;
        self.overflow = overflow;
        Ok(done)
    }

    /// Keeps articles and what is known of the files they came from. Asks before each article whether to go on; where
    /// not, nothing was kept.
    pub fn commit(
        &mut self,
        articles: &[EncodedArticle],
        files: &[FileRead],
        wanted: &dyn Fn() -> bool,
    ) -> Result<Committed, Error> {
        let go_on = || if wanted() { Ok(()) } else { Err(Error::Interrupted) };
        self.set_durability("NORMAL", 1)?;
        let kept = self.transaction(|connection, rowids, overflow| {
            let (mut kept, mut unindexed) = (Committed::default(), Unindexed::new());
            for article in articles {
                go_on()?;
                commit_article(connection, article, (rowids, overflow), &mut unindexed, &mut kept)?;
            }
            for file in files {
                commit_file(connection, file, &mut unindexed, &mut kept)?;
            }
            let words = unindexed.iter().map(|(&id, article)| (id, &article.words));
            index_all(connection, words, &go_on)?;
            people::enter(connection, unindexed.iter().map(|(&id, article)| (id, article.day(), &*article.voices)))?;
            Ok(kept)
        })?;
        self.merge(articles.len(), wanted);
        Ok(kept)
    }

    /// Puts articles in the place of what is kept of them: their findings have changed.
    pub fn replace(&mut self, articles: &[EncodedArticle]) -> Result<(), Error> {
        self.transaction(|connection, _, _| {
            for article in articles {
                if let Some(row) = row_of(connection, article.id)? {
                    change(connection, &row, article, &mut Unindexed::new())?;
                }
            }
            Ok(())
        })?;
        self.merge(articles.len(), &|| true);
        Ok(())
    }

    /// Merges some of the parts that the search index grew by when `articles` were kept, where there are many: such an
    /// index is large and slow. A little at a time, whenever nobody waits.
    fn merge(&mut self, articles: usize, wanted: &dyn Fn() -> bool) {
        /// In pages of the index: what an article adds is merged several times until it is in the largest part.
        const LEAST: usize = 64;
        for table in index::TABLES {
            if !wanted() {
                return;
            }
            // The articles are kept; what goes wrong here goes wrong again the next time they are, and is told then.
            let _ = self.transaction(|connection, _, _| {
                if index::segments_of(connection, table)? < index::MERGE_FROM {
                    return Ok(());
                }
                index::merge(connection, table, articles.max(LEAST) as i64)
            });
        }
    }

    /// Does something in one transaction that is on the disk when this returns, and survives even if the power goes.
    pub fn durably<T>(&mut self, work: impl FnOnce(&Transaction<'_>) -> Result<T, Error>) -> Result<T, Error> {
        self.set_durability("FULL", 4)?;
        let done = self.transaction(|connection, _, _| work(connection));
        self.set_durability("NORMAL", 1)?;
        done
    }

    /// Puts all that is in the log into the file, as far as nobody else needs the log just now.
    pub fn checkpoint(&self) -> Result<(), Error> {
        self.connection.busy_timeout(std::time::Duration::ZERO)?;
        Ok(self.connection.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(()))?)
    }

    /// Much is to be kept from now on, and nothing else waits.
    pub fn begin_bulk(&mut self) {
        self.is_bulk = true;
    }

    /// How sure each transaction is to outlive a power cut, and how many times as long as else the log may be at its end
    /// before it goes into the file: what the reader did need not wait for the many pages that an import leaves.
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

    /// Does something in one transaction.
    pub fn with<T>(&mut self, work: impl FnOnce(&Transaction<'_>) -> Result<T, Error>) -> Result<T, Error> {
        self.transaction(|connection, _, _| work(connection))
    }

    /// Does something with the whole file, in one transaction.
    pub fn maintain(&mut self, work: impl FnOnce(&Connection) -> Result<(), Error>) -> Result<(), Error> {
        self.transaction(|connection, _, _| work(connection))
    }
}

pub(super) fn row_of(connection: &Connection, article: ArticleId) -> Result<Option<Row>, Error> {
    let sql = "SELECT id, body, day, second, path, gone, summary, date_source FROM articles WHERE key = ?1";
    let row = connection.prepare_cached(sql)?.query_row([article.0 as i64], |row| {
        Ok(Row {
            id: row.get(0)?,
            body: row.get(1)?,
            day: (row.get(2)?, row.get(3)?),
            path: row.get(4)?,
            gone: row.get(5)?,
            is_summary: row.get(6)?,
            date_source: row.get(7)?,
        })
    });
    Ok(row.optional()?)
}

/// Keeps one article. One that is kept already stays as it is, unless it says something else now, its own file gives it
/// another date, or its file had gone. A summary never takes the place of the whole text.
fn commit_article<'a>(
    connection: &Connection,
    article: &'a EncodedArticle,
    (rowids, overflow): (&mut RowidAllocator, &mut i64),
    unindexed: &mut Unindexed<'a>,
    kept: &mut Committed,
) -> Result<(), Error> {
    let mut article = Cow::Borrowed(article);
    let (mut old, mut old_body) = (None, 0);
    if let Some(row) = row_of(connection, article.id)? {
        let wording = Wording::kept(connection, row.id)?;
        let is_shortened = article.is_summary && !row.is_summary;
        let is_same_place = row.path.as_deref() == write_origin(&article.origin).1;
        let is_same_day = row.day == write_published(article.published);
        let is_dated_alike = is_same_day && row.date_source == write_date_source(article.date_source);
        let is_edited = !wording.is_of(&article) || (is_same_place && !wording.is_just(&article));
        if is_shortened || (!is_edited && !row.gone && (is_dated_alike || !is_same_place)) {
            return Ok(());
        }
        if let Some((corrected, actions)) = updating::with_corrections(connection, &wording, &article)? {
            kept.actions.extend(actions);
            article = Cow::Owned(corrected);
        }
        if is_edited || !is_same_day {
            kept.changed.push(article.headline());
        }
        drop_article(connection, row.id, unindexed)?;
        (old, old_body) = (is_same_day.then_some(row.id), row.body);
    }
    let id = old.map_or_else(|| rowids.allocate(connection, article.published), Ok)?;
    if let Some(published) = article.published {
        *overflow = (*overflow).max(id - rowid_alloc::end_of(published.day));
    }
    insert(connection, id, &article, old_body)?;
    unindexed.insert(id, article);
    Ok(())
}

/// Writes an article down. Other words get a row after that of the old ones: by that others tell that they are others.
fn insert(connection: &Connection, id: i64, article: &EncodedArticle, old_body: i64) -> Result<(), Error> {
    let (day, second) = write_published(article.published);
    let (origin, path) = write_origin(&article.origin);
    let sql = "INSERT INTO bodies (id, paragraphs, text)
               VALUES (1 + max(?1, coalesce((SELECT max(id) FROM bodies), 0)), ?2, ?3)";
    connection.prepare_cached(sql)?.execute(params![old_body, article.paragraphs, article.text])?;
    let body = connection.last_insert_rowid();
    let sql = "INSERT INTO findings (id, engine, found) VALUES (?1, ?2, ?3)";
    connection.prepare_cached(sql)?.execute(params![body, ENGINE_VERSION, article.findings])?;
    connection
        .prepare_cached(
            "INSERT INTO articles
             (id, key, body, title, day, second, source, byline, url, topics, summary, origin, path, quotations, people,
              date_source)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16)",
        )?
        .execute(params![
            id,
            article.id.0 as i64,
            body,
            article.title,
            day,
            second,
            article.source,
            article.byline,
            article.url,
            article.topics,
            article.is_summary,
            origin,
            path,
            article.quotations,
            article.cast.lines(),
            write_date_source(article.date_source)
        ])?;
    Ok(())
}

/// Writes what follows from the findings of an article anew.
pub(super) fn change(
    connection: &Connection,
    row: &Row,
    article: &EncodedArticle,
    unindexed: &mut Unindexed<'_>,
) -> Result<(), Error> {
    connection.prepare_cached("UPDATE articles SET quotations = ?2, people = ?3 WHERE id = ?1")?.execute(params![
        row.id,
        article.quotations,
        article.cast.lines()
    ])?;
    connection
        .prepare_cached("INSERT OR REPLACE INTO findings (id, engine, found) VALUES (?1, ?2, ?3)")?
        .execute(params![row.body, ENGINE_VERSION, article.findings])?;
    if let Some(waiting) = unindexed.get_mut(&row.id) {
        *waiting = Cow::Owned(article.clone());
        return Ok(());
    }
    people::leave(connection, row.id)?;
    people::enter(connection, std::iter::once((row.id, article.day(), &*article.voices)))?;
    unindex(connection, row.id)?;
    index(connection, row.id, &article.words)
}

pub(super) fn drop_article(connection: &Connection, id: i64, unindexed: &mut Unindexed<'_>) -> Result<(), Error> {
    if unindexed.remove(&id).is_none() {
        people::leave(connection, id)?;
        unindex(connection, id)?;
    }
    connection.prepare_cached("DELETE FROM articles WHERE id = ?1")?.execute([id])?;
    Ok(())
}
