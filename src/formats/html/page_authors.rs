//! Who wrote an article, among the names that stand on its page.

use std::ops::Range;

use super::microdata::Scope;
use super::naming::{Naming, words_of};
use super::page_dates::distance;
use crate::formats::byline;

/// The longest line that names an author, in bytes.
const LONGEST: usize = 120;

/// How many bytes of text may stand between a headline and its author, and a line that begins with "By".
const NEAR: usize = 3000;
const NEAR_LINE: usize = 400;

/// Whether a word of a name or an address means an author.
fn is_author(word: &str) -> bool {
    matches!(word, "author" | "authors" | "autor" | "autoren" | "autores" | "auteur" | "auteurs" | "autore")
}

/// Whether a word in the names of an element says that it holds an author.
fn is_name(word: &str) -> bool {
    is_author(word) || matches!(word, "byline" | "verfasser" | "redakteur" | "contributor" | "writer" | "username")
}

/// Whether it says that it holds what else has to do with authors.
fn is_other_name(word: &str) -> bool {
    matches!(
        word,
        "comment"
            | "bio"
            | "biography"
            | "description"
            | "avatar"
            | "image"
            | "img"
            | "photo"
            | "social"
            | "follow"
            | "posts"
            | "more"
            | "date"
            | "title"
            | "role"
            | "email"
    )
}

/// Whether a step in an address leads to what an author wrote.
fn is_step(word: &str) -> bool {
    is_author(word)
        || matches!(word, "autori" | "redaktion" | "journalist" | "journalists" | "contributor" | "contributors")
}

/// How an element says that it names the author, from the surest.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum AuthorSign {
    /// `itemprop="author"`, `rel="author"`.
    Stated,
    /// Its class is that of an author.
    Name,
    /// It leads to what the author wrote.
    Link,
    /// A line that begins with "By".
    Line,
}

/// A name that may be that of the author.
#[derive(Debug)]
pub struct FoundAuthor {
    /// How many bytes of the page's text stand before it, and before its line.
    at: usize,
    line: usize,
    sign: AuthorSign,
    names: String,
    scope: Scope,
}

impl FoundAuthor {
    /// The same name, in microdata of this.
    pub fn at_scope(self, scope: Scope) -> Self {
        Self { scope, ..self }
    }

    /// In microdata of what it stands.
    pub const fn scope(&self) -> Scope {
        self.scope
    }
}

/// What an element says of the name in it.
pub fn sign_of(naming: &Naming<'_>) -> Option<AuthorSign> {
    let is = |names: &str| names.split_ascii_whitespace().any(|name| name == "author");
    if is(&naming.rel) || is(&naming.itemprop) {
        return Some(AuthorSign::Stated);
    }
    let is_author = |word: &str| is_name(word) || word.ends_with("author");
    let names_author = |class: &str| words_of(class).any(is_author) && !words_of(class).any(is_other_name);
    if naming.class.split_ascii_whitespace().any(names_author) {
        return Some(AuthorSign::Name);
    }
    let (steps, _) = naming.href.rsplit_once('/')?;
    steps.split('/').skip(1).any(is_step).then_some(AuthorSign::Link)
}

/// The author whom an element names in `words`, which begin at `at` in the text of the page, in the line from `line`.
pub fn in_element(words: &str, (at, line): (usize, usize), sign: AuthorSign) -> Option<FoundAuthor> {
    let names = (words.len() <= LONGEST).then(|| byline::names(words)).flatten()?;
    Some(FoundAuthor { at, line, sign, names, scope: Scope::default() })
}

/// The author whom a line names that begins with "By" or what says the same, perhaps after a date (`is_dated`: it has one),
/// or that stands below a line `label` that says no more than "Author".
pub fn in_line(label: &str, line: &str, at: usize, is_dated: bool) -> Option<FoundAuthor> {
    let line = if line.len() <= LONGEST { line.trim() } else { return None };
    let after_date = || if is_dated { byline::after_date(line).and_then(byline::after_by) } else { None };
    let (by, sign) = match byline::after_by(line).or_else(after_date) {
        Some(by) => (by, AuthorSign::Line),
        None if byline::is_label(label) => (line, AuthorSign::Name),
        None => return None,
    };
    let is_name = |name: &str| name.split(' ').all(|word| word.starts_with(char::is_uppercase) || word.len() <= 3);
    let names = byline::names(by).filter(|names| names.contains(' ') && names.split(", ").all(is_name))?;
    Some(FoundAuthor { at, line: at, sign, names, scope: Scope::default() })
}

/// Adds a name; where those inside its element are known already, they alone stay, by the surer sign.
pub fn add(found: &mut Vec<FoundAuthor>, author: Option<FoundAuthor>) {
    let Some(author) = author else { return };
    let mut is_known = false;
    for inner in found.iter_mut().rev().take_while(|inner| inner.at >= author.at) {
        if author.names.contains(&inner.names) {
            inner.sign = inner.sign.min(author.sign);
            is_known = true;
        }
    }
    if !is_known {
        found.push(author);
    }
}

/// The authors of the article whose headline stands at `headline`: those of the surest sign, the nearest and those in its line.
pub fn chosen(found: &[FoundAuthor], headline: Option<&Range<usize>>) -> Option<String> {
    let far = |found: &FoundAuthor| headline.map_or(found.at, |place| distance(place, found.at));
    let is_near = |found: &&FoundAuthor| match found.sign {
        AuthorSign::Line => headline.is_some() && far(found) <= NEAR_LINE,
        AuthorSign::Link => headline.is_some() && far(found) <= NEAR,
        _ => true,
    };
    let first = found.iter().filter(is_near).min_by_key(|found| (far(found) > NEAR, found.sign, far(found)))?;
    let mut names: Vec<&str> = Vec::new();
    for other in found.iter().filter(|other| other.sign == first.sign && other.line == first.line) {
        if !names.contains(&&*other.names) {
            names.push(&other.names);
        }
    }
    Some(names.join(", "))
}
