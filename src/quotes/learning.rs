//! What the learning program needs to see of the engine; for no other use.

use crate::article::Body;
use crate::quotes::analysis::Analysis;
use crate::quotes::{attribution, resolution};
use crate::text::Span;

pub use crate::quotes::features::Values;
pub use crate::quotes::weights::{WEIGHTS, indices, score_with, write};

/// A candidate for the speaker of a quotation; the first of each quotation is no speaker.
#[derive(Debug, Clone)]
pub struct TrainingCandidate {
    /// The mention, "who" with what it stands for.
    pub mention: Option<Span>,
    /// What it looks like.
    pub values: Values,
}

/// Goes through the quotations of an article; `pick` receives the quoted words and the candidates, and chooses one.
pub fn training_examples(body: &Body, mut pick: impl FnMut(Span, &[TrainingCandidate]) -> usize) {
    let Some(analysis) = Analysis::of(body) else { return };
    attribution::choose(&analysis, |quote, candidates| {
        let candidates: Vec<TrainingCandidate> = candidates
            .iter()
            .map(|c| TrainingCandidate { mention: c.mention.map(|m| analysis.shown(m)), values: c.values })
            .collect();
        (pick(analysis.tokenized.quotes[quote].span, &candidates), 1.0)
    });
}

/// What the engine sees, for looking into it: a line for each mention and cue, and for each candidate of a quotation
/// (the chosen one marked `*`) with what it looks like.
pub fn trace(body: &Body) -> Vec<String> {
    let Some(analysis) = Analysis::of(body) else { return Vec::new() };
    let Analysis { tokenized, mentions, cues, .. } = &analysis;
    let words = |mention: usize| body.words(mentions.all[mention].span);
    let mut described = Vec::new();
    let choices = attribution::choose(&analysis, |quote, candidates| {
        let (best, probability) = attribution::best(candidates);
        described.push(format!("“{}”", body.words(tokenized.quotes[quote].span)));
        described.extend(candidates.iter().enumerate().map(|(index, c)| {
            let mark = if index == best { '*' } else { ' ' };
            format!("{mark} '{}' {}", c.mention.map_or("nobody", words), c.values.names())
        }));
        (best, probability)
    });
    let resolution = resolution::resolve_entities(&analysis, &choices);
    let name = |m: usize| resolution.of_mention[m].map_or("-", |e| &resolution.entities[e].name);
    let mut out: Vec<String> = Vec::new();
    for (index, m) in mentions.all.iter().enumerate() {
        out.push(format!(
            "{index} '{}' {:?} {:?} {:?} beside {:?} joined {:?} owner {:?} → {}",
            words(index),
            m.kind,
            m.gender,
            m.part,
            m.beside,
            m.joined,
            m.owner,
            name(index)
        ));
    }
    for cue in &cues.all {
        let word = tokenized.words(cue.token);
        out.push(format!("'{word}' {:?} {:?} of {} '{}'", cue.class, cue.link, cue.subject, words(cue.subject)));
    }
    out.append(&mut described);
    out
}
