//! One line of the catalog: an article without its text.

use chrono::NaiveDateTime;

use super::person::has_key;
use super::speaker_summary::{SpeakerCount, SpeakerSummary};
use crate::article::{Article, ArticleId, Listed};
use crate::quotes::Findings;

/// What the list shows of an article, and what is known of it without its text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Headline {
    /// Which article.
    pub id: ArticleId,
    /// Its headline.
    pub title: Box<str>,
    /// Under which day and time it stands.
    pub listed: Option<Listed>,
    /// When it was first seen, in the user's own time zone, where it is an entry of a feed.
    pub seen: Option<NaiveDateTime>,
    /// Who published it.
    pub publisher: Option<Box<str>>,
    /// The number of statements in it.
    pub quotations: u32,
    /// Who speaks in it.
    pub speakers: SpeakerSummary,
    /// Whether no file holds it any more.
    pub is_gone: bool,
}

impl Headline {
    /// The headline of this article.
    pub fn of(article: &Article, findings: &Findings) -> Self {
        // A speaker whose only quotation was corrected away is left out.
        let speaking = findings.speakers.iter().zip(findings.spoken()).filter(|(_, spoken)| spoken.quotations > 0);
        let members =
            speaking.map(|(speaker, spoken)| SpeakerCount { name: &speaker.name, quotations: spoken.quotations });
        Self {
            id: article.id,
            title: article.headline().into(),
            listed: article.dates.listed(),
            seen: article.dates.first_seen(),
            publisher: article.publisher.as_deref().map(Into::into),
            quotations: findings.quoted_statements() as u32,
            speakers: SpeakerSummary::of(members),
            is_gone: false,
        }
    }

    /// Whether a speaker with one of these keys (of [`person_key`](super::person_key)) is quoted in it. Unnamed speakers are
    /// not linked across articles.
    pub fn has_speaker(&self, keys: &[String]) -> bool {
        self.speakers.iter().any(|member| keys.iter().any(|key| has_key(member.name, key)))
    }
}
