//! When an article was published.

use std::fmt;

use chrono::{NaiveDate, NaiveDateTime, NaiveTime};

/// A day, and the time of day (UTC) where the article gives one. Earlier ones come first; a day alone comes before
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
