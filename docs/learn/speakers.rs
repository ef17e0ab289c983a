//! Examples of resolution and of confidence, from articles in which it is known by full name who speaks.

use pullquote::evaluate::Label;
use pullquote::quotes::learning::{self, Task, Weights};
use pullquote::text::Span;

use crate::corpus::{Article, Gold};
use crate::optimizer::{Candidate, Example, best, learn, score};

/// How much the squares of the weights cost.
const PULL_OF_RESOLUTION: f32 = 8.0;
pub const PULL_OF_CONFIDENCE: f32 = 8.0;

/// How often resolution is learned anew from choices that the last round would have made.
const ROUNDS: usize = 3;

/// Learns the weights of resolution; `weights` are those by which quotations are attributed.
pub fn learn_resolution(articles: &[&Article], weights: &Weights) -> Vec<f32> {
    let mut weights = Weights { resolution: Vec::new(), ..weights.clone() };
    for round in 0..ROUNDS {
        let mut examples = Vec::new();
        for article in articles {
            collect_resolution(article, round > 0, &weights, &mut examples);
        }
        eprintln!("round {round}: {} examples of resolution", examples.len());
        let examples: Vec<&Example> = examples.iter().collect();
        weights.resolution = learn(&examples, Task::Resolution.weights(), PULL_OF_RESOLUTION);
    }
    weights.resolution
}

/// Adds the pronouns and epithets of which it is known whom they mean.
pub fn collect_resolution(article: &Article, own_choices: bool, weights: &Weights, examples: &mut Vec<Example>) {
    let Some(gold) = &article.gold else { return };
    let to_solid = article.solid();
    // The words of a source that are no more than the mention, and whom they mean.
    let sources: Vec<_> = gold
        .segments
        .iter()
        .filter_map(|(words, label)| match label {
            Label::Somebody(name) => Some((article.attribution_of(*words)?.sources.as_slice(), name)),
            Label::Nobody | Label::Unknown => None,
        })
        .filter_map(|(sources, name)| match sources {
            [source] => Some((*source, name)),
            _ => None,
        })
        .collect();
    learning::resolution_examples(&article.body, weights, |mention, is_pronoun, antecedents| {
        let scores = antecedents.iter().map(|a| a.start + score(&a.features, &weights.resolution));
        let own = best(&scores.collect::<Vec<_>>());
        let mention = to_solid(mention);
        let Some((_, name)) = sources.iter().find(|(source, _)| *source == mention) else { return own };
        let is_right = |shown: &String| gold.speakers.is_same(shown, name);
        let mut right: Vec<bool> = antecedents.iter().map(|a| a.name.as_ref().is_some_and(is_right)).collect();
        if !right.contains(&true) && !right.is_empty() && !is_pronoun {
            right[0] = true;
        }
        let Some(first) = right.iter().position(|&right| right) else { return own };
        let candidates =
            antecedents.iter().map(|a| Candidate { start: a.start, features: a.features.clone() }).collect();
        examples.push(Example { candidates, right });
        if own_choices { own } else { first }
    });
}

/// Adds the speakers that are shown: whether each is right, against its grounds.
pub fn collect_confidence(article: &Article, weights: &Weights, examples: &mut Vec<Example>) {
    let Some(gold) = &article.gold else { return };
    let to_solid = article.solid();
    let (findings, grounds) = learning::find_with(&article.body, weights);
    let spoken = findings.quotations.iter().filter_map(|quotation| Some((quotation, findings.speaker_of(quotation)?)));
    for ((quotation, speaker), grounds) in spoken.zip(grounds) {
        let Some(is_right) = is_right(gold, to_solid(quotation.span), &speaker.name) else { continue };
        let wrong = Candidate::new(Vec::new());
        let shown = Candidate { start: grounds.odds, features: grounds.features };
        examples.push(Example { candidates: vec![wrong, shown], right: vec![!is_right, is_right] });
    }
}

/// Whether the speaker shown is right; nothing where it is not known who speaks.
fn is_right(gold: &Gold, words: Span, shown: &str) -> Option<bool> {
    let common = |segment: Span| segment.intersection(words).len();
    let (segment, label) = gold.segments.iter().max_by_key(|(segment, _)| common(*segment))?;
    if 2 * common(*segment) < segment.len().max(1) {
        return None;
    }
    match label {
        Label::Somebody(name) => Some(gold.speakers.is_same(shown, name)),
        Label::Nobody => Some(false),
        Label::Unknown => None,
    }
}
