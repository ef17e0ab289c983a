//! Inputs as records: cut off in order by one thread, read on all cores.

use std::fs;
use std::ops::ControlFlow;
use std::path::Path;

use super::input::InputSource;
use super::journal::{PANICKED, caught};
use super::standard_input::standard_input;
use crate::article::{Article, Origin};
use crate::folder::{self, ReadError, ReadErrorKind, ReadRecord, read_record, split_file, split_input};
use crate::formats::{InputRecord, ReadOptions};

/// A file that is longer is cut into records by the thread that finds it, in bytes; a shorter one is a job of its own.
const LONG: u64 = 256 << 10;

/// Records of one input, in order.
#[derive(Debug)]
pub struct RecordChunk {
    origin: Origin,
    records: Records,
}

#[derive(Debug)]
enum Records {
    /// As they stand in the input.
    Unread(Vec<InputRecord>),
    /// What has been read.
    Read(Box<Result<Article, ReadError>>),
}

impl RecordChunk {
    /// Reads the records, and hands on what they are, as `options` describe them, until `on_record` breaks off. A record at
    /// which the program fails is refused.
    pub fn read(
        self,
        options: &ReadOptions,
        on_record: &mut dyn FnMut(ReadRecord) -> ControlFlow<()>,
    ) -> ControlFlow<()> {
        let records = match self.records {
            Records::Unread(records) => records,
            Records::Read(article) => return on_record(ReadRecord { article: *article, kept: Vec::new() }),
        };
        for record in records {
            let mut flow = ControlFlow::Continue(());
            let read = caught(|| {
                read_record(record, &self.origin, options, &mut |record| {
                    if flow.is_continue() {
                        flow = on_record(record);
                    }
                });
            });
            if read.is_none() {
                flow = on_record(ReadRecord { article: Err(failed(&self.origin)), kept: Vec::new() });
            }
            flow?;
        }
        ControlFlow::Continue(())
    }
}

/// What is said of an input, or of a record of it, at which the program failed.
pub fn failed(origin: &Origin) -> ReadError {
    ReadError { origin: origin.clone(), why: ReadErrorKind::Failed(PANICKED.to_owned()) }
}

impl InputSource {
    /// Whether it is to be cut into records before they are read: on one thread it would take long.
    pub fn may_be_long(&self) -> bool {
        match self {
            Self::Input => true,
            Self::File(path) => fs::metadata(path).is_ok_and(|metadata| metadata.len() > LONG),
            _ => false,
        }
    }

    /// Cuts it into records, and hands on those that are there together, until `on_chunk` breaks off; what is wrong with
    /// the whole comes last.
    pub fn split(self, options: &ReadOptions, on_chunk: &mut dyn FnMut(RecordChunk) -> ControlFlow<()>) {
        let origin = self.origin();
        match self {
            Self::Input => hand_on(&origin, on_chunk, |unread| split_input(&mut standard_input(), options, unread)),
            Self::File(path) => hand_on(&origin, on_chunk, |unread| split_file(&path, options, unread)),
            other => {
                let read = caught(|| other.read(&options.rules, &mut |read| on_chunk(RecordChunk::of(read))));
                if read.is_none() {
                    let _ = on_chunk(RecordChunk::of(Err(failed(&origin))));
                }
            }
        }
    }

    fn origin(&self) -> Origin {
        match self {
            Self::Input => Origin::Input,
            Self::File(path) => Origin::File(path.clone()),
            Self::Unreadable(refused) => refused.origin.clone(),
            Self::Web(..) | Self::Sample(_) => Origin::Unknown,
        }
    }
}

/// As [`InputSource::split`], of the stream to which a path leads.
pub fn split_stream(path: &Path, options: &ReadOptions, on_chunk: &mut dyn FnMut(RecordChunk) -> ControlFlow<()>) {
    hand_on(&Origin::File(path.to_path_buf()), on_chunk, |unread| folder::split_stream(path, options, unread));
}

/// Takes records before they are read.
type OnRecords<'r> = &'r mut dyn FnMut(Vec<InputRecord>) -> ControlFlow<()>;

/// Hands on what `split` cuts off of what is at `origin`, and last what is wrong with the whole.
fn hand_on(
    origin: &Origin,
    on_chunk: &mut dyn FnMut(RecordChunk) -> ControlFlow<()>,
    split: impl FnOnce(OnRecords<'_>) -> Result<(), ReadError>,
) {
    let unread = &mut |records| on_chunk(RecordChunk { origin: origin.clone(), records: Records::Unread(records) });
    let split = caught(|| split(unread));
    if let Err(refused) = split.unwrap_or_else(|| Err(failed(origin))) {
        let _ = on_chunk(RecordChunk::of(Err(refused)));
    }
}

impl RecordChunk {
    fn of(read: Result<Article, ReadError>) -> Self {
        Self { origin: Origin::Unknown, records: Records::Read(Box::new(read)) }
    }
}
