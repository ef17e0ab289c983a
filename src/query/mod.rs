//! What the reader typed, understood.
//!
//! Takes a line of typing; gives a [`Query`] that can be matched against an article and lit in it.
//! It never fails: half-typed input means what it says so far. It never knows where the articles are kept.

mod find;
mod hit;

use chrono::NaiveDate;

use crate::text::fold;

pub use find::{Needle, spans_of};
pub use hit::{Hit, Snippet};

/// What an article must have to be a hit: all of its clauses.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Query {
    /// All must hold, or one of each run that is parted by `OR`.
    pub terms: Vec<Term>,
    /// Whether the hits are wanted by how well they fit (`sort:relevance`), not newest first.
    pub by_relevance: bool,
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

/// What was asked for; all words are folded (see [`fold`]).
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TermKind {
    /// A word, or its beginning, anywhere in headline or text.
    Word(String),
    /// Words one after the other: `"night trams"`.
    Phrase(String),
    /// Somebody whose name has these words speaks: `speaker:peskov`, `speaker:"dmitry peskov"`.
    Speaker(String),
    /// Somebody says these words: `said:ceasefire`.
    Said(String),
    /// The source has these words: `source:wire`.
    Source(String),
    /// The headline has these words: `title:bridge`.
    Title(String),
    /// Published on this day or later: `after:2024-01`.
    After(NaiveDate),
    /// Published before this day: `before:2024-03`.
    Before(NaiveDate),
    /// What the reader did with it: `is:unread`.
    Is(State),
    /// Filed under a word that begins so, by the reader or the publisher: `tag:budget`.
    Tag(String),
}

/// What the reader may have done with an article.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    /// Read it.
    Read,
    /// Not read it.
    Unread,
    /// Given it a star.
    Starred,
    /// Taken it out of the library; such articles are found only when asked for.
    Removed,
}

/// The names that may stand before a colon.
pub const FIELDS: [&str; 9] = ["speaker", "said", "source", "title", "tag", "after", "before", "is", "sort"];

/// What may stand after `is:`.
pub const STATES: [(&str, State); 4] =
    [("unread", State::Unread), ("read", State::Read), ("starred", State::Starred), ("removed", State::Removed)];

/// Stands for `OR` while a query is read: a character that no text keeps.
const OR: char = '\u{e000}';

impl Query {
    /// Reads what was typed. Blanks separate terms; marks (straight or curly) hold a phrase together, also unclosed
    /// while it is being typed; `field:` applies to what follows it; `OR` stands between alternatives. An unknown
    /// field is a word like any other, and a field without words yet asks for nothing.
    pub fn parse(typed: &str) -> Self {
        let marked: Vec<_> =
            typed.split_whitespace().map(|word| if word == "OR" { "\u{e000}" } else { word }).collect();
        let folded = fold(&marked.join(" "));
        let mut terms: Vec<Term> = Vec::new();
        let (mut alternative, mut by_relevance) = (false, false);
        let mut rest = folded.as_str();
        while !rest.is_empty() {
            if let Some(after) = rest.strip_prefix(OR) {
                (alternative, rest) = (true, after.trim_start());
                continue;
            }
            if let Some(order) = rest.strip_prefix("sort:") {
                let (order, _, after) = parse_words(order);
                by_relevance |= order == "relevance";
                rest = after.trim_start();
                continue;
            }
            let (kind, negated, after) = parse_term(rest);
            if let Some(kind) = kind {
                let alternative = std::mem::take(&mut alternative) && !terms.is_empty();
                terms.push(Term { negated, alternative, kind });
            }
            rest = after.trim_start();
        }
        Self { terms, by_relevance }
    }

    /// Whether it asks for nothing.
    pub fn is_empty(&self) -> bool {
        self.terms.is_empty()
    }

    /// What must hold: of each clause, one term at least.
    pub fn clauses(&self) -> impl Iterator<Item = &[Term]> {
        self.terms.chunk_by(|_, next| next.alternative)
    }

    /// What to light in a hit.
    pub fn needles(&self) -> Vec<Needle> {
        self.terms
            .iter()
            .filter(|term| !term.negated)
            .filter_map(|term| match &term.kind {
                TermKind::Word(words) | TermKind::Phrase(words) | TermKind::Title(words) | TermKind::Said(words) => {
                    Some(Needle::word(words))
                }
                _ => None,
            })
            .collect()
    }

    /// Whether it asks for words that somebody said: then its hits are quotations.
    pub fn asks_for_quotations(&self) -> bool {
        self.terms.iter().any(|term| !term.negated && matches!(term.kind, TermKind::Said(_)))
    }

    /// Whether it asks for articles that the reader took out.
    pub fn asks_for_removed(&self) -> bool {
        self.terms.iter().any(|term| term.kind == TermKind::Is(State::Removed))
    }

    /// The names asked for with `speaker:`.
    pub fn speakers(&self) -> impl Iterator<Item = &str> {
        self.terms.iter().filter(|term| !term.negated).filter_map(|term| match &term.kind {
            TermKind::Speaker(name) => Some(name.as_str()),
            _ => None,
        })
    }
}

/// Reads the term at the start of `text`, which begins with no blank; gives what it asks for, whether that is to be
/// absent, and what is left.
fn parse_term(text: &str) -> (Option<TermKind>, bool, &str) {
    let (negated, text) = match text.strip_prefix('-') {
        Some(after) if !after.is_empty() && !after.starts_with(' ') => (true, after),
        _ => (false, text),
    };
    let field = FIELDS.into_iter().find_map(|field| Some((field, text.strip_prefix(field)?.strip_prefix(':')?)));
    let (words, quoted, rest) = parse_words(field.map_or(text, |(_, value)| value));
    let kind = match field {
        Some(("after", _)) => parse_day(&words).map(TermKind::After),
        Some(("before", _)) => parse_day(&words).map(TermKind::Before),
        Some(("is", _)) => parse_state(&words).map(TermKind::Is),
        _ if crate::text::words(&words).next().is_none() => None,
        Some(("speaker", _)) => Some(TermKind::Speaker(words)),
        Some(("said", _)) => Some(TermKind::Said(words)),
        Some(("source", _)) => Some(TermKind::Source(words)),
        Some(("tag", _)) => Some(TermKind::Tag(words)),
        Some(_) => Some(TermKind::Title(words)),
        None if quoted => Some(TermKind::Phrase(words)),
        None => Some(TermKind::Word(words)),
    };
    (kind, negated, rest)
}

/// Reads a word, or all between marks; gives it, whether it stood in marks, and what is left.
fn parse_words(text: &str) -> (String, bool, &str) {
    if let Some(inside) = text.strip_prefix('"') {
        let (words, rest) = inside.split_once('"').unwrap_or((inside, ""));
        let words = words.replace(OR, "or");
        return (words.split_whitespace().collect::<Vec<_>>().join(" "), true, rest);
    }
    let end = text.find([' ', '"']).unwrap_or(text.len());
    let word = text[..end].trim_matches(|c: char| c.is_ascii_punctuation() && !"#@$%&+".contains(c));
    (word.to_owned(), false, &text[end..])
}

/// The first day of what was typed: `2024`, `2024-01`, `2024-01-26`; nothing while the year is unfinished.
fn parse_day(typed: &str) -> Option<NaiveDate> {
    let mut parts = typed.splitn(3, '-');
    let year = parts.next().filter(|year| year.len() == 4)?.parse().ok()?;
    let mut next = || parts.next().filter(|part| !part.is_empty()).map_or(Some(1), |part| part.parse().ok());
    let (month, day) = (next()?, next()?);
    NaiveDate::from_ymd_opt(year, month, day)
}

fn parse_state(typed: &str) -> Option<State> {
    STATES.into_iter().find(|(name, _)| *name == typed).map(|(_, state)| state)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(typed: &str) -> String {
        let terms = Query::parse(typed).terms;
        let show = |term: Term| {
            let sign = |holds, word| if holds { word } else { "" };
            format!("{}{}{:?}", sign(term.alternative, "or "), sign(term.negated, "not "), term.kind)
        };
        terms.into_iter().map(show).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn words_and_phrases() {
        assert_eq!(shown("Bridge  CLOSED"), r#"Word("bridge") Word("closed")"#);
        assert_eq!(shown("“night  trams” zoë"), r#"Phrase("night trams") Word("zoe")"#);
        assert_eq!(shown("\"half typ"), r#"Phrase("half typ")"#);
        assert_eq!(shown("-bridge -"), r#"not Word("bridge")"#);
    }

    #[test]
    fn fields() {
        assert_eq!(shown("speaker:peskov war"), r#"Speaker("peskov") Word("war")"#);
        assert_eq!(shown("speaker:\"Dmitry Peskov\""), r#"Speaker("dmitry peskov")"#);
        assert_eq!(shown("speaker:"), "");
        assert_eq!(shown("source:wire -title:opinion"), r#"Source("wire") not Title("opinion")"#);
        assert_eq!(shown("at 10:30"), r#"Word("at") Word("10:30")"#);
    }

    #[test]
    fn alternatives() {
        assert_eq!(shown("tram OR bus -fare"), r#"Word("tram") or Word("bus") not Word("fare")"#);
        assert_eq!(shown("OR tram OR"), r#"Word("tram")"#);
        assert_eq!(shown("tram or \"now OR never\""), r#"Word("tram") Word("or") Phrase("now or never")"#);
        let clauses: Vec<_> = Query::parse("a b OR c OR d e").clauses().map(<[Term]>::len).collect();
        assert_eq!(clauses, [1, 3, 1]);
    }

    #[test]
    fn days_and_states() {
        assert_eq!(shown("after:2024 before:2024-03"), "After(2024-01-01) Before(2024-03-01)");
        assert_eq!(shown("after:2024-1- after:2024-01-26"), "After(2024-01-01) After(2024-01-26)");
        assert_eq!(shown("after:20 before:2024-13 before:soon is: is:gone"), "");
        assert_eq!(shown("is:unread -is:starred"), "Is(Unread) not Is(Starred)");
        assert_eq!(shown("tag:#Budget is:removed"), r##"Tag("#budget") Is(Removed)"##);
        assert_eq!(shown("said:“cease fire”"), r#"Said("cease fire")"#);
    }

    #[test]
    fn order() {
        assert!(Query::parse("tram sort:relevance bus").by_relevance);
        assert_eq!(shown("tram sort:relevance bus sort:x sort:"), r#"Word("tram") Word("bus")"#);
        assert!(!Query::parse("tram sort:rel").by_relevance && Query::parse("sort:relevance").is_empty());
    }

    #[test]
    fn hostile_input_is_just_words() {
        for typed in ["\"", "\"\"", "-\"", ":::", "--", "(AND OR", "\u{1b}[2J", "speaker:-", "-speaker:\"", "’’"] {
            let _ = Query::parse(typed).needles();
        }
        assert!(Query::parse("  \"\" - : ").is_empty());
    }
}
