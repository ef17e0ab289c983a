//! Files and folders that the library knows.

use std::collections::HashSet;
use std::os::unix::ffi::OsStrExt;
use std::path::{Path, PathBuf};

use rusqlite::{Connection, OptionalExtension, params};

use super::store::bounds;
use super::writer::{Committed, Unindexed, Writer, drop_article};
use super::{Error, Library, Store, carry_over};
use crate::article::ArticleId;

/// A part of the library.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Scope {
    /// All of it.
    Whole,
    /// What lies in these files, and in files under these folders. Absolute paths.
    Under(Vec<PathBuf>),
}

/// By what a file that has changed is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FileFingerprint {
    /// Its length in bytes.
    pub size: i64,
    /// When it was last written, in nanoseconds since 1970.
    pub modified: i64,
    /// Which version of the formats read it.
    pub reader: u32,
}

/// A file that was read whole.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileRead {
    /// Where it lies: an absolute path.
    pub path: PathBuf,
    /// What it was like before it was read.
    pub fingerprint: FileFingerprint,
    /// What it holds.
    pub articles: Vec<ArticleId>,
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
    /// The suspicion that the library keeps as this number.
    pub(super) fn read(number: i64) -> Self {
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
    /// By what the library knows it.
    pub id: i64,
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
    /// What is known of a file.
    ///
    /// # Errors
    ///
    /// When the library is damaged.
    pub fn file(&self, path: &Path) -> Result<Option<KnownFile>, Error> {
        self.store().map_or(Ok(None), |store| store.file(path))
    }

    /// The numbers of all files under these paths that were there when last looked for.
    ///
    /// # Errors
    ///
    /// When the library is damaged.
    pub fn files_under(&self, paths: &[PathBuf]) -> Result<Vec<i64>, Error> {
        self.store().map_or(Ok(Vec::new()), |store| store.files_under(paths))
    }

    /// The paths of files, by their numbers. A file that the library does not know any more is left out.
    ///
    /// # Errors
    ///
    /// When the library is damaged.
    pub fn paths_of(&self, files: &[i64]) -> Result<Vec<(i64, PathBuf)>, Error> {
        self.store().map_or(Ok(Vec::new()), |store| store.paths_of(files))
    }

    /// All files that were not there when last looked for: their numbers and paths.
    ///
    /// # Errors
    ///
    /// When the library is damaged.
    pub fn missing_files(&self) -> Result<Vec<(i64, PathBuf)>, Error> {
        self.store().map_or(Ok(Vec::new()), Store::missing_files)
    }

    /// Marks files as missing. Their articles stay; returns those that lie in no file any more.
    ///
    /// # Errors
    ///
    /// When the library cannot be written to.
    pub fn mark_gone(&self, files: &[i64]) -> Result<Vec<ArticleId>, Error> {
        self.writable().map_or(Ok(Vec::new()), |store| store.writer()?.mark_gone(files))
    }

    /// Marks files as present again; returns their articles that were marked as lying in no file.
    ///
    /// # Errors
    ///
    /// When the library cannot be written to.
    pub fn mark_present(&self, files: &[i64]) -> Result<Vec<ArticleId>, Error> {
        self.writable().map_or(Ok(Vec::new()), |store| store.writer()?.mark_present(files))
    }

    /// Notes that a file ended what read it, and why it is passed over as long as it does not change. The articles that
    /// it held before stay.
    ///
    /// # Errors
    ///
    /// When the library cannot be written to.
    pub fn refuse_file(&self, path: &Path, fingerprint: &FileFingerprint, reason: &str) -> Result<(), Error> {
        self.writable().map_or(Ok(()), |store| store.writer()?.refuse_file(path, fingerprint, reason))
    }

    /// Notes that the program ended while it read a file, until the file has been read.
    ///
    /// # Errors
    ///
    /// When the library cannot be written to.
    pub fn suspect_file(&self, path: &Path, suspicion: Suspicion) -> Result<(), Error> {
        self.writable().map_or(Ok(()), |store| store.writer()?.suspect_file(path, suspicion))
    }

    /// The folders that are part of the library.
    ///
    /// # Errors
    ///
    /// When the library is damaged.
    pub fn folders(&self) -> Result<Vec<PathBuf>, Error> {
        self.store().map_or(Ok(Vec::new()), Store::folders)
    }

    /// Makes folders part of the library: they are looked through at every start.
    ///
    /// # Errors
    ///
    /// When the library cannot be written to.
    pub fn add_folders(&self, folders: &[PathBuf]) -> Result<(), Error> {
        self.store().map_or(Ok(()), |store| store.writer()?.add_folders(folders))
    }

    /// Takes a folder or file out of the library, and its articles unless they lie elsewhere too. What the reader did
    /// with them is kept. Gives how many articles that were.
    ///
    /// # Errors
    ///
    /// When the library cannot be written to.
    pub fn remove(&self, path: &Path) -> Result<usize, Error> {
        self.store().map_or(Ok(0), |store| store.writer()?.remove(path))
    }

    /// Whether it holds no article.
    ///
    /// # Errors
    ///
    /// When the library is damaged.
    pub fn is_empty(&self) -> Result<bool, Error> {
        self.store().map_or(Ok(true), Store::is_empty)
    }

    /// Before the program ends: leaves all in the one file, so that it can be copied, unless somebody is writing.
    pub fn checkpoint_on_exit(&self) {
        if let Some(store) = self.store() {
            store.checkpoint();
        }
    }

    /// Whether what the reader does is kept.
    pub fn may_write(&self) -> bool {
        self.writable().is_some()
    }

    pub(super) fn store(&self) -> Option<&Store> {
        self.store.as_ref()
    }

    /// The file, where it may be written to.
    pub(super) fn writable(&self) -> Option<&Store> {
        self.store().filter(|store| store.may_write())
    }
}

impl Writer {
    /// Notes that files are not there any more. Their articles stay.
    /// Gives those that no file holds any more.
    pub fn mark_gone(&mut self, files: &[i64]) -> Result<Vec<ArticleId>, Error> {
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
    pub fn mark_present(&mut self, files: &[i64]) -> Result<Vec<ArticleId>, Error> {
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

    /// Notes why a file is passed over as long as it does not change.
    pub fn refuse_file(&mut self, path: &Path, fingerprint: &FileFingerprint, reason: &str) -> Result<(), Error> {
        self.transaction(|connection, _, _| {
            connection.execute(
                "INSERT INTO files (path, size, modified, reader, refusal) VALUES (?1, ?2, ?3, ?4, ?5)
                 ON CONFLICT (path) DO UPDATE SET size = ?2, modified = ?3, reader = ?4, gone = 0, refusal = ?5",
                params![
                    path.as_os_str().as_bytes(),
                    fingerprint.size,
                    fingerprint.modified,
                    fingerprint.reader,
                    reason
                ],
            )?;
            Ok(())
        })
    }

    /// Notes that the program ended while it read a file. One that was never read has no fingerprint.
    pub fn suspect_file(&mut self, path: &Path, suspicion: Suspicion) -> Result<(), Error> {
        self.transaction(|connection, _, _| {
            connection.execute(
                "INSERT INTO files (path, size, modified, reader, suspected) VALUES (?1, -1, 0, 0, ?2)
                 ON CONFLICT (path) DO UPDATE SET suspected = max(suspected, ?2)",
                (path.as_os_str().as_bytes(), suspicion as i64),
            )?;
            Ok(())
        })
    }

    /// Makes folders part of the library.
    pub fn add_folders(&mut self, folders: &[PathBuf]) -> Result<(), Error> {
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
    pub fn remove(&mut self, path: &Path) -> Result<usize, Error> {
        self.transaction(|connection, _, _| {
            let (path, from, to) = bounds(path);
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

/// Notes what a file holds. What it held before and no file holds any more goes; what the user did with it goes over to
/// the article that took its place.
pub(super) fn commit_file(
    connection: &Connection,
    file: &FileRead,
    unindexed: &mut Unindexed<'_>,
    kept: &mut Committed,
) -> Result<(), Error> {
    let path = file.path.as_os_str().as_bytes();
    let known = connection
        .prepare_cached("SELECT size, modified FROM files WHERE path = ?1")?
        .query_row([path], |row| Ok((row.get::<_, i64>(0)?, row.get::<_, i64>(1)?)))
        .optional()?;
    let number: i64 = connection
        .prepare_cached(
            "INSERT INTO files (path, size, modified, reader) VALUES (?1, ?2, ?3, ?4)
             ON CONFLICT (path) DO UPDATE SET size = ?2, modified = ?3, reader = ?4, gone = 0, refusal = NULL,
             suspected = 0 RETURNING id",
        )?
        .query_row(params![path, file.fingerprint.size, file.fingerprint.modified, file.fingerprint.reader], |row| {
            row.get(0)
        })?;
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
    let is_only = held.len() == 1 && now.len() == 1;
    // Other articles of a file that was edited may be others altogether.
    if !gone.is_empty() && (is_only || known == Some((file.fingerprint.size, file.fingerprint.modified))) {
        for (from, to) in carry_over::successors(connection, &held, &now)? {
            carry_over::hand_over(connection, from, to, unindexed, kept)?;
        }
    }
    for key in gone {
        connection.prepare_cached("DELETE FROM contents WHERE file = ?1 AND article = ?2")?.execute((number, key))?;
        if drop_if_homeless(connection, key, unindexed)? {
            kept.gone.push(ArticleId(key as u64));
        }
    }
    Ok(())
}

/// Drops an article that lies in no file any more; gives whether it did.
fn drop_if_homeless(connection: &Connection, key: i64, unindexed: &mut Unindexed<'_>) -> Result<bool, Error> {
    let sql = "SELECT id FROM articles WHERE key = ?1 AND NOT EXISTS (SELECT 1 FROM contents WHERE article = ?1)";
    let id: Option<i64> = connection.prepare_cached(sql)?.query_row([key], |row| row.get(0)).optional()?;
    id.map(|id| drop_article(connection, id, unindexed)).transpose().map(|dropped| dropped.is_some())
}
