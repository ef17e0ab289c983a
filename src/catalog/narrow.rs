//! Narrowing a long list of people by what one types, letter by letter.

use std::sync::Arc;

use nucleo_matcher::pattern::{AtomKind, CaseMatching, Normalization, Pattern};
use nucleo_matcher::{Config, Matcher, Utf32Str};

use super::Person;
use crate::text::{fold, fold_with_offsets};

/// Narrows a list; each further letter looks only at what is left.
#[derive(Debug, Default)]
pub struct Narrowing {
    typed: String,
    /// What is left, by where it stands in the list; everything where nothing is typed.
    left: Option<Vec<u32>>,
}

impl Narrowing {
    /// Those of `people` whose names or roles have the words of `typed`; where there is none, those who have its letters in
    /// their order. Names come before roles, who fits best first, then who comes first in the list. Asked for another list, a new one must be made.
    pub fn narrow(&mut self, people: &[Arc<Person>], typed: &str) -> Vec<Arc<Person>> {
        let typed = fold(typed.trim());
        if typed.is_empty() {
            *self = Self::default();
            return people.to_vec();
        }
        let before = self.left.take().filter(|_| typed.starts_with(&self.typed));
        let among: Vec<u32> = before.unwrap_or_else(|| (0..people.len() as u32).collect());
        let mut fits = Fits::new(&typed);
        let mut scored: Vec<(u32, u32)> = Vec::new();
        for at in among {
            if let Some(score) = people.get(at as usize).and_then(|person| fits.score(person)) {
                scored.push((u32::MAX - score, at));
            }
        }
        scored.sort_unstable();
        let words: Vec<&str> = typed.split_whitespace().collect();
        let all = || scored.iter().map(|&(_, at)| &people[at as usize]);
        let (mut whole, mut by_role) = (Vec::new(), Vec::new());
        for person in all() {
            match has_words(person, &words) {
                Some(Part::Name) => whole.push(Arc::clone(person)),
                Some(Part::Role) => by_role.push(Arc::clone(person)),
                None => {}
            }
        }
        whole.append(&mut by_role);
        let found = if whole.is_empty() { all().cloned().collect() } else { whole };
        self.typed = typed;
        self.left = Some(scored.into_iter().map(|(_, at)| at).collect());
        found
    }
}

/// The letters of a name that were typed, by the bytes at which they begin; none where only the role has them.
pub fn typed_letters(name: &str, typed: &str) -> Vec<usize> {
    let folded = fold_with_offsets(name);
    let mut fits = Fits::new(&fold(typed.trim()));
    let mut letters = Vec::new();
    let (mut buffer, haystack) = (Vec::new(), &folded.text);
    let found = fits.pattern.indices(Utf32Str::new(haystack, &mut buffer), &mut fits.matcher, &mut letters);
    if found.is_none() {
        return Vec::new();
    }
    letters.sort_unstable();
    letters.dedup();
    let starts: Vec<usize> = haystack.char_indices().map(|(at, _)| at).collect();
    let mut bytes: Vec<usize> = letters
        .into_iter()
        .filter_map(|letter| starts.get(letter as usize))
        .map(|&at| folded.original(at, at + 1).start)
        .collect();
    bytes.dedup();
    bytes
}

/// What of a person has words.
enum Part {
    Name,
    Role,
}

/// Whether the name of a person, or else the role, has all these folded words.
fn has_words(person: &Person, words: &[&str]) -> Option<Part> {
    let has = |text: &str| words.iter().all(|word| text.contains(word));
    let key = person.identity.split('\t').next().unwrap_or_default();
    if has(key) || has(&fold(&person.name)) {
        return Some(Part::Name);
    }
    person.role.as_deref().filter(|role| has(&fold(role))).map(|_| Part::Role)
}

struct Fits {
    matcher: Matcher,
    pattern: Pattern,
    buffer: Vec<char>,
}

impl Fits {
    fn new(folded: &str) -> Self {
        // Both sides are folded already.
        let pattern = Pattern::new(folded, CaseMatching::Respect, Normalization::Never, AtomKind::Fuzzy);
        Self { matcher: Matcher::new(Config::DEFAULT), pattern, buffer: Vec::new() }
    }

    fn score(&mut self, person: &Person) -> Option<u32> {
        /// However well a role fits, a name fits better.
        const NAME: u32 = 1 << 16;
        // The key is the folded name.
        let key = person.identity.split('\t').next().unwrap_or_default();
        let own = if person.identities > 1 { self.fit(&fold(&person.name)) } else { None };
        let named = self.fit(key).max(own).map(|score| NAME + score);
        named.or_else(|| self.fit(&fold(person.role.as_deref()?)))
    }

    fn fit(&mut self, haystack: &str) -> Option<u32> {
        self.pattern.score(Utf32Str::new(haystack, &mut self.buffer), &mut self.matcher)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn person(name: &str, role: Option<&str>) -> Arc<Person> {
        Arc::new(Person { role: role.map(Into::into), ..Person::called(name) })
    }

    #[test]
    fn letter_by_letter_and_all_at_once_are_the_same() {
        let people = [
            person("Dmitry Peskov", Some("Kremlin spokesman")),
            person("Zoë Küster", None),
            person("Peter Skovgaard", None),
            person("Ida Roe", Some("pesky critic")),
        ];
        let names = |found: Vec<Arc<Person>>| found.iter().map(|p| p.name.to_string()).collect::<Vec<_>>();
        let mut typing = Narrowing::default();
        for end in 1..=5 {
            let typed = &"pesko"[..end];
            let once = Narrowing::default().narrow(&people, typed);
            assert_eq!(names(typing.narrow(&people, typed)), names(once));
        }
        assert_eq!(names(typing.narrow(&people, "pesk")), ["Dmitry Peskov", "Ida Roe"]);
        assert_eq!(names(typing.narrow(&people, "pskov")), ["Peter Skovgaard", "Dmitry Peskov"]);
        assert_eq!(names(typing.narrow(&people, "KUSTER zo")), ["Zoë Küster"]);
        assert_eq!(names(typing.narrow(&people, "kremlin")), ["Dmitry Peskov"]);
        assert!(typing.narrow(&people, "zzz").is_empty());
        assert_eq!(typing.narrow(&people, " ").len(), 4);
    }

    #[test]
    fn words_come_before_scattered_letters_and_names_before_roles() {
        let people = [
            person("ROLL TIDE Alabama", None),
            person("Joe Bateman", Some("adviser of Obama")),
            person("David Axelrod", Some("former Obama adviser")),
            person("Barack Obama", None),
            person("Obama", None),
        ];
        let found = Narrowing::default().narrow(&people, "obama");
        let names: Vec<_> = found.iter().map(|person| &*person.name).collect();
        assert_eq!(names, ["Barack Obama", "Obama", "Joe Bateman", "David Axelrod"]);
    }

    #[test]
    fn letters_are_found_in_the_name_as_it_is_written() {
        assert_eq!(typed_letters("Zoë Küster", "zok"), [0, 1, 5]);
        assert_eq!(typed_letters("Zoë Küster", "ust"), [6, 8, 9]);
        assert!(typed_letters("Zoë", "peskov").is_empty());
    }
}
