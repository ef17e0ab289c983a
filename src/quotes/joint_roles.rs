//! Joint roles: two descriptions joined by "and" that are of one person.

use crate::quotes::lexicon::DETERMINER;
use crate::quotes::mentions::{Kind, Mention};
use crate::quotes::tokens::TokenizedText;

/// How many mentions behind one the next that is joined to it is looked for.
const NEAR: usize = 3;

/// The mention that is joined to this one by "and".
pub(crate) fn joined_after(mentions: &[Mention], index: usize) -> Option<usize> {
    (index + 1..mentions.len().min(index + NEAR)).find(|&m| mentions[m].joined == Some(index))
}

/// "The Kansas senator and former mayor": the first of two roles of one person, as only the first has an article; the mention
/// at `index` is the second.
pub(crate) fn first_of_roles(tokenized: &TokenizedText<'_>, mentions: &[Mention], index: usize) -> Option<usize> {
    let mention = &mentions[index];
    if mention.plural || mention.owner.is_some() || mention.kind != Kind::NounPerson {
        return None;
    }
    // "Republican presidential candidate" may be two descriptions side by side.
    let is_beside = |b: &usize| {
        let between = mentions[*b].last + 1..mention.first;
        between.len() <= 1 && between.into_iter().all(|at| tokenized.tokens[at].is_word())
    };
    let before = index.checked_sub(1).filter(is_beside);
    let first = mention.joined.or_else(|| mentions[before?].joined)?;
    let other = &mentions[first];
    let is_bare = !tokenized.tokens[mention.first].is(DETERMINER);
    let is_role = |m: &Mention| m.kind == Kind::NounPerson && !m.plural;
    let fits = is_bare && other.sentence == mention.sentence && (is_role(other) || other.beside.is_some());
    fits.then_some(first)
}

/// "Former Gov. and party chairman Doe": the mention with the name that comes after the second role; the one at `index` is the
/// first.
pub(crate) fn named_by_the_last(tokenized: &TokenizedText<'_>, mentions: &[Mention], index: usize) -> Option<usize> {
    let mention = &mentions[index];
    let is_role = mention.kind == Kind::NounPerson && !mention.plural && mention.owner.is_none();
    if !is_role || tokenized.tokens[mention.first].is(DETERMINER) {
        return None;
    }
    joined_after(mentions, index).filter(|&name| mentions[name].role.is_some())
}
