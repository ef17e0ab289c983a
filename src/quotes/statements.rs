//! Statements: what one person says in one go, over all its quoted runs.
//!
//! From the runs of an article and what introduces each, to which run goes on from the one before it: in the same sentence
//! (“A,” she said, “b.”), behind a reporting clause that ends the sentence (“A,” she said. “B.”), or in the next paragraph,
//! where the one before is left open. That is how the text is written; whether both have one speaker is asked when
//! statements are counted, so that a correction parts or joins them.

use super::analysis::Analysis;
use super::attribution::Choice;
use super::findings::{Findings, Quotation, SpeakerId, StatementId};

/// Tells of each run whether it goes on from the outermost one before it.
pub(crate) fn goes_on(analysis: &Analysis<'_>, choices: &[Option<Choice>]) -> Vec<bool> {
    let quotes = &analysis.tokenized.quotes;
    let mut out = vec![false; quotes.len()];
    let mut before: Option<usize> = None;
    for (index, quote) in quotes.iter().enumerate().filter(|(_, quote)| quote.depth == 0) {
        if let Some(last) = before.replace(index) {
            out[index] = if quotes[last].paragraph == quote.paragraph {
                in_one_go(analysis, choices, last, index)
            } else {
                quotes[last].continues
            };
        }
    }
    out
}

/// Whether two runs that follow each other in a paragraph are said in one go.
fn in_one_go(analysis: &Analysis<'_>, choices: &[Option<Choice>], last: usize, index: usize) -> bool {
    let tokenized = &analysis.tokenized;
    let (Some(from), Some(to)) = (tokenized.token_of_quote[last], tokenized.token_of_quote[index]) else {
        return false;
    };
    let (one, other) = (tokenized.sentence_of(from), tokenized.sentence_of(to));
    if one == other {
        return true;
    }
    // The clause between them introduces both: the second begins the next sentence, and has no clause of its own.
    let is_next = one.end == other.start && other.start == to;
    let cue = |quote: usize| choices[quote].and_then(|choice| choice.cue).map(|cue| cue.token);
    let is_between = |token: usize| from < token && token < to;
    is_next && cue(last).is_some_and(is_between) && cue(index).is_none_or(is_between)
}

impl Findings {
    /// Which statement each quotation is a part of: those of one speaker that go on from each other are parts of one. None
    /// for what is not spoken. They are numbered from 0 in the order in which they begin.
    pub fn statements(&self) -> Vec<Option<StatementId>> {
        let mut next = 0;
        let mut open: Option<(Option<SpeakerId>, StatementId)> = None;
        let statement = |quotation: &Quotation| {
            if quotation.depth == 0 && !quotation.goes_on {
                open = None;
            }
            if !quotation.is_spoken() {
                return None;
            }
            let known = open.filter(|(speaker, _)| quotation.depth == 0 && *speaker == quotation.speaker);
            let id = known.map_or(StatementId(next), |(_, id)| id);
            next = next.max(id.0 + 1);
            if quotation.depth == 0 {
                open = Some((quotation.speaker, id));
            }
            Some(id)
        };
        self.quotations.iter().map(statement).collect()
    }
}
