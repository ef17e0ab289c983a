//! Inner speech: who speaks a quotation that stands inside another one: “Then she said ‘leave now,’” Reyes recalled.
//!
//! The words of the outer quotation are read as an article of their own. A verb of saying beside the inner one gives it a
//! speaker; what has none is the outer speaker's, a term or a title, and stays as it is.

use std::borrow::Cow;

use foldhash::HashMap;

use super::analysis::Analysis;
use super::attribution::{self, Choice};
use super::candidates::Candidate;
use super::cues::{Class, Cue, SubjectLink};
use super::entity::Entity;
use super::mentions::{Gender, Kind, Mention};
use super::names;
use super::quote_spans::QuoteSpan;
use super::resolution::Resolution;
use super::roles;
use super::tokens::{TokenParagraph, TokenizedText};
use crate::article::ParagraphKind;
use crate::text::Span;

/// Who speaks a quotation inside another.
#[derive(Debug, Clone, Copy)]
pub(crate) struct InnerSpeaker {
    pub entity: usize,
    pub mention: Span,
    pub cue: Span,
    /// How likely it is right.
    pub probability: f32,
}

/// How far a cue may stand from the words, in tokens.
const NEAR: usize = 5;

/// How sure it is whom a name, or the words for a person, mean that stand in speech; and whom a pronoun.
const BY_NAME: f32 = 0.93;
const BY_PRONOUN: f32 = 0.7;

/// How many people of one name are looked at, and how many mentions before a pronoun.
const NAMESAKES: usize = 8;
const MENTIONS: usize = 40;

/// Returns the speaker of each quotation that stands inside another and has a verb of saying beside it; adds those to the
/// entities who are none yet.
pub(crate) fn speakers<'a>(
    analysis: &Analysis<'a>,
    choices: &[Option<Choice>],
    resolution: &mut Resolution<'a>,
    mut pick: impl FnMut(&[Candidate]) -> (usize, f32),
) -> Vec<Option<InnerSpeaker>> {
    let quotes = &analysis.tokenized.quotes;
    let mut out = vec![None; quotes.len()];
    let mut known: Option<KnownNames> = None;
    let mut next = 0;
    while next < quotes.len() {
        let outer = next;
        next += 1;
        while quotes.get(next).is_some_and(|quote| quote.depth > quotes[outer].depth) {
            next += 1;
        }
        if next == outer + 1 {
            continue;
        }
        let mut inner = quotes[outer + 1..next].to_vec();
        for quote in &mut inner {
            quote.depth = quote.depth.saturating_sub(1);
        }
        let inside = Analysis::of_tokens(TokenizedText::inside(&analysis.tokenized, quotes[outer].span, inner));
        let chosen = attribution::choose(&inside, |_, candidates| pick(candidates));
        for (at, choice) in chosen.into_iter().enumerate() {
            let Some(choice) = choice else { continue };
            let known = known.get_or_insert_with(|| KnownNames::of(&resolution.entities));
            let mut speaker = Inside { analysis, own: &inside, outer, resolution, choices, known };
            out[outer + 1 + at] = speaker.of(at, &choice);
        }
    }
    out
}

impl TokenizedText<'_> {
    /// The words of one quotation as an article of its own, with an empty headline; `quotes` stand in it, those at depth 0
    /// first of all. Places are those of the text.
    fn inside(whole: &Self, span: Span, mut quotes: Vec<QuoteSpan>) -> Self {
        for quote in &mut quotes {
            quote.paragraph = 1;
        }
        let mut tokenized = Self::empty(whole.text, whole.small, span.len(), quotes);
        tokenized.paragraphs.push(TokenParagraph { first: 0, end: 0, kind: ParagraphKind::Headline });
        tokenized.read_paragraph(1, span, 0);
        tokenized.split_sentences(0);
        let end = tokenized.tokens.len();
        tokenized.paragraphs.push(TokenParagraph { first: 0, end, kind: ParagraphKind::Prose });
        tokenized
    }
}

/// The entities of an article by their words.
#[derive(Default)]
struct KnownNames {
    /// Those that have a name, by each of its words in small letters.
    by_word: HashMap<String, Vec<usize>>,
    /// All by what they are called.
    by_name: HashMap<String, usize>,
}

impl KnownNames {
    fn of(entities: &[Entity<'_>]) -> Self {
        let mut known = Self::default();
        entities.iter().enumerate().for_each(|(at, entity)| known.add(at, entity));
        known
    }

    fn add(&mut self, at: usize, entity: &Entity<'_>) {
        self.by_name.entry(entity.name.to_string()).or_insert(at);
        for word in entity.name.split(' ').filter(|_| entity.named) {
            let of_word = self.by_word.entry(roles::lower(word).into_owned()).or_default();
            if of_word.len() < NAMESAKES {
                of_word.push(at);
            }
        }
    }
}

/// The words of one quotation, in the article that they stand in.
struct Inside<'r, 'a> {
    analysis: &'r Analysis<'a>,
    own: &'r Analysis<'a>,
    /// The number of the quotation.
    outer: usize,
    choices: &'r [Option<Choice>],
    resolution: &'r mut Resolution<'a>,
    known: &'r mut KnownNames,
}

impl<'a> Inside<'_, 'a> {
    fn of(&mut self, at: usize, choice: &Choice) -> Option<InnerSpeaker> {
        let token = self.own.tokenized.token_of_quote[at]?;
        let (index, cue) = (choice.mention?, choice.cue?);
        if !self.stands_beside(&cue, token) {
            return None;
        }
        let (entity, certainty) = self.entity_of(index)?;
        Some(InnerSpeaker {
            entity,
            mention: self.own.shown(index),
            cue: self.own.tokenized.tokens[cue.token].span(),
            probability: choice.probability * certainty,
        })
    }

    /// Whether a verb of saying introduces the words, or follows them.
    fn stands_beside(&self, cue: &Cue, token: usize) -> bool {
        let subject = &self.own.mentions.all[cue.subject];
        let is_same_sentence = self.own.tokenized.sentence_of(token) == self.own.tokenized.sentence_of(cue.token);
        let nearest = if cue.token < token { cue.token } else { cue.token.min(subject.first.max(token)) };
        matches!(cue.class, Class::Say | Class::Speech)
            && !matches!(cue.link, SubjectLink::Passive | SubjectLink::Owner)
            && !(cue.participle && subject.kind.is_noun())
            && is_same_sentence
            && nearest.abs_diff(token) <= NEAR
    }

    /// Whom a mention in the quotation means, and how sure that is.
    fn entity_of(&mut self, index: usize) -> Option<(usize, f32)> {
        let mention = &self.own.mentions.all[index];
        let words = |first: usize, last: usize| names::words(&self.own.tokenized, first, last);
        match mention.kind {
            // "Part of my job is to say": a capital that the sentence gives.
            Kind::Name if mention.first == self.own.tokenized.sentence_of(mention.first).start => {
                let (first, last) = mention.name.unwrap_or((mention.first, mention.last));
                Some((self.named(&words(first, last))?, BY_NAME))
            }
            Kind::Person | Kind::Name | Kind::Organization => {
                let (first, last) = mention.name.unwrap_or((mention.first, mention.last));
                let name = words(first, last);
                Some((self.named(&name).unwrap_or_else(|| self.add(name, mention, true)), BY_NAME))
            }
            Kind::NounPerson | Kind::NounGroup | Kind::NounOrganization | Kind::NounDocument => {
                let name = self.description(mention)?;
                let known = self.known.by_name.get(&*name).copied();
                Some((known.unwrap_or_else(|| self.add(name, mention, false)), BY_NAME))
            }
            Kind::FirstPerson if words(mention.first, mention.last) == "I" => {
                Some((self.resolution.of_quote[self.outer]?, BY_NAME))
            }
            Kind::He => Some((self.last_of(index, Gender::Man)?, BY_PRONOUN)),
            Kind::She => Some((self.last_of(index, Gender::Woman)?, BY_PRONOUN)),
            Kind::Relative => self.entity_of(mention.antecedent.filter(|&antecedent| antecedent < index)?),
            _ => None,
        }
    }

    /// "My father" → "Tom Reyes’s father"; "the doctor" as it stands.
    fn description(&self, mention: &Mention) -> Option<Cow<'a, str>> {
        let own = |first: usize| names::words(&self.own.tokenized, first, mention.last);
        let Some(owner) = mention.owner.map(|owner| &self.own.mentions.all[owner]) else {
            return Some(names::without_capital_article(mention.span.of(self.own.tokenized.text)));
        };
        match owner.kind {
            Kind::FirstPerson if self.own.tokenized.words(owner.first).eq_ignore_ascii_case("my") => {
                let speaker = &self.resolution.entities[self.resolution.of_quote[self.outer]?];
                Some(format!("{}’s {}", speaker.name, own(mention.first)).into())
            }
            owner_kind if owner_kind.is_pronoun() => None,
            _ => Some(Cow::from(&self.own.tokenized.text[owner.span.start..mention.span.end])),
        }
    }

    /// The one person or organization of the article that this name means.
    fn named(&self, name: &str) -> Option<usize> {
        let is_meant = |&&entity: &&usize| {
            let known = &self.resolution.entities[entity].name;
            let has = |word: &str| known.split(' ').any(|known| roles::lower(known) == roles::lower(word));
            name.split(' ').all(has)
        };
        let last = roles::lower(name.rsplit(' ').next()?);
        let mut meant = self.known.by_word.get(&*last)?.iter().filter(is_meant);
        let found = *meant.next()?;
        meant.next().is_none().then_some(found)
    }

    /// Who a pronoun means: the last person named before it in the quotation, or else before the quotation.
    fn last_of(&mut self, index: usize, gender: Gender) -> Option<usize> {
        let agrees = |known: Gender| known == Gender::Unknown || known == gender;
        let is_person = |mention: &Mention| {
            matches!(mention.kind, Kind::Person | Kind::NounPerson) && agrees(mention.gender) && !mention.plural
        };
        let from = index.saturating_sub(MENTIONS);
        let inside = (from..index).rev().find(|&at| is_person(&self.own.mentions.all[at]));
        if let Some(inside) = inside {
            return self.entity_of(inside).map(|(entity, _)| entity);
        }
        let token = self.analysis.tokenized.token_of_quote[self.outer]?;
        let paragraph = self.analysis.tokenized.quotes[self.outer].paragraph;
        let before = self.analysis.mentions.before(token);
        let speaker = self.resolution.of_quote[self.outer];
        let own = self.choices[self.outer].and_then(|choice| choice.mention);
        let near = self.analysis.mentions.all[..before].iter().enumerate().rev().take(MENTIONS);
        let near = near.take_while(|(_, mention)| mention.paragraph + 2 >= paragraph);
        near.filter(|(at, _)| Some(*at) != own).find_map(|(at, _)| {
            let entity = self.resolution.of_mention[at].filter(|&entity| Some(entity) != speaker)?;
            let known = &self.resolution.entities[entity];
            let is_person = matches!(known.kind, Kind::Person | Kind::NounPerson | Kind::Name) && !known.plural;
            (is_person && agrees(known.gender)).then_some(entity)
        })
    }

    fn add(&mut self, name: Cow<'a, str>, mention: &Mention, named: bool) -> usize {
        let (at, entity) = (self.resolution.entities.len(), Entity::new(name, mention, named));
        self.known.add(at, &entity);
        self.resolution.entities.push(entity);
        at
    }
}
