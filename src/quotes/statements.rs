//! Statements: what one person says in one go, over all its quoted runs.
//!
//! From the runs of an article and what introduces each, to which run goes on from the one before it: in the same sentence
//! (“A,” she said, “b.”), behind a reporting clause that ends the sentence (“A,” she said. “B.”), or in the next paragraph,
//! where the one before is left open. Terms and titles between them part nothing. That is how the text is written; whether
//! both have one speaker is asked when statements are gathered, so that a correction parts or joins them.

use std::ops::{AddAssign, SubAssign};

use super::analysis::Analysis;
use super::attribution::Choice;
use super::context::is_calling;
use super::cues::{Cue, SubjectLink};
use super::findings::{Certainty, Findings, SpeakerId};
use super::lexicon::{ADVERB, CONJUNCTION, DETERMINER, PREPOSITION};
use super::tokens::{TokenShape, TokenizedText};

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
    let cue = |quote: usize| choices[quote].and_then(|choice| choice.cue);
    let says = |cue: &Cue| {
        let word = tokenized.words(cue.token);
        (cue.class.is_cue() || is_calling(word)) && !(cue.participle && is_manner(word))
    };
    let (first_cue, second) = (cue(last), cue(index).filter(says).map(|cue| cue.token));
    let first = first_cue.map(|cue| cue.token);
    let is_between = |token: usize| from < token && token < to;
    if sentence != next {
        // The clause behind the first, or behind a run before it, ends its sentence; the second begins the next one, with no
        // clause of its own behind it.
        let is_next = sentence.end == next.start && opens_with_link(tokenized, next.start, to);
        let is_behind = |cue: usize| (sentence.start..cue).any(|at| tokenized.tokens[at].is_quotation());
        return is_next && first.is_some_and(|cue| cue < to && is_behind(cue)) && second.is_none_or(|cue| cue < to);
    }
    // One clause introduces both: not “a,” she said, adding that “b”; nor she said “a,” adding that “b.”
    let is_own = |token: usize| is_between(token) && Some(token) != first;
    let speaks = |start: usize, end: usize| {
        let cues = cues.all[cues.before(start)..cues.before(end)].iter();
        cues.filter(|cue| says(cue)).map(|cue| cue.token)
    };
    // “A,” she said, and recalled that “b”; she called it “a,” with a last word: “B.”
    let is_taken_up = first_cue.is_some_and(|cue| {
        is_between(cue.token) && cue.link == SubjectLink::Inherited && tokenized.tokens[cue.token - 1].is(CONJUNCTION)
    });
    let is_led_in = tokenized.tokens[to - 1].shape == TokenShape::Colon && !first.is_some_and(is_between);
    // “A,” she said, introducing it as a “b”: words inside a phrase of what she did besides.
    let is_besides = first.is_some_and(is_between)
        && is_phrase(tokenized.quotes[index].span.of(tokenized.text))
        && tokenized.tokens[to - 1].is(DETERMINER | PREPOSITION);
    if is_taken_up || is_led_in || is_besides {
        return false;
    }
    let has_own = second.is_some_and(is_own) || speaks(from, to).any(is_own);
    let near = sentence.start.max(from.saturating_sub(REACH));
    let is_introduced_twice = first.is_some_and(is_between) && speaks(near, from).next().is_some();
    !has_own && !is_introduced_twice
}

/// "“A,” she said, smiling, “b”": whether a participle tells how something is said, not that more is.
fn is_manner(word: &str) -> bool {
    matches!(
        word,
        "smiling" | "laughing" | "grinning" | "nodding" | "sighing" | "weeping" | "crying" | "pointing" | "shrugging"
    )
}

/// Whether quoted words are a part of a sentence, and too many for a term.
fn is_phrase(words: &str) -> bool {
    const LONGEST_TERM: usize = 2;
    words.starts_with(char::is_lowercase) && words.split_whitespace().nth(LONGEST_TERM).is_some()
}

/// Whether nothing stands before a run that opens a sentence but "But", "Then," or the like.
fn opens_with_link(tokenized: &TokenizedText<'_>, start: usize, run: usize) -> bool {
    const MOST: usize = 2;
    run - start <= MOST
        && (start..run).all(|at| {
            let token = &tokenized.tokens[at];
            token.shape == TokenShape::Comma || token.is(CONJUNCTION | ADVERB)
        })
}

impl Findings {
    /// Returns the statements in the order in which they begin, each as the numbers of its quotations, in order: those of one
    /// speaker that go on from each other. What is not spoken is a part of none. Speech inside a run is a statement of its own,
    /// numbered behind the one that it stands in, whose runs it does not part. Reported statements come behind all others: these
    /// have the same numbers with and without them.
    pub fn statements(&self) -> Vec<Vec<usize>> {
        let mut statements = self.statements_of(false);
        statements.extend(self.statements_of(true));
        statements
    }

    /// Returns how many statements there are in quotation marks.
    pub fn quoted_statements(&self) -> usize {
        self.statements_of(false).len()
    }

    /// Those in quotation marks, or those that are reported: neither parts the others.
    fn statements_of(&self, are_reported: bool) -> Vec<Vec<usize>> {
        let mut statements: Vec<Vec<usize>> = Vec::new();
        let mut open: Option<(Option<SpeakerId>, usize)> = None;
        let all = self.quotations.iter().enumerate();
        for (at, quotation) in all.filter(|(_, quotation)| quotation.is_reported() == are_reported) {
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

    /// Returns how much each speaker says.
    pub fn spoken(&self) -> Vec<Spoken> {
        let mut all = vec![Spoken::default(); self.speakers.len()];
        for runs in self.statements() {
            let Some(first) = runs.first().and_then(|&run| self.quotations.get(run)) else { continue };
            let spoken = first.speaker.and_then(|SpeakerId(speaker)| all.get_mut(speaker));
            if let Some(spoken) = spoken {
                if first.is_reported() {
                    spoken.reported += 1;
                    continue;
                }
                let doubtful = u32::from(self.certainty_of(&runs) == Certainty::Doubtful);
                *spoken += Spoken { quotations: 1, runs: runs.len() as u32, doubtful, reported: 0 };
            }
        }
        all
    }
}

/// How much a speaker says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Spoken {
    /// How many quotations (statements).
    pub quotations: u32,
    /// How many runs of quoted words these have.
    pub runs: u32,
    /// Of how many of the quotations it is doubtful that they are theirs.
    pub doubtful: u32,
    /// How many statements of theirs are reported without quotation marks; these are counted in none of the others.
    pub reported: u32,
}

impl Spoken {
    /// Whether they say nothing, in quotation marks or without.
    pub fn is_silent(self) -> bool {
        self.quotations == 0 && self.reported == 0
    }

    /// How far it can be trusted that they speak at all: where all of it is doubtful, so is that.
    pub fn certainty(self) -> Certainty {
        if self.doubtful > 0 && self.doubtful >= self.quotations { Certainty::Doubtful } else { Certainty::Likely }
    }
}

impl AddAssign for Spoken {
    fn add_assign(&mut self, other: Self) {
        self.quotations += other.quotations;
        self.runs += other.runs;
        self.doubtful += other.doubtful;
        self.reported += other.reported;
    }
}

impl SubAssign for Spoken {
    fn sub_assign(&mut self, other: Self) {
        self.quotations = self.quotations.saturating_sub(other.quotations);
        self.runs = self.runs.saturating_sub(other.runs);
        self.doubtful = self.doubtful.saturating_sub(other.doubtful);
        self.reported = self.reported.saturating_sub(other.reported);
    }
}
