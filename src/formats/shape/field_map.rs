//! Where the parts of an article stand in records of a shape that only the user knows.

use super::{JsonValue, Part, says_something};
use crate::formats::field_names::is_name_of_text;

/// The names of parts as the user writes them.
const NAMES: [(&str, Part); 14] = [
    ("title", Part::Title),
    ("text", Part::Text),
    ("date", Part::Date),
    ("author", Part::Author),
    ("source", Part::Source),
    ("url", Part::Url),
    ("tags", Part::Tags),
    ("summary", Part::Summary),
    ("language", Part::Language),
    ("headline", Part::Title),
    ("body", Part::Text),
    ("byline", Part::Author),
    ("publisher", Part::Source),
    ("address", Part::Url),
];

/// Which field of a record is which part of an article: `title=headline.main,text=body,date=pub_date`.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct FieldMap(Vec<(Part, String)>);

impl FieldMap {
    /// Reads one as the user writes it. Of a part that is named twice the first field that a record has counts.
    ///
    /// # Errors
    ///
    /// When it is none; says what is wrong.
    pub fn parse(written: &str) -> Result<Self, String> {
        let mut fields = Vec::new();
        for pair in written.split(',').map(str::trim).filter(|pair| !pair.is_empty()) {
            let Some((name, path)) = pair.split_once('=') else {
                return Err(format!("{pair} names no field: write title=headline.main,text=body"));
            };
            let (name, path) = (name.trim(), path.trim());
            let Some((_, part)) = NAMES.iter().find(|(known, _)| known.eq_ignore_ascii_case(name)) else {
                let known: Vec<_> = NAMES[..9].iter().map(|(known, _)| *known).collect();
                return Err(format!("{name} is no part of an article: it is one of {}", known.join(", ")));
            };
            if path.is_empty() {
                return Err(format!("{name} names no field: write {name}=FIELD"));
            }
            fields.push((*part, path.to_owned()));
        }
        Ok(Self(fields))
    }

    /// Whether it names no field.
    pub const fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Whether one of these columns is the text or the headline.
    pub(in crate::formats) fn is_in<'n>(&self, mut names: impl Iterator<Item = &'n str>) -> bool {
        let is_told = |part: Part| matches!(part, Part::Text | Part::Title | Part::Summary);
        names.any(|name| self.0.iter().any(|(part, path)| is_told(*part) && path == name))
    }

    /// The record with plain names for what it says, and all else of it; nothing where it has none of these fields.
    pub(in crate::formats) fn reshaped(&self, value: &JsonValue) -> Option<JsonValue> {
        let mut fields: Vec<(String, JsonValue)> = Vec::new();
        for (part, path) in &self.0 {
            if fields.iter().any(|(name, _)| name == part.name()) {
                continue;
            }
            let found = value.at_each(path).filter(says_something);
            fields.extend(found.map(|found| (part.name().to_owned(), found)));
        }
        if fields.is_empty() {
            return None;
        }
        // A text that the user names is the text, however long another field is.
        let has_text = fields.iter().any(|(name, _)| name == Part::Text.name());
        let others = value.fields().iter().filter(|(name, _)| {
            !(fields.iter().any(|(known, _)| known == name) || has_text && is_name_of_text(name))
        });
        let others: Vec<_> = others.cloned().collect();
        fields.extend(others);
        Some(JsonValue::Object(fields))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn map_names_parts_and_fields() {
        let map = FieldMap::parse("title=headline.main, Text=body,date=pub_date").unwrap();
        let fields = [(Part::Title, "headline.main"), (Part::Text, "body"), (Part::Date, "pub_date")];
        assert_eq!(map, FieldMap(fields.map(|(part, path)| (part, path.to_owned())).to_vec()));
        assert!(FieldMap::parse("").unwrap().is_empty());
        for (wrong, why) in [
            ("title", "title names no field: write title=headline.main,text=body"),
            ("title=", "title names no field: write title=FIELD"),
            (
                "colour=x",
                "colour is no part of an article: it is one of title, text, date, author, source, url, tags, summary, language",
            ),
        ] {
            assert_eq!(FieldMap::parse(wrong), Err(why.to_owned()));
        }
    }
}
