//! The named fields above a block: those of a record (ISO 28500 §4) and those of an answer of HTTP.

use memchr::{memchr, memrchr};

use crate::formats::json_value::JsonValue;

/// The lines above a block: the first, and fields.
#[derive(Debug, Default)]
pub struct Header {
    /// The first line: the version, or the status.
    pub first: String,
    /// By their names as they are written.
    fields: Vec<(String, String)>,
}

impl Header {
    /// The header with which `bytes` begin, and how long it is with the blank line below it; nothing where that does not come.
    pub fn of(bytes: &[u8]) -> Option<(Self, usize)> {
        let mut header: Option<Self> = None;
        let mut at = 0;
        loop {
            let end = memchr(b'\n', &bytes[at..])? + at;
            let raw = &bytes[at..end];
            let line = String::from_utf8_lossy(raw.strip_suffix(b"\r").unwrap_or(raw));
            at = end + 1;
            match &mut header {
                None => header = Some(Self { first: line.into_owned(), fields: Vec::new() }),
                Some(_) if line.is_empty() => return header.map(|header| (header, at)),
                Some(header) => header.push(&line),
            }
        }
    }

    /// The first line and the fields that are whole in `bytes`, in which no blank line comes.
    pub fn beginning(bytes: &[u8]) -> Self {
        let whole = memrchr(b'\n', bytes).map_or(0, |end| end + 1);
        Self::of(&[&bytes[..whole], b"\n"].concat()).map_or_else(Self::default, |(header, _)| header)
    }

    fn push(&mut self, line: &str) {
        if line.starts_with([' ', '\t']) {
            // A long value goes on in the next line.
            if let Some((_, value)) = self.fields.last_mut() {
                value.push(' ');
                value.push_str(line.trim());
            }
        } else {
            let (name, value) = line.split_once(':').unwrap_or((line, ""));
            self.fields.push((name.trim().to_owned(), value.trim().to_owned()));
        }
    }

    /// The value of the field of this name, in capital or small letters.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.fields.iter().find(|(known, _)| known.eq_ignore_ascii_case(name)).map(|(_, value)| value.as_str())
    }

    /// The fields, each under its name as it is written: what may be kept of a record.
    pub fn to_record(&self) -> JsonValue {
        let field = |(name, value): &(String, String)| (name.clone(), JsonValue::Text(value.clone()));
        JsonValue::Object(self.fields.iter().map(field).collect())
    }

    /// The names of all fields, as they are written.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.fields.iter().map(|(name, _)| name.as_str())
    }

    /// How long the block is that follows.
    pub fn content_length(&self) -> Option<u64> {
        self.get("content-length")?.parse().ok()
    }
}
