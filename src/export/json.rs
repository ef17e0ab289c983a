//! JSON that may be looked at: what could steer a terminal is escaped, so that it still means the same.

use std::fmt::Write;

use serde::{Serialize, Serializer};
use serde_json::value::RawValue;

use crate::text::may_deceive;

/// Returns the record as JSON on one line, without a line end.
pub fn json(record: &impl Serialize) -> String {
    // Strings and numbers into memory: nothing in it can fail.
    guarded(serde_json::to_string(record).unwrap_or_default())
}

/// Returns the record as JSON on many lines, without a line end after the last.
pub fn json_lines(record: &impl Serialize) -> String {
    // As above.
    guarded(serde_json::to_string_pretty(record).unwrap_or_default())
}

/// JSON on one line that is written as it stands.
#[derive(Debug, Clone, Copy)]
pub struct Verbatim<'a>(pub &'a str);

impl Serialize for Verbatim<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match serde_json::from_str::<&RawValue>(self.0) {
            Ok(raw) => raw.serialize(serializer),
            Err(_) => serializer.serialize_str(self.0),
        }
    }
}

/// Escapes what JSON itself lets through, and no terminal should get: DEL, C1 controls, characters that reverse text.
/// Outside of strings JSON has none of these.
pub fn guarded(json: String) -> String {
    if !needs_escapes(&json) {
        return json;
    }
    let mut out = String::with_capacity(json.len() + 64);
    for c in json.chars() {
        if c == '\n' || !may_deceive(c) {
            out.push(c);
            continue;
        }
        for unit in c.encode_utf16(&mut [0; 2]) {
            // Text into memory: nothing in it can fail.
            let _ = write!(out, "\\u{unit:04x}");
        }
    }
    out
}

/// Whether a byte is DEL or above. It looks at all of them, so that the processor does at many at a time.
fn has_special(bytes: &[u8]) -> bool {
    bytes.iter().fold(0, |all, &byte| all | byte | byte.wrapping_add(1)) >= 0x80
}

/// Whether there is anything to escape. Below DEL there is nothing, as JSON escapes control characters itself; that is most
/// of it, and is passed over many bytes at a time: this is asked of all that is written.
fn needs_escapes(json: &str) -> bool {
    const AT_ONCE: usize = 32;
    let mut rest = json;
    loop {
        let chunks = rest.as_bytes().chunks_exact(AT_ONCE);
        let below = chunks.take_while(|chunk| !has_special(chunk)).count();
        let bytes = &rest.as_bytes()[below * AT_ONCE..];
        let Some(at) = bytes.iter().position(|&byte| byte >= 0x7f) else { return false };
        rest = &rest[below * AT_ONCE + at..];
        let Some(c) = rest.chars().next() else { return false };
        if may_deceive(c) {
            return true;
        }
        rest = &rest[c.len_utf8()..];
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn json_holds_no_raw_control_and_means_the_same() {
        let path = "n\u{1b}]0;pwn\u{7}\u{9b}31m\u{7f}\u{202e}\u{2028}\u{e0001}\n\t“ü”\u{a0}.txt";
        let written = json(&path);
        assert!(!written.contains(may_deceive), "{written}");
        assert!(written.contains("\\u009b31m\\u007f\\u202e\\u2028\\udb40\\udc01\\n"), "{written}");
        assert_eq!(serde_json::from_str::<String>(&written).unwrap(), path);
        for (text, is_escaped) in
            [("", false), ("aé“林😀\n~", false), ("é\u{7f}", true), ("“a\u{202e}", true), ("\u{9b}", true)]
        {
            assert_eq!(needs_escapes(text), is_escaped, "{text:?}");
        }
        assert_eq!(json_lines(&["a", "b"]), "[\n  \"a\",\n  \"b\"\n]");
    }
}
