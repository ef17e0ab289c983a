//! Mail: a newsletter is an article, and so is each message that it forwards; its attachments are left aside.
//!
//! The paragraphs are taken from the markup as it stands: newsletters put everything into tables, among which a search
//! for the one article of a page finds a box and drops the others.

use std::borrow::Cow;

use mail_parser::{Address, HeaderName, HeaderValue};
use memchr::memchr;

use super::blocks::Blocks;
use super::charset_clue::CharsetClue;
use super::date::lenient;
use super::draft::Draft;
use super::html::{self, TableText};
use super::list_footer;
use super::mime::{Content, MimeEntity};
use super::sink::Sink;
use super::windows_marks::marks_of_windows;
use super::{Hint, ParseError};
use crate::text::{clean_line, words};

/// How few words the markup of a mail has that is only a frame, so that its plain text is read.
const FEWEST_WORDS: usize = 15;

/// The most messages inside one another that are read.
const MOST_MESSAGES: usize = 32;

/// The most parts inside one another that a message may have.
const MOST_PARTS: usize = 12;

/// Reads a mail and hands it to `sink`, and after it the messages that it forwards, each an article. A mail without words
/// of its own is none.
///
/// # Errors
///
/// When there is no text in any of them; when they lie inside one another too deeply, after those that do not.
pub fn read(bytes: &[u8], hint: &Hint<'_>, sink: &mut Sink<'_>) -> Result<(), ParseError> {
    let before = sink.seen;
    // A file of an old Macintosh.
    let has_cr_lines = memchr(b'\n', bytes).is_none() && memchr(b'\r', bytes).is_some();
    let with_lf = || bytes.iter().map(|b| if *b == b'\r' { b'\n' } else { *b }).collect();
    let bytes: Cow<'_, [u8]> = if has_cr_lines { Cow::Owned(with_lf()) } else { Cow::Borrowed(bytes) };
    let is_whole = read_message(&bytes, MOST_MESSAGES, &mut |draft| {
        if let Some(article) = draft.named(hint).finish() {
            sink.push(article);
        }
    });
    match sink.seen == before {
        _ if !is_whole => Err(ParseError::TooDeep("mails")),
        true => Err(ParseError::NoText),
        false => Ok(()),
    }
}

/// Reads a message in which others lie no deeper than `most`. Returns whether that is all of it.
fn read_message(bytes: &[u8], most: usize, on_draft: &mut dyn FnMut(Draft)) -> bool {
    let message = MimeEntity::message(bytes);
    let mut body = MessageBody::of(&message, false);
    let mut text = body.text_of(&message, Content::Message, MOST_PARTS);
    if text.blocks.is_empty() && body.forwarded.is_empty() {
        body = MessageBody::of(&message, true);
        text = body.text_of(&message, Content::Message, MOST_PARTS);
    }
    if !text.blocks.is_empty() {
        on_draft(draft_of(&message, text.blocks));
    }
    let (mut is_whole, forwarded) = (body.is_whole, body.forwarded);
    for inner in forwarded {
        is_whole &= most > 0 && read_message(&inner, most - 1, on_draft);
    }
    is_whole
}

/// What the parts of a message come to.
struct MessageBody<'m> {
    /// Whether it came through a mailing list.
    is_list: bool,
    /// Whether attachments are shown, as there is nothing else.
    is_attached: bool,
    /// What tells of the characters of parts that do not say it.
    clue: CharsetClue<'m>,
    /// The language that it says it is in.
    language: Option<String>,
    /// Whether none of its parts lies too deep.
    is_whole: bool,
    /// The messages in it, in order.
    forwarded: Vec<Cow<'m, [u8]>>,
}

/// The words of an entity.
#[derive(Default)]
struct EntityText {
    blocks: Blocks,
    has_markup: bool,
}

impl<'m> MessageBody<'m> {
    fn of(message: &MimeEntity<'m>, is_attached: bool) -> Self {
        let language = text(message, &HeaderName::ContentLanguage).map(str::to_owned);
        let clue = message.charset_clue();
        Self { is_list: is_list(message), is_attached, clue, language, is_whole: true, forwarded: Vec::new() }
    }

    /// The words of `entity` that are shown as the message is read, in order, where the entity around it holds `around`;
    /// parts lie in it no deeper than `most`.
    fn text_of(&mut self, entity: &MimeEntity<'m>, around: Content, most: usize) -> EntityText {
        let content = entity.content(around);
        match content {
            Content::Plain | Content::Html if !self.is_attached && entity.is_attachment() => EntityText::default(),
            Content::Plain => {
                let text = entity.text(&self.clue);
                EntityText { blocks: Blocks::of_plain(list_footer::without(&text, self.is_list)), has_markup: false }
            }
            Content::Html => {
                let language = text(entity, &HeaderName::ContentLanguage).or(self.language.as_deref());
                let markup = entity.text(&self.clue);
                let markup = html::with_quotation_marks(&markup, language);
                EntityText { blocks: html::blocks(&markup, None, TableText::Layout), has_markup: true }
            }
            Content::Message => {
                self.forwarded.push(entity.inner());
                EntityText::default()
            }
            Content::Other => EntityText::default(),
            Content::Alternative | Content::Related | Content::Digest | Content::Mixed if most == 0 => {
                self.is_whole = false;
                EntityText::default()
            }
            Content::Alternative => {
                let forms = entity.parts().map(|part| self.text_of(&part, content, most - 1));
                forms.reduce(EntityText::better).unwrap_or_default()
            }
            Content::Related => {
                let root = entity.parts().position(|part| part.is_root_of(entity)).unwrap_or_default();
                let mut text = EntityText::default();
                for (i, part) in entity.parts().enumerate() {
                    if i == root || part.content(content) == Content::Message {
                        text = self.text_of(&part, content, most - 1).or(text);
                    }
                }
                text
            }
            Content::Digest | Content::Mixed => {
                let (mut all, mut last) = (EntityText::default(), EntityText::default());
                for (i, part) in entity.parts().enumerate() {
                    // As RFC 8621 §4.1.4: what has the name of a file is one, but for the first part, and for what is said
                    // to be shown (RFC 2183 §2.1).
                    let is_text = matches!(part.content(content), Content::Plain | Content::Html);
                    if !is_text || i == 0 || self.is_attached || part.is_inline() || !part.is_named() {
                        let text = self.text_of(&part, content, most - 1);
                        if text.repeats(&last) {
                            last = last.better(text);
                        } else if !text.blocks.is_empty() {
                            all.append(std::mem::replace(&mut last, text));
                        }
                    }
                }
                all.append(last);
                all
            }
        }
    }
}

impl EntityText {
    /// This, or another where there is not a word in it.
    fn or(self, other: Self) -> Self {
        if self.blocks.is_empty() { other } else { self }
    }

    fn append(&mut self, other: Self) {
        self.has_markup |= other.has_markup;
        self.blocks.append(other.blocks);
    }

    /// Whether this is another form of the same: some programs put both beside each other where they should say so.
    fn repeats(&self, other: &Self) -> bool {
        let is_same = || words(self.blocks.text()).eq(words(other.blocks.text()));
        self.has_markup != other.has_markup && !self.blocks.is_empty() && is_same()
    }

    /// The better of two forms of the same: markup, and the later, where it says enough or as much as the other.
    fn better(self, later: Self) -> Self {
        let (liked, other) = if self.has_markup && !later.has_markup { (self, later) } else { (later, self) };
        let words = liked.blocks.words_of_prose();
        if words >= FEWEST_WORDS || words >= other.blocks.words_of_prose() { liked } else { other }
    }
}

fn is_list(message: &MimeEntity<'_>) -> bool {
    [HeaderName::ListId, HeaderName::ListPost, HeaderName::ListUnsubscribe]
        .iter()
        .any(|name| message.header(name).is_some())
}

/// The article that a message is, of these words.
fn draft_of(message: &MimeEntity<'_>, blocks: Blocks) -> Draft {
    let sender = message.header(&HeaderName::From).and_then(HeaderValue::as_address).and_then(Address::first);
    let name = sender.and_then(|sender| sender.name().or(sender.address())).map(line).filter(|name| !name.is_empty());
    let list = list_of(message).filter(|list| Some(list) != name.as_ref());
    let host = || sender.and_then(|sender| sender.address()?.rsplit_once('@').map(|(_, host)| host.to_owned()));
    Draft {
        headline: text(message, &HeaderName::Subject).unwrap_or_default().to_owned(),
        published: text(message, &HeaderName::Date).and_then(lenient::parse),
        byline: name.clone().filter(|_| list.is_some()),
        publisher: list.or(name).or_else(host),
        url: address_of(message),
        blocks,
        ..Draft::default()
    }
}

fn text<'m>(message: &'m MimeEntity<'_>, name: &HeaderName<'_>) -> Option<&'m str> {
    message.header(name).and_then(HeaderValue::as_text)
}

/// A name on one line.
fn line(name: &str) -> String {
    clean_line(&marks_of_windows(name.into()))
}

/// What a mailing list calls itself: `List-Id: "Coast Wire Daily" <daily.coast.example>`.
fn list_of(message: &MimeEntity<'_>) -> Option<String> {
    let name = match message.header(&HeaderName::ListId)? {
        HeaderValue::Address(address) => address.first()?.name()?.to_owned(),
        HeaderValue::Text(text) => text.split('<').next()?.to_owned(),
        _ => return None,
    };
    let name = line(name.trim_matches([' ', '"']));
    // Senders of newsletters number their lists.
    (name.contains(char::is_alphabetic) && name.contains(' ')).then_some(name)
}

/// Where the mail can be read on the web (RFC 5064).
fn address_of(message: &MimeEntity<'_>) -> Option<String> {
    let archived = text(message, &HeaderName::ArchivedAt)?;
    html::resolved(None, archived.trim().trim_matches(['<', '>'])).filter(|url| url.starts_with("http"))
}
