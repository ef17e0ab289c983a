//! What stands beside a headline in the list, as the user wishes.

/// A part of a row of the list besides the headline. The signs of the unread and of the starred, and what is noted of an
/// article, are always there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RowPart {
    /// The day, on the left.
    Day,
    /// The tags.
    Tags,
    /// Who published it.
    Publisher,
    /// How many speak in it, on a wide screen.
    Speakers,
    /// How many quotations it has.
    Quotations,
}

/// Their names.
pub(super) const WORDS: &[&str] = &["day", "tags", "publisher", "speakers", "quotations"];

/// What stands beside a headline unless the user wants something else.
pub(super) const USUAL: &str = "day,tags,publisher,speakers,quotations";

const PARTS: [RowPart; 5] = [RowPart::Day, RowPart::Tags, RowPart::Publisher, RowPart::Speakers, RowPart::Quotations];

impl RowPart {
    /// The parts that an option names.
    pub(super) fn listed(value: &str) -> Vec<Self> {
        let named = |name: &str| WORDS.iter().position(|word| *word == name).map(|at| PARTS[at]);
        value.split(',').filter_map(named).collect()
    }
}
