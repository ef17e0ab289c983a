//! The tables of articles, their texts and their findings: what is read of them, and their rows.

use std::ops::ControlFlow;
use std::os::unix::ffi::OsStrExt;
use std::path::{Path, PathBuf};

use rusqlite::{Connection, OptionalExtension, Row, params};

use super::codec::{
    read_article, read_date_source, read_enclosures, read_origin, read_published, read_seen, read_tags,
    write_date_source, write_origin, write_published, write_seen,
};
use super::findings_codec::read_findings;
use super::{EncodedArticle, Entry, Error, Library, editions, user_state};
use crate::article::{Article, ArticleId, Dates, Edition, list_key};
use crate::catalog::{Headline, SpeakerSummary};
use crate::quotes::{self, ENGINE_VERSION, Findings};
use crate::user::{UnplacedCorrection, UserAction, UserState};

/// A part of the library.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Scope {
    /// All of it.
    Whole,
    /// What lies in these files, and in files under these folders. Absolute paths.
    Under(Vec<PathBuf>),
}

/// What a row of `articles` holds of an article that is there already.
pub(super) struct ArticleRow {
    pub(super) id: i64,
    pub(super) body: i64,
    pub(super) title: String,
    pub(super) dates: Dates,
    pub(super) publisher: Option<String>,
    pub(super) url: Option<String>,
    pub(super) path: Option<Vec<u8>>,
    pub(super) gone: bool,
    pub(super) enclosures: Option<String>,
}

impl ArticleRow {
    /// The edition that the article is.
    pub(super) fn edition(&self) -> Edition {
        Edition { published: self.dates.published, publisher: self.publisher.clone(), url: self.url.clone() }
    }
}

/// All of an article.
pub(super) const ENTRY: &str = "SELECT articles.id, key, day, second, source, byline, url, origin, path, paragraphs, \
     text, engine, found, topics, summary, title, date_source, zone, seen, \
     CASE WHEN EXISTS (SELECT 1 FROM editions WHERE article = key) THEN \
     (SELECT json_group_array(json_array(publisher, url, day, second, zone)) FROM editions WHERE article = key) END, enclosures \
     FROM articles JOIN bodies ON bodies.id = articles.body \
     LEFT JOIN findings ON findings.id = articles.body";

/// What the list shows of an article.
pub(super) const HEADLINE: &str =
    "SELECT key, title, day, second, source, quotations, people, gone, body, zone, seen FROM articles";

impl Library {
    /// Hands the headlines of a part of the library to `sink`, newest first: a screenful, then more at a time.
    pub fn headlines(
        &self,
        scope: &Scope,
        sink: &mut dyn FnMut(Vec<Headline>) -> ControlFlow<()>,
    ) -> Result<(), Error> {
        self.read(|connection| each_row(connection, scope, &mut |row| headline(row).map(Some), sink))
    }

    /// All articles that are committed, in the reverse order of their rows: that in which they came, of each day.
    pub fn ids_by_row(&self) -> Result<Vec<ArticleId>, Error> {
        self.read(|connection| {
            let mut statement = connection.prepare_cached("SELECT key FROM articles ORDER BY id DESC")?;
            let ids = statement.query_map([], |row| Ok(ArticleId(row.get::<_, i64>(0)? as u64)))?;
            Ok(ids.collect::<Result<_, _>>()?)
        })
    }

    /// All articles that are committed, in the order of the list.
    pub fn ids(&self) -> Result<Vec<ArticleId>, Error> {
        self.read(|connection| {
            // Rows follow the moment of publication, not the day in the time zone of the user.
            let sql = "SELECT key, day, second, zone, seen, title FROM articles ORDER BY id DESC";
            let mut statement = connection.prepare_cached(sql)?;
            let mut rows = statement.query([])?;
            let mut ids = Vec::new();
            while let Some(row) = rows.next()? {
                let published = read_published(row.get(1)?, row.get(2)?, row.get(3)?);
                let dates = Dates { published, seen: read_seen(row.get(4)?), ..Dates::default() };
                let headline: Box<str> = row.get(5)?;
                ids.push(list_key(dates.listed(), headline, ArticleId(row.get::<_, i64>(0)? as u64)));
            }
            ids.sort();
            Ok(ids.into_iter().map(|(.., id)| id).collect())
        })
    }

    /// Whether no article is committed.
    pub fn is_empty(&self) -> Result<bool, Error> {
        let sql = "SELECT EXISTS (SELECT 1 FROM articles)";
        Ok(!self.read(|connection| Ok(connection.query_row(sql, [], |row| row.get(0))?))?)
    }

    /// Whether an article is in the library, in staging or in the file.
    pub fn has(&self, id: ArticleId) -> Result<bool, Error> {
        Ok(self.is_staged(id) || self.read(|connection| is_committed(connection, id))?)
    }

    /// The articles whose findings another version of the engine made, the newest first. None where nothing may be
    /// written.
    pub fn outdated(&self) -> Result<Vec<ArticleId>, Error> {
        let sql = outdated("key") + " ORDER BY articles.id DESC";
        self.writable().map_or(Ok(Vec::new()), |store| store.read(|connection| keys(connection, &sql)))
    }

    /// How many these are, also where nothing may be written.
    pub fn outdated_count(&self) -> Result<usize, Error> {
        self.read(
            |connection| Ok(connection.query_row(&outdated("count(*)"), [], |row| row.get::<_, i64>(0))? as usize),
        )
    }

    /// Runs the engine again on an article whose findings another version of it made. Corrections follow their words to
    /// the quotations that it finds now. Returns what the list shows of it, and what was done for that.
    pub fn renew(&self, id: ArticleId) -> Result<Option<(Headline, Vec<UserAction>)>, Error> {
        let Some(store) = self.store() else { return Ok(None) };
        let Some(entry) = store.read(|connection| entry_of(connection, id, &UserState::default()))? else {
            return Ok(None);
        };
        let renewed = store.writer()?.renew(EncodedArticle::of(&entry)?)?;
        self.apply_in_memory(renewed.iter().flat_map(|(_, actions)| actions));
        Ok(renewed)
    }

    /// The corrections of an article whose words are not quoted in it any more.
    pub fn unplaced(&self, id: ArticleId) -> Result<Vec<UnplacedCorrection>, Error> {
        self.read(|connection| user_state::unplaced_of(connection, id))
    }

    /// Adds such corrections to those of an article, unless they are among them.
    pub fn keep_unplaced(&self, id: ArticleId, lost: &[UnplacedCorrection]) -> Result<(), Error> {
        if lost.is_empty() {
            return Ok(());
        }
        self.transaction(|connection| {
            let mut all = user_state::unplaced_of(connection, id)?;
            let new: Vec<_> = lost.iter().filter(|lost| !all.contains(lost)).cloned().collect();
            all.extend(new);
            user_state::write_unplaced(connection, id, &all)
        })
    }

    /// All such corrections, with their articles, in the order in which they lost their place.
    pub fn all_unplaced(&self) -> Result<Vec<(ArticleId, UnplacedCorrection)>, Error> {
        self.read(user_state::all_unplaced)
    }
}

fn keys(connection: &Connection, sql: &str) -> Result<Vec<ArticleId>, Error> {
    let mut statement = connection.prepare_cached(sql)?;
    let keys = statement.query_map([], |row| Ok(ArticleId(row.get::<_, i64>(0)? as u64)))?;
    Ok(keys.collect::<Result<_, _>>()?)
}

/// Whether an article has a row.
pub(super) fn is_committed(connection: &Connection, id: ArticleId) -> Result<bool, Error> {
    Ok(connection.prepare_cached("SELECT 1 FROM articles WHERE key = ?1")?.exists([id.0 as i64])?)
}

/// Reads what the list shows of each article of a part of the library, newest first, and hands on what `read` makes
/// of it, if anything.
pub(super) fn each_row<T>(
    connection: &Connection,
    scope: &Scope,
    read: &mut dyn FnMut(&Row<'_>) -> Result<Option<T>, Error>,
    sink: &mut dyn FnMut(Vec<T>) -> ControlFlow<()>,
) -> Result<(), Error> {
    match scope {
        Scope::Whole => {
            let sql = format!("{HEADLINE} ORDER BY id DESC");
            let mut statement = connection.prepare(&sql)?;
            let mut rows = statement.query([])?;
            let mut next = || loop {
                let Some(row) = rows.next()? else { return Ok(None) };
                if let Some(made) = read(row)? {
                    return Ok(Some(made));
                }
            };
            in_batches(&mut next, sink)
        }
        Scope::Under(paths) => {
            let mut ids = ids_under(connection, paths)?.into_iter();
            let sql = format!("{HEADLINE} WHERE id = ?1");
            let mut statement = connection.prepare_cached(&sql)?;
            let mut next = || loop {
                let Some(id) = ids.next() else { return Ok(None) };
                // It may have gone since.
                if let Some(row) = statement.query([id])?.next()?
                    && let Some(made) = read(row)?
                {
                    return Ok(Some(made));
                }
            };
            in_batches(&mut next, sink)
        }
    }
}

/// The row ids of all articles in files under these paths, the newest first.
fn ids_under(connection: &Connection, paths: &[PathBuf]) -> Result<Vec<i64>, Error> {
    let mut ids = Vec::new();
    let mut statement = connection.prepare_cached(
        "SELECT articles.id FROM files CROSS JOIN contents ON contents.file = files.id
         CROSS JOIN articles ON articles.key = contents.article
         WHERE files.path = ?1 OR (files.path > ?2 AND files.path < ?3)",
    )?;
    for path in paths {
        let (path, from, to) = bounds(path);
        for id in statement.query_map((path, from, to), |row| row.get::<_, i64>(0))? {
            ids.push(id?);
        }
    }
    ids.sort_unstable_by(|a, b| b.cmp(a));
    ids.dedup();
    Ok(ids)
}

/// A path, and what all paths inside it lie between.
pub(super) fn bounds(path: &Path) -> (&[u8], Vec<u8>, Vec<u8>) {
    let whole = path.as_os_str().as_bytes();
    let inside = |end: u8| [whole.strip_suffix(b"/").unwrap_or(whole), &[end]].concat();
    (whole, inside(b'/'), inside(b'/' + 1))
}

/// Selects this of the articles whose findings another version of the engine made.
fn outdated(what: &str) -> String {
    format!(
        "SELECT {what} FROM findings JOIN articles ON body = findings.id
         WHERE (engine < {ENGINE_VERSION} OR engine > {ENGINE_VERSION})"
    )
}

/// Reads what [`ENTRY`] selects. Findings of another version of the engine, or unreadable ones, are made again.
pub(super) fn entry(row: &Row<'_>, user_state: &UserState) -> Result<Entry, Error> {
    let (article, findings) = article_and_findings(row)?;
    let corrections = user_state.corrections.get(&article.id);
    Ok(Entry::new(article, findings, corrections))
}

/// The article with this identity, if it is committed.
pub(super) fn entry_of(connection: &Connection, id: ArticleId, user_state: &UserState) -> Result<Option<Entry>, Error> {
    let mut statement = connection.prepare_cached(&format!("{ENTRY} WHERE articles.key = ?1"))?;
    let mut rows = statement.query([id.0 as i64])?;
    rows.next()?.map(|row| entry(row, user_state)).transpose()
}

/// The article in this row of `articles`, if there is one.
pub(super) fn entry_in_row(connection: &Connection, id: i64, user_state: &UserState) -> Result<Option<Entry>, Error> {
    let mut statement = connection.prepare_cached(&format!("{ENTRY} WHERE articles.id = ?1"))?;
    let mut rows = statement.query([id])?;
    rows.next()?.map(|row| entry(row, user_state)).transpose()
}

/// As [`entry`], not prepared for searching.
pub(super) fn article_and_findings(row: &Row<'_>) -> Result<(Article, Findings), Error> {
    let article = article(row)?;
    let found = row.get_ref(12)?.as_blob_or_null().ok().flatten();
    let is_current = row.get::<_, Option<u32>>(11)? == Some(ENGINE_VERSION);
    let stored = found.filter(|_| is_current).and_then(|bytes| read_findings(bytes, article.body.text()).ok());
    let findings = stored.unwrap_or_else(|| quotes::find_all(&article.body));
    Ok((article, findings))
}

/// The article alone.
pub(super) fn article(row: &Row<'_>) -> Result<Article, Error> {
    let blob = |column| row.get_ref(column).map(|value| value.as_blob_or_null().ok().flatten());
    let id = ArticleId(row.get::<_, i64>(1)? as u64);
    Ok(Article {
        id,
        dates: Dates {
            published: read_published(row.get(2)?, row.get(3)?, row.get(17)?),
            source: read_date_source(row.get(16)?),
            seen: read_seen(row.get(18)?),
        },
        publisher: row.get(4)?,
        byline: row.get(5)?,
        url: row.get(6)?,
        tags: read_tags(row.get_ref(13)?.as_str_or_null().ok().flatten()),
        is_summary: row.get(14)?,
        origin: read_origin(row.get(7)?, blob(8)?),
        editions: row.get_ref(19)?.as_str_or_null().ok().flatten().map_or(Vec::new(), editions::read),
        enclosures: read_enclosures(row.get_ref(20)?.as_str_or_null().ok().flatten()),
        ..read_article(
            row.get_ref(15)?.as_str().unwrap_or_default(),
            blob(9)?.unwrap_or_default(),
            blob(10)?.unwrap_or_default(),
        )?
    })
}

/// Reads what [`HEADLINE`] selects.
pub(super) fn headline(row: &Row<'_>) -> Result<Headline, Error> {
    let published = read_published(row.get(2)?, row.get(3)?, row.get(9)?);
    let dates = Dates { published, seen: read_seen(row.get(10)?), ..Dates::default() };
    Ok(Headline {
        id: ArticleId(row.get::<_, i64>(0)? as u64),
        title: row.get::<_, Box<str>>(1)?,
        listed: dates.listed(),
        seen: dates.first_seen(),
        publisher: row.get(4)?,
        quotations: row.get(5)?,
        speakers: SpeakerSummary::parse(row.get_ref(6)?.as_str().unwrap_or_default()),
        is_gone: row.get(7)?,
    })
}

/// Hands what `next` returns to `sink`, a screenful first.
fn in_batches<T>(
    mut next: impl FnMut() -> Result<Option<T>, Error>,
    sink: &mut dyn FnMut(Vec<T>) -> ControlFlow<()>,
) -> Result<(), Error> {
    let mut most = 200;
    loop {
        let mut batch = Vec::with_capacity(most);
        while batch.len() < most {
            match next()? {
                Some(one) => batch.push(one),
                None => break,
            }
        }
        let is_last = batch.len() < most;
        if (!batch.is_empty() && sink(batch).is_break()) || is_last {
            return Ok(());
        }
        most = 4_000;
    }
}

/// The row of an article.
pub(super) fn row_of(connection: &Connection, article: ArticleId) -> Result<Option<ArticleRow>, Error> {
    let sql = "SELECT id, body, day, second, path, gone, date_source, zone, seen, url, source, title, enclosures
               FROM articles
               WHERE key = ?1";
    let row = connection.prepare_cached(sql)?.query_row([article.0 as i64], |row| {
        Ok(ArticleRow {
            id: row.get(0)?,
            body: row.get(1)?,
            title: row.get(11)?,
            publisher: row.get(10)?,
            url: row.get(9)?,
            path: row.get(4)?,
            gone: row.get(5)?,
            enclosures: row.get(12)?,
            dates: Dates {
                published: read_published(row.get(2)?, row.get(3)?, row.get(7)?),
                source: read_date_source(row.get(6)?),
                seen: read_seen(row.get(8)?),
            },
        })
    });
    Ok(row.optional()?)
}

/// Writes an article. A changed text gets a new, higher row id, by which other programs see that it has changed.
pub(super) fn insert(connection: &Connection, id: i64, article: &EncodedArticle, old_body: i64) -> Result<(), Error> {
    let (day, second, zone) = write_published(article.dates.published);
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
              date_source, zone, seen, enclosures)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19)",
        )?
        .execute(params![
            id,
            article.id.0 as i64,
            body,
            article.title,
            day,
            second,
            article.edition.publisher,
            article.byline,
            article.edition.url,
            article.topics,
            article.is_summary,
            origin,
            path,
            article.quotations,
            article.speaker_summary.lines(),
            write_date_source(article.dates.source),
            zone,
            write_seen(article.dates.seen),
            article.enclosures,
        ])?;
    Ok(())
}

/// Writes what comes with an article that is there already.
pub(super) fn update_enclosures(connection: &Connection, id: i64, enclosures: Option<&str>) -> Result<(), Error> {
    connection.prepare_cached("UPDATE articles SET enclosures = ?2 WHERE id = ?1")?.execute((id, enclosures))?;
    Ok(())
}

/// Moves a row to another place, that of other dates.
pub(super) fn redate(connection: &Connection, id: i64, place: i64, dates: Dates) -> Result<(), Error> {
    let (day, second, zone) = write_published(dates.published);
    let (source, seen) = (write_date_source(dates.source), write_seen(dates.seen));
    let sql =
        "UPDATE articles SET id = ?2, day = ?3, second = ?4, zone = ?5, date_source = ?6, seen = ?7 WHERE id = ?1";
    connection.prepare_cached(sql)?.execute((id, place, day, second, zone, source, seen))?;
    Ok(())
}

/// Replaces the findings of an article, and what the list shows of them.
pub(super) fn update_findings(
    connection: &Connection,
    row: &ArticleRow,
    article: &EncodedArticle,
) -> Result<(), Error> {
    connection.prepare_cached("UPDATE articles SET quotations = ?2, people = ?3 WHERE id = ?1")?.execute(params![
        row.id,
        article.quotations,
        article.speaker_summary.lines()
    ])?;
    connection
        .prepare_cached("INSERT OR REPLACE INTO findings (id, engine, found) VALUES (?1, ?2, ?3)")?
        .execute(params![row.body, ENGINE_VERSION, article.findings])?;
    Ok(())
}

/// Deletes a row, with text and findings.
pub(super) fn delete(connection: &Connection, id: i64) -> Result<(), Error> {
    connection.prepare_cached("DELETE FROM articles WHERE id = ?1")?.execute([id])?;
    Ok(())
}
