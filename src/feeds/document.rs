//! What an answer holds: a feed, a page, or neither.

use std::time::Duration;

use quick_xml::events::Event;

use super::Page;
use crate::article::{Article, ArticleId, BodyBuilder, Origin, ParagraphKind, normalized_address};
use crate::formats::{self, Hint, Refusal};

/// What a feed holds.
#[derive(Debug, Default)]
pub struct FeedDocument {
    /// What it is called.
    pub title: Option<String>,
    /// The page that it belongs to.
    pub link: Option<String>,
    /// How long it holds, where it says so.
    pub ttl: Option<Duration>,
    /// Its articles, each with its identity and its origin, none twice.
    pub articles: Vec<Article>,
}

/// The articles that a page holds, and why it holds none.
pub fn articles(page: &Page) -> Vec<Result<Article, Refusal>> {
    let mut articles = Vec::new();
    formats::read(&mut page.bytes.as_slice(), &Hint::default(), &mut |read| {
        articles.push(read.map(|article| Article { origin: Origin::Web(page.address.clone()), ..article }));
    });
    articles
}

/// What an answer was.
pub(super) enum Read {
    Feed(FeedDocument),
    Page(Page),
    Neither(Refusal),
}

/// Reads what `page` holds. `typed` is what the reader typed to get there; entries without an address of their own are
/// known by it.
pub(super) fn read(page: Page, typed: &str) -> Read {
    match feed(&page.bytes) {
        Some(document) => Read::Feed(settled(document, &page.address, typed)),
        None if is_html(&page) => Read::Page(page),
        None if page.bytes.is_empty() => Read::Neither(Refusal::Empty),
        None => Read::Neither(Refusal::Unsupported("not XML or JSON of a feed")),
    }
}

fn settled(entries: (FeedDocument, Vec<(Option<String>, Article)>), address: &str, typed: &str) -> FeedDocument {
    let (mut document, entries) = entries;
    for (guid, mut article) in entries {
        if article.url.is_none()
            && let Some(guid) = guid
        {
            let place = normalized_address(typed).unwrap_or_else(|| typed.to_owned());
            article.id = ArticleId::of_address(&format!("{place}#{guid}"));
        }
        article.origin = Origin::Web(address.to_owned());
        document.articles.push(article);
    }
    document
}

fn is_html(page: &Page) -> bool {
    let start = String::from_utf8_lossy(&page.bytes[..page.bytes.len().min(1024)]).to_ascii_lowercase();
    let says_so = page.content_type.as_deref().is_some_and(|kind| kind.contains("html"));
    says_so || start.contains("<!doctype html") || start.contains("<html")
}

/// Stands in until the formats read feeds.
fn feed(bytes: &[u8]) -> Option<(FeedDocument, Vec<(Option<String>, Article)>)> {
    let text = String::from_utf8_lossy(bytes);
    let mut reader = quick_xml::Reader::from_str(&text);
    let (mut path, mut document, mut entries) = (Vec::<String>::new(), FeedDocument::default(), Vec::new());
    let mut fields = std::collections::HashMap::<String, String>::new();
    let mut is_feed = false;
    loop {
        match reader.read_event().ok()? {
            Event::Start(start) => {
                let name = start.name().as_ref().to_owned();
                is_feed |= path.is_empty() && ["rss", "feed", "rdf:RDF"].contains(&&*name);
                path.push(name);
            }
            Event::Text(text) => {
                let text = text.to_string();
                if let Some(name) = path.last() {
                    fields.entry(name.clone()).or_default().push_str(text.trim());
                }
            }
            Event::End(_) => {
                let name = path.pop()?;
                if name == "item" || name == "entry" {
                    let mut builder = BodyBuilder::new(fields.get("title").map_or("", String::as_str));
                    builder.push(ParagraphKind::Prose, fields.get("description").map_or("", String::as_str));
                    let article = Article { is_summary: true, ..Article::new(builder.build()) };
                    let article = fields.get("link").map_or(article.clone(), |link| article.at(link));
                    entries.push((fields.get("guid").cloned(), article));
                    fields.clear();
                } else if path.len() == 2 && name == "title" {
                    document.title = fields.remove("title");
                } else if path.len() == 2 && name == "link" {
                    document.link = fields.remove("link");
                } else if path.len() == 2 && name == "ttl" {
                    document.ttl =
                        fields.remove("ttl").and_then(|ttl| ttl.parse().ok()).map(|m: u64| Duration::from_secs(m * 60));
                }
            }
            Event::Eof => break,
            _ => {}
        }
    }
    (is_feed && path.is_empty()).then_some((document, entries))
}
