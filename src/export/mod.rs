//! Export: quotations, speakers, hits and timelines on the way out, in one schema.
//!
//! Accepts findings of articles, people and what they said; returns text in a [`Format`] for people or other programs,
//! and writes it part by part into any [`std::io::Write`]. It never knows of files, standard output or the library.

mod article;
mod article_markdown;
mod brat;
mod clippings;
mod code_points;
mod csv;
mod edition;
mod enclosure;
#[cfg(test)]
mod fixture;
mod flat;
mod format;
mod inline_markdown;
mod input_record;
mod json;
mod line_starts;
mod markdown;
mod output;
mod records;
mod said_words;
mod schema;
mod table;
mod timeline;

pub use article::ARTICLE_FORMATS;
pub use brat::{CONFIGURATION as BRAT_CONFIGURATION, annotations};
pub use clippings::CLIPPING_FORMATS;
pub use format::Format;
pub use json::{json, json_lines};
pub use output::{Frame, Output};
pub use records::{RecordLayout, RecordShape, engine_header};
pub use said_words::{KINDS, REPORTED, Shown};
pub use schema::SearchHit;
pub use schema::rounded;
pub use timeline::{TIMELINE_FORMATS, file_name};
