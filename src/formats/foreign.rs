//! Text that is written in another format, and would make a poor article if it were read as plain text.

/// What `text` is where it is no plain text, in words ("an HTML page").
pub fn recognize(text: &str) -> Option<&'static str> {
    let start = text.trim_start();
    let begins = |tag: &str| start.get(..tag.len()).is_some_and(|head| head.eq_ignore_ascii_case(tag));
    if begins("<!doctype html") || begins("<html") || begins("<head") {
        Some("an HTML page")
    } else if begins("<?xml") || begins("<rss") || begins("<feed") || begins("<opml") {
        Some("an XML document")
    } else if is_json(start) {
        Some("JSON")
    } else if start.starts_with("{\\rtf") {
        Some("an RTF document")
    } else if has_front_matter(start) {
        Some("Markdown with front matter")
    } else if start.starts_with("%!PS") {
        Some("a PostScript document")
    } else {
        None
    }
}

/// A line `---`, lines `key: value`, and a line `---` again.
fn has_front_matter(start: &str) -> bool {
    /// Front matter is short.
    const MOST: usize = 60;
    let Some(rest) = start.strip_prefix("---\n") else { return false };
    let mut keys = rest.lines().take(MOST).take_while(|line| *line != "---");
    let closed = rest.lines().take(MOST).any(|line| line == "---");
    closed && keys.any(|line| line.split_once(':').is_some_and(|(key, _)| key.chars().all(char::is_alphanumeric)))
}

/// An object, or an array of objects. A headline may begin with "[Update]", but not with `[{` or `{"`.
fn is_json(start: &str) -> bool {
    let follows =
        |open: char, next: char| start.strip_prefix(open).is_some_and(|rest| rest.trim_start().starts_with(next));
    follows('{', '"') || follows('{', '}') || follows('[', '{')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn other_formats_have_names() {
        for (text, name) in [
            (" <!DOCTYPE html>\n<html>", "an HTML page"),
            ("<?xml version='1.0'?>", "an XML document"),
            ("{ \"title\": 1 }", "JSON"),
            ("[\n {\"title\": 1}]", "JSON"),
            ("{\\rtf1\\ansi", "an RTF document"),
            ("---\ntitle: Bridge\n---\nBody.", "Markdown with front matter"),
        ] {
            assert_eq!(recognize(text), Some(name));
        }
    }

    #[test]
    fn odd_headlines_are_text() {
        for text in [
            "[Update] Bridge closed",
            "{sic} Bridge",
            "<Bridge> closed",
            "date 2026-03-14 {\"a\": 1}",
            "---\nBridge\n---\nBody",
            "é",
            "",
        ] {
            assert_eq!(recognize(text), None, "{text}");
        }
    }
}
