//! Formats: turns bytes into articles, whatever they are written in.
//!
//! From a stream of bytes and what is known beside it (a name, a content type, an address) to articles, or the reason
//! why not. The format is recognized by the content first and by the name second.
//! It never knows where the bytes came from, nor what is looked for in an article.

mod address_date;
mod beginning;
mod block_writer;
mod blocks;
mod byline;
mod caption;
mod charset_clue;
mod compression;
mod date;
mod dated_text;
mod dateline;
mod draft;
mod encoding;
mod feed;
mod field_names;
mod file_name;
mod front_matter;
mod hint;
mod html;
mod json;
mod json_value;
mod kept;
mod line_ends;
mod list_footer;
mod magic;
mod mail;
mod mailbox;
mod markdown;
mod markup_news;
mod mime;
mod page_explanation;
mod paragraphs;
mod parse_error;
mod parts;
mod promotion;
mod record;
mod shape;
mod sink;
mod sniff;
mod stated_format;
mod story;
mod summary;
mod table;
mod table_header;
mod text_fields;
mod text_layout;
mod transfer_encoding;
mod unsupported;
mod unverified;
mod warc;
mod wide_encoding;
mod windows_marks;

use std::borrow::Cow;
use std::io::{self, BufRead, BufReader, Read};

use csv::ByteRecord;

use self::beginning::{Beginning, Ending, WholeMembers};
use self::blocks::Blocks;
use self::compression::Verified;
use self::draft::Draft;
use self::encoding::{Charset, Transcoded, is_wide};
use self::sink::{RefusalLimit, Sink};
use self::sniff::InputFormat;
use self::unverified::{Consumed, Unverified};
use crate::article::{Article, InputRules};
use crate::text::clean;

pub use feed::{FeedDocument, FeedEntry};
pub use hint::Hint;
pub use html::{
    Attributes, Candidate, Explanation, HtmlToken, LeftOut, PageExplanation, Selected, TextSource, Tokens,
    decode_attribute,
};
pub use page_explanation::explain_page;
pub use parse_error::ParseError;
pub use sink::{InputRecord, ParsedRecord};
pub use stated_format::StatedFormat;

/// Which version of the formats read an article; files that an older one read are read again.
pub const VERSION: u32 = 14;

/// The most bytes that an article, and a file with one article or feed in it, may have, after it is unpacked: 16 MiB.
/// Files with many articles may have any length: they are read one article at a time.
pub const LARGEST: u64 = 16 << 20;

/// How much is looked at to tell the format, in bytes.
const HEAD: u64 = 64 << 10;

/// Reads the articles in `input` and hands each to `on_article`, in order, as soon as it is whole; what is no article is
/// handed over as a [`ParseError`].
///
/// At least one of either is given. The articles have no origin yet: the caller knows it.
pub fn read(input: &mut dyn Read, hint: &Hint<'_>, on_article: &mut dyn FnMut(Result<Article, ParseError>)) {
    let mut limit = RefusalLimit::default();
    let ended = split(input, hint, &ReadOptions::default(), &mut |record| {
        record.read(hint, &[], &mut |record| limit.pass(record.article, on_article));
    });
    limit.rest().into_iter().chain(ended.err()).for_each(|why| on_article(Err(why)));
}

/// How an input is read, beyond what is known of it.
#[derive(Debug, Clone, Default)]
pub struct ReadOptions {
    /// The format, where it is not to be told from how the input begins.
    pub format: Option<StatedFormat>,
    /// The fields of records that are kept: the name of a member or a column, or names with points between them.
    pub keep: Vec<String>,
    /// What the user says of how it is read.
    pub rules: InputRules,
    /// Whether it may wait for an answer to what it sent: no more of it is read ahead than is needed.
    pub is_live: bool,
}

/// Cuts `input` into records, and hands each to `on_record`, in order: lines of JSON and rows of a table as they stand, so
/// that they can be read on another thread; all else as articles. Refusals are not limited in number.
///
/// # Errors
///
/// What the whole comes to, where it is not what it looks like, breaks off, or there is nothing in it.
pub fn split(
    input: &mut dyn Read,
    hint: &Hint<'_>,
    options: &ReadOptions,
    on_record: &mut dyn FnMut(InputRecord),
) -> Result<(), ParseError> {
    let mut sink = Sink::new(&options.keep, on_record);
    let fields = hint.fields.or(Some(&options.rules.fields));
    let sites = if hint.sites.is_empty() { &options.rules.sites } else { hint.sites };
    let hint = &Hint { fields, sites, ..*hint };
    let ended = read_all(input, hint, options, &mut sink);
    // What it is packed in says more than what then lacks its end.
    let ended = ended.map_err(|why| sink.named_in(why));
    if sink.seen == 0 { ended.and(Err(ParseError::NoText)) } else { ended }
}

impl InputRecord {
    /// Reads it, and hands what it is to `on_record`, with the fields `keep`; a record may hold several articles.
    pub fn read(self, hint: &Hint<'_>, keep: &[String], on_record: &mut dyn FnMut(ParsedRecord)) {
        // What is read comes back here, parsed.
        match self {
            Self::Parsed(record) => on_record(*record),
            Self::Line { number, bytes, broken } => {
                let mut parsed = |record: Self| record.read(hint, keep, on_record);
                json::read_line(number, &bytes, broken, hint, &mut Sink::new(keep, &mut parsed).of_lines());
            }
            Self::Row { number, cells, names } => {
                let mut parsed = |record: Self| record.read(hint, keep, on_record);
                table::read_row(number, &cells, &names, hint, &mut Sink::new(keep, &mut parsed).of_lines());
            }
        }
    }
}

/// The characters of a page that a server sent with this content type.
pub fn decoded<'b>(bytes: &'b [u8], content_type: Option<&str>) -> Cow<'b, str> {
    encoding::decode(bytes, content_type.and_then(encoding::of_content_type))
}

/// Reads a feed: RSS 0.9x to 2.0, RDF, Atom or JSON Feed.
///
/// # Errors
///
/// When it is no feed, or breaks off before its first entry. One that breaks off later has the entries before.
pub fn feed(bytes: &[u8], hint: &Hint<'_>) -> Result<FeedDocument, ParseError> {
    if bytes.is_empty() {
        return Err(ParseError::Empty);
    }
    if bytes.len() as u64 > LARGEST {
        return Err(ParseError::TooLarge);
    }
    let text = encoding::decode(bytes, hint.charset());
    let head = &bytes[..bytes.len().min(HEAD as usize)];
    match sniff::recognize(&encoding::decode(head, hint.charset()), hint) {
        InputFormat::Feed => feed::read(&text, hint),
        // JSON Feed may say so only at its end.
        InputFormat::Json { .. } if text.contains("jsonfeed.org") => feed::read(&text, hint),
        InputFormat::Html => Err(ParseError::Unsupported("an HTML page, not a feed")),
        _ => Err(magic::recognize(bytes).map_or(ParseError::NotAFeed, ParseError::NotText)),
    }
}

/// Whether these bytes begin as a page of HTML does.
pub fn is_html(bytes: &[u8], hint: &Hint<'_>) -> bool {
    let head = &bytes[..bytes.len().min(HEAD as usize)];
    sniff::recognize(&encoding::decode(head, hint.charset()), hint) == InputFormat::Html
}

/// The text in `input`, unpacked where it is gzip or zstd, as UTF-8 without a byte order mark: for what is no article but
/// comes in the same packings and encodings.
///
/// A document of markup may name its encoding itself, and is read whole; anything else may have any length.
///
/// # Errors
///
/// When there is no text, its first bytes do not come, or markup is over [`LARGEST`].
pub fn text<'i>(input: &'i mut dyn Read) -> Result<Box<dyn BufRead + 'i>, ParseError> {
    let mut input = compression::unpacked(input, None, &Verified::default()).map_err(ParseError::from_reading)?;
    let beginning = Beginning::of(&mut *input, &ReadOptions::default(), false)?;
    // Behind a whole line comes what is wrong in its place.
    if !beginning.bytes.contains(&b'\n') && !beginning.is_whole() {
        return Err(beginning.fault().unwrap_or(ParseError::Empty));
    }
    if let Some(what) = magic::recognize(&beginning.bytes) {
        return Err(ParseError::NotText(what));
    }
    if !encoding::decode(&beginning.bytes, None).trim_start().starts_with('<') {
        let charset = charset_of(&beginning.bytes, None);
        return Ok(as_utf8(beginning.stream(input), charset));
    }
    match beginning.whole(input)? {
        (_, Err(why)) if !why.is_behind_members() => Err(why),
        (bytes, _) => Ok(Box::new(io::Cursor::new(encoding::decode(&bytes, None).into_owned()))),
    }
}

/// Hands each object of JSON in `input` to `on_object` as it stands: one, an array of them, or several one after the other.
/// One that breaks off or is over [`LARGEST`] has no end.
///
/// # Errors
///
/// When the stream breaks.
pub fn objects(input: &mut dyn BufRead, on_object: &mut dyn FnMut(&[u8])) -> Result<(), ParseError> {
    json::objects(input, on_object)
}

/// Hands each row of a table in `input`, the first too, with the line on which it begins and its cells to `on_row`, or why
/// it is none.
///
/// # Errors
///
/// When the stream breaks.
pub fn rows(
    input: &mut dyn BufRead,
    delimiter: u8,
    on_row: &mut dyn FnMut(u64, Result<&ByteRecord, ParseError>),
) -> Result<(), ParseError> {
    table::rows(input, delimiter, on_row)
}

/// The encoding of a stream that begins with `head`; nothing where it is UTF-8 without a byte order mark.
fn charset_of(head: &[u8], said: Option<&str>) -> Option<Charset> {
    let charset = encoding::of_stream(head, said);
    let is_plain = charset == Charset::Known(encoding_rs::UTF_8) && !head.starts_with(encoding::MARK);
    (!is_plain).then_some(charset)
}

/// What is in this encoding as UTF-8, without the byte order marks at its beginning.
fn as_utf8<'i>(input: Box<dyn BufRead + 'i>, charset: Option<Charset>) -> Box<dyn BufRead + 'i> {
    match charset {
        Some(charset) => Box::new(BufReader::new(Transcoded::new(input, charset))),
        None => input,
    }
}

fn read_all(
    input: &mut dyn Read,
    hint: &Hint<'_>,
    options: &ReadOptions,
    sink: &mut Sink<'_>,
) -> Result<(), ParseError> {
    let verified = Verified::default();
    let mut input = compression::unpacked(input, hint.name, &verified).map_err(ParseError::from_reading)?;
    let is_known = options.format.map_or_else(|| hint.name.and_then(sniff::of_records).is_some(), is_of_records);
    let beginning = Beginning::of(&mut *input, options, is_known)?;
    if beginning.bytes.is_empty() && !(is_known && beginning.is_damaged()) {
        return Err(beginning.fault().unwrap_or(ParseError::Empty));
    }
    match format_of(&beginning, hint, options)? {
        InputFormat::Unsupported(what) => Err(ParseError::Unsupported(what)),
        InputFormat::UnknownRoot(what, name) => Err(ParseError::UnknownRoot(what, name)),
        format @ (InputFormat::Json { .. }
        | InputFormat::Table(_)
        | InputFormat::MarkupNews(_)
        | InputFormat::WebArchive
        | InputFormat::Mailbox) => read_stream(beginning, input, &verified, &format, hint, sink),
        format => {
            let (bytes, ended) = beginning.whole(input)?;
            let (ended, damage) = match ended {
                Err(why) if why.is_behind_members() => (Ok(()), Err(why)),
                ended => (ended, Ok(())),
            };
            if format == InputFormat::Feed {
                read_feed(&encoding::decode(&bytes, hint.charset()), hint, sink, ended)?;
            } else {
                ended?;
                read_whole(&bytes, &format, hint, sink)?;
            }
            damage
        }
    }
}

/// Whether an input that is said to be in this format is cut into records however it begins.
fn is_of_records(format: StatedFormat) -> bool {
    format.is_of_lines() || format == StatedFormat::Warc
}

/// The format of an input, by what is said of it and how it begins; where that is damaged, by its name.
fn format_of(beginning: &Beginning, hint: &Hint<'_>, options: &ReadOptions) -> Result<InputFormat, ParseError> {
    let head = &*beginning.bytes;
    let text = || encoding::decode(head, hint.charset());
    // What was crawled may be anything, also at the beginning.
    match options.format {
        Some(format) if is_of_records(format) => return Ok(format.of(&text())),
        None if warc::begins_in(head) => return Ok(InputFormat::WebArchive),
        _ => {}
    }
    let named = || hint.name.and_then(sniff::of_records).filter(|_| options.format.is_none());
    if beginning.is_damaged()
        && let Some(format) = named()
    {
        return Ok(format);
    }
    let named_and_there = || named().filter(|format| format.has_record_in(head));
    match magic::recognize(head) {
        None => Ok(match options.format.map_or_else(|| sniff::recognize(&text(), hint), |format| format.of(&text())) {
            // The first record may be none.
            InputFormat::DatedText => named_and_there().unwrap_or(InputFormat::DatedText),
            format => format,
        }),
        // One record may be damaged, and the others not.
        Some(magic::BINARY) if options.format.is_none() => {
            let likely =
                || Some(sniff::recognize(&text(), &Hint { name: None, ..*hint })).filter(InputFormat::is_of_lines);
            named_and_there().or_else(likely).ok_or(ParseError::NotText(magic::BINARY))
        }
        Some(what) => Err(ParseError::NotText(what)),
    }
}

/// Reads a format of many articles, which may be of any length.
fn read_stream(
    beginning: Beginning,
    rest: Box<dyn BufRead + '_>,
    verified: &Verified,
    format: &InputFormat,
    hint: &Hint<'_>,
    sink: &mut Sink<'_>,
) -> Result<(), ParseError> {
    // Each line, each mail and each page has its own encoding.
    let is_plain = match format {
        InputFormat::WebArchive => true,
        InputFormat::Mailbox | InputFormat::Json { by_lines: true } => !is_wide(&beginning.bytes),
        _ => false,
    };
    let declared =
        if matches!(format, InputFormat::MarkupNews(_)) { encoding::declared(&beginning.bytes) } else { None };
    let said = hint.charset().or(declared.as_deref());
    let charset = if is_plain { None } else { charset_of(&beginning.bytes, said) };
    let is_empty_list = json::is_empty_list(&beginning.bytes);
    let ending = Ending::default();
    let consumed = Consumed::default();
    sink.watch(Unverified::of(verified, &consumed));
    if format.is_of_lines() {
        sink.number_by_lines();
    }
    let mut input: Box<dyn BufRead> = Box::new(consumed.of(beginning.stream(rest)));
    // In other formats it is not certain where a record begins behind damage: they end there.
    if !matches!(format, InputFormat::WebArchive | InputFormat::Json { by_lines: true }) {
        input = Box::new(WholeMembers::of(input, &ending));
    }
    let input = as_utf8(input, charset);
    let ended = match format {
        InputFormat::MarkupNews(layout) => markup_news::read(input, layout, hint, sink),
        InputFormat::Json { by_lines } => json::read(input, *by_lines, hint, sink),
        InputFormat::Table(delimiter) => table::read(input, *delimiter, hint, sink),
        InputFormat::WebArchive => warc::read(input, sink),
        _ => mailbox::read(input, sink),
    };
    // Which record it broke off says how far it was read.
    ended.map_err(|why| match why {
        why if why.is_cut_in_packing() => sink.record(sink.next_number(), why.at(consumed.count())),
        why @ ParseError::Damaged(_) => {
            sink.record(sink.next_number(), ParseError::LastRead(Box::new(why)).at(consumed.count()))
        }
        why => why,
    })?;
    if let Some(damage) = ending.take() {
        return Err(ParseError::from_reading(damage));
    }
    let is_of_records = match format {
        InputFormat::Table(_) | InputFormat::WebArchive => true,
        InputFormat::Json { by_lines } => *by_lines || is_empty_list,
        _ => false,
    };
    if is_of_records && sink.seen == 0 { Err(ParseError::NoRecords) } else { Ok(()) }
}

/// Reads a format of which one article is a file.
fn read_whole(bytes: &[u8], format: &InputFormat, hint: &Hint<'_>, sink: &mut Sink<'_>) -> Result<(), ParseError> {
    if *format == InputFormat::Mail {
        // An editor saves what it opened.
        let text = is_wide(bytes).then(|| encoding::decode(bytes, None));
        return mail::read(text.as_ref().map_or(bytes, |text| text.as_bytes()), hint, sink);
    }
    let text = encoding::decode(bytes, hint.charset());
    let none = || ParseError::no_words_in(&text);
    let page = || html::read(&text, None, hint).map_err(|why| why.of_words_in(&text));
    let article = match format {
        InputFormat::Html => page()?.named(hint).finish().ok_or_else(none)?,
        InputFormat::Markdown => markdown::read(&text, hint).named(hint).finish().ok_or_else(none)?,
        _ if let Some(story) = story::text_of(&text) => {
            let draft = Draft { blocks: Blocks::of_plain(story), ..Draft::default() };
            draft.named(hint).finish().ok_or_else(none)?
        }
        _ => match text_fields::split(&clean(&text)) {
            Some((fields, below)) => {
                let draft = Draft { blocks: Blocks::of_plain(below), ..record::described(&fields) };
                draft.named(hint).finish().ok_or_else(none)?
            }
            None => dated_text::read(&clean(&text), hint).ok_or_else(none)?,
        },
    };
    sink.push(article);
    Ok(())
}

/// Reads a feed, of whose packing `ended` says whether that was whole. The feed itself may be so all the same.
fn read_feed(
    text: &str,
    hint: &Hint<'_>,
    sink: &mut Sink<'_>,
    ended: Result<(), ParseError>,
) -> Result<(), ParseError> {
    let feed = match feed::read(text, hint) {
        Err(ParseError::CutOff) => return ended.and(Err(ParseError::CutOff)),
        feed => feed?,
    };
    feed.entries.into_iter().for_each(|entry| sink.push(entry.article));
    let mut is_cut = false;
    for why in feed.refusals {
        match why {
            ParseError::CutOff => is_cut = true,
            why => sink.refuse_as(why),
        }
    }
    if is_cut { ended.and(Err(ParseError::CutOff)) } else { Ok(()) }
}
