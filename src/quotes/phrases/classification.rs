//! Which words of a phrase are a name, and what it names.

use super::{Phrase, is_years_old};
use crate::quotes::lexicon::{
    self, DOCUMENT, EITHER_NAME, FEMALE_TITLE, FIRST_NAME, GROUP, MALE_TITLE, MAN, MAN_NAME, ORGANIZATION,
    ORGANIZATION_WORD, PARTICLE, PEOPLE, PERSON, PLACE, RELATION, SPEAKING_NOUN, TITLE, VOICELESS, WOMAN, WOMAN_NAME,
};
use crate::quotes::mentions::{Gender, Kind};
use crate::quotes::tokens::{TokenShape, TokenizedText};

pub(super) fn classify(
    tokenized: &TokenizedText<'_>,
    first: usize,
    body: usize,
    end: usize,
    determined: bool,
) -> Option<Phrase> {
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
        || token.is_quotation()
        || (at > body
            && at + 1 < end
            && matches!(tokenized.words(at), "of" | "the" | "for" | "on" | "&" | "and" | ",") | token.is(PARTICLE)
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
    if word.contains('-')
        && let Some((parent, _)) = word.split_once("-of-")
    {
        // "The mother-of-two".
        let traits = lexicon::traits(parent);
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
    // All of them end so.
    if word.len() < 6 || !word.ends_with(['t', 'n', 'r', 's', 'e']) {
        Kind::Noun
    } else if PEOPLE_ENDINGS.iter().any(|e| word.ends_with(e)) {
        Kind::NounPerson
    } else if GROUP_ENDINGS.iter().any(|e| word.ends_with(e)) {
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
    let is_organization = last.is(ORGANIZATION_WORD) && !names_person(tokenized, (capitals, end), determined);
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
    // "A small PAC", "the mayor's VP": a noun, though in capitals.
    if length == 1 && last.is(VOICELESS) && last.is(SPEAKING_NOUN) && (determined || name > body) {
        phrase.name = None;
        return classify_noun(tokenized, phrase.clone(), body, determined).unwrap_or(phrase);
    }
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
    phrase.gender = name_gender(tokenized, body, (name, end), phrase.kind);
    phrase
}

/// Whether words with a capital name a person although their last word is one of organizations'.
fn names_person(tokenized: &TokenizedText<'_>, (start, end): (usize, usize), determined: bool) -> bool {
    let is_title = |at: usize| tokenized.tokens[at].is(TITLE) && !tokenized.tokens[at].is(FIRST_NAME);
    let is_first = |at: usize| tokenized.tokens[at].is(FIRST_NAME);
    let starts_with_first = is_first(start) && !tokenized.tokens[start].is(TITLE);
    // "Secretary of the Treasury", "Tarn City Mayor Otto Guardian".
    let of_title = is_title(start) && tokenized.words(start + 1) == "of";
    let behind_title = (start..end.saturating_sub(2)).any(|at| is_title(at) && is_first(at + 1) && end - at <= 4);
    starts_with_first && end - start == 2 && !determined || of_title || behind_title
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
    // "Georgia Sen. Lyle Boone".
    let is_state = tokens[start].is(PLACE) && start + 2 < end && tokens[start + 1].is(TITLE);
    let first_is_name = tokens[start].is(FIRST_NAME) && !tokens[start].is(TITLE | PEOPLE) && !is_state;
    // "Christian Dean" is a name, "Christian Rev. Otto Lang" is not.
    let is_surname =
        |i: usize| i > start && tokens[i - 1].is(FIRST_NAME) && (!tokens[i - 1].is(PEOPLE | PLACE) || i + 1 == end);
    let last_title = (start..end).rev().find(|&i| tokens[i].is(TITLE) && !is_surname(i));
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
    let is_long = end - start > 2 && !tokens[start].is(FIRST_NAME);
    let adjective = is_long && tokens[start].is(PEOPLE);
    // "Resident Shabnam Aziz", "Botanist Felicity Raine".
    let trade = is_long
        && tokens[start].shape == TokenShape::Capital
        && (tokens[start].is(PERSON) || noun_by_ending(tokenized.words(start)) == Kind::NounPerson);
    start + usize::from(adjective || trade)
}

fn name_gender(tokenized: &TokenizedText<'_>, body: usize, (name, end): (usize, usize), kind: Kind) -> Gender {
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
    let first = &tokenized.tokens[name];
    // "Dr. van der Velde": Van is a man's name too.
    if !first.is(PARTICLE) && (first.is(FIRST_NAME) || kind == Kind::Person) {
        first_name_gender(first.traits)
    } else {
        Gender::Unknown
    }
}

/// What a first name says.
pub(crate) fn first_name_gender(traits: u64) -> Gender {
    match (traits & MAN_NAME != 0, traits & WOMAN_NAME != 0, traits & EITHER_NAME != 0) {
        (true, false, false) => Gender::Man,
        (false, true, false) => Gender::Woman,
        _ => Gender::Unknown,
    }
}
