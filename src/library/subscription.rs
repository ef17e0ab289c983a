//! The record of a feed in the library.

use chrono::{Local, NaiveDateTime, TimeZone};

use crate::article::{Article, ArticleId, Edition, shown_address};
use crate::catalog::{FeedGroup, FeedId};
use crate::text::clean_line;
use crate::user::{FeedInfo, FeedSettings};

/// How the last fetch went; times in seconds since 1970.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct FetchStatus {
    /// When it was fetched last, or that failed.
    pub last_attempt: Option<i64>,
    /// When it was fetched last.
    pub succeeded: Option<i64>,
    /// When it is fetched automatically again.
    pub next_fetch: i64,
    /// Until when its server wants no request at all (`Retry-After`), in seconds since 1970.
    pub retry_after: i64,
    /// Why the last fetch failed.
    pub error: Option<String>,
    /// How many fetches in a row failed.
    pub failures: u32,
    /// Which version of the formats read what the validators are of.
    pub reader: u32,
    /// `ETag`, as the server gave it.
    pub etag: Option<String>,
    /// `Last-Modified`, as the server gave it.
    pub modified: Option<String>,
}

/// A feed that the user subscribed to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Subscription {
    /// Its row.
    pub id: FeedId,
    /// Its settings.
    pub settings: FeedSettings,
    /// What it calls itself.
    pub title: Option<String>,
    /// The page it belongs to.
    pub link: Option<String>,
    /// How the last fetch went.
    pub status: FetchStatus,
}

impl Subscription {
    /// Whether it is one of these feeds.
    pub fn is_in(&self, group: &FeedGroup) -> bool {
        group.has(self.id, &self.settings.folder, &self.settings.tags)
    }

    /// Its name, cleaned: the one that the user gave it, else its title, else its address without a password.
    pub fn name(&self) -> String {
        let name = self.settings.name.as_deref().or(self.title.as_deref());
        match name.filter(|name| !name.is_empty()) {
            Some(name) => clean_line(name),
            None => shown_address(&self.settings.address),
        }
    }

    /// What may be shown of it.
    pub fn info(&self) -> FeedInfo {
        let here = |second: i64| -> Option<NaiveDateTime> {
            Some(Local.timestamp_opt(second, 0).single()?.naive_local()).filter(|_| second > 0)
        };
        let FetchStatus { last_attempt, succeeded, next_fetch, retry_after, error, failures, .. } = &self.status;
        FeedInfo {
            settings: self.settings.clone().without_passwords(),
            title: self.title.as_deref().map(clean_line),
            page: self.link.as_deref().map(shown_address),
            last_attempt: last_attempt.and_then(here),
            succeeded: succeeded.and_then(here),
            // What is over is no wait any more.
            next_fetch: Some(*next_fetch.max(retry_after)).filter(|next| Some(*next) > *last_attempt).and_then(here),
            failures: *failures,
            error: error.as_deref().map(clean_line),
        }
    }
}

/// What is recorded of an entry of a feed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct EntryRecord {
    /// Which article it is.
    pub article: ArticleId,
    /// By what the feed knows it, hashed.
    pub guid: Option<u64>,
    /// A hash of the entry, to detect a change.
    pub content_hash: u64,
}

impl EntryRecord {
    /// What is recorded of an entry that is this article.
    pub fn of(article: &Article) -> Self {
        let published = article.dates.published.map(|published| published.to_string()).unwrap_or_default();
        let url = article.url.as_deref().unwrap_or_default();
        let mut said = format!("{published}\n{url}\n{}", article.body.text());
        for enclosure in &article.enclosures {
            // Its address may have a key of the day in it: its name has none.
            said.push('\n');
            said.push_str(enclosure.file_name());
        }
        let content_hash = ArticleId::of_content(&said).0;
        Self { article: article.id, guid: article.keys.guid, content_hash }
    }

    /// The key under which it is written that an entry as this is an article once more.
    pub fn key(&self) -> ArticleId {
        ArticleId::of_address(&format!("\0{}", self.content_hash))
    }
}

/// The result of fetching a feed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FetchUpdate {
    /// The feed.
    pub source: FeedId,
    /// Its entries that are new or have changed.
    pub entries: Vec<EntryRecord>,
    /// Its entries that are an article once more, which say nothing new when they come again.
    pub copies: Vec<EntryRecord>,
    /// Where and when else articles appeared: as they are in this feed, where they came from elsewhere first.
    pub editions: Vec<(ArticleId, Edition)>,
    /// Articles of this feed that are others of it once more, each with the one that stays.
    pub doubles: Vec<(ArticleId, ArticleId)>,
    /// Its address from now on.
    pub moved_to: Option<String>,
    /// Its title, if it has one.
    pub title: Option<String>,
    /// The page it belongs to, if it names one.
    pub link: Option<String>,
    /// Whether it is paused from now on, because it is gone (410).
    pub pause: bool,
    /// How the fetch went.
    pub status: FetchStatus,
}
