//! Front matter: what stands above a Markdown text between two lines `---` (YAML) or `+++` (TOML).
//!
//! Reads the shapes that people write there — a word, a text in marks, a list on one line or on several — and nothing
//! else of those languages: a crate for all of YAML would weigh more than all else that reads Markdown.

use std::borrow::Cow;
use std::str::Lines;

use super::json_value::JsonValue;

/// Lines between which it stands, what ends it beside the same line (YAML 1.2, 9.1.4), and what follows a name in it.
const FENCES: [(&str, &str, char); 2] = [("---", "...", ':'), ("+++", "+++", '=')];

/// The fields above `text`, and the text below them.
pub fn split(text: &str) -> (JsonValue, &str) {
    match parts(text) {
        Some((above, mark, below)) => (fields(above, mark), below),
        None => (JsonValue::Nothing, text),
    }
}

/// Whether fields stand above `text`, which may be cut off after some of it.
pub fn begins(text: &str) -> bool {
    /// Front matter is short.
    const MOST: usize = 60;
    parts(text).is_some_and(|(above, mark, _)| {
        above.lines().count() <= MOST && above.lines().any(|line| field(line.trim_end(), mark).is_some())
    })
}

/// What stands above, what follows a name in it, and what stands below.
fn parts(text: &str) -> Option<(&str, char, &str)> {
    FENCES.iter().find_map(|(fence, other, mark)| {
        let rest = text.strip_prefix(fence)?.trim_start_matches([' ', '\t']).strip_prefix('\n')?;
        let mut end = 0;
        let mut lines = rest.split_inclusive('\n');
        let closed = lines.find_map(|line| {
            let is_end = line.trim_end() == *fence || line.trim_end() == *other;
            end += line.len();
            is_end.then(|| (&rest[..end - line.len()], &rest[end..]))
        });
        let is_all = |above: &str| {
            above.lines().all(|line| line.trim().is_empty() || belongs(line, *mark))
                || above.contains(['"', '\'', '|', '>'])
        };
        let (above, below) = closed.filter(|(above, _)| is_all(above)).or_else(|| unclosed(rest, *mark)).or(closed)?;
        Some((above, *mark, below))
    })
}

/// Fields that a blank line ends, and no fence does: some of them of those that articles have.
fn unclosed(text: &str, mark: char) -> Option<(&str, &str)> {
    const FEWEST: usize = 2;
    let end = text.find("\n\n")? + 1;
    let (above, below) = text.split_at(end);
    let names = || above.lines().filter_map(|line| field(line, mark));
    let is_of_article = || names().any(|name| matches!(&*name.to_ascii_lowercase(), "title" | "headline" | "date"));
    let is_it = above.lines().all(|line| belongs(line, mark)) && names().count() >= FEWEST && is_of_article();
    (is_it && !below.trim().is_empty()).then_some((above, below))
}

/// The name of the field with which a line begins.
fn field(line: &str, mark: char) -> Option<&str> {
    let name = line.split_once(mark)?.0.trim().trim_matches(['"', '\'']);
    let is_name = !name.is_empty() && name.chars().all(|c| c.is_alphanumeric() || c == '_' || c == '-');
    is_name.then_some(name)
}

/// Whether a line may stand among fields: one, more of that above it, the name of a table, a comment.
fn belongs(line: &str, mark: char) -> bool {
    line.starts_with([' ', '\t', '-', '#', '[', ']']) || field(line, mark).is_some()
}

fn fields(text: &str, mark: char) -> JsonValue {
    let mut fields: Vec<(String, JsonValue)> = Vec::new();
    let mut lines = text.lines();
    while let Some(line) = lines.next() {
        let is_inside = line.starts_with([' ', '\t', '-']);
        let trimmed = line.trim();
        if trimmed.is_empty() || trimmed.starts_with('#') || trimmed.starts_with('[') && mark == '=' {
            continue;
        }
        match (fields.last_mut(), trimmed.split_once(mark)) {
            (Some((_, value)), _) if is_inside => add(value, trimmed, mark),
            (_, Some((name, value))) => {
                fields.push((name.trim().trim_matches(['"', '\'']).to_owned(), one(&whole(value.trim(), &mut lines))));
            }
            _ => {}
        }
    }
    JsonValue::Object(fields)
}

/// A value that begins with `first`, and may go on in the next of `lines`, which are taken.
fn whole<'t>(first: &'t str, lines: &mut Lines<'t>) -> Cow<'t, str> {
    if first.starts_with('[') { whole_list(first, lines) } else { whole_text(first, lines) }
}

/// A value that begins with `first`: a list that is not closed there goes on in the next of `lines`, which are taken.
fn whole_list<'t>(first: &'t str, lines: &mut Lines<'t>) -> Cow<'t, str> {
    /// How many lines a list may have.
    const MOST: usize = 200;
    if first.contains(']') {
        return Cow::Borrowed(first);
    }
    let mut ahead = lines.clone();
    let mut list = first.to_owned();
    for line in ahead.by_ref().take(MOST) {
        let line = line.split(" #").next().unwrap_or(line).trim();
        list.push_str(line);
        if line.ends_with(']') {
            *lines = ahead;
            return Cow::Owned(list);
        }
    }
    Cow::Borrowed(first)
}

/// A value that begins with `first`: a text in marks that do not end there goes on in the next of `lines`, which are taken.
fn whole_text<'t>(first: &'t str, lines: &mut Lines<'t>) -> Cow<'t, str> {
    /// How many lines a text may have.
    const MOST: usize = 200;
    let Some(mark) = MARKS.iter().find(|mark| first.starts_with(**mark)) else { return Cow::Borrowed(first) };
    let ends = |text: &str| {
        let text = text.split(" #").next().unwrap_or(text).trim_end();
        let escapes = |text: &str| text.len() - text.trim_end_matches('\\').len();
        text.strip_suffix(mark).is_some_and(|text| escapes(text) % 2 == 0)
    };
    if first[mark.len()..].contains(mark) {
        return Cow::Borrowed(first);
    }
    let mut ahead = lines.clone();
    let mut text = first.to_owned();
    for line in ahead.by_ref().take(MOST) {
        if text.len() > mark.len() {
            text = text.trim_end_matches('\\').trim_end().to_owned();
            text.push(' ');
        }
        text.push_str(line.trim());
        if ends(line) {
            *lines = ahead;
            return Cow::Owned(text);
        }
    }
    Cow::Borrowed(first)
}

/// Adds a line that belongs to the field above it: an item of its list, a field of its own, more of its text.
fn add(value: &mut JsonValue, line: &str, mark: char) {
    if let Some(item) = line.strip_prefix('-') {
        let item = item.trim();
        // A list of people has their names in fields.
        let item = item.strip_prefix("name:").map_or(item, str::trim);
        match value {
            JsonValue::List(items) => items.push(one(item)),
            _ => *value = JsonValue::List(vec![one(item)]),
        }
        return;
    }
    match value {
        JsonValue::Text(text) if !text.is_empty() => {
            text.push(' ');
            text.push_str(line);
        }
        JsonValue::Nothing | JsonValue::Text(_) => {
            *value = match line.split_once(mark) {
                Some((name, inner)) if !name.contains(' ') => {
                    JsonValue::Object(vec![(name.to_owned(), one(inner.trim()))])
                }
                _ => JsonValue::Text(line.to_owned()),
            };
        }
        JsonValue::Object(fields) => {
            if let Some((name, inner)) = line.split_once(mark) {
                fields.push((name.to_owned(), one(inner.trim())));
            }
        }
        JsonValue::List(_) | JsonValue::Number(_) | JsonValue::Bool(_) => {}
    }
}

/// A value on one line.
fn one(text: &str) -> JsonValue {
    // A text that follows, folded or as it is.
    if matches!(text, "" | "|" | ">" | "|-" | ">-" | "~" | "null") {
        return JsonValue::Nothing;
    }
    // Lists in lists are no shape that people write; what looks like one is text, however deep it is.
    if let Some(list) = text.strip_prefix('[').and_then(|text| text.strip_suffix(']')) {
        return JsonValue::List(list.split(',').map(str::trim).filter(|item| !item.is_empty()).map(word).collect());
    }
    word(text)
}

/// What stands around texts; three around one of several lines (TOML 1.0).
const MARKS: [&str; 4] = ["\"\"\"", "'''", "\"", "'"];

/// A text, in marks or not.
fn word(text: &str) -> JsonValue {
    if let Some((mark, inside)) = MARKS[..2].iter().find_map(|mark| Some((mark, text.strip_prefix(mark)?))) {
        let end = inside.rfind(mark).unwrap_or(inside.len());
        let inside = &inside[..end];
        return JsonValue::Text(if mark.starts_with('"') { unescaped(inside) } else { inside.to_owned() });
    }
    let mark = text.chars().next().filter(|mark| ['"', '\''].contains(mark));
    let Some(mark) = mark else {
        let text = text.split(" #").next().unwrap_or(text);
        return JsonValue::Text(text.trim().to_owned());
    };
    let inside = &text[1..];
    let end = inside.rfind(mark).unwrap_or(inside.len());
    let inside = &inside[..end];
    JsonValue::Text(if mark == '"' { unescaped(inside) } else { inside.replace("''", "'") })
}

/// A text between `"` without the backslashes that escape a mark or a backslash; others are what they are, as in a path.
fn unescaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut letters = text.chars().peekable();
    while let Some(letter) = letters.next() {
        let escaped = letters.next_if(|next| letter == '\\' && matches!(next, '\\' | '"'));
        out.push(escaped.unwrap_or(letter));
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn common_date_shapes_are_read() {
        let text = "---\r\ntitle: \"The \\\"old\\\" bridge: closed\"\r\ndate: 2026-03-14 # or so\nauthors:\n  - Jane Doe\n  - name: Ann Holt\n\
            tags: [harbour, 'ferries']\ndescription: >\n  It is\n  closed.\nsource:\n  name: Coast Wire\nempty:\n---\nBody.\n---\n";
        let text = text.replace('\r', "");
        let (fields, body) = split(&text);
        assert_eq!(body, "Body.\n---\n");
        assert_eq!(fields.text("title").as_deref(), Some("The \"old\" bridge: closed"));
        assert_eq!(fields.text("date").as_deref(), Some("2026-03-14"));
        assert_eq!(fields.get("authors").unwrap().texts(), ["Jane Doe", "Ann Holt"]);
        assert_eq!(fields.get("tags").unwrap().texts(), ["harbour", "ferries"]);
        assert_eq!(fields.text("description").as_deref(), Some("It is closed."));
        assert_eq!(fields.text("source").as_deref(), Some("Coast Wire"));
        assert_eq!(fields.text("empty"), None);
        let (fields, body) = split("+++\ntitle = 'Bridge'\ndate = 2026-03-14\n[params]\nx = 1\n+++\nBody.");
        assert_eq!((fields.text("title").as_deref(), body), (Some("Bridge"), "Body."));
        let list = "authors = [\n  \"Jane Doe\", # chief\n  \"Ann Holt\",\n]\ntitle = 'Bridge'";
        let text = format!("+++\n{list}\n+++\nBody.");
        let (fields, _) = split(&text);
        assert_eq!(fields.get("authors").unwrap().texts(), ["Jane Doe", "Ann Holt"]);
        assert_eq!(fields.text("title").as_deref(), Some("Bridge"));
    }

    #[test]
    fn backslashes_between_marks_are_read_as_they_are_written() {
        for (written, read) in [
            (r#""why\\how""#, r"why\how"),
            (r#""ends in \\""#, "ends in \\"),
            (r#""\\\"x\"""#, r#"\"x""#),
            (r#""C:\news""#, r"C:\news"),
            (r"'why\\how'", r"why\\how"),
            (r#""""why\\how""""#, r"why\how"),
        ] {
            let text = format!("---\ntitle: {written}\ndate: 2026-03-14\n---\nBody.");
            let (fields, _) = split(&text);
            assert_eq!(fields.text("title").as_deref(), Some(read), "{written}");
        }
        let (fields, body) = split("---\ntitle: \"Bridge\n  closed \\\\\"\ndate: 2026-03-14\n---\nBody.");
        assert_eq!((fields.text("title").as_deref(), body), (Some("Bridge closed \\"), "Body."));
    }

    #[test]
    fn texts_may_have_several_lines() {
        for text in [
            "+++\ntitle = \"\"\"Bridge\nclosed\"\"\"\ndate = 2026-03-14\n+++\nBody.",
            "+++\ntitle = \"\"\"\nBridge \\\n  closed\"\"\" # so\ndate = 2026-03-14\n+++\nBody.",
            "+++\ntitle = '''\nBridge\nclosed\n'''\ndate = 2026-03-14\n+++\nBody.",
            "+++\ntitle = \"\"\"Bridge closed\"\"\"\ndate = 2026-03-14\n+++\nBody.",
            "---\ntitle: \"Bridge\n  closed\"\ndate: 2026-03-14\n---\nBody.",
            "---\ntitle: 'Bridge\n  closed'\ndate: 2026-03-14\n---\nBody.",
        ] {
            let (fields, body) = split(text);
            let title = fields.text("title").unwrap_or_default();
            assert_eq!(
                (title.trim(), fields.text("date").as_deref(), body),
                ("Bridge closed", Some("2026-03-14"), "Body."),
                "{text}"
            );
        }
    }

    #[test]
    fn fence_may_be_another_or_be_missing() {
        for (text, below) in [
            ("---\ntitle: Bridge\ndate: 2026-03-14\n...\nBody.", "Body."),
            ("---\ntitle: Bridge\ndate: 2026-03-14\n\nBody.", "\nBody."),
            ("---\ntitle: Bridge\ntags:\n  - a\n\nBody.\n\n---\n\nMore.", "\nBody.\n\n---\n\nMore."),
            ("+++\ntitle = 'Bridge'\ndate = 2026-03-14\n\nBody.", "\nBody."),
            ("---\ntitle: Bridge\n\ndate: 2026-03-14\n---\nBody.", "Body."),
        ] {
            let (fields, body) = split(text);
            assert_eq!((fields.text("title").as_deref(), body), (Some("Bridge"), below), "{text}");
            assert!(begins(text), "{text}");
        }
    }

    #[test]
    fn lists_in_lists_are_text() {
        for (levels, mark, fence) in [(60_000, ':', "---"), (60_000, '=', "+++"), (2, ':', "---")] {
            let nested = format!("{}a{}", "[".repeat(levels), "]".repeat(levels));
            let text = format!("{fence}\ntitle{mark} T\nx{mark} {nested}\n{fence}\nBody.");
            let (fields, body) = split(&text);
            assert_eq!((fields.text("title").as_deref(), body), (Some("T"), "Body."));
            assert_eq!(fields.get("x").unwrap().texts(), [&nested[1..nested.len() - 1]]);
        }
    }

    #[test]
    fn without_front_matter_all_is_text() {
        for text in [
            "Body.",
            "---\nBody.",
            "---\ntitle: x",
            "---\nHe said: no\nnote: x\n\nBody.",
            "---\ntitle: x\n\nBody.",
            "",
            "----\na: b\n----\n",
        ] {
            assert_eq!(split(text), (JsonValue::Nothing, text), "{text}");
        }
    }
}
