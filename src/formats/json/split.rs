//! Cuts a stream of JSON into its records, without reading more of it than one.

#[cfg(test)]
mod tests;

use std::io::{self, BufRead};

use memchr::{memchr, memchr_iter};

use super::wrapper::list_in;
use crate::formats::parse_error::{DamageError, RecordNumber, RecordRange};
use crate::formats::{LARGEST, ParseError, compression};

/// How much is kept of a record that is too long, in bytes: its first fields say which it is.
const BEGINNING: usize = 64 << 10;

/// The records of a stream.
pub struct Records<R> {
    input: Replay<R>,
    framing: Framing,
    place: Place,
    line: u64,
    /// How many bytes were read.
    offset: u64,
    lost: Lost,
    /// The first of the lines that were lost last.
    first_lost: u64,
    /// What is wrong behind the line that was read last.
    fault: Option<io::Error>,
}

/// What of a stream of lines was lost last.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Lost {
    Nothing,
    /// What stands before the next line: that may be the end of one that is lost.
    Before,
    /// All that follows.
    Rest,
}

/// How records lie in a stream.
#[derive(Debug, Clone, Copy)]
pub enum Framing {
    /// One on every line.
    Lines,
    /// One object, an array of them, or several one after the other.
    Values {
        /// What members are called that hold lists of records in an object too long to be a record itself.
        lists: &'static [&'static str],
        /// How many objects may lie around such a list.
        deepest: usize,
    },
}

/// One record.
#[derive(Debug)]
pub struct Record {
    /// Its line, from 1; 0 where there are no lines.
    pub line: u64,
    /// Its bytes; of one that is too long, or breaks off, the first of them.
    pub bytes: Vec<u8>,
    /// Why it is none: it is too long or breaks off.
    pub broken: Option<ParseError>,
}

/// Where in a stream of values the next byte lies.
#[derive(Debug, Clone, Copy)]
enum Place {
    /// In nothing but an array.
    Outside,
    /// In a list inside of objects, and in arrays inside of it.
    InList {
        /// How many objects.
        objects: usize,
        /// How many arrays, the list among them.
        arrays: usize,
    },
    /// After a list, with so many objects to end.
    AfterList(usize),
}

impl<R: BufRead> Records<R> {
    /// Of `input`, in which they lie in this shape.
    pub fn of(input: R, framing: Framing) -> Self {
        Self {
            input: Replay { again: io::Cursor::default(), input },
            framing,
            place: Place::Outside,
            line: 0,
            offset: 0,
            lost: Lost::Nothing,
            first_lost: 0,
            fault: None,
        }
    }

    /// The next record; nothing at the end.
    ///
    /// # Errors
    ///
    /// When the stream breaks.
    pub fn next(&mut self) -> io::Result<Option<Record>> {
        let Framing::Values { lists, deepest } = self.framing else { return self.next_line() };
        self.next_value(lists, deepest)
    }

    fn next_line(&mut self) -> io::Result<Option<Record>> {
        while self.lost != Lost::Rest {
            let start = self.offset;
            let mut line = Bounded::default();
            let read = self.fault.take().map_or_else(|| self.read_line(&mut line), Err);
            self.line += 1;
            let has_end = match read {
                Ok(has_end) => has_end,
                Err(error) => match self.broken_off(line, start, error)? {
                    None => continue,
                    record => return Ok(record),
                },
            };
            // An array with a record on every line is read as lines too.
            let trimmed = trimmed(&line.bytes);
            let is_rest =
                std::mem::replace(&mut self.lost, Lost::Nothing) == Lost::Before && !trimmed.starts_with(b"{");
            // Its line was counted where it began.
            self.line -= u64::from(is_rest);
            // So is one in which there is nothing but the mark of an encoding.
            let is_record = line.is_over() || ![&b""[..], b"[", b"]", b"\xef\xbb\xbf"].contains(&trimmed);
            if is_record && !is_rest {
                let length = trimmed.len();
                let start = line.bytes.iter().take_while(|b| b.is_ascii_whitespace()).count();
                line.bytes.truncate(start + length);
                return Ok(Some(line.finish(self.line)));
            }
            if !has_end {
                break;
            }
        }
        Ok(None)
    }

    /// Reads what is left of a line; returns whether it ends.
    fn read_line(&mut self, line: &mut Bounded) -> io::Result<bool> {
        loop {
            let chunk = self.input.fill_buf()?;
            let end = memchr(b'\n', chunk);
            line.extend(&chunk[..end.unwrap_or(chunk.len())]);
            let used = end.map_or(chunk.len(), |end| end + 1);
            self.input.consume(used);
            self.offset += used as u64;
            if end.is_some() || used == 0 {
                return Ok(end.is_some());
            }
        }
    }

    /// The record that a line is which begins at this byte and breaks off; nothing where it is part of one that is lost.
    fn broken_off(&mut self, line: Bounded, offset: u64, error: io::Error) -> io::Result<Option<Record>> {
        let is_damage = compression::is_damage(&error);
        if !is_damage && error.kind() != io::ErrorKind::UnexpectedEof {
            return Err(error);
        }
        let trimmed = trimmed(&line.bytes);
        let is_rest = std::mem::replace(&mut self.lost, Lost::Nothing) == Lost::Before && !trimmed.starts_with(b"{");
        if is_object(trimmed) {
            // It lacks no more than its end.
            self.fault = Some(error);
            return Ok(Some(line.finish(self.line)));
        }
        self.lost = if is_damage { Lost::Before } else { Lost::Rest };
        if is_rest {
            self.line -= 1;
        }
        let has_begun = !is_rest && !trimmed.is_empty();
        let is_left_out = DamageError::left_out(&error).is_some();
        let broken = Some(self.lost_lines(error, is_rest).at(offset));
        // Where nothing is left out, what is wrong stands in the lines before.
        let is_of_none = is_damage && !is_left_out && !has_begun;
        if is_of_none {
            self.line = self.first_lost - 1;
            return Ok(Some(Record { line: 0, bytes: Vec::new(), broken }));
        }
        let number = self.first_lost;
        let line = if is_rest { Bounded::default() } else { line };
        Ok(Some(Record { broken, ..line.finish(number) }))
    }

    /// Why the line that is read is lost, with all that are left out; goes to the last of them.
    fn lost_lines(&mut self, error: io::Error, is_rest: bool) -> ParseError {
        let bytes = DamageError::left_out(&error).unwrap_or_default();
        // The end of a line that was lost before is no other.
        let ends = memchr_iter(b'\n', bytes).count() as u64;
        let is_whole = bytes.ends_with(b"\n");
        self.first_lost = self.line + u64::from(is_rest);
        let last = (self.line + ends).saturating_sub(u64::from(is_whole)).max(self.first_lost);
        if is_whole {
            self.lost = Lost::Nothing;
        }
        let why = ParseError::damaged(error);
        self.line = last;
        if last == self.first_lost {
            return why;
        }
        let records = RecordRange { first: RecordNumber::Line(self.first_lost), last };
        ParseError::Lost { records, why: Box::new(why) }
    }

    fn next_value(&mut self, lists: &[&str], deepest: usize) -> io::Result<Option<Record>> {
        let mut record = Bounded::default();
        let mut scan = Scan::at(self.place);
        loop {
            let chunk = self.input.fill_buf()?;
            if chunk.is_empty() {
                let is_whole = record.length == 0 && matches!(self.place, Place::Outside);
                self.place = Place::Outside;
                let mut record = record.finish(0);
                record.broken.get_or_insert(ParseError::CutOff);
                return Ok((!is_whole).then_some(record));
            }
            let (start, end) = scan.run(chunk);
            let used = end.unwrap_or(chunk.len());
            let more = &chunk[start.min(used)..used];
            if matches!(self.place, Place::Outside)
                && record.is_over_with(more)
                && let Some(list) = list_in(&record.bytes, lists, deepest)
            {
                // Too long for one record, but a list of them: read it again, one by one.
                self.input.again(&record.bytes[list.start..]);
                self.place = Place::InList { objects: list.objects, arrays: 1 };
                (record, scan) = (Bounded::default(), Scan::at(self.place));
                continue;
            }
            match self.place {
                Place::AfterList(_) => {}
                _ => record.extend(more),
            }
            self.input.consume(used);
            if end.is_none() {
                continue;
            }
            self.place = match self.place {
                Place::InList { objects, .. } if scan.arrays == Some(0) => Place::AfterList(objects),
                Place::InList { objects, .. } => {
                    self.place = Place::InList { objects, arrays: scan.arrays.unwrap_or(1) };
                    return Ok(Some(record.finish(0)));
                }
                Place::AfterList(_) => Place::Outside,
                Place::Outside => return Ok(Some(record.finish(0))),
            };
            (record, scan) = (Bounded::default(), Scan::at(self.place));
        }
    }
}

/// A stream of which some is read again.
struct Replay<R> {
    again: io::Cursor<Vec<u8>>,
    input: R,
}

impl<R: BufRead> Replay<R> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        let left = self.again.fill_buf()?;
        if left.is_empty() { self.input.fill_buf() } else { self.again.fill_buf() }
    }

    fn consume(&mut self, count: usize) {
        if self.again.position() < self.again.get_ref().len() as u64 {
            self.again.consume(count);
        } else {
            self.again = io::Cursor::default();
            self.input.consume(count);
        }
    }

    /// Puts back what was read last. All that was put back before has been read again.
    fn again(&mut self, bytes: &[u8]) {
        self.again = io::Cursor::new(bytes.to_vec());
    }
}

/// Whether `head`, the beginning of a stream, has a record on every line.
pub fn is_by_lines(head: &[u8]) -> bool {
    let start = head.iter().take_while(|b| b.is_ascii_whitespace()).count();
    let head = &head[start..];
    let Some(end) = memchr(b'\n', head) else { return false };
    let next = head[end..].trim_ascii_start();
    let (_, ends) = Scan::default().run(&head[..end]);
    // A list in an object may have a record on every line.
    let is_wrapper = head[..end].trim_ascii_end().ends_with(b"[");
    head.starts_with(b"{") && (ends.is_some() || next.starts_with(b"{") && !is_wrapper)
}

/// A line without the blanks around it and the comma behind an object.
fn trimmed(line: &[u8]) -> &[u8] {
    let trimmed = line.trim_ascii();
    trimmed.strip_suffix(b",").filter(|object| object.trim_ascii_end().ends_with(b"}")).unwrap_or(trimmed)
}

/// Whether bytes are an object.
fn is_object(bytes: &[u8]) -> bool {
    bytes.starts_with(b"{") && bytes.ends_with(b"}") && serde_json::from_slice::<serde::de::IgnoredAny>(bytes).is_ok()
}

/// Whether `line` is a whole line, and an object.
pub fn is_object_line(line: &[u8]) -> bool {
    line.ends_with(b"\n") && is_by_lines(line)
}

/// Bytes, no more than an article may have.
#[derive(Default)]
struct Bounded {
    bytes: Vec<u8>,
    length: u64,
}

impl Bounded {
    fn extend(&mut self, more: &[u8]) {
        self.length += more.len() as u64;
        if self.is_over() {
            if self.bytes.len() > BEGINNING {
                self.bytes = self.bytes[..BEGINNING].to_vec();
            }
        } else {
            self.bytes.extend_from_slice(more);
        }
    }

    fn is_over(&self) -> bool {
        self.length > LARGEST
    }

    /// Whether it would be over for the first time with these.
    fn is_over_with(&self, more: &[u8]) -> bool {
        !self.is_over() && self.length + more.len() as u64 > LARGEST
    }

    fn finish(self, line: u64) -> Record {
        Record { line, broken: self.is_over().then_some(ParseError::TooLarge), bytes: self.bytes }
    }
}

/// Looks for the end of an object, or of the list that it lies in, from chunk to chunk.
#[derive(Default)]
struct Scan {
    depth: usize,
    in_text: bool,
    is_escaped: bool,
    /// How many arrays are open outside of all objects, where that counts.
    arrays: Option<usize>,
}

impl Scan {
    fn at(place: Place) -> Self {
        match place {
            Place::Outside => Self::default(),
            Place::InList { arrays, .. } => Self { arrays: Some(arrays), ..Self::default() },
            Place::AfterList(objects) => Self { depth: objects, ..Self::default() },
        }
    }

    /// Where the object begins in this chunk (its length, where it does not), and where it has ended.
    fn run(&mut self, chunk: &[u8]) -> (usize, Option<usize>) {
        let mut start = if self.depth > 0 { 0 } else { chunk.len() };
        for (at, &byte) in chunk.iter().enumerate() {
            if self.in_text {
                match byte {
                    _ if self.is_escaped => self.is_escaped = false,
                    b'\\' => self.is_escaped = true,
                    b'"' => self.in_text = false,
                    _ => {}
                }
                continue;
            }
            match byte {
                b'"' => self.in_text = true,
                b'{' => {
                    if self.depth == 0 {
                        start = at;
                    }
                    self.depth += 1;
                }
                b'}' if self.depth > 0 => {
                    self.depth -= 1;
                    if self.depth == 0 {
                        return (start, Some(at + 1));
                    }
                }
                b'[' if self.depth == 0 => self.arrays = self.arrays.map(|arrays| arrays + 1),
                b']' if self.depth == 0 => {
                    self.arrays = self.arrays.map(|arrays| arrays.saturating_sub(1));
                    if self.arrays == Some(0) {
                        return (at + 1, Some(at + 1));
                    }
                }
                _ => {}
            }
        }
        (start, None)
    }
}
