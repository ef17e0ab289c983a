//! Which files are being read just now, written down beside the library: a file that ends the program is known by it at
//! the next start.
//!
//! A panic is caught where it happens ([`caught`]). A stack that overflows or memory that is not to be had aborts the
//! process, and nothing can be caught. Each thread that reads a file holds a slot in the journal meanwhile; the journal
//! of a process that has died names the files that may have ended it. It may just as well have been a power cut, so
//! each of them is first tried by a process of its own. One that passes is read while no other is; if the program
//! aborts then, and once more, it is skipped. An abort leaves a mark in the journal; a power cut or `SIGKILL` leaves
//! none.

use std::collections::HashSet;
use std::env;
use std::ffi::{OsStr, OsString};
use std::fs::{self, File, OpenOptions};
use std::io;
use std::os::unix::ffi::OsStrExt;
use std::os::unix::fs::{FileExt, OpenOptionsExt};
use std::panic::{self, AssertUnwindSafe};
use std::path::{Path, PathBuf};
use std::process::{self, Command, Stdio};
use std::sync::atomic::AtomicBool;
use std::sync::{Arc, Mutex, PoisonError, RwLock, RwLockReadGuard, RwLockWriteGuard};
use std::thread;
use std::time::{Duration, Instant};

use signal_hook::consts::{SIGABRT, SIGHUP, SIGINT, SIGTERM};
use signal_hook::iterator::Signals;
use signal_hook::low_level::{emulate_default_handler, pipe, unregister};
use signal_hook::{SigId, flag};

use super::par_ordered::NoThreads;
use super::scan::fingerprint_of;
use crate::library::{self, Library, Suspicion};

/// Why a file is refused that made a thread panic.
pub const PANICKED: &str =
    "crashed the program: it is skipped until it changes (touch it to try again); please report it with this file";

/// Why a file is skipped that ended the program.
pub const ABORTED: &str =
    "ended the program while it was read: it is skipped until it changes (touch it to try again); please report it";

/// The length of a slot, in bytes: the length of the path in two bytes, one for whether the file is read alone, and the
/// path. Longer paths are not written down. The first slot is none: its first byte is set when the process aborts.
const SLOT: usize = 4096;
const HEAD: usize = 3;

/// The part of the name between that of the library and the number of the process.
const INFIX: &str = "-reading-";

/// Runs `work` and returns its result; none, where it panicked.
pub fn caught<T>(work: impl FnOnce() -> T) -> Option<T> {
    panic::catch_unwind(AssertUnwindSafe(work)).ok()
}

/// The files that this process reads.
#[derive(Debug)]
pub struct ReadJournal {
    /// None where no journal can be written: without a library, say.
    file: Option<(PathBuf, File)>,
    /// What the signal of an abort does.
    on_abort: Vec<SigId>,
    /// Which slots are taken.
    slots: Mutex<Vec<bool>>,
    /// Files that are read while no other is.
    suspects: Mutex<HashSet<PathBuf>>,
    /// Held by all who read, alone by one who reads a suspect.
    reading: RwLock<()>,
}

impl ReadJournal {
    /// Starts a journal beside the library. Where that cannot be, nothing is written down.
    pub fn start(library: &Library) -> Self {
        let beside = library.path().filter(|_| library.may_write());
        let file = beside.and_then(|library| {
            let path = path_of(library, &process::id().to_string());
            let file = OpenOptions::new().read(true).write(true).create(true).truncate(true).mode(0o600).open(&path);
            // The lock tells others that this process is alive.
            file.and_then(|file| file.lock().map(|()| file)).ok().map(|file| (path, file))
        });
        let on_abort = file.as_ref().map_or_else(Vec::new, |(path, _)| mark_at_abort(path));
        Self { file, on_abort, slots: Mutex::default(), suspects: Mutex::default(), reading: RwLock::default() }
    }

    /// Removes the journal when the user ends the process by a signal, which then ends as it would have: no file is to
    /// blame for that. For commands without a screen; the reader ends in its own way.
    ///
    /// # Errors
    ///
    /// When the system has no thread, or no signals.
    pub fn forget_on_signal(&self) -> Result<(), NoThreads> {
        let Some((path, _)) = &self.file else { return Ok(()) };
        let (path, mut signals) = (path.clone(), Signals::new([SIGINT, SIGTERM, SIGHUP])?);
        thread::Builder::new().name("signals".to_owned()).spawn(move || {
            for signal in &mut signals {
                let _ = fs::remove_file(&path);
                let _ = emulate_default_handler(signal);
            }
        })?;
        Ok(())
    }

    /// Refuses from now on the files that have ended an earlier process: those that its journal names and that end
    /// this program, too, when it reads them; and those that it read alone when it aborted twice. The others are suspects.
    ///
    /// # Errors
    ///
    /// When the library cannot be written to.
    pub fn examine_left_behind(&self, library: &Library) -> Result<(), library::Error> {
        let Ok(program) = env::current_exe() else { return Ok(()) };
        self.examine_with(library, &program)
    }

    fn examine_with(&self, library: &Library, program: &Path) -> Result<(), library::Error> {
        let Some(place) = library.path().filter(|_| library.may_write()) else { return Ok(()) };
        for Named { file, aborted_alone } in left_behind(place) {
            let Some(fingerprint) = fingerprint_of(&file) else { continue };
            let before = library.file(&file)?.map_or(Suspicion::None, |known| known.suspicion);
            if (aborted_alone && before == Suspicion::Alone) || !survives(program, &file) {
                library.refuse_file(&file, &fingerprint, ABORTED)?;
            } else {
                let now = if aborted_alone { Suspicion::Alone } else { Suspicion::Suspected };
                library.suspect_file(&file, now)?;
                self.suspects.lock().unwrap_or_else(PoisonError::into_inner).insert(file);
            }
        }
        Ok(())
    }

    /// The files that are to be read while no other is.
    pub fn suspects(&self) -> Vec<PathBuf> {
        self.suspects.lock().unwrap_or_else(PoisonError::into_inner).iter().cloned().collect()
    }

    /// Writes down that a file is being read, until what this returns is dropped.
    pub fn begin(&self, path: &Path) -> JournalEntry<'_> {
        JournalEntry { slot: self.note(path, self.is_suspect(path)), _alone: None, _shared: None }
    }

    /// As [`ReadJournal::begin`]; waits for all others where the file is a suspect, and for a suspect that is being read.
    /// For threads of which none waits for what another one reads.
    pub fn begin_in_turn(&self, path: &Path) -> JournalEntry<'_> {
        let is_suspect = self.is_suspect(path);
        let alone = is_suspect.then(|| self.reading.write().unwrap_or_else(PoisonError::into_inner));
        let shared = (!is_suspect).then(|| self.reading.read().unwrap_or_else(PoisonError::into_inner));
        JournalEntry { slot: self.note(path, is_suspect), _alone: alone, _shared: shared }
    }

    fn is_suspect(&self, path: &Path) -> bool {
        self.suspects.lock().unwrap_or_else(PoisonError::into_inner).contains(path)
    }

    fn note(&self, path: &Path, is_alone: bool) -> Option<(&Self, usize)> {
        let bytes = path.as_os_str().as_bytes();
        let (_, file) = self.file.as_ref().filter(|_| bytes.len() <= SLOT - HEAD)?;
        let slot = self.take_slot();
        let record = [&(bytes.len() as u16).to_le_bytes(), &[u8::from(is_alone)][..], bytes].concat();
        // What cannot be written down is read all the same.
        let _ = file.write_all_at(&record, offset_of(slot));
        Some((self, slot))
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

impl ReadJournal {
    /// Removes the journal: the process ends as it should, whatever is still being read.
    pub fn remove(&self) {
        if let Some((path, _)) = &self.file {
            let _ = fs::remove_file(path);
        }
    }
}

impl Drop for ReadJournal {
    fn drop(&mut self) {
        for id in self.on_abort.drain(..) {
            unregister(id);
        }
        self.remove();
    }
}

/// Sets the first byte of a journal should this process abort.
fn mark_at_abort(journal: &Path) -> Vec<SigId> {
    // Opened once more, as a signal handler writes where the file stands.
    let mark = OpenOptions::new().write(true).open(journal).and_then(|file| pipe::register(SIGABRT, file));
    // `abort` ends the process whatever a handler does; one who sends the signal expects it, too.
    let end = flag::register_conditional_default(SIGABRT, Arc::new(AtomicBool::new(true)));
    [mark, end].into_iter().flatten().collect()
}

/// The offset of a slot in a journal, in bytes.
fn offset_of(slot: usize) -> u64 {
    ((slot + 1) * SLOT) as u64
}

/// A file that is being read.
#[must_use]
pub struct JournalEntry<'j> {
    slot: Option<(&'j ReadJournal, usize)>,
    /// Held, never looked at.
    _alone: Option<RwLockWriteGuard<'j, ()>>,
    _shared: Option<RwLockReadGuard<'j, ()>>,
}

impl Drop for JournalEntry<'_> {
    fn drop(&mut self) {
        let Some((journal, slot)) = self.slot else { return };
        if let Some((_, file)) = &journal.file {
            let _ = file.write_all_at(&0_u16.to_le_bytes(), offset_of(slot));
        }
        journal.slots.lock().unwrap_or_else(PoisonError::into_inner)[slot] = false;
    }
}

/// A file in a journal.
#[derive(Debug, PartialEq, Eq)]
struct Named {
    file: PathBuf,
    /// Whether the process aborted while it read this file and no other.
    aborted_alone: bool,
}

/// The files that processes read which have died since; their journals are removed.
fn left_behind(library: &Path) -> Vec<Named> {
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
    files
}

/// The files in the slots of a journal.
fn read(journal: &File) -> io::Result<Vec<Named>> {
    /// No process reads that many files at a time.
    const MOST: u64 = 1_000;
    let length = journal.metadata()?.len().min(MOST * SLOT as u64);
    let mut bytes = vec![0; length as usize];
    journal.read_exact_at(&mut bytes, 0)?;
    let has_aborted = bytes.first().is_some_and(|mark| *mark != 0);
    let named = |slot: &[u8]| {
        let length = usize::from(u16::from_le_bytes([*slot.first()?, *slot.get(1)?]));
        let path = slot.get(HEAD..HEAD + length).filter(|path| !path.is_empty())?;
        Some(Named { file: PathBuf::from(OsStr::from_bytes(path)), aborted_alone: has_aborted && slot[HEAD - 1] != 0 })
    };
    Ok(bytes.chunks(SLOT).skip(1).filter_map(named).collect())
}

/// Whether another process can read a file to its end, or at least for as long as one waits for it.
fn survives(program: &Path, file: &Path) -> bool {
    /// How a Rust program ends that panicked.
    const PANIC: i32 = 101;
    /// How long is waited: the whole folder waits with it.
    const LONGEST: Duration = Duration::from_secs(20);
    const PAUSE: Duration = Duration::from_millis(5);
    let mut command = Command::new(program);
    command.args(["quotes", "--no-library", "--format", "jsonl", "--"]).arg(file);
    // What cannot be tried is read as if nothing had been.
    let Ok(mut child) = command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).spawn() else {
        return true;
    };
    let begun = Instant::now();
    while begun.elapsed() < LONGEST {
        match child.try_wait() {
            Ok(Some(status)) => return status.code().is_some_and(|code| code != PANIC),
            Ok(None) => thread::sleep(PAUSE),
            Err(_) => break,
        }
    }
    let _ = (child.kill(), child.wait());
    true
}

fn path_of(library: &Path, process: &str) -> PathBuf {
    let mut path = OsString::from(library);
    path.push(INFIX);
    path.push(process);
    PathBuf::from(path)
}

#[cfg(test)]
mod tests;
