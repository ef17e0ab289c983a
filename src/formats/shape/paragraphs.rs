//! Parts that a record holds in pieces.

use super::JsonValue;

fn text(words: impl Into<String>) -> JsonValue {
    JsonValue::Text(words.into())
}

/// A paragraph of some kind.
fn paragraph(kind: &str, words: String) -> JsonValue {
    JsonValue::Object(vec![("kind".to_owned(), text(kind)), ("text".to_owned(), text(words))])
}

/// The abstract and the first paragraph of an article, unless one is in the other; else the few words that a search shows.
pub fn of_introduction(record: &JsonValue) -> Option<JsonValue> {
    let (above, first) = (record.text("abstract"), record.text("lead_paragraph"));
    Some(text(match (above, first) {
        (Some(above), Some(first)) if first.contains(&above) => first,
        (Some(above), Some(first)) if above.contains(&first) => above,
        (Some(above), Some(first)) => format!("{above}\n{first}"),
        (one, other) => one.or(other).or_else(|| record.text("snippet"))?,
    }))
}

/// The section and the keywords of an article of the Guardian; its tags also name who wrote it, and of which series it is.
pub fn tags_of_guardian(record: &JsonValue) -> Option<JsonValue> {
    record.get("webTitle")?;
    let tags = record.get("tags").map(JsonValue::items).unwrap_or_default();
    let keywords = tags.iter().filter(|tag| tag.text("type").as_deref() == Some("keyword"));
    let names = record.text("sectionName").into_iter().chain(keywords.filter_map(|tag| tag.text("webTitle")));
    Some(JsonValue::List(names.map(text).collect()))
}

/// The paragraphs of an article of the Washington Post, whose contents are also its title, its byline and its pictures.
pub fn of_contents(record: &JsonValue) -> Option<JsonValue> {
    let kind = |piece: &JsonValue| {
        Some(match (piece.text("type")?.as_str(), piece.text("subtype").as_deref()) {
            ("sanitized_html", Some("subhead")) => "heading",
            ("sanitized_html", Some("blockquote" | "pullquote")) => "block_quotation",
            ("sanitized_html", _) => "prose",
            ("list", _) => "list_item",
            _ => return None,
        })
    };
    let pieces = record.get("contents")?.items().iter();
    let paragraphs = pieces.flat_map(|piece| {
        let words = piece.get("content").map(JsonValue::texts).unwrap_or_default();
        let kind = kind(piece);
        words.into_iter().filter_map(move |words| Some(paragraph(kind?, words))).collect::<Vec<_>>()
    });
    Some(JsonValue::List(paragraphs.collect()))
}

/// The section under which the Washington Post printed it.
pub fn kicker(record: &JsonValue) -> Option<JsonValue> {
    let mut pieces = record.get("contents")?.items().iter();
    let kicker = pieces.find(|piece| piece.text("type").as_deref() == Some("kicker"))?;
    kicker.text("content").map(text)
}

/// The paragraphs of fundus: a summary, and sections, each with headlines and paragraphs.
pub fn of_sections(record: &JsonValue) -> Option<JsonValue> {
    let body = record.get("body")?;
    let of = |part: &JsonValue, name: &str, kind: &'static str| {
        let words = part.get(name).map(JsonValue::texts).unwrap_or_default();
        words.into_iter().map(move |words| paragraph(kind, words))
    };
    let mut all: Vec<_> = of(body, "summary", "prose").collect();
    for section in body.get("sections")?.items() {
        all.extend(of(section, "headline", "heading"));
        all.extend(of(section, "paragraphs", "prose"));
    }
    Some(JsonValue::List(all))
}
