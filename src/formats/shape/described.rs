//! Records of a shape that only the user knows.

use super::{JsonValue, Part, name, says_something};
use crate::article::FieldMap;
use crate::formats::field_names::is_name_of_text;

/// Whether one of these columns is the text or the headline, as the user says.
pub fn is_told_in<'n>(fields: &FieldMap, mut columns: impl Iterator<Item = &'n str>) -> bool {
    let is_told = |part: Part| matches!(part, Part::Text | Part::Title | Part::Summary);
    columns.any(|column| fields.iter().any(|(part, path)| is_told(part) && path == column))
}

/// A record with plain names for what the user describes, and all else of it.
pub struct Described {
    /// The record.
    pub record: JsonValue,
    /// Whether it has the field that the user says is the text.
    pub has_text: bool,
}

/// The record with plain names; nothing where it has none of the fields that the user names. Notes in `map` which it has.
pub fn reshaped(map: &FieldMap, value: &JsonValue) -> Option<Described> {
    map.note_record();
    let mut fields: Vec<(String, JsonValue)> = Vec::new();
    for (at, (part, path)) in map.iter().enumerate() {
        let is_known = fields.iter().any(|(known, _)| known == name(part));
        if is_known && map.is_noted(at) {
            continue;
        }
        let Some(found) = value.at_each(path) else { continue };
        map.note(at);
        if !is_known && says_something(&found) {
            fields.push((name(part).to_owned(), found));
        }
    }
    if fields.is_empty() {
        return None;
    }
    // A text that the user names is the text, however long another field is.
    let has_text = fields.iter().any(|(known, _)| known == name(Part::Text));
    let is_other =
        |field: &str| !(fields.iter().any(|(known, _)| known == field) || has_text && is_name_of_text(field));
    let others: Vec<_> = value.fields().iter().filter(|(field, _)| is_other(field)).cloned().collect();
    fields.extend(others);
    Some(Described { record: JsonValue::Object(fields), has_text })
}
