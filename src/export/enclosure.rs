//! The record of what comes with an article.

use serde::Serialize;

use crate::article::Enclosure;

/// A file that comes with an article.
#[derive(Serialize)]
pub(super) struct EnclosureRecord<'a> {
    url: &'a str,
    /// Its media type; empty where that is not known.
    #[serde(rename = "type")]
    media_type: &'a str,
    bytes: Option<u64>,
    seconds: Option<u32>,
}

impl<'a> From<&'a Enclosure> for EnclosureRecord<'a> {
    fn from(Enclosure { url, media_type, bytes, seconds }: &'a Enclosure) -> Self {
        Self { url, media_type, bytes: *bytes, seconds: *seconds }
    }
}
