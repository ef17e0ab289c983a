//! Articles that come again with a changed text are updated in place.
//!
//! Compares what is stored with what has come; returns whether the new text counts, and moves what the user did at places
//! in it to where the words stand now. It never writes words or findings itself.

use std::collections::{BTreeMap, BTreeSet};

use rusqlite::Connection;

use super::clippings::{self, Clippings};
use super::codec::{read_body, read_enclosures, read_tags};
use super::findings_codec::read_findings;
use super::{EncodedArticle, Entry, Error};
use super::{bookmarks, history, user_state};
use crate::article::{Article, ArticleId, Body, TextVersion};
use crate::quotes::{Corrections, Findings};
use crate::user::reanchor::{self, Quoted};
use crate::user::{Marks, UnplacedCorrection, UserAction};

/// What is stored of the words of an article.
pub(super) struct Wording {
    title: String,
    is_summary: bool,
    paragraphs: Vec<u8>,
    text: Vec<u8>,
    findings: Option<Vec<u8>>,
}

impl Wording {
    /// What is stored of the article in this row.
    pub fn stored(connection: &Connection, article: i64) -> Result<Self, Error> {
        let sql = "SELECT title, paragraphs, text, found, summary FROM articles JOIN bodies ON bodies.id = body
                   LEFT JOIN findings ON findings.id = body WHERE articles.id = ?1";
        Ok(connection.prepare_cached(sql)?.query_row([article], |row| {
            Ok(Self {
                title: row.get(0)?,
                is_summary: row.get(4)?,
                paragraphs: row.get(1)?,
                text: row.get(2)?,
                findings: row.get(3)?,
            })
        })?)
    }

    /// Whether an article that has come is the same.
    pub fn is_of(&self, article: &EncodedArticle) -> bool {
        self.title == article.title && self.text == article.text
    }

    /// Whether this gives way to the text of an article that has come (see [`TextVersion::gives_way_to`]).
    pub fn gives_way_to(&self, article: &EncodedArticle, is_edit: bool) -> Result<bool, Error> {
        let is_kind = self.is_summary == article.is_summary;
        if is_kind && (self.is_of(article) || (is_edit && !self.is_summary)) {
            return Ok(true);
        }
        let come = read_body(&article.title, &article.paragraphs, &article.text)?;
        // What can no longer be read says nothing.
        let held = read_body(&self.title, &self.paragraphs, &self.text).unwrap_or_default();
        let held = TextVersion { body: &held, is_summary: self.is_summary };
        Ok(held.gives_way_to(TextVersion { body: &come, is_summary: article.is_summary }, is_edit))
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
/// reading position and marks with their lines. A correction whose words are quoted no more is kept as unplaced.
pub(super) fn with_user_data(
    connection: &Connection,
    old: &Wording,
    new: &EncodedArticle,
) -> Result<FollowedWords, Error> {
    let before = PlacedData::of(connection, new.id)?;
    let Some(Followed { data: after, moved, body, findings }) = before.follow(old, new)? else {
        return Ok(FollowedWords::default());
    };
    let mut actions = Vec::new();
    let moves = after.position.filter(|_| after.position != before.position);
    actions.extend(moves.map(|offset| UserAction::Position { article: new.id, offset }));
    actions.extend(bookmarks::changes(new.id, &before.marks, &after.marks));
    let mut article = None;
    if before.is_about_quotations() {
        history::follow_words(connection, new.id, &moved)?;
        actions.extend(clippings::changes(&before.clippings, &after.clippings));
    }
    if before.has_corrections() {
        user_state::write_unplaced(connection, new.id, &after.unplaced)?;
        actions.extend(corrected(new.id, &before.corrections, &after.corrections));
        article = Some(with_corrections(new, body, findings, &after.corrections)?);
    }
    for action in &actions {
        user_state::write(connection, action)?;
    }
    Ok(FollowedWords { article, actions })
}

/// Adds what the user did at places of the article `from` to what was done at places of `new`, where its words stand there.
/// Returns `new` with all corrections; `None` where it was given none.
pub(super) fn take_over(
    connection: &Connection,
    from: ArticleId,
    old: &Wording,
    new: &EncodedArticle,
) -> Result<Option<EncodedArticle>, Error> {
    let given = PlacedData::of(connection, from)?;
    let Some(Followed { data, moved, body, findings }) = given.follow(old, new)? else { return Ok(None) };
    let own = PlacedData::of(connection, new.id)?;
    if let (Some(offset), None) = (data.position, own.position) {
        user_state::write(connection, &UserAction::Position { article: new.id, offset })?;
    }
    for (&letter, &offset) in data.marks.iter().filter(|(letter, _)| !own.marks.contains_key(letter)) {
        bookmarks::write(connection, new.id, letter, Some(offset))?;
    }
    history::follow_words(connection, from, &moved)?;
    for (id, mut clipping) in data.clippings.clone() {
        clipping.article = new.id;
        clippings::write(connection, id, Some(&clipping))?;
    }
    if !given.has_corrections() {
        return Ok(None);
    }
    let mut corrections = data.corrections.clone();
    corrections.extend(own.corrections.clone());
    for action in corrected(new.id, &own.corrections, &corrections) {
        user_state::write(connection, &action)?;
    }
    let is_same = |one: &UnplacedCorrection, other: &UnplacedCorrection| {
        (&one.words, &one.correction) == (&other.words, &other.correction)
    };
    let mut unplaced = own.unplaced;
    // Of two corrections of one quotation the article's own counts.
    let beaten =
        data.corrections.iter().filter(|(start, given)| own.corrections.get(start).is_some_and(|own| own != *given));
    let beaten = beaten.map(|(&start, correction)| {
        let words = findings.quotations.iter().find(|quotation| quotation.span.start == start);
        let words = words.map_or("", |quotation| body.words(quotation.span)).to_owned();
        UnplacedCorrection { start, words, correction: correction.clone() }
    });
    for lost in data.unplaced.into_iter().chain(beaten) {
        if !unplaced.iter().any(|known| is_same(known, &lost)) {
            unplaced.push(lost);
        }
    }
    user_state::write_unplaced(connection, new.id, &unplaced)?;
    with_corrections(new, body, findings, &corrections).map(Some)
}

/// What the user did at places of an article.
struct PlacedData {
    corrections: Corrections,
    unplaced: Vec<UnplacedCorrection>,
    clippings: Clippings,
    position: Option<usize>,
    marks: Marks,
}

/// The same in another text, the text, and what is quoted in it.
struct Followed {
    data: PlacedData,
    /// Where quotations that are corrected or kept started and start.
    moved: BTreeMap<usize, usize>,
    body: Body,
    findings: Findings,
}

impl PlacedData {
    fn of(connection: &Connection, article: ArticleId) -> Result<Self, Error> {
        Ok(Self {
            corrections: user_state::corrections_of(connection, article)?,
            unplaced: user_state::unplaced_of(connection, article)?,
            clippings: clippings::of_article(connection, article)?,
            position: user_state::position_of(connection, article)?,
            marks: bookmarks::of(connection, article)?,
        })
    }

    fn has_corrections(&self) -> bool {
        !self.corrections.is_empty() || !self.unplaced.is_empty()
    }

    /// Whether anything was done with quotations.
    fn is_about_quotations(&self) -> bool {
        self.has_corrections() || !self.clippings.is_empty()
    }

    /// What was done in the old words as it is in the new ones: corrections that find no place are unplaced, and unplaced ones
    /// that find one are not any more. `None` where nothing was done.
    fn follow(&self, old: &Wording, new: &EncodedArticle) -> Result<Option<Followed>, Error> {
        if !self.is_about_quotations() && self.position.is_none() && self.marks.is_empty() {
            return Ok(None);
        }
        let body = read_body(&new.title, &new.paragraphs, &new.text)?;
        // What can no longer be read has no quotations to be found again.
        let old_body = read_body(&old.title, &old.paragraphs, &old.text).unwrap_or_default();
        let place = |before| reanchor::position(old_body.text(), body.text(), before);
        let position = self.position.map(place);
        let marks = self.marks.iter().map(|(&letter, &before)| (letter, place(before))).collect();
        if !self.is_about_quotations() {
            let (corrections, clippings) = (Corrections::new(), Clippings::new());
            let data = Self { corrections, unplaced: Vec::new(), clippings, position, marks };
            return Ok(Some(Followed { data, moved: BTreeMap::new(), body, findings: Findings::default() }));
        }
        let findings = read_findings(&new.findings, body.text())?;
        let old_findings =
            old.findings.as_deref().and_then(|found| read_findings(found, old_body.text()).ok()).unwrap_or_default();
        let (old, now) =
            (Quoted { body: &old_body, findings: &old_findings }, Quoted { body: &body, findings: &findings });
        let lost = self.unplaced.iter().map(|lost| (lost.start, lost.words.as_str()));
        let unplaced_clippings = self.clippings.values().filter(|clipping| clipping.start.is_none());
        let lost: Vec<_> = lost.chain(unplaced_clippings.map(|clipping| (0, clipping.words.as_str()))).collect();
        let kept = self.clippings.values().filter_map(|clipping| clipping.start);
        let starts: BTreeSet<usize> = self.corrections.keys().copied().chain(kept).collect();
        let (moved, mut restored) = reanchor::quotations(old, now, starts.into_iter(), &lost);
        let mut found =
            (self.unplaced.len()..lost.len()).map(|number| restored.remove(&number)).collect::<Vec<_>>().into_iter();
        let mut clippings = self.clippings.clone();
        for clipping in clippings.values_mut() {
            clipping.start = match clipping.start {
                Some(start) => moved.get(&start).copied(),
                None => found.next().flatten(),
            };
        }
        let corrected = |(start, correction): (&usize, &_)| Some((*moved.get(start)?, Clone::clone(correction)));
        let mut corrections: Corrections = self.corrections.iter().filter_map(corrected).collect();
        restored.retain(|_, now| !corrections.contains_key(now));
        corrections.extend(restored.iter().map(|(&number, &now)| (now, self.unplaced[number].correction.clone())));
        let left = self.unplaced.iter().enumerate().filter(|(number, _)| !restored.contains_key(number));
        let gone = self.corrections.iter().filter(|(start, _)| !moved.contains_key(start));
        let gone = gone.map(|(&start, correction)| {
            let words = old.words_at(start).to_owned();
            UnplacedCorrection { start, words, correction: correction.clone() }
        });
        let unplaced = left.map(|(_, lost)| lost.clone()).chain(gone).collect();
        let data = Self { corrections, unplaced, clippings, position, marks };
        Ok(Some(Followed { data, moved, body, findings }))
    }
}

/// An article, of which this is the text and what is quoted in it, with the user's corrections.
fn with_corrections(
    article: &EncodedArticle,
    body: Body,
    findings: Findings,
    corrections: &Corrections,
) -> Result<EncodedArticle, Error> {
    let with_body = Article {
        id: article.id,
        keys: article.keys,
        dates: article.dates,
        editions: article.editions.clone(),
        enclosures: read_enclosures(article.enclosures.as_deref()),
        publisher: article.edition.publisher.clone(),
        byline: article.byline.clone(),
        url: article.edition.url.clone(),
        tags: read_tags(article.topics.as_deref()),
        is_summary: article.is_summary,
        origin: article.origin.clone(),
        ..Article::new(body)
    };
    EncodedArticle::of(&Entry::new(with_body, findings, Some(corrections)))
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
