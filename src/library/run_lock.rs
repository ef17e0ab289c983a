//! This run of the program as others see it that have the same library open: it goes on while its lock is held.

use std::ffi::{OsStr, OsString};
use std::fs::{self, File, OpenOptions};
use std::hash::{BuildHasher, RandomState};
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use crate::user::RunId;

/// The part of the lock file's name between that of the library and the number of the run.
const INFIX: &str = "-run-";

/// A run of the program.
#[derive(Debug, Default)]
pub(super) struct RunLock {
    /// Made with the first entry of the history: a run that only reads leaves no file behind.
    lock: OnceLock<(RunId, Option<(PathBuf, File)>)>,
}

impl RunLock {
    /// The number of this run, which no other has. Locks its file beside the library.
    pub fn id(&self, library: Option<&Path>) -> RunId {
        let (id, _) = self.lock.get_or_init(|| {
            // Seeded by the system, differently for each.
            let id = RunId((RandomState::new().hash_one(std::process::id()) >> 1) as i64);
            let lock = library.and_then(|library| {
                let path = path_of(library, id);
                let file = OpenOptions::new().write(true).create(true).truncate(true).mode(0o600).open(&path);
                // Without a lock others take this run for one that has ended, and may undo what it did.
                file.and_then(|file| file.lock().map(|()| file)).ok().map(|file| (path, file))
            });
            (id, lock)
        });
        *id
    }

    /// Whether a run is this one or has ended.
    pub fn may_touch(&self, library: Option<&Path>, run: RunId) -> bool {
        if self.lock.get().is_some_and(|(id, _)| *id == run) {
            return true;
        }
        let Some(path) = library.map(|library| path_of(library, run)) else { return true };
        let Ok(lock) = File::open(&path) else { return true };
        let has_ended = lock.try_lock().is_ok();
        if has_ended {
            let _ = fs::remove_file(path);
        }
        has_ended
    }
}

impl Drop for RunLock {
    fn drop(&mut self) {
        if let Some((_, Some((path, _)))) = self.lock.get() {
            let _ = fs::remove_file(path);
        }
    }
}

fn path_of(library: &Path, run: RunId) -> PathBuf {
    let name = library.file_name().unwrap_or(OsStr::new("library"));
    let mut path = OsString::from(name);
    path.push(format!("{INFIX}{:016x}", run.0));
    library.with_file_name(path)
}

#[cfg(test)]
mod tests {
    use tempfile::TempDir;

    use super::*;

    #[test]
    fn run_lock_is_held_until_it_is_dropped() {
        let folder = TempDir::new().unwrap();
        let library = folder.path().join("library.sqlite3");
        let (one, other) = (RunLock::default(), RunLock::default());
        let (id, other_id) = (one.id(Some(&library)), other.id(Some(&library)));
        assert_ne!(id, other_id);
        assert!(one.may_touch(Some(&library), id) && !other.may_touch(Some(&library), id));
        drop(one);
        assert!(other.may_touch(Some(&library), id));
        drop(other);
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0);
    }

    #[test]
    fn run_lock_that_is_free_is_of_a_run_that_has_ended() {
        let folder = TempDir::new().unwrap();
        let library = folder.path().join("library.sqlite3");
        let killed = RunId(7);
        fs::write(path_of(&library, killed), "").unwrap();
        assert!(RunLock::default().may_touch(Some(&library), killed));
        assert!(!path_of(&library, killed).exists());
    }
}
