//! Whether the runs of a split quotation are joined into one statement, and no others.

/// Pairs of attributed segments that follow each other, whatever stands in marks between them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct JoinCounts {
    /// Those that the annotators gave to one attribution, and that one paragraph holds, or of which the first is left open:
    /// parts of a split quotation.
    pub split: usize,
    /// Those whose quotations are in one statement.
    pub joined: usize,
    /// Those of which both is true.
    pub right: usize,
}

/// An attributed segment: which attribution it belongs to, and of which statement its quotation is a part.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Part {
    /// The number of the attribution.
    pub attribution: usize,
    /// The number of the statement; none where the segment was not found, or is not spoken.
    pub statement: Option<usize>,
    /// Whether it stands in the paragraph of the part before it, or that part was left open.
    pub goes_on: bool,
}

impl JoinCounts {
    /// Counts the pairs among attributed segments in the order of the text.
    pub fn of(parts: &[Part]) -> Self {
        let mut counts = Self::default();
        for pair in parts.windows(2) {
            let is_split = pair[1].goes_on && pair[0].attribution == pair[1].attribution;
            let is_joined = pair[0].statement.is_some() && pair[0].statement == pair[1].statement;
            counts.split += usize::from(is_split);
            counts.joined += usize::from(is_joined);
            counts.right += usize::from(is_split && is_joined);
        }
        counts
    }

    /// Adds those of another article.
    pub fn add(&mut self, other: Self) {
        self.split += other.split;
        self.joined += other.joined;
        self.right += other.right;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pairs_of_neighbours_are_compared() {
        let parts = [(0, Some(0)), (0, Some(0)), (1, Some(0)), (2, Some(1)), (2, None), (2, None), (3, Some(2))];
        let mut parts = parts.map(|(attribution, statement)| Part { attribution, statement, goes_on: true });
        assert_eq!(JoinCounts::of(&parts), JoinCounts { split: 3, joined: 2, right: 1 });
        parts[5].goes_on = false;
        assert_eq!(JoinCounts::of(&parts), JoinCounts { split: 2, joined: 2, right: 1 });
        assert_eq!(JoinCounts::of(&parts[..1]), JoinCounts::default());
    }
}
