//! Bounds: where the content of a reported statement may begin and end.

use super::trigger::Trigger;
use crate::quotes::analysis::Analysis;
use crate::quotes::cues::Class;
use crate::quotes::lexicon::{ADVERB, CONJUNCTION, MONTH, PREPOSITION, SUBORDINATOR, TIME, WHICH, WHO, WordTraits};
use crate::quotes::tokens::{Token, TokenShape};
use crate::text::Span;

/// How far from a trigger a content may begin behind it, in tokens.
const FAR: usize = 22;
/// How far a content may reach, in tokens.
const REACH: usize = 90;
/// How many places are looked at on one side.
const STARTS: usize = 9;
const ENDS: usize = 20;
const RESUMES: usize = 3;
/// How near the trigger a preposition may introduce a content, in tokens: "accused the mayor of".
const NEAR: usize = 6;

/// Where a content may stand, by tokens.
#[derive(Debug, Default)]
pub(super) struct Bounds {
    /// First tokens of a content behind the trigger.
    pub starts_after: Vec<usize>,
    /// Where one behind the trigger may end: the first token after it.
    pub ends_after: Vec<usize>,
    /// First tokens of a content before the trigger.
    pub starts_before: Vec<usize>,
    /// Where one before the trigger may end.
    pub ends_before: Vec<usize>,
    /// Where one goes on behind the trigger: the first token after a comma.
    pub resumes: Vec<usize>,
}

fn is_mark(shape: TokenShape) -> bool {
    matches!(
        shape,
        TokenShape::Comma
            | TokenShape::Semicolon
            | TokenShape::Colon
            | TokenShape::Dash
            | TokenShape::Open
            | TokenShape::Close
            | TokenShape::Stop
    )
}

impl Bounds {
    /// Looks for the places around a trigger in its sentence, the stop at the end left out.
    pub fn read(&mut self, analysis: &Analysis<'_>, trigger: &Trigger, whole: Span) {
        let around = Around { analysis, trigger, whole };
        around.starts_after(&mut self.starts_after);
        around.ends_after(&mut self.ends_after);
        around.before(&mut self.starts_before, &mut self.ends_before);
        self.resumes.clear();
        if !self.ends_before.is_empty() {
            around.resumes(&mut self.resumes);
        }
    }
}

/// What stands around a trigger in its sentence.
struct Around<'r, 'a> {
    analysis: &'r Analysis<'a>,
    trigger: &'r Trigger,
    whole: Span,
}

impl Around<'_, '_> {
    fn token(&self, at: usize) -> &Token {
        &self.analysis.tokenized.tokens[at]
    }

    fn is_mark(&self, at: usize) -> bool {
        is_mark(self.token(at).shape)
    }

    fn starts_after(&self, out: &mut Vec<usize>) {
        out.clear();
        let right = self.trigger.right;
        for at in right..self.whole.end.min(right + FAR) {
            let is_first_that = at == right && self.analysis.tokenized.reads(at, "that");
            if !self.is_mark(at) && !is_first_that && self.may_begin_after(at) {
                out.push(at);
            }
            if out.len() == STARTS {
                break;
            }
        }
    }

    fn may_begin_after(&self, at: usize) -> bool {
        let tokenized = &self.analysis.tokenized;
        let right = self.trigger.right;
        let (token, before) = (self.token(at), self.token(at - 1));
        let is_near = at <= right + NEAR;
        let word_before = tokenized.words(at - 1);
        at == right
            || word_before == "that"
            || is_mark(before.shape)
            || before.is(TIME | MONTH | ADVERB)
            || before.shape == TokenShape::Number
            || is_near && matches!(word_before, "of" | "for")
            || at == right + 1 && matches!(word_before, "to" | "on" | "as" | "about" | "with" | "against" | "in")
            || token.is(SUBORDINATOR | WHO)
            || tokenized.reads(at, "to")
            || tokenized.reads(at, "as")
            || is_near && tokenized.reads(at, "for")
            || self.analysis.mentions.ending_at(at - 1).is_some()
    }

    fn ends_after(&self, out: &mut Vec<usize>) {
        const ENDING: WordTraits = CONJUNCTION | SUBORDINATOR | WHO | WHICH | PREPOSITION | TIME | MONTH;
        out.clear();
        let (right, end) = (self.trigger.right, self.whole.end);
        for at in right + 1..=end.min(right + REACH) {
            let may_end = || {
                let token = self.token(at);
                is_mark(token.shape)
                    || token.is_quotation()
                    || token.is(ENDING) && !self.analysis.tokenized.reads(at, "of")
            };
            if at == end || out.len() < ENDS && may_end() {
                out.push(at);
            }
        }
    }

    /// Where one may begin and end before the trigger.
    fn before(&self, starts: &mut Vec<usize>, ends: &mut Vec<usize>) {
        starts.clear();
        ends.clear();
        let Trigger { token, left, right, subject, class, .. } = *self.trigger;
        let clause = if right > token + 1 || subject.is_none() { left.min(token) } else { left };
        let end = self.before_marks(clause);
        if end <= self.whole.start {
            return;
        }
        // "It was late, he said", "It was late according to him".
        let stands_apart = end < clause || class == Class::According || self.is_as(end - 1);
        if !stands_apart {
            return;
        }
        ends.push(end);
        let mut outer = end;
        // "The plan failed, as he said".
        if self.token(end - 1).is(SUBORDINATOR | CONJUNCTION) || self.is_as(end - 1) {
            outer = self.before_marks(end - 1);
            if outer > self.whole.start {
                ends.push(outer);
            }
        }
        let floor = self.whole.start.max(outer.saturating_sub(REACH));
        for at in (floor..outer).rev() {
            if (starts.len() < STARTS || at == self.whole.start) && self.may_begin_before(at) {
                starts.push(at);
            }
        }
    }

    fn is_as(&self, at: usize) -> bool {
        self.analysis.tokenized.reads(at, "as")
    }

    /// The end of what stands before a comma or a dash before a token.
    fn before_marks(&self, mut end: usize) -> usize {
        while end > self.whole.start && matches!(self.token(end - 1).shape, TokenShape::Comma | TokenShape::Dash) {
            end -= 1;
        }
        end
    }

    fn may_begin_before(&self, at: usize) -> bool {
        let token = self.token(at);
        if is_mark(token.shape) || token.is_quotation() {
            return false;
        }
        at == self.whole.start || {
            let before = self.token(at - 1);
            is_mark(before.shape)
                || before.is_quotation()
                || before.is(CONJUNCTION)
                || token.is(CONJUNCTION | SUBORDINATOR)
                || self.analysis.tokenized.reads(at - 1, "that")
        }
    }

    fn resumes(&self, out: &mut Vec<usize>) {
        let right = self.trigger.right;
        let is_comma = |at: &usize| matches!(self.token(*at).shape, TokenShape::Comma | TokenShape::Dash);
        let places = (right..self.whole.end.min(right + FAR)).filter(is_comma).map(|comma| comma + 1);
        out.extend(places.filter(|&at| at < self.whole.end).take(RESUMES));
    }
}
