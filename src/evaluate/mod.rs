//! Evaluate: how often the engine is right, measured on articles that people annotated.
//!
//! Accepts the text of an article, what its annotators marked, who speaks in it by full name, and what the engine
//! found; returns counts, figures and the list of mistakes. The definitions are those that others measured with, so
//! that figures can be compared: `segments` says what is counted, `score` when it is right, `entity` who is the same
//! person.
//! It never knows where a corpus lies, nor how its figures are printed.

mod align;
mod calibration;
mod counts;
mod entity;
mod figures;
mod mistake;
mod names;
mod quoted_runs;
mod reported;
mod score;
mod segments;
mod spans;
mod standoff;
mod statements;

pub use calibration::{Bin, COARSE_BINS, CONFIDENT, Calibration, FINE_BINS};
pub use counts::{Counts, FormCounts, LabelCounts, SpeakerCounts};
pub use entity::{Label, Speakers};
pub use figures::{Figures, Rates, Share, SpeakerFigures};
pub use mistake::{Given, Mistake, MistakeKind};
pub use names::SourceForm;
pub use reported::{
    AnnotatedStatement, ReportedCounts, ReportedFigures, ReportedMistake, ReportedMistakeKind, ReportedPrediction,
    StatementKind, annotated_statements, score_reported,
};
pub use score::{Score, score};
pub use segments::segments;
pub use standoff::{Annotations, Attribution, read};
pub use statements::{JoinCounts, Part};

use crate::article::Body;
use crate::quotes::Findings;

/// What the program made of an article: its words as it read them, and what it found in them.
#[derive(Debug, Clone, Copy)]
pub struct Prediction<'a> {
    /// The words.
    pub body: &'a Body,
    /// What was found.
    pub findings: &'a Findings,
}

/// Whether a character is a blank, the four separators of ASCII included.
fn is_blank(c: char) -> bool {
    c.is_whitespace() || ('\u{1c}'..='\u{1f}').contains(&c)
}
