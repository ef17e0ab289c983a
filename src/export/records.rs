//! Records of an input on their way out, each with what is found in it, what is kept of it, or why it is no article.

use serde::Serialize;

use super::json::json;
use super::said_words::Shown;
use super::{Format, Frame, flat, input_record, schema};
use crate::article::{Article, KeptValue, Origin};
use crate::quotes;

/// What is written of the records of an input.
#[derive(Debug, Clone)]
pub struct RecordLayout {
    /// The format; data only.
    pub format: Format,
    /// What a record becomes.
    pub shape: RecordShape,
    /// Whether records without quotations are written.
    pub has_empty: bool,
    /// The names of the fields of the input that are kept.
    pub keep: Vec<String>,
}

/// What a record becomes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RecordShape {
    /// A row for each quotation.
    Rows,
    /// An object; in CSV without columns of the input, a row for each quotation.
    Object {
        /// Whether it has the text of the article.
        has_text: bool,
        /// Whether it says what each paragraph is.
        has_blocks: bool,
    },
}

/// Which engine found the quotations.
#[derive(Serialize)]
struct HeaderRecord {
    engine: EngineRecord,
}

#[derive(Serialize)]
struct EngineRecord {
    version: u32,
    weights: String,
}

/// Returns the line that says which engine found the quotations.
pub fn engine_header() -> String {
    let engine = EngineRecord { version: quotes::ENGINE_VERSION, weights: quotes::weights_version() };
    json(&HeaderRecord { engine }) + "\n"
}

impl RecordLayout {
    /// What is written around the records.
    pub const fn frame(&self) -> Frame {
        match (self.shape, self.format) {
            // Its first row is an opening.
            (RecordShape::Rows, Format::Csv) => Frame::NONE,
            _ => self.format.quotations_frame(),
        }
    }

    /// What is written before them, beyond the frame.
    pub fn opening(&self) -> Option<String> {
        (self.shape == RecordShape::Rows && self.format == Format::Csv).then(|| flat::header(&self.keep))
    }

    /// Returns an article with its quotations; none where there is nothing to show.
    pub fn article(&self, article: &Article, shown: Shown<'_>, kept: &[KeptValue]) -> Option<String> {
        if !self.has_empty && shown.words().is_empty() {
            return None;
        }
        let RecordShape::Object { has_text, has_blocks } = self.shape else {
            return Some(self.joined(flat::rows(self.format, article, shown, &self.named(kept))));
        };
        if self.format == Format::Csv {
            return self.format.quotations(article, shown, None);
        }
        let mut record = schema::shown(article, shown);
        record.keep(&self.named(kept));
        if !has_text {
            record.leave_out_text();
        }
        if has_blocks {
            record.add_blocks(article);
        }
        Some(self.joined(vec![json(&record)]))
    }

    /// Returns what is no article, and why; none where the format has no place for that.
    pub fn refused(&self, origin: &Origin, error: &str, kept: &[KeptValue]) -> Option<String> {
        if self.shape == RecordShape::Rows {
            return Some(self.joined(vec![flat::refused(self.format, origin, error, &self.named(kept))]));
        }
        let record = || json(&input_record::refused(schema::path(origin), error, &self.named(kept)));
        (self.format != Format::Csv).then(|| self.joined(vec![record()]))
    }

    /// The kept fields with their names; null where the input has none.
    fn named<'a>(&'a self, kept: &'a [KeptValue]) -> Vec<(&'a str, &'a KeptValue)> {
        let value = |at| kept.get(at).unwrap_or(&KeptValue::Nothing);
        self.keep.iter().enumerate().map(|(at, name)| (name.as_str(), value(at))).collect()
    }

    fn joined(&self, rows: Vec<String>) -> String {
        match self.format {
            Format::Json => rows.join(Frame::ARRAY.between),
            Format::Csv => rows.concat(),
            _ => rows.into_iter().map(|row| row + "\n").collect(),
        }
    }
}
