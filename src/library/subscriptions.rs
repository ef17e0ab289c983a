//! Sources on the web: what the library knows of each, and which articles came from which.

use std::collections::HashMap;

use rusqlite::{Connection, OptionalExtension, Row, Transaction, params};
use serde::{Deserialize, Serialize};

use super::{Library, Trouble};
use crate::article::ArticleId;
use crate::catalog::{SourceId, SourceLine};

/// What the reader wants of a source; nothing where it is as with all.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Settings {
    /// How many minutes lie between two times that it is asked of itself, at the least.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub interval: Option<u32>,
    /// Whether the whole text of a summary is fetched without being asked for.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub full_text: bool,
    /// What to call oneself.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub user_agent: Option<String>,
    /// Headers to send besides.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub headers: Vec<(String, String)>,
    /// Through whom to ask: `none` for nobody, else the address of a proxy.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub proxy: Option<String>,
}

/// What the reader says of a source.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Description {
    /// Where it lies.
    pub address: String,
    /// What the reader typed to get there.
    pub typed: String,
    /// What the reader calls it.
    pub name: Option<String>,
    /// The folders it lies in, parted by `/`; empty for none.
    pub folder: String,
    /// What it is filed under.
    pub tags: Vec<String>,
    /// Whether it is left alone.
    pub muted: bool,
    /// How it is asked for.
    pub settings: Settings,
}

/// How it went the last time; times in seconds since 1970.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Course {
    /// When it was asked.
    pub tried: Option<i64>,
    /// When it answered.
    pub succeeded: Option<i64>,
    /// When it may be asked of itself again.
    pub due: i64,
    /// Until when its server wants to be left alone, whoever asks.
    pub barred: i64,
    /// What went wrong.
    pub error: Option<String>,
    /// How often it went wrong one time after another.
    pub failures: u32,
    /// `ETag`, as the server gave it.
    pub etag: Option<String>,
    /// `Last-Modified`, as the server gave it.
    pub modified: Option<String>,
}

/// A source.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Source {
    /// By what it is known.
    pub id: SourceId,
    /// What the reader says of it.
    pub description: Description,
    /// What it calls itself.
    pub title: Option<String>,
    /// The page it belongs to.
    pub link: Option<String>,
    /// How it went the last time.
    pub course: Course,
}

impl Source {
    /// What it is called: by the reader, else by itself, else its address.
    pub fn name(&self) -> &str {
        let name = self.description.name.as_deref().or(self.title.as_deref());
        name.filter(|name| !name.is_empty()).unwrap_or(&self.description.address)
    }
}

/// How many articles came from a source.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Count {
    /// All.
    pub articles: usize,
    /// Those that do not count as read.
    pub unread: usize,
}

/// What was learnt of a source by asking it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Learnt {
    /// Which source.
    pub source: SourceId,
    /// The articles that came from it, each with a print by which it is told whether it has changed there.
    pub articles: Vec<(ArticleId, u64)>,
    /// Where it lies from now on.
    pub moved_to: Option<String>,
    /// What it calls itself; nothing where it did not say.
    pub title: Option<String>,
    /// The page it belongs to; nothing where it did not say.
    pub link: Option<String>,
    /// Whether it is left alone from now on: it is gone for good.
    pub mute: bool,
    /// How it went.
    pub course: Course,
}

impl Library {
    /// All sources, by folder and name.
    ///
    /// # Errors
    ///
    /// When the library is damaged.
    pub fn sources(&self) -> Result<Vec<Source>, Trouble> {
        self.store().map_or(Ok(Vec::new()), |store| store.read(all))
    }

    /// All sources as a list shows them, by folder and name.
    ///
    /// # Errors
    ///
    /// When the library is damaged.
    pub fn source_lines(&self) -> Result<Vec<SourceLine>, Trouble> {
        let counts = self.source_counts()?;
        let line = |source: Source| {
            let count = counts.get(&source.id).copied().unwrap_or_default();
            SourceLine {
                id: source.id,
                name: crate::text::clean_line(source.name()),
                folder: source.description.folder,
                tags: source.description.tags,
                muted: source.description.muted,
                address: source.description.address,
                error: source.course.error,
                articles: count.articles,
                unread: count.unread,
            }
        };
        Ok(self.sources()?.into_iter().map(line).collect())
    }

    /// Whether it holds no article and no source: there is nothing to read in it, and nothing to come.
    ///
    /// # Errors
    ///
    /// When the library is damaged.
    pub fn is_bare(&self) -> Result<bool, Trouble> {
        Ok(self.is_empty()? && self.sources()?.is_empty())
    }

    /// The source at this address.
    ///
    /// # Errors
    ///
    /// When the library is damaged.
    pub fn source_at(&self, address: &str) -> Result<Option<Source>, Trouble> {
        self.store().map_or(Ok(None), |store| store.read(|connection| at(connection, address)))
    }

    /// Adds a source, unless there is one at its address; gives it, and whether it is new.
    ///
    /// # Errors
    ///
    /// When the library cannot be written to, or there is none.
    pub fn subscribe(&self, description: &Description) -> Result<(Source, bool), Trouble> {
        let store = self.store().ok_or(Trouble::Nowhere)?;
        store.writer().with(|connection| {
            if let Some(known) = at(connection, &description.address)? {
                return Ok((known, false));
            }
            insert(connection, description)?;
            Ok((at(connection, &description.address)?.ok_or(Trouble::Nowhere)?, true))
        })
    }

    /// Changes what the reader says of a source.
    ///
    /// # Errors
    ///
    /// When the library cannot be written to.
    pub fn describe(&self, id: SourceId, description: &Description) -> Result<(), Trouble> {
        self.store().map_or(Ok(()), |store| store.writer().with(|connection| describe(connection, id, description)))
    }

    /// Takes a source out. Its articles stay.
    ///
    /// # Errors
    ///
    /// When the library cannot be written to.
    pub fn unsubscribe(&self, id: SourceId) -> Result<(), Trouble> {
        self.store().map_or(Ok(()), |store| {
            store.writer().with(|connection| {
                connection.execute("DELETE FROM sources WHERE id = ?1", [id.0])?;
                Ok(())
            })
        })
    }

    /// Notes what was learnt of sources, all of it or none. No article ever ceases to have come from one because it is
    /// not there any more.
    ///
    /// # Errors
    ///
    /// When the library cannot be written to.
    pub fn learn(&self, learnt: &[Learnt]) -> Result<(), Trouble> {
        self.store().map_or(Ok(()), |store| {
            store.writer().with(|connection| learnt.iter().try_for_each(|one| learn(connection, one)))
        })
    }

    /// The articles that came from a source, each with the print that it had there.
    ///
    /// # Errors
    ///
    /// When the library is damaged.
    pub fn prints(&self, id: SourceId) -> Result<HashMap<ArticleId, u64>, Trouble> {
        self.store().map_or(Ok(HashMap::new()), |store| store.read(|connection| prints(connection, id)))
    }

    /// Whether an article is in the library, on the shelf or in the file.
    ///
    /// # Errors
    ///
    /// When the library is damaged.
    pub fn has(&self, id: ArticleId) -> Result<bool, Trouble> {
        let Some(store) = self.store().filter(|_| !self.is_on_shelf(id)) else { return Ok(self.is_on_shelf(id)) };
        store.read(|connection| {
            Ok(connection.prepare_cached("SELECT 1 FROM articles WHERE key = ?1")?.exists([id.0 as i64])?)
        })
    }

    /// How many articles came from each source; those without any are left out.
    ///
    /// # Errors
    ///
    /// When the library is damaged.
    pub fn source_counts(&self) -> Result<HashMap<SourceId, Count>, Trouble> {
        self.store().map_or(Ok(HashMap::new()), |store| store.read(counts))
    }

    /// The articles that came from a source, the newest first.
    ///
    /// # Errors
    ///
    /// When the library is damaged.
    pub fn articles_of_source(&self, id: SourceId) -> Result<Vec<ArticleId>, Trouble> {
        self.store().map_or(Ok(Vec::new()), |store| {
            store.read(|connection| {
                let sql = "SELECT key FROM came_from JOIN articles ON key = article WHERE source = ?1 ORDER BY id DESC";
                let mut statement = connection.prepare_cached(sql)?;
                let keys = statement.query_map([id.0], |row| Ok(ArticleId(row.get::<_, i64>(0)? as u64)))?;
                Ok(keys.collect::<Result<_, _>>()?)
            })
        })
    }

    /// The sources that an article came from, the one that had it first coming first.
    ///
    /// # Errors
    ///
    /// When the library is damaged.
    pub fn sources_of_article(&self, id: ArticleId) -> Result<Vec<SourceId>, Trouble> {
        self.store().map_or(Ok(Vec::new()), |store| {
            store.read(|connection| {
                let sql = "SELECT source FROM came_from WHERE article = ?1 ORDER BY source";
                let mut statement = connection.prepare_cached(sql)?;
                let ids = statement.query_map([id.0 as i64], |row| row.get(0).map(SourceId))?;
                Ok(ids.collect::<Result<_, _>>()?)
            })
        })
    }
}

const SOURCE: &str = "SELECT id, address, typed, name, folder, tags, muted, settings, title, link, tried, succeeded, due, \
     barred, error, failures, etag, modified FROM sources";

fn all(connection: &Connection) -> Result<Vec<Source>, Trouble> {
    let sql = format!("{SOURCE} ORDER BY folder, coalesce(name, title, address) COLLATE NOCASE, id");
    let mut statement = connection.prepare_cached(&sql)?;
    let sources = statement.query_map([], source)?;
    Ok(sources.collect::<Result<_, _>>()?)
}

fn at(connection: &Connection, address: &str) -> Result<Option<Source>, Trouble> {
    let sql = format!("{SOURCE} WHERE address = ?1");
    Ok(connection.prepare_cached(&sql)?.query_row([address], source).optional()?)
}

fn source(row: &Row<'_>) -> rusqlite::Result<Source> {
    let settings: String = row.get(7)?;
    let tags: String = row.get(5)?;
    Ok(Source {
        id: SourceId(row.get(0)?),
        description: Description {
            address: row.get(1)?,
            typed: row.get(2)?,
            name: row.get(3)?,
            folder: row.get(4)?,
            tags: tags.lines().map(str::to_owned).collect(),
            muted: row.get(6)?,
            // What cannot be read is as with all.
            settings: serde_json::from_str(&settings).unwrap_or_default(),
        },
        title: row.get(8)?,
        link: row.get(9)?,
        course: Course {
            tried: row.get(10)?,
            succeeded: row.get(11)?,
            due: row.get(12)?,
            barred: row.get(13)?,
            error: row.get(14)?,
            failures: row.get(15)?,
            etag: row.get(16)?,
            modified: row.get(17)?,
        },
    })
}

/// Tags, one a line.
fn written(tags: &[String]) -> String {
    tags.iter().map(|tag| tag.replace('\n', " ")).collect::<Vec<_>>().join("\n")
}

fn settings(settings: &Settings) -> Result<String, Trouble> {
    serde_json::to_string(settings).map_err(|error| Trouble::Failed(error.to_string()))
}

fn insert(connection: &Transaction<'_>, of: &Description) -> Result<(), Trouble> {
    connection
        .prepare_cached(
            "INSERT INTO sources (address, typed, name, folder, tags, muted, settings)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
        )?
        .execute(params![
            of.address,
            of.typed,
            of.name,
            of.folder,
            written(&of.tags),
            of.muted,
            settings(&of.settings)?
        ])?;
    Ok(())
}

fn describe(connection: &Transaction<'_>, id: SourceId, of: &Description) -> Result<(), Trouble> {
    let muted = "SELECT muted AND NOT ?2 FROM sources WHERE id = ?1";
    let is_woken: Option<bool> = connection.query_row(muted, (id.0, of.muted), |row| row.get(0)).optional()?;
    connection.execute(
        "UPDATE sources SET address = ?2, typed = ?3, name = ?4, folder = ?5, tags = ?6, muted = ?7, settings = ?8
         WHERE id = ?1",
        params![id.0, of.address, of.typed, of.name, of.folder, written(&of.tags), of.muted, settings(&of.settings)?],
    )?;
    if is_woken == Some(true) {
        let sql = "UPDATE sources SET due = 0, failures = 0, error = NULL WHERE id = ?1";
        connection.execute(sql, [id.0])?;
    }
    Ok(())
}

fn learn(connection: &Transaction<'_>, learnt: &Learnt) -> Result<(), Trouble> {
    let id = learnt.source;
    let course = &learnt.course;
    connection
        .prepare_cached(
            "UPDATE sources SET title = coalesce(?2, title), link = coalesce(?3, link), muted = muted OR ?4,
             tried = ?5, succeeded = ?6, due = ?7, barred = ?8, error = ?9, failures = ?10, etag = ?11, modified = ?12
             WHERE id = ?1",
        )?
        .execute(params![
            id.0,
            learnt.title,
            learnt.link,
            learnt.mute,
            course.tried,
            course.succeeded,
            course.due,
            course.barred,
            course.error,
            course.failures,
            course.etag,
            course.modified
        ])?;
    if let Some(address) = &learnt.moved_to {
        // Where another source lies there already, this one stays where it was.
        connection
            .prepare_cached("UPDATE OR IGNORE sources SET address = ?2 WHERE id = ?1")?
            .execute((id.0, address))?;
    }
    // The source may have been taken out since it was asked.
    let sql = "INSERT INTO came_from (source, article, print) SELECT id, ?2, ?3 FROM sources WHERE id = ?1
               ON CONFLICT (source, article) DO UPDATE SET print = excluded.print";
    let mut statement = connection.prepare_cached(sql)?;
    for (article, print) in &learnt.articles {
        statement.execute((id.0, article.0 as i64, *print as i64))?;
    }
    Ok(())
}

fn prints(connection: &Connection, id: SourceId) -> Result<HashMap<ArticleId, u64>, Trouble> {
    let mut statement = connection.prepare_cached("SELECT article, print FROM came_from WHERE source = ?1")?;
    let prints = statement
        .query_map([id.0], |row| Ok((ArticleId(row.get::<_, i64>(0)? as u64), row.get::<_, i64>(1)? as u64)))?;
    Ok(prints.collect::<Result<_, _>>()?)
}

fn counts(connection: &Connection) -> Result<HashMap<SourceId, Count>, Trouble> {
    let sql = "SELECT source, count(*), sum(coalesce(marks.read, 0) = 0) FROM came_from
               LEFT JOIN marks ON marks.article = came_from.article GROUP BY source";
    let mut statement = connection.prepare_cached(sql)?;
    let mut counts = HashMap::new();
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        let count = Count { articles: row.get::<_, i64>(1)? as usize, unread: row.get::<_, i64>(2)? as usize };
        counts.insert(SourceId(row.get(0)?), count);
    }
    Ok(counts)
}
