//! A feed as a line of an export: all but what is secret in it.

use serde::{Deserialize, Serialize};

use crate::article::{ArticleId, shown_address};
use crate::library::{self, FeedSettings, FetchOptions, FetchStatus, FetchUpdate, Library, Subscription};
use crate::text::clean_line;

/// A feed, its settings, and which articles came from it. Without passwords and headers: an export lies about, and is
/// handed on.
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct SubscriptionRecord {
    address: String,
    typed: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    name: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    title: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    link: Option<String>,
    #[serde(skip_serializing_if = "String::is_empty")]
    folder: String,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    tags: Vec<String>,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    muted: bool,
    settings: FetchOptions,
    /// The identity of each article, in hexadecimal, with the hash that shows whether it has changed there.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    articles: Vec<(String, u64)>,
}

impl SubscriptionRecord {
    /// The line of a feed.
    pub fn of(source: &Subscription, library: &Library) -> Result<Self, library::Error> {
        let Subscription { settings, title, link, .. } = source.clone();
        let mut articles: Vec<_> = library.content_hashes(source.id)?.into_iter().collect();
        articles.sort_unstable();
        let proxy = settings.fetch.proxy.as_deref().map(shown_address);
        Ok(Self {
            address: shown_address(&settings.address),
            typed: shown_address(&settings.typed),
            name: settings.name,
            title,
            link: link.as_deref().map(shown_address),
            folder: settings.folder,
            tags: settings.tags,
            muted: settings.paused,
            settings: FetchOptions { headers: Vec::new(), proxy, ..settings.fetch },
            articles: articles.into_iter().map(|(id, content_hash)| (id.to_string(), content_hash)).collect(),
        })
    }

    /// Adds the feed to a library, unless there is one at its address; its articles are recorded as its own either way.
    pub fn add_to(&self, library: &Library) -> Result<(), library::Error> {
        if url::Url::parse(&self.address).is_err() {
            return Ok(());
        }
        let line = |text: &Option<String>| text.as_deref().map(clean_line);
        let settings = FeedSettings {
            address: clean_line(&self.address),
            typed: clean_line(&self.typed),
            name: line(&self.name),
            folder: clean_line(&self.folder),
            tags: self.tags.iter().map(|tag| clean_line(tag)).collect(),
            paused: self.muted,
            fetch: self.settings.clone(),
        };
        let (source, is_new) = library.subscribe(&settings)?;
        let article =
            |(id, content_hash): &(String, u64)| Some((ArticleId(u64::from_str_radix(id, 16).ok()?), *content_hash));
        library.record_fetches(&[FetchUpdate {
            source: source.id,
            articles: self.articles.iter().filter_map(article).collect(),
            moved_to: None,
            title: line(&self.title).filter(|_| is_new),
            link: line(&self.link).filter(|_| is_new),
            pause: false,
            status: if is_new { FetchStatus::default() } else { source.status },
        }])
    }
}
