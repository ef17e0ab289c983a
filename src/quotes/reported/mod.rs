//! Reported speech: what somebody is said to have said, in the article's words and without quotation marks.
//!
//! From the analysis of an article to [`Reported`] statements: `triggers` are the words that may introduce one, each with
//! its subject or other `sources`; `bounds` are the places where its content may begin and end; `describe` makes contents of
//! these, each with what its features (`cue_features`, `content_features`, of `words` and `named` values in a `sentence`)
//! come to by the learned weights of `values`; `choice` chooses one for each trigger, or none, and of those that share words
//! the likeliest. `pieces` are its words. `speakers` says whose they are.

mod bounds;
mod choice;
mod content_features;
mod cue_features;
mod describe;
mod named;
mod pieces;
mod sentence;
mod sources;
mod speakers;
mod training;
mod trigger;
mod triggers;
mod values;
mod words;

use std::sync::LazyLock;

pub(crate) use speakers::{Known, find};
pub(crate) use training::examples;
pub use training::{Namer, TrainingTrigger};
pub(crate) use values::Weights;

static LEARNED: LazyLock<Weights> = LazyLock::new(|| Weights::read(LEARNED_TEXT));

/// The learned weights, as they are written.
pub(super) const LEARNED_TEXT: &str = include_str!("../data/reported.txt");

/// The weights that ship.
pub(crate) fn learned() -> &'static Weights {
    &LEARNED
}
