//! What the learning program needs to see of the engine; for no other use.

use crate::article::Body;
use crate::quotes::analysis::{Analysis, small_letters};
use crate::quotes::antecedents::Antecedent;
use crate::quotes::confidence::Grounds;
use crate::quotes::entity::Entity;
use crate::quotes::findings::Findings;
use crate::quotes::reported_speech::ReportedSpeech;
use crate::quotes::{antecedents, attribution, confidence, coreference, reported, resolution, weights};
use crate::text::Span;

pub use crate::quotes::reported::{Namer, TrainingTrigger};

/// Which choice is learned.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Task {
    /// Which mention speaks a quotation.
    Attribution,
    /// Whom a pronoun or an epithet means.
    Resolution,
    /// Whether the speaker shown is right.
    Confidence,
}

impl Task {
    /// How many weights it has.
    pub fn weights(self) -> usize {
        match self {
            Self::Attribution => weights::WEIGHTS,
            Self::Resolution => antecedents::WEIGHTS,
            Self::Confidence => confidence::WEIGHTS,
        }
    }

    /// Its weights as a text: the file that the engine reads.
    pub fn write(self, learned: &[f32]) -> String {
        match self {
            Self::Attribution => weights::write(learned),
            Self::Resolution => antecedents::write(learned),
            Self::Confidence => confidence::write(learned),
        }
    }
}

/// The weights of all choices.
#[derive(Debug, Clone)]
pub struct Weights {
    /// Those of [`Task::Attribution`].
    pub attribution: Vec<f32>,
    /// Those of [`Task::Resolution`].
    pub resolution: Vec<f32>,
    /// Those of [`Task::Confidence`].
    pub confidence: Vec<f32>,
}

impl Weights {
    /// The weights that ship.
    pub fn learned() -> Self {
        Self {
            attribution: weights::learned().to_vec(),
            resolution: antecedents::learned().to_vec(),
            confidence: confidence::learned().to_vec(),
        }
    }
}

/// A candidate for the speaker of a quotation; the first of each quotation is no speaker.
#[derive(Debug, Clone)]
pub struct TrainingCandidate {
    /// The mention, "who" with what it stands for.
    pub mention: Option<Span>,
    /// The numbers of the weights that add up to its score.
    pub features: Vec<u32>,
}

/// Goes through the quotations of an article; `pick` receives the quoted words and the candidates, and chooses one.
pub fn training_examples(body: &Body, mut pick: impl FnMut(Span, &[TrainingCandidate]) -> usize) {
    let small = small_letters(body);
    let Some(analysis) = Analysis::of(body, &small) else { return };
    attribution::choose(&analysis, |quote, candidates| {
        let candidates: Vec<TrainingCandidate> = candidates
            .iter()
            .map(|c| TrainingCandidate {
                mention: c.mention.map(|m| analysis.shown(m)),
                features: weights::indices(&c.values),
            })
            .collect();
        (pick(analysis.tokenized.quotes[quote].span, &candidates), 1.0)
    });
}

/// Goes through what may introduce reported statements.
pub fn reported_examples(body: &Body, namer: &mut Namer, take: impl FnMut(TrainingTrigger)) {
    let small = small_letters(body);
    if let Some(analysis) = Analysis::with_or_without_quotations(body, &small) {
        reported::examples(&analysis, namer, take);
    }
}

/// The weights of reported speech.
#[derive(Debug)]
pub struct ReportedWeights(reported::Weights);

impl ReportedWeights {
    /// Reads them as a file has them.
    pub fn read(text: &str) -> Self {
        Self(reported::Weights::read(text))
    }

    /// Finds quotations, and reported speech by these weights.
    pub fn find(&self, body: &Body) -> (Findings, ReportedSpeech) {
        super::find_with_reported_by(body, &self.0)
    }
}

/// Someone whom a pronoun or an epithet may mean; the first of each is none of those known.
#[derive(Debug, Clone)]
pub struct TrainingAntecedent {
    /// The name, or description.
    pub name: Option<String>,
    /// What it scores before anything is learned.
    pub start: f32,
    /// The numbers of the weights that are added to that.
    pub features: Vec<u32>,
}

/// Goes through the pronouns and epithets of an article; `pick` receives the word that refers, whether it is a pronoun, and
/// whom it may mean, and chooses one.
pub fn resolution_examples(
    body: &Body,
    weights: &Weights,
    mut pick: impl FnMut(Span, bool, &[TrainingAntecedent]) -> usize,
) {
    let small = small_letters(body);
    let Some(analysis) = Analysis::of(body, &small) else { return };
    let choices = attribution::choose(&analysis, |_, candidates| attribution::best(&weights.attribution, candidates));
    let mut pick = |mention: usize, antecedents: &[Antecedent], entities: &[Entity<'_>]| {
        let mention = &analysis.mentions.all[mention];
        let known = antecedents.iter().map(|a| TrainingAntecedent {
            name: a.entity.map(|entity| entities[entity].name.clone().into_owned()),
            start: a.start,
            features: antecedents::indices(&a.values),
        });
        (pick(mention.span, mention.kind.is_pronoun(), &known.collect::<Vec<_>>()), 1.0)
    };
    resolution::resolve_entities(&analysis, &choices, &mut pick);
}

/// What the confidence in one speaker rests on.
#[derive(Debug, Clone)]
pub struct TrainingGrounds {
    /// What attribution and resolution say, as the logarithm of the odds.
    pub odds: f32,
    /// The numbers of the weights that are added to them.
    pub features: Vec<u32>,
}

/// Finds by these weights; returns too on what the confidence of each quotation that has a speaker rests, in order.
pub fn find_with(body: &Body, weights: &Weights) -> (Findings, Vec<TrainingGrounds>) {
    let mut grounds = Vec::new();
    let Weights { attribution, resolution, confidence } = weights;
    let findings =
        super::find_with(body, &super::Weights { attribution, resolution, confidence }, |ground: &Grounds, weights| {
            grounds.push(TrainingGrounds { odds: ground.odds, features: confidence::indices(&ground.values) });
            ground.confidence(weights)
        });
    (findings, grounds)
}

/// What the engine sees, for looking into it: a line for each mention and cue, for each candidate of a quotation, and for each
/// antecedent of a pronoun or an epithet (the chosen one marked `*`) with what it looks like.
pub fn trace(body: &Body) -> Vec<String> {
    let small = small_letters(body);
    let Some(analysis) = Analysis::of(body, &small) else { return Vec::new() };
    let words = |mention: usize| body.words(analysis.mentions.all[mention].span);
    let mark = |is_chosen: bool| if is_chosen { '*' } else { ' ' };
    let mut described = Vec::new();
    let choices = attribution::choose(&analysis, |quote, candidates| {
        let (best, probability) = attribution::best(weights::learned(), candidates);
        described.push(format!("“{}”", body.words(analysis.tokenized.quotes[quote].span)));
        described.extend(candidates.iter().enumerate().map(|(index, c)| {
            format!("{} '{}' {}", mark(index == best), c.mention.map_or("nobody", words), c.values.names())
        }));
        (best, probability)
    });
    let mut pick = |mention: usize, antecedents: &[Antecedent], entities: &[Entity<'_>]| {
        let (best, certainty) = coreference::best_antecedent(antecedents::learned(), antecedents);
        described.push(format!("{mention} '{}' {certainty:.2}", words(mention)));
        described.extend(antecedents.iter().enumerate().map(|(index, a)| {
            let name = a.entity.map_or("nobody", |entity| &entities[entity].name);
            format!("{} '{name}' {}", mark(index == best), a.values.names())
        }));
        (best, certainty)
    };
    let resolution = resolution::resolve_entities(&analysis, &choices, &mut pick);
    let mut out = trace_mentions(body, &analysis, &resolution);
    out.append(&mut described);
    out
}

/// A line for each mention and cue.
fn trace_mentions(body: &Body, analysis: &Analysis<'_>, resolution: &resolution::Resolution<'_>) -> Vec<String> {
    let Analysis { tokenized, mentions, cues, .. } = analysis;
    let words = |mention: usize| body.words(mentions.all[mention].span);
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
    out
}
