//! The learned weights: one for each combination of values of a few joined fields, read once from `data/weights.txt`.

use std::fmt::Write;
use std::sync::LazyLock;

use crate::quotes::features::{Field, Values};

/// The joined fields whose weights are learned.
const TEMPLATES: &[&[Field]] = &[
    &[Field::Kind],
    &[Field::Kind, Field::Place],
    &[Field::Kind, Field::Class],
    &[Field::Kind, Field::Link, Field::Side],
    &[Field::Kind, Field::Part],
    &[Field::Kind, Field::Rank, Field::Place],
    &[Field::Place, Field::Link, Field::Class],
    &[Field::Place, Field::Class, Field::Gap],
    &[Field::Place, Field::Side, Field::Gap, Field::Link],
    &[Field::Place, Field::Side, Field::Left, Field::Class],
    &[Field::Place, Field::Side, Field::Right, Field::Class],
    &[Field::Place, Field::Side, Field::Ends, Field::Class],
    &[Field::Place, Field::Part, Field::Class],
    &[Field::Place, Field::Length, Field::Class],
    &[Field::Place, Field::Case, Field::Class],
    &[Field::Place, Field::Sole, Field::Class],
    &[Field::Place, Field::Rivals, Field::Class],
    &[Field::Place, Field::Rivals, Field::Side],
    &[Field::Place, Field::Same, Field::Fresh],
    &[Field::Place, Field::Same, Field::Left],
    &[Field::Place, Field::Same, Field::Class],
    &[Field::Place, Field::Same, Field::Sole],
    &[Field::Place, Field::Chain, Field::Sole],
    &[Field::Place, Field::Chain, Field::Strongest],
    &[Field::Place, Field::Rank],
    &[Field::Place, Field::Rank, Field::Part],
    &[Field::Place, Field::Between, Field::Side],
    &[Field::Place, Field::Distance, Field::Class],
    &[Field::Place, Field::Strongest],
    &[Field::Place, Field::Strongest, Field::Left],
    &[Field::Place, Field::Strongest, Field::Right],
    &[Field::Place, Field::Strongest, Field::Length],
    &[Field::Class, Field::Participle, Field::Link],
    &[Field::Class, Field::Object, Field::Side],
    &[Field::Place, Field::Verb, Field::Side],
    &[Field::Verb, Field::Link],
    &[Field::Place, Field::LeadIn],
    &[Field::Place, Field::Where, Field::Class],
    &[Field::Place, Field::Length, Field::Case, Field::Left],
    &[Field::Place, Field::Length, Field::Case, Field::Ends],
    &[Field::Place, Field::Case, Field::Right],
    &[Field::Place, Field::Same, Field::Distance],
    &[Field::Kind, Field::Participle, Field::Link],
    &[Field::Place, Field::Left, Field::Right],
    &[Field::Place, Field::Length, Field::Strongest, Field::Left],
    &[Field::Place, Field::Main, Field::Class],
    &[Field::Place, Field::Clauses, Field::Class],
    &[Field::Place, Field::Clauses, Field::Rank],
    &[Field::Touch, Field::Place, Field::Class],
    &[Field::Touch, Field::Place, Field::Link],
    &[Field::Touch, Field::Kind],
    &[Field::Touch, Field::Place, Field::Same],
    &[Field::Touch, Field::Place, Field::Ends],
    &[Field::Touch, Field::Length, Field::Case],
    &[Field::Same, Field::Touch, Field::Sole],
    &[Field::Same, Field::Kind],
    &[Field::Chain, Field::Kind],
    &[Field::Place, Field::Link, Field::Class, Field::Gap],
    &[Field::Kind, Field::Main, Field::Place],
    &[Field::Kind, Field::Class, Field::Link],
    &[Field::Verb, Field::Touch],
    &[Field::Verb, Field::Length, Field::Left],
    &[Field::Left, Field::Right, Field::Length, Field::Case],
    &[Field::Strongest, Field::Left, Field::Right],
];

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

const LAYOUT: ([usize; TEMPLATES.len()], usize) = layout();

/// How many weights there are.
pub const WEIGHTS: usize = LAYOUT.1;

/// The weight number of each template for these values.
pub fn indices(values: &Values) -> impl Iterator<Item = usize> + '_ {
    TEMPLATES.iter().zip(LAYOUT.0).map(|(fields, start)| {
        let mut index = 0;
        for &field in *fields {
            index = index * field.labels().len() + usize::from(values.number(field));
        }
        start + index
    })
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
    let pairs: Vec<(&str, &str)> = name.split_whitespace().filter_map(|p| p.split_once('=')).collect();
    let fits = |names: &Vec<String>| names.len() == pairs.len() && names.iter().zip(&pairs).all(|(n, (p, _))| n == p);
    if !NAMES.get(*template).is_some_and(fits) {
        *template = NAMES.iter().position(fits)?;
    }
    let template = *template;
    let mut index = 0;
    for (&field, (_, label)) in TEMPLATES[template].iter().zip(&pairs) {
        let all = field.labels();
        index = index * all.len() + all.iter().position(|l| l == label)?;
    }
    Some(LAYOUT.0[template] + index)
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
    indices(values).map(|i| weights[i]).sum()
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
