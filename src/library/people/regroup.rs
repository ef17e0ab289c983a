//! Which keys have to be clustered again once the people of some have changed.

use std::collections::{BTreeSet, HashMap};

use rusqlite::Connection;

use super::rows::{self, Row};
use crate::catalog::{
    Expansions, FullForm, IdentityLinks, KeyGroups, NamesByKey, family_name, is_short, short_forms_of,
};
use crate::library::Error;

/// What is to be clustered again.
pub(super) struct Regrouping {
    /// Keys that are to be clustered together.
    pub groups: Vec<BTreeSet<String>>,
    /// What the short forms among them stand for.
    pub expansions: Expansions,
}

impl Regrouping {
    /// Works out what follows from the rows that have changed; `same_key` are all rows of the keys that were touched, as
    /// they are now.
    pub fn of(
        connection: &Connection,
        links: &IdentityLinks,
        same_key: &HashMap<String, Vec<Row>>,
    ) -> Result<Self, Error> {
        let mut names = Changed { connection, same_key, families: HashMap::new() };
        for key in same_key.keys() {
            if let Some(family) = family_name(key) {
                names.families.entry(family).or_default().push(key);
            }
        }
        let seeds = names.changed_keys(links)?;
        let mut groups = KeyGroups::new(links, names);
        let (mut all, mut done) = (Vec::new(), BTreeSet::new());
        for seed in seeds {
            if !done.contains(&seed) {
                let keys = groups.keys_with(&seed)?;
                done.extend(keys.iter().cloned());
                all.push(keys);
            }
        }
        Ok(Self { groups: all, expansions: groups.known().clone() })
    }
}

/// The names of the tables, some of them changed and not written yet.
struct Changed<'a> {
    connection: &'a Connection,
    same_key: &'a HashMap<String, Vec<Row>>,
    /// The keys among these of the full names that end in a word.
    families: HashMap<&'a str, Vec<&'a String>>,
}

impl Changed<'_> {
    /// The keys whose people have changed, and those that this may part from others or join to them.
    fn changed_keys(&self, links: &IdentityLinks) -> Result<BTreeSet<String>, Error> {
        let is_touched = |rows: &Vec<Row>| rows.iter().any(|row| row.is_changed);
        let mut keys: BTreeSet<String> =
            self.same_key.iter().filter(|(_, rows)| is_touched(rows)).map(|(key, _)| key.clone()).collect();
        let linked: Vec<String> =
            keys.iter().filter(|key| !links.is_silent_on(key)).flat_map(|key| links.keys_with(key)).collect();
        keys.extend(linked);
        let mut shorts: BTreeSet<String> = keys.iter().flat_map(|key| short_forms_of(key)).collect();
        shorts.extend(keys.iter().filter(|key| is_short(key)).cloned());
        for short in shorts {
            let heads = match self.same_key.get(&short) {
                Some(rows) => rows.iter().filter(|row| !row.is_new).map(|row| row.head).collect(),
                None => rows::heads_of(self.connection, &short)?,
            };
            for head in heads {
                keys.extend(rows::keys_of_person(self.connection, head)?);
                keys.insert(short.clone());
            }
        }
        Ok(keys)
    }
}

impl NamesByKey for Changed<'_> {
    type Error = Error;

    fn quotations_of(&mut self, key: &str) -> Result<u32, Error> {
        match self.same_key.get(key) {
            Some(rows) => Ok(rows.iter().map(|row| row.stats.spoken.quotations).sum()),
            None => rows::quotations_of(self.connection, key),
        }
    }

    fn full_forms(&mut self, surname: &str) -> Result<Vec<FullForm>, Error> {
        let mut forms = rows::full_forms(self.connection, surname)?;
        forms.retain(|form| !self.same_key.contains_key(form.identity.key()));
        let changed = self.families.get(surname).into_iter().flatten().filter_map(|key| self.same_key.get(*key));
        forms.extend(changed.flatten().filter(|row| row.stats.articles > 0).map(|row| row.stats.full_form()));
        Ok(forms)
    }
}
