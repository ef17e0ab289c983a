//! What the schema of JSON says of a record of the input: what is kept of it, what its paragraphs are, why it is no article.

use serde::{Serialize, Serializer};

use super::json::Verbatim;
use crate::article::KeptValue;

/// A paragraph.
#[derive(Serialize)]
pub struct BlockRecord {
    pub start: usize,
    pub end: usize,
    pub kind: &'static str,
    /// How deep a heading or an item is, where that is known.
    pub level: Option<u8>,
}

/// A record of the input that is no article.
#[derive(Serialize)]
pub struct RefusedRecord<'a> {
    article: NoArticleRecord<'a>,
    error: &'a str,
    speakers: [(); 0],
    quotes: [(); 0],
}

#[derive(Serialize)]
struct NoArticleRecord<'a> {
    id: Option<()>,
    path: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    input: Option<KeptRecord<'a>>,
}

/// The fields of the input that are kept, in the order in which they were asked for.
pub struct KeptRecord<'a>(Vec<(&'a str, &'a KeptValue)>);

impl Serialize for KeptRecord<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.iter().map(|(name, value)| (name, KeptField(value))))
    }
}

/// A field of the input in the form that it had.
struct KeptField<'a>(&'a KeptValue);

impl Serialize for KeptField<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.0 {
            KeptValue::Nothing => serializer.serialize_unit(),
            KeptValue::Text(text) => serializer.serialize_str(text),
            KeptValue::Plain(json) | KeptValue::Nested(json) => Verbatim(json).serialize(serializer),
        }
    }
}

/// Returns what is no article, with why.
pub fn refused<'a>(path: Option<String>, error: &'a str, kept: &[(&'a str, &'a KeptValue)]) -> RefusedRecord<'a> {
    let article = NoArticleRecord { id: None, path, input: KeptRecord::of(kept) };
    RefusedRecord { article, error, speakers: [], quotes: [] }
}

impl<'a> KeptRecord<'a> {
    /// Returns them; none where none are asked for.
    pub fn of(kept: &[(&'a str, &'a KeptValue)]) -> Option<Self> {
        (!kept.is_empty()).then(|| Self(kept.to_vec()))
    }
}
