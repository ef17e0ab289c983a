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
    /// How many commas stand before it, and how often "that".
    commas: Vec<u32>,
    thats: Vec<u32>,
    /// The next word of saying from it on, seen from the start of the sentence.
    sayings: Vec<u32>,
}

impl<'a> Measures<'a> {
    /// Reads the tokens of a sentence.
    pub fn read(&mut self, analysis: &Analysis<'a>, sentence: Span) {
        words::read(analysis, sentence, &mut self.words);
        for counts in [&mut self.verbs, &mut self.quoted, &mut self.commas, &mut self.thats] {
            counts.clear();
            counts.push(0);
        }
        let tokens = analysis.tokenized.tokens.iter().enumerate();
        for (at, token) in tokens.skip(sentence.start).take(sentence.len()) {
            let is_finite = token.is(AUXILIARY) || token.is(VERB) && token.is(PAST | THIRD);
            let is_verb = is_finite && analysis.mentions.covering(at).is_none();
            add(&mut self.verbs, u32::from(is_verb));
            add(&mut self.quoted, if token.is_quotation() { token.end - token.start } else { 0 });
            add(&mut self.commas, u32::from(token.shape == TokenShape::Comma));
            add(&mut self.thats, u32::from(analysis.tokenized.reads(at, "that")));
        }
        self.sayings.clear();
        self.sayings.resize(sentence.len() + 1, u32::MAX);
        for at in (0..sentence.len()).rev() {
            let is_saying = matches!(self.words[at].tag.name, "sd" | "sz" | "sg" | "sb");
            self.sayings[at] = if is_saying { at as u32 } else { self.sayings[at + 1] };
        }
    }
}

/// Adds the sum of the last of some counts and one more.
fn add(counts: &mut Vec<u32>, more: u32) {
    counts.push(counts.last().copied().unwrap_or(0) + more);
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

    fn among(&self, counts: &[u32], first: usize, end: usize) -> usize {
        let before = |at: usize| counts.get(at.max(self.whole.start) - self.whole.start).copied().unwrap_or(0);
        before(end).saturating_sub(before(first)) as usize
    }

    /// How many finite verbs stand among these tokens.
    pub fn verbs(&self, first: usize, end: usize) -> usize {
        self.among(&self.measures.verbs, first, end)
    }

    /// How many bytes of these tokens are quotations.
    pub fn quoted(&self, first: usize, end: usize) -> usize {
        self.among(&self.measures.quoted, first, end)
    }

    /// How many of these tokens are commas.
    pub fn commas(&self, first: usize, end: usize) -> usize {
        self.among(&self.measures.commas, first, end)
    }

    /// How many of these tokens are "that".
    pub fn thats(&self, first: usize, end: usize) -> usize {
        self.among(&self.measures.thats, first, end)
    }

    /// The first word of saying from a token on.
    pub fn saying_from(&self, at: usize) -> Option<usize> {
        let next = self.measures.sayings.get(at - self.whole.start).copied().filter(|&next| next != u32::MAX)?;
        Some(self.whole.start + next as usize)
    }

    /// How many bytes these tokens have.
    pub fn bytes(&self, first: usize, end: usize) -> usize {
        let tokens = &self.analysis.tokenized.tokens;
        let (Some(one), Some(other)) = (tokens.get(first), tokens.get(end.wrapping_sub(1))) else { return 0 };
        (other.end.saturating_sub(one.start)) as usize
    }
}
