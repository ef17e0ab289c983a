//! The formats in which data leaves the program for other programs: Markdown, CSV, JSON.
//!
//! Takes what somebody said, cells, words; gives text that is safe to open where it is meant to be opened.
//! It never knows of files, standard output or the screen.

mod csv;
mod markdown;
mod timeline;

pub use csv::rows;
pub use markdown::escaped;
pub use timeline::{Format, file_name, rounded, timeline};
