//! Articles that come again with a changed text are updated in place.
//!
//! Compares what is stored with what has come; returns whether the new text counts, and moves the user's corrections to
//! where the quoted words stand now. It never writes words or findings itself.

use std::collections::BTreeMap;

use rusqlite::Connection;

use super::codec::{read_body, read_tags};
use super::findings_codec::read_findings;
use super::{EncodedArticle, Entry, Error};
use super::{history, user_state};
use crate::article::{Article, ArticleId, Body};
use crate::quotes::{Corrections, Findings};
use crate::user::UserAction;

/// What is stored of the words of an article.
pub(super) struct Wording {
    title: String,
    paragraphs: Vec<u8>,
    text: Vec<u8>,
    findings: Option<Vec<u8>>,
}

impl Wording {
    /// What is stored of the article in this row.
    pub fn stored(connection: &Connection, article: i64) -> Result<Self, Error> {
        let sql = "SELECT title, paragraphs, text, found FROM articles JOIN bodies ON bodies.id = body
                   LEFT JOIN findings ON findings.id = body WHERE articles.id = ?1";
        Ok(connection.prepare_cached(sql)?.query_row([article], |row| {
            Ok(Self { title: row.get(0)?, paragraphs: row.get(1)?, text: row.get(2)?, findings: row.get(3)? })
        })?)
    }

    /// Whether an article that has come is the same.
    pub fn is_of(&self, article: &EncodedArticle) -> bool {
        self.title == article.title && self.text == article.text
    }

    /// Whether an article that has come is the same down to what each paragraph is.
    pub fn is_just(&self, article: &EncodedArticle) -> bool {
        self.is_of(article) && self.paragraphs == article.paragraphs
    }
}

/// An article whose words changed, with the user's corrections where they belong now; and what was done for that.
/// `None` where the user corrected nothing.
pub(super) fn with_corrections(
    connection: &Connection,
    old: &Wording,
    new: &EncodedArticle,
) -> Result<Option<(EncodedArticle, Vec<UserAction>)>, Error> {
    let before = user_state::corrections_of(connection, new.id)?;
    if before.is_empty() {
        return Ok(None);
    }
    let body = read_body(&new.title, &new.paragraphs, &new.text)?;
    let findings = read_findings(&new.findings, body.text())?;
    // What can no longer be read has no quotations to be found again.
    let old_body = read_body(&old.title, &old.paragraphs, &old.text).unwrap_or_default();
    let old_findings =
        old.findings.as_deref().and_then(|found| read_findings(found, old_body.text()).ok()).unwrap_or_default();
    let moved = moved((&old_body, &old_findings), (&body, &findings), &before);
    let actions = actions(new.id, &before, &after(&before, &moved));
    for action in &actions {
        user_state::write(connection, action)?;
    }
    history::follow_words(connection, new.id, &moved)?;
    let article = Article {
        id: new.id,
        published: new.published,
        date_source: new.date_source,
        publisher: new.publisher.clone(),
        byline: new.byline.clone(),
        url: new.url.clone(),
        tags: read_tags(new.topics.as_deref()),
        is_summary: new.is_summary,
        origin: new.origin.clone(),
        ..Article::new(body)
    };
    let entry = Entry::new(article, findings, Some(&after(&before, &moved)));
    Ok(Some((EncodedArticle::of(&entry)?, actions)))
}

/// Where the quoted words that were corrected start now, by where they started. Of words that are quoted several times
/// the first goes with the first. What is quoted no more is not among them.
fn moved(old: (&Body, &Findings), new: (&Body, &Findings), corrections: &Corrections) -> BTreeMap<usize, usize> {
    let places = |(body, findings): (&Body, &Findings), words: &str| -> Vec<usize> {
        let said = findings.quotations.iter().filter(|quotation| body.words(quotation.span) == words);
        said.map(|quotation| quotation.span.start).collect()
    };
    let now = |&start: &usize| {
        let quotation = old.1.quotations.iter().find(|quotation| quotation.span.start == start)?;
        let words = old.0.words(quotation.span);
        let before = places(old, words).iter().filter(|&&place| place < start).count();
        let places = places(new, words);
        Some((start, *places.get(before).or(places.last())?))
    };
    corrections.keys().filter_map(now).collect()
}

/// The corrections as they are now: first those whose words were found, then the others, where they are not in the way.
fn after(before: &Corrections, moved: &BTreeMap<usize, usize>) -> Corrections {
    let mut after = Corrections::new();
    for (start, now) in moved {
        after.entry(*now).or_insert_with(|| before[start].clone());
    }
    for (&start, correction) in before.iter().filter(|(start, _)| !moved.contains_key(start)) {
        after.entry(start).or_insert_with(|| correction.clone());
    }
    after
}

/// What makes one out of the other.
fn actions(article: ArticleId, before: &Corrections, after: &Corrections) -> Vec<UserAction> {
    let corrected = |start: &usize| UserAction::Corrected {
        article,
        start: *start,
        before: before.get(start).cloned(),
        after: after.get(start).cloned(),
    };
    let gone = before.keys().filter(|start| !after.contains_key(start));
    gone.chain(after.keys()).map(corrected).filter(UserAction::is_change).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::quotes::SpeakerCorrection;

    fn named(pairs: &[(usize, &str)]) -> Corrections {
        pairs.iter().map(|&(start, name)| (start, SpeakerCorrection::Speaker(name.to_owned()))).collect()
    }

    #[test]
    fn corrections_whose_words_are_found_go_before_the_others() {
        let before = named(&[(10, "a"), (20, "b"), (30, "c")]);
        // The words of 10 stand where those of 20 stood, which are gone.
        let moved = BTreeMap::from([(10, 20), (30, 45)]);
        let after = after(&before, &moved);
        assert_eq!(after, named(&[(20, "a"), (45, "c")]));
        let mut done = before.clone();
        for action in actions(ArticleId(1), &before, &after) {
            match action {
                UserAction::Corrected { start, after: Some(correction), .. } => drop(done.insert(start, correction)),
                UserAction::Corrected { start, after: None, .. } => drop(done.remove(&start)),
                other => panic!("{other:?}"),
            }
        }
        assert_eq!(done, after);
        assert!(actions(ArticleId(1), &before, &before).is_empty());
    }
}
