//! Search: the terms of an article for the index, the plan of a query, running it, and ranking the hits.

pub(super) mod index;
mod index_terms;
mod plan;
pub(super) mod rank;
mod run;

pub(super) use index_terms::IndexTerms;
pub(super) use run::RunningSearch;
pub use run::{SCREENFUL, Search};
