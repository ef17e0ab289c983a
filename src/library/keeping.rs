//! Writing into the library: one at a time, each batch in one transaction.

use std::borrow::Cow;
use std::collections::{BTreeMap, HashSet};
use std::os::unix::ffi::OsStrExt;
use std::path::{Path, PathBuf};

use chrono::NaiveDate;
use rusqlite::{Connection, OptionalExtension, Transaction, TransactionBehavior, params};

use super::findings::write_findings;
use super::indexing::{self, index, index_all, unindex};
use super::memory::{self, Deed};
use super::record::{write_body, write_origin, write_published, write_tags};
use super::slots::{self, Slots};
use super::updating::{self, Wording};
use super::words::Words;
use super::{Entry, FileRead, Trouble, people};
use crate::article::{ArticleId, Origin, Published};
use crate::catalog::{Cast, Headline, Voice, voices};
use crate::quotes::ENGINE_VERSION;

/// An article made ready to be kept: all that takes long and needs no library.
#[derive(Debug, Clone)]
pub struct Prepared {
    pub(super) id: ArticleId,
    pub(super) title: String,
    pub(super) published: Option<Published>,
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
    words: Words,
    voices: Vec<Voice>,
}

impl Prepared {
    /// Makes an article ready.
    ///
    /// # Errors
    ///
    /// When it cannot be written down.
    pub fn of(entry: &Entry) -> Result<Self, Trouble> {
        let (article, headline) = (&entry.article, entry.headline());
        let (paragraphs, text) = write_body(&article.body)?;
        Ok(Self {
            id: article.id,
            title: article.headline().to_owned(),
            published: article.published,
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
            words: Words::of(entry),
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

    /// Its line in the list.
    fn headline(&self) -> Headline {
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
const LONG_LOG: i64 = 2_000;

/// In bulk the log may grow to this part of the file: the same pages are written to again and again, and go into the
/// file but once then.
const BULK_LOG: i64 = 4;

/// The one connection that writes.
pub(super) struct Writer {
    connection: Connection,
    slots: Slots,
    /// By how much an id lies beyond the day of its article at the most.
    spill: i64,
    /// What others had written when that was last asked: a number that only they change.
    version: Option<i64>,
    /// Whether much is to be kept, and nothing else waits.
    is_bulk: bool,
}

/// What came of keeping.
#[derive(Debug, Default)]
pub struct Kept {
    /// Articles that files held before and nobody holds any more.
    pub gone: Vec<ArticleId>,
    /// Articles that were there with other words, or with another date: the list shows them otherwise now.
    pub changed: Vec<Headline>,
    /// What was done with the reader's corrections, so that they belong to the same quoted words as before.
    pub deeds: Vec<(ArticleId, Deed)>,
}

/// What the library has of an article already.
struct Row {
    id: i64,
    body: i64,
    day: (Option<i64>, Option<i64>),
    path: Option<Vec<u8>>,
    gone: bool,
    is_summary: bool,
}

/// The articles that are still to go into the search index, by row, and into the tables of speakers. The index takes
/// them in the order of their rows in one go; any other order costs it many times as much.
type Unindexed<'a> = BTreeMap<i64, Cow<'a, Prepared>>;

impl Writer {
    pub fn new(connection: Connection) -> Result<Self, Trouble> {
        let (spill, slots) = (slots::spill(&connection)?, Slots::default());
        let mut writer = Self { connection, slots, spill, version: None, is_bulk: false };
        writer.care("NORMAL", 1)?;
        writer.note_version()?;
        Ok(writer)
    }

    /// Whether another program has written since [`Writer::note_version`].
    pub fn is_behind(&self) -> Result<bool, Trouble> {
        Ok(self.version != Some(self.version_now()?))
    }

    /// From now on what others wrote so far is known.
    pub fn note_version(&mut self) -> Result<(), Trouble> {
        self.version = Some(self.version_now()?);
        Ok(())
    }

    /// What others wrote is not known after all.
    pub fn forget_version(&mut self) {
        self.version = None;
    }

    /// A number that another program changes by writing, and this connection does not.
    fn version_now(&self) -> Result<i64, Trouble> {
        Ok(self.connection.pragma_query_value(None, "data_version", |row| row.get(0))?)
    }

    /// For reading what is written by now.
    pub fn connection(&self) -> &Connection {
        &self.connection
    }

    fn transaction<T>(
        &mut self,
        work: impl FnOnce(&Transaction<'_>, &mut Slots, &mut i64) -> Result<T, Trouble>,
    ) -> Result<T, Trouble> {
        let transaction = self.connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let mut spill = self.spill;
        let done = work(&transaction, &mut self.slots, &mut spill)?;
        if spill > self.spill {
            transaction.execute("INSERT OR REPLACE INTO facts VALUES ('spill', ?1)", [spill])?;
        }
        transaction.commit()?;
        self.spill = spill;
        Ok(done)
    }

    /// Keeps articles and what is known of the files they came from. Asks before each article whether to go on; where
    /// not, nothing was kept.
    pub fn keep(
        &mut self,
        articles: &[Prepared],
        files: &[FileRead],
        wanted: &dyn Fn() -> bool,
    ) -> Result<Kept, Trouble> {
        let go_on = || if wanted() { Ok(()) } else { Err(Trouble::Interrupted) };
        self.care("NORMAL", 1)?;
        let kept = self.transaction(|connection, slots, spill| {
            let (mut kept, mut unindexed) = (Kept::default(), Unindexed::new());
            for article in articles {
                go_on()?;
                keep_article(connection, article, (slots, spill), &mut unindexed, &mut kept)?;
            }
            for file in files {
                kept.gone.extend(keep_file(connection, file, &mut unindexed)?);
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
    pub fn replace(&mut self, articles: &[Prepared]) -> Result<(), Trouble> {
        self.transaction(|connection, _, _| {
            for article in articles {
                if let Some(row) = row_of(connection, article.id)? {
                    change(connection, &row, article)?;
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
        for table in indexing::TABLES {
            if !wanted() {
                return;
            }
            // The articles are kept; what goes wrong here goes wrong again the next time they are, and is told then.
            let _ = self.transaction(|connection, _, _| {
                if indexing::parts_of(connection, table)? < indexing::MANY {
                    return Ok(());
                }
                indexing::merge(connection, table, articles.max(LEAST) as i64)
            });
        }
    }

    /// Writes down what the reader did. It is on the disk then, and survives even if the power goes.
    pub fn remember(&mut self, deeds: &[(ArticleId, Deed)]) -> Result<(), Trouble> {
        self.care("FULL", 4)?;
        let done = self.transaction(|connection, _, _| {
            deeds.iter().try_for_each(|(id, deed)| memory::write(connection, *id, deed))
        });
        self.care("NORMAL", 1)?;
        done
    }

    /// Puts all that is in the log into the file, as far as nobody else needs the log just now.
    pub fn empty_log(&self) -> Result<(), Trouble> {
        self.connection.busy_timeout(std::time::Duration::ZERO)?;
        Ok(self.connection.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(()))?)
    }

    /// Much is to be kept from now on, and nothing else waits.
    pub fn expect_much(&mut self) {
        self.is_bulk = true;
    }

    /// How sure each transaction is to outlive a power cut, and how many times as long as else the log may be at its end
    /// before it goes into the file: what the reader did need not wait for the many pages that an import leaves.
    fn care(&self, synchronous: &str, times: i64) -> Result<(), Trouble> {
        let mut longest = LONG_LOG;
        if self.is_bulk {
            let pages: i64 = self.connection.pragma_query_value(None, "page_count", |row| row.get(0))?;
            longest = longest.max(pages / BULK_LOG);
        }
        self.connection.pragma_update(None, "synchronous", synchronous)?;
        self.connection.pragma_update(None, "wal_autocheckpoint", longest * times)?;
        Ok(())
    }

    /// Does something in one transaction.
    pub fn with<T>(&mut self, work: impl FnOnce(&Transaction<'_>) -> Result<T, Trouble>) -> Result<T, Trouble> {
        self.transaction(|connection, _, _| work(connection))
    }

    /// Does something with the whole file, in one transaction.
    pub fn maintain(&mut self, work: impl FnOnce(&Connection) -> Result<(), Trouble>) -> Result<(), Trouble> {
        self.transaction(|connection, _, _| work(connection))
    }

    /// Notes that files are not there any more. Their articles stay.
    /// Gives those that no file holds any more.
    pub fn mark_gone(&mut self, files: &[i64]) -> Result<Vec<ArticleId>, Trouble> {
        self.transaction(|connection, _, _| {
            let mut gone = Vec::new();
            for file in files {
                connection.prepare_cached("UPDATE files SET gone = 1 WHERE id = ?1")?.execute([file])?;
                let mut statement = connection.prepare_cached(
                    "UPDATE articles SET gone = 1 WHERE key IN (SELECT article FROM contents WHERE file = ?1)
                     AND NOT gone AND NOT EXISTS (SELECT 1 FROM contents JOIN files ON files.id = contents.file
                                     WHERE contents.article = articles.key AND NOT files.gone) RETURNING key",
                )?;
                for key in statement.query_map([file], |row| row.get::<_, i64>(0))? {
                    gone.push(ArticleId(key? as u64));
                }
            }
            Ok(gone)
        })
    }

    /// Marks files as present again; returns their articles that were marked as lying in no file.
    pub fn mark_present(&mut self, files: &[i64]) -> Result<Vec<ArticleId>, Trouble> {
        self.transaction(|connection, _, _| {
            let mut present = Vec::new();
            for file in files {
                connection.prepare_cached("UPDATE files SET gone = 0 WHERE id = ?1")?.execute([file])?;
                let mut statement = connection.prepare_cached(
                    "UPDATE articles SET gone = 0 WHERE gone
                     AND key IN (SELECT article FROM contents WHERE file = ?1) RETURNING key",
                )?;
                for key in statement.query_map([file], |row| row.get::<_, i64>(0))? {
                    present.push(ArticleId(key? as u64));
                }
            }
            Ok(present)
        })
    }

    /// Makes folders part of the library.
    pub fn add_folders(&mut self, folders: &[PathBuf]) -> Result<(), Trouble> {
        self.transaction(|connection, _, _| {
            for folder in folders {
                let path = folder.as_os_str().as_bytes();
                connection.execute("INSERT OR IGNORE INTO folders (path) VALUES (?1)", [path])?;
            }
            Ok(())
        })
    }

    /// Takes a folder or file out of the library, and its articles unless they lie elsewhere too. What the reader did
    /// with them is kept. Gives how many articles that were.
    pub fn remove(&mut self, path: &Path) -> Result<usize, Trouble> {
        self.transaction(|connection, _, _| {
            let (path, from, to) = super::store::bounds(path);
            connection.execute("DELETE FROM folders WHERE path = ?1", [path])?;
            let mut keys = Vec::new();
            let mut statement = connection.prepare(
                "SELECT DISTINCT article FROM contents JOIN files ON files.id = file
                 WHERE path = ?1 OR (path > ?2 AND path < ?3)",
            )?;
            for key in statement.query_map((path, &from, &to), |row| row.get::<_, i64>(0))? {
                keys.push(key?);
            }
            connection.execute("DELETE FROM files WHERE path = ?1 OR (path > ?2 AND path < ?3)", (path, &from, &to))?;
            let mut removed = 0;
            for key in keys {
                removed += usize::from(drop_if_homeless(connection, key, &mut Unindexed::new())?);
            }
            Ok(removed)
        })
    }
}

fn row_of(connection: &Connection, article: ArticleId) -> Result<Option<Row>, Trouble> {
    let sql = "SELECT id, body, day, second, path, gone, summary FROM articles WHERE key = ?1";
    let row = connection.prepare_cached(sql)?.query_row([article.0 as i64], |row| {
        Ok(Row {
            id: row.get(0)?,
            body: row.get(1)?,
            day: (row.get(2)?, row.get(3)?),
            path: row.get(4)?,
            gone: row.get(5)?,
            is_summary: row.get(6)?,
        })
    });
    Ok(row.optional()?)
}

/// Keeps one article. One that is kept already stays as it is, unless it says something else now, its own file gives it
/// another date, or its file had gone. A summary never takes the place of the whole text.
fn keep_article<'a>(
    connection: &Connection,
    article: &'a Prepared,
    (slots, spill): (&mut Slots, &mut i64),
    unindexed: &mut Unindexed<'a>,
    kept: &mut Kept,
) -> Result<(), Trouble> {
    let mut article = Cow::Borrowed(article);
    let (mut old, mut old_body) = (None, 0);
    if let Some(row) = row_of(connection, article.id)? {
        let wording = Wording::kept(connection, row.id)?;
        let is_shortened = article.is_summary && !row.is_summary;
        let is_same_place = row.path.as_deref() == write_origin(&article.origin).1;
        let is_same_day = row.day == write_published(article.published);
        let is_reworded = !wording.is_of(&article) || (is_same_place && !wording.is_just(&article));
        if is_shortened || (!is_reworded && !row.gone && (is_same_day || !is_same_place)) {
            return Ok(());
        }
        if let Some((corrected, deeds)) = updating::with_corrections(connection, &wording, &article)? {
            kept.deeds.extend(deeds.into_iter().map(|deed| (article.id, deed)));
            article = Cow::Owned(corrected);
        }
        if is_reworded || !is_same_day {
            kept.changed.push(article.headline());
        }
        drop_article(connection, row.id, unindexed)?;
        (old, old_body) = (is_same_day.then_some(row.id), row.body);
    }
    let id = old.map_or_else(|| slots.free(connection, article.published), Ok)?;
    if let Some(published) = article.published {
        *spill = (*spill).max(id - slots::end_of(published.day));
    }
    insert(connection, id, &article, old_body)?;
    unindexed.insert(id, article);
    Ok(())
}

/// Writes an article down. Other words get a row after that of the old ones: by that others tell that they are others.
fn insert(connection: &Connection, id: i64, article: &Prepared, old_body: i64) -> Result<(), Trouble> {
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
             (id, key, body, title, day, second, source, byline, url, topics, summary, origin, path, quotations, people)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15)",
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
            article.cast.lines()
        ])?;
    Ok(())
}

/// Writes what follows from the findings of an article anew.
fn change(connection: &Connection, row: &Row, article: &Prepared) -> Result<(), Trouble> {
    connection.prepare_cached("UPDATE articles SET quotations = ?2, people = ?3 WHERE id = ?1")?.execute(params![
        row.id,
        article.quotations,
        article.cast.lines()
    ])?;
    connection
        .prepare_cached("INSERT OR REPLACE INTO findings (id, engine, found) VALUES (?1, ?2, ?3)")?
        .execute(params![row.body, ENGINE_VERSION, article.findings])?;
    people::leave(connection, row.id)?;
    people::enter(connection, std::iter::once((row.id, article.day(), &*article.voices)))?;
    unindex(connection, row.id)?;
    index(connection, row.id, &article.words)
}

fn drop_article(connection: &Connection, id: i64, unindexed: &mut Unindexed<'_>) -> Result<(), Trouble> {
    if unindexed.remove(&id).is_none() {
        people::leave(connection, id)?;
        unindex(connection, id)?;
    }
    connection.prepare_cached("DELETE FROM articles WHERE id = ?1")?.execute([id])?;
    Ok(())
}

/// Drops an article that lies in no file any more; gives whether it did.
fn drop_if_homeless(connection: &Connection, key: i64, unindexed: &mut Unindexed<'_>) -> Result<bool, Trouble> {
    let sql = "SELECT id FROM articles WHERE key = ?1 AND NOT EXISTS (SELECT 1 FROM contents WHERE article = ?1)";
    let id: Option<i64> = connection.prepare_cached(sql)?.query_row([key], |row| row.get(0)).optional()?;
    id.map(|id| drop_article(connection, id, unindexed)).transpose().map(|dropped| dropped.is_some())
}

/// Notes what a file holds. What it held before and nobody holds any more goes; where one article took the place of
/// one other, it was edited, and the marks go over to it.
fn keep_file(
    connection: &Connection,
    file: &FileRead,
    unindexed: &mut Unindexed<'_>,
) -> Result<Vec<ArticleId>, Trouble> {
    let path = file.path.as_os_str().as_bytes();
    let number: i64 = connection
        .prepare_cached(
            "INSERT INTO files (path, size, modified, reader) VALUES (?1, ?2, ?3, ?4)
             ON CONFLICT (path) DO UPDATE SET size = ?2, modified = ?3, reader = ?4, gone = 0 RETURNING id",
        )?
        .query_row(params![path, file.stamp.size, file.stamp.modified, file.stamp.reader], |row| row.get(0))?;
    let mut held = connection.prepare_cached("SELECT article FROM contents WHERE file = ?1")?;
    let held: Vec<i64> = held.query_map([number], |row| row.get(0))?.collect::<Result<_, _>>()?;
    let now: Vec<i64> = file.articles.iter().map(|id| id.0 as i64).collect();
    for key in &now {
        let sql = "INSERT OR IGNORE INTO contents (file, article) VALUES (?1, ?2)";
        connection.prepare_cached(sql)?.execute((number, key))?;
    }
    let mut gone = Vec::new();
    // One file may hold a million.
    let there: HashSet<i64> = now.iter().copied().collect();
    for &key in held.iter().filter(|key| !there.contains(key)) {
        connection.prepare_cached("DELETE FROM contents WHERE file = ?1 AND article = ?2")?.execute((number, key))?;
        if let ([_], [new]) = (&held[..], &now[..]) {
            let sql = "INSERT OR IGNORE INTO marks (article, read, starred, removed)
                       SELECT ?2, read, starred, removed FROM marks WHERE article = ?1";
            connection.prepare_cached(sql)?.execute((key, new))?;
            let sql = "INSERT OR IGNORE INTO tags (article, name) SELECT ?2, name FROM tags WHERE article = ?1";
            connection.prepare_cached(sql)?.execute((key, new))?;
        }
        if drop_if_homeless(connection, key, unindexed)? {
            gone.push(ArticleId(key as u64));
        }
    }
    Ok(gone)
}
