//! Binding: whom grammar alone makes a pronoun mean, or not mean: "As she closed her folder, Doe offered …" (cataphora);
//! "Doe, for his part"; whoever "told her" is not "her".

use crate::quotes::cues::Cues;
use crate::quotes::lexicon::{PREPOSITION, SUBORDINATOR};
use crate::quotes::mentions::{Gender, Kind, Mention, Part};
use crate::quotes::tokens::{TokenShape, TokenizedText};

/// How far from the start of its sentence the pronoun stands, and how far from it the comma before the name, in tokens.
const FARTHEST: usize = 5;
const LONGEST: usize = 16;

/// The mention by name, the subject after the comma, of no other gender, for which a pronoun in the clause or phrase before it stands.
pub(crate) fn named_later(tokenized: &TokenizedText<'_>, mentions: &[Mention], index: usize) -> Option<usize> {
    let mention = &mentions[index];
    if !matches!(mention.kind, Kind::He | Kind::She) {
        return None;
    }
    let sentence = tokenized.sentence_of(mention.first);
    let opens = tokenized.tokens[sentence.start].is(PREPOSITION | SUBORDINATOR);
    if !opens || mention.first - sentence.start > FARTHEST {
        return None;
    }
    let mut near = mention.last + 1..sentence.end.min(mention.last + LONGEST);
    let comma = near.find(|&at| tokenized.tokens[at].shape == TokenShape::Comma)?;
    let next = (index + 1..mentions.len()).take(LONGEST).find(|&m| mentions[m].first > comma)?;
    let name = &mentions[next];
    let is_subject = name.first == comma + 1 && name.part == Part::Subject && !name.possessive;
    let agrees = name.gender == mention.gender || name.gender == Gender::Unknown;
    (is_subject && matches!(name.kind, Kind::Person | Kind::Name) && agrees).then_some(next)
}

/// The mention of whom "Doe, for his part," speaks.
pub(crate) fn own_part(tokenized: &TokenizedText<'_>, mentions: &[Mention], index: usize) -> Option<usize> {
    let mention = &mentions[index];
    let at = mention.first;
    let is_part = matches!(mention.kind, Kind::He | Kind::She)
        && at > 2
        && tokenized.words(at + 1) == "part"
        && tokenized.words(at - 1) == "for"
        && tokenized.tokens[at - 2].shape == TokenShape::Comma;
    let name = index.checked_sub(1).filter(|_| is_part)?;
    (mentions[name].last + 3 == at).then_some(name)
}

/// The mention that does to a pronoun what the verb before it says, and so is another: "Doe" of "Doe told her".
pub(crate) fn subject_of_object(
    tokenized: &TokenizedText<'_>,
    mentions: &[Mention],
    cues: &Cues,
    index: usize,
) -> Option<usize> {
    let object = &mentions[index];
    let is_object = matches!(tokenized.words(object.first), "him" | "her" | "them" | "it");
    if !is_object || object.possessive || object.part != Part::Object {
        return None;
    }
    let cue = cues.all[..cues.before(object.first)].last().filter(|cue| cue.token + 1 == object.first)?;
    Some(cue.subject)
}
