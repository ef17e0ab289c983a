//! The settings of a feed: what the user decides about it.

use chrono::NaiveDateTime;
use serde::{Deserialize, Serialize};

use super::Retention;

/// The request settings of a feed; none where the defaults apply.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct FetchOptions {
    /// The least number of minutes between two automatic fetches.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub interval: Option<u32>,
    /// Whether the full text of a summary is fetched automatically.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub full_text: bool,
    /// `User-Agent`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub user_agent: Option<String>,
    /// More headers to send.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub headers: Vec<(String, String)>,
    /// The address of a proxy, or `none` for a direct connection.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub proxy: Option<String>,
    /// How long its articles are kept.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub keep: Option<Retention>,
}

/// The settings of a feed.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct FeedSettings {
    /// Its address.
    pub address: String,
    /// What the user typed to get there.
    pub typed: String,
    /// The name that the user gave it.
    pub name: Option<String>,
    /// The feed folders it lies in, separated by `/`; empty for none.
    pub folder: String,
    /// Its tags.
    pub tags: Vec<String>,
    /// Whether it is not fetched automatically.
    pub paused: bool,
    /// Its request settings.
    pub fetch: FetchOptions,
}

/// A setting of a feed with its value: one of those that hold no password, and that the history keeps therefore. The name
/// and whether it is paused have actions of their own.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum FeedSetting {
    /// The feed folders it lies in, separated by `/`; empty for none.
    Folder(String),
    /// Its tags.
    Tags(Vec<String>),
    /// The least number of minutes between two automatic fetches.
    Interval(Option<u32>),
    /// Whether the full text of a summary is fetched automatically.
    FullText(bool),
    /// How long its articles are kept.
    Keep(Option<Retention>),
    /// `User-Agent`.
    UserAgent(Option<String>),
}

impl FeedSettings {
    /// The value here of the setting that `like` is of.
    #[must_use]
    pub fn value_like(&self, like: &FeedSetting) -> FeedSetting {
        match like {
            FeedSetting::Folder(_) => FeedSetting::Folder(self.folder.clone()),
            FeedSetting::Tags(_) => FeedSetting::Tags(self.tags.clone()),
            FeedSetting::Interval(_) => FeedSetting::Interval(self.fetch.interval),
            FeedSetting::FullText(_) => FeedSetting::FullText(self.fetch.full_text),
            FeedSetting::Keep(_) => FeedSetting::Keep(self.fetch.keep),
            FeedSetting::UserAgent(_) => FeedSetting::UserAgent(self.fetch.user_agent.clone()),
        }
    }

    /// Changes one setting.
    pub fn apply(&mut self, setting: &FeedSetting) {
        match setting.clone() {
            FeedSetting::Folder(folder) => self.folder = folder,
            FeedSetting::Tags(tags) => self.tags = tags,
            FeedSetting::Interval(interval) => self.fetch.interval = interval,
            FeedSetting::FullText(full_text) => self.fetch.full_text = full_text,
            FeedSetting::Keep(keep) => self.fetch.keep = keep,
            FeedSetting::UserAgent(user_agent) => self.fetch.user_agent = user_agent,
        }
    }
}

/// What is known of a feed. Nothing in it is a password: addresses come without, and headers with their names only.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct FeedInfo {
    /// Its settings, as [`FeedSettings::without_passwords`] returns them.
    pub settings: FeedSettings,
    /// What it calls itself.
    pub title: Option<String>,
    /// The page it belongs to.
    pub page: Option<String>,
    /// When it was fetched last, or that failed; as the clocks here show it.
    pub last_attempt: Option<NaiveDateTime>,
    /// When it was fetched last.
    pub succeeded: Option<NaiveDateTime>,
    /// When it is fetched automatically again; none for as soon as feeds are fetched.
    pub next_fetch: Option<NaiveDateTime>,
    /// How many fetches in a row failed.
    pub failures: u32,
    /// Why the last fetch failed.
    pub error: Option<String>,
}
