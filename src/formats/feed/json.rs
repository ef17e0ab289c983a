//! JSON Feed, versions 1 and 1.1, and what is nearly one.

use super::raw::{FeedEnd, RawEnclosure, RawEntry, RawFeed, TextConstruct};
use crate::formats::ParseError;
use crate::formats::json_value::JsonValue;

/// The items in `text` and what is said of the whole; those before a cut, where the document breaks off.
///
/// # Errors
///
/// When it is no JSON, or breaks off before its first item ends.
pub fn parse(text: &str) -> Result<RawFeed, ParseError> {
    let (feed, end) = match JsonValue::parse(text) {
        Ok(feed) => (feed, FeedEnd::Whole),
        Err(error) if error.is_eof() => closed(text).ok_or(ParseError::CutOff)?,
        Err(error) => return Err(ParseError::malformed("JSON", &error)),
    };
    let items = feed.get("items").map_or(&[][..], JsonValue::items);
    if end != FeedEnd::Whole && items.is_empty() {
        return Err(ParseError::CutOff);
    }
    Ok(RawFeed {
        title: feed.text("title").map(markup),
        description: feed.text("description").map(plain),
        links: feed.text("home_page_url").into_iter().collect(),
        author: author(&feed),
        language: feed.text("language"),
        entries: items.iter().map(entry).collect(),
        end,
        ..RawFeed::default()
    })
}

/// What of an object that breaks off lies before the end of the last object in a list of it, and is whole; how the object
/// ends.
fn closed(text: &str) -> Option<(JsonValue, FeedEnd)> {
    let (mut open, mut end, mut in_string) = (Vec::new(), None, false);
    let mut bytes = text.bytes().enumerate();
    while let Some((at, byte)) = bytes.next() {
        match byte {
            b'\\' if in_string => _ = bytes.next(),
            b'"' => in_string = !in_string,
            b'{' | b'[' if !in_string => open.push(byte),
            b'}' | b']' if !in_string => {
                open.pop();
                if byte == b'}' && open == b"{[" {
                    end = Some(at + 1);
                }
            }
            _ => {}
        }
    }
    let (whole, rest) = text.split_at(end?);
    let is_between = rest.trim_start().trim_start_matches([',', ']']).trim_start().is_empty();
    let end = if is_between { FeedEnd::Unclosed } else { FeedEnd::BrokenOff };
    serde_json::from_str(&format!("{whole}]}}")).ok().map(|feed| (feed, end))
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
        language: item.text("language"),
        tags: item.get("tags").map_or(&[][..], JsonValue::items).iter().filter_map(JsonValue::as_text).collect(),
        pictures: [item.text("image"), item.text("banner_image")].into_iter().flatten().map(|url| (url, 0)).collect(),
        enclosures: item.get("attachments").map_or(&[][..], JsonValue::items).iter().filter_map(attachment).collect(),
        ..RawEntry::default()
    }
}

fn attachment(of: &JsonValue) -> Option<RawEnclosure> {
    let said = |name| of.text(name).unwrap_or_default();
    Some(RawEnclosure {
        url: of.text("url")?,
        media_type: said("mime_type"),
        length: said("size_in_bytes"),
        duration: said("duration_in_seconds"),
    })
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn items_before_a_cut_are_kept() {
        let text = r#"{"title": "C", "authors": [{"name": "Desk"}], "items": [{"id": "a", "content_text": "x\\\"}]}"},
            {"id": "b", "tags": ["[{"], "authors": [{"name": "J"}]}, {"id": "c", "content_text": "no"}], "x": {"y": [{}]}}"#;
        let mut last = 0;
        for (end, _) in text.char_indices().skip(1) {
            let read = parse(&text[..end]).map(|feed| (feed.entries.len(), feed.end));
            match read {
                Ok((entries, how)) if entries >= last && how != FeedEnd::Whole => {
                    assert!(entries == last || how == FeedEnd::Unclosed, "{}", &text[..end]);
                    last = entries;
                }
                Err(ParseError::CutOff) if last == 0 => {}
                other => panic!("{other:?}: {}", &text[..end]),
            }
        }
        assert_eq!(last, 3);
        assert_eq!(parse(text).unwrap().entries.len(), 3);
        assert_eq!(parse(text).unwrap().end, FeedEnd::Whole);
        for (end, how) in [
            ("", FeedEnd::Unclosed),
            (" ,\n", FeedEnd::Unclosed),
            ("\n]", FeedEnd::Unclosed),
            ("]}", FeedEnd::Whole),
            (",{", FeedEnd::BrokenOff),
            ("],\"", FeedEnd::BrokenOff),
        ] {
            assert_eq!(parse(&format!("{{\"items\": [{{\"id\": \"a\"}}{end}")).unwrap().end, how, "{end}");
        }
        assert!(matches!(parse(r#"{"items": [{"id": nonsense}]}"#), Err(ParseError::Malformed(..))));
    }
}
