//! What can go wrong with a library, as a person reads it.

use std::io;
use std::path::PathBuf;

use rusqlite::ErrorCode;

/// Why an operation of the library failed.
///
/// Whatever reads fails where the file is damaged or its disk fails, and whatever writes also where it may not be
/// written to, another program holds it, or the disk is full; nothing of a failed write is done. What else a method
/// fails for is documented there.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// A newer program made it.
    #[error("the library was made by a newer pullquote (version {found}; this program supports {known})")]
    Newer {
        /// The version of the file.
        found: i64,
        /// The newest version that this program supports.
        known: i64,
    },
    /// The file is something else.
    #[error("{} is not a pullquote library", .0.display())]
    Stranger(PathBuf),
    /// There can be no library under this name; says what it is.
    #[error("{} is {}, not a file", .0.display(), .1)]
    NotAFile(PathBuf, &'static str),
    /// Another program holds it.
    #[error("the library is locked by another program")]
    Locked,
    /// It may not be written to.
    #[error("the library is read-only")]
    ReadOnly,
    /// The disk is full.
    #[error("the disk is full")]
    Full,
    /// The disk cannot be written to or read: it is full or fails.
    #[error("the library's disk failed ({0})")]
    Disk(String),
    /// What is in it makes no sense.
    #[error("the library is damaged ({0})")]
    Damaged(String),
    /// The file cannot be opened.
    #[error("the library cannot be opened ({0})")]
    Unreachable(#[source] io::Error),
    /// There is no file to write to.
    #[error("there is no library to save this in")]
    Nowhere,
    /// The work was no longer wanted.
    #[error("the search was cancelled")]
    Interrupted,
    /// Any other error of SQLite.
    #[error("the library failed ({0})")]
    Failed(String),
}

impl Error {
    /// Whether it is the file itself that is wrong.
    pub const fn is_damage(&self) -> bool {
        matches!(self, Self::Damaged(_) | Self::Disk(_) | Self::Failed(_))
    }

    /// What the user may do about it.
    pub const fn hint(&self) -> &'static str {
        match self {
            Self::Newer { .. } => "use the newer program, or another library: --library FILE",
            Self::Stranger(_) => "use another file: --library FILE; this one was not touched",
            Self::NotAFile(..) => "name a file, or one that is to be made: --library FILE",
            Self::Locked => "close the other program, or run with --no-library",
            Self::ReadOnly => "change the permissions of the file and its folder, or use another file: --library FILE",
            Self::Nowhere => "leave out --no-library, or name a file: --library FILE",
            Self::Full => "free some disk space; everything saved before is safe",
            Self::Disk(_) => {
                "check whether the disk is full or broken, and keep a copy of the file; nothing was deleted"
            }
            Self::Damaged(_) => "keep a copy of the file; what can be done: pullquote doctor",
            Self::Unreachable(_) => "use another file: --library FILE, or run with --no-library",
            Self::Interrupted | Self::Failed(_) => "run pullquote doctor",
        }
    }
}

impl From<rusqlite::Error> for Error {
    fn from(error: rusqlite::Error) -> Self {
        match error.sqlite_error_code() {
            Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => Self::Locked,
            Some(ErrorCode::ReadOnly | ErrorCode::PermissionDenied) => Self::ReadOnly,
            Some(ErrorCode::DiskFull) => Self::Full,
            Some(ErrorCode::SystemIoFailure) => Self::Disk(error.to_string()),
            Some(ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase) => Self::Damaged(error.to_string()),
            Some(ErrorCode::OperationInterrupted) => Self::Interrupted,
            Some(ErrorCode::CannotOpen) => Self::Unreachable(io::Error::other(error.to_string())),
            _ => Self::Failed(error.to_string()),
        }
    }
}

impl From<io::Error> for Error {
    fn from(error: io::Error) -> Self {
        match error.kind() {
            io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem => Self::ReadOnly,
            io::ErrorKind::StorageFull => Self::Full,
            _ => Self::Unreachable(error),
        }
    }
}
