//! The tables of files and folders, and which article lies in which file.

use std::collections::HashSet;
use std::ffi::OsStr;
use std::os::unix::ffi::OsStrExt;
use std::path::{Path, PathBuf};
use std::sync::PoisonError;

use rusqlite::{OptionalExtension, Row, params};

use super::articles::bounds;
use super::carry_over::{FileChange, Reread, Succession};
use super::commit::Commit;
use super::{Error, Library, carry_over};
use crate::article::{ArticleId, InputRules, SiteRule};

/// The size of a file of which nothing is known but what was read of it.
const UNKNOWN_SIZE: i64 = -1;

/// Stands for the version of the formats where something of a file was refused, or it is not known whether: as no version
/// has this number, the file is read again.
const IN_PART: u32 = 0;

/// A file in the library.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FileId(pub i64);

/// Tells whether a file has changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FileFingerprint {
    /// Its length in bytes.
    pub size: i64,
    /// When it was last written, in nanoseconds since 1970.
    pub modified: i64,
    /// Which version of the formats read it.
    pub reader: u32,
}

/// A file that was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileRead {
    /// Where it lies: an absolute path.
    pub path: PathBuf,
    /// What it was like before it was read.
    pub fingerprint: FileFingerprint,
    /// What it holds.
    pub articles: Vec<ArticleId>,
    /// Whether all of it could be read. Else it is read again the next time, and what it held before stays.
    pub is_whole: bool,
}

/// Whether a file may be what ended the program.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Suspicion {
    /// Nothing is known against it.
    None,
    /// It was being read when the program ended, among others.
    Suspected,
    /// It was being read when the program ended, and no other file was.
    Alone,
}

impl Suspicion {
    /// The suspicion with this number in the table.
    fn read(number: i64) -> Self {
        match number {
            0 => Self::None,
            1 => Self::Suspected,
            _ => Self::Alone,
        }
    }
}

/// What is known of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KnownFile {
    /// Its row.
    pub id: FileId,
    /// What it was like when it was read.
    pub fingerprint: FileFingerprint,
    /// Whether it was not there when last looked for.
    pub gone: bool,
    /// Why it is not read again as long as it does not change.
    pub refusal: Option<String>,
    /// Whether the program ended while it read the file.
    pub suspicion: Suspicion,
}

impl Library {
    /// From now on inputs are read by these rules.
    pub fn set_input_rules(&self, rules: InputRules) {
        *self.input_rules.write().unwrap_or_else(PoisonError::into_inner) = rules;
    }

    /// From now on pages of sites are read by these rules, records as before.
    pub fn set_sites(&self, sites: &[SiteRule]) {
        self.input_rules.write().unwrap_or_else(PoisonError::into_inner).sites = sites.into();
    }

    /// By which rules inputs are read.
    pub fn input_rules(&self) -> InputRules {
        self.input_rules.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// What is known of a file.
    pub fn file(&self, path: &Path) -> Result<Option<KnownFile>, Error> {
        let sql = "SELECT id, size, modified, reader, gone, refusal, suspected FROM files WHERE path = ?1";
        let known = |row: &Row<'_>| {
            Ok(KnownFile {
                id: FileId(row.get(0)?),
                fingerprint: FileFingerprint { size: row.get(1)?, modified: row.get(2)?, reader: row.get(3)? },
                gone: row.get(4)?,
                refusal: row.get(5)?,
                suspicion: Suspicion::read(row.get(6)?),
            })
        };
        self.read(|connection| {
            Ok(connection.prepare_cached(sql)?.query_row([path.as_os_str().as_bytes()], known).optional()?)
        })
    }

    /// All files under these paths that were there when last looked for.
    pub fn files_under(&self, paths: &[PathBuf]) -> Result<Vec<FileId>, Error> {
        let sql = "SELECT id FROM files WHERE NOT gone AND (path = ?1 OR (path > ?2 AND path < ?3))";
        self.read(|connection| {
            let mut statement = connection.prepare_cached(sql)?;
            let mut files = Vec::new();
            for path in paths {
                for id in statement.query_map(bounds(path), |row| row.get(0))? {
                    files.push(FileId(id?));
                }
            }
            Ok(files)
        })
    }

    /// The paths of files. One without a record is left out.
    pub fn paths_of(&self, files: &[FileId]) -> Result<Vec<(FileId, PathBuf)>, Error> {
        self.read(|connection| {
            let mut statement = connection.prepare_cached("SELECT path FROM files WHERE id = ?1")?;
            let mut paths = Vec::with_capacity(files.len());
            for &file in files {
                let path = statement.query_row([file.0], |row| path(row, 0)).optional()?;
                paths.extend(path.map(|path| (file, path)));
            }
            Ok(paths)
        })
    }

    /// The paths of the files that hold an article, in the order of the bytes of their names.
    pub fn files_of(&self, article: ArticleId) -> Result<Vec<PathBuf>, Error> {
        self.read(|connection| {
            let sql = "SELECT path FROM contents JOIN files ON id = file WHERE article = ?1 ORDER BY path";
            let mut statement = connection.prepare_cached(sql)?;
            let files = statement.query_map([article.0 as i64], |row| path(row, 0))?;
            Ok(files.collect::<Result<_, _>>()?)
        })
    }

    /// The first articles that several files hold, with the paths of these.
    ///
    /// # Errors
    ///
    /// When the library cannot be read.
    pub fn held_twice(&self) -> Result<Vec<(ArticleId, Vec<PathBuf>)>, Error> {
        /// More than anyone reads through.
        const MOST: i64 = 1_000;
        if self.store().is_none() {
            return Ok(Vec::new());
        }
        let articles: Vec<ArticleId> = self.read(|connection| {
            let sql = "SELECT article FROM contents GROUP BY article HAVING count(*) > 1 LIMIT ?1";
            let mut statement = connection.prepare_cached(sql)?;
            let articles = statement.query_map([MOST], |row| Ok(ArticleId(row.get::<_, i64>(0)? as u64)))?;
            Ok(articles.collect::<Result<_, _>>()?)
        })?;
        articles.into_iter().map(|id| Ok((id, self.files_of(id)?))).collect()
    }

    /// All files that were not there when last looked for, with their paths.
    pub fn missing_files(&self) -> Result<Vec<(FileId, PathBuf)>, Error> {
        self.read(|connection| {
            let mut statement = connection.prepare_cached("SELECT id, path FROM files WHERE gone")?;
            let files = statement.query_map([], |row| Ok((FileId(row.get(0)?), path(row, 1)?)))?;
            Ok(files.collect::<Result<_, _>>()?)
        })
    }

    /// Marks files as missing. Their articles stay; returns those that no longer lie in any file.
    pub fn mark_gone(&self, files: &[FileId]) -> Result<Vec<ArticleId>, Error> {
        let of_articles = "UPDATE articles SET gone = 1 WHERE key IN (SELECT article FROM contents WHERE file = ?1)
             AND NOT gone AND NOT EXISTS (SELECT 1 FROM contents JOIN files ON files.id = contents.file
                             WHERE contents.article = articles.key AND NOT files.gone) RETURNING key";
        self.mark(files, "UPDATE files SET gone = 1 WHERE id = ?1", of_articles)
    }

    /// Marks files as present again; returns their articles that were marked as lying in no file.
    pub fn mark_present(&self, files: &[FileId]) -> Result<Vec<ArticleId>, Error> {
        let of_articles = "UPDATE articles SET gone = 0 WHERE gone
             AND key IN (SELECT article FROM contents WHERE file = ?1) RETURNING key";
        self.mark(files, "UPDATE files SET gone = 0 WHERE id = ?1", of_articles)
    }

    /// Changes each of these files, and then its articles; returns the articles that changed.
    fn mark(&self, files: &[FileId], of_files: &str, of_articles: &str) -> Result<Vec<ArticleId>, Error> {
        self.transaction_if_writable(|connection| {
            let mut changed = Vec::new();
            for file in files {
                connection.prepare_cached(of_files)?.execute([file.0])?;
                let mut statement = connection.prepare_cached(of_articles)?;
                for key in statement.query_map([file.0], |row| row.get::<_, i64>(0))? {
                    changed.push(ArticleId(key? as u64));
                }
            }
            Ok(changed)
        })
    }

    /// Notes that a file ended what read it, and why it is skipped as long as it does not change. The articles that it
    /// held before stay.
    pub fn refuse_file(&self, path: &Path, fingerprint: &FileFingerprint, reason: &str) -> Result<(), Error> {
        let FileFingerprint { size, modified, reader } = fingerprint;
        self.transaction_if_writable(|connection| {
            connection.execute(
                "INSERT INTO files (path, size, modified, reader, refusal) VALUES (?1, ?2, ?3, ?4, ?5)
                 ON CONFLICT (path) DO UPDATE SET size = ?2, modified = ?3, reader = ?4, gone = 0, refusal = ?5",
                params![path.as_os_str().as_bytes(), size, modified, reader, reason],
            )?;
            Ok(())
        })
    }

    /// Notes that the program ended while it read a file, until the file has been read. One that was never read has no
    /// fingerprint.
    pub fn suspect_file(&self, path: &Path, suspicion: Suspicion) -> Result<(), Error> {
        self.transaction_if_writable(|connection| {
            connection.execute(
                "INSERT INTO files (path, size, modified, reader, suspected) VALUES (?1, ?3, 0, 0, ?2)
                 ON CONFLICT (path) DO UPDATE SET suspected = max(suspected, ?2)",
                (path.as_os_str().as_bytes(), suspicion as i64, UNKNOWN_SIZE),
            )?;
            Ok(())
        })
    }

    /// The folders that are part of the library.
    pub fn folders(&self) -> Result<Vec<PathBuf>, Error> {
        self.read(|connection| {
            let mut statement = connection.prepare_cached("SELECT path FROM folders ORDER BY path")?;
            let folders = statement.query_map([], |row| path(row, 0))?;
            Ok(folders.collect::<Result<_, _>>()?)
        })
    }

    /// Makes folders part of the library: they are looked through at every start. Returns those that were none.
    pub fn add_folders(&self, folders: &[PathBuf]) -> Result<Vec<PathBuf>, Error> {
        self.transaction(|connection| {
            let mut added = Vec::new();
            for folder in folders {
                let path = folder.as_os_str().as_bytes();
                if connection.execute("INSERT OR IGNORE INTO folders (path) VALUES (?1)", [path])? > 0 {
                    added.push(folder.clone());
                }
            }
            Ok(added)
        })
    }

    /// Removes a folder or file, and its articles unless they lie elsewhere too. What the user did with them stays.
    /// Returns how many articles that were.
    pub fn remove(&self, path: &Path) -> Result<usize, Error> {
        let (path, from, to) = bounds(path);
        self.transaction(|connection| {
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
            let mut commit = Commit::new(connection);
            let mut removed = 0;
            for key in keys {
                removed += usize::from(drop_if_homeless(&mut commit, key)?);
            }
            Ok(removed)
        })
    }
}

fn path(row: &Row<'_>, column: usize) -> rusqlite::Result<PathBuf> {
    Ok(PathBuf::from(OsStr::from_bytes(&row.get::<_, Vec<u8>>(column)?)))
}

/// Records what a file holds. What the user did with an article that it holds no more goes over to the article that took
/// its place; where none did, the article stays if the user decided anything about it, or it may be the part of the file
/// that could not be read. Any other that no file holds now is deleted.
pub(super) fn commit_file(commit: &mut Commit<'_>, file: &FileRead) -> Result<(), Error> {
    let connection = commit.connection;
    let path = file.path.as_os_str().as_bytes();
    let known = connection
        .prepare_cached("SELECT size, modified, reader FROM files WHERE path = ?1")?
        .query_row([path], |row| Ok(FileFingerprint { size: row.get(0)?, modified: row.get(1)?, reader: row.get(2)? }))
        .optional()?;
    let FileFingerprint { size, modified, reader } = file.fingerprint;
    let reader = if file.is_whole { reader } else { IN_PART };
    let number: i64 = connection
        .prepare_cached(
            "INSERT INTO files (path, size, modified, reader) VALUES (?1, ?2, ?3, ?4)
             ON CONFLICT (path) DO UPDATE SET size = ?2, modified = ?3, reader = ?4, gone = 0, refusal = NULL,
             suspected = 0 RETURNING id",
        )?
        .query_row(params![path, size, modified, reader], |row| row.get(0))?;
    // In the order of their bodies: that in which they were read.
    let mut held = connection.prepare_cached(
        "SELECT article FROM contents LEFT JOIN articles ON key = article WHERE file = ?1 ORDER BY body",
    )?;
    let held: Vec<i64> = held.query_map([number], |row| row.get(0))?.collect::<Result<_, _>>()?;
    let now: Vec<i64> = file.articles.iter().map(|id| id.0 as i64).collect();
    for key in &now {
        let sql = "INSERT OR IGNORE INTO contents (file, article) VALUES (?1, ?2)";
        connection.prepare_cached(sql)?.execute((number, key))?;
    }
    // One file may hold a million.
    let after: HashSet<i64> = now.iter().copied().collect();
    let gone: Vec<i64> = held.iter().copied().filter(|key| !after.contains(key)).collect();
    let Some(before) = known.filter(|_| !gone.is_empty()) else { return Ok(()) };
    let reread = reread(&before, file, &held, &now);
    let Succession { successors, superseded } = carry_over::successors(connection, &reread)?;
    for (from, to) in &successors {
        carry_over::hand_over(commit, *from, *to)?;
    }
    for key in gone {
        let is_replaced = successors.contains_key(&key);
        // It may be what was refused.
        if !file.is_whole && !is_replaced && !superseded.contains(&key) {
            continue;
        }
        connection.prepare_cached("DELETE FROM contents WHERE file = ?1 AND article = ?2")?.execute((number, key))?;
        if !is_replaced && carry_over::is_decided_on(connection, key)? {
            let sql = "UPDATE articles SET gone = 1 WHERE key = ?1 AND NOT EXISTS (SELECT 1 FROM contents WHERE article = ?1)";
            connection.prepare_cached(sql)?.execute([key])?;
        } else if drop_if_homeless(commit, key)? {
            commit.committed.gone.push(ArticleId(key as u64));
            if let Some(&successor) = successors.get(&key) {
                commit.committed.successors.push((ArticleId(key as u64), ArticleId(successor as u64)));
                carry_over::forget(commit, key)?;
            }
        }
    }
    Ok(())
}

/// What happened to a file between two readings.
fn reread<'k>(before: &FileFingerprint, file: &FileRead, held: &'k [i64], now: &'k [i64]) -> Reread<'k> {
    let is_whole = file.is_whole && before.reader != IN_PART;
    let is_unknown = before.size == UNKNOWN_SIZE;
    let is_same = (before.size, before.modified) == (file.fingerprint.size, file.fingerprint.modified);
    // One article is edited, not exchanged.
    let is_one = held.len() == 1 && now.len() == 1 && (is_whole || is_unknown);
    let change = if is_same || is_one {
        FileChange::OtherReader
    } else if is_unknown {
        FileChange::Unknown
    } else {
        FileChange::Edited
    };
    Reread { held, now, change, is_whole }
}

/// Deletes an article that no longer lies in any file; returns whether it did.
pub(super) fn drop_if_homeless(commit: &mut Commit<'_>, key: i64) -> Result<bool, Error> {
    let sql = "SELECT id FROM articles WHERE key = ?1 AND NOT EXISTS (SELECT 1 FROM contents WHERE article = ?1)";
    let id: Option<i64> = commit.connection.prepare_cached(sql)?.query_row([key], |row| row.get(0)).optional()?;
    let Some(id) = id else { return Ok(false) };
    commit.drop_article(id)?;
    commit.connection.prepare_cached("INSERT OR IGNORE INTO departed (article) VALUES (?1)")?.execute([key])?;
    Ok(true)
}
