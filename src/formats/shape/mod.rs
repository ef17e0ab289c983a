//! Shapes of records: where the interfaces of publishers, collections and crawlers keep the parts of an article.
//!
//! A record of a known shape, or of one that the user describes, becomes a record with plain names, which is then read as
//! any other is.

mod described;
mod known;
mod paragraphs;

use super::date::lenient::{Order, parse_in};
use super::json_value::JsonValue;
use crate::article::ArticlePart as Part;

pub use described::{is_told_in, reshaped as described};

/// The plain name under which a part is read.
const fn name(part: Part) -> &'static str {
    match part {
        Part::Title => "title",
        Part::Text => "text",
        Part::Summary => "summary",
        Part::Date => "date_publish",
        Part::Author => "author",
        Part::Url => "url",
        Part::Source => "source",
        Part::Tags => "tags",
        Part::Language => "language",
        Part::Seen => "seen",
    }
}

/// Where a part stands.
enum Place {
    /// At the member of this name, or of a member of a member: `headline.main`; in a list at that of each item.
    At(&'static str),
    /// It is put together.
    Made(fn(&JsonValue) -> Option<JsonValue>),
    /// It is always this.
    Always(&'static str),
}

/// How records of one kind are made.
struct Shape {
    /// What they have, all of it.
    marks: &'static [&'static str],
    /// Where their parts stand; of the same part the first that is there counts.
    parts: &'static [(Part, Place)],
    /// How numbers of dates stand in them.
    order: Order,
    /// Whether they may hold a headline and an address and no more.
    may_lack_text: bool,
}

/// A record with plain names.
pub struct Reshaped {
    /// The record.
    pub record: JsonValue,
    /// Whether a headline is enough of it: what it is about stands at its address.
    pub may_lack_text: bool,
}

/// A record of a known shape with plain names; nothing where it is of none.
pub fn reshaped(value: &JsonValue) -> Option<Reshaped> {
    let shape = known::SHAPES.iter().find(|shape| shape.marks.iter().all(|mark| value.has_path(mark)))?;
    let mut fields: Vec<(String, JsonValue)> = Vec::new();
    for (part, place) in shape.parts {
        if fields.iter().any(|(known, _)| known == name(*part)) {
            continue;
        }
        let found = match place {
            Place::At(path) => value.at_each(path),
            Place::Made(make) => make(value),
            Place::Always(words) => Some(JsonValue::Text((*words).to_owned())),
        };
        let found = found.filter(says_something).map(|found| match part {
            Part::Date => dated(found, shape.order),
            _ => found,
        });
        fields.extend(found.map(|found| (name(*part).to_owned(), found)));
    }
    Some(Reshaped { record: JsonValue::Object(fields), may_lack_text: shape.may_lack_text })
}

/// Whether columns of these names are those of a known shape.
pub fn are_names(names: &[String]) -> bool {
    known::SHAPES.iter().any(|shape| shape.marks.iter().all(|mark| names.iter().any(|name| name == mark)))
}

fn says_something(value: &JsonValue) -> bool {
    match value {
        JsonValue::Text(text) => !text.trim().is_empty(),
        JsonValue::List(items) => items.iter().any(says_something),
        JsonValue::Object(fields) => !fields.is_empty(),
        JsonValue::Number(_) => true,
        JsonValue::Nothing | JsonValue::Bool(_) => false,
    }
}

/// A date whose numbers stand in this order, as one that needs none.
fn dated(value: JsonValue, order: Order) -> JsonValue {
    match &value {
        JsonValue::Text(text) if order != Order::Unknown => {
            parse_in(text, order).map_or(value, |at| JsonValue::Text(at.to_string()))
        }
        _ => value,
    }
}
