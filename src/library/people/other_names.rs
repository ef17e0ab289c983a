//! The other names of those whom a query asks for by one of their names.

use std::collections::BTreeSet;

use super::{clusters, rows};
use crate::catalog::Identity;
use crate::library::{Error, Library};
use crate::query::{Needle, OtherNames, Query, TermKind};

impl Library {
    /// The same query, which finds those whom it asks for with `speaker:` under all names that are theirs.
    pub fn with_other_names(&self, query: &Query) -> Result<Query, Error> {
        let asked = query.terms.iter().filter_map(|term| match &term.kind {
            TermKind::Speaker(name) => Some(name.as_str()),
            _ => None,
        });
        let asked: BTreeSet<&str> = asked.collect();
        let mut query = Query { other_names: Vec::new(), ..query.clone() };
        if asked.is_empty() {
            return Ok(query);
        }
        let people = match self.store() {
            Some(store) => store.read(rows::people_of_several_names)?,
            None => self.snapshot(|all| clusters::people_of_several_names(&all.index, &all.links))?,
        };
        for name in asked {
            let needle = Needle::word(name);
            let is_theirs = |person: &&Vec<Identity>| person.iter().any(|one| needle.first_in(one.key()).is_some());
            let identities: Vec<_> = people.iter().filter(is_theirs).flatten().map(ToString::to_string).collect();
            if !identities.is_empty() {
                query.other_names.push(OtherNames { name: name.to_owned(), identities });
            }
        }
        Ok(query)
    }
}
