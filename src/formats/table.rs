//! Tables (CSV, TSV): a header with the names that crawlers use, and an article a row, read one row at a time.

use std::borrow::Cow;
use std::cell::Cell;
use std::io::{self, BufRead, Read};
use std::rc::Rc;

use csv::{ByteRecord, ReaderBuilder};

use super::json_value::JsonValue;
use super::record::{self, Sink};
use super::{Hint, LARGEST, ParseError, encoding};

/// Reads the rows of `input` and hands each to `sink`.
pub fn read(input: impl BufRead, delimiter: u8, hint: &Hint<'_>, sink: &mut Sink<'_>) -> Result<(), ParseError> {
    let room = Rc::new(Cell::new(LARGEST));
    let bounded = Bounded { input, room: Rc::clone(&room) };
    let mut rows = ReaderBuilder::new().delimiter(delimiter).has_headers(false).flexible(true).from_reader(bounded);
    let mut names: Option<Vec<String>> = None;
    let mut row = ByteRecord::new();
    loop {
        room.set(LARGEST);
        let line = rows.position().line();
        match rows.read_byte_record(&mut row) {
            Ok(true) => {}
            Ok(false) => return if names.is_some() { Ok(()) } else { Err(ParseError::NoColumns) },
            Err(error) => return fail(error, line, sink),
        }
        let cells = row.iter().map(encoding::with_stray_bytes);
        match &names {
            Some(names) if !is_header(&row) => {
                let fields = names.iter().cloned().zip(cells.map(JsonValue::from)).collect();
                let line = row.position().map_or(line, csv::Position::line);
                record::read(&JsonValue::Object(fields), &mut || line, hint, sink);
            }
            None if !record::are_names(cells.clone()) => return Err(ParseError::NoColumns),
            _ => names = Some(cells.map(Cow::into_owned).collect()),
        }
    }
}

/// Whether a row below the first names columns: tables that are put together each bring theirs.
fn is_header(row: &ByteRecord) -> bool {
    /// Names are short, in bytes; articles are not.
    const LONGEST: usize = 60;
    row.iter().all(|cell| cell.len() <= LONGEST) && record::are_names(row.iter().map(String::from_utf8_lossy))
}

/// After a row that does not end it is unknown where the next begins.
fn fail(error: csv::Error, line: u64, sink: &mut Sink<'_>) -> Result<(), ParseError> {
    let csv::ErrorKind::Io(error) = error.into_kind() else { return Err(ParseError::CutOff) };
    if matches!(error.get_ref(), Some(inner) if inner.is::<RowTooLongError>()) {
        sink.refuse(line, ParseError::TooLarge);
        return Ok(());
    }
    Err(ParseError::from_reading(error))
}

/// Reads no more than there is room for in one row.
struct Bounded<R> {
    input: R,
    room: Rc<Cell<u64>>,
}

/// A row is longer than an article may be.
#[derive(Debug, thiserror::Error)]
#[error("the row does not end")]
struct RowTooLongError;

impl<R: Read> Read for Bounded<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let room = self.room.get();
        if room == 0 {
            return Err(io::Error::other(RowTooLongError));
        }
        let most = buffer.len().min(usize::try_from(room).unwrap_or(usize::MAX));
        let read = self.input.read(&mut buffer[..most])?;
        self.room.set(room - read as u64);
        Ok(read)
    }
}
