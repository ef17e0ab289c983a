//! Attribution: chooses for every quotation the mention that speaks it, or nobody.

use crate::quotes::candidates::{Candidate, Chooser, Past};
use crate::quotes::cues::Cue;
use crate::quotes::weights;

/// What was chosen for a quotation.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Choice {
    pub mention: Option<usize>,
    pub cue: Option<Cue>,
    /// How likely the choice is right, as the weights see it.
    pub probability: f32,
}

/// Goes through the quotations in order; `pick` chooses one of the candidates of each and says how sure it is.
///
/// The answer has one entry for each run; a nested one has none.
pub(crate) fn choose(
    chooser: &Chooser<'_, '_>,
    mut pick: impl FnMut(usize, &[Candidate]) -> (usize, f32),
) -> Vec<Option<Choice>> {
    let reading = chooser.reading;
    let mut out = vec![None; reading.runs.len()];
    let mut past = Past::default();
    let mut paragraph = usize::MAX;
    for (index, run) in reading.runs.iter().enumerate() {
        let Some(token) = reading.token_of_run[index] else { continue };
        if run.paragraph != paragraph {
            past = Past { here: None, above: above(&reading.runs, index, past, run.paragraph) };
            paragraph = run.paragraph;
        }
        let candidates = chooser.candidates(token, paragraph, past);
        let (picked, probability) = pick(index, &candidates);
        let Some(candidate) = candidates.get(picked) else { continue };
        out[index] = Some(Choice { mention: candidate.mention, cue: candidate.cue, probability });
        past.here = Some((candidate.mention, token));
    }
    out
}

/// How many paragraphs without a quotation may lie between two that belong together.
const NEAR: usize = 2;

fn above(
    runs: &[crate::quotes::pairing::Run],
    index: usize,
    past: Past,
    paragraph: usize,
) -> Option<(Option<usize>, bool, usize)> {
    let last = runs[..index].iter().rev().find(|r| r.depth == 0)?;
    let (mention, _) = past.here?;
    (paragraph - last.paragraph <= NEAR && last.paragraph > 0).then_some((mention, last.continues, last.paragraph))
}

/// Picks by the learned weights.
pub(crate) fn best(candidates: &[Candidate]) -> (usize, f32) {
    let scores: Vec<f32> = candidates.iter().map(|c| weights::score(&c.values)).collect();
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
