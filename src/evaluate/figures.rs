//! Figures from counts: precision, recall and what follows from them.

use super::calibration::CONFIDENT;
use super::counts::{Counts, FormCounts, SpeakerCounts};
use super::names::SourceForm;

/// Precision, recall and their harmonic mean; 0 where there is nothing to divide by.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Rates {
    /// Of what was given, how much is right.
    pub precision: f64,
    /// Of what is there, how much was found.
    pub recall: f64,
    /// Both in one.
    pub f1: f64,
}

/// A part of a whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Share {
    /// How many of them.
    pub part: usize,
    /// How many in all.
    pub whole: usize,
}

/// How good the engine is.
#[derive(Debug, Clone, PartialEq)]
pub struct Figures {
    /// Attributed segments, against all quotations found.
    pub attributed: Rates,
    /// Attributed segments, against the quotations with a speaker.
    pub spoken: Rates,
    /// All segments, against all quotations found.
    pub any: Rates,
    /// Of the segments without a source, those that were given a speaker.
    pub scare: Share,
    /// Of the segments of five words or more that somebody said, those that were taken for a term or a title.
    pub long_as_term: Share,
    /// Neighbouring segments of one attribution, against those in one statement.
    pub joins: Rates,
    /// Segments with a source that is marked.
    pub mention: SpeakerFigures,
    /// Segments whose speaker is known by full name; nothing where no article has such labels.
    pub entity: Option<SpeakerFigures>,
}

/// How good the engine is at saying who speaks.
#[derive(Debug, Clone, PartialEq)]
pub struct SpeakerFigures {
    /// Segments that somebody said, against those that were given a speaker.
    pub rates: Rates,
    /// How many segments somebody said.
    pub said: usize,
    /// Speakers given that are wrong, those of segments that nobody said included.
    pub false_speakers: usize,
    /// Of the segments whose source has a form, those that were given the right speaker.
    pub forms: [(SourceForm, Share); 4],
    /// The same of the segments where no source is marked.
    pub unmarked: Share,
    /// Of the speakers given with a confidence of [`CONFIDENT`] or more, those that are right.
    pub confident_right: Share,
    /// Of all speakers given, those with so much confidence.
    pub confident: Share,
}

impl Rates {
    fn of(right: usize, given: usize, wanted: usize) -> Self {
        let (precision, recall) = (ratio(right, given).unwrap_or(0.0), ratio(right, wanted).unwrap_or(0.0));
        let sum = precision + recall;
        let f1 = if sum > 0.0 { 2.0 * precision * recall / sum } else { 0.0 };
        Self { precision, recall, f1 }
    }
}

impl Share {
    /// The part as a fraction; nothing of nothing.
    pub fn rate(self) -> Option<f64> {
        ratio(self.part, self.whole)
    }
}

fn ratio(part: usize, whole: usize) -> Option<f64> {
    (whole > 0).then(|| part as f64 / whole as f64)
}

impl From<FormCounts> for Share {
    fn from(FormCounts { segments, right }: FormCounts) -> Self {
        Self { part: right, whole: segments }
    }
}

impl SpeakerFigures {
    fn of(counts: &SpeakerCounts) -> Self {
        let said = counts.forms.iter().chain([&counts.unmarked]).map(|form| form.segments).sum();
        let false_speakers = counts.wrong + counts.invented;
        let (confident, given) = (counts.calibration.above(CONFIDENT), counts.calibration.above(0.0).given);
        Self {
            rates: Rates::of(counts.right, counts.right + false_speakers, said),
            said,
            false_speakers,
            forms: SourceForm::ALL.map(|form| (form, counts.forms[form as usize].into())),
            unmarked: counts.unmarked.into(),
            confident_right: Share { part: confident.right, whole: confident.given },
            confident: Share { part: confident.given, whole: given },
        }
    }
}

impl Figures {
    /// The figures that follow from these counts.
    pub fn of(counts: &Counts) -> Self {
        Self {
            attributed: Rates::of(counts.matched_attributed, counts.found, counts.attributed),
            spoken: Rates::of(counts.matched_spoken, counts.found_spoken, counts.attributed),
            any: Rates::of(counts.matched, counts.found, counts.segments),
            scare: Share { part: counts.mention.invented, whole: counts.segments - counts.attributed },
            long_as_term: Share { part: counts.long_as_term, whole: counts.long },
            joins: Rates::of(counts.joins.right, counts.joins.joined, counts.joins.split),
            mention: SpeakerFigures::of(&counts.mention),
            entity: (counts.labels.articles > 0).then(|| SpeakerFigures::of(&counts.entity)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::evaluate::LabelCounts;

    #[test]
    fn rate_of_nothing_is_none() {
        let figures = Figures::of(&Counts::default());
        assert_eq!(figures.mention.rates, Rates { precision: 0.0, recall: 0.0, f1: 0.0 });
        assert_eq!(figures.scare.rate(), None);
        assert_eq!((figures.entity, figures.long_as_term.rate()), (None, None));
    }

    #[test]
    fn speaker_of_unattributed_words_is_false() {
        let mut mention = SpeakerCounts { right: 2, wrong: 1, invented: 1, ..SpeakerCounts::default() };
        mention.forms[SourceForm::Pronoun as usize] = FormCounts { segments: 4, right: 2 };
        let figures = Figures::of(&Counts { segments: 5, attributed: 4, mention, ..Counts::default() });
        let SpeakerFigures { rates, false_speakers, forms, .. } = figures.mention;
        assert_eq!((rates.precision, rates.recall, false_speakers), (0.5, 0.5, 2));
        assert_eq!(figures.scare, Share { part: 1, whole: 1 });
        assert_eq!(forms[1], (SourceForm::Pronoun, Share { part: 2, whole: 4 }));
    }

    #[test]
    fn entity_counts_where_no_source_is_marked() {
        let unmarked = FormCounts { segments: 4, right: 3 };
        let entity = SpeakerCounts { right: 3, unmarked, ..SpeakerCounts::default() };
        let labels = LabelCounts { articles: 1, ..LabelCounts::default() };
        let figures = Figures::of(&Counts { entity, labels, ..Counts::default() }).entity.unwrap();
        assert_eq!((figures.rates.precision, figures.rates.recall, figures.said), (1.0, 0.75, 4));
        assert_eq!(figures.unmarked, Share { part: 3, whole: 4 });
    }
}
