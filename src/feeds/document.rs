//! What an answer holds: a feed, a page, or neither.

use std::collections::{HashMap, HashSet};
use std::time::Duration;

use super::Page;
use crate::article::{Article, ArticleId, Origin, normalized_address};
use crate::formats::{self, FeedEntry, Hint, Refusal};

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
    formats::read(&mut page.bytes.as_slice(), &hint(page), &mut |read| {
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
    match formats::feed(&page.bytes, &hint(&page)) {
        Ok(document) => {
            let ttl = document.ttl_minutes.map(|minutes| Duration::from_secs(u64::from(minutes) * 60));
            let articles = identified(document.entries, &page.address, typed);
            Read::Feed(FeedDocument { title: document.title, link: document.site, ttl, articles })
        }
        Err(_) if is_html(&page) => Read::Page(page),
        Err(refusal) => Read::Neither(refusal),
    }
}

fn hint(page: &Page) -> Hint<'_> {
    Hint { content_type: page.content_type.as_deref(), base_url: Some(&page.address), ..Hint::default() }
}

/// The articles of a feed, each once. One that has no address is known by what the feed knows it by, so that it stays
/// the same when its words change; where a feed uses that twice, by its words.
fn identified(entries: Vec<FeedEntry>, address: &str, typed: &str) -> Vec<Article> {
    let mut uses: HashMap<String, usize> = HashMap::new();
    for guid in entries.iter().filter_map(|entry| entry.guid.as_ref()) {
        *uses.entry(guid.clone()).or_default() += 1;
    }
    let place = normalized_address(typed).unwrap_or_else(|| typed.to_owned());
    let mut seen = HashSet::new();
    let mut articles = Vec::with_capacity(entries.len());
    for FeedEntry { guid, mut article } in entries {
        let is_by_words = article.id == ArticleId::of_content(article.body.text());
        if let Some(guid) = guid.filter(|guid| is_by_words && uses.get(guid) == Some(&1)) {
            article.id = ArticleId::of_address(&format!("{place}#{guid}"));
        }
        if seen.insert(article.id) {
            article.origin = Origin::Web(address.to_owned());
            articles.push(article);
        }
    }
    articles
}

fn is_html(page: &Page) -> bool {
    let start = String::from_utf8_lossy(&page.bytes[..page.bytes.len().min(1024)]).to_ascii_lowercase();
    let says_so = page.content_type.as_deref().is_some_and(|kind| kind.contains("html"));
    !page.bytes.is_empty() && (says_so || start.contains("<!doctype html") || start.contains("<html"))
}
