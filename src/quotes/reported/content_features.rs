//! What a content looks like: where it begins, where it ends, and the whole of it.

use super::named::{END, bucket, link, yes};
use super::sentence::Sentence;
use super::trigger::Trigger;
use super::values::{Features, Value, add};
use super::words::{OUTSIDE, Word};
use crate::quotes::lexicon::HANDLING;

/// How far ahead a "that" or a comma is looked for, and another word of saying, in tokens.
const THAT: usize = 10;
const COMMA: usize = 20;
const SAYING: usize = 8;

impl Sentence<'_, '_> {
    /// Describes a content behind the trigger that begins at a token.
    pub fn start_after<F: Features>(&self, trigger: &Trigger, at: usize, out: &mut F) -> F::Sum {
        let Word { word, tag } = self.word(trigger.token);
        let (here, next) = (self.word(at), self.word(at + 1));
        let back1 = self.back(at, 1);
        let gap = at - trigger.right;
        let (count, touches) = (bucket(gap), yes(gap == 0));
        add!(out, "s-gap", word, count);
        add!(out, "s-gap-tag", tag, count);
        add!(out, "s-cue", word, here.word);
        add!(out, "s-cue-tag", word, here.tag, touches);
        add!(out, "s-cue-back", word, back1.word);
        add!(out, "s-words", back1.word, here.word);
        add!(out, "s-tags", back1.tag, here.tag, next.tag);
        add!(out, "s-back", back1.word, tag);
        add!(out, "s-here", here.word, tag);
        self.that(trigger, at, out);
        out.take()
    }

    /// Describes whether a "that" stands before the start of a content, or comes later.
    fn that<F: Features>(&self, trigger: &Trigger, at: usize, out: &mut F) {
        let Word { word, tag } = self.word(trigger.token);
        let passed_that = self.thats(trigger.right, at.saturating_sub(1)) > 0;
        add!(out, "s-passed-that", yes(passed_that), yes(self.thats(at - 1, at) > 0), tag);
        let that_follows = self.thats(at, self.whole.end.min(at + THAT)) > 0;
        add!(out, "s-that-follows", yes(that_follows), word, yes(at == trigger.right));
    }

    /// Describes a content behind the trigger, or one that goes on there, that ends before a token: by the words there.
    pub fn end_words<F: Features>(&self, trigger: &Trigger, at: usize, place: Value<'static>, out: &mut F) -> F::Sum {
        let Word { word, tag } = self.word(trigger.token);
        let (here, next, after) = (self.word_or_end(at), self.word(at + 1), self.word(at + 2));
        let (back1, back2) = (self.back(at, 1), self.back(at, 2));
        add!(out, "e-here", place, here.word);
        add!(out, "e-cue", word, here.tag);
        add!(out, "e-cue-word", word, here.word);
        add!(out, "e-class", place, tag, here.tag);
        add!(out, "e-words", here.word, next.word);
        add!(out, "e-tags", here.tag, next.tag, after.tag);
        add!(out, "e-back", here.tag, back1.word);
        add!(out, "e-back-tags", here.tag, back1.tag, back2.tag);
        out.take()
    }

    /// The same by what stands before and after.
    pub fn end_rest<F: Features>(&self, trigger: &Trigger, at: usize, out: &mut F) -> F::Sum {
        self.end_by_trigger(trigger, at, out);
        self.end_by_rest(at, out);
        out.take()
    }

    fn end_by_trigger<F: Features>(&self, trigger: &Trigger, at: usize, out: &mut F) {
        let Word { word, tag } = self.word(trigger.token);
        let (here, next) = (self.word_or_end(at), self.word(at + 1));
        let link = link(trigger.link);
        let left1 = self.back(trigger.left, 1);
        let first = self.word(self.whole.start);
        add!(out, "e-link", link, here.tag, next.tag);
        add!(out, "e-left", left1.word, here.tag, next.tag);
        add!(out, "e-left-tag", left1.tag, here.tag, link);
        add!(out, "e-first", first.word, here.tag, yes(trigger.left == self.whole.start));
        add!(out, "e-next-cue", word, here.tag, next.tag);
        let so_far = bucket(at - trigger.right);
        add!(out, "e-so-far-cue", word, so_far, yes(at == self.whole.end));
        add!(out, "e-verbs-before", here.tag, tag, bucket(self.verbs(trigger.right, at)));
        let commas = self.commas(trigger.right, at);
        add!(out, "e-commas", here.tag, bucket(commas), yes(commas % 2 == 1));
    }

    fn end_by_rest<F: Features>(&self, at: usize, out: &mut F) {
        let (here, next) = (self.word_or_end(at), self.word(at + 1));
        let end = self.whole.end;
        let rest = bucket(end - at);
        add!(out, "e-rest", here.tag, rest);
        add!(out, "e-verbs", here.tag, next.tag, bucket(self.verbs(at, end)));
        let saying = self.saying_from(at).filter(|&saying| saying < end.min(at + SAYING));
        let saying = saying.map_or(OUTSIDE, |saying| self.word(saying));
        add!(out, "e-cue-follows", here.tag, saying.word);
        let comma_follows = self.commas(at + 1, end.min(at + COMMA)) > 0;
        add!(out, "e-comma-follows", here.tag, next.tag, yes(comma_follows));
    }

    /// Describes a content before the trigger that begins at a token.
    pub fn start_before<F: Features>(&self, trigger: &Trigger, at: usize, out: &mut F) -> F::Sum {
        let Word { word, tag } = self.word(trigger.token);
        let (here, next) = (self.word(at), self.word(at + 1));
        let (back1, back2) = (self.back(at, 1), self.back(at, 2));
        let left = trigger.left.max(at);
        let is_first = yes(at == self.whole.start);
        add!(out, "b-first", is_first, tag);
        add!(out, "b-first-cue", is_first, word);
        add!(out, "b-count", is_first, bucket(left - at));
        add!(out, "b-words", back1.word, here.word);
        add!(out, "b-here", here.word, is_first);
        add!(out, "b-next", here.word, next.tag);
        add!(out, "b-tags", back1.tag, here.tag, next.tag);
        add!(out, "b-back", back2.tag, back1.word, here.tag);
        add!(out, "b-verbs", bucket(self.verbs(at, left)), back1.tag, is_first);
        add!(out, "b-verbs-skipped", bucket(self.verbs(self.whole.start, at)), back1.word);
        out.take()
    }

    /// Describes a content before the trigger that ends before a token.
    pub fn end_before<F: Features>(&self, trigger: &Trigger, at: usize, out: &mut F) -> F::Sum {
        let Word { word, tag } = self.word(trigger.token);
        let (here, next, back1) = (self.word(at), self.word(at + 1), self.back(at, 1));
        let link = link(trigger.link);
        add!(out, "f-here", here.word, tag);
        add!(out, "f-cue", here.tag, word, link);
        add!(out, "f-tags", back1.tag, here.tag, next.tag);
        add!(out, "f-next", here.tag, next.word, link);
        add!(out, "f-follows", self.word(trigger.right).tag, here.tag, link, tag);
        add!(out, "f-back", back1.word, here.tag);
        add!(out, "f-ends", yes(trigger.right >= self.whole.end), link, here.tag, tag);
        out.take()
    }

    /// Describes the gap in a content that ends at one token and goes on at another.
    pub fn resume<F: Features>(&self, trigger: &Trigger, end: usize, at: usize, out: &mut F) -> F::Sum {
        let word = self.word(trigger.token).word;
        let (here, next, before) = (self.word(at), self.word(at + 1), self.back(end, 1));
        let (gap, link) = (bucket(at - trigger.right), link(trigger.link));
        add!(out, "r-gap", gap, link);
        add!(out, "r-gap-cue", gap, word);
        add!(out, "r-mark", self.back(at, 1).tag, self.word(end).tag, link);
        add!(out, "r-here", here.word, before.tag);
        add!(out, "r-tags", before.tag, here.tag, next.tag);
        add!(out, "r-before", before.word, here.tag);
        let (first, second) = (self.verbs(self.whole.start, end), self.verbs(at, self.whole.end));
        add!(out, "r-verbs", bucket(first), bucket(second), here.tag);
        add!(out, "r-mark-here", self.word(end).tag, here.word);
        out.take()
    }

    /// Whether a content is no statement but a thing: "ordered soup", where "ordered an inquiry" may be one, but cannot be told
    /// apart.
    pub fn names_a_thing(&self, trigger: &Trigger, first: usize, end: usize) -> bool {
        self.analysis.tokenized.tokens[trigger.token].is(HANDLING)
            && first == trigger.right
            && self.verbs(first, end) == 0
            && self.word(first).tag.name != "to"
    }

    /// Describes a content as a whole.
    pub fn content<F: Features>(
        &self,
        trigger: &Trigger,
        first: usize,
        end: usize,
        place: Value<'static>,
        out: &mut F,
    ) -> F::Sum {
        let Word { word, tag } = self.word(trigger.token);
        let (start, here) = (self.word(first), self.word_or_end(end).tag);
        let verbs = bucket(self.verbs(first, end).min(2));
        let length = bucket(end - first);
        add!(out, "w-length", place, tag, length);
        add!(out, "w-verbs", place, word, verbs);
        add!(out, "w-start-end", place, start.tag, here, verbs);
        add!(out, "w-start-word", place, start.word, here);
        let tenths = (10 * self.quoted(first, end)).div_ceil(self.bytes(first, end).max(1));
        let share = bucket(tenths);
        add!(out, "w-quoted", place, share, here);
        add!(out, "w-quoted-cue", word, share);
        add!(out, "w-quoted-length", share, length, tag);
        out.take()
    }

    fn word_or_end(&self, at: usize) -> Word<'_> {
        if at == self.whole.end { Word { word: END, tag: END } } else { self.word(at) }
    }
}
