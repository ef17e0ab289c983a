//! Records of a shape that only the user knows.

use super::{JsonValue, Part, name, says_something};
use crate::article::FieldMap;
use crate::formats::field_names::is_name_of_text;

/// Whether one of these columns is the text or the headline, as the user says.
pub fn is_told_in<'n>(fields: &FieldMap, mut columns: impl Iterator<Item = &'n str>) -> bool {
    let is_told = |part: Part| matches!(part, Part::Text | Part::Title | Part::Summary);
    columns.any(|column| fields.iter().any(|(part, path)| is_told(part) && path == column))
}

/// The record with plain names for what the user describes, and all else of it; nothing where it has none of these fields.
pub fn reshaped(map: &FieldMap, value: &JsonValue) -> Option<JsonValue> {
    let mut fields: Vec<(String, JsonValue)> = Vec::new();
    for (part, path) in map.iter() {
        if fields.iter().any(|(known, _)| known == name(part)) {
            continue;
        }
        let found = value.at_each(path).filter(says_something);
        fields.extend(found.map(|found| (name(part).to_owned(), found)));
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
    Some(JsonValue::Object(fields))
}
