//! Articles that come again with a changed text are updated in place.
//!
//! Compares what is stored with what has come; returns whether the new text counts, and moves what the user did at places
//! in it to where the words stand now. It never writes words or findings itself.

use rusqlite::Connection;

use super::codec::{read_body, read_tags};
use super::findings_codec::read_findings;
use super::reanchor::{self, Quoted};
use super::{EncodedArticle, Entry, Error};
use super::{history, user_state};
use crate::article::{Article, ArticleId};
use crate::quotes::Corrections;
use crate::user::{UnplacedCorrection, UserAction};

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

/// What became of the user data of an article whose words changed.
#[derive(Debug, Default)]
pub(super) struct FollowedWords {
    /// The article with the user's corrections where they belong now. `None` where there are none.
    pub article: Option<EncodedArticle>,
    /// What was done for that, to be done in memory too.
    pub actions: Vec<UserAction>,
}

/// Moves what the user did at places in an article to where its words are now: corrections with their quoted words, the
/// reading position with its line. A correction whose words are quoted no more is kept as unplaced.
pub(super) fn with_user_data(
    connection: &Connection,
    old: &Wording,
    new: &EncodedArticle,
) -> Result<FollowedWords, Error> {
    let before = user_state::corrections_of(connection, new.id)?;
    let lost = user_state::unplaced_of(connection, new.id)?;
    let position = user_state::position_of(connection, new.id)?;
    if before.is_empty() && lost.is_empty() && position.is_none() {
        return Ok(FollowedWords::default());
    }
    let body = read_body(&new.title, &new.paragraphs, &new.text)?;
    // What can no longer be read has no quotations to be found again.
    let old_body = read_body(&old.title, &old.paragraphs, &old.text).unwrap_or_default();
    let mut actions = Vec::new();
    if let Some(before) = position {
        let offset = reanchor::position(old_body.text(), body.text(), before);
        let moved = UserAction::Position { article: new.id, offset };
        actions.extend((offset != before).then_some(moved));
    }
    let mut article = None;
    if !before.is_empty() || !lost.is_empty() {
        let findings = read_findings(&new.findings, body.text())?;
        let old_findings =
            old.findings.as_deref().and_then(|found| read_findings(found, old_body.text()).ok()).unwrap_or_default();
        let (old, now) =
            (Quoted { body: &old_body, findings: &old_findings }, Quoted { body: &body, findings: &findings });
        let after = follow_corrections(connection, new.id, old, now, &before, lost)?;
        actions.extend(corrected(new.id, &before, &after));
        let with_body = Article {
            id: new.id,
            keys: new.keys,
            dates: new.dates,
            publisher: new.publisher.clone(),
            byline: new.byline.clone(),
            url: new.url.clone(),
            tags: read_tags(new.topics.as_deref()),
            is_summary: new.is_summary,
            origin: new.origin.clone(),
            editions: new.editions.clone(),
            ..Article::new(body)
        };
        article = Some(EncodedArticle::of(&Entry::new(with_body, findings, Some(&after)))?);
    }
    for action in &actions {
        user_state::write(connection, action)?;
    }
    Ok(FollowedWords { article, actions })
}

/// The corrections as they are now. Those that find no place are written to the unplaced ones, and those of these that do
/// leave them.
fn follow_corrections(
    connection: &Connection,
    article: ArticleId,
    old: Quoted<'_>,
    now: Quoted<'_>,
    before: &Corrections,
    lost: Vec<UnplacedCorrection>,
) -> Result<Corrections, Error> {
    let words: Vec<_> = lost.iter().map(|lost| (lost.start, lost.words.as_str())).collect();
    let (moved, restored) = reanchor::quotations(old, now, before.keys().copied(), &words);
    let mut after: Corrections = moved.iter().map(|(start, now)| (*now, before[start].clone())).collect();
    after.extend(restored.iter().map(|(&number, &now)| (now, lost[number].correction.clone())));
    let left = lost.into_iter().enumerate().filter(|(number, _)| !restored.contains_key(number)).map(|(_, lost)| lost);
    let new = before.iter().filter(|(start, _)| !moved.contains_key(start)).map(|(&start, correction)| {
        UnplacedCorrection { start, words: old.words_at(start).to_owned(), correction: correction.clone() }
    });
    let unplaced: Vec<_> = left.chain(new).collect();
    user_state::write_unplaced(connection, article, &unplaced)?;
    history::follow_words(connection, article, &moved)?;
    Ok(after)
}

/// What makes one out of the other.
fn corrected(article: ArticleId, before: &Corrections, after: &Corrections) -> Vec<UserAction> {
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
    fn actions_make_one_of_the_other() {
        let (before, after) = (named(&[(10, "a"), (20, "b"), (30, "c")]), named(&[(20, "a"), (45, "c")]));
        let mut done = before.clone();
        for action in corrected(ArticleId(1), &before, &after) {
            match action {
                UserAction::Corrected { start, after: Some(correction), .. } => drop(done.insert(start, correction)),
                UserAction::Corrected { start, after: None, .. } => drop(done.remove(&start)),
                other => panic!("{other:?}"),
            }
        }
        assert_eq!(done, after);
        assert!(corrected(ArticleId(1), &before, &before).is_empty());
    }
}
