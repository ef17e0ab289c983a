//! Whether confidence means something: of the speakers given with so much of it, how many are right.

/// The lower ends of the finest bins, which are kept.
pub const FINE_BINS: &[f32] = &[0.0, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.98];

/// The same with one bin for all that is sure.
pub const COARSE_BINS: &[f32] = &[0.0, 0.5, 0.6, 0.7, 0.8, 0.9];

/// Speakers with at least so much confidence are to be relied on.
pub const CONFIDENT: f32 = 0.9;

/// Speakers given, by confidence.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Calibration {
    bins: [Bin; FINE_BINS.len()],
}

/// Speakers given with about the same confidence.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Bin {
    /// How many.
    pub given: usize,
    /// How many of them are right.
    pub right: usize,
}

impl Bin {
    fn add(&mut self, other: Self) {
        self.given += other.given;
        self.right += other.right;
    }
}

impl Calibration {
    /// Counts a speaker in.
    pub fn note(&mut self, confidence: f32, is_right: bool) {
        let above = FINE_BINS.iter().filter(|&&end| confidence >= end).count();
        self.bins[above.saturating_sub(1)].add(Bin { given: 1, right: is_right.into() });
    }

    /// Adds those of another article.
    pub fn add(&mut self, other: &Self) {
        for (mine, theirs) in self.bins.iter_mut().zip(other.bins) {
            mine.add(theirs);
        }
    }

    /// The bins that begin at these ends of finer ones, from unsure to sure, each with its lower and its upper end; the
    /// upper one is left out, but for 1.
    pub fn bins<'a>(&'a self, lower_ends: &'a [f32]) -> impl Iterator<Item = (f32, f32, Bin)> + 'a {
        let upper_ends = lower_ends.iter().skip(1).copied().chain([f32::INFINITY]);
        lower_ends.iter().zip(upper_ends).map(|(&lower, upper)| (lower, upper.min(1.0), self.within(lower, upper)))
    }

    /// The speakers given with this confidence or more: the lower end of a bin.
    pub fn above(&self, lower: f32) -> Bin {
        self.within(lower, f32::INFINITY)
    }

    fn within(&self, lower: f32, upper: f32) -> Bin {
        let mut sum = Bin::default();
        for (_, bin) in FINE_BINS.iter().zip(self.bins).filter(|(end, _)| (lower..upper).contains(*end)) {
            sum.add(bin);
        }
        sum
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
        let counts: Vec<_> = twice.bins(COARSE_BINS).map(|(_, _, bin)| (bin.given, bin.right)).collect();
        assert_eq!(counts, [(4, 2), (2, 2), (0, 0), (0, 0), (2, 0), (4, 4)]);
        assert_eq!(twice.bins(COARSE_BINS).map(|(lower, _, _)| lower).collect::<Vec<_>>(), COARSE_BINS);
        assert!(twice.bins(COARSE_BINS).last().is_some_and(|(lower, upper, _)| (0.9, 1.0) == (lower, upper)));
    }

    #[test]
    fn bins_of_what_is_sure_add_up() {
        let mut calibration = Calibration::default();
        for (confidence, is_right) in
            [(0.89, false), (0.9, true), (0.949, false), (0.95, true), (0.98, true), (1.0, true)]
        {
            calibration.note(confidence, is_right);
        }
        let counts: Vec<_> = calibration.bins(FINE_BINS).skip(4).map(|(_, _, bin)| (bin.given, bin.right)).collect();
        assert_eq!(counts, [(1, 0), (2, 1), (1, 1), (2, 2)]);
        assert_eq!(calibration.above(0.9), Bin { given: 5, right: 4 });
        assert_eq!(calibration.above(0.0), Bin { given: 6, right: 4 });
    }
}
