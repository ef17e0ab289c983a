//! Cuts a web archive into its records, and holds no more of it than one that is wanted.

use std::io::{self, BufRead};

use super::header::Header;
use super::window::{BEHIND, Skipped, VERSION, Window, begins_record, count_records, next_record};
use crate::formats::parse_error::{DamageError, RecordNumber, RecordRange};
use crate::formats::{LARGEST, ParseError};

/// How much of a block is looked at to tell whether it is wanted, in bytes.
const HEAD: usize = 64 << 10;

/// The longest header of a record, in bytes.
const LONGEST_HEADER: usize = 64 << 10;

/// A block that is not wanted and no longer than this is looked at as a whole, in bytes.
const SHORT: u64 = 1 << 20;

/// A record.
pub struct Record<'r> {
    /// Which record it is, from 1.
    pub number: u64,
    /// Where it begins, in bytes of the archive unpacked.
    pub offset: u64,
    /// Where it ends, as far as it was read.
    pub end: u64,
    /// Its header; of one that is broken, as much as came.
    pub header: Header,
    /// What stands in it, or why it is broken.
    pub content: Result<Content<'r>, ParseError>,
}

/// What stands in a record.
pub enum Content<'r> {
    /// Its block.
    Wanted(&'r [u8]),
    /// What is not wanted.
    Other,
}

/// The records of an archive.
pub struct Records<R> {
    input: Window<R>,
    number: u64,
    /// How long the block is that was handed out last.
    handed: usize,
    /// Whether the last record is broken, so that what follows it up to the next may be part of it.
    is_broken: bool,
    /// Whether a record was said to be cut off with the archive.
    is_cut_told: bool,
    /// How many more records were lost with the last one.
    lost_with: u64,
}

/// What stands where a record may begin.
enum Found {
    Record,
    /// Bytes that belong to none, from here to the next.
    Stray,
    /// What is lost.
    Damage(io::Error),
    End,
}

impl<R: BufRead> Records<R> {
    /// Of `input`, which is unpacked.
    pub const fn of(input: R) -> Self {
        Self { input: Window::of(input), number: 0, handed: 0, is_broken: false, is_cut_told: false, lost_with: 0 }
    }

    /// The next record; nothing at the end. Its block is wanted where `is_wanted` says so of its header and its first bytes.
    pub fn next(&mut self, is_wanted: &dyn Fn(&Header, &[u8]) -> bool) -> Option<Record<'_>> {
        self.input.consume(std::mem::take(&mut self.handed));
        self.number += std::mem::take(&mut self.lost_with);
        let (found, offset) = self.find();
        let (header, content) = match found {
            Found::End => return None,
            Found::Record => self.read(is_wanted),
            Found::Stray => {
                let why = ParseError::malformed("WARC", &"there are bytes that belong to no record");
                (Header::default(), Err(why))
            }
            Found::Damage(error) => (Header::default(), Err(self.lost(error, 0))),
        };
        self.number += 1;
        self.is_broken = content.is_err();
        let end = self.input.offset + content.as_ref().map_or(0, |length| length.unwrap_or_default()) as u64;
        let content = match content {
            Ok(Some(length)) => {
                self.handed = length;
                Ok(Content::Wanted(&self.input.peek(length)[..length]))
            }
            Ok(None) => Ok(Content::Other),
            Err(why) => Err(why),
        };
        Some(Record { number: self.number, offset, end, header, content })
    }

    /// Which record would come next, and where it would begin.
    pub const fn place(&self) -> (u64, u64) {
        (self.number + 1, self.input.offset)
    }

    /// How the stream ended.
    ///
    /// # Errors
    ///
    /// When it broke, and no record was said to be cut off by that.
    pub fn ended(self) -> io::Result<()> {
        if self.is_cut_told { Ok(()) } else { self.input.ended() }
    }

    /// Goes to what stands before the next record, or to that; returns where that begins, too.
    fn find(&mut self) -> (Found, u64) {
        let mut offset = self.input.offset;
        // Zeros in the middle may have been a record.
        let mut is_stray = self.input.skip_padding() && !self.input.peek(1).is_empty();
        if !is_stray {
            offset = self.input.offset;
        }
        loop {
            let is_known = self.is_broken;
            let head = self.input.peek(BEHIND);
            if head.is_empty() {
                let damage = self.input.pass_damage();
                return match damage {
                    // It began in the record that is broken.
                    Some(_) if is_stray && is_known => {
                        self.input.skip_padding();
                        (offset, is_stray) = (self.input.offset, false);
                        continue;
                    }
                    Some(error) => (Found::Damage(error), offset),
                    // Before any record it is no archive.
                    None if is_stray && !is_known && self.number > 0 => (Found::Stray, offset),
                    None => (Found::End, offset),
                };
            }
            // The last one may be cut off in its first line.
            let is_cut = head.len() < BEHIND && (VERSION.starts_with(head) || head.starts_with(VERSION));
            if begins_record(head) || is_cut {
                let is_told = is_stray && !is_known;
                return if is_told { (Found::Stray, offset) } else { (Found::Record, self.input.offset) };
            }
            is_stray = true;
            self.input.consume(1);
            self.input.skip_stray();
        }
    }

    /// Reads the record that begins here: its header, and how long its block is where that is wanted.
    fn read(&mut self, is_wanted: &dyn Fn(&Header, &[u8]) -> bool) -> (Header, Result<Option<usize>, ParseError>) {
        let head = self.input.peek(LONGEST_HEADER);
        let is_all = head.len() < LONGEST_HEADER;
        if let Some((header, length)) = Header::of(head) {
            self.input.consume(length);
            let content = self.content(&header, is_wanted);
            return (header, content);
        }
        let (begun, next) = (Header::beginning(head), next_record(head));
        // What follows is looked through for the next record.
        let used = next.unwrap_or(if is_all { head.len() } else { VERSION.len() });
        self.input.consume(used);
        let no_end = || ParseError::malformed("WARC", &"the header of the record does not end");
        let why = if is_all && next.is_none() { self.broken_off() } else { no_end() };
        (begun, Err(why))
    }

    /// How long the block is that begins here, where that is wanted.
    fn content(
        &mut self,
        header: &Header,
        is_wanted: &dyn Fn(&Header, &[u8]) -> bool,
    ) -> Result<Option<usize>, ParseError> {
        let Some(length) = header.content_length() else {
            return Err(ParseError::malformed("WARC", &"the record has no Content-Length"));
        };
        let first = usize::try_from(length).unwrap_or(HEAD).min(HEAD);
        let is_wanted = is_wanted(header, self.input.peek(first));
        if length > if is_wanted { LARGEST } else { SHORT } {
            return match self.input.skip_until_next(length) {
                Skipped::All if is_wanted => Err(ParseError::TooLarge),
                Skipped::All if is_end(self.input.peek(BEHIND)) => Ok(None),
                Skipped::All | Skipped::ToNext => Err(wrong_length()),
                Skipped::ToStop => Err(self.broken_off()),
            };
        }
        let length = length as usize;
        let bytes = self.input.peek(length + BEHIND);
        let Some(behind) = bytes.get(length..) else {
            // Another record may begin in what was taken for the block.
            let next = next_record(bytes);
            let used = next.unwrap_or(bytes.len());
            self.input.consume(used);
            return Err(if next.is_some() { wrong_length() } else { self.broken_off() });
        };
        let (is_end, is_last) = (is_end(behind), behind.len() < BEHIND);
        let next = if is_last || !is_end { next_record(bytes) } else { None };
        // What is said to be damaged once all of it came is this record.
        let is_last = is_last && next.is_none();
        if is_last && self.input.damage().is_some_and(|error| DamageError::since(error).is_some()) {
            self.input.consume(length + BEHIND);
            return Err(self.broken_off());
        }
        if !is_end {
            self.input.consume(next.unwrap_or(length));
            return Err(wrong_length());
        }
        if is_wanted {
            return Ok(Some(length));
        }
        self.input.consume(length);
        Ok(None)
    }

    /// Why a record is not whole up to where no more bytes come; what comes next is not part of it.
    fn broken_off(&mut self) -> ParseError {
        if let Some(error) = self.input.pass_damage() {
            return self.lost(error, 1);
        }
        let cut = self.input.broken().filter(|error| error.kind() == io::ErrorKind::UnexpectedEof);
        if let Some(since) = cut.map(DamageError::since) {
            self.is_cut_told = true;
            return ParseError::damaged(DamageError::cut_off(since.unwrap_or_default()));
        }
        ParseError::CutOff
    }

    /// Why the record that comes next is lost, with those that were packed together with it; so many of them have begun
    /// before.
    fn lost(&mut self, error: io::Error, begun: u64) -> ParseError {
        let first = self.number + 1;
        let more = (DamageError::left_out(&error).map_or(0, count_records) + begun).saturating_sub(1);
        let why = ParseError::damaged(error);
        if more == 0 {
            return why;
        }
        self.lost_with = more;
        let records = RecordRange { first: RecordNumber::Record(first), last: first + more };
        ParseError::Lost { records, why: Box::new(why) }
    }
}

fn wrong_length() -> ParseError {
    ParseError::malformed("WARC", &"the record does not end where its Content-Length says")
}

/// Whether a block ends before these bytes: line ends and the next record follow, or nothing, or two line ends and what
/// belongs to no record.
fn is_end(behind: &[u8]) -> bool {
    let padding = behind.iter().take_while(|byte| byte.is_ascii_whitespace() || **byte == 0).count();
    let next = &behind[padding..];
    next.starts_with(VERSION)
        || VERSION.starts_with(next)
        || behind.starts_with(b"\r\n\r\n")
        || behind.starts_with(b"\n\n")
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
                Ok(Content::Wanted(block)) => String::from_utf8_lossy(block).into_owned(),
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
