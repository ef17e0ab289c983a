//! Cuts a stream of CSV into its rows (RFC 4180), without reading more of it than one.
//!
//! Lines end in LF, CRLF or CR. A quotation mark inside a quoted cell is doubled, or has a backslash before it. One that
//! opens a cell and does not close costs its own row: what stands below the line on which it opens is read once more. That
//! is why this is our own: the crate `csv` reads such a cell to the end of the stream, and does not say where it opens.

use std::io::{self, BufRead};

use csv::ByteRecord;
use memchr::{memchr2, memchr2_iter, memchr3};

use crate::formats::{LARGEST, ParseError};

/// A row.
#[derive(Debug)]
pub struct Row {
    /// The line on which it begins, from 1.
    pub line: u64,
    /// Its cells; of one that is broken those before.
    pub cells: ByteRecord,
    /// Why it is none.
    pub broken: Option<ParseError>,
}

/// The rows of a stream.
pub struct Rows<R> {
    input: Replay<R>,
    delimiter: u8,
    /// Whether quotation marks have a backslash before them.
    is_escaped: bool,
    /// The line that is read, from 1.
    line: u64,
    /// The line on which the last row begins.
    start: u64,
    /// The byte that was read last.
    last: u8,
}

impl<R: BufRead> Rows<R> {
    /// Of `input`, with this mark between the cells; quotation marks are known to have a backslash before them, or it is seen.
    pub fn of(input: R, delimiter: u8, is_escaped: bool) -> Self {
        let input = Replay { again: io::Cursor::default(), input };
        Self { input, delimiter, is_escaped, line: 1, start: 1, last: 0 }
    }

    /// The line that is read: behind an error the one on which the row begins that it breaks off.
    pub const fn row_line(&self) -> u64 {
        self.start
    }

    /// The next row; nothing at the end. Empty lines are none.
    ///
    /// # Errors
    ///
    /// When the stream breaks.
    pub fn next(&mut self) -> io::Result<Option<Row>> {
        self.start = self.line;
        let mut row = Unfinished::at(self.line, self.delimiter, self.is_escaped, self.last);
        loop {
            let chunk = self.input.fill_buf()?;
            let step = if chunk.is_empty() { row.end() } else { row.take(chunk) };
            let used = row.used;
            self.last = row.last;
            self.is_escaped = row.is_escaped;
            (self.line, self.start) = (row.line, row.start);
            self.input.consume(used);
            match step {
                Step::More => {}
                Step::Nothing => return Ok(None),
                Step::Whole => return Ok(Some(row.finish())),
                Step::Unclosed => {
                    (self.line, self.last) = (row.opened + 1, row.line_end);
                    self.input.again(std::mem::take(&mut row.below));
                    return Ok(Some(row.unclosed()));
                }
            }
        }
    }
}

/// A stream of which some is read again.
struct Replay<R> {
    again: io::Cursor<Vec<u8>>,
    input: R,
}

impl<R: BufRead> Replay<R> {
    fn is_again(&self) -> bool {
        self.again.position() < self.again.get_ref().len() as u64
    }

    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        if self.is_again() { self.again.fill_buf() } else { self.input.fill_buf() }
    }

    fn consume(&mut self, count: usize) {
        if self.is_again() { self.again.consume(count) } else { self.input.consume(count) }
    }

    /// Puts these before what is left.
    fn again(&mut self, mut bytes: Vec<u8>) {
        let left = self.again.get_ref().get(self.again.position() as usize..).unwrap_or_default();
        bytes.extend_from_slice(left);
        self.again = io::Cursor::new(bytes);
    }
}

/// What came of some bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Step {
    /// The row goes on.
    More,
    /// It has ended.
    Whole,
    /// A mark that opened a cell did not close.
    Unclosed,
    /// There is no row.
    Nothing,
}

/// Where in a row the next byte lies.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Place {
    /// A cell begins.
    Start,
    /// In a cell without marks around it, or behind the mark that closed one.
    Plain,
    /// In a quoted cell.
    Quoted,
    /// Behind a mark in a quoted cell: it closes, or another doubles it.
    Mark,
    /// Behind a backslash in a quoted cell.
    Backslash,
    /// Behind a backslash and a mark: what follows says whether the mark closes.
    EscapedMark,
}

/// A row that is being read.
struct Unfinished {
    delimiter: u8,
    is_escaped: bool,
    /// The line on which it begins, and the one that is read.
    start: u64,
    line: u64,
    last: u8,
    place: Place,
    cells: ByteRecord,
    cell: Vec<u8>,
    length: u64,
    /// The line on which the mark stands that opened the last quoted cell.
    opened: u64,
    /// What ended that line, and what was read since then, while the cell is open; 0 where it goes on.
    line_end: u8,
    below: Vec<u8>,
    /// How much of the last chunk was read.
    used: usize,
}

impl Unfinished {
    fn at(line: u64, delimiter: u8, is_escaped: bool, last: u8) -> Self {
        Self {
            delimiter,
            is_escaped,
            start: line,
            line,
            last,
            place: Place::Start,
            cells: ByteRecord::new(),
            cell: Vec::new(),
            length: 0,
            opened: 0,
            line_end: 0,
            below: Vec::new(),
            used: 0,
        }
    }

    fn is_over(&self) -> bool {
        self.length > LARGEST
    }

    /// Reads on in `chunk`, which is not empty, as far as the row goes.
    fn take(&mut self, chunk: &[u8]) -> Step {
        let mut at = 0;
        let mut step = Step::More;
        while at < chunk.len() && step == Step::More {
            let start = at;
            (at, step) = self.take_part(chunk, at);
            let part = &chunk[start..at];
            self.length += part.len() as u64;
            self.last = part.last().copied().unwrap_or(self.last);
            if self.is_over() {
                (self.cell, self.below) = (Vec::new(), Vec::new());
            }
        }
        self.used = at;
        step
    }

    /// Reads a part of `chunk` that begins at `at`. Returns where the next begins.
    fn take_part(&mut self, chunk: &[u8], at: usize) -> (usize, Step) {
        let byte = chunk[at];
        match self.place {
            Place::Start if byte == b'"' => {
                (self.place, self.opened, self.line_end) = (Place::Quoted, self.line, 0);
                (at + 1, Step::More)
            }
            // The rest of the end of a line.
            Place::Start if byte == b'\n' && self.last == b'\r' && self.cells.is_empty() => {
                self.last = b'\n';
                (at + 1, Step::More)
            }
            Place::Start | Place::Plain => self.take_plain(chunk, at),
            Place::Quoted => (self.take_quoted(chunk, at), Step::More),
            Place::Mark => self.behind_mark(chunk, at),
            Place::Backslash => {
                match byte {
                    b'"' if self.is_escaped => self.add(chunk, at, b"\"", Place::Quoted),
                    b'"' => self.add(chunk, at, b"", Place::EscapedMark),
                    b'\\' if self.is_escaped => self.add(chunk, at, b"\\", Place::Quoted),
                    b'\\' => self.add(chunk, at, b"\\", Place::Backslash),
                    _ => return self.stay(at, b"\\", Place::Quoted),
                }
                (at + 1, Step::More)
            }
            Place::EscapedMark if byte == b'"' => {
                self.add(chunk, at, b"\\\"", Place::Quoted);
                (at + 1, Step::More)
            }
            Place::EscapedMark if self.ends_cell(byte) => self.stay(at, b"\\", Place::Mark),
            Place::EscapedMark => {
                self.is_escaped = true;
                self.stay(at, b"\"", Place::Quoted)
            }
        }
    }

    fn take_plain(&mut self, chunk: &[u8], at: usize) -> (usize, Step) {
        self.place = Place::Plain;
        let rest = &chunk[at..];
        let Some(end) = memchr3(self.delimiter, b'\n', b'\r', rest) else {
            self.extend(rest);
            return (chunk.len(), Step::More);
        };
        self.extend(&rest[..end]);
        let next = at + end + 1;
        if rest[end] == self.delimiter {
            self.end_cell();
            return (next, Step::More);
        }
        self.line += 1;
        if self.cells.is_empty() && self.cell.is_empty() && self.opened == 0 && !self.is_over() {
            // An empty line.
            *self = Self { last: rest[end], ..Self::at(self.line, self.delimiter, self.is_escaped, self.last) };
            return (next, Step::More);
        }
        self.end_cell();
        (next, Step::Whole)
    }

    /// Reads on in a quoted cell, to a mark, a backslash or the end of the chunk.
    fn take_quoted(&mut self, chunk: &[u8], at: usize) -> usize {
        let end = memchr2(b'"', b'\\', &chunk[at..]).map_or(chunk.len(), |end| at + end);
        let part = &chunk[at..end];
        let mut is_below = if self.line_end == 0 { part.len() } else { 0 };
        for place in memchr2_iter(b'\n', b'\r', part) {
            let before = if place > 0 { part[place - 1] } else { self.last };
            if part[place] == b'\r' || before != b'\r' {
                self.line += 1;
            }
            if self.line_end == 0 {
                self.line_end = part[place];
                is_below = place + 1;
            }
        }
        if !self.is_over() {
            self.below.extend_from_slice(&part[is_below..]);
        }
        self.extend(part);
        self.behind_quoted(chunk, end)
    }

    fn behind_quoted(&mut self, chunk: &[u8], end: usize) -> usize {
        let Some(byte) = chunk.get(end) else { return end };
        let place = if *byte == b'"' { Place::Mark } else { Place::Backslash };
        self.add(chunk, end, b"", place);
        end + 1
    }

    fn behind_mark(&mut self, chunk: &[u8], at: usize) -> (usize, Step) {
        if chunk[at] == b'"' {
            self.add(chunk, at, b"\"", Place::Quoted);
            return (at + 1, Step::More);
        }
        // What closes here was opened further up: something is missing between them.
        if self.line_end != 0 && !self.ends_cell(chunk[at]) && !self.is_over() {
            return (at, Step::Unclosed);
        }
        self.stay(at, b"", Place::Plain)
    }

    /// Whether a cell has ended where this stands behind it.
    fn ends_cell(&self, byte: u8) -> bool {
        byte == self.delimiter || matches!(byte, b'\n' | b'\r')
    }

    /// Goes on behind the byte at `at` of a quoted cell, which means `words`.
    fn add(&mut self, chunk: &[u8], at: usize, words: &[u8], place: Place) {
        if self.line_end != 0 && !self.is_over() {
            self.below.push(chunk[at]);
        }
        self.extend(words);
        self.place = place;
    }

    /// Goes on with the same byte, behind `words`.
    fn stay(&mut self, at: usize, words: &[u8], place: Place) -> (usize, Step) {
        self.extend(words);
        self.place = place;
        (at, Step::More)
    }

    fn extend(&mut self, words: &[u8]) {
        if !self.is_over() {
            self.cell.extend_from_slice(words);
        }
    }

    fn end_cell(&mut self) {
        if !self.is_over() {
            self.cells.push_field(&self.cell);
        }
        self.cell.clear();
        self.below.clear();
        (self.place, self.line_end) = (Place::Start, 0);
    }

    /// What came of the row where the stream ends.
    fn end(&mut self) -> Step {
        self.used = 0;
        match self.place {
            Place::Quoted | Place::Backslash => return Step::Unclosed,
            Place::Start if self.cells.is_empty() && !self.is_over() => return Step::Nothing,
            Place::EscapedMark => self.extend(b"\\"),
            _ => {}
        }
        self.end_cell();
        Step::Whole
    }

    fn finish(self) -> Row {
        let broken = self.is_over().then_some(ParseError::TooLarge);
        Row { line: self.start, cells: self.cells, broken }
    }

    fn unclosed(self) -> Row {
        Row { line: self.start, cells: self.cells, broken: Some(ParseError::UnclosedMark(self.opened)) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Each row by its line, its cells with `|` between them, and why it is none.
    fn all_in(text: &str, delimiter: u8, size: usize) -> Vec<String> {
        let mut rows = Rows::of(io::BufReader::with_capacity(size, text.as_bytes()), delimiter, false);
        let mut all = Vec::new();
        while let Some(Row { line, cells, broken }) = rows.next().unwrap() {
            let cells: Vec<_> = cells.iter().map(String::from_utf8_lossy).collect();
            let broken = broken.map(|why| format!(" {why}")).unwrap_or_default();
            all.push(format!("{line} {}{broken}", cells.join("|")));
        }
        all
    }

    /// The same whatever the stream comes in.
    fn all(text: &str) -> Vec<String> {
        let whole = all_in(text, b',', 1 << 16);
        for size in 1..9 {
            assert_eq!(all_in(text, b',', size), whole, "{text:?} in pieces of {size}");
        }
        whole
    }

    #[test]
    fn rows_and_cells() {
        assert_eq!(
            all("a,b\n1,\"x, \"\"y\"\"\nz\"\n\n,\n\"\"\n3,é"),
            ["1 a|b", "2 1|x, \"y\"\nz", "5 |", "6 ", "7 3|é"]
        );
        assert_eq!(all("a,b\r\n1,\"x\r\ny\"\r\n\r\n2,\r\n"), ["1 a|b", "2 1|x\r\ny", "5 2|"]);
        assert_eq!(all("a,b\r1,\"x\ry\"\r\r2,"), ["1 a|b", "2 1|x\ry", "5 2|"]);
        assert_eq!(all("a\"b,c \"d\"\n\"e\" f,g\n"), ["1 a\"b|c \"d\"", "2 e f|g"]);
        assert_eq!(all(""), [""; 0]);
        assert_eq!(all("\r\n\n"), [""; 0]);
        assert_eq!(all_in("a;b\n1;\"2;3\"\n", b';', 4), ["1 a|b", "2 1|2;3"]);
    }

    #[test]
    fn marks_may_have_a_backslash_before_them() {
        let open = "1 a \"b\" c has a quotation mark on line 1 that does not close";
        assert_eq!(all(r#""a \"b\" c","d\"#), [open]);
        assert_eq!(all("\"a \\\"b\\\", c\",d\n\"e \\\"\",\"f\\\\\"\n"), ["1 a \"b\", c|d", "2 e \"|f\\"]);
        assert_eq!(all("\"C:\\\",\"C:\\x\"\n\"C:\\\"\n\"\\\"\"x\"\n"), ["1 C:\\|C:\\x", "2 C:\\", "3 \\\"x"]);
    }

    #[test]
    fn mark_that_does_not_close_costs_its_row() {
        let why = |line: u64| format!("has a quotation mark on line {line} that does not close");
        let rows = ["1 id|text".to_owned(), format!("2 1 {}", why(2)), "3 2|x".to_owned(), "4 3|y".to_owned()];
        assert_eq!(all("id,text\n1,\"It is\n2,x\n3,y\n"), rows);
        assert_eq!(all("id,text\n1,\"It is\n2,\"x\"\n3,\"y\"\n"), rows);
        assert_eq!(all("id,text\r\n1,\"It is\r\n2,\"x\"\r\n3,\"y\"\r\n"), rows);
        assert_eq!(all("id,text\r1,\"It is\r2,\"x\"\r3,y"), rows);
        assert_eq!(
            all("a\n\"b\n\"c\nd\n"),
            ["1 a".to_owned(), format!("2  {}", why(2)), format!("3  {}", why(3)), "4 d".to_owned()]
        );
        assert_eq!(all("1,\"x\ny\",\"z\n2,w\n"), [format!("1 1|x\ny {}", why(2)), "3 2|w".to_owned()]);
        assert_eq!(all("1,\"x"), [format!("1 1 {}", why(1))]);
    }

    #[test]
    fn oversized_row_is_skipped() {
        let long = "x".repeat(LARGEST as usize + (1 << 17));
        for row in [format!("1,{long}"), format!("1,\"{long}\ny\",\"z\"")] {
            let rows = all_in(&format!("{row}\n2,y\n"), b',', 1 << 16);
            assert_eq!(rows.len(), 2);
            assert!(rows[0] == "1 1 is larger than 16 MiB" && rows[1].ends_with(" 2|y"), "{rows:?}");
        }
        let open = all_in(&format!("1,\"{long}\n2,y\n"), b',', 1 << 16);
        assert_eq!(open, ["1 1 has a quotation mark on line 1 that does not close"]);
    }
}
