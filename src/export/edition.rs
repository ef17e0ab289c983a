//! The record of one more publication of an article.

use serde::Serialize;

use crate::article::Edition;

/// One more publication of an article.
#[derive(Serialize)]
pub(super) struct EditionRecord<'a> {
    date: Option<String>,
    source: Option<&'a str>,
    url: Option<&'a str>,
}

impl<'a> From<&'a Edition> for EditionRecord<'a> {
    fn from(edition: &'a Edition) -> Self {
        Self {
            date: edition.published.map(|published| published.to_string()),
            source: edition.publisher.as_deref(),
            url: edition.url.as_deref(),
        }
    }
}
