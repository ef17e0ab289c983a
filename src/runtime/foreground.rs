//! Runs programs that get the terminal: the editor, the pager, browsers that draw on it.

use std::io::{self, IsTerminal, PipeReader, Read, Write};
use std::process::{Command, Stdio};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use crossterm::terminal::{disable_raw_mode, enable_raw_mode};
use rustix::process::Pid;

use super::input_gate::InputGate;
use super::terminal::terminal;
use super::{Guard, MessageSender, worker};
use crate::ingest::Priority;
use crate::process::{failure, not_run};

/// How a program ended that had the terminal.
#[derive(Debug)]
pub(super) enum Shown {
    /// It did its work.
    Done,
    /// It did not: why.
    Failed(String),
    /// It could not be run: why.
    NotRun(String),
}

/// What follows where a program ends well at once, after which what it printed is on the screen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum AtOnce {
    /// The reader comes back.
    Return,
    /// The reader comes back once a key is pressed.
    WaitForKey,
}

/// Runs a program with the terminal until it ends. What `input` has goes to its standard input; without one that is the
/// terminal.
///
/// # Errors
///
/// When the terminal cannot be taken back.
pub(super) fn run(
    guard: &Guard,
    sender: &MessageSender,
    words: &[String],
    input: Option<&str>,
    at_once: AtOnce,
) -> io::Result<Shown> {
    /// One that runs for longer has waited for the user itself.
    const MOMENT: Duration = Duration::from_secs(1);
    let Some((program, arguments)) = words.split_first() else { return Ok(Shown::Done) };
    let mut command = Command::new(program);
    command.args(arguments);
    guard.lend(|| {
        let begun = Instant::now();
        let shown = match show(command, sender, input, guard.gate()) {
            Ok((status, said)) => failure(program, status, &said).map_or(Shown::Done, Shown::Failed),
            Err(error) => Shown::NotRun(not_run(program, &error)),
        };
        if at_once == AtOnce::WaitForKey && matches!(shown, Shown::Done) && begun.elapsed() < MOMENT {
            wait_for_key();
        }
        shown
    })
}

/// Waits for a key, below what is on the screen. Where no key can come it does not wait.
fn wait_for_key() {
    let Ok(mut terminal) = terminal() else { return };
    if write!(io::stdout(), "\r\nPress a key to return").and_then(|()| io::stdout().flush()).is_err() {
        return;
    }
    if enable_raw_mode().is_ok() {
        // A key may be several bytes. What is left of them is discarded when the terminal is taken back.
        let _ = terminal.read(&mut [0; 64]);
        let _ = disable_raw_mode();
    }
}

fn show(
    mut command: Command,
    sender: &MessageSender,
    input: Option<&str>,
    gate: &InputGate,
) -> io::Result<(std::process::ExitStatus, Vec<u8>)> {
    /// How long what the program said last is waited for: what it left in the background may hold its output open.
    const LAST_WORDS: Duration = Duration::from_millis(100);
    let (said, to_said) = io::pipe()?;
    command.stderr(to_said).stdin(match input {
        Some(_) => Stdio::piped(),
        None if io::stdin().is_terminal() => Stdio::inherit(),
        None => Stdio::from(terminal()?),
    });
    let kept = Arc::new(Mutex::new(Vec::new()));
    let to = Arc::clone(&kept);
    let mut child = command.spawn()?;
    gate.lend_to(Some(Pid::from_child(&child)));
    // Else our own end would keep the pipe open.
    drop(command);
    let mut passing =
        worker::start("passing on what a program says", Priority::Normal, sender, move || pass(said, &to))?;
    if let (Some(input), Some(mut stdin)) = (input, child.stdin.take()) {
        // A pager that is left early reads no more.
        let _ = stdin.write_all(input.as_bytes());
    }
    let status = child.wait();
    gate.lend_to(None);
    let status = status?;
    passing.join(LAST_WORDS);
    let said = kept.lock().unwrap_or_else(PoisonError::into_inner).clone();
    Ok((status, said))
}

/// Passes what a program says on to the terminal, and keeps the beginning.
fn pass(mut from: PipeReader, kept: &Mutex<Vec<u8>>) {
    /// A line is shown.
    const KEPT: usize = 4 << 10;
    let mut bytes = [0; 1 << 12];
    while let Ok(number @ 1..) = from.read(&mut bytes) {
        let _ = io::stderr().write_all(&bytes[..number]);
        let mut kept = kept.lock().unwrap_or_else(PoisonError::into_inner);
        let room = KEPT.saturating_sub(kept.len()).min(number);
        kept.extend_from_slice(&bytes[..room]);
    }
}
