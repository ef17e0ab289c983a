//! In which order headlines are listed.

use std::cmp::{Ordering, Reverse};

use chrono::NaiveDateTime;

use super::{Headline, key};
use crate::text::{fold, head};

/// In which order headlines are listed. Equal ones come newest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum ListOrder {
    /// The newest comes first; those without a date last.
    #[default]
    Newest,
    /// The oldest comes first; those without a date last.
    Oldest,
    /// By the name of the publisher, from A to Z; those without one last.
    Publisher,
    /// By the first letters of the headline, from A to Z.
    Headline,
    /// The one with most quotations comes first.
    MostQuoted,
    /// The unread come before the read, as they were when the order was made.
    UnreadFirst,
    /// What came into the library last comes first; an article of which that is not known stands by its date.
    FirstSeen,
}

impl ListOrder {
    /// All orders, as one leads to the next.
    pub const ALL: [Self; 7] = [
        Self::Newest,
        Self::Oldest,
        Self::Publisher,
        Self::Headline,
        Self::MostQuoted,
        Self::UnreadFirst,
        Self::FirstSeen,
    ];

    /// Its name, as it is typed and kept.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Newest => "newest",
            Self::Oldest => "oldest",
            Self::Publisher => "publisher",
            Self::Headline => "headline",
            Self::MostQuoted => "most-quoted",
            Self::UnreadFirst => "unread",
            Self::FirstSeen => "first-seen",
        }
    }

    /// The one that is called so.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|order| order.name() == name)
    }

    /// It for a person, with the direction where that is not said: "by publisher ▲".
    pub const fn words(self) -> &'static str {
        match self {
            Self::Newest => "newest first",
            Self::Oldest => "oldest first",
            Self::Publisher => "by publisher ▲",
            Self::Headline => "by headline ▲",
            Self::MostQuoted => "most quoted first",
            Self::UnreadFirst => "unread first",
            Self::FirstSeen => "by first seen ▼",
        }
    }

    /// The order after this one, and after the last the first.
    #[must_use]
    pub fn next(self) -> Self {
        let at = Self::ALL.iter().position(|order| *order == self).unwrap_or_default();
        Self::ALL[(at + 1) % Self::ALL.len()]
    }

    /// Whether headlines of one day stand together, or nearly so.
    pub const fn is_by_day(self) -> bool {
        matches!(self, Self::Newest | Self::Oldest | Self::UnreadFirst | Self::FirstSeen)
    }

    /// Whether it is made from what the user does with articles all the time: it stays as it was made until it is made again.
    pub const fn rests_on_marks(self) -> bool {
        matches!(self, Self::UnreadFirst)
    }

    /// Whether one headline comes before another in it, each given with whether it was read when the order was made.
    pub(super) fn compare(self, (one, read): (&Headline, bool), (other, other_read): (&Headline, bool)) -> Ordering {
        let by_date = || key(one).cmp(&key(other));
        match self {
            Self::Newest => Ordering::Equal,
            Self::Oldest => {
                let undated = one.listed.is_none().cmp(&other.listed.is_none());
                return undated.then_with(|| by_date().reverse());
            }
            Self::Publisher => by_publisher(one, other),
            Self::Headline => letters(&one.title).cmp(&letters(&other.title)),
            Self::MostQuoted => other.quotations.cmp(&one.quotations),
            Self::UnreadFirst => read.cmp(&other_read),
            Self::FirstSeen => Reverse(seen(one)).cmp(&Reverse(seen(other))),
        }
        .then_with(by_date)
    }
}

fn by_publisher(one: &Headline, other: &Headline) -> Ordering {
    match (&one.publisher, &other.publisher) {
        (Some(one), Some(other)) if one == other => Ordering::Equal,
        (Some(one), Some(other)) => fold(one).cmp(&fold(other)),
        (one, other) => one.is_none().cmp(&other.is_none()),
    }
}

/// When an article came into the library, else when it was published.
pub(super) fn seen(headline: &Headline) -> Option<NaiveDateTime> {
    headline.seen.or_else(|| headline.listed.map(|listed| listed.day.and_time(listed.time.unwrap_or_default())))
}

/// The letters by which a headline is filed: folded, without the quotation mark before it.
pub(super) fn letters(title: &str) -> String {
    /// In bytes: what comes after so many orders nothing.
    const ENOUGH: usize = 512;
    /// In cells.
    const HEAD: usize = 128;
    let title = if title.len() > ENOUGH { head(title, HEAD) } else { title };
    let start = title.find(char::is_alphanumeric).unwrap_or(0);
    fold(&title[start..])
}
