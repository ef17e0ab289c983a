//! Statements: what one person says in one go, over all its quoted runs.
//!
//! From the runs of an article and what introduces each, to which run goes on from the one before it: in the same sentence
//! (“A,” she said, “b.”), behind a reporting clause that ends the sentence (“A,” she said. “B.”), or in the next paragraph,
//! where the one before is left open. Terms and titles between them part nothing. That is how the text is written; whether
//! both have one speaker is asked when statements are gathered, so that a correction parts or joins them.

use super::analysis::Analysis;
use super::attribution::Choice;
use super::findings::{Findings, SpeakerId};

/// Tells of each run whether it goes on from the outermost one before it, or from the last spoken one.
pub(crate) fn goes_on(analysis: &Analysis<'_>, choices: &[Option<Choice>]) -> Vec<bool> {
    let quotes = &analysis.tokenized.quotes;
    let mut out = vec![false; quotes.len()];
    let goes_on_from = |last: usize, index: usize| {
        quotes[last].is_taken_up_by(&quotes[index])
            || quotes[last].paragraph == quotes[index].paragraph && in_one_go(analysis, choices, last, index)
    };
    let (mut before, mut spoken) = (None, None);
    for (index, _) in quotes.iter().enumerate().filter(|(_, quote)| quote.depth == 0) {
        out[index] = [before, spoken].into_iter().flatten().any(|last| goes_on_from(last, index));
        before = Some(index);
        if choices[index].is_some_and(|choice| choice.mention.is_some()) {
            spoken = before;
        }
    }
    out
}

/// How far before a run a clause that introduces it is looked for, in tokens.
const REACH: usize = 120;

/// Whether two runs of a paragraph are said in one go.
fn in_one_go(analysis: &Analysis<'_>, choices: &[Option<Choice>], last: usize, index: usize) -> bool {
    let Analysis { tokenized, cues, .. } = analysis;
    let (Some(from), Some(to)) = (tokenized.token_of_quote[last], tokenized.token_of_quote[index]) else {
        return false;
    };
    let (sentence, next) = (tokenized.sentence_of(from), tokenized.sentence_of(to));
    let cue = |quote: usize| choices[quote].and_then(|choice| choice.cue).map(|cue| cue.token);
    let (first, second) = (cue(last), cue(index));
    let is_between = |token: usize| from < token && token < to;
    if sentence != next {
        // The clause behind the first, or behind a run before it, ends its sentence; the second begins the next one, with no
        // clause of its own behind it.
        let is_next = sentence.end == next.start && next.start == to;
        let is_behind = |cue: usize| (sentence.start..cue).any(|at| tokenized.tokens[at].is_quotation());
        return is_next && first.is_some_and(|cue| cue < to && is_behind(cue)) && second.is_none_or(|cue| cue < to);
    }
    // One clause introduces both: not “a,” she said, adding that “b”; nor she said “a,” adding that “b.”
    let is_own = |token: usize| is_between(token) && Some(token) != first;
    let speaks = |start: usize, end: usize| {
        let cues = cues.all[cues.before(start)..cues.before(end)].iter();
        cues.filter(|cue| cue.class.is_cue()).map(|cue| cue.token)
    };
    let has_own = second.is_some_and(is_own) || speaks(from, to).any(is_own);
    let near = sentence.start.max(from.saturating_sub(REACH));
    let is_introduced_twice = first.is_some_and(is_between) && speaks(near, from).next().is_some();
    !has_own && !is_introduced_twice
}

impl Findings {
    /// Returns the statements in the order in which they begin, each as the numbers of its quotations, in order: those of one
    /// speaker that go on from each other. What is not spoken is a part of none.
    pub fn statements(&self) -> Vec<Vec<usize>> {
        let mut statements: Vec<Vec<usize>> = Vec::new();
        let mut open: Option<(Option<SpeakerId>, usize)> = None;
        for (at, quotation) in self.quotations.iter().enumerate() {
            let is_nested = quotation.depth > 0;
            if !is_nested && !quotation.goes_on {
                open = None;
            }
            if !quotation.is_spoken() {
                continue;
            }
            if let Some((_, statement)) = open.filter(|&(speaker, _)| !is_nested && speaker == quotation.speaker) {
                statements[statement].push(at);
                continue;
            }
            if !is_nested {
                open = Some((quotation.speaker, statements.len()));
            }
            statements.push(vec![at]);
        }
        statements
    }

    /// Returns how many runs of quoted words each speaker has.
    pub fn run_counts(&self) -> Vec<u32> {
        let mut counts = vec![0; self.speakers.len()];
        for SpeakerId(speaker) in self.quotations.iter().filter_map(|quotation| quotation.speaker) {
            if let Some(count) = counts.get_mut(speaker) {
                *count += 1;
            }
        }
        counts
    }

    /// Returns how many statements each speaker has.
    pub fn statement_counts(&self) -> Vec<u32> {
        let mut counts = vec![0; self.speakers.len()];
        let speakers = self.statements().into_iter().filter_map(|runs| self.quotations[*runs.first()?].speaker);
        for SpeakerId(speaker) in speakers {
            if let Some(count) = counts.get_mut(speaker) {
                *count += 1;
            }
        }
        counts
    }
}
