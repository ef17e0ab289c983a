//! Descriptions: the contents that a trigger may introduce, each with what its parts come to.

use super::bounds::Bounds;
use super::named::{AFTER, AROUND, BEFORE};
use super::sentence::Sentence;
use super::trigger::Trigger;
use super::values::Features;
use crate::text::Span;

/// A content that a trigger may introduce, by tokens, and what its parts come to.
#[derive(Debug, Clone, Copy)]
pub(super) struct Candidate<S> {
    pub first: usize,
    pub end: usize,
    /// What stands inside it and is no part of it: the trigger with its subject, as in "The plan, he said, would fail".
    pub hole: Option<Span>,
    pub parts: [S; 5],
}

/// A place with what it comes to.
type Place<S> = (usize, S);

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
                self.around(end);
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
        let starts = self.sums(&bounds.starts_after, |at, out| sentence.start_after(trigger, at, out));
        let Some(first) = starts.iter().map(|(at, _)| *at).min() else { return };
        let behind = bounds.ends_after.partition_point(|&end| end <= first);
        let ends = self.sums(&bounds.ends_after[behind..], |at, out| sentence.end(trigger, at, AFTER, out));
        for &(first, start) in &starts {
            for &(end, stop) in ends.iter().filter(|(end, _)| *end > first) {
                let whole = sentence.content(trigger, first, end, AFTER, self.out);
                self.candidates.push(Candidate { first, end, hole: None, parts: [cue, start, stop, whole, nothing] });
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
        let starts = self.sums(&bounds.starts_before, |at, out| sentence.start_before(trigger, at, out));
        let ends = self.sums(&bounds.ends_before, |at, out| sentence.end_before(trigger, at, out));
        for &(first, start) in &starts {
            for &(end, stop) in ends.iter().filter(|(end, _)| *end > first) {
                let whole = sentence.content(trigger, first, end, BEFORE, self.out);
                self.candidates.push(Candidate { first, end, hole: None, parts: [cue, start, stop, whole, nothing] });
            }
        }
    }

    /// Those on both sides of it; `end` is where the first piece ends.
    fn around(&mut self, end: usize) {
        let Self { sentence, trigger, bounds, .. } = *self;
        let cue = sentence.cue(trigger, AROUND, self.out);
        if self.out.is_hopeless(cue) {
            return;
        }
        let starts = self.sums(&bounds.starts_before, |at, out| sentence.start_before(trigger, at, out));
        let ends = self.sums(&bounds.ends_after, |at, out| sentence.end(trigger, at, AROUND, out));
        for &resume in &bounds.resumes {
            let middle = sentence.resume(trigger, end, resume, self.out);
            for &(first, start) in starts.iter().filter(|(first, _)| *first < end) {
                for &(stop, part) in ends.iter().filter(|(stop, _)| *stop > resume) {
                    let whole = sentence.content(trigger, first, stop, AROUND, self.out);
                    let hole = Some(Span::new(end, resume));
                    self.candidates.push(Candidate {
                        first,
                        end: stop,
                        hole,
                        parts: [cue, start, part, middle, whole],
                    });
                }
            }
        }
    }

    /// What each place comes to; of many, those that may be chosen.
    fn sums(&mut self, places: &[usize], mut sum: impl FnMut(usize, &mut F) -> F::Sum) -> Vec<Place<F::Sum>> {
        let mut all: Vec<_> = places.iter().map(|&at| (at, sum(at, self.out))).collect();
        self.out.keep_likely(&mut all);
        all
    }
}
