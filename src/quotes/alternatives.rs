//! Alternatives: who else could have spoken a quotation, and how likely each of them is.
//!
//! The candidates of the quotation are summed up by whom they mean. Where it is doubtful whom a pronoun or an epithet means,
//! its share goes to all who may be meant.

use foldhash::HashMap;

use super::analysis::{Analysis, small_letters};
use super::antecedents::Antecedent;
use super::confidence::Grounds;
use super::entity::Entity;
use super::resolution::{self, Resolution};
use super::{Findings, FoundQuotations, Speaker, Weights, attribution, coreference, find_by, find_with, names};
use crate::article::Body;

/// Someone who could have spoken a quotation.
#[derive(Debug, Clone, PartialEq)]
pub struct Alternative {
    /// Their name, as [`Speaker::name`](super::Speaker::name); none where it is nobody's.
    pub speaker: Option<String>,
    /// How likely that is, 0 to 1.
    pub probability: f32,
}

/// Whom a pronoun or an epithet may mean, with how likely each of them is, and who was picked.
struct Meant {
    picked: Option<usize>,
    all: Vec<(Option<usize>, f32)>,
}

/// Returns who could have spoken the quotation whose words start at this byte, the most likely first: each once, by the
/// fullest name, and nobody. Empty where no quotation stands there. For speech inside another's these are who was found to
/// speak it and, as it may be of the other's own words, that one and nobody: no more is weighed there.
///
/// The probabilities add up to 1. The one that [`find`](super::find) chose is among them, with the confidence that the
/// findings have, which is corrected by experience; the others share what is left of it as the weights of the choice say.
pub fn alternatives(body: &Body, start: usize) -> Vec<Alternative> {
    let weights = Weights::learned();
    let small = small_letters(body);
    let Some(analysis) = Analysis::of(body, &small) else { return Vec::new() };
    let quotes = &analysis.tokenized.quotes;
    let Some(wanted) = quotes.iter().position(|quote| quote.span.start == start) else { return Vec::new() };
    if quotes[wanted].depth > 0 {
        let around = quotes[..wanted].iter().rposition(|outer| outer.depth < quotes[wanted].depth);
        return inside(&find_with(body, &weights, Grounds::confidence), wanted, around);
    }
    let mut candidates: Vec<(Option<usize>, f32)> = Vec::new();
    let choices = attribution::choose(&analysis, |quote, all| {
        if quote == wanted {
            let probabilities = attribution::probabilities(weights.attribution, all);
            candidates = all.iter().map(|candidate| candidate.mention).zip(probabilities).collect();
        }
        attribution::best(weights.attribution, all)
    });
    let mentions: Vec<usize> = candidates.iter().filter_map(|&(mention, _)| mention).collect();
    let mut doubtful: HashMap<usize, Meant> = HashMap::default();
    let mut pick = |mention: usize, all: &[Antecedent], _: &[Entity<'_>]| {
        let best = coreference::best_antecedent(weights.resolution, all);
        if mentions.contains(&mention) {
            let probabilities = coreference::probabilities(weights.resolution, all);
            let picked = all.get(best.0).and_then(|antecedent| antecedent.entity);
            let all = all.iter().map(|antecedent| antecedent.entity).zip(probabilities).collect();
            doubtful.insert(mention, Meant { picked, all });
        }
        best
    };
    let (resolution, speakers) = resolution::resolve_with_candidates(&analysis, &choices, &mentions, &mut pick);
    let mut speakers = speakers.into_iter();
    let mut shares = Shares::default();
    for (mention, probability) in candidates {
        match mention {
            Some(mention) => {
                let speaker = speakers.next().flatten();
                // What grammar or a role tells is not doubtful.
                let meant = doubtful.get(&mention).filter(|meant| speaker.is_some() && meant.picked == speaker);
                let alone = [(speaker, 1.0)];
                let all = meant.map_or(&alone[..], |meant| meant.all.as_slice());
                shares.add_mention(&analysis, &resolution, mention, all, probability);
            }
            None => shares.add(None, probability),
        }
    }
    let FoundQuotations { findings, .. } = find_by(&analysis, choices, resolution, &weights, Grounds::confidence);
    let Some(found) = findings.quotations.get(wanted) else { return Vec::new() };
    shares.settled(findings.speaker_of(found).map(|speaker| speaker.name.clone()), found.confidence)
}

/// Who could have spoken a quotation inside another's speech.
fn inside(findings: &Findings, wanted: usize, around: Option<usize>) -> Vec<Alternative> {
    let Some(found) = findings.quotations.get(wanted) else { return Vec::new() };
    let name = |quotation| findings.speaker_of(quotation).map(|speaker: &Speaker| speaker.name.clone());
    let mut shares = Shares::default();
    // Who of them is likelier is not known.
    let other = around.and_then(|outer| name(findings.quotations.get(outer)?));
    other.into_iter().map(Some).chain([None]).for_each(|speaker| shares.add(speaker, 1.0));
    shares.settled(name(found), found.confidence)
}

/// How likely each speaker is.
#[derive(Debug, Default)]
struct Shares(Vec<Alternative>);

impl Shares {
    fn add(&mut self, speaker: Option<String>, probability: f32) {
        match self.0.iter_mut().find(|known| known.speaker == speaker) {
            Some(known) => known.probability += probability,
            None => self.0.push(Alternative { speaker, probability }),
        }
    }

    /// Adds the share of a mention to all whom it may mean.
    fn add_mention(
        &mut self,
        analysis: &Analysis<'_>,
        resolution: &Resolution<'_>,
        mention: usize,
        meant: &[(Option<usize>, f32)],
        probability: f32,
    ) {
        let is_pronoun = analysis.mentions.all[mention].kind.is_pronoun();
        let described = || {
            let words = analysis.shown(mention).of(analysis.tokenized.text);
            (!is_pronoun).then(|| names::without_capital_article(words).into_owned())
        };
        for &(entity, share) in meant {
            let name = entity.map(|entity| resolution.entities[entity].name.clone().into_owned());
            self.add(name.or_else(described), probability * share);
        }
    }

    /// All of them, the most likely first, where the one that was found has this confidence.
    fn settled(self, found: Option<String>, confidence: f32) -> Vec<Alternative> {
        let (confidence, mut all) = (confidence.clamp(0.0, 1.0), self.0);
        all.retain(|one| one.speaker != found);
        let total: f32 = all.iter().map(|one| one.probability).sum();
        let left = 1.0 - confidence;
        if total > 0.0 {
            for one in &mut all {
                one.probability *= left / total;
            }
        }
        // Where nobody else was in sight, it is nobody's.
        let is_alone = total <= 0.0;
        all.retain(|one| one.probability > 0.0);
        if is_alone && found.is_some() {
            all.push(Alternative { speaker: None, probability: left });
        }
        let probability = if is_alone && found.is_none() { 1.0 } else { confidence };
        all.push(Alternative { speaker: found, probability });
        all.sort_by(|one, other| other.probability.total_cmp(&one.probability));
        all
    }
}
