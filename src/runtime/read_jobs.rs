//! What is to be read, what a reader does of it, and what came of that.

use std::path::PathBuf;

use crate::article::ArticleId;
use crate::catalog::Headline;
use crate::ingest::{Ingested, Item, Scanned};
use crate::library::FileId;
use crate::user::UserAction;

/// What is to be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ReadRequest {
    /// What these paths lead to.
    Paths(Vec<PathBuf>),
    /// The library, and what has changed in the folders that are part of it; the samples where it is empty.
    Library,
    /// What has appeared, changed or vanished at these paths while the program runs.
    Changed(Vec<PathBuf>),
}

/// Something to do for the threads that read.
#[derive(Debug)]
pub(super) enum ReadJob {
    /// Read an input.
    Read(Scanned),
    /// Find anew who speaks in an article.
    Renew(ArticleId),
}

/// What a thread has done.
pub(super) enum ReadResult {
    /// What came of an input.
    Item(Item<Ingested>),
    /// Who speaks in an article was found anew.
    Renewed(Headline, Vec<UserAction>),
    /// One job is done.
    Done,
    /// These files were not found where the library knows them.
    Vanished(Vec<FileId>),
    /// These files are there, although the library has them as missing.
    Reappeared(Vec<FileId>),
}
