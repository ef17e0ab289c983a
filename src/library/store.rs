//! The file of a library, and the connections to it: one that writes, one that searches, others that read.

use std::fmt;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};

use rusqlite::{Connection, InterruptHandle};

use super::Error;
use super::connection::{self, AccessMode};
use super::writer::Writer;

/// A library in a file.
pub(super) struct Store {
    path: PathBuf,
    access: AccessMode,
    /// None where the file may not be written to.
    writer: Option<Mutex<Writer>>,
    /// Connections that are not in use.
    idle: Mutex<Vec<Connection>>,
    /// The connection that searches.
    searcher: Mutex<Connection>,
    interrupt: InterruptHandle,
}

impl Store {
    /// Opens the file, makes it if it is not there.
    pub fn open(path: &Path) -> Result<Self, Error> {
        Self::with(path, AccessMode::ReadWrite, Some(Writer::new(connection::writer(path)?)?))
    }

    /// Opens a file that may not be written to.
    pub fn open_read_only(path: &Path) -> Result<Self, Error> {
        Self::with(path, connection::access_mode(path)?, None)
    }

    /// Opens the file even if it may not be written to.
    pub fn open_or_read_only(path: &Path) -> Result<Self, Error> {
        match Self::open(path) {
            // Where the file may be written to but not its folder, SQLite only reports that it cannot open.
            Err(error @ (Error::ReadOnly | Error::Unreachable(_))) => Self::open_read_only(path).or(Err(error)),
            opened => opened,
        }
    }

    fn with(path: &Path, access: AccessMode, writer: Option<Writer>) -> Result<Self, Error> {
        let searcher = connection::reader(path, access)?;
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

    /// The connection that writes. Waits until it is free.
    pub fn writer(&self) -> Result<MutexGuard<'_, Writer>, Error> {
        let writer = self.writer.as_ref().ok_or(Error::ReadOnly)?;
        Ok(writer.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// Puts all into the one file, unless a write is under way.
    pub fn checkpoint(&self) {
        if let Some(Ok(writer)) = self.writer.as_ref().map(Mutex::try_lock) {
            // What stays in the WAL is safe there.
            let _ = writer.checkpoint();
        }
    }

    /// Whether the file may be written to.
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

    /// Reads with a connection that no other thread uses meanwhile.
    pub fn read<T>(&self, read: impl FnOnce(&Connection) -> Result<T, Error>) -> Result<T, Error> {
        let idle = || self.idle.lock().unwrap_or_else(PoisonError::into_inner);
        let taken = idle().pop();
        let connection = match taken {
            Some(connection) => connection,
            None => connection::reader(&self.path, self.access)?,
        };
        let result = read(&connection);
        idle().push(connection);
        result
    }
}

impl fmt::Debug for Store {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Store").field("path", &self.path).finish_non_exhaustive()
    }
}
