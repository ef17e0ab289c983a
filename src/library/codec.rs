//! How articles are written down in the library, and read again.

use std::cell::RefCell;
use std::ffi::OsStr;
use std::os::unix::ffi::OsStrExt;
use std::path::PathBuf;

use chrono::{DateTime, Datelike, NaiveDate, NaiveTime, Timelike, Utc};
use serde::{Deserialize, Serialize};
use zstd::bulk::{Compressor, Decompressor};

use super::Error;
use super::extra_records::ExtraRecords;
use super::shape_records::{Marks, ShapeRecords};
use crate::article::{Article, Body, BodyBuilder, DateSource, Enclosure, Origin, ParagraphKind, Published};
use crate::text::Span;

/// The longest text, in bytes; a record with a longer one is damaged.
const LONGEST: usize = 256 << 20;

/// The compression level. With the dictionary a higher one saves 2 % of the file and doubles the time.
const LEVEL: i32 = 1;

/// What the compressor knows of news before it sees any: an article is too short to learn from. What was compressed
/// with it cannot be read without it, so it must never change.
const DICTIONARY: &[u8] = include_bytes!("dictionary.txt");

/// A paragraph: how long it is, how long its dateline, what kind.
type ParagraphRecord = (u32, u32, u8);

/// The paragraphs, and the links: where they start, how long they are, where they lead.
type BodyRecord<'a> = (Vec<ParagraphRecord>, Vec<(u32, u32, &'a str)>);

/// The kinds of paragraphs by their number; the order is kept in libraries and must not change.
const PARAGRAPH_KINDS: [ParagraphKind; 14] = [
    ParagraphKind::Headline,
    ParagraphKind::Prose,
    ParagraphKind::Byline,
    ParagraphKind::Promotion,
    ParagraphKind::Heading,
    ParagraphKind::ListItem,
    ParagraphKind::BlockQuotation,
    ParagraphKind::Caption,
    ParagraphKind::TableRow,
    ParagraphKind::Excerpt,
    ParagraphKind::Citation,
    ParagraphKind::Preformatted,
    ParagraphKind::Term,
    ParagraphKind::Definition,
];

/// Writes the words of an article down: its paragraphs, and what comes after its headline, compressed. Behind the paragraphs
/// stands how they are set, and behind that what belongs to them beside the words, where there is anything to say of that:
/// versions of the program that do not know of it read what they know, and what they wrote is read here.
pub(super) fn write_body(article: &Article) -> Result<(Vec<u8>, Vec<u8>), Error> {
    let body = &article.body;
    let number = |kind| PARAGRAPH_KINDS.iter().position(|&known| known == kind).unwrap_or(1) as u8;
    let paragraphs: Vec<ParagraphRecord> = body
        .paragraphs()
        .iter()
        .map(|paragraph| (paragraph.span.len() as u32, paragraph.dateline.len() as u32, number(paragraph.kind)))
        .collect();
    let links = body.links().iter().map(|link| (link.span.start as u32, link.span.len() as u32, &*link.url)).collect();
    let record: BodyRecord<'_> = (paragraphs, links);
    let text = compressed(&body.text().as_bytes()[body.headline().len()..])?;
    let mut paragraphs = write(&record)?;
    let (shapes, extras) = (ShapeRecords::of(body), ExtraRecords::of(article));
    if shapes.is_some() || extras.is_some() {
        paragraphs.extend(write(&shapes.unwrap_or_default())?);
    }
    if let Some(extras) = extras {
        paragraphs.extend(write(&extras)?);
    }
    Ok((paragraphs, text))
}

/// Reads the words of an article with this headline.
pub(super) fn read_body(headline: &str, paragraphs: &[u8], text: &[u8]) -> Result<Body, Error> {
    read_article(headline, paragraphs, text).map(|article| article.body)
}

/// The same, with all that is written down behind them.
pub(super) fn read_article(headline: &str, paragraphs: &[u8], text: &[u8]) -> Result<Article, Error> {
    let text = decompressed(text).ok_or_else(|| damaged("the text of an article"))?;
    let text = str::from_utf8(&text).map_err(|_| damaged("the text of an article"))?;
    let text = [headline, text].concat();
    let ((paragraphs, links), rest): (BodyRecord<'_>, _) = read_first(paragraphs)?;
    let (records, rest): (ShapeRecords, _) = if rest.is_empty() { Default::default() } else { read_first(rest)? };
    let extras: ExtraRecords<'_> = if rest.is_empty() { ExtraRecords::default() } else { read(rest)? };
    let (mut shapes, mut marks) = (records.shapes().peekable(), Marks::of(&records));
    let mut links = links.into_iter().peekable();
    let mut builder = BodyBuilder::default();
    let mut start = 0;
    for (number, (length, dateline, kind)) in paragraphs.into_iter().enumerate() {
        let (middle, end) = (start + dateline as usize, start + length as usize);
        let (Some(dateline), Some(words)) = (text.get(start..middle), text.get(middle..end)) else {
            return Err(damaged("the paragraphs of an article"));
        };
        let kind = PARAGRAPH_KINDS.get(usize::from(kind)).copied().unwrap_or(ParagraphKind::Prose);
        let shape = shapes.next_if(|(of, _)| *of == number).map(|(_, shape)| shape).unwrap_or_default();
        builder.push_shaped(kind, shape, dateline, words);
        while let Some((at, length, url)) = links.next_if(|(at, ..)| (*at as usize) < end) {
            let Some(from) = (at as usize).checked_sub(middle) else { continue };
            builder.link(Span::new(from, from + length as usize), url);
        }
        marks.place(Span::new(middle, end), &mut builder);
        start = end + 1;
    }
    Ok(Article { comments: extras.comments(), ..Article::new(extras.place(builder.build())) })
}

/// Writes down what an article is filed under: one a line.
pub(super) fn write_tags(tags: &[String]) -> Option<String> {
    (!tags.is_empty()).then(|| tags.join("\n"))
}

/// Writes what comes with an article: a JSON array of arrays, address, media type, bytes, seconds.
pub(super) fn write_enclosures(enclosures: &[Enclosure]) -> Option<String> {
    let columns = |of: &Enclosure| (of.url.clone(), of.media_type.clone(), of.bytes, of.seconds);
    let all: Vec<_> = enclosures.iter().map(columns).collect();
    // Text and numbers: nothing in it can fail.
    if all.is_empty() { None } else { serde_json::to_string(&all).ok() }
}

/// Reads what comes with an article; what is none is left out.
pub(super) fn read_enclosures(written: Option<&str>) -> Vec<Enclosure> {
    type Columns = (String, String, Option<u64>, Option<u32>);
    let all: Vec<Columns> = written.and_then(|json| serde_json::from_str(json).ok()).unwrap_or_default();
    let enclosure = |(url, media_type, bytes, seconds): Columns| {
        Some(Enclosure { bytes, seconds, ..Enclosure::at(&url, &media_type)? })
    };
    all.into_iter().filter_map(enclosure).collect()
}

/// Reads what an article is filed under.
pub(super) fn read_tags(tags: Option<&str>) -> Vec<String> {
    tags.map(|tags| tags.lines().map(str::to_owned).collect()).unwrap_or_default()
}

thread_local! {
    // Making one of these takes longer than using it on an article.
    static COMPRESSOR: RefCell<Option<Compressor<'static>>> = const { RefCell::new(None) };
    static DECOMPRESSOR: RefCell<Option<Decompressor<'static>>> = const { RefCell::new(None) };
}

pub(super) fn compressed(bytes: &[u8]) -> Result<Vec<u8>, Error> {
    COMPRESSOR.with_borrow_mut(|kept| {
        let mut compressor = kept.take().map_or_else(|| Compressor::with_dictionary(LEVEL, DICTIONARY), Ok)?;
        let compressed = compressor.compress(bytes)?;
        *kept = Some(compressor);
        Ok(compressed)
    })
}

pub(super) fn decompressed(bytes: &[u8]) -> Option<Vec<u8>> {
    let length = zstd::zstd_safe::get_frame_content_size(bytes).ok().flatten()? as usize;
    DECOMPRESSOR.with_borrow_mut(|kept| {
        let mut decompressor = kept.take().map_or_else(|| Decompressor::with_dictionary(DICTIONARY), Ok).ok()?;
        let decompressed = decompressor.decompress(bytes, length.min(LONGEST)).ok()?;
        *kept = Some(decompressor);
        Some(decompressed)
    })
}

/// The day, the second of that day, and how many minutes ahead of UTC.
pub(super) fn write_published(published: Option<Published>) -> (Option<i64>, Option<i64>, Option<i16>) {
    let time = published.and_then(|published| published.time);
    let second = time.map(|time| i64::from(time.num_seconds_from_midnight()));
    (published.map(|published| day_number(published.day)), second, published.and_then(|published| published.offset))
}

/// The moment at which an article was first seen, in milliseconds since 1970.
pub(super) fn write_seen(seen: Option<DateTime<Utc>>) -> Option<i64> {
    seen.map(|seen| seen.timestamp_millis())
}

/// The moment so many milliseconds after 1970.
pub(super) fn read_seen(milliseconds: Option<i64>) -> Option<DateTime<Utc>> {
    DateTime::from_timestamp_millis(milliseconds?)
}

/// The number in the tables for where a date comes from.
pub(super) fn write_date_source(source: DateSource) -> i64 {
    DateSource::ALL.iter().position(|known| *known == source).unwrap_or_default() as i64
}

/// Where the date with this number comes from.
pub(super) fn read_date_source(number: i64) -> DateSource {
    usize::try_from(number).ok().and_then(|at| DateSource::ALL.get(at).copied()).unwrap_or_default()
}

/// The number of a day in the tables.
pub(super) fn day_number(day: NaiveDate) -> i64 {
    i64::from(day.num_days_from_ce())
}

/// The date that these numbers are.
pub(super) fn read_published(day: Option<i64>, second: Option<i64>, offset: Option<i16>) -> Option<Published> {
    let day = NaiveDate::from_num_days_from_ce_opt(day?.try_into().ok()?)?;
    let second = second.and_then(|second| u32::try_from(second).ok());
    let time = second.and_then(|second| NaiveTime::from_num_seconds_from_midnight_opt(second, 0));
    Some(time.map_or(Published::on(day), |time| Published::at(day.and_time(time), offset)))
}

/// The number of the kind of origin, and the path.
pub(super) fn write_origin(origin: &Origin) -> (i64, Option<&[u8]>) {
    match origin {
        Origin::File(path) => (2, Some(path.as_os_str().as_bytes())),
        Origin::Web(address) => (3, Some(address.as_bytes())),
        Origin::Input => (1, None),
        Origin::Unknown | Origin::Bundled(_) => (0, None),
    }
}

/// The origin with this number and path.
pub(super) fn read_origin(kind: i64, path: Option<&[u8]>) -> Origin {
    match (kind, path) {
        (2, Some(path)) => Origin::File(PathBuf::from(OsStr::from_bytes(path))),
        (3, Some(address)) => Origin::Web(String::from_utf8_lossy(address).into_owned()),
        (1, _) => Origin::Input,
        _ => Origin::Unknown,
    }
}

pub(super) fn write(record: &impl Serialize) -> Result<Vec<u8>, Error> {
    postcard::to_stdvec(record).map_err(|error| Error::Failed(error.to_string()))
}

pub(super) fn read<'a, T: Deserialize<'a>>(bytes: &'a [u8]) -> Result<T, Error> {
    postcard::from_bytes(bytes).map_err(|_| damaged("an article"))
}

/// Reads a record, and returns what follows it too.
pub(super) fn read_first<'a, T: Deserialize<'a>>(bytes: &'a [u8]) -> Result<(T, &'a [u8]), Error> {
    postcard::take_from_bytes(bytes).map_err(|_| damaged("an article"))
}

pub(super) fn damaged(what: &str) -> Error {
    Error::Damaged(format!("{what} cannot be read"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::{Container, Marker, Nesting, Numerals, Picture, Shape, StyleKind};

    fn body() -> Body {
        let mut builder = BodyBuilder::new("Zoë’s bridge closed");
        builder.push_with_dateline(
            ParagraphKind::Prose,
            "ELLERY (Wire) — ",
            "“It is tired,” said Ines Okafor, an engineer.",
        );
        builder.link(Span::new(24, 35), "https://coast.example/okafor");
        builder.push(ParagraphKind::Promotion, "Sign up.").push(ParagraphKind::Prose, "“So am I,” she added.");
        builder.build()
    }

    #[test]
    fn body_round_trip() {
        let body = body();
        let (paragraphs, text) = write_body(&Article::new(body.clone())).unwrap();
        assert_eq!(read_body(body.headline(), &paragraphs, &text).unwrap(), body);
        assert_eq!(body.words(body.links()[0].span), "Ines Okafor");
    }

    #[test]
    fn shapes_styles_and_cells_are_kept() {
        let item = |marker| Shape {
            nesting: Nesting::default().within(Container::Quotation).within(Container::List),
            marker,
            ..Shape::default()
        };
        let mut builder = BodyBuilder::new("Fares");
        builder.push_shaped(ParagraphKind::Heading, Shape { level: 3, ..Shape::default() }, "", "Boats");
        builder.style(Span::new(0, 5), StyleKind::Emphasis).style(Span::new(0, 2), StyleKind::Strong);
        builder.push(ParagraphKind::Prose, "Plain.");
        builder.push_shaped(ParagraphKind::ListItem, item(Some(Marker::Number(-7, Numerals::Roman))), "", "One");
        builder.push_shaped(ParagraphKind::ListItem, item(Some(Marker::Bullet)), "", "Two");
        builder.style(Span::new(1, 2), StyleKind::Superscript);
        builder.push_shaped(ParagraphKind::ListItem, item(None), "", "More");
        let row = Shape { begins: true, is_header: true, rule_above: true, ..Shape::default() };
        builder.push_shaped(ParagraphKind::TableRow, row, "", "Line · Fare");
        builder.cell(Span::new(0, 4)).cell(Span::new(8, 12)).cell(Span::new(12, 12));
        let code = Shape { blank_lines: 3, ..Shape::default() };
        builder.push_shaped(ParagraphKind::Preformatted, code, "", "  a  b").style(Span::new(2, 3), StyleKind::Code);
        let body = builder.build();
        let (paragraphs, text) = write_body(&Article::new(body.clone())).unwrap();
        assert_eq!(read_body(body.headline(), &paragraphs, &text).unwrap(), body);
        assert_eq!(body.cells(&body.paragraphs()[6]).len(), 3);
        // What is not whole is damaged; a version that does not know of it reads the rest.
        assert!(read_body(body.headline(), &paragraphs[..paragraphs.len() - 1], &text).is_err());
    }

    #[test]
    fn pictures_and_comments_are_kept_behind_the_rest() {
        let mut plain = body();
        let picture = |before| Picture { before, ..Picture::at("https://coast.example/quay.jpg", "The quay").unwrap() };
        let (without, _) = write_body(&Article::new(plain.clone())).unwrap();
        plain.set_pictures(vec![picture(9), picture(0), picture(2)]);
        assert_eq!(plain.pictures().iter().map(|picture| picture.before).collect::<Vec<_>>(), [1, 2, 4]);
        let mut article = Article::new(plain);
        article.comments = Some("https://coast.example/talk".to_owned());
        let (paragraphs, text) = write_body(&article).unwrap();
        assert!(paragraphs.starts_with(&without), "what earlier versions read is the same");
        let read = read_article(article.headline(), &paragraphs, &text).unwrap();
        assert_eq!((read.body, read.comments), (article.body, article.comments));
        assert!(read_article("", &paragraphs[..paragraphs.len() - 1], &text).is_err());
    }

    #[test]
    fn damaged_body_is_an_error() {
        let (paragraphs, text) = write_body(&Article::new(body())).unwrap();
        assert!(read_body("", &paragraphs, &text[..text.len() / 2]).is_err());
        assert!(read_body("", &[255; 9], &text).is_err());
        assert!(read_body("", &paragraphs, &[]).is_err());
    }

    #[test]
    fn publication_date_round_trip() {
        let day = NaiveDate::from_ymd_opt(2024, 1, 26);
        let at = day.and_then(|day| day.and_hms_opt(10, 30, 7));
        for published in [
            None,
            day.map(Published::on),
            at.map(|at| Published::at(at, None)),
            at.map(|at| Published::at(at, Some(-90))),
        ] {
            let (day, second, offset) = write_published(published);
            assert_eq!(read_published(day, second, offset), published);
        }
    }
}
