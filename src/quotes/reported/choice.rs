//! The choice: which contents are reported, and how likely each is right.

use super::bounds::Bounds;
use super::describe::{Candidate, Describer};
use super::sentence::{self, Measures, Sentence};
use super::trigger::Trigger;
use super::triggers;
use super::values::{Score, Weights};
use crate::quotes::analysis::Analysis;
use crate::quotes::cues::{Class, SubjectLink};
use crate::quotes::lexicon::CONJUNCTION;
use crate::quotes::tokens::TokenShape;
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
    /// How likely it is that nobody says anything, and the likeliest contents with how likely each is.
    nobody: f32,
    others: Vec<(Candidate<f32>, f32)>,
}

/// What is less likely than this is not shown.
const LIKELY: f32 = 0.6;

/// How many of the likeliest contents are compared, and how many of them may be chosen.
const COMPARED: usize = 24;
const TRIED: usize = 8;

/// What is left of how likely a content is when the clause of another statement is cut off it.
const CUT: f32 = 0.9;

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
    let mut bounds = Bounds::default();
    each_sentence(analysis, |sentence| {
        for trigger in sentence.triggers.iter().filter(|trigger| may_be_said(trigger)) {
            bounds.read(analysis, trigger, sentence.whole);
            let mut score = Score::new(weights);
            Describer { sentence, trigger, bounds: &bounds, out: &mut score, candidates: &mut candidates }.describe();
            chosen.extend(likeliest(sentence, trigger, &mut candidates));
        }
        select(&mut chosen, sentence, &mut out);
    });
    out
}

/// Whether a trigger has a source, and that source is not the one who was told.
fn may_be_said(trigger: &Trigger) -> bool {
    (trigger.subject.is_some() || trigger.source.is_some()) && trigger.link != Some(SubjectLink::Passive)
}

/// Moves what is likely and shares no word with what is likelier to `out`. Of what does, another content is taken that shares
/// none, if that is likely then: "Doe said it was safe, and Roe said it was not".
fn select(chosen: &mut Vec<Choice>, sentence: &Sentence<'_, '_>, out: &mut Vec<Choice>) {
    let (first, start) = (out.len(), sentence.whole.start);
    chosen.sort_by(|one, other| other.probability.total_cmp(&one.probability));
    let mut taken = vec![false; if chosen.len() > 1 { sentence.whole.len() } else { 0 }];
    for mut choice in chosen.drain(..) {
        let is_free =
            |content: &Candidate<f32>| !own_tokens(content).any(|at| taken.get(at - start).is_some_and(|&taken| taken));
        let first = first.max(out.len().saturating_sub(NEAR));
        let whole = (choice.content, choice.probability);
        choice.others.retain(|(content, _)| is_free(content));
        let likely = best_of(sentence, &choice.others, choice.nobody).filter(|(_, probability)| *probability >= LIKELY);
        let cut = || {
            let (_, probability) = Some(whole).filter(|(_, probability)| *probability >= LIKELY)?;
            let cut = out[first..].iter().find_map(|other| choice.before(other, sentence)).filter(is_free)?;
            Some((cut, CUT * probability))
        };
        let Some((content, probability)) = likely.or_else(cut) else {
            if let Some(inner) = out[first..].iter_mut().find(|inner| choice.passes_on(inner)) {
                inner.via = Some(choice.trigger);
            }
            continue;
        };
        (choice.content, choice.probability) = (content, probability);
        for at in own_tokens(&choice.content) {
            if let Some(taken) = taken.get_mut(at - start) {
                *taken = true;
            }
        }
        out.push(choice);
    }
    out[first..].sort_by_key(|choice| choice.content.first);
}

impl Choice {
    /// What is left of its content before the clause of another: "it was safe" of "it was safe, and Roe said it was not".
    fn before(&self, other: &Self, sentence: &Sentence<'_, '_>) -> Option<Candidate<f32>> {
        let Candidate { first, end, hole, .. } = self.content;
        let tokens = &sentence.analysis.tokenized.tokens;
        let mut cut = other.trigger.left;
        if hole.is_some() || !(first..end).contains(&cut) || first < self.trigger.right {
            return None;
        }
        while cut > first
            && (tokens[cut - 1].is(CONJUNCTION)
                || matches!(tokens[cut - 1].shape, TokenShape::Comma | TokenShape::Semicolon | TokenShape::Dash))
        {
            cut -= 1;
        }
        let is_parted = cut < other.trigger.left && sentence.verbs(first, cut) > 0;
        is_parted.then_some(Candidate { end: cut, ..self.content })
    }

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

/// The likeliest content of a trigger, if it is likely enough.
fn likeliest(sentence: &Sentence<'_, '_>, trigger: &Trigger, all: &mut Vec<Candidate<f32>>) -> Option<Choice> {
    let score = |content: &Candidate<f32>| content.parts.iter().sum::<f32>();
    let top = all.iter().map(score).fold(0.0, f32::max);
    let likely = |content: &Candidate<f32>| (score(content) - top).exp();
    let (nobody, somebody) = ((-top).exp(), all.iter().map(likely).sum::<f32>());
    // What is left for all contents together.
    if somebody < LIKELY * (nobody + somebody) {
        return None;
    }
    all.sort_by(|one, other| score(other).total_cmp(&score(one)));
    all.truncate(COMPARED);
    let total = nobody + somebody;
    let others: Vec<_> = all.iter().map(|content| (*content, likely(content) / total)).collect();
    let nobody = nobody / total;
    let (content, probability) = best_of(sentence, &others, nobody)?;
    Some(Choice { trigger: *trigger, content, probability, via: None, nobody, others })
}

/// Of contents, the likeliest first, the one that is likeliest together with those that share half of it, and how likely that
/// is among them and nothing.
fn best_of(
    sentence: &Sentence<'_, '_>,
    contents: &[(Candidate<f32>, f32)],
    nobody: f32,
) -> Option<(Candidate<f32>, f32)> {
    let total = nobody + contents.iter().map(|(_, likely)| likely).sum::<f32>();
    let sum_of = |content: &Candidate<f32>| -> f32 {
        contents.iter().filter(|(other, _)| are_alike(sentence, content, other)).map(|(_, likely)| likely).sum()
    };
    let (first, _) = contents.first()?;
    let mut best = (first, sum_of(first));
    for (content, likely) in contents.iter().skip(1).take(TRIED - 1) {
        if *likely < 0.01 * total {
            break;
        }
        let sum = sum_of(content);
        if sum > LIKELIER * best.1 {
            best = (content, sum);
        }
    }
    Some((*best.0, best.1 / total))
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
