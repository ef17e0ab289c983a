//! The learned weights: one for each combination of values of a few joined fields, read once from `data/weights.txt`.

use std::fmt::Write;
use std::sync::LazyLock;

use crate::quotes::features::{Field, Values};

/// Declares the joined fields whose weights are learned, and the arithmetic for each, written out so that no table of
/// fields is walked for every candidate.
macro_rules! templates {
    ($([$($Field:ident),+])*) => {
        const TEMPLATES: &[&[Field]] = &[$(&[$(Field::$Field),+]),*];

        /// Hands `take` the weight number of each template for these values, in order.
        fn each_index(values: &Values, mut take: impl FnMut(usize)) {
            let start = 0;
            $(
                let number = 0;
                $(let number =
                    number * const { Field::$Field.labels().len() } + usize::from(values.number(Field::$Field));)+
                take(start + number);
                let start = start + const { 1 $(* Field::$Field.labels().len())+ };
            )*
            debug_assert_eq!(start, WEIGHTS);
        }
    };
}

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

/// Where each template's weights begin, and how many weights there are in all.
const fn layout() -> ([usize; TEMPLATES.len()], usize) {
    let mut starts = [0; TEMPLATES.len()];
    let mut total = 0;
    let mut i = 0;
    while i < TEMPLATES.len() {
        starts[i] = total;
        let mut size = 1;
        let mut j = 0;
        while j < TEMPLATES[i].len() {
            size *= TEMPLATES[i][j].labels().len();
            j += 1;
        }
        total += size;
        i += 1;
    }
    (starts, total)
}

static LAYOUT: ([usize; TEMPLATES.len()], usize) = layout();

/// How many weights there are.
pub const WEIGHTS: usize = layout().1;

/// The weight number of each template for these values.
pub fn indices(values: &Values) -> impl Iterator<Item = usize> {
    let mut all = Vec::with_capacity(TEMPLATES.len());
    each_index(values, |index| all.push(index));
    all.into_iter()
}

/// The name of a weight, as `weights.txt` writes it.
fn name(mut index: usize) -> String {
    let template = LAYOUT.0.partition_point(|&s| s <= index).saturating_sub(1);
    index -= LAYOUT.0[template];
    let mut parts = Vec::new();
    for &field in TEMPLATES[template].iter().rev() {
        let all = field.labels();
        parts.push(format!("{field:?}={}", all[index % all.len()]));
        index /= all.len();
    }
    parts.reverse();
    parts.join(" ")
}

/// The names of the fields of each template.
static NAMES: LazyLock<Vec<Vec<String>>> = LazyLock::new(|| {
    TEMPLATES.iter().map(|fields| fields.iter().map(|field| format!("{field:?}")).collect()).collect()
});

/// The number of the weight of this name. `template` is the one that the name before it had, and is set to this one's:
/// in a file, names of one template follow one another.
fn index_of(name: &str, template: &mut usize) -> Option<usize> {
    let others = (0..TEMPLATES.len()).filter(|other| other != template);
    let (found, index) = [*template].into_iter().chain(others).find_map(|t| Some((t, index_in(t, name)?)))?;
    *template = found;
    Some(index)
}

/// The number of the weight of this name, if it is one of this template.
fn index_in(template: usize, name: &str) -> Option<usize> {
    let mut rest = name;
    let mut index = 0;
    for (field, field_name) in TEMPLATES[template].iter().zip(&NAMES[template]) {
        rest = rest.strip_prefix(field_name.as_str())?.strip_prefix('=')?;
        let after = |label: &&str| rest.strip_prefix(*label).filter(|after| after.is_empty() || after.starts_with(' '));
        let (number, after) = field.labels().iter().enumerate().find_map(|(n, label)| Some((n, after(label)?)))?;
        index = index * field.labels().len() + number;
        rest = after.trim_start();
    }
    rest.is_empty().then_some(LAYOUT.0[template] + index)
}

static LEARNED: LazyLock<Vec<f32>> = LazyLock::new(|| read(include_str!("data/weights.txt")));

/// Reads weights as written by [`write`]; unknown names are skipped.
fn read(text: &str) -> Vec<f32> {
    let mut weights = vec![0.0; WEIGHTS];
    let mut template = 0;
    for (weight, name) in lines(text) {
        if let (Ok(weight), Some(index)) = (weight.parse(), index_of(name, &mut template)) {
            weights[index] = weight;
        }
    }
    weights
}

/// The lines of a text of weights: the number, and the name of the weight.
fn lines(text: &str) -> impl Iterator<Item = (&str, &str)> {
    text.lines().filter(|line| !line.starts_with('#')).filter_map(|line| line.trim().split_once(' '))
}

/// Writes weights as a text, one weight a line, those near zero left out.
pub fn write(weights: &[f32]) -> String {
    let mut out = String::from("# Learned by `cargo run --example learn`; a weight, then the fields that it is for.\n");
    for (index, weight) in weights.iter().enumerate().filter(|(_, w)| w.abs() >= 0.01) {
        let _ = writeln!(out, "{weight:.2} {}", name(index));
    }
    out
}

/// How well candidates with these values do, by these weights.
pub fn score_with(weights: &[f32], values: &Values) -> f32 {
    let mut score = 0.0;
    each_index(values, |index| score += weights[index]);
    score
}

/// How well a candidate with these values does.
pub(crate) fn score(values: &Values) -> f32 {
    score_with(&LEARNED, values)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_lead_back() {
        for index in (0..WEIGHTS).step_by(97) {
            assert_eq!(index_of(&name(index), &mut 0), Some(index), "{}", name(index));
        }
        assert_eq!(index_of("Kind=unheard-of", &mut 0), None);
    }

    /// A label or a field that goes, or is called otherwise, would leave its weights unused without a word.
    #[test]
    fn learned_weights_are_all_known_and_used_once() {
        let (mut template, mut seen) = (0, vec![false; WEIGHTS]);
        for (weight, name) in lines(include_str!("data/weights.txt")) {
            let index = index_of(name, &mut template).unwrap_or_else(|| panic!("{name} is not known"));
            assert!(!seen[index], "{name} stands there twice");
            seen[index] = true;
            assert_eq!(weight.parse(), Ok(LEARNED[index]), "{name}");
        }
        assert_eq!(write(&LEARNED), include_str!("data/weights.txt"));
    }
}
