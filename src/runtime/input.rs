//! Keys, the mouse and signals, as messages.

use std::fs::File;
use std::io::{self, Read};
use std::sync::Arc;
use std::sync::atomic::{AtomicI32, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::process::Signal;
use signal_hook::consts::{
    SIGALRM, SIGCONT, SIGHUP, SIGINT, SIGPROF, SIGQUIT, SIGSYS, SIGTERM, SIGTRAP, SIGTSTP, SIGUSR1, SIGUSR2, SIGVTALRM,
    SIGWINCH, SIGXCPU, SIGXFSZ,
};
use signal_hook::iterator::Signals;
use signal_hook::low_level::emulate_default_handler;

use super::decoder::{Decoded, Decoder};
use super::input_gate::InputGate;
use super::terminal::{Guard, restore, terminal};
use super::{Message, MessageSender, worker};
use crate::app::{Command, Event};
use crate::ingest::Priority;

/// How long reading takes at most of what was typed just before a signal.
const TYPED_BEFORE: Duration = Duration::from_millis(30);

/// Signals that end the process where it stands, as nothing has to be put away for them but the terminal.
const FATAL: [i32; 9] = [SIGALRM, SIGPROF, SIGQUIT, SIGSYS, SIGTRAP, SIGUSR1, SIGUSR2, SIGVTALRM, SIGXCPU];

/// The signal at which the user left, if that was one. All clones are one.
#[derive(Debug, Clone, Default)]
pub struct EndSignal(Arc<AtomicI32>);

impl EndSignal {
    /// Its number.
    pub fn get(&self) -> Option<i32> {
        Some(self.0.load(Ordering::Relaxed)).filter(|signal| *signal != 0)
    }

    /// Notes a signal; the first one counts.
    pub fn set(&self, signal: i32) {
        let _ = self.0.compare_exchange(0, signal, Ordering::Relaxed, Ordering::Relaxed);
    }
}

/// For how long the answer of the terminal is expected: where it may begin, a key waits for a moment.
const ANSWERED_WITHIN: Duration = Duration::from_secs(3);

/// After how long without a byte a paste is over, although its end has not come.
const PASTE_RESTS: Duration = Duration::from_secs(2);

/// The most bytes that are read at once.
const LONGEST_READ: usize = 1024;

/// Starts listening to the terminal, as long as `guard` does not lend it, and to signals. `asked` is whether the terminal was asked for its ground.
///
/// # Errors
///
/// When the system lets no signals be caught, or has no threads.
pub fn listen(sender: &MessageSender, asked: bool, guard: &Guard) -> io::Result<EndSignal> {
    let end = EndSignal::default();
    let handled = [SIGTERM, SIGHUP, SIGINT, SIGTSTP, SIGCONT, SIGWINCH, SIGXFSZ];
    let mut signals = Signals::new(handled.iter().chain(&FATAL))?;
    let (to, at_signal, gate) = (sender.clone(), end.clone(), guard.gate().clone());
    worker::start("waiting for signals", Priority::Normal, sender, move || {
        for signal in &mut signals {
            let command = match signal {
                // They come from the keys of the program that has the terminal, and are meant for it; with it we stop.
                SIGTSTP if gate.is_closed() => {
                    let _ = emulate_default_handler(signal);
                    continue;
                }
                SIGINT | SIGQUIT | SIGCONT | SIGWINCH if gate.is_closed() => continue,
                SIGTSTP => Command::Suspend,
                SIGCONT => Command::Redraw,
                SIGWINCH => {
                    let Ok((width, height)) = crossterm::terminal::size() else { continue };
                    if !to.emit(Event::Resized { width, height }) {
                        return;
                    }
                    continue;
                }
                // Whoever writes gets an error, as with a full disk.
                SIGXFSZ => continue,
                SIGTERM | SIGHUP | SIGINT => {
                    at_signal.set(signal);
                    // We come back only when the program ends that has the terminal.
                    gate.end_program(if signal == SIGHUP { Signal::HUP } else { Signal::TERM });
                    // What was typed just before is read first.
                    thread::sleep(TYPED_BEFORE);
                    Command::Quit
                }
                _ => {
                    restore();
                    let _ = emulate_default_handler(signal);
                    return;
                }
            };
            if !to.send(Message::Command(command)) {
                return;
            }
        }
    })?;
    let (to, at_hangup) = (sender.clone(), end.clone());
    let (terminal, gate) = (terminal(), guard.gate().clone());
    worker::start("waiting for keys", Priority::Normal, sender, move || {
        // A terminal that is gone has no user.
        if terminal.map_or(true, |terminal| read_keys(terminal, asked, &gate, &to)) {
            at_hangup.set(SIGHUP);
            to.send(Message::Command(Command::Quit));
        }
    })?;
    Ok(end)
}

/// Reads from the terminal until that is gone, or no one listens any more; returns whether it is gone. `asked` is whether the
/// terminal was asked for its ground.
fn read_keys(mut from: File, asked: bool, gate: &InputGate, to: &MessageSender) -> bool {
    /// How long a terminal that does not wait for keys itself is left alone.
    const PAUSE: Duration = Duration::from_millis(10);
    let mut asked_at = asked.then(Instant::now);
    let mut decoder = Decoder::default();
    let mut bytes = [0; LONGEST_READ];
    let mut read_at = Instant::now();
    loop {
        gate.wait(&from);
        let number = match from.read(&mut bytes) {
            Ok(0) => return true,
            Ok(number) => number,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
            Err(error) if error.kind() == io::ErrorKind::WouldBlock => {
                thread::sleep(PAUSE);
                continue;
            }
            Err(_) => return true,
        };
        let bytes = &bytes[..number];
        let is_full = number == LONGEST_READ;
        let is_awaited = asked_at.is_some_and(|at| at.elapsed() < ANSWERED_WITHIN);
        let more = is_full || (is_awaited && decoder.is_unsure(bytes) && has_more(&from));
        // A single byte after a while is a key, not a part of a paste.
        let is_rested = std::mem::replace(&mut read_at, Instant::now()).elapsed() > PASTE_RESTS;
        let pasted = if is_rested && number == 1 { decoder.break_off() } else { None };
        for decoded in pasted.into_iter().chain(decoder.feed(bytes, more)) {
            if matches!(decoded, Decoded::Ground { .. }) {
                // It has answered: no key need wait any more.
                asked_at = None;
            }
            let message = match decoded {
                Decoded::Paste(text) => Message::Paste(text),
                Decoded::Ground { is_light } if asked => Message::Event(Event::Ground { is_light }),
                Decoded::Ground { .. } => continue,
                Decoded::Graphics(answer) => Message::Graphics(answer),
                _ if to.is_flooded() => continue,
                Decoded::Key(key) => Message::Key(key),
                Decoded::Pointer(command) => Message::Command(command),
            };
            if !to.send(message) {
                return false;
            }
        }
    }
}

/// Whether the terminal sends more within a moment.
fn has_more(terminal: &File) -> bool {
    /// The rest of an answer comes at once, if it comes in pieces at all.
    const MOMENT: Timespec = Timespec { tv_sec: 0, tv_nsec: 30_000_000 };
    let mut polled = [PollFd::new(terminal, PollFlags::IN)];
    poll(&mut polled, Some(&MOMENT)).is_ok_and(|ready| ready > 0)
}
