//! What a page shows around the text of its article: headings, dates, names, each with where it stands.

use std::borrow::Cow;
use std::ops::Range;

use super::asides::{is_aside, names_notice};
use super::elements::{self, VOID};
use super::microdata::{Microdata, Scope};
use super::naming::Naming;
use super::page_authors::{self, AuthorSign, FoundAuthor};
use super::page_dates::{self, DateSign, FoundDate};
use super::title::{Likeness, letters};
use super::tokens::{Attributes, HtmlToken};
use super::{ReferenceContext, decode};
use crate::article::Published;
use crate::formats::date::lenient::Order;

/// How many dates, names, headings and elements within one another are kept.
const MOST: usize = 400;

/// How many elements are looked through for the one that ends.
const DEEPEST: usize = 64;

#[derive(Debug)]
#[allow(clippy::struct_excessive_bools, reason = "each says of the element what it is")]
struct Open {
    name: String,
    is_aside: bool,
    /// Whether it tells of something else: an event, other articles.
    is_notice: bool,
    is_title: bool,
    /// Whether it is an item of a list that leads to another article.
    leads_elsewhere: bool,
    /// Whether the dates in it are those of changes.
    is_change: bool,
    date: Option<DateSign>,
    /// The date that its attributes hold.
    stated: Option<Published>,
    author: Option<AuthorSign>,
    /// How much text, and how many dates, there were before it, and before its line.
    text: usize,
    line: usize,
    dates: usize,
    /// Of what the properties are that stand in it, and on it; how many in `<meta>` there were before it.
    scope: Scope,
    around: Scope,
    properties: usize,
    /// Whether it is the headline of that.
    is_headline: bool,
}

#[derive(Debug)]
struct Heading {
    place: Range<usize>,
    scope: Scope,
    is_first: bool,
    /// Whether its element says that it is the title of an article.
    is_title: bool,
}

/// What a page shows, while it is read.
#[derive(Debug, Default)]
pub struct Shown {
    order: Order,
    /// The words of the page, a block a line.
    text: String,
    /// Where the line begins.
    line: usize,
    open: Vec<Open>,
    dates: Vec<FoundDate>,
    authors: Vec<FoundAuthor>,
    headings: Vec<Heading>,
    /// Where the last dates of changes stand in the text.
    change: Range<usize>,
    /// Where dates stand that are headings, terms or cells, and say nothing else.
    entries: Vec<usize>,
    microdata: Microdata,
}

impl Shown {
    /// Takes the next token of the page.
    pub fn take(&mut self, token: &HtmlToken<'_>) {
        match token {
            HtmlToken::Start { name, attributes, closed } => self.start(name, *attributes, *closed),
            HtmlToken::End(name) => self.end(name),
            HtmlToken::Text(text) => {
                self.microdata.take_text(self.scope());
                for word in decode(text, ReferenceContext::Text).split_whitespace() {
                    if self.text.len() > self.line {
                        self.text.push(' ');
                    }
                    self.text.push_str(word);
                }
            }
            HtmlToken::Raw(_) => {}
        }
    }

    fn start(&mut self, name: &str, attributes: Attributes<'_>, closed: bool) {
        self.learn_language(name, attributes);
        if is_block(name) {
            self.end_line();
        }
        let mut naming = Naming::of(attributes);
        let around = self.scope();
        if name == "meta" {
            self.take_property(&naming, attributes);
        }
        if name == "h1" || is_title(&naming) {
            // What holds the headline is no aside, whatever it is called.
            self.open.iter_mut().for_each(|open| (open.is_aside, open.is_notice) = (false, false));
        }
        if VOID.contains(&name) || closed && !is_block(name) || self.open.len() >= MOST {
            return;
        }
        let is_inside = self.open.last().is_some_and(|open| open.is_aside);
        let scope = self.microdata.inside(around, &naming, attributes);
        if around.is_other {
            naming.itemprop = Cow::Borrowed("");
        }
        let is_aside = is_inside
            || scope.is_comment
            || is_aside(name, &naming, || self.open.iter().any(|open| open.name == "article"));
        let is_root = matches!(name, "html" | "body" | "main" | "article");
        let is_notice = !is_root && (self.open.last().is_some_and(|open| open.is_notice) || names_notice(&naming));
        let (date, is_change) = if is_aside { (None, false) } else { page_dates::sign_of(name, &naming, attributes) };
        let may_name = !is_aside && !matches!(name, "html" | "body");
        self.open.push(Open {
            is_aside,
            is_notice,
            is_title: is_heading(name) && is_title(&naming),
            leads_elsewhere: false,
            is_change: is_change && !is_root,
            name: name.to_owned(),
            date,
            stated: date.and_then(|_| page_dates::for_machines(attributes, self.order)),
            author: if may_name { page_authors::sign_of(&naming) } else { None },
            text: self.text.len(),
            line: self.line,
            dates: self.dates.len(),
            scope,
            around,
            properties: self.microdata.count(),
            is_headline: naming.itemprop == "headline",
        });
    }

    fn learn_language(&mut self, name: &str, attributes: Attributes<'_>) {
        let tag = match name {
            "html" => attributes.get("lang"),
            "meta" if self.order == Order::Unknown => {
                let is_locale = attributes.get("property").is_some_and(|name| name == "og:locale");
                attributes.get("content").filter(|_| is_locale)
            }
            _ => None,
        };
        if let Some(tag) = tag {
            self.order = Order::of_language(&tag);
        }
    }

    fn end(&mut self, name: &str) {
        let Some(depth) = self.open.iter().rev().take(DEEPEST).position(|open| open.name == name) else { return };
        if is_block(name) {
            self.end_line();
        }
        for open in self.open.split_off(self.open.len() - depth - 1).into_iter().rev() {
            self.close(&open);
        }
    }

    /// Takes the end of the page.
    pub fn finish(&mut self) {
        self.end_line();
        while let Some(open) = self.open.pop() {
            self.close(&open);
        }
        // Of several entries of a chronicle none is the date of the whole.
        if self.entries.len() > 1 {
            self.dates.retain(|date| !date.is_line() || self.entries.binary_search(&date.at()).is_err());
        }
    }

    fn close(&mut self, open: &Open) {
        if is_heading(&open.name) && self.headings.len() < MOST && !open.is_aside {
            self.headings.push(Heading {
                place: open.text..self.text.len(),
                scope: open.scope,
                is_first: open.name == "h1",
                is_title: open.is_title,
            });
        }
        if open.name == "header" && self.headings.is_empty() {
            // The head of the site, which may show what day it is.
            self.dates.truncate(open.dates);
            return;
        }
        if open.leads_elsewhere {
            self.dates.truncate(open.dates);
        }
        if open.name == "a"
            && self.leads_elsewhere(open)
            && let Some(item) = self.open.iter_mut().rev().find(|open| open.name == "li")
        {
            item.leads_elsewhere = true;
        }
        if open.is_change {
            self.change = open.text..self.text.len();
        }
        if open.is_aside {
            self.microdata.truncate(open.properties);
            return;
        }
        if open.is_headline {
            self.microdata.take_headline(open.around, &self.text[open.text..]);
        }
        let may_date = |sign: &DateSign| self.dates.len() < MOST && (*sign == DateSign::Stated || !open.is_notice);
        if let Some(sign) = open.date.filter(may_date) {
            let date = page_dates::in_element(&self.text, open.text, sign, open.stated, self.order);
            self.dates.extend(date.map(|date| date.at_scope(open.around)));
        }
        if let Some(sign) = open.author.filter(|_| self.authors.len() < MOST) {
            page_authors::add(
                &mut self.authors,
                page_authors::in_element(&self.text[open.text..], (open.text, open.line), sign)
                    .map(|author| author.at_scope(open.around)),
            );
        }
    }

    /// Whether a link has the words of a headline.
    fn leads_elsewhere(&self, link: &Open) -> bool {
        /// It has no fewer words.
        const FEWEST: usize = 3;
        let words =
            self.text[link.text..].split_whitespace().filter(|word| !word.starts_with(|c: char| c.is_ascii_digit()));
        words.take(FEWEST).count() == FEWEST
    }

    /// Looks for a date and an author in the line that ends here.
    fn end_line(&mut self) {
        if self.text.len() == self.line {
            return;
        }
        page_dates::drop_in_prose(&mut self.dates, &self.text, self.line);
        let is_in = |is_it: fn(&Open) -> bool| self.open.last().is_some_and(is_it);
        // A headline may name a day, and begin with "By".
        let is_headline = is_in(|open| open.name == "h1");
        if !is_headline && !is_in(|open| open.is_aside) && self.dates.len().max(self.authors.len()) < MOST {
            let mut dates = page_dates::in_line(&self.text, self.line, self.order);
            let change = self.open.iter().find(|open| open.is_change).map_or(usize::MAX, |open| open.text);
            dates.retain(|date| !self.change.contains(&date.at()) && date.at() < change);
            if is_in(|open| open.is_notice) {
                dates.retain(FoundDate::is_sure);
            }
            let is_dated = dates.iter().any(FoundDate::is_of_publication);
            if self.open.last().is_some_and(|open| is_entry(&open.name)) {
                self.entries.extend(dates.iter().filter(|date| date.is_line()).map(FoundDate::at));
            }
            let scope = self.scope();
            self.dates.extend(dates.into_iter().map(|date| date.at_scope(scope)));
            let (before, line) = self.text.split_at(self.line);
            let label = before.trim_end().rsplit('\n').next().unwrap_or_default();
            let author = page_authors::in_line(label, line, self.line, is_dated);
            page_authors::add(&mut self.authors, author.map(|author| author.at_scope(scope)));
        }
        self.text.push('\n');
        self.line = self.text.len();
    }

    /// The date that an element says is that of the publication of what has this headline.
    pub fn stated_date(&self, headline: &str) -> Option<Published> {
        page_dates::stated(&self.dates, self.place(headline).as_ref())
    }

    /// The date right beside this headline whose label or element says that it is one.
    pub fn date_beside(&self, headline: &str) -> Option<Published> {
        page_dates::beside(&self.dates, &self.place(headline)?)
    }

    /// The same moment as the clock of the page shows it, where that is shown.
    pub fn on_own_clock(&self, moment: Published) -> Published {
        page_dates::on_own_clock(&self.dates, moment)
    }

    /// The date that is shown near this headline, or that alone is shown.
    pub fn date(&self, headline: &str) -> Option<Published> {
        page_dates::shown(&self.dates, self.place(headline).as_ref())
    }

    /// Who wrote what has this headline, as the page shows it.
    pub fn author(&self, headline: &str) -> Option<String> {
        page_authors::chosen(&self.authors, self.place(headline).as_ref())
    }

    /// What comes first in the numbers of dates, by the language of the page.
    pub const fn order(&self) -> Order {
        self.order
    }

    /// The headings of the page that stand in no aside.
    pub fn headings(&self) -> impl Iterator<Item = &str> {
        self.headings.iter().map(|heading| self.words(heading))
    }

    /// Those of the first rank.
    pub fn main_headings(&self) -> impl Iterator<Item = &str> {
        self.headings.iter().filter(|heading| heading.is_first).map(|heading| self.words(heading))
    }

    /// Those whose element says that they are the title of an article.
    pub fn titles(&self) -> impl Iterator<Item = &str> {
        self.headings.iter().filter(|heading| heading.is_title).map(|heading| self.words(heading))
    }

    fn words(&self, heading: &Heading) -> &str {
        self.text[heading.place.clone()].trim()
    }

    /// Of what the properties are that stand here.
    fn scope(&self) -> Scope {
        self.open.last().map(|open| open.scope).unwrap_or_default()
    }

    /// Takes a property in `<meta>`.
    fn take_property(&mut self, naming: &Naming<'_>, attributes: Attributes<'_>) {
        if let Some(value) = attributes.get("content").filter(|_| !naming.itemprop.is_empty()) {
            self.microdata.take_property(self.scope(), naming.itemprop.trim(), &value);
        }
    }

    /// Drops what stands in other articles than that with this headline, and returns the properties of that in `<meta>`.
    pub fn keep_own(&mut self, headline: &str, likeness: impl Fn(&str) -> Likeness) -> Vec<(String, String)> {
        let own = self.microdata.own(self.heading(headline).map(|heading| heading.scope), likeness);
        self.dates.retain(|date| own.has(date.scope()));
        self.authors.retain(|author| own.has(author.scope()));
        self.microdata.properties(&own)
    }

    /// Where the headline stands.
    fn place(&self, headline: &str) -> Option<Range<usize>> {
        self.heading(headline).map(|heading| heading.place.clone())
    }

    /// The headline: the heading of the same words, else the longest that is in it or holds it, else the first
    /// of the first rank.
    fn heading(&self, headline: &str) -> Option<&Heading> {
        /// Of fewer letters than these, one may be in another by chance.
        const FEWEST: usize = 8;
        let sought = letters(headline);
        // How many letters they share; none where neither is in the other.
        let shared = |heading: &Heading| {
            let words = letters(&self.text[heading.place.clone()]);
            let (short, long) =
                if words.len() < sought.len() { (words, sought.clone()) } else { (sought.clone(), words) };
            let is_same = short == long || short.len() >= FEWEST && long.contains(&short);
            if is_same { short.len() } else { 0 }
        };
        let alike =
            self.headings.iter().rev().max_by_key(|heading| shared(heading)).filter(|heading| shared(heading) > 0);
        let first = || self.headings.iter().find(|heading| heading.is_first);
        alike.or_else(first)
    }
}

fn is_block(name: &str) -> bool {
    elements::is_block(name) || matches!(name, "br" | "td" | "th" | "tr")
}

/// Whether the entries of a chronicle or a programme may begin with such elements.
fn is_entry(name: &str) -> bool {
    is_heading(name) || matches!(name, "h5" | "h6" | "dt" | "td" | "th" | "li" | "b" | "strong" | "summary")
}

fn is_heading(name: &str) -> bool {
    matches!(name, "h1" | "h2" | "h3" | "h4")
}

/// Whether an element says that it is the title of an entry or article.
fn is_title(naming: &Naming<'_>) -> bool {
    let mut classes = naming.class.split_ascii_whitespace();
    classes.any(|class| matches!(class, "entry-title" | "post-title" | "article-title"))
}

#[cfg(test)]
mod tests;
