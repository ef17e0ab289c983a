//! Cuts a stream of JSON into its records, without reading more of it than one.

use std::io::{self, BufRead};

use memchr::memchr;

use crate::formats::{LARGEST, Refusal};

/// The records of a stream.
pub struct Records<R> {
    input: R,
    by_lines: bool,
    number: u64,
}

/// One record: the number by which a person finds it, and its bytes, unless it is too long or breaks off.
pub type Record = (u64, Result<Vec<u8>, Refusal>);

impl<R: BufRead> Records<R> {
    /// Of `input`, which has a record on every line or else is one object, an array of them, or several one after the
    /// other. Lines are counted where there are lines, and else records.
    pub fn of(input: R, by_lines: bool) -> Self {
        Self { input, by_lines, number: 0 }
    }

    /// The next record; nothing at the end.
    ///
    /// # Errors
    ///
    /// When the stream breaks.
    pub fn next(&mut self) -> io::Result<Option<Record>> {
        if self.by_lines { self.next_line() } else { self.next_value() }
    }

    fn next_line(&mut self) -> io::Result<Option<Record>> {
        loop {
            let mut line = Bounded::default();
            let mut is_end = false;
            loop {
                let chunk = self.input.fill_buf()?;
                if chunk.is_empty() {
                    is_end = true;
                    break;
                }
                let end = memchr(b'\n', chunk);
                line.extend(&chunk[..end.unwrap_or(chunk.len())]);
                let used = end.map_or(chunk.len(), |end| end + 1);
                self.input.consume(used);
                if end.is_some() {
                    break;
                }
            }
            self.number += 1;
            if line.length == 0 && is_end {
                return Ok(None);
            }
            // An array with a record on every line is read as lines too.
            let trimmed = line.bytes.trim_ascii();
            let trimmed = trimmed.strip_suffix(b",").unwrap_or(trimmed);
            let is_record = line.is_over() || !(trimmed.is_empty() || trimmed == b"[" || trimmed == b"]");
            if is_record {
                let length = trimmed.len();
                let start = line.bytes.iter().take_while(|b| b.is_ascii_whitespace()).count();
                line.bytes.truncate(start + length);
                return Ok(Some((self.number, line.finish())));
            }
            if is_end {
                return Ok(None);
            }
        }
    }

    fn next_value(&mut self) -> io::Result<Option<Record>> {
        let mut record = Bounded::default();
        let mut scan = Scan::default();
        loop {
            let chunk = self.input.fill_buf()?;
            if chunk.is_empty() {
                if record.length == 0 {
                    return Ok(None);
                }
                self.number += 1;
                let cut = if record.is_over() { Refusal::TooLarge } else { Refusal::CutOff };
                return Ok(Some((self.number, Err(cut))));
            }
            let (start, end) = scan.run(chunk);
            let used = end.unwrap_or(chunk.len());
            record.extend(&chunk[start.min(used)..used]);
            self.input.consume(used);
            if end.is_some() {
                self.number += 1;
                return Ok(Some((self.number, record.finish())));
            }
        }
    }
}

/// Whether `head`, the beginning of a stream, has a record on every line.
pub fn is_by_lines(head: &[u8]) -> bool {
    let start = head.iter().take_while(|b| b.is_ascii_whitespace()).count();
    let head = &head[start..];
    let Some(end) = memchr(b'\n', head) else { return false };
    let next = head[end..].trim_ascii_start();
    let (_, ends) = Scan::default().run(&head[..end]);
    head.starts_with(b"{") && (ends.is_some() || next.starts_with(b"{"))
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
            self.bytes = Vec::new();
        } else {
            self.bytes.extend_from_slice(more);
        }
    }

    fn is_over(&self) -> bool {
        self.length > LARGEST
    }

    fn finish(self) -> Result<Vec<u8>, Refusal> {
        if self.is_over() { Err(Refusal::TooLarge) } else { Ok(self.bytes) }
    }
}

/// Looks for the end of an object, from chunk to chunk.
#[derive(Default)]
struct Scan {
    depth: usize,
    in_text: bool,
    is_escaped: bool,
}

impl Scan {
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
                _ => {}
            }
        }
        (start, None)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all(text: &str, by_lines: bool) -> Vec<String> {
        // A small buffer: records reach over its end.
        let mut records = Records::of(io::BufReader::with_capacity(7, text.as_bytes()), by_lines);
        let mut all = Vec::new();
        while let Some((number, record)) = records.next().unwrap() {
            let shown = record.map_or_else(|why| why.to_string(), |bytes| String::from_utf8(bytes).unwrap());
            all.push(format!("{number} {shown}"));
        }
        all
    }

    #[test]
    fn objects_and_arrays() {
        assert_eq!(all(r#" {"a": {"b": "}\"{"}} "#, false), [r#"1 {"a": {"b": "}\"{"}}"#]);
        assert_eq!(all("[\n{\"a\":1},\n{\"b\": [{}]} ]\n", false), ["1 {\"a\":1}", "2 {\"b\": [{}]}"]);
        assert_eq!(all("{}{}\n{\"a\":", false), ["1 {}", "2 {}", "3 breaks off in the middle"]);
        assert_eq!(all("[1, \"{\", 2]", false), [""; 0]);
        assert_eq!(all("", false), [""; 0]);
    }

    #[test]
    fn lines() {
        assert_eq!(
            all("{\"a\":1}\n\n {\"b\n{\"c\":2}\r\n", true),
            ["1 {\"a\":1}", "3 {\"b", "4 {\"c\":2}"].map(|s| s.replace("3 {", "3  {"))
        );
        assert_eq!(all("[\n{\"a\":1},\n{\"b\":2}\n]", true), ["2 {\"a\":1}", "3 {\"b\":2}"]);
    }

    #[test]
    fn lines_are_told_from_values() {
        assert!(is_by_lines(b"{\"a\": 1}\n{\"b\": 2}\n"));
        assert!(is_by_lines(b"\n{\"a\": {}}\n"));
        assert!(is_by_lines(b"{\"a\": 1\n{\"b\": 2}\n"));
        assert!(!is_by_lines(b"{\n\"a\": 1}\n"));
        assert!(!is_by_lines(b"[{\"a\": 1},\n{\"b\": 2}]"));
        assert!(!is_by_lines(b"{\"a\": 1}"));
    }

    #[test]
    fn what_is_too_long_is_passed_by() {
        let long = format!("{{\"a\": \"{}\"}}", "x".repeat(LARGEST as usize));
        assert_eq!(all(&format!("{long}\n{{}}\n"), true), ["1 is larger than 16 MiB", "2 {}"]);
        assert_eq!(all(&format!("[{long},{{}}]"), false), ["1 is larger than 16 MiB", "2 {}"]);
    }
}
