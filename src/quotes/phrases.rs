//! Noun phrases: where one ends, which of its words are the name, and what it names.

use crate::quotes::lexicon::{
    ADVERB, BASE, CLOSED, CONJUNCTION, DETERMINER, DOCUMENT, EITHER_NAME, FEMALE_TITLE, FIRST_NAME, GROUP, ING,
    MALE_TITLE, MAN, MAN_NAME, MODIFIER, MONTH, ORGANIZATION, ORGANIZATION_WORD, PARTICLE, PAST, PEOPLE, PERSON, PLACE,
    POSSESSIVE, PREPOSITION, RELATION, SAYING, SPEAKING_NOUN, SUFFIX, THIRD, TITLE, VERB, WOMAN, WOMAN_NAME,
};
use crate::quotes::mentions::{Gender, Kind};
use crate::quotes::tokens::{TokenShape, TokenizedText};

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

/// Whether a word is of the kind "34-year-old".
pub(crate) fn is_years_old(word: &str) -> bool {
    word.ends_with("-year-old") || word.ends_with("-month-old") || word.ends_with("-years-old")
}

/// Reads the noun phrase that begins at token `first`; nothing where it has no noun.
pub(crate) fn read(tokenized: &TokenizedText<'_>, first: usize, limit: usize, owned: bool) -> Option<Phrase> {
    let limit = limit.min(first + LONGEST);
    let mut at = first;
    while at < limit && at < first + 3 && is_determiner(tokenized, at) {
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
    // "President of the Taxi Association Egeton Lewis": the name begins anew after the body's.
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

/// "Passengers’ League": a possessive in the plural before a word for bodies is part of the name.
fn is_part_of_name(tokenized: &TokenizedText<'_>, at: usize) -> bool {
    let before = &tokenized.tokens[at - 1];
    before.is_capital()
        && tokenized.words(at - 1).ends_with('s')
        && tokenized.tokens.get(at).is_some_and(|t| t.is_capital() && t.is(ORGANIZATION_WORD))
}

fn is_adverb(tokenized: &TokenizedText<'_>, at: usize) -> bool {
    let token = &tokenized.tokens[at];
    let noun_before = tokenized.tokens[at - 1].is_capital() || tokenized.tokens[at - 1].is(SPEAKING_NOUN | RELATION);
    token.is(ADVERB) || noun_before && !token.is(SPEAKING_NOUN) && tokenized.words(at).ends_with("ly")
}

/// Whether the words `start..end` look like a person's name rather than the rest of a body's.
fn is_new_name(tokenized: &TokenizedText<'_>, start: usize, end: usize) -> bool {
    (start..end)
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
        TokenShape::Capital | TokenShape::Capitals => continues_with_capital(tokenized, at, body),
        TokenShape::Small => {
            if token.is(CLOSED | DETERMINER | POSSESSIVE) || (at > body && is_adverb(tokenized, at)) {
                return false;
            }
            // After a bare name a small word is part of the phrase only when it is a noun for speakers ("Trump
            // campaign", "CNN host").
            let after_name = at > body && tokenized.tokens[at - 1].is_capital();
            if after_name && !token.is(SPEAKING_NOUN | RELATION | SAYING | MODIFIER) {
                return determined && !is_verb_here(tokenized, at, body, determined) && !token.is(VERB);
            }
            if at == body
                && !determined
                && !token.is(SPEAKING_NOUN | MODIFIER | RELATION)
                && !is_years_old(tokenized.words(at))
            {
                return false;
            }
            if at > body && !determined && !token.is(SPEAKING_NOUN | RELATION | MODIFIER | SAYING) {
                // "Senior officials close": only nouns that may speak prolong a bare phrase.
                return false;
            }
            !is_verb_here(tokenized, at, body, determined)
        }
        _ => false,
    }
}

fn continues_with_capital(tokenized: &TokenizedText<'_>, at: usize, body: usize) -> bool {
    let token = &tokenized.tokens[at];
    let previous = (at > body).then(|| &tokenized.tokens[at - 1]);
    if token.is(MONTH) {
        let next_capital = tokenized.tokens.get(at + 1).is_some_and(|n| n.is_capital() && !n.is(MONTH));
        let after_first = previous.is_some_and(|p| p.is_capital() && p.is(FIRST_NAME | TITLE));
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
        _ => 0,
    }
}

/// Whether the small word at `at` is the verb after the phrase rather than one of its nouns.
fn is_verb_here(tokenized: &TokenizedText<'_>, at: usize, body: usize, determined: bool) -> bool {
    let token = &tokenized.tokens[at];
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
        if token.is(THIRD) && (may_be_noun || token.is(SAYING)) {
            return noun_before;
        }
        if token.is(PAST | ING) {
            return noun_before || !(tokenized.words(at - 1).ends_with("ly")) && !noun_follows;
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
    let word = tokenized.words(at);
    let looks = token.shape == TokenShape::Small
        && token.traits == 0
        && word.len() > 3
        && word.ends_with('s')
        && !word.ends_with("ss");
    let next = tokenized.tokens.get(at + 1).filter(|n| n.sentence == token.sentence);
    looks
        && next
            .is_some_and(|n| n.is_quotation() || n.is(CLOSED | DETERMINER | POSSESSIVE | ADVERB) && !n.is(CONJUNCTION))
}

fn classify(tokenized: &TokenizedText<'_>, first: usize, body: usize, end: usize, determined: bool) -> Option<Phrase> {
    let mut capitals = end;
    while capitals > body && is_name_part(tokenized, capitals - 1, body, end) {
        capitals -= 1;
    }
    let definite = !matches!(
        tokenized.words(first),
        "a" | "an" | "A" | "An" | "another" | "Another" | "one" | "One" | "some" | "Some"
    );
    let base = Phrase {
        first,
        end,
        kind: Kind::Noun,
        name: None,
        role: None,
        gender: Gender::Unknown,
        plural: false,
        definite,
    };
    if capitals < end {
        Some(classify_name(tokenized, base, body, capitals, determined))
    } else {
        classify_noun(tokenized, base, body, determined)
    }
}

fn is_name_part(tokenized: &TokenizedText<'_>, at: usize, body: usize, end: usize) -> bool {
    let token = &tokenized.tokens[at];
    token.is_capital()
        || (at > body
            && at + 1 < end
            && matches!(tokenized.words(at), "of" | "the" | "for" | "on" | "&") | token.is(PARTICLE)
            && (tokenized.tokens[at + 1].is_capital()
                || tokenized.tokens[at + 1].is(PARTICLE)
                || tokenized.words(at + 1) == "the"))
}

fn classify_noun(tokenized: &TokenizedText<'_>, mut phrase: Phrase, body: usize, determined: bool) -> Option<Phrase> {
    let head = &tokenized.tokens[phrase.end - 1];
    let word = tokenized.words(phrase.end - 1);
    phrase.kind = match head.traits {
        _ if is_years_old(word) => Kind::NounPerson,
        t if t & GROUP != 0 => Kind::NounGroup,
        t if t & (PERSON | MAN | WOMAN) != 0 => Kind::NounPerson,
        t if t & ORGANIZATION != 0 => Kind::NounOrganization,
        t if t & DOCUMENT != 0 => Kind::NounDocument,
        t if t & RELATION != 0 => Kind::NounPerson,
        _ => noun_by_ending(word),
    };
    if !determined && phrase.kind == Kind::Noun {
        return None;
    }
    phrase.definite &= determined;
    phrase.plural = phrase.kind == Kind::NounGroup;
    phrase.gender = noun_gender(head.traits);
    if let Some((parent, _)) = word.split_once("-of-") {
        // "The mother-of-two".
        let traits = crate::quotes::lexicon::traits(parent);
        if traits & RELATION != 0 {
            (phrase.kind, phrase.gender) = (Kind::NounPerson, noun_gender(traits));
        }
    }
    phrase.role = Some((body, phrase.end - 1));
    Some(phrase)
}

/// What a noun that no list has may be, by its ending.
fn noun_by_ending(word: &str) -> Kind {
    const PEOPLE_ENDINGS: [&str; 9] = ["ologist", "ist", "man", "woman", "ician", "crat", "keeper", "maker", "person"];
    const GROUP_ENDINGS: [&str; 8] = ["ologists", "ists", "men", "women", "icians", "crats", "keepers", "people"];
    if word.len() > 5 && PEOPLE_ENDINGS.iter().any(|e| word.ends_with(e)) {
        Kind::NounPerson
    } else if word.len() > 5 && GROUP_ENDINGS.iter().any(|e| word.ends_with(e)) {
        Kind::NounGroup
    } else {
        Kind::Noun
    }
}

fn noun_gender(traits: u64) -> Gender {
    if traits & MAN != 0 {
        Gender::Man
    } else if traits & WOMAN != 0 {
        Gender::Woman
    } else {
        Gender::Unknown
    }
}

fn classify_name(
    tokenized: &TokenizedText<'_>,
    mut phrase: Phrase,
    body: usize,
    capitals: usize,
    determined: bool,
) -> Phrase {
    let end = phrase.end;
    let last = &tokenized.tokens[end - 1];
    let before = (capitals > body).then(|| &tokenized.tokens[capitals - 1]);
    let small_role = before.filter(|b| b.is(SPEAKING_NOUN | RELATION | TITLE)).map(|_| (body, capitals - 1));
    let starts_with_first = tokenized.tokens[capitals].is(FIRST_NAME) && !tokenized.tokens[capitals].is(TITLE);
    let of_title = tokenized.tokens[capitals].is(TITLE) && !starts_with_first && tokenized.words(capitals + 1) == "of";
    let is_organization =
        last.is(ORGANIZATION_WORD) && !(starts_with_first && end - capitals == 2 && !determined) && !of_title;
    let name = if is_organization { capitals } else { name_start(tokenized, capitals, end) };
    if name == end {
        return classify_title(tokenized, phrase, body);
    }
    phrase.name = Some((name, end - 1));
    phrase.role = if name > capitals { Some((body, name - 1)) } else { small_role };
    let titled = name > capitals && tokenized.tokens[capitals..name].iter().any(|t| t.is(TITLE));
    let aged = end - name > 1 && has_age(tokenized, end);
    let first = &tokenized.tokens[name];
    let length = end - name;
    let one_word_group = length == 1 && last.is(GROUP) && !last.is(FIRST_NAME)
        || length == 1 && last.is(PERSON | PEOPLE) && determined && name == body;
    phrase.kind = if one_word_group {
        phrase.name = None;
        phrase.role = Some((body, end - 1));
        if last.is(GROUP) { Kind::NounGroup } else { Kind::NounPerson }
    } else if is_organization
        || tokenized.tokens[name..end].iter().any(|t| t.is(ORGANIZATION_WORD)) && !starts_with_first && !titled
    {
        Kind::Organization
    } else if titled || aged || (small_role.is_some() && before.is_some_and(|b| b.is(PERSON | MAN | WOMAN | RELATION)))
    {
        Kind::Person
    } else if tokenized.tokens[name..end].iter().all(|t| t.is(PLACE | PEOPLE) && (length == 1 || !t.is(FIRST_NAME)))
        || length > 1 && last.is(PLACE) && !last.is(FIRST_NAME) && !starts_with_first
    {
        Kind::Place
    } else if first.is(FIRST_NAME) && (length > 1 || !determined) {
        Kind::Person
    } else if length == 1
        && (last.shape == TokenShape::Capitals && tokenized.words(end - 1).len() <= 6 || determined && capitals == body)
    {
        Kind::Organization
    } else {
        Kind::Name
    };
    phrase.plural = phrase.kind == Kind::NounGroup;
    phrase.gender = name_gender(tokenized, body, name, end);
    phrase
}

/// Whether ", 34," follows: only people have their age given so.
fn has_age(tokenized: &TokenizedText<'_>, end: usize) -> bool {
    let shape = |at: usize| tokenized.tokens.get(at).map(|t| t.shape);
    shape(end) == Some(TokenShape::Comma)
        && shape(end + 1) == Some(TokenShape::Number)
        && tokenized.words(end + 1).len() <= 2
        && !matches!(shape(end + 2), Some(TokenShape::Small | TokenShape::Capital | TokenShape::Number))
}

/// A phrase of titles only: "the President", "Senate Majority Leader".
fn classify_title(tokenized: &TokenizedText<'_>, mut phrase: Phrase, body: usize) -> Phrase {
    let traits = tokenized.tokens[phrase.end - 1].traits;
    phrase.kind = Kind::NounPerson;
    phrase.gender = match noun_gender(traits) {
        Gender::Unknown if traits & MALE_TITLE != 0 => Gender::Man,
        Gender::Unknown if traits & FEMALE_TITLE != 0 => Gender::Woman,
        gender => gender,
    };
    phrase.role = Some((body, phrase.end - 1));
    phrase
}

/// Where the name begins among capital words, titles and peoples' adjectives before it left out; `end` for titles only.
fn name_start(tokenized: &TokenizedText<'_>, start: usize, end: usize) -> usize {
    let tokens = &tokenized.tokens;
    let first_is_name = tokens[start].is(FIRST_NAME) && !tokens[start].is(TITLE);
    let last_title = (start..end).rev().find(|&i| tokens[i].is(TITLE) && !(i > start && tokens[i - 1].is(FIRST_NAME)));
    if let Some(title) = last_title.filter(|&t| !(first_is_name && t > start)) {
        if title + 1 == end {
            // "Stephen King" is a name, "Attorney General" is not.
            return if start == title && tokens[title].is(FIRST_NAME) { start } else { end };
        }
        if !matches!(tokenized.words(title + 1), "of" | "for") {
            // "Minister for National Development Desmond Koh": what is left of the title goes too.
            let first = (title + 2..end.saturating_sub(1)).find(|&i| tokens[i].is(FIRST_NAME) && !tokens[i].is(PLACE));
            let long = (start..title).any(|i| matches!(tokenized.words(i), "of" | "for"));
            return first.filter(|_| long && !tokens[title + 1].is(FIRST_NAME)).unwrap_or(title + 1);
        }
        let named = (title + 2..end).find(|&i| tokens[i].is(FIRST_NAME) && i + 1 < end);
        return named.unwrap_or(end);
    }
    // "Town Clerk Edwina Sallow": what stands before a first name is no name, whether a list has it or not.
    let first_name = (start..end.saturating_sub(1)).find(|&i| tokens[i].is(FIRST_NAME));
    // "San Jose" is all place.
    let first_name = first_name
        .filter(|&f| f == start || !matches!(tokenized.words(f - 1), "San" | "Santa" | "São" | "Saint" | "St" | "St."));
    // But "Tan Wei Ming" is all name: there the last word is a first name too.
    let known = tokens[start].is(SPEAKING_NOUN) || !tokens[end - 1].is(FIRST_NAME);
    let fits = |f: &usize| *f > start && (2..=3).contains(&(end - f)) && !tokens[*f].is(PLACE);
    if let Some(first) = first_name.filter(fits).filter(|_| known) {
        return first;
    }
    let adjective = tokens[start].is(PEOPLE) && !tokens[start].is(FIRST_NAME) && end - start > 2;
    start + usize::from(adjective)
}

fn name_gender(tokenized: &TokenizedText<'_>, body: usize, name: usize, end: usize) -> Gender {
    for token in &tokenized.tokens[body..name] {
        if token.is(MALE_TITLE | MAN) && !token.is(FEMALE_TITLE | WOMAN) {
            return Gender::Man;
        }
        if token.is(FEMALE_TITLE | WOMAN) && !token.is(MALE_TITLE | MAN) {
            return Gender::Woman;
        }
    }
    // One word alone is a surname more often than not, and many surnames are first names too.
    if end - name < 2 {
        return Gender::Unknown;
    }
    first_name_gender(tokenized.tokens[name].traits)
}

/// What a first name says.
pub(crate) fn first_name_gender(traits: u64) -> Gender {
    match (traits & MAN_NAME != 0, traits & WOMAN_NAME != 0, traits & EITHER_NAME != 0) {
        (true, false, false) => Gender::Man,
        (false, true, false) => Gender::Woman,
        _ => Gender::Unknown,
    }
}

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
        if same(at) && matches!(tokenized.words(at), "close" | "familiar" | "briefed" | "involved") {
            at += 1;
        }
        if !same(at)
            || !matches!(tokenized.words(at), "of" | "for" | "to" | "with" | "from" | "in" | "at" | "on" | "near")
        {
            break;
        }
        // "In a statement", "on Friday" say where or when it was said, not who.
        if matches!(tokenized.words(at), "in" | "at" | "on" | "near" | "from") && at == end + 1 {
            let capital = same(at + 1) && tokenized.tokens[at + 1].is_capital() && !tokenized.tokens[at + 1].is(MONTH);
            if !capital || tokenized.tokens[last].is(DOCUMENT) {
                break;
            }
        }
        let mut stop = at + 1;
        while stop < at + MOST && same(stop) && belongs(tokenized, stop) {
            stop += 1;
        }
        if stop == at + 1 {
            break;
        }
        end = stop - 1;
    }
    let token = &tokenized.tokens[end];
    token.end as usize
}

/// Whether a word after "of" still belongs to the noun phrase.
fn belongs(tokenized: &TokenizedText<'_>, at: usize) -> bool {
    let token = &tokenized.tokens[at];
    let before = &tokenized.tokens[at - 1];
    if token.is_capital() {
        return !token.is(MONTH);
    }
    if tokenized.words(at) == "that" {
        return false;
    }
    if before.possessive {
        return token.shape == TokenShape::Small && !token.is(CLOSED);
    }
    if token.is(DETERMINER | POSSESSIVE) || token.shape == TokenShape::Number {
        return before.is(CLOSED) || before.is(DETERMINER);
    }
    let verb = token.is(VERB) && token.is(PAST | THIRD | ING) && !before.is(DETERMINER | POSSESSIVE);
    !verb && !token.is(CLOSED | ADVERB)
}

/// Whether a token is a suffix of a name (Jr.).
pub(crate) fn is_suffix(traits: u64) -> bool {
    traits & SUFFIX != 0
}
