//! Feeds: RSS 0.9x to 2.0, RDF, Atom and JSON Feed become articles, one an entry.

mod entities;
mod field;
mod implied_end;
mod json;
mod names;
mod raw;
mod repair;
mod tag;
mod xml;

use std::collections::hash_map::Entry;
use std::collections::{HashMap, HashSet};

use url::Url;

use self::raw::{FeedEnd, RawEnclosure, RawEntry, RawFeed, TextConstruct};
use super::blocks::Blocks;
use super::date::lenient;
use super::draft::Draft;
use super::html::{self, ReferenceContext, TableText};
use super::parse_error::RecordNumber;
use super::summary::{is_cut, is_whole};
use super::{Hint, ParseError};
use crate::article::{Article, ArticleId, Enclosure, Picture};
use crate::text::clean_line;

/// A feed, read.
#[derive(Debug, Default)]
pub struct FeedDocument {
    /// What it is called.
    pub title: Option<String>,
    /// What it is about.
    pub description: Option<String>,
    /// The address of the site that it belongs to, absolute.
    pub site: Option<String>,
    /// How many minutes may pass before it is worth asking again, where it says so.
    pub ttl_minutes: Option<u32>,
    /// The entries that are articles, in the order of the feed.
    pub entries: Vec<FeedEntry>,
    /// The entries that are not, and a feed that breaks off.
    pub refusals: Vec<ParseError>,
    /// Whether it ends after a whole entry, without the ends of what holds the entries: as some feeds always do, and others
    /// where they break off between two entries.
    pub is_unclosed: bool,
}

/// An entry of a feed.
#[derive(Debug)]
pub struct FeedEntry {
    /// By what the feed itself knows it, where it says so.
    pub guid: Option<String>,
    /// The article, or its summary.
    pub article: Article,
}

/// Whether a feed of XML begins in `text`, perhaps after something that does not belong to it.
pub fn begins_in(text: &str) -> bool {
    repair::start(text).is_some()
}

/// Reads a feed in the characters of `text`.
///
/// # Errors
///
/// When it is no feed, or breaks off before its first entry.
pub fn read(text: &str, hint: &Hint<'_>) -> Result<FeedDocument, ParseError> {
    let text = text.trim_start_matches(|c: char| c.is_whitespace() || c == '\u{feff}');
    let raw = if text.starts_with('{') { json::parse(text)? } else { xml::parse(text)? };
    Ok(made_of(raw, hint))
}

fn made_of(raw: RawFeed, hint: &Hint<'_>) -> FeedDocument {
    let document = hint.base_url.and_then(|base| Url::parse(base).ok());
    let base = raw.base.as_deref().and_then(|base| joined(document.as_ref(), base)).or(document);
    let site = raw.links.iter().chain(&raw.other_links).find_map(|link| html::resolved(base.as_ref(), link));
    // Addresses in RSS count from the site; those of Atom from where the feed says.
    let says_base = raw.base.is_some();
    let base = if says_base { base } else { site.as_deref().and_then(|s| Url::parse(s).ok()).or(base) };
    let language = raw.language.as_deref();
    let line = |text: &TextConstruct| text.line(language);
    let title = raw.title.as_ref().and_then(line);
    let mut feed = FeedDocument {
        description: raw.description.as_ref().and_then(line),
        ttl_minutes: raw.ttl_minutes.or_else(|| ttl(raw.period.as_deref(), raw.frequency)),
        site,
        is_unclosed: raw.end == FeedEnd::Unclosed,
        ..FeedDocument::default()
    };
    let mut number = 0;
    for entry in raw.entries {
        number += 1;
        let whole =
            Whole { base: base.as_ref(), says_base, title: title.as_deref(), author: raw.author.as_deref(), language };
        match article_of(entry, whole) {
            Some(entry) => feed.entries.push(entry),
            None => feed.refusals.push(ParseError::record(RecordNumber::Record(number), ParseError::Empty)),
        }
    }
    if raw.end == FeedEnd::BrokenOff {
        feed.refusals.push(ParseError::CutOff);
    }
    feed.title = title;
    tell_apart(&mut feed.entries);
    feed
}

/// What a feed says that holds for its entries.
#[derive(Debug, Clone, Copy)]
struct Whole<'f> {
    base: Option<&'f Url>,
    /// Whether the feed says what addresses count from.
    says_base: bool,
    title: Option<&'f str>,
    author: Option<&'f str>,
    language: Option<&'f str>,
}

impl TextConstruct {
    /// The words on one line; `language` is that of what it stands in.
    fn line(&self, language: Option<&str>) -> Option<String> {
        let language = self.language.as_deref().or(language);
        let line = if self.is_plain {
            clean_line(&self.value)
        } else if self.is_xhtml {
            clean_line(&html::line_of_xhtml(&self.value, language))
        } else if self.is_html {
            clean_line(&html::line_of_html(&self.value, language))
        } else {
            clean_line(&html::line_in(&self.value, language))
        };
        Some(line).filter(|line| !line.is_empty())
    }

    fn blocks(&self, base: Option<&Url>, language: Option<&str>) -> Blocks {
        if self.is_plain {
            return Blocks::of_plain(&self.value);
        }
        let language = self.language.as_deref().or(language);
        let base = self.base.as_deref().and_then(|own| joined(base, own)).or_else(|| base.cloned());
        let escaped_twice = !html::is_markup(&self.value) && self.value.contains("&lt;");
        let text =
            if escaped_twice { html::decode(&self.value, ReferenceContext::Plain) } else { self.value.as_str().into() };
        if html::is_markup(&text) {
            html::blocks(&html::with_quotation_marks(&text, language), base.as_ref(), TableText::Rows)
        } else {
            Blocks::of_plain(&html::decode(&text, ReferenceContext::Plain))
        }
    }
}

fn article_of(entry: RawEntry, whole: Whole<'_>) -> Option<FeedEntry> {
    let base = entry.base.as_deref().and_then(|own| joined(whole.base, own)).or_else(|| whole.base.cloned());
    let language = entry.language.as_deref().or(whole.language);
    let guid =
        entry.guid.as_ref().or(entry.about.as_ref()).map(|guid| clean_line(guid)).filter(|guid| !guid.is_empty());
    let url = address(&entry, base.as_ref());
    // What an entry says of it counts more than where it stands (RFC 4287 §2).
    let says_base = whole.says_base || entry.base.is_some();
    let at = || url.as_deref().and_then(|url| Url::parse(url).ok());
    let own = if says_base { base.or_else(at) } else { at().or(base) };
    let content = entry.content.map(|words| words.blocks(own.as_ref(), language)).filter(|blocks| !blocks.is_empty());
    let shows = entry.caption.as_ref().filter(|_| content.is_some() || entry.summary.is_some());
    let shows = shows.and_then(|shows| shows.line(language));
    let lead_picture = lead_picture((&entry.pictures, &entry.enclosures), shows.as_deref(), own.as_ref());
    let caption = entry.caption.filter(|_| content.is_none());
    let summary = entry.summary.or(caption).map(|words| words.blocks(own.as_ref(), language)).unwrap_or_default();
    let (blocks, is_summary) = match content {
        Some(content) if content.text().len() >= summary.text().len() => {
            let is_cut = is_cut(&content);
            (content, is_cut)
        }
        _ => {
            let is_summary = !is_whole(&summary);
            (summary, is_summary)
        }
    };
    let authors: Vec<_> = entry.authors.iter().filter(|author| !author.trim().is_empty()).cloned().collect();
    let headline =
        entry.title.as_ref().or(entry.media_title.as_ref()).and_then(|title| title.line(language)).unwrap_or_default();
    let draft = Draft {
        headline,
        published: entry.dates.iter().chain(&entry.source_date).find_map(|date| lenient::parse(date)),
        publisher: entry.publisher.or_else(|| whole.title.map(str::to_owned)),
        byline: if authors.is_empty() {
            entry.source_author.or_else(|| whole.author.map(str::to_owned))
        } else {
            Some(authors.join(", "))
        },
        url,
        tags: entry.tags,
        is_summary,
        lead_picture,
        enclosures: enclosures(&entry.enclosures, entry.duration.as_deref(), own.as_ref()),
        comments: entry.comments.as_deref().and_then(|url| html::resolved(own.as_ref(), url)),
        blocks,
        ..Draft::default()
    };
    draft.finish().map(|article| FeedEntry { guid, article })
}

/// What comes with an entry, each file once.
fn enclosures(raw: &[RawEnclosure], duration: Option<&str>, base: Option<&Url>) -> Vec<Enclosure> {
    /// Of one entry.
    const MOST: usize = 20;
    let mut all: Vec<Enclosure> = Vec::new();
    for one in raw.iter().take(MOST * 4) {
        let Some(enclosure) = html::resolved(base, &one.url).and_then(|url| Enclosure::at(&url, &one.media_type))
        else {
            continue;
        };
        // Feeds say 0 where they do not know it.
        let bytes = one.length.parse().ok().filter(|bytes| *bytes > 0);
        let seconds =
            seconds(&one.duration).or_else(|| duration.and_then(seconds).filter(|_| enclosure.medium().is_some()));
        if let Some(known) = all.iter_mut().find(|known| known.url == enclosure.url) {
            known.bytes = known.bytes.or(bytes);
            known.seconds = known.seconds.or(seconds);
        } else if all.len() < MOST {
            all.push(Enclosure { bytes, seconds, ..enclosure });
        }
    }
    all
}

/// The picture that stands for an entry: the widest of those in Media RSS, else one that comes with it as a file.
fn lead_picture(
    (pictures, files): (&[(String, u32)], &[RawEnclosure]),
    shows: Option<&str>,
    base: Option<&Url>,
) -> Option<Picture> {
    let is_picture = |file: &&RawEnclosure| file.media_type.to_ascii_lowercase().starts_with("image/");
    let files = files.iter().filter(is_picture).map(|file| file.url.as_str());
    let mut pictures: Vec<_> = pictures.iter().collect();
    // The first of those that are as wide as others, or do not say how wide they are.
    pictures.sort_by_key(|(_, width)| std::cmp::Reverse(*width));
    let urls =
        pictures.into_iter().map(|(url, _)| url.as_str()).chain(files).filter_map(|url| html::resolved(base, url));
    urls.filter(|url| html::is_telling(url)).find_map(|url| Picture::at(&url, shows.unwrap_or_default()))
}

/// A length in seconds: "1861", "31:01", "1:02:03", "1861.5"; nothing for 0.
fn seconds(written: &str) -> Option<u32> {
    let mut seconds: u32 = 0;
    for part in written.trim().split(':') {
        let whole = part.trim().split('.').next().unwrap_or_default();
        let part: u32 = whole.parse().ok()?;
        seconds = seconds.checked_mul(60)?.checked_add(part)?;
    }
    (seconds > 0).then_some(seconds)
}

/// Where the article stands: the first link, or else an identifier that is an address.
fn address(entry: &RawEntry, base: Option<&Url>) -> Option<String> {
    let guid = entry.guid.as_ref().filter(|guid| entry.guid_is_address && guid.starts_with("http"));
    let candidates = entry.links.iter().chain(&entry.other_links).chain(guid).chain(&entry.about);
    candidates.filter_map(|link| html::resolved(base, link)).find(|url| url.starts_with("http"))
}

fn joined(base: Option<&Url>, address: &str) -> Option<Url> {
    match base {
        Some(base) => base.join(address.trim()).ok(),
        None => Url::parse(address.trim()).ok(),
    }
}

/// Entries that say that they stand at the same place and are different articles (every link leads to one page) are not
/// known by that place.
fn tell_apart(entries: &mut [FeedEntry]) {
    let mut first: HashMap<ArticleId, &FeedEntry> = HashMap::new();
    let mut shared = HashSet::new();
    for entry in entries.iter() {
        let Some(address) = entry.article.keys.address else { continue };
        match first.entry(address) {
            Entry::Vacant(vacant) => {
                vacant.insert(entry);
            }
            Entry::Occupied(known) if may_be_one(known.get(), entry) => {}
            Entry::Occupied(_) => {
                shared.insert(address);
            }
        }
    }
    for FeedEntry { article, .. } in entries {
        if article.keys.address.is_some_and(|address| shared.contains(&address)) {
            article.leave_address();
        }
    }
}

/// Whether two entries at one place have one headline, and one identifier or, where one has none, one text or a part of it.
fn may_be_one(one: &FeedEntry, other: &FeedEntry) -> bool {
    let guids = one.guid.as_ref().zip(other.guid.as_ref());
    let (this, that) = (&one.article.body, &other.article.body);
    this.headline() == that.headline()
        && guids.map_or_else(|| this.is_part_of(that) || that.is_part_of(this), |(one, other)| one == other)
}

/// "daily" twice is every 720 minutes.
fn ttl(period: Option<&str>, frequency: Option<u32>) -> Option<u32> {
    let minutes = match period? {
        "hourly" => 60,
        "daily" => 1_440,
        "weekly" => 10_080,
        "monthly" => 43_200,
        "yearly" => 525_600,
        _ => return None,
    };
    Some(minutes / frequency.unwrap_or(1).max(1))
}
