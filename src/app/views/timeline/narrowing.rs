//! What a timeline is narrowed to.

use chrono::NaiveDate;

use super::{Pane, Timeline};
use crate::app::App;
use crate::catalog::{FoldedSaid, Said};
use crate::query::{Needle, Query, QueryError, Subject};

/// Which quotations are listed.
#[derive(Debug, Default)]
pub(super) struct Filter {
    typed: String,
    query: Query,
    /// The words of all that is known so far, where anything was ever looked for in them.
    folded: Vec<FoldedSaid>,
    /// Those that are listed, by index; all where nothing is looked for.
    listed: Option<Vec<usize>>,
    /// The day on which quotations were listed last.
    pub today: Option<NaiveDate>,
}

impl Filter {
    /// The query, as it is today.
    fn asked(&self) -> Query {
        let query = self.query.so_far();
        self.today.map_or_else(|| query.clone(), |today| query.clone().on(today))
    }

    /// More is known.
    pub fn take_in(&mut self, said: &[Said]) {
        let query = self.asked();
        let Some(listed) = &mut self.listed else { return };
        for (at, said) in said.iter().enumerate().skip(self.folded.len()) {
            let folded = said.folded();
            if said.fits(&folded, &query) {
                listed.push(at);
            }
            self.folded.push(folded);
        }
    }

    /// All may be different.
    pub fn fill(&mut self, said: &[Said]) {
        self.folded.clear();
        if let Some(listed) = &mut self.listed {
            listed.clear();
        }
        self.take_in(said);
    }

    /// Looks for something else.
    fn look_for(&mut self, typed: &str, said: &[Said]) {
        typed.clone_into(&mut self.typed);
        self.query = Query::parse_about(typed, Subject::Quotations);
        if self.query.is_empty() && self.query.errors.is_empty() {
            self.listed = None;
            return;
        }
        let query = self.asked();
        let known = self.folded.iter().zip(said).enumerate();
        self.listed = Some(known.filter(|(_, (folded, said))| said.fits(folded, &query)).map(|(at, _)| at).collect());
        self.take_in(said);
    }

    /// The place of what is known at an index among what is listed; none where it is not listed.
    pub fn listed_at(&self, at: usize) -> Option<usize> {
        self.listed.as_ref().map_or(Some(at), |listed| listed.binary_search(&at).ok())
    }

    /// The place of what is known at an index among what is listed; of the next that is listed, where it is not.
    pub fn place(&self, at: usize) -> Option<usize> {
        self.listed.as_ref().map_or(Some(at), |listed| {
            let place = listed.partition_point(|&listed| listed < at);
            (place < listed.len()).then_some(place)
        })
    }
}

impl Timeline {
    /// How many quotations are listed.
    pub fn len(&self) -> usize {
        self.filter.listed.as_ref().map_or(self.said.len(), Vec::len)
    }

    /// Whether none is listed.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// A quotation that is listed, by its number from 0.
    pub fn at(&self, at: usize) -> Option<&Said> {
        match &self.filter.listed {
            Some(listed) => self.said.get(*listed.get(at)?),
            None => self.said.get(at),
        }
    }

    /// What the list is narrowed to, as it was typed.
    pub fn typed(&self) -> &str {
        &self.filter.typed
    }

    /// What cannot be understood of that.
    pub fn errors(&self) -> &[QueryError] {
        &self.filter.query.errors
    }

    /// What to light in the words.
    pub fn needles(&self) -> Vec<Needle> {
        self.filter.query.needles()
    }

    /// What is looked for, on this day.
    pub fn query(&self) -> Query {
        self.filter.asked()
    }

    /// Whether what is reported without quotation marks is among it.
    pub fn with_reported(&self) -> bool {
        self.statements.has_reported()
    }

    /// How many there are, also as long as more come; quoted and reported ones together where both are listed.
    pub fn total(&self) -> usize {
        let spoken = self.person.as_ref().map(|person| person.spoken).unwrap_or_default();
        let reported = if self.with_reported() { spoken.reported } else { 0 };
        (spoken.quotations as usize + reported as usize).max(self.said.len())
    }

    /// "3 of 12 quotations"; of as many as there will be, while more come.
    pub fn counted(&self) -> String {
        let known = self.total();
        let all = crate::text::counted(known, if self.with_reported() { "statement" } else { "quotation" });
        if self.filter.listed.is_some() { format!("{} of {all}", self.len()) } else { all }
    }
}

impl App {
    /// Lists only those quotations of the timeline that have what is looked for; the selected one stays so, else the next.
    pub(in crate::app) fn narrow_timeline(&mut self, typed: &str) {
        let area = self.panes().people;
        let Pane::Timeline(timeline) = self.views.pane_mut() else { return };
        timeline.lost = None;
        let before = match &timeline.filter.listed {
            Some(listed) => listed.get(timeline.selected).copied(),
            None => Some(timeline.selected),
        };
        timeline.filter.look_for(typed, &timeline.said);
        let again = before.map(|before| timeline.filter.place(before));
        let last = timeline.len().saturating_sub(1);
        timeline.selected = again.unwrap_or(Some(0)).unwrap_or(last).min(last);
        if let Some(area) = area {
            timeline.select(timeline.selected, area);
        }
    }
}
