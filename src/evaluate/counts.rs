//! How much there is of everything: what figures follow from.

use super::calibration::Calibration;
use super::mistake::MistakeKind;
use super::names::SourceForm;
use super::statements::JoinCounts;

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
    /// Segments of five words or more that somebody said, by the speakers of the article, or else its annotators.
    pub long: usize,
    /// Those that were taken for a term or a title.
    pub long_as_term: usize,
    /// Pairs of neighbouring segments, by attribution and by statement.
    pub joins: JoinCounts,
    /// Segments by the source that the annotators marked.
    pub mention: SpeakerCounts,
    /// Segments by who speaks, by full name.
    pub entity: SpeakerCounts,
    /// What else is known of who speaks.
    pub labels: LabelCounts,
}

/// The segments of which it is known whose they are.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct SpeakerCounts {
    /// Those whose speaker is right.
    pub right: usize,
    /// Those that somebody else was given.
    pub wrong: usize,
    /// Those of nobody that were given a speaker.
    pub invented: usize,
    /// Those of somebody by the form of the source, in the order of [`SourceForm::ALL`].
    pub forms: [FormCounts; 4],
    /// Those of somebody where no source is marked.
    pub unmarked: FormCounts,
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

/// What the labels of who speaks say, beside names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct LabelCounts {
    /// Articles that have labels.
    pub articles: usize,
    /// Segments that are nobody's words.
    pub nobody: usize,
    /// Segments of which nobody can say.
    pub unknown: usize,
    /// Segments that have no label, though others of the article do.
    pub unlabelled: usize,
}

impl SpeakerCounts {
    /// Counts in a segment that somebody said: the form of its source where one is marked, how sure the engine is of
    /// the speaker that it gives, and whether that is right. Returns what is wrong.
    pub fn add_said(
        &mut self,
        form: Option<SourceForm>,
        confidence: Option<f32>,
        is_right: bool,
    ) -> Option<MistakeKind> {
        let of_form = form.map_or(&mut self.unmarked, |form| &mut self.forms[form as usize]);
        of_form.segments += 1;
        of_form.right += usize::from(is_right);
        let Some(confidence) = confidence else { return Some(MistakeKind::Missed) };
        self.calibration.note(confidence, is_right);
        self.right += usize::from(is_right);
        self.wrong += usize::from(!is_right);
        (!is_right).then_some(MistakeKind::Wrong)
    }

    /// Counts in a segment that nobody said: how sure the engine is of a speaker, if it gives one. Returns what is
    /// wrong.
    pub fn add_unsaid(&mut self, confidence: Option<f32>) -> Option<MistakeKind> {
        confidence.map(|confidence| {
            self.calibration.note(confidence, false);
            self.invented += 1;
            MistakeKind::Invented
        })
    }

    fn add(&mut self, other: &Self) {
        self.right += other.right;
        self.wrong += other.wrong;
        self.invented += other.invented;
        for (mine, theirs) in self.forms.iter_mut().zip(&other.forms) {
            mine.add(*theirs);
        }
        self.unmarked.add(other.unmarked);
        self.calibration.add(&other.calibration);
    }
}

impl FormCounts {
    fn add(&mut self, other: Self) {
        self.segments += other.segments;
        self.right += other.right;
    }
}

impl LabelCounts {
    fn add(&mut self, other: Self) {
        self.articles += other.articles;
        self.nobody += other.nobody;
        self.unknown += other.unknown;
        self.unlabelled += other.unlabelled;
    }
}

impl Counts {
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
        self.long += other.long;
        self.long_as_term += other.long_as_term;
        self.joins.add(other.joins);
        self.mention.add(&other.mention);
        self.entity.add(&other.entity);
        self.labels.add(other.labels);
    }
}
