//! Queries: what the user typed, parsed.
//!
//! From a line of typing to a [`Query`], which can be matched against an article and highlighted in it.
//! It never fails: half-typed input means what it says so far, and what cannot be understood stands beside it as
//! [`QueryError`]s. It never knows where the articles are kept.

mod clauses;
mod day;
mod error;
mod find;
mod hit;
mod parse;
mod pattern;
mod quotation;

use chrono::NaiveDate;

use crate::article::Medium;
use crate::text::{Span, fold_with_offsets};

pub use day::{DAYS, Day};
pub use error::{QueryError, QueryErrorKind};
pub use find::{Needle, spans_of};
pub use hit::{Hit, Snippet};
pub use pattern::Pattern;
pub use quotation::{KINDS, OrEqual, QUOTATION_FIELDS, QUOTATION_STATES, QuotationTerm};

/// What an article must have to be a hit: all of its clauses.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Query {
    /// All must hold, or one of each run that is parted by `OR`.
    pub terms: Vec<Term>,
    /// Whether the hits are wanted by how well they fit (`sort:relevance`), not newest first.
    pub by_relevance: bool,
    /// What cannot be understood, in its order. A query with an error finds nothing.
    pub errors: Vec<QueryError>,
    /// The other names of those whom it asks for with `speaker:`, where they are known.
    pub other_names: Vec<OtherNames>,
}

/// Under what names else the people speak whom a name asks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OtherNames {
    /// What was asked for with `speaker:`.
    pub name: String,
    /// Their identities, as they are written down.
    pub identities: Vec<String>,
}

/// One thing that was asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Term {
    /// Whether the article must *not* have it (`-word`).
    pub negated: bool,
    /// Whether it will do in place of the term before it (`tram OR bus`).
    pub alternative: bool,
    /// What it is.
    pub kind: TermKind,
}

/// What was asked for; all words are folded (see [`crate::text::fold`]).
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TermKind {
    /// A word, or its beginning, anywhere in headline or text.
    Word(String),
    /// Words one after the other: `"night trams"`.
    Phrase(String),
    /// A speaker whose name has these words: `speaker:peskov`, `speaker:"dmitry peskov"`.
    Speaker(String),
    /// These words in a quotation: `said:ceasefire`.
    Said(String),
    /// These words in what somebody is reported to have said, without quotation marks: `reported:ceasefire`.
    Reported(String),
    /// The source has these words: `source:wire`.
    Source(String),
    /// The headline has these words: `title:bridge`.
    Title(String),
    /// Published on this day or later: `after:2024-01`.
    After(Day),
    /// Published before this day: `before:2024-03`.
    Before(Day),
    /// What the user did with it: `is:unread`.
    Is(State),
    /// What comes with it: `has:audio`.
    Has(Medium),
    /// Filed under a word that begins so, by the user, by the publisher, or as an article of a feed with such a tag:
    /// `tag:budget`.
    Tag(String),
    /// The byline has these words: `author:deniz`.
    Author(String),
    /// The address has these letters: `url:wire.example/news`.
    Url(String),
    /// The headline or the text has what this regular expression describes: `/harbou?r/`.
    Matches(Pattern),
    /// A quotation is so; nothing that is asked of articles: `kind:fragment`.
    Quotation(QuotationTerm),
}

/// What a query is about: that decides what may stand before a colon, and after it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Subject {
    /// Articles.
    #[default]
    Articles,
    /// Statements of one person.
    Quotations,
}

impl Subject {
    /// The names that may stand before a colon.
    pub const fn fields(self) -> &'static [&'static str] {
        match self {
            Self::Articles => &FIELDS,
            Self::Quotations => &QUOTATION_FIELDS,
        }
    }

    /// What may stand after `is:`.
    pub fn states(self) -> Vec<&'static str> {
        match self {
            Self::Articles => STATES.map(|(name, _)| name).to_vec(),
            Self::Quotations => QUOTATION_STATES.map(|(name, _)| name).to_vec(),
        }
    }
}

/// What the user may have done with an article.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    /// Read it.
    Read,
    /// Not read it.
    Unread,
    /// Given it a star.
    Starred,
    /// Taken it out of sight, or had a rule do so; such articles are found only when asked for.
    Removed,
}

/// The names that may stand before a colon.
pub const FIELDS: [&str; 14] = [
    "speaker",
    "said",
    "reported",
    "source",
    "publisher",
    "author",
    "title",
    "url",
    "tag",
    "after",
    "before",
    "is",
    "has",
    "sort",
];

/// What may stand after `is:`.
pub const STATES: [(&str, State); 5] = [
    ("unread", State::Unread),
    ("read", State::Read),
    ("starred", State::Starred),
    ("hidden", State::Removed),
    ("removed", State::Removed),
];

/// What may stand after `sort:`.
pub const ORDERS: [&str; 1] = ["relevance"];

impl Query {
    /// The query without what may still become right by typing on.
    #[must_use]
    pub fn so_far(&self) -> Self {
        let mut query = self.clone();
        query.errors.retain(|error| !error.is_unfinished);
        query
    }

    /// Whether no typing at its end can make it right.
    pub fn is_wrong(&self) -> bool {
        self.errors.iter().any(|error| !error.is_unfinished)
    }

    /// Whether it asks for nothing.
    pub fn is_empty(&self) -> bool {
        self.terms.is_empty()
    }

    /// The query as it is on this day: `after:7d` names a date.
    #[must_use]
    pub fn on(mut self, today: NaiveDate) -> Self {
        for term in &mut self.terms {
            if let TermKind::After(day) | TermKind::Before(day) = &mut term.kind {
                *day = Day::On(day.date(today));
            }
        }
        self
    }

    /// What must hold: of each clause, one term at least.
    pub fn clauses(&self) -> impl Iterator<Item = &[Term]> {
        self.terms.chunk_by(|_, next| next.alternative)
    }

    /// What to light in a hit.
    pub fn needles(&self) -> Vec<Needle> {
        self.needles_of(|_| true)
    }

    /// Where in the text of an article what it asks for stands, in order: what is asked for in quotations or in reported
    /// statements, only in one of these; they are in order of their start.
    pub fn matches(&self, text: &str, quotations: &[Span], reported: &[Span]) -> Vec<Span> {
        let folded = fold_with_offsets(text);
        let is_said = |term: &Term| matches!(term.kind, TermKind::Said(_));
        let is_reported = |term: &Term| matches!(term.kind, TermKind::Reported(_));
        let mut spans = spans_of(&self.needles_of(|term| !is_said(term) && !is_reported(term)), &folded);
        spans.extend(inside(spans_of(&self.needles_of(is_said), &folded), quotations));
        spans.extend(inside(spans_of(&self.needles_of(is_reported), &folded), reported));
        spans.sort_unstable();
        spans.dedup();
        spans
    }

    fn needles_of(&self, wanted: impl Fn(&Term) -> bool) -> Vec<Needle> {
        self.terms
            .iter()
            .filter(|term| !term.negated && wanted(term))
            .filter_map(|term| match &term.kind {
                TermKind::Word(words)
                | TermKind::Phrase(words)
                | TermKind::Title(words)
                | TermKind::Said(words)
                | TermKind::Reported(words) => Some(Needle::word(words)),
                TermKind::Matches(pattern) => Some(Needle::pattern(pattern)),
                _ => None,
            })
            .fold(Vec::new(), |mut needles, needle| {
                // Brackets may bring a term into several clauses.
                if !needles.contains(&needle) {
                    needles.push(needle);
                }
                needles
            })
    }

    /// Whether it asks for words that are said, quoted or reported: then its hits are statements.
    pub fn asks_for_quotations(&self) -> bool {
        self.said().next().is_some() || self.reported().next().is_some()
    }

    /// Whether it asks for what is reported without quotation marks, among statements.
    pub fn asks_for_reported(&self) -> bool {
        let asks = |kind: &TermKind| matches!(kind, TermKind::Reported(_)) || kind.is_of_reported();
        self.terms.iter().any(|term| !term.negated && asks(&term.kind))
    }

    /// Whether it asks for tags.
    pub fn asks_for_tags(&self) -> bool {
        self.terms.iter().any(|term| matches!(term.kind, TermKind::Tag(_)))
    }

    /// Whether it asks for articles that the user removed.
    pub fn asks_for_removed(&self) -> bool {
        self.terms.iter().any(|term| term.kind == TermKind::Is(State::Removed))
    }

    /// The identities of those whom this name asks for, where they are known.
    pub fn identities_of(&self, name: &str) -> impl Iterator<Item = &str> {
        let others = self.other_names.iter().filter(move |others| others.name == name);
        others.flat_map(|others| &others.identities).map(String::as_str)
    }

    /// The words asked for with `said:`.
    pub fn said(&self) -> impl Iterator<Item = &str> {
        self.terms.iter().filter(|term| !term.negated).filter_map(|term| match &term.kind {
            TermKind::Said(words) => Some(words.as_str()),
            _ => None,
        })
    }

    /// The words asked for with `reported:`.
    pub fn reported(&self) -> impl Iterator<Item = &str> {
        self.terms.iter().filter(|term| !term.negated).filter_map(|term| match &term.kind {
            TermKind::Reported(words) => Some(words.as_str()),
            _ => None,
        })
    }

    /// The names asked for with `speaker:`.
    pub fn speakers(&self) -> impl Iterator<Item = &str> {
        self.terms.iter().filter(|term| !term.negated).filter_map(|term| match &term.kind {
            TermKind::Speaker(name) => Some(name.as_str()),
            _ => None,
        })
    }
}

/// Those of `found` that lie in one of `around`; both are in order of their start.
fn inside(mut found: Vec<Span>, around: &[Span]) -> Vec<Span> {
    let mut open = around.iter().peekable();
    let mut end = 0;
    found.retain(|span| {
        while let Some(outer) = open.next_if(|outer| outer.start <= span.start) {
            end = end.max(outer.end);
        }
        span.end <= end
    });
    found
}
