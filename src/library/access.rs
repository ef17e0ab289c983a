//! How the file of a library is read: by one who may write to it, or only look.

use std::fs;
use std::path::Path;

use rusqlite::{Connection, OpenFlags};

use super::Error;
use super::opening::{MIGRATIONS, beside, version, wait_for_others};

/// How the file is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Access {
    /// By somebody who may write to it too.
    Owner,
    /// By somebody who may not.
    Onlooker,
    /// By somebody who may not even leave a note beside it of what is being read; nobody writes to it.
    Museum,
}

impl Access {
    fn open(self, path: &Path) -> Result<Connection, Error> {
        let connection = match self {
            Self::Owner => Connection::open_with_flags(path, OpenFlags::SQLITE_OPEN_READ_WRITE),
            Self::Onlooker => Connection::open_with_flags(path, OpenFlags::SQLITE_OPEN_READ_ONLY),
            Self::Museum => {
                let whole = std::path::absolute(path)?;
                let mut address = url::Url::from_file_path(whole).map_err(|()| Error::ReadOnly)?;
                address.set_query(Some("immutable=1"));
                let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_URI;
                Connection::open_with_flags(address.as_str(), flags)
            }
        };
        Ok(connection?)
    }
}

/// How a file that may not be written to can be read.
pub(super) fn look(path: &Path) -> Result<Access, Error> {
    let log = fs::metadata(beside(path, "-wal")).map_or(0, |log| log.len());
    let looked = Access::Onlooker.open(path).and_then(|connection| version(&connection, path));
    let (access, found) = match looked {
        Ok(found) => (Access::Onlooker, found),
        // All is in the file, or it would not be known what is missing.
        Err(Error::ReadOnly | Error::Unreachable(_)) if log == 0 => {
            (Access::Museum, version(&Access::Museum.open(path)?, path)?)
        }
        Err(trouble) => return Err(trouble),
    };
    // An older one would have to be changed first.
    if found == MIGRATIONS.len() as i64 { Ok(access) } else { Err(Error::ReadOnly) }
}

/// Opens the file for reading only.
pub(super) fn reader(path: &Path, access: Access) -> Result<Connection, Error> {
    let mut connection = access.open(path)?;
    connection.busy_handler(Some(wait_for_others))?;
    connection.pragma_update(None, "query_only", true)?;
    connection.pragma_update(None, "cache_size", -8_192)?;
    // A mapped file that is cut short by others would end the program without a word.
    connection.pragma_update(None, "mmap_size", 0)?;
    connection.pragma_update(None, "temp_store", "MEMORY")?;
    connection.set_prepared_statement_cache_capacity(64);
    Ok(connection)
}
