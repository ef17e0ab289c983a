//! Mail: a newsletter is an article, its attachments left aside.
//!
//! The paragraphs are taken from the markup as it stands: newsletters put everything into tables, among which a search
//! for the one article of a page finds a box and drops the others.

use mail_parser::{Address, HeaderValue, Message, MessageParser, PartType};

use super::blocks::Blocks;
use super::date::lenient;
use super::draft::Draft;
use super::html::{self, TableText};
use super::{ParseError, mail_nesting};
use crate::text::clean_line;

/// How few words the markup of a mail has that is only a frame, so that its plain text is read.
const FEWEST_WORDS: usize = 15;

/// Reads one mail.
///
/// # Errors
///
/// When it is none, or has no text.
pub fn read(bytes: &[u8]) -> Result<Draft, ParseError> {
    if !mail_nesting::is_bounded(bytes) {
        return Err(ParseError::TooDeep("mails"));
    }
    let message = MessageParser::default().parse(bytes).ok_or(ParseError::NoText)?;
    let blocks = text_of(&message);
    if blocks.is_empty() {
        return Err(ParseError::NoText);
    }
    let sender = message.from().and_then(Address::first);
    let name =
        sender.and_then(|sender| sender.name().or(sender.address())).map(clean_line).filter(|name| !name.is_empty());
    let list = list_of(&message).filter(|list| Some(list) != name.as_ref());
    let host = || sender.and_then(|sender| sender.address()?.rsplit_once('@').map(|(_, host)| host.to_owned()));
    Ok(Draft {
        headline: message.subject().unwrap_or_default().to_owned(),
        published: message.date().and_then(|date| lenient::since_epoch(date.to_timestamp())),
        byline: name.clone().filter(|_| list.is_some()),
        publisher: list.or(name).or_else(host),
        url: address_of(&message),
        blocks,
        ..Draft::default()
    })
}

/// The words of the mail: its markup where that says enough, else its plain text.
fn text_of(message: &Message<'_>) -> Blocks {
    let markup = message.html_bodies().filter_map(|part| match &part.body {
        PartType::Html(markup) => Some(html::blocks(markup, None, TableText::Layout)),
        _ => None,
    });
    let best = markup.max_by_key(|blocks| blocks.text().len()).unwrap_or_default();
    if best.words_of_prose() >= FEWEST_WORDS {
        return best;
    }
    let plain = message.text_bodies().filter_map(|part| match &part.body {
        PartType::Text(text) => Some(Blocks::of_plain(text)),
        _ => None,
    });
    plain
        .max_by_key(|blocks| blocks.text().len())
        .filter(|plain| plain.text().len() > best.text().len())
        .unwrap_or(best)
}

/// What a mailing list calls itself: `List-Id: "Coast Wire Daily" <daily.coast.example>`.
fn list_of(message: &Message<'_>) -> Option<String> {
    let name = match message.list_id() {
        HeaderValue::Address(address) => address.first()?.name()?.to_owned(),
        HeaderValue::Text(text) => text.split('<').next()?.to_owned(),
        _ => return None,
    };
    let name = clean_line(name.trim_matches([' ', '"']));
    // Senders of newsletters number their lists.
    (name.contains(char::is_alphabetic) && name.contains(' ')).then_some(name)
}

/// Where the mail can be read on the web (RFC 5064).
fn address_of(message: &Message<'_>) -> Option<String> {
    let archived = message.header_raw("Archived-At")?;
    html::resolved(None, archived.trim().trim_matches(['<', '>'])).filter(|url| url.starts_with("http"))
}
