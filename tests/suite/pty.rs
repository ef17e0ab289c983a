//! A user at a real terminal: the program runs under a pseudo-terminal, keys go in, a screen comes out.
//!
//! Nothing here sleeps: a test that waits is woken by the bytes that the program writes. The screen is looked at
//! between frames only, as a terminal that knows synchronized output (mode 2026) shows it.

use std::ffi::OsStr;
use std::fs;
use std::io::{self, Read, Write};
use std::num::NonZeroU16;
use std::process::Command;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

use crossbeam_channel::{Receiver, bounded};
use portable_pty::{CommandBuilder, ExitStatus, MasterPty, PtySize, native_pty_system};
use tempfile::TempDir;
use vt100::{Callbacks, Parser, Screen};

/// How long anything may take before the test fails: long, as the machine may be busy.
const DEADLINE: Duration = Duration::from_secs(20);

/// A program under a pseudo-terminal.
pub struct Pty {
    seen: Arc<Shared>,
    keys: Box<dyn Write + Send>,
    /// Nothing once the terminal was taken away.
    master: Option<Box<dyn MasterPty + Send>>,
    /// Applies what the program writes to the screen.
    reader: Option<JoinHandle<()>>,
    pid: u32,
    ended: Receiver<ExitStatus>,
    running: bool,
    /// Where the program believes to be at home; it must leave nothing there but its library.
    home: TempDir,
}

struct Shared {
    seen: Mutex<Seen>,
    changed: Condvar,
}

struct Seen {
    parser: Parser<Terminal>,
    bytes: Vec<u8>,
    /// Whether more may come.
    open: bool,
}

/// The state of a terminal besides its cells.
#[derive(Debug, Default)]
pub struct Terminal {
    /// Whether the terminal was asked to hold its screen still.
    updating: bool,
    /// How many frames were finished.
    frames: usize,
    /// What was put on the clipboard, in base64.
    clipboard: Vec<String>,
    /// How often it was asked for the colour of its ground.
    ground_asked: usize,
    /// How often it was asked what it can draw.
    pictures_asked: usize,
    /// The titles that the window had.
    titles: Vec<String>,
    /// The sequences that this terminal does not support.
    unknown: Vec<String>,
}

impl Callbacks for Terminal {
    fn unhandled_csi(&mut self, _: &mut Screen, i1: Option<u8>, i2: Option<u8>, parameters: &[&[u16]], last: char) {
        match (i1, parameters, last) {
            (Some(b'?'), [[2026]], 'h' | 'l') => {
                self.updating = last == 'h';
                self.frames += usize::from(last == 'l');
            }
            // The title is kept, or restored.
            (None, [[22 | 23], [2]], 't') => {}
            // How large a cell is, and what the terminal is.
            (None, [[16]], 't') | (None, [] | [[0]], 'c') => self.pictures_asked += 1,
            _ => self.unknown.push(format!("CSI {i1:?} {i2:?} {parameters:?} {last}")),
        }
    }

    fn copy_to_clipboard(&mut self, _: &mut Screen, _: &[u8], data: &[u8]) {
        self.clipboard.push(String::from_utf8_lossy(data).into_owned());
    }

    fn unhandled_osc(&mut self, _: &mut Screen, parameters: &[&[u8]]) {
        match parameters {
            [b"11", b"?"] => self.ground_asked += 1,
            // Words that lead somewhere.
            [b"8", ..] => {}
            _ => self.unknown.push(format!("OSC {parameters:?}")),
        }
    }

    fn unhandled_escape(&mut self, _: &mut Screen, _: Option<u8>, _: Option<u8>, last: u8) {
        // The end of a string that is passed over: what it can draw, where words lead.
        if last != b'\\' {
            self.unknown.push(format!("ESC {last}"));
        }
    }

    fn set_window_title(&mut self, _: &mut Screen, title: &[u8]) {
        self.titles.push(String::from_utf8_lossy(title).into_owned());
    }
}

/// What is left when the program has ended.
pub struct Ending {
    /// Its exit code.
    pub code: u32,
    /// The signal that ended it, by its name, if one did.
    pub signal: Option<String>,
    /// All that it wrote.
    pub bytes: Vec<u8>,
    /// The screen that it leaves.
    pub screen: Screen,
}

/// `pullquote` with these arguments, in an environment that holds nothing else.
pub fn pullquote<S: AsRef<OsStr>>(arguments: impl IntoIterator<Item = S>) -> CommandBuilder {
    let mut command = bare(env!("CARGO_BIN_EXE_pullquote"));
    command.args(arguments);
    command
}

/// Any program, in an environment that holds nothing but the terminal's name.
pub fn bare(program: impl AsRef<OsStr>) -> CommandBuilder {
    let mut command = CommandBuilder::new(program);
    command.env_clear();
    command.env("TERM", "xterm-256color");
    command.env("PATH", "/usr/bin:/bin");
    command
}

impl Pty {
    /// Opens `pullquote` with these arguments on a terminal of this size.
    pub fn open<S: AsRef<OsStr>>(width: u16, height: u16, arguments: impl IntoIterator<Item = S>) -> Self {
        Self::spawn(width, height, pullquote(arguments))
    }

    /// Runs a command on a terminal of this size.
    pub fn spawn(width: u16, height: u16, mut command: CommandBuilder) -> Self {
        let home = TempDir::new().unwrap();
        command.env("HOME", home.path());
        command.env_remove("XDG_DATA_HOME");
        command.cwd(home.path());
        let pair = native_pty_system().openpty(size(width, height)).unwrap();
        let mut child = pair.slave.spawn_command(command).unwrap();
        // The terminal closes with the program, not with us.
        drop(pair.slave);
        let pid = child.process_id().unwrap();

        let parser = Parser::new_with_callbacks(nonzero(height), nonzero(width), 0, Terminal::default());
        let seen = Mutex::new(Seen { parser, bytes: Vec::new(), open: true });
        let seen = Arc::new(Shared { seen, changed: Condvar::new() });
        let mut output = pair.master.try_clone_reader().unwrap();
        let shared = Arc::clone(&seen);
        let reader = Some(thread::spawn(move || shared.take_in(&mut *output)));
        let (end, ended) = bounded(1);
        thread::spawn(move || end.send(child.wait().unwrap()));
        let keys = pair.master.take_writer().unwrap();
        Self { seen, keys, master: Some(pair.master), reader, pid, ended, running: true, home }
    }

    /// The process.
    pub fn pid(&self) -> u32 {
        self.pid
    }

    /// Waits until the screen passes `test`; returns its result.
    #[track_caller]
    pub fn wait<R>(&self, what: &str, test: impl Fn(&Screen) -> Option<R>) -> R {
        self.wait_for(what, |seen| test(seen.parser.screen()))
    }

    #[track_caller]
    fn wait_for<R>(&self, what: &str, test: impl Fn(&Seen) -> Option<R>) -> R {
        let until = Instant::now() + DEADLINE;
        let mut seen = self.seen.lock();
        loop {
            let still = !seen.parser.callbacks().updating;
            if let Some(result) = still.then(|| test(&seen)).flatten() {
                return result;
            }
            let left = until.saturating_duration_since(Instant::now());
            if left.is_zero() || !seen.open {
                let why = if seen.open { "too late" } else { "the program has ended" };
                let screen = text(seen.parser.screen());
                drop(seen);
                panic!("waited for {what}: {why}; the screen is\n{screen}");
            }
            seen = self.seen.changed.wait_timeout(seen, left).unwrap_or_else(PoisonError::into_inner).0;
        }
    }

    /// Waits until these words stand in some row; returns the row and the column.
    #[track_caller]
    pub fn shows(&self, words: &str) -> (u16, u16) {
        self.wait(&format!("{words:?}"), |screen| place(screen, words))
    }

    /// Waits until these words stand nowhere.
    #[track_caller]
    pub fn shows_no(&self, words: &str) {
        self.wait(&format!("no {words:?}"), |screen| place(screen, words).is_none().then_some(()));
    }

    /// Waits until the clipboard was written to, for the `count`th time; returns what was put there, in base64.
    #[track_caller]
    pub fn copied(&self, count: usize) -> String {
        self.wait_for("a copy", |seen| seen.parser.callbacks().clipboard.get(count - 1).cloned())
    }

    /// Waits until it asked for the colour of the ground.
    #[track_caller]
    pub fn asks_ground(&self) {
        self.wait_for("the question", |seen| (seen.parser.callbacks().ground_asked > 0).then_some(()));
    }

    /// How often it asked for the colour of the ground so far.
    /// How often it was asked what it can draw.
    pub fn pictures_asked(&self) -> usize {
        self.seen.lock().parser.callbacks().pictures_asked
    }

    pub fn ground_asked(&self) -> usize {
        self.seen.lock().parser.callbacks().ground_asked
    }

    /// Waits until the window has this title.
    #[track_caller]
    pub fn is_titled(&self, title: &str) {
        self.wait_for(title, |seen| {
            seen.parser.callbacks().titles.last().is_some_and(|last| last == title).then_some(())
        });
    }

    /// The screen as it is now.
    pub fn screen(&self) -> Screen {
        self.seen.lock().parser.screen().clone()
    }

    /// All that the program wrote so far.
    pub fn bytes(&self) -> Vec<u8> {
        self.seen.lock().bytes.clone()
    }

    /// How many frames it drew so far.
    pub fn frames(&self) -> usize {
        self.seen.lock().parser.callbacks().frames
    }

    /// Waits until it drew this many frames.
    #[track_caller]
    pub fn draws(&self, frames: usize) {
        self.wait_for("frames", |seen| (seen.parser.callbacks().frames >= frames).then_some(()));
    }

    /// The sequences from the program that this terminal does not support.
    pub fn unknown(&self) -> Vec<String> {
        self.seen.lock().parser.callbacks().unknown.clone()
    }

    /// Waits this long for a byte; returns whether one came.
    pub fn stirs(&self, within: Duration) -> bool {
        let seen = self.seen.lock();
        let before = seen.bytes.len();
        let waited = self.seen.changed.wait_timeout_while(seen, within, |seen| seen.bytes.len() == before);
        !waited.unwrap_or_else(PoisonError::into_inner).1.timed_out()
    }

    /// Sends keys as the terminal writes them.
    pub fn press(&mut self, keys: &str) -> &mut Self {
        self.keys.write_all(keys.as_bytes()).unwrap();
        self.keys.flush().unwrap();
        self
    }

    /// Resizes the window.
    pub fn resize(&mut self, width: u16, height: u16) {
        self.seen.lock().parser.set_size(nonzero(height), nonzero(width));
        self.master.as_ref().unwrap().resize(size(width, height)).unwrap();
    }

    /// Sends a signal by its name: "TERM".
    pub fn signal(&self, name: &str) {
        assert!(kill(name, self.pid), "{name} was not sent");
    }

    /// Closes the window: the terminal is gone.
    pub fn close(&mut self) {
        self.seen.lock().open = false;
        // The thread that reads holds the terminal too, and releases it once the program draws.
        self.resize(70, 20);
        self.reader.take().unwrap().join().unwrap();
        self.keys = Box::new(io::sink());
        self.master = None;
    }

    /// Waits until the program has ended and all it wrote is read.
    #[track_caller]
    pub fn end(mut self) -> Ending {
        let Ok(status) = self.ended.recv_timeout(DEADLINE) else {
            panic!("it has not ended; the screen is\n{}", text(&self.screen()));
        };
        self.running = false;
        for left in fs::read_dir(self.home.path()).unwrap() {
            assert_eq!(left.unwrap().file_name(), ".local", "it left more at home than its library");
        }
        let mut seen = self.seen.lock();
        if self.master.is_some() {
            let until = Instant::now() + DEADLINE;
            while seen.open {
                let left = until.saturating_duration_since(Instant::now());
                assert!(!left.is_zero(), "the terminal stays open");
                seen = self.seen.changed.wait_timeout(seen, left).unwrap_or_else(PoisonError::into_inner).0;
            }
        }
        Ending {
            code: status.exit_code(),
            signal: status.signal().map(str::to_owned),
            bytes: seen.bytes.clone(),
            screen: seen.parser.screen().clone(),
        }
    }
}

impl Drop for Pty {
    fn drop(&mut self) {
        if self.running {
            kill("KILL", self.pid);
        }
    }
}

impl Shared {
    fn lock(&self) -> MutexGuard<'_, Seen> {
        self.seen.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn take_in(&self, output: &mut dyn Read) {
        let mut piece = vec![0; 1 << 16];
        // Linux ends a closed terminal with an error.
        while let Ok(read @ 1..) = output.read(&mut piece) {
            let mut seen = self.lock();
            seen.bytes.extend_from_slice(&piece[..read]);
            seen.parser.process(&piece[..read]);
            self.changed.notify_all();
            if !seen.open {
                return;
            }
        }
        self.lock().open = false;
        self.changed.notify_all();
    }
}

impl Ending {
    /// Holds that the terminal is as it was before: its own screen, the cursor, nothing that a shell would stumble on.
    #[track_caller]
    pub fn gave_the_terminal_back(&self) {
        assert!(!self.screen.alternate_screen(), "the other screen");
        assert!(!self.screen.hide_cursor(), "the cursor");
        assert!(!self.screen.bracketed_paste(), "pasting");
        assert_eq!(self.screen.mouse_protocol_mode(), vt100::MouseProtocolMode::None, "the mouse");
        assert_eq!(self.screen.mouse_protocol_encoding(), vt100::MouseProtocolEncoding::Default, "the mouse");
        let plain = !self.screen.bold() && !self.screen.underline() && !self.screen.inverse();
        assert!(plain && self.screen.fgcolor() == vt100::Color::Default, "the style");
    }
}

/// Sends a signal; the shell has the command where the system has none.
fn kill(signal: &str, pid: u32) -> bool {
    let sent = Command::new("/bin/sh").args(["-c", &format!("kill -{signal} {pid}")]).status();
    sent.is_ok_and(|status| status.success())
}

fn size(width: u16, height: u16) -> PtySize {
    PtySize { rows: height, cols: width, pixel_width: 0, pixel_height: 0 }
}

fn nonzero(number: u16) -> NonZeroU16 {
    NonZeroU16::new(number).unwrap()
}

/// The rows of the screen, blanks at their ends left out.
pub fn rows(screen: &Screen) -> Vec<String> {
    screen.rows(0, screen.size().1.get()).map(|row| row.trim_end().to_owned()).collect()
}

/// The screen, row by row.
pub fn text(screen: &Screen) -> String {
    rows(screen).join("\n")
}

/// The row and the column of the first cell of these words, in the first row that has them.
pub fn place(screen: &Screen, words: &str) -> Option<(u16, u16)> {
    rows(screen).iter().zip(0..).find_map(|(line, row)| {
        let before = line.find(words)?;
        Some((row, pullquote::text::cells(&line[..before]) as u16))
    })
}
