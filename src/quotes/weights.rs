//! The learned weights, read once from `data/weights.txt`.

use std::fmt::Write;
use std::sync::LazyLock;

use crate::quotes::features::{self, Values, WEIGHTS};

static WEIGHTS_TABLE: LazyLock<Vec<f32>> = LazyLock::new(|| read(include_str!("data/weights.txt")));

/// Reads weights as written by [`write`]; names that are not known are passed over.
pub fn read(text: &str) -> Vec<f32> {
    let mut weights = vec![0.0; WEIGHTS];
    for line in text.lines().filter(|l| !l.starts_with('#')) {
        if let Some((weight, name)) = line.trim().split_once(' ')
            && let (Ok(weight), Some(index)) = (weight.parse(), features::index_of(name))
        {
            weights[index] = weight;
        }
    }
    weights
}

/// Writes weights as a text, one weight a line, those near zero left out.
pub fn write(weights: &[f32]) -> String {
    let mut out = String::from("# Learned by examples/learn.rs; a weight, then the fields that it is for.\n");
    for (index, weight) in weights.iter().enumerate().filter(|(_, w)| w.abs() >= 0.01) {
        let _ = writeln!(out, "{weight:.2} {}", features::name(index));
    }
    out
}

/// How well candidates with these values do, by these weights.
pub fn score_with(weights: &[f32], values: &Values) -> f32 {
    features::indices(values).map(|i| weights[i]).sum()
}

/// How well a candidate with these values does.
pub(crate) fn score(values: &Values) -> f32 {
    score_with(&WEIGHTS_TABLE, values)
}
