//! What is right and what is wrong in one article.

use super::align::Alignment;
use super::calibration::Calibration;
use super::names::{SourceForm, names_same};
use super::segments::segments;
use super::spans::{matches, overlap, trim};
use super::standoff::Attribution;
use super::{Prediction, is_blank};
use crate::quotes::Quotation;
use crate::text::Span;

/// How much of a segment a quotation must cover to speak for it where the two are not alike.
const COVERED: f64 = 0.5;

/// What came of an article.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Score {
    /// The counts.
    pub counts: Counts,
    /// The segments whose source was not found, or that were given one though they have none.
    pub mistakes: Vec<Mistake>,
}

/// How much there is of everything; those of several articles add up.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Counts {
    /// Articles.
    pub articles: usize,
    /// Articles that the program read.
    pub predicted: usize,
    /// Runs of words between double marks.
    pub segments: usize,
    /// Those that have a source, by the annotators.
    pub attributed: usize,
    /// Quotations found that touch a segment.
    pub found: usize,
    /// Those that were given a speaker.
    pub found_spoken: usize,
    /// Quotations found that touch none: single marks, marks that do not pair.
    pub outside: usize,
    /// Segments that were found.
    pub matched: usize,
    /// Attributed segments that were found.
    pub matched_attributed: usize,
    /// Attributed segments that were found among the quotations with a speaker.
    pub matched_spoken: usize,
    /// Segments without a source for which a quotation was found: scare quotes and titles.
    pub scare_found: usize,
    /// Those that were given a speaker.
    pub scare_spoken: usize,
    /// Segments with a source whose speaker is right.
    pub right: usize,
    /// Segments with a source whose speaker is wrong.
    pub wrong: usize,
    /// Segments with a source, by its form, in the order of [`SourceForm::ALL`].
    pub forms: [FormCounts; 4],
    /// How the confidence of those with a speaker bears out.
    pub calibration: Calibration,
}

/// The segments whose source has one form.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct FormCounts {
    /// How many.
    pub segments: usize,
    /// How many were given the right speaker.
    pub right: usize,
}

/// A segment that the engine is wrong about.
#[derive(Debug, Clone, PartialEq)]
pub struct Mistake {
    /// What is wrong.
    pub kind: MistakeKind,
    /// Which of the article's segments.
    pub segment: usize,
    /// The words before the segment.
    pub before: String,
    /// The words of the segment.
    pub words: String,
    /// The words after it.
    pub after: String,
    /// Whose words they are, as the article names the source; empty where it names none.
    pub source: String,
    /// What the engine says; nothing where it found no quotation.
    pub given: Option<Given>,
}

/// What is wrong with a segment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MistakeKind {
    /// The speaker is not the source.
    Wrong,
    /// It has a source, and was given no speaker.
    Missed,
    /// It has no source, and was given a speaker.
    Invented,
}

/// What the engine says about a quotation.
#[derive(Debug, Clone, PartialEq)]
pub struct Given {
    /// Who spoke it.
    pub speaker: Option<String>,
    /// The words that rests on.
    pub mention: Option<String>,
    /// How sure it is.
    pub confidence: f32,
    /// Why.
    pub reason: String,
}

/// A quotation found, in code points of the annotated text.
struct Found<'a> {
    /// Trimmed.
    span: Span,
    mention: Option<Span>,
    speaker: Option<&'a str>,
    quotation: &'a Quotation,
}

impl Found<'_> {
    fn is_spoken(&self) -> bool {
        self.mention.is_some() || self.speaker.is_some()
    }
}

/// A segment, and whose words it is.
struct Segment<'a> {
    span: Span,
    attribution: Option<&'a Attribution>,
}

impl Segment<'_> {
    fn sources(&self) -> &[Span] {
        self.attribution.map_or(&[], |attribution| &attribution.sources)
    }
}

/// Scores the prediction for an article against what its annotators marked. All of theirs counts code points of `text`;
/// an article without a prediction counts as one in which nothing was found.
pub fn score(text: &str, attributions: &[Attribution], prediction: Option<Prediction<'_>>) -> Score {
    let text: Vec<char> = text.chars().collect();
    let segments = segments(&text).into_iter().map(|span| Segment { span, attribution: owner(span, attributions) });
    let segments: Vec<_> = segments.collect();
    let wanted: Vec<Span> = segments.iter().map(|segment| trim(&text, segment.span)).collect();
    let all = prediction.map(|prediction| found(&text, prediction)).unwrap_or_default();
    let total = all.len();
    let found: Vec<_> = all.into_iter().filter(|f| wanted.iter().any(|&want| overlap(want, f.span) > 0)).collect();

    let mut score = Score::default();
    score.counts.articles = 1;
    score.counts.predicted = usize::from(prediction.is_some());
    score.counts.outside = total - found.len();
    score.counts.add_extraction(&segments, &wanted, &found);
    for (index, taken) in taken(&wanted, &found).into_iter().enumerate() {
        score.add_segment(&text, &segments[index], index, taken.map(|at| &found[at]));
    }
    score
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
    let found = prediction.findings.quotations.iter().filter_map(|quotation| {
        let speaker = prediction.findings.speaker_of(quotation).map(|speaker| speaker.name.as_str());
        Some(Found {
            span: trim(text, alignment.original(quotation.span)?),
            mention: quotation.mention.and_then(|mention| alignment.original(mention)),
            speaker: speaker.filter(|name| !name.chars().all(is_blank)),
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

    /// Adds those of another article.
    pub fn add(&mut self, other: &Self) {
        self.articles += other.articles;
        self.predicted += other.predicted;
        self.segments += other.segments;
        self.attributed += other.attributed;
        self.found += other.found;
        self.found_spoken += other.found_spoken;
        self.outside += other.outside;
        self.matched += other.matched;
        self.matched_attributed += other.matched_attributed;
        self.matched_spoken += other.matched_spoken;
        self.scare_found += other.scare_found;
        self.scare_spoken += other.scare_spoken;
        self.right += other.right;
        self.wrong += other.wrong;
        for (mine, theirs) in self.forms.iter_mut().zip(&other.forms) {
            mine.segments += theirs.segments;
            mine.right += theirs.right;
        }
        self.calibration.add(&other.calibration);
    }
}

impl Score {
    fn add_segment(&mut self, text: &[char], segment: &Segment<'_>, index: usize, found: Option<&Found<'_>>) {
        let spoken = found.filter(|found| found.is_spoken());
        if segment.attribution.is_none() {
            self.counts.scare_found += usize::from(found.is_some());
            self.counts.scare_spoken += usize::from(spoken.is_some());
        }
        let kind = if segment.sources().is_empty() {
            // Somebody's, but the annotators did not say whose: neither right nor wrong.
            let invented = spoken.filter(|_| segment.attribution.is_none());
            invented.map(|found| {
                self.counts.calibration.note(found.quotation.confidence, false);
                MistakeKind::Invented
            })
        } else {
            self.add_sourced(text, segment, spoken)
        };
        self.mistakes.extend(kind.map(|kind| mistake(kind, text, segment, index, found)));
    }

    fn add_sourced(&mut self, text: &[char], segment: &Segment<'_>, spoken: Option<&Found<'_>>) -> Option<MistakeKind> {
        let source = source_words(text, segment);
        let is_right = spoken.is_some_and(|found| is_right(segment, &source, found));
        let form = &mut self.counts.forms[SourceForm::of(&source) as usize];
        form.segments += 1;
        form.right += usize::from(is_right);
        let Some(found) = spoken else { return Some(MistakeKind::Missed) };
        self.counts.calibration.note(found.quotation.confidence, is_right);
        self.counts.right += usize::from(is_right);
        self.counts.wrong += usize::from(!is_right);
        (!is_right).then_some(MistakeKind::Wrong)
    }
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

fn mistake(
    kind: MistakeKind,
    text: &[char],
    segment: &Segment<'_>,
    index: usize,
    found: Option<&Found<'_>>,
) -> Mistake {
    /// How many characters are shown before and after.
    const BEFORE: usize = 200;
    const AFTER: usize = 150;
    let Span { start, end } = segment.span;
    Mistake {
        kind,
        segment: index,
        before: slice(text, Span::new(start.saturating_sub(BEFORE), start)),
        words: slice(text, segment.span),
        after: slice(text, Span::new(end, end + AFTER)),
        source: source_words(text, segment),
        given: found.map(|found| Given {
            speaker: found.speaker.map(str::to_owned),
            mention: found.mention.map(|span| slice(text, span)),
            confidence: found.quotation.confidence,
            reason: found.quotation.reason.0.clone(),
        }),
    }
}
