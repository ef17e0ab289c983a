//! Reading a line of typing.

use chrono::NaiveDate;

use super::{FIELDS, ORDERS, Query, QueryError, QueryErrorKind, STATES, State, Term, TermKind};
use crate::text::{Folded, Span, fold_with_offsets, nearest};

/// Stands for `OR` while a query is read: a character that no text keeps.
const OR: char = '\u{e000}';

impl Query {
    /// Reads what was typed. Blanks separate terms; marks (straight or curly) hold a phrase together, also unclosed
    /// while it is being typed; `field:` applies to what follows it; `OR` stands between alternatives. A field that is
    /// unknown, or has a value that it does not know, asks for nothing and is an error.
    pub fn parse(typed: &str) -> Self {
        let line = Line::of(typed);
        let folded = line.folded.text.as_str();
        let mut query = Self::default();
        let mut alternative = false;
        let mut rest = folded;
        while !rest.is_empty() {
            if let Some(after) = rest.strip_prefix(OR) {
                (alternative, rest) = (true, after.trim_start());
                continue;
            }
            let (asked, negated, after) = parse_term(rest);
            let term = &rest[..rest.len() - after.len()];
            match asked {
                Ok(Asked::Nothing) => {}
                Ok(Asked::Relevance) => query.by_relevance = true,
                Ok(Asked::Term(kind)) => {
                    let alternative = std::mem::take(&mut alternative) && !query.terms.is_empty();
                    query.terms.push(Term { negated, alternative, kind });
                }
                Err(fault) => {
                    let start = folded.len() - rest.len();
                    let may_go_on = after.is_empty() && !typed.ends_with(char::is_whitespace) && !is_closed(term);
                    query.errors.push(QueryError {
                        span: line.typed(start, start + term.len()),
                        is_unfinished: may_go_on && fault.may_become_right(),
                        kind: fault.kind,
                        field: fault.field.to_owned(),
                        value: fault.value,
                    });
                }
            }
            rest = after.trim_start();
        }
        query
    }
}

/// What was typed, made ready to be read: folded, single blanks between its words, a sign for each `OR`.
struct Line {
    folded: Folded,
    /// Where each word begins before folding, and where it stands in what was typed.
    words: Vec<(usize, Span)>,
}

impl Line {
    fn of(typed: &str) -> Self {
        let (mut marked, mut words, mut end) = (String::with_capacity(typed.len()), Vec::new(), 0);
        for word in typed.split(char::is_whitespace) {
            let span = Span::new(end, end + word.len());
            end = span.end + typed[span.end..].chars().next().map_or(0, char::len_utf8);
            if word.is_empty() {
                continue;
            }
            if !marked.is_empty() {
                marked.push(' ');
            }
            words.push((marked.len(), span));
            match word {
                "OR" => marked.push(OR),
                word => marked.push_str(word),
            }
        }
        Self { folded: fold_with_offsets(&marked), words }
    }

    /// Where the folded bytes `start..end` stand in what was typed.
    fn typed(&self, start: usize, end: usize) -> Span {
        let marked = self.folded.original(start, end);
        let place = |at: usize, inside: usize| {
            let word = self.words.partition_point(|&(begin, _)| begin <= inside).saturating_sub(1);
            self.words.get(word).map_or(0, |&(begin, span)| (span.start + at.saturating_sub(begin)).min(span.end))
        };
        let first = place(marked.start, marked.start);
        Span::new(first, place(marked.end, marked.end.saturating_sub(1)).max(first))
    }
}

/// What a term asks for.
enum Asked {
    Nothing,
    Relevance,
    Term(TermKind),
}

/// A term that cannot be understood.
struct Fault<'a> {
    kind: QueryErrorKind,
    field: &'a str,
    value: String,
}

impl Fault<'_> {
    /// Whether more letters at its end could make it right.
    fn may_become_right(&self) -> bool {
        let begins = |name: &str| name.starts_with(&self.value);
        match (self.kind, self.field) {
            (QueryErrorKind::NoValue, _) => true,
            (QueryErrorKind::NotADate, _) => may_become_day(&self.value),
            (QueryErrorKind::UnknownValue, "is") => STATES.iter().any(|(name, _)| begins(name)),
            (QueryErrorKind::UnknownValue, _) => ORDERS.into_iter().any(begins),
            (QueryErrorKind::UnknownField | QueryErrorKind::Negated, _) => false,
        }
    }
}

/// Whether a term ends in a phrase that is closed.
fn is_closed(term: &str) -> bool {
    term.ends_with('"') && term.matches('"').count() > 1
}

/// Reads the term at the start of `text`, which begins with no blank; returns what it asks for, whether that is to be
/// absent, and what is left.
fn parse_term(text: &str) -> (Result<Asked, Fault<'_>>, bool, &str) {
    let (negated, text) = match text.strip_prefix('-') {
        Some(after) if !after.is_empty() && !after.starts_with(' ') => (true, after),
        _ => (false, text),
    };
    let Some((field, value)) = split_field(text) else {
        let (words, quoted, rest) = parse_words(text);
        let asked = match has_words(&words) {
            false => Asked::Nothing,
            true if quoted => Asked::Term(TermKind::Phrase(words)),
            true => Asked::Term(TermKind::Word(words)),
        };
        return (Ok(asked), negated, rest);
    };
    let (value, _, rest) = parse_words(value);
    let kind = match field {
        "sort" if ORDERS.contains(&value.as_str()) && !negated => return (Ok(Asked::Relevance), negated, rest),
        // There is no order that one could exclude.
        "sort" if negated => Err(QueryErrorKind::Negated),
        _ if !FIELDS.contains(&field) => Err(QueryErrorKind::UnknownField),
        _ if !has_words(&value) => Err(QueryErrorKind::NoValue),
        // The value has lost the marks around it.
        "after" | "before" if rest_of(text).starts_with('-') => Err(QueryErrorKind::NotADate),
        "after" => parse_day(&value).map(TermKind::After).ok_or(QueryErrorKind::NotADate),
        "before" => parse_day(&value).map(TermKind::Before).ok_or(QueryErrorKind::NotADate),
        "is" => parse_state(&value).map(TermKind::Is).ok_or(QueryErrorKind::UnknownValue),
        "speaker" => Ok(TermKind::Speaker(value.clone())),
        "said" => Ok(TermKind::Said(value.clone())),
        "source" => Ok(TermKind::Source(value.clone())),
        "tag" => Ok(TermKind::Tag(value.clone())),
        "title" => Ok(TermKind::Title(value.clone())),
        _ => Err(QueryErrorKind::UnknownValue),
    };
    (kind.map(Asked::Term).map_err(|kind| Fault { kind, field, value }), negated, rest)
}

/// Parts a field from what follows its colon. What has no known name is a field only where it looks like one: letters,
/// a colon and directly a value. So `10:30`, `http://…`, `std::fs` and `Re: trams` are words.
fn split_field(text: &str) -> Option<(&str, &str)> {
    let (field, value) = text.split_once(':')?;
    let is_word = !field.is_empty() && field.bytes().all(|byte| byte.is_ascii_lowercase());
    let has_value = value.starts_with(|c: char| c.is_alphanumeric() || c == '"' || c == '#');
    // Without a value, only what is nearly the name of a field.
    let is_meant = || field.len() > 3 && value.trim_start().is_empty() && nearest(field, FIELDS).is_some();
    (FIELDS.contains(&field) || (is_word && (has_value || is_meant()))).then_some((field, value))
}

/// What stands after the colon of a field.
fn rest_of(text: &str) -> &str {
    text.split_once(':').map_or("", |(_, value)| value)
}

fn has_words(text: &str) -> bool {
    crate::text::words(text).next().is_some()
}

/// Reads a word, or all between marks; returns it, whether it stood in marks, and what is left.
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
    if !typed.bytes().all(|byte| byte.is_ascii_digit() || byte == b'-') {
        return None;
    }
    let mut parts = typed.splitn(3, '-');
    let year = parts.next().filter(|year| year.len() == 4)?.parse().ok()?;
    let mut next = || parts.next().map_or(Some(1), |part| part.parse().ok());
    let (month, day) = (next()?, next()?);
    NaiveDate::from_ymd_opt(year, month, day)
}

/// Whether what is no date yet could become one by typing on: an unfinished year, or the 0 of a month or day.
fn may_become_day(typed: &str) -> bool {
    match typed.rsplit_once('-') {
        None => typed.len() < 4 && typed.bytes().all(|byte| byte.is_ascii_digit()),
        Some((before, part)) => part == "0" && before.len() < "2026-03-0".len() && parse_day(before).is_some(),
    }
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
    fn near_misses_are_reported_and_words_with_a_colon_are_words() {
        let errors = |typed: &str| Query::parse(typed).errors.iter().map(ToString::to_string).collect::<Vec<_>>();
        assert_eq!(errors("speakr:"), ["unknown field speakr:"]);
        assert_eq!(errors("after:-2026 before:-1").len(), 2);
        assert_eq!(errors("-sort:relevance"), ["-sort: cannot be excluded"]);
        for words in ["foo: bar", "it: was", "10:30", "Re: trams"] {
            assert!(errors(words).is_empty(), "{words}");
        }
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

    /// What is wrong, each with its place in what was typed; `…` after what may still become right.
    fn wrong(typed: &str) -> String {
        let show = |error: &QueryError| {
            let sign = if error.is_unfinished { "…" } else { "" };
            format!("{}{sign} ({error})", error.span.of(typed))
        };
        Query::parse(typed).errors.iter().map(show).collect::<Vec<_>>().join(", ")
    }

    #[test]
    fn unknown_fields_are_errors() {
        assert_eq!(wrong("foo:bar"), "foo:bar (unknown field foo:)");
        assert_eq!(wrong("tram  -Föo:\"a  b\" bus"), "-Föo:\"a  b\" (unknown field foo:)");
        assert_eq!(wrong("tagg:#budget x:y"), "tagg:#budget (unknown field tagg:), x:y (unknown field x:)");
        assert_eq!(shown("tram foo:bar bus"), r#"Word("tram") Word("bus")"#);
        for words in [
            "10:30",
            "http://x.example/",
            "Re: trams",
            "\"foo:bar\"",
            "std::fs",
            "re:",
            ":foo",
            "a2:b",
            "东京:x",
            "x:)",
        ] {
            assert_eq!(wrong(words), "", "{words}");
        }
        assert_eq!(shown("Re: trams"), r#"Word("re") Word("trams")"#);
    }

    #[test]
    fn wrong_values_are_errors() {
        assert_eq!(wrong("after:2026-13"), "after:2026-13 (after:2026-13 is not a date)");
        assert_eq!(wrong("before:2026-02-30"), "before:2026-02-30 (before:2026-02-30 is not a date)");
        assert_eq!(
            wrong("after:march after:2026--05"),
            "after:march (after:march is not a date), after:2026--05 (after:2026--05 is not a date)"
        );
        assert_eq!(wrong("is:boring"), "is:boring (unknown value is:boring)");
        assert_eq!(wrong("sort:date"), "sort:date (unknown value sort:date)");
        assert_eq!(wrong("-sort:relevance tram"), "-sort:relevance (-sort: cannot be excluded)");
        assert_eq!(wrong("speaker: deniz"), "speaker: (missing value after speaker:)");
        assert_eq!(wrong("speaker:\"\""), "speaker:\"\" (missing value after speaker:)");
        assert_eq!(wrong("tag:# OR is:x"), "tag:# (missing value after tag:), is:x (unknown value is:x)");
    }

    #[test]
    fn unfinished_term_is_no_error_yet() {
        for typed in [
            "after:",
            "after:2",
            "after:202",
            "before:2026-0",
            "after:2026-02-0",
            "is:",
            "is:un",
            "is:\"un",
            "sort:rel",
            "speaker:",
            "speaker:\"",
            "-tag:",
            "tram said:",
        ] {
            let query = Query::parse(typed);
            assert!(!query.is_wrong() && query.errors.len() == 1, "{typed}");
            assert!(query.so_far().errors.is_empty());
            assert!(Query::parse(&format!("{typed} tram")).is_wrong() || typed.contains('"'), "{typed} and more");
            assert!(Query::parse(&format!("{typed} ")).is_wrong(), "{typed} and a blank");
        }
        for typed in ["after:2026", "after:2026-", "after:2026-1", "after:2026-02-3", "is:unread", "tram"] {
            assert!(Query::parse(typed).errors.is_empty(), "{typed}");
        }
        for typed in ["after:x", "after:20260", "after:2026-00", "after:2026-02-00", "is:unx", "sort:d", "foo:b"] {
            assert!(Query::parse(typed).is_wrong(), "{typed}");
        }
    }

    #[test]
    fn hints_name_the_nearest_word_or_all() {
        let hint = |typed: &str| Query::parse(typed).errors[0].hint();
        assert_eq!(hint("speakr:x"), "did you mean speaker:?");
        let all = "speaker: said: source: title: tag: after: before: is: sort:";
        assert_eq!(hint("foo:bar"), all);
        let phrase = |typed: &str| Query::parse(typed).errors[0].phrase();
        assert_eq!(phrase("foo:\"a b\"").as_deref(), Some("as a phrase: \"foo:a b\""));
        assert_eq!(phrase("is:boring"), None);
        assert_eq!(hint("is:unraed"), "did you mean is:unread?");
        assert_eq!(hint("is:boring"), "is: needs unread, read, starred or removed");
        assert_eq!(hint("sort:relevence"), "did you mean sort:relevance?");
        assert_eq!(hint("after:2026-13"), "after: needs a year, month or day, e.g. 2026-03");
        assert_eq!(hint("speaker:"), "speaker: needs a name, e.g. speaker:deniz");
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
