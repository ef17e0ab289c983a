//! Password commands: runs the program that writes a password, and keeps the first line of that.

use std::fmt;
use std::io::{self, PipeReader, Read};
use std::os::unix::process::{CommandExt, ExitStatusExt};
use std::path::Path;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::time::{Duration, Instant};

use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::process::{Pid, Signal, kill_process_group};

use crate::text::clean_line;

/// The most that a command may write, in bytes.
const MOST: usize = 64 << 10;

/// A password, as it is sent.
#[derive(Clone, PartialEq, Eq)]
pub(super) struct Password(Vec<u8>);

impl Password {
    pub fn bytes(&self) -> &[u8] {
        &self.0
    }
}

impl fmt::Debug for Password {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Password(…)")
    }
}

/// Why a command gave no password. It names the program alone: arguments and output may hold secrets.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("the password command `{program}` {why}")]
pub struct PasswordError {
    program: String,
    why: Failure,
}

impl PasswordError {
    /// Whether it was ended because nothing is fetched any more.
    pub(super) fn is_cancelled(&self) -> bool {
        self.why == Failure::Cancelled
    }
}

/// What went wrong with a command, as the end of a sentence.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
enum Failure {
    #[error("does not exist")]
    Missing,
    #[error("cannot be run ({0})")]
    NotRun(io::ErrorKind),
    #[error("ended with exit code {0}")]
    Code(i32),
    #[error("was ended by signal {0}")]
    Signal(i32),
    #[error("took longer than {}", in_words(*.0))]
    TooLong(Duration),
    #[error("wrote more than {} KiB", MOST >> 10)]
    TooMuch,
    #[error("wrote nothing")]
    Nothing,
    #[error("was cancelled")]
    Cancelled,
}

fn in_words(limit: Duration) -> String {
    if limit.subsec_millis() == 0 { format!("{} s", limit.as_secs()) } else { format!("{} ms", limit.as_millis()) }
}

/// Runs a program with its arguments and returns the first line that it writes. It is ended, with all that it started, after
/// `limit` and when it `is_cancelled`. Nothing else of it is kept.
pub(super) fn run(
    words: &[String],
    limit: Duration,
    is_cancelled: &dyn Fn() -> bool,
) -> Result<Password, PasswordError> {
    let (program, arguments) = words.split_first().map_or(("", words), |(program, rest)| (program.as_str(), rest));
    let name = Path::new(program).file_name().map_or_else(|| program.into(), |name| name.to_string_lossy());
    let failed = |why| PasswordError { program: clean_line(&name), why };
    let not_run = |error: io::Error| match error.kind() {
        io::ErrorKind::NotFound => failed(Failure::Missing),
        kind => failed(Failure::NotRun(kind)),
    };
    let running = Running::start(program, arguments).map_err(not_run)?;
    let (status, out) = running.finish(limit, is_cancelled).map_err(failed)?;
    match (status.code(), status.signal()) {
        (Some(0), _) => {}
        (Some(code), _) => return Err(failed(Failure::Code(code))),
        (None, signal) => return Err(failed(Failure::Signal(signal.unwrap_or_default()))),
    }
    let line = out.split(|byte| *byte == b'\n').next().unwrap_or_default();
    let line = line.strip_suffix(b"\r").unwrap_or(line);
    if line.is_empty() { Err(failed(Failure::Nothing)) } else { Ok(Password(line.to_vec())) }
}

/// A command that runs.
struct Running {
    child: Child,
    /// Nothing once it is closed.
    from: Option<PipeReader>,
    out: Vec<u8>,
}

impl Running {
    fn start(program: &str, arguments: &[String]) -> io::Result<Self> {
        let (from, to) = io::pipe()?;
        let mut command = Command::new(program);
        // What it says may be a secret, or draw on the screen. In a group of its own it is ended with all that it started.
        command.args(arguments).stdin(Stdio::null()).stdout(to).stderr(Stdio::null()).process_group(0);
        let child = command.spawn()?;
        // Dropping the command closes our own end, which would keep the pipe open.
        Ok(Self { child, from: Some(from), out: Vec::new() })
    }

    /// Waits for its end; what it leaves behind in the background is not waited for.
    fn finish(mut self, limit: Duration, is_cancelled: &dyn Fn() -> bool) -> Result<(ExitStatus, Vec<u8>), Failure> {
        let begun = Instant::now();
        loop {
            let before = self.out.len();
            let read = self.read();
            let why = if read.is_err() {
                Failure::NotRun(io::ErrorKind::Other)
            } else if self.out.len() > MOST {
                Failure::TooMuch
            } else if is_cancelled() {
                Failure::Cancelled
            } else if let Ok(Some(status)) = self.child.try_wait()
                && self.out.len() == before
            {
                return Ok((status, std::mem::take(&mut self.out)));
            } else if begun.elapsed() > limit {
                Failure::TooLong(limit)
            } else {
                continue;
            };
            return Err(why);
        }
    }

    /// Reads what was written, for a moment.
    fn read(&mut self) -> io::Result<()> {
        /// How soon its end is seen at the latest.
        const MOMENT: Timespec = Timespec { tv_sec: 0, tv_nsec: 20_000_000 };
        let mut polled: Vec<_> = self.from.iter().map(|from| PollFd::new(from, PollFlags::IN)).collect();
        match poll(&mut polled, Some(&MOMENT)) {
            Ok(0) | Err(rustix::io::Errno::INTR) => return Ok(()),
            Ok(_) => {}
            Err(error) => return Err(error.into()),
        }
        let mut bytes = [0; 1 << 12];
        let Some(from) = &mut self.from else { return Ok(()) };
        match from.read(&mut bytes) {
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Ok(0) | Err(_) => self.from = None,
            Ok(number) => self.out.extend_from_slice(&bytes[..number]),
        }
        Ok(())
    }
}

impl Drop for Running {
    /// One that did not end is ended, with all that it started.
    fn drop(&mut self) {
        if !matches!(self.child.try_wait(), Ok(Some(_))) {
            let _ = kill_process_group(Pid::from_child(&self.child), Signal::KILL);
            let _ = self.child.wait();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const LONG: Duration = Duration::from_secs(20);

    fn shell_within(limit: Duration, script: &str) -> Result<Vec<u8>, String> {
        let words = ["/bin/sh", "-c", script].map(str::to_owned);
        run(&words, limit, &|| false).map(|password| password.0).map_err(|error| error.to_string())
    }

    fn shell(script: &str) -> Result<Vec<u8>, String> {
        shell_within(LONG, script)
    }

    #[test]
    fn first_line_is_the_password() {
        for (script, password) in [
            (r"printf 'a b \303\244\nuser: anna\n'", "a b ä"),
            (r"printf 'x\r\ny'", "x"),
            ("printf x", "x"),
            ("echo x; sleep 30 &", "x"),
        ] {
            assert_eq!(shell(script).unwrap(), password.as_bytes(), "{script}");
        }
    }

    #[test]
    fn failure_names_the_program_and_nothing_that_it_said() {
        let of = |script: &str| shell(script).unwrap_err();
        assert_eq!(of("echo hush; echo hush >&2; exit 3"), "the password command `sh` ended with exit code 3");
        assert_eq!(of("kill -9 $$ # hush"), "the password command `sh` was ended by signal 9");
        assert_eq!(of(": hush"), "the password command `sh` wrote nothing");
        assert_eq!(of("echo; echo hush"), "the password command `sh` wrote nothing");
        assert_eq!(of("yes hush"), "the password command `sh` wrote more than 64 KiB");
        let missing = run(&["/nowhere/pa\x1b[2Jss".to_owned(), "hush".to_owned()], LONG, &|| false).unwrap_err();
        assert_eq!(missing.to_string(), "the password command `pass` does not exist");
    }

    #[test]
    fn command_that_hangs_is_ended_with_all_that_it_started() {
        let folder = tempfile::TempDir::new().unwrap();
        let pid = folder.path().join("pid");
        let script = format!("sleep 1000 & echo $! > {}; wait", pid.display());
        let limit = Duration::from_millis(300);
        let error = shell_within(limit, &script).unwrap_err();
        assert_eq!(error, "the password command `sh` took longer than 300 ms");
        let pid = std::fs::read_to_string(pid).unwrap();
        // The system ends it in its own time; then it is a zombie process until init waits for it.
        let begun = Instant::now();
        loop {
            let state = std::fs::read_to_string(format!("/proc/{}/stat", pid.trim())).unwrap_or_default();
            if state.is_empty() || state.contains(") Z ") {
                break;
            }
            assert!(begun.elapsed() < LONG, "{state}");
            std::thread::yield_now();
        }
        let words = ["sleep", "1000"].map(str::to_owned);
        assert!(run(&words, LONG, &|| true).unwrap_err().is_cancelled());
    }

    #[test]
    fn password_is_not_in_debug_output() {
        assert_eq!(format!("{:?}", Password(b"hush".to_vec())), "Password(…)");
    }
}
