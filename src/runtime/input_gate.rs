//! Keeps the thread that reads keys from the terminal while that is lent to another program: no key of that one is lost to us.

use std::fs::File;
use std::io::{self, PipeReader, PipeWriter, Read, Write};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use rustix::event::{PollFd, PollFlags, poll};
use rustix::io::Errno;
use rustix::process::{Pid, Signal, kill_process};

/// How long the thread is waited for, which comes at once unless the system cannot wait for two things.
const LONGEST: Duration = Duration::from_millis(500);

/// The way to the keys. All clones are one.
#[derive(Debug, Clone)]
pub(super) struct InputGate(Arc<Gate>);

#[derive(Debug)]
struct Gate {
    state: Mutex<State>,
    changed: Condvar,
    /// Wakes the thread that waits for keys.
    wake: PipeWriter,
    woken: PipeReader,
}

#[derive(Debug, Default)]
struct State {
    is_closed: bool,
    /// Whether the thread waits at the gate.
    is_parked: bool,
    /// The program that has the terminal meanwhile.
    lent_to: Option<Pid>,
}

impl InputGate {
    /// An open gate.
    ///
    /// # Errors
    ///
    /// When the system has no more file descriptors.
    pub fn new() -> io::Result<Self> {
        let (woken, wake) = io::pipe()?;
        Ok(Self(Arc::new(Gate { state: Mutex::default(), changed: Condvar::new(), wake, woken })))
    }

    /// Closes it: no key is read from now on.
    pub fn close(&self) {
        let mut state = self.lock();
        state.is_closed = true;
        // A pipe that is full wakes, too.
        let _ = (&self.0.wake).write(&[0]);
        let reads = |state: &mut State| !state.is_parked;
        drop(self.0.changed.wait_timeout_while(state, LONGEST, reads).unwrap_or_else(PoisonError::into_inner));
    }

    /// A program has the terminal now, or none any longer.
    pub fn lend_to(&self, program: Option<Pid>) {
        self.lock().lent_to = program;
        self.0.changed.notify_all();
    }

    /// Sends a signal to the program that has the terminal; kills it where it has not ended after a moment.
    pub fn end_program(&self, signal: Signal) {
        const MOMENT: Duration = Duration::from_secs(1);
        let state = self.lock();
        let Some(program) = state.lent_to else { return };
        // It may have ended.
        let _ = kill_process(program, signal);
        let runs = |state: &mut State| state.lent_to == Some(program);
        let waited = self.0.changed.wait_timeout_while(state, MOMENT, runs);
        if waited.unwrap_or_else(PoisonError::into_inner).0.lent_to == Some(program) {
            let _ = kill_process(program, Signal::KILL);
        }
    }

    /// Opens it again.
    pub fn open(&self) {
        self.lock().is_closed = false;
        self.0.changed.notify_all();
    }

    /// Whether it is closed.
    pub fn is_closed(&self) -> bool {
        self.lock().is_closed
    }

    /// Waits until there is something to read from the terminal, and the gate is open.
    pub fn wait(&self, terminal: &File) {
        loop {
            self.pass();
            let mut polled = [PollFd::new(terminal, PollFlags::IN), PollFd::new(&self.0.woken, PollFlags::IN)];
            match poll(&mut polled, None) {
                Err(Errno::INTR) => continue,
                // Reading waits then.
                Err(_) => return,
                Ok(_) if polled[1].revents().is_empty() => return,
                Ok(_) => {}
            }
            if (&self.0.woken).read(&mut [0]).is_err() {
                return;
            }
        }
    }

    /// Waits until it is open.
    fn pass(&self) {
        let mut state = self.lock();
        while state.is_closed {
            state.is_parked = true;
            self.0.changed.notify_all();
            state = self.0.changed.wait(state).unwrap_or_else(PoisonError::into_inner);
        }
        state.is_parked = false;
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.0.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
