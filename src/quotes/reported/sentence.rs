//! A sentence as the features see it: its words, and how many verbs and how much of quotations stand before each.

use super::trigger::Trigger;
use super::words::{self, OUTSIDE, Word};
use crate::quotes::analysis::Analysis;
use crate::quotes::lexicon::{AUXILIARY, PAST, THIRD, VERB};
use crate::quotes::tokens::TokenShape;
use crate::text::Span;

/// A sentence with what may introduce a statement in it.
pub(super) struct Sentence<'s, 'a> {
    pub analysis: &'s Analysis<'a>,
    /// Its tokens, the stop at its end left out.
    pub whole: Span,
    pub triggers: &'s [Trigger],
    pub is_headline: bool,
    pub measures: &'s Measures<'a>,
}

/// What is known of each token of a sentence; one more at the end of both counts.
#[derive(Default)]
pub(super) struct Measures<'a> {
    words: Vec<Word<'a>>,
    /// How many finite verbs stand before it.
    verbs: Vec<u32>,
    /// How many bytes of quotations stand before it.
    quoted: Vec<u32>,
}

impl<'a> Measures<'a> {
    /// Reads the tokens of a sentence.
    pub fn read(&mut self, analysis: &Analysis<'a>, sentence: Span) {
        words::read(analysis, sentence, &mut self.words);
        self.verbs.clear();
        self.quoted.clear();
        let (mut verbs, mut quoted) = (0, 0);
        for at in sentence.start..sentence.end {
            self.verbs.push(verbs);
            self.quoted.push(quoted);
            let token = &analysis.tokenized.tokens[at];
            let is_finite = token.is(AUXILIARY) || token.is(VERB) && token.is(PAST | THIRD);
            verbs += u32::from(is_finite && analysis.mentions.covering(at).is_none());
            quoted += if token.is_quotation() { token.end - token.start } else { 0 };
        }
        self.verbs.push(verbs);
        self.quoted.push(quoted);
    }
}

/// The sentences of an article, those put together again that a point inside a number divides: "$1.5 million".
pub(super) fn all(analysis: &Analysis<'_>) -> impl Iterator<Item = Span> {
    let tokens = &analysis.tokenized.tokens;
    let mut rest = analysis.tokenized.sentences.iter().copied().peekable();
    std::iter::from_fn(move || {
        let mut sentence = rest.next()?;
        let goes_on = |next: &Span, end: usize| {
            let (last, first) = (&tokens[next.start - 1], &tokens[next.start]);
            next.start == end && last.end == first.start && first.shape == TokenShape::Number
        };
        while let Some(next) = rest.next_if(|next| goes_on(next, sentence.end)) {
            sentence.end = next.end;
        }
        Some(sentence)
    })
}

/// The tokens of a sentence without the stop that ends it.
pub(super) fn without_stop(analysis: &Analysis<'_>, sentence: Span) -> Span {
    let stops = analysis.tokenized.tokens[sentence.start..sentence.end].iter().rev();
    let count = stops.take_while(|token| token.shape == TokenShape::Stop).count();
    Span::new(sentence.start, sentence.end - count)
}

impl<'a> Sentence<'_, 'a> {
    pub fn word(&self, at: usize) -> Word<'a> {
        at.checked_sub(self.whole.start).and_then(|at| self.measures.words.get(at)).copied().unwrap_or(OUTSIDE)
    }

    /// The word so many tokens before one.
    pub fn back(&self, at: usize, by: usize) -> Word<'a> {
        at.checked_sub(by).map_or(OUTSIDE, |at| self.word(at))
    }

    /// How many finite verbs stand among these tokens.
    pub fn verbs(&self, first: usize, end: usize) -> usize {
        let before = |at: usize| self.measures.verbs.get(at.max(self.whole.start) - self.whole.start).copied();
        let (first, end) = (before(first).unwrap_or(0), before(end).unwrap_or(0));
        end.saturating_sub(first) as usize
    }

    /// How many bytes of these tokens are quotations.
    pub fn quoted(&self, first: usize, end: usize) -> usize {
        let before = |at: usize| self.measures.quoted.get(at.max(self.whole.start) - self.whole.start).copied();
        let (first, end) = (before(first).unwrap_or(0), before(end).unwrap_or(0));
        end.saturating_sub(first) as usize
    }

    /// How many bytes these tokens have.
    pub fn bytes(&self, first: usize, end: usize) -> usize {
        let tokens = &self.analysis.tokenized.tokens;
        let (Some(one), Some(other)) = (tokens.get(first), tokens.get(end.wrapping_sub(1))) else { return 0 };
        (other.end.saturating_sub(one.start)) as usize
    }
}
