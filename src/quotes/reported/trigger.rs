//! A word that may introduce a statement, with who would make it.

use crate::quotes::analysis::Analysis;
use crate::quotes::cues::{Class, SubjectLink};
use crate::text::Span;

/// A word that may introduce a reported statement.
#[derive(Debug, Clone, Copy)]
pub(super) struct Trigger {
    pub token: usize,
    /// Its subject, or whoever else would speak.
    pub subject: Option<usize>,
    /// Tokens of who would speak, where that is no mention.
    pub source: Option<Span>,
    pub link: Option<SubjectLink>,
    pub class: Class,
    /// Where the clause of the trigger begins: its subject, or its first auxiliary.
    pub left: usize,
    /// Where what belongs to it ends: behind it, or behind a subject that follows.
    pub right: usize,
}

impl Trigger {
    /// The words by which its source is named.
    pub fn mention(&self, analysis: &Analysis<'_>) -> Option<Span> {
        let tokens = &analysis.tokenized.tokens;
        match (self.subject, self.source) {
            (Some(mention), _) => Some(analysis.shown(mention)),
            (None, Some(words)) => Some(tokens[words.start].span().hull(tokens[words.end - 1].span())),
            (None, None) => None,
        }
    }
}
