//! Lines of any input, one at a time, none of which may fill the memory.

use std::io::{self, BufRead, Read};

/// The longest line, in bytes: an article of the largest size with all its letters escaped.
const LONGEST: u64 = 64 << 20;

/// The lines of an input.
pub struct LineReader<R> {
    input: R,
    number: usize,
    line: Vec<u8>,
}

/// A line without its end.
#[derive(Debug, PartialEq, Eq)]
pub enum InputLine<'a> {
    /// A whole one.
    Whole(&'a [u8]),
    /// One that is over [`LONGEST`].
    TooLong,
}

impl<R: BufRead> LineReader<R> {
    /// The lines of `input`.
    pub const fn new(input: R) -> Self {
        Self { input, number: 0, line: Vec::new() }
    }

    /// The next line with its number, from 1; `None` at the end.
    pub fn next(&mut self) -> io::Result<Option<(usize, InputLine<'_>)>> {
        self.next_within(LONGEST)
    }

    fn next_within(&mut self, longest: u64) -> io::Result<Option<(usize, InputLine<'_>)>> {
        self.line.clear();
        if self.input.by_ref().take(longest).read_until(b'\n', &mut self.line)? == 0 {
            return Ok(None);
        }
        self.number += 1;
        if self.line.len() as u64 == longest && !self.line.ends_with(b"\n") && self.input.skip_until(b'\n')? > 0 {
            return Ok(Some((self.number, InputLine::TooLong)));
        }
        Ok(Some((self.number, InputLine::Whole(self.line.trim_ascii_end()))))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn line_that_is_too_long_is_passed_over() {
        let mut lines = LineReader::new(&b"one\r\nseven!!\neight!!!\n\n1234567"[..]);
        let mut next = || lines.next_within(7).unwrap().map(|(number, line)| (number, format!("{line:?}")));
        let whole = |number, bytes: &[u8]| Some((number, format!("{:?}", InputLine::Whole(bytes))));
        assert_eq!(next(), whole(1, b"one"));
        assert_eq!(next(), Some((2, "TooLong".to_owned())), "with its end it is longer");
        assert_eq!(next(), Some((3, "TooLong".to_owned())));
        assert_eq!(next(), whole(4, b""));
        assert_eq!(next(), whole(5, b"1234567"));
        assert_eq!(next(), None);
    }
}
