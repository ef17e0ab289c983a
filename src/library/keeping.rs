//! Writing into the library: one at a time, each batch in one transaction.

use std::collections::BTreeMap;
use std::os::unix::ffi::OsStrExt;
use std::path::{Path, PathBuf};

use chrono::NaiveDate;
use rusqlite::{Connection, OptionalExtension, Transaction, TransactionBehavior, params};

use super::memory::{self, Deed};
use super::record::{write_body, write_cast, write_findings, write_origin, write_published, write_tags};
use super::slots::{self, Slots};
use super::words::Words;
use super::{Entry, FileRead, Trouble, people};
use crate::article::{ArticleId, Origin, Published};
use crate::catalog::{Voice, voices};
use crate::quotes::ENGINE_VERSION;

/// An article made ready to be kept: all that takes long and needs no library.
#[derive(Debug)]
pub struct Prepared {
    id: ArticleId,
    title: String,
    published: Option<Published>,
    source: Option<String>,
    byline: Option<String>,
    url: Option<String>,
    topics: Option<String>,
    is_summary: bool,
    origin: Origin,
    quotations: u32,
    people: Vec<u8>,
    paragraphs: Vec<u8>,
    text: Vec<u8>,
    findings: Vec<u8>,
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
            people: write_cast(&headline.cast)?,
            paragraphs,
            text,
            findings: write_findings(&entry.findings)?,
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
}

/// The one connection that writes.
pub(super) struct Writer {
    connection: Connection,
    slots: Slots,
    /// By how much an id lies beyond the day of its article at the most.
    spill: i64,
}

/// What the library has of an article already.
struct Row {
    id: i64,
    day: (Option<i64>, Option<i64>),
    path: Option<Vec<u8>>,
    gone: bool,
}

impl Writer {
    pub fn new(connection: Connection) -> Result<Self, Trouble> {
        Ok(Self { spill: slots::spill(&connection)?, connection, slots: Slots::default() })
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

    /// Keeps articles and what is known of the files they came from; gives the articles that files held before and
    /// nobody holds any more.
    pub fn keep(&mut self, articles: &[Prepared], files: &[FileRead]) -> Result<Vec<ArticleId>, Trouble> {
        self.transaction(|connection, slots, spill| {
            let mut new = BTreeMap::new();
            for article in articles {
                if let Some(id) = keep_article(connection, article, slots, spill)? {
                    new.insert(article.id, (id, article));
                }
            }
            people::enter(connection, new.into_values().map(|(id, article)| (id, article.day(), &*article.voices)))?;
            let mut gone = Vec::new();
            for file in files {
                gone.extend(keep_file(connection, file)?);
            }
            Ok(gone)
        })
    }

    /// Puts articles in the place of what is kept of them: their findings have changed.
    pub fn replace(&mut self, articles: &[Prepared]) -> Result<(), Trouble> {
        self.transaction(|connection, _, _| {
            for article in articles {
                if let Some(row) = row_of(connection, article.id)? {
                    change(connection, row.id, article)?;
                }
            }
            Ok(())
        })
    }

    /// Writes down what the reader did.
    pub fn remember(&mut self, deeds: &[(ArticleId, Deed)]) -> Result<(), Trouble> {
        self.transaction(|connection, _, _| {
            deeds.iter().try_for_each(|(id, deed)| memory::write(connection, *id, deed))
        })
    }

    /// Does something with the whole file, in one transaction.
    pub fn maintain(&mut self, work: impl FnOnce(&Connection) -> Result<(), Trouble>) -> Result<(), Trouble> {
        self.transaction(|connection, _, _| work(connection))
    }

    /// Notes that files are not there any more. Their articles stay.
    pub fn mark_gone(&mut self, files: &[i64]) -> Result<(), Trouble> {
        self.transaction(|connection, _, _| {
            for file in files {
                connection.prepare_cached("UPDATE files SET gone = 1 WHERE id = ?1")?.execute([file])?;
                connection
                    .prepare_cached(
                        "UPDATE articles SET gone = 1 WHERE key IN (SELECT article FROM contents WHERE file = ?1)
                         AND NOT EXISTS (SELECT 1 FROM contents JOIN files ON files.id = contents.file
                                         WHERE contents.article = articles.key AND NOT files.gone)",
                    )?
                    .execute([file])?;
            }
            Ok(())
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
                removed += usize::from(drop_if_homeless(connection, key)?);
            }
            Ok(removed)
        })
    }
}

fn row_of(connection: &Connection, article: ArticleId) -> Result<Option<Row>, Trouble> {
    let mut statement = connection.prepare_cached("SELECT id, day, second, path, gone FROM articles WHERE key = ?1")?;
    let row = statement.query_row([article.0 as i64], |row| {
        Ok(Row { id: row.get(0)?, day: (row.get(1)?, row.get(2)?), path: row.get(3)?, gone: row.get(4)? })
    });
    Ok(row.optional()?)
}

/// Keeps one article; gives its row where it is new. One that is kept already stays as it is, unless its own file gives
/// it another date now, or its file had gone.
fn keep_article(
    connection: &Connection,
    article: &Prepared,
    slots: &mut Slots,
    spill: &mut i64,
) -> Result<Option<i64>, Trouble> {
    let (_, path) = write_origin(&article.origin);
    if let Some(row) = row_of(connection, article.id)? {
        let is_same_place = row.path.as_deref() == path;
        if !row.gone && (!is_same_place || row.day == write_published(article.published)) {
            return Ok(None);
        }
        drop_article(connection, row.id)?;
    }
    let id = slots.free(connection, article.published, article.id)?;
    if let Some(published) = article.published {
        *spill = (*spill).max(id - slots::end_of(published.day));
    }
    insert(connection, id, article)?;
    Ok(Some(id))
}

fn insert(connection: &Connection, id: i64, article: &Prepared) -> Result<(), Trouble> {
    let (day, second) = write_published(article.published);
    let (origin, path) = write_origin(&article.origin);
    connection
        .prepare_cached(
            "INSERT INTO articles
             (id, key, title, day, second, source, byline, url, topics, summary, origin, path, quotations, people)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14)",
        )?
        .execute(params![
            id,
            article.id.0 as i64,
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
            article.people
        ])?;
    connection.prepare_cached("INSERT INTO bodies (id, paragraphs, text) VALUES (?1, ?2, ?3)")?.execute(params![
        id,
        article.paragraphs,
        article.text
    ])?;
    connection.prepare_cached("INSERT INTO findings (id, engine, found) VALUES (?1, ?2, ?3)")?.execute(params![
        id,
        ENGINE_VERSION,
        article.findings
    ])?;
    index(connection, id, &article.words)
}

/// Writes what follows from the findings of an article anew.
fn change(connection: &Connection, id: i64, article: &Prepared) -> Result<(), Trouble> {
    connection.prepare_cached("UPDATE articles SET quotations = ?2, people = ?3 WHERE id = ?1")?.execute(params![
        id,
        article.quotations,
        article.people
    ])?;
    connection
        .prepare_cached("INSERT OR REPLACE INTO findings (id, engine, found) VALUES (?1, ?2, ?3)")?
        .execute(params![id, ENGINE_VERSION, article.findings])?;
    people::leave(connection, id)?;
    people::enter(connection, std::iter::once((id, article.day(), &*article.voices)))?;
    unindex(connection, id)?;
    index(connection, id, &article.words)
}

/// Puts the words of an article into the search index.
pub(super) fn index(connection: &Connection, id: i64, words: &Words) -> Result<(), Trouble> {
    connection
        .prepare_cached("INSERT INTO beginnings (rowid, words) VALUES (?1, ?2)")?
        .execute(params![id, words.beginnings])?;
    connection
        .prepare_cached("INSERT INTO phrases (rowid, words) VALUES (?1, ?2)")?
        .execute(params![id, words.phrases])?;
    Ok(())
}

fn unindex(connection: &Connection, id: i64) -> Result<(), Trouble> {
    connection.prepare_cached("DELETE FROM beginnings WHERE rowid = ?1")?.execute([id])?;
    connection.prepare_cached("DELETE FROM phrases WHERE rowid = ?1")?.execute([id])?;
    Ok(())
}

fn drop_article(connection: &Connection, id: i64) -> Result<(), Trouble> {
    people::leave(connection, id)?;
    unindex(connection, id)?;
    connection.prepare_cached("DELETE FROM articles WHERE id = ?1")?.execute([id])?;
    Ok(())
}

/// Drops an article that lies in no file any more; gives whether it did.
fn drop_if_homeless(connection: &Connection, key: i64) -> Result<bool, Trouble> {
    let sql = "SELECT id FROM articles WHERE key = ?1 AND NOT EXISTS (SELECT 1 FROM contents WHERE article = ?1)";
    let id: Option<i64> = connection.prepare_cached(sql)?.query_row([key], |row| row.get(0)).optional()?;
    id.map(|id| drop_article(connection, id)).transpose().map(|dropped| dropped.is_some())
}

/// Notes what a file holds. What it held before and nobody holds any more goes; where one article took the place of
/// one other, it was edited, and the marks go over to it.
fn keep_file(connection: &Connection, file: &FileRead) -> Result<Vec<ArticleId>, Trouble> {
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
    for &key in held.iter().filter(|key| !now.contains(key)) {
        connection.prepare_cached("DELETE FROM contents WHERE file = ?1 AND article = ?2")?.execute((number, key))?;
        if let ([_], [new]) = (&held[..], &now[..]) {
            let sql = "INSERT OR IGNORE INTO marks (article, read, starred)
                       SELECT ?2, read, starred FROM marks WHERE article = ?1";
            connection.prepare_cached(sql)?.execute((key, new))?;
        }
        if drop_if_homeless(connection, key)? {
            gone.push(ArticleId(key as u64));
        }
    }
    Ok(gone)
}
