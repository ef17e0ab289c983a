//! What the reader did: read marks, stars, places.

use std::collections::{HashMap, HashSet};

use super::effect::{Effect, Effects, Remembrance};
use super::jumps::Place;
use crate::article::ArticleId;

/// What the reader did, as long as the program runs; every change is also a `Remember` effect.
#[derive(Debug, Default)]
pub struct Marks {
    read: HashSet<ArticleId>,
    starred: HashSet<ArticleId>,
    places: HashMap<ArticleId, Place>,
    done: Vec<Vec<Change>>,
}

#[derive(Debug, Clone, Copy)]
enum Change {
    Read(ArticleId),
    Starred(ArticleId),
}

impl Marks {
    /// Whether an article counts as read.
    pub fn is_read(&self, id: ArticleId) -> bool {
        self.read.contains(&id)
    }

    /// Whether an article has a star.
    pub fn is_starred(&self, id: ArticleId) -> bool {
        self.starred.contains(&id)
    }

    /// How many articles count as read.
    pub fn read_count(&self) -> usize {
        self.read.len()
    }

    /// Where the reader was in an article.
    pub fn place(&self, id: ArticleId) -> Option<Place> {
        self.places.get(&id).copied()
    }

    /// Marks articles read because they were opened: nothing that one would want to undo.
    pub fn open(&mut self, id: ArticleId) -> Effects {
        if self.read.insert(id) { remember_read(id, true) } else { Effects::default() }
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

    /// Takes the last change back; gives how many marks that touched, 0 if there was none.
    pub fn undo(&mut self) -> (usize, Effects) {
        let Some(changes) = self.done.pop() else { return (0, Effects::default()) };
        let mut effects = Effects::default();
        for &change in &changes {
            effects.append(self.turn(change));
        }
        (changes.len(), effects)
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
        for &change in &changes {
            effects.append(self.turn(change));
        }
        if !changes.is_empty() {
            self.done.push(changes);
        }
        effects
    }

    /// Turns one mark over; doing it twice changes nothing.
    fn turn(&mut self, change: Change) -> Effects {
        match change {
            Change::Read(id) => {
                let read = flip(&mut self.read, id);
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
