//! Entities: the persons and organizations that mentions mean.

use std::borrow::Cow;

use crate::quotes::affiliation::Affiliation;
use crate::quotes::mentions::{Gender, Kind, Mention};

/// One person or organization, or a description of one.
#[derive(Debug, Clone)]
pub(crate) struct Entity<'a> {
    pub name: Cow<'a, str>,
    pub kind: Kind,
    pub gender: Gender,
    pub plural: bool,
    /// Whether it has a name of its own.
    pub named: bool,
    /// Roles and descriptions in the article's words, in order, each once.
    pub roles: Vec<Cow<'a, str>>,
    /// The words of roles and descriptions, normalized by `roles::normal_words`.
    pub descriptors: Vec<Cow<'a, str>>,
    /// For whom it holds its roles.
    pub affiliations: Vec<Affiliation<'a>>,
    /// Other ways in which it is named.
    pub aliases: Vec<&'a str>,
    /// How many mentions it has; which, [`MentionChains`] says.
    pub mentions: usize,
    first_mention: usize,
    last_mention: usize,
    /// How many quotations it has spoken so far.
    pub spoken: usize,
    /// For a paper: who issued it.
    pub author: Option<usize>,
}

impl<'a> Entity<'a> {
    pub fn new(name: Cow<'a, str>, mention: &Mention, named: bool) -> Self {
        Self {
            name,
            kind: mention.kind,
            gender: mention.gender,
            plural: mention.plural,
            named,
            roles: Vec::new(),
            descriptors: Vec::new(),
            affiliations: Vec::new(),
            aliases: Vec::new(),
            mentions: 0,
            first_mention: 0,
            last_mention: 0,
            spoken: 0,
            author: None,
        }
    }

    /// The age that the article states: "Doe, 34," or "the 34-year-old baker Doe".
    pub fn age(&self) -> Option<u8> {
        self.descriptors.iter().find_map(|d| d.parse().ok().filter(|age| (1..=120).contains(age)))
    }
}

/// The mentions of all entities in one list: each leads to the next one of its entity.
#[derive(Debug, Default)]
pub(crate) struct MentionChains(Vec<usize>);

impl MentionChains {
    /// For so many mentions.
    pub fn new(mentions: usize) -> Self {
        Self(vec![0; mentions])
    }

    /// Adds a mention to those of an entity.
    pub fn push(&mut self, entity: &mut Entity<'_>, mention: usize) {
        if entity.mentions == 0 {
            entity.first_mention = mention;
        } else if let Some(next) = self.0.get_mut(entity.last_mention) {
            *next = mention;
        }
        entity.last_mention = mention;
        entity.mentions += 1;
    }

    /// The mentions of an entity in the order in which they were added.
    pub fn of(&self, entity: &Entity<'_>) -> impl Iterator<Item = usize> {
        let next = |&mention: &usize| self.0.get(mention).copied();
        std::iter::successors(Some(entity.first_mention), next).take(entity.mentions)
    }
}
