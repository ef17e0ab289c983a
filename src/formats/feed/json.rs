//! JSON Feed, versions 1 and 1.1, and what is nearly one.

use super::raw::{RawEntry, RawFeed, TextConstruct};
use crate::formats::ParseError;
use crate::formats::json_value::JsonValue;

/// The items in `text` and what is said of the whole.
pub fn parse(text: &str) -> Result<RawFeed, ParseError> {
    let feed = JsonValue::parse(text).map_err(|error| ParseError::malformed("JSON", &error))?;
    let items = feed.get("items").map_or(&[][..], JsonValue::items);
    Ok(RawFeed {
        title: feed.text("title").map(markup),
        description: feed.text("description").map(plain),
        links: feed.text("home_page_url").into_iter().collect(),
        author: author(&feed),
        language: feed.text("language"),
        entries: items.iter().map(entry).collect(),
        ..RawFeed::default()
    })
}

fn entry(item: &JsonValue) -> RawEntry {
    RawEntry {
        title: item.text("title").map(markup),
        guid: item.text("id"),
        guid_is_address: true,
        links: [item.text("url"), item.text("external_url")].into_iter().flatten().collect(),
        content: item.text("content_html").map(markup).or_else(|| item.text("content_text").map(plain)),
        summary: item.text("summary").map(plain),
        dates: [item.text("date_published"), item.text("date_modified")].into_iter().flatten().collect(),
        authors: author(item).into_iter().collect(),
        tags: item.get("tags").map_or(&[][..], JsonValue::items).iter().filter_map(JsonValue::as_text).collect(),
        ..RawEntry::default()
    }
}

fn author(of: &JsonValue) -> Option<String> {
    let many = of.get("authors").map_or(&[][..], JsonValue::items);
    let names: Vec<_> = many.iter().chain(of.get("author")).filter_map(JsonValue::as_text).collect();
    (!names.is_empty()).then(|| names.join(", "))
}

fn markup(value: String) -> TextConstruct {
    TextConstruct { value, ..TextConstruct::default() }
}

fn plain(value: String) -> TextConstruct {
    TextConstruct { value, is_plain: true, ..TextConstruct::default() }
}
