//! How long articles of feeds are kept.

use std::fmt;

use chrono::{DateTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};

/// How long articles of a feed are kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub enum Retention {
    /// For ever.
    #[default]
    Forever,
    /// So many days after they were published, or first seen where that is not known.
    Days(u32),
    /// As long as they are among so many newest ones of the feed.
    Newest(u32),
}

/// The word for what is kept for ever.
const FOREVER: &str = "forever";

/// The longest age, in days: about what a date can be.
const LONGEST: u32 = 36_500;

impl Retention {
    /// Reads `forever`, an age (`90d`, `12w`, `6m` of 30 days, `2y` of 365) or a number of articles (`2000`).
    ///
    /// # Errors
    ///
    /// What is right.
    pub fn parse(written: &str) -> Result<Self, String> {
        let written = written.trim();
        let wrong = || format!("keep is forever, an age such as 90d or 12w, or a number of articles, not “{written}”");
        if written == FOREVER {
            return Ok(Self::Forever);
        }
        let (number, unit) = written.split_at(written.len() - written.chars().next_back().map_or(0, char::len_utf8));
        let days = match unit {
            "d" => 1,
            "w" => 7,
            "m" => 30,
            "y" => 365,
            _ => {
                let number = written.parse::<u32>().map_err(|_| wrong())?;
                return if number == 0 { Err(nothing()) } else { Ok(Self::Newest(number)) };
            }
        };
        match number.parse::<u32>().map_err(|_| wrong())?.saturating_mul(days) {
            0 => Err(nothing()),
            days => Ok(Self::Days(days.min(LONGEST))),
        }
    }

    /// The moment before which what was published goes; none where the age does not count.
    pub fn oldest(self, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
        match self {
            Self::Days(days) => now.checked_sub_signed(TimeDelta::days(days.into())),
            Self::Forever | Self::Newest(_) => None,
        }
    }
}

fn nothing() -> String {
    "keep of 0 would keep nothing: pause the feed or remove it".to_owned()
}

/// As it is written.
impl fmt::Display for Retention {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Forever => f.write_str(FOREVER),
            Self::Days(days) => write!(f, "{days}d"),
            Self::Newest(number) => write!(f, "{number}"),
        }
    }
}

impl From<Retention> for String {
    fn from(retention: Retention) -> Self {
        retention.to_string()
    }
}

impl TryFrom<String> for Retention {
    type Error = String;

    fn try_from(written: String) -> Result<Self, String> {
        Self::parse(&written)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn retention_is_read_and_written() {
        for (written, retention) in [
            ("forever", Retention::Forever),
            ("90d", Retention::Days(90)),
            (" 12w ", Retention::Days(84)),
            ("6m", Retention::Days(180)),
            ("2y", Retention::Days(730)),
            ("2000", Retention::Newest(2000)),
            ("4000000000y", Retention::Days(LONGEST)),
        ] {
            assert_eq!(Retention::parse(written), Ok(retention));
            assert_eq!(Retention::parse(&retention.to_string()), Ok(retention));
        }
        for wrong in ["", "d", "ever", "-3", "3.5d", "90 days", "9ö", "0", "0d"] {
            assert!(Retention::parse(wrong).is_err(), "{wrong}");
        }
        assert!(Retention::parse("0").unwrap_err().starts_with("keep of 0 would keep nothing"));
    }
}
