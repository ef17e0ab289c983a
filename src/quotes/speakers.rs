//! Speakers: which mentions mean the same person or body.

use std::collections::HashMap;

use crate::quotes::attribution::Choice;
use crate::quotes::mentions::{Gender, Kind, Mention, Mentions, Part};
use crate::quotes::names::{self, NameTable};
use crate::quotes::tokens::Reading;

/// One person or body, or a description of one.
#[derive(Debug, Clone)]
pub(crate) struct Entity {
    pub name: String,
    pub kind: Kind,
    pub gender: Gender,
    pub plural: bool,
    /// Roles and descriptions in the article's words, in order, each once.
    pub roles: Vec<String>,
    /// Other ways in which it is named.
    pub aliases: Vec<String>,
    pub mentions: Vec<usize>,
}

/// All entities, and which of them each mention means.
#[derive(Debug, Default)]
pub(crate) struct Cast {
    pub entities: Vec<Entity>,
    pub of_mention: Vec<Option<usize>>,
}

/// Works out whom every mention means.
pub(crate) fn resolve(reading: &Reading<'_>, mentions: &Mentions, choices: &[Option<Choice>]) -> Cast {
    let mut resolver = Resolver {
        reading,
        mentions: &mentions.all,
        names: NameTable::new(reading, mentions),
        cast: Cast { entities: Vec::new(), of_mention: vec![None; mentions.all.len()] },
        described: HashMap::new(),
        recent: Vec::new(),
        speaker: None,
    };
    resolver.cast.entities = resolver.names.entities();
    let mut spoken = choices.iter().enumerate().filter_map(|(run, c)| {
        let token = reading.token_of_run[run]?;
        Some((token, c.as_ref()?.mention?))
    });
    let mut next_spoken = spoken.next();
    for index in 0..mentions.all.len() {
        // A quotation that is over by now makes its speaker the last who spoke.
        while let Some((token, mention)) = next_spoken.filter(|(t, m)| *t < mentions.all[index].first && *m < index) {
            let _ = token;
            resolver.speaker = resolver.cast.of_mention[mention].or(resolver.speaker);
            next_spoken = spoken.next();
        }
        resolver.resolve_mention(index);
    }
    resolver.cast
}

struct Resolver<'r, 'a> {
    reading: &'r Reading<'a>,
    mentions: &'r [Mention],
    names: NameTable,
    cast: Cast,
    /// Described speakers by their words.
    described: HashMap<String, usize>,
    /// Entities in order of their last mention, the latest last, with that mention.
    recent: Vec<(usize, usize)>,
    /// Who spoke last.
    speaker: Option<usize>,
}

/// How many entities back a pronoun looks.
const MEMORY: usize = 14;

impl Resolver<'_, '_> {
    fn resolve_mention(&mut self, index: usize) {
        let mention = &self.mentions[index];
        let entity = match mention.kind {
            Kind::Person | Kind::Body | Kind::Place | Kind::Name => self.names.entity_of(index, &self.cast.entities),
            Kind::NounPerson | Kind::NounGroup | Kind::NounBody | Kind::NounDocument | Kind::Noun => self.noun(index),
            Kind::He | Kind::She | Kind::They | Kind::It => self.pronoun(index),
            Kind::Who => mention.antecedent.and_then(|a| self.cast.of_mention[a]),
            Kind::First => None,
            Kind::Some => Some(self.describe(index)),
        };
        if let Some(entity) = entity {
            self.note(index, entity);
        }
    }

    fn note(&mut self, index: usize, entity: usize) {
        self.cast.of_mention[index] = Some(entity);
        let mention = &self.mentions[index];
        let known = &mut self.cast.entities[entity];
        known.mentions.push(index);
        if known.gender == Gender::Unknown {
            known.gender = mention.gender;
        }
        if let Some((first, last)) = mention.role
            && (mention.name.is_some() || mention.beside.is_some())
        {
            let role = names::words(self.reading, first, last);
            if !known.roles.contains(&role) && known.roles.len() < 8 {
                known.roles.push(role);
            }
        }
        if mention.kind.is_noun() || mention.kind.is_name() {
            let alias = mention.span.of(self.reading.text);
            if known.aliases.len() < 12 && alias != known.name && !known.aliases.iter().any(|a| a == alias) {
                known.aliases.push(alias.to_owned());
            }
        }
        if let Some(at) = self.recent.iter().position(|r| r.0 == entity) {
            self.recent.remove(at);
        } else if self.recent.len() >= MEMORY {
            self.recent.remove(0);
        }
        self.recent.push((entity, index));
    }

    fn noun(&mut self, index: usize) -> Option<usize> {
        let mention = &self.mentions[index];
        if let Some(beside) = mention.beside
            && let Some(entity) = self.cast.of_mention[beside]
        {
            return Some(entity);
        }
        // "The spokesman, Dmitry Peskov,": the name comes after.
        if let Some(next) = self.mentions.get(index + 1)
            && next.beside == Some(index)
            && next.name.is_some()
        {
            return self.names.entity_of(index + 1, &self.cast.entities);
        }
        match mention.kind {
            Kind::NounPerson if mention.definite && mention.owner.is_none() => {
                self.by_role(index).or_else(|| self.salient(index)).or_else(|| Some(self.describe(index)))
            }
            Kind::NounBody if mention.definite && mention.owner.is_none() && self.is_bare(index) => {
                self.recent_body(index).or_else(|| Some(self.describe(index)))
            }
            _ => Some(self.describe(index)),
        }
    }

    /// Whether the phrase is one noun with nothing before it but a determiner.
    fn is_bare(&self, index: usize) -> bool {
        self.mentions[index].role.is_some_and(|(first, last)| first == last)
    }

    fn recent_body(&self, index: usize) -> Option<usize> {
        let _ = index;
        self.recent.iter().rev().map(|r| r.0).find(|&e| self.cast.entities[e].kind == Kind::Body)
    }

    /// "The Kremlin spokesman": whoever was given a role that ends in the same word, the more words agree the better.
    fn by_role(&self, index: usize) -> Option<usize> {
        let (first, last) = self.mentions[index].role?;
        let words: Vec<String> = names::words(self.reading, first, last).split(' ').map(str::to_lowercase).collect();
        let head = words.last()?;
        let gender = self.mentions[index].gender;
        let mut best: Option<(usize, usize)> = None;
        for &(entity, _) in self.recent.iter().rev() {
            let known = &self.cast.entities[entity];
            if known.plural || !matches!(known.kind, Kind::Person | Kind::Name) || !agrees(known.gender, gender) {
                continue;
            }
            for role in &known.roles {
                let role = role.to_lowercase();
                if !names::same_role_head(role.rsplit(' ').next().unwrap_or(""), head) {
                    continue;
                }
                let shared = words.iter().filter(|w| role.split(' ').any(|r| r == w.as_str())).count();
                if best.is_none_or(|b| shared > b.1) {
                    best = Some((entity, shared));
                }
            }
        }
        best.map(|b| b.0)
    }

    /// A definite person without a known role: the most salient one, as for a pronoun.
    fn salient(&self, index: usize) -> Option<usize> {
        self.best_antecedent(index, self.mentions[index].gender)
    }

    fn pronoun(&self, index: usize) -> Option<usize> {
        match self.mentions[index].kind {
            Kind::He => self.best_antecedent(index, Gender::Man),
            Kind::She => self.best_antecedent(index, Gender::Woman),
            Kind::It => self
                .recent
                .iter()
                .rev()
                .map(|r| r.0)
                .find(|&e| matches!(self.cast.entities[e].kind, Kind::Body | Kind::NounBody | Kind::NounDocument)),
            _ => self.recent.iter().rev().map(|r| r.0).find(|&e| {
                let known = &self.cast.entities[e];
                known.plural || matches!(known.kind, Kind::Body | Kind::NounBody | Kind::NounGroup)
            }),
        }
    }

    fn best_antecedent(&self, index: usize, gender: Gender) -> Option<usize> {
        let mention = &self.mentions[index];
        let mut best: Option<(f32, usize)> = None;
        for (rank, &(entity, last)) in self.recent.iter().rev().enumerate() {
            let known = &self.cast.entities[entity];
            if known.plural
                || !agrees(known.gender, gender)
                || !matches!(known.kind, Kind::Person | Kind::Name | Kind::NounPerson)
            {
                continue;
            }
            let seen = &self.mentions[last];
            let mut score = -0.5 * rank as f32;
            score += match mention.sentence - seen.sentence {
                0 => 2.0,
                1 => 1.5,
                2 => 0.5,
                _ => 0.0,
            };
            score -= 0.8 * (mention.paragraph - seen.paragraph).min(5) as f32;
            score += match seen.part {
                Part::Subject => 1.5,
                Part::Object | Part::Oblique => -0.5,
                Part::Free => 0.0,
            };
            score += if self.speaker == Some(entity) { 1.5 } else { 0.0 };
            score += if known.gender == Gender::Unknown { -1.0 } else { 0.5 };
            score += if known.kind == Kind::Person { 0.5 } else { 0.0 };
            score += (known.mentions.len() as f32).ln().min(2.0) * 0.4;
            if best.is_none_or(|b| score > b.0) {
                best = Some((score, entity));
            }
        }
        best.map(|b| b.1)
    }

    /// A speaker that has only a description; the same words are the same speaker.
    fn describe(&mut self, index: usize) -> usize {
        let mention = &self.mentions[index];
        let words = match mention.owner.and_then(|o| self.cast.of_mention[o]) {
            Some(owner) => {
                let own = names::words(self.reading, mention.first, mention.last);
                format!("{}’s {own}", self.cast.entities[owner].name)
            }
            None => names::without_capital_article(mention.span.of(self.reading.text)),
        };
        let key = names::without_article(&words).to_lowercase();
        if let Some(&entity) = self.described.get(&key) {
            return entity;
        }
        let entity = self.cast.entities.len();
        self.cast.entities.push(Entity {
            name: words,
            kind: mention.kind,
            gender: mention.gender,
            plural: mention.plural,
            roles: Vec::new(),
            aliases: Vec::new(),
            mentions: Vec::new(),
        });
        self.described.insert(key, entity);
        entity
    }
}

fn agrees(known: Gender, wanted: Gender) -> bool {
    known == Gender::Unknown || wanted == Gender::Unknown || known == wanted
}
