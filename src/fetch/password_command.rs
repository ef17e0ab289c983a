//! Password commands: runs the program that writes a password, and keeps the first line of that.

use std::fmt;
use std::io;
use std::os::unix::process::ExitStatusExt;
use std::process::{Command, Stdio};
use std::time::Duration;

use crate::process::{self, Bounds, End, name_of};

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
    let failed = |why| PasswordError { program: name_of(program), why };
    let mut command = Command::new(program);
    command.args(arguments).stdin(Stdio::null());
    let done = process::run(command, is_cancelled, &Bounds { longest: Some(limit), most: MOST });
    let done = done.map_err(|error| match error.kind() {
        io::ErrorKind::NotFound => failed(Failure::Missing),
        kind => failed(Failure::NotRun(kind)),
    })?;
    let status = match done.end {
        End::Exited(status) => status,
        End::Late => return Err(failed(Failure::TooLong(limit))),
        End::Endless => return Err(failed(Failure::TooMuch)),
        End::Stopped => return Err(failed(Failure::Cancelled)),
    };
    match (status.code(), status.signal()) {
        (Some(0), _) => {}
        (Some(code), _) => return Err(failed(Failure::Code(code))),
        (None, signal) => return Err(failed(Failure::Signal(signal.unwrap_or_default()))),
    }
    let line = done.out.split(|byte| *byte == b'\n').next().unwrap_or_default();
    let line = line.strip_suffix(b"\r").unwrap_or(line);
    if line.is_empty() { Err(failed(Failure::Nothing)) } else { Ok(Password(line.to_vec())) }
}

#[cfg(test)]
mod tests {
    use std::time::Instant;

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
