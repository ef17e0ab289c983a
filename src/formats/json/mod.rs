//! JSON: one object, an array of them, an object around such an array, or one on every line, read one record at a time
//! however long the stream is.

mod split;
mod wrapper;

use std::io::BufRead;

pub use split::is_by_lines;

use self::split::{Framing, Records};
use super::json_value::JsonValue;
use super::record;
use super::sink::Sink;
use super::{Hint, ParseError, encoding};

/// Reads the records of `input` and hands each to `sink`. They are counted by lines where there is one on each.
pub fn read(input: impl BufRead, by_lines: bool, hint: &Hint<'_>, sink: &mut Sink<'_>) -> Result<(), ParseError> {
    let values = Framing::Values { lists: &record::LISTS, deepest: record::DEEPEST };
    let mut records = Records::of(input, if by_lines { Framing::Lines } else { values });
    let mut count = 0;
    while let Some((line, bytes)) = records.next().map_err(ParseError::from_reading)? {
        let mut number = || {
            count += 1;
            if by_lines { line } else { count }
        };
        match bytes.and_then(|bytes| parsed(&bytes)) {
            Ok(value) => record::read(&value, &mut number, hint, sink),
            Err(why) => sink.refuse(number(), why),
        }
    }
    Ok(())
}

fn parsed(bytes: &[u8]) -> Result<JsonValue, ParseError> {
    let text = encoding::with_stray_bytes(bytes);
    // Files that were put together have marks between their parts.
    JsonValue::parse(text.trim_start_matches('\u{feff}')).map_err(|error| ParseError::malformed("JSON", &error))
}
