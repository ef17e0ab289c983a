//! Coreference: which of the entities mentioned shortly before a pronoun or "the spokesman" refers to.

use crate::quotes::affiliation::Affiliation;
use crate::quotes::antecedents::{
    self, Antecedent, First, Last, Leads, Named, Order, Paragraphs, Pronoun, Rank, Rivals, Seen, Speaker, Spoken,
    Subject, Values, Word,
};
use crate::quotes::entity::Entity;
use crate::quotes::mentions::{Gender, Kind, Mention, Part};
use crate::quotes::recent::{LastMention, MEMORY, Recent};
use crate::quotes::roles;

/// How sure it is that "the spokesman" is the one who was called so.
pub(crate) const DESCRIBED: f32 = 0.93;

/// How much better "the aide" is one who was called an aide than a spokesman, who is one too.
const EXACT: f32 = 6.0;

/// Which of the antecedents of a mention is meant, and how likely that is.
pub(crate) type PickAntecedent<'p> = dyn FnMut(usize, &[Antecedent], &[Entity<'_>]) -> (usize, f32) + 'p;

/// Picks by learned weights.
pub(crate) fn best_antecedent(weights: &[f32], antecedents: &[Antecedent]) -> (usize, f32) {
    if antecedents.len() < 2 {
        return (0, 1.0);
    }
    let scores = &scores(weights, antecedents)[..antecedents.len().min(MEMORY + 1)];
    let best = (0..scores.len()).fold(0, |best, i| if scores[i] > scores[best] { i } else { best });
    let top = scores.get(best).copied().unwrap_or(0.0);
    let total: f32 = scores.iter().map(|s| (s - top).exp()).sum();
    (best, 1.0 / total.max(1.0))
}

/// How likely each antecedent is meant, as [`best_antecedent`] sees it; they add up to 1.
pub(crate) fn probabilities(weights: &[f32], antecedents: &[Antecedent]) -> Vec<f32> {
    crate::quotes::weights::softmax(&scores(weights, antecedents)[..antecedents.len().min(MEMORY + 1)])
}

/// What speaks for each antecedent, as logarithms.
fn scores(weights: &[f32], antecedents: &[Antecedent]) -> [f32; MEMORY + 1] {
    let mut scores = [0.0; MEMORY + 1];
    for (score, a) in scores.iter_mut().zip(antecedents) {
        *score = a.start + antecedents::score(weights, &a.values);
    }
    scores
}

/// The entities that a pronoun may refer to.
pub(crate) fn antecedents_of_pronoun(
    entities: &[Entity<'_>],
    recent: &Recent<'_>,
    mentions: &[Mention],
    index: usize,
) -> Vec<Antecedent> {
    match mentions[index].kind {
        Kind::He => persons(entities, recent, mentions, index, Gender::Man, |_| true),
        Kind::She => persons(entities, recent, mentions, index, Gender::Woman, |_| true),
        Kind::It => antecedents(entities, recent, mentions, index, |e| {
            matches!(e.kind, Kind::Organization | Kind::NounOrganization | Kind::NounDocument)
                || e.kind == Kind::Name && !e.plural
        }),
        Kind::They => antecedents(entities, recent, mentions, index, |e| {
            e.plural || matches!(e.kind, Kind::Organization | Kind::NounOrganization | Kind::NounGroup)
        }),
        _ => Vec::new(),
    }
}

/// Resolves "the spokesman" by the roles and descriptions of entities.
pub(crate) fn resolve_role(
    entities: &[Entity<'_>],
    recent: &Recent<'_>,
    mentions: &[Mention],
    index: usize,
    words: &str,
    of: Option<&Affiliation<'_>>,
) -> Option<usize> {
    let wanted: Vec<_> = roles::normal_words(words).map(roles::Wanted::new).collect();
    let head = wanted.last().map_or("", |head| head.word());
    let gender = mentions[index].gender;
    let age = roles::age(words);
    let is_teen = matches!(head, "teenager" | "teen");
    let mut best: Option<(f32, usize)> = None;
    let longer_ago = recent.by_role.get(head).map_or(&[][..], Vec::as_slice);
    let lately = recent.all.iter().rev().map(|r| r.0).enumerate();
    for (rank, entity) in lately.chain(longer_ago.iter().map(|&e| (MEMORY, e))) {
        let known = &entities[entity];
        if known.plural
            || !agrees(known.gender, gender)
            || !matches!(known.kind, Kind::Person | Kind::Name | Kind::NounPerson)
            || of.is_some_and(|of| of.contradicts(&known.affiliations))
        {
            continue;
        }
        let same_age = match (age, (age.is_some() || is_teen).then(|| known.age()).flatten()) {
            (Some(wanted), Some(stated)) if wanted != stated => continue,
            (Some(_), Some(_)) => true,
            // "The teenager".
            (None, Some(stated)) => (13..=19).contains(&stated),
            _ => false,
        };
        let is_met = |wanted: &roles::Wanted<'_>| known.descriptors.iter().any(|word| wanted.is_met_by(word));
        if !same_age && (head == "old" || !wanted.last().is_some_and(is_met)) {
            continue;
        }
        if wanted.iter().any(|wanted| known.descriptors.iter().any(|word| wanted.is_excluded_by(word))) {
            continue;
        }
        let shared = wanted.iter().filter(|wanted| is_met(wanted)).count() as f32;
        let missing = wanted.len() as f32 - shared;
        let score = 6.0 * shared - 4.0 * missing - rank.min(8) as f32
            + if recent.speaker == Some(entity) { 2.0 } else { 0.0 }
            + if known.named { 5.0 } else { 0.0 }
            + if same_age { 12.0 } else { 0.0 }
            + if known.descriptors.iter().any(|word| word == head) { EXACT } else { 0.0 };
        if (missing <= shared || same_age) && best.is_none_or(|b| score > b.0) {
            best = Some((score, entity));
        }
    }
    best.map(|b| b.1)
}

/// Resolves "the spokesman": to an entity described so, to one with that role, or to the most salient one.
pub(crate) fn resolve_person(
    entities: &[Entity<'_>],
    recent: &Recent<'_>,
    mentions: &[Mention],
    index: usize,
    (words, of): (&str, Option<&Affiliation<'_>>),
    pick: &mut PickAntecedent<'_>,
) -> Option<(usize, f32)> {
    // "The person added": the unnamed speaker of the quotation before.
    let nameless = roles::is_nameless(words);
    let unnamed = |e: &usize| {
        let known = &entities[*e];
        !known.named && !known.plural && known.kind == Kind::NounPerson
    };
    let last = recent.speaker.filter(|e| nameless && unnamed(e));
    let last_word = words.rsplit(' ').next().unwrap_or("");
    let described = resolve_role(entities, recent, mentions, index, words, of);
    let is_anybody = matches!(last_word, "person" | "source");
    let is_called_so = |e: &usize| !is_anybody && entities[*e].descriptors.iter().any(|word| word == last_word);
    if let Some(entity) = described.filter(is_called_so).or(last).or(described) {
        return Some((entity, DESCRIBED));
    }
    let gender = mentions[index].gender;
    if roles::is_nameless(last_word) {
        // "The person added": the last one who spoke without a name.
        let unnamed = recent.all.iter().rev().map(|r| r.0).find(|&e| {
            let known = &entities[e];
            !known.named && !known.plural && known.kind == Kind::NounPerson && known.spoken > 0
        });
        return unnamed.filter(|_| roles::normal_words(words).count() == 1).map(|entity| (entity, DESCRIBED));
    }
    // An epithet ("the despot") stands where a pronoun could: as a subject.
    if mentions[index].part != Part::Subject || acts_on_another(mentions, index) {
        return None;
    }
    let age = roles::age(words);
    let fits = |known: &Entity<'_>| {
        known.named
            && !of.is_some_and(|of| of.contradicts(&known.affiliations))
            && (age.is_none() || known.age().is_none() || known.age() == age)
    };
    let antecedents = persons(entities, recent, mentions, index, gender, fits);
    let (picked, certainty) = pick(index, &antecedents, entities);
    let entity = antecedents[picked].entity?;
    let known = &entities[entity];
    let near = recent
        .all
        .iter()
        .find(|r| r.0 == entity)
        .is_some_and(|r| mentions[index].paragraph - r.1.paragraph as usize <= 1);
    // An entity whose office is known holds no other.
    let other_office = age.is_none() && roles::is_office(last_word) && (!known.roles.is_empty() || !near);
    (!other_office && known.named && known.kind == Kind::Person).then_some((entity, certainty))
}

/// "The dean, who hired him, said": whether a description has a clause about somebody else, who is likelier the one in mind.
fn acts_on_another(mentions: &[Mention], index: usize) -> bool {
    let who = mentions.get(index + 1).is_some_and(|who| who.kind == Kind::Relative && who.antecedent == Some(index));
    let is_other = |m: &Mention| matches!(m.kind, Kind::He | Kind::She) && !m.possessive && m.part == Part::Object;
    who && mentions.get(index + 2).is_some_and(is_other)
}

/// Resolves "the company" or "the newspaper".
pub(crate) fn resolve_organization(entities: &[Entity<'_>], recent: &Recent<'_>, words: &str) -> Option<usize> {
    let wanted: Vec<_> = roles::normal_words(words).collect();
    let head = wanted.last()?;
    let outlet = roles::is_outlet(head);
    let is_maker = roles::is_maker(head);
    let mut best: Option<(f32, usize)> = None;
    let longer_ago = recent.by_word.get(head).map_or(&[][..], Vec::as_slice);
    let lately = recent.all.iter().rev().map(|r| (r.0, r.2)).enumerate();
    for (rank, (entity, subject)) in lately.chain(longer_ago.iter().map(|&e| (MEMORY, (e, None)))) {
        let known = &entities[entity];
        let is_organization = matches!(known.kind, Kind::Organization | Kind::Name | Kind::NounOrganization);
        if !is_organization || known.plural {
            continue;
        }
        let name = known.name.to_lowercase();
        let names_it = known.descriptors.contains(head) || name.split(' ').any(|w| w == head);
        let modifiers = wanted.len() as f32 - 1.0;
        let shared = wanted[..wanted.len() - 1]
            .iter()
            .filter(|w| known.descriptors.contains(w) || name.split(' ').any(|n| n == *w))
            .count() as f32;
        // "The pump maker" is the company in mind, whatever it makes.
        let maker = is_maker && known.kind == Kind::Organization && subject.is_some();
        if !outlet && !names_it && roles::is_outlet_name(&known.name) {
            continue;
        }
        if outlet && !names_it && known.kind == Kind::Name && !roles::is_outlet_name(&known.name) {
            continue;
        }
        // "Ferrant Boats", of which nothing shows that it is a person's name.
        let may_be_one = known.kind == Kind::Name
            && (name.contains(' ') || known.spoken > 0)
            && subject.is_some()
            && rank <= FEW
            && known.roles.is_empty();
        let fits = names_it
            || may_be_one && shared >= modifiers
            || outlet && roles::is_outlet_name(&known.name)
            || !outlet && wanted.len() == 1 && known.kind == Kind::Organization;
        // "The respected daily": what is said of an outlet besides need not be known.
        if !maker && (!fits || shared < modifiers && !(outlet && known.named)) {
            continue;
        }
        let points = |holds: bool, points: f32| if holds { points } else { 0.0 };
        let rank = if names_it { rank.min(8) } else { rank };
        let score = points(names_it, 8.0)
            + points(names_it && known.named, 4.0)
            + points(known.spoken > 0, 3.0)
            + points(subject.is_some(), 3.0)
            - (modifiers - shared)
            - rank as f32;
        if best.is_none_or(|b| score > b.0) {
            best = Some((score, entity));
        }
    }
    best.map(|b| b.1)
}

/// Resolves "the statement" to the entity that issued it, else to the document.
pub(crate) fn resolve_document(entities: &[Entity<'_>], recent: &Recent<'_>, words: &str) -> Option<usize> {
    let head = words.rsplit(' ').next()?.to_lowercase();
    let found = recent.all.iter().rev().map(|r| r.0).find(|&e| {
        let known = &entities[e];
        known.kind == Kind::NounDocument && known.name.to_lowercase().split(' ').any(|w| w == head)
    })?;
    Some(entities[found].author.unwrap_or(found))
}

/// Up to how many mentions an entity is new.
const FEW: usize = 3;

/// How much likelier an antecedent is than one with a salience less by one, as the logarithm of the odds.
const STEEPNESS: f32 = 1.3;

/// With a lower salience a mention refers to no known entity.
const LEAST: f32 = -2.5;
const LEAST_OF_THINGS: f32 = -20.0;

/// The persons that a mention may refer to.
fn persons(
    entities: &[Entity<'_>],
    recent: &Recent<'_>,
    mentions: &[Mention],
    index: usize,
    gender: Gender,
    fits: impl Fn(&Entity<'_>) -> bool,
) -> Vec<Antecedent> {
    antecedents(entities, recent, mentions, index, |known| {
        let person = matches!(known.kind, Kind::Person | Kind::Name | Kind::NounPerson);
        !known.plural && person && agrees(known.gender, gender) && fits(known)
    })
}

/// The entities that a mention may refer to, the latest first, after none of them.
fn antecedents(
    entities: &[Entity<'_>],
    recent: &Recent<'_>,
    mentions: &[Mention],
    index: usize,
    fits: impl Fn(&Entity<'_>) -> bool,
) -> Vec<Antecedent> {
    let mention = &mentions[index];
    let mut base = Values::default();
    base.set(Word::from(mention.kind));
    base.set(antecedents::Part::from(mention.part));
    base.set(First::from(index.checked_sub(1).is_none_or(|before| mentions[before].paragraph != mention.paragraph)));
    let least = if matches!(mention.kind, Kind::It | Kind::They) { LEAST_OF_THINGS } else { LEAST };
    let mut out = Vec::with_capacity(recent.all.len() + 1);
    out.push(Antecedent { entity: None, start: STEEPNESS * least, values: base });
    for (rank, (entity, seen, subject)) in recent.all.iter().rev().enumerate() {
        let known = &entities[*entity];
        if fits(known) {
            let mut values = base;
            values.set(Rank::from(rank));
            values.set(Order::from(out.len() - 1));
            describe_nearness(&mut values, mention, seen, subject.as_ref());
            describe_entity(&mut values, known);
            describe_standing(&mut values, recent, *entity, known, mention, (seen, subject.as_ref()));
            let salience = nearness(mention, seen, subject.as_ref(), rank) + standing(&values, known);
            out.push(Antecedent { entity: Some(*entity), start: STEEPNESS * salience, values });
        }
    }
    let rivals = Rivals::from(out.len().saturating_sub(2));
    for antecedent in &mut out {
        antecedent.values.set(rivals);
    }
    out
}

/// Where an entity was mentioned last, seen from `mention`.
fn describe_nearness(values: &mut Values, mention: &Mention, seen: &LastMention, subject: Option<&LastMention>) {
    let away = |at: &LastMention| mention.sentence.saturating_sub(at.sentence as usize);
    values.set(match away(seen) {
        0 if seen.main => Seen::Main,
        0 => Seen::Here,
        1 => Seen::One,
        2 => Seen::Two,
        3 => Seen::Three,
        4..=6 => Seen::Few,
        _ => Seen::Far,
    });
    values.set(match subject.map(|subject| (away(subject), subject.main)) {
        None => Subject::Never,
        Some((0, true)) => Subject::HereMain,
        Some((0, false)) => Subject::Here,
        Some((1, true)) => Subject::OneMain,
        Some((1, false)) => Subject::One,
        Some((2, true)) => Subject::TwoMain,
        Some((2, false)) => Subject::Two,
        Some((3..=6, true)) => Subject::FewMain,
        Some((3..=6, false)) => Subject::Few,
        Some(_) => Subject::Far,
    });
    values.set(Paragraphs::from(mention.paragraph.saturating_sub(seen.paragraph as usize)));
    values.set(if seen.owner { Last::Owner } else { Last::from(seen.part) });
    values.set(Pronoun::from(seen.pronoun));
}

/// What is known of an entity.
fn describe_entity(values: &mut Values, known: &Entity<'_>) {
    values.set(Named::from(known.named));
    values.set(antecedents::Mentions::from(known.mentions));
    values.set(Spoken::from(known.spoken));
}

/// What part an entity plays just before `mention`.
fn describe_standing(
    values: &mut Values,
    recent: &Recent<'_>,
    entity: usize,
    known: &Entity<'_>,
    mention: &Mention,
    (seen, subject): (&LastMention, Option<&LastMention>),
) {
    values.set(match recent.speaker == Some(entity) {
        false => Speaker::No,
        true if seen.paragraph as usize == mention.paragraph => Speaker::Here,
        true => Speaker::Above,
    });
    let is_near = |at: &LastMention| (0..=1).contains(&mention.sentence.saturating_sub(at.sentence as usize));
    let leads = mention.part == Part::Subject && subject.is_some_and(|s| s.main && is_near(s));
    values.set(match leads {
        false => Leads::No,
        true if known.mentions <= FEW => Leads::New,
        true => Leads::Known,
    });
    let evident = known.kind != Kind::Name || known.spoken > 0 || !known.roles.is_empty();
    values.set(match (known.gender, known.kind) {
        (Gender::Unknown, _) if leads && evident => antecedents::Gender::Leads,
        (Gender::Unknown, Kind::Person | Kind::NounPerson) => antecedents::Gender::Person,
        // A name that nothing shows to be a person's.
        (Gender::Unknown, _) if known.roles.is_empty() && known.spoken == 0 => antecedents::Gender::Name,
        (Gender::Unknown, _) => antecedents::Gender::Role,
        _ => antecedents::Gender::Agrees,
    });
    let question = recent.question.filter(|q| q.sentence < mention.sentence && mention.sentence - q.sentence <= 2);
    if let Some(question) = question {
        values.set(match question.asked {
            _ if question.asker == entity && mention.replies => antecedents::Question::Replying,
            Some(_) if question.asker == entity => antecedents::Question::Asker,
            Some(asked) if asked == entity => antecedents::Question::Asked,
            _ => antecedents::Question::None,
        });
    }
}

/// How near an entity is at `mention`: the most of its salience.
fn nearness(mention: &Mention, seen: &LastMention, subject: Option<&LastMention>, rank: usize) -> f32 {
    let as_subject = subject.map_or(f32::MIN, |s| {
        let base = if s.main { 2.6 } else { 1.4 };
        base + recency(mention, s)
    });
    let base: f32 = match seen.part {
        Part::Subject => 1.4,
        Part::Free => 0.4,
        Part::Object => 0.2,
        Part::Oblique => -0.2,
    };
    let base = if seen.owner { 1.0 } else { base };
    let base = if seen.pronoun { base + 0.4 } else { base };
    as_subject.max(base + recency(mention, seen)) - 0.22 * rank.min(8) as f32
}

fn recency(mention: &Mention, seen: &LastMention) -> f32 {
    let sentences = match mention.sentence.saturating_sub(seen.sentence as usize) {
        0 if seen.main => 3.0,
        0 => 1.8,
        1 => 1.4,
        2 => 0.8,
        3 => 0.3,
        4..=6 => -0.2,
        _ => -0.5,
    };
    sentences - 0.7 * mention.paragraph.saturating_sub(seen.paragraph as usize).min(6) as f32
}

/// What the part that an entity plays, and what is known of it, add to its salience.
fn standing(values: &Values, known: &Entity<'_>) -> f32 {
    let points = |holds: bool, points: f32| if holds { points } else { 0.0 };
    if values.has(Word::It) || values.has(Word::They) {
        return points(!values.has(Speaker::No), 2.0);
    }
    // Who spoke last goes on speaking, unless the paragraph has turned to another.
    points(values.has(Speaker::Here), 1.6)
        + points(values.has(Speaker::Above), 0.9)
        // The subject of this sentence or the one before, above all one that is new, goes on as the subject.
        + points(values.has(Leads::New), 1.5)
        + points(values.has(Leads::Known), 0.5)
        // Who asks is not who replies.
        + points(values.has(antecedents::Question::Replying), -4.0)
        + points(values.has(antecedents::Question::Asker), -2.0)
        + points(values.has(antecedents::Question::Asked), 1.5)
        + points(values.has(antecedents::Gender::Leads), -0.4)
        + points(values.has(antecedents::Gender::Person), -0.9)
        + points(values.has(antecedents::Gender::Name), -3.5)
        + points(values.has(antecedents::Gender::Role), -1.4)
        + points(values.has(antecedents::Gender::Agrees), 0.4)
        + points(known.named, 0.9)
        + (known.mentions as f32).ln().clamp(0.0, 2.0) * 0.35
}

fn agrees(known: Gender, wanted: Gender) -> bool {
    known == Gender::Unknown || wanted == Gender::Unknown || known == wanted
}
