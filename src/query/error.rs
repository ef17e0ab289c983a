//! What is wrong with a query, and what would be right.

use std::fmt;

use super::{DAYS, KINDS, ORDERS, Subject};
use crate::article::Medium;
use crate::text::{Span, nearest};

/// A part of a query that cannot be understood.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct QueryError {
    /// Where it stands in what was typed, in bytes.
    pub span: Span,
    /// What is wrong.
    pub kind: QueryErrorKind,
    /// The field, without its colon.
    pub field: String,
    /// The value, folded.
    pub value: String,
    /// What the query is about.
    pub subject: Subject,
    /// Whether it stands at the end and may still become right by typing on: `after:20`, `is:un`.
    pub is_unfinished: bool,
}

/// What is wrong with a part of a query.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum QueryErrorKind {
    /// There is no such field: `foo:bar`.
    UnknownField,
    /// Nothing stands after the colon: `speaker:`.
    NoValue,
    /// No day, month or year: `after:2026-13`.
    NotADate,
    /// Not one of the values that the field knows: `is:boring`, `sort:date`.
    UnknownValue,
    /// What was opened is not closed: `(tram`, `/tram`.
    Unclosed,
    /// No regular expression: `/a(/`.
    NoPattern,
    /// Brackets come to more alternatives than anyone asks for.
    TooMany,
    /// A bracket, a minus or a regular expression where a word belongs: `said:(dog OR boat)`, `said:-dog`.
    NotInField,
    /// It cannot be excluded: `-sort:relevance`.
    Negated,
}

impl fmt::Display for QueryError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { field, value, .. } = self;
        match self.kind {
            QueryErrorKind::UnknownField => write!(f, "unknown field {field}:"),
            QueryErrorKind::NoValue => write!(f, "missing value after {field}:"),
            QueryErrorKind::NotADate => write!(f, "{field}:{value} is not a date"),
            QueryErrorKind::UnknownValue => write!(f, "unknown value {field}:{value}"),
            QueryErrorKind::Unclosed => write!(f, "missing {} after {value}", if field == "(" { ")" } else { "/" }),
            QueryErrorKind::NoPattern => write!(f, "{value} is not a regular expression"),
            QueryErrorKind::NotInField => write!(f, "{field}: takes one word or phrase"),
            QueryErrorKind::TooMany => write!(f, "too many alternatives in brackets"),
            QueryErrorKind::Negated => write!(f, "-{field}: cannot be excluded"),
        }
    }
}

impl std::error::Error for QueryError {}

impl QueryError {
    /// What would be right: the nearest word, else all that there are.
    pub fn hint(&self) -> String {
        let Self { field, value, .. } = self;
        let is_unknown = matches!(self.kind, QueryErrorKind::UnknownValue);
        match field.as_str() {
            _ if self.kind == QueryErrorKind::NotInField => {
                format!("e.g. ({field}:one OR {field}:another) or -{field}:one")
            }
            _ if self.kind == QueryErrorKind::UnknownField => {
                match nearest(field, self.subject.fields().iter().copied()) {
                    Some(meant) => format!("did you mean {meant}:?"),
                    None => format!("{}:", self.subject.fields().join(": ")),
                }
            }
            "is" => match nearest(value, self.subject.states()).filter(|_| is_unknown) {
                Some(meant) => format!("did you mean is:{meant}?"),
                None if self.subject == Subject::Quotations => "is: needs doubtful, corrected or likely".to_owned(),
                None => "is: needs unread, read, starred or hidden".to_owned(),
            },
            "has" => match nearest(value, Medium::NAMES.map(|(name, _)| name)).filter(|_| is_unknown) {
                Some(meant) => format!("did you mean has:{meant}?"),
                None => "has: needs audio or video".to_owned(),
            },
            "kind" => match nearest(value, KINDS).filter(|_| is_unknown) {
                Some(meant) => format!("did you mean kind:{meant}?"),
                None => format!("kind: needs {}", KINDS.join(", ")),
            },
            "confidence" => "confidence: needs a limit, e.g. confidence:<0.8".to_owned(),
            "sort" => match nearest(value, ORDERS).filter(|_| is_unknown) {
                Some(meant) => format!("did you mean sort:{meant}?"),
                None => "sort: needs relevance; the default is newest first".to_owned(),
            },
            "after" | "before" | "on" => match nearest(value, DAYS) {
                Some(meant) => format!("did you mean {field}:{meant}?"),
                None => format!("{field}: needs a day, e.g. 2026-03, 7d, 2w, yesterday"),
            },
            "(" if self.kind == QueryErrorKind::TooMany => "search for fewer at a time".to_owned(),
            "(" => "brackets hold together: (tram OR bus) -(fare OR toll)".to_owned(),
            "/" if self.kind == QueryErrorKind::Unclosed => {
                format!("slashes hold a regular expression; as a phrase: \"{value}\"")
            }
            "/" => "its brackets come in pairs; \\ before a sign means the sign".to_owned(),
            "author" => "author: needs a name, e.g. author:deniz".to_owned(),
            "url" => "url: needs a part of an address, e.g. url:wire.example".to_owned(),
            "speaker" => "speaker: needs a name, e.g. speaker:deniz".to_owned(),
            "source" | "publisher" => format!("{field}: needs a name, e.g. {field}:wire"),
            "tag" => "tag: needs a tag, e.g. tag:budget".to_owned(),
            _ => format!("{field}: needs words, e.g. {field}:bridge"),
        }
    }

    /// How to look for the words as they stand, where what was typed may have been no field at all.
    pub fn phrase(&self) -> Option<String> {
        let is_unknown = self.kind == QueryErrorKind::UnknownField;
        is_unknown.then(|| format!("as a phrase: \"{}:{}\"", self.field, self.value))
    }

    /// As [`QueryError::phrase`], for a command line: the shell strips one pair of marks.
    pub fn phrase_in_shell(&self) -> Option<String> {
        let is_unknown = self.kind == QueryErrorKind::UnknownField;
        is_unknown.then(|| format!("as a phrase: '\"{}:{}\"'", self.field, self.value))
    }

    /// "unknown field speakr: · did you mean speaker:?"
    pub fn with_hint(&self) -> String {
        format!("{self} · {}", self.hint())
    }
}
