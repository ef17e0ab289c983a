//! Attribution: chooses for every quotation the mention that speaks it, or none.

use crate::quotes::analysis::Analysis;
use crate::quotes::candidates::Candidate;
use crate::quotes::context::PreviousChoices;
use crate::quotes::cues::Cue;
use crate::quotes::features::{Case, Ends, Length, Talk};
use crate::quotes::quote_spans::QuoteSpan;
use crate::quotes::weights;

/// What was chosen for a quotation.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Choice {
    pub mention: Option<usize>,
    pub cue: Option<Cue>,
    /// How likely the choice is right, as the weights see it.
    pub probability: f32,
    /// Whether the words were taken from another quotation, whose mention this is.
    pub is_echo: bool,
}

/// Goes through the quotations in order; `pick` chooses one of the candidates of each and says how sure it is.
///
/// Returns one entry for each quotation, `None` for a nested one.
pub(crate) fn choose(
    analysis: &Analysis<'_>,
    mut pick: impl FnMut(usize, &[Candidate]) -> (usize, f32),
) -> Vec<Option<Choice>> {
    let tokenized = &analysis.tokenized;
    let mut out = vec![None; tokenized.quotes.len()];
    let mut previous = PreviousChoices::default();
    let mut paragraph = usize::MAX;
    for (index, quote) in tokenized.quotes.iter().enumerate() {
        let Some(token) = tokenized.token_of_quote[index] else { continue };
        if quote.paragraph != paragraph {
            let above = above(&tokenized.quotes, index, previous, quote.paragraph);
            previous = PreviousChoices { here: None, above };
            paragraph = quote.paragraph;
        }
        let candidates = analysis.candidates(token, paragraph, previous);
        let (picked, probability) = pick(index, &candidates);
        let Some(candidate) = candidates.get(picked) else { continue };
        out[index] = Some(Choice { mention: candidate.mention, cue: candidate.cue, probability, is_echo: false });
        unite(&tokenized.quotes, &mut out, index);
        previous.here = Some((out[index].and_then(|c| c.mention), token));
    }
    out
}

/// A quotation over several paragraphs has one speaker: of the choices for this part and for the one before it, the
/// surer one with a speaker is used for both.
fn unite(quotes: &[QuoteSpan], choices: &mut [Option<Choice>], index: usize) {
    let Some(before) = (0..index).rev().find(|&i| quotes[i].depth == 0) else { return };
    if !quotes[before].is_taken_up_by(&quotes[index]) {
        return;
    }
    let (Some(first), Some(second)) = (choices[before], choices[index]) else { return };
    if second.mention.is_none() || first.mention.is_some() && first.probability >= second.probability {
        choices[index] = Some(Choice { mention: first.mention, ..first });
    } else {
        // Back over all the parts that had no speaker, or a less sure one.
        let mut at = Some(before);
        while let Some(part) = at {
            choices[part] = Some(second);
            at = (0..part).rev().find(|&i| quotes[i].depth == 0).filter(|&i| quotes[i].continues);
        }
    }
}

/// How many paragraphs without a quotation may lie between two that belong together.
const NEAR: usize = 2;

fn above(
    quotes: &[QuoteSpan],
    index: usize,
    previous: PreviousChoices,
    paragraph: usize,
) -> Option<(Option<usize>, bool, usize)> {
    let last = quotes[..index].iter().rev().find(|r| r.depth == 0)?;
    let (mention, _) = previous.here?;
    (paragraph - last.paragraph <= NEAR && last.paragraph > 0).then_some((mention, last.continues, last.paragraph))
}

/// How much no speaker is preferred over what the weights say; how much more for a few words without a verb of saying in
/// their sentence, and for words That Are Written So.
const NO_SPEAKER_BIAS: f32 = 0.9;
const NO_TALK_BIAS: f32 = 1.0;
const TITLE_BIAS: f32 = 0.7;

/// How much a speaker is preferred for a whole paragraph of quoted sentences.
const SPEAKER_BIAS: f32 = 2.0;

/// How much a speaker is preferred who stands in a construction that leaves no doubt.
const EVIDENT_BIAS: f32 = 6.0;

fn no_speaker_bias(no_speaker: &Candidate) -> f32 {
    if no_speaker.is_paragraph_of_speech() {
        return -SPEAKER_BIAS;
    }
    let values = &no_speaker.values;
    let is_sentence = values.has(Case::Capital) && (values.has(Ends::Stop) || values.has(Ends::Question));
    let is_fragment = !is_sentence && (values.has(Length::One) || values.has(Length::Few));
    let no_talk = if is_fragment && !values.has(Talk::Sentence) { NO_TALK_BIAS } else { 0.0 };
    NO_SPEAKER_BIAS + no_talk + if values.has(Case::Title) { TITLE_BIAS } else { 0.0 }
}

/// Picks by learned weights.
pub(crate) fn best(weights: &[f32], candidates: &[Candidate]) -> (usize, f32) {
    let Some(scores) = scores(weights, candidates) else { return (0, 1.0) };
    let mut best = 0;
    for (index, score) in scores.iter().enumerate() {
        if *score > scores[best] {
            best = index;
        }
    }
    let top = scores.get(best).copied().unwrap_or(0.0);
    let total: f32 = scores.iter().map(|s| (s - top).exp()).sum();
    (best, 1.0 / total.max(1.0))
}

/// How likely each candidate is, as [`best`] sees it; they add up to 1.
pub(crate) fn probabilities(weights: &[f32], candidates: &[Candidate]) -> Vec<f32> {
    let Some(scores) = scores(weights, candidates) else {
        return (0..candidates.len()).map(|index| if index == 0 { 1.0 } else { 0.0 }).collect();
    };
    weights::softmax(&scores)
}

/// What speaks for each candidate, as logarithms; none where there is nothing to choose.
fn scores(weights: &[f32], candidates: &[Candidate]) -> Option<Vec<f32>> {
    // A label is nobody's; the others are there for what is learned from them.
    if candidates.first().is_some_and(|no_speaker| no_speaker.is_evident) {
        return None;
    }
    let score = |c: &Candidate| weights::score(weights, &c.values) + if c.is_evident { EVIDENT_BIAS } else { 0.0 };
    let mut scores: Vec<f32> = candidates.iter().map(score).collect();
    // A term with a speaker misleads more than speech without one; a paragraph that is all quoted sentences is no term.
    if let (Some(no_speaker), Some(candidate)) = (scores.first_mut(), candidates.first()) {
        *no_speaker += no_speaker_bias(candidate);
    }
    Some(scores)
}
