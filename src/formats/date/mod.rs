//! Dates as people and programs write them: `strict` in the shapes of ISO 8601, `lenient` in those of feeds and pages.

pub mod lenient;
pub mod strict;
