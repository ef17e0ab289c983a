//! Where and when else an article appeared.

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

    /// Whether it says more than another: another day, or another publisher.
    pub fn differs(&self, other: &Self) -> bool {
        let day = |edition: &Self| edition.published.map(|published| published.day);
        let is_new = |own: bool, same: bool| own && !same;
        is_new(self.published.is_some(), day(self) == day(other))
            || is_new(self.publisher.is_some(), self.publisher == other.publisher)
    }
}
