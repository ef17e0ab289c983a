//! Resolution of entities: which mentions refer to the same person or organization.
//!
//! Names are known before the walk through the article begins (`names`); on the way descriptions and pronouns are
//! resolved to the most salient entity (`coreference`).

mod pronouns;

use std::borrow::Cow;

use foldhash::HashMap;

use crate::quotes::affiliation::Affiliation;
use crate::quotes::analysis::Analysis;
use crate::quotes::attribution::Choice;
use crate::quotes::coreference::{self, DESCRIBED, PickAntecedent};
use crate::quotes::cues::Cues;
use crate::quotes::eligibility;
use crate::quotes::entity::{Entity, MentionChains};
use crate::quotes::issuers;
use crate::quotes::joint_roles;
use crate::quotes::lexicon::ORGANIZATION;
use crate::quotes::mentions::{Gender, Kind, Mention, Part};
use crate::quotes::names::{self, NameTable};
use crate::quotes::phrases;
use crate::quotes::recent::{LastMention, Question, Recent};
use crate::quotes::roles;
use crate::quotes::tokens::TokenizedText;

/// All entities, and which of them each mention means.
#[derive(Debug, Default)]
pub(crate) struct Resolution<'a> {
    pub entities: Vec<Entity<'a>>,
    pub of_mention: Vec<Option<usize>>,
    /// The mentions of each entity.
    pub chains: MentionChains,
    /// How sure that is, 0 to 1.
    pub certainty: Vec<f32>,
    /// For each run its speaker.
    pub of_quote: Vec<Option<usize>>,
}

/// Resolves every mention to an entity, and every quotation to its speaker.
///
/// `pick` chooses to whom a pronoun or an epithet refers.
pub(crate) fn resolve_entities<'a>(
    analysis: &Analysis<'a>,
    choices: &[Option<Choice>],
    pick: &mut PickAntecedent<'_>,
) -> Resolution<'a> {
    resolve_with_candidates(analysis, choices, &[], pick).0
}

/// The same, with the one that would speak by each of these mentions.
pub(crate) fn resolve_with_candidates<'a>(
    analysis: &Analysis<'a>,
    choices: &[Option<Choice>],
    candidates: &[usize],
    pick: &mut PickAntecedent<'_>,
) -> (Resolution<'a>, Vec<Option<usize>>) {
    let Analysis { tokenized, mentions, cues, .. } = analysis;
    let count = mentions.all.len();
    let mut names = NameTable::new(tokenized, mentions);
    let entities = names.take_entities();
    let mut resolver = Resolver {
        tokenized,
        mentions: &mentions.all,
        cues,
        names,
        resolution: Resolution {
            entities,
            of_mention: vec![None; count],
            chains: MentionChains::new(count),
            certainty: vec![1.0; count],
            of_quote: vec![None; choices.len()],
        },
        described: HashMap::default(),
        recent: Recent::default(),
        chosen: vec![false; count],
        pick,
    };
    let mut pending: Vec<(usize, usize)> = Vec::new();
    for (quote, choice) in choices.iter().enumerate() {
        if let Some(mention) = choice.as_ref().and_then(|c| c.mention) {
            pending.push((quote, mention));
            resolver.chosen[mention] = true;
            // "An impersonator who promises".
            if let Some(antecedent) = mentions.all[mention].antecedent {
                resolver.chosen[antecedent] = true;
            }
        }
    }
    // A quotation counts as spoken once both it and its mention are behind us.
    let mut next = 0;
    for index in 0..count {
        while let Some(&(quote, mention)) = pending.get(next) {
            let token = tokenized.token_of_quote[quote].unwrap_or(0);
            if token >= mentions.all[index].first || mention >= index {
                break;
            }
            resolver.speak(mention);
            next += 1;
        }
        resolver.resolve_mention(index);
    }
    for &(quote, mention) in &pending {
        resolver.resolution.of_quote[quote] = resolver.speaker_of(mention);
    }
    let speakers = candidates.iter().map(|&mention| resolver.speaker_of(mention)).collect();
    (resolver.resolution, speakers)
}

/// The longest name of an owner that becomes part of a description, in bytes.
const LONGEST_OWNER: usize = 80;

struct Resolver<'r, 'a, 'p> {
    tokenized: &'r TokenizedText<'a>,
    mentions: &'r [Mention],
    cues: &'r Cues,
    names: NameTable<'a>,
    resolution: Resolution<'a>,
    /// Described speakers by their words.
    described: HashMap<Cow<'a, str>, usize>,
    recent: Recent<'a>,
    /// For each mention whether a quotation was given to it.
    chosen: Vec<bool>,
    pick: &'r mut PickAntecedent<'p>,
}

impl<'a> Resolver<'_, 'a, '_> {
    fn resolve_mention(&mut self, index: usize) {
        let mention = &self.mentions[index];
        let entity = match mention.kind {
            _ if mention.kind.is_name() => self.names.entity_of(index, &self.resolution.entities),
            // In a headline that writes Every Word So descriptions are not resolved.
            _ if mention.kind.is_noun() && index < self.names.headline => None,
            // Things are no entities, unless one is said to have spoken.
            Kind::Noun if !self.chosen[index] && !self.is_before_name(index) => None,
            _ if mention.kind.is_noun() => Some(self.noun(index)),
            Kind::Relative => mention.antecedent.and_then(|a| self.resolution.of_mention[a]).inspect(|&entity| {
                // "Which" is for things.
                let known = &mut self.resolution.entities[entity];
                let which = self.tokenized.words(mention.first).eq_ignore_ascii_case("which");
                if which && known.kind == Kind::Name {
                    known.kind = Kind::Organization;
                }
            }),
            Kind::FirstPerson => mention.antecedent.and_then(|a| self.resolution.of_mention[a]),
            Kind::Indefinite => {
                let known = mention.antecedent.and_then(|a| self.resolution.of_mention[a]);
                Some(known.unwrap_or_else(|| self.describe(index)))
            }
            _ => self.pronoun(index),
        };
        if let Some(entity) = entity {
            self.note(index, entity);
        }
    }

    fn speak(&mut self, mention: usize) {
        if let Some(entity) = self.resolution.of_mention[mention] {
            self.resolution.entities[entity].spoken += 1;
            self.recent.speaker = Some(entity);
        }
    }

    fn note(&mut self, index: usize, entity: usize) {
        self.resolution.of_mention[index] = Some(entity);
        let mention = &self.mentions[index];
        let known = &mut self.resolution.entities[entity];
        self.resolution.chains.push(known, index);
        if known.gender == Gender::Unknown && matches!(known.kind, Kind::Person | Kind::NounPerson | Kind::Name) {
            known.gender = mention.gender;
        }
        // Who says something and has two names is a person, whatever the names.
        if mention.speaks && mention.kind == Kind::Name && known.kind == Kind::Name && known.name.contains(' ') {
            known.kind = Kind::Person;
        }
        let known_organization = known.kind == Kind::Organization;
        if !mention.kind.is_pronoun() {
            self.note_words(index, entity);
        }
        if let Some((first, last)) = mention.name.filter(|_| known_organization) {
            for at in first..=last {
                let word = roles::lower(self.tokenized.small_words(at));
                if word.len() > 3 {
                    self.recent.note_organization(word, entity);
                }
            }
        }
        // "Striker apologises": a headline has no name for somebody yet, who is not meant by it below.
        let is_heading = mention.paragraph == 0 && mention.kind.is_noun();
        if !is_heading && eligibility::may_be_known(self.tokenized, mention) {
            self.recent.note(entity, LastMention::new(mention));
        }
        self.note_question(index, entity);
    }

    /// "Doe asked", "Doe asked Roe": remembers who asks whom.
    fn note_question(&mut self, index: usize, entity: usize) {
        let mention = &self.mentions[index];
        let asks = |token: usize| matches!(self.tokenized.words(token), "asked" | "asks");
        let sentence = mention.sentence;
        let verb = mention.last + 1;
        if mention.part == Part::Subject && asks(verb) && self.tokenized.words(verb + 1) != "by" {
            self.recent.question = Some(Question { asker: entity, asked: None, sentence });
        } else if let Some(question) = &mut self.recent.question
            && question.sentence == sentence
            && question.asker != entity
            && mention.first > 0
            && asks(mention.first - 1)
        {
            question.asked = Some(entity);
        }
    }

    /// Keeps the words by which an entity is spoken of: roles, descriptions, other names.
    fn note_words(&mut self, index: usize, entity: usize) {
        const MOST: usize = 12;
        let mention = &self.mentions[index];
        let text = self.tokenized.text;
        let before_name = self.is_before_name(index);
        let known = &mut self.resolution.entities[entity];
        let alias = mention.span.of(text);
        if known.aliases.len() < MOST && alias != known.name && !known.aliases.contains(&alias) {
            known.aliases.push(alias);
        }
        if known.descriptors.len() > 3 * MOST {
            return;
        }
        let described = mention.name.is_some() || mention.beside.is_some() || before_name || !known.named;
        let described = described && index >= self.names.headline;
        if let Some((first, last)) = mention.role.filter(|_| described) {
            let before = known.descriptors.len();
            known.descriptors.extend((first..=last).flat_map(|at| roles::normal_words(self.tokenized.small_words(at))));
            if let Some(head) = known.descriptors[before..].last().filter(|_| known.named) {
                self.recent.note_role(head.clone(), entity);
            }
            if known.named
                && known.roles.len() < MOST
                && let Some(role) = names::shown_role(self.tokenized, first, last)
                && !known.roles.contains(&role)
            {
                known.roles.push(role);
            }
        }
        if described && let Some(affiliation) = self.affiliation(index) {
            self.resolution.entities[entity].affiliations.push(affiliation);
        }
        let known = &mut self.resolution.entities[entity];
        // "(R-Wis.)", "of Leeds, a nurse": what follows a name describes it too.
        if mention.name.is_some() || mention.beside.is_some() {
            let after = names::following(self.tokenized, mention.last);
            known.descriptors.extend(after.flat_map(|at| roles::normal_words(self.tokenized.small_words(at))));
        }
    }

    /// For whom the role of a mention is held.
    fn affiliation(&self, index: usize) -> Option<Affiliation<'a>> {
        Affiliation::of(self.tokenized, self.mentions, index, |owner| {
            let known = &self.resolution.entities[self.resolution.of_mention[owner]?];
            known.named.then(|| known.name.to_string())
        })
    }

    /// The name that is set beside a description: of "the spokesman, X", "the head of the works, X".
    fn name_after(&self, index: usize) -> Option<usize> {
        const NEAR: usize = 3;
        (index + 1..self.mentions.len().min(index + 1 + NEAR)).find(|&next| self.mentions[next].beside == Some(index))
    }

    /// "The spokesman" of "the spokesman, Dmitry Peskov,".
    fn is_before_name(&self, index: usize) -> bool {
        self.name_after(index).is_some()
    }

    fn noun(&mut self, index: usize) -> usize {
        let mention = &self.mentions[index];
        if let Some(entity) = mention.beside.and_then(|b| self.resolution.of_mention[b]) {
            return entity;
        }
        if let Some(entity) = joint_roles::first_of_roles(self.tokenized, self.mentions, index)
            .and_then(|first| self.resolution.of_mention[first])
        {
            return entity;
        }
        // "The spokesman, Dmitry Peskov,": the name comes after.
        if let Some(next) = self.name_after(index)
            && self.mentions[next].name.is_some()
            && let Some(entity) = self.names.entity_of(next, &self.resolution.entities)
        {
            return entity;
        }
        if let Some(entity) = joint_roles::named_by_the_last(self.tokenized, self.mentions, index)
            .and_then(|name| self.names.entity_of(name, &self.resolution.entities))
        {
            return entity;
        }
        if mention.owner.is_some()
            && let Some(author) = self.issuer(index)
        {
            return author;
        }
        let words = mention.role.map_or(Cow::default(), |(first, last)| names::words(self.tokenized, first, last));
        // "His widow": the entity that was called a widow.
        if mention.owner.is_some() && mention.kind == Kind::NounPerson {
            let known = coreference::resolve_role(
                &self.resolution.entities,
                &self.recent,
                self.mentions,
                index,
                &words,
                self.affiliation(index).as_ref(),
            );
            let known = known.filter(|&e| self.resolution.entities[e].named).or_else(|| self.spouse(index));
            return known.unwrap_or_else(|| self.describe(index));
        }
        // "The team" is many, and one.
        let is_body = self.tokenized.tokens[mention.last].is(ORGANIZATION)
            && !self.described.contains_key(&*roles::lower(&words));
        if !mention.definite || mention.owner.is_some() || mention.kind == Kind::NounGroup && !is_body {
            return self.describe(index);
        }
        let found = match mention.kind {
            // "The regulator" is a body, whoever was named before.
            Kind::NounPerson if self.tokenized.tokens[mention.last].is(ORGANIZATION) => {
                let of = self.affiliation(index);
                let Resolution { entities, .. } = &self.resolution;
                let known =
                    coreference::resolve_role(entities, &self.recent, self.mentions, index, &words, of.as_ref());
                let found = known.or_else(|| coreference::resolve_organization(entities, &self.recent, &words));
                found.map(|entity| (entity, DESCRIBED))
            }
            Kind::NounPerson => {
                let of = self.affiliation(index);
                let Self { resolution, recent, mentions, pick, .. } = self;
                coreference::resolve_person(&resolution.entities, recent, mentions, index, (&words, of.as_ref()), pick)
            }
            Kind::NounOrganization | Kind::NounGroup => {
                let found = coreference::resolve_organization(&self.resolution.entities, &self.recent, &words);
                found.map(|entity| (entity, DESCRIBED))
            }
            Kind::NounDocument => {
                let found = coreference::resolve_document(&self.resolution.entities, &self.recent, &words);
                found.map(|entity| (entity, DESCRIBED))
            }
            // "The former harbor master", where Doe was called so.
            Kind::Noun => {
                let head = roles::normal_words(self.tokenized.words(mention.last)).last().unwrap_or_default();
                let called_so = self.recent.by_role.get(&head).and_then(|all| all.last());
                called_so.map(|&entity| (entity, DESCRIBED))
            }
            _ => None,
        };
        let Some((entity, certainty)) = found else { return self.describe(index) };
        self.resolution.certainty[index] = certainty;
        entity
    }

    /// Who issued the paper of a mention.
    fn issuer(&self, index: usize) -> Option<usize> {
        issuers::issuer(self.tokenized, self.mentions, self.cues, index).and_then(|m| self.resolution.of_mention[m])
    }

    /// A speaker that has only a description; the same words are the same speaker.
    fn describe(&mut self, index: usize) -> usize {
        let mention = &self.mentions[index];
        let end = phrases::extended_end(self.tokenized, mention.last);
        let owner = mention.owner.and_then(|o| self.resolution.of_mention[o]);
        let words = match owner.filter(|&o| self.resolution.entities[o].name.len() <= LONGEST_OWNER) {
            Some(owner) => {
                let own = names::words(self.tokenized, mention.first, mention.last);
                format!("{}’s {own}", self.resolution.entities[owner].name).into()
            }
            None => names::uncapitalised(
                self.tokenized,
                mention.first,
                self.tokenized.text.get(mention.span.start..end).unwrap_or(mention.span.of(self.tokenized.text)),
            ),
        };
        let key = match &words {
            Cow::Borrowed(words) => roles::lower(names::without_article(words)),
            Cow::Owned(words) => names::without_article(words).to_lowercase().into(),
        };
        if let Some(&entity) = self.described.get(&key) {
            return entity;
        }
        let entity = self.resolution.entities.len();
        let mut described = Entity::new(words, mention, false);
        described.author = self.issuer(index);
        self.resolution.entities.push(described);
        self.described.insert(key, entity);
        entity
    }

    /// Who speaks by this mention; two that are joined speak together.
    fn speaker_of(&mut self, index: usize) -> Option<usize> {
        let entity = self.resolution.of_mention[index]?;
        // "A statement from the Doe campaign said": it is the campaign's.
        let sender = issuers::sender(self.tokenized, self.mentions, index);
        let entity = sender.and_then(|sender| self.resolution.of_mention[sender]).unwrap_or(entity);
        let partner = self.partner(index).and_then(|p| self.resolution.of_mention[p]).filter(|&p| p != entity);
        let Some(partner) = partner else { return Some(entity) };
        let (one, other) = if joint_roles::joined_after(self.mentions, index).is_some() {
            (entity, partner)
        } else {
            (partner, entity)
        };
        let name = format!("{} & {}", self.resolution.entities[one].name, self.resolution.entities[other].name);
        if let Some(&known) = self.described.get(name.as_str()) {
            return Some(known);
        }
        let joint = self.resolution.entities.len();
        let mut pair = Entity::new(name.clone().into(), &self.mentions[index], false);
        pair.plural = true;
        self.resolution.chains.push(&mut pair, index);
        self.resolution.entities.push(pair);
        self.described.insert(name.into(), joint);
        Some(joint)
    }

    /// The other of two names that are joined by "and" and are one subject.
    fn partner(&self, index: usize) -> Option<usize> {
        let mention = &self.mentions[index];
        if !matches!(mention.kind, Kind::Person | Kind::Name) {
            return None;
        }
        let is_partner = |&m: &usize| {
            let other = &self.mentions[m];
            matches!(other.kind, Kind::Person | Kind::Name)
                && !other.possessive
                && !mention.possessive
                && other.part != Part::Object
                && other.part != Part::Oblique
                && self.cues.all[self.cues.before(other.first.min(mention.first))..]
                    .iter()
                    .take(4)
                    .any(|c| c.subject == index && c.class != crate::quotes::cues::Class::Noun)
        };
        mention.joined.filter(is_partner).or_else(|| joint_roles::joined_after(self.mentions, index).filter(is_partner))
    }
}
