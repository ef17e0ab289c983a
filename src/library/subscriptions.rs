//! Sources on the web: what the library knows of each, and which articles came from which.

use std::collections::HashMap;

use serde::{Deserialize, Serialize};

use super::sources::{all, articles_of, at, counts, describe, insert, learn, prints, sources_of};
use super::{Error, Library};
use crate::article::{ArticleId, shown_address};
use crate::catalog::{SourceId, SourceLine};
use crate::text::clean_line;

/// What the reader wants of a source; nothing where it is as with all.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct FetchOptions {
    /// How many minutes lie between two times that it is asked of itself, at the least.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub interval: Option<u32>,
    /// Whether the whole text of a summary is fetched without being asked for.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub full_text: bool,
    /// What to call oneself.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub user_agent: Option<String>,
    /// Headers to send besides.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub headers: Vec<(String, String)>,
    /// Through whom to ask: `none` for nobody, else the address of a proxy.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub proxy: Option<String>,
}

/// What the reader says of a source.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct FeedSettings {
    /// Where it lies.
    pub address: String,
    /// What the reader typed to get there.
    pub typed: String,
    /// What the reader calls it.
    pub name: Option<String>,
    /// The folders it lies in, parted by `/`; empty for none.
    pub folder: String,
    /// What it is filed under.
    pub tags: Vec<String>,
    /// Whether it is left alone.
    pub paused: bool,
    /// How it is asked for.
    pub fetch: FetchOptions,
}

/// How it went the last time; times in seconds since 1970.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct FetchStatus {
    /// When it was asked.
    pub last_attempt: Option<i64>,
    /// When it answered.
    pub succeeded: Option<i64>,
    /// When it may be asked of itself again.
    pub next_fetch: i64,
    /// Until when its server wants to be left alone, whoever asks.
    pub retry_after: i64,
    /// What went wrong.
    pub error: Option<String>,
    /// How often it went wrong one time after another.
    pub failures: u32,
    /// `ETag`, as the server gave it.
    pub etag: Option<String>,
    /// `Last-Modified`, as the server gave it.
    pub modified: Option<String>,
}

/// A source.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Subscription {
    /// By what it is known.
    pub id: SourceId,
    /// What the reader says of it.
    pub settings: FeedSettings,
    /// What it calls itself.
    pub title: Option<String>,
    /// The page it belongs to.
    pub link: Option<String>,
    /// How it went the last time.
    pub status: FetchStatus,
}

impl Subscription {
    /// What it is called, cleaned: by the reader, else by itself, else its address without a password.
    pub fn name(&self) -> String {
        let name = self.settings.name.as_deref().or(self.title.as_deref());
        match name.filter(|name| !name.is_empty()) {
            Some(name) => clean_line(name),
            None => shown_address(&self.settings.address),
        }
    }
}

/// How many articles came from a source.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Count {
    /// All.
    pub articles: usize,
    /// Those that do not count as read.
    pub unread: usize,
}

/// What a fetch told of a source.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FetchUpdate {
    /// Which source.
    pub source: SourceId,
    /// The articles that came from it, each with a print by which it is told whether it has changed there.
    pub articles: Vec<(ArticleId, u64)>,
    /// Where it lies from now on.
    pub moved_to: Option<String>,
    /// What it calls itself; nothing where it did not say.
    pub title: Option<String>,
    /// The page it belongs to; nothing where it did not say.
    pub link: Option<String>,
    /// Whether it is left alone from now on: it is gone for good.
    pub pause: bool,
    /// How it went.
    pub status: FetchStatus,
}

impl Library {
    /// All sources, by folder and name.
    ///
    /// # Errors
    ///
    /// When the library is damaged.
    pub fn subscriptions(&self) -> Result<Vec<Subscription>, Error> {
        self.store().map_or(Ok(Vec::new()), |store| store.read(all))
    }

    /// All sources as a list shows them, by folder and name.
    ///
    /// # Errors
    ///
    /// When the library is damaged.
    pub fn source_lines(&self) -> Result<Vec<SourceLine>, Error> {
        let counts = self.feed_counts()?;
        let line = |source: Subscription| {
            let count = counts.get(&source.id).copied().unwrap_or_default();
            SourceLine {
                id: source.id,
                name: source.name(),
                title: source.title,
                folder: source.settings.folder,
                tags: source.settings.tags,
                paused: source.settings.paused,
                address: shown_address(&source.settings.address),
                error: source.status.error,
                articles: count.articles,
                unread: count.unread,
            }
        };
        Ok(self.subscriptions()?.into_iter().map(line).collect())
    }

    /// Whether it holds no article and no source: there is nothing to read in it, and nothing to come.
    ///
    /// # Errors
    ///
    /// When the library is damaged.
    pub fn is_bare(&self) -> Result<bool, Error> {
        Ok(self.is_empty()? && self.subscriptions()?.is_empty())
    }

    /// The source at this address.
    ///
    /// # Errors
    ///
    /// When the library is damaged.
    pub fn subscription_at(&self, address: &str) -> Result<Option<Subscription>, Error> {
        self.store().map_or(Ok(None), |store| store.read(|connection| at(connection, address)))
    }

    /// Adds a source, unless there is one at its address; gives it, and whether it is new.
    ///
    /// # Errors
    ///
    /// When the library cannot be written to, or there is none.
    pub fn subscribe(&self, settings: &FeedSettings) -> Result<(Subscription, bool), Error> {
        let store = self.store().ok_or(Error::Nowhere)?;
        store.writer()?.with(|connection| {
            if let Some(known) = at(connection, &settings.address)? {
                return Ok((known, false));
            }
            insert(connection, settings)?;
            Ok((at(connection, &settings.address)?.ok_or(Error::Nowhere)?, true))
        })
    }

    /// Changes what the reader says of a source.
    ///
    /// # Errors
    ///
    /// When the library cannot be written to.
    pub fn set_feed_settings(&self, id: SourceId, settings: &FeedSettings) -> Result<(), Error> {
        self.store().map_or(Ok(()), |store| store.writer()?.with(|connection| describe(connection, id, settings)))
    }

    /// Takes a source out for good, with what could be undone of it. Its articles stay.
    ///
    /// # Errors
    ///
    /// When the library cannot be written to.
    pub fn unsubscribe(&self, id: SourceId) -> Result<(), Error> {
        self.store().map_or(Ok(()), |store| {
            store.writer()?.with(|connection| {
                connection.execute("DELETE FROM sources WHERE id = ?1", [id.0])?;
                // Another feed may get its number.
                connection.execute("DELETE FROM history WHERE feed = ?1", [id.0])?;
                Ok(())
            })
        })
    }

    /// Records what a fetch told of sources, all of it or none. No article ever ceases to have come from one because it is
    /// not there any more.
    ///
    /// # Errors
    ///
    /// When the library cannot be written to.
    pub fn record_fetches(&self, updates: &[FetchUpdate]) -> Result<(), Error> {
        self.writable().map_or(Ok(()), |store| {
            store.writer()?.with(|connection| updates.iter().try_for_each(|one| learn(connection, one)))
        })
    }

    /// The articles that came from a source, each with the print that it had there.
    ///
    /// # Errors
    ///
    /// When the library is damaged.
    pub fn content_hashes(&self, id: SourceId) -> Result<HashMap<ArticleId, u64>, Error> {
        self.store().map_or(Ok(HashMap::new()), |store| store.read(|connection| prints(connection, id)))
    }

    /// Whether an article is in the library, in staging or in the file.
    ///
    /// # Errors
    ///
    /// When the library is damaged.
    pub fn has(&self, id: ArticleId) -> Result<bool, Error> {
        let Some(store) = self.store().filter(|_| !self.is_staged(id)) else { return Ok(self.is_staged(id)) };
        store.read(|connection| {
            Ok(connection.prepare_cached("SELECT 1 FROM articles WHERE key = ?1")?.exists([id.0 as i64])?)
        })
    }

    /// How many articles came from each source; those without any are left out.
    ///
    /// # Errors
    ///
    /// When the library is damaged.
    pub fn feed_counts(&self) -> Result<HashMap<SourceId, Count>, Error> {
        self.store().map_or(Ok(HashMap::new()), |store| store.read(counts))
    }

    /// The articles that came from a source, the newest first.
    ///
    /// # Errors
    ///
    /// When the library is damaged.
    pub fn articles_of_feed(&self, id: SourceId) -> Result<Vec<ArticleId>, Error> {
        self.store().map_or(Ok(Vec::new()), |store| store.read(|connection| articles_of(connection, id)))
    }

    /// The sources that an article came from, the one that had it first coming first.
    ///
    /// # Errors
    ///
    /// When the library is damaged.
    pub fn feeds_of_article(&self, id: ArticleId) -> Result<Vec<SourceId>, Error> {
        self.store().map_or(Ok(Vec::new()), |store| store.read(|connection| sources_of(connection, id)))
    }
}
