//! Descriptions: the contents that a trigger may introduce, each with what its parts come to.

use super::bounds::Bounds;
use super::named::{AFTER, AROUND, BEFORE};
use super::sentence::Sentence;
use super::trigger::Trigger;
use super::values::{Features, Value};
use crate::text::Span;

/// A content that a trigger may introduce, by tokens, and what its parts come to.
#[derive(Debug, Clone, Copy)]
pub(super) struct Candidate<S> {
    pub first: usize,
    pub end: usize,
    /// What stands inside it and is no part of it: the trigger with its subject, as in "The plan, he said, would fail".
    pub hole: Option<Span>,
    pub parts: [S; 6],
}

/// A place with what it comes to, in two parts.
pub(super) type Place<S> = (usize, [S; 2]);

/// Describes the contents of a trigger.
pub(super) struct Describer<'d, 's, 'a, F: Features> {
    pub sentence: &'d Sentence<'s, 'a>,
    pub trigger: &'d Trigger,
    pub bounds: &'d Bounds,
    pub out: &'d mut F,
    pub candidates: &'d mut Vec<Candidate<F::Sum>>,
}

impl<F: Features> Describer<'_, '_, '_, F> {
    /// Adds all of them.
    pub fn describe(&mut self) {
        self.candidates.clear();
        let nothing = self.out.take();
        if self.trigger.right < self.sentence.whole.end {
            self.after(nothing);
        }
        if let [end, ..] = self.bounds.ends_before[..] {
            self.before(nothing);
            if !self.bounds.resumes.is_empty() {
                self.around(end, nothing);
            }
        }
    }

    /// Those behind the trigger.
    fn after(&mut self, nothing: F::Sum) {
        let Self { sentence, trigger, bounds, .. } = *self;
        let cue = sentence.cue(trigger, AFTER, self.out);
        if bounds.starts_after.is_empty() || self.out.is_hopeless(cue) {
            return;
        }
        let starts = self.starts(&bounds.starts_after, nothing, |at, out| sentence.start_after(trigger, at, out));
        let Some(first) = starts.iter().map(|(at, _)| *at).min() else { return };
        let behind = bounds.ends_after.partition_point(|&end| end <= first);
        let ends = self.ends_after(&bounds.ends_after[behind..], AFTER);
        for &(first, [start, _]) in &starts {
            for &(end, [one, other]) in ends.iter().filter(|(end, _)| *end > first) {
                if sentence.names_a_thing(trigger, first, end) {
                    continue;
                }
                let whole = sentence.content(trigger, first, end, AFTER, self.out);
                let parts = [cue, start, one, other, whole, nothing];
                self.candidates.push(Candidate { first, end, hole: None, parts });
            }
        }
    }

    /// Those before it.
    fn before(&mut self, nothing: F::Sum) {
        let Self { sentence, trigger, bounds, .. } = *self;
        let cue = sentence.cue(trigger, BEFORE, self.out);
        if self.out.is_hopeless(cue) {
            return;
        }
        let starts = self.starts(&bounds.starts_before, nothing, |at, out| sentence.start_before(trigger, at, out));
        let ends = self.starts(&bounds.ends_before, nothing, |at, out| sentence.end_before(trigger, at, out));
        for &(first, [start, _]) in &starts {
            for &(end, [stop, _]) in ends.iter().filter(|(end, _)| *end > first) {
                let whole = sentence.content(trigger, first, end, BEFORE, self.out);
                let parts = [cue, start, stop, nothing, whole, nothing];
                self.candidates.push(Candidate { first, end, hole: None, parts });
            }
        }
    }

    /// Those on both sides of it; `end` is where the first piece ends.
    fn around(&mut self, end: usize, nothing: F::Sum) {
        let Self { sentence, trigger, bounds, .. } = *self;
        let cue = sentence.cue(trigger, AROUND, self.out);
        if self.out.is_hopeless(cue) {
            return;
        }
        let starts = self.starts(&bounds.starts_before, nothing, |at, out| sentence.start_before(trigger, at, out));
        let ends = self.ends_after(&bounds.ends_after, AROUND);
        for &resume in &bounds.resumes {
            let middle = sentence.resume(trigger, end, resume, self.out);
            for &(first, [start, _]) in starts.iter().filter(|(first, _)| *first < end) {
                for &(stop, [one, other]) in ends.iter().filter(|(stop, _)| *stop > resume) {
                    let whole = sentence.content(trigger, first, stop, AROUND, self.out);
                    let parts = [cue, start, one, other, whole, middle];
                    let hole = Some(Span::new(end, resume));
                    self.candidates.push(Candidate { first, end: stop, hole, parts });
                }
            }
        }
    }

    /// What each place comes to, in one part; of many, those that may be chosen.
    fn starts(
        &mut self,
        places: &[usize],
        nothing: F::Sum,
        mut sum: impl FnMut(usize, &mut F) -> F::Sum,
    ) -> Vec<Place<F::Sum>> {
        let mut all: Vec<_> = places.iter().map(|&at| (at, [sum(at, self.out), nothing])).collect();
        self.out.keep_likely(&mut all, LIKELY);
        all
    }

    /// The same of ends behind the trigger, in two parts: the second is asked for where the first leaves hope.
    fn ends_after(&mut self, places: &[usize], place: Value<'static>) -> Vec<Place<F::Sum>> {
        let Self { sentence, trigger, .. } = *self;
        let nothing = self.out.take();
        let mut all = Vec::with_capacity(places.len());
        all.extend(places.iter().map(|&at| (at, [sentence.end_words(trigger, at, place, self.out), nothing])));
        self.out.keep_likely(&mut all, HOPED);
        for (at, [_, rest]) in &mut all {
            *rest = sentence.end_rest(trigger, *at, self.out);
        }
        self.out.keep_likely(&mut all, LIKELY);
        all
    }
}

/// How many places are kept at the most: of those that are fully described, and of others.
const LIKELY: usize = 4;
const HOPED: usize = 9;
