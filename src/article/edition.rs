//! Where and when else an article appeared.

use chrono::Local;

use super::{Article, Published};

/// One more publication of an article: the same words under another date, or the same story in another feed.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Edition {
    /// When, where it says so.
    pub published: Option<Published>,
    /// Who published it.
    pub publisher: Option<String>,
    /// Its address.
    pub url: Option<String>,
}

impl Edition {
    /// The edition that an article is.
    pub fn of(article: &Article) -> Self {
        Self { published: article.dates.published, publisher: article.publisher.clone(), url: article.url.clone() }
    }

    /// What it says more than the edition that stands first, for a person: "Harbour Times, 15 March 2026". The day is that of
    /// the user's own time zone, written in `form` (see [`chrono::format::strftime`]).
    pub fn in_words(&self, first: &Self, form: &str) -> String {
        let day = |edition: &Self| Some(edition.published?.in_zone(&Local).0);
        let publisher = self.publisher.clone().filter(|_| self.publisher != first.publisher);
        let day = day(self).filter(|day_here| Some(*day_here) != day(first)).map(|day| day.format(form).to_string());
        [publisher, day].into_iter().flatten().collect::<Vec<_>>().join(", ")
    }

    /// Whether it says more than another: another day, or another publisher.
    pub fn differs(&self, other: &Self) -> bool {
        self.is_of_another_day(other) || (self.publisher.is_some() && self.publisher != other.publisher)
    }

    /// Whether the date of this edition of an article is that of the article rather than what that has: it has none, or a later one
    /// of the same publisher. Of the same day the time must be known of both.
    pub fn dates_before(&self, own: &Self) -> bool {
        let Some(published) = self.published else { return false };
        own.published.is_none_or(|own_date| {
            let are_timed = published.time.is_some() && own_date.time.is_some();
            self.publisher == own.publisher
                && published.moment() < own_date.moment()
                && (are_timed || !published.is_of_day_of(own_date))
        })
    }

    /// Whether it has a day, and one that is not that of another.
    pub fn is_of_another_day(&self, other: &Self) -> bool {
        self.published.is_some_and(|published| other.published.is_none_or(|other| !published.is_of_day_of(other)))
    }
}
