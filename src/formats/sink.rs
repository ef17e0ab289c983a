//! What formats hand on: articles, what is none, and records that are still to be read; each with what is kept of it.

use std::sync::Arc;

use csv::ByteRecord;

use super::ParseError;
use super::json_value::JsonValue;
use super::kept::RecordSource;
use super::parse_error::RecordNumber;
use super::unverified::Unverified;
use crate::article::{Article, KeptValue};

/// What became of a record, or of an input that is one article.
#[derive(Debug)]
pub struct ParsedRecord {
    /// The article, or why it is none.
    pub article: Result<Article, ParseError>,
    /// The fields that are to be kept, as they stand in the record, in the order in which they were asked for; nothing where
    /// the record has no such field, or cannot be read so far.
    pub kept: Vec<KeptValue>,
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
    /// Whether the number of a record is that of its line.
    is_of_lines: bool,
    /// The number of the record that was handed on last.
    number: u64,
    unverified: Unverified,
}

impl<'g> Sink<'g> {
    /// Hands on to `on_record`, with the fields of these names.
    pub fn new(keep: &'g [String], on_record: &'g mut dyn FnMut(InputRecord)) -> Self {
        Self { on_record, keep, seen: 0, is_of_lines: false, number: 0, unverified: Unverified::default() }
    }

    /// The same, of records that are numbered by lines.
    pub fn of_lines(mut self) -> Self {
        self.number_by_lines();
        self
    }

    /// From here on records are numbered by lines.
    pub const fn number_by_lines(&mut self) {
        self.is_of_lines = true;
    }

    /// From here on records come of an input of which so much is verified.
    pub fn watch(&mut self, unverified: Unverified) {
        self.unverified = unverified;
    }

    /// What is handed on next is the record of this number that ends at this byte, where records are counted that are none
    /// for the sink, and more is read at once than one.
    pub const fn go_to(&mut self, number: u64, end: u64) {
        self.number = number.saturating_sub(1);
        self.unverified.end_at(end);
    }

    /// How much of the input was read, in bytes of what is unpacked.
    pub fn consumed(&self) -> u64 {
        self.unverified.consumed()
    }

    /// The number of the record that would come next.
    pub const fn next_number(&self) -> u64 {
        self.number + 1
    }

    /// The same refusal; where it is about damage in what is packed, it names the records that may be wrong.
    pub fn named_in(&self, why: ParseError) -> ParseError {
        self.unverified.named_in(why)
    }

    /// The refusal of the record of this number.
    pub fn record(&self, number: u64, why: ParseError) -> ParseError {
        ParseError::record(
            if self.is_of_lines { RecordNumber::Line(number) } else { RecordNumber::Record(number) },
            why,
        )
    }

    /// A record that is read later.
    pub fn hand_on(&mut self, mut record: InputRecord) {
        self.seen += 1;
        let number = match &mut record {
            InputRecord::Parsed(parsed) => {
                if let Err(why) = &mut parsed.article {
                    *why = self.unverified.named_in(std::mem::replace(why, ParseError::Empty));
                }
                self.number += u64::from(!self.is_of_lines);
                (!self.is_of_lines).then_some(RecordNumber::Record(self.number))
            }
            InputRecord::Line { number, broken, .. } => {
                *broken = broken.take().map(|why| self.unverified.named_in(why));
                self.number = *number;
                Some(RecordNumber::Line(self.number))
            }
            InputRecord::Row { number, .. } => {
                self.number = *number;
                Some(RecordNumber::Line(self.number))
            }
        };
        if let Some(number) = number {
            self.unverified.add(number);
        }
        (self.on_record)(record);
    }

    /// An article that is no record with fields.
    pub fn push(&mut self, article: Article) {
        self.parsed(Ok(article), RecordSource::Nowhere);
    }

    /// The article that a record is.
    pub fn push_record<'r>(&mut self, article: Article, record: impl Into<RecordSource<'r>>) {
        self.parsed(Ok(article), record.into());
    }

    /// Something that is no article: the message, the row of this number.
    pub fn refuse(&mut self, number: u64, why: ParseError) {
        self.parsed(Err(self.record(number, why)), RecordSource::Nowhere);
    }

    /// A record that is none.
    pub fn refuse_record<'r>(&mut self, number: u64, why: ParseError, record: impl Into<RecordSource<'r>>) {
        self.parsed(Err(self.record(number, why)), record.into());
    }

    /// What is said of the whole, or of a record that says which it is.
    pub fn refuse_as(&mut self, why: ParseError) {
        self.parsed(Err(why), RecordSource::Nowhere);
    }

    /// Whether fields of records are kept.
    pub const fn keeps(&self) -> bool {
        !self.keep.is_empty()
    }

    fn parsed(&mut self, article: Result<Article, ParseError>, record: RecordSource<'_>) {
        let kept = if self.keeps() { record.kept(self.keep) } else { Vec::new() };
        self.hand_on(InputRecord::Parsed(Box::new(ParsedRecord { article, kept })));
    }
}

impl<'r> From<&'r JsonValue> for RecordSource<'r> {
    fn from(fields: &'r JsonValue) -> Self {
        Self::Fields(fields)
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
            Err(why) if why.is_no_mistake() => return,
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
