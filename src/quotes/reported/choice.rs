//! The choice: which contents are reported, and how likely each is right.

use super::bounds::Bounds;
use super::describe::{Candidate, Describer};
use super::sentence::{self, Measures, Sentence};
use super::trigger::Trigger;
use super::triggers;
use super::values::{Score, Weights};
use crate::quotes::analysis::Analysis;
use crate::quotes::cues::Class;
use crate::text::Span;

/// A content that was chosen for a trigger.
#[derive(Debug, Clone)]
pub(super) struct Choice {
    pub trigger: Trigger,
    pub content: Candidate<f32>,
    /// How likely somebody says that.
    pub probability: f32,
    /// Who passes it on.
    pub via: Option<Trigger>,
}

/// What is less likely than this is not shown.
const LIKELY: f32 = 0.6;

/// How many of the likeliest contents are compared, and how many of them may be chosen.
const COMPARED: usize = 24;
const TRIED: usize = 8;

/// How many statements before are looked at for one that is passed on.
const NEAR: usize = 8;

/// How much likelier than the best another content must be, with all that it shares half of.
const LIKELIER: f32 = 1.05;

/// Hands `take` each sentence of an article that has a trigger.
pub(super) fn each_sentence<'a>(analysis: &Analysis<'a>, mut take: impl FnMut(&Sentence<'_, 'a>)) {
    let (mut measures, mut found) = (Measures::default(), Vec::new());
    let headline_end = analysis.tokenized.paragraphs.first().map_or(0, |paragraph| paragraph.end);
    for tokens in sentence::all(analysis) {
        triggers::read(analysis, tokens, &mut found);
        if found.is_empty() {
            continue;
        }
        measures.read(analysis, tokens);
        take(&Sentence {
            analysis,
            whole: sentence::without_stop(analysis, tokens),
            triggers: &found,
            is_headline: tokens.start < headline_end,
            measures: &measures,
        });
    }
}

/// Chooses the contents of an article, in order; none shares a word with another.
pub(super) fn choose(analysis: &Analysis<'_>, weights: &Weights) -> Vec<Choice> {
    let (mut out, mut chosen, mut candidates) = (Vec::new(), Vec::new(), Vec::new());
    let (mut bounds, mut scratch) = (Bounds::default(), Scratch::default());
    each_sentence(analysis, |sentence| {
        for trigger in sentence.triggers.iter().filter(|trigger| trigger.subject.is_some() || trigger.source.is_some())
        {
            bounds.read(analysis, trigger, sentence.whole);
            let mut score = Score::new(weights);
            Describer { sentence, trigger, bounds: &bounds, out: &mut score, candidates: &mut candidates }.describe();
            if let Some((content, probability)) = scratch.likeliest(sentence, &candidates) {
                chosen.push(Choice { trigger: *trigger, content, probability, via: None });
            }
        }
        select(&mut chosen, sentence.whole, &mut out);
    });
    out
}

/// Moves what is likely and shares no word with what is likelier to `out`.
fn select(chosen: &mut Vec<Choice>, tokens: Span, out: &mut Vec<Choice>) {
    let first = out.len();
    chosen.sort_by(|one, other| other.probability.total_cmp(&one.probability));
    let mut taken = vec![false; if chosen.len() > 1 { tokens.len() } else { 0 }];
    for choice in chosen.drain(..) {
        let is_taken = |at: usize| taken.get(at - tokens.start).is_some_and(|&taken| taken);
        if own_tokens(&choice.content).any(is_taken) {
            let first = first.max(out.len().saturating_sub(NEAR));
            if let Some(inner) = out[first..].iter_mut().find(|inner| choice.passes_on(inner)) {
                inner.via = Some(choice.trigger);
            }
            continue;
        }
        for at in own_tokens(&choice.content) {
            if let Some(taken) = taken.get_mut(at - tokens.start) {
                *taken = true;
            }
        }
        out.push(choice);
    }
    out[first..].sort_by_key(|choice| choice.content.first);
}

impl Choice {
    /// Whether its content is another statement with its source: "Doe said it was late" of ", according to Roe".
    fn passes_on(&self, inner: &Self) -> bool {
        let covers = |at: usize| (self.content.first..self.content.end).contains(&at);
        self.trigger.class == Class::According
            && covers(inner.trigger.token)
            && covers(inner.content.first)
            && covers(inner.content.end - 1)
    }
}

/// The tokens of a content without those in its hole.
fn own_tokens<S>(content: &Candidate<S>) -> impl Iterator<Item = usize> + use<S> {
    let hole = content.hole.unwrap_or_default();
    (content.first..content.end).filter(move |at| !(hole.start..hole.end).contains(at))
}

/// Room for the work on one trigger.
#[derive(Default)]
struct Scratch {
    /// The scores of the likeliest candidates, each with its number.
    best: Vec<(f32, usize)>,
}

impl Scratch {
    /// The likeliest content of a trigger and how likely it is, with those that share half of it, if that is enough.
    fn likeliest(&mut self, sentence: &Sentence<'_, '_>, all: &[Candidate<f32>]) -> Option<(Candidate<f32>, f32)> {
        self.best.clear();
        self.best.extend(all.iter().enumerate().map(|(number, content)| (content.parts.iter().sum(), number)));
        let top = self.best.iter().map(|(score, _)| *score).fold(0.0, f32::max);
        let nobody = (-top).exp();
        let mut total = nobody;
        for (score, _) in &mut self.best {
            *score = (*score - top).exp();
            total += *score;
        }
        // What is left for all contents together.
        if (total - nobody) < LIKELY * total {
            return None;
        }
        self.best.sort_by(|one, other| other.0.total_cmp(&one.0).then(one.1.cmp(&other.1)));
        self.best.truncate(COMPARED);
        let sum_of = |content: &Candidate<f32>| -> f32 {
            let alike = self.best.iter().filter(|(_, other)| are_alike(sentence, content, &all[*other]));
            alike.map(|(likely, _)| likely).sum()
        };
        let (_, first) = *self.best.first()?;
        let mut chosen = (first, sum_of(&all[first]));
        for &(likely, number) in self.best.iter().skip(1).take(TRIED - 1) {
            if likely < 0.01 * total {
                break;
            }
            let sum = sum_of(&all[number]);
            if sum > LIKELIER * chosen.1 {
                chosen = (number, sum);
            }
        }
        let probability = chosen.1 / total;
        (probability >= LIKELY).then(|| (all[chosen.0], probability))
    }
}

/// Whether two contents share at least half of all that either has, in bytes.
fn are_alike(sentence: &Sentence<'_, '_>, one: &Candidate<f32>, other: &Candidate<f32>) -> bool {
    if (one.first, one.end, one.hole) == (other.first, other.end, other.hole) {
        return true;
    }
    let ranges = |content: &Candidate<f32>| match content.hole {
        Some(hole) => [Span::new(content.first, hole.start), Span::new(hole.end, content.end)],
        None => [Span::new(content.first, content.end), Span::default()],
    };
    let size = |span: Span| {
        if span.is_empty() { 0 } else { sentence.bytes(span.start, span.end) - sentence.quoted(span.start, span.end) }
    };
    let (one, other) = (ranges(one), ranges(other));
    let total = |ranges: [Span; 2]| ranges.map(size).iter().sum::<usize>();
    let shared: usize = one.iter().flat_map(|a| other.iter().map(|b| size(a.intersection(*b)))).sum();
    2 * shared >= total(one) + total(other) - shared
}
