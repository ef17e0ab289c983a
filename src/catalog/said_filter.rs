//! Which statements of a person have what a query about quotations asks for.

use super::Said;
use crate::query::{Needle, Query, QuotationTerm, Term, TermKind};
use crate::quotes::{Certainty, before_rounding};
use crate::text::fold;

/// The words of a statement in which one searches, folded: a line each for those quoted, for the sentences around them, and
/// for the headline.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FoldedSaid(String);

impl FoldedSaid {
    fn said(&self) -> &str {
        self.0.lines().next().unwrap_or_default()
    }

    fn headline(&self) -> &str {
        self.0.lines().last().unwrap_or_default()
    }
}

impl Said {
    /// Returns its words, folded.
    pub fn folded(&self) -> FoldedSaid {
        let line = |words: &str| fold(words).replace(['\n', '\r'], " ");
        FoldedSaid([&self.citation.quoted, &self.context, &self.within.headline].map(|words| line(words)).join("\n"))
    }

    /// Returns whether it has what a query about quotations asks for, whose days are known (see [`Query::on`]); nothing has
    /// what a wrong one asks for.
    pub fn fits(&self, folded: &FoldedSaid, query: &Query) -> bool {
        let has = |term: &Term| self.has(&term.kind, folded) != term.negated;
        query.errors.is_empty() && query.clauses().all(|clause| clause.iter().any(has))
    }

    fn has(&self, kind: &TermKind, folded: &FoldedSaid) -> bool {
        let finds = |words: &str, text: &str| Needle::word(words).first_in(text).is_some();
        let day = || self.within.dates.listed().map(|listed| listed.day);
        match kind {
            TermKind::Word(words) | TermKind::Phrase(words) => finds(words, &folded.0),
            TermKind::Said(words) => !self.is_reported() && finds(words, folded.said()),
            TermKind::Reported(words) => self.is_reported() && finds(words, folded.said()),
            TermKind::Title(words) => finds(words, folded.headline()),
            TermKind::Source(name) => self.within.publisher.as_ref().is_some_and(|source| finds(name, &fold(source))),
            TermKind::After(first) => day().zip(first.fixed()).is_some_and(|(day, first)| day >= first),
            TermKind::Before(end) => day().zip(end.fixed()).is_some_and(|(day, end)| day < end),
            TermKind::Matches(pattern) => pattern.is_in(&folded.0),
            TermKind::Quotation(term) => self.is(*term),
            TermKind::Speaker(_)
            | TermKind::Is(_)
            | TermKind::Has(_)
            | TermKind::Tag(_)
            | TermKind::Author(_)
            | TermKind::Url(_) => false,
        }
    }

    fn is(&self, term: QuotationTerm) -> bool {
        let least = self.runs.iter().map(|run| run.confidence).fold(1.0, f32::min);
        match term {
            QuotationTerm::Kind(name) => self.runs.iter().any(|run| run.kind.name() == name),
            QuotationTerm::Doubtful => self.certainty() == Certainty::Doubtful,
            QuotationTerm::Corrected => self.certainty() == Certainty::Corrected,
            QuotationTerm::Likely => self.certainty() == Certainty::Likely,
            QuotationTerm::Below(..) | QuotationTerm::Above(..) => {
                term.allows((before_rounding(least.into(), 0.001) * 1000.0).round() as u16)
            }
        }
    }
}
