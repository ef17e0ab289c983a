//! Whether confidence means something: of the speakers given with so much of it, how many are right.

/// The lower ends of the bins.
const LOWER_ENDS: [f32; 6] = [0.0, 0.5, 0.6, 0.7, 0.8, 0.9];

/// Speakers given, by confidence.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Calibration {
    bins: [Bin; LOWER_ENDS.len()],
}

/// Speakers given with about the same confidence.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Bin {
    /// How many.
    pub given: usize,
    /// How many of them are right.
    pub right: usize,
}

impl Calibration {
    /// Counts a speaker in.
    pub fn note(&mut self, confidence: f32, is_right: bool) {
        let above = LOWER_ENDS.iter().filter(|&&end| confidence >= end).count();
        let bin = &mut self.bins[above.saturating_sub(1)];
        bin.given += 1;
        bin.right += usize::from(is_right);
    }

    /// Adds those of another article.
    pub fn add(&mut self, other: &Self) {
        for (mine, theirs) in self.bins.iter_mut().zip(&other.bins) {
            mine.given += theirs.given;
            mine.right += theirs.right;
        }
    }

    /// The bins from unsure to sure, each with its lower and its upper end; the upper one is left out, but for 1.
    pub fn bins(&self) -> impl Iterator<Item = (f32, f32, Bin)> {
        let upper = LOWER_ENDS.into_iter().skip(1).chain([1.0]);
        LOWER_ENDS.into_iter().zip(upper).zip(self.bins).map(|((lower, upper), bin)| (lower, upper, bin))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_confidence_has_its_bin() {
        let mut calibration = Calibration::default();
        for (confidence, is_right) in [(0.0, false), (0.49, true), (0.5, true), (0.89, false), (0.9, true), (1.0, true)]
        {
            calibration.note(confidence, is_right);
        }
        let mut twice = calibration;
        twice.add(&calibration);
        let counts: Vec<_> = twice.bins().map(|(_, _, bin)| (bin.given, bin.right)).collect();
        assert_eq!(counts, [(4, 2), (2, 2), (0, 0), (0, 0), (2, 0), (4, 4)]);
        assert_eq!(twice.bins().map(|(lower, _, _)| lower).collect::<Vec<_>>(), LOWER_ENDS);
        assert!(twice.bins().last().is_some_and(|(lower, upper, _)| (0.9, 1.0) == (lower, upper)));
    }
}
