//! What an article is: a headline and paragraphs in one text, a date, a source, and where it was found.
//!
//! Built from the cleaned words of `formats`; has one text per article, which all spans index.
//! It never knows that quotations, files or screens exist, nor how anything is stored.

mod address;
mod body;
mod dates;
mod edition;
mod enclosure;
mod field_map;
mod identity;
mod input_rules;
mod kept_value;
mod picture;
mod published;
mod shape;
mod site_rule;
mod text_version;

use std::fmt;
use std::path::PathBuf;

use address::is_front_page;
pub use address::{holds_password, normalized_address, shown_address, web_address, without_feed_scheme};
pub use body::{Body, BodyBuilder, Link, Paragraph, ParagraphKind};
pub use dates::{Dates, ListKey, Listed, list_key};
pub use edition::Edition;
pub use enclosure::{Enclosure, Medium};
pub use field_map::{ArticlePart, FieldMap};
pub use identity::{ArticleId, ArticleKeys};
pub use input_rules::InputRules;
pub use kept_value::KeptValue;
pub use picture::Picture;
pub use published::{DateKey, DateRange, DateSource, Published};
pub use shape::{Container, InlineStyle, Marker, Nesting, Numerals, Shape, StyleKind};
pub use site_rule::{ElementSelector, SiteRule, SiteRuleError};
pub use text_version::TextVersion;

use crate::text::word_count;

/// One news article.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Article {
    /// Which article it is, wherever it lies.
    pub id: ArticleId,
    /// What else it is known by, as it comes; one that is read from the library has its words only.
    pub keys: ArticleKeys,
    /// When it was published, and first seen.
    pub dates: Dates,
    /// Who published it ("Coast Wire"), where it says so.
    pub publisher: Option<String>,
    /// Who wrote it, where it says so, without "By".
    pub byline: Option<String>,
    /// The address of the article on the web, where it has one.
    pub url: Option<String>,
    /// What its publisher filed it under.
    pub tags: Vec<String>,
    /// Whether the body is only a summary of what stands at `url`.
    pub is_summary: bool,
    /// Where it was found.
    pub origin: Origin,
    /// Where and when else it appeared.
    pub editions: Vec<Edition>,
    /// What comes with it.
    pub enclosures: Vec<Enclosure>,
    /// Where its readers talk about it: an address of the web.
    pub comments: Option<String>,
    /// Headline and paragraphs.
    pub body: Body,
}

impl Article {
    /// By what it stands among others.
    pub fn list_key(&self) -> ListKey<&str> {
        list_key(self.dates.listed(), self.headline(), self.id)
    }

    /// An article with this body and nothing else known; its identity is its content.
    pub fn new(body: Body) -> Self {
        let content = ArticleId::of_content(body.text());
        Self {
            id: content,
            keys: ArticleKeys { content, ..ArticleKeys::default() },
            dates: Dates::default(),
            publisher: None,
            byline: None,
            url: None,
            tags: Vec::new(),
            is_summary: false,
            origin: Origin::Unknown,
            editions: Vec::new(),
            enclosures: Vec::new(),
            comments: None,
            body,
        }
    }

    /// The same article at this address; where that is one of the web, and not the front page of a site, it is the
    /// identity of the article from now on.
    #[must_use]
    pub fn at(mut self, url: &str) -> Self {
        let Some(address) = normalized_address(url) else { return self };
        self.url = Some(url.trim().to_owned());
        if !is_front_page(&address) {
            self.id = ArticleId::of_address(&address);
            self.keys.address = Some(self.id);
        }
        self
    }

    /// The same article, known by its words and not by its address: others stand there too.
    pub fn leave_address(&mut self) {
        if self.keys.address.take() == Some(self.id) {
            self.id = self.keys.content;
        }
    }

    /// The headline.
    pub fn headline(&self) -> &str {
        self.body.headline()
    }

    /// The text, each of its words once: a headline that was made from the first words is left out.
    pub fn told(&self) -> &str {
        let text = self.body.after_headline();
        if text.starts_with(self.headline().trim_end_matches('…')) { text } else { self.body.text() }
    }

    /// Whether its words are its alone, whatever its address is: many feeds have entries of a few words that are the same
    /// every day.
    pub fn is_telling(&self) -> bool {
        /// Of the text after the headline.
        const FEWEST_WORDS: usize = 25;
        word_count(self.body.after_headline()) >= FEWEST_WORDS
    }

    /// What comes with it, but for the pictures that stand in the text.
    pub fn files(&self) -> impl Iterator<Item = &Enclosure> {
        let pictures = self.body.pictures();
        let is_shown =
            |file: &&Enclosure| file.kind() == "picture" && pictures.iter().any(|shown| shown.url == file.url);
        self.enclosures.iter().filter(move |file| !is_shown(file))
    }

    /// Whether anything is known of where it stands, where it came from, what comes with it and what it is filed under.
    pub fn has_whence(&self) -> bool {
        let is_found = matches!(self.origin, Origin::File(_) | Origin::Web(_));
        let is_with_it = !self.enclosures.is_empty() || !self.body.pictures().is_empty();
        is_found || self.url.is_some() || self.comments.is_some() || is_with_it || !self.tags.is_empty()
    }

    /// All who published it.
    pub fn publishers(&self) -> impl Iterator<Item = &str> {
        let others = self.editions.iter().filter_map(|edition| edition.publisher.as_deref());
        self.publisher.as_deref().into_iter().chain(others)
    }

    /// How long a person reads it, in minutes, at least one: 238 words a minute, the mean of silent reading in
    /// English that Brysbaert (2019, *Journal of Memory and Language* 109) found over 190 studies.
    pub fn reading_minutes(&self) -> usize {
        const WORDS_A_MINUTE: usize = 238;
        word_count(self.body.text()).div_ceil(WORDS_A_MINUTE).max(1)
    }
}

/// Where an article was found.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Origin {
    /// Unknown.
    #[default]
    Unknown,
    /// Standard input.
    Input,
    /// A file.
    File(PathBuf),
    /// Compiled into the program, under this file name.
    Bundled(&'static str),
    /// Fetched from this address: that of a feed or of a page.
    Web(String),
}

impl fmt::Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unknown => f.write_str("?"),
            Self::Input => f.write_str("-"),
            Self::File(path) => path.display().fmt(f),
            Self::Bundled(name) => f.write_str(name),
            Self::Web(address) => f.write_str(address),
        }
    }
}
