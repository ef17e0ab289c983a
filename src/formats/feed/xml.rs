//! RSS, RDF and Atom: elements become the fields of entries, however badly they are nested.
//!
//! Names are taken by their usual prefixes, which are right more often than the namespaces that feeds declare. Entities
//! that a document declares itself are not expanded, and nothing outside it is ever fetched.

use quick_xml::Reader;
use quick_xml::events::{BytesRef, BytesStart, Event};

use super::raw::{RawEntry, RawFeed, TextConstruct};
use crate::formats::ParseError;
use crate::formats::html;

/// The entries in `text` and what is said of the whole; those before a cut, where the document breaks off.
pub fn parse(text: &str) -> Result<RawFeed, ParseError> {
    let mut reader = Reader::from_str(text);
    let config = reader.config_mut();
    config.check_end_names = false;
    config.allow_unmatched_ends = true;
    config.allow_dangling_amp = true;
    let mut parser = Parser::default();
    let error = loop {
        match reader.read_event() {
            Ok(Event::Start(tag)) => parser.start(&tag),
            Ok(Event::Empty(tag)) => {
                parser.start(&tag);
                parser.end(tag.name().as_ref());
            }
            Ok(Event::End(tag)) => parser.end(tag.name().as_ref()),
            Ok(Event::Text(words)) => parser.text(&words),
            Ok(Event::CData(words)) => parser.verbatim(&words),
            Ok(Event::GeneralRef(reference)) => parser.reference(&reference),
            Ok(Event::Eof) => break None,
            Ok(_) => {}
            Err(error) => break Some(error.to_string()),
        }
    };
    let is_known = parser.is_feed;
    let mut feed = parser.feed;
    feed.is_cut = error.is_some() || parser.entry.is_some();
    match error {
        Some(error) if feed.entries.is_empty() => Err(ParseError::malformed("XML", &error)),
        _ if !is_known => Err(ParseError::Unsupported("an XML document that is not a feed")),
        _ => Ok(feed),
    }
}

#[derive(Default)]
struct Parser {
    feed: RawFeed,
    is_feed: bool,
    /// The prefix with which the names of the feed's own elements are written, if any.
    prefix: Option<String>,
    /// The entry that is being read.
    entry: Option<RawEntry>,
    /// The field that is being read.
    field: Option<Field>,
    /// Elements of the head that have fields of their own, which are not those of the feed: a picture, a search form.
    passed_by: Option<(String, usize)>,
}

/// An element that says something about an entry or about the whole.
#[derive(Default)]
struct Field {
    name: String,
    /// How many elements are open inside.
    depth: usize,
    /// Its text, references resolved.
    text: String,
    /// The same with the elements inside it as markup.
    markup: String,
    has_elements: bool,
    /// Where the text of a `<name>` inside begins.
    name_at: Option<usize>,
    person: Option<String>,
    attributes: Vec<(String, String)>,
}

impl Field {
    fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    fn words(self) -> TextConstruct {
        let is_plain = matches!(self.attribute("type"), Some("text" | "text/plain"));
        let is_html = matches!(self.attribute("type"), Some("html" | "xhtml" | "text/html" | "application/xhtml+xml"));
        let base = self.attribute("xml:base").map(str::to_owned);
        let language = self.attribute("xml:lang").map(str::to_owned);
        let is_plain = is_plain && !self.has_elements;
        let is_html = is_html || self.has_elements;
        let value = if self.has_elements { self.markup } else { self.text };
        TextConstruct { value, is_plain, is_html, language, base }
    }
}

impl Parser {
    fn start(&mut self, tag: &BytesStart<'_>) {
        self.learn_prefix(tag.name().as_ref());
        let name = self.plain_name(tag.name().as_ref());
        if let Some((passed, open)) = &mut self.passed_by {
            *open += usize::from(*passed == name);
            return;
        }
        match name.as_str() {
            "item" | "entry" => {
                self.close_entry();
                self.is_feed = true;
                let mut entry = RawEntry::default();
                for (name, value) in attributes(tag) {
                    match name.as_str() {
                        "xml:base" => entry.base = Some(value),
                        "rdf:about" | "about" => entry.about = Some(value),
                        _ => {}
                    }
                }
                self.entry = Some(entry);
            }
            _ if self.field.is_some() => self.start_inside(tag, &name),
            "rss" | "channel" | "feed" | "rdf" | "RDF" => {
                self.is_feed = true;
                for (name, value) in attributes(tag) {
                    match name.as_str() {
                        "xml:base" => self.feed.base = Some(value),
                        "xml:lang" => self.feed.language = Some(value),
                        _ => {}
                    }
                }
            }
            "media:group" | "items" | "Seq" => {}
            "image" | "textInput" | "textinput" | "itunes:owner" => self.passed_by = Some((name, 1)),
            _ => self.field = Some(Field { name, attributes: attributes(tag), ..Field::default() }),
        }
    }

    /// A prefix of the root is that of all that is not foreign.
    fn learn_prefix(&mut self, name: &str) {
        if let (None, Some((prefix, "rss" | "feed" | "RDF" | "channel"))) = (&self.prefix, name.split_once(':')) {
            self.prefix = Some(prefix.to_owned());
        }
    }

    /// A name without the prefixes that say nothing.
    fn plain_name(&self, name: &str) -> String {
        const PLAIN: [&str; 7] = ["a10", "atom", "atom03", "atom10", "rdf", "rss", "xhtml"];
        match name.split_once(':') {
            Some((prefix, local)) if PLAIN.contains(&prefix) || self.prefix.as_deref() == Some(prefix) => {
                local.to_owned()
            }
            _ => name.to_owned(),
        }
    }

    fn start_inside(&mut self, tag: &BytesStart<'_>, name: &str) {
        let Some(field) = &mut self.field else { return };
        field.depth += 1;
        field.has_elements = true;
        field.markup.push('<');
        field.markup.push_str(name);
        field.markup.push_str(tag.attributes_raw());
        field.markup.push('>');
        if name == "name" {
            field.name_at = Some(field.text.len());
        }
    }

    fn end(&mut self, name: &str) {
        let name = self.plain_name(name);
        if let Some((passed, open)) = &mut self.passed_by {
            *open -= usize::from(*passed == name);
            if *open == 0 {
                self.passed_by = None;
            }
            return;
        }
        if matches!(name.as_str(), "item" | "entry" | "channel" | "rss" | "feed") {
            return self.close_entry();
        }
        let Some(field) = &mut self.field else { return };
        if field.depth == 0 {
            return self.close_field();
        }
        field.depth -= 1;
        field.markup.push_str("</");
        field.markup.push_str(&name);
        field.markup.push('>');
        if let Some(at) = field.name_at.take_if(|_| name == "name") {
            field.person = field.text.get(at..).map(str::to_owned);
        }
    }

    fn text(&mut self, words: &str) {
        if let Some(field) = &mut self.field {
            field.text.push_str(words);
            field.markup.push_str(words);
        }
    }

    fn verbatim(&mut self, words: &str) {
        if let Some(field) = &mut self.field {
            field.text.push_str(words);
            field.markup.push_str(words);
        }
    }

    fn reference(&mut self, reference: &BytesRef<'_>) {
        let Some(field) = &mut self.field else { return };
        let name: &str = reference;
        let as_written = format!("&{name};");
        let resolved = html::decode_after(&field.text, &as_written);
        field.text.push_str(&resolved);
        field.markup.push_str(&as_written);
    }

    fn close_entry(&mut self) {
        self.close_field();
        self.feed.entries.extend(self.entry.take());
    }

    fn close_field(&mut self) {
        let Some(field) = self.field.take() else { return };
        match &mut self.entry {
            Some(entry) => take_for_entry(entry, field),
            None => take_for_feed(&mut self.feed, field),
        }
    }
}

fn take_for_entry(entry: &mut RawEntry, field: Field) {
    let text = field.text.trim();
    match field.name.as_str() {
        "title" | "dc:title" => entry.title = entry.title.take().or_else(|| Some(field.words())),
        "description" | "summary" | "media:description" | "dc:description" | "itunes:summary" => {
            let words = field.words();
            if words.value.len() > entry.summary.as_ref().map_or(0, |summary| summary.value.len()) {
                entry.summary = Some(words);
            }
        }
        // What only says where the content is has none.
        "content:encoded" | "content" | "body" | "fullitem:content" | "yandex:full-text"
            if field.attribute("src").is_none() =>
        {
            entry.content = Some(field.words());
        }
        "link" => take_link(&mut entry.links, &field),
        "feedburner:origLink" => {
            entry.links.insert(0, text.to_owned());
        }
        "guid" | "id" | "dc:identifier" => {
            entry.guid.get_or_insert_with(|| text.to_owned());
            entry.guid_is_address |= field.attribute("isPermaLink") != Some("false") && field.name != "dc:identifier";
        }
        "pubDate" | "pubdate" | "published" | "dc:date" | "issued" | "date" | "dcterms:issued" | "dc:created" => {
            entry.dates.insert(0, text.to_owned());
        }
        "updated" | "modified" | "dcterms:modified" | "atom:updated" | "lastBuildDate" => {
            entry.dates.push(text.to_owned());
        }
        "author" | "dc:creator" | "itunes:author" => entry.authors.push(person(field)),
        "category" | "dc:subject" | "media:keywords" | "itunes:keywords" => take_tags(&mut entry.tags, &field),
        "source" | "dc:source" | "dc:publisher" if !field.has_elements => {
            entry.publisher.get_or_insert_with(|| text.to_owned());
        }
        _ => {}
    }
}

fn take_for_feed(feed: &mut RawFeed, field: Field) {
    let text = field.text.trim();
    match field.name.as_str() {
        "title" => feed.title = feed.title.take().or(Some(field.words())),
        "description" | "subtitle" | "tagline" => feed.description = feed.description.take().or(Some(field.words())),
        "link" => take_link(&mut feed.links, &field),
        "ttl" => feed.ttl_minutes = text.parse().ok(),
        "sy:updatePeriod" => feed.period = Some(text.to_owned()),
        "sy:updateFrequency" => feed.frequency = text.parse().ok(),
        "author" => feed.author = Some(person(field)),
        "language" | "dc:language" => feed.language = Some(text.to_owned()),
        _ => {}
    }
}

/// RSS has the address as text, Atom as an attribute, of several kinds.
fn take_link(links: &mut Vec<String>, field: &Field) {
    let address = field.attribute("href").unwrap_or(&field.text).trim();
    let leads_there = matches!(field.attribute("rel"), None | Some("alternate" | ""));
    if leads_there && !address.is_empty() {
        links.push(address.to_owned());
    }
}

fn take_tags(tags: &mut Vec<String>, field: &Field) {
    let named = field.attribute("label").or(field.attribute("term")).unwrap_or(&field.text);
    if field.name.ends_with("keywords") {
        tags.extend(named.split(',').map(str::to_owned));
    } else {
        tags.push(named.to_owned());
    }
}

/// The name of a person: Atom has an element for it, RSS writes "mail@example (Name)".
fn person(field: Field) -> String {
    if let Some(name) = field.person {
        return name;
    }
    match field.text.trim().strip_suffix(')').and_then(|text| text.split_once(" (")) {
        Some((mail, name)) if mail.contains('@') => name.to_owned(),
        _ => field.text,
    }
}

/// The first attributes of a tag; those beyond the limit are left out.
fn attributes(tag: &BytesStart<'_>) -> Vec<(String, String)> {
    let mut all = tag.html_attributes();
    let known = all.with_checks(false).take(32).filter_map(Result::ok);
    known.map(|known| (known.key.as_ref().to_owned(), html::decode_attribute(&known.value).into_owned())).collect()
}
