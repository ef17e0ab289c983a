//! Dates as people and programs write them: `strict` in the shapes of ISO 8601, `lenient` in those of feeds and pages,
//! `machine` in those of programs, by the `names` of months and zones; `search` finds them among other words, `line` tells what
//! stands beside them, and `labels` of what they are.

pub mod labels;
pub mod lenient;
pub mod line;
pub mod machine;
pub mod names;
pub mod search;
pub mod strict;
