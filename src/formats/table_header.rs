//! The first lines of a table: whether they name the columns of one, and what stands between the names.

use super::line_ends::with_line_feeds;
use super::{Hint, record, shape, table};

/// What stands between the names of the first line, where it is the header of a table of articles.
pub fn delimiter(start: &str, is_named: bool) -> Option<u8> {
    let start = with_line_feeds(start);
    let mut lines = start.lines();
    let header = lines.next()?;
    if table::begins_as_trafilatura(header) {
        return Some(b'\t');
    }
    // Spreadsheets are told so what stands between the cells.
    if let Some(mark) = table::stated_delimiter(header) {
        let are_names = |line: &str| record::are_names(line.split(char::from(mark)).map(bare));
        return (is_named || lines.next().is_some_and(are_names)).then_some(mark);
    }
    let count = |mark: char| header.matches(mark).count();
    let mark = [',', '\t', ';', '|'].into_iter().max_by_key(|mark| (count(*mark), *mark == ','))?;
    let names = header.split(mark).map(bare);
    let is_header = count(mark) > 0 && record::are_names(names);
    (is_header || is_named).then_some(mark as u8)
}

/// The name of a column without the marks around it.
fn bare(name: &str) -> &str {
    name.trim().trim_matches('"').trim()
}

/// Whether the first line names columns that the user describes.
pub fn is_described(start: &str, hint: &Hint<'_>) -> bool {
    let start = with_line_feeds(start);
    let mut lines = start.lines();
    let first = lines.next().unwrap_or_default();
    let header = if table::stated_delimiter(first).is_some() { lines.next().unwrap_or_default() } else { first };
    let names = |mark: char| header.split(mark).map(bare);
    let is_described = |mark| hint.fields.is_some_and(|fields| shape::is_told_in(fields, names(mark)));
    [',', '\t', ';', '|'].into_iter().any(|mark| header.contains(mark) && is_described(mark))
}
