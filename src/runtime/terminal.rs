//! Sets the terminal up, and restores it whatever happens.

use std::fmt;
use std::io::{self, Write};
use std::panic;
use std::thread;

use crossterm::cursor::{Hide, Show};
use crossterm::event::{DisableBracketedPaste, EnableBracketedPaste};
use crossterm::style::force_color_output;
use crossterm::terminal::{EnterAlternateScreen, LeaveAlternateScreen, disable_raw_mode, enable_raw_mode};
use crossterm::{Command, execute};

/// Holds the terminal; restores it when dropped, and before a panic is reported.
#[derive(Debug)]
pub struct Guard {
    mouse: bool,
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
        let guard = Self { mouse };
        guard.set_up()?;
        Ok(guard)
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

    fn set_up(&self) -> io::Result<()> {
        enable_raw_mode()?;
        execute!(io::stdout(), EnterAlternateScreen, Hide, EnableBracketedPaste)?;
        if self.mouse {
            execute!(io::stdout(), Pointer { on: true })?;
        }
        Ok(())
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
    let _ = disable_raw_mode();
}

/// Asks for clicks, the wheel and movements with the button held only: crossterm's own command asks for every movement, and
/// each would wake us.
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
        if self.frame.is_empty() {
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
