//! An element of a feed that says something about an entry or about the whole.

use base64::Engine as _;
use base64::alphabet::STANDARD;
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};
use quick_xml::events::BytesStart;

use super::implied_end::{self, Ahead, is_of_html};
use super::raw::TextConstruct;
use crate::formats::{encoding, html, magic};

/// Base64 with or without its padding.
const BASE64: GeneralPurpose = GeneralPurpose::new(
    &STANDARD,
    GeneralPurposeConfig::new().with_decode_padding_mode(DecodePaddingMode::Indifferent),
);

/// A part of a field that is kept by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Part {
    Title,
    Name,
    Date,
}

impl Part {
    fn of(name: &str) -> Option<Self> {
        match name {
            "title" => Some(Self::Title),
            "name" => Some(Self::Name),
            "updated" => Some(Self::Date),
            _ => None,
        }
    }
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
    /// The last date inside, where it is never closed and what follows it may be in it.
    pub date: Option<String>,
    /// The text with the elements inside it as markup, once it differs.
    markup: String,
    has_markup: bool,
    /// How many elements are open inside, and how many of them are called as it is.
    depth: usize,
    same: usize,
    /// Where the text of a part begins that is open inside.
    part: Option<(Part, usize)>,
    /// Whether it is closed before its entry ends, once that was asked.
    is_closed: Option<bool>,
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
    pub fn is_ended_by(&mut self, name: &str, written: &str, ahead: &mut Ahead<'_>) -> bool {
        !self.is_closed(ahead) && ahead.is_field(name, written) && !self.holds(name)
    }

    /// Whether it is closed before its entry ends. One of HTML among the fields of an entry stands for nothing.
    fn is_closed(&mut self, ahead: &mut Ahead<'_>) -> bool {
        let is_closed = self.is_closed.unwrap_or_else(|| !is_of_html(&self.name) && ahead.is_closed(self.tag(), 1));
        self.is_closed = Some(is_closed);
        is_closed
    }

    /// Whether an element may be part of it: of a title one, and none where it says in words what it has to (`<source>`
    /// of RSS).
    fn holds(&self, name: &str) -> bool {
        let is_of_elements = self.attributes.is_empty() && (self.has_elements || self.text.trim().is_empty());
        is_of_elements && !(name == "title" && self.title.is_some()) && implied_end::holds(&self.name, name)
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
        if !is_of_html(name) {
            self.end_part();
            self.part = Part::of(name).map(|part| (part, self.text.len()));
        }
    }

    /// Adds the end of an element inside; returns whether it is the end of the field, also where what is open inside was
    /// not closed.
    pub fn close(&mut self, written: &str, name: &str, ahead: &mut Ahead<'_>) -> bool {
        if written == self.tag() {
            if self.same == 0 {
                return true;
            }
            self.same -= 1;
        }
        if self.depth == 0 {
            // That of HTML strays into a text; another one is the field's own, misspelt, unless that follows.
            let strays = is_of_html(name) || self.is_closed(ahead);
            if strays {
                self.push_end(name);
            }
            return !strays;
        }
        self.depth -= 1;
        self.push_end(name);
        if self.part.is_some_and(|(part, _)| Part::of(name) == Some(part)) {
            self.end_part();
        }
        false
    }

    /// Keeps the part that is open, if any.
    pub fn end_part(&mut self) {
        let Some((part, from)) = self.part.take() else { return };
        let text = self.text.get(from..).map(str::to_owned);
        match part {
            Part::Title => self.title = self.title.take().or(text),
            Part::Name => self.person = text.or(self.person.take()),
            Part::Date => self.date = text.filter(|_| self.is_closed == Some(false)).or(self.date.take()),
        }
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

    /// The text without what is blank around it.
    pub fn trimmed(self) -> String {
        let trimmed = self.text.trim();
        if trimmed.len() == self.text.len() { self.text } else { trimmed.to_owned() }
    }

    pub fn words(self) -> TextConstruct {
        let kind = self.attribute("type").map(str::to_ascii_lowercase).unwrap_or_default();
        let kind = media_type(&kind);
        let base = self.attribute("xml:base").map(str::to_owned);
        let language = self.attribute("xml:lang").map(str::to_owned);
        let holds_elements = matches!(kind, "xhtml" | "application/xhtml+xml");
        if self.has_elements {
            return TextConstruct {
                value: self.markup,
                is_plain: false,
                is_html: true,
                is_xhtml: holds_elements,
                language,
                base,
            };
        }
        let is_plain = kind == "text" || kind.starts_with("text/") && !matches!(kind, "text/html" | "text/xml");
        let is_html = holds_elements || matches!(kind, "html" | "text/html");
        // In XHTML, what is escaped is text.
        let is_plain = is_plain || holds_elements && !self.text.contains('<');
        let value =
            if self.is_base64(kind) { decoded(&self.text, self.attribute("type").unwrap_or_default()) } else { None };
        TextConstruct { value: value.unwrap_or(self.text), is_plain, is_html, is_xhtml: false, language, base }
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

/// The type itself of one with parameters; nothing where it is none (RFC 6838 §4.2).
fn media_type(kind: &str) -> &str {
    let kind = kind.split(';').next().unwrap_or_default().trim();
    let is_letter = |b: u8| b.is_ascii_alphanumeric() || b"/!#$&-^_.+".contains(&b);
    if kind.bytes().all(is_letter) { kind } else { "" }
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
