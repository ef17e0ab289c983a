//! RSS, RDF and Atom: elements become the fields of entries, however badly they are nested.

use std::borrow::Cow;

use quick_xml::Reader;
use quick_xml::errors::{Error, SyntaxError};
use quick_xml::events::{BytesStart, Event};

use super::entities::Entities;
use super::field::FeedField;
use super::implied_end::Ahead;
use super::names::Names;
use super::raw::{FeedEnd, RawEnclosure, RawEntry, RawFeed, TextConstruct};
use super::repair;
use crate::formats::ParseError;
use crate::formats::html;

/// The entries in `text` and what is said of the whole; those that are closed before a cut, where the document breaks off:
/// inside an entry, or before the first one.
///
/// # Errors
///
/// When it is no feed, or breaks off before its first entry ends.
pub fn parse(text: &str) -> Result<RawFeed, ParseError> {
    let text = repair::repaired(text);
    let mut reader = Reader::from_str(&text);
    let config = reader.config_mut();
    config.check_end_names = false;
    config.allow_unmatched_ends = true;
    config.allow_dangling_amp = true;
    let mut parser = Parser::of(&text);
    let error = loop {
        parser.ahead.go_to(reader.buffer_position());
        match reader.read_event() {
            Ok(Event::Start(tag)) => parser.start(&tag),
            Ok(Event::Empty(tag)) => {
                parser.start(&tag);
                parser.end(tag.name().as_ref());
            }
            Ok(Event::End(tag)) => parser.end(tag.name().as_ref()),
            Ok(Event::Text(words)) => parser.words(&words),
            Ok(Event::CData(words)) => parser.words(&words),
            Ok(Event::GeneralRef(reference)) => parser.reference(&reference),
            Ok(Event::DocType(declared)) => parser.entities = Entities::of(&declared),
            Ok(Event::Eof) => break None,
            Ok(_) => {}
            Err(error) => break Some(error),
        }
    };
    let end = if error.is_some() { FeedEnd::BrokenOff } else { parser.end_of_document() };
    let feed = RawFeed { end, ..parser.feed };
    match error {
        Some(error) if feed.entries.is_empty() && !is_early_end(&error) => Err(ParseError::malformed("XML", &error)),
        // It begins as one and ends in its first tag.
        Some(_) if !parser.is_feed && repair::start(&text).is_some() => Err(ParseError::CutOff),
        _ if !parser.is_feed => Err(ParseError::Unsupported("an XML document that is not a feed")),
        _ if end == FeedEnd::BrokenOff && feed.entries.is_empty() => Err(ParseError::CutOff),
        _ => Ok(feed),
    }
}

/// Whether something ends in the middle of a tag or a section.
fn is_early_end(error: &Error) -> bool {
    !matches!(error, Error::Syntax(SyntaxError::InvalidBangMarkup)) && matches!(error, Error::Syntax(_))
}

#[allow(clippy::struct_excessive_bools, reason = "each says of another element whether it was seen")]
struct Parser<'t> {
    ahead: Ahead<'t>,
    feed: RawFeed,
    is_feed: bool,
    is_atom: bool,
    /// Whether the last element that holds entries is closed. One entry can be a document by itself.
    has_ended: bool,
    has_root: bool,
    /// Whether words follow the last entry outside of every field: what is left of a comment that is never closed.
    has_rest: bool,
    names: Names,
    entities: Entities,
    /// The entry that is being read, and how many prefixes hold outside of it.
    entry: Option<(RawEntry, usize)>,
    /// The field that is being read, the same.
    field: Option<(FeedField, usize)>,
}

impl<'t> Parser<'t> {
    fn of(document: &'t str) -> Self {
        Self {
            ahead: Ahead::of(document),
            feed: RawFeed::default(),
            is_feed: false,
            is_atom: false,
            has_ended: false,
            has_root: false,
            has_rest: false,
            names: Names::default(),
            entities: Entities::default(),
            entry: None,
            field: None,
        }
    }

    fn start(&mut self, tag: &BytesStart<'_>) {
        let tag_name = tag.name();
        let written = lower(tag_name.as_ref());
        if self.entry.is_none() {
            self.names.learn_root(&written);
        }
        let (mut name, mut outer) = self.named(tag, &written);
        let ahead = &mut self.ahead;
        if self.field.as_mut().is_some_and(|(field, _)| field.is_ended_by(&name, &written, ahead)) {
            self.close_field();
            (name, outer) = self.named(tag, &written);
        }
        match &*name {
            "item" | "entry" => {
                self.close_entry();
                (self.is_feed, self.has_ended, self.has_rest) = (true, false, false);
                self.is_atom |= name == "entry";
                let mut entry = RawEntry::default();
                for (name, value) in attributes(tag, &mut self.entities) {
                    match name.as_str() {
                        "xml:base" => entry.base = Some(value),
                        "xml:lang" => entry.language = Some(value),
                        "about" => entry.about = Some(value),
                        _ if name.ends_with(":about") => entry.about = Some(value),
                        _ => {}
                    }
                }
                self.entry = Some((entry, outer));
            }
            _ if self.field.is_some() => {
                if let Some((field, _)) = &mut self.field {
                    field.open(tag, &written, &name);
                }
            }
            "rss" | "channel" | "feed" | "rdf" => {
                (self.is_feed, self.has_root, self.has_ended) = (true, true, false);
                self.is_atom |= name == "feed";
                for (name, value) in attributes(tag, &mut self.entities) {
                    match name.as_str() {
                        "xml:base" => self.feed.base = Some(value),
                        "xml:lang" => self.feed.language = Some(value),
                        _ => {}
                    }
                }
            }
            "media:group" | "items" | "seq" => {}
            _ => {
                let field = FeedField::new(&name, &written, attributes(tag, &mut self.entities));
                self.field = Some((field, outer));
            }
        }
    }

    /// The usual name of a tag that begins, and how many prefixes hold outside of it.
    fn named<'n>(&mut self, tag: &BytesStart<'_>, written: &'n str) -> (Cow<'n, str>, usize) {
        let outer = self.names.count();
        let own = self.names.declare(tag);
        (self.names.usual(written, own), outer)
    }

    fn end(&mut self, written: &str) {
        let written = lower(written);
        let name = self.names.usual(&written, None);
        match &*name {
            "item" | "entry" => {
                self.has_ended |= !self.has_root;
                self.close_entry();
            }
            "channel" | "rss" | "feed" | "rdf" => {
                self.has_ended = true;
                self.close_entry();
            }
            _ => {
                let ahead = &mut self.ahead;
                if self.field.as_mut().is_some_and(|(field, _)| field.close(&written, &name, ahead)) {
                    self.close_field();
                }
            }
        }
    }

    fn words(&mut self, words: &str) {
        if let Some((field, _)) = &mut self.field {
            field.push(words);
        } else if self.entry.is_none() {
            self.has_rest |= !words.trim().is_empty();
        }
    }

    fn end_of_document(&self) -> FeedEnd {
        let is_between = self.entry.is_none() && self.field.is_none() && !self.has_rest;
        if self.entry.is_none() && self.has_ended {
            FeedEnd::Whole
        } else if is_between && !self.feed.entries.is_empty() {
            FeedEnd::Unclosed
        } else {
            FeedEnd::BrokenOff
        }
    }

    fn reference(&mut self, name: &str) {
        let Some((field, _)) = &mut self.field else { return };
        match self.entities.expand(name) {
            Some(replacement) => field.push_entity(&replacement),
            None => field.push_reference(&format!("&{name};")),
        }
    }

    fn close_entry(&mut self) {
        self.close_field();
        if let Some((entry, outer)) = self.entry.take() {
            self.feed.entries.push(entry);
            self.names.drop_after(outer);
        }
    }

    fn close_field(&mut self) {
        let Some((mut field, outer)) = self.field.take() else { return };
        field.end_part();
        self.names.drop_after(outer);
        match &mut self.entry {
            Some((entry, _)) => take_for_entry(entry, field, self.is_atom),
            None => take_for_feed(&mut self.feed, field, self.is_atom),
        }
    }
}

/// Names are written in capitals by some.
fn lower(name: &str) -> Cow<'_, str> {
    if name.bytes().any(|b| b.is_ascii_uppercase()) { name.to_ascii_lowercase().into() } else { name.into() }
}

fn take_for_entry(entry: &mut RawEntry, field: FeedField, is_atom: bool) {
    let text = field.text.trim();
    match field.name.as_str() {
        "title" => take_first(&mut entry.title, title_of(field, is_atom)),
        "dc:title" | "media:title" => take_first(&mut entry.media_title, field.words()),
        "description" | "summary" | "dc:description" | "itunes:summary" => take_longest(&mut entry.summary, field),
        "media:description" => take_longest(&mut entry.caption, field),
        // What only says where the content is has none.
        "content:encoded" | "encoded" | "content" | "body" | "fullitem:content" | "yandex:full-text"
            if field.attribute("src").is_none() =>
        {
            take_longest(&mut entry.content, field);
        }
        "link" if is_link_to(&field, "enclosure") => {
            entry.enclosures.extend(enclosure(&field, "href", "length"));
        }
        // Of a reply there may be a feed, too (RFC 4685 §4), which is no page.
        "link" if is_link_to(&field, "replies") => {
            let is_page = field.attribute("type").is_none_or(|kind| kind.contains("html"));
            entry.comments = field.attribute("href").filter(|_| is_page).map(str::to_owned).or(entry.comments.take());
        }
        "comments" if !text.is_empty() => entry.comments = Some(text.to_owned()),
        "link" => take_link(&mut entry.links, Some(&mut entry.other_links).filter(|_| !is_atom), field),
        "feedburner:origlink" => {
            entry.links.insert(0, text.to_owned());
        }
        "enclosure" => entry.enclosures.extend(enclosure(&field, "url", "length")),
        "media:content" if is_played(&field) => entry.enclosures.extend(enclosure(&field, "url", "filesize")),
        "media:content" | "media:thumbnail" if is_picture(&field) => {
            let width = field.attribute("width").and_then(|width| width.trim().parse().ok()).unwrap_or_default();
            entry.pictures.extend(field.attribute("url").map(|url| (url.trim().to_owned(), width)));
        }
        "itunes:duration" => entry.duration = Some(text.to_owned()),
        "guid" | "id" | "dc:identifier" => {
            entry.guid_is_address |= field.attribute("ispermalink") != Some("false") && field.name != "dc:identifier";
            entry.guid.get_or_insert(field.trimmed());
        }
        "pubdate" | "published" | "dc:date" | "issued" | "date" | "dcterms:issued" | "dc:created" => {
            entry.dates.insert(0, field.trimmed());
        }
        "updated" | "modified" | "dcterms:modified" | "lastbuilddate" => entry.dates.push(field.trimmed()),
        "author" | "dc:creator" | "dcterms:creator" | "itunes:author" => {
            entry.authors.push(field.person.unwrap_or(field.text));
        }
        "language" | "dc:language" if entry.language.is_none() => entry.language = Some(text.to_owned()),
        "category" | "dc:subject" | "media:keywords" | "itunes:keywords" => take_tags(&mut entry.tags, &field),
        // The feed that the entry was copied from (RFC 4287 §4.2.11): nothing in it is said of the entry, but its
        // author where the entry has none (§4.2.1).
        "source" if field.has_elements => {
            entry.publisher = field.title.or(entry.publisher.take());
            entry.source_author = field.person;
            entry.source_date = field.date;
        }
        "source" | "dc:source" | "dc:publisher" if !text.is_empty() => {
            entry.publisher.get_or_insert_with(|| text.to_owned());
        }
        _ => {}
    }
}

/// The file that an element names in these attributes.
fn enclosure(field: &FeedField, url: &str, length: &str) -> Option<RawEnclosure> {
    let said = |name| field.attribute(name).unwrap_or_default().trim().to_owned();
    let url = said(url);
    let media_type = Some(said("type")).filter(|media_type| !media_type.is_empty()).unwrap_or_else(|| said("medium"));
    (!url.is_empty()).then(|| RawEnclosure { url, media_type, length: said(length), duration: said("duration") })
}

/// Whether a link of Atom says that it leads to this.
fn is_link_to(field: &FeedField, relation: &str) -> bool {
    field.attribute("rel").is_some_and(|rel| rel.trim().eq_ignore_ascii_case(relation))
}

/// Whether `media:content` is something to be listened to or watched: pictures are many, and come in every size.
fn is_played(field: &FeedField) -> bool {
    let is = |name, medium: &str| {
        field.attribute(name).is_some_and(|said| said.trim().to_ascii_lowercase().starts_with(medium))
    };
    ["audio", "video"].iter().any(|medium| is("medium", medium) || is("type", medium))
}

/// Whether it is a picture, and may show something of the entry.
fn is_picture(field: &FeedField) -> bool {
    let said = |name| field.attribute(name).map(|said| said.trim().to_ascii_lowercase()).unwrap_or_default();
    field.name == "media:thumbnail" || said("medium") == "image" || said("type").starts_with("image/")
}

fn title_of(field: FeedField, is_atom: bool) -> TextConstruct {
    let title = field.words();
    if is_atom { title.or_plain() } else { title }
}

fn take_first(known: &mut Option<TextConstruct>, words: TextConstruct) {
    if known.is_none() && !words.value.trim().is_empty() {
        *known = Some(words);
    }
}

fn take_longest(known: &mut Option<TextConstruct>, field: FeedField) {
    let words = field.words();
    if words.value.trim().len() > known.as_ref().map_or(0, |known| known.value.trim().len()) {
        *known = Some(words);
    }
}

fn take_for_feed(feed: &mut RawFeed, field: FeedField, is_atom: bool) {
    let text = field.text.trim();
    match field.name.as_str() {
        "title" => feed.title = feed.title.take().or_else(|| Some(title_of(field, is_atom))),
        "description" | "subtitle" | "tagline" => feed.description = feed.description.take().or(Some(field.words())),
        "link" => take_link(&mut feed.links, Some(&mut feed.other_links).filter(|_| !is_atom), field),
        "ttl" => feed.ttl_minutes = text.parse().ok(),
        "sy:updateperiod" => feed.period = Some(text.to_owned()),
        "sy:updatefrequency" => feed.frequency = text.parse().ok(),
        "author" => feed.author = Some(field.person.unwrap_or(field.text)),
        "language" | "dc:language" => feed.language = Some(text.to_owned()),
        _ => {}
    }
}

/// RSS has the address as text, Atom as an attribute, of several kinds. `others` is for those in attributes where they are
/// not the usual ones.
fn take_link(links: &mut Vec<String>, others: Option<&mut Vec<String>>, field: FeedField) {
    // A mark that encloses no value is left at its end.
    let of_mark = |c: char| c.is_whitespace() || matches!(c, '"' | '\'');
    if !matches!(field.attribute("rel").map(|rel| rel.trim_matches(of_mark)), None | Some("alternate" | "")) {
        return;
    }
    let href = field.attribute("href").map(|href| href.trim_matches(of_mark).to_owned());
    let (links, address) = match href {
        Some(href) => (others.unwrap_or(links), href),
        None => (links, field.trimmed()),
    };
    links.extend(Some(address).filter(|address| !address.is_empty()));
}

fn take_tags(tags: &mut Vec<String>, field: &FeedField) {
    let named = field.attribute("label").or(field.attribute("term")).unwrap_or(&field.text);
    if field.name.ends_with("keywords") {
        tags.extend(named.split(',').map(str::to_owned));
    } else {
        tags.push(named.to_owned());
    }
}

/// The first attributes of a tag, their names in lower case; those beyond the limit are left out.
fn attributes(tag: &BytesStart<'_>, entities: &mut Entities) -> Vec<(String, String)> {
    if tag.attributes_raw().trim_end().is_empty() {
        return Vec::new();
    }
    let mut all = tag.html_attributes();
    let known = all.with_checks(false).take(32).filter_map(Result::ok);
    let decoded =
        |value: &str, entities: &mut Entities| html::decode_attribute(&entities.expand_in(value)).into_owned();
    known.map(|known| (lower(known.key.as_ref()).into_owned(), decoded(&known.value, entities))).collect()
}
