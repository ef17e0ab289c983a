//! Sets the terminal up, and restores it whatever happens.

use std::cell::Cell;
use std::env;
use std::fmt;
use std::fs::File;
use std::io::{self, IsTerminal, Write};
use std::os::fd::AsFd;
use std::panic;
use std::thread;

use crossterm::cursor::{Hide, Show};
use crossterm::event::{DisableBracketedPaste, EnableBracketedPaste};
use crossterm::style::force_color_output;
use crossterm::terminal::{EnterAlternateScreen, LeaveAlternateScreen, disable_raw_mode, enable_raw_mode};
use crossterm::{Command, execute};
use rustix::termios::{OptionalActions, tcgetattr, tcsetattr};

use super::input_gate::InputGate;
use crate::text::{clean_line, head};

/// Holds the terminal; restores it when dropped, and before a panic is reported.
#[derive(Debug)]
pub struct Guard {
    /// Whether the terminal reports clicks and the wheel.
    mouse: Cell<bool>,
    /// Whether the terminal passes over operating system commands (OSC) that it does not know, as nearly all do.
    knows_osc: bool,
    /// Where those wait who read the keys.
    gate: InputGate,
}

impl Guard {
    /// Sets the terminal up: alternate screen, raw mode, bracketed paste and, with `mouse`, clicks and the wheel.
    ///
    /// # Errors
    ///
    /// When there is no terminal.
    pub fn take(mouse: bool) -> io::Result<Self> {
        let before = panic::take_hook();
        let main = thread::current().id();
        panic::set_hook(Box::new(move |report| {
            // A worker that panics is reported on the screen; the terminal stays ours.
            if thread::current().id() == main {
                restore();
                before(report);
            }
        }));
        // With NO_COLOR set crossterm writes an empty SGR sequence where a colour would be, and that resets bold and
        // underline too. The theme leaves colours out itself.
        force_color_output(true);
        let guard = Self {
            mouse: Cell::new(mouse),
            knows_osc: knows_osc(&env::var("TERM").unwrap_or_default()),
            gate: InputGate::new()?,
        };
        guard.set_up()?;
        Ok(guard)
    }

    /// Asks the terminal for the colour of its ground; returns whether it was asked. The answer, if any, comes among the
    /// keys.
    pub fn ask_ground(&self) -> bool {
        self.knows_osc && execute!(io::stdout(), Osc("11;?")).is_ok()
    }

    /// Asks the terminal whether it knows kitty's graphics, how large a cell is, and what it is (DA1), which tells whether it draws
    /// sixels. The answers, if any, come among the keys; who has none draws half blocks.
    pub fn ask_graphics(&self) {
        if self.knows_osc {
            let question = "\x1b_Gi=31,s=1,v=1,a=q,t=d,f=24;AAAA\x1b\\\x1b[16t\x1b[c";
            // A terminal that cannot be written to is found when it is drawn on.
            let _ = io::stdout().write_all(question.as_bytes()).and_then(|()| io::stdout().flush());
        }
    }

    /// Asks the terminal for clicks and the wheel, or leaves them to it.
    pub fn set_mouse(&self, on: bool) {
        self.mouse.set(on);
        // A terminal without a mouse is nothing to stop for.
        let _ = execute!(io::stdout(), Pointer { on });
    }

    /// Sets the title of the window; the one before comes back with the terminal.
    pub fn set_title(&self, title: &str) {
        /// Longer ones are cut by all that show them.
        const LONGEST: usize = 200;
        if self.knows_osc {
            let title = clean_line(title);
            // A title that cannot be shown is nothing to stop for.
            let _ = execute!(io::stdout(), Osc(&format!("2;{}", head(&title, LONGEST))));
        }
    }

    /// Writes operating system commands with the cells around which they stand.
    pub fn write_commands(&self, sequences: &[u8]) {
        if self.knows_osc {
            // A terminal that cannot be written to is found when it is drawn on.
            let _ = io::stdout().write_all(sequences).and_then(|()| io::stdout().flush());
        }
    }

    /// Sends what tells of something: a bell, or commands that a terminal that does not know them passes over.
    pub fn notify(&self, sequences: &str) {
        let bell = sequences.contains('\x07');
        let sequences = if self.knows_osc {
            sequences
        } else if bell {
            "\x07"
        } else {
            ""
        };
        // A terminal that cannot be written to is found when it is drawn on.
        let _ = io::stdout().write_all(sequences.as_bytes()).and_then(|()| io::stdout().flush());
    }

    /// Restores the terminal, stops the process until it is continued, and sets the terminal up again.
    ///
    /// # Errors
    ///
    /// When the terminal cannot be set up again.
    pub fn suspend(&self) -> io::Result<()> {
        restore();
        // The shell sees a stopped job, as after any ^Z.
        signal_hook::low_level::emulate_default_handler(signal_hook::consts::SIGTSTP)?;
        self.set_up()
    }

    /// Lends the terminal to what `run` does, which reads its keys, too; takes it back then.
    ///
    /// # Errors
    ///
    /// When the terminal cannot be set up again.
    pub(super) fn lend<T>(&self, run: impl FnOnce() -> T) -> io::Result<T> {
        self.gate.close();
        restore();
        let terminal = terminal().ok();
        let modes = terminal.as_ref().and_then(|terminal| tcgetattr(terminal).ok());
        let done = run();
        if let Some((terminal, modes)) = terminal.zip(modes) {
            // A program that was killed may leave other modes behind. Keys that it did not read are discarded.
            let _ = tcsetattr(terminal, OptionalActions::Flush, &modes);
        }
        let is_back = self.set_up().and_then(|()| Ok(execute!(io::stdout(), UsualModes)?));
        self.gate.open();
        is_back.map(|()| done)
    }

    /// Where those wait who read the keys, while the terminal is lent.
    pub(super) fn gate(&self) -> &InputGate {
        &self.gate
    }

    fn set_up(&self) -> io::Result<()> {
        enable_raw_mode()?;
        execute!(io::stdout(), EnterAlternateScreen, Hide, EnableBracketedPaste)?;
        if self.mouse.get() {
            execute!(io::stdout(), Pointer { on: true })?;
        }
        if self.knows_osc {
            execute!(io::stdout(), KeptTitle { restored: false })?;
        }
        Ok(())
    }
}

/// The terminal: standard input where that is one.
pub(super) fn terminal() -> io::Result<File> {
    let stdin = io::stdin();
    if stdin.is_terminal() {
        return Ok(File::from(stdin.as_fd().try_clone_to_owned()?));
    }
    File::open("/dev/tty")
}

/// Insert mode off, the whole screen, its own letters: what a program may have left otherwise.
struct UsualModes;

impl Command for UsualModes {
    fn write_ansi(&self, f: &mut impl fmt::Write) -> fmt::Result {
        f.write_str("\x1b[4l\x1b[?6l\x1b[r\x1b(B")
    }
}

impl Drop for Guard {
    fn drop(&mut self) {
        restore();
    }
}

/// Restores the terminal as far as possible: an error could not be shown.
pub(super) fn restore() {
    let _ = execute!(io::stdout(), Pointer { on: false }, DisableBracketedPaste, LeaveAlternateScreen, Show);
    if knows_osc(&env::var("TERM").unwrap_or_default()) {
        let _ = execute!(io::stdout(), KeptTitle { restored: true });
    }
    let _ = disable_raw_mode();
}

/// Whether a terminal of this name reads an OSC to its end, known or not. Consoles show it as text.
fn knows_osc(term: &str) -> bool {
    const CONSOLES: [&str; 7] = ["linux", "vt", "cons", "sun", "eterm", "dumb", "ansi"];
    !term.is_empty() && !CONSOLES.iter().any(|console| term.starts_with(console))
}

/// An operating system command: a question or a request to the terminal beyond its cells.
struct Osc<'a>(&'a str);

impl Command for Osc<'_> {
    fn write_ansi(&self, f: &mut impl fmt::Write) -> fmt::Result {
        write!(f, "\x1b]{}\x07", self.0)
    }
}

/// Keeps the title of the window, or restores it (xterm's window operations 22 and 23).
struct KeptTitle {
    restored: bool,
}

impl Command for KeptTitle {
    fn write_ansi(&self, f: &mut impl fmt::Write) -> fmt::Result {
        f.write_str(if self.restored { "\x1b[23;2t" } else { "\x1b[22;2t" })
    }
}

struct Pointer {
    on: bool,
}

impl Command for Pointer {
    fn write_ansi(&self, f: &mut impl fmt::Write) -> fmt::Result {
        f.write_str(if self.on { "\x1b[?1000h\x1b[?1002h\x1b[?1006h" } else { "\x1b[?1006l\x1b[?1002l\x1b[?1000l" })
    }
}

/// Writes each frame in one piece between the signs that ask the terminal to show it at once (synchronized output,
/// mode 2026), so that nothing flickers or tears.
#[derive(Debug)]
pub struct Frames<W: Write> {
    to: W,
    frame: Vec<u8>,
}

impl<W: Write> Frames<W> {
    /// Frames for this terminal.
    pub fn new(to: W) -> Self {
        Self { to, frame: Vec::with_capacity(1 << 14) }
    }
}

impl<W: Write> Write for Frames<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if self.frame.is_empty() {
            self.frame.extend_from_slice(b"\x1b[?2026h");
        }
        self.frame.extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        // Where the cursor is shown, it is put in its place next: that belongs to the frame.
        if self.frame.is_empty() || self.frame.ends_with(b"\x1b[?25h") {
            return Ok(());
        }
        self.frame.extend_from_slice(b"\x1b[?2026l");
        let written = self.to.write_all(&self.frame).and_then(|()| self.to.flush());
        self.frame.clear();
        written
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cursor_is_shown_in_its_place_only() {
        let mut out = Vec::new();
        let mut frames = Frames::new(&mut out);
        frames.write_all(b"ab\x1b[?25h").unwrap();
        frames.flush().unwrap();
        frames.write_all(b"\x1b[2;3H").unwrap();
        frames.flush().unwrap();
        assert_eq!(out, b"\x1b[?2026hab\x1b[?25h\x1b[2;3H\x1b[?2026l");
    }

    #[test]
    fn consoles_are_told_nothing_that_they_would_print() {
        for term in ["xterm-256color", "tmux-256color", "screen", "foot", "rxvt-unicode", "st-256color"] {
            assert!(knows_osc(term), "{term}");
        }
        for term in ["linux", "vt220", "linux-16color", "sun-color", ""] {
            assert!(!knows_osc(term), "{term}");
        }
    }

    #[test]
    fn a_frame_goes_out_in_one_piece() {
        let mut out = Vec::new();
        let mut frames = Frames::new(&mut out);
        frames.flush().unwrap();
        frames.write_all(b"ab").unwrap();
        frames.write_all(b"cd").unwrap();
        frames.flush().unwrap();
        frames.flush().unwrap();
        assert_eq!(out, b"\x1b[?2026habcd\x1b[?2026l");
    }
}
