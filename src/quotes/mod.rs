//! Who said what: finds every quotation in an article and works out who spoke it.
//!
//! From a [`Body`] to [`Findings`]: the quotations in order, and the people and organizations that speak.
//! It never knows of files, time, the user or the screen. It cannot fail: doubt is a value.
//!
//! Passes: an `analysis` holds what stands in the article: `quote_spans` pairs the marks, `tokens` reads what stands
//! outside them, `mentions` (with `phrases`) finds the names, descriptions and pronouns, `cues` finds what introduces
//! words, and its subject. `context`, `candidates`, `constructions`, `labels` and `features` describe who could have spoken,
//! `attribution` chooses by learned `weights`; `resolution` (with `names` and `coreference`) makes one `entity` of many
//! mentions, `echo` knows words again that are taken up, `statements` tells which runs go on from each other, and `report`
//! puts the findings together.

mod analysis;
mod attribution;
mod candidates;
mod citation;
mod constructions;
mod context;
mod coreference;
mod correction;
mod cues;
mod echo;
mod entity;
mod features;
mod findings;
mod labels;
#[doc(hidden)]
pub mod learning;
mod lexicon;
mod mentions;
mod names;
mod phrases;
mod quote_spans;
mod report;
mod resolution;
mod roles;
mod statements;
mod tokens;
mod weights;
mod word_map;

pub use citation::Citation;
pub use correction::{Corrections, SpeakerCorrection};
pub use findings::{Certainty, Findings, Quotation, QuotationKind, QuoteMarks, Reason, Speaker, SpeakerId};

use crate::article::Body;
use crate::quotes::analysis::Analysis;

/// Which version of the engine made the findings; findings of an older one are made again.
pub const ENGINE_VERSION: u32 = 2;

/// Finds the quotations of an article and who spoke them.
///
/// Deterministic, and linear in the length of the text. All spans of the result index `body.text()`, in bytes, and
/// lie on character boundaries.
pub fn find(body: &Body) -> Findings {
    let Some(analysis) = Analysis::of(body) else { return Findings::default() };
    let mut choices = attribution::choose(&analysis, |_, candidates| attribution::best(candidates));
    let mut resolution = resolution::resolve_entities(&analysis, &choices);
    echo::attribute(&analysis, &mut choices, &mut resolution);
    report::findings(&analysis, &choices, &resolution)
}
