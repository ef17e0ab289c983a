//! Cuts a stream of markup into the elements that hold one article each.

use std::io::{self, BufRead, Read};

use crate::formats::{LARGEST, ParseError};

/// How much is kept of what is too long, in bytes: enough to see that it ends.
const KEPT: usize = 64;

/// The next element `name` of `input` with what stands before it; nothing where no more begins. It may be too long or break
/// off.
///
/// # Errors
///
/// When the stream breaks.
pub fn next(input: &mut dyn BufRead, name: &str) -> io::Result<Option<Result<Vec<u8>, ParseError>>> {
    let (mut bytes, mut length, mut ended) = (Vec::new(), 0, Ok(()));
    loop {
        let tag = bytes.len();
        let read = match (&mut *input).take(LARGEST).read_until(b'>', &mut bytes) {
            Ok(read) => read,
            Err(error) => {
                ended = Err(error);
                0
            }
        };
        length += read as u64;
        if read == 0 {
            let is_begun = length > LARGEST || begins(&bytes, name);
            return if is_begun { Ok(Some(Err(ParseError::CutOff))) } else { ended.map(|()| None) };
        }
        if ends(&bytes[tag..], name) {
            return Ok(Some(if length > LARGEST { Err(ParseError::TooLarge) } else { Ok(bytes) }));
        }
        if length > LARGEST {
            bytes.drain(..bytes.len().saturating_sub(KEPT));
        }
    }
}

/// Whether the last tag ends the element.
fn ends(bytes: &[u8], name: &str) -> bool {
    let Some(at) = memchr::memrchr(b'<', bytes) else { return false };
    let Some(tag) = bytes[at..].strip_prefix(b"</").and_then(|tag| tag.strip_suffix(b">")) else { return false };
    tag_is(tag.trim_ascii_end(), name)
}

/// Whether the element begins somewhere.
fn begins(bytes: &[u8], name: &str) -> bool {
    bytes.split(|b| *b == b'<').skip(1).any(|tag| {
        let end = tag.iter().position(|b| b.is_ascii_whitespace() || matches!(b, b'>' | b'/')).unwrap_or(tag.len());
        tag_is(&tag[..end], name)
    })
}

/// Whether a name as it is written is this one, whatever its namespace is called.
fn tag_is(written: &[u8], name: &str) -> bool {
    let local = memchr::memrchr(b':', written).map_or(written, |at| &written[at + 1..]);
    let local = if name.len() + 2 == local.len() { local.strip_suffix(b".2").unwrap_or(local) } else { local };
    local.eq_ignore_ascii_case(name.as_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all(text: &str) -> Vec<String> {
        let mut input = io::BufReader::with_capacity(5, text.as_bytes());
        let mut all = Vec::new();
        while let Some(element) = next(&mut input, "doc").unwrap() {
            all.push(element.map_or_else(|why| why.to_string(), |bytes| String::from_utf8(bytes).unwrap()));
        }
        all
    }

    #[test]
    fn elements_are_cut_apart() {
        assert_eq!(
            all("<a><DOC id=1>x</DOC>\n<x:doc>y</x:doc ></a>\n"),
            ["<a><DOC id=1>x</DOC>", "\n<x:doc>y</x:doc >"]
        );
        assert_eq!(all("<doc>x</doc><doc>y"), ["<doc>x</doc>", "is incomplete"]);
        assert_eq!(all("x"), [""; 0]);
    }

    #[test]
    fn oversized_element_is_skipped() {
        let long = "x".repeat(LARGEST as usize);
        assert_eq!(all(&format!("<doc>{long}</doc><doc>y</doc>")), ["is larger than 16 MiB", "<doc>y</doc>"]);
    }
}
