//! The records of an input, cut off from it by one thread and read by others.

use std::cell::RefCell;
use std::fs::File;
use std::io::{self, Read};
use std::ops::ControlFlow;
use std::path::Path;

use super::{ReadError, ReadErrorKind, open, with_origin};
use crate::article::{Article, KeptValue, Origin};
use crate::formats::{self, Hint, InputRecord, ReadOptions};

/// Records are handed on together until they are this long, in bytes: each by itself, threads would wait for one another
/// more often than they read.
const CHUNK: usize = 64 << 10;

/// What a record of an input is, or an input that is one article.
#[derive(Debug)]
pub struct ReadRecord {
    /// The article, or why there is none.
    pub article: Result<Article, ReadError>,
    /// The fields of the record that are kept; none where it is no record.
    pub kept: Vec<KeptValue>,
}

/// Cuts a file into records, and hands on those that are there together, until `on_records` breaks off.
///
/// # Errors
///
/// When it cannot be opened, or as [`formats::split`].
pub fn split_file(
    path: &Path,
    options: &ReadOptions,
    on_records: &mut dyn FnMut(Vec<InputRecord>) -> ControlFlow<()>,
) -> Result<(), ReadError> {
    let file = open(path).map_err(|why| ReadError::new(path, why))?;
    split(file, &Origin::File(path.to_path_buf()), options, on_records)
}

/// As [`split_file`], of `input` (standard input, say): what has come is handed on before more of it is waited for.
///
/// # Errors
///
/// As [`formats::split`].
pub fn split_input(
    input: &mut dyn Read,
    options: &ReadOptions,
    on_records: &mut dyn FnMut(Vec<InputRecord>) -> ControlFlow<()>,
) -> Result<(), ReadError> {
    split(input, &Origin::Input, &ReadOptions { is_live: true, ..options.clone() }, on_records)
}

/// As [`split_input`], of the stream to which a path leads: a pipe, say. It blocks until a program writes to it.
///
/// # Errors
///
/// As [`split_file`].
pub fn split_stream(
    path: &Path,
    options: &ReadOptions,
    on_records: &mut dyn FnMut(Vec<InputRecord>) -> ControlFlow<()>,
) -> Result<(), ReadError> {
    let input = File::open(path).map_err(|error| ReadError::new(path, error.into()))?;
    split(input, &Origin::File(path.to_path_buf()), &ReadOptions { is_live: true, ..options.clone() }, on_records)
}

/// Reads a record of what was found at `origin`, and hands on what it is, as `options` describe it.
pub fn read_record(record: InputRecord, origin: &Origin, options: &ReadOptions, on_record: &mut dyn FnMut(ReadRecord)) {
    let name = name_of(origin);
    let hint = Hint { name: name.as_deref(), ..Hint::by(&options.rules) };
    record.read(&hint, &options.keep, &mut |record| {
        on_record(ReadRecord { article: with_origin(record.article, origin), kept: record.kept });
    });
}

fn split(
    input: impl Read,
    origin: &Origin,
    options: &ReadOptions,
    on_records: &mut dyn FnMut(Vec<InputRecord>) -> ControlFlow<()>,
) -> Result<(), ReadError> {
    let waiting = RefCell::new(Waiting { records: Vec::new(), size: 0, has_enough: false, on_records });
    let name = name_of(origin);
    let hint = Hint { name: name.as_deref(), ..Hint::by(&options.rules) };
    let ended = formats::split(&mut Source { input, waiting: &waiting }, &hint, options, &mut |record| {
        waiting.borrow_mut().push(record);
    });
    let mut waiting = waiting.into_inner();
    waiting.hand_on();
    // What was broken off is not cut off.
    if waiting.has_enough {
        return Ok(());
    }
    ended.map_err(|why| ReadError { origin: origin.clone(), why: ReadErrorKind::ParseError(why) })
}

fn name_of(origin: &Origin) -> Option<std::borrow::Cow<'_, str>> {
    let Origin::File(path) = origin else { return None };
    path.file_name().map(|name| name.to_string_lossy())
}

/// Records that are handed on together.
struct Waiting<'w> {
    records: Vec<InputRecord>,
    size: usize,
    /// Whether the receiver wants no more.
    has_enough: bool,
    on_records: &'w mut dyn FnMut(Vec<InputRecord>) -> ControlFlow<()>,
}

impl Waiting<'_> {
    fn push(&mut self, record: InputRecord) {
        self.size += record.size();
        self.records.push(record);
        if self.size >= CHUNK {
            self.hand_on();
        }
    }

    fn hand_on(&mut self) {
        self.size = 0;
        let records = std::mem::take(&mut self.records);
        if !self.has_enough && !records.is_empty() {
            self.has_enough = (self.on_records)(records).is_break();
        }
    }
}

/// An input; before more of it is read, which may take its time, goes what was cut off.
struct Source<'w, 'r, R> {
    input: R,
    waiting: &'w RefCell<Waiting<'r>>,
}

impl<R: Read> Read for Source<'_, '_, R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let has_enough = {
            let mut waiting = self.waiting.borrow_mut();
            waiting.hand_on();
            waiting.has_enough
        };
        if has_enough { Ok(0) } else { self.input.read(buffer) }
    }
}
