//! Front matter: what stands above a Markdown text between two lines `---` (YAML) or `+++` (TOML).
//!
//! Reads the shapes that people write there — a word, a text in marks, a list on one line or on several — and nothing
//! else of those languages: a crate for all of YAML would weigh more than all else that reads Markdown.

use std::borrow::Cow;
use std::str::Lines;

use super::json_value::JsonValue;

/// The fields above `text`, and the text below them.
pub fn split(text: &str) -> (JsonValue, &str) {
    for (fence, mark) in [("---", ':'), ("+++", '=')] {
        let Some(rest) =
            text.strip_prefix(fence).and_then(|rest| rest.trim_start_matches([' ', '\t']).strip_prefix('\n'))
        else {
            continue;
        };
        let mut end = 0;
        for line in rest.split_inclusive('\n') {
            if line.trim_end() == fence {
                return (fields(&rest[..end], mark), &rest[end + line.len()..]);
            }
            end += line.len();
        }
    }
    (JsonValue::Nothing, text)
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
                fields.push((
                    name.trim().trim_matches(['"', '\'']).to_owned(),
                    one(&whole_list(value.trim(), &mut lines)),
                ));
            }
            _ => {}
        }
    }
    JsonValue::Object(fields)
}

/// A value that begins with `first`: a list that is not closed there goes on in the next of `lines`, which are taken.
fn whole_list<'t>(first: &'t str, lines: &mut Lines<'t>) -> Cow<'t, str> {
    /// How many lines a list may have.
    const MOST: usize = 200;
    if !first.starts_with('[') || first.contains(']') {
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
        JsonValue::List(_) | JsonValue::Number(_) => {}
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

/// A text, in marks or not.
fn word(text: &str) -> JsonValue {
    let mark = text.chars().next().filter(|mark| ['"', '\''].contains(mark));
    let Some(mark) = mark else {
        let text = text.split(" #").next().unwrap_or(text);
        return JsonValue::Text(text.trim().to_owned());
    };
    let inside = &text[1..];
    let end = inside.rfind(mark).unwrap_or(inside.len());
    let inside = &inside[..end];
    JsonValue::Text(if mark == '"' { inside.replace("\\\"", "\"") } else { inside.replace("''", "'") })
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
        for text in ["Body.", "---\nBody.", "---\ntitle: x", "", "----\na: b\n----\n"] {
            assert_eq!(split(text), (JsonValue::Nothing, text), "{text}");
        }
    }
}
