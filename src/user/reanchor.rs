//! Where a place in a text is after the text has changed.
//!
//! Accepts the old and the new text with what is quoted in them; returns where quoted words, or a reading position, stand
//! now. What is anchored by its words and a position near which they stood is found again by the words first (as the
//! `TextQuoteSelector` and `TextPositionSelector` of the W3C Web Annotation Data Model, 2017). It reads no table.

use std::collections::{BTreeMap, HashMap, HashSet};

use crate::article::Body;
use crate::catalog::{is_described, person_key};
use crate::quotes::{Findings, Quotation};
use crate::text::{fold, words};

/// How alike two texts are at the least that are one: the share of words that both have, of those that either has. Lost
/// letters change some words; two articles of a file seldom share a third.
pub(crate) const ALIKE: f64 = 0.6;

/// Fewer words may stand together in any text.
pub(crate) const ENOUGH: usize = 12;

/// A text and what is quoted in it.
#[derive(Clone, Copy)]
pub(crate) struct Quoted<'t> {
    pub body: &'t Body,
    pub findings: &'t Findings,
}

/// Quoted words.
struct Run<'t> {
    /// Their first byte.
    start: usize,
    words: &'t str,
    /// The key of who speaks them, where the engine found somebody.
    speaker: Option<String>,
    /// Whether they are reported without marks, where that is known.
    is_reported: Option<bool>,
    /// What stands in their line before them and from them on, as far as is enough to tell it from others.
    line: (&'t str, &'t str),
}

impl Run<'_> {
    /// Whether somebody else says the same: who is named otherwise, or described, may be the same person in the same line. Quoted
    /// and reported words are never the same.
    fn is_of_other(&self, other: &Run<'_>) -> bool {
        if self.is_reported.zip(other.is_reported).is_some_and(|(one, other)| one != other) {
            return true;
        }
        let (Some(one), Some(other_speaker)) = (&self.speaker, &other.speaker) else { return false };
        let all_of = |one: &str, other: &str| words(one).all(|word| words(other).any(|known| known == word));
        let are_named = !is_described(one) && !is_described(other_speaker);
        let is_one_name = one == other_speaker || all_of(one, other_speaker) || all_of(other_speaker, one);
        !(is_one_name || (!are_named && self.line == other.line))
    }
}

impl<'t> Quoted<'t> {
    fn runs(self) -> Vec<Run<'t>> {
        let quotations = self.findings.quotations.iter();
        quotations.map(|quotation| self.run(quotation.span.start, Some(quotation))).collect()
    }

    /// What is quoted at this byte, or stands there.
    fn run_at(self, start: usize) -> Run<'t> {
        self.run(start, self.findings.quotations.iter().find(|run| run.span.start == start))
    }

    fn run(self, start: usize, quotation: Option<&Quotation>) -> Run<'t> {
        let speaker = quotation.and_then(|quotation| self.findings.speaker_of(quotation));
        let words = quotation.map(|quotation| self.body.words(quotation.span));
        let words = words.unwrap_or_else(|| self.words_at(start));
        let speaker = speaker.map(|speaker| person_key(&speaker.name));
        let is_reported = quotation.map(Quotation::is_reported);
        Run { start, words, speaker, is_reported, line: line_around(self.body.text(), start) }
    }

    /// The quoted words that start at this byte; where nothing is quoted there, the rest of the line.
    pub fn words_at(self, start: usize) -> &'t str {
        let run = self.findings.quotations.iter().find(|run| run.span.start == start);
        let line = || self.body.text().get(start..)?.lines().next();
        run.map(|run| self.body.words(run.span)).or_else(line).unwrap_or_default()
    }
}

/// Finds for each of the quotations that start at `starts` in the old text where it starts in the new one; and for each of
/// the `lost` words, which stood near a byte of the old text, where they start now. What is not quoted any more is not
/// among them, and no quotation is found twice. The findings are the engine's, without corrections: where the text has
/// changed, the same words of another speaker are another quotation.
pub(crate) fn quotations(
    old: Quoted<'_>,
    new: Quoted<'_>,
    starts: impl Iterator<Item = usize>,
    lost: &[(usize, &str)],
) -> (BTreeMap<usize, usize>, HashMap<usize, usize>) {
    let change = Change::between(old.body.text(), new.body.text());
    let (old_runs, new_runs) = (old.runs(), new.runs());
    let mut search = Search { change: &change, old_runs: &old_runs, new_runs: &new_runs, taken: HashSet::new() };
    let mut wanted: Vec<_> = starts.map(|start| old.run_at(start)).collect();
    let mut moved = BTreeMap::new();
    for find in [Search::same_words, Search::same_place, Search::like_words] {
        wanted.retain(|run| match find(&search, run) {
            Some(now) => {
                search.taken.insert(now);
                moved.insert(run.start, now);
                false
            }
            None => true,
        });
    }
    let mut restored = HashMap::new();
    for (number, &(start, words)) in lost.iter().enumerate() {
        let run = Run { start, words, speaker: None, is_reported: None, line: ("", "") };
        if let Some(now) = search.come_again(&run).or_else(|| search.like_words(&run)) {
            search.taken.insert(now);
            restored.insert(number, now);
        }
    }
    (moved, restored)
}

/// Where a reading position of the old text is in the new one.
pub(crate) fn position(old: &str, new: &str, offset: usize) -> usize {
    Change::between(old, new).expected(offset)
}

/// Looks for quotations of the old text among those of the new.
struct Search<'s> {
    change: &'s Change<'s>,
    old_runs: &'s [Run<'s>],
    new_runs: &'s [Run<'s>],
    /// Where those start that were found.
    taken: HashSet<usize>,
}

impl Search<'_> {
    /// The same words. Where they are quoted as often as before, the first goes with the first; else the nearest is taken.
    fn same_words(&self, run: &Run<'_>) -> Option<usize> {
        let starts = |runs: &[Run<'_>]| -> Vec<usize> {
            let same = runs.iter().filter(|known| known.words == run.words && !self.is_of_other(run, known));
            same.map(|known| known.start).collect()
        };
        let (before, now) = (starts(self.old_runs), starts(self.new_runs));
        match before.iter().position(|start| *start == run.start) {
            Some(at) if before.len() == now.len() => Some(now[at]),
            _ => self.nearest(run, |known| known.words == run.words),
        }
    }

    /// The words that were not quoted before by whoever speaks them now: those that were are somebody else's.
    fn come_again(&self, run: &Run<'_>) -> Option<usize> {
        let was_there = |known: &Run<'_>| {
            let is_it = |old: &&Run<'_>| (old.words, &old.speaker) == (known.words, &known.speaker);
            self.change.has_changed() && self.old_runs.iter().any(|old| is_it(&old))
        };
        self.nearest(run, |known| known.words == run.words && !was_there(known))
    }

    /// What is quoted around the words where they stand now, if they stand there: another version of the engine has drawn
    /// the quotation otherwise.
    fn same_place(&self, run: &Run<'_>) -> Option<usize> {
        /// How much of the words must be there, in bytes.
        const ENOUGH: usize = 32;
        let at = self.change.expected(run.start);
        let beginning = &run.words[..run.words.floor_char_boundary(ENOUGH)];
        let is_there = !beginning.is_empty() && self.change.new.get(at..)?.starts_with(beginning);
        let around = |known: &&Run<'_>| known.start <= at && at < known.start + known.words.len();
        let around = self.free().filter(around).filter(|known| !self.is_of_other(run, known));
        around.map(|known| known.start).max().filter(|_| is_there)
    }

    /// Words that are like these and that the old text did not quote.
    fn like_words(&self, run: &Run<'_>) -> Option<usize> {
        let before: HashSet<_> = self.old_runs.iter().map(|known| known.words).collect();
        let counted = counted(&fold(run.words));
        let alike = |words: &str| likeness(&counted, &self::counted(&fold(words)));
        let best = self
            .free()
            .filter(|known| !before.contains(known.words) && !self.is_of_other(run, known))
            .map(|known| alike(known.words))
            .filter(|alike| *alike >= ALIKE)
            .max_by(f64::total_cmp)?;
        self.nearest(run, |known| alike(known.words) >= best && !before.contains(known.words))
    }

    /// The quotation that was not taken yet, is wanted, and starts nearest to where this one should.
    fn nearest(&self, run: &Run<'_>, is_wanted: impl Fn(&Run<'_>) -> bool) -> Option<usize> {
        let at = self.change.expected(run.start);
        let wanted = self.free().filter(|known| is_wanted(known) && !self.is_of_other(run, known));
        wanted.map(|known| known.start).min_by_key(|start| start.abs_diff(at))
    }

    /// Another version of the engine finds other speakers in the same text: the quotation is the same.
    fn is_of_other(&self, run: &Run<'_>, known: &Run<'_>) -> bool {
        self.change.has_changed() && run.is_of_other(known)
    }

    fn free(&self) -> impl Iterator<Item = &Run<'_>> {
        self.new_runs.iter().filter(|known| !self.taken.contains(&known.start))
    }
}

/// What became of a text: the same up to a byte, and the same from another on.
struct Change<'t> {
    old: &'t str,
    new: &'t str,
    /// How many bytes both begin with.
    prefix: usize,
    /// How many bytes both end with, of those that follow.
    suffix: usize,
}

impl<'t> Change<'t> {
    fn between(old: &'t str, new: &'t str) -> Self {
        let same = |one: &[u8], other: &[u8]| one.iter().zip(other).take_while(|(a, b)| a == b).count();
        let prefix = old.floor_char_boundary(same(old.as_bytes(), new.as_bytes()));
        let (rest, new_rest) = (&old.as_bytes()[prefix..], &new.as_bytes()[prefix..]);
        let suffix = rest.iter().rev().zip(new_rest.iter().rev()).take_while(|(a, b)| a == b).count();
        let suffix = old.len() - old.ceil_char_boundary(old.len() - suffix);
        Self { old, new, prefix, suffix }
    }

    /// Whether the two texts differ.
    fn has_changed(&self) -> bool {
        self.old != self.new
    }

    /// Where a byte of the old text should be in the new one: in the same line, where that is still there, else as far
    /// into what changed as it was.
    fn expected(&self, offset: usize) -> usize {
        let offset = self.old.floor_char_boundary(offset.min(self.old.len()));
        let end = self.old.len() - self.suffix;
        if offset < self.prefix {
            return offset;
        }
        if offset >= end {
            return self.new.len() - (self.old.len() - offset);
        }
        let new_end = self.new.len() - self.suffix;
        let into = (offset - self.prefix) as f64 / (end - self.prefix) as f64;
        let near = self.prefix + ((new_end - self.prefix) as f64 * into) as usize;
        let start = self.old[..offset].rfind('\n').map_or(0, |at| at + 1);
        let line = self.old[start..].lines().next().unwrap_or_default();
        let same = line_starts(self.new).filter(|(_, known)| *known == line && !line.is_empty()).map(|(at, _)| at);
        match same.min_by_key(|at| at.abs_diff(near)) {
            Some(at) => at + (offset - start),
            None => self.new.floor_char_boundary(near.min(self.new.len())),
        }
    }
}

/// What stands in the line of a byte before it and from it on, as far as is enough to tell the line from others.
fn line_around(text: &str, at: usize) -> (&str, &str) {
    /// In bytes, each way: lines may be as long as the text.
    const ENOUGH: usize = 200;
    let at = text.floor_char_boundary(at);
    let before = &text[text.floor_char_boundary(at.saturating_sub(ENOUGH))..at];
    let after = &text[at..text.floor_char_boundary(at.saturating_add(ENOUGH))];
    (before.rsplit('\n').next().unwrap_or_default(), after.split('\n').next().unwrap_or_default())
}

/// The lines of a text, each with its first byte.
fn line_starts(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut start = 0;
    text.split('\n').map(move |line| {
        let at = start;
        start += line.len() + 1;
        (at, line)
    })
}

/// How often a folded text has each word.
pub(crate) fn counted(folded: &str) -> HashMap<String, usize> {
    let mut counts = HashMap::new();
    for word in words(folded) {
        *counts.entry(word.to_owned()).or_default() += 1;
    }
    counts
}

/// How many of the words that either has, both have: 0 to 1.
pub(crate) fn likeness(one: &HashMap<String, usize>, other: &HashMap<String, usize>) -> f64 {
    let shared = shared(one, other);
    let all = one.values().sum::<usize>() + other.values().sum::<usize>() - shared;
    if all == 0 { 1.0 } else { shared as f64 / all as f64 }
}

/// As [`likeness`]; where `old` is a text of some length, as many of its words as `new` has too: what a newer version of the
/// formats reads of a file may be several times as long.
pub(crate) fn likeness_of_versions(old: &HashMap<String, usize>, new: &HashMap<String, usize>) -> f64 {
    /// What another article of the file lacks.
    const NEARLY_ALL: f64 = 0.9;
    let words = old.values().sum::<usize>();
    let kept = if words < ENOUGH { 0.0 } else { shared(old, new) as f64 / words as f64 };
    likeness(old, new).max(if kept < NEARLY_ALL { 0.0 } else { kept })
}

/// How many words both have.
pub(crate) fn shared(one: &HashMap<String, usize>, other: &HashMap<String, usize>) -> usize {
    one.iter().map(|(word, count)| *count.min(other.get(word).unwrap_or(&0))).sum()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::{BodyBuilder, ParagraphKind};
    use crate::quotes;

    fn body(lines: &[&str]) -> Body {
        let mut builder = BodyBuilder::new("Headline");
        for line in lines {
            builder.push(ParagraphKind::Prose, line);
        }
        builder.build()
    }

    /// What the quotation that begins with `words` is in the new text.
    fn moved(old: &[&str], new: &[&str], words: &str) -> Option<String> {
        let (old, new) = (body(old), body(new));
        let (found, now) = (quotes::find(&old), quotes::find(&new));
        let (old, new) = (Quoted { body: &old, findings: &found }, Quoted { body: &new, findings: &now });
        let start = old.runs().iter().find(|run| run.words.starts_with(words)).expect("it is quoted").start;
        let (moved, _) = quotations(old, new, std::iter::once(start), &[]);
        moved.get(&start).map(|now| new.words_at(*now).to_owned())
    }

    const ONE: &str = "“The bridge is tired,” said Mara Deniz.";
    const TWO: &str = "“We had asked for a new one long ago,” said Jon Holt.";

    #[test]
    fn quotations_follow_their_words() {
        let now = moved(&[ONE, TWO], &["It rained.", TWO, ONE], "We had");
        assert_eq!(now.as_deref(), Some("We had asked for a new one long ago,"));
    }

    #[test]
    fn quotations_whose_letters_changed_are_found() {
        let garbled = "“We h&aacute;d asked for &amp;a new one long ago,” said Jon Holt.";
        assert_eq!(
            moved(&[ONE, garbled], &[ONE, TWO], "We h").as_deref(),
            Some("We had asked for a new one long ago,")
        );
    }

    #[test]
    fn quotation_that_went_is_no_other() {
        assert_eq!(moved(&[ONE, TWO], &[ONE, "It rained."], "We had"), None);
        // Words like these stood there before: they are somebody else's.
        let like = "“We had asked for a new one,” said Ann Lee.";
        assert_eq!(moved(&[like, TWO], &[like], "We had asked for a new one long"), None);
    }

    #[test]
    fn same_words_are_told_apart() {
        let no = |who: &str| format!("“No way,” said {who}.");
        let (ann, jon) = (no("Ann Lee"), no("Jon Holt"));
        let (old, new) = (body(&[&ann, "It rained.", &jon]), body(&["It rained for long.", &ann, "It rained.", &jon]));
        let (found, now) = (quotes::find(&old), quotes::find(&new));
        let (old, new) = (Quoted { body: &old, findings: &found }, Quoted { body: &new, findings: &now });
        let starts = |of: Quoted<'_>| of.runs().iter().map(|run| run.start).collect::<Vec<_>>();
        let (moved, _) = quotations(old, new, starts(old).into_iter(), &[]);
        assert_eq!(moved.into_values().collect::<Vec<_>>(), starts(new));
        // One of the two is gone: the other is the other's.
        let one = body(&["It rained.", &jon]);
        let only = quotes::find(&one);
        let one = Quoted { body: &one, findings: &only };
        let (moved, _) = quotations(old, one, starts(old).into_iter(), &[]);
        assert_eq!(moved.into_iter().collect::<Vec<_>>(), [(starts(old)[1], starts(one)[0])]);
    }

    #[test]
    fn same_words_of_another_speaker_are_another_quotation() {
        let say = |who: &str| format!("“The trams are late every morning,” said {who}.");
        let place = |old: &[&str], new: &[&str], who: &str| {
            let (old, new) = (body(old), body(new));
            let (found, now) = (quotes::find(&old), quotes::find(&new));
            let (old, new) = (Quoted { body: &old, findings: &found }, Quoted { body: &new, findings: &now });
            let (moved, _) = quotations(old, new, std::iter::once(old.runs()[0].start), &[]);
            let line = |start: &usize| new.run_at(*start).line.1.to_owned();
            let moved = moved.values().next().map(line);
            assert!(moved.as_ref().is_none_or(|line| line.contains(who)), "{moved:?}");
            moved.is_some()
        };
        let (vera, brand) = (say("Vera Holm, the mayor"), say("Otto Brand, a locksmith"));
        assert!(place(&[&vera, TWO], &[&brand, &vera, TWO], "Holm"), "before");
        assert!(place(&[&vera, TWO], &[&brand, TWO, &vera], "Holm"), "moved, and the other in the place");
        assert!(!place(&[&vera, TWO], &[&brand, TWO], ""), "only the other is left");
        // One who is named otherwise is the same.
        assert!(place(&[&vera, TWO], &[&say("Holm"), TWO], "Holm"));
        // The words of the other that stayed are not those that were lost.
        let (old, new) = (body(&[&brand]), body(&[&brand, "It rained."]));
        let (found, now) = (quotes::find(&old), quotes::find(&new));
        let lost = [(9, "The trams are late every morning,")];
        let (old, new) = (Quoted { body: &old, findings: &found }, Quoted { body: &new, findings: &now });
        assert!(quotations(old, new, std::iter::empty(), &lost).1.is_empty());
    }

    #[test]
    fn lost_words_that_come_again_are_found() {
        let (old, new) = (body(&[ONE]), body(&[ONE, TWO]));
        let (found, now) = (quotes::find(&old), quotes::find(&new));
        let (old, new) = (Quoted { body: &old, findings: &found }, Quoted { body: &new, findings: &now });
        let lost = [(700, "We had asked for a new one long ago,"), (3, "Nothing of that")];
        let (_, restored) = quotations(old, new, std::iter::empty(), &lost);
        assert_eq!(restored.into_iter().collect::<Vec<_>>(), [(0, new.runs()[1].start)]);
    }

    #[test]
    fn positions_follow_their_lines() {
        let old = "Headline\nOne.\nTwo of it.\nThree.";
        let of = |words: &str, new: &str| new[position(old, new, old.find(words).unwrap())..].to_owned();
        assert_eq!(of("Two", "Headline\nNew first.\nOne.\nTwo of it.\nThree."), "Two of it.\nThree.");
        assert_eq!(of("of", "Headline\nOne, longer.\nTwo of it.\nThree and more."), "of it.\nThree and more.");
        assert_eq!(of("Three", "Headline\nZero.\nThree."), "Three.");
        assert_eq!(position(old, "é", 9), 0);
        assert_eq!(position(old, "", 99), 0);
        assert_eq!(position("", "é", 99), 2);
        for new in ["éééééé\nTwo", "Headline", old, "é"] {
            for at in 0..=old.len() + 2 {
                assert!(new.is_char_boundary(position(old, new, at)));
            }
        }
    }

    #[test]
    fn likeness_survives_lost_letters_and_tells_articles_apart() {
        let likeness = |one: &str, other: &str| likeness(&counted(one), &counted(other));
        let text = "milos capek said on monday that the old bridge over the lake would stay closed until spring";
        assert!(likeness(text, &text.replace("milos capek", "milo apek")) > ALIKE);
        let other = "the ferry over the lake was late again on monday and nobody on the old pier asked why it was";
        assert!(likeness(text, other) < 0.35, "{}", likeness(text, other));
        let parts = format!("{text} {other} {other}");
        assert!(likeness(text, &parts) < ALIKE && likeness_of_versions(&counted(text), &counted(&parts)) > ALIKE);
        assert!(likeness_of_versions(&counted(&parts), &counted(text)) < ALIKE);
        assert!((likeness(text, text) - 1.0).abs() < f64::EPSILON && likeness("", "") > ALIKE);
    }
}
