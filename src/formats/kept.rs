//! Fields of records that are brought back: each as it stands in its record, so that tables can be joined by them.

use std::fmt;

use csv::ByteRecord;
use serde::de::{self, Deserializer, IgnoredAny, MapAccess, Visitor};
use serde_json::value::RawValue;

use super::encoding;
use super::json_value::JsonValue;
use crate::article::KeptValue;

/// Where the fields of a record stand.
#[derive(Debug, Clone, Copy)]
pub enum RecordSource<'r> {
    /// It is no record with fields.
    Nowhere,
    /// In JSON, which may break off.
    Json(&'r str),
    /// In the cells of a row under columns of these names.
    Row(&'r [String], &'r ByteRecord),
    /// In fields that were read already, whose names may be written in capitals.
    Fields(&'r JsonValue),
}

impl RecordSource<'_> {
    /// The fields of these names: of members or columns, or names of members with points between them.
    pub fn kept(self, names: &[String]) -> Vec<KeptValue> {
        match self {
            Self::Nowhere => vec![KeptValue::Nothing; names.len()],
            Self::Json(json) => {
                let members = Members::of(without_cut_number(json), names);
                names.iter().map(|name| members.at_path(name).map_or(KeptValue::Nothing, of_json)).collect()
            }
            Self::Row(columns, cells) => {
                let cell = |name: &String| cells.get(columns.iter().position(|column| column == name)?);
                let text = |cell| KeptValue::Text(encoding::with_stray_bytes(cell).into_owned());
                names.iter().map(|name| cell(name).map_or(KeptValue::Nothing, text)).collect()
            }
            Self::Fields(fields) => {
                let found = |name: &str| {
                    let same = || fields.fields().iter().find(|(known, _)| known.eq_ignore_ascii_case(name));
                    fields.get(name).or_else(|| Some(&same()?.1))
                };
                let text = |field: &JsonValue| match field {
                    JsonValue::Text(text) => Some(text.clone()),
                    _ => field.as_text(),
                };
                names.iter().map(|name| found(name).and_then(text).into()).collect()
            }
        }
    }

    /// Whether it is a row of a table.
    pub const fn is_row(self) -> bool {
        matches!(self, Self::Row(..))
    }

    /// The member of this name.
    pub fn member(self, name: &str) -> Self {
        let Self::Json(json) = self else { return Self::Nowhere };
        let names = [name.to_owned()];
        Members::of(json, &names).get(name).map_or(Self::Nowhere, |raw| Self::Json(raw.get()))
    }

    /// The members of a list.
    pub fn items(self) -> Vec<Self> {
        let Self::Json(json) = self else { return Vec::new() };
        let items: Vec<&RawValue> = serde_json::from_str(json).unwrap_or_default();
        items.into_iter().map(|raw| Self::Json(raw.get())).collect()
    }
}

/// JSON without the number at its end: where an object breaks off in one, it is cut, and would be another.
fn without_cut_number(json: &str) -> &str {
    let before = json.trim_end_matches(|c: char| c.is_ascii_digit() || matches!(c, '.' | '-' | '+' | 'e' | 'E'));
    if json[before.len()..].contains(|c: char| c.is_ascii_digit()) { before } else { json }
}

/// A value of JSON.
fn of_json(raw: &RawValue) -> KeptValue {
    match raw.get().as_bytes().first() {
        None | Some(b'n') => KeptValue::Nothing,
        Some(b'"') => serde_json::from_str::<String>(raw.get()).ok().into(),
        Some(b'{' | b'[') => KeptValue::Nested(on_one_line(raw.get())),
        Some(_) => KeptValue::Plain(raw.get().to_owned()),
    }
}

/// The same JSON without blanks and line ends outside of its texts.
fn on_one_line(json: &str) -> String {
    let (mut in_text, mut is_escaped) = (false, false);
    let is_part = |c: &char| {
        if in_text {
            in_text = *c != '"' || is_escaped;
            is_escaped = *c == '\\' && !is_escaped;
            return true;
        }
        in_text = *c == '"';
        !c.is_ascii_whitespace()
    };
    json.chars().filter(is_part).collect()
}

/// Members of an object, of those that are looked for the first of each name.
struct Members<'k, 'j> {
    names: Vec<&'k str>,
    found: Vec<Option<&'j RawValue>>,
}

impl<'k, 'j> Members<'k, 'j> {
    /// Those of the object `json` that lie on the way to these paths; of one that breaks off, those before that.
    fn of(json: &'j str, paths: &'k [String]) -> Self {
        let ways = paths.iter().flat_map(|path| ways(path).map(|(name, _)| name));
        let mut names: Vec<_> = paths.iter().map(String::as_str).chain(ways).collect();
        names.dedup();
        let mut members = Self { found: vec![None; names.len()], names };
        // It ends early where all is found; what is broken is known already.
        let _ = serde_json::Deserializer::from_str(json).deserialize_map(&mut members);
        members
    }

    fn get(&self, name: &str) -> Option<&'j RawValue> {
        self.found[self.names.iter().position(|known| *known == name)?]
    }

    /// The member of this name, or where there are points in it, the member of a member.
    fn at_path(&self, path: &str) -> Option<&'j RawValue> {
        let inner = |(name, rest): (&str, &str)| {
            let rest = [rest.to_owned()];
            Members::of(self.get(name)?.get(), &rest).at_path(&rest[0])
        };
        self.get(path).or_else(|| ways(path).find_map(inner))
    }
}

/// The names of members that may lead to a path, each with the path from there: `a` and `b.c`, `a.b` and `c`.
fn ways(path: &str) -> impl Iterator<Item = (&str, &str)> {
    path.match_indices('.').map(|(at, _)| (&path[..at], &path[at + 1..]))
}

impl<'j> Visitor<'j> for &mut Members<'_, 'j> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'j>>(self, mut members: A) -> Result<(), A::Error> {
        while self.found.iter().any(Option::is_none) {
            match members.next_key_seed(Place(&self.names))? {
                None => break,
                Some(Some(at)) if self.found[at].is_none() => {
                    let value: &RawValue = members.next_value()?;
                    let same = self.names.iter().zip(&mut self.found).filter(|(name, _)| **name == self.names[at]);
                    same.for_each(|(_, found)| *found = Some(value));
                }
                Some(_) => {
                    members.next_value::<IgnoredAny>()?;
                }
            }
        }
        Ok(())
    }
}

/// Reads the name of a member: where it stands among these.
#[derive(Clone, Copy)]
struct Place<'n>(&'n [&'n str]);

impl<'j> de::DeserializeSeed<'j> for Place<'_> {
    type Value = Option<usize>;

    fn deserialize<D: Deserializer<'j>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_str(self)
    }
}

impl Visitor<'_> for Place<'_> {
    type Value = Option<usize>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a name")
    }

    fn visit_str<E>(self, name: &str) -> Result<Self::Value, E> {
        Ok(self.0.iter().position(|known| *known == name))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kept(source: RecordSource<'_>, names: &[&str]) -> Vec<String> {
        let names: Vec<_> = names.iter().map(|name| (*name).to_owned()).collect();
        let written = |value| match value {
            KeptValue::Nothing => "null".to_owned(),
            KeptValue::Text(text) => serde_json::to_string(&text).unwrap(),
            KeptValue::Plain(json) | KeptValue::Nested(json) => json,
        };
        source.kept(&names).into_iter().map(written).collect()
    }

    #[test]
    fn value_is_kept_as_it_stands() {
        for json in ["18446744073709551616", "1.10", "-0", "1E5", "-1.50e-3", "true", "null", "\"a\\tb\"", "\" \""] {
            assert_eq!(kept(RecordSource::Json(&format!("{{\"id\": {json} }}")), &["id"]), [json]);
        }
        let nested = "{\"id\": {\"z\": [1.10, {\"b\": \" x \\\" \"}],\n \"a\": \"\\u00e9\", \"z\": 2}}";
        let expected = r#"{"z":[1.10,{"b":" x \" "}],"a":"\u00e9","z":2}"#;
        assert_eq!(kept(RecordSource::Json(nested), &["id"]), [expected]);
        // Also one that means a mark of Windows-1252 in a text.
        assert_eq!(kept(RecordSource::Json("{\"id\": \"a\u{93}\"}"), &["id"]), ["\"a\u{93}\""]);
    }

    #[test]
    fn member_is_found_by_its_path() {
        let json = r#"{"a.b": 1, "a": {"b": 2, "c": {"d": 3}}, "x.y": {"z": 4}, "a": 5, "a.b": 6}"#;
        let paths = ["a.b", "a.c.d", "x.y.z", "a", "a.x", "", ".", "a.", "b", "a.b"];
        let expected = ["1", "3", "4", "{\"b\":2,\"c\":{\"d\":3}}", "null", "null", "null", "null", "null", "1"];
        assert_eq!(kept(RecordSource::Json(json), &paths), expected);
        for (path, value) in paths.iter().zip(expected) {
            assert_eq!(kept(RecordSource::Json(json), &[path]), [value], "{path}");
        }
    }

    #[test]
    fn broken_object_has_the_members_before_the_break() {
        for (json, id) in [
            (r#"{"id": 7, "text": "Bri"#, "7"),
            (r#"{"id": "x", "text": }"#, "\"x\""),
            (r#"{"text": "a, "id": 7}"#, "null"),
            (r#"{"id": {"a": 1, "#, "null"),
            ("[1]", "null"),
            ("id", "null"),
            ("", "null"),
        ] {
            assert_eq!(kept(RecordSource::Json(json), &["id"]), [id], "{json}");
        }
    }

    #[test]
    fn members_and_items_are_records() {
        let source = RecordSource::Json(r#"{"n": 1, "items": [{"id": 1.0}, [], {"id": 2.0}]}"#);
        let items = source.member("items").items();
        assert_eq!(items.iter().map(|item| kept(*item, &["id"])).collect::<Vec<_>>(), [["1.0"], ["null"], ["2.0"]]);
        assert!(source.member("x").items().is_empty());
    }

    #[test]
    fn row_and_fields_have_texts() {
        let columns = ["id", "a.b"].map(str::to_owned);
        let cells = ByteRecord::from(vec!["007\t\r\n", " x "]);
        assert_eq!(
            kept(RecordSource::Row(&columns, &cells), &["a.b", "id", "b"]),
            ["\" x \"", r#""007\t\r\n""#, "null"]
        );
        let fields = JsonValue::Object(vec![("newid".to_owned(), JsonValue::Text("7".to_owned()))]);
        assert_eq!(kept(RecordSource::Fields(&fields), &["NEWID", "newid", "id"]), ["\"7\"", "\"7\"", "null"]);
    }
}
