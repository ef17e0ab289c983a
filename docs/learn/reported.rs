//! Examples of reported speech: which words somebody is said to have said.

use std::fmt::Write;
use std::thread;

use pullquote::evaluate::{ReportedCounts, ReportedFigures, ReportedPrediction, StatementKind, score_reported};
use pullquote::quotes::learning::{self, Namer, TrainingTrigger};
use pullquote::text::Span;

use crate::corpus::Article;

/// How much the squares of the weights cost.
const PULL: f32 = 0.002;

/// How often all examples are gone through, and from which round on the weights count for the mean.
const ROUNDS: usize = 6;
const SETTLED: usize = 2;

/// How many examples have a feature at least that gets a weight, and the smallest weight that is written.
const FEWEST: u32 = 10;
const SMALLEST: f32 = 0.05;

/// A word that may introduce a statement.
pub struct Example {
    article: usize,
    /// The features of each part of a content.
    parts: Vec<Vec<u32>>,
    /// The parts of each content.
    contents: Vec<Vec<u32>>,
    /// Which contents are right; none where it introduces no statement.
    right: Vec<usize>,
}

fn total(spans: &[Span]) -> usize {
    spans.iter().map(|span| span.len()).sum()
}

/// What both have in common, of all that either has.
fn likeness(one: &[Span], other: &[Span]) -> f32 {
    let shared: usize = one.iter().map(|a| other.iter().map(|b| a.intersection(*b).len()).sum::<usize>()).sum();
    if shared == 0 { 0.0 } else { shared as f32 / (total(one) + total(other) - shared) as f32 }
}

/// The example of a trigger: right are the contents that are most alike to a statement that is annotated with it as a cue.
/// None where such a statement is no candidate.
fn example(
    article: &Article,
    number: usize,
    found: TrainingTrigger,
    to_solid: &impl Fn(Span) -> Span,
) -> Option<Example> {
    let cue = to_solid(found.cue);
    let (pieces, contents): (Vec<_>, Vec<_>) = found.contents.into_iter().unzip();
    let pieces: Vec<Vec<Span>> =
        pieces.into_iter().map(|pieces: Vec<Span>| pieces.into_iter().map(to_solid).collect()).collect();
    let (mut right, mut best, mut is_speech) = (Vec::new(), 0.5_f32, false);
    for statement in article.statements.iter().filter(|s| s.cues.iter().any(|c| c.overlaps(cue))) {
        is_speech |= statement.kind == StatementKind::Speech;
        let alike: Vec<f32> = pieces.iter().map(|pieces| likeness(pieces, &statement.contents)).collect();
        let most = alike.iter().copied().fold(0.0, f32::max);
        if most > best || most >= best && right.is_empty() {
            best = most;
            right = (0..alike.len()).filter(|&at| alike[at] >= most - 0.001).collect();
        }
    }
    (!right.is_empty() || !is_speech).then_some(Example { article: number, parts: found.parts, contents, right })
}

/// The examples of all articles, and the names of their features; those that few examples have are left out.
fn collect(articles: &[&Article]) -> (Vec<Example>, Vec<String>) {
    let (mut by_name, mut out) = (Namer::default(), Vec::new());
    for (number, article) in articles.iter().enumerate() {
        let to_solid = article.solid();
        learning::reported_examples(&article.body, &mut by_name, |found| {
            out.extend(example(article, number, found, &to_solid));
        });
    }
    let names = leave_out_rare(&mut out, by_name.names());
    (out, names)
}

fn leave_out_rare(examples: &mut [Example], names: &[String]) -> Vec<String> {
    let (mut counts, mut last) = (vec![0_u32; names.len()], vec![usize::MAX; names.len()]);
    for (number, example) in examples.iter().enumerate() {
        for &feature in example.parts.iter().flatten() {
            if last[feature as usize] != number {
                last[feature as usize] = number;
                counts[feature as usize] += 1;
            }
        }
    }
    let mut kept = Vec::new();
    let numbers: Vec<Option<u32>> = names
        .iter()
        .zip(counts)
        .map(|(name, count)| {
            (count >= FEWEST).then(|| {
                kept.push(name.clone());
                kept.len() as u32 - 1
            })
        })
        .collect();
    for part in examples.iter_mut().flat_map(|example| &mut example.parts) {
        *part = part.iter().filter_map(|&feature| numbers[feature as usize]).collect();
    }
    kept
}

/// How likely each content is, and how likely there is none.
fn probabilities(example: &Example, weights: &[f32]) -> (Vec<f32>, f32) {
    let sum = |features: &Vec<u32>| features.iter().map(|&feature| weights[feature as usize]).sum::<f32>();
    let parts: Vec<f32> = example.parts.iter().map(sum).collect();
    let score = |content: &Vec<u32>| content.iter().map(|&part| parts[part as usize]).sum::<f32>();
    let scores: Vec<f32> = example.contents.iter().map(score).collect();
    let top = scores.iter().copied().fold(0.0, f32::max);
    let likely: Vec<f32> = scores.iter().map(|score| (score - top).exp()).collect();
    let nobody = (-top).exp();
    let total = likely.iter().sum::<f32>() + nobody;
    (likely.into_iter().map(|one| one / total).collect(), nobody / total)
}

/// Learns the weights under which what is right is likeliest, less what they cost by their squares: steps along the gradient
/// of one example after another (`AdaGrad`), and the mean of the weights after each round.
fn learn(examples: &[&Example], count: usize) -> Vec<f32> {
    let (mut weights, mut squares, mut mean) = (vec![0.0_f32; count], vec![1e-6_f32; count], vec![0.0_f32; count]);
    let (mut order, mut seed): (Vec<usize>, u64) = ((0..examples.len()).collect(), 7);
    for round in 0..ROUNDS {
        for last in (1..order.len()).rev() {
            seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            order.swap(last, (seed >> 33) as usize % (last + 1));
        }
        let rate = 0.1 * (1.0 - 0.7 * round as f32 / ROUNDS as f32);
        for &at in &order {
            step(examples[at], rate, &mut weights, &mut squares);
        }
        if round >= SETTLED {
            mean.iter_mut().zip(&weights).for_each(|(mean, weight)| *mean += weight / (ROUNDS - SETTLED) as f32);
        }
    }
    mean
}

fn step(example: &Example, rate: f32, weights: &mut [f32], squares: &mut [f32]) {
    let (likely, nobody) = probabilities(example, weights);
    let right: f32 = example.right.iter().map(|&at| likely[at]).sum();
    let good = if example.right.is_empty() { nobody } else { right };
    let mut changes = vec![0.0_f32; example.parts.len()];
    for (content, likely) in example.contents.iter().zip(&likely) {
        for &part in content {
            changes[part as usize] -= likely;
        }
    }
    for &at in &example.right {
        example.contents[at].iter().for_each(|&part| changes[part as usize] += likely[at] / good.max(1e-9));
    }
    for (part, change) in example.parts.iter().zip(changes).filter(|(_, change)| change.abs() >= 1e-4) {
        for &feature in part {
            let feature = feature as usize;
            let gradient = change - PULL * weights[feature];
            squares[feature] += gradient * gradient;
            weights[feature] += rate * gradient / squares[feature].sqrt();
        }
    }
}

/// Weights as a text, one a line, in the order of their names, those near zero left out.
fn written(names: &[String], weights: &[f32]) -> String {
    let mut lines: Vec<(&String, f32)> = names.iter().zip(weights.iter().copied()).collect();
    lines.retain(|(_, weight)| weight.abs() >= SMALLEST);
    lines.sort_by(|one, other| one.0.cmp(other.0));
    let head = "# Learned by `cargo run --example learn`; a weight, then the feature that it is for.\n";
    lines.iter().fold(head.to_owned(), |mut out, (name, weight)| {
        // Text into memory: nothing in it can fail.
        let _ = writeln!(out, "{weight:.2} {name}");
        out
    })
}

/// Learns the weights of reported speech from all articles; without those of the fold that is kept aside, if that is wanted.
pub fn learn_reported(articles: &[&Article], is_aside: impl Fn(&Article) -> bool) -> String {
    let (examples, names) = collect(articles);
    let examples: Vec<&Example> = examples.iter().filter(|example| !is_aside(articles[example.article])).collect();
    eprintln!("{} examples of reported speech, {} features", examples.len(), names.len());
    written(&names, &learn(&examples, names.len()))
}

/// What the engine finds in these articles by these weights.
fn measure<'a>(articles: impl Iterator<Item = &'a Article>, weights: &str) -> ReportedCounts {
    let mut counts = ReportedCounts::default();
    let weights = learning::ReportedWeights::read(weights);
    for article in articles {
        let (findings, reported) = weights.find(&article.body);
        let prediction = ReportedPrediction { body: &article.body, findings: &findings, reported: &reported };
        counts.add(&score_reported(&article.text, &article.annotations, Some(prediction)).0);
    }
    counts
}

fn show(label: &str, counts: &ReportedCounts) {
    let ReportedFigures { strict, any, with_source, source, likeness } = ReportedFigures::of(counts);
    let [strict_f1, any_p, recall, any_f1, source_f1] =
        [strict.f1, any.precision, any.recall, any.f1, with_source.f1].map(|rate| 100.0 * rate);
    println!(
        "{label}: {} found, {} to find; P any {any_p:.1} R {recall:.1} F1 any {any_f1:.1} (strict {strict_f1:.1}); \
         with source F1 {source_f1:.1}, source given content {:.1}; mean IoU {:.3}",
        counts.found,
        counts.speech,
        100.0 * source.rate().unwrap_or(0.0),
        likeness.unwrap_or(0.0),
    );
}

/// Learns from four fifths and measures the last fifth, by the names of the articles: four times among those that are tuned
/// on, and once for those that are kept aside.
pub fn cross_validate(articles: &[&Article], folds: usize) {
    let (examples, names) = collect(articles);
    let aside = folds - 1;
    let found: Vec<ReportedCounts> = thread::scope(|scope| {
        let fold_counts = |fold: usize| {
            let (examples, names) = (&examples, &names);
            scope.spawn(move || {
                let is_other = |example: &&Example| {
                    let of = articles[example.article].fold;
                    of != fold && of != aside
                };
                let others: Vec<&Example> = examples.iter().filter(is_other).collect();
                let weights = written(names, &learn(&others, names.len()));
                measure(articles.iter().copied().filter(|article| article.fold == fold), &weights)
            })
        };
        let all: Vec<_> = (0..folds).map(fold_counts).collect();
        all.into_iter().map(|one| one.join().unwrap_or_default()).collect()
    });
    let mut tuned = ReportedCounts::default();
    found[..aside].iter().for_each(|counts| tuned.add(counts));
    show("tuned on, each fold by the others", &tuned);
    show("kept aside", &found[aside]);
}
