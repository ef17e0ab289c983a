//! A JSON value of bounded size: members beyond the limits are dropped.

use std::borrow::Cow;
use std::fmt;

use serde::de::{Deserialize, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde_json::Number;

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
    /// `true`, `false`: they say nothing.
    Bool(bool),
    Number(Number),
    Text(String),
    List(Vec<Self>),
    /// In the order in which they are written; some names may be there twice.
    Object(Vec<(String, Self)>),
}

impl JsonValue {
    /// Reads JSON, and what other programs write for it: `NaN` and `Infinity`, which no JSON has, are nothing, and half of a
    /// pair of surrogates, which is no character (RFC 8259, 8.2), becomes U+FFFD.
    ///
    /// # Errors
    ///
    /// When it is not even that.
    pub fn parse(text: &str) -> serde_json::Result<Self> {
        Self::parse_mended(text).map(|(value, _)| value)
    }

    /// As [`Self::parse`], with the JSON that was read.
    ///
    /// # Errors
    ///
    /// As [`Self::parse`].
    pub fn parse_mended(text: &str) -> serde_json::Result<(Self, Cow<'_, str>)> {
        match serde_json::from_str(text) {
            Ok(value) => Ok((value, Cow::Borrowed(text))),
            Err(error) => {
                let mended = mended(text);
                let value = serde_json::from_str(&mended).map_err(|_| error)?;
                Ok((value, Cow::Owned(mended)))
            }
        }
    }

    /// The member of this name.
    pub fn get(&self, name: &str) -> Option<&Self> {
        self.fields().iter().find(|(known, _)| known == name).map(|(_, value)| value)
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

/// `json` with `null` for each number that is none, and `\ufffd` for each escape of a surrogate that has no other half.
pub fn mended(json: &str) -> String {
    let mut out = String::with_capacity(json.len());
    let (mut rest, mut in_text) = (json, false);
    while let Some(at) = rest.find(if in_text { &['"', '\\'][..] } else { &['"', 'N', 'I'] }) {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let (written, length) = match rest.as_bytes()[0] {
            b'"' => {
                in_text = !in_text;
                ("\"", 1)
            }
            b'\\' => escape(rest),
            _ if rest.starts_with("NaN") => ("null", 3),
            _ if rest.starts_with("Infinity") => {
                out.truncate(out.trim_end_matches('-').len());
                ("null", 8)
            }
            _ => (&rest[..1], 1),
        };
        out.push_str(written);
        rest = &rest[length..];
    }
    out + rest
}

/// What stands for the escape with which `rest` begins, and how long that is.
fn escape(rest: &str) -> (&str, usize) {
    let unit = |text: &str| u16::from_str_radix(text.strip_prefix("\\u")?.get(..4)?, 16).ok();
    match unit(rest) {
        Some(0xd800..0xdc00) if unit(&rest[6..]).is_some_and(|next| (0xdc00..0xe000).contains(&next)) => {
            (&rest[..12], 12)
        }
        Some(0xd800..0xe000) => ("\\ufffd", 6),
        // A backslash, and what it escapes.
        _ => {
            let length = rest.chars().take(2).map(char::len_utf8).sum();
            (&rest[..length], length)
        }
    }
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
    }

    #[test]
    fn numbers_that_are_none_are_nothing_and_words_stay() {
        let json = r#"{"a": NaN, "b": [Infinity, -Infinity,NaN], "c": "x: NaN, \": -Infinity \\", "d": -1}"#;
        let (value, read) = JsonValue::parse_mended(json).unwrap();
        assert_eq!(read, r#"{"a": null, "b": [null, null,null], "c": "x: NaN, \": -Infinity \\", "d": -1}"#);
        assert_eq!(value.text("c").as_deref(), Some("x: NaN, \": -Infinity \\"));
        assert!(JsonValue::parse("{\"a\": Nan}").is_err());
    }

    #[test]
    fn long_arrays_are_cut() {
        let text = format!("[{}0]", "0,".repeat(MOST_ITEMS * 2));
        assert_eq!(serde_json::from_str::<JsonValue>(&text).unwrap().items().len(), MOST_ITEMS);
        assert!(serde_json::from_str::<JsonValue>(&"[".repeat(9999)).is_err());
    }
}
