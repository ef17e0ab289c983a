//! Tables (CSV, TSV): a header with the names that crawlers use, and an article a row, read one row at a time.

mod rows;

use std::borrow::Cow;
use std::io::{self, BufRead};
use std::sync::Arc;

use csv::ByteRecord;

use self::rows::{Row, Rows};
use super::field_names::is_name_of_text;
use super::json_value::JsonValue;
use super::kept::RecordSource;
use super::record;
use super::shape;
use super::sink::{InputRecord, Sink};
use super::{Hint, ParseError, encoding};

/// Hands each row of `input` to `sink` as it stands.
///
/// # Errors
///
/// When the first row names no columns of an article or does not end, or the stream breaks.
pub fn read(mut input: impl BufRead, delimiter: u8, hint: &Hint<'_>, sink: &mut Sink<'_>) -> Result<(), ParseError> {
    let is_escaped = has_escaped_marks(input.fill_buf().map_err(ParseError::from_reading)?, delimiter);
    let mut rows = Rows::of(input, delimiter, is_escaped);
    let mut names: Option<Arc<[String]>> = None;
    loop {
        let next = rows.next().map_err(|error| broken_off(error, rows.row_line(), sink))?;
        let Some(Row { line, cells: row, broken }) = next else { break };
        if let Some(why) = broken {
            let Some(names) = &names else { return Err(why) };
            sink.refuse_record(line, why, RecordSource::Row(names, &row));
            continue;
        }
        let cells = row.iter().map(encoding::with_stray_bytes);
        match &names {
            Some(names) if !is_header(&row) => {
                sink.hand_on(InputRecord::Row { number: line, cells: row, names: Arc::clone(names) });
            }
            None if row.get(0).is_some_and(|cell| cell.starts_with(b"sep=")) => {}
            None if is_of_trafilatura(&row) => {
                let columns: Arc<[String]> = TRAFILATURA.map(str::to_owned).into();
                names = Some(Arc::clone(&columns));
                sink.hand_on(InputRecord::Row { number: line, cells: row, names: columns });
            }
            None if !are_names(cells.clone(), hint) => {
                let cells: Vec<_> = cells.collect();
                return Err(ParseError::no_columns(&cells.iter().map(|cell| &**cell).collect::<Vec<_>>()));
            }
            _ => names = Some(cells.map(|cell| name(&cell).to_owned()).collect()),
        }
    }
    if names.is_some() { Ok(()) } else { Err(ParseError::no_columns(&[])) }
}

/// What is said of an error on this line: damage in what is packed is nothing that the table can be read behind.
fn broken_off(error: io::Error, line: u64, sink: &Sink<'_>) -> ParseError {
    match ParseError::from_reading(error) {
        why if why.is_cut_in_packing() => sink.record(line, why.at(sink.consumed())),
        why @ ParseError::Damaged(_) => sink.record(line, ParseError::LastRead(Box::new(why)).at(sink.consumed())),
        why => why,
    }
}

/// Hands each row of `input` to `on_row`, whatever its columns are.
pub fn rows(
    input: &mut dyn BufRead,
    delimiter: u8,
    on_row: &mut dyn FnMut(u64, Result<&ByteRecord, ParseError>),
) -> Result<(), ParseError> {
    let mut rows = Rows::of(input, delimiter, false);
    while let Some(Row { line, cells, broken }) = rows.next().map_err(ParseError::from_reading)? {
        on_row(line, broken.map_or(Ok(&cells), Err));
    }
    Ok(())
}

/// The name of a column in its cell.
fn name(cell: &str) -> &str {
    cell.trim_start_matches('\u{feff}').trim()
}

/// Reads a row under columns of these names.
pub fn read_row(number: u64, cells: &ByteRecord, names: &[String], hint: &Hint<'_>, sink: &mut Sink<'_>) {
    let texts = cells.iter().map(encoding::with_stray_bytes).map(JsonValue::from);
    let fields = names.iter().cloned().zip(texts).collect();
    record::read(&JsonValue::Object(fields), RecordSource::Row(names, cells), &mut || number, hint, sink);
    if sink.seen == 0 {
        sink.refuse(number, ParseError::NoText);
    }
}

/// How many bytes may stand above the names of columns.
const MOST_BEFORE_NAMES: usize = 4 << 10;

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
    let names = || cells.iter().map(|cell| name(cell));
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

/// Whether `head`, whole lines with which a table begins, has no line of names yet: nothing but empty lines, and one that
/// says what stands between the cells.
pub fn ends_before_names(head: &[u8]) -> bool {
    let is_no_names = |line: &[u8]| {
        let line = line.trim_ascii();
        line.is_empty() || line.trim_ascii_start().starts_with(b"sep=") || line.starts_with(b"\"sep=")
    };
    head.len() < MOST_BEFORE_NAMES && head.ends_with(b"\n") && head.split(|byte| *byte == b'\n').all(is_no_names)
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
