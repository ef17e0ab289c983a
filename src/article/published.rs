//! When an article was published.

use std::fmt;

use chrono::{NaiveDate, NaiveDateTime, NaiveTime};

/// A day, and the time of day (UTC) where the article has one. Earlier ones come first; a day alone comes before
/// any time of that day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Published {
    /// The day.
    pub day: NaiveDate,
    /// The time of day, UTC.
    pub time: Option<NaiveTime>,
}

impl Published {
    /// On this day, the time unknown.
    pub fn on(day: NaiveDate) -> Self {
        Self { day, time: None }
    }
}

/// Where the date of an article comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum DateSource {
    /// The article says it, or the page or feed that it came with.
    #[default]
    Article,
    /// Its address on the web has it (`/2026/03/14/`).
    Url,
    /// The name of its file has it.
    Name,
}

impl DateSource {
    /// All of them. Libraries keep them by their position: the order must not change.
    pub const ALL: [Self; 3] = [Self::Article, Self::Url, Self::Name];

    /// Its name in data.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Article => "article",
            Self::Url => "url",
            Self::Name => "name",
        }
    }

    /// Its name in data beside a date; "none" where there is no date.
    pub fn name_for(self, date: Option<Published>) -> &'static str {
        if date.is_some() { self.name() } else { "none" }
    }

    /// What is said beside a date that the article does not give itself.
    pub const fn note(self) -> Option<&'static str> {
        match self {
            Self::Article => None,
            Self::Url => Some("from the address"),
            Self::Name => Some("from the file name"),
        }
    }
}

impl From<NaiveDateTime> for Published {
    fn from(at: NaiveDateTime) -> Self {
        Self { day: at.date(), time: Some(at.time()) }
    }
}

/// ISO 8601: `2024-01-26` or `2024-01-26T10:30:00Z`.
impl fmt::Display for Published {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.time {
            Some(time) => write!(f, "{}T{}Z", self.day.format("%Y-%m-%d"), time.format("%H:%M:%S")),
            None => write!(f, "{}", self.day.format("%Y-%m-%d")),
        }
    }
}
