//! Web archives (WARC, ISO 28500), and the text that is made of them (WET): read one record at a time, however many there
//! are. Pages and texts are articles; requests, pictures and the like are counted.

mod header;
mod http;
mod records;
mod window;

use std::borrow::Cow;
use std::io::BufRead;

use chrono::{DateTime, Utc};
use url::Url;

use self::header::Header;
use self::http::Answer;
use self::records::{Content, Records};
use super::blocks::Blocks;
use super::draft::Draft;
use super::sink::Sink;
use super::{Hint, ParseError, encoding, html};
use crate::article::Article;
use crate::text::clean;

/// How few words of prose a text has that is an article.
const FEWEST_WORDS: usize = 25;

/// The longest first line of a text that is its headline, in bytes.
const LONGEST_HEADLINE: usize = 130;

/// Whether `bytes` begin as an archive does: `WARC/1.0` alone, and fields up to a blank line, among them that of the type.
pub fn begins_in(bytes: &[u8]) -> bool {
    if !bytes.starts_with(b"WARC/") {
        return false;
    }
    let is_name = |name: &str| !name.contains(' ');
    let Some((header, _)) = Header::of(bytes).or_else(|| Header::of(&[bytes, b"\n\n"].concat())) else { return false };
    let version = header.first.trim_end().strip_prefix("WARC/").and_then(|version| version.split_once('.'));
    let is_number = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
    version.is_some_and(|(major, minor)| is_number(major) && is_number(minor))
        && header.names().all(is_name)
        && header.get("warc-type").is_some_and(|kind| kind.split_whitespace().count() == 1)
}

/// Reads the records of `input` and hands each page and each text to `sink`.
///
/// # Errors
///
/// When the stream breaks.
pub fn read(input: impl BufRead, sink: &mut Sink<'_>) -> Result<(), ParseError> {
    let mut records = Records::of(input);
    let (mut pages, mut others) = (0, 0);
    while let Some(record) = records.next(&|header, head| Kind::of(header, head).is_some()) {
        sink.go_to(record.number, record.end);
        let article = match record.content {
            Ok(Content::Wanted(block)) => article(&record.header, block),
            Ok(Content::Other) => {
                others += 1;
                continue;
            }
            Err(why) => Err(why),
        };
        match article {
            Ok(article) => sink.push_record(article, &record.header.to_record()),
            Err(ParseError::NoArticle | ParseError::Empty) => {
                pages += 1;
                sink.refuse_record(record.number, ParseError::NoArticle, &record.header.to_record());
            }
            Err(why) => sink.refuse_record(record.number, why.at(record.offset), &record.header.to_record()),
        }
    }
    if pages + others > 0 {
        sink.refuse_as(ParseError::LeftOut { pages, others });
    }
    let (next, offset) = records.place();
    records.ended().map_err(|error| match ParseError::from_reading(error) {
        why @ ParseError::Damaged(_) => sink.record(next, why.at(offset)),
        why => why,
    })
}

/// What a record is that is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// An answer with a page.
    Page,
    /// An answer with a text.
    Text,
    /// A page alone.
    BarePage,
    /// A text alone, as WET has them.
    BareText,
}

impl Kind {
    /// What a record is, by its header and the first bytes of its block; nothing where it is not read.
    fn of(header: &Header, head: &[u8]) -> Option<Self> {
        let kind = header.get("content-type").unwrap_or_default().to_ascii_lowercase();
        match header.get("warc-type")?.to_ascii_lowercase().as_str() {
            "response" if kind.starts_with("application/http") => Self::of_answer(header, head),
            "response" | "resource" if is_html(&kind) => Some(Self::BarePage),
            "conversion" | "resource" if kind.starts_with("text/plain") => Some(Self::BareText),
            "conversion" if is_html(&kind) => Some(Self::BarePage),
            _ => None,
        }
    }

    fn of_answer(header: &Header, head: &[u8]) -> Option<Self> {
        let answer = Answer::of(head).filter(Answer::is_success)?;
        let kind = answer.content_type().map(str::to_ascii_lowercase);
        match kind.as_deref() {
            Some(kind) if is_html(kind) => Some(Self::Page),
            // Addresses of texts are mostly those of programs.
            Some(kind) if kind.starts_with("text/plain") => {
                let path = header.get("warc-target-uri").unwrap_or_default();
                (!path.ends_with("/robots.txt")).then_some(Self::Text)
            }
            Some(_) => None,
            None => Some(Self::Page),
        }
    }
}

fn is_html(kind: &str) -> bool {
    kind.starts_with("text/html") || kind.starts_with("application/xhtml")
}

/// The article that a record holds.
fn article(header: &Header, block: &[u8]) -> Result<Article, ParseError> {
    let kind = Kind::of(header, block).ok_or(ParseError::NoArticle)?;
    let answer = Answer::of(block).filter(|_| matches!(kind, Kind::Page | Kind::Text));
    let (body, content_type) = match &answer {
        Some(answer) => (answer.body()?, answer.content_type()),
        None => (Cow::Borrowed(block), header.get("content-type")),
    };
    let address = header.get("warc-target-uri").map(|address| address.trim_matches(['<', '>']));
    let address = address.filter(|address| Url::parse(address).is_ok_and(|url| url.scheme().starts_with("http")));
    let text = encoding::decode(&body, content_type.and_then(encoding::of_content_type));
    let draft = if matches!(kind, Kind::Page | Kind::BarePage) {
        let draft = html::read(&text, None, &Hint { base_url: address, ..Hint::default() })?;
        // Where it was found says which record it is; what a page says of its address may be that of another.
        Draft { url: address.map(str::to_owned).or(draft.url), ..draft }
    } else {
        Draft { url: address.map(str::to_owned), ..of_text(&clean(&text))? }
    };
    let mut article = draft.finish().ok_or(ParseError::Empty)?;
    article.dates.seen = header.get("warc-date").and_then(seen);
    Ok(article)
}

/// When it was crawled: that is no date of the article.
fn seen(date: &str) -> Option<DateTime<Utc>> {
    DateTime::parse_from_rfc3339(date).ok().map(|date| date.with_timezone(&Utc))
}

/// A text whose first line is the title of its page, unless it is a paragraph.
fn of_text(text: &str) -> Result<Draft, ParseError> {
    let (first, rest) = text.trim_start().split_once('\n').unwrap_or((text.trim(), ""));
    let is_headline = first.len() <= LONGEST_HEADLINE && !rest.trim().is_empty();
    let blocks = Blocks::of_plain(if is_headline { rest } else { text });
    if !blocks.has_words_of_prose(FEWEST_WORDS) {
        return Err(ParseError::NoArticle);
    }
    let headline = if is_headline { first.to_owned() } else { String::new() };
    Ok(Draft { headline, blocks, ..Draft::default() })
}
