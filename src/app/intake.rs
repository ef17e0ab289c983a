//! What is being read from files, and what was refused.

use crate::catalog::SkippedFile;

/// How far the reading of files has come.
#[derive(Debug, Default)]
pub struct Intake {
    /// Whether more is to come.
    pub running: bool,
    /// Files read.
    pub read: usize,
    /// Files known of.
    pub known: usize,
    /// Hidden files and folders that were passed over.
    pub passed_over: usize,
    /// What is no article.
    pub refusals: Vec<SkippedFile>,
    /// How many refusals there were; only the first ones are kept.
    pub refused: usize,
}

impl Intake {
    /// Notes that something is no article.
    pub fn refuse(&mut self, refusal: SkippedFile) {
        /// More than that nobody reads.
        const MOST: usize = 10_000;
        self.refused += 1;
        if self.refusals.len() < MOST {
            self.refusals.push(refusal);
        }
    }
}
