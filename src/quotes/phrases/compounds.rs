//! Compounds: small words before a name or a noun for several that belong to its phrase.

use crate::quotes::lexicon::{
    self, ADVERB, CLOSED, DETERMINER, GROUP, MAN, MONTH, PAST, PERSON, POSSESSIVE, SAYING, THIRD, VERB, WOMAN,
};
use crate::quotes::tokens::{TokenShape, TokenizedText};

/// "Glider pilot Ruth Senn" after "model": whether small words with a noun for people at their end stand before a name.
pub(super) fn leads_to_name(tokenized: &TokenizedText<'_>, at: usize) -> bool {
    const MOST: usize = 3;
    let role = (at..at + MOST).take_while(|&t| {
        tokenized.tokens.get(t).is_some_and(|token| {
            token.shape == TokenShape::Small
                && !token.is(CLOSED | DETERMINER | POSSESSIVE | ADVERB | SAYING)
                && !(token.is(VERB) && token.is(PAST | THIRD))
        })
    });
    let Some(last) = role.last() else { return false };
    tokenized.tokens[last].is(PERSON | MAN | WOMAN)
        && tokenized.tokens.get(last + 1).is_some_and(|t| t.is_capital() && !t.is(CLOSED | MONTH))
}

/// "Erosion experts" after "Coastal", "enforcement officials" after "law": whether a small noun or two and one for a group
/// stand at `at`.
pub(crate) fn leads_to_group(tokenized: &TokenizedText<'_>, at: usize) -> bool {
    const MOST: usize = 2;
    let is_noun = |at: usize| {
        tokenized.tokens.get(at).is_some_and(|t| t.shape == TokenShape::Small && lexicon::is_unknown(t.traits))
            && !["s", "ed", "ing", "ly"].iter().any(|ending| tokenized.words(at).ends_with(ending))
    };
    let is_group = |at: usize| {
        let group = tokenized.tokens.get(at).filter(|t| t.shape == TokenShape::Small && t.is(GROUP) && !t.is(VERB));
        group.is_some_and(|group| !group.possessive)
    };
    let nouns = (at..at + MOST).take_while(|&at| is_noun(at)).count();
    nouns > 0 && is_group(at + nouns)
}
