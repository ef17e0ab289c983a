//! What a feed says, before anything is made of it.

use crate::formats::html;

/// A feed as it was written.
#[derive(Debug, Default)]
pub struct RawFeed {
    pub title: Option<TextConstruct>,
    pub description: Option<TextConstruct>,
    pub links: Vec<String>,
    /// Those of RSS in attributes, which are another vocabulary's.
    pub other_links: Vec<String>,
    /// What relative addresses count from.
    pub base: Option<String>,
    pub author: Option<String>,
    /// The language that it is written in ("de-AT").
    pub language: Option<String>,
    pub ttl_minutes: Option<u32>,
    /// "hourly", "daily" …, and how many times in it (RSS syndication module).
    pub period: Option<String>,
    pub frequency: Option<u32>,
    pub entries: Vec<RawEntry>,
    pub end: FeedEnd,
}

/// How a document ends.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub enum FeedEnd {
    #[default]
    Whole,
    /// After a whole entry, without the ends of what holds the entries.
    Unclosed,
    /// Inside an entry, or before the first one ends.
    BrokenOff,
}

/// An entry as it was written.
#[derive(Debug, Default)]
pub struct RawEntry {
    pub title: Option<TextConstruct>,
    /// The title in the words of another vocabulary, which may be that of a picture: for an entry without its own.
    pub media_title: Option<TextConstruct>,
    pub guid: Option<String>,
    /// Whether the identifier may be the address too.
    pub guid_is_address: bool,
    /// `rdf:about`, which mostly is the address.
    pub about: Option<String>,
    pub links: Vec<String>,
    /// Those of RSS in attributes, which are another vocabulary's: for an entry without its own.
    pub other_links: Vec<String>,
    pub content: Option<TextConstruct>,
    pub summary: Option<TextConstruct>,
    /// What a picture or a film shows: for an entry without any other text.
    pub caption: Option<TextConstruct>,
    /// The best first.
    pub dates: Vec<String>,
    /// The date in a source that is never closed: for an entry without any other.
    pub source_date: Option<String>,
    pub authors: Vec<String>,
    /// The author of the feed that it was copied from.
    pub source_author: Option<String>,
    pub tags: Vec<String>,
    pub enclosures: Vec<RawEnclosure>,
    /// Pictures that stand for it, each with how wide it is, and what the widest shows.
    pub pictures: Vec<(String, u32)>,
    /// Where its readers talk about it.
    pub comments: Option<String>,
    /// How long the recording plays that comes with it (`itunes:duration`).
    pub duration: Option<String>,
    pub publisher: Option<String>,
    pub base: Option<String>,
    /// The language that it says it is in.
    pub language: Option<String>,
}

/// A file that comes with an entry, as it was written.
#[derive(Debug, Default)]
pub struct RawEnclosure {
    pub url: String,
    pub media_type: String,
    /// In bytes.
    pub length: String,
    /// In seconds, or as `1:02:03`.
    pub duration: String,
}

impl TextConstruct {
    /// A title of Atom without a type: plain text (RFC 4287 §3.1.1), but for those of the many feeds that write markup
    /// all the same, in which every tag has its pair.
    pub fn or_plain(self) -> Self {
        let says_type = self.is_plain || self.is_html;
        let is_plain = !says_type && self.value.contains('<') && !html::is_of_pairs(&self.value);
        Self { is_plain: self.is_plain || is_plain, ..self }
    }
}

/// A text: markup or not, unless it says which.
#[derive(Debug, Default)]
pub struct TextConstruct {
    pub value: String,
    /// Whether it says that it is plain text.
    pub is_plain: bool,
    /// Whether it says that it is markup: what is escaped in it is text.
    pub is_html: bool,
    /// Whether it says that it is markup of XML.
    pub is_xhtml: bool,
    /// The language that it says it is in.
    pub language: Option<String>,
    /// What addresses in it count from.
    pub base: Option<String>,
}
