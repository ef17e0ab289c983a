//! Signals that end this program: those that it runs are ended with it, as they are in groups of their own.

use std::io;
use std::process::Child;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, LazyLock, Mutex, PoisonError};

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

/// From now on a signal that ends this program ends those that it runs, too. For commands without a screen: the reader sees to signals
/// itself.
///
/// # Errors
///
/// When the system does not let it.
pub fn end_programs_with_us() -> io::Result<()> {
    for signal in [SIGINT, SIGTERM, SIGHUP] {
        flag::register_conditional_default(signal, Arc::clone(&IS_ALONE))?;
        flag::register_usize(signal, Arc::clone(&CAUGHT), signal as usize)?;
    }
    Ok(())
}

/// A program that runs, until this is dropped.
pub(super) struct Running(Pid);

impl Running {
    pub fn new(child: &Child) -> Self {
        let group = Pid::from_child(child);
        let mut running = RUNNING.lock().unwrap_or_else(PoisonError::into_inner);
        running.push(group);
        IS_ALONE.store(false, Ordering::SeqCst);
        Self(group)
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        let mut running = RUNNING.lock().unwrap_or_else(PoisonError::into_inner);
        running.retain(|group| *group != self.0);
        IS_ALONE.store(running.is_empty(), Ordering::SeqCst);
    }
}

/// Where a signal has come: ends all programs that run, and this one as the signal does.
pub(super) fn heed() {
    let Ok(signal @ 1..) = i32::try_from(CAUGHT.load(Ordering::SeqCst)) else { return };
    for group in RUNNING.lock().unwrap_or_else(PoisonError::into_inner).iter() {
        // It may have ended.
        let _ = kill_process_group(*group, Signal::KILL);
    }
    let _ = emulate_default_handler(signal);
}
