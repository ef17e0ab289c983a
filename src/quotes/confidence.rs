//! Confidence: how likely the person shown is the one who spoke, from how sure the choice of the mention and of whom it
//! means are, and from what kind of mention, cue and quotation it is.
//!
//! What the two choices say together is corrected by learned weights, which stand in `data/confidence.txt`.

use std::sync::LazyLock;

use crate::quotes::fields::fields;
use crate::quotes::templates::{self, templates};
use crate::quotes::{cues, mentions};

fields! {
    /// What the mention is.
    Form from mentions::Kind {
        FullName = "full-name",
        Person = "name": mentions::Kind::Person,
        Organization = "organization": mentions::Kind::Organization,
        Name = "unknown-name": mentions::Kind::Name | mentions::Kind::Place,
        Described = "described": mentions::Kind::NounPerson,
        Group = "group": mentions::Kind::NounGroup,
        Body = "body": mentions::Kind::NounOrganization,
        Document = "document": mentions::Kind::NounDocument | mentions::Kind::Noun,
        Pronoun = "he": mentions::Kind::He | mentions::Kind::She,
        Things = "it": mentions::Kind::It | mentions::Kind::They,
        Who = "who": mentions::Kind::Relative,
        Other = "other": _,
    }
    /// Whom it means.
    Whom { Unnamed = "unnamed", Person = "person", Organization = "organization", Name = "name", Several = "several" }
    /// The cue.
    Cue from cues::Class {
        None = "none",
        Say = "say": cues::Class::Say,
        Speech = "speech": cues::Class::Speech,
        According = "according": cues::Class::According,
        Colon = "colon": cues::Class::Colon,
        Noun = "noun": cues::Class::Noun,
        Other = "other": cues::Class::Other | cues::Class::Auxiliary,
    }
    /// How many words are quoted.
    Length from usize { One = "1": 0..=1, Few = "2-3": 2..=3, Some = "4-8": 4..=8, Many = "9+": 9.. }
    /// Whether the words are given to a speaker because they stand elsewhere in the article.
    Echo from bool { No = "no": false, Yes = "yes": true }
}

templates! {
    [Form]
    [Whom]
    [Cue]
    [Length]
    [Echo]
}

/// What the confidence in a speaker rests on.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Grounds {
    /// What both choices say together, as the logarithm of the odds.
    pub odds: f32,
    pub values: Values,
}

impl Grounds {
    /// From how sure the choice of the mention is, and that of whom it means, both 0 to 1.
    pub fn new(attribution: f32, resolution: f32) -> Self {
        /// Nearer to 0 or 1 no choice is taken to be.
        const NEAREST: f32 = 0.002;
        let both = (attribution * resolution).clamp(NEAREST, 1.0 - NEAREST);
        Self { odds: (both / (1.0 - both)).ln(), values: Values::default() }
    }

    /// How likely the speaker is right, by these weights.
    pub fn confidence(&self, weights: &[f32]) -> f32 {
        1.0 / (1.0 + (-self.odds - score(weights, &self.values)).exp())
    }
}

static LEARNED: LazyLock<Vec<f32>> = LazyLock::new(|| templates::read(TEMPLATES, include_str!("data/confidence.txt")));

/// The weights that ship.
pub(crate) fn learned() -> &'static [f32] {
    &LEARNED
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn learned_weights_are_all_known_and_used_once() {
        templates::check(TEMPLATES, &LEARNED, include_str!("data/confidence.txt"));
    }

    #[test]
    fn surer_choices_are_not_less_confident() {
        let confidence = |attribution: f32| Grounds::new(attribution, 1.0).confidence(&LEARNED);
        let sure: Vec<f32> = (0..=100).map(|percent| confidence(percent as f32 / 100.0)).collect();
        assert!(sure.is_sorted() && sure.iter().all(|confidence| (0.0..=1.0).contains(confidence)), "{sure:?}");
    }
}
