//! A feed as a line of an export: all but what is secret in it.

use std::collections::HashMap;

use serde::{Deserialize, Serialize};

use crate::article::{ArticleId, shown_address};
use crate::catalog::FeedId;
use crate::fetch;
use crate::library::{self, EntryRecord, FeedSettings, FetchOptions, FetchStatus, FetchUpdate, Library, Subscription};
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
    /// The same articles, with what the feed knows them by, hashed.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    guids: Vec<(String, u64)>,
    /// Articles that retention deleted, each with when that was, in milliseconds since 1970.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    expired: Vec<(String, i64)>,
}

impl SubscriptionRecord {
    /// The line of a feed.
    pub fn of(source: &Subscription, library: &Library) -> Result<Self, library::Error> {
        let Subscription { settings, title, link, .. } = source.clone();
        let mut entries: Vec<_> = library.entries_of(source.id)?.into_values().collect();
        entries.sort_unstable();
        let guid = |entry: &EntryRecord| Some((entry.article.to_string(), entry.guid?));
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
            articles: entries.iter().map(|entry| (entry.article.to_string(), entry.content_hash)).collect(),
            guids: entries.iter().filter_map(guid).collect(),
            expired: library.expired(source.id)?.into_iter().map(|(id, at)| (id.to_string(), at)).collect(),
        })
    }

    /// Its address, as it may be shown.
    pub fn shown(&self) -> String {
        shown_address(&self.address)
    }

    /// What a file may not settle for the user, where the line has it: who is told what, and by which way, in words.
    pub fn left_out(&self) -> Option<String> {
        let FetchOptions { interval: _, full_text: _, keep: _, user_agent, headers, proxy } = &self.settings;
        let parts = [
            user_agent.is_some().then_some("user agent"),
            (!headers.is_empty()).then_some("headers"),
            proxy.is_some().then_some("proxy"),
        ];
        let parts: Vec<_> = parts.into_iter().flatten().collect();
        (!parts.is_empty()).then(|| parts.join(", "))
    }

    /// The settings of the feed, cleaned; `None` where it has no address of http or https.
    pub fn settings(&self) -> Option<FeedSettings> {
        let web = |address: &str| {
            let written = url::Url::parse(address).ok().filter(|url| matches!(url.scheme(), "http" | "https"));
            written.and_then(|url| fetch::parse(url.as_str())).map(String::from)
        };
        let address = web(&self.address)?;
        Some(FeedSettings {
            typed: fetch::parse(&self.typed).map_or(address.clone(), |_| clean_line(&self.typed)),
            address,
            name: line(self.name.as_ref()),
            folder: clean_line(&self.folder),
            tags: self.tags.iter().map(|tag| clean_line(tag)).filter(|tag| !tag.is_empty()).collect(),
            paused: self.muted,
            fetch: FetchOptions { user_agent: None, headers: Vec::new(), proxy: None, ..self.settings.clone() },
        })
    }

    /// Adds the feed to a library with these settings, unless there is one at its address; its articles are recorded as
    /// its own either way. Returns it where it is new.
    pub fn add_to(&self, settings: &FeedSettings, library: &Library) -> Result<Option<FeedId>, library::Error> {
        let (source, is_new) = library.subscribe(settings)?;
        let guids: HashMap<&String, u64> = self.guids.iter().map(|(id, guid)| (id, *guid)).collect();
        let entry = |(id, content_hash): &(String, u64)| {
            let (article, guid) = (ArticleId(u64::from_str_radix(id, 16).ok()?), guids.get(id).copied());
            Some(EntryRecord { article, guid, content_hash: *content_hash })
        };
        library.record_fetches(&[FetchUpdate {
            source: source.id,
            entries: self.articles.iter().filter_map(entry).collect(),
            copies: Vec::new(),
            editions: Vec::new(),
            doubles: Vec::new(),
            moved_to: None,
            title: line(self.title.as_ref()).filter(|_| is_new),
            link: line(self.link.as_ref()).filter(|_| is_new),
            pause: false,
            status: if is_new { FetchStatus::default() } else { source.status },
        }])?;
        let expired = |(id, at): &(String, i64)| Some((ArticleId(u64::from_str_radix(id, 16).ok()?), *at));
        library.keep_expired(source.id, &self.expired.iter().filter_map(expired).collect::<Vec<_>>())?;
        Ok(is_new.then_some(source.id))
    }
}

fn line(text: Option<&String>) -> Option<String> {
    text.map(|text| clean_line(text))
}
