//! What the user did, as far as the screen shows it.

use std::collections::{BTreeSet, HashMap, HashSet};

use super::article_mark::ArticleMark;
use super::jumps::ReadingPosition;
use crate::article::ArticleId;
use crate::catalog::Headline;
use crate::quotes::Corrections;
use crate::user::{UserAction, UserState};

/// What the user did, and what of it is not committed yet: what looks committed must be.
#[derive(Debug, Default)]
pub struct UserData {
    state: UserState,
    /// How many of the loaded articles count as read.
    read_count: usize,
    /// Articles whose read mark has changed since that was asked last.
    turned: Vec<ArticleId>,
    /// Where the user was in articles while the program runs.
    positions: HashMap<ArticleId, ReadingPosition>,
    /// The headlines of articles that were removed.
    pub(super) hidden: HashMap<ArticleId, Headline>,
    /// Articles that went from the library while the program runs, and did not come again.
    departed: HashSet<ArticleId>,
    pending: PendingWrites,
    /// What was done that undo does not cover, the last one last, each with how many steps were done since that can be undone.
    pub(super) done_without_undo: Vec<(String, usize)>,
}

/// Marks on their way to the disk: how many of each article.
#[derive(Debug, Default)]
struct PendingWrites {
    read: HashMap<ArticleId, usize>,
    starred: HashMap<ArticleId, usize>,
}

impl PendingWrites {
    fn of(&mut self, action: &UserAction) -> Option<(&mut HashMap<ArticleId, usize>, ArticleId)> {
        match *action {
            UserAction::Read { article, .. } => Some((&mut self.read, article)),
            UserAction::Starred { article, .. } => Some((&mut self.starred, article)),
            _ => None,
        }
    }
}

impl UserData {
    /// These articles went from the library.
    pub(super) fn depart(&mut self, articles: &[ArticleId]) {
        self.departed.extend(articles);
    }

    /// An article came, perhaps again.
    pub(super) fn arrive(&mut self, article: ArticleId) {
        self.departed.remove(&article);
    }

    /// Whether an action is about an article that went from the library. A clipping outlives its article.
    pub(super) fn is_about_departed(&self, action: &UserAction) -> bool {
        let is_of_clipping = matches!(action, UserAction::Clipped { before: Some(_), .. });
        !is_of_clipping && action.article().is_some_and(|article| self.departed.contains(&article))
    }

    /// Takes in the state before this run, below what was done in it meanwhile; `is_loaded` returns of which articles
    /// the headlines are loaded.
    pub(super) fn restore(&mut self, earlier: UserState, is_loaded: impl Fn(ArticleId) -> bool) {
        self.state = earlier.with(std::mem::take(&mut self.state));
        self.read_count = self.state.read.iter().filter(|&&id| is_loaded(id)).count();
        self.turned.extend(self.state.read.iter().filter(|&&id| is_loaded(id)));
    }

    /// Applies an action, of the user here or elsewhere, to an article whose headline is loaded or not.
    pub(super) fn apply(&mut self, action: &UserAction, is_loaded: bool) {
        if let UserAction::Read { article, read } = *action
            && is_loaded
            && self.is_read(article) != read
        {
            self.read_count = if read { self.read_count + 1 } else { self.read_count.saturating_sub(1) };
            self.turned.push(article);
        }
        if let UserAction::Position { article, offset } = *action {
            let quotation = self.positions.get(&article).and_then(|known| known.quotation);
            self.positions.insert(article, ReadingPosition { id: article, top: offset, quotation });
        }
        self.state.apply(action);
    }

    /// So many articles are about to get a mark or to lose it: what holds the marks grows once, rather than in between.
    pub(super) fn reserve(&mut self, mark: &ArticleMark, count: usize) {
        match mark {
            ArticleMark::Read => {
                self.state.read.reserve(count);
                self.pending.read.reserve(count);
            }
            ArticleMark::Starred => {
                self.state.starred.reserve(count);
                self.pending.starred.reserve(count);
            }
            ArticleMark::Removed => {
                self.state.removed.reserve(count);
                self.hidden.reserve(count);
            }
            ArticleMark::Tagged(_) => {}
        }
    }

    /// An action is on its way to the disk.
    pub(super) fn expect(&mut self, action: &UserAction) {
        if let Some((pending, id)) = self.pending.of(action) {
            *pending.entry(id).or_default() += 1;
        }
    }

    pub(super) fn committed(&mut self, actions: &[UserAction]) {
        for action in actions {
            if let UserAction::Clipped { id, after: Some(clipping), .. } = action {
                self.state.note_kept(*id, clipping.kept);
            }
            let Some((pending, id)) = self.pending.of(action) else { continue };
            let left = pending.remove(&id).unwrap_or_default().saturating_sub(1);
            if left > 0 {
                pending.insert(id, left);
            }
        }
    }

    /// The headline of an article is loaded.
    pub(super) fn loaded(&mut self, id: ArticleId) {
        self.read_count += usize::from(self.is_read(id));
    }

    /// The headline of an article is no longer loaded.
    pub(super) fn unloaded(&mut self, id: ArticleId) {
        self.read_count -= usize::from(self.is_read(id)).min(self.read_count);
    }

    /// The articles whose read mark has changed since this was asked last.
    pub(super) fn take_turned(&mut self) -> Vec<ArticleId> {
        std::mem::take(&mut self.turned)
    }

    /// Articles took the places of others: each of these with its successor. The user is in it where they were.
    pub(super) fn follow(&mut self, successors: &HashMap<ArticleId, ArticleId>) {
        for (before, &now) in successors {
            if before != &now
                && let Some(left) = self.positions.get(before).copied()
            {
                self.positions.entry(now).or_insert(ReadingPosition { id: now, ..left });
            }
        }
    }

    /// Records where the user leaves an article; returns whether that is another position than before.
    pub(super) fn leave(&mut self, position: ReadingPosition) -> bool {
        let before = self.position(position.id);
        self.positions.insert(position.id, position);
        before != Some(position)
    }

    /// All of it.
    pub fn state(&self) -> &UserState {
        &self.state
    }

    /// Whether an article counts as read.
    pub fn is_read(&self, id: ArticleId) -> bool {
        self.state.read.contains(&id)
    }

    /// Whether an article has a star.
    pub fn is_starred(&self, id: ArticleId) -> bool {
        self.state.starred.contains(&id)
    }

    /// Whether an article was removed.
    pub fn is_removed(&self, id: ArticleId) -> bool {
        self.state.removed.contains(&id)
    }

    /// Whether it is certain that an article will count as read ever after.
    pub fn is_committed_as_read(&self, id: ArticleId) -> bool {
        self.is_read(id) && !self.pending.read.contains_key(&id)
    }

    /// Whether a star of this article, set or removed, is not committed yet.
    pub fn is_star_pending(&self, id: ArticleId) -> bool {
        self.pending.starred.contains_key(&id)
    }

    /// The tags, in order, and the articles with each, loaded or not.
    pub fn tags(&self) -> impl Iterator<Item = (&str, &BTreeSet<ArticleId>)> {
        self.state.tags.iter().map(|(tag, tagged)| (tag.as_str(), tagged))
    }

    /// The tags of an article, in order.
    pub fn tags_of(&self, id: ArticleId) -> impl Iterator<Item = &str> {
        self.state.tags(id)
    }

    /// How many of the loaded articles count as read.
    pub fn read_count(&self) -> usize {
        self.read_count
    }

    /// Where the user was in an article.
    pub fn position(&self, id: ArticleId) -> Option<ReadingPosition> {
        let earlier = |&top: &usize| ReadingPosition { id, top, quotation: None };
        self.positions.get(&id).copied().or_else(|| self.state.positions.get(&id).map(earlier))
    }

    /// What the user said of the quotations of an article.
    pub fn corrections(&self, id: ArticleId) -> Option<&Corrections> {
        self.state.corrections.get(&id)
    }
}
