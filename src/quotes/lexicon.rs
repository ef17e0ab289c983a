//! What the engine knows about single words: the lists of `data/`, read once.

use std::sync::LazyLock;

use crate::quotes::word_map::WordMap;
use crate::text;

/// What a word can be, as a set of bits.
pub(crate) type WordTraits = u64;

macro_rules! traits {
    ($($(#[$doc:meta])* $name:ident = $bit:expr;)*) => { $($(#[$doc])* pub(crate) const $name: WordTraits = 1 << $bit;)* };
}

traits! {
    DETERMINER = 0;
    POSSESSIVE = 1;
    HE = 2;
    SHE = 3;
    THEY = 4;
    IT = 5;
    FIRST_PERSON = 6;
    YOU = 7;
    WHO = 8;
    WHICH = 9;
    /// Pronouns that can be the subject of "said".
    SUBJECT = 10;
    PREPOSITION = 11;
    SUBORDINATOR = 12;
    CONJUNCTION = 13;
    AUXILIARY = 14;
    ADVERB = 15;
    /// Opens sentences with a capital and is no part of a name.
    OPENER = 16;
    MONTH = 17;
    ABBREVIATION = 18;
    MODIFIER = 19;
    /// A verb that nearly always stands beside what was said.
    SAY = 20;
    /// A verb that often does.
    SPEECH = 21;
    /// An everyday verb.
    COMMON = 22;
    /// Base form of a verb.
    BASE = 23;
    THIRD = 24;
    PAST = 25;
    ING = 26;
    PERSON = 27;
    MAN = 28;
    WOMAN = 29;
    GROUP = 30;
    ORGANIZATION = 31;
    DOCUMENT = 32;
    /// A noun that introduces words: "claim", "words".
    SAYING = 33;
    TITLE = 34;
    MALE_TITLE = 35;
    FEMALE_TITLE = 36;
    RELATION = 37;
    MAN_NAME = 38;
    WOMAN_NAME = 39;
    EITHER_NAME = 40;
    PARTICLE = 41;
    SUFFIX = 42;
    PLACE = 43;
    PEOPLE = 44;
    ORGANIZATION_WORD = 45;
    NEGATION = 46;
    /// A noun for a time: week, morning.
    TIME = 47;
    /// A first name wherever it stands with a capital; not "Golden", though people are called so.
    FIRST_NAME = 48;
    /// A first name that is also a word or a place.
    WORD_TOO = 49;
    /// A first name that more people have as a surname.
    SURNAME = 50;
    /// A state of the United States, or its short form: a place that says nothing.
    STATE = 51;
    /// A word that says nothing, though it stands with a capital: "Photo", "TV".
    VOICELESS = 52;
    /// An everyday verb for a deed, whose object is named rather than quoted: wear, launch.
    DOING = 53;
    /// A verb that tells what somebody thinks or feels rather than says.
    THOUGHT = 54;
    /// A verb of speech that tells as often what somebody does with a thing: order, read, open.
    HANDLING = 55;
}

pub(crate) const VERB: WordTraits = SAY | SPEECH | COMMON;
/// Whether men or women have a name.
const NAME_OF: WordTraits = MAN_NAME | WOMAN_NAME | EITHER_NAME;
/// Nouns for people, groups, organizations and documents: those that may speak.
pub(crate) const SPEAKING_NOUN: WordTraits = PERSON | MAN | WOMAN | GROUP | ORGANIZATION | DOCUMENT;
/// Words that no noun phrase runs over.
pub(crate) const CLOSED: WordTraits = HE
    | SHE
    | THEY
    | IT
    | FIRST_PERSON
    | YOU
    | WHO
    | WHICH
    | PREPOSITION
    | SUBORDINATOR
    | CONJUNCTION
    | AUXILIARY
    | NEGATION;

const SECTIONS: [(&str, WordTraits); 46] = [
    ("determiner", DETERMINER),
    ("possessive", POSSESSIVE),
    ("he", HE),
    ("she", SHE),
    ("they", THEY),
    ("it", IT),
    ("first", FIRST_PERSON),
    ("you", YOU),
    ("who", WHO),
    ("which", WHICH),
    ("subject", SUBJECT),
    ("preposition", PREPOSITION),
    ("subordinator", SUBORDINATOR),
    ("conjunction", CONJUNCTION),
    ("auxiliary", AUXILIARY),
    ("negation", NEGATION),
    ("adverb", ADVERB),
    ("opener", OPENER),
    ("voiceless", VOICELESS),
    ("month", MONTH),
    ("time", TIME),
    ("abbreviation", ABBREVIATION),
    ("modifier", MODIFIER),
    ("person", PERSON),
    ("man", MAN),
    ("woman", WOMAN),
    ("group", GROUP),
    ("organization", ORGANIZATION),
    ("document", DOCUMENT),
    ("saying", SAYING),
    ("title", TITLE),
    ("male-title", MALE_TITLE),
    ("female-title", FEMALE_TITLE),
    ("relation", RELATION),
    ("men", MAN_NAME),
    ("women", WOMAN_NAME),
    ("either", EITHER_NAME),
    ("first-name", FIRST_NAME),
    ("word-too", WORD_TOO),
    ("surname", SURNAME),
    ("particle", PARTICLE),
    ("suffix", SUFFIX),
    ("place", PLACE),
    ("state", PLACE | STATE),
    ("people-adjective", PEOPLE),
    ("organization-word", ORGANIZATION_WORD),
];

const VERB_SECTIONS: [(&str, WordTraits); 6] = [
    ("say", SAY),
    ("speech", SPEECH),
    ("common", COMMON),
    ("doing", COMMON | DOING),
    ("thought", THOUGHT),
    ("handling", HANDLING),
];

type Table = WordMap<WordTraits>;

const LISTS: [&str; 3] =
    [include_str!("data/words.txt"), include_str!("data/people.txt"), include_str!("data/names.txt")];
const CENSUS: &str = include_str!("data/first_names.txt");

static TABLE: LazyLock<Table> = LazyLock::new(|| {
    let mut table = Table::default();
    for list in LISTS {
        each_word(list, |word, bit| add(&mut table, word, bit));
    }
    each_line(include_str!("data/verbs.txt"), |section, line| {
        if let Some((_, bit)) = VERB_SECTIONS.iter().find(|(name, _)| *name == section) {
            add_verb(&mut table, line, *bit);
        }
    });
    each_word(LISTS[2], |word, bit| {
        if bit & NAME_OF != 0 {
            add(&mut table, word, FIRST_NAME);
        }
    });
    add_census(&mut table);
    table
});

/// Adds the first names of the Census; those that are words, places or surnames too only say man or woman.
fn add_census(table: &mut Table) {
    each_word(CENSUS, |word, bit| {
        table.change(word, |known| {
            if bit & NAME_OF == 0 || *known & NAME_OF == 0 {
                *known |= bit;
            }
        });
    });
    each_word(CENSUS, |word, _| {
        table.change(word, |known| {
            if *known & !NAME_OF == 0 {
                *known |= FIRST_NAME;
            }
        });
    });
}

/// Hands `take` each word of a list with what its section says.
fn each_word(list: &str, mut take: impl FnMut(&str, WordTraits)) {
    each_line(list, |section, line| {
        if let Some((_, bit)) = SECTIONS.iter().find(|(name, _)| *name == section) {
            text::runs(line).for_each(|word| take(word, *bit));
        }
    });
}

/// Hands `take` each line of a list with the name of its section.
pub(crate) fn each_line<'a>(list: &'a str, mut take: impl FnMut(&'a str, &'a str)) {
    let mut section = "";
    for line in list.lines().map(str::trim).filter(|l| !l.is_empty() && !l.starts_with('#')) {
        match line.strip_prefix('[').and_then(|l| l.strip_suffix(']')) {
            Some(name) => section = name,
            None => take(section, line),
        }
    }
}

fn add(table: &mut Table, word: &str, traits: WordTraits) {
    table.change(word, |known| *known |= traits);
}

/// Adds the forms of a verb: the regular ones, and in the place of the regular past those of the line.
fn add_verb(table: &mut Table, line: &str, class: WordTraits) {
    let mut forms = text::runs(line);
    let Some(base) = forms.next() else { return };
    add(table, base, class | BASE);
    let (mut has_past, mut has_ing) = (false, false);
    for form in forms {
        let ing = form.ends_with("ing") && form != base;
        add(table, form, class | if ing { ING } else { PAST });
        has_past |= !ing;
        has_ing |= ing;
    }
    let consonant_y = base.ends_with('y') && !base.ends_with(['a', 'e', 'o', 'u']) && {
        let before = base.as_bytes().iter().rev().nth(1);
        before.is_some_and(|b| !b"aeou".contains(b))
    };
    let stem = &base[..base.len() - 1];
    let mut form = String::with_capacity(base.len() + 3);
    let mut add_form = |(start, ending): (&str, &str), traits| {
        form.clear();
        form.push_str(start);
        form.push_str(ending);
        add(table, &form, class | traits);
    };
    let third = match base {
        _ if consonant_y => (stem, "ies"),
        _ if base.ends_with(['s', 'x', 'z', 'o']) || base.ends_with("ch") || base.ends_with("sh") => (base, "es"),
        _ => (base, "s"),
    };
    add_form(third, THIRD);
    if !has_past {
        let past = match base {
            _ if consonant_y => (stem, "ied"),
            _ if base.ends_with('e') => (base, "d"),
            _ => (base, "ed"),
        };
        add_form(past, PAST);
    }
    if !has_ing {
        let is_mute = base.ends_with('e') && !base.ends_with("ee");
        add_form((if is_mute { stem } else { base }, "ing"), ING);
    }
}

/// Whether no list has a word, but perhaps as a name that is hardly known as one.
pub(crate) fn is_unknown(traits: WordTraits) -> bool {
    traits & !(NAME_OF | WORD_TOO | SURNAME) == 0
}

/// What the lists say about a word, whatever its case.
pub(crate) fn traits(word: &str) -> WordTraits {
    TABLE.get(word).copied().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn verbs_have_all_their_forms() {
        assert_eq!(traits("Said") & (SAY | PAST), SAY | PAST);
        assert_eq!(traits("adds") & (SAY | THIRD), SAY | THIRD);
        assert_eq!(traits("denied") & (SPEECH | PAST), SPEECH | PAST);
        assert_eq!(traits("denies") & (SPEECH | THIRD), SPEECH | THIRD);
        assert_eq!(traits("arguing") & (SPEECH | ING), SPEECH | ING);
        assert_eq!(traits("went") & COMMON, COMMON);
    }

    #[test]
    fn every_section_is_known() {
        for list in LISTS.into_iter().chain([CENSUS]) {
            each_line(list, |section, _| {
                assert!(SECTIONS.iter().any(|(name, _)| *name == section), "no such section: {section}");
            });
        }
    }

    #[test]
    fn case_and_accents() {
        assert_ne!(traits("Zoë") & WOMAN_NAME, 0);
        assert_eq!(traits("xyzzy"), 0);
        assert_eq!(traits(&"x".repeat(5000)), 0);
    }
}
