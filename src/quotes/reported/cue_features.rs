//! What a trigger looks like, whatever its content.

use super::named::{NO, WORDS, bucket, class, kind, link, part, yes};
use super::sentence::Sentence;
use super::trigger::Trigger;
use super::values::{Features, Value, add};
use super::words::{OUTSIDE, Word};
use crate::quotes::mentions::Mention;

/// How far a quotation is looked for, in tokens.
const REACH: usize = 25;

impl Sentence<'_, '_> {
    /// Describes a trigger for a content in this place.
    pub fn cue<F: Features>(&self, trigger: &Trigger, place: Value<'static>, out: &mut F) -> F::Sum {
        self.cue_words(trigger, place, out);
        self.cue_context(trigger, place, out);
        self.cue_subject(trigger, place, out);
        self.cue_neighbours(trigger, place, out);
        self.cue_place(trigger, place, out);
        self.cue_quotations(trigger, place, out);
        out.take()
    }

    fn cue_words<F: Features>(&self, trigger: &Trigger, place: Value<'static>, out: &mut F) {
        let Word { word, tag } = self.word(trigger.token);
        let (link, class) = (link(trigger.link), class(Some(trigger.class)));
        let (next, after) = (self.word(trigger.right), self.word(trigger.right + 1));
        add!(out, "place", place);
        add!(out, "cue", place, word);
        add!(out, "tag-link-class", place, tag, link, class);
        add!(out, "cue-next", place, word, next.word);
        add!(out, "cue-next-tag", place, word, next.tag);
        add!(out, "next", place, tag, next.word);
        add!(out, "next-tags", place, tag, next.tag, after.tag);
        add!(out, "next-words", place, next.word, after.word);
    }

    fn cue_context<F: Features>(&self, trigger: &Trigger, place: Value<'static>, out: &mut F) {
        let (at, left) = (trigger.token, trigger.left);
        let Word { word, tag } = self.word(at);
        let (back1, back2) = (self.back(at, 1), self.back(at, 2));
        let (left1, left2) = (self.back(left, 1), self.back(left, 2));
        add!(out, "back-tags", place, tag, back1.tag, back2.tag);
        add!(out, "back2", place, back2.word, back1.word);
        add!(out, "left-tags", place, tag, left1.tag, left2.tag);
        add!(out, "left-next", place, left1.tag, self.word(trigger.right).tag, link(trigger.link));
        let between = || (left.min(at)..at).map(|at| self.word(at));
        let negated = yes(between().any(|word| word.tag.name == "not"));
        let helped = between().find(|word| word.tag.name == "aux").unwrap_or(OUTSIDE);
        add!(out, "helped", place, helped.word, tag, negated);
        add!(out, "helped-cue", place, helped.word, word);
        let first = self.word(self.whole.start).word;
        add!(out, "first-left", place, first, left1.tag, yes(left == self.whole.start));
    }

    fn subject(&self, trigger: &Trigger) -> Option<&Mention> {
        trigger.subject.and_then(|subject| self.analysis.mentions.all.get(subject))
    }

    fn cue_subject<F: Features>(&self, trigger: &Trigger, place: Value<'static>, out: &mut F) {
        let word = self.word(trigger.token).word;
        let (link, class) = (link(trigger.link), class(Some(trigger.class)));
        let subject = self.subject(trigger);
        let kind = if trigger.source.is_some() { WORDS } else { kind(subject.map(|subject| subject.kind)) };
        add!(out, "kind", place, kind, link);
        let is_main = yes(subject.is_some_and(|subject| subject.main));
        add!(out, "part", place, part(subject.map(|subject| subject.part)), is_main, class);
        if let Some(subject) = subject.filter(|subject| subject.kind.is_noun()) {
            let head = self.word(subject.last).word;
            add!(out, "head", place, head, class);
            add!(out, "head-cue", place, head, word);
        }
    }

    /// The triggers before and after it.
    fn cue_neighbours<F: Features>(&self, trigger: &Trigger, place: Value<'static>, out: &mut F) {
        let at = trigger.token;
        let Word { word, tag } = self.word(at);
        let number = self.triggers.partition_point(|other| other.token < at);
        let previous = number.checked_sub(1).map(|number| self.triggers[number].token);
        let following = self.triggers.get(number + 1).map(|other| other.token);
        let word_of = |token: Option<usize>| token.map_or(OUTSIDE, |token| self.word(token));
        let (before, after) = (word_of(previous), word_of(following));
        add!(out, "previous", place, before.word, tag, link(trigger.link));
        add!(out, "previous-tag", place, before.tag, tag, previous.map_or(NO, |previous| bucket(at - previous)));
        add!(out, "previous-cue", place, before.word, word);
        add!(out, "previous-left", place, before.tag, self.back(trigger.left, 1).tag, link(trigger.link));
        add!(out, "following", place, after.word, tag);
        add!(out, "following-tag", place, after.tag, tag, following.map_or(NO, |following| bucket(following - at)));
        add!(out, "following-cue", place, after.word, word);
    }

    /// Where the sentence stands.
    fn cue_place<F: Features>(&self, trigger: &Trigger, place: Value<'static>, out: &mut F) {
        let tag = self.word(trigger.token).tag;
        add!(out, "mark", place, yes(self.analysis.tokenized.reads(self.whole.end, "?")), tag);
        add!(out, "headline", place, yes(self.is_headline), tag);
    }

    fn cue_quotations<F: Features>(&self, trigger: &Trigger, place: Value<'static>, out: &mut F) {
        let at = trigger.token;
        let is_quotation = |at: &usize| self.word(*at).tag.name == "Q";
        let after = (at..self.whole.end.min(at + REACH)).find(is_quotation).map_or(NO, |quote| bucket(quote - at));
        let first = self.whole.start.max(at.saturating_sub(REACH));
        let before = (first..at).rev().find(is_quotation).map_or(NO, |quote| bucket(at - quote));
        add!(out, "quotes", place, class(Some(trigger.class)), after, before);
        add!(out, "quote-after", place, self.word(trigger.right).tag, after);
        add!(out, "quote-before", place, self.back(trigger.left, 1).tag, before);
    }
}
