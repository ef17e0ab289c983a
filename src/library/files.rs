//! Files and folders that the library knows.

use std::path::{Path, PathBuf};

use super::{Library, Store, Trouble};
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
pub struct Stamp {
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
    pub stamp: Stamp,
    /// What it holds.
    pub articles: Vec<ArticleId>,
}

/// What is known of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Known {
    /// By what the library knows it.
    pub number: i64,
    /// What it was like when it was read.
    pub stamp: Stamp,
    /// Whether it was not there when last looked for.
    pub gone: bool,
}

impl Library {
    /// What is known of a file.
    ///
    /// # Errors
    ///
    /// When the library is damaged.
    pub fn file(&self, path: &Path) -> Result<Option<Known>, Trouble> {
        self.store().map_or(Ok(None), |store| store.file(path))
    }

    /// The numbers of all files under these paths that were there when last looked for.
    ///
    /// # Errors
    ///
    /// When the library is damaged.
    pub fn files_under(&self, paths: &[PathBuf]) -> Result<Vec<i64>, Trouble> {
        self.store().map_or(Ok(Vec::new()), |store| store.files_under(paths))
    }

    /// The paths of files, by their numbers. A file that the library does not know any more is left out.
    ///
    /// # Errors
    ///
    /// When the library is damaged.
    pub fn paths_of(&self, files: &[i64]) -> Result<Vec<(i64, PathBuf)>, Trouble> {
        self.store().map_or(Ok(Vec::new()), |store| store.paths_of(files))
    }

    /// All files that were not there when last looked for: their numbers and paths.
    ///
    /// # Errors
    ///
    /// When the library is damaged.
    pub fn missing_files(&self) -> Result<Vec<(i64, PathBuf)>, Trouble> {
        self.store().map_or(Ok(Vec::new()), Store::missing_files)
    }

    /// Marks files as missing. Their articles stay; returns those that lie in no file any more.
    ///
    /// # Errors
    ///
    /// When the library cannot be written to.
    pub fn mark_gone(&self, files: &[i64]) -> Result<Vec<ArticleId>, Trouble> {
        self.writable().map_or(Ok(Vec::new()), |store| store.writer()?.mark_gone(files))
    }

    /// Marks files as present again; returns their articles that were marked as lying in no file.
    ///
    /// # Errors
    ///
    /// When the library cannot be written to.
    pub fn mark_present(&self, files: &[i64]) -> Result<Vec<ArticleId>, Trouble> {
        self.writable().map_or(Ok(Vec::new()), |store| store.writer()?.mark_present(files))
    }

    /// The folders that are part of the library.
    ///
    /// # Errors
    ///
    /// When the library is damaged.
    pub fn folders(&self) -> Result<Vec<PathBuf>, Trouble> {
        self.store().map_or(Ok(Vec::new()), Store::folders)
    }

    /// Makes folders part of the library: they are looked through at every start.
    ///
    /// # Errors
    ///
    /// When the library cannot be written to.
    pub fn add_folders(&self, folders: &[PathBuf]) -> Result<(), Trouble> {
        self.store().map_or(Ok(()), |store| store.writer()?.add_folders(folders))
    }

    /// Takes a folder or file out of the library, and its articles unless they lie elsewhere too. What the reader did
    /// with them is kept. Gives how many articles that were.
    ///
    /// # Errors
    ///
    /// When the library cannot be written to.
    pub fn remove(&self, path: &Path) -> Result<usize, Trouble> {
        self.store().map_or(Ok(0), |store| store.writer()?.remove(path))
    }

    /// Whether it holds no article.
    ///
    /// # Errors
    ///
    /// When the library is damaged.
    pub fn is_empty(&self) -> Result<bool, Trouble> {
        self.store().map_or(Ok(true), Store::is_empty)
    }

    /// Before the program ends: leaves all in the one file, so that it can be copied, unless somebody is writing.
    pub fn put_down(&self) {
        if let Some(store) = self.store() {
            store.empty_log();
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
