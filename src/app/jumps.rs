//! The reading positions before each jump.

use std::collections::HashMap;

use xxhash_rust::xxh3::{xxh3_64, xxh3_64_with_seed};

use crate::article::{ArticleId, Body};
use crate::catalog::person_key;
use crate::quotes::{Findings, Quotation};

/// A position in an article.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ReadingPosition {
    /// Which article.
    pub id: ArticleId,
    /// The first byte on the screen.
    pub top: usize,
    /// The quotation that was current.
    pub quotation: Option<QuotationAnchor>,
}

/// By what a quotation is found again, also in another version of its article.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct QuotationAnchor {
    /// The first byte of its words.
    pub start: usize,
    /// A hash of the text of the article.
    text: u64,
    /// A hash of its words and its speaker: the same words of another speaker are another quotation.
    words: u64,
}

impl QuotationAnchor {
    /// The anchor of a quotation of an article.
    pub fn of(body: &Body, findings: &Findings, quotation: &Quotation) -> Self {
        let text = xxh3_64(body.text().as_bytes());
        Self { start: quotation.span.start, text, words: hash_of(body, findings, quotation) }
    }

    /// As it is kept: three numbers.
    pub fn written(&self) -> String {
        format!("{} {:x} {:x}", self.start, self.text, self.words)
    }

    /// Reads what was kept.
    pub fn parse(kept: &str) -> Option<Self> {
        let mut parts = kept.split(' ');
        let start = parts.next()?.parse().ok()?;
        let mut hash = || u64::from_str_radix(parts.next()?, 16).ok();
        Some(Self { start, text: hash()?, words: hash()? })
    }

    /// Which of the findings of an article it is; of several the one nearest to where it stood.
    pub fn find(&self, body: &Body, findings: &Findings) -> Option<usize> {
        let is_same_text = xxh3_64(body.text().as_bytes()) == self.text;
        let is_it = |quotation: &Quotation| {
            if is_same_text {
                quotation.span.start == self.start
            } else {
                hash_of(body, findings, quotation) == self.words
            }
        };
        let all = findings.quotations.iter().enumerate().filter(|(_, quotation)| is_it(quotation));
        all.min_by_key(|(_, quotation)| quotation.span.start.abs_diff(self.start)).map(|(at, _)| at)
    }
}

fn hash_of(body: &Body, findings: &Findings, quotation: &Quotation) -> u64 {
    let speaker = findings.speaker_of(quotation).map(|speaker| person_key(&speaker.name)).unwrap_or_default();
    xxh3_64_with_seed(body.words(quotation.span).as_bytes(), xxh3_64(speaker.as_bytes()))
}

/// The positions that were left by jumping, the latest last.
#[derive(Debug, Default)]
pub struct Jumps(Vec<ReadingPosition>);

impl Jumps {
    /// Adds a position that is being left; the same position twice in a row counts once.
    pub fn leave(&mut self, position: ReadingPosition) {
        /// As many as vim keeps.
        const MOST: usize = 100;
        if self.0.last() != Some(&position) {
            self.0.push(position);
        }
        if self.0.len() > MOST {
            self.0.remove(0);
        }
    }

    /// Articles took the places of others: each of these with its successor.
    pub fn follow(&mut self, successors: &HashMap<ArticleId, ArticleId>) {
        for position in &mut self.0 {
            position.id = successors.get(&position.id).copied().unwrap_or(position.id);
        }
    }

    /// How many positions there are.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Removes and returns the latest position that is not `here`.
    pub fn back(&mut self, here: Option<ReadingPosition>) -> Option<ReadingPosition> {
        while let Some(position) = self.0.pop() {
            if Some(position) != here {
                return Some(position);
            }
        }
        None
    }
}
