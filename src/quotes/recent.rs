//! Recent mentions: which entities were mentioned lately, where and how, and by which roles and words they are known.

use std::borrow::Cow;

use foldhash::HashMap;

use crate::quotes::mentions::{Mention, Part};

/// Where and how an entity was last mentioned.
#[derive(Debug, Clone, Copy)]
pub(crate) struct LastMention {
    pub sentence: u32,
    pub paragraph: u32,
    pub part: Part,
    pub main: bool,
    pub owner: bool,
    pub pronoun: bool,
}

impl LastMention {
    pub fn new(mention: &Mention) -> Self {
        Self {
            sentence: mention.sentence as u32,
            paragraph: mention.paragraph as u32,
            part: mention.part,
            main: mention.main,
            owner: mention.possessive,
            pronoun: mention.kind.is_pronoun(),
        }
    }
}

/// The entities that were mentioned lately.
#[derive(Debug, Default)]
pub(crate) struct Recent<'a> {
    /// Entity, its last mention, and its last mention as a subject; the latest entity last.
    pub all: Vec<(usize, LastMention, Option<LastMention>)>,
    /// Who has had a role that ends in this word, the first of them.
    pub by_role: HashMap<Cow<'a, str>, Vec<usize>>,
    /// The named organizations whose name has this word, the first of them.
    pub by_word: HashMap<Cow<'a, str>, Vec<usize>>,
    /// Who spoke last.
    pub speaker: Option<usize>,
    /// The last question: who asked it, in which sentence, and the mention of whom it was put to.
    pub question: Option<Question>,
}

/// "Doe asked Roe whether …".
#[derive(Debug, Clone, Copy)]
pub(crate) struct Question {
    pub asker: usize,
    pub asked: Option<usize>,
    pub sentence: usize,
}

/// How many entities are remembered.
pub(crate) const MEMORY: usize = 24;

impl<'a> Recent<'a> {
    /// Notes that a named entity has a role.
    pub fn note_role(&mut self, head: Cow<'a, str>, entity: usize) {
        const MOST: usize = 8;
        note_word(&mut self.by_role, head, entity, MOST);
    }

    /// Notes that the name of an organization has a word.
    pub fn note_organization(&mut self, word: Cow<'a, str>, entity: usize) {
        const MOST: usize = 4;
        note_word(&mut self.by_word, word, entity, MOST);
    }

    /// Notes that an entity was mentioned.
    pub fn note(&mut self, entity: usize, seen: LastMention) {
        let mut subject = (seen.part == Part::Subject).then_some(seen);
        if let Some(at) = self.all.iter().rposition(|r| r.0 == entity) {
            let before = self.all.remove(at);
            // "Doe, who was ill, said she …": she is the subject of the whole sentence still.
            if let (Some(now), Some(first)) = (&mut subject, before.2) {
                now.main |= first.main && first.sentence == now.sentence;
            }
            subject = subject.or(before.2);
        } else if self.all.len() >= MEMORY {
            self.all.remove(0);
        }
        self.all.push((entity, seen, subject));
    }
}

/// Adds an entity to those that are known by a word, unless they are `most` already.
fn note_word<'a>(by_word: &mut HashMap<Cow<'a, str>, Vec<usize>>, word: Cow<'a, str>, entity: usize, most: usize) {
    let known = by_word.entry(word).or_default();
    if known.len() < most && !known.contains(&entity) {
        known.push(entity);
    }
}
