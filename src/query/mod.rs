//! What the reader typed, understood.
//!
//! Takes a line of typing; gives a [`Query`] that can be matched against an article and lit in it.
//! It never fails: half-typed input means what it says so far. It never knows where the articles are kept.

mod find;
mod hit;

use crate::text::fold;

pub use find::{Needle, spans_of};
pub use hit::{Hit, Snippet};

/// What an article must have to be a hit: all of its terms.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Query {
    /// All must hold.
    pub terms: Vec<Term>,
}

/// One thing that was asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Term {
    /// Whether the article must *not* have it (`-word`).
    pub negated: bool,
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
    /// The source has these words: `source:wire`.
    Source(String),
    /// The headline has these words: `title:bridge`.
    Title(String),
}

impl Query {
    /// Reads what was typed. Blanks separate terms; marks (straight or curly) hold a phrase together, also unclosed
    /// while it is being typed; `field:` applies to what follows it. An unknown field is a word like any other, and
    /// a field without words yet asks for nothing.
    pub fn parse(typed: &str) -> Self {
        let folded = fold(typed);
        let mut terms = Vec::new();
        let mut rest = folded.trim_start();
        while !rest.is_empty() {
            let (term, after) = parse_term(rest);
            terms.extend(term);
            rest = after.trim_start();
        }
        Self { terms }
    }

    /// Whether it asks for nothing.
    pub fn is_empty(&self) -> bool {
        self.terms.is_empty()
    }

    /// What to light in a hit.
    pub fn needles(&self) -> Vec<Needle> {
        self.terms
            .iter()
            .filter(|term| !term.negated)
            .filter_map(|term| match &term.kind {
                TermKind::Word(word) => Some(Needle::word(word)),
                TermKind::Phrase(words) | TermKind::Title(words) => Some(Needle::word(words)),
                TermKind::Speaker(_) | TermKind::Source(_) => None,
            })
            .collect()
    }

    /// The names asked for with `speaker:`.
    pub fn speakers(&self) -> impl Iterator<Item = &str> {
        self.terms.iter().filter(|term| !term.negated).filter_map(|term| match &term.kind {
            TermKind::Speaker(name) => Some(name.as_str()),
            _ => None,
        })
    }
}

/// Reads the term at the start of `text`, which begins with no blank; gives what is left.
fn parse_term(text: &str) -> (Option<Term>, &str) {
    let (negated, text) = match text.strip_prefix('-') {
        Some(after) if !after.is_empty() && !after.starts_with(' ') => (true, after),
        _ => (false, text),
    };
    let field = ["speaker", "source", "title"]
        .into_iter()
        .find_map(|field| Some((field, text.strip_prefix(field)?.strip_prefix(':')?)));
    let (words, quoted, rest) = parse_words(field.map_or(text, |(_, value)| value));
    let kind = match field {
        _ if words.is_empty() => None,
        Some(("speaker", _)) => Some(TermKind::Speaker(words)),
        Some(("source", _)) => Some(TermKind::Source(words)),
        Some(_) => Some(TermKind::Title(words)),
        None if quoted => Some(TermKind::Phrase(words)),
        None => Some(TermKind::Word(words)),
    };
    (kind.map(|kind| Term { negated, kind }), rest)
}

/// Reads a word, or all between marks; gives it, whether it stood in marks, and what is left.
fn parse_words(text: &str) -> (String, bool, &str) {
    if let Some(inside) = text.strip_prefix('"') {
        let (words, rest) = inside.split_once('"').unwrap_or((inside, ""));
        return (words.split_whitespace().collect::<Vec<_>>().join(" "), true, rest);
    }
    let end = text.find([' ', '"']).unwrap_or(text.len());
    let word = text[..end].trim_matches(|c: char| c.is_ascii_punctuation() && !"#@$%&+".contains(c));
    (word.to_owned(), false, &text[end..])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(typed: &str) -> String {
        let terms = Query::parse(typed).terms;
        let show = |term: Term| format!("{}{:?}", if term.negated { "not " } else { "" }, term.kind);
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
    fn hostile_input_is_just_words() {
        for typed in ["\"", "\"\"", "-\"", ":::", "--", "(AND OR", "\u{1b}[2J", "speaker:-", "-speaker:\"", "’’"] {
            let _ = Query::parse(typed).needles();
        }
        assert!(Query::parse("  \"\" - : ").is_empty());
    }
}
