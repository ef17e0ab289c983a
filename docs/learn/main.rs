//! Learns the weights of the engine from a corpus in BRAT standoff form, as PolNeAR ships it.
//!
//!     cargo run --release --example learn -- CORPUS > src/quotes/data/weights.txt
//!     cargo run --release --example learn -- CORPUS --resolution SPEAKERS… > src/quotes/data/resolution.txt
//!     cargo run --release --example learn -- CORPUS --confidence SPEAKERS… > src/quotes/data/confidence.txt
//!     cargo run --release --example learn -- CORPUS --reported > src/quotes/data/reported.txt
//!     cargo run --release --example learn -- CORPUS --folds [SPEAKERS…]
//!     cargo run --release --example learn -- CORPUS --reported-folds
//!     cargo run --release --example learn -- CORPUS --reported-tuned > weights-without-the-part-kept-aside.txt
//!     cargo run --release --example learn -- --trace ARTICLE.txt
//!
//! In this order: who speaks a quotation (attribution), whom "she" means (resolution), and how far the outcome of both can be
//! trusted (confidence). The last is learned from articles that the first two were not: they are learned anew on four
//! fifths of the corpus, say who speaks in the last fifth, five times over.
//!
//! Reported speech is learned apart from these: which words without quotation marks somebody is said to have said. A fifth of
//! the articles, by a hash of their names, is kept aside: `--reported-folds` prints how the rest does, each fourth of it by
//! weights that were learned from the others, and then how the part kept aside does.
//!
//! `--folds` learns each on four fifths and says how many of the last fifth come out right, five times over; `--trace` prints
//! what the engine sees in an article, a paragraph a line.
//!
//! CORPUS holds `text/NAME.txt` and `attributions/NAME_xxxx.ann`; SPEAKERS are files that say who speaks by full name, as
//! `pullquote evaluate --speakers` reads them. The same corpus gives the same weights.

mod attribution;
mod corpus;
mod optimizer;
mod reported;
mod speakers;

use std::path::Path;
use std::{env, fs, io};

use pullquote::evaluate::{COARSE_BINS, Calibration, FINE_BINS};
use pullquote::quotes::learning::{self, Task, Weights};

use attribution::Reach;
use corpus::{Article, body_of, read_corpus, read_speakers};
use optimizer::{Example, best, learn};

/// How many parts the articles are dealt to.
const FOLDS: usize = 5;

fn main() -> io::Result<()> {
    let mut arguments = env::args().skip(1);
    let corpus = arguments.next().unwrap_or_else(|| ".".to_owned());
    if corpus == "--trace" {
        for path in arguments {
            println!("{}", learning::trace(&body_of(&fs::read_to_string(path)?)).join("\n"));
        }
        return Ok(());
    }
    let task = arguments.next();
    let mut speakers = read_speakers(&arguments.collect::<Vec<_>>())?;
    let articles = read_corpus(Path::new(&corpus), &mut speakers)?;
    let articles: Vec<&Article> = articles.iter().collect();
    match task.as_deref() {
        None => print!("{}", Task::Attribution.write(&attribution::learn_rounds(&articles))),
        Some("--reported") => print!("{}", reported::learn_reported(&articles, |_| false)),
        Some("--reported-tuned") => {
            print!("{}", reported::learn_reported(&articles, |article| article.fold == corpus::FOLDS - 1));
        }
        Some("--reported-folds") => reported::cross_validate(&articles, corpus::FOLDS),
        Some("--resolution") => {
            print!("{}", Task::Resolution.write(&speakers::learn_resolution(&articles, &Weights::learned())));
        }
        Some("--confidence") => {
            let examples = confidence_examples(&articles);
            let examples: Vec<&Example> = examples.iter().flatten().collect();
            print!("{}", Task::Confidence.write(&learn_confidence(&examples)));
        }
        Some(_) => cross_validate(&articles),
    }
    Ok(())
}

fn learn_confidence(examples: &[&Example]) -> Vec<f32> {
    learn(examples, Task::Confidence.weights(), speakers::PULL_OF_CONFIDENCE)
}

/// The articles of a fold, or else all others.
fn part<T>(all: &[T], fold: usize, test: bool) -> impl Iterator<Item = &T> {
    all.iter().enumerate().filter(move |(i, _)| (i % FOLDS == fold) == test).map(|(_, one)| one)
}

/// The examples of confidence of each article, found by weights that were learned from other articles.
fn confidence_examples(articles: &[&Article]) -> Vec<Vec<Example>> {
    let mut of_article: Vec<Vec<Example>> = articles.iter().map(|_| Vec::new()).collect();
    for fold in 0..FOLDS {
        let others: Vec<&Article> = part(articles, fold, false).copied().collect();
        let mut weights = Weights { attribution: attribution::learn_rounds(&others), ..Weights::learned() };
        weights.resolution = speakers::learn_resolution(&others, &weights);
        for at in (0..articles.len()).filter(|at| at % FOLDS == fold) {
            speakers::collect_confidence(articles[at], &weights, &mut of_article[at]);
        }
    }
    of_article
}

fn cross_validate(articles: &[&Article]) {
    let mut of_article = Vec::new();
    let mut reach = Reach::default();
    for article in articles {
        let mut examples = Vec::new();
        attribution::collect(article, false, &[], &mut examples, &mut reach);
        of_article.push(examples);
    }
    let learned = |examples: &[&Example]| learn(examples, Task::Attribution.weights(), attribution::PULL);
    let Outcome { right, count, likelihood, nobody, errors } = held_out(&of_article, learned);
    println!("{nobody} are nobody's; somebody for nobody, nobody for somebody, another: {errors:?}");
    println!(
        "{} of {} out of reach; right {:.2} % of {count}; log likelihood {:.4}",
        reach.unreachable,
        reach.all,
        100.0 * right as f64 / f64::from(count),
        likelihood / f64::from(count)
    );
    if articles.iter().any(|article| article.gold.is_some()) {
        cross_validate_resolution(articles);
        cross_validate_confidence(articles);
    }
}

/// How the weights of four fifths do on the last fifth, five times over.
#[derive(Default)]
struct Outcome {
    right: usize,
    count: u32,
    likelihood: f64,
    nobody: usize,
    /// Somebody for nobody, nobody for somebody, another.
    errors: [usize; 3],
}

fn held_out(of_article: &[Vec<Example>], learned: impl Fn(&[&Example]) -> Vec<f32>) -> Outcome {
    let mut out = Outcome::default();
    for fold in 0..FOLDS {
        let weights = learned(&part(of_article, fold, false).flatten().collect::<Vec<_>>());
        for example in part(of_article, fold, true).flatten() {
            let likely = example.probabilities(&weights);
            let best = best(&likely);
            let good: f32 = likely.iter().zip(&example.right).filter(|(_, r)| **r).map(|(p, _)| p).sum();
            out.right += usize::from(example.right[best]);
            if !example.right[best] {
                out.errors[if example.right[0] {
                    0
                } else if best == 0 {
                    1
                } else {
                    2
                }] += 1;
            }
            out.nobody += usize::from(example.right[0]);
            out.count += 1;
            out.likelihood += f64::from(good.max(1e-6).ln());
        }
    }
    out
}

fn cross_validate_resolution(articles: &[&Article]) {
    let (mut right, mut count) = (0, 0);
    for fold in 0..FOLDS {
        let others: Vec<&Article> = part(articles, fold, false).copied().collect();
        let weights = Weights::learned();
        let weights = Weights { resolution: speakers::learn_resolution(&others, &weights), ..weights };
        let mut examples = Vec::new();
        part(articles, fold, true).for_each(|article| {
            speakers::collect_resolution(article, true, &weights, &mut examples);
        });
        count += examples.len();
        right += examples.iter().filter(|e| e.right[best(&e.probabilities(&weights.resolution))]).count();
    }
    println!("resolution: right {:.2} % of {count}", 100.0 * right as f64 / count as f64);
}

fn cross_validate_confidence(articles: &[&Article]) {
    let of_article = confidence_examples(articles);
    let mut before = Calibration::default();
    let mut calibration = Calibration::default();
    for fold in 0..FOLDS {
        let weights = learn_confidence(&part(&of_article, fold, false).flatten().collect::<Vec<_>>());
        for example in part(&of_article, fold, true).flatten() {
            before.note(example.probabilities(&[])[1], example.right[1]);
            calibration.note(example.probabilities(&weights)[1], example.right[1]);
        }
    }
    for (name, calibration) in [("attribution × resolution", before), ("confidence", calibration)] {
        println!("{name}:");
        for (lower, upper, bin) in calibration.bins(FINE_BINS) {
            println!("  {lower:.2}–{upper:.2}: {} of {} right", bin.right, bin.given);
        }
        let (sure, all) = (calibration.above(COARSE_BINS[5]), calibration.above(0.0));
        println!("  0.9 and above: {} of {} right, of {} in all", sure.right, sure.given, all.given);
    }
}
