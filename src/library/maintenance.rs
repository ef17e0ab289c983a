//! Maintenance of the whole file: checks, statistics, merging or rebuilding the search index, returning free pages.

use rusqlite::Connection;

use super::articles::{ENTRY, entry};
use super::search::IndexTerms;
use super::search::index::{self, index};
use super::store::Store;
use super::{Error, Library, people};
use crate::catalog::article_speakers;
use crate::text::counted;
use crate::user::UserState;

/// How much the library holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Statistics {
    /// Articles.
    pub articles: usize,
    /// Articles that no longer lie in any file.
    pub gone: usize,
    /// Files that were read.
    pub files: usize,
    /// Quotations that have a speaker.
    pub quotations: usize,
    /// Articles that count as read.
    pub read: usize,
    /// Articles with a star.
    pub starred: usize,
    /// Quotations whose speaker the user named.
    pub corrections: usize,
    /// The length of the file, in bytes.
    pub bytes: usize,
}

/// How much is done in one transaction, in pages.
const STEP: i64 = 256;

impl Library {
    /// Checks whether the library is sound; returns what is not, a line each.
    pub fn check(&self) -> Result<Vec<String>, Error> {
        Ok([self.check_file()?, self.check_derived()?].concat())
    }

    /// Checks whether the file is as SQLite wrote it; returns what is not, a line each.
    pub fn check_file(&self) -> Result<Vec<String>, Error> {
        self.read(check_file)
    }

    /// Checks whether what is derived from the articles, and can be rebuilt, fits them; returns what does not, a line
    /// each.
    pub fn check_derived(&self) -> Result<Vec<String>, Error> {
        self.read(check_derived)
    }

    /// How much the library holds.
    pub fn statistics(&self) -> Result<Statistics, Error> {
        self.read(statistics)
    }

    /// Rebuilds the search index and the tables of speakers from the articles, all in one transaction: where that
    /// fails, the old ones stay.
    pub fn rebuild(&self) -> Result<(), Error> {
        let user_state = self.user_state();
        self.transaction(|connection| rebuild(connection, &user_state))
    }

    /// Merges each table of the search index into one segment: it gets smaller and faster.
    pub fn optimize(&self) -> Result<(), Error> {
        let Some(store) = self.store() else { return Ok(()) };
        for table in index::TABLES {
            loop {
                // Less than two changes: there was nothing left to merge.
                if step(store, |connection| index::merge(connection, table, -STEP))? < 2 {
                    break;
                }
            }
        }
        incremental_vacuum(store)
    }

    /// After much was committed: merges the segments of the prefix index, where they are many. That table alone is
    /// larger by being in segments.
    pub fn merge_segments(&self) -> Result<(), Error> {
        let Some(store) = self.writable() else { return Ok(()) };
        let segments = || store.read(|connection| index::segments_of(connection, index::PREFIX_INDEX));
        while segments()? >= index::USERMERGE {
            // Less than two changes: these segments are of all sizes, and are merged once there are more of one.
            if step(store, |connection| index::merge(connection, index::PREFIX_INDEX, STEP * 8))? < 2 {
                break;
            }
        }
        incremental_vacuum(store)
    }
}

/// Returns free pages to the disk.
pub(super) fn incremental_vacuum(store: &Store) -> Result<(), Error> {
    let free = || {
        store.read(|connection| Ok(connection.pragma_query_value(None, "freelist_count", |row| row.get::<_, i64>(0))?))
    };
    let mut left = free()?;
    while left > 0 {
        step(store, |connection| Ok(connection.execute_batch(&format!("PRAGMA incremental_vacuum({STEP})"))?))?;
        let now = free()?;
        if now >= left {
            break;
        }
        left = now;
    }
    Ok(())
}

/// Does a part of a long work in a transaction of its own, so that others can write between two; returns how many rows
/// it changed.
fn step(store: &Store, work: impl FnOnce(&Connection) -> Result<(), Error>) -> Result<i64, Error> {
    store.writer()?.transaction(|connection| {
        let count = || connection.query_row("SELECT total_changes()", [], |row| row.get::<_, i64>(0));
        let before = count()?;
        work(connection)?;
        Ok(count()? - before)
    })
}

fn check_file(connection: &Connection) -> Result<Vec<String>, Error> {
    let mut faults = Vec::new();
    let mut statement = connection.prepare("PRAGMA integrity_check(20)")?;
    for line in statement.query_map([], |row| row.get::<_, String>(0))? {
        faults.push(line?);
    }
    faults.retain(|line| line != "ok");
    let mut strays = connection.prepare("PRAGMA foreign_key_check")?;
    if strays.exists([])? {
        faults.push("there are rows without a parent".to_owned());
    }
    Ok(faults)
}

fn check_derived(connection: &Connection) -> Result<Vec<String>, Error> {
    let mut faults = Vec::new();
    for (sql, (what, fault)) in [
        (
            "SELECT count(*) FROM articles LEFT JOIN bodies ON bodies.id = body WHERE bodies.id IS NULL",
            ("article", "without a text"),
        ),
        (
            "SELECT count(*) FROM articles LEFT JOIN findings ON findings.id = body WHERE findings.id IS NULL",
            ("article", "without findings"),
        ),
        (
            "SELECT count(*) FROM appearances LEFT JOIN articles ON articles.id = article
             LEFT JOIN people ON people.id = person WHERE articles.id IS NULL OR people.id IS NULL",
            ("appearance", "of an unknown speaker or article"),
        ),
        (
            "SELECT abs((SELECT count(*) FROM appearances) - (SELECT count(*) FROM casts JOIN bodies ON bodies.id = body))",
            ("speaker", "of an unknown article"),
        ),
        (
            "SELECT abs((SELECT coalesce(sum(quotations), 0) FROM people)
                        - (SELECT coalesce(sum(quotations), 0) FROM appearances))",
            ("quotation", "counted wrong"),
        ),
        (
            "SELECT abs((SELECT count(*) FROM articles) - (SELECT count(*) FROM beginnings_docsize))",
            ("article", "missing from the search index"),
        ),
        (
            "SELECT abs((SELECT count(*) FROM articles) - (SELECT count(*) FROM phrases_docsize))",
            ("article", "missing from the phrase index"),
        ),
    ] {
        let count: i64 = connection.query_row(sql, [], |row| row.get(0))?;
        if count > 0 {
            faults.push(format!("{} {fault}", counted(count as usize, what)));
        }
    }
    Ok(faults)
}

fn statistics(connection: &Connection) -> Result<Statistics, Error> {
    let number = |sql: &str| connection.query_row(sql, [], |row| row.get::<_, i64>(0)).map(|number| number as usize);
    Ok(Statistics {
        articles: number("SELECT count(*) FROM articles")?,
        gone: number("SELECT count(*) FROM articles WHERE gone")?,
        files: number("SELECT count(*) FROM files WHERE NOT gone")?,
        quotations: number("SELECT coalesce(sum(quotations), 0) FROM articles")?,
        // Marks outlive their articles: those of articles that are not there just now do not count.
        read: number("SELECT count(*) FROM marks JOIN articles ON key = article WHERE read")?,
        starred: number("SELECT count(*) FROM marks JOIN articles ON key = article WHERE starred")?,
        corrections: number("SELECT count(*) FROM corrections JOIN articles ON key = article")?,
        bytes: number("PRAGMA page_count")? * number("PRAGMA page_size")?,
    })
}

/// How a table of the search index is set up.
fn settings_of(connection: &Connection, table: &str) -> Result<Vec<(String, i64)>, Error> {
    let mut settings = connection.prepare(&format!("SELECT k, v FROM {table}_config WHERE k <> 'version'"))?;
    let settings = settings.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?;
    Ok(settings.collect::<Result<_, _>>()?)
}

/// Tables that may be damaged are not emptied but dropped, and made as the first migration made them.
fn rebuild(connection: &Connection, user_state: &UserState) -> Result<(), Error> {
    for table in index::TABLES {
        let make: String =
            connection.query_row("SELECT sql FROM sqlite_schema WHERE name = ?1", [table], |row| row.get(0))?;
        let settings = settings_of(connection, table)?;
        connection.execute_batch(&format!("DROP TABLE {table}; {make};"))?;
        for (name, value) in settings {
            connection.execute(&format!("INSERT INTO {table} ({table}, rank) VALUES (?1, ?2)"), (name, value))?;
        }
    }
    let mut articles = connection.prepare(&format!("{ENTRY} ORDER BY articles.id"))?;
    let mut rows = articles.query([])?;
    people::clear(connection)?;
    let mut writer = people::PeopleWriter::open(connection)?;
    while let Some(row) = rows.next()? {
        let (id, entry) = (row.get(0)?, entry(row, user_state)?);
        index(connection, id, &IndexTerms::of(&entry))?;
        let date = entry.article.dates.key();
        writer.enter(id, date, &article_speakers(entry.with_reported()))?;
    }
    writer.close()
}
