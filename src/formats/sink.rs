//! What formats hand on: articles, what is none, and records that are still to be read; each with what is kept of it.

use std::sync::Arc;

use csv::ByteRecord;
use serde_json::Value;

use super::ParseError;
use super::json_value::JsonValue;
use crate::article::Article;

/// What became of a record, or of an input that is one article.
#[derive(Debug)]
pub struct ParsedRecord {
    /// The article, or why it is none.
    pub article: Result<Article, ParseError>,
    /// The fields that are to be kept, as they stand in the record, in the order in which they were asked for; null where
    /// the record has no such field, or cannot be read so far.
    pub kept: Vec<Value>,
}

/// A record on its way: read already, or as it stands in its input, to be read on any thread.
#[derive(Debug)]
pub enum InputRecord {
    /// One that was read.
    Parsed(Box<ParsedRecord>),
    /// A line of JSON.
    Line {
        /// Which line, from 1.
        number: u64,
        /// The line; of one that is too long, or breaks off, its beginning.
        bytes: Vec<u8>,
        /// Why it is no record, where that is known.
        broken: Option<ParseError>,
    },
    /// A row of a table.
    Row {
        /// The line on which it begins, from 1.
        number: u64,
        /// Its cells.
        cells: ByteRecord,
        /// The names of its columns.
        names: Arc<[String]>,
    },
}

impl InputRecord {
    /// How many bytes of the input it is about.
    pub fn size(&self) -> usize {
        match self {
            Self::Parsed(record) => record.article.as_ref().map_or(0, |article| article.body.text().len()),
            Self::Line { bytes, .. } => bytes.len(),
            Self::Row { cells, .. } => cells.as_slice().len(),
        }
    }
}

/// Hands on records, and counts them.
pub struct Sink<'g> {
    on_record: &'g mut dyn FnMut(InputRecord),
    /// The fields to keep of each: the name of a member, or names with points between them.
    keep: &'g [String],
    /// How many were handed on.
    pub seen: u64,
}

impl<'g> Sink<'g> {
    /// Hands on to `on_record`, with the fields of these names.
    pub fn new(keep: &'g [String], on_record: &'g mut dyn FnMut(InputRecord)) -> Self {
        Self { on_record, keep, seen: 0 }
    }

    /// A record that is read later.
    pub fn hand_on(&mut self, record: InputRecord) {
        self.seen += 1;
        (self.on_record)(record);
    }

    /// An article that is no record with fields.
    pub fn push(&mut self, article: Article) {
        self.parsed(Ok(article), None);
    }

    /// The article that a record is.
    pub fn push_record(&mut self, article: Article, record: &JsonValue) {
        self.parsed(Ok(article), Some(record));
    }

    /// Something that is no article: the message, the row of this number.
    pub fn refuse(&mut self, number: u64, why: ParseError) {
        self.parsed(Err(ParseError::record(number, why)), None);
    }

    /// A record that is none.
    pub fn refuse_record(&mut self, number: u64, why: ParseError, record: &JsonValue) {
        self.parsed(Err(ParseError::record(number, why)), Some(record));
    }

    /// What is said of the whole, or of a record that says which it is.
    pub fn refuse_as(&mut self, why: ParseError) {
        self.parsed(Err(why), None);
    }

    fn parsed(&mut self, article: Result<Article, ParseError>, record: Option<&JsonValue>) {
        let of = |name: &String| record.and_then(|record| record.at_path(name)).map_or(Value::Null, JsonValue::to_json);
        let kept = self.keep.iter().map(of).collect();
        self.hand_on(InputRecord::Parsed(Box::new(ParsedRecord { article, kept })));
    }
}

/// Hands on articles and why others are none, of which it names the first hundred.
#[derive(Default)]
pub struct RefusalLimit {
    refused: u64,
}

impl RefusalLimit {
    /// How many refused records are named one by one; the others are counted.
    const MOST: u64 = 100;

    /// Hands on what one record is; a line that holds marks and no article is passed over.
    pub fn pass(
        &mut self,
        article: Result<Article, ParseError>,
        on_article: &mut dyn FnMut(Result<Article, ParseError>),
    ) {
        match &article {
            Err(why) if why.is_of_marks() => return,
            Err(ParseError::Record { .. }) => self.refused += 1,
            _ => {}
        }
        if article.is_ok() || self.refused <= Self::MOST || !matches!(article, Err(ParseError::Record { .. })) {
            on_article(article);
        }
    }

    /// Returns what is said of those that were not named.
    pub fn rest(&self) -> Option<ParseError> {
        (self.refused > Self::MOST).then(|| ParseError::MoreRecords(self.refused - Self::MOST))
    }
}
