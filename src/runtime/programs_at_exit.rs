//! What programs in the background would leave behind when the reader ends: those to which something was piped are ended, and
//! copies of articles are removed.

use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tempfile::TempDir;

use super::worker::Cancel;

/// How long programs are waited for that were asked to end: those that do not are killed after a second.
const LONGEST: Duration = Duration::from_secs(3);

/// What is to be ended and removed. All clones are one.
#[derive(Debug, Clone, Default)]
pub(super) struct AtExit(Arc<(Mutex<Kept>, Condvar)>);

#[derive(Debug, Default)]
struct Kept {
    last: u64,
    programs: Vec<(u64, Cancel)>,
    copies: Vec<(u64, TempDir)>,
}

/// Something that is ended or removed when this is dropped, or at the exit.
#[derive(Debug)]
pub(super) struct UntilExit(u64, AtExit);

impl AtExit {
    /// A program runs that `cancel` ends.
    pub fn ends(&self, cancel: &Cancel) -> UntilExit {
        self.add(|kept, id| kept.programs.push((id, cancel.clone())))
    }

    /// A program uses a copy in a folder of its own.
    pub fn removes(&self, copy: TempDir) -> UntilExit {
        self.add(|kept, id| kept.copies.push((id, copy)))
    }

    /// A copy is kept until the exit: the program that ended at once may have handed it to one that shows it.
    pub fn keep(&self, copy: TempDir) {
        let mut kept = self.lock();
        kept.last += 1;
        let id = kept.last;
        kept.copies.push((id, copy));
    }

    /// Ends all programs, waits for their end, and removes all copies.
    pub fn exit(&self) {
        let (_, changed) = &*self.0;
        let kept = self.lock();
        kept.programs.iter().for_each(|(_, cancel)| cancel.stop());
        let waited = changed.wait_timeout_while(kept, LONGEST, |kept| !kept.programs.is_empty());
        waited.unwrap_or_else(PoisonError::into_inner).0.copies.clear();
    }

    fn add(&self, add: impl FnOnce(&mut Kept, u64)) -> UntilExit {
        let mut kept = self.lock();
        kept.last += 1;
        let id = kept.last;
        add(&mut kept, id);
        UntilExit(id, self.clone())
    }

    fn lock(&self) -> MutexGuard<'_, Kept> {
        self.0.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for UntilExit {
    fn drop(&mut self) {
        let mut kept = self.1.lock();
        kept.programs.retain(|(id, _)| *id != self.0);
        kept.copies.retain(|(id, _)| *id != self.0);
        self.1.0.1.notify_all();
    }
}
