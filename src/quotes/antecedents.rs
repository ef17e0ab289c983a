//! Antecedents: whom a pronoun or "the spokesman" means, among those that were spoken of shortly before.

use crate::quotes::mentions::{Gender, Kind, Mention, Part};
use crate::quotes::roles;
use crate::quotes::speakers::Entity;

/// Where and how an entity was last mentioned.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Seen {
    mention: usize,
    sentence: usize,
    paragraph: usize,
    part: Part,
    main: bool,
    owner: bool,
    pronoun: bool,
}

impl Seen {
    pub fn new(index: usize, mention: &Mention) -> Self {
        Self {
            mention: index,
            sentence: mention.sentence,
            paragraph: mention.paragraph,
            part: mention.part,
            main: mention.main,
            owner: mention.possessive,
            pronoun: mention.kind.is_pronoun(),
        }
    }
}

/// Those who were spoken of lately.
#[derive(Debug, Default)]
pub(crate) struct Recent {
    /// Entity, its last mention, and its last mention as a subject; the latest entity last.
    all: Vec<(usize, Seen, Option<Seen>)>,
    /// Who spoke last.
    pub speaker: Option<usize>,
}

/// How many entities back one remembers.
const MEMORY: usize = 24;

impl Recent {
    /// Notes that an entity was mentioned.
    pub fn note(&mut self, entity: usize, seen: Seen) {
        let mut subject = (seen.part == Part::Subject).then_some(seen);
        if let Some(at) = self.all.iter().position(|r| r.0 == entity) {
            let before = self.all.remove(at);
            subject = subject.or(before.2);
        } else if self.all.len() >= MEMORY {
            self.all.remove(0);
        }
        self.all.push((entity, seen, subject));
    }
}

/// Whom a pronoun means.
pub(crate) fn of_pronoun(entities: &[Entity], recent: &Recent, mentions: &[Mention], index: usize) -> Option<usize> {
    match mentions[index].kind {
        Kind::He => best_person(entities, recent, mentions, index, Gender::Man),
        Kind::She => best_person(entities, recent, mentions, index, Gender::Woman),
        Kind::It => best_thing(entities, recent, mentions, index, |e| {
            matches!(e.kind, Kind::Body | Kind::NounBody | Kind::NounDocument) || e.kind == Kind::Name && !e.plural
        }),
        Kind::They => best_thing(entities, recent, mentions, index, |e| {
            e.plural || matches!(e.kind, Kind::Body | Kind::NounBody | Kind::NounGroup)
        }),
        _ => None,
    }
}

/// Whom "the spokesman" means: somebody described so, somebody with that role, or the one in mind.
pub(crate) fn of_person(
    entities: &[Entity],
    recent: &Recent,
    mentions: &[Mention],
    index: usize,
    words: &str,
) -> Option<usize> {
    let wanted = roles::normal_words(words);
    let head = wanted.last().map_or("", String::as_str);
    let last_word = words.rsplit(' ').next().unwrap_or("").to_lowercase();
    let gender = mentions[index].gender;
    let mut best: Option<(i32, usize)> = None;
    for (rank, &(entity, ..)) in recent.all.iter().rev().enumerate() {
        let known = &entities[entity];
        if known.plural
            || !agrees(known.gender, gender)
            || !matches!(known.kind, Kind::Person | Kind::Name | Kind::NounPerson)
        {
            continue;
        }
        if !known.descriptors.iter().any(|d| d == head) {
            continue;
        }
        let shared = wanted.iter().filter(|w| known.descriptors.contains(w)).count() as i32;
        let missing = wanted.len() as i32 - shared;
        let score = 6 * shared - 4 * missing - rank as i32 + if recent.speaker == Some(entity) { 2 } else { 0 };
        if missing <= shared && best.is_none_or(|b| score > b.0) {
            best = Some((score, entity));
        }
    }
    if let Some((_, entity)) = best {
        return Some(entity);
    }
    if roles::is_nameless(&last_word) {
        // "The person added": the last one who spoke without a name.
        let unnamed = recent.all.iter().rev().map(|r| r.0).find(|&e| {
            let known = &entities[e];
            !known.named && !known.plural && known.kind == Kind::NounPerson && known.spoken > 0
        });
        return unnamed.filter(|_| wanted.len() == 1);
    }
    // An epithet ("the despot") stands where a pronoun could: as a subject.
    if mentions[index].part != Part::Subject {
        return None;
    }
    let entity = best_person(entities, recent, mentions, index, gender)?;
    let known = &entities[entity];
    let near =
        recent.all.iter().find(|r| r.0 == entity).is_some_and(|r| mentions[index].paragraph - r.1.paragraph <= 1);
    // Somebody whose office is known holds no other.
    let other_office = roles::is_office(&last_word) && (!known.roles.is_empty() || !near);
    (!other_office && known.named).then_some(entity)
}

/// Which body "the company" or "the newspaper" means.
pub(crate) fn of_body(entities: &[Entity], recent: &Recent, words: &str) -> Option<usize> {
    let wanted = roles::normal_words(words);
    let head = wanted.last()?;
    let outlet = roles::is_outlet(head);
    let mut best: Option<(i32, usize)> = None;
    for (rank, &(entity, _, subject)) in recent.all.iter().rev().enumerate() {
        let known = &entities[entity];
        let is_body = matches!(known.kind, Kind::Body | Kind::Name | Kind::NounBody);
        if !is_body || known.plural {
            continue;
        }
        let name = known.name.to_lowercase();
        let names_it = known.descriptors.contains(head) || name.split(' ').any(|w| w == head);
        let modifiers = wanted.len() as i32 - 1;
        let shared = wanted[..wanted.len() - 1]
            .iter()
            .filter(|w| known.descriptors.contains(w) || name.split(' ').any(|n| n == w.as_str()))
            .count() as i32;
        let fits = names_it
            || outlet && roles::is_outlet_name(&known.name)
            || !outlet && modifiers == 0 && known.kind == Kind::Body;
        if !fits || shared < modifiers {
            continue;
        }
        let score =
            8 * i32::from(names_it) + 3 * i32::from(known.spoken > 0) + 3 * i32::from(subject.is_some()) - rank as i32;
        if best.is_none_or(|b| score > b.0) {
            best = Some((score, entity));
        }
    }
    best.map(|b| b.1)
}

/// Which paper "the statement" means, or rather who issued it.
pub(crate) fn of_document(entities: &[Entity], recent: &Recent, words: &str) -> Option<usize> {
    let head = words.rsplit(' ').next()?.to_lowercase();
    let found = recent.all.iter().rev().map(|r| r.0).find(|&e| {
        let known = &entities[e];
        known.kind == Kind::NounDocument && known.name.to_lowercase().split(' ').any(|w| w == head)
    })?;
    Some(entities[found].author.unwrap_or(found))
}

fn best_person(
    entities: &[Entity],
    recent: &Recent,
    mentions: &[Mention],
    index: usize,
    gender: Gender,
) -> Option<usize> {
    best(recent, |entity, seen, subject, rank| {
        let known = &entities[entity];
        let person = matches!(known.kind, Kind::Person | Kind::Name | Kind::NounPerson);
        if known.plural || !person || !agrees(known.gender, gender) {
            return None;
        }
        let mut score = nearness(&mentions[index], seen, subject, rank);
        score += if recent.speaker == Some(entity) { 1.6 } else { 0.0 };
        score += match (known.gender, known.kind) {
            (Gender::Unknown, Kind::Person) => -0.6,
            (Gender::Unknown, _) => -1.4,
            _ => 0.4,
        };
        score += if known.named { 0.5 } else { 0.0 };
        score += (known.mentions.len() as f32).ln().clamp(0.0, 2.0) * 0.35;
        Some(score)
    })
}

fn best_thing(
    entities: &[Entity],
    recent: &Recent,
    mentions: &[Mention],
    index: usize,
    fits: impl Fn(&Entity) -> bool,
) -> Option<usize> {
    best(recent, |entity, seen, subject, rank| {
        let known = &entities[entity];
        let speaker = if recent.speaker == Some(entity) { 2.0 } else { 0.0 };
        fits(known).then(|| nearness(&mentions[index], seen, subject, rank) + speaker)
    })
}

fn best(recent: &Recent, score: impl Fn(usize, &Seen, Option<&Seen>, usize) -> Option<f32>) -> Option<usize> {
    let mut best: Option<(f32, usize)> = None;
    for (rank, (entity, seen, subject)) in recent.all.iter().rev().enumerate() {
        if let Some(score) = score(*entity, seen, subject.as_ref(), rank)
            && best.is_none_or(|b| score > b.0)
        {
            best = Some((score, *entity));
        }
    }
    best.map(|b| b.1)
}

/// How near an entity is to the mind at `mention`.
fn nearness(mention: &Mention, seen: &Seen, subject: Option<&Seen>, rank: usize) -> f32 {
    let as_subject = subject.map_or(f32::MIN, |s| {
        let base = if s.main { 2.6 } else { 1.4 };
        base + by_distance(mention, s)
    });
    let base: f32 = match seen.part {
        Part::Subject => 1.4,
        Part::Free => 0.4,
        Part::Object => 0.2,
        Part::Oblique => -0.2,
    };
    let base = if seen.owner { base.min(0.1) } else { base };
    let base = if seen.pronoun { base + 0.4 } else { base };
    let _ = seen.mention;
    as_subject.max(base + by_distance(mention, seen)) - 0.22 * rank.min(8) as f32
}

fn by_distance(mention: &Mention, seen: &Seen) -> f32 {
    let sentences = match mention.sentence.saturating_sub(seen.sentence) {
        0 => 1.8,
        1 => 1.4,
        2 => 0.8,
        3 => 0.3,
        _ => 0.0,
    };
    sentences - 0.7 * mention.paragraph.saturating_sub(seen.paragraph).min(6) as f32
}

fn agrees(known: Gender, wanted: Gender) -> bool {
    known == Gender::Unknown || wanted == Gender::Unknown || known == wanted
}
