//! When two names mean one person, across articles.

use std::cmp::Reverse;
use std::fmt;

use xxhash_rust::xxh3::xxh3_64;

use crate::text::fold;

/// What stands before a name and is no part of it, folded; only words that hardly begin the name of a company.
const TITLES: &[&str] = &[
    "mr",
    "mrs",
    "ms",
    "miss",
    "mx",
    "dr",
    "sir",
    "dame",
    "prof",
    "professor",
    "rev",
    "reverend",
    "sen",
    "senator",
    "rep",
    "representative",
    "congressman",
    "congresswoman",
    "gov",
    "governor",
    "lt",
    "adm",
    "admiral",
    "col",
    "colonel",
    "capt",
    "captain",
    "sgt",
    "sergeant",
    "president",
    "chancellor",
    "mayor",
    "sheriff",
    "ambassador",
    "former",
];

/// Titles and roles of men only.
const MALE: &[&str] = &[
    "mr",
    "sir",
    "lord",
    "duke",
    "spokesman",
    "congressman",
    "councilman",
    "assemblyman",
    "businessman",
    "policeman",
    "salesman",
    "sportsman",
    "king",
    "prince",
    "father",
    "husband",
    "son",
    "brother",
    "grandfather",
    "uncle",
    "nephew",
];

/// Titles and roles of women only.
const FEMALE: &[&str] = &[
    "mrs",
    "ms",
    "miss",
    "mme",
    "madam",
    "dame",
    "lady",
    "duchess",
    "spokeswoman",
    "congresswoman",
    "councilwoman",
    "assemblywoman",
    "businesswoman",
    "policewoman",
    "saleswoman",
    "sportswoman",
    "chairwoman",
    "queen",
    "princess",
    "mother",
    "wife",
    "daughter",
    "sister",
    "grandmother",
    "aunt",
    "niece",
    "actress",
];

/// What stands in small letters before a surname and belongs to it, folded.
const PARTICLES: &[&str] = &[
    "van", "von", "der", "den", "de", "del", "della", "di", "da", "das", "dos", "do", "du", "la", "le", "el", "al",
    "bin", "ibn", "ben", "ten", "ter", "zu", "zur", "af", "av", "y", "st",
];

/// What follows a surname and does not tell families apart, folded.
const SUFFIXES: &[&str] = &["jr", "sr", "ii", "iii", "iv"];

/// What the keys of those begin with who have no name; no folded name holds it.
const DESCRIBED: char = '\u{1}';

/// What two names must share to be taken for one person across articles: the words, folded, titles before them and
/// initials in the middle left out. Who has no name ("a spokesman") has a key that no
/// name has.
pub fn person_key(name: &str) -> String {
    let words = words(name);
    // "a Trump supporter" is another one in another article, whatever name is in it.
    let is_anyone = ["a ", "an "].iter().any(|article| name.starts_with(article));
    if is_anyone || !is_name(&words) {
        return format!("{DESCRIBED}{}", fold(name));
    }
    let last = words.len().saturating_sub(1);
    let kept = words.iter().enumerate().filter(|&(at, word)| at == 0 || at == last || initial(word).is_none());
    kept.map(|(_, word)| folded(word)).collect::<Vec<_>>().join(" ")
}

/// Whether these words are a name: "Mara Deniz", "van der Velde", "al-Assad"; not "a spokesman", "officials".
fn is_name(words: &[&str]) -> bool {
    let is_small = |word: &&&str| word.starts_with(char::is_lowercase);
    match words.iter().find(|word| !(is_small(word) && PARTICLES.contains(&folded(word).as_str()))) {
        // "al-Assad", "d'Estaing".
        Some(word) if is_small(&word) => {
            let rest = word.split_once(['-', '\'', '’']).filter(|(head, _)| head.chars().count() <= 2);
            rest.is_some_and(|(_, rest)| rest.starts_with(char::is_uppercase))
        }
        Some(_) => true,
        None => false,
    }
}

/// The surnames by which a key of several words may be called: "velde", "der velde" and "van der velde".
pub(super) fn surnames(key: &str) -> Vec<&str> {
    let mut end = key.len();
    let mut last = key.rsplit(' ');
    let mut start = key.len();
    let mut found = Vec::new();
    if is_described(key) || !key.contains(' ') || key.contains('&') {
        return found;
    }
    while let Some(word) = last.next().filter(|word| start > word.len()) {
        start -= word.len();
        if SUFFIXES.contains(&word) && end == key.len() && found.is_empty() {
            end = start.saturating_sub(1);
        } else if found.is_empty() || PARTICLES.contains(&word) {
            found.push(&key[start..end]);
        } else {
            break;
        }
        start = start.saturating_sub(1);
    }
    found.retain(|surname| *surname != key);
    found
}

/// Whether a key is that of a surname alone, particles and all.
pub(super) fn is_bare(key: &str) -> bool {
    let mut words = key.rsplit(' ');
    !is_described(key) && words.next().is_some() && words.all(|word| PARTICLES.contains(&word))
}

/// The last word of a full name, by its key: the one that all its surnames end in.
pub fn family_name(key: &str) -> Option<&str> {
    // The key of a surname alone is that of nobody's full name.
    surnames(key).first().copied().filter(|_| !is_bare(key))
}

/// A number that stands for a person wherever they speak, by the key of the name: by it a colour is chosen. It is the same
/// for the full name and for the surname alone.
pub fn colour_key(key: &str) -> u64 {
    xxh3_64(family_name(key).unwrap_or(key).as_bytes())
}

/// The letter and the surname of a key like "b holt".
pub(super) fn with_initial(key: &str) -> Option<(char, &str)> {
    let (first, surname) = key.split_once(' ')?;
    let mut letters = first.chars();
    let letter = letters.next().filter(|c| c.is_alphabetic())?;
    (letters.next().is_none() && is_bare(surname)).then_some((letter, surname))
}

/// Whether the person with this key has no name, only a description, which is not linked across articles.
pub(crate) fn is_described(key: &str) -> bool {
    key.starts_with(DESCRIBED)
}

/// Whether a name, met in another article, has this key; asked of every headline, so it looks at the last word first.
pub(super) fn has_key(name: &str, key: &str) -> bool {
    let last = |words: &str| words.rsplit(' ').next().map(folded);
    let may_be = || last(name.trim_end()) == last(key);
    !is_described(key) && may_be() && person_key(name) == key
}

/// The words of a name, articles and titles before it left out.
fn words(name: &str) -> Vec<&str> {
    let mut words: Vec<&str> = name.split_whitespace().collect();
    let is_in = |word: &str, list: &[&str]| list.contains(&folded(word).as_str());
    let goes = |words: &[&str]| words.len() > 1 && (is_in(words[0], &["the", "a", "an"]) || is_in(words[0], TITLES));
    while goes(&words) {
        words.remove(0);
    }
    words
}

/// A word without the dots and commas at its end, folded.
fn folded(word: &str) -> String {
    fold(word.trim_end_matches(['.', ',']))
}

/// The letter, where a word is an initial.
fn initial(word: &str) -> Option<char> {
    let mut letters = word.trim_end_matches(['.', ',']).chars();
    let letter = letters.next().filter(|c| c.is_uppercase())?;
    letters.next().is_none().then_some(letter)
}

/// Whether a role is a form of address only, which says nothing of the person's role.
pub(super) fn is_courtesy(role: &str) -> bool {
    matches!(folded(role).as_str(), "mr" | "mrs" | "ms" | "miss" | "mx")
}

/// Whether it is a man or a woman, as far as titles and roles tell.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum NameGender {
    Male,
    Female,
}

/// What tells two people of one name apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub(super) struct NameTraits {
    pub(super) gender: Option<NameGender>,
    /// The first initial in the middle of the name.
    pub(super) initial: Option<char>,
}

impl NameTraits {
    /// What a name and a role tell.
    pub fn of(name: &str, role: Option<&str>) -> Self {
        let said: Vec<String> = name.split_whitespace().take(2).chain(role_head(role)).map(folded).collect();
        let is_any_in = |list: &[&str]| said.iter().any(|word| list.contains(&word.as_str()));
        let gender = match (is_any_in(MALE), is_any_in(FEMALE)) {
            (true, false) => Some(NameGender::Male),
            (false, true) => Some(NameGender::Female),
            _ => None,
        };
        let words = words(name);
        let middle = words.get(1..words.len().saturating_sub(1)).unwrap_or_default();
        Self { gender, initial: middle.iter().find_map(|word| initial(word)) }
    }

    /// Whether one says what the other denies.
    pub fn contradict(self, other: Self) -> bool {
        let differ = |one: Option<char>, other: Option<char>| one.is_some() && other.is_some() && one != other;
        let genders = self.gender.is_some() && other.gender.is_some() && self.gender != other.gender;
        genders || differ(self.initial, other.initial)
    }

    /// What both tell.
    pub fn and(self, other: Self) -> Self {
        Self { gender: self.gender.or(other.gender), initial: self.initial.or(other.initial) }
    }
}

/// The words of a role up to "of" or "for": what follows is about another person.
fn role_head(role: Option<&str>) -> impl Iterator<Item = &str> {
    let words = role.unwrap_or_default().split_whitespace();
    words
        .take_while(|word| !matches!(*word, "of" | "for" | "to" | "at" | "in"))
        .filter(|word| !word.contains(['\'', '’']))
}

/// What a person is matched by across articles: the key of the name, and what title, role and initial tell.
///
/// Written down ([`fmt::Display`], [`Identity::parse`]) as the key and, after tabs, `m` or `f` and the initial.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Identity {
    pub(super) key: String,
    pub(super) traits: NameTraits,
}

impl Identity {
    /// What a name and a role tell.
    pub fn of(name: &str, role: Option<&str>) -> Self {
        let key = person_key(name);
        let traits = if is_described(&key) { NameTraits::default() } else { NameTraits::of(name, role) };
        Self { key, traits }
    }

    /// With what the forms of address tell by which an article names one by surname only: "Mrs. Okafor".
    #[must_use]
    pub fn addressed(mut self, aliases: &[String]) -> Self {
        if is_bare(&self.key) && self.traits.gender.is_none() {
            let forms = aliases.iter().filter(|alias| person_key(alias) == self.key);
            let mut genders: Vec<_> = forms.filter_map(|alias| NameTraits::of(alias, None).gender).collect();
            genders.dedup();
            self.traits.gender = genders.first().copied().filter(|_| genders.len() == 1);
        }
        self
    }

    /// Reads what was written down.
    pub fn parse(written: &str) -> Self {
        let mut parts = written.split('\t');
        let key = parts.next().unwrap_or_default().to_owned();
        let gender = match parts.next() {
            Some("m") => Some(NameGender::Male),
            Some("f") => Some(NameGender::Female),
            _ => None,
        };
        Self { key, traits: NameTraits { gender, initial: parts.next().and_then(|initial| initial.chars().next()) } }
    }

    /// What all identities share that may be one person's without a link by the user.
    pub fn key(&self) -> &str {
        &self.key
    }

    /// Whether there is a name, not only a description ("a spokesman"), which is not linked across articles.
    pub fn is_named(&self) -> bool {
        !is_described(&self.key)
    }
}

impl fmt::Display for Identity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.key)?;
        let gender = match self.traits.gender {
            Some(NameGender::Male) => "m",
            Some(NameGender::Female) => "f",
            None => "",
        };
        match self.traits.initial {
            Some(initial) => write!(f, "\t{gender}\t{initial}"),
            None if gender.is_empty() => Ok(()),
            None => write!(f, "\t{gender}"),
        }
    }
}

/// By what the fuller of two forms of one name is chosen: more words, fewer of them in capitals only, less before the
/// name; then accents and small particles.
pub(super) fn fullness(name: &str) -> (usize, Reverse<usize>, Reverse<usize>, &str) {
    let words = words(name);
    let is_loud =
        |word: &&&str| word.chars().filter(|c| c.is_uppercase()).count() > 1 && !word.contains(char::is_lowercase);
    let before = name.split_whitespace().count() - words.len();
    (words.len(), Reverse(words.iter().filter(is_loud).count()), Reverse(before), name)
}

#[cfg(test)]
mod tests;
