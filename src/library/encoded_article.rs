//! An article with its findings, encoded for the tables.

use super::codec::{write_body, write_enclosures, write_tags};
use super::findings_codec::write_findings;
use super::rule_results::RuleChanges;
use super::search::IndexTerms;
use super::{Entry, Error};
use crate::article::{ArticleId, ArticleKeys, DateKey, Dates, Edition, Origin};
use crate::catalog::{ArticleSpeaker, Headline, SpeakerSummary, article_speakers};
use crate::user::{NotifiedArticle, UserAction};

/// An article encoded for its rows: all the slow work that needs no library.
#[derive(Debug, Clone)]
pub struct EncodedArticle {
    pub(super) id: ArticleId,
    pub(super) title: String,
    pub(super) keys: ArticleKeys,
    pub(super) dates: Dates,
    /// What it is where it stands first: its date, publisher and address.
    pub(super) edition: Edition,
    pub(super) byline: Option<String>,
    pub(super) topics: Option<String>,
    pub(super) is_summary: bool,
    pub(super) origin: Origin,
    pub(super) editions: Vec<Edition>,
    /// What comes with it, as its column has it.
    pub(super) enclosures: Option<String>,
    pub(super) quotations: u32,
    pub(super) speaker_summary: SpeakerSummary,
    pub(super) paragraphs: Vec<u8>,
    pub(super) text: Vec<u8>,
    pub(super) findings: Vec<u8>,
    /// What the rules do with it where it is new.
    pub(super) by_rules: Vec<RuleChanges>,
    terms: IndexTerms,
    speakers: Vec<ArticleSpeaker>,
}

impl EncodedArticle {
    /// Encodes an article with what was found in it.
    pub fn of(entry: &Entry) -> Result<Self, Error> {
        let (article, headline) = (&entry.article, entry.headline());
        let (paragraphs, text) = write_body(article)?;
        Ok(Self {
            id: article.id,
            title: article.headline().to_owned(),
            keys: article.keys,
            dates: article.dates,
            edition: Edition::of(article),
            byline: article.byline.clone(),
            topics: write_tags(&article.tags),
            is_summary: article.is_summary,
            origin: article.origin.clone(),
            editions: article.editions.clone(),
            enclosures: write_enclosures(&article.enclosures),
            quotations: headline.quotations,
            speaker_summary: headline.speakers,
            paragraphs,
            text,
            findings: write_findings(&entry.findings, article.body.text())?,
            by_rules: Vec::new(),
            terms: IndexTerms::of(entry),
            speakers: article_speakers(entry.with_reported()),
        })
    }

    /// What is told of it where it is new, if a rule wants that: it came with a feed.
    pub(super) fn notified(&self) -> Option<NotifiedArticle> {
        let is_told = matches!(self.origin, Origin::Web(_)) && self.by_rules.iter().any(RuleChanges::notifies);
        // What a rule hides is not announced by another.
        let is_hidden = self.by_rules.iter().flat_map(RuleChanges::actions);
        let is_hidden = is_hidden.into_iter().any(|action| matches!(action, UserAction::Removed { removed: true, .. }));
        (is_told && !is_hidden).then(|| NotifiedArticle {
            id: self.id,
            headline: self.title.clone(),
            publisher: self.edition.publisher.clone(),
            url: self.edition.url.clone(),
        })
    }

    /// The same, with where and when else it appeared.
    pub(super) fn add_editions(&mut self, editions: Vec<Edition>) {
        self.terms.add_publishers(&editions);
        self.editions.extend(editions);
    }

    /// The same, of other dates.
    pub(super) fn set_dates(&mut self, dates: Dates) {
        (self.dates, self.edition.published) = (dates, dates.published);
    }

    /// Whether this publisher, if it is one, is among those of the article.
    pub(super) fn is_published_by(&self, publisher: Option<&str>) -> bool {
        let mut all = self.editions.iter().chain([&self.edition]);
        publisher.is_none() || all.any(|edition| edition.publisher.as_deref() == publisher)
    }

    /// When it was published, as one number.
    pub(super) fn date(&self) -> Option<DateKey> {
        self.dates.key()
    }

    /// The identity of the article.
    pub fn id(&self) -> ArticleId {
        self.id
    }

    /// What the search index is given of it.
    pub(super) fn terms(&self) -> &IndexTerms {
        &self.terms
    }

    /// Who speaks in it.
    pub(super) fn speakers(&self) -> &[ArticleSpeaker] {
        &self.speakers
    }

    /// Its line in the list.
    pub(super) fn headline(&self) -> Headline {
        Headline {
            id: self.id,
            title: self.title.as_str().into(),
            listed: self.dates.listed(),
            seen: self.dates.first_seen(),
            publisher: self.edition.publisher.as_deref().map(Into::into),
            quotations: self.quotations,
            speakers: self.speaker_summary.clone(),
            is_gone: false,
        }
    }
}
