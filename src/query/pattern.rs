//! Regular expressions in a query: `/harbou?r (bridge|tunnel)/`.

use std::fmt;
use std::sync::Arc;

use regex_automata::meta::Regex;
use regex_automata::util::syntax;

use crate::text::{Span, fold};

/// The most memory that an expression may need, in bytes: `(a{999}){999}` is refused.
const LARGEST: usize = 1 << 20;

/// A regular expression for folded text. It is looked for in time linear in the text, whatever it is.
#[derive(Clone)]
pub struct Pattern {
    /// As it was typed, folded.
    source: String,
    regex: Arc<Regex>,
}

impl fmt::Debug for Pattern {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "/{}/", self.source)
    }
}

impl PartialEq for Pattern {
    fn eq(&self, other: &Self) -> bool {
        self.source == other.source
    }
}

impl Eq for Pattern {}

impl Pattern {
    /// Reads what was typed between the slashes; none where that is no regular expression. `^` and `$` stand for the ends
    /// of a paragraph; case and accents do not matter.
    pub fn parse(typed: &str) -> Option<Self> {
        let source = folded(typed);
        let config = Regex::config().nfa_size_limit(Some(LARGEST));
        let syntax = syntax::Config::new().multi_line(true).nest_limit(50);
        let regex = Regex::builder().configure(config).syntax(syntax).build(&source).ok()?;
        Some(Self { source, regex: Arc::new(regex) })
    }

    /// Whether it is found in `folded`.
    pub fn is_in(&self, folded: &str) -> bool {
        self.regex.is_match(folded)
    }

    /// All that it finds in `folded`, in order, but for nothing at all.
    pub fn hits<'a>(&'a self, folded: &'a str) -> impl Iterator<Item = Span> + 'a {
        self.regex.find_iter(folded).map(|found| Span::new(found.start(), found.end())).filter(|span| !span.is_empty())
    }
}

/// Folds the letters, but not what stands behind a backslash: `\W` and `\w` are two things.
fn folded(typed: &str) -> String {
    let mut out = String::with_capacity(typed.len());
    let mut letters = typed.chars();
    let mut plain = String::new();
    while let Some(letter) = letters.next() {
        if letter == '\\' {
            out += &fold(&std::mem::take(&mut plain));
            out.push(letter);
            out.extend(letters.next());
        } else {
            plain.push(letter);
        }
    }
    out + &fold(&plain)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn case_and_accents_do_not_matter_but_in_escapes() {
        let found = |pattern: &str, text: &str| Pattern::parse(pattern).map(|pattern| pattern.is_in(&fold(text)));
        assert_eq!(found("Zo[eë]\\W", "“Zoë,” she said"), Some(true));
        assert_eq!(found("harbou?r (bridge|tunnel)", "The Harbor Tunnel"), Some(true));
        assert_eq!(found("^no", "yes\nNo."), Some(true), "the start of a paragraph");
        assert_eq!(found("s.t", "yes\ntea"), Some(false), "no paragraph goes on in the next");
        assert_eq!(found("\\d{4}", "in 2026"), Some(true));
        assert_eq!(found("a(", "a("), None);
        assert_eq!(found("((a{999}){999}){999}", "a"), None);
    }

    #[test]
    fn hits_are_not_empty() {
        let pattern = Pattern::parse("a*").unwrap();
        let hits: Vec<_> = pattern.hits("baab").map(|span| (span.start, span.end)).collect();
        assert_eq!(hits, [(1, 3)]);
    }
}
