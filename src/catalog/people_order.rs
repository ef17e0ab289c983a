//! In which order everyone who speaks is listed.

use std::cmp::Reverse;
use std::sync::Arc;

use super::Person;
use crate::text::fold;

/// In which order everyone who speaks is listed. Those without names come last in each.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum PeopleOrder {
    /// Who says most comes first.
    #[default]
    Quotations,
    /// By name, from A to Z.
    Name,
    /// Who spoke first comes first; those of articles without a date last.
    First,
    /// Who spoke last comes first; those of articles without a date last.
    Last,
}

impl PeopleOrder {
    /// All orders, as one leads to the next.
    pub const ALL: [Self; 4] = [Self::Quotations, Self::Name, Self::First, Self::Last];

    /// The order after this one, and after the last the first.
    #[must_use]
    pub fn next(self) -> Self {
        let at = Self::ALL.iter().position(|order| *order == self).unwrap_or_default();
        Self::ALL[(at + 1) % Self::ALL.len()]
    }

    /// Puts people into this order.
    pub fn sort(self, people: &mut [Arc<Person>]) {
        match self {
            Self::Quotations => people.sort_by(|a, b| a.standing().cmp(&b.standing())),
            Self::Name => people.sort_by_cached_key(|person| (!person.is_named, fold(&person.name))),
            Self::First => people.sort_by(|a, b| {
                let key = |person: &Person| (!person.is_named, person.first.is_none(), person.first);
                key(a).cmp(&key(b)).then_with(|| a.standing().cmp(&b.standing()))
            }),
            Self::Last => people.sort_by(|a, b| {
                let key = |person: &Person| (!person.is_named, Reverse(person.last));
                key(a).cmp(&key(b)).then_with(|| a.standing().cmp(&b.standing()))
            }),
        }
    }
}

#[cfg(test)]
mod tests {
    use chrono::NaiveDate;

    use super::*;
    use crate::quotes::Spoken;

    #[test]
    fn each_order_is_by_its_own_column() {
        let day = |day| NaiveDate::from_ymd_opt(2026, 3, day);
        let person = |name: &str, quotations, first: Option<u32>, last: Option<u32>| {
            let (first, last) = (first.and_then(day), last.and_then(day));
            let is_named = !name.starts_with("a ");
            Arc::new(Person {
                is_named,
                spoken: Spoken { quotations, ..Spoken::default() },
                first,
                last,
                ..Person::called(name)
            })
        };
        let mut people = [
            person("a spokesman", 9, Some(1), Some(30)),
            person("Zoë Küster", 7, Some(4), Some(5)),
            person("Émile Roux", 3, Some(2), Some(9)),
            person("Ida Roe", 3, None, None),
            person("Ann Lee", 1, Some(2), Some(9)),
        ];
        for (order, names) in [
            (PeopleOrder::Quotations, ["Zoë Küster", "Émile Roux", "Ida Roe", "Ann Lee", "a spokesman"]),
            (PeopleOrder::Name, ["Ann Lee", "Émile Roux", "Ida Roe", "Zoë Küster", "a spokesman"]),
            (PeopleOrder::First, ["Émile Roux", "Ann Lee", "Zoë Küster", "Ida Roe", "a spokesman"]),
            (PeopleOrder::Last, ["Émile Roux", "Ann Lee", "Zoë Küster", "Ida Roe", "a spokesman"]),
        ] {
            order.sort(&mut people);
            assert_eq!(people.each_ref().map(|person| &*person.name), names, "{order:?}");
        }
    }

    #[test]
    fn orders_lead_to_each_other() {
        let after = PeopleOrder::ALL.map(PeopleOrder::next);
        assert_eq!(after[..3], PeopleOrder::ALL[1..]);
        assert_eq!(after[3], PeopleOrder::Quotations);
    }
}
