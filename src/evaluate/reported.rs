//! Reported speech against the annotation: what is counted, and what of it was found.

use std::cmp::Ordering;

use super::align::Alignment;
use super::figures::{Rates, Share};
use super::names::names_same;
use super::quoted_runs::quoted_runs;
use super::spans::{overlap, trim};
use super::standoff::Attribution;
use crate::article::Body;
use crate::quotes::{Findings, ReportedSpeech, is_word_of_speech};
use crate::text::Span;

/// What an annotated attribution is, whose words do not all stand in quotation marks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StatementKind {
    /// Wholly outside marks, with a source and a cue of speech: what is to be found.
    Speech,
    /// The same with another cue: "wants", "supports".
    Attitude,
    /// A cue of speech and no source: "reportedly".
    Unsourced,
    /// A part of its words, at most four fifths, stands in marks.
    Mixed,
}

/// An attribution whose words do not all stand in quotation marks. All spans count code points of the annotated text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AnnotatedStatement<'a> {
    /// What it is.
    pub kind: StatementKind,
    /// Its words, without punctuation at the ends of each piece and without a "that" at the first.
    pub contents: Vec<Span>,
    /// Where it comes from.
    pub attribution: &'a Attribution,
}

/// Which of the annotated attributions are statements that are not (almost) all in quotation marks.
pub fn annotated_statements<'a>(text: &[char], attributions: &'a [Attribution]) -> Vec<AnnotatedStatement<'a>> {
    let quoted = quoted_runs(text);
    let statement = |attribution: &'a Attribution| {
        let kind = kind_of(text, &quoted, attribution)?;
        Some(AnnotatedStatement { kind, contents: cleaned(text, &attribution.contents), attribution })
    };
    attributions.iter().filter_map(statement).collect()
}

fn kind_of(text: &[char], quoted: &[Span], attribution: &Attribution) -> Option<StatementKind> {
    let whole = total(&attribution.contents);
    let inside = shared(&attribution.contents, quoted);
    if whole == 0 || 5 * inside > 4 * whole {
        return None;
    }
    Some(if inside > 0 {
        StatementKind::Mixed
    } else if !attribution.cues.iter().any(|&cue| is_speech(text, cue)) {
        StatementKind::Attitude
    } else if attribution.sources.is_empty() {
        StatementKind::Unsourced
    } else {
        StatementKind::Speech
    })
}

/// Whether any word of a cue is one of speech.
fn is_speech(text: &[char], cue: Span) -> bool {
    let words: String = slice(text, cue).chars().flat_map(char::to_lowercase).collect();
    let is_letter = |c: char| c.is_ascii_lowercase() || matches!(c, '\'' | '’' | '-');
    words.split(|c| !is_letter(c)).any(is_word_of_speech)
}

/// Pieces in order without punctuation at their ends, and without a "that" at the first.
fn cleaned(text: &[char], pieces: &[Span]) -> Vec<Span> {
    const THAT: usize = 4;
    let mut out: Vec<Span> = pieces.iter().filter(|piece| !piece.is_empty()).map(|&piece| trim(text, piece)).collect();
    out.sort_unstable();
    if let Some(first) = out.first_mut().filter(|first| first.len() > THAT) {
        let word = slice(text, Span::new(first.start, first.start + THAT));
        let rest = &text[first.start + THAT..first.end];
        let ends = !rest.first().is_some_and(|c| c.is_alphanumeric() || *c == '_');
        if ends && word.eq_ignore_ascii_case("that") && rest.iter().any(|c| c.is_alphanumeric()) {
            *first = trim(text, Span::new(first.start + THAT, first.end));
        }
    }
    out
}

/// How much there is of everything; those of several articles add up.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct ReportedCounts {
    /// Articles.
    pub articles: usize,
    /// Articles that the program read.
    pub predicted: usize,
    /// Annotated statements of [`StatementKind::Speech`].
    pub speech: usize,
    /// Statements found.
    pub found: usize,
    /// Found ones that are annotated as speech.
    pub right: usize,
    /// Found ones that are annotated, as whatever kind.
    pub right_any: usize,
    /// Those of `right` whose source is right too.
    pub right_source: usize,
    /// Those of `right_any` whose source is right too.
    pub right_any_source: usize,
    /// The likeness of the contents of `right`, added up.
    pub likeness: f64,
}

impl ReportedCounts {
    /// Adds those of another article.
    pub fn add(&mut self, other: &Self) {
        self.articles += other.articles;
        self.predicted += other.predicted;
        self.speech += other.speech;
        self.found += other.found;
        self.right += other.right;
        self.right_any += other.right_any;
        self.right_source += other.right_source;
        self.right_any_source += other.right_any_source;
        self.likeness += other.likeness;
    }
}

/// How good the engine is at finding reported speech.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ReportedFigures {
    /// Content right: of all found, those annotated as speech.
    pub strict: Rates,
    /// The same, but whatever is annotated is right where precision is concerned.
    pub any: Rates,
    /// Content and source right, precision as in `any`.
    pub with_source: Rates,
    /// Of the content that is right, that whose source is right.
    pub source: Share,
    /// What found and annotated contents have in common, of all that either has; none where nothing is right.
    pub likeness: Option<f64>,
}

impl ReportedFigures {
    /// The figures that follow from these counts.
    pub fn of(counts: &ReportedCounts) -> Self {
        let rates = |precise: usize, recalled: usize| {
            let precision = share(precise, counts.found);
            let recall = share(recalled, counts.speech);
            let sum = precision + recall;
            Rates { precision, recall, f1: if sum > 0.0 { 2.0 * precision * recall / sum } else { 0.0 } }
        };
        Self {
            strict: rates(counts.right, counts.right),
            any: rates(counts.right_any, counts.right),
            with_source: rates(counts.right_any_source, counts.right_source),
            source: Share { part: counts.right_source, whole: counts.right },
            likeness: (counts.right > 0).then(|| counts.likeness / counts.right as f64),
        }
    }
}

fn share(part: usize, whole: usize) -> f64 {
    if whole == 0 { 0.0 } else { part as f64 / whole as f64 }
}

/// What is wrong with a reported statement.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ReportedMistakeKind {
    /// Found, but not annotated so.
    Extra,
    /// Annotated, but not found.
    Missed,
    /// Found, but with another source.
    Source,
}

/// A reported statement that the engine is wrong about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReportedMistake {
    /// What is wrong.
    pub kind: ReportedMistakeKind,
    /// The words before it.
    pub before: String,
    /// Its words: as annotated where it is, else as found.
    pub words: String,
    /// The words after it.
    pub after: String,
    /// The source as annotated; empty where it is not.
    pub source: String,
    /// The words that were taken for the source.
    pub mention: Option<String>,
}

/// What the program found in an article.
#[derive(Debug, Clone, Copy)]
pub struct ReportedPrediction<'a> {
    /// The words as it read them.
    pub body: &'a Body,
    /// The quotations and their speakers.
    pub findings: &'a Findings,
    /// The reported statements.
    pub reported: &'a ReportedSpeech,
}

/// A statement found, in code points of the annotated text.
struct Found<'a> {
    contents: Vec<Span>,
    mention: Option<Span>,
    speaker: Option<&'a str>,
}

/// Scores the reported statements of an article against what its annotators marked; returns the counts and what is wrong.
/// An article without a prediction counts as one in which nothing was found.
pub fn score_reported(
    text: &str,
    attributions: &[Attribution],
    prediction: Option<ReportedPrediction<'_>>,
) -> (ReportedCounts, Vec<ReportedMistake>) {
    let text: Vec<char> = text.chars().collect();
    let wanted = annotated_statements(&text, attributions);
    let found = prediction.map(|prediction| found(&text, prediction)).unwrap_or_default();
    let is_speech = |statement: &AnnotatedStatement<'_>| statement.kind == StatementKind::Speech;
    let mut counts = ReportedCounts {
        articles: 1,
        predicted: usize::from(prediction.is_some()),
        speech: wanted.iter().filter(|statement| is_speech(statement)).count(),
        found: found.len(),
        ..ReportedCounts::default()
    };
    let (mut is_met, mut mistakes) = (vec![false; wanted.len()], Vec::new());
    for (found, met) in found.iter().zip(matches(&wanted, &found)) {
        let Some((at, likeness)) = met else {
            mistakes.push(mistake(ReportedMistakeKind::Extra, &text, &found.contents, None, Some(found)));
            continue;
        };
        is_met[at] = true;
        let is_source = is_right_source(&text, wanted[at].attribution, found);
        counts.right_any += 1;
        counts.right_any_source += usize::from(is_source);
        if is_speech(&wanted[at]) {
            counts.right += 1;
            counts.right_source += usize::from(is_source);
            counts.likeness += likeness;
            if !is_source {
                let contents = &wanted[at].contents;
                let attribution = Some(wanted[at].attribution);
                mistakes.push(mistake(ReportedMistakeKind::Source, &text, contents, attribution, Some(found)));
            }
        }
    }
    let missed = wanted.iter().zip(is_met).filter(|(statement, is_met)| !is_met && is_speech(statement));
    mistakes.extend(missed.map(|(statement, _)| {
        mistake(ReportedMistakeKind::Missed, &text, &statement.contents, Some(statement.attribution), None)
    }));
    (counts, mistakes)
}

fn found<'a>(text: &[char], prediction: ReportedPrediction<'a>) -> Vec<Found<'a>> {
    let alignment = Alignment::new(text, prediction.body.text());
    let statement = |statement: &'a crate::quotes::Reported| {
        let pieces: Vec<Span> = statement.pieces.iter().filter_map(|&piece| alignment.original(piece)).collect();
        let speaker = prediction.reported.speaker(prediction.findings, statement);
        let found = Found {
            contents: cleaned(text, &pieces),
            mention: alignment.original(statement.mention),
            speaker: speaker.map(|speaker| speaker.name.as_str()),
        };
        (!found.contents.is_empty()).then_some(found)
    };
    prediction.reported.statements.iter().filter_map(statement).collect()
}

/// For each statement found which of the annotated ones it is, and how much they have in common: one to one, the most alike
/// first, of equals what is to be found.
fn matches(wanted: &[AnnotatedStatement<'_>], found: &[Found<'_>]) -> Vec<Option<(usize, f64)>> {
    const FLOOR: f64 = 0.5;
    let mut pairs = Vec::new();
    for (i, want) in wanted.iter().enumerate() {
        let alike = found.iter().enumerate().map(|(j, found)| (likeness(&want.contents, &found.contents), i, j));
        pairs.extend(alike.filter(|pair| pair.0 >= FLOOR));
    }
    let rank = |pair: &(f64, usize, usize)| (wanted[pair.1].kind != StatementKind::Speech, pair.1, pair.2);
    pairs.sort_by(|a, b| b.0.partial_cmp(&a.0).unwrap_or(Ordering::Equal).then_with(|| rank(a).cmp(&rank(b))));
    let (mut of_found, mut is_taken) = (vec![None; found.len()], vec![false; wanted.len()]);
    for (likeness, i, j) in pairs {
        if of_found[j].is_none() && !is_taken[i] {
            of_found[j] = Some((i, likeness));
            is_taken[i] = true;
        }
    }
    of_found
}

fn total(spans: &[Span]) -> usize {
    spans.iter().map(|span| span.len()).sum()
}

fn shared(one: &[Span], other: &[Span]) -> usize {
    one.iter().map(|&a| other.iter().map(|&b| overlap(a, b)).sum::<usize>()).sum()
}

/// What both have in common, of all that either has.
fn likeness(one: &[Span], other: &[Span]) -> f64 {
    let shared = shared(one, other);
    if shared == 0 { 0.0 } else { shared as f64 / (total(one) + total(other) - shared) as f64 }
}

/// Whether the mention overlaps the source, or the source holds a name and the speaker has the same surname.
fn is_right_source(text: &[char], attribution: &Attribution, found: &Found<'_>) -> bool {
    let is_there = found.mention.is_some_and(|m| attribution.sources.iter().any(|&span| overlap(m, span) > 0));
    is_there || found.speaker.is_some_and(|speaker| names_same(&words_of(text, &attribution.sources), speaker))
}

fn words_of(text: &[char], spans: &[Span]) -> String {
    spans.iter().map(|&span| slice(text, span)).collect::<Vec<_>>().join(" ")
}

fn slice(text: &[char], span: Span) -> String {
    text[span.start.min(text.len())..span.end.min(text.len())].iter().collect()
}

fn mistake(
    kind: ReportedMistakeKind,
    text: &[char],
    contents: &[Span],
    attribution: Option<&Attribution>,
    found: Option<&Found<'_>>,
) -> ReportedMistake {
    /// How many characters are shown before and after.
    const AROUND: usize = 150;
    let first = contents.first().map_or(0, |span| span.start);
    let last = contents.last().map_or(first, |span| span.end);
    ReportedMistake {
        kind,
        before: slice(text, Span::new(first.saturating_sub(AROUND), first)),
        words: contents.iter().map(|&span| slice(text, span)).collect::<Vec<_>>().join(" … "),
        after: slice(text, Span::new(last, last + AROUND)),
        source: attribution.map(|attribution| words_of(text, &attribution.sources)).unwrap_or_default(),
        mention: found.and_then(|found| found.mention).map(|mention| slice(text, mention)),
    }
}
