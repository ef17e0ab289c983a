//! Examples of attribution: which mention speaks a quotation.

use pullquote::quotes::learning::{self, Task, TrainingCandidate};

use crate::corpus::Article;
use crate::optimizer::{Candidate, Example, best, learn, score};

/// How often everything is learned anew from choices that the last round would have made.
const ROUNDS: usize = 3;

/// How much the squares of the weights cost.
pub const PULL: f32 = 10.0;

/// How many sources are no candidate, of how many.
#[derive(Default)]
pub struct Reach {
    pub unreachable: usize,
    pub all: usize,
}

/// Learns the weights of attribution from these articles.
pub fn learn_rounds(articles: &[&Article]) -> Vec<f32> {
    let mut weights = Vec::new();
    for round in 0..ROUNDS {
        // At first every choice before the one that is learned is the right one; later, what the engine would choose.
        let mut examples = Vec::new();
        let mut reach = Reach::default();
        for article in articles {
            collect(article, round > 0, &weights, &mut examples, &mut reach);
        }
        let Reach { unreachable, all } = reach;
        eprintln!("round {round}: {} examples, {unreachable} of {all} sources out of reach", examples.len());
        weights = learn(&examples.iter().collect::<Vec<_>>(), Task::Attribution.weights(), PULL);
    }
    weights
}

/// Adds the quotations of an article; the choices before each are the right ones, or else its own.
pub fn collect(article: &Article, own_choices: bool, weights: &[f32], examples: &mut Vec<Example>, reach: &mut Reach) {
    let to_solid = article.solid();
    learning::training_examples(&article.body, |quotation, candidates| {
        let best = article.attribution_of(to_solid(quotation));
        let right: Vec<bool> = match best {
            None => (0..candidates.len()).map(|i| i == 0).collect(),
            Some(a) => candidates
                .iter()
                .map(|o| o.mention.is_some_and(|m| a.sources.iter().any(|s| s.overlaps(to_solid(m)))))
                .collect(),
        };
        let sourced = best.is_none_or(|a| !a.sources.is_empty());
        reach.all += usize::from(sourced);
        if !right.contains(&true) {
            reach.unreachable += usize::from(sourced);
            return choose(candidates, weights);
        }
        let example = Example {
            candidates: candidates.iter().map(|o| Candidate::new(o.features.clone())).collect(),
            right: right.clone(),
        };
        examples.push(example);
        if own_choices { choose(candidates, weights) } else { right.iter().position(|&r| r).unwrap_or(0) }
    });
}

fn choose(candidates: &[TrainingCandidate], weights: &[f32]) -> usize {
    if weights.is_empty() {
        return 0;
    }
    best(&candidates.iter().map(|o| score(&o.features, weights)).collect::<Vec<_>>())
}
