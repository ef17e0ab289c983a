//! Names that are probably one person's, though nothing says so: proposed to the user, never joined.
//!
//! Accepts everyone who speaks; notes for some of them whose name theirs is like. Short forms are proposed where people are
//! gathered ([`super::short_forms`]); here are full names of which one has a word more ("Ines Brandt Holt", "Ines Holt"), and
//! rare ones that are one letter from one that is not rare ("Tomas Lindquist").

use std::collections::HashMap;
use std::sync::Arc;

use super::identity_links::IdentityLinks;
use super::person::{Identity, is_bare, is_described, with_initial};
use super::speaker_index::{FullName, Person};
use crate::quotes::Spoken;
use crate::text::slips;

/// The shortest surname, in letters, of which another can be a misspelling.
const SHORTEST: usize = 6;

/// How many letters at its start a misspelling has right.
const SAME_START: usize = 3;

/// How many times as much is said under the name that another is a misspelling of.
const OFTEN: u32 = 3;

/// The most names that are compared with each other: of more that begin alike, nothing is to be proposed.
const MOST: usize = 100;

/// A person with a full name.
struct Named<'a> {
    at: usize,
    identity: &'a Identity,
    quotations: u32,
}

/// Notes for people whose names are like those of others, and for those of whom that is known already how much the other one
/// says. What the user denies is not proposed.
pub fn propose_like_names(people: &mut [Arc<Person>], links: &IdentityLinks) {
    let by_identity: HashMap<&str, u32> =
        people.iter().map(|person| (&*person.identity, person.spoken.quotations)).collect();
    let known = |full: &FullName| by_identity.get(&*full.identity).copied();
    let counts: Vec<(usize, u32)> =
        (people.iter().enumerate()).filter_map(|(at, person)| Some((at, known(person.perhaps.as_ref()?)?))).collect();
    let pairs = like_pairs(people, links);
    for (at, quotations) in counts {
        if let Some(full) = &mut Arc::make_mut(&mut people[at]).perhaps {
            full.quotations = quotations;
        }
    }
    for (rare, often) in pairs {
        let Person { identity, name, spoken: Spoken { quotations, .. }, .. } = &*people[often];
        let full = FullName { identity: identity.clone(), name: name.clone(), quotations: *quotations };
        Arc::make_mut(&mut people[rare]).perhaps.get_or_insert(Box::new(full));
    }
}

/// Two people whose names are alike, by where they stand: first the one who says less.
fn like_pairs(people: &[Arc<Person>], links: &IdentityLinks) -> Vec<(usize, usize)> {
    let identities: Vec<Identity> = people.iter().map(|person| Identity::parse(&person.identity)).collect();
    let mut longer: HashMap<(&str, &str), Vec<Named<'_>>> = HashMap::new();
    let mut spelled: HashMap<(&str, &str), Vec<Named<'_>>> = HashMap::new();
    for (at, identity) in identities.iter().enumerate() {
        let Some((first, last)) = full_name(&identity.key) else { continue };
        let named = || Named { at, identity, quotations: people[at].spoken.quotations };
        longer.entry((first, last)).or_default().push(named());
        if let Some((start, _)) = last.char_indices().nth(SAME_START).map(|(end, _)| last.split_at(end)) {
            spelled.entry((first, start)).or_default().push(named());
        }
    }
    let mut pairs = Vec::new();
    // Of three it is not plain which two are one.
    for group in longer.values().filter(|group| group.len() == 2) {
        pairs.extend(pair(&group[0], &group[1], links, |one, other| one.key != other.key));
    }
    for group in spelled.values().filter(|group| group.len() <= MOST) {
        for (at, one) in group.iter().enumerate() {
            pairs.extend(
                group[at + 1..]
                    .iter()
                    .filter_map(|other| pair(one, other, links, is_misspelling))
                    .filter(|&(rare, often)| people[often].spoken.quotations >= OFTEN * people[rare].spoken.quotations),
            );
        }
    }
    pairs
}

/// The first and the last word of a full name.
fn full_name(key: &str) -> Option<(&str, &str)> {
    if is_described(key) || is_bare(key) || with_initial(key).is_some() || key.contains('&') {
        return None;
    }
    Some((key.split(' ').next()?, key.rsplit(' ').next()?))
}

fn pair(
    one: &Named<'_>,
    other: &Named<'_>,
    links: &IdentityLinks,
    is_like: impl Fn(&Identity, &Identity) -> bool,
) -> Option<(usize, usize)> {
    let is_denied = || links.parts(&one.identity.key, &other.identity.key);
    if one.identity.traits.contradict(other.identity.traits) || !is_like(one.identity, other.identity) || is_denied() {
        return None;
    }
    // Everyone comes in order: who says as much stands further down.
    Some(if one.quotations < other.quotations { (one.at, other.at) } else { (other.at, one.at) })
}

/// Whether two names of two words differ by one letter of the surname.
fn is_misspelling(one: &Identity, other: &Identity) -> bool {
    let surname = |identity: &Identity| -> Option<Vec<char>> {
        let (_, surname) = identity.key.split_once(' ').filter(|(_, surname)| !surname.contains(' '))?;
        Some(surname.chars().collect::<Vec<_>>()).filter(|letters| letters.len() >= SHORTEST)
    };
    let (Some(one), Some(other)) = (surname(one), surname(other)) else { return false };
    one.len().abs_diff(other.len()) <= 1 && slips(&one, &other) == 1
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(names: &[(&str, u32)], denied: &[(&str, &str, bool)], wanted: &[(&str, &str)]) {
        let person = |&(name, quotations): &(&str, u32)| {
            let identity = Identity::of(name, None).to_string().into();
            let spoken = Spoken { quotations, ..Spoken::default() };
            Arc::new(Person { identity, spoken, ..Person::called(name) })
        };
        let mut people: Vec<_> = names.iter().map(person).collect();
        propose_like_names(&mut people, &IdentityLinks::said(denied));
        let proposed = people.iter().filter_map(|person| Some((&*person.name, &*person.perhaps.as_ref()?.name)));
        assert_eq!(proposed.collect::<Vec<_>>(), wanted);
    }

    #[test]
    fn name_with_a_word_more_is_proposed() {
        let holts = [("Ines Holt", 5), ("Ines Brandt Holt", 2), ("Jon Holt", 1)];
        check(&holts, &[], &[("Ines Brandt Holt", "Ines Holt")]);
        check(&[("Ines Brandt Holt", 5), ("Ines Holt", 5)], &[], &[("Ines Holt", "Ines Brandt Holt")]);
        check(&holts, &[("ines holt", "ines brandt holt", false)], &[]);
        check(&[("Ines Holt", 5), ("Ines Brandt Holt", 2), ("Ines Roe Holt", 2)], &[], &[]);
        check(&[("Ines Holt", 5), ("Holt", 2), ("I. Holt", 1), ("Holt & Sons", 1)], &[], &[]);
    }

    #[test]
    fn rare_name_that_is_one_letter_off_is_proposed() {
        let off = [("Tomas Lindqvist", 9), ("Tomas Lindquist", 1)];
        check(&off, &[], &[("Tomas Lindquist", "Tomas Lindqvist")]);
        check(&[("Tomas Lindqvist", 9), ("Tomas Lindquist", 4)], &[], &[]);
        check(&[("Tom Lindqvist", 9), ("Tomas Lindquist", 1)], &[], &[]);
        check(&[("Ann Reyes", 9), ("Ann Reyer", 1)], &[], &[]);
        check(&off, &[("tomas lindquist", "tomas lindqvist", false)], &[]);
    }
}
