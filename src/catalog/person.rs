//! When two names mean one person, across articles.

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
    "dame",
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

/// What the keys of those begin with who have no name; no folded name holds it.
const DESCRIBED: char = '\u{1}';

/// What two names must share to be taken for one person across articles: the words, folded, titles before them and
/// initials in the middle left out. Who has no name ("a spokesman") has a key that no
/// name has.
pub fn person_key(name: &str) -> String {
    let words = words(name);
    let is_named = words.first().is_some_and(|word| !word.starts_with(char::is_lowercase));
    if !is_named {
        return format!("{DESCRIBED}{}", fold(name));
    }
    let last = words.len().saturating_sub(1);
    let kept = words.iter().enumerate().filter(|&(at, word)| at == 0 || at == last || initial(word).is_none());
    kept.map(|(_, word)| folded(word)).collect::<Vec<_>>().join(" ")
}

/// Whether the person with this key has no name, only a description: in another article it means somebody else.
pub(super) fn is_described(key: &str) -> bool {
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

/// Whether a role is a form of address only, which says nothing of what somebody is.
pub(super) fn is_courtesy(role: &str) -> bool {
    matches!(folded(role).as_str(), "mr" | "mrs" | "ms" | "miss" | "mx")
}

/// Whether it is a man or a woman, as far as titles and roles tell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Gender {
    Male,
    Female,
}

/// What tells two people of one name apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Traits {
    gender: Option<Gender>,
    /// The first initial in the middle of the name.
    initial: Option<char>,
}

impl Traits {
    /// What a name and a role tell.
    pub fn of(name: &str, role: Option<&str>) -> Self {
        let said: Vec<String> = name.split_whitespace().take(2).chain(role_head(role)).map(folded).collect();
        let is_any_in = |list: &[&str]| said.iter().any(|word| list.contains(&word.as_str()));
        let gender = match (is_any_in(MALE), is_any_in(FEMALE)) {
            (true, false) => Some(Gender::Male),
            (false, true) => Some(Gender::Female),
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

/// The words of a role up to "of" or "for": what follows is about somebody else.
fn role_head(role: Option<&str>) -> impl Iterator<Item = &str> {
    let words = role.unwrap_or_default().split_whitespace();
    words
        .take_while(|word| !matches!(*word, "of" | "for" | "to" | "at" | "in"))
        .filter(|word| !word.contains(['\'', '’']))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_that_agree_share_a_key() {
        for same in [
            ["Dmitry Peskov", "DMITRY PESKOV"],
            ["Zoë Okafor", "Mrs. Zoe Okafor"],
            ["John A. Smith", "John Smith"],
            ["Sen. John McCain", "John McCain"],
            ["the Coast Guard", "Coast Guard"],
            ["Ed Holt Jr.", "Ed Holt, Jr"],
        ] {
            assert_eq!(person_key(same[0]), person_key(same[1]));
        }
        for different in [
            ["Bill Clinton", "Hillary Clinton"],
            ["Donald Trump", "Donald Trump Jr."],
            ["Peskov", "Dmitry Peskov"],
            ["J. Smith", "K. Smith"],
            ["a Clinton aide", "Clinton"],
        ] {
            assert_ne!(person_key(different[0]), person_key(different[1]));
        }
    }

    #[test]
    fn who_has_no_name_is_described() {
        for name in ["a spokesman", "the engineer", "officials", "The spokesman"] {
            assert!(is_described(&person_key(name)), "{name}");
        }
        for name in ["Okafor", "the White House", "Mr. Holt", "3M", "Ирина", "林"] {
            assert!(!is_described(&person_key(name)), "{name}");
        }
    }

    #[test]
    fn a_description_is_met_in_no_other_article() {
        assert!(
            has_key("Mr. Zoe Okafor", &person_key("Zoë Okafor")) && has_key("Ed Holt, Jr.", &person_key("Ed Holt Jr"))
        );
        assert!(!has_key("Ann Okafor", &person_key("Zoë Okafor")));
        assert!(!has_key("a spokesman", &person_key("a spokesman")));
    }

    #[test]
    fn titles_roles_and_initials_may_contradict() {
        let of = |name: &str, role: &str| Traits::of(name, Some(role));
        assert!(of("Alex Holt", "party spokesman").contradict(of("Alex Holt", "spokeswoman for the port")));
        assert!(of("Mr. Holt", "").contradict(of("Mrs. Holt", "")));
        assert!(of("John A. Holt", "").contradict(of("John B. Holt", "")));
        assert!(!of("John A. Holt", "").contradict(of("John Holt", "")));
        assert!(!of("Ann Roe", "spokesman of the queen").contradict(of("Ann Roe", "the mayor’s brother")));
        assert!(!of("Ann Roe", "senator").contradict(of("Ann Roe", "former candidate")));
    }
}
