//! An output, part by part: an article, a person.

use std::io::{self, Write};
use std::ops::ControlFlow;

use crate::text::clean;

/// What a format puts around the parts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Frame {
    /// What comes before the first part, even when there is none.
    pub opening: &'static str,
    /// What comes between two parts.
    pub between: &'static str,
    /// What comes last.
    pub closing: &'static str,
}

impl Frame {
    /// Nothing.
    pub const NONE: Self = Self { opening: "", between: "", closing: "" };
    /// An array of JSON.
    pub const ARRAY: Self = Self { opening: "[", between: ",\n", closing: "]\n" };
}

/// Where the parts go.
#[derive(Debug)]
pub struct Output<W> {
    out: W,
    frame: Frame,
    /// Then nothing may steer it, whatever a file is called.
    is_terminal: bool,
    is_first: bool,
    result: io::Result<()>,
}

impl<W: Write> Output<W> {
    /// Returns an output to which nothing is written yet; `is_terminal` where `out` is one.
    pub fn new(out: W, frame: Frame, is_terminal: bool) -> Self {
        Self { out, frame, is_terminal, is_first: true, result: Ok(()) }
    }

    /// Writes a part; breaks off when the output is closed.
    pub fn write(&mut self, part: &str) -> ControlFlow<()> {
        self.result = self.try_write(part);
        if self.result.is_ok() { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
    }

    /// Writes a part.
    ///
    /// # Errors
    ///
    /// When the output is closed; nothing is to be written to it after that.
    pub fn try_write(&mut self, part: &str) -> io::Result<()> {
        let before = if self.is_first { self.frame.opening } else { self.frame.between };
        self.is_first = false;
        self.out.write_all(before.as_bytes())?;
        if self.is_terminal { self.out.write_all(clean(part).as_bytes()) } else { self.out.write_all(part.as_bytes()) }
    }

    /// Sees to it that what was written arrives now; breaks off when the output is closed.
    pub fn flush(&mut self) -> ControlFlow<()> {
        if self.result.is_ok() {
            self.result = self.out.flush();
        }
        if self.result.is_ok() { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
    }

    /// Writes what comes last, and sees to it that all arrived.
    ///
    /// # Errors
    ///
    /// When the output was closed at any time.
    pub fn finish(mut self) -> io::Result<()> {
        self.result?;
        if self.is_first {
            self.out.write_all(self.frame.opening.as_bytes())?;
        }
        self.out.write_all(self.frame.closing.as_bytes())?;
        self.out.flush()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(frame: Frame, is_terminal: bool, parts: &[&str]) -> String {
        let mut bytes = Vec::new();
        let mut output = Output::new(&mut bytes, frame, is_terminal);
        for part in parts {
            assert!(output.write(part).is_continue());
        }
        output.finish().unwrap();
        String::from_utf8(bytes).unwrap()
    }

    #[test]
    fn array_is_whole_however_many_parts_there_are() {
        assert_eq!(written(Frame::ARRAY, false, &[]), "[]\n");
        assert_eq!(written(Frame::ARRAY, false, &["{}"]), "[{}]\n");
        assert_eq!(written(Frame::ARRAY, false, &["{}", "{}"]), "[{},\n{}]\n");
    }

    #[test]
    fn terminal_gets_nothing_that_steers_it() {
        assert_eq!(written(Frame::NONE, true, &["a\u{9b}31mb\u{202e}\n"]), "ab\n");
        assert_eq!(written(Frame::NONE, false, &["a\u{202e}\n"]), "a\u{202e}\n");
    }

    #[test]
    fn closed_output_ends_writing() {
        struct Closed;
        impl Write for Closed {
            fn write(&mut self, _: &[u8]) -> io::Result<usize> {
                Err(io::ErrorKind::BrokenPipe.into())
            }
            fn flush(&mut self) -> io::Result<()> {
                Ok(())
            }
        }
        let mut output = Output::new(Closed, Frame::NONE, false);
        assert!(output.write("x").is_break());
        assert_eq!(output.finish().unwrap_err().kind(), io::ErrorKind::BrokenPipe);
    }
}
