//! Complements: "of the party" after "a spokesman".

use crate::quotes::lexicon::{
    ADVERB, BASE, CLOSED, DETERMINER, DOCUMENT, GROUP, ING, MAN, MONTH, PAST, PERSON, POSSESSIVE, SAY, SAYING, SPEECH,
    THIRD, TIME, VERB, WOMAN,
};
use crate::quotes::tokens::{TokenShape, TokenizedText};

/// Where the description that ends with token `last` ends when what belongs to it is counted in, in bytes of the text:
/// "a spokesman" → "a spokesman for the party", "a person" → "a person close to the family".
pub(crate) fn extended_end(tokenized: &TokenizedText<'_>, last: usize) -> usize {
    const MOST: usize = 9;
    let sentence = tokenized.tokens[last].sentence;
    let mut end = last;
    for _ in 0..2 {
        let mut at = end + 1;
        let same = |i: usize| {
            tokenized
                .tokens
                .get(i)
                .is_some_and(|t| t.sentence == sentence && (t.is_word() || t.shape == TokenShape::Number))
        };
        let is_adjective = same(at) && is_linking_adjective(tokenized, at);
        at += usize::from(is_adjective);
        if !same(at)
            || !matches!(tokenized.words(at), "of" | "for" | "to" | "with" | "from" | "in" | "at" | "on" | "near")
        {
            break;
        }
        // "A man to five months": only who advises or speaks does so to somebody.
        let may_be_to =
            is_adjective || tokenized.tokens[last].is(PERSON | GROUP) && !tokenized.tokens[last].is(MAN | WOMAN);
        if tokenized.words(at) == "to" && (!may_be_to || is_years_old(tokenized, last)) {
            break;
        }
        // "In a statement", "on Friday" say where or when it was said, not who.
        if matches!(tokenized.words(at), "in" | "at" | "on" | "near" | "from") && at == end + 1 {
            let capital = same(at + 1) && tokenized.tokens[at + 1].is_capital() && !tokenized.tokens[at + 1].is(MONTH);
            if tokenized.tokens[last].is(DOCUMENT) || !capital && !is_place_of_speaker(tokenized, at) {
                break;
            }
        }
        let mut stop = at + 1;
        while stop < at + MOST && same(stop) && belongs(tokenized, stop) {
            stop += 1;
        }
        // "With knowledge of the closed-door": what goes on after it is cut off with it.
        while stop > at + 1 && is_open_end(tokenized, stop - 1) {
            stop -= 1;
        }
        if stop == at + 1 {
            break;
        }
        end = stop - 1;
    }
    let token = &tokenized.tokens[end];
    token.end as usize
}

/// "A man in the crowd shouted": whether the preposition at `at` says where the speaker is, not where it was said.
fn is_place_of_speaker(tokenized: &TokenizedText<'_>, at: usize) -> bool {
    const MOST: usize = 4;
    let speaker = &tokenized.tokens[at - 1];
    let words = (at + 2..at + 2 + MOST).take_while(|&i| {
        tokenized.tokens.get(i).is_some_and(|t| {
            t.shape == TokenShape::Small && !t.is(CLOSED | SAYING | DOCUMENT | TIME | MONTH | SAY | SPEECH)
        })
    });
    let after = words.last().map_or(at, |last| last + 1);
    speaker.is(PERSON | MAN | WOMAN | GROUP)
        && tokenized.tokens.get(at + 1).is_some_and(|t| t.is(DETERMINER))
        && tokenized.tokens.get(after).is_some_and(|t| after > at && t.is(SAY | SPEECH) && t.is(PAST | THIRD))
}

/// Whether a word says of the noun before it how near it is to something: "close to the family", "familiar with the case".
pub(super) fn is_linking_adjective(tokenized: &TokenizedText<'_>, at: usize) -> bool {
    matches!(tokenized.words(at), "close" | "familiar" | "briefed" | "involved" | "privy")
        && matches!(tokenized.words(at + 1), "to" | "with" | "on" | "in")
}

/// Where the noun ends that a preposition follows, over an adjective: "source" of "a source familiar with".
pub(crate) fn noun_before(tokenized: &TokenizedText<'_>, preposition: usize) -> Option<usize> {
    let before = preposition.checked_sub(1)?;
    if is_linking_adjective(tokenized, before) { before.checked_sub(1) } else { Some(before) }
}

/// "A 26-year-old man".
fn is_years_old(tokenized: &TokenizedText<'_>, last: usize) -> bool {
    super::is_years_old(tokenized.words(last)) || last > 0 && super::is_years_old(tokenized.words(last - 1))
}

/// Whether a phrase can't end with this word.
fn is_open_end(tokenized: &TokenizedText<'_>, at: usize) -> bool {
    let token = &tokenized.tokens[at];
    let is_half = token.shape == TokenShape::Small && tokenized.words(at).ends_with("-door");
    is_half
        || super::is_compound_adjective(tokenized.words(at))
        || token.shape == TokenShape::Small && token.is(CLOSED | DETERMINER | POSSESSIVE)
}

/// The longest list of what an office is for, in tokens.
const LIST: usize = 8;

/// Whether a word after "of" still belongs to the noun phrase.
fn belongs(tokenized: &TokenizedText<'_>, at: usize) -> bool {
    let token = &tokenized.tokens[at];
    let before = &tokenized.tokens[at - 1];
    if token.is_capital() {
        return !token.is(MONTH);
    }
    if tokenized.words(at) == "that" || super::is_always_verb(tokenized.words(at)) {
        return false;
    }
    if tokenized.words(at) == "and" {
        return super::is_in_list_of_duties(tokenized, at, at + LIST);
    }
    if before.possessive {
        return token.shape == TokenShape::Small && !token.is(CLOSED);
    }
    if token.is(DETERMINER | POSSESSIVE) || token.shape == TokenShape::Number {
        return before.is(CLOSED) || before.is(DETERMINER);
    }
    let plural = before.is(GROUP) && token.is(BASE);
    let verb = token.is(VERB) && (token.is(PAST | THIRD | ING) || plural) && !before.is(DETERMINER | POSSESSIVE);
    !verb && !token.is(CLOSED | ADVERB)
}
