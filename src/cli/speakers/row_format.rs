//! In which format rows of `pullquote quotes --flat` are written.

use std::collections::HashMap;

use serde_json::value::RawValue;

/// The format of an input that holds rows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RowFormat {
    /// An object on every line.
    Lines,
    /// An array of objects, or several one after the other.
    Objects,
    /// A table, with this mark between its cells.
    Table(u8),
}

/// What an input is that begins in some way.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Beginning {
    /// It holds rows.
    Rows(RowFormat),
    /// It holds something else.
    Other,
    /// There is nothing in it.
    Nothing,
}

/// What an input is that begins with `head`, which `is_all` of it; nothing where that is not enough to tell.
pub fn beginning(head: &[u8], is_all: bool) -> Option<Beginning> {
    let start = start(head);
    match start.first() {
        None => is_all.then_some(Beginning::Nothing),
        Some(b'{') if is_header(start) => match start.iter().position(|byte| *byte == b'\n') {
            Some(end) => beginning(&start[end..], is_all),
            None => is_all.then_some(Beginning::Other),
        },
        Some(b'{' | b'[') => of_json(start, is_all),
        Some(_) => {
            let end = start.iter().position(|byte| matches!(byte, b'\r' | b'\n'));
            let line = &start[..end.unwrap_or(start.len())];
            if end.is_none() && !is_all {
                return None;
            }
            if line.starts_with(b"sep=") {
                return beginning(&start[line.len()..], is_all);
            }
            Some(delimiter(line).map_or(Beginning::Other, |mark| Beginning::Rows(RowFormat::Table(mark))))
        }
    }
}

/// Whether a line says which engine it was.
pub fn is_header(line: &[u8]) -> bool {
    line.trim_ascii_start().starts_with(b"{\"engine\"")
}

fn start(head: &[u8]) -> &[u8] {
    let head = head.trim_ascii_start();
    head.strip_prefix(b"\xef\xbb\xbf").unwrap_or(head).trim_ascii_start()
}

fn of_json(start: &[u8], is_all: bool) -> Option<Beginning> {
    let is_array = start.starts_with(b"[");
    let first = if is_array { &start[1..] } else { start };
    let mut values = serde_json::Deserializer::from_slice(first).into_iter::<HashMap<String, &RawValue>>();
    let fields = match values.next() {
        Some(Ok(fields)) => fields,
        Some(Err(error)) if !error.is_eof() => return Some(Beginning::Other),
        _ => return is_all.then_some(Beginning::Other),
    };
    let is_on_a_line = !first[..values.byte_offset()].contains(&b'\n');
    if !are_of_a_row(|name| fields.contains_key(name)) {
        return Some(Beginning::Other);
    }
    Some(Beginning::Rows(if is_array || !is_on_a_line { RowFormat::Objects } else { RowFormat::Lines }))
}

/// What stands between the names of columns, where they are those of rows.
fn delimiter(header: &[u8]) -> Option<u8> {
    let header = String::from_utf8_lossy(header);
    let are_names = |mark: &u8| {
        let names: Vec<_> = header.split(char::from(*mark)).map(|name| name.trim().trim_matches('"')).collect();
        names.contains(&"article_id") && are_of_a_row(|name| names.contains(&name))
    };
    [b',', b';', b'\t', b'|'].into_iter().find(are_names)
}

/// Whether these are fields of a row. Other programs leave out what is null: the quotation of an article without any, all of
/// what was refused.
fn are_of_a_row(has: impl Fn(&str) -> bool) -> bool {
    let is_of_article = has("article_id") && (has("quotation") || has("path"));
    !has("text") && (is_of_article || has("error") && has("path"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_are_known_by_the_first() {
        let long = format!("{{\"input_text\": \"{}\", \"article_id\": \"a\", \"path\": \"-\"}}", "x".repeat(99_999));
        let rows = |format| Some(Beginning::Rows(format));
        for (head, format) in [
            ("{\"article_id\": \"a\", \"quotation\": \"b\"}\n{", RowFormat::Lines),
            ("\n{\"engine\": {}}\n\n{\"error\": \"a\", \"path\": null}", RowFormat::Lines),
            (&long, RowFormat::Lines),
            ("\u{feff}[\n{\"article_id\": \"a\", \"quotation\": \"b\"},", RowFormat::Objects),
            ("{\n  \"article_id\": \"a\",\n  \"quotation\": \"b\"\n}", RowFormat::Objects),
            ("article_id,url,quotation\n", RowFormat::Table(b',')),
            ("sep=;\r\n\"url\";\"article_id\";\"path\"\r", RowFormat::Table(b';')),
        ] {
            assert_eq!(beginning(head.as_bytes(), false), rows(format), "{head}");
        }
        for head in ["", " \n", &long[..9000], "{\"engine\": {}}", "[", "article_id,quo"] {
            assert_eq!(beginning(head.as_bytes(), false), None, "{head}");
        }
        for (head, what) in [
            (" \n", Beginning::Nothing),
            ("{\"engine\": {}}", Beginning::Other),
            (&long[..9000], Beginning::Other),
            ("article_id,quo", Beginning::Other),
            ("article_id,quotation", Beginning::Rows(RowFormat::Table(b','))),
            ("{\"article\": {\"path\": \"-\"}, \"text\": \"“article_id”\"}", Beginning::Other),
            ("{\"article_id\" \"a\"}", Beginning::Other),
            ("title,text\n", Beginning::Other),
            ("[1, 2]", Beginning::Other),
            ("Tea is served.\n", Beginning::Other),
        ] {
            assert_eq!(beginning(head.as_bytes(), true), Some(what), "{head}");
        }
    }
}
