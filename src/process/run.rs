//! Runs programs that do not need the terminal, and keeps the beginning of what they write.

use std::io::{self, PipeReader, Read};
use std::process::{Child, Command, ExitStatus};
use std::time::{Duration, Instant};

use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::process::{Pid, Signal, kill_process_group};

use super::signals;

/// How long a program may run, and how much it may write.
#[derive(Debug, Clone, Copy)]
pub struct Bounds {
    /// Until it is ended; nothing where it may run for as long as it likes.
    pub longest: Option<Duration>,
    /// To one of its outputs, in bytes.
    pub most: usize,
}

impl Default for Bounds {
    /// As long as it likes, and more than anyone reads: 8 MiB.
    fn default() -> Self {
        Self { longest: None, most: 8 << 20 }
    }
}

/// How much of it is kept: a line is shown.
const KEPT: usize = 4 << 10;

/// How long a program that was asked to end is left to do so.
const GRACE: Duration = Duration::from_secs(1);

/// How a program ended.
#[derive(Debug)]
pub enum End {
    /// On its own.
    Exited(ExitStatus),
    /// The user stopped it.
    Stopped,
    /// It wrote too much, and was ended.
    Endless,
    /// It took too long, and was ended.
    Late,
}

/// What is left of a program.
#[derive(Debug)]
pub struct Finished {
    /// How it ended.
    pub end: End,
    /// The beginning of its standard output.
    pub out: Vec<u8>,
    /// The beginning of its standard error.
    pub err: Vec<u8>,
}

/// Runs a command, whose standard input is set, until it ends, or is ended as it is cancelled or leaves its bounds; what it leaves behind in the background is
/// not waited for.
///
/// # Errors
///
/// When it cannot be run, or waited for.
pub fn run(mut command: Command, is_cancelled: &dyn Fn() -> bool, bounds: &Bounds) -> io::Result<Finished> {
    let (out, to_out) = io::pipe()?;
    let (err, to_err) = io::pipe()?;
    // In a group of its own it is ended with all that it started, and gets no signal from our keys.
    let (child, _running) = signals::spawn(command.stdout(to_out).stderr(to_err))?;
    // Else our own ends would keep the pipes open.
    drop(command);
    let late = bounds.longest.map(|longest| Instant::now() + longest);
    Running { child, streams: [Stream::of(out), Stream::of(err)], late, most: bounds.most, asked: None }
        .finish(is_cancelled)
}

struct Running {
    child: Child,
    streams: [Stream; 2],
    /// When it has taken too long.
    late: Option<Instant>,
    /// How much it may write.
    most: usize,
    /// When it was asked to end.
    asked: Option<Instant>,
}

/// What a program writes to one of its outputs.
struct Stream {
    /// Nothing once it is closed.
    from: Option<PipeReader>,
    kept: Vec<u8>,
    read: usize,
}

impl Stream {
    fn of(from: PipeReader) -> Self {
        Self { from: Some(from), kept: Vec::new(), read: 0 }
    }

    /// Reads what is there.
    fn read(&mut self) {
        let mut bytes = [0; 1 << 14];
        let Some(from) = &mut self.from else { return };
        match from.read(&mut bytes) {
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Ok(0) | Err(_) => self.from = None,
            Ok(number) => {
                self.read += number;
                let room = KEPT.saturating_sub(self.kept.len()).min(number);
                self.kept.extend_from_slice(&bytes[..room]);
            }
        }
    }
}

impl Running {
    fn finish(mut self, is_cancelled: &dyn Fn() -> bool) -> io::Result<Finished> {
        loop {
            signals::heed();
            let has_read = self.read()?;
            let is_late = self.late.is_some_and(|at| at <= Instant::now());
            if is_late || self.streams.iter().any(|stream| stream.read > self.most) {
                self.signal(Signal::KILL);
                self.child.wait()?;
                return Ok(self.finished(if is_late { End::Late } else { End::Endless }));
            }
            if let Some(status) = self.child.try_wait()?
                && !has_read
            {
                let end = if self.asked.is_some() { End::Stopped } else { End::Exited(status) };
                return Ok(self.finished(end));
            }
            match self.asked {
                None if is_cancelled() => {
                    self.asked = Some(Instant::now());
                    self.signal(Signal::TERM);
                    // One that is stopped must go on to end.
                    self.signal(Signal::CONT);
                }
                Some(at) if at.elapsed() > GRACE => self.signal(Signal::KILL),
                _ => {}
            }
        }
    }

    /// Reads what was written, for a moment; returns whether anything was.
    fn read(&mut self) -> io::Result<bool> {
        /// How soon the end of a program, or a wish to stop it, is seen at the latest.
        const MOMENT: Timespec = Timespec { tv_sec: 0, tv_nsec: 20_000_000 };
        let open: Vec<_> = self.streams.iter().filter_map(|stream| stream.from.as_ref()).collect();
        let mut polled: Vec<_> = open.iter().map(|from| PollFd::new(*from, PollFlags::IN)).collect();
        match poll(&mut polled, Some(&MOMENT)) {
            Ok(_) => {}
            Err(rustix::io::Errno::INTR) => return Ok(true),
            Err(error) => return Err(error.into()),
        }
        let mut is_ready = polled.iter().map(|polled| !polled.revents().is_empty()).collect::<Vec<_>>().into_iter();
        let before: usize = self.streams.iter().map(|stream| stream.read).sum();
        for stream in self.streams.iter_mut().filter(|stream| stream.from.is_some()) {
            if is_ready.next().unwrap_or_default() {
                stream.read();
            }
        }
        Ok(self.streams.iter().map(|stream| stream.read).sum::<usize>() > before)
    }

    fn signal(&self, signal: Signal) {
        // It may have ended.
        let _ = kill_process_group(Pid::from_child(&self.child), signal);
    }

    fn finished(self, end: End) -> Finished {
        let [out, err] = self.streams.map(|stream| stream.kept);
        Finished { end, out, err }
    }
}

#[cfg(test)]
mod tests {
    use std::process::Stdio;

    use super::*;

    fn shell(script: &str, is_cancelled: bool) -> Finished {
        let mut command = Command::new("/bin/sh");
        command.args(["-c", script]).stdin(Stdio::null());
        run(command, &|| is_cancelled, &Bounds::default()).unwrap()
    }

    #[test]
    fn outputs_are_kept_apart() {
        let done = shell("echo out; echo err >&2; exit 3", false);
        assert!(matches!(done.end, End::Exited(status) if status.code() == Some(3)));
        assert_eq!((done.out.as_slice(), done.err.as_slice()), (&b"out\n"[..], &b"err\n"[..]));
    }

    #[test]
    fn program_that_writes_without_end_is_ended() {
        let done = shell("yes | cat", false);
        assert!(matches!(done.end, End::Endless));
        assert_eq!(done.out.len(), KEPT);
    }

    #[test]
    fn program_that_hangs_is_stopped_with_all_that_it_started() {
        assert!(matches!(shell("sleep 1000 | sleep 1000", true).end, End::Stopped));
        assert!(matches!(shell("trap '' TERM; while :; do sleep 1000; done", true).end, End::Stopped));
    }

    #[test]
    fn program_that_takes_too_long_is_ended() {
        let mut command = Command::new("/bin/sh");
        command.args(["-c", "trap '' TERM; sleep 1000 | sleep 1000"]).stdin(Stdio::null());
        let done = run(command, &|| false, &Bounds { longest: Some(Duration::ZERO), ..Bounds::default() }).unwrap();
        assert!(matches!(done.end, End::Late));
    }

    #[test]
    fn what_a_program_leaves_behind_is_not_waited_for() {
        let done = shell("sleep 30 & echo gone", false);
        assert!(matches!(done.end, End::Exited(status) if status.success()));
        assert_eq!(done.out, b"gone\n");
    }
}
