//! Connections to the file of a library: opening it by its permissions, and bringing it to the newest version.

use std::fs::{self, DirBuilder, File, OpenOptions};
use std::io::{self, Read};
use std::os::unix::fs::{DirBuilderExt, FileTypeExt, OpenOptionsExt};
use std::path::{Path, PathBuf};
use std::thread;
use std::time::{Duration, Instant};

use rusqlite::config::DbConfig;
use rusqlite::{Connection, OpenFlags, TransactionBehavior};

use super::{Error, doubles, people, redating};

/// What makes each version out of the one before; the first out of nothing.
pub(super) const MIGRATIONS: &[&str] = &[
    include_str!("migrations/0001.sql"),
    include_str!("migrations/0002.sql"),
    include_str!("migrations/0003.sql"),
    include_str!("migrations/0004.sql"),
    include_str!("migrations/0005.sql"),
    include_str!("migrations/0006.sql"),
    include_str!("migrations/0007.sql"),
    include_str!("migrations/0008.sql"),
    include_str!("migrations/0009.sql"),
    include_str!("migrations/0010.sql"),
    include_str!("migrations/0011.sql"),
    include_str!("migrations/0012.sql"),
    include_str!("migrations/0013.sql"),
];

/// Marks the file as ours: the letters P, u, Q, u.
const APPLICATION: i64 = 0x5075_5175;

/// How long another program that writes is waited for.
const BUSY_TIMEOUT: Duration = Duration::from_secs(5);

/// The largest file of the WAL that stays after a checkpoint, in bytes.
const JOURNAL_SIZE_LIMIT: i64 = 16 << 20;

/// The default path of the library: in the data folder of the XDG specification.
pub fn default_path() -> Option<PathBuf> {
    use etcetera::BaseStrategy;
    let base = etcetera::choose_base_strategy().ok()?;
    Some(base.data_dir().join("pullquote").join("library.sqlite3"))
}

/// Whether a library lies there that an earlier version of the program made and that may be written to: opening it will
/// take a while, once. Reads the version in the header of the file (SQLite file format, 1.3: offsets 60 and 68).
pub fn is_outdated(path: &Path) -> bool {
    let mut header = [0; 72];
    let number = |bytes: &[u8]| bytes.try_into().map_or(0, |bytes| i64::from(i32::from_be_bytes(bytes)));
    let open = || OpenOptions::new().read(true).write(true).open(path);
    check_name(path).is_ok()
        && open().and_then(|mut file| file.read_exact(&mut header)).is_ok()
        && number(&header[68..72]) == APPLICATION
        && (1..MIGRATIONS.len() as i64).contains(&number(&header[60..64]))
}

/// Opens the file for writing, makes it if it is not there, and brings it to the newest version.
pub(super) fn writer(path: &Path) -> Result<Connection, Error> {
    prepare_file(path)?;
    let mut connection = Connection::open_with_flags(path, OpenFlags::SQLITE_OPEN_READ_WRITE)?;
    connection.busy_handler(Some(wait_while_busy))?;
    // Nothing is written before it is known whose file this is.
    let version = version(&connection, path)?;
    if version == 0 {
        // Texts are long: on small pages a fifth would stay empty.
        connection.pragma_update(None, "page_size", 8192)?;
        // Free pages can be returned to the disk a few at a time (`incremental_vacuum`).
        connection.pragma_update(None, "auto_vacuum", "INCREMENTAL")?;
    }
    enable_wal(&connection)?;
    connection.pragma_update(None, "synchronous", "NORMAL")?;
    connection.pragma_update(None, "journal_size_limit", JOURNAL_SIZE_LIMIT)?;
    connection.pragma_update(None, "foreign_keys", true)?;
    connection.pragma_update(None, "cache_size", -65_536)?;
    connection.pragma_update(None, "temp_store", "MEMORY")?;
    keep_statements(&connection)?;
    migrate(&mut connection, path, version, MIGRATIONS)?;
    Ok(connection)
}

/// Prepares each statement once. Where the planner may look at the values that are bound, SQLite prepares statements anew
/// for each value; there are no statistics that would make a plan better by that.
fn keep_statements(connection: &Connection) -> Result<(), Error> {
    connection.set_prepared_statement_cache_capacity(64);
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true)?;
    Ok(())
}

/// Lets others read while one writes. SQLite does not wait for others here: when several programs open a new file at
/// once, all but one are turned away and must try again.
fn enable_wal(connection: &Connection) -> Result<(), Error> {
    let begun = Instant::now();
    loop {
        match connection.pragma_update(None, "journal_mode", "WAL").map_err(Error::from) {
            Err(Error::Locked) if begun.elapsed() < BUSY_TIMEOUT => {
                // Waits until no other connection writes.
                if let Err(error) = connection.execute_batch("BEGIN IMMEDIATE; ROLLBACK") {
                    return Err(error.into());
                }
            }
            done => return done,
        }
    }
}

/// Waits a moment for another program that writes; returns whether to try again (a busy handler). Others release the
/// lock every few milliseconds, but only for a moment: the pauses of SQLite's own timeout grow so long that it misses
/// that.
pub(super) fn wait_while_busy(times: i32) -> bool {
    const PAUSE: Duration = Duration::from_millis(2);
    thread::sleep(PAUSE);
    PAUSE * times.unsigned_abs() < BUSY_TIMEOUT
}

/// Whether a library can lie there: an ordinary file, or nothing yet. `SQLite` itself would take some names for something
/// else (its documentation of `sqlite3_open`), and wait for a pipe.
///
/// # Errors
///
/// [`Error::NotAFile`] where none can.
pub fn check_name(path: &Path) -> Result<(), Error> {
    let name = path.as_os_str().as_encoded_bytes();
    let kind = fs::metadata(path).map(|metadata| metadata.file_type());
    let what = match kind {
        _ if name == b":memory:" => "a name for memory",
        _ if name.starts_with(b"file:") => "an address",
        Ok(kind) if kind.is_dir() => "a folder",
        Ok(kind) if kind.is_fifo() => "a pipe",
        Ok(kind) if kind.is_socket() => "a socket",
        Ok(kind) if !kind.is_file() => "a device",
        _ => return Ok(()),
    };
    Err(Error::NotAFile(path.to_path_buf(), what))
}

/// Makes the folder and the file where they are not there, for the owner's eyes only, and checks whether the file
/// can be ours at all.
fn prepare_file(path: &Path) -> Result<(), Error> {
    check_name(path)?;
    if let Some(folder) = path.parent().filter(|folder| !folder.as_os_str().is_empty() && !folder.exists()) {
        DirBuilder::new().recursive(true).mode(0o700).create(folder)?;
    }
    let mut start = Vec::new();
    match File::open(path) {
        Ok(file) => file.take(16).read_to_end(&mut start)?,
        Err(_) => 0,
    };
    if !start.is_empty() && start != b"SQLite format 3\0" {
        return Err(Error::Stranger(path.to_path_buf()));
    }
    OpenOptions::new().create(true).truncate(false).write(true).mode(0o600).open(path)?;
    Ok(())
}

/// The version of the file; an error where it is not ours or newer than this program.
pub(super) fn version(connection: &Connection, path: &Path) -> Result<i64, Error> {
    let known = MIGRATIONS.len() as i64;
    // In one transaction: another program may be making the file just now.
    let look = connection.unchecked_transaction()?;
    let number = |name| look.pragma_query_value(None, name, |row| row.get::<_, i64>(0));
    let (application, version) = (number("application_id")?, number("user_version")?);
    let tables: i64 = look.query_row("SELECT count(*) FROM sqlite_schema", [], |row| row.get(0))?;
    match (application, version) {
        (APPLICATION, found) if found > known => Err(Error::Newer { found, known }),
        (APPLICATION, found) => Ok(found),
        (0, 0) if tables == 0 => Ok(0),
        _ => Err(Error::Stranger(path.to_path_buf())),
    }
}

/// Brings the file to the newest version, in one transaction; a copy of the old one is kept beside it.
pub(super) fn migrate(
    connection: &mut Connection,
    path: &Path,
    version: i64,
    migrations: &[&str],
) -> Result<(), Error> {
    if version == migrations.len() as i64 {
        return Ok(());
    }
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    // Another program may have done it while this one waited for the lock.
    let found: i64 = transaction.pragma_query_value(None, "user_version", |row| row.get(0))?;
    if found >= migrations.len() as i64 {
        return Ok(());
    }
    if found > 0 {
        keep_copy(path, found)?;
    }
    for migration in migrations.iter().skip(found as usize) {
        transaction.execute_batch(migration)?;
    }
    if found > 0 {
        redating::redate(&transaction, found)?;
    }
    if (1..doubles::GONE_SINCE).contains(&found) {
        doubles::merge(&transaction)?;
    }
    if (1..people::COMPLETE_SINCE).contains(&found) {
        people::complete(&transaction)?;
    }
    transaction.pragma_update(None, "application_id", APPLICATION)?;
    transaction.pragma_update(None, "user_version", migrations.len() as i64)?;
    transaction.commit()?;
    Ok(())
}

/// Copies the library, which is locked meanwhile, to a file beside it that bears its version. What has that name
/// already may be anything, or the copy of an earlier state: it stays, and the copy gets a number.
fn keep_copy(path: &Path, version: i64) -> Result<(), Error> {
    let names = (1_u64..).map(|number| match number {
        1 => format!(".version-{version}"),
        _ => format!(".version-{version}-{number}"),
    });
    let mut free = names.map(|name| beside(path, &name)).filter(|copy| copy.symlink_metadata().is_err());
    let Some(copy) = free.next() else { return Ok(()) };
    let half = beside(&copy, ".half");
    // A copy that is not whole is worse than none: it gets its name when it is.
    OpenOptions::new().create(true).truncate(true).write(true).mode(0o600).open(&half)?;
    let copied = reader(path, AccessMode::ReadWrite).and_then(|whole| {
        whole.pragma_update(None, "query_only", false)?;
        let name = half.to_str().ok_or_else(|| io::Error::other("its name is no text"))?;
        whole.execute("VACUUM INTO ?1", [name])?;
        File::open(&half)?.sync_all()?;
        Ok(fs::rename(&half, &copy)?)
    });
    if copied.is_err() {
        // What is left is of no use; the first error is the more useful one.
        let _ = fs::remove_file(&half);
    }
    copied
}

/// The path of a file beside another, with an ending more.
pub(super) fn beside(path: &Path, end: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(end);
    PathBuf::from(name)
}

/// The oldest version that is read as it is where it may not be written to, and so not be migrated.
const OLDEST_READABLE: i64 = 2;

/// What this version has more of what is read, as earlier ones show it: those from [`OLDEST_READABLE`] on.
const SHOWN_AS_NEWEST: [&[&str]; 11] = [
    &[
        "CREATE TEMP VIEW sources AS SELECT *, 0 AS removed, 0 AS reader FROM main.sources",
        NO_UNPLACED,
        DATES_IN_UTC,
        ONE_KEY,
        ONE_RANGE,
        NO_CLIPPINGS,
        NO_BOOKMARKS,
        NO_KINDS,
        NO_RULE_RESULTS,
    ],
    &[
        "CREATE TEMP VIEW sources AS SELECT *, 0 AS reader FROM main.sources",
        NO_UNPLACED,
        DATES_IN_UTC,
        ONE_KEY,
        ONE_RANGE,
        NO_CLIPPINGS,
        NO_BOOKMARKS,
        NO_KINDS,
        NO_RULE_RESULTS,
    ],
    &[DATES_IN_UTC, ONE_KEY, ONE_RANGE, NO_CLIPPINGS, NO_BOOKMARKS, NO_KINDS, NOT_OF_UNPLACED, NO_RULE_RESULTS],
    &[NO_RUNS, ONE_RANGE, NO_CLIPPINGS, NO_BOOKMARKS, NO_KINDS, NOT_OF_UNPLACED, NO_RULE_RESULTS, NO_ENCLOSURES],
    &[NO_RUNS, NO_SHORT_FORMS, NO_CLIPPINGS, NO_BOOKMARKS, NO_KINDS, NOT_OF_UNPLACED, NO_RULE_RESULTS, NO_ENCLOSURES],
    &[NO_CLIPPINGS, NO_BOOKMARKS, NO_KINDS, NOT_OF_UNPLACED, NO_DOUBT, NO_RULE_RESULTS, NO_ENCLOSURES],
    &[NO_BOOKMARKS, NO_KINDS, NOT_OF_UNPLACED, NO_DOUBT, NO_RULE_RESULTS, NO_ENCLOSURES],
    &[NO_DOUBT, NO_RULE_RESULTS, NO_ENCLOSURES],
    &[NO_RULE_RESULTS, NO_ENCLOSURES, NO_REPORTED],
    &[NO_ENCLOSURES, NO_REPORTED],
    &[NO_REPORTED],
];

/// Places were not marked with letters before version 9.
const NO_BOOKMARKS: &str = "CREATE TEMP TABLE bookmarks (article, letter, place)";

/// A correction said who spoke only before version 9.
const NO_KINDS: &str = "CREATE TEMP VIEW corrections AS SELECT *, NULL AS kind FROM main.corrections";

/// Nor did one that had lost its place.
const NOT_OF_UNPLACED: &str = "CREATE TEMP VIEW unplaced AS SELECT *, NULL AS kind FROM main.unplaced";

/// No correction had lost its place before version 4.
const NO_UNPLACED: &str = "CREATE TEMP TABLE unplaced (id, article, start, words, speaker, kind)";

/// Dates were those of UTC before version 5, and those of people were days.
const DATES_IN_UTC: &str = "
    CREATE TEMP VIEW articles AS
    SELECT *, iif(second IS NULL, NULL, 0) AS zone, NULL AS seen, NULL AS enclosures FROM main.articles;
    CREATE TEMP VIEW appearances AS
    SELECT person, day * 2880 AS date, article, voice, quotations, quotations AS runs, 0 AS by_surname,
           0 AS doubtful, 0 AS reported
    FROM main.appearances";

/// An article was known by its own key only before version 5, and had one publisher and one date.
const ONE_KEY: &str = "
    CREATE TEMP TABLE aliases (key INTEGER PRIMARY KEY, article INTEGER);
    CREATE TEMP TABLE editions (article, publisher, url, day, second, zone);
    CREATE TEMP VIEW came_from AS SELECT *, NULL AS guid FROM main.came_from";

/// When people first and last spoke was in two columns before version 6, days and moments mixed.
const ONE_RANGE: &str = "
    CREATE TEMP VIEW people AS
    SELECT id, identity, named, name, role, role_articles, quotations, articles,
           (SELECT min(date) FROM appearances WHERE person = people.id AND date <> 0 AND date % 2 = 0) AS first_day,
           (SELECT max(date) FROM appearances WHERE person = people.id AND date <> 0 AND date % 2 = 0) AS last_day,
           (SELECT min(date) FROM appearances WHERE person = people.id AND date % 2 = 1) AS first_moment,
           (SELECT max(date) FROM appearances WHERE person = people.id AND date % 2 = 1) AS last_moment,
           months, head, members, standing, quotations AS runs, 0 AS by_surname, NULL AS surname, NULL AS perhaps,
           0 AS doubtful, 0 AS reported
    FROM main.people";

/// Runs were not counted before version 7.
const NO_RUNS: &str = "
    CREATE TEMP VIEW appearances AS
    SELECT *, quotations AS runs, 0 AS by_surname, 0 AS doubtful, 0 AS reported FROM main.appearances";

/// Short forms stood for no full name before version 7.
const NO_SHORT_FORMS: &str = "
    CREATE TEMP VIEW people AS
    SELECT *, quotations AS runs, 0 AS by_surname, NULL AS surname, NULL AS perhaps, 0 AS doubtful, 0 AS reported
    FROM main.people";

/// No quotation was kept before version 8.
const NO_CLIPPINGS: &str = "CREATE TEMP TABLE clippings (id, article, clipping)";

/// What comes with an article was not kept before version 12.
const NO_ENCLOSURES: &str = "CREATE TEMP VIEW articles AS SELECT *, NULL AS enclosures FROM main.articles";

/// What rules and retention did was not recorded before version 11.
const NO_RULE_RESULTS: &str = "
    CREATE TEMP TABLE rule_results (article, query, does, did, at);
    CREATE TEMP TABLE expired (source, article, at)";

/// Doubtful quotations were not counted before version 10.
const NO_DOUBT: &str = "
    CREATE TEMP VIEW appearances AS SELECT *, 0 AS doubtful, 0 AS reported FROM main.appearances;
    CREATE TEMP VIEW people AS SELECT *, 0 AS doubtful, 0 AS reported FROM main.people";

/// Reported statements were not counted before version 13.
const NO_REPORTED: &str = "
    CREATE TEMP VIEW appearances AS SELECT *, 0 AS reported FROM main.appearances;
    CREATE TEMP VIEW people AS SELECT *, 0 AS reported FROM main.people";

/// How the file is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum AccessMode {
    /// It may be written to.
    ReadWrite,
    /// It may only be read.
    ReadOnly,
    /// Not even the files beside it that SQLite needs for reading can be made: it is opened as a file that no process
    /// writes to.
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
    if access != AccessMode::ReadWrite {
        let found = version(&connection, path)?;
        let shown = usize::try_from(found - OLDEST_READABLE).ok().and_then(|at| SHOWN_AS_NEWEST.get(at));
        for sql in shown.copied().unwrap_or_default() {
            connection.execute_batch(sql)?;
        }
    }
    connection.pragma_update(None, "query_only", true)?;
    keep_statements(&connection)?;
    Ok(connection)
}

#[cfg(test)]
mod tests;
