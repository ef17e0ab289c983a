//! Folder: finds files under paths and reads the articles in them.
//!
//! From paths, files and streams to articles that know where they came from, and errors that say what was not read
//! and why; one at a time, so that a million files need no list.
//! It never knows what is found in an article, nor who asks.

mod records;

use std::cell::Cell;
use std::fs::{self, File};
use std::io::{self, Read};
use std::ops::ControlFlow;
use std::os::unix::fs::FileTypeExt;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use ignore::WalkBuilder;

use crate::article::{Article, InputRules, Origin};
use crate::formats::{self, Hint, ParseError};

pub use records::{ReadRecord, read_record, split_file, split_input, split_stream};

/// Something that was not read.
#[derive(Debug, thiserror::Error)]
#[error("{} {why}", called(origin))]
pub struct ReadError {
    /// Where it lies.
    pub origin: Origin,
    /// Why it was not read.
    #[source]
    pub why: ReadErrorKind,
}

/// Why something was not read, as the end of a sentence that begins with its path.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ReadErrorKind {
    /// Its bytes are no article.
    #[error(transparent)]
    ParseError(#[from] ParseError),
    /// There is no such path.
    #[error("does not exist")]
    Missing,
    /// The reader may not open it.
    #[error("cannot be read (permission denied)")]
    Forbidden,
    /// It is a pipe, a socket or a device.
    #[error("is not a file or a folder")]
    NotAFile,
    /// A link leads back to a folder that it lies in.
    #[error("is a symbolic link in a loop")]
    Circle,
    /// The system says no for another reason.
    #[error("cannot be read ({0})")]
    Failed(String),
}

/// One step of a walk.
#[derive(Debug)]
pub enum WalkStep {
    /// A file that is to be read.
    File(PathBuf),
    /// Something that cannot be read.
    Unreadable(ReadError),
}

/// Walks `paths` and hands each step to `visit`, until it breaks off; returns how many hidden files and folders were
/// skipped.
///
/// A file that is named is visited even when it is hidden; in folders, hidden ones are skipped. Folders are walked
/// to the bottom, links followed, in the order of their names in bytes, so the order is always the same.
pub fn walk(paths: &[PathBuf], visit: &mut dyn FnMut(WalkStep) -> ControlFlow<()>) -> usize {
    let hidden = Arc::new(AtomicUsize::new(0));
    for path in paths {
        for entry in walk_of(path, &hidden) {
            let step = match entry {
                Ok(entry) if entry.file_type().is_some_and(|kind| kind.is_dir()) => continue,
                Ok(entry) => WalkStep::File(entry.into_path()),
                Err(error) => WalkStep::Unreadable(refused(error, path)),
            };
            if visit(step).is_break() {
                return hidden.load(Ordering::Relaxed);
            }
        }
    }
    hidden.load(Ordering::Relaxed)
}

fn walk_of(path: &Path, hidden: &Arc<AtomicUsize>) -> ignore::Walk {
    let hidden = Arc::clone(hidden);
    WalkBuilder::new(path)
        .standard_filters(false)
        .follow_links(true)
        .sort_by_file_name(std::ffi::OsStr::cmp)
        .filter_entry(move |entry| {
            let passed_by = entry.depth() > 0 && entry.file_name().as_encoded_bytes().starts_with(b".");
            hidden.fetch_add(usize::from(passed_by), Ordering::Relaxed);
            !passed_by
        })
        .build()
}

fn refused(error: ignore::Error, walked: &Path) -> ReadError {
    match error {
        ignore::Error::WithPath { path, err } => refused(*err, &path),
        ignore::Error::WithDepth { err, .. } | ignore::Error::WithLineNumber { err, .. } => refused(*err, walked),
        ignore::Error::Loop { child, .. } => ReadError::new(&child, ReadErrorKind::Circle),
        ignore::Error::Io(error) => ReadError::new(walked, ReadErrorKind::from(error)),
        other => ReadError::new(walked, ReadErrorKind::Failed(other.to_string())),
    }
}

/// Reads the articles in a file and hands each to `on_article`, its origin set.
///
/// Only a file is opened: a pipe would block, a device may never end.
pub fn read_file(path: &Path, on_article: &mut dyn FnMut(Result<Article, ReadError>)) {
    read_file_while(path, &InputRules::default(), &mut |read| {
        on_article(read);
        ControlFlow::Continue(())
    });
}

/// As [`read_file`], by these rules, until `on_article` breaks off: no more of the file is read then.
pub fn read_file_while(
    path: &Path,
    rules: &InputRules,
    on_article: &mut dyn FnMut(Result<Article, ReadError>) -> ControlFlow<()>,
) {
    let file = match open(path) {
        Ok(opened) => opened,
        Err(why) => {
            let _ = on_article(Err(ReadError::new(path, why)));
            return;
        }
    };
    let name = path.file_name().map(|name| name.to_string_lossy());
    let hint = Hint { name: name.as_deref(), ..Hint::by(rules) };
    read_while(file, &hint, &Origin::File(path.to_path_buf()), on_article);
}

/// Reads the articles in `input` (standard input, say) and hands each to `on_article`, its origin set.
pub fn read_input(input: &mut dyn Read, on_article: &mut dyn FnMut(Result<Article, ReadError>)) {
    read_input_while(input, &InputRules::default(), &mut |read| {
        on_article(read);
        ControlFlow::Continue(())
    });
}

/// As [`read_input`], by these rules, until `on_article` breaks off.
pub fn read_input_while(
    input: &mut dyn Read,
    rules: &InputRules,
    on_article: &mut dyn FnMut(Result<Article, ReadError>) -> ControlFlow<()>,
) {
    read_while(input, &Hint::by(rules), &Origin::Input, on_article);
}

fn read_while(
    input: impl Read,
    hint: &Hint<'_>,
    origin: &Origin,
    on_article: &mut dyn FnMut(Result<Article, ReadError>) -> ControlFlow<()>,
) {
    let has_enough = Cell::new(false);
    let mut input = Wanted { input, has_enough: &has_enough };
    formats::read(&mut input, hint, &mut |read| {
        if !has_enough.get() {
            has_enough.set(on_article(with_origin(read, origin)).is_break());
        }
    });
}

/// Ends when the receiver wants no more.
struct Wanted<'w, R> {
    input: R,
    has_enough: &'w Cell<bool>,
}

impl<R: Read> Read for Wanted<'_, R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.has_enough.get() { Ok(0) } else { self.input.read(buffer) }
    }
}

/// Whether a path leads to a stream: to a pipe, or a device such as a terminal or `/dev/null`. To open one may block.
pub fn is_stream(path: &Path) -> bool {
    fs::metadata(path).is_ok_and(|metadata| metadata.file_type().is_fifo() || metadata.file_type().is_char_device())
}

fn open(path: &Path) -> Result<File, ReadErrorKind> {
    let metadata = fs::metadata(path)?;
    if !metadata.is_file() {
        return Err(ReadErrorKind::NotAFile);
    }
    Ok(File::open(path)?)
}

fn with_origin(read: Result<Article, ParseError>, origin: &Origin) -> Result<Article, ReadError> {
    match read {
        Ok(article) => Ok(Article { origin: origin.clone(), ..article }),
        Err(refusal) => Err(ReadError { origin: origin.clone(), why: ReadErrorKind::ParseError(refusal) }),
    }
}

/// What a person calls the place.
fn called(origin: &Origin) -> String {
    if *origin == Origin::Input { "standard input".to_owned() } else { origin.to_string() }
}

impl ReadError {
    /// What is wrong with the bytes, where that is why.
    pub const fn parse_error(&self) -> Option<&ParseError> {
        if let ReadErrorKind::ParseError(why) = &self.why { Some(why) } else { None }
    }

    /// Whether it only counts what is no article, so that nothing is missed.
    pub const fn is_note(&self) -> bool {
        matches!(&self.why, ReadErrorKind::ParseError(why) if why.is_note())
    }

    fn new(path: &Path, why: ReadErrorKind) -> Self {
        Self { origin: Origin::File(path.to_path_buf()), why }
    }
}

impl From<io::Error> for ReadErrorKind {
    fn from(error: io::Error) -> Self {
        match error.kind() {
            io::ErrorKind::NotFound => Self::Missing,
            io::ErrorKind::PermissionDenied => Self::Forbidden,
            _ => Self::Failed(error.to_string()),
        }
    }
}
