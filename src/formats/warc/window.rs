//! A stream of which as much is held as is looked at.

use std::io::{self, BufRead};

use memchr::memmem;

use crate::formats::compression;

/// How much is looked at of what is skipped, in bytes.
const LOOKED_AT: usize = 64 << 10;

/// How much memory is kept between records, in bytes.
const KEPT: usize = 1 << 20;

/// How many bytes tell whether a record begins.
pub const BEHIND: usize = 64;

/// How a record begins; a number follows.
pub const VERSION: &[u8] = b"WARC/";

/// How a record begins behind a block that is longer or shorter than it says.
const NEXT: &[u8] = b"\nWARC/";

/// A stream of which as much is held as is looked at.
pub struct Window<R> {
    input: R,
    bytes: Vec<u8>,
    at: usize,
    /// Where in the stream the first of the bytes stands that were not consumed.
    pub offset: u64,
    /// Why no more bytes come behind those that are held.
    stop: Option<Stop>,
}

/// Why no more bytes come.
enum Stop {
    End,
    /// What comes is lost; then it goes on.
    Damage(io::Error),
    Broken(io::Error),
}

/// How far a block was skipped.
pub enum Skipped {
    All,
    /// To where another record begins in it.
    ToNext,
    /// To where no more bytes come.
    ToStop,
}

impl<R: BufRead> Window<R> {
    pub const fn of(input: R) -> Self {
        Self { input, bytes: Vec::new(), at: 0, offset: 0, stop: None }
    }

    /// The next bytes, no more than `most`; fewer only where no more come.
    pub fn peek(&mut self, most: usize) -> &[u8] {
        while self.bytes.len() - self.at < most && self.stop.is_none() {
            if self.at > 0 {
                self.bytes.drain(..self.at);
                self.at = 0;
                // One long record is no reason to keep so much.
                if self.bytes.len() < KEPT && self.bytes.capacity() > 2 * KEPT {
                    self.bytes.shrink_to(KEPT);
                }
            }
            match self.input.fill_buf() {
                Ok([]) => self.stop = Some(Stop::End),
                Ok(chunk) => {
                    let length = chunk.len();
                    self.bytes.extend_from_slice(chunk);
                    self.input.consume(length);
                }
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) if compression::is_damage(&error) => self.stop = Some(Stop::Damage(error)),
                Err(error) => self.stop = Some(Stop::Broken(error)),
            }
        }
        let end = self.bytes.len().min(self.at.saturating_add(most));
        &self.bytes[self.at..end]
    }

    /// Goes on by `count` bytes, which were looked at.
    pub fn consume(&mut self, count: usize) {
        let count = count.min(self.bytes.len() - self.at);
        self.at += count;
        self.offset += count as u64;
    }

    /// The damage behind the bytes that are held, if that is why no more come.
    pub const fn damage(&self) -> Option<&io::Error> {
        if let Some(Stop::Damage(error)) = &self.stop { Some(error) } else { None }
    }

    /// Goes on behind the damage, where nothing stands before it any more; returns what it is.
    pub fn pass_damage(&mut self) -> Option<io::Error> {
        let is_here = self.at == self.bytes.len() && self.damage().is_some();
        match is_here.then(|| self.stop.take()).flatten() {
            Some(Stop::Damage(error)) => Some(error),
            _ => None,
        }
    }

    /// Why the stream broke, where it did.
    pub const fn broken(&self) -> Option<&io::Error> {
        if let Some(Stop::Broken(error)) = &self.stop { Some(error) } else { None }
    }

    /// How the stream ended.
    ///
    /// # Errors
    ///
    /// When it broke.
    pub fn ended(self) -> io::Result<()> {
        if let Some(Stop::Broken(error)) = self.stop { Err(error) } else { Ok(()) }
    }

    /// Goes on over line ends, and zeros, with which tapes and disks fill up; returns whether there were zeros.
    pub fn skip_padding(&mut self) -> bool {
        let mut has_zeros = false;
        while let [byte @ (b'\r' | b'\n' | 0)] = self.peek(1) {
            has_zeros |= *byte == 0;
            self.consume(1);
        }
        has_zeros
    }

    /// Goes on by `length` bytes, or to where a record begins on its own line.
    pub fn skip_until_next(&mut self, length: u64) -> Skipped {
        let mut left = length;
        while left > 0 {
            let most = usize::try_from(left).unwrap_or(LOOKED_AT).min(LOOKED_AT);
            let bytes = self.peek(most);
            if bytes.is_empty() {
                return Skipped::ToStop;
            }
            // What begins at the end of these is looked at with the next.
            let is_last = bytes.len() < most || most as u64 == left;
            let next = next_record(bytes);
            let used = match next {
                Some(at) => at,
                None if is_last => bytes.len(),
                None => bytes.len() - BEHIND.min(bytes.len() - 1),
            };
            self.consume(used);
            left -= used as u64;
            if next.is_some() {
                return Skipped::ToNext;
            }
        }
        Skipped::All
    }

    /// Goes on over bytes that belong to no record, to where one begins, be it in the middle of a line, or no more come.
    pub fn skip_stray(&mut self) {
        loop {
            let bytes = self.peek(LOOKED_AT);
            let is_all = bytes.len() < LOOKED_AT;
            let begins = |&at: &usize| {
                let is_on_line = at.checked_sub(1).is_some_and(|before| bytes[before] == b'\n');
                begins_record(&bytes[at..]) && (is_on_line || has_field_below(&bytes[at..]))
            };
            let next = memmem::find_iter(bytes, VERSION).find(begins);
            let used = next.unwrap_or(if is_all { bytes.len() } else { bytes.len() - BEHIND });
            self.consume(used);
            if next.is_some() || is_all {
                return;
            }
        }
    }
}

/// Where another record begins on its own line.
pub fn next_record(bytes: &[u8]) -> Option<usize> {
    memmem::find_iter(bytes, NEXT).map(|at| at + 1).find(|&at| begins_record(&bytes[at..]))
}

/// How many records seem to begin in these bytes.
pub fn count_records(bytes: &[u8]) -> u64 {
    let on_lines = memmem::find_iter(bytes, NEXT).filter(|at| begins_record(&bytes[at + 1..])).count() as u64;
    on_lines + u64::from(begins_record(bytes))
}

/// `WARC/1.0` alone on its line.
pub fn begins_record(bytes: &[u8]) -> bool {
    let Some(version) = bytes.strip_prefix(VERSION) else { return false };
    let length = version.iter().take_while(|b| b.is_ascii_digit() || **b == b'.').count();
    length > 0 && version[length..].trim_ascii_start().len() < version[length..].len()
}

/// Whether a field of a record stands below the first line.
fn has_field_below(bytes: &[u8]) -> bool {
    let below = bytes.iter().position(|byte| *byte == b'\n').map_or(&[][..], |end| &bytes[end + 1..]);
    let begins = |name: &[u8]| below.get(..name.len()).is_some_and(|start| start.eq_ignore_ascii_case(name));
    begins(b"warc-") || begins(b"content-")
}
