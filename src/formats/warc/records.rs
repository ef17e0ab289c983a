//! Cuts a web archive into its records, and holds no more of it than one that is wanted.

use std::io::{self, BufRead};

use memchr::memmem;

use super::header::Header;
use crate::formats::compression::GAP;
use crate::formats::{LARGEST, ParseError};

/// How much of a block is looked at to tell whether it is wanted, in bytes.
const HEAD: usize = 64 << 10;

/// The longest header of a record, in bytes.
const LONGEST_HEADER: usize = 64 << 10;

/// A block that is not wanted and no longer than this is looked at as a whole, in bytes.
const SHORT: u64 = 1 << 20;

/// How much is looked at behind a block for the next record.
const BEHIND: usize = 64;

/// How a record begins; a number follows.
const VERSION: &[u8] = b"WARC/";

/// What stands for what is lost of a damaged member or frame ([`GAP`]), and how many bytes of line ends stand before it.
const DAMAGED: &[u8] = GAP.trim_ascii();
const LINE_ENDS: u64 = (GAP.trim_ascii_end().len() - DAMAGED.len()) as u64;

/// How a record begins behind a block that is longer or shorter than it says.
const NEXT: &[u8] = b"\nWARC/";

/// How much memory is kept between records, in bytes.
const KEPT: usize = 1 << 20;

/// A record.
pub struct Record<'r> {
    /// Which record it is, from 1.
    pub number: u64,
    /// Where it begins, in bytes of the archive unpacked.
    pub offset: u64,
    /// What stands in it, or why it is broken.
    pub content: Result<Content<'r>, ParseError>,
}

/// What stands in a record.
pub enum Content<'r> {
    /// Its header and its block.
    Wanted(Header, &'r [u8]),
    /// What is not wanted.
    Other,
}

/// The records of an archive.
pub struct Records<R> {
    input: Window<R>,
    number: u64,
    /// How long the block is that was handed out last.
    handed: usize,
}

impl<R: BufRead> Records<R> {
    /// Of `input`, which is unpacked.
    pub fn of(input: R) -> Self {
        Self { input: Window { input, bytes: Vec::new(), at: 0, offset: 0, ended: None }, number: 0, handed: 0 }
    }

    /// The next record; nothing at the end. Its block is wanted where `is_wanted` says so of its header and its first bytes.
    pub fn next(&mut self, is_wanted: &dyn Fn(&Header, &[u8]) -> bool) -> Option<Record<'_>> {
        self.input.consume(std::mem::take(&mut self.handed));
        if !self.find_version() {
            return None;
        }
        self.number += 1;
        let (number, offset) = (self.number, self.input.offset);
        if self.input.peek(DAMAGED.len()) == DAMAGED {
            // Line ends stand before what stands for a record of which nothing can be read. What looks like the beginning of a
            // member may be in the middle of the same one.
            while self.input.peek(DAMAGED.len()) == DAMAGED {
                self.input.consume(DAMAGED.len());
                self.input.skip_line_ends();
            }
            let offset = offset.saturating_sub(LINE_ENDS);
            let why = ParseError::malformed("WARC", &"the record is damaged where it is packed");
            return Some(Record { number, offset, content: Err(why) });
        }
        let content = match self.header() {
            Ok(header) => self.content(header, is_wanted),
            Err(why) => Err(why),
        };
        Some(Record { number, offset, content })
    }

    /// How the stream ended.
    ///
    /// # Errors
    ///
    /// When it broke.
    pub fn ended(self) -> io::Result<()> {
        self.input.ended.unwrap_or(Ok(()))
    }

    /// Goes to where the next record begins; returns whether there is one.
    fn find_version(&mut self) -> bool {
        loop {
            self.input.skip_line_ends();
            let head = self.input.peek(BEHIND);
            if head.is_empty() {
                return false;
            }
            // The last one may be cut off in its first line.
            let is_cut = head.len() < BEHIND && (VERSION.starts_with(head) || head.starts_with(VERSION));
            if begins_record(head) || is_cut || head.starts_with(DAMAGED) {
                return true;
            }
            self.input.consume(1);
            self.input.skip_until_next(u64::MAX);
        }
    }

    /// Reads the header, up to the blank line below it.
    fn header(&mut self) -> Result<Header, ParseError> {
        let head = self.input.peek(LONGEST_HEADER);
        let is_all = head.len() < LONGEST_HEADER;
        let Some((header, length)) = Header::of(head) else {
            // What follows is looked through for the next record.
            self.input.consume(VERSION.len());
            let no_end = "the header of the record does not end";
            return Err(if is_all { ParseError::CutOff } else { ParseError::malformed("WARC", &no_end) });
        };
        self.input.consume(length);
        Ok(header)
    }

    fn content(
        &mut self,
        header: Header,
        is_wanted: &dyn Fn(&Header, &[u8]) -> bool,
    ) -> Result<Content<'_>, ParseError> {
        let Some(length) = header.content_length() else {
            return Err(ParseError::malformed("WARC", &"the record has no Content-Length"));
        };
        let first = usize::try_from(length).unwrap_or(HEAD).min(HEAD);
        let wanted = is_wanted(&header, self.input.peek(first));
        if length > if wanted { LARGEST } else { SHORT } {
            return match self.input.skip_until_next(length) {
                Skipped::All if wanted => Err(ParseError::TooLarge),
                Skipped::All if self.is_between_records() => Ok(Content::Other),
                Skipped::All | Skipped::ToNext => Err(wrong_length()),
                Skipped::ToEnd => Err(ParseError::CutOff),
            };
        }
        let length = length as usize;
        let bytes = self.input.peek(length + BEHIND);
        let (is_long_enough, is_whole) = (bytes.len() >= length, bytes.get(length..).is_some_and(is_end));
        if is_whole {
            if !wanted {
                self.input.consume(length);
                return Ok(Content::Other);
            }
            self.handed = length;
            return Ok(Content::Wanted(header, &self.input.peek(length)[..length]));
        }
        // Another record may begin in what was taken for the block.
        let next = memmem::find_iter(bytes, NEXT).map(|at| at + 1).find(|&at| begins_record(&bytes[at..]));
        let used = next.unwrap_or(length.min(bytes.len()));
        self.input.consume(used);
        Err(if is_long_enough || next.is_some() { wrong_length() } else { ParseError::CutOff })
    }

    /// Whether another record begins here, or the archive ends.
    fn is_between_records(&mut self) -> bool {
        is_end(self.input.peek(BEHIND))
    }
}

fn wrong_length() -> ParseError {
    ParseError::malformed("WARC", &"the record does not end where its Content-Length says")
}

/// Whether a block ends before these bytes: line ends and the next record follow, or nothing.
fn is_end(behind: &[u8]) -> bool {
    let next = behind.trim_ascii_start();
    next.starts_with(VERSION) || VERSION.starts_with(next) || next.starts_with(DAMAGED)
}

/// `WARC/1.0` alone on its line.
fn begins_record(bytes: &[u8]) -> bool {
    let Some(version) = bytes.strip_prefix(VERSION) else { return false };
    let length = version.iter().take_while(|b| b.is_ascii_digit() || **b == b'.').count();
    length > 0 && version[length..].trim_ascii_start().len() < version[length..].len()
}

/// How far a block was skipped.
enum Skipped {
    All,
    /// To where another record begins in it.
    ToNext,
    ToEnd,
}

/// A stream of which as much is held as is looked at.
struct Window<R> {
    input: R,
    bytes: Vec<u8>,
    at: usize,
    /// Where in the stream the first of the bytes stands that were not consumed.
    offset: u64,
    /// How the stream ended.
    ended: Option<io::Result<()>>,
}

impl<R: BufRead> Window<R> {
    /// The next bytes, no more than `most`; fewer only at the end.
    fn peek(&mut self, most: usize) -> &[u8] {
        while self.bytes.len() - self.at < most && self.ended.is_none() {
            if self.at > 0 {
                self.bytes.drain(..self.at);
                self.at = 0;
                // One long record is no reason to keep so much.
                if self.bytes.len() < KEPT && self.bytes.capacity() > 2 * KEPT {
                    self.bytes.shrink_to(KEPT);
                }
            }
            match self.input.fill_buf() {
                Ok([]) => self.ended = Some(Ok(())),
                Ok(chunk) => {
                    let length = chunk.len();
                    self.bytes.extend_from_slice(chunk);
                    self.input.consume(length);
                }
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => self.ended = Some(Err(error)),
            }
        }
        let end = self.bytes.len().min(self.at.saturating_add(most));
        &self.bytes[self.at..end]
    }

    /// Goes on by `count` bytes, which were looked at.
    fn consume(&mut self, count: usize) {
        let count = count.min(self.bytes.len() - self.at);
        self.at += count;
        self.offset += count as u64;
    }

    fn skip_line_ends(&mut self) {
        while matches!(self.peek(1), [b'\r' | b'\n']) {
            self.consume(1);
        }
    }

    /// Goes on by `length` bytes, or to where a record begins on its own line.
    fn skip_until_next(&mut self, length: u64) -> Skipped {
        let mut left = length;
        while left > 0 {
            let most = usize::try_from(left).unwrap_or(HEAD).min(HEAD);
            let bytes = self.peek(most);
            if bytes.is_empty() {
                return Skipped::ToEnd;
            }
            // What begins at the end of these is looked at with the next.
            let is_last = bytes.len() < most || most as u64 == left;
            let next = memmem::find_iter(bytes, NEXT).map(|at| at + 1).find(|&at| begins_record(&bytes[at..]));
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
}

#[cfg(test)]
mod tests {
    use super::*;

    fn record(kind: &str, block: &str) -> String {
        format!("WARC/1.0\r\nWARC-Type: {kind}\r\nContent-Length: {}\r\n\r\n{block}\r\n\r\n", block.len())
    }

    /// The records of an archive of which so many bytes come at once: number, offset, and block or error.
    fn all(archive: &[u8], at_once: usize) -> Vec<(u64, u64, String)> {
        let mut records = Records::of(io::BufReader::with_capacity(at_once, archive));
        let mut all = Vec::new();
        while let Some(record) = records.next(&|header, _| header.get("warc-type") == Some("response")) {
            let content = match record.content {
                Ok(Content::Wanted(_, block)) => String::from_utf8_lossy(block).into_owned(),
                Ok(Content::Other) => "other".to_owned(),
                Err(why) => why.to_string(),
            };
            all.push((record.number, record.offset, content));
        }
        all
    }

    fn contents(archive: &[u8]) -> Vec<String> {
        all(archive, 7).into_iter().map(|(_, _, content)| content).collect()
    }

    #[test]
    fn records_are_cut_apart_however_the_bytes_come() {
        let archive =
            record("warcinfo", "software: x\r\n") + &record("response", "A\r\n\r\n") + &record("response", "");
        let first = record("warcinfo", "software: x\r\n").len() as u64;
        let second = first + record("response", "A\r\n\r\n").len() as u64;
        let expected =
            [(1, 0, "other"), (2, first, "A\r\n\r\n"), (3, second, "")].map(|(n, o, c)| (n, o, c.to_owned()));
        for at_once in [1, 2, 3, 7, 64, 9_999] {
            assert_eq!(all(archive.as_bytes(), at_once), expected, "{at_once}");
        }
    }

    #[test]
    fn wrong_length_is_named_and_the_rest_is_read() {
        let wrong = "is not well-formed WARC (the record does not end where its Content-Length says)";
        let good = record("response", "B");
        for kind in ["response", "request"] {
            for (said, block) in [("3", "ABCDEF"), ("50", "ABC"), ("9000", "ABC")] {
                let broken = format!("WARC/1.0\r\nWARC-Type: {kind}\r\nContent-Length: {said}\r\n\r\n{block}\r\n\r\n");
                assert_eq!(contents((broken + &good + &good).as_bytes()), [wrong, "B", "B"], "{kind} {said}");
            }
        }
        let none = "WARC/1.0\r\nWARC-Type: response\r\n\r\nABC\r\n\r\n".to_owned();
        let no_length = "is not well-formed WARC (the record has no Content-Length)";
        assert_eq!(contents((none + &good).as_bytes()), [no_length, "B"]);
    }

    #[test]
    fn oversized_record_is_skipped() {
        let long = "x".repeat(LARGEST as usize + 1);
        let archive = record("response", &long) + &record("request", &long) + &record("response", "B");
        assert_eq!(contents(archive.as_bytes()), ["is larger than 16 MiB", "other", "B"]);
        let endless =
            format!("WARC/1.0\r\nWARC-Type: response\r\nContent-Length: 99999999999999\r\n\r\n{long}\r\n\r\n");
        let wrong = "is not well-formed WARC (the record does not end where its Content-Length says)";
        assert_eq!(contents((endless.clone() + &record("response", "B")).as_bytes()), [wrong, "B"]);
        assert_eq!(contents(endless.as_bytes()), ["is incomplete"]);
    }

    #[test]
    fn truncated_record_is_named() {
        let (first, second) = (record("response", "A"), record("response", "BCD"));
        let whole = first.clone() + &second;
        for end in first.len() + 1..whole.len() - 4 {
            let contents = contents(&whole.as_bytes()[..end]);
            assert_eq!(contents[0], "A", "{end}");
            assert_eq!(contents[1..], ["is incomplete"], "{end}");
        }
    }
}
