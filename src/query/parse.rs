//! Reading a line of typing.

use super::clauses::{self, Clauses};
use super::{
    Day, KINDS, ORDERS, Pattern, Query, QueryError, QueryErrorKind, STATES, State, Subject, TermKind, quotation,
};
use crate::article::Medium;
use crate::text::{Folded, Span, fold_with_offsets, nearest};

/// Stand for `OR` and `|` while a query is read: characters that no text keeps.
const OR: char = '\u{e000}';
const BAR: char = '\u{e001}';

/// How many brackets may stand in each other; more are passed over.
const DEEPEST: usize = 8;

impl Query {
    /// Reads what was typed. Blanks separate terms; marks (straight or curly) hold a phrase together, also unclosed
    /// while it is being typed; slashes hold a regular expression; `field:` applies to what follows it; `OR` or `|` stands
    /// between alternatives; brackets hold terms together. A field that is unknown, or has a value that it does not know,
    /// asks for nothing and is an error.
    pub fn parse(typed: &str) -> Self {
        Self::parse_about(typed, Subject::Articles)
    }

    /// The same, about something else.
    pub fn parse_about(typed: &str, subject: Subject) -> Self {
        let line = Line::of(typed);
        let query = Self::default();
        let mut reading = Reading { typed, subject, rest: &line.folded.text, line: &line, depth: 0, query };
        let clauses = reading.all();
        let mut query = reading.query;
        query.errors.sort_by_key(|error| error.span);
        query.terms = clauses::in_row(clauses);
        query
    }
}

/// A query that is being read.
struct Reading<'a> {
    typed: &'a str,
    subject: Subject,
    line: &'a Line,
    /// What is left to read.
    rest: &'a str,
    /// In how many brackets that stands.
    depth: usize,
    query: Query,
}

impl<'a> Reading<'a> {
    /// Reads to the end, or to the bracket that closes.
    fn all(&mut self) -> Clauses {
        let (mut done, mut last, mut alternative) = (Clauses::new(), None, false);
        loop {
            self.rest = self.rest.trim_start();
            if self.rest.is_empty() || (self.depth > 0 && self.rest.starts_with(')')) {
                break;
            }
            if let Some(after) = self.rest.strip_prefix([OR, BAR]) {
                (alternative, self.rest) = (true, after);
                continue;
            }
            let start = self.at();
            let Some(next) = self.unit() else { continue };
            let before = last.take();
            last = match before {
                Some(before) if alternative => Some(self.limited(clauses::either(&before, &next), start)),
                before => {
                    done.extend(before.unwrap_or_default());
                    Some(next)
                }
            };
            alternative = false;
        }
        done.extend(last.unwrap_or_default());
        done
    }

    /// Reads one term, or all between brackets.
    fn unit(&mut self) -> Option<Clauses> {
        let (negated, text) = match self.rest.strip_prefix('-') {
            Some(after) if after.starts_with(['(', '/']) => (true, after),
            _ => (false, self.rest),
        };
        if let Some(inside) = text.strip_prefix('(') {
            self.rest = inside;
            return self.group(negated);
        }
        let inside = text.strip_prefix('/').filter(|inside| !inside.is_empty() && !inside.starts_with([' ', '/']));
        if let Some(inside) = inside
            && let Some(length) = self.end_of_pattern(inside)
        {
            return self.pattern(inside, length, negated);
        }
        self.term()
    }

    /// Reads what stands behind an opening bracket, and the closing one.
    fn group(&mut self, negated: bool) -> Option<Clauses> {
        if self.depth == DEEPEST {
            return None;
        }
        let start = self.at() - 1;
        self.depth += 1;
        let clauses = self.all();
        self.depth -= 1;
        match self.rest.strip_prefix(')') {
            Some(after) => self.rest = after,
            None => self.error((start, start + 1), QueryErrorKind::Unclosed, "(", true),
        }
        if clauses.is_empty() {
            return None;
        }
        Some(if negated { self.limited(clauses::none_of(clauses), start) } else { clauses })
    }

    /// The length of a regular expression up to the slash that closes it, which stands at the end of a word; of all, where
    /// that is still to come. None where these are other words: `/home/user`.
    fn end_of_pattern(&self, inside: &str) -> Option<usize> {
        let (mut escaped, mut has_slash) = (false, false);
        for (at, letter) in inside.char_indices() {
            let after = inside[at..].chars().nth(1);
            let ends = after.is_none_or(|after| after == ' ' || (self.depth > 0 && after == ')'));
            match letter {
                '/' if !escaped && ends => return Some(at),
                '/' if !escaped => has_slash = true,
                _ => {}
            }
            escaped = letter == '\\' && !escaped;
        }
        (!has_slash).then_some(inside.len())
    }

    fn pattern(&mut self, inside: &'a str, length: usize, negated: bool) -> Option<Clauses> {
        let start = self.line.folded.text.len() - inside.len();
        let is_closed = length < inside.len();
        self.rest = &inside[(length + 1).min(inside.len())..];
        let place = (start - 1, start + length + usize::from(is_closed));
        // Folding would make one of `\\W` and `\\w`.
        let pattern = Pattern::parse(self.line.typed(start, start + length).of(self.typed));
        match pattern {
            _ if !is_closed => self.error(place, QueryErrorKind::Unclosed, "/", true),
            None => self.error(place, QueryErrorKind::NoPattern, "/", false),
            Some(pattern) => return Some(clauses::one(TermKind::Matches(pattern), negated)),
        }
        None
    }

    /// Reads a word, a phrase, or a field with its value.
    fn term(&mut self) -> Option<Clauses> {
        let (rest, start) = (self.rest, self.at());
        let (asked, negated, after) = parse_term(rest, self.depth > 0, self.subject);
        let term = &rest[..rest.len() - after.len()];
        self.rest = after;
        match asked {
            Ok(Asked::Nothing) => None,
            Ok(Asked::Relevance) => {
                self.query.by_relevance = true;
                None
            }
            Ok(Asked::Term(kind)) => Some(clauses::one(kind, negated)),
            Ok(Asked::During(first, end)) => {
                let days = [Some(TermKind::After(first)), end.map(TermKind::Before)].into_iter().flatten();
                let within: Clauses = days.flat_map(|day| clauses::one(day, false)).collect();
                Some(if negated { self.limited(clauses::none_of(within), start) } else { within })
            }
            Err(fault) => {
                let may_go_on = after.is_empty() && !self.typed.ends_with(char::is_whitespace) && !is_closed(term);
                self.query.errors.push(QueryError {
                    span: self.line.typed(start, start + term.len()),
                    is_unfinished: may_go_on && fault.may_become_right(self.subject),
                    subject: self.subject,
                    kind: fault.kind,
                    field: fault.field.to_owned(),
                    value: fault.value,
                });
                None
            }
        }
    }

    /// Where the rest begins, in the folded line.
    fn at(&self) -> usize {
        self.line.folded.text.len() - self.rest.len()
    }

    /// The clauses, unless they are too many.
    fn limited(&mut self, clauses: Option<Clauses>, start: usize) -> Clauses {
        clauses.unwrap_or_else(|| {
            self.error((start, start + 1), QueryErrorKind::TooMany, "(", false);
            Clauses::new()
        })
    }

    fn error(&mut self, (start, end): (usize, usize), kind: QueryErrorKind, field: &str, is_unfinished: bool) {
        let span = self.line.typed(start, end);
        let value = span.of(self.typed).to_owned();
        let (field, subject) = (field.to_owned(), self.subject);
        self.query.errors.push(QueryError { span, kind, field, value, subject, is_unfinished });
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
                "|" => marked.push(BAR),
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
    During(Day, Option<Day>),
}

/// A term that cannot be understood.
struct Fault<'a> {
    kind: QueryErrorKind,
    field: &'a str,
    value: String,
}

impl Fault<'_> {
    /// Whether more letters at its end could make it right.
    fn may_become_right(&self, subject: Subject) -> bool {
        let begins = |name: &str| name.starts_with(&self.value);
        match (self.kind, self.field) {
            (QueryErrorKind::NoValue, _) => true,
            (QueryErrorKind::NotADate, _) => Day::may_become(&self.value),
            (QueryErrorKind::UnknownValue, "is") => subject.states().into_iter().any(begins),
            (QueryErrorKind::UnknownValue, "has") => Medium::NAMES.iter().any(|(name, _)| begins(name)),
            (QueryErrorKind::UnknownValue, "kind") => KINDS.into_iter().any(begins),
            (QueryErrorKind::UnknownValue, "confidence") => quotation::may_become_confidence(&self.value),
            (QueryErrorKind::UnknownValue, "sort") => ORDERS.into_iter().any(begins),
            _ => false,
        }
    }
}

/// Whether a term ends in a phrase that is closed.
fn is_closed(term: &str) -> bool {
    term.ends_with('"') && term.matches('"').count() > 1
}

/// Reads the term at the start of `text`, which begins with no blank; returns what it asks for, whether that is to be
/// absent, and what is left. In brackets a closing one ends it.
fn parse_term(text: &str, in_brackets: bool, subject: Subject) -> (Result<Asked, Fault<'_>>, bool, &str) {
    let (negated, text) = match text.strip_prefix('-') {
        Some(after) if !after.is_empty() && !after.starts_with(' ') => (true, after),
        _ => (false, text),
    };
    let Some((field, value)) = split_field(text, subject) else {
        let (words, quoted, rest) = parse_words(text, in_brackets);
        let asked = match has_words(&words) {
            false => Asked::Nothing,
            true if quoted => Asked::Term(TermKind::Phrase(words)),
            true => Asked::Term(TermKind::Word(words)),
        };
        return (Ok(asked), negated, rest);
    };
    let (value, _, rest) = match field {
        // The signs before it are a part of it.
        "confidence" => parse_limit(value, in_brackets),
        _ => parse_words(value, in_brackets),
    };
    let first = rest_of(text).chars().next();
    // The value has lost the marks around it.
    let is_day = matches!(field, "after" | "before" | "on");
    let value = if is_day && first == Some('-') { format!("-{value}") } else { value };
    // What joins terms or stands for one joins no words within a field. An address may begin so.
    let is_sign = match first {
        Some('(') => true,
        Some('-') => !is_day,
        Some('/') => text[..text.len() - rest.len()].ends_with('/'),
        _ => false,
    };
    let kind = match field {
        "sort" if ORDERS.contains(&value.as_str()) && !negated => return (Ok(Asked::Relevance), negated, rest),
        // There is no order that one could exclude.
        "sort" if negated => Err(QueryErrorKind::Negated),
        _ if !subject.fields().contains(&field) => Err(QueryErrorKind::UnknownField),
        "confidence" if !value.is_empty() => quotation::confidence(&value).ok_or(QueryErrorKind::UnknownValue),
        _ if !has_words(&value) => Err(QueryErrorKind::NoValue),
        _ if is_sign && field != "url" => Err(QueryErrorKind::NotInField),
        "after" => Day::parse(&value).map(TermKind::After).ok_or(QueryErrorKind::NotADate),
        "before" => Day::parse(&value).map(TermKind::Before).ok_or(QueryErrorKind::NotADate),
        "on" => match Day::parse_period(&value) {
            Some((first, end)) => return (Ok(Asked::During(first, end)), negated, rest),
            None => Err(QueryErrorKind::NotADate),
        },
        "kind" => quotation::kind(&value).ok_or(QueryErrorKind::UnknownValue),
        "is" if subject == Subject::Quotations => quotation::state(&value).ok_or(QueryErrorKind::UnknownValue),
        "is" => parse_state(&value).map(TermKind::Is).ok_or(QueryErrorKind::UnknownValue),
        "has" => parse_medium(&value).map(TermKind::Has).ok_or(QueryErrorKind::UnknownValue),
        "speaker" => Ok(TermKind::Speaker(value.clone())),
        "said" => Ok(TermKind::Said(value.clone())),
        "reported" => Ok(TermKind::Reported(value.clone())),
        "source" | "publisher" => Ok(TermKind::Source(value.clone())),
        "author" => Ok(TermKind::Author(value.clone())),
        "url" => Ok(TermKind::Url(value.clone())),
        "tag" => Ok(TermKind::Tag(value.clone())),
        "title" => Ok(TermKind::Title(value.clone())),
        _ => Err(QueryErrorKind::UnknownValue),
    };
    (kind.map(Asked::Term).map_err(|kind| Fault { kind, field, value }), negated, rest)
}

/// Parts a field from what follows its colon. What has no known name is a field only where it looks like one: letters,
/// a colon and directly a value. So `10:30`, `http://…`, `std::fs` and `Re: trams` are words.
fn split_field(text: &str, subject: Subject) -> Option<(&str, &str)> {
    let (field, value) = text.split_once(':')?;
    let fields = subject.fields();
    if field == quotation::SHORT && subject == Subject::Quotations {
        return Some(("confidence", value));
    }
    let is_word = !field.is_empty() && field.bytes().all(|byte| byte.is_ascii_lowercase());
    let has_value = value.starts_with(|c: char| c.is_alphanumeric() || matches!(c, '"' | '#' | '('));
    // Without a value, only what is nearly the name of a field.
    let is_meant =
        || field.len() > 3 && value.trim_start().is_empty() && nearest(field, fields.iter().copied()).is_some();
    (fields.contains(&field) || (is_word && (has_value || is_meant()))).then_some((field, value))
}

/// What stands after the colon of a field.
fn rest_of(text: &str) -> &str {
    text.split_once(':').map_or("", |(_, value)| value)
}

fn has_words(text: &str) -> bool {
    crate::text::words(text).next().is_some()
}

/// Reads a limit; returns it as [`parse_words`] does.
fn parse_limit(text: &str, in_brackets: bool) -> (String, bool, &str) {
    let end = text.find(|c: char| c == ' ' || (in_brackets && c == ')')).unwrap_or(text.len());
    (text[..end].to_owned(), false, &text[end..])
}

/// Reads a word, or all between marks; returns it, whether it stood in marks, and what is left.
fn parse_words(text: &str, in_brackets: bool) -> (String, bool, &str) {
    if let Some(inside) = text.strip_prefix('"') {
        let (words, rest) = inside.split_once('"').unwrap_or((inside, ""));
        let words = words.replace(OR, "or").replace(BAR, " ");
        return (words.split_whitespace().collect::<Vec<_>>().join(" "), true, rest);
    }
    let ends = |c: char| matches!(c, ' ' | '"') || (in_brackets && c == ')');
    let end = text.find(ends).unwrap_or(text.len());
    let word = text[..end].trim_matches(|c: char| c.is_ascii_punctuation() && !"#@$%&+".contains(c));
    (word.to_owned(), false, &text[end..])
}

fn parse_medium(typed: &str) -> Option<Medium> {
    Medium::NAMES.iter().find(|(name, _)| *name == typed).map(|(_, medium)| *medium)
}

fn parse_state(typed: &str) -> Option<State> {
    STATES.into_iter().find(|(name, _)| *name == typed).map(|(_, state)| state)
}

#[cfg(test)]
mod tests;
