//! What the reader did: read marks, stars, places.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use super::effect::{Effect, Remembrance, Tending};
use super::jumps::Place;
use super::owed::Owed;
use crate::article::ArticleId;
use crate::catalog::SourceId;
use crate::quotes::{Corrections, Verdict};

/// What the reader did, as long as the program runs; every change is also a `Remember` effect.
#[derive(Debug, Default)]
pub struct Marks {
    /// Read articles of those that are loaded.
    read: HashSet<ArticleId>,
    /// Read articles that are not loaded.
    elsewhere: HashSet<ArticleId>,
    starred: HashSet<ArticleId>,
    removed: HashSet<ArticleId>,
    /// What is filed under each word.
    tags: BTreeMap<String, BTreeSet<ArticleId>>,
    /// Articles whose read mark was turned over since that was asked last.
    turned: Vec<ArticleId>,
    places: HashMap<ArticleId, Place>,
    corrections: HashMap<ArticleId, Corrections>,
    done: Vec<Vec<Change>>,
    /// What is not kept yet.
    owed: Owed,
}

/// A change of marks. It says how things are to be, not that they are to be turned over: who takes something back means
/// what was before, whatever another program did meanwhile.
#[derive(Debug, Clone)]
enum Change {
    /// Whether the article counts as read.
    Read(ArticleId, bool),
    /// Whether it has a star.
    Starred(ArticleId, bool),
    /// Whether it is taken out.
    Removed(ArticleId, bool),
    /// Whether it is filed under the word.
    Tagged(ArticleId, String, bool),
    /// Change this about a source.
    Tended(SourceId, Tending),
    /// Let a search have this name again.
    Named(String, String),
    /// Let this be the reader's word on a quotation again.
    Corrected(ArticleId, usize, Option<Verdict>),
}

/// What taking a change back did.
#[derive(Debug, Default)]
pub struct Undone {
    /// How many marks that touched; 0 if there was nothing to take back.
    pub marks: usize,
    /// The article in which a correction was taken back.
    pub corrected: Option<ArticleId>,
    /// The articles that were taken out or put back.
    pub removed: Vec<ArticleId>,
    /// Whether something about a source was taken back.
    pub tended: bool,
    /// A search that has its name again, and what it looks for.
    pub named: Option<(String, String)>,
}

impl Marks {
    /// Takes in what the reader did before, or elsewhere, with an article that is loaded or not. Nothing that can be
    /// taken back here.
    pub fn recall(&mut self, what: Remembrance, is_loaded: bool) {
        match what {
            Remembrance::Read { id, read } if is_loaded => self.set_read(id, read),
            Remembrance::Read { id, read } => _ = put(&mut self.elsewhere, id, read),
            Remembrance::Starred { id, starred } => _ = put(&mut self.starred, id, starred),
            Remembrance::Removed { id, removed } => _ = put(&mut self.removed, id, removed),
            Remembrance::Tagged { id, tag, tagged } => self.file(id, tag, tagged),
            Remembrance::Named { .. } | Remembrance::Searched(_) | Remembrance::Lit(_) => {}
            Remembrance::Place { id, offset } => {
                self.places.insert(id, Place { id, top: offset, quotation: None });
            }
            Remembrance::Corrected { id, start, verdict } => self.note_correction(id, start, verdict),
        }
    }

    /// An article is loaded.
    pub fn arrived(&mut self, id: ArticleId) {
        if self.elsewhere.remove(&id) {
            self.read.insert(id);
        }
    }

    /// An article is not loaded any more.
    pub fn departed(&mut self, id: ArticleId) {
        if self.read.remove(&id) {
            self.elsewhere.insert(id);
        }
    }

    /// Whether an article counts as read.
    pub fn is_read(&self, id: ArticleId) -> bool {
        self.read.contains(&id)
    }

    /// Whether an article has a star.
    pub fn is_starred(&self, id: ArticleId) -> bool {
        self.starred.contains(&id)
    }

    /// Whether it is certain that an article will count as read ever after.
    pub fn is_kept_as_read(&self, id: ArticleId) -> bool {
        self.is_read(id) && !self.owed.owes_read(id)
    }

    /// Whether a star of this article, or that it has none any more, is on its way to the disk.
    pub fn owes_star(&self, id: ArticleId) -> bool {
        self.owed.owes_star(id)
    }

    /// Marks are kept.
    pub fn kept(&mut self, marks: &[Remembrance]) {
        for mark in marks {
            self.owed.settle(mark);
        }
    }

    fn remember(&mut self, what: Remembrance) -> Vec<Effect> {
        self.owed.note(&what);
        vec![Effect::Remember(what)]
    }

    /// The articles that have a star, loaded or not.
    pub fn starred(&self) -> impl Iterator<Item = ArticleId> {
        self.starred.iter().copied()
    }

    /// The articles that the reader took out, loaded or not.
    pub fn removed(&self) -> impl Iterator<Item = ArticleId> {
        self.removed.iter().copied()
    }

    /// Whether the reader took an article out.
    pub fn is_removed(&self, id: ArticleId) -> bool {
        self.removed.contains(&id)
    }

    /// The words under which articles are filed, in order, and the articles, loaded or not.
    pub fn tags(&self) -> impl Iterator<Item = (&str, &BTreeSet<ArticleId>)> {
        self.tags.iter().filter(|(_, tagged)| !tagged.is_empty()).map(|(tag, tagged)| (tag.as_str(), tagged))
    }

    /// The words under which an article is filed, in order.
    pub fn tags_of(&self, id: ArticleId) -> impl Iterator<Item = &str> {
        self.tags().filter(move |(_, tagged)| tagged.contains(&id)).map(|(tag, _)| tag)
    }

    /// The articles whose read mark was turned over since this was asked last.
    pub(super) fn take_turned(&mut self) -> Vec<ArticleId> {
        std::mem::take(&mut self.turned)
    }

    /// How many of the loaded articles count as read.
    pub fn read_count(&self) -> usize {
        self.read.len()
    }

    /// Where the reader was in an article.
    pub fn place(&self, id: ArticleId) -> Option<Place> {
        self.places.get(&id).copied()
    }

    /// Marks articles read because they were opened: nothing that one would want to undo.
    pub fn open(&mut self, id: ArticleId) -> Vec<Effect> {
        if !self.read.insert(id) {
            return Vec::new();
        }
        self.turned.push(id);
        self.remember(Remembrance::Read { id, read: true })
    }

    /// Turns the read mark of one article over.
    pub fn toggle_read(&mut self, id: ArticleId) -> Vec<Effect> {
        self.apply(vec![Change::Read(id, !self.is_read(id))])
    }

    /// Marks these articles read; gives how many were not.
    pub fn read_all(&mut self, ids: impl Iterator<Item = ArticleId>) -> (usize, Vec<Effect>) {
        let changes: Vec<_> = ids.filter(|id| !self.read.contains(id)).map(|id| Change::Read(id, true)).collect();
        (changes.len(), self.apply(changes))
    }

    /// Gives a star, or takes it away.
    pub fn toggle_star(&mut self, id: ArticleId) -> Vec<Effect> {
        self.apply(vec![Change::Starred(id, !self.is_starred(id))])
    }

    /// Takes an article out, or puts it back.
    pub fn toggle_removed(&mut self, id: ArticleId) -> Vec<Effect> {
        self.apply(vec![Change::Removed(id, !self.is_removed(id))])
    }

    /// Files an article under a word, or not any more.
    pub fn toggle_tag(&mut self, id: ArticleId, tag: &str) -> Vec<Effect> {
        let is_filed = self.tags.get(tag).is_some_and(|tagged| tagged.contains(&id));
        self.apply(vec![Change::Tagged(id, tag.to_owned(), !is_filed)])
    }

    /// What the reader said of the quotations of an article.
    pub fn corrections(&self, id: ArticleId) -> Option<&Corrections> {
        self.corrections.get(&id).filter(|corrections| !corrections.is_empty())
    }

    /// Notes who spoke the quotation whose words start at byte `start`.
    pub fn correct(&mut self, id: ArticleId, start: usize, verdict: Verdict) -> Vec<Effect> {
        let before = self.corrections.get(&id).and_then(|corrections| corrections.get(&start)).cloned();
        self.done.push(vec![Change::Corrected(id, start, before)]);
        self.turn(&Change::Corrected(id, start, Some(verdict)))
    }

    /// A source was added: that can be taken back.
    pub fn note_source(&mut self, id: SourceId) {
        self.done.push(vec![Change::Tended(id, Tending::Remove)]);
    }

    /// Changes something about a source; `back` takes that back.
    pub fn tend(&mut self, id: SourceId, how: Tending, back: Tending) -> Vec<Effect> {
        self.done.push(vec![Change::Tended(id, back)]);
        vec![Effect::Tend { id, how }]
    }

    /// Notes that a search is about to lose its name, so that this can be taken back.
    pub fn note_search(&mut self, name: String, query: String) {
        self.done.push(vec![Change::Named(name, query)]);
    }

    /// Takes the last change back.
    pub fn undo(&mut self) -> (Undone, Vec<Effect>) {
        let changes = self.done.pop().unwrap_or_default();
        let mut undone = Undone { marks: changes.len(), ..Undone::default() };
        let mut effects = Vec::new();
        for change in &changes {
            match change {
                Change::Corrected(id, ..) => undone.corrected = Some(*id),
                Change::Removed(id, _) => undone.removed.push(*id),
                Change::Tended(..) => undone.tended = true,
                Change::Named(name, query) => undone.named = Some((name.clone(), query.clone())),
                _ => {}
            }
            effects.extend(self.turn(change));
        }
        (undone, effects)
    }

    /// Notes how far an article was read.
    pub fn leave(&mut self, place: Place) -> Vec<Effect> {
        if self.places.insert(place.id, place) == Some(place) {
            return Vec::new();
        }
        vec![Effect::Remember(Remembrance::Place { id: place.id, offset: place.top })]
    }

    /// Makes changes, each of which does change something.
    fn apply(&mut self, changes: Vec<Change>) -> Vec<Effect> {
        let mut effects = Vec::new();
        for change in &changes {
            effects.extend(self.turn(change));
        }
        if !changes.is_empty() {
            self.done.push(changes.into_iter().map(Change::reversed).collect());
        }
        effects
    }

    fn set_read(&mut self, id: ArticleId, read: bool) {
        if put(&mut self.read, id, read) {
            self.turned.push(id);
        }
    }

    fn file(&mut self, id: ArticleId, tag: String, is_filed: bool) {
        let filed = self.tags.entry(tag).or_default();
        if is_filed {
            filed.insert(id)
        } else {
            filed.remove(&id)
        };
    }

    fn note_correction(&mut self, id: ArticleId, start: usize, verdict: Option<Verdict>) {
        let corrections = self.corrections.entry(id).or_default();
        match verdict {
            Some(verdict) => corrections.insert(start, verdict),
            None => corrections.remove(&start),
        };
    }

    /// Does what a change says.
    fn turn(&mut self, change: &Change) -> Vec<Effect> {
        match *change {
            Change::Corrected(id, start, ref verdict) => {
                self.note_correction(id, start, verdict.clone());
                vec![Effect::Remember(Remembrance::Corrected { id, start, verdict: verdict.clone() })]
            }
            Change::Tended(id, ref how) => vec![Effect::Tend { id, how: how.clone() }],
            Change::Named(ref name, ref query) => {
                vec![Effect::Remember(Remembrance::Named { name: name.clone(), query: Some(query.clone()) })]
            }
            Change::Removed(id, removed) => {
                put(&mut self.removed, id, removed);
                vec![Effect::Remember(Remembrance::Removed { id, removed })]
            }
            Change::Tagged(id, ref tag, tagged) => {
                self.file(id, tag.clone(), tagged);
                vec![Effect::Remember(Remembrance::Tagged { id, tag: tag.clone(), tagged })]
            }
            Change::Read(id, read) => {
                self.set_read(id, read);
                self.remember(Remembrance::Read { id, read })
            }
            Change::Starred(id, starred) => {
                put(&mut self.starred, id, starred);
                self.remember(Remembrance::Starred { id, starred })
            }
        }
    }
}

impl Change {
    /// What takes it back.
    fn reversed(self) -> Self {
        match self {
            Self::Read(id, read) => Self::Read(id, !read),
            Self::Starred(id, starred) => Self::Starred(id, !starred),
            Self::Removed(id, removed) => Self::Removed(id, !removed),
            Self::Tagged(id, tag, tagged) => Self::Tagged(id, tag, !tagged),
            // These are noted with what takes them back.
            Self::Tended(..) | Self::Named(..) | Self::Corrected(..) => self,
        }
    }
}

/// Puts `id` in or takes it out; gives whether that changed anything.
fn put(set: &mut HashSet<ArticleId>, id: ArticleId, is_in: bool) -> bool {
    if is_in { set.insert(id) } else { set.remove(&id) }
}
