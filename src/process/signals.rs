//! Signals that end this program: those that it runs are ended with it, as they are in groups of their own.

use std::io;
use std::os::unix::process::CommandExt;
use std::process::{Child, Command};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, LazyLock, Mutex, MutexGuard, PoisonError};

use rustix::process::{Pid, Signal, kill_process_group};
use signal_hook::consts::{SIGHUP, SIGINT, SIGTERM};
use signal_hook::flag;
use signal_hook::low_level::emulate_default_handler;

/// The groups of the programs that run.
static RUNNING: Mutex<Vec<Pid>> = Mutex::new(Vec::new());

/// Whether none runs: a signal does at once what it does then.
static IS_ALONE: LazyLock<Arc<AtomicBool>> = LazyLock::new(|| Arc::new(AtomicBool::new(true)));

/// The signal that came while one ran; 0 for none.
static CAUGHT: LazyLock<Arc<AtomicUsize>> = LazyLock::new(Arc::default);

/// From now on a signal that ends this program ends those that it runs, too, but for those that this one was started to ignore: a
/// bit for each from the first on. For commands without a screen: the reader sees to signals itself.
///
/// # Errors
///
/// When the system does not let it.
pub fn end_programs_with_us(ignored: u64) -> io::Result<()> {
    for signal in [SIGINT, SIGTERM, SIGHUP].into_iter().filter(|signal| ignored >> (signal - 1) & 1 == 0) {
        flag::register_conditional_default(signal, Arc::clone(&IS_ALONE))?;
        flag::register_usize(signal, Arc::clone(&CAUGHT), signal as usize)?;
    }
    Ok(())
}

/// A program that runs, until this is dropped.
pub(super) struct Running(Pid);

/// Begins a program in a group of its own. A signal that comes while it begins finds it.
pub(super) fn spawn(command: &mut Command) -> io::Result<(Child, Running)> {
    let begun = {
        let mut running = lock_running();
        IS_ALONE.store(false, Ordering::SeqCst);
        let begun = command.process_group(0).spawn();
        running.extend(begun.as_ref().map(Pid::from_child));
        IS_ALONE.store(running.is_empty(), Ordering::SeqCst);
        begun
    };
    // One that came while it could not be begun.
    heed();
    begun.map(|child| {
        let running = Running(Pid::from_child(&child));
        (child, running)
    })
}

impl Drop for Running {
    fn drop(&mut self) {
        {
            let mut running = lock_running();
            running.retain(|group| *group != self.0);
            IS_ALONE.store(running.is_empty(), Ordering::SeqCst);
        }
        // One that came since it was looked for last.
        heed();
    }
}

fn lock_running() -> MutexGuard<'static, Vec<Pid>> {
    RUNNING.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Where a signal has come: ends all programs that run, and this one as the signal does.
pub(super) fn heed() {
    let Ok(signal @ 1..) = i32::try_from(CAUGHT.load(Ordering::SeqCst)) else { return };
    for group in lock_running().iter() {
        // It may have ended.
        let _ = kill_process_group(*group, Signal::KILL);
    }
    let _ = emulate_default_handler(signal);
}
