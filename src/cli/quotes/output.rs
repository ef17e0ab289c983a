//! Standard output, article by article.

use std::io::{self, Write};
use std::ops::ControlFlow;

use super::format::Format;
use crate::text::clean;

/// Where the articles go.
pub struct Output<W> {
    out: W,
    format: Format,
    /// Whether somebody looks at it: then nothing may steer their terminal, whatever a file is called.
    is_terminal: bool,
    is_first: bool,
    result: io::Result<()>,
}

impl<W: Write> Output<W> {
    /// Nothing is written yet.
    pub fn new(out: W, format: Format, is_terminal: bool) -> Self {
        Self { out, format, is_terminal, is_first: true, result: Ok(()) }
    }

    /// Writes some articles; breaks off when the output takes no more.
    pub fn write(&mut self, articles: &[String]) -> ControlFlow<()> {
        self.result = articles.iter().try_for_each(|article| self.write_one(article));
        if self.result.is_ok() { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
    }

    /// Writes what comes last, and sees to it that all arrived.
    pub fn finish(mut self) -> io::Result<()> {
        self.result?;
        if self.is_first {
            self.out.write_all(self.format.opening().as_bytes())?;
        }
        self.out.write_all(self.format.closing().as_bytes())?;
        self.out.flush()
    }

    fn write_one(&mut self, article: &str) -> io::Result<()> {
        let before = if self.is_first { self.format.opening() } else { self.format.between() };
        self.is_first = false;
        self.out.write_all(before.as_bytes())?;
        if self.is_terminal {
            self.out.write_all(clean(article).as_bytes())
        } else {
            self.out.write_all(article.as_bytes())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(format: Format, is_terminal: bool, articles: &[&str]) -> String {
        let mut bytes = Vec::new();
        let mut output = Output::new(&mut bytes, format, is_terminal);
        for article in articles {
            assert!(output.write(&[(*article).to_owned()]).is_continue());
        }
        output.finish().unwrap();
        String::from_utf8(bytes).unwrap()
    }

    #[test]
    fn an_array_is_an_array_however_many_there_are() {
        assert_eq!(written(Format::Json, false, &[]), "[]\n");
        assert_eq!(written(Format::Json, false, &["{}"]), "[{}]\n");
        assert_eq!(written(Format::Json, false, &["{}", "{}"]), "[{},\n{}]\n");
    }

    #[test]
    fn a_terminal_gets_nothing_that_steers_it() {
        assert_eq!(written(Format::Jsonl, true, &["a\u{9b}31mb\u{202e}\n"]), "ab\n");
        assert_eq!(written(Format::Jsonl, false, &["a\u{202e}\n"]), "a\u{202e}\n");
    }

    #[test]
    fn what_takes_no_more_ends_it() {
        struct Closed;
        impl Write for Closed {
            fn write(&mut self, _: &[u8]) -> io::Result<usize> {
                Err(io::ErrorKind::BrokenPipe.into())
            }
            fn flush(&mut self) -> io::Result<()> {
                Ok(())
            }
        }
        let mut output = Output::new(Closed, Format::Jsonl, false);
        assert!(output.write(&["x".to_owned()]).is_break());
        assert_eq!(output.finish().unwrap_err().kind(), io::ErrorKind::BrokenPipe);
    }
}
