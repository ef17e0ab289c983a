//! Statements whose speaker is doubtful.

use std::cmp::Ordering;
use std::collections::BTreeSet;

use super::{Identity, article_speakers};
use crate::article::ArticleId;
use crate::quotes::{Certainty, Findings};

/// A statement whose speaker is to be checked.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Doubtful {
    /// In which article it stands.
    pub article: ArticleId,
    /// The first byte of its quoted words.
    pub start: usize,
    /// How sure its speaker is, 0 to 1: in the least sure of its quotations.
    pub confidence: f32,
    /// Where its article stands among those that were looked through.
    pub place: usize,
}

impl Doubtful {
    /// The most doubtful comes first, then the order of the articles.
    pub fn standing(&self, other: &Self) -> Ordering {
        let by_place = (self.place, self.start).cmp(&(other.place, other.start));
        self.confidence.total_cmp(&other.confidence).then(by_place)
    }

    /// Whether it is the same statement.
    pub fn is_same(&self, other: &Self) -> bool {
        (self.article, self.start) == (other.article, other.start)
    }

    /// The doubtful statements among the findings of an article, with the user's corrections; only those of a person with
    /// these identities, where that is said. Speech inside speech is among them, where it has a speaker of its own.
    pub fn among(findings: &Findings, article: ArticleId, place: usize, of: Option<&BTreeSet<Identity>>) -> Vec<Self> {
        let theirs = of.map(|identities| {
            let speakers = article_speakers(findings).into_iter();
            let speakers = speakers.filter(|speaker| identities.contains(&speaker.identity));
            speakers.flat_map(|speaker| speaker.speakers).collect::<BTreeSet<_>>()
        });
        let doubtful = |runs: Vec<usize>| {
            let first = findings.quotations.get(*runs.first()?)?;
            let is_theirs = |theirs: &BTreeSet<_>| first.speaker.is_some_and(|speaker| theirs.contains(&speaker));
            let is_wanted = theirs.as_ref().is_none_or(is_theirs);
            let is_doubtful = findings.certainty_of(&runs) == Certainty::Doubtful;
            let confidences = runs.iter().filter_map(|&run| findings.quotations.get(run)).map(|run| run.confidence);
            let confidence = confidences.fold(1.0, f32::min);
            (is_wanted && is_doubtful).then_some(Self { article, start: first.span.start, confidence, place })
        };
        findings.statements().into_iter().filter_map(doubtful).collect()
    }
}
