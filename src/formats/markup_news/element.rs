//! One article in markup: its fields and its paragraphs, in one pass over tags that need not be well-formed.

use std::borrow::Cow;

use super::layouts::{AGENCIES, Layout, Slot};
use crate::article::{ParagraphKind, Published};
use crate::formats::block_writer::BlockWriter;
use crate::formats::blocks::Blocks;
use crate::formats::date::lenient::{self, Order};
use crate::formats::date::search::dates_in;
use crate::formats::draft::Draft;
use crate::formats::html::{self, Attributes, HtmlToken, ReferenceContext, Tokens};
use crate::formats::json_value::JsonValue;
use crate::text::clean;

/// How many elements may lie around one another.
const DEEPEST: usize = 200;

/// Elements that never end in SGML.
const EMPTY: [&str; 5] = ["lb", "br", "pb", "hr", "graphic"];

/// Reads the article in the element `text` of this kind. Where it is `with_fields` they come too, by the names of their
/// elements and attributes; what it is called, its date and its address also as `id`, `date` and `url`.
pub fn read(text: &str, layout: &Layout, with_fields: bool) -> (Draft, JsonValue) {
    let mut element = Element {
        layout,
        path: Vec::new(),
        values: vec![Vec::new(); layout.fields.len()],
        open: Vec::new(),
        skipped_from: None,
        writer: BlockWriter::default(),
        loose: String::new(),
        has_paragraphs: false,
    };
    for token in Tokens::of(text) {
        match token {
            HtmlToken::Start { name, attributes, closed } => {
                let name = local(&name);
                if name == layout.record && !element.path.iter().any(|open| open == name) {
                    element.reset();
                }
                element.start(name, attributes);
                if closed || EMPTY.contains(&name) {
                    element.end(name);
                }
            }
            HtmlToken::End(name) => element.end(local(&name)),
            HtmlToken::Text(words) => element.words(&html::decode(words, ReferenceContext::Text)),
            HtmlToken::Raw(words) => element.words(&html::line(words)),
        }
    }
    let fields = if with_fields { element.fields() } else { JsonValue::Nothing };
    (element.draft(), fields)
}

fn local(name: &str) -> &str {
    let name = name.rsplit_once(':').map_or(name, |(_, local)| local);
    if matches!(name, "tei.2" | "teicorpus.2") { &name[..name.len() - 2] } else { name }
}

/// An element while it is read.
struct Element<'l> {
    layout: &'l Layout,
    /// The names of the elements that are open.
    path: Vec<String>,
    /// What each field says, as often as it is there.
    values: Vec<Vec<String>>,
    /// The fields that are open: which, and how deep.
    open: Vec<(usize, usize)>,
    /// How deep the element lies whose words are skipped.
    skipped_from: Option<usize>,
    writer: BlockWriter,
    /// The words that stand in no paragraph, as they stand.
    loose: String,
    has_paragraphs: bool,
}

impl Element<'_> {
    /// Forgets what stood before the record.
    fn reset(&mut self) {
        self.values.iter_mut().for_each(Vec::clear);
        self.open.clear();
        (self.writer, self.loose) = (BlockWriter::default(), String::new());
        self.has_paragraphs = false;
    }

    fn start(&mut self, name: &str, attributes: Attributes<'_>) {
        if self.path.len() == DEEPEST {
            return;
        }
        self.path.push(name.to_owned());
        for (at, (_, path)) in self.layout.fields.iter().enumerate() {
            let (path, attribute) = path.split_once('@').map_or((*path, None), |(path, name)| (path, Some(name)));
            if !self.is_at(path) {
                continue;
            }
            if let Some(attribute) = attribute {
                self.values[at].extend(attributes.get(attribute).map(Cow::into_owned));
            } else {
                self.values[at].push(String::new());
                self.open.push((at, self.path.len()));
            }
        }
        let is_skipped = |skipped: &&str| match skipped.split_once('@') {
            Some((element, kind)) => element == name && attributes.get("type").is_some_and(|said| said == kind),
            None => *skipped == name,
        };
        if self.is_in_text() && self.skipped_from.is_none() && self.layout.skipped.iter().any(is_skipped) {
            self.skipped_from = Some(self.path.len());
        }
        if !self.takes_words() {
            return;
        }
        let is_heading = name == "ab" && attributes.get("type").is_some_and(|said| said == "header");
        match block(name).filter(|_| !(name == "quote" && self.is_in("p"))) {
            Some(block) => {
                self.writer.end();
                self.has_paragraphs |= block != Block::Container;
            }
            None if matches!(name, "lb" | "br") => self.writer.break_line(self.kind()),
            None if matches!(name, "cell" | "td" | "th") => self.writer.text(self.kind(), " "),
            None => {}
        }
        if is_heading {
            // It is read as one by its name.
            self.path.pop();
            self.path.push("head".to_owned());
        }
        if let Some(address) = attributes.get("target").or_else(|| attributes.get("href"))
            && matches!(name, "ref" | "a")
        {
            self.writer.open_link(&address);
        }
    }

    fn end(&mut self, name: &str) {
        let is_it = |open: &String| *open == name || name == "ab" && open == "head";
        // What was not opened does not end.
        let Some(at) = self.path.iter().rposition(is_it) else { return };
        if self.takes_words() {
            if matches!(name, "ref" | "a") {
                self.writer.close_link();
            }
            if block(name).is_some() && !(name == "quote" && self.is_in("p")) {
                self.writer.end();
            }
        }
        self.path.truncate(at);
        self.open.retain(|(_, depth)| *depth <= at);
        self.skipped_from = self.skipped_from.filter(|depth| *depth <= at);
    }

    fn words(&mut self, words: &str) {
        for (field, _) in &self.open {
            if let Some(value) = self.values[*field].last_mut() {
                value.push_str(words);
            }
        }
        if self.takes_words() {
            if self.path.iter().rev().all(|name| !matches!(block(name), Some(Block::Paragraph(_)))) {
                self.loose.push_str(words);
            }
            self.writer.text(self.kind(), words);
        }
    }

    /// Whether the elements that are open end in this path.
    fn is_at(&self, path: &str) -> bool {
        let mut open = self.path.iter().rev();
        path.rsplit('/').all(|name| open.next().is_some_and(|open| open == name))
    }

    fn is_in(&self, name: &str) -> bool {
        self.path.iter().any(|open| open == name)
    }

    fn is_in_text(&self) -> bool {
        self.layout.text.iter().any(|name| self.is_in(name))
    }

    fn takes_words(&self) -> bool {
        self.skipped_from.is_none() && self.is_in_text()
    }

    /// What a paragraph is that stands here.
    fn kind(&self) -> ParagraphKind {
        let of = |name: &String| match block(name) {
            Some(Block::Paragraph(kind)) => Some(kind),
            _ => None,
        };
        let innermost = self.path.iter().rev().find_map(of).unwrap_or(ParagraphKind::Prose);
        let is_quoted = self.path.iter().any(|name| of(name) == Some(ParagraphKind::BlockQuotation));
        if is_quoted && innermost == ParagraphKind::Prose && !self.is_in("p") || self.is_quoted_block() {
            ParagraphKind::BlockQuotation
        } else {
            innermost
        }
    }

    /// Whether a paragraph lies in a block quotation, and not the other way round.
    fn is_quoted_block(&self) -> bool {
        let at = |names: &[&str]| self.path.iter().position(|open| names.contains(&open.as_str()));
        at(&["bq", "blockquote", "quote"]).is_some_and(|quote| at(&["p"]).is_none_or(|paragraph| quote < paragraph))
    }

    fn first(&self, slot: Slot) -> Option<String> {
        self.all(slot).next()
    }

    fn all(&self, slot: Slot) -> impl Iterator<Item = String> {
        let fields = self.layout.fields.iter().zip(&self.values).filter(move |((known, _), _)| *known == slot);
        let words = |value: &String| value.split_whitespace().collect::<Vec<_>>().join(" ");
        fields.flat_map(|(_, values)| values).map(words).filter(|value| !value.is_empty())
    }

    /// What its fields say, of the same the first that is there.
    fn fields(&self) -> JsonValue {
        let mut fields = Vec::new();
        let said = |(field, values): (&(Slot, &'static str), &Vec<String>)| {
            let value = values.iter().map(|value| value.trim()).find(|value| !value.is_empty())?;
            Some((field.0, field.1, JsonValue::Text(value.to_owned())))
        };
        let said: Vec<_> = self.layout.fields.iter().zip(&self.values).filter_map(said).collect();
        for (_, path, value) in &said {
            let (path, attribute) = path.split_once('@').map_or((*path, None), |(path, name)| (path, Some(name)));
            let element = path.rsplit('/').next().filter(|element| *element != self.layout.record);
            let names = attribute.into_iter().chain(element);
            fields.extend(names.map(|name| (name.to_owned(), value.clone())));
        }
        for (name, slots) in [("id", &[Slot::Name, Slot::Id][..]), ("date", &[Slot::Published]), ("url", &[Slot::Url])]
        {
            let first = said.iter().find(|(slot, ..)| slots.contains(slot));
            fields.extend(first.map(|(.., value)| (name.to_owned(), value.clone())));
        }
        JsonValue::Object(fields)
    }

    fn draft(mut self) -> Draft {
        let blocks = std::mem::take(&mut self.writer).finish();
        let blocks = if self.has_paragraphs { blocks } else { wrapped(&clean(&self.loose)) };
        let dateline = self.first(Slot::Dateline).unwrap_or_default();
        let id = self.first(Slot::Id).unwrap_or_default();
        let agency = AGENCIES.iter().find(|(mark, _)| id.starts_with(mark)).map(|(_, name)| *name);
        let is_address = |address: &String| address.starts_with("http://") || address.starts_with("https://");
        let named = self.first(Slot::Publisher).or_else(|| self.layout.publisher.or(agency).map(str::to_owned));
        let tags = self.all(Slot::Tag).flat_map(|tag| tag.split([';', ',']).map(str::to_owned).collect::<Vec<_>>());
        Draft {
            headline: self.first(Slot::Headline).unwrap_or_default(),
            published: self.published().or_else(|| day_in(&id)),
            publisher: named.as_deref().map(without_host),
            byline: self.first(Slot::Byline).map(|byline| {
                let agency = named.as_deref().and_then(|agency| byline.strip_suffix(agency)?.strip_suffix(", "));
                agency.unwrap_or(&byline).replace(';', ",")
            }),
            url: self.all(Slot::Url).find(is_address),
            tags: tags.collect(),
            blocks: under_dateline(&blocks, &dateline),
            ..Draft::default()
        }
    }

    fn published(&self) -> Option<Published> {
        let fields = self.layout.fields.iter().zip(&self.values);
        fields.into_iter().find_map(|((slot, _), values)| match slot {
            Slot::Published => values.iter().find_map(|value| date(value)),
            Slot::Sentence => values.iter().find_map(|value| Some(dates_in(value, Order::Unknown).pop()?.1)),
            _ => None,
        })
    }
}

/// What begins and ends paragraphs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Block {
    Paragraph(ParagraphKind),
    /// It holds paragraphs, or words that are one.
    Container,
}

/// What an element of this name is; nothing where it stands inside of a paragraph.
fn block(name: &str) -> Option<Block> {
    Some(Block::Paragraph(match name {
        "p" | "para" | "ab" | "l" | "u" => ParagraphKind::Prose,
        "head" | "hl1" | "hl2" | "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => ParagraphKind::Heading,
        "li" | "item" | "dt" | "dd" => ParagraphKind::ListItem,
        "bq" | "blockquote" | "quote" => ParagraphKind::BlockQuotation,
        "media-caption" | "caption" | "figcaption" | "figdesc" => ParagraphKind::Caption,
        "tr" | "row" => ParagraphKind::TableRow,
        "div" | "block" | "body" | "body.content" | "section" | "table" | "list" | "ul" | "ol" | "sp" | "html" => {
            return Some(Block::Container);
        }
        _ => return None,
    }))
}

/// A date as machines and agencies write it: `20240314T093000Z`, `26-FEB-1987 15:01:01.79`.
fn date(value: &str) -> Option<Published> {
    let value = value.trim();
    // Hundredths of a second, and what follows the time, say nothing here.
    let whole = value.split_once('.').map_or(value, |(whole, _)| whole);
    lenient::parse(value).or_else(|| lenient::parse(whole)).or_else(|| Some(dates_in(value, Order::Unknown).first()?.1))
}

/// The day in the name of a document: `APW_ENG_20040314.0001`, `APW19980601.0003`.
fn day_in(id: &str) -> Option<Published> {
    let digits = id.split('.').next()?.rsplit(|c: char| !c.is_ascii_digit()).next()?;
    if digits.len() == 8 { lenient::parse(digits) } else { None }
}

/// `Coast Wire (coast.example)` without the address of the site.
fn without_host(name: &str) -> String {
    match name.strip_suffix(')').and_then(|name| name.rsplit_once(" (")) {
        Some((name, host)) if host.contains('.') && !host.contains(' ') => name.to_owned(),
        _ => name.to_owned(),
    }
}

/// The paragraphs of a text of wrapped lines, whose first is indented or stands below a blank line.
fn wrapped(text: &str) -> Blocks {
    /// What agencies end a story with.
    const ENDS: [&str; 3] = ["Reuter", "REUTER", "Reuters"];
    let mut paragraphs: Vec<String> = Vec::new();
    let mut is_new = true;
    for line in text.lines() {
        let words = line.trim();
        if words.is_empty() {
            is_new = true;
            continue;
        }
        let is_indented = line.starts_with("   ") || line.starts_with('\t');
        match paragraphs.last_mut().filter(|_| !is_new && !is_indented) {
            Some(last) if !ENDS.contains(&words) => {
                last.push(' ');
                last.push_str(words);
            }
            _ => paragraphs.push(words.to_owned()),
        }
        is_new = false;
    }
    if paragraphs.last().is_some_and(|last| ENDS.contains(&last.as_str())) {
        paragraphs.pop();
    }
    let mut blocks = Blocks::default();
    for words in &paragraphs {
        blocks.push(ParagraphKind::Prose, words);
    }
    blocks
}

/// The paragraphs with the dateline before the first words, where it does not stand there already.
fn under_dateline(blocks: &Blocks, dateline: &str) -> Blocks {
    let dateline = clean(dateline);
    let place = dateline.trim_end_matches([' ', '-', '—', '–', '_']);
    let mut whole = Blocks::default();
    let first = blocks.iter().position(|paragraph| paragraph.kind == ParagraphKind::Prose);
    let begins = |words: &str| words.to_lowercase().starts_with(&place.to_lowercase());
    let missing = !place.is_empty()
        && first.and_then(|at| blocks.iter().nth(at)).is_some_and(|paragraph| !begins(&paragraph.words));
    if !missing {
        return blocks.clone();
    }
    for (at, paragraph) in blocks.iter().enumerate() {
        if Some(at) == first {
            whole.push(paragraph.kind, &format!("{place} — {}", paragraph.words));
        } else {
            whole.push(paragraph.kind, &paragraph.words);
        }
    }
    whole
}
