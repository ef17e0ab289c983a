//! Who said what: finds every quotation in an article and works out who spoke it.
//!
//! From a [`Body`] to [`Findings`]: the quotations in order, and the people and organizations that speak.
//! It never knows of files, time, the user or the screen. It cannot fail: doubt is a value.
//!
//! Passes: an `analysis` holds what stands in the article: `quote_spans` pairs the `marks` (`block_quotations` have
//! none), `tokens` (by `word_ends`) reads what stands outside them, `mentions` (with `phrases`) finds the names,
//! descriptions and pronouns, `cues` finds what introduces words, and its subject. `eligibility`, `context`,
//! `candidates`, `constructions`, `signatures`, `labels` (by `named_things`) and `features` describe who could have
//! spoken, `attribution` chooses by learned `weights`; `resolution` (with `names` and `coreference`) makes one `entity`
//! of many mentions (by learned weights of `antecedents`), `echo` knows words again that are taken up, `inner` finds
//! who speaks inside what another says, `statements` tells which runs go on from each other, `via` who reports what
//! another said, and `report` puts the findings together, with the `confidence` in each speaker. `alternatives` says who
//! else could have spoken. What is learned is declared by `fields` and `templates`.

mod affiliation;
mod alternatives;
mod analysis;
mod antecedents;
mod attribution;
mod binding;
mod block_quotations;
mod candidates;
mod citation;
mod confidence;
mod constructions;
mod context;
mod coreference;
mod correction;
mod cues;
mod echo;
mod eligibility;
mod entity;
mod features;
mod fields;
mod findings;
mod inner;
mod issuers;
mod joint_roles;
mod labels;
#[doc(hidden)]
pub mod learning;
mod lexicon;
mod marks;
mod mentions;
mod name_words;
mod named_things;
mod names;
mod phrases;
mod quote_spans;
mod recent;
mod report;
mod reported;
mod reported_speech;
mod resolution;
mod roles;
mod signatures;
mod statements;
mod templates;
mod tokens;
mod via;
mod weights;
mod word_ends;
mod word_map;

pub use alternatives::{Alternative, alternatives};
pub use citation::{Citation, IN_ARTICLES_WORDS, attributed};
pub use correction::{Corrections, SpeakerCorrection};
pub use findings::{
    Certainty, DOUBTFUL_BELOW, Findings, Quotation, QuotationKind, QuoteMarks, Reason, Reporter, Speaker, SpeakerId,
    before_rounding,
};
pub use name_words::{can_only_be_surname, is_first_name, is_mans_name, is_persons_role, is_word_of_speech};
pub use reported_speech::{Reported, ReportedSpeech};
pub use statements::Spoken;

use xxhash_rust::xxh3::xxh3_64;

use crate::article::Body;
use crate::quotes::analysis::Analysis;
use crate::quotes::antecedents::Antecedent;
use crate::quotes::attribution::Choice;
use crate::quotes::confidence::Grounds;
use crate::quotes::entity::Entity;
use crate::quotes::resolution::Resolution;

/// Which version of the engine made the findings; findings of an older one are made again.
pub const ENGINE_VERSION: u32 = 5;

/// Finds the quotations of an article and who spoke them.
///
/// Deterministic, and linear in the length of the text. All spans of the result index `body.text()`, in bytes, and
/// lie on character boundaries.
pub fn find(body: &Body) -> Findings {
    find_with(body, &Weights::learned(), Grounds::confidence)
}

/// Which learned weights the engine has: 16 hexadecimal digits, others where a single weight is another.
pub fn weights_version() -> String {
    let Weights { attribution, resolution, confidence } = Weights::learned();
    let all = [attribution, resolution, confidence].concat();
    let mut bytes: Vec<u8> = all.iter().flat_map(|weight| weight.to_le_bytes()).collect();
    bytes.extend(reported::LEARNED_TEXT.as_bytes());
    format!("{:016x}", xxh3_64(&bytes))
}

/// The learned weights of each choice.
struct Weights<'w> {
    attribution: &'w [f32],
    resolution: &'w [f32],
    confidence: &'w [f32],
}

impl Weights<'static> {
    /// Those that ship.
    fn learned() -> Self {
        Self { attribution: weights::learned(), resolution: antecedents::learned(), confidence: confidence::learned() }
    }
}

/// Finds by these weights; `rate` says how likely a speaker is right.
fn find_with(body: &Body, weights: &Weights<'_>, rate: impl FnMut(&Grounds, &[f32]) -> f32) -> Findings {
    let small = analysis::small_letters(body);
    let Some(analysis) = Analysis::of(body, &small) else { return Findings::default() };
    find_in(&analysis, weights, rate).findings
}

/// What was found in an article, and what the search for reported speech needs of it.
struct FoundQuotations<'a> {
    findings: Findings,
    resolution: Resolution<'a>,
    /// For each entity which speaker of the findings it is.
    speaker_of: Vec<Option<SpeakerId>>,
}

fn find_in<'a>(
    analysis: &Analysis<'a>,
    weights: &Weights<'_>,
    rate: impl FnMut(&Grounds, &[f32]) -> f32,
) -> FoundQuotations<'a> {
    let choices = attribution::choose(analysis, |_, candidates| attribution::best(weights.attribution, candidates));
    let mut pick = |_: usize, antecedents: &[Antecedent], _: &[Entity<'_>]| {
        coreference::best_antecedent(weights.resolution, antecedents)
    };
    let resolution = resolution::resolve_entities(analysis, &choices, &mut pick);
    find_by(analysis, choices, resolution, weights, rate)
}

/// Finds the quotations of an article, as [`find`] does, and what it reports that somebody said without quotation marks.
///
/// The quotations are those that [`find`] finds. A statement shares no byte with a quotation or with another statement. Deterministic,
/// and linear in the length of the text.
pub fn find_with_reported(body: &Body) -> (Findings, ReportedSpeech) {
    find_with_reported_by(body, reported::learned())
}

/// As [`find_with_reported`], in one: reported statements are among the quotations.
pub fn find_all(body: &Body) -> Findings {
    let (findings, reported) = find_with_reported(body);
    findings.with_reported(&reported)
}

fn find_with_reported_by(body: &Body, weights: &reported::Weights) -> (Findings, ReportedSpeech) {
    let small = analysis::small_letters(body);
    let Some(analysis) = Analysis::with_or_without_quotations(body, &small) else {
        return <(Findings, ReportedSpeech)>::default();
    };
    let FoundQuotations { findings, resolution, speaker_of } =
        find_in(&analysis, &Weights::learned(), Grounds::confidence);
    let known = reported::Known { resolution: &resolution, findings: &findings, speaker_of };
    let reported = reported::find(&analysis, known, weights);
    (findings, reported)
}

/// Finds by what was chosen for each quotation, and whom each mention means.
fn find_by<'a>(
    analysis: &Analysis<'a>,
    mut choices: Vec<Option<Choice>>,
    mut resolution: Resolution<'a>,
    weights: &Weights<'_>,
    mut rate: impl FnMut(&Grounds, &[f32]) -> f32,
) -> FoundQuotations<'a> {
    echo::attribute(analysis, &mut choices, &mut resolution);
    let inner = inner::speakers(analysis, &choices, &mut resolution, |candidates| {
        attribution::best(weights.attribution, candidates)
    });
    let goes_on = statements::goes_on(analysis, &choices);
    let reporters = via::reporters(analysis, &choices, &resolution, &goes_on);
    let found = report::Found { choices: &choices, resolution: &resolution, inner: &inner, goes_on, reporters };
    let (findings, speaker_of) = report::findings(analysis, found, |grounds| rate(grounds, weights.confidence));
    FoundQuotations { findings, resolution, speaker_of }
}
