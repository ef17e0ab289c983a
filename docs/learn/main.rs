//! Learns the weights of the attribution engine from a corpus in BRAT standoff form, as PolNeAR ships it.
//!
//!     cargo run --release --example learn -- CORPUS > src/quotes/data/weights.txt
//!     cargo run --release --example learn -- CORPUS --folds
//!
//!     cargo run --release --example learn -- --trace ARTICLE.txt
//!
//! The second form learns on four fifths and says how many of the last fifth come out right, five times over; the third
//! prints what the engine sees in an article, a paragraph a line.
//!
//! CORPUS holds `text/NAME.txt` and `attributions/NAME_xxxx.ann`. The same corpus gives the same weights.

use std::collections::HashMap;
use std::path::Path;
use std::{env, fs, io};

use pullquote::article::{Body, BodyBuilder, ParagraphKind};
use pullquote::quotes::learning::{self, TrainingCandidate, WEIGHTS};
use pullquote::text::Span;

/// One quotation: the weight numbers of each candidate, and which candidates are right.
struct Example {
    candidates: Vec<Vec<u32>>,
    right: Vec<bool>,
}

/// An attribution of the corpus, in non-blank characters.
#[derive(Default)]
struct Attribution {
    sources: Vec<Span>,
    contents: Vec<Span>,
}

/// How often everything is learned anew from choices that the last round would have made.
const ROUNDS: usize = 3;

fn main() -> io::Result<()> {
    let mut arguments = env::args().skip(1);
    let corpus = arguments.next().unwrap_or_else(|| ".".to_owned());
    if corpus == "--trace" {
        for path in arguments {
            println!("{}", learning::trace(&body_of(&fs::read_to_string(path)?)).join("\n"));
        }
        return Ok(());
    }
    let articles = read_corpus(Path::new(&corpus))?;
    if arguments.next().is_some() {
        cross_validate(&articles);
        return Ok(());
    }
    let mut weights = Vec::new();
    for round in 0..ROUNDS {
        // At first every choice before the one that is learned is the right one; later, what the engine would choose.
        let mut examples = Vec::new();
        let (mut unreachable, mut all) = (0, 0);
        for (body, attributions) in &articles {
            collect(body, attributions, round > 0, &weights, &mut examples, &mut unreachable, &mut all);
        }
        eprintln!("round {round}: {} examples, {unreachable} of {all} sources out of reach", examples.len());
        weights = learn(&examples.iter().collect::<Vec<_>>());
    }
    print!("{}", learning::write(&weights));
    Ok(())
}

fn cross_validate(articles: &[(Body, Vec<Attribution>)]) {
    const FOLDS: usize = 5;
    let mut of_article = Vec::new();
    let (mut unreachable, mut all) = (0, 0);
    for (body, attributions) in articles {
        let mut examples = Vec::new();
        collect(body, attributions, false, &[], &mut examples, &mut unreachable, &mut all);
        of_article.push(examples);
    }
    let (mut right, mut count, mut likelihood, mut nobody) = (0, 0, 0.0, 0);
    let mut errors = [0; 3];
    for fold in 0..FOLDS {
        let part = |test: bool| {
            of_article.iter().enumerate().filter(move |(i, _)| (i % FOLDS == fold) == test).flat_map(|(_, l)| l)
        };
        let weights = learn(&part(false).collect::<Vec<_>>());
        for example in part(true) {
            let scores: Vec<f32> =
                example.candidates.iter().map(|o| o.iter().map(|&i| weights[i as usize]).sum()).collect();
            let best = (0..scores.len()).fold(0, |b, i| if scores[i] > scores[b] { i } else { b });
            let total: f32 = scores.iter().map(|s| (s - scores[best]).exp()).sum();
            let good: f32 =
                scores.iter().zip(&example.right).filter(|(_, r)| **r).map(|(s, _)| (s - scores[best]).exp()).sum();
            right += usize::from(example.right[best]);
            if !example.right[best] {
                errors[if example.right[0] {
                    0
                } else if best == 0 {
                    1
                } else {
                    2
                }] += 1;
            }
            nobody += usize::from(example.right[0]);
            count += 1;
            likelihood += f64::from((good / total).max(1e-6).ln());
        }
    }
    println!("{nobody} are nobody's; somebody for nobody, nobody for somebody, another: {errors:?}");
    println!(
        "{unreachable} of {all} out of reach; right {:.2} % of {count}; log likelihood {:.4}",
        100.0 * right as f64 / f64::from(count),
        likelihood / f64::from(count)
    );
}

fn read_corpus(corpus: &Path) -> io::Result<Vec<(Body, Vec<Attribution>)>> {
    let mut annotations: HashMap<String, Vec<std::path::PathBuf>> = HashMap::new();
    for entry in fs::read_dir(corpus.join("attributions"))? {
        let path = entry?.path();
        let stem = path.file_stem().map(|s| s.to_string_lossy().into_owned()).unwrap_or_default();
        let name = stem.rsplit_once('_').map_or(stem.clone(), |(name, _)| name.to_owned());
        annotations.entry(name).or_default().push(path);
    }
    let mut names: Vec<_> = annotations.into_iter().filter(|(_, paths)| paths.len() == 1).collect();
    names.sort();
    let mut out = Vec::new();
    for (name, paths) in names {
        let Ok(text) = fs::read_to_string(corpus.join("text").join(format!("{name}.txt"))) else { continue };
        let annotation = fs::read_to_string(&paths[0])?;
        out.push((body_of(&text), read_annotation(&annotation, &text)));
    }
    Ok(out)
}

/// One paragraph a line, the first the headline.
fn body_of(text: &str) -> Body {
    let mut lines = text.lines().filter(|l| !l.trim().is_empty());
    let mut builder = BodyBuilder::new(lines.next().unwrap_or(""));
    lines.for_each(|line| {
        builder.push(ParagraphKind::Prose, line);
    });
    builder.build()
}

/// For each character of `text`, how many that are not blank stand before it; one more at the end.
fn solid_offsets(text: &str) -> Vec<usize> {
    let mut count = 0;
    let mut out: Vec<usize> = text
        .chars()
        .map(|c| {
            let here = count;
            count += usize::from(!c.is_whitespace());
            here
        })
        .collect();
    out.push(count);
    out
}

fn read_annotation(annotation: &str, text: &str) -> Vec<Attribution> {
    let solid = solid_offsets(text);
    let mut spans: HashMap<&str, (&str, Vec<Span>)> = HashMap::new();
    let mut out = Vec::new();
    for line in annotation.lines() {
        let mut columns = line.split('\t');
        let (Some(id), Some(rest)) = (columns.next(), columns.next()) else { continue };
        if id.starts_with('T') {
            let Some((kind, ranges)) = rest.split_once(' ') else { continue };
            let ranges = ranges.split(';').filter_map(|r| {
                let (start, end) = r.trim().split_once(' ')?;
                let at = |n: &str| n.parse::<usize>().ok().and_then(|n| solid.get(n)).copied();
                Some(Span::new(at(start)?, at(end)?))
            });
            spans.insert(id, (kind, ranges.collect()));
        } else if id.starts_with('E') {
            let mut attribution = Attribution::default();
            for (_, target) in rest.split_whitespace().filter_map(|r| r.split_once(':')) {
                match spans.get(target) {
                    Some(("Source", ranges)) => attribution.sources.extend(ranges),
                    Some(("Content", ranges)) => attribution.contents.extend(ranges),
                    _ => {}
                }
            }
            out.push(attribution);
        }
    }
    out
}

fn collect(
    body: &Body,
    attributions: &[Attribution],
    own_choices: bool,
    weights: &[f32],
    examples: &mut Vec<Example>,
    unreachable: &mut usize,
    all: &mut usize,
) {
    // Byte offset → number of solid characters before it.
    let text = body.text();
    let mut solid = vec![0; text.len() + 1];
    let mut count = 0;
    for (at, c) in text.char_indices() {
        solid[at..at + c.len_utf8()].fill(count);
        count += usize::from(!c.is_whitespace());
    }
    solid[text.len()] = count;
    let to_solid = |span: Span| Span::new(solid[span.start], solid[span.end]);
    learning::training_examples(body, |quotation, candidates| {
        let here = to_solid(quotation);
        let covered = |a: &Attribution| a.contents.iter().map(|c| c.intersection(here).len()).sum::<usize>();
        let best = attributions.iter().max_by_key(|a| covered(a)).filter(|a| 2 * covered(a) >= here.len());
        let right: Vec<bool> = match best {
            None => (0..candidates.len()).map(|i| i == 0).collect(),
            Some(a) => candidates
                .iter()
                .map(|o| o.mention.is_some_and(|m| a.sources.iter().any(|s| s.overlaps(to_solid(m)))))
                .collect(),
        };
        let sourced = best.is_none_or(|a| !a.sources.is_empty());
        *all += usize::from(sourced);
        if !right.contains(&true) {
            *unreachable += usize::from(sourced);
            return choose(candidates, weights);
        }
        let example = Example {
            candidates: candidates.iter().map(|o| learning::indices(&o.values).map(|i| i as u32).collect()).collect(),
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
    let scores: Vec<f32> = candidates.iter().map(|o| learning::score_with(weights, &o.values)).collect();
    (0..scores.len()).fold(0, |best, i| if scores[i] > scores[best] { i } else { best })
}

/// Logistic choice among the candidates: the weights under which the right ones are likeliest, less what they cost by
/// their squares, found by steps along the whole gradient (Adam).
fn learn(examples: &[&Example]) -> Vec<f32> {
    const STEPS: i32 = 220;
    const STEP: f32 = 0.06;
    const PULL: f32 = 10.0;
    let mut weights = vec![0.0_f32; WEIGHTS];
    let (mut mean, mut spread) = (vec![0.0_f32; WEIGHTS], vec![0.0_f32; WEIGHTS]);
    for step in 1..=STEPS {
        let mut gradient: Vec<f32> = weights.iter().map(|w| -PULL * w).collect();
        for example in examples {
            add_gradient(example, &weights, &mut gradient);
        }
        let rate = STEP * (1.0 - 0.9 * step as f32 / STEPS as f32);
        let (correct_mean, correct_spread) = (1.0 - 0.9_f32.powi(step), 1.0 - 0.99_f32.powi(step));
        for i in 0..WEIGHTS {
            let g = gradient[i];
            if g == 0.0 && mean[i] == 0.0 {
                continue;
            }
            mean[i] = 0.9 * mean[i] + 0.1 * g;
            spread[i] = 0.99 * spread[i] + 0.01 * g * g;
            weights[i] += rate * (mean[i] / correct_mean) / ((spread[i] / correct_spread).sqrt() + 1e-6);
        }
    }
    weights
}

fn add_gradient(example: &Example, weights: &[f32], gradient: &mut [f32]) {
    let scores: Vec<f32> =
        example.candidates.iter().map(|o| o.iter().map(|&i| weights[i as usize]).sum::<f32>()).collect();
    let top = scores.iter().copied().fold(f32::MIN, f32::max);
    let exps: Vec<f32> = scores.iter().map(|s| (s - top).exp()).collect();
    let total: f32 = exps.iter().sum();
    let good: f32 = exps.iter().zip(&example.right).filter(|(_, r)| **r).map(|(e, _)| e).sum();
    for ((option, e), &right) in example.candidates.iter().zip(&exps).zip(&example.right) {
        let change = if right { e / good.max(1e-9) } else { 0.0 } - e / total;
        if change.abs() > 1e-5 {
            for &i in option {
                gradient[i as usize] += change;
            }
        }
    }
}
