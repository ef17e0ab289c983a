//! The figures as JSON.

use serde::Serialize;

use super::{Mistakes, NamedMistake};
use crate::evaluate::{
    Bin, COARSE_BINS, CONFIDENT, Calibration, Counts, FINE_BINS, Figures, Given, MistakeKind, Rates, Share,
    SpeakerFigures,
};
use crate::export::{json, rounded};

#[derive(Serialize)]
struct Record<'a> {
    articles: usize,
    articles_predicted: usize,
    segments: usize,
    attributed: usize,
    not_attributed: usize,
    predicted: usize,
    outside: usize,
    extract_attr: RatesRecord,
    extract_spk: RatesRecord,
    extract_any: RatesRecord,
    scare: ScareRecord,
    mention: MentionRecord,
    calibration: Vec<BinRecord>,
    long_as_term: TermRecord,
    statements: StatementRecord,
    #[serde(skip_serializing_if = "Option::is_none")]
    entity: Option<EntityRecord<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    errors: Vec<ErrorRecord<'a>>,
}

#[derive(Serialize)]
pub(super) struct RatesRecord {
    p: f64,
    r: f64,
    f1: f64,
}

#[derive(Serialize)]
struct ScareRecord {
    gold: usize,
    quoted: usize,
    given_speaker: usize,
    rate: Option<f64>,
}

/// Neighbouring segments that belong together.
#[derive(Serialize)]
struct StatementRecord {
    #[serde(flatten)]
    rates: RatesRecord,
    split: usize,
    joined: usize,
    right: usize,
}

#[derive(Serialize)]
struct TermRecord {
    gold: usize,
    as_term: usize,
    rate: Option<f64>,
}

#[derive(Serialize)]
struct MentionRecord {
    #[serde(flatten)]
    speakers: SpeakerRecord,
    fp_scare: usize,
}

#[derive(Serialize)]
struct EntityRecord<'a> {
    #[serde(flatten)]
    speakers: SpeakerRecord,
    acc_unmarked: Option<f64>,
    n_unmarked: usize,
    articles: usize,
    none: usize,
    fp_none: usize,
    unknown: usize,
    unlabelled: usize,
    calibration: Vec<BinRecord>,
    confident: ConfidentRecord,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    errors: Vec<ErrorRecord<'a>>,
}

/// What the figures for the words of a source and those for full names have in common.
#[derive(Serialize)]
struct SpeakerRecord {
    #[serde(flatten)]
    rates: RatesRecord,
    gold: usize,
    tp: usize,
    fp: usize,
    acc_name: Option<f64>,
    acc_pronoun: Option<f64>,
    acc_noun: Option<f64>,
    acc_other: Option<f64>,
    n_name: usize,
    n_pronoun: usize,
    n_noun: usize,
    n_other: usize,
}

#[derive(Serialize)]
struct ConfidentRecord {
    from: f64,
    given: usize,
    right: usize,
    rate: Option<f64>,
    share: Option<f64>,
}

#[derive(Serialize)]
struct BinRecord {
    /// To two decimals: no more was meant.
    from: f64,
    to: f64,
    given: usize,
    right: usize,
    rate: Option<f64>,
}

#[derive(Serialize)]
struct ErrorRecord<'a> {
    kind: &'static str,
    article: &'a str,
    segment: usize,
    before: &'a str,
    text: &'a str,
    after: &'a str,
    gold: Option<&'a str>,
    given: Option<GivenRecord<'a>>,
}

#[derive(Serialize)]
struct GivenRecord<'a> {
    speaker: Option<&'a str>,
    mention: Option<&'a str>,
    confidence: f64,
    reason: &'a str,
}

/// Returns the figures that follow from these counts, and the mistakes, as one object without a line end.
pub fn object(counts: &Counts, mistakes: &Mistakes) -> String {
    let figures = Figures::of(counts);
    let record = Record {
        articles: counts.articles,
        articles_predicted: counts.predicted,
        segments: counts.segments,
        attributed: counts.attributed,
        not_attributed: counts.segments - counts.attributed,
        predicted: counts.found,
        outside: counts.outside,
        extract_attr: RatesRecord::of(figures.attributed),
        extract_spk: RatesRecord::of(figures.spoken),
        extract_any: RatesRecord::of(figures.any),
        scare: ScareRecord {
            gold: figures.scare.whole,
            quoted: counts.scare_found,
            given_speaker: figures.scare.part,
            rate: figures.scare.rate(),
        },
        mention: MentionRecord {
            speakers: SpeakerRecord::of(&figures.mention, counts.mention.right),
            fp_scare: counts.mention.invented,
        },
        calibration: bins(&counts.mention.calibration, COARSE_BINS),
        long_as_term: TermRecord {
            gold: figures.long_as_term.whole,
            as_term: figures.long_as_term.part,
            rate: figures.long_as_term.rate(),
        },
        statements: StatementRecord {
            rates: RatesRecord::of(figures.joins),
            split: counts.joins.split,
            joined: counts.joins.joined,
            right: counts.joins.right,
        },
        entity: figures.entity.as_ref().map(|entity| EntityRecord::of(entity, counts, &mistakes.entity)),
        errors: mistakes.mention.iter().map(ErrorRecord::of).collect(),
    };
    json(&record)
}

/// The word for what is wrong.
pub fn name_of(kind: MistakeKind) -> &'static str {
    match kind {
        MistakeKind::Wrong => "wrong",
        MistakeKind::Missed => "missed",
        MistakeKind::Invented => "invented",
    }
}

impl RatesRecord {
    pub fn of(Rates { precision, recall, f1 }: Rates) -> Self {
        Self { p: precision, r: recall, f1 }
    }
}

impl SpeakerRecord {
    fn of(figures: &SpeakerFigures, right: usize) -> Self {
        let [name, pronoun, noun, other] = figures.forms.map(|(_, share)| share);
        Self {
            rates: RatesRecord::of(figures.rates),
            gold: figures.said,
            tp: right,
            fp: figures.false_speakers,
            acc_name: name.rate(),
            acc_pronoun: pronoun.rate(),
            acc_noun: noun.rate(),
            acc_other: other.rate(),
            n_name: name.whole,
            n_pronoun: pronoun.whole,
            n_noun: noun.whole,
            n_other: other.whole,
        }
    }
}

impl<'a> EntityRecord<'a> {
    fn of(figures: &SpeakerFigures, Counts { entity, labels, .. }: &Counts, mistakes: &'a [NamedMistake]) -> Self {
        Self {
            speakers: SpeakerRecord::of(figures, entity.right),
            acc_unmarked: figures.unmarked.rate(),
            n_unmarked: figures.unmarked.whole,
            articles: labels.articles,
            none: labels.nobody,
            fp_none: entity.invented,
            unknown: labels.unknown,
            unlabelled: labels.unlabelled,
            calibration: bins(&entity.calibration, FINE_BINS),
            confident: ConfidentRecord::of(figures),
            errors: mistakes.iter().map(ErrorRecord::of).collect(),
        }
    }
}

impl ConfidentRecord {
    fn of(figures: &SpeakerFigures) -> Self {
        Self {
            from: hundredths(CONFIDENT),
            given: figures.confident_right.whole,
            right: figures.confident_right.part,
            rate: figures.confident_right.rate(),
            share: figures.confident.rate(),
        }
    }
}

fn bins(calibration: &Calibration, lower_ends: &[f32]) -> Vec<BinRecord> {
    calibration.bins(lower_ends).map(BinRecord::of).collect()
}

impl BinRecord {
    fn of((from, to, bin): (f32, f32, Bin)) -> Self {
        let rate = Share { part: bin.right, whole: bin.given }.rate();
        Self { from: hundredths(from), to: hundredths(to), given: bin.given, right: bin.right, rate }
    }
}

impl<'a> ErrorRecord<'a> {
    fn of(NamedMistake { article, mistake }: &'a NamedMistake) -> Self {
        Self {
            kind: name_of(mistake.kind),
            article,
            segment: mistake.segment,
            before: &mistake.before,
            text: &mistake.words,
            after: &mistake.after,
            gold: (!mistake.source.is_empty()).then_some(&mistake.source),
            given: mistake.given.as_ref().map(GivenRecord::of),
        }
    }
}

impl<'a> GivenRecord<'a> {
    fn of(given: &'a Given) -> Self {
        Self {
            speaker: given.speaker.as_deref(),
            mention: given.mention.as_deref(),
            confidence: rounded(given.confidence),
            reason: &given.reason,
        }
    }
}

/// A bound of a bin as it was meant.
fn hundredths(bound: f32) -> f64 {
    (f64::from(bound) * 100.0).round() / 100.0
}
