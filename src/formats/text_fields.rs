//! Fields that stand in a text itself: keywords of Org, the bibliographic fields of reStructuredText, the list under a
//! heading "Metadata" that programs write which keep highlights.

use std::borrow::Cow;

use super::json_value::JsonValue;

/// Names of fields of which one at the least makes others fields of an article.
const KNOWN: [&str; 7] = ["title", "date", "author", "authors", "url", "source", "published"];

/// The fields above a plain text, and the text below them; nothing where there are none of an article.
pub fn split(text: &str) -> Option<(JsonValue, &str)> {
    let text = text.trim_start();
    of_org(text).or_else(|| of_restructured(text))
}

/// Lines `#+TITLE: Bridge closed`.
fn of_org(text: &str) -> Option<(JsonValue, &str)> {
    taken(text, Vec::new(), |line| line.strip_prefix("#+")?.split_once(':'))
}

/// A title with a line of marks below it, perhaps above it too, and lines `:date: 2026-03-14`.
fn of_restructured(text: &str) -> Option<(JsonValue, &str)> {
    let line = |text: &'_ str| -> usize { text.find('\n').map_or(text.len(), |at| at + 1) };
    let text = if is_rule(&text[..line(text)]) { &text[line(text)..] } else { text };
    let (title, rest) = text.split_at(line(text));
    let (rule, rest) = rest.split_at(line(rest));
    let fields = vec![field("title", title)];
    let (fields, below) = taken(rest, fields, |line| {
        let rest = line.strip_prefix(':')?;
        rest.split_once(": ")
    })?;
    (is_rule(rule) && fields.fields().len() > 1).then_some((fields, below))
}

/// `text` without the list of fields under the heading "Metadata", and these: `- Author: [[Jane Doe]]`. Items that are no
/// fields of an article stay.
pub fn without_list(text: &str) -> (JsonValue, Cow<'_, str>) {
    /// How many lines may stand above the heading.
    const FARTHEST: usize = 20;
    let is_heading =
        |line: &str| line.starts_with('#') && line.trim_matches(['#', ' ']).eq_ignore_ascii_case("metadata");
    let mut start = 0;
    let heading = text.split_inclusive('\n').take(FARTHEST).find(|line| {
        let is_it = is_heading(line.trim_end());
        start += if is_it { 0 } else { line.len() };
        is_it
    });
    let Some(heading) = heading else { return (JsonValue::Nothing, text.into()) };
    let (mut fields, mut others, mut end) = (Vec::new(), String::new(), start + heading.len());
    for line in text[end..].split_inclusive('\n') {
        let item = line.trim().strip_prefix(['-', '*']).map(str::trim_start);
        match item.and_then(|item| item.split_once(": ")) {
            Some((name, value)) if is_of_list(name) => fields.push(field(name.trim_start_matches("Full "), value)),
            _ if item.is_none() && !line.trim().is_empty() => break,
            _ => others.push_str(line),
        }
        end += line.len();
    }
    if fields.is_empty() {
        return (JsonValue::Nothing, text.into());
    }
    let heading = if others.trim().is_empty() { "" } else { heading };
    (JsonValue::Object(fields), Cow::Owned([&text[..start], heading, &others, "\n", &text[end..]].concat()))
}

/// Whether a list of metadata has such a field of an article.
fn is_of_list(name: &str) -> bool {
    matches!(
        name.to_ascii_lowercase().as_str(),
        "author"
            | "authors"
            | "title"
            | "full title"
            | "url"
            | "source url"
            | "category"
            | "tags"
            | "published"
            | "date"
    )
}

/// Adds to `fields` those that `named` finds in the lines with which `text` begins, blank lines left out, and what stands
/// below; nothing where there is none of an article.
fn taken<'t>(
    text: &'t str,
    mut fields: Vec<(String, JsonValue)>,
    named: impl Fn(&'t str) -> Option<(&'t str, &'t str)>,
) -> Option<(JsonValue, &'t str)> {
    let mut end = 0;
    let mut is_of_article = false;
    for line in text.split_inclusive('\n') {
        match named(line.trim()) {
            Some((name, value)) if !name.is_empty() && !name.contains(char::is_whitespace) => {
                is_of_article |= KNOWN.contains(&&*name.to_ascii_lowercase());
                fields.push(field(name, value));
            }
            _ if line.trim().is_empty() => {}
            _ => break,
        }
        end += line.len();
    }
    is_of_article.then(|| (JsonValue::Object(fields), &text[end..]))
}

/// A field without the marks of links and times: `[[Jane Doe]]`, `<2026-03-14 Sat>`.
fn field(name: &str, value: &str) -> (String, JsonValue) {
    let value = value.trim().trim_matches(['[', ']', '<', '>', '#']).replace("[[", "").replace("]]", "");
    (name.trim().to_ascii_lowercase(), JsonValue::Text(value))
}

/// Whether a line is nothing but one mark, again and again.
fn is_rule(line: &str) -> bool {
    const SHORTEST: usize = 3;
    let line = line.trim();
    let mut marks = line.chars();
    marks.next().is_some_and(|first| first.is_ascii_punctuation() && marks.all(|mark| mark == first))
        && line.len() >= SHORTEST
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_above_a_text() {
        for text in [
            "#+TITLE: Bridge closed\n#+DATE: <2026-03-14 Sat>\n#+AUTHOR: Jane Doe\n\nBody.",
            "#+title: Bridge closed\n#+date: [2026-03-14 Sat]\n\n#+author: Jane Doe\n#+options: toc:nil\nBody.",
            "Bridge closed\n=============\n\n:date: 2026-03-14\n:author: Jane Doe\n\nBody.",
            "#############\nBridge closed\n#############\n:date: 2026-03-14\n:author: Jane Doe\n\nBody.",
        ] {
            let (fields, below) = split(text).unwrap();
            assert_eq!(fields.text("title").as_deref(), Some("Bridge closed"), "{text}");
            assert_eq!(fields.text("author").as_deref(), Some("Jane Doe"), "{text}");
            assert!(fields.text("date").unwrap().starts_with("2026-03-14"), "{text}");
            assert_eq!(below, "Body.", "{text}");
        }
        for text in [
            "Bridge closed\n=============\n\nBody.",
            "Bridge closed\n:date: 2026-03-14\n\nBody.",
            "#+BEGIN_QUOTE\nBody.",
            "#+one: is a tag\nBody.",
            "Body.",
            "",
        ] {
            assert_eq!(split(text), None, "{text}");
        }
    }

    #[test]
    fn list_of_metadata_is_taken_out() {
        let text = "# Bridge closed\n\n## Metadata\n- Author: [[Jane Doe]]\n- Full Title: Bridge closed\n- URL: https://coast.example/1\n\n\
            ## Highlights\n- It is closed.\n";
        let (fields, body) = without_list(text);
        assert_eq!(fields.text("author").as_deref(), Some("Jane Doe"));
        assert_eq!(fields.text("title").as_deref(), Some("Bridge closed"));
        assert_eq!(fields.text("url").as_deref(), Some("https://coast.example/1"));
        assert!(
            body.starts_with("# Bridge closed\n\n") && body.ends_with("## Highlights\n- It is closed.\n"),
            "{body}"
        );
        assert!(!body.contains("Metadata"));
        let (_, body) = without_list("## Metadata\n- Author: Jane\n- Mood: calm\n\nBody.");
        assert!(body.contains("## Metadata\n- Mood: calm\n") && body.contains("Body."), "{body}");
        let text = "# Metadata\n\nIt is what it is.\n\n- Author: Jane";
        assert_eq!(without_list(text), (JsonValue::Nothing, text.into()));
    }
}
