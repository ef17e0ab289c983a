//! Roles: what "the spokesman", "the senator" and "the paper" can mean.

use std::borrow::Cow;
use std::sync::LazyLock;

use crate::quotes::lexicon;
use crate::quotes::word_map::WordMap;

/// What is known about a word of a role.
#[derive(Debug, Default)]
struct RoleWord {
    /// In which of [`SECTIONS`] it stands, as bits.
    sections: u8,
    /// What it is short for.
    full: Option<&'static str>,
    /// What else it is: a senator is a lawmaker.
    kinds: Vec<&'static str>,
    /// Whether another is of this kind.
    is_kind: bool,
}

const SECTIONS: [&str; 7] = ["nameless", "office", "outlet", "outlet-name", "issued", "maker", "party"];
const NAMELESS: u8 = 1;
const OFFICE: u8 = 1 << 1;
const OUTLET: u8 = 1 << 2;
const OUTLET_NAME: u8 = 1 << 3;
const ISSUED: u8 = 1 << 4;
const MAKER: u8 = 1 << 5;
const PARTY: u8 = 1 << 6;

static WORDS: LazyLock<WordMap<RoleWord>> = LazyLock::new(|| {
    let mut words: WordMap<RoleWord> = WordMap::default();
    lexicon::each_line(include_str!("data/roles.txt"), |section, line| {
        if let Some(bit) = SECTIONS.iter().position(|name| *name == section) {
            line.split(' ').for_each(|word| words.change(word, |known| known.sections |= 1 << bit));
        } else if section == "kinds" {
            let mut line = line.split(' ');
            let kind = line.next().unwrap_or_default();
            words.change(kind, |known| known.is_kind = true);
            line.for_each(|word| words.change(word, |known| known.kinds.push(kind)));
        } else if let Some((short, full)) = line.split_once(' ') {
            words.change(short, |known| known.full = Some(full));
        }
    });
    words
});

fn is(section: u8, word: &str) -> bool {
    WORDS.get(word).is_some_and(|known| known.sections & section != 0)
}

/// Whether a noun is for people who are spoken of without a name.
pub(crate) fn is_nameless(word: &str) -> bool {
    is(NAMELESS, word)
}

/// The age that "the 29-year-old" states.
pub(crate) fn age(words: &str) -> Option<u8> {
    let mut joined = words.split(' ').filter(|word| word.contains('-'));
    joined.find_map(|w| w.split_once("-year")).and_then(|(age, _)| age.parse().ok())
}

/// Whether a noun is for an office.
pub(crate) fn is_office(word: &str) -> bool {
    is(OFFICE, word)
}

/// Whether a noun is for an outlet.
pub(crate) fn is_outlet(word: &str) -> bool {
    is(OUTLET, word)
}

/// Whether a noun is for a company by what it does.
pub(crate) fn is_maker(word: &str) -> bool {
    is(MAKER, word)
}

/// Whether a name holds a word that outlets are named by.
pub(crate) fn is_outlet_name(name: &str) -> bool {
    name.split([' ', '-']).any(|w| is(OUTLET_NAME, w))
}

/// Whether a noun is for a document that speaks for its issuer.
pub(crate) fn is_issued(word: &str) -> bool {
    is(ISSUED, word)
}

/// Whether who is the one thing is the other too: a senator is a lawmaker.
pub(crate) fn is_kind_of(word: &str, kind: &str) -> bool {
    word == kind || WORDS.get(word).is_some_and(|known| known.kinds.contains(&kind))
}

/// Whether a word is for who is of a party.
pub(crate) fn is_party(word: &str) -> bool {
    is(PARTY, word)
}

/// A word of a role that is looked for among those of others.
pub(crate) struct Wanted<'a> {
    word: Cow<'a, str>,
    is_kind: bool,
    is_party: bool,
}

impl<'a> Wanted<'a> {
    pub fn new(word: Cow<'a, str>) -> Self {
        let known = WORDS.get(&word);
        let is_party = known.is_some_and(|known| known.sections & PARTY != 0);
        Self { is_kind: known.is_some_and(|known| known.is_kind), is_party, word }
    }

    /// As it is written.
    pub fn word(&self) -> &str {
        &self.word
    }

    /// Whether who is the one thing is this too.
    pub fn is_met_by(&self, word: &str) -> bool {
        word == self.word || self.is_kind && is_kind_of(word, &self.word)
    }

    /// Whether it and another word exclude each other.
    pub fn is_excluded_by(&self, word: &str) -> bool {
        self.is_party && are_two_parties(word, &self.word)
    }
}

/// Whether two words of roles exclude each other: two parties.
fn are_two_parties(one: &str, other: &str) -> bool {
    one != other && is(PARTY, one) && is(PARTY, other)
}

/// The words of a role in the form in which roles are compared: small, short forms written out.
pub(crate) fn normal_words(words: &str) -> impl Iterator<Item = Cow<'_, str>> {
    words.split([' ', '-', '/']).filter_map(|word| {
        let word = lower(without_marks(word));
        if matches!(&*word, "" | "the" | "a" | "an" | "of" | "for" | "former" | "at" | "in") {
            return None;
        }
        Some(WORDS.get(&word).and_then(|known| known.full).map_or(word, Cow::Borrowed))
    })
}

/// The word without the marks around it.
pub(crate) fn without_marks(word: &str) -> &str {
    match word.as_bytes() {
        [first, .., last] if first.is_ascii_alphanumeric() && last.is_ascii_alphanumeric() => word,
        _ => word.trim_matches(|c: char| !c.is_alphanumeric()),
    }
}

/// The word in small letters.
pub(crate) fn lower(word: &str) -> Cow<'_, str> {
    if word.bytes().all(|b| b.is_ascii() && !b.is_ascii_uppercase()) {
        Cow::Borrowed(word)
    } else {
        Cow::Owned(word.to_lowercase())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn short_forms_are_written_out() {
        let normal = |words| normal_words(words).collect::<Vec<_>>();
        assert_eq!(normal("Texas Sen."), ["texas", "senator"]);
        assert_eq!(normal("R-Wis."), ["republican", "wisconsin"]);
        assert_eq!(normal("spokeswoman for the Kremlin"), ["spokesperson", "kremlin"]);
        assert!(is_outlet_name("The Washington Post") && !is_outlet_name("Arsenal"));
    }
}
