//! What is right and what is wrong in one article.

use super::align::Alignment;
use super::counts::Counts;
use super::entity::{Label, Speakers};
use super::mistake::{Given, Mistake, MistakeKind};
use super::names::{SourceForm, names_same};
use super::segments::segments;
use super::spans::{matches, overlap, trim};
use super::standoff::Attribution;
use super::statements::{JoinCounts, Part};
use super::{Prediction, is_blank};
use crate::quotes::Quotation;
use crate::text::Span;

/// How much of a segment a quotation must cover to speak for it where the two are not alike.
const COVERED: f64 = 0.5;

/// How many words a segment has at least that can hardly be a term.
const LONG: usize = 5;

/// What came of an article.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Score {
    /// The counts.
    pub counts: Counts,
    /// The segments whose source was not found, or that were given one though they have none.
    pub mistakes: Vec<Mistake>,
    /// The segments that were given another person than the one who speaks, or nobody, or somebody though it is nobody.
    pub entity_mistakes: Vec<Mistake>,
}

/// A quotation found, in code points of the annotated text.
struct Found<'a> {
    /// Trimmed.
    span: Span,
    mention: Option<Span>,
    speaker: Option<&'a str>,
    /// Of which statement it is a part.
    statement: Option<usize>,
    quotation: &'a Quotation,
}

impl Found<'_> {
    fn is_spoken(&self) -> bool {
        self.mention.is_some() || self.speaker.is_some()
    }
}

/// A segment, and whose words it is.
struct Segment<'a> {
    /// Which of the article's segments.
    number: usize,
    span: Span,
    attribution: Option<&'a Attribution>,
    label: Option<&'a Label>,
}

impl Segment<'_> {
    fn sources(&self) -> &[Span] {
        self.attribution.map_or(&[], |attribution| &attribution.sources)
    }

    /// Whether they are somebody's words: by their label, or else by the annotators.
    fn is_said(&self) -> bool {
        match self.label {
            Some(Label::Somebody(_)) => true,
            Some(Label::Nobody) => false,
            Some(Label::Unknown) | None => self.attribution.is_some(),
        }
    }
}

/// Scores the prediction for an article against what its annotators marked, and against who speaks by full name where
/// that is known. All of theirs counts code points of `text`; an article without a prediction counts as one in which
/// nothing was found.
pub fn score(
    text: &str,
    attributions: &[Attribution],
    speakers: Option<&Speakers>,
    prediction: Option<Prediction<'_>>,
) -> Score {
    let text: Vec<char> = text.chars().collect();
    let segment = |(number, span)| {
        let label = speakers.and_then(|speakers| speakers.label(number));
        Segment { number, span, attribution: owner(span, attributions), label }
    };
    let segments: Vec<_> = segments(&text).into_iter().enumerate().map(segment).collect();
    let wanted: Vec<Span> = segments.iter().map(|segment| trim(&text, segment.span)).collect();
    let all = prediction.map(|prediction| found(&text, prediction)).unwrap_or_default();
    let total = all.len();
    let found: Vec<_> = all.into_iter().filter(|f| wanted.iter().any(|&want| overlap(want, f.span) > 0)).collect();

    let mut score = Score::default();
    score.counts.articles = 1;
    score.counts.predicted = usize::from(prediction.is_some());
    score.counts.outside = total - found.len();
    score.counts.labels.articles = usize::from(speakers.is_some());
    score.counts.add_extraction(&segments, &wanted, &found);
    let taken = taken(&wanted, &found);
    score.counts.joins = JoinCounts::of(&parts(&text, &segments, &taken, &found, attributions));
    for (segment, taken) in segments.iter().zip(taken) {
        let found = taken.map(|at| &found[at]);
        score.counts.add_kind(&text, segment, found);
        score.add_mention(&text, segment, found);
        if let Some(speakers) = speakers {
            score.add_entity(&text, segment, found, speakers);
        }
    }
    score
}

/// The attributed segments, each with its attribution and its statement.
fn parts(
    text: &[char],
    segments: &[Segment<'_>],
    taken: &[Option<usize>],
    found: &[Found<'_>],
    attributions: &[Attribution],
) -> Vec<Part> {
    let mut before: Option<Span> = None;
    let part = |(segment, taken): (&Segment<'_>, &Option<usize>)| {
        let own = segment.attribution?;
        let attribution = attributions.iter().position(|attribution| std::ptr::eq(attribution, own))?;
        let between = before.replace(segment.span).map(|before| Span::new(before.end, segment.span.start));
        let goes_on = between.is_some_and(|between| {
            let first = text.get(between.start);
            first == Some(&'\n') || !text[between.start..between.end].contains(&'\n')
        });
        Some(Part { attribution, statement: taken.and_then(|at| found[at].statement), goes_on })
    };
    segments.iter().zip(taken).filter_map(part).collect()
}

/// The attribution that covers most of a segment, and at least half of it.
fn owner(segment: Span, attributions: &[Attribution]) -> Option<&Attribution> {
    let (mut best, mut most) = (None, 0);
    for attribution in attributions {
        let covered: usize = attribution.contents.iter().map(|&content| overlap(segment, content)).sum();
        if covered > most {
            (best, most) = (Some(attribution), covered);
        }
    }
    best.filter(|_| most as f64 >= COVERED * segment.len() as f64)
}

fn found<'a>(text: &[char], prediction: Prediction<'a>) -> Vec<Found<'a>> {
    let alignment = Alignment::new(text, prediction.body.text());
    let mut statement_of = vec![None; prediction.findings.quotations.len()];
    for (statement, runs) in prediction.findings.statements().into_iter().enumerate() {
        for run in runs {
            statement_of[run] = Some(statement);
        }
    }
    let found = prediction.findings.quotations.iter().zip(statement_of).filter_map(|(quotation, statement)| {
        let speaker = prediction.findings.speaker_of(quotation).map(|speaker| speaker.name.as_str());
        Some(Found {
            span: trim(text, alignment.original(quotation.span)?),
            mention: quotation.mention.and_then(|mention| alignment.original(mention)),
            speaker: speaker.filter(|name| !name.chars().all(is_blank)),
            statement,
            quotation,
        })
    });
    found.collect()
}

/// Which quotation speaks for each segment: the one that matches it, else one that covers at least half of it.
fn taken(wanted: &[Span], found: &[Found<'_>]) -> Vec<Option<usize>> {
    let spans: Vec<Span> = found.iter().map(|f| f.span).collect();
    let mut taken = matches(wanted, &spans);
    for (slot, &want) in taken.iter_mut().zip(wanted) {
        if slot.is_none() && !want.is_empty() {
            *slot = covering(want, found);
        }
    }
    taken
}

/// The quotation that covers most of a segment, and half of it at least; of equals one with a speaker, then the first.
fn covering(want: Span, found: &[Found<'_>]) -> Option<usize> {
    let rank = |index: &usize| (overlap(want, found[*index].span), found[*index].is_spoken());
    let best = (0..found.len()).rev().max_by_key(rank)?;
    (rank(&best).0 as f64 / want.len() as f64 >= COVERED).then_some(best)
}

impl Counts {
    fn add_extraction(&mut self, segments: &[Segment<'_>], wanted: &[Span], found: &[Found<'_>]) {
        let spans_of = |found: &mut dyn Iterator<Item = &Found<'_>>| found.map(|f| f.span).collect::<Vec<_>>();
        let all = spans_of(&mut found.iter());
        let spoken = spans_of(&mut found.iter().filter(|f| f.is_spoken()));
        let attributed = |matched: &[Option<usize>]| {
            segments.iter().zip(matched).filter(|(s, m)| s.attribution.is_some() && m.is_some()).count()
        };
        let matched = matches(wanted, &all);
        self.segments = segments.len();
        self.attributed = segments.iter().filter(|segment| segment.attribution.is_some()).count();
        self.found = all.len();
        self.found_spoken = spoken.len();
        self.matched = matched.iter().flatten().count();
        self.matched_attributed = attributed(&matched);
        self.matched_spoken = attributed(&matches(wanted, &spoken));
    }

    /// Whether somebody's words, too many for a term, were taken for a term or a title.
    fn add_kind(&mut self, text: &[char], segment: &Segment<'_>, found: Option<&Found<'_>>) {
        let is_word = |word: &&str| word.contains(char::is_alphanumeric);
        if segment.is_said() && slice(text, segment.span).split(is_blank).filter(is_word).count() >= LONG {
            self.long += 1;
            self.long_as_term += usize::from(found.is_some_and(|found| !found.quotation.is_spoken()));
        }
    }
}

impl Score {
    /// Holds the segment against the source that the annotators marked.
    fn add_mention(&mut self, text: &[char], segment: &Segment<'_>, found: Option<&Found<'_>>) {
        let spoken = found.filter(|found| found.is_spoken());
        let confidence = spoken.map(|found| found.quotation.confidence);
        let source = source_words(text, segment);
        let mention = &mut self.counts.mention;
        let kind = if let Some(form) = form(segment, &source) {
            let is_right = spoken.is_some_and(|found| is_right(segment, &source, found));
            mention.add_said(Some(form), confidence, is_right)
        } else if segment.attribution.is_none() {
            self.counts.scare_found += usize::from(found.is_some());
            mention.add_unsaid(confidence)
        } else {
            // Somebody's, but the annotators did not say whose: neither right nor wrong.
            None
        };
        self.mistakes.extend(kind.map(|kind| mistake(kind, source, text, segment, found)));
    }

    /// Holds the segment against who speaks, by full name.
    fn add_entity(&mut self, text: &[char], segment: &Segment<'_>, found: Option<&Found<'_>>, speakers: &Speakers) {
        let shown = found.and_then(|found| found.speaker);
        let confidence = found.filter(|_| shown.is_some()).map(|found| found.quotation.confidence);
        let (entity, labels) = (&mut self.counts.entity, &mut self.counts.labels);
        let (kind, name) = match segment.label {
            Some(Label::Somebody(name)) => {
                let is_right = shown.is_some_and(|shown| speakers.is_same(shown, name));
                let form = form(segment, &source_words(text, segment));
                (entity.add_said(form, confidence, is_right), name.as_str())
            }
            Some(Label::Nobody) => {
                labels.nobody += 1;
                (entity.add_unsaid(confidence), "")
            }
            Some(Label::Unknown) => {
                labels.unknown += 1;
                (None, "")
            }
            None => {
                labels.unlabelled += 1;
                (None, "")
            }
        };
        self.entity_mistakes.extend(kind.map(|kind| mistake(kind, name.to_owned(), text, segment, found)));
    }
}

/// The form of the source; nothing where none is marked.
fn form(segment: &Segment<'_>, source: &str) -> Option<SourceForm> {
    (!segment.sources().is_empty()).then(|| SourceForm::of(source))
}

/// Whether the mention overlaps the source, or the source holds a name and the speaker has the same surname.
fn is_right(segment: &Segment<'_>, source: &str, found: &Found<'_>) -> bool {
    let is_there = found.mention.is_some_and(|m| segment.sources().iter().any(|&span| overlap(m, span) > 0));
    is_there || found.speaker.is_some_and(|speaker| names_same(source, speaker))
}

fn source_words(text: &[char], segment: &Segment<'_>) -> String {
    segment.sources().iter().map(|&span| slice(text, span)).collect::<Vec<_>>().join(" ")
}

fn slice(text: &[char], span: Span) -> String {
    text[span.start.min(text.len())..span.end.min(text.len())].iter().collect()
}

/// `source`: whose words they are.
fn mistake(
    kind: MistakeKind,
    source: String,
    text: &[char],
    segment: &Segment<'_>,
    found: Option<&Found<'_>>,
) -> Mistake {
    /// How many characters are shown before and after.
    const BEFORE: usize = 200;
    const AFTER: usize = 150;
    let Span { start, end } = segment.span;
    Mistake {
        kind,
        segment: segment.number,
        before: slice(text, Span::new(start.saturating_sub(BEFORE), start)),
        words: slice(text, segment.span),
        after: slice(text, Span::new(end, end + AFTER)),
        source,
        given: found.map(|found| Given {
            speaker: found.speaker.map(str::to_owned),
            mention: found.mention.map(|span| slice(text, span)),
            confidence: found.quotation.confidence,
            reason: found.quotation.reason.0.clone(),
        }),
    }
}
