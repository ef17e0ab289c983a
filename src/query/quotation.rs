//! What one may ask of quotations: `kind:fragment`, `is:doubtful`, `confidence:<0.8`.

use super::TermKind;

/// What a quotation must be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum QuotationTerm {
    /// Of this kind, one of [`KINDS`]: `kind:fragment`.
    Kind(&'static str),
    /// Nobody can be sure who spoke: `is:doubtful`.
    Doubtful,
    /// The user said who spoke: `is:corrected`.
    Corrected,
    /// Neither: `is:likely`.
    Likely,
    /// The confidence, in thousandths, is below this, or equal to it where that is said: `confidence:<0.8`.
    Below(u16, OrEqual),
    /// It is above this: `confidence:>=0.9`.
    Above(u16, OrEqual),
}

/// Whether what equals a limit is within it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct OrEqual(pub bool);

/// The names that may stand before a colon in a query about quotations.
pub const QUOTATION_FIELDS: [&str; 10] =
    ["kind", "is", "confidence", "said", "reported", "title", "source", "after", "before", "on"];

/// What may stand after `is:` there.
pub const QUOTATION_STATES: [(&str, QuotationTerm); 4] = [
    ("doubtful", QuotationTerm::Doubtful),
    ("corrected", QuotationTerm::Corrected),
    ("confirmed", QuotationTerm::Corrected),
    ("likely", QuotationTerm::Likely),
];

/// What may stand after `kind:` there.
pub const KINDS: [&str; 5] = ["speech", "fragment", "term", "title", REPORTED];

/// That of statements without quotation marks.
const REPORTED: &str = "reported";

/// The short form of `confidence`.
pub(super) const SHORT: &str = "conf";

pub(super) fn kind(typed: &str) -> Option<TermKind> {
    KINDS.into_iter().find(|kind| *kind == typed).map(|kind| TermKind::Quotation(QuotationTerm::Kind(kind)))
}

pub(super) fn state(typed: &str) -> Option<TermKind> {
    let known = QUOTATION_STATES.into_iter().find(|(name, _)| *name == typed);
    known.map(|(_, term)| TermKind::Quotation(term))
}

/// Reads `<0.8`, `>=90%`.
pub(super) fn confidence(typed: &str) -> Option<TermKind> {
    let (is_below, number) = match typed.strip_prefix('<') {
        Some(number) => (true, number),
        None => (false, typed.strip_prefix('>')?),
    };
    let (or_equal, number) = number.strip_prefix('=').map_or((false, number), |number| (true, number));
    let (hundredths, number) = number.strip_suffix('%').map_or((false, number), |number| (true, number));
    // Nothing is below 0, and what is above it may be meant to go on.
    let is_number = number.starts_with(|c: char| c.is_ascii_digit()) && !number.ends_with('.') && number != "0";
    let value: f32 = number.parse().ok().filter(|_| is_number)?;
    // Nobody means eighty times as sure as can be.
    let share = if hundredths || value > 1.0 { value / 100.0 } else { value };
    let limit = (share * 1000.0).round();
    if !(0.0..=1000.0).contains(&limit) {
        return None;
    }
    let (limit, or_equal) = (limit as u16, OrEqual(or_equal));
    let term = if is_below { QuotationTerm::Below(limit, or_equal) } else { QuotationTerm::Above(limit, or_equal) };
    Some(TermKind::Quotation(term))
}

/// Whether what is no limit yet could become one by typing on.
pub(super) fn may_become_confidence(typed: &str) -> bool {
    let number = typed.trim_start_matches(['<', '>']).trim_start_matches('=');
    typed.len() - number.len() <= 2 && ["", "0", "0.", "1."].contains(&number)
}

impl TermKind {
    /// Whether it asks for reported statements by their kind.
    pub(super) fn is_of_reported(&self) -> bool {
        matches!(self, Self::Quotation(QuotationTerm::Kind(kind)) if *kind == REPORTED)
    }
}

impl QuotationTerm {
    /// Whether a quotation with this confidence, in thousandths, is within the limit; any is where the term is none.
    pub fn allows(self, thousandths: u16) -> bool {
        match self {
            Self::Below(limit, OrEqual(or_equal)) => thousandths < limit || (or_equal && thousandths == limit),
            Self::Above(limit, OrEqual(or_equal)) => thousandths > limit || (or_equal && thousandths == limit),
            _ => true,
        }
    }
}
