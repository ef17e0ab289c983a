//! What all that the user did adds up to.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::hash::Hash;

use super::{Clipping, ClippingId, UserAction};
use crate::article::ArticleId;
use crate::query::{Needle, State};
use crate::quotes::{Corrections, SpeakerCorrection};
use crate::text::{fold, shorten};

/// The name of the setting that keeps the lines which were typed after `:`. It stays in its library: an export lies about, and
/// is sent on.
pub const COMMAND_LINES: &str = "command-lines";

/// The places in an article that are marked: a byte of its text for each letter.
pub type Marks = BTreeMap<char, usize>;

/// What the user did with one article.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct ArticleFlags {
    /// Whether it counts as read.
    pub read: bool,
    /// Whether it has a star.
    pub starred: bool,
    /// Whether it was removed.
    pub removed: bool,
    /// The first byte that was on the screen.
    pub position: Option<usize>,
}

/// A correction whose quoted words are not quoted in the text of its article any more.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnplacedCorrection {
    /// The byte at which the words stood last.
    pub start: usize,
    /// The words.
    pub words: String,
    /// Who spoke them.
    pub correction: SpeakerCorrection,
}

impl UnplacedCorrection {
    /// It for a person: “Never,” (Jon Holt).
    pub fn in_words(&self) -> String {
        /// The most cells of the words.
        const MOST: usize = 60;
        let words = shorten(&self.words.replace('\n', " "), MOST);
        let correction = match &self.correction {
            SpeakerCorrection::NoSpeaker => "no speaker".to_owned(),
            correction => correction.in_words(),
        };
        format!("“{words}” ({correction})")
    }
}

/// All that the user did, apart from feeds and from who is one person, which have tables of their own.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct UserState {
    /// Articles that count as read.
    pub read: HashSet<ArticleId>,
    /// Articles with a star.
    pub starred: HashSet<ArticleId>,
    /// Articles that were removed.
    pub removed: HashSet<ArticleId>,
    /// The first byte of each article that was on the screen.
    pub positions: HashMap<ArticleId, usize>,
    /// The marks in each article.
    pub marks: HashMap<ArticleId, Marks>,
    /// The articles with each tag.
    pub tags: BTreeMap<String, BTreeSet<ArticleId>>,
    /// Corrections of speakers.
    pub corrections: HashMap<ArticleId, Corrections>,
    /// Quotations that the user keeps.
    pub clippings: BTreeMap<ClippingId, Clipping>,
    /// Saved searches, names and queries, in the order in which they were first saved.
    pub searches: Vec<(String, String)>,
    /// What was searched for, the latest last.
    pub searched: Vec<String>,
    /// Settings that outlive the program.
    pub settings: BTreeMap<String, String>,
}

impl UserState {
    /// What the user did with an article.
    pub fn flags(&self, id: ArticleId) -> ArticleFlags {
        ArticleFlags {
            read: self.read.contains(&id),
            starred: self.starred.contains(&id),
            removed: self.removed.contains(&id),
            position: self.positions.get(&id).copied(),
        }
    }

    /// The articles with a tag that has words that begin so (folded); one with several such tags comes several times.
    pub fn tagged(&self, words: &str) -> impl Iterator<Item = ArticleId> {
        let needle = Needle::word(words);
        let is_meant = move |tag: &str| needle.first_in(&fold(tag)).is_some();
        self.tags.iter().filter(move |(tag, _)| is_meant(tag)).flat_map(|(_, tagged)| tagged.iter().copied())
    }

    /// Whether the user did this with an article.
    pub fn is(&self, id: ArticleId, state: State) -> bool {
        match state {
            State::Read => self.read.contains(&id),
            State::Unread => !self.read.contains(&id),
            State::Starred => self.starred.contains(&id),
            State::Removed => self.removed.contains(&id),
        }
    }

    /// The tags of an article, in order.
    pub fn tags(&self, id: ArticleId) -> impl Iterator<Item = &str> {
        self.tags.iter().filter(move |(_, tagged)| tagged.contains(&id)).map(|(tag, _)| tag.as_str())
    }

    /// The articles with which the user did anything.
    pub fn articles(&self) -> BTreeSet<ArticleId> {
        let flagged = self.read.iter().chain(&self.starred).chain(&self.removed).chain(self.positions.keys());
        let tagged = self.tags.values().flatten();
        let clipped = self.clippings.values().map(|clipping| &clipping.article);
        let about_words = self.corrections.keys().chain(self.marks.keys()).chain(clipped);
        flagged.chain(tagged).chain(about_words).copied().collect()
    }

    /// The clippings from an article.
    pub fn clippings_of(&self, article: ArticleId) -> impl Iterator<Item = (ClippingId, &Clipping)> {
        let of_it = self.clippings.iter().filter(move |(_, clipping)| clipping.article == article);
        of_it.map(|(&id, clipping)| (id, clipping))
    }

    /// The clipping of the quotation whose words start at this byte of an article.
    pub fn clipping_at(&self, article: ArticleId, start: usize) -> Option<(ClippingId, &Clipping)> {
        self.clippings_of(article).find(|(_, clipping)| clipping.start == Some(start))
    }

    /// Notes when a clipping was kept, once that is known.
    pub fn note_kept(&mut self, id: ClippingId, kept: Option<i64>) {
        if let Some(clipping) = self.clippings.get_mut(&id) {
            clipping.kept = clipping.kept.or(kept);
        }
    }

    /// The query of the search that is saved under this name.
    pub fn search(&self, name: &str) -> Option<&str> {
        self.searches.iter().find(|(known, _)| known == name).map(|(_, query)| query.as_str())
    }

    /// Applies an action.
    pub fn apply(&mut self, action: &UserAction) {
        match action.clone() {
            UserAction::Read { article, read } => put(&mut self.read, article, read),
            UserAction::Starred { article, starred } => put(&mut self.starred, article, starred),
            UserAction::Removed { article, removed } => put(&mut self.removed, article, removed),
            UserAction::Position { article, offset } => {
                self.positions.insert(article, offset);
            }
            UserAction::Mark { article, letter, offset } => self.set_mark(article, letter, offset),
            UserAction::Tagged { article, tag, tagged: true } => {
                self.tags.entry(tag).or_default().insert(article);
            }
            UserAction::Tagged { article, tag, tagged: false } => {
                if let Some(tagged) = self.tags.get_mut(&tag) {
                    tagged.remove(&article);
                    if tagged.is_empty() {
                        self.tags.remove(&tag);
                    }
                }
            }
            UserAction::Corrected { article, start, after, .. } => {
                let corrections = self.corrections.entry(article).or_default();
                match after {
                    Some(correction) => corrections.insert(start, correction),
                    None => corrections.remove(&start),
                };
                if corrections.is_empty() {
                    self.corrections.remove(&article);
                }
            }
            UserAction::Clipped { id, after: Some(clipping), .. } => {
                self.clippings.insert(id, *clipping);
            }
            UserAction::Clipped { id, after: None, .. } => {
                self.clippings.remove(&id);
            }
            UserAction::SavedSearch { name, after, .. } => self.save_search(name, after),
            UserAction::Searched(query) => {
                self.searched.retain(|known| *known != query);
                self.searched.push(query);
            }
            UserAction::Setting { name, value } => {
                self.settings.insert(name, value);
            }
            UserAction::Linked { .. }
            | UserAction::FeedRenamed { .. }
            | UserAction::FeedPaused { .. }
            | UserAction::FeedSet { .. }
            | UserAction::Subscribed { .. } => {}
        }
    }

    fn set_mark(&mut self, article: ArticleId, letter: char, offset: Option<usize>) {
        let marks = self.marks.entry(article).or_default();
        match offset {
            Some(offset) => marks.insert(letter, offset),
            None => marks.remove(&letter),
        };
        if marks.is_empty() {
            self.marks.remove(&article);
        }
    }

    fn save_search(&mut self, name: String, query: Option<String>) {
        let at = self.searches.iter().position(|(known, _)| *known == name);
        match (at, query) {
            (Some(at), Some(query)) => self.searches[at].1 = query,
            (Some(at), None) => drop(self.searches.remove(at)),
            (None, Some(query)) => self.searches.push((name, query)),
            (None, None) => {}
        }
    }

    /// The action as it would change this state, with the value before it; `None` where it would change nothing. What this
    /// state does not hold (feeds, links) comes back as it is.
    pub fn change(&self, action: &UserAction) -> Option<UserAction> {
        let is_change = match action {
            UserAction::Read { article, read } => self.read.contains(article) != *read,
            UserAction::Starred { article, starred } => self.starred.contains(article) != *starred,
            UserAction::Removed { article, removed } => self.removed.contains(article) != *removed,
            UserAction::Position { article, offset } => self.positions.get(article) != Some(offset),
            UserAction::Mark { article, letter, offset } => {
                self.marks.get(article).and_then(|marks| marks.get(letter)) != offset.as_ref()
            }
            UserAction::Tagged { article, tag, tagged } => {
                self.tags.get(tag).is_some_and(|tags| tags.contains(article)) != *tagged
            }
            UserAction::Corrected { article, start, after, .. } => {
                let before = self.corrections.get(article).and_then(|all| all.get(start)).cloned();
                let (article, start, after) = (*article, *start, after.clone());
                return Some(UserAction::Corrected { article, start, before, after }).filter(UserAction::is_change);
            }
            UserAction::Clipped { id, article, after, .. } => {
                let (id, article, mut after) = (*id, *article, after.clone());
                let before = self.clippings.get(&id).cloned().map(Box::new);
                if let (Some(before), Some(after)) = (&before, &mut after) {
                    // When it was kept does not change.
                    after.kept = before.kept.or(after.kept);
                }
                return Some(UserAction::Clipped { id, article, before, after }).filter(UserAction::is_change);
            }
            UserAction::SavedSearch { name, after, .. } => {
                let (before, name, after) = (self.search(name).map(str::to_owned), name.clone(), after.clone());
                return Some(UserAction::SavedSearch { name, before, after }).filter(UserAction::is_change);
            }
            _ => true,
        };
        is_change.then(|| action.clone())
    }

    /// This state with a later one on top, of what was done since.
    #[must_use]
    pub fn with(mut self, later: Self) -> Self {
        self.read.extend(later.read);
        self.starred.extend(later.starred);
        self.removed.extend(later.removed);
        self.positions.extend(later.positions);
        for (article, marks) in later.marks {
            self.marks.entry(article).or_default().extend(marks);
        }
        for (tag, tagged) in later.tags {
            self.tags.entry(tag).or_default().extend(tagged);
        }
        self.corrections.extend(later.corrections);
        self.clippings.extend(later.clippings);
        for (name, query) in later.searches {
            self.save_search(name, Some(query));
        }
        self.searched.extend(later.searched);
        self.settings.extend(later.settings);
        self
    }
}

/// Adds an item to a set, or removes it.
fn put<T: Eq + Hash>(set: &mut HashSet<T>, what: T, is_in: bool) {
    if is_in {
        set.insert(what);
    } else {
        set.remove(&what);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn inverse_of_a_change_restores_the_state() {
        let article = ArticleId(3);
        let speaker = |name: &str| Some(SpeakerCorrection::Speaker(name.to_owned()));
        let mut state = UserState::default();
        for action in [
            UserAction::Read { article, read: true },
            UserAction::Starred { article, starred: true },
            UserAction::Starred { article, starred: false },
            UserAction::Tagged { article, tag: "bridge".to_owned(), tagged: true },
            UserAction::Removed { article, removed: true },
            UserAction::Corrected { article, start: 5, before: None, after: speaker("Ann Lee") },
            UserAction::Corrected { article, start: 5, before: None, after: Some(SpeakerCorrection::NoSpeaker) },
            UserAction::SavedSearch { name: "one".to_owned(), before: None, after: Some("bridge".to_owned()) },
            UserAction::SavedSearch { name: "one".to_owned(), before: None, after: Some("ferry".to_owned()) },
        ] {
            let before = state.clone();
            let change = state.change(&action).unwrap();
            state.apply(&change);
            assert_eq!(state.change(&change), None, "{change:?} holds");
            let after = state.clone();
            state.apply(&change.inverse().unwrap());
            assert_eq!(state, before, "{change:?} is undone");
            state = after;
        }
    }
}
