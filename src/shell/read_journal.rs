//! Which files are being read just now, written down beside the library: a file that ends the program is known by it at
//! the next start.
//!
//! A panic is caught where it happens ([`caught`]). A stack that overflows or memory that is not to be had aborts the
//! process, and nothing can be caught. Whoever reads a file has a slot in the journal as long as it reads; the journal of a
//! process that has died names the files that may have ended it. Each of them is first tried by a process of its own
//! ([`survives`]), since it may just as well have been a power cut.

use std::ffi::{OsStr, OsString};
use std::fs::{self, File, OpenOptions};
use std::io;
use std::os::unix::ffi::OsStrExt;
use std::os::unix::fs::{FileExt, OpenOptionsExt};
use std::panic::{self, AssertUnwindSafe};
use std::path::{Path, PathBuf};
use std::process::{self, Command, Stdio};
use std::sync::{Mutex, PoisonError};

use super::looking::stamp_of_file;
use crate::library::{Library, Trouble};

/// Why a file is refused that made a thread panic.
pub const PANICKED: &str = "made the program fail: it is passed over until it changes; please report it with this file";

/// Why a file is refused that ended the program.
pub const ABORTED: &str =
    "ended the program when it was read: it is passed over until it changes; please report it with this file";

/// How long a slot is, in bytes: the length of the path in two bytes, and the path. Longer paths are not written down.
const SLOT: usize = 4096;

/// What stands between the name of the library and the number of the process.
const INFIX: &str = "-reading-";

/// Does something and returns what came of it; nothing, where it panicked.
pub fn caught<T>(work: impl FnOnce() -> T) -> Option<T> {
    panic::catch_unwind(AssertUnwindSafe(work)).ok()
}

/// The files that this process reads.
#[derive(Debug)]
pub struct ReadJournal {
    /// None where nothing can be written down: without a library, say.
    file: Option<(PathBuf, File)>,
    /// Which slots are taken.
    slots: Mutex<Vec<bool>>,
}

impl ReadJournal {
    /// Starts a journal beside the library. Where that cannot be, nothing is written down.
    pub fn start(library: &Library) -> Self {
        let beside = library.place().filter(|_| library.may_write());
        let file = beside.and_then(|library| {
            let path = path_of(library, &process::id().to_string());
            let file = OpenOptions::new().read(true).write(true).create(true).truncate(true).mode(0o600).open(&path);
            // The lock tells others that this process is alive.
            file.and_then(|file| file.lock().map(|()| file)).ok().map(|file| (path, file))
        });
        Self { file, slots: Mutex::default() }
    }

    /// Writes down that a file is being read, until what this returns is dropped.
    pub fn begin(&self, path: &Path) -> Entry<'_> {
        let bytes = path.as_os_str().as_bytes();
        let Some((_, file)) = self.file.as_ref().filter(|_| bytes.len() <= SLOT - 2) else { return Entry(None) };
        let slot = self.take_slot();
        let record = [&(bytes.len() as u16).to_le_bytes(), bytes].concat();
        // What cannot be written down is read all the same.
        let _ = file.write_all_at(&record, (slot * SLOT) as u64);
        Entry(Some((self, slot)))
    }

    fn take_slot(&self) -> usize {
        let mut slots = self.slots.lock().unwrap_or_else(PoisonError::into_inner);
        let free = slots.iter().position(|taken| !taken).unwrap_or(slots.len());
        if free == slots.len() {
            slots.push(true);
        } else {
            slots[free] = true;
        }
        free
    }
}

impl Drop for ReadJournal {
    fn drop(&mut self) {
        if let Some((path, _)) = &self.file {
            let _ = fs::remove_file(path);
        }
    }
}

/// A file that is being read.
#[must_use]
pub struct Entry<'j>(Option<(&'j ReadJournal, usize)>);

impl Drop for Entry<'_> {
    fn drop(&mut self) {
        let Some((journal, slot)) = self.0 else { return };
        if let Some((_, file)) = &journal.file {
            let _ = file.write_all_at(&0_u16.to_le_bytes(), (slot * SLOT) as u64);
        }
        journal.slots.lock().unwrap_or_else(PoisonError::into_inner)[slot] = false;
    }
}

/// Refuses from now on the files that have ended an earlier process: those that its journal names and that end
/// `program`, too, when it reads them. Returns those files.
///
/// # Errors
///
/// When the library cannot be written to.
pub fn refuse_what_aborts(library: &Library, program: &Path) -> Result<Vec<PathBuf>, Trouble> {
    let Some(place) = library.place().filter(|_| library.may_write()) else { return Ok(Vec::new()) };
    let mut refused = Vec::new();
    for file in left_behind(place) {
        if let Some(stamp) = stamp_of_file(&file).filter(|_| !survives(program, &file)) {
            library.refuse_file(&file, &stamp, ABORTED)?;
            refused.push(file);
        }
    }
    Ok(refused)
}

/// The files that processes read which have died since; their journals are removed.
fn left_behind(library: &Path) -> Vec<PathBuf> {
    let start = path_of(library, "");
    let (Some(folder), Some(start)) = (start.parent(), start.file_name()) else { return Vec::new() };
    let folder = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
    let mut files = Vec::new();
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        if !entry.file_name().as_bytes().starts_with(start.as_bytes()) {
            continue;
        }
        // A journal whose process lives is locked.
        let journal = File::open(entry.path()).ok().filter(|file| file.try_lock().is_ok());
        if let Some(named) = journal.and_then(|journal| read(&journal).ok()) {
            files.extend(named);
            let _ = fs::remove_file(entry.path());
        }
    }
    files.sort();
    files.dedup();
    files
}

/// The paths in the slots of a journal.
fn read(journal: &File) -> io::Result<Vec<PathBuf>> {
    /// No process reads so many files at a time.
    const MOST: u64 = 1_000;
    let length = journal.metadata()?.len().min(MOST * SLOT as u64);
    let mut bytes = vec![0; length as usize];
    journal.read_exact_at(&mut bytes, 0)?;
    let path = |slot: &[u8]| {
        let length = usize::from(u16::from_le_bytes([*slot.first()?, *slot.get(1)?]));
        let path = slot.get(2..2 + length)?;
        (!path.is_empty()).then(|| PathBuf::from(OsStr::from_bytes(path)))
    };
    Ok(bytes.chunks(SLOT).filter_map(path).collect())
}

/// Whether another process can read a file to its end.
fn survives(program: &Path, file: &Path) -> bool {
    /// How a Rust program ends that panicked.
    const PANIC: i32 = 101;
    let mut command = Command::new(program);
    command.args(["quotes", "--no-library", "--format", "jsonl", "--"]).arg(file);
    let status = command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).status();
    // What cannot be tried is read as if nothing had been.
    status.map_or(true, |status| status.code().is_some_and(|code| code != PANIC))
}

fn path_of(library: &Path, process: &str) -> PathBuf {
    let mut path = OsString::from(library);
    path.push(INFIX);
    path.push(process);
    PathBuf::from(path)
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::PermissionsExt;

    use tempfile::TempDir;

    use super::*;

    /// A library in a folder of its own.
    fn library() -> (TempDir, Library) {
        let folder = TempDir::new().unwrap();
        let library = Library::open(&folder.path().join("library.sqlite3")).unwrap();
        (folder, library)
    }

    /// What a process leaves that dies while it reads these files.
    fn dies_reading(library: &Library, files: &[&Path]) {
        let journal = ReadJournal::start(library);
        let entries: Vec<_> = files.iter().map(|file| journal.begin(file)).collect();
        let (path, _) = journal.file.as_ref().unwrap();
        fs::copy(path, path_of(library.place().unwrap(), "1")).unwrap();
        drop(entries);
    }

    fn script(folder: &TempDir, words: &str) -> PathBuf {
        let path = folder.path().join("program");
        fs::write(&path, format!("#!/bin/sh\n{words}\n")).unwrap();
        fs::set_permissions(&path, fs::Permissions::from_mode(0o700)).unwrap();
        path
    }

    #[test]
    fn files_that_end_the_program_are_refused_and_others_are_not() {
        let (folder, library) = library();
        let (good, bad) = (folder.path().join("good.txt"), folder.path().join("bad.txt"));
        fs::write(&good, "Good\n").unwrap();
        fs::write(&bad, "Bad\n").unwrap();
        let program = script(&folder, "case \"$*\" in *bad.txt) kill -ABRT $$;; *) exit 2;; esac");
        dies_reading(&library, &[&good, &bad, &folder.path().join("vanished.txt")]);
        assert_eq!(refuse_what_aborts(&library, &program).unwrap(), [bad.as_path()]);
        assert_eq!(library.file(&good).unwrap(), None);
        let known = library.file(&bad).unwrap().unwrap();
        assert_eq!((known.refusal.as_deref(), known.stamp), (Some(ABORTED), stamp_of_file(&bad).unwrap()));
        dies_reading(&library, &[&good]);
        assert!(refuse_what_aborts(&library, &script(&folder, "exit 101")).unwrap().len() == 1, "a panic counts too");
        assert!(refuse_what_aborts(&library, &program).unwrap().is_empty(), "each journal is read once");
    }

    #[test]
    fn a_journal_names_only_what_is_being_read() {
        let (_folder, library) = library();
        let place = library.place().unwrap().to_path_buf();
        let journal = ReadJournal::start(&library);
        let first = journal.begin(Path::new("/news/one.txt"));
        let second = journal.begin(Path::new("/news/two.txt"));
        let named = || read(&File::open(path_of(&place, &process::id().to_string())).unwrap()).unwrap();
        assert_eq!(named(), [Path::new("/news/one.txt"), Path::new("/news/two.txt")]);
        drop(first);
        let third = journal.begin(Path::new("/news/3.txt"));
        assert_eq!(named(), [Path::new("/news/3.txt"), Path::new("/news/two.txt")]);
        assert!(left_behind(&place).is_empty(), "this process lives");
        drop((second, third));
        assert!(named().is_empty());
        drop(journal);
        assert_eq!(
            fs::read_dir(place.parent().unwrap())
                .unwrap()
                .filter_map(Result::ok)
                .filter(|file| { file.file_name().to_string_lossy().contains(INFIX) })
                .count(),
            0
        );
    }

    #[test]
    fn without_a_library_nothing_is_written_down() {
        let library = Library::default();
        drop(ReadJournal::start(&library).begin(Path::new("/news/one.txt")));
        assert!(refuse_what_aborts(&library, Path::new("/nowhere")).unwrap().is_empty());
    }
}
