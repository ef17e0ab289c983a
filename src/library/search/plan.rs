//! The plan of a query: what to look up in the search index.

use std::collections::BTreeSet;

use chrono::NaiveDate;

use super::index_terms::{SAID, SOURCE, SPEAKER, TITLE, TOPIC, prefix_term, truncated};
use crate::query::{Day, Query, State, Term, TermKind};
use crate::text::words;

/// How short the beginning of a word may be, in letters, for the index of phrases: shorter ones begin too many words.
const SHORTEST: usize = 3;

/// The parts of the plan that the index answers, and whether they are the whole query.
#[derive(Debug, Default, PartialEq, Eq)]
pub(in crate::library) struct Plan {
    /// The expression for the prefix index.
    pub prefixes: Option<String>,
    /// The expression for prefixes that must be absent, where the query has no other.
    pub absent: Option<String>,
    /// The expression for the phrase index.
    pub phrases: Option<String>,
    /// The first day.
    pub after: Option<NaiveDate>,
    /// The day after the last.
    pub before: Option<NaiveDate>,
    /// The tags it must have, of the user, the publisher, or a feed that it came from.
    pub tags: Vec<String>,
    /// What is asked of author and address, which stand in columns of their own.
    pub in_columns: Vec<Term>,
    /// What the user must have done, or must not.
    pub states: Vec<(State, bool)>,
    /// Whether every article that has all that is a hit. Else each must be read.
    pub is_exact: bool,
}

/// A part of a question to the index.
struct Part {
    expression: String,
    is_exact: bool,
}

impl Plan {
    /// The plan of `query`.
    pub fn of(query: &Query) -> Self {
        let mut plan = Self { is_exact: true, ..Self::default() };
        let (mut all, mut none, mut phrases) = (Vec::new(), Vec::new(), Vec::new());
        for clause in query.clauses() {
            match clause {
                [term] if plan.take_in_fact(term) => {}
                [Term { negated: false, kind: TermKind::Word(text) | TermKind::Phrase(text), .. }]
                    if words(text).nth(1).is_some() =>
                {
                    plan.is_exact &= phrase(text, &mut phrases, &mut all);
                }
                [Term { negated: true, kind, .. }] => match part(kind, query) {
                    Some(part) if part.is_exact => none.push(part.expression),
                    _ => plan.is_exact = false,
                },
                _ => match alternatives(clause, query) {
                    Some(part) => {
                        plan.is_exact &= part.is_exact;
                        all.push(part.expression);
                    }
                    None => plan.is_exact = false,
                },
            }
        }
        // FTS5 has no query for absent words only.
        plan.absent = (all.is_empty() && !none.is_empty()).then(|| none.join(" OR "));
        plan.prefixes = (!all.is_empty()).then(|| {
            let present = format!("({})", all.join(" AND "));
            std::iter::once(present).chain(none).collect::<Vec<_>>().join(" NOT ")
        });
        plan.phrases = (!phrases.is_empty()).then(|| phrases.join(" AND "));
        plan
    }

    /// Adds a term that is not about words; returns whether it was one.
    fn take_in_fact(&mut self, term: &Term) -> bool {
        match (&term.kind, term.negated) {
            (TermKind::After(Day::On(day)), false) => self.after = self.after.max(Some(*day)),
            (TermKind::Before(Day::On(day)), false) => {
                self.before = Some(self.before.map_or(*day, |old| old.min(*day)));
            }
            (TermKind::Author(_) | TermKind::Url(_) | TermKind::Has(_), _) => self.in_columns.push(term.clone()),
            (TermKind::Is(state), negated) => self.states.push((*state, !negated)),
            (TermKind::Tag(tag), false) => {
                self.tags.push(tag.clone());
                self.is_exact = false;
            }
            _ => return false,
        }
        true
    }
}

/// The expression for the prefix index for a keyword of the publisher.
pub(in crate::library) fn topic(tag: &str) -> Option<String> {
    let asked: Vec<_> = words(tag).map(|word| quoted(Some(TOPIC), truncated(word)) + "*").collect();
    (!asked.is_empty()).then(|| asked.join(" AND "))
}

/// Any of some terms; nothing where one of them is no question to the index.
fn alternatives(clause: &[Term], query: &Query) -> Option<Part> {
    let mut expressions = Vec::new();
    let mut is_exact = true;
    for term in clause {
        let part = part(&term.kind, query).filter(|_| !term.negated)?;
        is_exact &= part.is_exact;
        expressions.push(part.expression);
    }
    Some(Part { expression: format!("({})", expressions.join(" OR ")), is_exact })
}

/// The expression for the prefix index for one term; none where it is not about words.
fn part(kind: &TermKind, query: &Query) -> Option<Part> {
    let (sign, text, is_exact) = match kind {
        TermKind::Word(text) | TermKind::Phrase(text) => (None, text, true),
        TermKind::Title(text) => (Some(TITLE), text, true),
        // Who said it is not in the index.
        TermKind::Said(text) => (Some(SAID), text, query.speakers().next().is_none()),
        // Nor is which words are reported.
        TermKind::Reported(text) => (None, text, false),
        TermKind::Speaker(name) => return Some(speaker(name, query)),
        TermKind::Source(text) => (Some(SOURCE), text, true),
        TermKind::After(_)
        | TermKind::Before(_)
        | TermKind::Is(_)
        | TermKind::Has(_)
        | TermKind::Tag(_)
        | TermKind::Author(_)
        | TermKind::Url(_)
        | TermKind::Matches(_)
        | TermKind::Quotation(_) => return None,
    };
    let all = all_words(sign, text);
    Some(Part { is_exact: all.is_exact && is_exact, ..all })
}

/// The expression for a speaker, under whatever names they are known. Who goes by another name is not in the index.
fn speaker(name: &str, query: &Query) -> Part {
    let mut part = all_words(Some(SPEAKER), name);
    let keys: BTreeSet<&str> =
        query.identities_of(name).map(|identity| identity.split('\t').next().unwrap_or_default()).collect();
    for key in keys.into_iter().filter(|key| words(key).next().is_some()) {
        part.expression = format!("({} OR {})", part.expression, all_words(Some(SPEAKER), key).expression);
        part.is_exact = false;
    }
    part
}

/// The expression for all words of a text, the last of which may go on.
fn all_words(sign: Option<char>, text: &str) -> Part {
    let mut is_exact = true;
    let mut typed = words(text).peekable();
    let mut expressions = Vec::new();
    while let Some(word) = typed.next() {
        let is_last = typed.peek().is_none();
        is_exact &= is_last && expressions.is_empty() && truncated(word) == word;
        let is_cut = truncated(word) != word;
        expressions.push(if is_last || is_cut { begins(sign, truncated(word)) } else { quoted(sign, word) });
    }
    Part { expression: format!("({})", expressions.join(" AND ")), is_exact }
}

/// Adds words one after the other; returns whether that is exact.
///
/// The index of phrases has no prefixes ready: those of an unfinished last word would take long to gather.
fn phrase(text: &str, phrases: &mut Vec<String>, prefixes: &mut Vec<String>) -> bool {
    let typed: Vec<_> = words(text).collect();
    if typed.iter().any(|word| truncated(word) != *word) {
        return false;
    }
    let (Some(last), rest) = (typed.last(), &typed[..typed.len() - 1]) else { return false };
    if last.chars().count() >= SHORTEST {
        phrases.push(format!("\"{}\" *", typed.join(" ")));
        return true;
    }
    phrases.push(format!("\"{}\"", rest.join(" ")));
    prefixes.push(format!("({})", begins(None, last)));
    false
}

/// Asks for words that begin so.
fn begins(sign: Option<char>, word: &str) -> String {
    let (word, is_there) = prefix_term(sign, word);
    quoted(None, &word) + if is_there { "" } else { "*" }
}

/// A word quoted for FTS5, so that it is not taken for syntax.
fn quoted(sign: Option<char>, word: &str) -> String {
    let mut quoted = String::from('"');
    quoted.extend(sign);
    quoted.extend(word.chars().filter(|&c| c != '"'));
    quoted.push('"');
    quoted
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::query::OtherNames;

    fn shown(typed: &str) -> String {
        let plan = Plan::of(&Query::parse(typed));
        let sign = if plan.is_exact { "=" } else { "~" };
        let absent = plan.absent.map(|absent| format!("not {absent}"));
        let parts = [plan.prefixes, plan.phrases, absent].into_iter().flatten();
        std::iter::once(sign.to_owned()).chain(parts).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn plan_of_words() {
        assert_eq!(shown("bridge cl"), r#"= ((("bridge"*)) AND (("^cl")))"#);
        assert_eq!(shown("tram OR bus -fare"), r#"= ((("tram"*) OR ("^bus"))) NOT ("fare"*)"#);
        assert_eq!(shown("title:bridge said:no"), r#"= ((("!bridge"*)) AND (("$no"*)))"#);
        assert_eq!(shown("-fare -bus"), r#"= not ("fare"*) OR ("^bus")"#);
        assert_eq!(shown("-\"night tram\" bus"), r#"~ ((("^bus")))"#);
    }

    #[test]
    fn plan_of_phrases_and_names() {
        assert_eq!(shown("\"night trams\""), r#"= "night trams" *"#);
        assert_eq!(shown("\"the night tr\""), r#"~ (("^tr")) "the night""#);
        assert_eq!(shown("speaker:\"dmitry peskov\""), r#"~ ((("@dmitry" AND "@peskov"*)))"#);
        assert_eq!(shown("said:war speaker:peskov"), r#"~ ((("$war"*)) AND (("@peskov"*)))"#);
    }

    #[test]
    fn plan_of_speakers_with_other_names() {
        let mut query = Query::parse("speaker:\"ines holt\"");
        let identities = ["ines holt", "ines holt\tf", "holt"].map(str::to_owned).to_vec();
        query.other_names.push(OtherNames { name: "ines holt".to_owned(), identities });
        let plan = Plan::of(&query);
        let asked = r#"((((("@ines" AND "@holt"*) OR ("@holt"*)) OR ("@ines" AND "@holt"*))))"#;
        assert_eq!((plan.prefixes.as_deref(), plan.is_exact), (Some(asked), false));
    }

    #[test]
    fn plan_of_dates_tags_and_states() {
        let plan = Plan::of(&Query::parse("after:2024 after:2023 before:2025 is:unread -is:starred"));
        assert_eq!(plan.after, NaiveDate::from_ymd_opt(2024, 1, 1));
        assert_eq!(plan.before, NaiveDate::from_ymd_opt(2025, 1, 1));
        assert_eq!(plan.states, [(State::Unread, true), (State::Starred, false)]);
        assert!(plan.is_exact && plan.prefixes.is_none());
    }
}
