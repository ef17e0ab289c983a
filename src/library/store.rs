//! The library in its file: the connections, and what is read from them.

use std::ffi::OsStr;
use std::fmt;
use std::ops::ControlFlow;
use std::os::unix::ffi::OsStrExt;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};

use rusqlite::{Connection, InterruptHandle, OptionalExtension, Row};

use super::access::{self, AccessMode};
use super::codec::{read_body, read_date_source, read_origin, read_published, read_tags};
use super::findings_codec::read_findings;
use super::writer::Writer;
use super::{Entry, Error, FileFingerprint, KnownFile, Scope, Suspicion, opening};
use crate::article::{Article, ArticleId};
use crate::catalog::{Cast, Headline};
use crate::quotes::{self, Findings};
use crate::user::UserState;

/// A library in a file.
pub(super) struct Store {
    path: PathBuf,
    access: AccessMode,
    /// Nobody, where the file may not be written to.
    writer: Option<Mutex<Writer>>,
    /// Connections that nobody uses just now.
    idle: Mutex<Vec<Connection>>,
    /// The one that searches.
    searcher: Mutex<Connection>,
    interrupt: InterruptHandle,
}

impl Store {
    /// Opens the file, makes it if it is not there.
    pub fn open(path: &Path) -> Result<Self, Error> {
        let writer = opening::writer(path)?;
        Self::with(path, AccessMode::ReadWrite, Some(Writer::new(writer)?))
    }

    /// Opens a file that may not be written to.
    pub fn open_read_only(path: &Path) -> Result<Self, Error> {
        Self::with(path, access::access_mode(path)?, None)
    }

    fn with(path: &Path, access: AccessMode, writer: Option<Writer>) -> Result<Self, Error> {
        let searcher = access::reader(path, access)?;
        Ok(Self {
            path: path.to_path_buf(),
            access,
            writer: writer.map(Mutex::new),
            idle: Mutex::default(),
            interrupt: searcher.get_interrupt_handle(),
            searcher: Mutex::new(searcher),
        })
    }

    /// Where it lies.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// The one who writes; whoever asks waits for whoever had it before.
    pub fn writer(&self) -> Result<MutexGuard<'_, Writer>, Error> {
        let writer = self.writer.as_ref().ok_or(Error::ReadOnly)?;
        Ok(writer.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// Leaves all in the one file, unless somebody is writing.
    pub fn checkpoint(&self) {
        if let Some(Ok(writer)) = self.writer.as_ref().map(Mutex::try_lock) {
            // What stays in the log is safe there.
            let _ = writer.checkpoint();
        }
    }

    /// Whether there is one who writes.
    pub const fn may_write(&self) -> bool {
        self.writer.is_some()
    }

    /// The connection that searches.
    pub fn searcher(&self) -> MutexGuard<'_, Connection> {
        self.searcher.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Ends the search that is running.
    pub fn interrupt(&self) {
        self.interrupt.interrupt();
    }

    /// Reads with a connection of one's own.
    pub fn read<T>(&self, read: impl FnOnce(&Connection) -> Result<T, Error>) -> Result<T, Error> {
        let idle = || self.idle.lock().unwrap_or_else(PoisonError::into_inner);
        let taken = idle().pop();
        let connection = match taken {
            Some(connection) => connection,
            None => access::reader(&self.path, self.access)?,
        };
        let result = read(&connection);
        idle().push(connection);
        result
    }

    /// The article with this identity.
    pub fn get(&self, id: ArticleId, memory: &UserState) -> Result<Option<Entry>, Error> {
        self.read(|connection| {
            let sql = format!("{ENTRY} WHERE articles.key = ?1");
            let mut statement = connection.prepare_cached(&sql)?;
            let mut rows = statement.query([id.0 as i64])?;
            rows.next()?.map(|row| entry(row, memory)).transpose()
        })
    }

    /// Hands the headlines of a part of the library to `give`, newest first: a screenful, then more at a time.
    pub fn headlines(
        &self,
        scope: &Scope,
        give: &mut dyn FnMut(Vec<Headline>) -> ControlFlow<()>,
    ) -> Result<(), Error> {
        self.rows(scope, &mut |row| headline(row).map(Some), give)
    }

    /// Reads what the list shows of each article of a part of the library, newest first, and hands on what `read` makes
    /// of it, if anything.
    pub fn rows<T>(
        &self,
        scope: &Scope,
        read: &mut dyn FnMut(&Row<'_>) -> Result<Option<T>, Error>,
        give: &mut dyn FnMut(Vec<T>) -> ControlFlow<()>,
    ) -> Result<(), Error> {
        match scope {
            Scope::Whole => self.read(|connection| {
                let sql = format!("{HEADLINE} ORDER BY id DESC");
                let mut statement = connection.prepare(&sql)?;
                let mut rows = statement.query([])?;
                let mut next = || loop {
                    let Some(row) = rows.next()? else { return Ok(None) };
                    if let Some(made) = read(row)? {
                        return Ok(Some(made));
                    }
                };
                in_batches(&mut next, give)
            }),
            Scope::Under(paths) => {
                let ids = self.ids_under(paths)?;
                self.read(|connection| {
                    let sql = format!("{HEADLINE} WHERE id = ?1");
                    let mut statement = connection.prepare_cached(&sql)?;
                    let mut ids = ids.into_iter();
                    let mut next = || loop {
                        let Some(id) = ids.next() else { return Ok(None) };
                        // It may have gone since.
                        if let Some(row) = statement.query([id])?.next()?
                            && let Some(made) = read(row)?
                        {
                            return Ok(Some(made));
                        }
                    };
                    in_batches(&mut next, give)
                })
            }
        }
    }

    /// The row ids of all articles in files under these paths, the newest first.
    fn ids_under(&self, paths: &[PathBuf]) -> Result<Vec<i64>, Error> {
        let mut ids = Vec::new();
        self.read(|connection| {
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
            Ok(())
        })?;
        ids.sort_unstable_by(|a, b| b.cmp(a));
        ids.dedup();
        Ok(ids)
    }

    /// What is known of a file.
    pub fn file(&self, path: &Path) -> Result<Option<KnownFile>, Error> {
        self.read(|connection| {
            let sql = "SELECT id, size, modified, reader, gone, refusal, suspected FROM files WHERE path = ?1";
            let known = |row: &Row<'_>| {
                Ok(KnownFile {
                    id: row.get(0)?,
                    fingerprint: FileFingerprint { size: row.get(1)?, modified: row.get(2)?, reader: row.get(3)? },
                    gone: row.get(4)?,
                    refusal: row.get(5)?,
                    suspicion: Suspicion::read(row.get(6)?),
                })
            };
            Ok(connection.prepare_cached(sql)?.query_row([path.as_os_str().as_bytes()], known).optional()?)
        })
    }

    /// The numbers of all files under these paths that were there when last looked for.
    pub fn files_under(&self, paths: &[PathBuf]) -> Result<Vec<i64>, Error> {
        self.read(|connection| {
            let mut statement = connection
                .prepare_cached("SELECT id FROM files WHERE NOT gone AND (path = ?1 OR (path > ?2 AND path < ?3))")?;
            let mut numbers = Vec::new();
            for path in paths {
                let (path, from, to) = bounds(path);
                for number in statement.query_map((path, from, to), |row| row.get(0))? {
                    numbers.push(number?);
                }
            }
            Ok(numbers)
        })
    }

    /// The paths of these files.
    pub fn paths_of(&self, files: &[i64]) -> Result<Vec<(i64, PathBuf)>, Error> {
        self.read(|connection| {
            let mut statement = connection.prepare_cached("SELECT path FROM files WHERE id = ?1")?;
            let mut paths = Vec::with_capacity(files.len());
            for &file in files {
                let path = statement.query_row([file], |row| row.get::<_, Vec<u8>>(0)).optional()?;
                paths.extend(path.map(|path| (file, path_of(&path))));
            }
            Ok(paths)
        })
    }

    /// All files that were not there when last looked for, with their paths.
    pub fn missing_files(&self) -> Result<Vec<(i64, PathBuf)>, Error> {
        self.read(|connection| {
            let mut statement = connection.prepare_cached("SELECT id, path FROM files WHERE gone")?;
            let files = statement.query_map([], |row| Ok((row.get(0)?, path_of(&row.get::<_, Vec<u8>>(1)?))))?;
            Ok(files.collect::<Result<_, _>>()?)
        })
    }

    /// The folders that are part of the library.
    pub fn folders(&self) -> Result<Vec<PathBuf>, Error> {
        self.read(|connection| {
            let mut statement = connection.prepare_cached("SELECT path FROM folders ORDER BY path")?;
            let folders = statement.query_map([], |row| {
                let bytes: Vec<u8> = row.get(0)?;
                Ok(path_of(&bytes))
            })?;
            Ok(folders.collect::<Result<_, _>>()?)
        })
    }

    /// All articles, the newest first.
    pub fn ids(&self) -> Result<Vec<ArticleId>, Error> {
        self.read(|connection| {
            let mut statement = connection.prepare("SELECT key FROM articles ORDER BY id DESC")?;
            let ids = statement.query_map([], |row| Ok(ArticleId(row.get::<_, i64>(0)? as u64)))?;
            Ok(ids.collect::<Result<_, _>>()?)
        })
    }

    /// The articles whose findings another version of the engine made, the newest first.
    pub fn outdated(&self) -> Result<Vec<ArticleId>, Error> {
        self.read(|connection| {
            let sql = "SELECT key FROM findings JOIN articles ON body = findings.id WHERE engine < ?1 OR engine > ?1
                       ORDER BY articles.id DESC";
            let mut statement = connection.prepare_cached(sql)?;
            let ids =
                statement.query_map([quotes::ENGINE_VERSION], |row| Ok(ArticleId(row.get::<_, i64>(0)? as u64)))?;
            Ok(ids.collect::<Result<_, _>>()?)
        })
    }

    /// Whether it holds no article.
    pub fn is_empty(&self) -> Result<bool, Error> {
        self.read(
            |connection| Ok(connection.query_row("SELECT NOT EXISTS (SELECT 1 FROM articles)", [], |r| r.get(0))?),
        )
    }
}

impl fmt::Debug for Store {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Store").field("path", &self.path).finish_non_exhaustive()
    }
}

/// All of an article.
pub(super) const ENTRY: &str = "SELECT articles.id, key, day, second, source, byline, url, origin, path, paragraphs, \
     text, engine, found, topics, summary, title, date_source FROM articles JOIN bodies ON bodies.id = articles.body \
     LEFT JOIN findings ON findings.id = articles.body";

/// What the list shows of an article.
pub(super) const HEADLINE: &str =
    "SELECT key, title, day, second, source, quotations, people, gone, body FROM articles";

fn path_of(bytes: &[u8]) -> PathBuf {
    PathBuf::from(OsStr::from_bytes(bytes))
}

/// A path, and what all paths inside it lie between.
pub(super) fn bounds(path: &Path) -> (&[u8], Vec<u8>, Vec<u8>) {
    let whole = path.as_os_str().as_bytes();
    let inside = |end: u8| [whole.strip_suffix(b"/").unwrap_or(whole), &[end]].concat();
    (whole, inside(b'/'), inside(b'/' + 1))
}

/// Reads what [`ENTRY`] selects. Findings that another engine made, or that cannot be read, are made anew.
pub(super) fn entry(row: &Row<'_>, memory: &UserState) -> Result<Entry, Error> {
    let (article, findings) = article_and_findings(row)?;
    let corrections = memory.corrections.get(&article.id);
    Ok(Entry::new(article, findings, corrections))
}

/// The article in this row of `articles`, if there is one.
pub(super) fn entry_in_row(connection: &Connection, id: i64, memory: &UserState) -> Result<Option<Entry>, Error> {
    let mut statement = connection.prepare_cached(&format!("{ENTRY} WHERE articles.id = ?1"))?;
    let mut rows = statement.query([id])?;
    rows.next()?.map(|row| entry(row, memory)).transpose()
}

/// As [`entry`], not made ready to be searched.
pub(super) fn article_and_findings(row: &Row<'_>) -> Result<(Article, Findings), Error> {
    let blob = |column| row.get_ref(column).map(|value| value.as_blob_or_null().ok().flatten());
    let id = ArticleId(row.get::<_, i64>(1)? as u64);
    let article = Article {
        id,
        published: read_published(row.get(2)?, row.get(3)?),
        date_source: read_date_source(row.get(16)?),
        source: row.get(4)?,
        byline: row.get(5)?,
        url: row.get(6)?,
        tags: read_tags(row.get_ref(13)?.as_str_or_null().ok().flatten()),
        is_summary: row.get(14)?,
        origin: read_origin(row.get(7)?, blob(8)?),
        ..Article::new(read_body(
            row.get_ref(15)?.as_str().unwrap_or_default(),
            blob(9)?.unwrap_or_default(),
            blob(10)?.unwrap_or_default(),
        )?)
    };
    let is_current = row.get::<_, Option<u32>>(11)? == Some(quotes::ENGINE_VERSION);
    let kept = blob(12)?.filter(|_| is_current).and_then(|bytes| read_findings(bytes, article.body.text()).ok());
    let findings = kept.unwrap_or_else(|| quotes::find(&article.body));
    Ok((article, findings))
}

/// Reads what [`HEADLINE`] selects.
pub(super) fn headline(row: &Row<'_>) -> Result<Headline, Error> {
    Ok(Headline {
        id: ArticleId(row.get::<_, i64>(0)? as u64),
        title: row.get::<_, Box<str>>(1)?,
        published: read_published(row.get(2)?, row.get(3)?),
        source: row.get(4)?,
        quotations: row.get(5)?,
        cast: Cast::parse(row.get_ref(6)?.as_str().unwrap_or_default()),
        is_gone: row.get(7)?,
    })
}

/// Hands what `next` gives to `give`, a screenful first.
fn in_batches<T>(
    mut next: impl FnMut() -> Result<Option<T>, Error>,
    give: &mut dyn FnMut(Vec<T>) -> ControlFlow<()>,
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
        if (!batch.is_empty() && give(batch).is_break()) || is_last {
            return Ok(());
        }
        most = 4_000;
    }
}
