//! Noun phrases: where one ends, which of its words are the name, and what it names.

mod classification;
mod complements;
mod compounds;

pub(crate) use classification::first_name_gender;
pub(crate) use complements::{extended_end, noun_before};
pub(crate) use compounds::leads_to_group;

use classification::classify;
use compounds::leads_to_name;

use crate::quotes::lexicon::{
    self, ADVERB, BASE, CLOSED, CONJUNCTION, DETERMINER, FIRST_NAME, GROUP, ING, MAN, MAN_NAME, MODIFIER, MONTH,
    ORGANIZATION, ORGANIZATION_WORD, PARTICLE, PAST, PEOPLE, PERSON, PLACE, POSSESSIVE, PREPOSITION, RELATION, SAYING,
    SPEAKING_NOUN, SUFFIX, THIRD, TIME, TITLE, VERB, WOMAN, WOMAN_NAME,
};
use crate::quotes::mentions::{Gender, Kind};
use crate::quotes::tokens::{Token, TokenShape, TokenizedText};

/// A noun phrase of tokens `first..end`.
#[derive(Debug, Clone)]
pub(crate) struct Phrase {
    pub first: usize,
    pub end: usize,
    pub kind: Kind,
    /// First and last token of the name.
    pub name: Option<(usize, usize)>,
    /// First and last token of the role or title.
    pub role: Option<(usize, usize)>,
    pub gender: Gender,
    pub plural: bool,
    pub definite: bool,
}

/// The longest phrase that is looked for, in words.
const LONGEST: usize = 14;

/// Whether a word in the past is no adjective: "hikers told police", "the mother of two said".
pub(crate) fn is_always_verb(word: &str) -> bool {
    matches!(word, "told" | "said" | "wrote" | "asked" | "warned")
}

/// Whether a word is of the kind "34-year-old".
pub(crate) fn is_years_old(word: &str) -> bool {
    word.ends_with("-old")
        && (word.ends_with("-year-old") || word.ends_with("-month-old") || word.ends_with("-years-old"))
}

/// "This week", "last Monday": when something happens, as two words.
pub(crate) fn is_time(tokenized: &TokenizedText<'_>, at: usize) -> bool {
    tokenized.tokens.get(at + 1).is_some_and(|t| t.is(TIME | MONTH) && !t.possessive)
        && matches!(tokenized.words(at), "this" | "last" | "next" | "earlier" | "later" | "This" | "Last" | "Next")
        // "This morning show" is a show.
        && tokenized.tokens.get(at + 2).is_none_or(|t| !t.is_word() || t.is(CLOSED | DETERMINER | VERB | ADVERB))
}

/// Reads the noun phrase that begins at token `first`; nothing where it has no noun.
pub(crate) fn read(tokenized: &TokenizedText<'_>, first: usize, limit: usize, owned: bool) -> Option<Phrase> {
    let limit = limit.min(first + LONGEST);
    let mut at = first;
    while at < limit && at < first + 3 && is_determiner(tokenized, at) {
        at += 1;
    }
    // "The then mayor".
    if at > first && at < limit && tokenized.reads(at, "then") {
        at += 1;
    }
    let determined = at > first || owned;
    let body = at;
    while at < limit && continues(tokenized, at, body, determined) {
        let token = &tokenized.tokens[at];
        at += 1;
        if token.possessive && !is_part_of_name(tokenized, at) {
            break;
        }
        at += joint_length(tokenized, at, limit);
    }
    // A number or a modifier at the end is none of it.
    while at > body && (tokenized.tokens[at - 1].shape == TokenShape::Number || trailing(tokenized, at, body)) {
        at -= 1;
    }
    if at == body {
        return None;
    }
    // "President of the Taxi Association Egeton Lewis": the name begins anew after the organization's.
    if first > 0 && tokenized.tokens[first - 1].is(PREPOSITION) {
        let cut = (body + 1..at.saturating_sub(1)).find(|&i| {
            tokenized.tokens[i - 1].is(ORGANIZATION_WORD)
                && (2..=3).contains(&(at - i))
                && is_new_name(tokenized, i, at)
        });
        at = cut.unwrap_or(at);
    }
    classify(tokenized, first, body, at, determined)
}

/// "Passengers’ League": a possessive in the plural before a word for organizations is part of the name.
fn is_part_of_name(tokenized: &TokenizedText<'_>, at: usize) -> bool {
    let before = &tokenized.tokens[at - 1];
    before.is_capital()
        && tokenized.words(at - 1).ends_with('s')
        && tokenized.tokens.get(at).is_some_and(|t| t.is_capital() && t.is(ORGANIZATION_WORD))
}

fn is_adverb(tokenized: &TokenizedText<'_>, at: usize) -> bool {
    let token = &tokenized.tokens[at];
    let noun_before = tokenized.tokens[at - 1].is_capital() || tokenized.tokens[at - 1].is(SPEAKING_NOUN | RELATION);
    token.is(ADVERB) || noun_before && !token.is(SPEAKING_NOUN | SAYING) && tokenized.ends_in(at, "ly")
}

/// Whether the words `start..end` look like a person's name rather than the rest of an organization's.
fn is_new_name(tokenized: &TokenizedText<'_>, start: usize, end: usize) -> bool {
    // "By FBI Director Doe": there what comes before is part of the title.
    let is_title = tokenized.tokens[start].is(TITLE) && !tokenized.tokens[start].is(FIRST_NAME);
    !is_title
        && (start..end)
            .all(|i| tokenized.tokens[i].is_capital() && !tokenized.tokens[i].is(ORGANIZATION_WORD | PLACE | PEOPLE))
}

fn trailing(tokenized: &TokenizedText<'_>, at: usize, body: usize) -> bool {
    let token = &tokenized.tokens[at - 1];
    token.shape == TokenShape::Small
        && at - 1 > body
        && (token.is(ADVERB) && !token.is(SPEAKING_NOUN)
            || token.is(VERB) && !token.is(SPEAKING_NOUN | RELATION | SAYING))
}

fn is_determiner(tokenized: &TokenizedText<'_>, at: usize) -> bool {
    let token = &tokenized.tokens[at];
    token.is(DETERMINER | POSSESSIVE) && token.is_word() && !token.possessive || token.shape == TokenShape::Number
}

/// Whether the phrase runs on over token `at`.
fn continues(tokenized: &TokenizedText<'_>, at: usize, body: usize, determined: bool) -> bool {
    let token = &tokenized.tokens[at];
    match token.shape {
        TokenShape::Number => at == body,
        TokenShape::Quotation => at > body && is_nickname_in_name(tokenized, at),
        TokenShape::Capital | TokenShape::Capitals => continues_with_capital(tokenized, at, body),
        TokenShape::Small => {
            if token.is(CLOSED | DETERMINER | POSSESSIVE)
                || (at > body && (is_adverb(tokenized, at) || complements::is_linking_adjective(tokenized, at)))
            {
                return false;
            }
            // "The campaign late Tuesday".
            if at > body
                && matches!(tokenized.words(at), "late" | "early")
                && tokenized.tokens.get(at + 1).is_some_and(|t| t.is(TIME | MONTH))
            {
                return false;
            }
            // After a bare name a small word is part of the phrase only when it is a noun for speakers ("Trump
            // campaign", "CNN host").
            let after_name = at > body && tokenized.tokens[at - 1].is_capital();
            if after_name && !token.is(SPEAKING_NOUN | RELATION | SAYING | MODIFIER) {
                let is_field = || at == body + 1 && !determined && leads_to_group(tokenized, at);
                if leads_to_name(tokenized, at) && is_compound_adjective(tokenized.words(at - 1)) || is_field() {
                    return true;
                }
                return determined && !is_verb_here(tokenized, at, body, determined) && !token.is(VERB);
            }
            if at == body
                && !determined
                && !token.is(SPEAKING_NOUN | MODIFIER | RELATION)
                && !is_years_old(tokenized.words(at))
                && !leads_to_group(tokenized, at)
            {
                return false;
            }
            if at > body && !determined && !token.is(SPEAKING_NOUN | RELATION | MODIFIER | SAYING) {
                // "Senior officials close": only nouns that may speak prolong a bare phrase.
                return leads_to_name(tokenized, at) || leads_to_group(tokenized, at);
            }
            !is_verb_here(tokenized, at, body, determined)
        }
        _ => false,
    }
}

/// "Dan “Rusty” Hollis": whether the quotation at `at` stands inside a name.
fn is_nickname_in_name(tokenized: &TokenizedText<'_>, at: usize) -> bool {
    const LONGEST: usize = 24;
    let (before, nickname) = (&tokenized.tokens[at - 1], &tokenized.tokens[at]);
    let is_part = |token: &Token| token.is_capital() && !token.is(CLOSED | DETERMINER | MONTH);
    let words = nickname.span().of(tokenized.text);
    let is_name = words.chars().nth(1).is_some_and(char::is_uppercase) && !words.contains([',', '.', '!', '?']);
    before.is(FIRST_NAME | MAN_NAME | WOMAN_NAME)
        && is_part(before)
        && nickname.end - nickname.start <= LONGEST as u32
        && is_name
        && tokenized.tokens.get(at + 1).is_some_and(|after| is_part(after) && after.sentence == nickname.sentence)
}

fn continues_with_capital(tokenized: &TokenizedText<'_>, at: usize, body: usize) -> bool {
    let token = &tokenized.tokens[at];
    let previous = (at > body).then(|| &tokenized.tokens[at - 1]);
    // "On the eighth night Dr. Doe".
    if previous.is_some_and(|p| p.shape == TokenShape::Small && p.is(TIME)) {
        return false;
    }
    // "FLOOD WARNING Lake Tarn": a name begins behind words in capitals.
    let is_loud = |at: usize| {
        let token = &tokenized.tokens[at];
        token.shape == TokenShape::Capitals && token.end - token.start > 3 && !token.is(FIRST_NAME | TITLE)
    };
    if token.shape == TokenShape::Capital && at > body + 1 && is_loud(at - 1) && is_loud(at - 2) {
        return false;
    }
    if token.is(MONTH) {
        let next_capital = tokenized.tokens.get(at + 1).is_some_and(|n| n.is_capital() && !n.is(MONTH));
        // "Orlando July 27".
        let after_first = previous.is_some_and(|p| p.is_capital() && p.is(FIRST_NAME | TITLE) && !p.is(PLACE));
        let surname = tokenized.words(at) == "May"
            && previous.is_some_and(|p| p.is_capital() && !p.is(DETERMINER | MONTH))
            && tokenized.tokens.get(at + 1).is_none_or(|n| n.shape != TokenShape::Number);
        return after_first || surname || (token.is(FIRST_NAME) && next_capital);
    }
    if previous.is_some() && token.is(CLOSED | DETERMINER) && token.shape == TokenShape::Capital {
        // "Will", "May" and the like inside a name; "The" begins another phrase.
        return token.is(FIRST_NAME);
    }
    true
}

/// How many small tokens at `at` join two capital parts of one name: "of the", "de la", "&".
fn joint_length(tokenized: &TokenizedText<'_>, at: usize, limit: usize) -> usize {
    let (Some(before), Some(here)) = (tokenized.tokens.get(at.wrapping_sub(1)), tokenized.tokens.get(at)) else {
        return 0;
    };
    if !before.is_capital() || at >= limit {
        return 0;
    }
    let capital_at = |i: usize| i < limit && tokenized.tokens[i].is_capital() && !tokenized.tokens[i].is(MONTH);
    let word = tokenized.words(at);
    if here.shape == TokenShape::Small && here.is(PARTICLE) {
        let particles = (at..limit.min(at + 3)).take_while(|&i| tokenized.tokens[i].is(PARTICLE)).count();
        let particles = particles.max(1);
        return if capital_at(at + particles) { particles } else { 0 };
    }
    let heads_organization = before.is(TITLE | ORGANIZATION_WORD | ORGANIZATION) && !before.is(FIRST_NAME);
    match word {
        "of" if heads_organization && capital_at(at + 1) => 1,
        "of" if heads_organization && tokenized.words(at + 1) == "the" && capital_at(at + 2) => 2,
        "for" | "on" if before.is(ORGANIZATION_WORD) && !before.is(TITLE) && capital_at(at + 1) => 1,
        "for" if before.is(TITLE) && !before.is(FIRST_NAME) && capital_at(at + 1) => 1,
        "&" if capital_at(at + 1) => 1,
        "and" | "," if is_in_list_of_duties(tokenized, at, limit) => 1,
        _ => 0,
    }
}

/// "Ministry of Rivers and Canals", "Minister of Farms, Forests and Fisheries": whether the comma or "and" at `at` stands
/// in what an office is for.
fn is_in_list_of_duties(tokenized: &TokenizedText<'_>, at: usize, limit: usize) -> bool {
    const LONGEST: usize = 8;
    let is_duty = |at: usize| {
        tokenized.tokens.get(at).is_some_and(|t| {
            t.shape == TokenShape::Capital
                && !t.is(FIRST_NAME
                    | TITLE & !MODIFIER
                    | PLACE
                    | PEOPLE
                    | MONTH
                    | CLOSED
                    | DETERMINER
                    | ORGANIZATION_WORD)
        })
    };
    // Back to "of" behind the office.
    let of = (at.saturating_sub(LONGEST)..at).rev().take_while(|&t| {
        tokenized.tokens[t].is_capital() || matches!(tokenized.words(t), "and" | "," | "of" | "for" | "on" | "the")
    });
    let heads = |of: usize| {
        matches!(tokenized.words(of), "of" | "for" | "on")
            && of > 0
            && tokenized.tokens[of - 1].is_capital()
            && (tokenized.tokens[of - 1].is(ORGANIZATION_WORD)
                || matches!(tokenized.words(of - 1), "Minister" | "Secretary" | "Ministers"))
    };
    if !of.into_iter().any(heads) || !is_duty(at - 1) {
        return false;
    }
    // On to "and" and what comes last.
    let mut here = at;
    while here < limit.min(at + LONGEST) {
        if tokenized.words(here) == "and" {
            return is_duty(here + 1);
        }
        if tokenized.tokens[here].shape != TokenShape::Comma || !is_duty(here + 1) {
            return false;
        }
        here += 2;
        while here < limit && is_duty(here) {
            here += 1;
        }
    }
    false
}

/// Whether a word with a capital is an adjective of a name: "Leeds-based", "Trump-style".
pub(crate) fn is_compound_adjective(word: &str) -> bool {
    let may_be_joined = word.bytes().any(|byte| byte == b'-' || !byte.is_ascii());
    may_be_joined
        && word.rsplit_once(['-', '‑']).is_some_and(|(_, last)| {
            matches!(
                last,
                "based"
                    | "born"
                    | "style"
                    | "led"
                    | "backed"
                    | "era"
                    | "area"
                    | "owned"
                    | "run"
                    | "funded"
                    | "like"
                    | "bound"
                    | "trained"
                    | "educated"
                    | "approved"
                    | "friendly"
                    | "related"
                    | "linked"
                    | "inspired"
                    | "controlled"
                    | "occupied"
                    | "aligned"
                    | "dominated"
                    | "listed"
                    | "level"
                    | "bred"
                    | "leaning"
                    | "sponsored"
                    | "raised"
                    | "appointed"
                    | "endorsed"
                    | "ruled"
                    | "held"
                    | "wide"
                    | "made"
                    | "themed"
            )
        })
}

/// Whether the small word at `at` is the verb after the phrase rather than one of its nouns.
fn is_verb_here(tokenized: &TokenizedText<'_>, at: usize, body: usize, determined: bool) -> bool {
    let token = &tokenized.tokens[at];
    if is_always_verb(tokenized.words(at)) {
        return true;
    }
    if at == body {
        return false;
    }
    let before = &tokenized.tokens[at - 1];
    let noun_before =
        before.is_capital() || before.is(SPEAKING_NOUN | RELATION | SAYING) || is_years_old(tokenized.words(at - 1));
    let may_be_noun = token.is(SPEAKING_NOUN | RELATION | MODIFIER);
    let next = tokenized.tokens.get(at + 1);
    let noun_follows = next.is_some_and(|n| n.shape == TokenShape::Small && n.is(SPEAKING_NOUN) && !n.is(VERB));
    if token.is(VERB) {
        if token.is(BASE) && may_be_noun {
            return before.is(GROUP) && !noun_follows;
        }
        // "Doe's curt answer": after one thing a verb would end in s.
        if token.is(BASE) && !token.is(PAST) && determined && token.is(SAYING) && is_singular(tokenized, at - 1) {
            return false;
        }
        if token.is(THIRD) && (may_be_noun || token.is(SAYING)) {
            return noun_before;
        }
        if token.is(PAST | ING) {
            return noun_before || !tokenized.ends_in(at - 1, "ly") && !noun_follows;
        }
        return noun_before || !determined || before.is(GROUP) || !noun_follows;
    }
    if noun_before && is_open_third(tokenized, at) {
        return true;
    }
    let word = tokenized.words(at);
    noun_before && !may_be_noun && word.len() > 4 && word.ends_with("ed") && !noun_follows
}

/// Whether a word that no list has looks like a verb in the third person: "waves off", "derides the".
pub(crate) fn is_open_third(tokenized: &TokenizedText<'_>, at: usize) -> bool {
    let token = &tokenized.tokens[at];
    if token.shape != TokenShape::Small || !lexicon::is_unknown(token.traits) {
        return false;
    }
    let word = tokenized.words(at);
    let looks = word.len() > 3 && word.ends_with('s') && !word.ends_with("ss");
    let next = tokenized.tokens.get(at + 1).filter(|n| n.sentence == token.sentence);
    looks
        && next
            .is_some_and(|n| n.is_quotation() || n.is(CLOSED | DETERMINER | POSSESSIVE | ADVERB) && !n.is(CONJUNCTION))
}

/// Whether a small word is no plural, by its ending, and no noun for people.
fn is_singular(tokenized: &TokenizedText<'_>, at: usize) -> bool {
    let token = &tokenized.tokens[at];
    token.shape == TokenShape::Small
        && !token.is(PERSON | MAN | WOMAN | GROUP | RELATION)
        && !tokenized.words(at).ends_with('s')
}

/// Whether a word with a capital is but letters that stand for something: "C.", "OH" behind a town, "R-Tarn", "T-shirt".
pub(crate) fn is_letters(tokenized: &TokenizedText<'_>, at: usize) -> bool {
    let letters = tokenized.words(at).trim_end_matches('.');
    let is_joined = letters.split_once('-').is_some_and(|(head, tail)| {
        matches!(head, "R" | "D" | "I") || head.len() == 1 && tail.starts_with(char::is_lowercase)
    });
    let is_postal = tokenized.tokens[at].shape == TokenShape::Capitals && POSTAL.contains(&letters);
    // In a conversation "A:" names who speaks.
    let is_label = tokenized.words(at + 1) == ":";
    is_joined || is_postal || letters.chars().nth(1).is_none() && !is_label
}

/// The letters that the American post has for the states.
const POSTAL: [&str; 51] = [
    "AL", "AK", "AZ", "AR", "CA", "CO", "CT", "DC", "DE", "FL", "GA", "HI", "IA", "ID", "IL", "IN", "KS", "KY", "LA",
    "MA", "MD", "ME", "MI", "MN", "MO", "MS", "MT", "NC", "ND", "NE", "NH", "NJ", "NM", "NV", "NY", "OH", "OK", "OR",
    "PA", "RI", "SC", "SD", "TN", "TX", "UT", "VA", "VT", "WA", "WI", "WV", "WY",
];

/// Whether a token is a suffix of a name (Jr.).
pub(crate) fn is_suffix(traits: u64) -> bool {
    traits & SUFFIX != 0
}
