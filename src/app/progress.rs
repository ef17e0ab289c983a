//! What is being read and fetched, and what could not be read.

use std::collections::HashSet;

use super::{App, Task};
use crate::article::ArticleId;
use crate::catalog::SkippedFile;
use crate::text::clean_line;

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
    /// What does not hold in the configuration and its themes.
    pub(super) misconfigured: Vec<SkippedFile>,
    /// The file of the theme in use, where it is gone.
    pub(super) gone_theme: Option<SkippedFile>,
    /// How many inputs could not be read; only the first ones are kept.
    pub skipped_count: usize,
    /// Whether it is known which feeds there are.
    pub(super) are_feeds_known: bool,
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

    /// How many errors there are: inputs that could not be read, and what does not hold in the configuration.
    pub fn error_count(&self) -> usize {
        self.skipped_count + self.misconfigured.len() + usize::from(self.gone_theme.is_some())
    }

    /// What is listed as an error, in order: the configuration, what could not be read, what several files hold.
    pub(super) fn errors(&self) -> impl Iterator<Item = &SkippedFile> {
        self.misconfigured.iter().chain(&self.gone_theme).chain(&self.skipped).chain(&self.held_twice)
    }
}

impl App {
    /// What does not hold in the configuration and its themes, each as its place and what is wrong there; nothing where all
    /// of it does.
    pub fn know_problems(&mut self, problems: Vec<(String, String)>) {
        let listed = |(place, why): (String, String)| SkippedFile::new(&place, clean_line(&why));
        self.progress.misconfigured = problems.into_iter().map(listed).collect();
    }
}
