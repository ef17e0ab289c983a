//! Mailboxes (mbox): mails one after the other, read one at a time however many there are.

use std::io::{self, BufRead};

use memchr::memchr;

use super::sink::Sink;
use super::{Hint, LARGEST, ParseError, mail};

/// Reads the mails of `input` and hands each to `sink`.
pub fn read(mut input: impl BufRead, sink: &mut Sink<'_>) -> Result<(), ParseError> {
    let mut mails = Mails::default();
    let mut number = 0;
    while let Some(mail) = mails.next(&mut input).map_err(ParseError::from_reading)? {
        number += 1;
        let read = mail.ok_or(ParseError::TooLarge).and_then(|bytes| mail::read(&bytes, &Hint::default(), sink));
        if let Err(why) = read {
            sink.refuse(number, why);
        }
    }
    Ok(())
}

/// U+FEFF in UTF-8, with which some programs begin a file.
const BYTE_ORDER_MARK: &[u8] = b"\xef\xbb\xbf";

/// Cuts a mailbox into mails.
#[derive(Default)]
struct Mails {
    /// Whether the line that begins the next mail has been read.
    has_begun: bool,
}

/// A mail, unless it is longer than an article may be.
type Mail = Option<Vec<u8>>;

impl Mails {
    /// The next mail; nothing at the end.
    fn next(&mut self, input: &mut impl BufRead) -> io::Result<Option<Mail>> {
        let mut mail = Vec::new();
        let (mut length, mut after_blank) = (0, true);
        let mut line = Vec::new();
        loop {
            line.clear();
            let read = read_line(input, &mut line)?;
            if after_blank && line.starts_with(BYTE_ORDER_MARK) {
                line.drain(..BYTE_ORDER_MARK.len());
            }
            if read == 0 {
                let is_mail = std::mem::take(&mut self.has_begun) || length > 0;
                return Ok(is_mail.then_some((length <= LARGEST).then_some(mail)));
            }
            if after_blank && begins_mail(&line) {
                if std::mem::replace(&mut self.has_begun, true) || length > 0 {
                    return Ok(Some((length <= LARGEST).then_some(mail)));
                }
                continue;
            }
            after_blank = line.trim_ascii().is_empty();
            length += read;
            if length > LARGEST {
                mail = Vec::new();
            } else {
                // ">From" was "From" once, ">>From" was ">From".
                let quotes = line.iter().take_while(|b| **b == b'>').count();
                let is_quoted = quotes > 0 && line[quotes..].starts_with(b"From ");
                mail.extend_from_slice(&line[usize::from(is_quoted)..]);
            }
        }
    }
}

/// Reads a line; returns its length. No more than an article may be long is kept of it.
fn read_line(input: &mut impl BufRead, line: &mut Vec<u8>) -> io::Result<u64> {
    let mut length = 0;
    loop {
        let chunk = input.fill_buf()?;
        let end = memchr(b'\n', chunk).map(|end| end + 1);
        let used = end.unwrap_or(chunk.len());
        if (line.len() as u64) <= LARGEST {
            line.extend_from_slice(&chunk[..used]);
        }
        input.consume(used);
        length += used as u64;
        if end.is_some() || used == 0 {
            return Ok(length);
        }
    }
}

/// "From jane@coast.example Sat Mar 14 09:30:00 2026": "From" and a time of day.
fn begins_mail(line: &[u8]) -> bool {
    line.starts_with(b"From ")
        && line.len() < 300
        && line.windows(6).any(|w| {
            w[0] == b':'
                && w[1].is_ascii_digit()
                && w[2].is_ascii_digit()
                && w[3] == b':'
                && w[4].is_ascii_digit()
                && w[5].is_ascii_digit()
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all(text: &[u8]) -> Vec<String> {
        let (mut mails, mut all) = (Mails::default(), Vec::new());
        let mut input = io::BufReader::with_capacity(5, text);
        while let Some(mail) = mails.next(&mut input).unwrap() {
            all.push(mail.map_or("too long".to_owned(), |mail| String::from_utf8(mail).unwrap()));
        }
        all
    }

    #[test]
    fn mails_are_cut_apart() {
        let text = "From a@b Sat Mar 14 09:30:00 2026\nA: 1\n\nFrom here on.\n\n>From you\n\nFrom - Sat Mar 14 09:30:00 2026\nB: 2\n\nx";
        assert_eq!(all(text.as_bytes()), ["A: 1\n\nFrom here on.\n\nFrom you\n\n", "B: 2\n\nx"]);
        assert_eq!(all(b""), [""; 0]);
        assert_eq!(all(b"A: 1\n\nx\n"), ["A: 1\n\nx\n"]);
    }

    #[test]
    fn oversized_record_is_skipped() {
        let first = "From a@b Sat Mar 14 09:30:00 2026\n";
        let text = format!("{first}{}\n\n{first}B: 2\n", "x".repeat(LARGEST as usize + 1));
        let mut mails = Mails::default();
        let mut input = text.as_bytes();
        assert_eq!(mails.next(&mut input).unwrap(), Some(None));
        assert_eq!(mails.next(&mut input).unwrap(), Some(Some(b"B: 2\n".to_vec())));
        assert_eq!(mails.next(&mut input).unwrap(), None);
    }
}
