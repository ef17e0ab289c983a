//! What one transaction commits: the rows of articles, and all that is derived from them.

use std::borrow::Cow;
use std::collections::BTreeMap;

use rusqlite::Connection;

use super::articles::{self, ArticleRow, entry_in_row, row_of};
use super::codec::write_origin;
use super::keys::write_keys;
use super::rowid_alloc::RowidAllocator;
use super::rule_results::RuleChanges;
use super::search::IndexTerms;
use super::search::index::{index, index_all, unindex};
use super::updating::{self, Wording};
use super::{EncodedArticle, Entry, Error, editions, people, user_state};
use crate::article::{ArticleId, DateSource, Dates, Edition, Origin};
use crate::catalog::Headline;
use crate::user::{NotifiedArticle, UserAction, UserState};

/// What a commit changed beyond its own articles.
#[derive(Debug, Default)]
pub struct Committed {
    /// Articles that files held before and that no file holds now.
    pub gone: Vec<ArticleId>,
    /// Articles that were replaced, and by which: what the user did with them went over.
    pub successors: Vec<(ArticleId, ArticleId)>,
    /// Articles whose text or date has changed: the list is to show them again.
    pub changed: Vec<Headline>,
    /// The user data of articles that were replaced, or whose text has changed; and what the rules did with new ones.
    pub actions: Vec<UserAction>,
    /// The new articles of feeds of which rules notify.
    pub(super) notified: Vec<NotifiedArticle>,
    /// What the rules want done with new articles, until it is written.
    pub(super) by_rules: Vec<(ArticleId, RuleChanges)>,
}

/// A commit under way. Rows are written at once; the search index and the tables of speakers take all articles at its
/// end, in the order of their rows: any other order costs many times as much.
pub(super) struct Commit<'c> {
    pub connection: &'c Connection,
    pub committed: Committed,
    /// The articles that are still to go into the index, by row.
    unindexed: BTreeMap<i64, Cow<'c, EncodedArticle>>,
    /// Finds rows for articles that get another date.
    rowids: RowidAllocator,
}

impl<'c> Commit<'c> {
    pub fn new(connection: &'c Connection) -> Self {
        let rowids = RowidAllocator::default();
        Self { connection, committed: Committed::default(), unindexed: BTreeMap::new(), rowids }
    }

    /// Writes one article. One that is there already stays as it is, unless its text has changed, its own file has
    /// another date for it, or its file was missing. A summary never replaces the full text, nor does a part of it that
    /// comes from elsewhere. Who published what is replaced is kept.
    pub fn article(&mut self, article: &'c EncodedArticle, rowids: &mut RowidAllocator) -> Result<(), Error> {
        let mut article = Cow::Borrowed(article);
        let (mut old, mut old_body) = (None, 0);
        if let Some(row) = row_of(self.connection, article.id)? {
            let wording = Wording::stored(self.connection, row.id)?;
            let is_same_place = row.path.as_deref() == write_origin(&article.origin).1;
            self.enclosures(&row, &mut article, is_same_place)?;
            let is_again = !article.editions.is_empty();
            let is_edit = is_same_place && !is_again;
            let is_shortened = !wording.gives_way_to(&article, is_edit || row.gone)?;
            let dates = row.dates.known_besides(article.dates, is_edit);
            if dates != article.dates {
                article.to_mut().set_dates(dates);
            }
            let is_dated_alike = row.dates == article.dates;
            let is_same_day = row.dates.moment() == article.dates.moment();
            let is_edited = !wording.is_of(&article)
                || (is_same_place && (!wording.is_just(&article) || row.url != article.edition.url));
            if is_shortened || (!is_edited && !row.gone && (is_dated_alike || is_again || !is_same_place)) {
                return self.editions(&article);
            }
            self.take_editions(&mut article)?;
            if !is_same_place && !article.is_published_by(row.publisher.as_deref()) {
                article.to_mut().add_editions(vec![row.edition()]);
            }
            let followed = updating::with_user_data(self.connection, &wording, &article)?;
            self.committed.actions.extend(followed.actions);
            if let Some(corrected) = followed.article {
                article = Cow::Owned(corrected);
            }
            if is_edited || !is_dated_alike {
                self.committed.changed.push(article.headline());
            }
            self.drop_article(row.id)?;
            (old, old_body) = (is_same_day.then_some(row.id), row.body);
        } else {
            let was_here = "SELECT 1 FROM departed WHERE article = ?1";
            if !self.connection.prepare_cached(was_here)?.exists([article.id.0 as i64])? {
                self.committed.by_rules.extend(article.by_rules.iter().map(|changes| (article.id, changes.clone())));
                self.committed.notified.extend(article.notified());
            }
            if matches!(article.origin, Origin::Web(_)) {
                // Another feed that brings it too may have been committed first.
                self.take_editions(&mut article)?;
            }
        }
        let id = old.map_or_else(|| rowids.allocate(self.connection, article.dates.moment()), Ok)?;
        articles::insert(self.connection, id, &article, old_body)?;
        write_keys(self.connection, article.id, &article.keys)?;
        for edition in &article.editions {
            editions::write(self.connection, article.id, edition)?;
        }
        self.unindexed.insert(id, article);
        Ok(())
    }

    /// What comes with an article stays, unless its own feed has something else for it now.
    fn enclosures(
        &self,
        row: &ArticleRow,
        article: &mut Cow<'_, EncodedArticle>,
        is_same_place: bool,
    ) -> Result<(), Error> {
        match &article.enclosures {
            Some(new) if is_same_place || row.enclosures.is_none() => {
                if row.enclosures.as_ref() != Some(new) {
                    articles::update_enclosures(self.connection, row.id, Some(new))?;
                }
            }
            None if is_same_place => {
                if row.enclosures.is_some() {
                    articles::update_enclosures(self.connection, row.id, None)?;
                }
            }
            _ => article.to_mut().enclosures.clone_from(&row.enclosures),
        }
        Ok(())
    }

    /// Adds to an article that is about to be written what is known of its editions.
    fn take_editions(&self, article: &mut Cow<'_, EncodedArticle>) -> Result<(), Error> {
        let editions = editions::take(self.connection, article.id)?;
        if !editions.is_empty() {
            article.to_mut().add_editions(editions);
        }
        Ok(())
    }

    /// Writes where and when an article appeared that is there already.
    fn editions(&mut self, article: &EncodedArticle) -> Result<(), Error> {
        for edition in article.editions.iter().chain([&article.edition]) {
            self.edition(article.id, edition, article.dates.source)?;
        }
        Ok(())
    }

    /// Writes where and when else an article appeared that is there already, and is found by that. Its own date is the earliest
    /// of its publisher, or the first that is known.
    pub fn edition(&mut self, id: ArticleId, edition: &Edition, source: DateSource) -> Result<(), Error> {
        // It may be committed later.
        let Some(row) = row_of(self.connection, id)? else {
            return editions::write(self.connection, id, edition).map(drop);
        };
        if edition.dates_before(&row.edition()) {
            self.redate(id, &row, Dates { published: edition.published, source, ..row.dates })?;
        }
        for edition in [edition, &row.edition()] {
            if !editions::write(self.connection, id, edition)? || edition.publisher.is_none() {
                continue;
            }
            let at = row_of(self.connection, id)?.map_or(row.id, |row| row.id);
            if let Some(waiting) = self.unindexed.get_mut(&at) {
                waiting.to_mut().add_editions(vec![edition.clone()]);
            } else if let Some(entry) = corrected_entry(self.connection, at, id)? {
                unindex(self.connection, at)?;
                index(self.connection, at, &IndexTerms::of(&entry))?;
            }
        }
        Ok(())
    }

    /// Moves an article to where another date puts it.
    fn redate(&mut self, id: ArticleId, row: &ArticleRow, dates: Dates) -> Result<(), Error> {
        let mut article = if let Some(waiting) = self.unindexed.remove(&row.id) {
            waiting
        } else {
            let Some(entry) = corrected_entry(self.connection, row.id, id)? else { return Ok(()) };
            people::leave(self.connection, row.id)?;
            unindex(self.connection, row.id)?;
            Cow::Owned(EncodedArticle::of(&entry)?)
        };
        article.to_mut().set_dates(dates);
        let place = self.rowids.allocate(self.connection, dates.moment())?;
        articles::redate(self.connection, row.id, place, dates)?;
        for edition in editions::take(self.connection, id)? {
            editions::write(self.connection, id, &edition)?;
        }
        self.committed.changed.push(article.headline());
        self.unindexed.insert(place, article);
        Ok(())
    }

    /// Replaces what is derived from the findings of an article.
    pub fn replace_findings(&mut self, row: &ArticleRow, article: &EncodedArticle) -> Result<(), Error> {
        articles::update_findings(self.connection, row, article)?;
        if let Some(waiting) = self.unindexed.get_mut(&row.id) {
            *waiting = Cow::Owned(article.clone());
            return Ok(());
        }
        people::leave(self.connection, row.id)?;
        people::enter(self.connection, std::iter::once((row.id, article.date(), article.speakers())))?;
        unindex(self.connection, row.id)?;
        index(self.connection, row.id, article.terms())
    }

    /// Deletes the article in this row.
    pub fn drop_article(&mut self, id: i64) -> Result<(), Error> {
        if self.unindexed.remove(&id).is_none() {
            people::leave(self.connection, id)?;
            unindex(self.connection, id)?;
        }
        articles::delete(self.connection, id)
    }

    /// Indexes what was written. Asks before each article whether to go on.
    pub fn finish(self, go_on: &dyn Fn() -> Result<(), Error>) -> Result<Committed, Error> {
        let Self { connection, committed, unindexed, rowids } = self;
        rowids.store_overflow(connection)?;
        index_all(connection, unindexed.iter().map(|(&id, article)| (id, article.terms())), go_on)?;
        people::enter(connection, unindexed.iter().map(|(&id, article)| (id, article.date(), article.speakers())))?;
        Ok(committed)
    }
}

/// The article in this row, with the user's corrections.
fn corrected_entry(connection: &Connection, row: i64, id: ArticleId) -> Result<Option<Entry>, Error> {
    let corrections = user_state::corrections_of(connection, id)?;
    let user_state = UserState { corrections: [(id, corrections)].into(), ..UserState::default() };
    entry_in_row(connection, row, &user_state)
}
