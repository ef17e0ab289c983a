//! Figures from counts: precision, recall and what follows from them.

use super::names::SourceForm;
use super::score::{Counts, FormCounts};

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
    /// Segments with a source, against those that were given a speaker.
    pub mention: Rates,
    /// How many segments have a source.
    pub sourced: usize,
    /// Speakers given that are wrong, those of segments without a source included.
    pub false_speakers: usize,
    /// Of the segments whose source has a form, those that were given the right speaker.
    pub forms: [(SourceForm, Share); 4],
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

impl Figures {
    /// The figures that follow from these counts.
    pub fn of(counts: &Counts) -> Self {
        let sourced = counts.forms.iter().map(|form| form.segments).sum();
        let false_speakers = counts.wrong + counts.scare_spoken;
        let share = |form: FormCounts| Share { part: form.right, whole: form.segments };
        Self {
            attributed: Rates::of(counts.matched_attributed, counts.found, counts.attributed),
            spoken: Rates::of(counts.matched_spoken, counts.found_spoken, counts.attributed),
            any: Rates::of(counts.matched, counts.found, counts.segments),
            scare: Share { part: counts.scare_spoken, whole: counts.segments - counts.attributed },
            mention: Rates::of(counts.right, counts.right + false_speakers, sourced),
            sourced,
            false_speakers,
            forms: SourceForm::ALL.map(|form| (form, share(counts.forms[form as usize]))),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rate_of_nothing_is_none() {
        let figures = Figures::of(&Counts::default());
        assert_eq!(figures.mention, Rates { precision: 0.0, recall: 0.0, f1: 0.0 });
        assert_eq!(figures.scare.rate(), None);
    }

    #[test]
    fn speaker_of_unattributed_words_is_false() {
        let mut counts =
            Counts { segments: 5, attributed: 4, right: 2, wrong: 1, scare_spoken: 1, ..Counts::default() };
        counts.forms[SourceForm::Pronoun as usize] = FormCounts { segments: 4, right: 2 };
        let figures = Figures::of(&counts);
        assert_eq!((figures.mention.precision, figures.mention.recall, figures.false_speakers), (0.5, 0.5, 2));
        assert_eq!(figures.scare, Share { part: 1, whole: 1 });
        assert_eq!(figures.forms[1], (SourceForm::Pronoun, Share { part: 2, whole: 4 }));
    }
}
