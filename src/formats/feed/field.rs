//! An element of a feed that says something about an entry or about the whole.

use base64::Engine as _;
use base64::alphabet::STANDARD;
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};
use quick_xml::events::BytesStart;

use super::raw::TextConstruct;
use crate::formats::{encoding, html, magic};

/// Base64 with or without its padding.
const BASE64: GeneralPurpose = GeneralPurpose::new(
    &STANDARD,
    GeneralPurposeConfig::new().with_decode_padding_mode(DecodePaddingMode::Indifferent),
);

/// Elements that hold a line of words; markup in them is not that of a feed.
const LINES: [&str; 6] = ["title", "link", "guid", "pubdate", "category", "comments"];

/// Elements that begin a field of its own: what is open before has not been closed.
const NEXT: [&str; 9] =
    ["title", "link", "guid", "pubdate", "category", "comments", "description", "author", "content:encoded"];

/// Those of them that are no elements of HTML either.
const NEXT_AFTER_MARKUP: [&str; 4] = ["guid", "pubdate", "description", "content:encoded"];

/// What an entry says beside those; no element of HTML or of the vocabulary of media holds any of them.
const OF_ENTRY: [&str; 9] =
    ["id", "dc:creator", "dc:date", "published", "updated", "content", "enclosure", "source", "media:group"];

/// Elements that hold nothing (RSS 2.0 and Media RSS have them with attributes alone), some with no end tag.
const EMPTY: [&str; 5] = ["enclosure", "cloud", "media:thumbnail", "media:player", "itunes:image"];

fn is_of_html(name: &str) -> bool {
    html::ELEMENTS.contains(&name) && !["source", "summary", "title", "link"].contains(&name)
}

/// Whether an element that is no part of another one holds nothing, whether it is closed or not.
pub fn is_empty_element(name: &str) -> bool {
    EMPTY.contains(&name) || matches!(name, "br" | "hr" | "img" | "wbr")
}

/// A field while it is read.
#[derive(Debug, Default)]
pub struct FeedField {
    /// What it is called, by its usual prefix.
    pub name: String,
    /// What its tags call it, where that is something else.
    tag: Option<String>,
    pub attributes: Vec<(String, String)>,
    /// Its text, references resolved.
    pub text: String,
    pub has_elements: bool,
    /// The title inside, where it is that of another feed.
    pub title: Option<String>,
    /// The names of persons inside.
    pub person: Option<String>,
    /// The text with the elements inside it as markup, once it differs.
    markup: String,
    has_markup: bool,
    /// How many elements are open inside, and how many of them are called as it is.
    depth: usize,
    same: usize,
    /// Where the text of a `<name>` or `<title>` inside begins.
    part_at: Option<usize>,
}

impl FeedField {
    /// A field that begins; `tag` is what its tags call it.
    pub fn new(name: &str, tag: &str, attributes: Vec<(String, String)>) -> Self {
        let tag = (tag != name).then(|| tag.to_owned());
        Self { name: name.to_owned(), tag, attributes, ..Self::default() }
    }

    fn tag(&self) -> &str {
        self.tag.as_deref().unwrap_or(&self.name)
    }

    pub fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    /// Whether the start of an element shows that this one ended before and was not closed.
    pub fn is_ended_by(&self, name: &str) -> bool {
        match self.name.as_str() {
            line if LINES.contains(&line) => NEXT.contains(&name),
            "description" | "content:encoded" => NEXT_AFTER_MARKUP.contains(&name),
            other if other.starts_with("media:") || is_of_html(other) => {
                NEXT.contains(&name) || OF_ENTRY.contains(&name)
            }
            _ => false,
        }
    }

    /// Adds the start of an element inside. `name` has no prefix where that says nothing.
    pub fn open(&mut self, tag: &BytesStart<'_>, written: &str, name: &str) {
        self.begin_markup();
        self.depth += 1;
        self.same += usize::from(written == self.tag());
        self.has_elements = true;
        self.markup.push('<');
        // What looks like a tag may be words ("List<String>"), which keep their capitals.
        if written == name {
            self.markup.push_str(tag.name().as_ref());
        } else {
            self.markup.push_str(name);
        }
        self.markup.push_str(tag.attributes_raw());
        self.markup.push('>');
        if name == "name" || name == "title" {
            self.part_at = Some(self.text.len());
        }
    }

    /// Adds the end of an element inside; returns whether it is the end of the field, also where what is open inside was
    /// not closed.
    pub fn close(&mut self, written: &str, name: &str) -> bool {
        if written == self.tag() {
            if self.same == 0 {
                return true;
            }
            self.same -= 1;
        }
        if self.depth == 0 {
            // That of HTML strays into a text; another one is the field's own, misspelt.
            let strays = html::ELEMENTS.contains(&name) && !LINES.contains(&name);
            if strays {
                self.push_end(name);
            }
            return !strays;
        }
        self.depth -= 1;
        self.push_end(name);
        if let Some(part) = self.part_at.take_if(|_| name == "name" || name == "title") {
            let part = self.text.get(part..).map(str::to_owned);
            match name {
                "title" => self.title = self.title.take().or(part),
                _ => self.person = part.or(self.person.take()),
            }
        }
        false
    }

    /// Adds words, which may be markup where they were in CDATA.
    pub fn push(&mut self, words: &str) {
        self.text.push_str(words);
        if self.has_markup {
            self.markup.push_str(words);
        }
    }

    fn push_end(&mut self, name: &str) {
        self.begin_markup();
        self.markup.push_str("</");
        self.markup.push_str(name);
        self.markup.push('>');
    }

    /// From here on, markup and text differ.
    fn begin_markup(&mut self) {
        if !self.has_markup {
            self.has_markup = true;
            self.markup.push_str(&self.text);
        }
    }

    /// Adds a reference as it is written, and what it stands for.
    pub fn push_reference(&mut self, written: &str) {
        self.begin_markup();
        let resolved = html::decode_after(&self.text, written);
        self.text.push_str(&resolved);
        self.markup.push_str(written);
    }

    /// Adds what an entity stands for, which may be markup.
    pub fn push_entity(&mut self, replacement: &str) {
        self.begin_markup();
        self.has_elements |= replacement.contains('<');
        self.text.push_str(&html::decode(replacement, html::ReferenceContext::Plain));
        self.markup.push_str(replacement);
    }

    pub fn words(self) -> TextConstruct {
        let kind = self.attribute("type").unwrap_or_default().trim().to_ascii_lowercase();
        let base = self.attribute("xml:base").map(str::to_owned);
        let language = self.attribute("xml:lang").map(str::to_owned);
        if self.has_elements {
            return TextConstruct { value: self.markup, is_plain: false, is_html: true, language, base };
        }
        let is_plain = kind == "text" || kind.starts_with("text/") && !matches!(&*kind, "text/html" | "text/xml");
        let is_html = matches!(&*kind, "html" | "xhtml" | "text/html" | "application/xhtml+xml");
        let value = if self.is_base64(&kind) { decoded(&self.text, &kind) } else { None };
        TextConstruct { value: value.unwrap_or(self.text), is_plain, is_html, language, base }
    }

    /// Whether its text is base64: RFC 4287 §4.1.3.3 has it for content of any media type but text and XML, Atom 0.3
    /// says so.
    fn is_base64(&self, kind: &str) -> bool {
        let is_binary =
            kind.contains('/') && !kind.starts_with("text/") && !kind.ends_with("/xml") && !kind.ends_with("+xml");
        self.attribute("mode").is_some_and(|mode| mode.trim().eq_ignore_ascii_case("base64"))
            || (self.name == "content" && is_binary)
    }
}

/// The words that are encoded; empty where it is no text. Nothing where it is not base64 at all.
fn decoded(text: &str, kind: &str) -> Option<String> {
    let packed: Vec<u8> = text.bytes().filter(|b| !b.is_ascii_whitespace()).collect();
    let bytes = BASE64.decode(packed).ok()?;
    if magic::recognize(&bytes).is_some() {
        return Some(String::new());
    }
    Some(encoding::decode(&bytes, encoding::of_content_type(kind)).into_owned())
}
