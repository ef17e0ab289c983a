//! Cataphora: a pronoun before the name that it stands for: "As she closed her folder, Doe offered …".

use crate::quotes::lexicon::{PREPOSITION, SUBORDINATOR};
use crate::quotes::mentions::{Kind, Mention, Part};
use crate::quotes::tokens::{TokenShape, TokenizedText};

/// How far from the start of its sentence the pronoun stands, and how far from it the comma before the name, in tokens.
const FARTHEST: usize = 5;
const LONGEST: usize = 16;

/// The mention by name, the subject after the comma, for which a pronoun in the clause or phrase before it stands.
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
    (is_subject && name.kind == Kind::Person && name.gender == mention.gender).then_some(next)
}
