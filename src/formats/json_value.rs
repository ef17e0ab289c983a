//! A JSON value of bounded size: members beyond the limits are dropped.

use std::borrow::Cow;
use std::fmt;

use serde::de::{Deserialize, DeserializeSeed, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde_json::{Number, Value};

use super::windows_marks::marks_of_windows;

/// How many members of an array are kept.
const MOST_ITEMS: usize = 100_000;

/// How many members of an object are kept.
const MOST_FIELDS: usize = 2_000;

/// Members that hold the text of an object that stands for one: `{"rendered": "…"}`, `{"name": "…"}`.
const TEXTS: [&str; 10] = ["rendered", "value", "@value", "name", "text", "#text", "_text", "$t", "html", "$date"];

#[derive(Debug, Clone, PartialEq, Default)]
pub enum JsonValue {
    /// `null`.
    #[default]
    Nothing,
    /// `true`, `false`: they say nothing, and may be kept.
    Bool(bool),
    Number(Number),
    Text(String),
    List(Vec<Self>),
    /// In the order in which they are written; some names may be there twice.
    Object(Vec<(String, Self)>),
}

impl JsonValue {
    /// Reads JSON, and what other programs write for it: `NaN`, which no JSON has, is nothing, and half of a pair of
    /// surrogates, which is no character (RFC 8259, 8.2), becomes U+FFFD.
    ///
    /// # Errors
    ///
    /// When it is not even that.
    pub fn parse(text: &str) -> serde_json::Result<Self> {
        serde_json::from_str(text).or_else(|error| {
            let mended = text.replace(": NaN", ": null").replace(":NaN", ":null");
            serde_json::from_str(&without_lone_surrogates(&mended)).map_err(|_| error)
        })
    }

    /// The member of this name.
    pub fn get(&self, name: &str) -> Option<&Self> {
        self.fields().iter().find(|(known, _)| known == name).map(|(_, value)| value)
    }

    /// What could be read of an object that is broken: its members before the place where it breaks.
    pub fn parse_beginning(text: &str) -> Self {
        let mut fields = Vec::new();
        // A number at the end may be cut, and would be another.
        let before = text.trim_end_matches(|c: char| c.is_ascii_digit() || matches!(c, '.' | '-' | '+' | 'e' | 'E'));
        let text = if text[before.len()..].contains(|c: char| c.is_ascii_digit()) { before } else { text };
        // The error is known already.
        let _ = Beginning(&mut fields).deserialize(&mut serde_json::Deserializer::from_str(text));
        Self::Object(fields)
    }

    /// The member of this name, or where there are points in it, the member of a member.
    pub fn at_path(&self, path: &str) -> Option<&Self> {
        self.get(path).or_else(|| {
            let inner = |(at, _)| self.get(&path[..at])?.at_path(&path[at + 1..]);
            path.match_indices('.').find_map(inner)
        })
    }

    /// The member at this path, `headline.main`; of a list, that of each of its items.
    pub fn at_each(&self, path: &str) -> Option<Self> {
        if let Some(value) = self.get(path) {
            return Some(value.clone());
        }
        if let Self::List(items) = self {
            let found: Vec<_> = items.iter().filter_map(|item| item.at_each(path)).collect();
            return (!found.is_empty()).then_some(Self::List(found));
        }
        path.match_indices('.').find_map(|(at, _)| self.get(&path[..at])?.at_each(&path[at + 1..]))
    }

    /// Whether there is a member at this path of objects.
    pub fn has_path(&self, path: &str) -> bool {
        match path.split_once('.') {
            None => self.get(path).is_some(),
            Some((name, rest)) => self.get(name).is_some_and(|inner| inner.has_path(rest)),
        }
    }

    /// The same for other programs, its form kept.
    pub fn to_json(&self) -> Value {
        match self {
            Self::Nothing => Value::Null,
            Self::Bool(is_true) => Value::Bool(*is_true),
            Self::Number(number) => Value::Number(number.clone()),
            Self::Text(text) => Value::String(text.clone()),
            Self::List(items) => Value::Array(items.iter().map(Self::to_json).collect()),
            Self::Object(fields) => {
                Value::Object(fields.iter().map(|(name, value)| (name.clone(), value.to_json())).collect())
            }
        }
    }

    /// The text of the member of this name, where it has any.
    pub fn text(&self, name: &str) -> Option<String> {
        self.get(name)?.as_text()
    }

    /// The members of an array; none where it is something else.
    pub fn items(&self) -> &[Self] {
        if let Self::List(items) = self { items } else { &[] }
    }

    /// The members of an object; none where it is something else.
    pub fn fields(&self) -> &[(String, Self)] {
        if let Self::Object(fields) = self { fields } else { &[] }
    }

    /// What it says in words, if it says anything.
    pub fn as_text(&self) -> Option<String> {
        match self {
            Self::Text(text) if text.trim().is_empty() => None,
            Self::Text(text) => Some(text.clone()),
            Self::Number(number) => number.as_f64().map(|number| number.to_string()),
            Self::Object(_) => TEXTS.iter().filter_map(|name| self.get(name)).find_map(|value| match value {
                Self::Text(_) | Self::Number(_) => value.as_text(),
                _ => None,
            }),
            Self::Nothing | Self::Bool(_) | Self::List(_) => None,
        }
    }

    /// All that it says in words: its own, or those of its members.
    pub fn texts(&self) -> Vec<String> {
        match self {
            Self::List(items) => items.iter().filter_map(Self::as_text).collect(),
            _ => self.as_text().into_iter().collect(),
        }
    }
}

/// `json` with `\ufffd` for each escape of a surrogate that has no other half.
fn without_lone_surrogates(json: &str) -> String {
    let unit = |text: &str| u16::from_str_radix(text.strip_prefix("\\u")?.get(..4)?, 16).ok();
    let mut out = String::with_capacity(json.len());
    let mut rest = json;
    while let Some(at) = memchr::memchr(b'\\', rest.as_bytes()) {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let (escape, length) = match unit(rest) {
            Some(0xd800..0xdc00) if unit(&rest[6..]).is_some_and(|next| (0xdc00..0xe000).contains(&next)) => {
                (&rest[..12], 12)
            }
            Some(0xd800..0xe000) => ("\\ufffd", 6),
            // A backslash, and what it escapes.
            _ => {
                let length = rest.chars().take(2).map(char::len_utf8).sum();
                (&rest[..length], length)
            }
        };
        out.push_str(escape);
        rest = &rest[length..];
    }
    out + rest
}

impl From<Cow<'_, str>> for JsonValue {
    /// A text, in which control characters that mean marks of Windows-1252 are those.
    fn from(text: Cow<'_, str>) -> Self {
        Self::Text(marks_of_windows(text).into_owned())
    }
}

impl<'de> Deserialize<'de> for JsonValue {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(Reader)
    }
}

struct Reader;

impl<'de> Visitor<'de> for Reader {
    type Value = JsonValue;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("JSON")
    }

    fn visit_bool<E>(self, is_true: bool) -> Result<JsonValue, E> {
        Ok(JsonValue::Bool(is_true))
    }

    fn visit_i64<E>(self, number: i64) -> Result<JsonValue, E> {
        Ok(JsonValue::Number(number.into()))
    }

    fn visit_u64<E>(self, number: u64) -> Result<JsonValue, E> {
        Ok(JsonValue::Number(number.into()))
    }

    fn visit_f64<E>(self, number: f64) -> Result<JsonValue, E> {
        Ok(Number::from_f64(number).map_or(JsonValue::Nothing, JsonValue::Number))
    }

    fn visit_str<E>(self, text: &str) -> Result<JsonValue, E> {
        Ok(JsonValue::from(Cow::Borrowed(text)))
    }

    fn visit_string<E>(self, text: String) -> Result<JsonValue, E> {
        Ok(JsonValue::from(Cow::Owned(text)))
    }

    fn visit_unit<E>(self) -> Result<JsonValue, E> {
        Ok(JsonValue::Nothing)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut members: A) -> Result<JsonValue, A::Error> {
        let mut items = Vec::new();
        while items.len() < MOST_ITEMS {
            match members.next_element()? {
                Some(item) => items.push(item),
                None => return Ok(JsonValue::List(items)),
            }
        }
        while members.next_element::<IgnoredAny>()?.is_some() {}
        Ok(JsonValue::List(items))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<JsonValue, A::Error> {
        let mut fields = Vec::new();
        while fields.len() < MOST_FIELDS {
            match members.next_entry()? {
                Some(field) => fields.push(field),
                None => return Ok(JsonValue::Object(fields)),
            }
        }
        while members.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
        Ok(JsonValue::Object(fields))
    }
}

/// Reads the members of an object into a list that keeps them when it breaks.
struct Beginning<'f>(&'f mut Vec<(String, JsonValue)>);

impl<'de> DeserializeSeed<'de> for Beginning<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_map(self)
    }
}

impl<'de> Visitor<'de> for Beginning<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<(), A::Error> {
        while self.0.len() < MOST_FIELDS {
            match members.next_entry()? {
                Some(field) => self.0.push(field),
                None => return Ok(()),
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_say_something() {
        let value: JsonValue =
            serde_json::from_str(r#"{"a": {"rendered": "x"}, "b": ["y", {"name": "z"}, 7, null], "c": " ", "d": 1}"#)
                .unwrap();
        assert_eq!(value.text("a").as_deref(), Some("x"));
        assert_eq!(value.get("b").unwrap().texts(), ["y", "z", "7"]);
        assert_eq!(value.text("c"), None);
        assert_eq!(value.text("d").as_deref(), Some("1"));
    }

    #[test]
    fn half_pairs_of_surrogates_are_replaced() {
        for (json, text) in [
            (r#""a\ud83db""#, "a\u{fffd}b"),
            (r#""\udc00\ud83d\ude00\ud83d""#, "\u{fffd}😀\u{fffd}"),
            (r#""\ud83d\ud83d\ude00 \\ud83d \u00e9""#, "\u{fffd}😀 \\ud83d é"),
        ] {
            assert_eq!(JsonValue::parse(json).unwrap(), JsonValue::Text(text.to_owned()), "{json}");
        }
        for wrong in ["\"\\", "\"\\u", "\"\\ud8", "{\"a\": \"\\ud83d\"", "\"\\é\""] {
            assert!(JsonValue::parse(wrong).is_err(), "{wrong}");
        }
        assert_eq!(JsonValue::parse("{\"a\": NaN}").unwrap().get("a"), Some(&JsonValue::Nothing));
    }

    #[test]
    fn form_of_a_value_is_kept() {
        let json = r#"{"id": 18446744073709551615, "n": -1.5, "t": "a", "b": true, "z": null, "l": [1, {"x": "y"}]}"#;
        let kept = JsonValue::parse(json).unwrap().to_json();
        assert_eq!(kept, serde_json::from_str::<Value>(json).unwrap());
    }

    #[test]
    fn member_is_found_by_its_path() {
        let value = JsonValue::parse(r#"{"a.b": 1, "a": {"b": 2, "c": {"d": 3}}, "x.y": {"z": 4}}"#).unwrap();
        let at = |path: &str| value.at_path(path).map(JsonValue::to_json);
        assert_eq!(["a.b", "a.c.d", "x.y.z"].map(at), [1, 3, 4].map(|n| Some(Value::from(n))));
        assert_eq!(["a.x", "", ".", "a.", "b"].map(at), [None, None, None, None, None]);
    }

    #[test]
    fn broken_object_has_the_members_before_the_break() {
        for (json, id) in [
            (r#"{"id": 7, "text": "Bri"#, Value::from(7)),
            (r#"{"id": "x", "text": }"#, Value::from("x")),
            (r#"{"text": "a, "id": 7}"#, Value::Null),
            ("{\"id\": 8,", Value::from(8)),
            ("{\"id\": true", Value::from(true)),
            ("{\"id\": 8", Value::Null),
            ("{\"id\": -8.5e", Value::Null),
            ("[1]", Value::Null),
            ("id", Value::Null),
        ] {
            let read = JsonValue::parse_beginning(json);
            assert_eq!(read.at_path("id").map_or(Value::Null, JsonValue::to_json), id, "{json}");
        }
    }

    #[test]
    fn long_arrays_are_cut() {
        let text = format!("[{}0]", "0,".repeat(MOST_ITEMS * 2));
        assert_eq!(serde_json::from_str::<JsonValue>(&text).unwrap().items().len(), MOST_ITEMS);
        assert!(serde_json::from_str::<JsonValue>(&"[".repeat(9999)).is_err());
    }
}
