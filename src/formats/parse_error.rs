//! Why some bytes are no article.

use std::fmt;
use std::io;

use crate::text::clean_line;

/// Why some bytes are no article, as the end of a sentence that begins with what they are called.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ParseError {
    /// There is not a word in it.
    #[error("is empty")]
    Empty,
    /// It is no text; says what it is.
    #[error("is not text but {0}")]
    NotText(&'static str),
    /// It is no feed where one is wanted.
    #[error("is not a feed")]
    NotAFeed,
    /// It is in a format that is not read; says which.
    #[error("is {0}, which pullquote does not read")]
    Unsupported(&'static str),
    /// It is in XML or SGML that is not read; says what, and the name of its root element.
    #[error("is {0} <{1}>, which pullquote does not read")]
    UnknownRoot(&'static str, String),
    /// It is over [`LARGEST`](super::LARGEST), or would be once unpacked.
    #[error("is larger than 16 MiB")]
    TooLarge,
    /// It is compressed and does not unpack.
    #[error("is compressed and damaged ({0})")]
    Damaged(io::Error),
    /// The bytes do not come.
    #[error("cannot be read ({0})")]
    Unreadable(io::Error),
    /// It is not what it looks like; says what that is and what is wrong.
    #[error("is not well-formed {0} ({1})")]
    Malformed(&'static str, String),
    /// Elements of one kind are nested deeper than the limit; says which.
    #[error("has {0} nested too deeply")]
    TooDeep(&'static str),
    /// It ends before it should.
    #[error("is incomplete")]
    CutOff,
    /// It is a row with a cell that a quotation mark opens on this line and none closes.
    #[error("has a quotation mark on line {0} that does not close")]
    UnclosedMark(u64),
    /// What it is packed in ends before it should; the records before came.
    #[error("is cut off: its compressed data ends too early")]
    PackedCutOff,
    /// It has no text, or no more than a line.
    #[error("has no article text")]
    NoText,
    /// It is a table with nothing below its header, or lines of JSON of which there is none.
    #[error("has no records")]
    NoRecords,
    /// It is a line of `pullquote export` that holds marks or folders.
    #[error("holds marks and no article")]
    OnlyMarks,
    /// It is a record of a shape that is not known; says which fields it has.
    #[error("has no article text that is known; its fields are {0} (say which is which: --fields title=…,text=…)")]
    UnknownFields(String),
    /// It is a table of something else; says which columns it has.
    #[error("has no columns of an article but {0} (say which is which: --fields title=…,text=…)")]
    NoColumns(String),
    /// It is a page without an article.
    #[error("is a page without an article")]
    NoArticle,
    /// One of its records is no article.
    #[error("{number} {why}")]
    Record {
        /// Which it is.
        number: RecordNumber,
        /// Why it is none.
        why: Box<Self>,
    },
    /// What is said of a part that begins at this byte.
    #[error("(at byte {offset}) {why}")]
    At {
        /// Where it begins, in bytes of what is unpacked, from 0.
        offset: u64,
        /// What is said.
        why: Box<Self>,
    },
    /// Why records are left out that were packed together.
    #[error("{why}; {records} are lost with it")]
    Lost {
        /// Which, those that could be told apart.
        records: RecordRange,
        /// Why.
        why: Box<Self>,
    },
    /// What is said of a part that is packed by itself, of which records were handed on before.
    #[error("{why}; {}", in_doubt(*.records, why))]
    InDoubt {
        /// Which: they may be wrong.
        records: RecordRange,
        /// What is said.
        why: Box<Self>,
    },
    /// What is said of the place where reading ended, though more may follow.
    #[error("{0}; nothing behind it is read")]
    LastRead(Box<Self>),
    /// So many of its records are no articles, and none is broken: this says only what was left out.
    #[error("has {}", left_out(*.pages, *.others))]
    LeftOut {
        /// Pages without an article.
        pages: u64,
        /// Records that are no pages.
        others: u64,
    },
    /// So many more of its records are no articles.
    #[error("has {}", more_records(*.0))]
    MoreRecords(u64),
}

/// Which record of an input, from 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RecordNumber {
    /// The one that begins on this line.
    Line(u64),
    /// The one that is so many of its kind down.
    Record(u64),
}

impl RecordNumber {
    /// The number alone.
    pub const fn count(self) -> u64 {
        match self {
            Self::Line(number) | Self::Record(number) => number,
        }
    }
}

impl fmt::Display for RecordNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Line(number) => write!(f, "line {number}"),
            Self::Record(number) => write!(f, "record {number}"),
        }
    }
}

/// Records that follow each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RecordRange {
    /// The first of them.
    pub first: RecordNumber,
    /// The number of the last.
    pub last: u64,
}

impl fmt::Display for RecordRange {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.first {
            RecordNumber::Line(first) if first < self.last => write!(f, "lines {first} to {}", self.last),
            RecordNumber::Record(first) if first < self.last => write!(f, "records {first} to {}", self.last),
            one => one.fmt(f),
        }
    }
}

/// "do not trust lines 61 to 70".
fn in_doubt(records: RecordRange, why: &ParseError) -> String {
    match why {
        ParseError::PackedCutOff => format!("{records} could not be checked"),
        _ => format!("do not trust {records}, which came of the same part"),
    }
}

fn more_records(number: u64) -> String {
    match number {
        1 => "1 more record that is not an article".to_owned(),
        _ => format!("{number} more records that are not articles"),
    }
}

/// "3 pages without an article and 12 other records".
fn left_out(pages: u64, others: u64) -> String {
    let count = |number: u64, one: &str, many: &str| match number {
        0 => None,
        1 => Some(format!("1 {one}")),
        _ => Some(format!("{number} {many}")),
    };
    let pages = count(pages, "page without an article", "pages without an article");
    let others = count(others, "record that is no page", "records that are no pages");
    pages.into_iter().chain(others).collect::<Vec<_>>().join(" and ")
}

/// The first of some names, and how many more there are.
fn listed(names: &[&str]) -> String {
    const MOST: usize = 10;
    const LONGEST: usize = 40;
    let name = |name: &&str| clean_line(name).chars().take(LONGEST).collect::<String>();
    let first: Vec<_> = names.iter().take(MOST).map(name).collect();
    let more = names.len().saturating_sub(MOST);
    if more == 0 { first.join(", ") } else { format!("{} and {more} more", first.join(", ")) }
}

impl ParseError {
    /// Whether it only counts what is no article, so that nothing is missed.
    pub const fn is_note(&self) -> bool {
        matches!(self, Self::LeftOut { .. })
    }

    /// The refusal of a record with fields of these names.
    pub(super) fn unknown_fields(names: &[&str]) -> Self {
        Self::UnknownFields(listed(names))
    }

    /// The refusal of a table with columns of these names.
    pub(super) fn no_columns(names: &[&str]) -> Self {
        Self::NoColumns(listed(names))
    }

    /// The same of what begins at this byte.
    pub(super) fn at(self, offset: u64) -> Self {
        Self::At { offset, why: Box::new(self) }
    }

    /// The refusal of a text without an article: what has marks and no words is a record all the same.
    pub(super) fn no_words_in(text: &str) -> Self {
        let is_blank = |c: char| c.is_whitespace() || c.is_control() || c == '\u{feff}';
        if text.chars().all(is_blank) { Self::Empty } else { Self::NoText }
    }

    /// The same refusal of this text, where it is not that nothing is in it.
    pub(super) fn of_words_in(self, text: &str) -> Self {
        if matches!(self, Self::Empty) { Self::no_words_in(text) } else { self }
    }

    /// The refusal of one record.
    pub(super) fn record(number: RecordNumber, why: Self) -> Self {
        Self::Record { number, why: Box::new(why) }
    }

    /// Why it is none, the number of a record left out: the same wherever the record stands.
    pub fn reason(&self) -> &Self {
        if let Self::Record { why, .. } = self { why } else { self }
    }

    /// Whether there is nothing in it, so that nothing is missed.
    pub const fn is_of_nothing(&self) -> bool {
        matches!(self, Self::Empty | Self::NoRecords)
    }

    /// Whether it is about a record that is no article and need not be one, which is no mistake: a line of marks, or a page
    /// of an archive.
    pub fn is_no_mistake(&self) -> bool {
        matches!(self, Self::Record { why, .. } if matches!(**why, Self::OnlyMarks | Self::NoArticle))
    }

    pub(super) fn malformed(what: &'static str, why: &impl fmt::Display) -> Self {
        /// What parsers say may hold what they read.
        const LONGEST: usize = 120;
        Self::Malformed(what, clean_line(&why.to_string()).chars().take(LONGEST).collect())
    }

    /// What is said of damage, or of the end of what is packed.
    pub(super) fn damaged(error: io::Error) -> Self {
        Self::Damaged(DamageError::without_bytes(error))
    }

    /// Whether it is compressed, and ends before that does.
    pub(super) fn is_cut_in_packing(&self) -> bool {
        matches!(self, Self::Damaged(error) if error.kind() == io::ErrorKind::UnexpectedEof)
    }

    /// Whether what is compressed is whole, and what follows it damaged.
    pub(super) fn is_behind_members(&self) -> bool {
        matches!(self, Self::Damaged(error) if DamageError::is_behind(error))
    }

    /// Tells damage in what is packed from a source that breaks.
    pub(super) fn from_reading(error: io::Error) -> Self {
        match error.downcast::<SourceError>() {
            Ok(failed) => Self::Unreadable(failed.0),
            Err(error) => Self::damaged(error),
        }
    }
}

/// An error of the source, which passes through what unpacks it.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub(super) struct SourceError(pub io::Error);

impl SourceError {
    /// Whether an error is one of the source.
    pub fn is_in(error: &io::Error) -> bool {
        matches!(error.get_ref(), Some(inner) if inner.is::<Self>())
    }
}

/// Damage in what is packed, or its end in the middle of a part.
#[derive(Debug, thiserror::Error)]
#[error("{why}")]
pub(super) struct DamageError {
    pub why: String,
    pub part: DamagedPart,
}

/// What is damaged.
#[derive(Debug)]
pub(super) enum DamagedPart {
    /// What follows the last part that is packed by itself and whole.
    Behind,
    /// A part of which nothing was handed out, between others that are whole: what it unpacks to, some of it wrong, as far as
    /// that came.
    LeftOut(Vec<u8>),
    /// A part whose bytes began here in what was handed out: all since then may be wrong.
    Since(u64),
}

impl DamageError {
    /// What is said of a part whose bytes began here in what was handed out, and which ends too early.
    pub fn cut_off(start: u64) -> io::Error {
        let why = io::Error::from(io::ErrorKind::UnexpectedEof).to_string();
        io::Error::new(io::ErrorKind::UnexpectedEof, Self { why, part: DamagedPart::Since(start) })
    }

    fn part_of(error: &io::Error) -> Option<&DamagedPart> {
        error.get_ref()?.downcast_ref::<Self>().map(|damage| &damage.part)
    }

    /// Whether an error is about what follows the last part, so that nothing is missing before it.
    pub fn is_behind(error: &io::Error) -> bool {
        matches!(Self::part_of(error), Some(DamagedPart::Behind))
    }

    /// Where in what was handed out the part began to which it belongs that an error is about.
    pub fn since(error: &io::Error) -> Option<u64> {
        if let Some(DamagedPart::Since(start)) = Self::part_of(error) { Some(*start) } else { None }
    }

    /// What the part unpacks to that is left out: good for counting; nothing where what is wrong came already.
    pub fn left_out(error: &io::Error) -> Option<&[u8]> {
        if let Some(DamagedPart::LeftOut(bytes)) = Self::part_of(error) { Some(bytes) } else { None }
    }

    /// The same error, without the bytes that are left out.
    fn without_bytes(mut error: io::Error) -> io::Error {
        let damage = error.get_mut().and_then(|inner| inner.downcast_mut::<Self>());
        if let Some(Self { part: DamagedPart::LeftOut(bytes), .. }) = damage {
            *bytes = Vec::new();
        }
        error
    }
}

impl From<DamageError> for io::Error {
    fn from(error: DamageError) -> Self {
        Self::new(io::ErrorKind::InvalidData, error)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_more_record_is_singular() {
        assert_eq!(ParseError::MoreRecords(1).to_string(), "has 1 more record that is not an article");
        assert_eq!(ParseError::MoreRecords(2).to_string(), "has 2 more records that are not articles");
    }
}
