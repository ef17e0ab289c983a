//! Runs programs that get the terminal: the editor, the pager, browsers that draw on it.

use std::io::{self, IsTerminal, PipeReader, Read, Write};
use std::process::{Command, Stdio};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

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

/// Runs a program with the terminal until it ends. What `input` has goes to its standard input; without one that is the
/// terminal.
///
/// # Errors
///
/// When the terminal cannot be taken back.
pub(super) fn run(guard: &Guard, sender: &MessageSender, words: &[String], input: Option<&str>) -> io::Result<Shown> {
    let Some((program, arguments)) = words.split_first() else { return Ok(Shown::Done) };
    let mut command = Command::new(program);
    command.args(arguments);
    guard.lend(|| match show(command, sender, input) {
        Ok((status, said)) => failure(program, status, &said).map_or(Shown::Done, Shown::Failed),
        Err(error) => Shown::NotRun(not_run(program, &error)),
    })
}

fn show(
    mut command: Command,
    sender: &MessageSender,
    input: Option<&str>,
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
    // Else our own end would keep the pipe open.
    drop(command);
    let mut passing =
        worker::start("passing on what a program says", Priority::Normal, sender, move || pass(said, &to))?;
    if let (Some(input), Some(mut stdin)) = (input, child.stdin.take()) {
        // A pager that is left early reads no more.
        let _ = stdin.write_all(input.as_bytes());
    }
    let status = child.wait()?;
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
