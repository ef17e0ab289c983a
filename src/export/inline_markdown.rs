//! Words of an article with their links and styles as Markdown: signs where these are sure to be read as such, else tags.

use std::cmp::Reverse;
use std::fmt::Write;

use super::markdown::escaped;
use crate::article::{Body, InlineStyle, Link, Paragraph, Picture, StyleKind};
use crate::text::{Span, clean_line};

/// Where words stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// At the start of a line.
    Line,
    /// Behind the sign of a heading.
    Heading,
    /// Between the bars of a table.
    Cell,
}

/// What begins before some words and ends behind them.
struct Mark<'b> {
    span: Span,
    kind: MarkKind<'b>,
    /// What is written at both ends.
    start: String,
    end: String,
}

#[derive(Clone, Copy)]
enum MarkKind<'b> {
    Style(StyleKind),
    Link(&'b Link),
}

/// Returns a picture: what it shows, and where it lies.
pub fn picture(picture: &Picture) -> String {
    format!("![{}](<{}>)", escaped(&picture.description), address(&picture.url, Place::Line))
}

/// Returns the words of a paragraph at `span`.
pub fn of(body: &Body, paragraph: &Paragraph, span: Span, place: Place) -> String {
    let text = body.text();
    let mut marks = marks(body, paragraph, span);
    let code = set_signs(&mut marks, text, place);
    let mut cuts: Vec<usize> = marks.iter().flat_map(|mark| [mark.span.start, mark.span.end]).collect();
    cuts.extend([span.start, span.end]);
    cuts.sort_unstable();
    cuts.dedup();
    let mut out = String::new();
    for pair in cuts.windows(2) {
        let words = Span::new(pair[0], pair[1]);
        let begun = marks.iter().filter(|mark| mark.span.start == words.start);
        begun.for_each(|mark| open(mark, &mut out));
        let is_code = code.iter().any(|code| code.covers(words));
        let written = words.of(text);
        let written = if is_code { written.to_owned() } else { escaped(written) };
        let is_first = words.start == span.start && out.is_empty();
        out.push_str(&if is_first && place == Place::Line { plain_start(&written) } else { written });
        let ended = marks.iter().rev().filter(|mark| mark.span.end == words.end);
        ended.for_each(|mark| out.push_str(&mark.end));
    }
    out
}

fn open(mark: &Mark<'_>, out: &mut String) {
    // "!" before a link would make a picture of it.
    if matches!(mark.kind, MarkKind::Link(_)) && out.ends_with('!') {
        out.insert(out.len() - 1, '\\');
    }
    out.push_str(&mark.start);
}

/// The links and styles within `span`, the outer ones first.
fn marks<'b>(body: &'b Body, paragraph: &Paragraph, span: Span) -> Vec<Mark<'b>> {
    let mark = |at: Span, kind| Mark { span: at.intersection(span), kind, start: String::new(), end: String::new() };
    let styles =
        body.styles_in(paragraph).iter().map(|style: &InlineStyle| mark(style.span, MarkKind::Style(style.kind)));
    let links = body.links_in(paragraph).iter().map(|link| mark(link.span, MarkKind::Link(link)));
    let mut marks: Vec<_> = links.chain(styles).filter(|mark| !mark.span.is_empty()).collect();
    // Nothing is read inside of code.
    let is_code = |mark: &Mark<'_>| matches!(mark.kind, MarkKind::Style(StyleKind::Code));
    marks.sort_by_key(|mark| (mark.span.start, Reverse(mark.span.end), is_code(mark)));
    marks
}

/// Says what is written at the ends of each mark; returns where code stands that is written as it is.
fn set_signs(marks: &mut [Mark<'_>], text: &str, place: Place) -> Vec<Span> {
    let spans: Vec<Span> = marks.iter().map(|mark| mark.span).collect();
    // So would a bar in code.
    let is_whole = |words: &str| place != Place::Cell || !words.contains('|');
    let mut code = Vec::new();
    for (at, mark) in marks.iter_mut().enumerate() {
        let others = || spans.iter().enumerate().filter(move |(other, _)| *other != at).map(|(_, other)| *other);
        (mark.start, mark.end) = match mark.kind {
            MarkKind::Link(link) => ("[".to_owned(), format!("](<{}>)", address(&link.url, place))),
            MarkKind::Style(StyleKind::Code) if is_whole(mark.span.of(text)) && is_apart(mark.span, others()) => {
                code.push(mark.span);
                let sign = code_sign(mark.span.of(text));
                (sign.clone(), sign.chars().rev().collect())
            }
            MarkKind::Style(kind) => match sign(kind).filter(|_| is_read(mark.span, others(), text)) {
                Some(sign) => (sign.to_owned(), sign.to_owned()),
                None => (format!("<{}>", tag(kind)), format!("</{}>", tag(kind))),
            },
        };
    }
    code
}

/// Whether nothing begins or ends inside of words.
fn is_apart(span: Span, others: impl Iterator<Item = Span>) -> bool {
    let is_in = |at: usize| span.start < at && at < span.end;
    let is_same = |other: Span| other.start == span.start || other.end == span.end;
    others.into_iter().all(|other| !is_in(other.start) && !is_in(other.end) && (!is_same(other) || other.covers(span)))
}

/// Backticks around code, more than there are in it; with a blank where it begins or ends with one.
fn code_sign(words: &str) -> String {
    let longest = words.split(|c| c != '`').map(str::len).max().unwrap_or_default();
    let blank = if words.starts_with('`') || words.ends_with('`') { " " } else { "" };
    format!("{}{blank}", "`".repeat(longest + 1))
}

/// Whether signs at the ends of words are read as such for certain: they stand between a blank and a letter, and nothing else
/// begins or ends there or crosses them.
fn is_read(span: Span, mut others: impl Iterator<Item = Span>, text: &str) -> bool {
    let words = span.of(text);
    let is_letter = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
    let is_blank = |c: Option<char>| c.is_none_or(char::is_whitespace);
    let is_inside = is_letter(words.chars().next()) && is_letter(words.chars().next_back());
    let is_outside = is_blank(text[..span.start].chars().next_back())
        && text[span.end..].chars().next().is_none_or(|c| c.is_whitespace() || ".,;:?!".contains(c));
    let ends = |other: Span| [other.start, other.end];
    let is_clear = others.all(|other| {
        let touches = ends(other).iter().any(|at| ends(span).contains(at));
        !touches && (!other.overlaps(span) || other.covers(span) || span.covers(other))
    });
    is_inside && is_outside && is_clear
}

const fn sign(kind: StyleKind) -> Option<&'static str> {
    match kind {
        StyleKind::Emphasis => Some("*"),
        StyleKind::Strong => Some("**"),
        StyleKind::Deleted => Some("~~"),
        StyleKind::Code | StyleKind::Superscript | StyleKind::Subscript => None,
    }
}

const fn tag(kind: StyleKind) -> &'static str {
    match kind {
        StyleKind::Emphasis => "em",
        StyleKind::Strong => "strong",
        StyleKind::Code => "code",
        StyleKind::Superscript => "sup",
        StyleKind::Subscript => "sub",
        StyleKind::Deleted => "del",
    }
}

fn address(url: &str, place: Place) -> String {
    let mut out = String::new();
    for c in clean_line(url).chars() {
        // Text into memory: nothing in it can fail.
        let _ = match c {
            '<' => out.write_str("%3C"),
            '>' => out.write_str("%3E"),
            '\\' => out.write_str("%5C"),
            ' ' => out.write_str("%20"),
            // A bar in a table ends its cell.
            '|' if place == Place::Cell => out.write_str("\\|"),
            c => out.write_char(c),
        };
    }
    out
}

/// Words with a backslash before what would make a list, a heading, a definition or a line of them where it begins a line
/// (`CommonMark` 4 and 5).
fn plain_start(words: &str) -> String {
    if words.starts_with(['-', '+', '=', ':']) {
        return format!("\\{words}");
    }
    let digits = words.len() - words.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let is_item = digits > 0 && words[digits..].starts_with(['.', ')']);
    if is_item { format!("{}\\{}", &words[..digits], &words[digits..]) } else { words.to_owned() }
}
