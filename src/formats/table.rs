//! Tables (CSV, TSV): a header with the names that crawlers use, and an article a row, read one row at a time.

use std::borrow::Cow;
use std::cell::Cell;
use std::io::{self, BufRead, Read};
use std::rc::Rc;
use std::sync::Arc;

use csv::{ByteRecord, ReaderBuilder};

use super::field_names::is_name_of_text;
use super::json_value::JsonValue;
use super::record;
use super::shape;
use super::sink::{InputRecord, Sink};
use super::{Hint, LARGEST, ParseError, encoding};

/// Hands each row of `input` to `sink` as it stands.
///
/// # Errors
///
/// When the first row names no columns of an article, or a row does not end.
pub fn read(mut input: impl BufRead, delimiter: u8, hint: &Hint<'_>, sink: &mut Sink<'_>) -> Result<(), ParseError> {
    let is_escaped = has_escaped_marks(input.fill_buf().map_err(ParseError::from_reading)?, delimiter);
    let room = Rc::new(Cell::new(LARGEST));
    let bounded = Bounded { input, room: Rc::clone(&room) };
    let mut rows = ReaderBuilder::new()
        .delimiter(delimiter)
        .escape(is_escaped.then_some(b'\\'))
        .has_headers(false)
        .flexible(true)
        .from_reader(bounded);
    let mut names: Option<Arc<[String]>> = None;
    let mut row = ByteRecord::new();
    loop {
        room.set(LARGEST);
        let line = rows.position().line();
        match rows.read_byte_record(&mut row) {
            Ok(true) => {}
            Ok(false) => return if names.is_some() { Ok(()) } else { Err(ParseError::no_columns(&[])) },
            Err(error) => return fail(error, line, sink),
        }
        let cells = row.iter().map(encoding::with_stray_bytes);
        match &names {
            Some(names) if !is_header(&row) => {
                let number = row.position().map_or(line, csv::Position::line);
                sink.hand_on(InputRecord::Row { number, cells: std::mem::take(&mut row), names: Arc::clone(names) });
            }
            None if row.get(0).is_some_and(|cell| cell.starts_with(b"sep=")) => {}
            None if is_of_trafilatura(&row) => {
                let columns: Arc<[String]> = TRAFILATURA.map(str::to_owned).into();
                names = Some(Arc::clone(&columns));
                sink.hand_on(InputRecord::Row { number: 1, cells: std::mem::take(&mut row), names: columns });
            }
            None if !are_names(cells.clone(), hint) => {
                let cells: Vec<_> = cells.collect();
                return Err(ParseError::no_columns(&cells.iter().map(|cell| &**cell).collect::<Vec<_>>()));
            }
            _ => names = Some(cells.map(Cow::into_owned).collect()),
        }
    }
}

/// Reads a row under columns of these names.
pub fn read_row(number: u64, cells: &ByteRecord, names: &[String], hint: &Hint<'_>, sink: &mut Sink<'_>) {
    let cells = cells.iter().map(encoding::with_stray_bytes).map(JsonValue::from);
    let fields = names.iter().cloned().zip(cells).collect();
    record::read(&JsonValue::Object(fields), &mut || number, hint, sink);
    if sink.seen == 0 {
        sink.refuse(number, ParseError::NoText);
    }
}

/// The columns of trafilatura, which writes no header.
const TRAFILATURA: [&str; 11] =
    ["url", "id", "fingerprint", "hostname", "title", "image", "date", "text", "comments", "license", "pagetype"];

/// Whether a first row is one of trafilatura: an address, and as many cells.
fn is_of_trafilatura(row: &ByteRecord) -> bool {
    row.len() == TRAFILATURA.len()
        && row.get(0).is_some_and(|cell| cell.starts_with(b"http://") || cell.starts_with(b"https://"))
}

/// Whether a first line is a row of trafilatura.
pub fn begins_as_trafilatura(line: &str) -> bool {
    let is_address = line.starts_with("http://") || line.starts_with("https://");
    is_address && line.matches('\t').count() >= 7 && !line.split('\t').next().unwrap_or_default().contains(' ')
}

/// Whether the first row names columns of an article; in a table a text alone is enough.
fn are_names<'n>(cells: impl Iterator<Item = Cow<'n, str>> + Clone, hint: &Hint<'_>) -> bool {
    let cells: Vec<_> = cells.collect();
    let names = || cells.iter().map(|cell| cell.trim_start_matches('\u{feff}').trim());
    record::are_names(names())
        || names().any(is_name_of_text)
        || hint.fields.is_some_and(|fields| shape::is_told_in(fields, names()))
}

/// What a first line `sep=;` says to stand between the cells.
pub fn stated_delimiter(line: &str) -> Option<u8> {
    match line.trim_end_matches(['\r', '\n']).trim_matches('"').strip_prefix("sep=")?.as_bytes() {
        [mark @ (b',' | b';' | b'\t' | b'|' | b':' | b'~' | b'^')] => Some(*mark),
        _ => None,
    }
}

/// Whether quotation marks inside cells have a backslash before them (`"Bridge \"closed\""`), and are not doubled: then a
/// letter may follow one.
fn has_escaped_marks(head: &[u8], delimiter: u8) -> bool {
    let ends = |next: u8| next == delimiter || matches!(next, b'"' | b'\r' | b'\n');
    head.windows(3).any(|part| part.starts_with(b"\\\"") && !ends(part[2]))
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

#[cfg(test)]
mod tests {
    use super::*;

    fn articles(table: &str, delimiter: u8) -> Vec<(String, String)> {
        let mut rows = Vec::new();
        read(table.as_bytes(), delimiter, &Hint::default(), &mut Sink::new(&[], &mut |row| rows.push(row))).unwrap();
        let mut found = Vec::new();
        for row in rows {
            row.read(&Hint::default(), &[], &mut |record| {
                let article = record.article.unwrap();
                let first = article.body.text().lines().nth(1).unwrap_or_default().to_owned();
                found.push((article.headline().to_owned(), first));
            });
        }
        found
    }

    #[test]
    fn marks_in_cells_are_doubled_or_escaped() {
        for text in [
            "title,text,date\n\"Bridge \\\"closed\\\"\",\"He said \\\"no\\\" to it, and went.\",2026-03-14\n",
            "title,text,date\n\"Bridge \"\"closed\"\"\",\"He said \"\"no\"\" to it, and went.\",2026-03-14\n",
        ] {
            let expected = ("Bridge \"closed\"".to_owned(), "He said \"no\" to it, and went.".to_owned());
            assert_eq!(articles(text, b','), [expected], "{text}");
        }
        let path = "title,text\n\"C:\\\",\"It is a path, and C:\\ is one.\"\nTea,It is served.\n";
        assert_eq!(articles(path, b',').len(), 2);
    }

    #[test]
    fn first_line_may_say_what_stands_between_cells() {
        for (line, mark) in [("sep=;", b';'), ("sep=|", b'|'), ("\"sep=;\"", b';'), ("sep=\t", b'\t')] {
            assert_eq!(stated_delimiter(line), Some(mark), "{line}");
            let table = format!("{line}\r\ntitle;text;date\r\nTea;It is served.;2026-03-14\r\n")
                .replace(';', &char::from(mark).to_string());
            assert_eq!(articles(&table, mark), [("Tea".to_owned(), "It is served.".to_owned())], "{line}");
        }
        assert_eq!(stated_delimiter("sep=x"), None);
        assert_eq!(stated_delimiter("title;text"), None);
    }
}
