//! Packed bytes on their way, of which the last can be read again: what is damaged may have been read as if it went on over
//! its end.

use std::io::{self, BufRead, BufReader, Cursor, Read};

use super::packer::Packer;
use crate::formats::parse_error::SourceError;

/// How much is read at once, in bytes.
pub const BUFFER: usize = 64 << 10;

/// How much of a member can be read again at least, in bytes; twice as much is held.
const AGAIN: usize = 1 << 20;

/// How many bytes are wanted at once to tell what they are.
const TELLING: usize = 4;

/// Packed bytes.
pub struct PackedInput<'i> {
    source: Source<'i>,
    bytes: Vec<u8>,
    /// How many of the bytes were read.
    at: usize,
    /// Where the member begins that is read, or the oldest of its bytes that are held.
    start: usize,
}

impl<'i> PackedInput<'i> {
    pub const fn of(source: &'i mut dyn Read) -> Self {
        Self { source: Source(source), bytes: Vec::new(), at: 0, start: 0 }
    }

    /// The bytes that come next, where they are not packed.
    pub fn into_plain(self) -> impl BufRead + use<'i> {
        let mut come = Cursor::new(self.bytes);
        come.set_position(self.at as u64);
        come.chain(BufReader::with_capacity(BUFFER, self.source))
    }

    /// A member begins here.
    pub fn begin(&mut self) {
        self.start = self.at;
    }

    /// Goes back to behind the first byte of the member.
    pub fn read_again(&mut self) {
        self.at = (self.start + 1).min(self.bytes.len());
    }

    /// Whether another member begins in the bytes that have come and are not read.
    pub fn has_another(&self, packer: Packer) -> bool {
        packer.find(&self.bytes[self.at..]).is_some()
    }

    /// Goes to where a member begins; returns whether there is one.
    pub fn find(&mut self, packer: Packer) -> io::Result<bool> {
        loop {
            if let Some(at) = packer.find(&self.bytes[self.at..]) {
                self.at += at;
                return Ok(true);
            }
            // What begins at the end of these is looked at with the next.
            self.at = self.at.max((self.bytes.len() + 1).saturating_sub(packer.telling()));
            self.start = self.at;
            if !self.fill()? {
                self.at = self.bytes.len();
                return Ok(false);
            }
        }
    }

    /// Goes on over zeros and blanks, with which tapes and servers fill up; returns whether zeros were among them, and
    /// whether anything follows.
    pub fn skip_padding(&mut self) -> io::Result<(bool, bool)> {
        let mut has_zeros = false;
        loop {
            let bytes = self.fill_buf()?;
            let padding = bytes.iter().take_while(|byte| **byte == 0 || byte.is_ascii_whitespace()).count();
            has_zeros |= bytes[..padding].contains(&0);
            let (is_end, is_all) = (bytes.is_empty(), padding == bytes.len());
            self.consume(padding);
            self.begin();
            if is_end || !is_all {
                return Ok((has_zeros, !is_end));
            }
        }
    }

    /// Reads more; returns whether any came.
    fn fill(&mut self) -> io::Result<bool> {
        if self.bytes.len() - self.start > 2 * AGAIN {
            self.start = self.at.min(self.bytes.len() - AGAIN);
        }
        self.bytes.drain(..self.start);
        self.at -= std::mem::take(&mut self.start);
        let length = self.bytes.len();
        self.bytes.resize(length + BUFFER, 0);
        let read = self.source.read(&mut self.bytes[length..]);
        self.bytes.truncate(length + read.as_ref().map_or(0, |read| *read));
        Ok(read? > 0)
    }
}

impl Read for PackedInput<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.fill_buf()?.read(buffer)?;
        self.consume(read);
        Ok(read)
    }
}

impl BufRead for PackedInput<'_> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        if self.at == self.bytes.len() {
            self.fill()?;
        }
        Ok(&self.bytes[self.at..])
    }

    fn consume(&mut self, count: usize) {
        self.at = (self.at + count).min(self.bytes.len());
    }
}

/// Where packed bytes come from; marks its errors as its own.
struct Source<'i>(&'i mut dyn Read);

impl Read for Source<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let mut length = 0;
        while length < buffer.len().min(TELLING) {
            match self.0.read(&mut buffer[length..]) {
                Ok(0) => break,
                Ok(read) => length += read,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(_) if length > 0 => break,
                Err(error) => return Err(io::Error::other(SourceError(error))),
            }
        }
        Ok(length)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn last_bytes_can_be_read_again_and_no_more_are_held() {
        let mut source = io::repeat(b'a').take(9 << 20);
        let mut input = PackedInput::of(&mut source);
        input.begin();
        for _ in 0..5 << 10 {
            assert!(input.fill_buf().unwrap().len() >= 1 << 10);
            input.consume(1 << 10);
        }
        assert!(input.bytes.capacity() < 5 << 20);
        input.read_again();
        let mut rest = Vec::new();
        input.read_to_end(&mut rest).unwrap();
        assert!(rest.len() >= (4 << 20) + AGAIN && rest.len() <= (4 << 20) + 2 * AGAIN + BUFFER);
    }
}
