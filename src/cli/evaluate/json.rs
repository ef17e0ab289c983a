//! The figures as JSON.

use serde::Serialize;

use super::NamedMistake;
use crate::evaluate::{Bin, Counts, Figures, Given, MistakeKind, Rates, Share, SourceForm};
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
    #[serde(skip_serializing_if = "Vec::is_empty")]
    errors: Vec<ErrorRecord<'a>>,
}

#[derive(Serialize)]
struct RatesRecord {
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

#[derive(Serialize)]
struct MentionRecord {
    p: f64,
    r: f64,
    f1: f64,
    gold: usize,
    tp: usize,
    fp: usize,
    fp_scare: usize,
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
pub fn object(counts: &Counts, mistakes: &[NamedMistake]) -> String {
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
        mention: MentionRecord::of(&figures, counts),
        calibration: counts.calibration.bins().map(BinRecord::of).collect(),
        errors: mistakes.iter().map(ErrorRecord::of).collect(),
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
    fn of(Rates { precision, recall, f1 }: Rates) -> Self {
        Self { p: precision, r: recall, f1 }
    }
}

impl MentionRecord {
    fn of(figures: &Figures, counts: &Counts) -> Self {
        let [name, pronoun, noun, other] = SourceForm::ALL.map(|form| figures.forms[form as usize].1);
        let rate = Share::rate;
        Self {
            p: figures.mention.precision,
            r: figures.mention.recall,
            f1: figures.mention.f1,
            gold: figures.sourced,
            tp: counts.right,
            fp: figures.false_speakers,
            fp_scare: counts.scare_spoken,
            acc_name: rate(name),
            acc_pronoun: rate(pronoun),
            acc_noun: rate(noun),
            acc_other: rate(other),
            n_name: name.whole,
            n_pronoun: pronoun.whole,
            n_noun: noun.whole,
            n_other: other.whole,
        }
    }
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
