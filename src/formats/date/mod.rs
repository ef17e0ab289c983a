//! Dates as people and programs write them: `strict` in the shapes of ISO 8601, `lenient` in those of feeds and pages, by
//! the `names` of months and zones; `search` finds them among other words.

pub mod lenient;
pub mod names;
pub mod search;
pub mod strict;
