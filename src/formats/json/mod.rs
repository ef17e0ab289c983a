//! JSON: one object, an array of them, an object around such an array, or one on every line, read one record at a time
//! however long the stream is.

mod lines;
mod split;
mod wrapper;

use std::io::BufRead;

pub use lines::{are_lines, is_bare_value, is_empty_list, is_list_of_none, may_begin_lines};
pub use split::{is_by_lines, is_object_line};

use self::split::{Framing, Record, Records};
use super::json_value::{self, JsonValue};
use super::kept::RecordSource;
use super::record;
use super::sink::{InputRecord, Sink};
use super::{Hint, ParseError, encoding};

/// Reads the records of `input` and hands each to `sink`. Where there is one on each line they are counted by lines, and
/// handed on as they stand.
pub fn read(input: impl BufRead, by_lines: bool, hint: &Hint<'_>, sink: &mut Sink<'_>) -> Result<(), ParseError> {
    let values = Framing::Values { lists: &record::LISTS, deepest: record::DEEPEST };
    let mut records = Records::of(input, if by_lines { Framing::Lines } else { values });
    let mut count = 0;
    while let Some(Record { line, bytes, broken }) = records.next().map_err(ParseError::from_reading)? {
        if by_lines && line == 0 {
            // It is about no line of its own.
            sink.refuse_as(broken.unwrap_or(ParseError::CutOff));
            continue;
        }
        if by_lines {
            sink.hand_on(InputRecord::Line { number: line, bytes, broken });
            continue;
        }
        let mut number = || {
            count += 1;
            count
        };
        read_record(&encoding::with_stray_bytes(&bytes), broken, &mut number, hint, sink);
    }
    Ok(())
}

/// Hands each object of `input` to `on_object` as it stands.
pub fn objects(input: &mut dyn BufRead, on_object: &mut dyn FnMut(&[u8])) -> Result<(), ParseError> {
    let mut records = Records::of(input, Framing::Values { lists: &[], deepest: 0 });
    while let Some(record) = records.next().map_err(ParseError::from_reading)? {
        on_object(&record.bytes);
    }
    Ok(())
}

/// Reads a line, which is broken for a reason that is known, or is not. It has an encoding of its own: lines are put together
/// from many places, and what one is in says nothing of the next.
pub fn read_line(number: u64, bytes: &[u8], broken: Option<ParseError>, hint: &Hint<'_>, sink: &mut Sink<'_>) {
    let text = encoding::of_record(bytes, hint.charset());
    read_record(&text, broken, &mut || number, hint, sink);
    if sink.seen == 0 {
        sink.refuse(number, ParseError::NoText);
    }
}

fn read_record(
    text: &str,
    broken: Option<ParseError>,
    number: &mut dyn FnMut() -> u64,
    hint: &Hint<'_>,
    sink: &mut Sink<'_>,
) {
    // Files that were put together have marks between their parts.
    let text = text.trim_start_matches('\u{feff}');
    let parsed = || JsonValue::parse_mended(text).map_err(|error| ParseError::malformed("JSON", &error));
    match broken.map_or_else(parsed, Err) {
        Ok((value, read)) => record::read(&value, RecordSource::Json(&read), number, hint, sink),
        Err(why) => sink.refuse_record(number(), why, RecordSource::Json(&json_value::mended(text))),
    }
}
