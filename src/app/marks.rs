//! What the reader did: read marks, stars, places.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use super::effect::{Effect, Effects, Remembrance, Tending};
use super::jumps::Place;
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
}

/// A change of marks; doing what it says takes it back.
#[derive(Debug, Clone)]
enum Change {
    /// Turn the read mark over.
    Read(ArticleId),
    /// Turn the star over.
    Starred(ArticleId),
    /// Take the article out, or put it back.
    Removed(ArticleId),
    /// File the article under the word, or not any more.
    Tagged(ArticleId, String),
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
    /// Takes in what the reader did before.
    pub fn recall(&mut self, all: Vec<Remembrance>) {
        for what in all {
            match what {
                Remembrance::Read { id, read: true } => drop(self.elsewhere.insert(id)),
                Remembrance::Read { id, read: false } => drop(self.elsewhere.remove(&id)),
                Remembrance::Starred { id, starred: true } => drop(self.starred.insert(id)),
                Remembrance::Starred { id, starred: false } => drop(self.starred.remove(&id)),
                Remembrance::Removed { id, removed: true } => drop(self.removed.insert(id)),
                Remembrance::Removed { id, removed: false } => drop(self.removed.remove(&id)),
                Remembrance::Tagged { id, tag, tagged: true } => drop(self.tags.entry(tag).or_default().insert(id)),
                Remembrance::Tagged { id, tag, tagged: false } => {
                    if let Some(tagged) = self.tags.get_mut(&tag) {
                        tagged.remove(&id);
                    }
                }
                Remembrance::Named { .. } | Remembrance::Searched(_) | Remembrance::Lit(_) => {}
                Remembrance::Place { id, offset } => {
                    self.places.insert(id, Place { id, top: offset, quotation: None });
                }
                Remembrance::Corrected { id, start, verdict } => {
                    let corrections = self.corrections.entry(id).or_default();
                    match verdict {
                        Some(verdict) => corrections.insert(start, verdict),
                        None => corrections.remove(&start),
                    };
                }
            }
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

    /// The articles that have a star, loaded or not.
    pub fn starred(&self) -> impl Iterator<Item = ArticleId> {
        self.starred.iter().copied()
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
    pub fn open(&mut self, id: ArticleId) -> Effects {
        if !self.read.insert(id) {
            return Effects::default();
        }
        self.turned.push(id);
        remember_read(id, true)
    }

    /// Turns the read mark of one article over.
    pub fn toggle_read(&mut self, id: ArticleId) -> Effects {
        self.apply(vec![Change::Read(id)])
    }

    /// Marks these articles read; gives how many were not.
    pub fn read_all(&mut self, ids: impl Iterator<Item = ArticleId>) -> (usize, Effects) {
        let changes: Vec<_> = ids.filter(|id| !self.read.contains(id)).map(Change::Read).collect();
        (changes.len(), self.apply(changes))
    }

    /// Gives a star, or takes it away.
    pub fn toggle_star(&mut self, id: ArticleId) -> Effects {
        self.apply(vec![Change::Starred(id)])
    }

    /// Takes an article out, or puts it back.
    pub fn toggle_removed(&mut self, id: ArticleId) -> Effects {
        self.apply(vec![Change::Removed(id)])
    }

    /// Files an article under a word, or not any more.
    pub fn toggle_tag(&mut self, id: ArticleId, tag: &str) -> Effects {
        self.apply(vec![Change::Tagged(id, tag.to_owned())])
    }

    /// What the reader said of the quotations of an article.
    pub fn corrections(&self, id: ArticleId) -> Option<&Corrections> {
        self.corrections.get(&id).filter(|corrections| !corrections.is_empty())
    }

    /// Notes who spoke the quotation whose words start at byte `start`.
    pub fn correct(&mut self, id: ArticleId, start: usize, verdict: Verdict) -> Effects {
        let before = self.corrections.get(&id).and_then(|corrections| corrections.get(&start)).cloned();
        self.done.push(vec![Change::Corrected(id, start, before)]);
        self.turn(&Change::Corrected(id, start, Some(verdict)))
    }

    /// A source was added: that can be taken back.
    pub fn note_source(&mut self, id: SourceId) {
        self.done.push(vec![Change::Tended(id, Tending::Remove)]);
    }

    /// Changes something about a source; `back` takes that back.
    pub fn tend(&mut self, id: SourceId, how: Tending, back: Tending) -> Effects {
        self.done.push(vec![Change::Tended(id, back)]);
        Effect::Tend { id, how }.into()
    }

    /// Notes that a search is about to lose its name, so that this can be taken back.
    pub fn note_search(&mut self, name: String, query: String) {
        self.done.push(vec![Change::Named(name, query)]);
    }

    /// Takes the last change back.
    pub fn undo(&mut self) -> (Undone, Effects) {
        let changes = self.done.pop().unwrap_or_default();
        let mut undone = Undone { marks: changes.len(), ..Undone::default() };
        let mut effects = Effects::default();
        for change in &changes {
            match change {
                Change::Corrected(id, ..) => undone.corrected = Some(*id),
                Change::Removed(id) => undone.removed.push(*id),
                Change::Tended(..) => undone.tended = true,
                Change::Named(name, query) => undone.named = Some((name.clone(), query.clone())),
                _ => {}
            }
            effects.append(self.turn(change));
        }
        (undone, effects)
    }

    /// Notes how far an article was read.
    pub fn leave(&mut self, place: Place) -> Effects {
        if self.places.insert(place.id, place) == Some(place) {
            return Effects::default();
        }
        Effect::Remember(Remembrance::Place { id: place.id, offset: place.top }).into()
    }

    fn apply(&mut self, changes: Vec<Change>) -> Effects {
        let mut effects = Effects::default();
        for change in &changes {
            effects.append(self.turn(change));
        }
        if !changes.is_empty() {
            self.done.push(changes);
        }
        effects
    }

    /// Does what a change says.
    fn turn(&mut self, change: &Change) -> Effects {
        match *change {
            Change::Corrected(id, start, ref verdict) => {
                let corrections = self.corrections.entry(id).or_default();
                match verdict.clone() {
                    Some(verdict) => corrections.insert(start, verdict),
                    None => corrections.remove(&start),
                };
                Effect::Remember(Remembrance::Corrected { id, start, verdict: verdict.clone() }).into()
            }
            Change::Tended(id, ref how) => Effect::Tend { id, how: how.clone() }.into(),
            Change::Named(ref name, ref query) => {
                Effect::Remember(Remembrance::Named { name: name.clone(), query: Some(query.clone()) }).into()
            }
            Change::Removed(id) => {
                let removed = flip(&mut self.removed, id);
                Effect::Remember(Remembrance::Removed { id, removed }).into()
            }
            Change::Tagged(id, ref tag) => {
                let tagged = self.tags.entry(tag.clone()).or_default();
                let is_new = tagged.insert(id);
                if !is_new {
                    tagged.remove(&id);
                }
                Effect::Remember(Remembrance::Tagged { id, tag: tag.clone(), tagged: is_new }).into()
            }
            Change::Read(id) => {
                let read = flip(&mut self.read, id);
                self.turned.push(id);
                remember_read(id, read)
            }
            Change::Starred(id) => {
                let starred = flip(&mut self.starred, id);
                Effect::Remember(Remembrance::Starred { id, starred }).into()
            }
        }
    }
}

/// Puts `id` in or takes it out; gives whether it is in now.
fn flip(set: &mut HashSet<ArticleId>, id: ArticleId) -> bool {
    let absent = set.insert(id);
    if !absent {
        set.remove(&id);
    }
    absent
}

fn remember_read(id: ArticleId, read: bool) -> Effects {
    Effect::Remember(Remembrance::Read { id, read }).into()
}
