//! The open article: how far it is scrolled, which quotation is current, what is highlighted.

mod goal;
mod position;
mod reported;
mod shown_pictures;
mod sideways;

use std::sync::Arc;

pub use goal::{Goal, Step};

use self::reported::ReportedChoice;
use super::direction::Direction;
use super::event::ArticleRecord;
use super::find::Find;
use super::picture_state::ShownPictures;
use crate::article::{Article, ArticleId};
use crate::catalog::{colour_key, person_key};
use crate::layout::{TextLayout, TextRow};
use crate::quotes::{Certainty, Citation, Corrections, Findings, Quotation, Speaker, SpeakerId, Spoken};
use crate::text::{Span, fold};

/// The longest text that is laid out between two frames, in bytes; a longer one is left to a worker.
const LONGEST_AT_ONCE: usize = 1 << 16;

/// The open article.
#[derive(Debug)]
pub struct Reader {
    /// The article.
    pub article: Arc<Article>,
    /// Who said what in it, with the user's corrections.
    pub findings: Arc<Findings>,
    /// The same as the engine found it.
    found: Arc<Findings>,
    /// Whether reported statements are among them.
    reported: ReportedChoice,
    /// For each quotation of the findings the first one of its statement; itself where it is none's.
    first_runs: Vec<usize>,
    who_speaks: Vec<usize>,
    /// For each quotation how far the speaker of its statement can be trusted.
    certainties: Vec<Certainty>,
    /// For each speaker the number by which their colour is chosen, and how many quotations are theirs.
    colour_keys: Vec<(u64, usize)>,
    /// What the library knows of it besides.
    pub record: ArticleRecord,
    /// Its rows; empty as long as a long text is being laid out.
    pub page: TextLayout,
    /// The first byte on the screen.
    top: usize,
    /// How many rows below the first that shows it the screen begins: pictures and gaps have no bytes of their own.
    below: usize,
    /// The pictures that were asked for.
    pub(super) pictures: ShownPictures,
    /// By how many cells lines of preformatted text are moved to the left.
    shift: usize,
    /// The first quotation of the current statement, among the findings.
    current: Option<usize>,
    /// Whether the words of the quotation that was current are no longer quoted: none is meant until the user goes to one.
    has_lost_current: bool,
    /// The one speaker whose quotations are shown, where that is not everyone.
    pub only: Option<SpeakerId>,
    /// What is being looked for in the text.
    pub find: Option<Find>,
}

impl Reader {
    /// Opens an article at its start, not laid out yet; reported statements among its findings are not shown.
    pub fn new(article: Arc<Article>, findings: Arc<Findings>) -> Self {
        let reported = ReportedChoice::of(findings);
        let findings = Arc::clone(reported.shown());
        let (found, first_runs) = (Arc::clone(&findings), first_runs(&findings));
        Self {
            reported,
            certainties: certainties(&findings),
            colour_keys: colour_keys(&findings),
            who_speaks: who_speaks(&findings),
            article,
            findings,
            found,
            first_runs,
            record: ArticleRecord::default(),
            page: TextLayout::default(),
            top: 0,
            below: 0,
            pictures: ShownPictures::new(),
            shift: 0,
            current: None,
            has_lost_current: false,
            only: None,
            find: None,
        }
    }

    /// The same, with what the library knows of it besides.
    #[must_use]
    pub fn with_record(self, record: ArticleRecord) -> Self {
        Self { record, ..self }
    }

    /// Replaces the findings after a correction.
    pub fn correct(&mut self, corrections: Option<&Corrections>) {
        self.findings = match corrections {
            Some(corrections) => Arc::new(self.found.corrected(corrections)),
            None => Arc::clone(&self.found),
        };
        (self.first_runs, self.certainties) = (first_runs(&self.findings), certainties(&self.findings));
        (self.colour_keys, self.who_speaks) = (colour_keys(&self.findings), who_speaks(&self.findings));
        self.current = self.current.filter(|&at| !self.is_denied(at)).map(|at| self.first_run(at));
        self.only = self.only.filter(|only| only.0 < self.findings.speakers.len());
    }

    /// Shows only the quotations of one person, by the keys of the names; everything where these are of no speaker
    /// here.
    pub fn show_only_person(&mut self, keys: &[String]) {
        let is_meant = |speaker: &Speaker| keys.contains(&person_key(&speaker.name));
        self.only = self.findings.speakers.iter().position(is_meant).map(SpeakerId);
    }

    /// The key of the person whose quotations alone are shown.
    pub fn only_person(&self) -> Option<String> {
        Some(person_key(&self.findings.speakers.get(self.only?.0)?.name))
    }

    /// Which article is open.
    pub fn id(&self) -> ArticleId {
        self.article.id
    }

    /// Lays the text out to `width` cells; returns false where it is too long to do so between two frames.
    pub fn lay_out(&mut self, width: usize) -> bool {
        let brief = self.article.body.text().len() <= LONGEST_AT_ONCE;
        if brief && self.page.width() != width {
            self.page = TextLayout::of_article(&self.article, width);
        }
        brief
    }

    /// The first row on a screen of `height` rows.
    pub fn top_row(&self, height: usize) -> usize {
        let rows = self.page.rows();
        let first = self.page.row_at(self.top);
        let is_same = |row: &&TextRow| rows.get(first).is_some_and(|first| first.span.start == row.span.start);
        let same = rows.iter().skip(first).take(self.below + 1).take_while(is_same).count();
        (first + same.saturating_sub(1)).min(rows.len().saturating_sub(height))
    }

    /// Makes a row the first on the screen.
    fn set_top(&mut self, row: usize) {
        self.top = self.page.offset_of(row);
        self.below = row.saturating_sub(self.page.row_at(self.top));
    }

    /// Scrolls by this many rows; returns whether anything moved.
    pub fn scroll(&mut self, rows: isize, height: usize) -> bool {
        let before = self.top_row(height);
        let last = self.page.rows().len().saturating_sub(height);
        self.set_top(before.saturating_add_signed(rows).min(last));
        self.top_row(height) != before
    }

    /// Scrolls to the start of the paragraph `count` paragraphs away, backwards counted from that in the first row;
    /// returns whether anything moved.
    pub fn step_paragraph(&mut self, direction: Direction, count: usize, height: usize) -> bool {
        let top = self.top_row(height);
        let rows = self.article.body.paragraphs().iter().map(|paragraph| self.page.row_at(paragraph.span.start));
        let target = match direction {
            Direction::Forward => rows.filter(|&row| row > top).take(count).last(),
            Direction::Backward => rows.rev().filter(|&row| row < top).take(count).last(),
        };
        if let Some(row) = target {
            self.set_top(row);
        }
        self.top_row(height) != top
    }

    /// Scrolls to the start or the end.
    pub fn scroll_to_end(&mut self, direction: Direction, height: usize) {
        let last = self.page.rows().len().saturating_sub(height);
        self.set_top(if direction == Direction::Forward { last } else { 0 });
    }

    /// How much of the text is above the end of the screen, in hundredths.
    pub fn progress(&self, height: usize) -> usize {
        let rows = self.page.rows().len();
        let seen = (self.top_row(height) + height).min(rows);
        (seen * 100).checked_div(rows).unwrap_or(100)
    }

    /// Scrolls so that `span` can be read: not at all if it can, else to a third from the top.
    pub fn reveal(&mut self, span: Span, height: usize) {
        self.reveal_sideways(span);
        if self.shows(span, height) {
            return;
        }
        let row = self.page.row_at(span.start);
        self.set_top(row.saturating_sub(height / 3));
    }

    /// Whether the start of `span` is on the screen, and its end too where the screen is high enough.
    pub fn shows(&self, span: Span, height: usize) -> bool {
        let top = self.top_row(height);
        let first = self.page.row_at(span.start);
        let last = self.page.row_at(span.end.max(span.start + 1) - 1).min(first + height / 2);
        top <= first && last < top + height
    }

    /// The current quotation.
    pub fn current_quotation(&self) -> Option<&Quotation> {
        self.findings.quotations.get(self.current?)
    }

    /// Which of the findings the current quotation is.
    pub fn current(&self) -> Option<usize> {
        self.current
    }

    /// Makes the statement that a quotation is a part of the current one, and scrolls to the quotation.
    pub fn make_current(&mut self, index: usize, height: usize) {
        if let Some(quotation) = self.findings.quotations.get(index) {
            let mut shown = quotation.outer;
            (self.current, self.has_lost_current) = (Some(self.first_run(index)), false);
            // To the end of the statement, as far as the screen is high enough.
            for run in self.runs(index) {
                shown.end = shown.end.max(self.findings.quotations[run].outer.end);
            }
            self.reveal(shown, height);
        }
    }

    /// The quotations of the statement that one is a part of, in order; itself where it is none's.
    pub fn runs(&self, index: usize) -> impl Iterator<Item = usize> {
        let first = self.first_run(index);
        (first..self.first_runs.len()).filter(move |&at| self.first_runs[at] == first)
    }

    /// Whether a quotation is a part of the current statement.
    pub fn is_current(&self, index: usize) -> bool {
        self.current == Some(self.first_run(index))
    }

    /// The first run of the statement of a quotation.
    pub(super) fn first_run(&self, index: usize) -> usize {
        self.first_runs.get(index).copied().unwrap_or(index)
    }

    /// Whether a statement begins with a quotation that is not nested, or has a speaker of its own inside another's speech.
    fn begins_statement(&self, index: usize) -> bool {
        let is_statement =
            |quotation: &Quotation| quotation.is_spoken() && (quotation.depth == 0 || quotation.speaker.is_some());
        self.findings.quotations.get(index).is_some_and(is_statement) && self.first_run(index) == index
    }

    /// Whether `n` stops at a quotation: a statement begins with it, and its speaker is shown.
    pub fn stops_at(&self, index: usize) -> bool {
        let is_shown = || self.only.is_none() || self.findings.quotations[index].speaker == self.only;
        self.begins_statement(index) && is_shown()
    }

    /// The `count`th quotation from here that `n` stops at and `wanted` accepts. "Here" is the current quotation if it
    /// is on the screen, else the top of the screen.
    pub fn nth_quotation(
        &self,
        direction: Direction,
        count: usize,
        height: usize,
        wanted: impl Fn(&Quotation) -> bool,
    ) -> Step {
        let quotations = &self.findings.quotations;
        let at = self.current_in_sight(height);
        let top = self.page.offset_of(self.top_row(height));
        let stops = |&at: &usize| self.stops_at(at) && wanted(&quotations[at]);
        let taken: Vec<usize> = match direction {
            Direction::Forward => {
                let start = at.map_or_else(|| quotations.partition_point(|q| q.outer.start < top), |at| at + 1);
                (start..quotations.len()).filter(stops).take(count.max(1)).collect()
            }
            Direction::Backward => {
                let end = at.unwrap_or_else(|| quotations.partition_point(|q| q.outer.start < top));
                (0..end).rev().filter(stops).take(count.max(1)).collect()
            }
        };
        match taken.last() {
            Some(&last) if taken.len() == count.max(1) => Step::Within(last),
            last => Step::Beyond(last.copied()),
        }
    }

    /// The first or last quotation that `n` stops at and `wanted` accepts.
    pub fn outermost(&self, direction: Direction, wanted: impl Fn(&Quotation) -> bool) -> Option<usize> {
        let quotations = &self.findings.quotations;
        let mut stops = (0..quotations.len()).filter(|&at| self.stops_at(at) && wanted(&quotations[at]));
        if direction == Direction::Forward { stops.next() } else { stops.next_back() }
    }

    /// The current quotation, else the first on the screen; none where the one that was current is gone.
    pub fn quotation_here(&self, height: usize) -> Option<usize> {
        if self.has_lost_current {
            return None;
        }
        self.current_in_sight(height)
            .or_else(|| self.outermost(Direction::Forward, |q| self.shows(q.outer, height)))
            .or(self.current)
    }

    /// The current quotation, if any of its statement can be read.
    pub fn current_in_sight(&self, height: usize) -> Option<usize> {
        let in_sight = |run: usize| self.shows(self.findings.quotations[run].outer, height);
        self.current.filter(|&at| self.runs(at).any(in_sight))
    }

    /// The statement that a quotation is a part of, as one cites it.
    pub fn citation(&self, index: usize) -> Option<Citation> {
        self.findings.citation(&self.article.body, &self.runs(index).collect::<Vec<_>>())
    }

    /// How far the speaker of the statement can be trusted that a quotation is a part of.
    pub fn certainty(&self, quotation: usize) -> Certainty {
        self.certainties.get(quotation).copied().unwrap_or_default()
    }

    /// The run of the current statement whose speaker is least certain.
    pub fn least_certain(&self) -> Option<&Quotation> {
        let runs = self.runs(self.current?).filter_map(|run| self.findings.quotations.get(run));
        runs.min_by(|a, b| a.confidence.total_cmp(&b.confidence))
    }

    /// The name of the speaker of a quotation.
    pub fn speaker_name(&self, quotation: usize) -> Option<&str> {
        let quotation = self.findings.quotations.get(quotation)?;
        self.findings.speaker_of(quotation).map(|speaker| speaker.name.as_str())
    }

    /// Whether the person with one of these keys speaks a quotation.
    pub fn is_by(&self, quotation: &Quotation, keys: &[String]) -> bool {
        self.findings.speaker_of(quotation).is_some_and(|speaker| keys.contains(&person_key(&speaker.name)))
    }

    /// The speakers with how much each says.
    pub fn speakers(&self) -> impl Iterator<Item = (&Speaker, Spoken)> {
        self.findings.speakers.iter().zip(self.findings.spoken())
    }

    /// The numbers of those who say anything: a correction may leave nothing to a speaker.
    pub fn who_speaks(&self) -> &[usize] {
        &self.who_speaks
    }

    /// For each speaker a number that is theirs in all articles, by which a colour is chosen.
    pub fn colour_keys(&self) -> &[(u64, usize)] {
        &self.colour_keys
    }

    /// The number of the current statement among those of its speaker, and how many these are; unattributed ones are
    /// counted together, and quoted and reported ones apart.
    pub fn standing(&self) -> Option<(usize, usize)> {
        let current = self.current?;
        let quotations = &self.findings.quotations;
        let here = quotations.get(current)?;
        let is_like = |other: &Quotation| (other.speaker, other.is_reported()) == (here.speaker, here.is_reported());
        let is_same = |&at: &usize| self.begins_statement(at) && is_like(&quotations[at]);
        let before = (0..=current).filter(is_same).count();
        Some((before, before + (current + 1..self.findings.quotations.len()).filter(is_same).count()))
    }

    /// The quotation at a byte of the text.
    pub fn quotation_at(&self, offset: usize) -> Option<usize> {
        let covers = |q: &Quotation| q.outer.contains(offset) && q.is_spoken() && q.depth == 0;
        self.findings.quotations.iter().position(covers)
    }

    /// Goes where it should go now that the article is open and laid out.
    pub fn pursue(&mut self, goal: &Goal, height: usize) {
        let quotation = match goal {
            Goal::Resume => None,
            Goal::Position(position) => {
                let has_moved = self.go_to(*position);
                self.current.filter(|_| has_moved)
            }
            Goal::Quotation(direction) => self.outermost(*direction, |_| true),
            Goal::By(direction, keys) => self.outermost(*direction, |q| self.is_by(q, keys)),
            Goal::NotBy(direction, key) => {
                let key = std::slice::from_ref(key);
                self.outermost(*direction, |q| q.speaker.is_some() && !self.is_by(q, key))
            }
            Goal::Named(words) => self.outermost(Direction::Forward, |q| {
                self.findings.speaker_of(q).is_some_and(|speaker| fold(&speaker.name).contains(words.as_str()))
            }),
            Goal::WordsOf(kept) => {
                let words = |q: &Quotation| q.is_spoken() && self.article.body.words(q.span) == kept.words;
                let at_place = |q: &Quotation| kept.start == Some(q.span.start) && words(q);
                let all = &self.findings.quotations;
                all.iter().position(at_place).or_else(|| all.iter().position(words))
            }
            Goal::QuotationAt(start) => self.findings.quotations.iter().position(|q| q.span.start == *start),
            Goal::Match => {
                let span = self.find.as_mut().and_then(|find| find.first_from(0));
                if let Some(span) = span {
                    self.reveal(span, height);
                }
                // Words that were found in a quotation are found with it.
                span.and_then(|span| self.findings.quotations.iter().position(|q| q.outer.covers(span)))
            }
        };
        if let Some(quotation) = quotation {
            self.make_current(quotation, height);
            // What a search found there is where its matches are counted from.
            let start = self.findings.quotations[quotation].outer.start;
            if let Some(find) = &mut self.find {
                find.first_from(start);
            }
        }
    }
}

fn colour_keys(findings: &Findings) -> Vec<(u64, usize)> {
    let key = |speaker: &Speaker| (colour_key(&person_key(&speaker.name)), 0);
    let mut keys: Vec<_> = findings.speakers.iter().map(key).collect();
    // What is reported changes no colour: those of quotations stay where it is shown.
    let quoted = findings.quotations.iter().filter(|quotation| !quotation.is_reported());
    for speaker in quoted.filter_map(|quotation| quotation.speaker) {
        keys[speaker.0].1 += 1;
    }
    keys
}

fn certainties(findings: &Findings) -> Vec<Certainty> {
    let mut all: Vec<_> = findings.quotations.iter().map(Quotation::certainty).collect();
    for runs in findings.statements() {
        let certainty = findings.certainty_of(&runs);
        for run in runs {
            all[run] = certainty;
        }
    }
    all
}

fn who_speaks(findings: &Findings) -> Vec<usize> {
    findings.spoken().iter().enumerate().filter(|(_, spoken)| !spoken.is_silent()).map(|(at, _)| at).collect()
}

fn first_runs(findings: &Findings) -> Vec<usize> {
    let mut first: Vec<usize> = (0..findings.quotations.len()).collect();
    for runs in findings.statements() {
        for &run in &runs {
            first[run] = runs[0];
        }
    }
    first
}
