//! What a short form of a name stands for, and which short forms a full name may go by.

use std::collections::{BTreeMap, BTreeSet};

use super::person::{NameGender, is_bare, surnames, with_initial};

/// The full name that a short form stands for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Expansion {
    /// Its key.
    pub key: String,
    /// Whether it is sure enough to take the two for one person.
    pub(super) is_sure: bool,
    /// What the full name's titles, roles and first name say of man or woman.
    pub(super) genders: BTreeSet<NameGender>,
    /// The initials in the middle of it.
    pub(super) initials: BTreeSet<char>,
}

/// What short forms stand for, if anything, by their keys.
pub type Expansions = BTreeMap<String, Option<Expansion>>;

/// Whether a key is that of a short form.
pub fn is_short(key: &str) -> bool {
    is_bare(key) || with_initial(key).is_some()
}

/// The keys of the short forms that a full name may go by.
pub fn short_forms_of(key: &str) -> Vec<String> {
    if is_bare(key) {
        return Vec::new();
    }
    let surnames = surnames(key);
    let initial = key.chars().next().filter(|_| with_initial(key).is_none());
    let with_initials = surnames.iter().filter_map(|surname| Some(format!("{} {surname}", initial?)));
    with_initials.chain(surnames.iter().map(|surname| (*surname).to_owned())).collect()
}

/// Whether the one key is a short form of the other.
pub(super) fn is_short_form_of(short: &str, full: &str) -> bool {
    is_short(short) && short_forms_of(full).iter().any(|form| form == short)
}

/// Whether what is known of two names does not contradict.
pub(super) fn agree<T: Ord>(one: &BTreeSet<T>, other: &BTreeSet<T>) -> bool {
    one.is_empty() || other.is_empty() || !one.is_disjoint(other)
}

impl Expansion {
    /// Whether one with such traits may be the one with the full name.
    pub(super) fn allows(&self, genders: &BTreeSet<NameGender>, initials: &BTreeSet<char>) -> bool {
        agree(genders, &self.genders) && agree(initials, &self.initials)
    }

    /// Whether it is sure that one with such traits is.
    pub(super) fn is_sure_of(&self, genders: &BTreeSet<NameGender>) -> bool {
        self.is_sure && (genders.is_empty() || !genders.is_disjoint(&self.genders))
    }
}
