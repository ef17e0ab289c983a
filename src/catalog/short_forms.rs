//! Short forms: whose full name a surname alone ("Okafor"), or one after an initial ("I. Okafor"), stands for in articles that
//! never say it.
//!
//! A short form is taken for the full name that is far more frequent than all others of that surname, unless something
//! contradicts; where it is only more frequent, the two are proposed as one person. What is decided follows from the
//! counts alone, so that the order in which articles come does not matter.

use std::collections::{BTreeMap, BTreeSet};

use super::expansion::{Expansion, Expansions, is_short, is_short_form_of, short_forms_of};
use super::identity_links::IdentityLinks;
use super::person::{Identity, NameGender, is_bare, surnames, with_initial};
use crate::quotes::{can_only_be_surname, is_first_name, is_mans_name, is_persons_role};

/// How many times as much as under all others of the surname is said under a full name that a short form is taken for.
const FAR_MORE: u32 = 10;

/// The same, for one that is proposed.
const MORE: u32 = 2;

/// In how many articles the full name speaks at least.
const ARTICLES: u32 = 3;

/// What is known of a full name under one identity.
#[derive(Debug, Clone)]
pub struct FullForm {
    /// The identity.
    pub identity: Identity,
    /// How many quotations.
    pub quotations: u32,
    /// In how many articles.
    pub articles: u32,
    /// In how many of these the surname stands alone, too.
    pub by_surname: u32,
    /// Whether the commonest role is that of a person.
    pub has_persons_role: bool,
}

impl FullForm {
    /// Of an identity with its commonest role; quotations, articles, and those with the surname alone.
    pub fn with(identity: Identity, role: Option<&str>, [quotations, articles, by_surname]: [u32; 3]) -> Self {
        Self { identity, quotations, articles, by_surname, has_persons_role: role.is_some_and(is_persons_role) }
    }
}

/// The names that are known, by their keys.
pub trait NamesByKey {
    /// Why they cannot be looked up.
    type Error;

    /// How much is said under a key.
    ///
    /// # Errors
    ///
    /// When they cannot be looked up.
    fn quotations_of(&mut self, key: &str) -> Result<u32, Self::Error>;

    /// All identities whose [`family_name`](super::family_name) this word is.
    ///
    /// # Errors
    ///
    /// When they cannot be looked up.
    fn full_forms(&mut self, surname: &str) -> Result<Vec<FullForm>, Self::Error>;
}

/// Finds which keys have to be looked at together, because their names may be one person's.
#[derive(Debug)]
pub struct KeyGroups<'l, N> {
    links: &'l IdentityLinks,
    names: N,
    known: Expansions,
}

impl<'l, N: NamesByKey> KeyGroups<'l, N> {
    /// Groups by these links, and by short forms among these names.
    pub fn new(links: &'l IdentityLinks, names: N) -> Self {
        Self { links, names, known: Expansions::new() }
    }

    /// The short forms that were met so far, and what they stand for.
    pub fn known(&self) -> &Expansions {
        &self.known
    }

    /// What a short form stands for.
    ///
    /// # Errors
    ///
    /// When the names cannot be looked up.
    pub fn expansion(&mut self, short: &str) -> Result<Option<&Expansion>, N::Error> {
        if !self.known.contains_key(short) {
            let found = self.look_up(short)?;
            self.known.insert(short.to_owned(), found);
        }
        Ok(self.known.get(short).and_then(Option::as_ref))
    }

    fn look_up(&mut self, short: &str) -> Result<Option<Expansion>, N::Error> {
        let Some(last) = short.rsplit(' ').next().filter(|_| is_short(short)) else { return Ok(None) };
        let quotations = self.names.quotations_of(short)?;
        if quotations == 0 {
            return Ok(None);
        }
        let forms = self.names.full_forms(last)?;
        Ok(expand(short, quotations, &forms, self.links))
    }

    /// The keys whose names may be those of one person with this one's, itself among them.
    ///
    /// # Errors
    ///
    /// When the names cannot be looked up.
    pub fn keys_with(&mut self, key: &str) -> Result<BTreeSet<String>, N::Error> {
        let mut keys = BTreeSet::from([key.to_owned()]);
        let mut open = vec![key.to_owned()];
        while let Some(key) = open.pop() {
            let mut near = Vec::new();
            if !self.links.is_silent_on(&key) {
                near.extend(self.links.keys_with(&key));
            }
            near.extend(self.expansion(&key)?.filter(|full| full.is_sure).map(|full| full.key.clone()));
            for short in short_forms_of(&key) {
                let is_joined = |full: &Expansion| full.is_sure && full.key == key;
                if self.expansion(&short)?.is_some_and(is_joined) {
                    near.push(short);
                }
            }
            open.extend(near.into_iter().filter(|key| keys.insert(key.clone())));
        }
        Ok(keys)
    }
}

/// What is said under the identities of one key.
#[derive(Default)]
struct KeyForms {
    quotations: u32,
    articles: u32,
    by_surname: u32,
    has_persons_role: bool,
    genders: BTreeSet<NameGender>,
    initials: BTreeSet<char>,
}

/// What a short form stands for, under which so much is said, among full names that end in its last word.
fn expand(short: &str, quotations: u32, forms: &[FullForm], links: &IdentityLinks) -> Option<Expansion> {
    let initial = with_initial(short);
    let surname = initial.map_or(short, |(_, surname)| surname);
    let mut by_key: BTreeMap<&str, KeyForms> = BTreeMap::new();
    for form in forms.iter().filter(|form| form.quotations > 0 && is_form_of(form.identity.key(), surname, initial)) {
        let FullForm { identity, quotations, articles, by_surname, has_persons_role } = form;
        let known = by_key.entry(identity.key()).or_default();
        known.quotations += quotations;
        known.articles += articles;
        known.by_surname += by_surname;
        known.has_persons_role |= has_persons_role;
        known.genders.extend(identity.traits.gender);
        known.initials.extend(identity.traits.initial);
    }
    let (&key, best) = by_key.iter().max_by_key(|(key, form)| (form.quotations, std::cmp::Reverse(**key)))?;
    let linked = if links.is_silent_on(key) { BTreeSet::from([key.to_owned()]) } else { links.keys_with(key) };
    if linked.iter().any(|key| links.parts(short, key)) {
        return None;
    }
    let is_other = |other: &str| !linked.contains(other) && !is_initial_of(other, key) && !is_longer(other, key);
    let others: u32 = by_key.iter().filter(|(key, _)| is_other(key)).map(|(_, form)| form.quotations).sum();
    let first = key.split(' ').next().unwrap_or_default();
    let is_person = best.by_surname > 0 || best.has_persons_role || !best.genders.is_empty();
    let is_surname = initial.is_some() || can_only_be_surname(surname.rsplit(' ').next().unwrap_or_default());
    let is_more = |times: u32| best.quotations >= times.saturating_mul(others);
    if !is_more(MORE) || best.articles < ARTICLES || !(is_person || is_surname) {
        return None;
    }
    let is_shown = initial.is_some() || is_person || is_first_name(first) || with_initial(key).is_some();
    let mut genders = best.genders.clone();
    if genders.is_empty() {
        let of_first = is_mans_name(first).map(|is_man| if is_man { NameGender::Male } else { NameGender::Female });
        genders.extend(of_first);
    }
    // One who is hardly ever called by the full name may be another, whom one word is enough for.
    let is_usual = quotations <= best.quotations || best.by_surname >= ARTICLES;
    let is_sure = is_more(FAR_MORE) && is_surname && is_shown && is_usual;
    Some(Expansion { key: key.to_owned(), is_sure, genders, initials: best.initials.clone() })
}

/// Whether a key is a fuller form of this surname; after an initial, of one whose first name begins with it.
fn is_form_of(key: &str, surname: &str, initial: Option<(char, &str)>) -> bool {
    let begins = |(letter, _): (char, &str)| key.starts_with(letter) && with_initial(key).is_none();
    !is_bare(key) && surnames(key).contains(&surname) && initial.is_none_or(begins)
}

/// Whether a key is that of this full name with an initial for the first.
fn is_initial_of(key: &str, full: &str) -> bool {
    with_initial(key).is_some() && is_short_form_of(key, full)
}

/// Whether of two keys one has all words of the other and more between the same first and last: "ines brandt holt".
fn is_longer(one: &str, other: &str) -> bool {
    let (one, other): (Vec<&str>, Vec<&str>) = (one.split(' ').collect(), other.split(' ').collect());
    let (short, long) = if one.len() < other.len() { (one, other) } else { (other, one) };
    short.first() == long.first() && short.last() == long.last() && short.iter().all(|word| long.contains(word))
}

#[cfg(test)]
mod tests;
