//! Dated text: a line with the word "date", a day and a headline, then paragraphs.

use std::borrow::Cow;

use super::blocks::DraftParagraph;
use super::date::strict::published_at;
use super::{Hint, file_name, paragraphs, parts};
use crate::article::{Article, DateSource, Dates, ParagraphKind, Published};

/// Reads one article from cleaned text; nothing where there is not a word in it.
///
/// A text without a dated line is read too: its first line is the headline, and the day comes from the name of the
/// file, where that has one.
pub fn read(text: &str, hint: &Hint<'_>) -> Option<Article> {
    let text = text.trim_start();
    let (first, rest) = text.split_once('\n').unwrap_or((text, ""));
    if first.is_empty() {
        return None;
    }
    let mut paragraphs = paragraphs::split(rest).into_iter();
    let (day, headline) = dated_line(first);
    let headline = match headline.trim() {
        "" => paragraphs.next()?,
        headline => Cow::Borrowed(headline),
    };
    let parts = parts::assemble(ParagraphKind::Headline, &headline, paragraphs.map(DraftParagraph::plain));
    let mut article = Article::new(parts.body);
    let in_name = || Some((Published::on(hint.name.and_then(file_name::day)?), DateSource::Name));
    if let Some((published, source)) = day.map(|day| (day, DateSource::Article)).or_else(in_name) {
        article.dates = Dates::published(Some(published), source);
    }
    article.publisher = parts.agency.or_else(|| hint.name.and_then(file_name::source));
    article.byline = parts.byline;
    Some(article)
}

/// The day at the start of a first line, and the headline after it; the whole line where there is none.
fn dated_line(line: &str) -> (Option<Published>, &str) {
    let after_word = match line.get(..4) {
        Some(word) if word.eq_ignore_ascii_case("date") && line[4..].starts_with([' ', ':']) => {
            line[4..].trim_start_matches([' ', ':'])
        }
        _ => line,
    };
    match published_at(after_word) {
        Some((day, length)) => (Some(day), after_word[length..].trim_start_matches([' ', ':'])),
        None => (None, line),
    }
}
