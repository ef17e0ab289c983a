//! The care of the whole file: is it sound, how large is it, and the search index made anew.

use rusqlite::Connection;

use super::search::IndexTerms;
use super::search::index::{self, index};
use super::store::{ENTRY, Store, entry};
use super::{Error, Library, people};
use crate::catalog::voices;
use crate::text::counted;
use crate::user::UserState;

/// How much the library holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Statistics {
    /// Articles.
    pub articles: usize,
    /// Articles that lie in no file any more.
    pub gone: usize,
    /// Files that were read.
    pub files: usize,
    /// Quotations that somebody speaks.
    pub quotations: usize,
    /// Articles that count as read.
    pub read: usize,
    /// Articles with a star.
    pub starred: usize,
    /// Quotations whose speaker the reader named.
    pub corrections: usize,
    /// The length of the file, in bytes.
    pub bytes: usize,
}

impl Library {
    /// Looks whether the file is sound; gives what is not, a line each.
    ///
    /// # Errors
    ///
    /// When it is too damaged to be looked at.
    pub fn check(&self) -> Result<Vec<String>, Error> {
        self.store().map_or(Ok(Vec::new()), |store| store.read(check))
    }

    /// How much the library holds.
    ///
    /// # Errors
    ///
    /// When it is damaged.
    pub fn statistics(&self) -> Result<Statistics, Error> {
        self.store().map_or(Ok(Statistics::default()), |store| store.read(statistics))
    }

    /// Makes the search index and the table of speakers anew from the articles, all in one transaction.
    ///
    /// # Errors
    ///
    /// When the library is damaged or cannot be written to; the old index stays then.
    pub fn rebuild(&self) -> Result<(), Error> {
        let memory = self.memory();
        self.store().map_or(Ok(()), |store| store.writer()?.maintain(|connection| rebuild(connection, &memory)))
    }

    /// Puts the search index in order after much was added: it gets smaller and faster.
    ///
    /// # Errors
    ///
    /// When the library cannot be written to.
    pub fn optimize(&self) -> Result<(), Error> {
        self.store().map_or(Ok(()), Store::optimize)
    }

    /// After much was kept: makes the search index smaller, where it has grown by many parts.
    ///
    /// # Errors
    ///
    /// When the library cannot be written to.
    pub fn merge_segments(&self) -> Result<(), Error> {
        self.writable().map_or(Ok(()), Store::merge_segments)
    }
}

/// How much is done in one transaction, in pages.
const STEP: i64 = 256;

impl Store {
    fn optimize(&self) -> Result<(), Error> {
        for table in index::TABLES {
            loop {
                // Less than two changes: there was nothing left to merge.
                if self.step(|connection| index::merge(connection, table, -STEP))? < 2 {
                    break;
                }
            }
        }
        self.incremental_vacuum()
    }

    /// Only of the table that is larger by being in parts.
    fn merge_segments(&self) -> Result<(), Error> {
        while self.read(|connection| index::segments_of(connection, index::PREFIX_INDEX))? >= index::USERMERGE {
            // Less than two changes: these parts are of all sizes, and are merged once there are more of one.
            if self.step(|connection| index::merge(connection, index::PREFIX_INDEX, STEP * 8))? < 2 {
                break;
            }
        }
        self.incremental_vacuum()
    }

    /// Gives the pages that are not used any more back to the disk.
    fn incremental_vacuum(&self) -> Result<(), Error> {
        let free = |connection: &Connection| {
            Ok::<i64, Error>(connection.pragma_query_value(None, "freelist_count", |row| row.get(0))?)
        };
        let mut left = self.read(free)?;
        while left > 0 {
            self.step(|connection| Ok(connection.execute_batch(&format!("PRAGMA incremental_vacuum({STEP})"))?))?;
            let now = self.read(free)?;
            if now >= left {
                break;
            }
            left = now;
        }
        Ok(())
    }

    /// Does a part of a long work in a transaction of its own, so that others can write between two; gives how many
    /// rows it changed.
    fn step(&self, work: impl FnOnce(&Connection) -> Result<(), Error>) -> Result<i64, Error> {
        let mut changed = 0;
        self.writer()?.maintain(|connection| {
            let count = || connection.query_row("SELECT total_changes()", [], |row| row.get::<_, i64>(0));
            let before = count()?;
            work(connection)?;
            changed = count()? - before;
            Ok(())
        })?;
        Ok(changed)
    }
}

fn check(connection: &Connection) -> Result<Vec<String>, Error> {
    let mut faults = Vec::new();
    let mut statement = connection.prepare("PRAGMA integrity_check(20)")?;
    for line in statement.query_map([], |row| row.get::<_, String>(0))? {
        faults.push(line?);
    }
    faults.retain(|line| line != "ok");
    let mut strays = connection.prepare("PRAGMA foreign_key_check")?;
    if strays.exists([])? {
        faults.push("there are rows that belong to nothing".to_owned());
    }
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
            ("appearance", "of a speaker that belongs to nothing"),
        ),
        (
            "SELECT abs((SELECT count(*) FROM appearances) - (SELECT count(*) FROM casts JOIN bodies ON bodies.id = body))",
            ("speaker", "of an article that is not known"),
        ),
        (
            "SELECT abs((SELECT coalesce(sum(quotations), 0) FROM people)
                        - (SELECT coalesce(sum(quotations), 0) FROM appearances))",
            ("quotation", "counted wrong"),
        ),
        (
            "SELECT abs((SELECT count(*) FROM articles) - (SELECT count(*) FROM beginnings_docsize))",
            ("article", "missing from the index"),
        ),
        (
            "SELECT abs((SELECT count(*) FROM articles) - (SELECT count(*) FROM phrases_docsize))",
            ("article", "missing from the index of phrases"),
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
fn rebuild(connection: &Connection, memory: &UserState) -> Result<(), Error> {
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
        let (id, entry) = (row.get(0)?, entry(row, memory)?);
        index(connection, id, &IndexTerms::of(&entry))?;
        let day = entry.article.published.map(|published| published.day);
        writer.enter(id, day, &voices(entry.corrected()))?;
    }
    writer.close()
}
