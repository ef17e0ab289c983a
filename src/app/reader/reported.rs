//! Reported speech in the open article: whether it is shown, and so among what one can go to, select and correct.

use std::sync::Arc;

use super::{Goal, Reader};
use crate::catalog::person_key;
use crate::quotes::{Corrections, Findings, SpeakerId, Spoken};

/// What was found in an article, without reported statements and with them.
#[derive(Debug)]
pub(super) struct ReportedChoice {
    without: Arc<Findings>,
    with: Arc<Findings>,
    is_shown: bool,
    /// Whether something led to one of them, so that they are shown here whatever is highlighted elsewhere.
    is_revealed: bool,
}

impl ReportedChoice {
    /// They are not shown yet.
    pub(super) fn of(with: Arc<Findings>) -> Self {
        let without = if with.has_reported() { Arc::new(with.without_reported()) } else { Arc::clone(&with) };
        Self { without, with, is_shown: false, is_revealed: false }
    }

    /// What is shown.
    pub(super) fn shown(&self) -> &Arc<Findings> {
        if self.is_shown { &self.with } else { &self.without }
    }
}

impl Reader {
    /// What the engine found, reported statements among it whether they are shown or not.
    pub fn all_found(&self) -> &Findings {
        &self.reported.with
    }

    /// Whether the findings have reported statements.
    pub fn shows_reported(&self) -> bool {
        self.reported.is_shown
    }

    /// Whether something led to a reported statement of this article: they are shown in it whatever is highlighted elsewhere.
    pub(in crate::app) fn is_revealed(&self) -> bool {
        self.reported.is_revealed
    }

    /// What is highlighted elsewhere holds here too.
    pub(in crate::app) fn forget_revealed(&mut self) {
        self.reported.is_revealed = false;
    }

    /// Whether a reported statement with a piece that starts at this byte is not shown.
    pub(in crate::app) fn hides(&self, start: usize) -> bool {
        let is_it = |findings: &Findings| findings.quotations.iter().any(|quotation| quotation.span.start == start);
        !self.reported.is_shown && !is_it(&self.reported.without) && is_it(&self.reported.with)
    }

    /// Whether it leads to a reported statement that is not shown.
    pub(in crate::app) fn hides_goal(&self, goal: &Goal) -> bool {
        match goal {
            Goal::QuotationAt(start) => self.hides(*start),
            Goal::WordsOf(kept) => kept.reported && !self.reported.is_shown,
            Goal::Position(position) => position.quotation.is_some_and(|anchor| self.hides(anchor.start)),
            _ => false,
        }
    }

    /// Shows reported statements because something led to one of them.
    pub(in crate::app) fn reveal_reported(&mut self, corrections: Option<&Corrections>) {
        self.reported.is_revealed = true;
        self.show_reported(true, corrections);
    }

    /// Shows reported statements, or hides them. What is current stays so, as far as it is shown, and so does the one speaker
    /// whose words are.
    pub(in crate::app) fn show_reported(&mut self, is_shown: bool, corrections: Option<&Corrections>) {
        if self.reported.is_shown == is_shown {
            return;
        }
        let current = self.current_quotation().map(|quotation| quotation.span.start);
        let only = self.only_person();
        self.reported.is_shown = is_shown;
        self.found = Arc::clone(self.reported.shown());
        (self.current, self.only) = (None, None);
        self.correct(corrections);
        if let Some(start) = current {
            self.point_at(start);
        }
        self.only = only.and_then(|key| self.speaker_with_key(&key)).filter(|only| self.who_speaks.contains(&only.0));
    }

    fn speaker_with_key(&self, key: &str) -> Option<SpeakerId> {
        self.findings.speakers.iter().position(|speaker| person_key(&speaker.name) == key).map(SpeakerId)
    }

    /// How many speak in quotation marks, and how many more of those who are shown in reported statements alone.
    pub fn speaker_counts(&self) -> (usize, usize) {
        let spoken: Vec<Spoken> = self.findings.spoken();
        let quoted = spoken.iter().filter(|spoken| spoken.quotations > 0).count();
        (quoted, self.who_speaks().len().saturating_sub(quoted))
    }

    /// How many statements are reported, of those that are shown.
    pub fn reported_count(&self) -> usize {
        if self.reported.is_shown { self.findings.statements().len() - self.findings.quoted_statements() } else { 0 }
    }

    /// Whether a quotation is reported words of which the user said that they are no statement.
    pub(super) fn is_denied(&self, quotation: usize) -> bool {
        self.findings.quotations.get(quotation).is_some_and(|one| one.is_reported() && !one.is_spoken())
    }

    /// Whether what is current is a reported statement.
    pub fn is_at_reported(&self) -> bool {
        self.current_quotation().is_some_and(crate::quotes::Quotation::is_reported)
    }
}
