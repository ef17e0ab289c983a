//! The learned weights of the choice of a speaker: one for each combination of values of a few joined fields, read once
//! from `data/weights.txt`.

use std::sync::LazyLock;

use crate::quotes::features::{Field, Values};
use crate::quotes::templates::{self, templates};

templates! {
    [Kind]
    [Kind, Place]
    [Kind, Class]
    [Kind, Link, Side]
    [Kind, Part]
    [Kind, Rank, Place]
    [Place, Link, Class]
    [Place, Class, Gap]
    [Place, Side, Gap, Link]
    [Place, Side, Left, Class]
    [Place, Side, Right, Class]
    [Place, Side, Ends, Class]
    [Place, Part, Class]
    [Place, Length, Class]
    [Place, Case, Class]
    [Place, Sole, Class]
    [Place, Rivals, Class]
    [Place, Rivals, Side]
    [Place, Same, Fresh]
    [Place, Same, Left]
    [Place, Same, Class]
    [Place, Same, Sole]
    [Place, Chain, Sole]
    [Place, Chain, Strongest]
    [Place, Rank]
    [Place, Rank, Part]
    [Place, Between, Side]
    [Place, Distance, Class]
    [Place, Strongest]
    [Place, Strongest, Left]
    [Place, Strongest, Right]
    [Place, Strongest, Length]
    [Class, Participle, Link]
    [Class, Object, Side]
    [Place, Verb, Side]
    [Verb, Link]
    [Place, LeadIn]
    [Place, LeadIn, Class]
    [Place, LeadIn, Case]
    [LeadIn, Right, Length]
    [Left, Case, Kind]
    [Place, Where, Class]
    [Place, Length, Case, Left]
    [Place, Length, Case, Ends]
    [Place, Case, Right]
    [Place, Same, Distance]
    [Kind, Participle, Link]
    [Place, Left, Right]
    [Place, Length, Strongest, Left]
    [Place, Main, Class]
    [Place, Clauses, Class]
    [Place, Clauses, Rank]
    [Touch, Place, Class]
    [Touch, Place, Link]
    [Touch, Kind]
    [Touch, Place, Same]
    [Touch, Place, Ends]
    [Touch, Length, Case]
    [Same, Touch, Sole]
    [Same, Kind]
    [Chain, Kind]
    [Place, Link, Class, Gap]
    [Kind, Main, Place]
    [Kind, Class, Link]
    [Verb, Touch]
    [Verb, Length, Left]
    [Left, Right, Length, Case]
    [Strongest, Left, Right]
    [Talk, Length, Kind]
    [Talk, Left, Length, Case]
    [Talk, Place, Class]
    [Talk, Right, Length]
    [Verb, Case, Length]
}

static LEARNED: LazyLock<Vec<f32>> = LazyLock::new(|| templates::read(TEMPLATES, include_str!("data/weights.txt")));

/// The weights that ship.
pub(crate) fn learned() -> &'static [f32] {
    &LEARNED
}

/// The probabilities of which these are the logarithms, up to a constant; they add up to 1.
pub(crate) fn softmax(scores: &[f32]) -> Vec<f32> {
    let top = scores.iter().copied().fold(f32::NEG_INFINITY, f32::max);
    let total: f32 = scores.iter().map(|score| (score - top).exp()).sum();
    scores.iter().map(|score| (score - top).exp() / total.max(1.0)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn learned_weights_are_all_known_and_used_once() {
        templates::check(TEMPLATES, &LEARNED, include_str!("data/weights.txt"));
    }
}
