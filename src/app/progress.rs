//! What is being read and fetched, and what could not be read.

use std::collections::HashSet;

use super::Task;
use crate::article::ArticleId;
use crate::catalog::SkippedFile;

/// What is read where there is nothing else.
pub const SAMPLES: &str = "samples";

/// How far reading and fetching have come.
#[derive(Debug, Default)]
pub struct Progress {
    /// What is being read, for the head line: a folder's name, say.
    pub title: String,
    /// Whether more is to come.
    pub running: bool,
    /// Files read.
    pub read: usize,
    /// Files found so far.
    pub known: usize,
    /// Hidden files and folders that were skipped.
    pub hidden: usize,
    /// The first inputs that could not be read.
    pub skipped: Vec<SkippedFile>,
    /// Which articles several files hold, in a line each, where that was asked for.
    pub(super) held_twice: Vec<SkippedFile>,
    /// How many errors there were; only the first ones are kept.
    pub skipped_count: usize,
    /// How many feeds have answered, of how many; none while nothing is refreshed.
    pub refreshing: Option<(usize, usize)>,
    /// The articles that came with the program, where the user has none of their own yet.
    pub samples: HashSet<ArticleId>,
    pub(super) tasks: Vec<Task>,
}

impl Progress {
    /// Adds an input that could not be read.
    pub fn skip(&mut self, file: SkippedFile) {
        /// More than a user would read.
        const MOST: usize = 10_000;
        self.skipped_count += 1;
        if self.skipped.len() < MOST {
            self.skipped.push(file);
        }
    }
}
