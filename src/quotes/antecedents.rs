//! Antecedents: what the choice of whom "she" or "the despot" refers to looks at, and its learned weights.
//!
//! `coreference` describes every entity that a mention may refer to by one value for each [`Field`]; the weights of their
//! joined values stand in `data/resolution.txt`.

use std::sync::LazyLock;

use crate::quotes::fields::fields;
use crate::quotes::mentions;
use crate::quotes::templates::{self, templates};

/// An entity that a mention may refer to, or that it refers to none of those known.
#[derive(Debug, Clone)]
pub(crate) struct Antecedent {
    /// The entity; none comes first.
    pub entity: Option<usize>,
    /// Its salience, which the weights correct.
    pub start: f32,
    pub values: Values,
}

fields! {
    /// The word that refers.
    Word from mentions::Kind {
        Person = "he": mentions::Kind::He | mentions::Kind::She,
        It = "it": mentions::Kind::It,
        They = "they": mentions::Kind::They,
        Noun = "noun": _,
    }
    /// How many sentences ago the entity was mentioned, and whether as the first subject of this sentence.
    Seen {
        Nobody = "nobody", Main = "main", Here = "0", One = "1", Two = "2", Three = "3", Few = "4-6", Far = "7+",
    }
    /// How many sentences ago it was a subject, and whether the first one of its sentence.
    Subject {
        Never = "never", HereMain = "0-main", Here = "0", OneMain = "1-main", One = "1", TwoMain = "2-main", Two = "2",
        FewMain = "3-6-main", Few = "3-6", Far = "7+",
    }
    /// How many paragraphs ago it was mentioned.
    Paragraphs from usize { Zero = "0": 0, One = "1": 1, Two = "2": 2, Three = "3": 3, More = "4+": 4.. }
    /// What part it played when it was mentioned last.
    Last from mentions::Part {
        Free = "free": mentions::Part::Free,
        Subject = "subject": mentions::Part::Subject,
        Object = "object": mentions::Part::Object,
        Oblique = "oblique": mentions::Part::Oblique,
        Owner = "owner",
    }
    /// Whether it was mentioned last by a pronoun.
    Pronoun from bool { No = "no": false, Yes = "yes": true }
    /// How many entities were mentioned since.
    Rank from usize { Zero = "0": 0, One = "1": 1, Two = "2": 2, Three = "3": 3, Few = "4-7": 4..=7, Many = "8+": 8.. }
    /// How many others that may be meant were mentioned since.
    Order from usize { Zero = "0": 0, One = "1": 1, Two = "2": 2, More = "3+": 3.. }
    /// How many others may be meant.
    Rivals from usize { Zero = "0": 0, One = "1": 1, Few = "2-4": 2..=4, Many = "5+": 5.. }
    /// Whether it spoke last, and was mentioned in this paragraph.
    Speaker { No = "no", Here = "here", Above = "above" }
    /// Whether it was the first subject of this sentence or the one before, and whether it is new.
    Leads { No = "no", New = "new", Known = "known" }
    /// What part it had in a question just before.
    Question { None = "none", Replying = "replying", Asker = "asker", Asked = "asked" }
    /// Whether its gender is known to agree, or else what speaks for a person.
    Gender { Agrees = "agrees", Leads = "leads", Person = "person", Role = "role", Name = "name" }
    /// Whether it has a name.
    Named from bool { No = "no": false, Yes = "yes": true }
    /// How often it was mentioned.
    Mentions from usize { One = "1": 0..=1, Two = "2": 2, Three = "3": 3, Few = "4-6": 4..=6, Many = "7+": 7.. }
    /// How often it spoke.
    Spoken from usize { Zero = "0": 0, One = "1": 1, More = "2+": 2.. }
    /// What part the word that refers plays.
    Part from mentions::Part {
        Free = "free": mentions::Part::Free,
        Subject = "subject": mentions::Part::Subject,
        Object = "object": mentions::Part::Object,
        Oblique = "oblique": mentions::Part::Oblique,
    }
    /// Whether it is the first mention of its paragraph.
    First from bool { No = "no": false, Yes = "yes": true }
}

templates! {
    [Word, Seen]
    [Word, Subject]
    [Word, Paragraphs]
    [Word, Last]
    [Word, Rank]
    [Word, Speaker]
    [Word, Named]
    [Word, Mentions]
    [Seen]
    [Subject]
    [Paragraphs]
    [Last]
    [Pronoun]
    [Rank]
    [Order]
    [Speaker]
    [Leads]
    [Question]
    [Gender]
    [Named]
    [Mentions]
    [Spoken]
    [Seen, Part]
    [Seen, Rivals]
    [Subject, Order]
    [Subject, First]
    [Subject, Part]
    [Speaker, Paragraphs]
    [Speaker, First]
    [Speaker, Order]
    [Speaker, Subject]
    [Gender, Order]
    [Leads, Part]
    [Last, Part]
}

static LEARNED: LazyLock<Vec<f32>> = LazyLock::new(|| templates::read(TEMPLATES, include_str!("data/resolution.txt")));

/// The weights that ship.
pub(crate) fn learned() -> &'static [f32] {
    &LEARNED
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn learned_weights_are_all_known_and_used_once() {
        templates::check(TEMPLATES, &LEARNED, include_str!("data/resolution.txt"));
    }
}
