//! How the file of a library is read: by one who may write to it, or only look.

use std::fs;
use std::path::Path;

use rusqlite::{Connection, OpenFlags};

use super::Error;
use super::opening::{beside, version, wait_while_busy};

/// The oldest version that is read as it is where it may not be written to, and so not be migrated.
const OLDEST_READABLE: i64 = 2;

/// What version 3 has more of what is read, as version 2 would show it.
const SHOW_VERSION_2_AS_3: &str = "CREATE TEMP VIEW sources AS SELECT *, 0 AS removed FROM main.sources";

/// How the file is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum AccessMode {
    /// By somebody who may write to it too.
    ReadWrite,
    /// By somebody who may not.
    ReadOnly,
    /// By somebody who may not even leave a note beside it of what is being read; nobody writes to it.
    Immutable,
}

impl AccessMode {
    fn open(self, path: &Path) -> Result<Connection, Error> {
        let connection = match self {
            Self::ReadWrite => Connection::open_with_flags(path, OpenFlags::SQLITE_OPEN_READ_WRITE),
            Self::ReadOnly => Connection::open_with_flags(path, OpenFlags::SQLITE_OPEN_READ_ONLY),
            Self::Immutable => {
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
pub(super) fn access_mode(path: &Path) -> Result<AccessMode, Error> {
    let log = fs::metadata(beside(path, "-wal")).map_or(0, |log| log.len());
    let looked = AccessMode::ReadOnly.open(path).and_then(|connection| version(&connection, path));
    let (access, found) = match looked {
        Ok(found) => (AccessMode::ReadOnly, found),
        // All is in the file, or it would not be known what is missing.
        Err(Error::ReadOnly | Error::Unreachable(_)) if log == 0 => {
            (AccessMode::Immutable, version(&AccessMode::Immutable.open(path)?, path)?)
        }
        Err(error) => return Err(error),
    };
    // An older one than can be read as it is would have to be changed first.
    if found >= OLDEST_READABLE { Ok(access) } else { Err(Error::ReadOnly) }
}

/// Opens the file for reading only.
pub(super) fn reader(path: &Path, access: AccessMode) -> Result<Connection, Error> {
    let mut connection = access.open(path)?;
    connection.busy_handler(Some(wait_while_busy))?;
    connection.pragma_update(None, "cache_size", -8_192)?;
    // A mapped file that is cut short by others would end the program without a word.
    connection.pragma_update(None, "mmap_size", 0)?;
    connection.pragma_update(None, "temp_store", "MEMORY")?;
    if access != AccessMode::ReadWrite && version(&connection, path)? == 2 {
        connection.execute_batch(SHOW_VERSION_2_AS_3)?;
    }
    connection.pragma_update(None, "query_only", true)?;
    connection.set_prepared_statement_cache_capacity(64);
    Ok(connection)
}

#[cfg(test)]
mod tests {
    use tempfile::TempDir;

    use super::*;
    use crate::library::opening::{MIGRATIONS, migrate};
    use crate::library::sources;
    use crate::library::store::Store;

    #[test]
    fn earlier_version_is_read_where_it_may_not_be_migrated() {
        let folder = TempDir::new().unwrap();
        let path = folder.path().join("library.sqlite3");
        let mut connection = Connection::open(&path).unwrap();
        migrate(&mut connection, &path, 0, &MIGRATIONS[..2]).unwrap();
        let sql = "INSERT INTO sources (address, typed, folder, tags, muted, settings)
                   VALUES ('https://coast.example/feed', '', '', '', 0, '{}')";
        connection.execute(sql, []).unwrap();
        drop(connection);
        let store = Store::open_read_only(&path).unwrap();
        assert_eq!(store.read(sources::all).unwrap().len(), 1);
        let changed = store.read(|connection| Ok(connection.execute("DELETE FROM main.sources", [])?));
        assert!(changed.is_err(), "and nothing is written");
    }

    #[test]
    fn version_that_reads_otherwise_is_not_read() {
        let folder = TempDir::new().unwrap();
        let path = folder.path().join("library.sqlite3");
        let mut connection = Connection::open(&path).unwrap();
        migrate(&mut connection, &path, 0, &MIGRATIONS[..1]).unwrap();
        drop(connection);
        assert!(matches!(access_mode(&path), Err(Error::ReadOnly)));
    }
}
