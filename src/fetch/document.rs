//! What an answer holds: the articles of a feed, or of a page.

use std::borrow::Cow;
use std::collections::HashMap;

use super::FetchedPage;
use crate::article::{Article, ArticleId, InputRules, Origin, normalized_address};
use crate::formats::{self, FeedDocument, FeedEntry, Hint, ParseError};

/// The articles that a page holds by these rules, and why it holds none; its one article goes on over the `further` pages.
pub fn articles(page: &FetchedPage, further: &[FetchedPage], rules: &InputRules) -> Vec<Result<Article, ParseError>> {
    let mut articles = Vec::new();
    let further = further.iter().map(|page| formats::decoded(&page.bytes, page.content_type.as_deref()));
    let further: Vec<Cow<'_, str>> = further.collect();
    let hint = Hint { fields: Some(&rules.fields), sites: &rules.sites, further: &further, ..hint(page) };
    formats::read(&mut page.bytes.as_slice(), &hint, &mut |read| {
        articles.push(read.map(|article| Article { origin: Origin::Web(page.address.clone()), ..article }));
    });
    articles
}

/// Reads a feed.
///
/// # Errors
///
/// When the page is none.
pub(super) fn feed(page: &FetchedPage) -> Result<FeedDocument, ParseError> {
    formats::feed(&page.bytes, &hint(page))
}

fn hint(page: &FetchedPage) -> Hint<'_> {
    Hint { content_type: page.content_type.as_deref(), base_url: Some(&page.address), ..Hint::default() }
}

/// The articles of the feed at `address`, each with its identity and its origin; several entries may be one article. One that has no address is known
/// by what the feed knows it by and by `typed`, what the user typed to get there, so that it stays the same when its
/// words change; where a feed uses that twice, by its words.
pub(super) fn identified(entries: Vec<FeedEntry>, address: &str, typed: &str) -> Vec<Article> {
    let mut uses: HashMap<String, usize> = HashMap::new();
    for guid in entries.iter().filter_map(|entry| entry.guid.as_ref()) {
        *uses.entry(guid.clone()).or_default() += 1;
    }
    let place = normalized_address(typed).unwrap_or_else(|| typed.to_owned());
    let identified = |FeedEntry { guid, mut article }: FeedEntry| {
        if let Some(guid) = guid.filter(|guid| uses.get(guid) == Some(&1)) {
            article.keys.guid = Some(ArticleId::of_content(&guid).0);
            if article.id == article.keys.content {
                article.id = ArticleId::of_address(&format!("{place}#{guid}"));
            }
        }
        Article { origin: Origin::Web(address.to_owned()), ..article }
    };
    entries.into_iter().map(identified).collect()
}

/// Whether it is a page for people, which may name feeds.
pub fn is_html(page: &FetchedPage) -> bool {
    let start = String::from_utf8_lossy(&page.bytes[..page.bytes.len().min(1024)]).to_ascii_lowercase();
    let says_so = page.content_type.as_deref().is_some_and(|kind| kind.contains("html"));
    let begins_so = || formats::is_html(&page.bytes, &hint(page));
    !page.bytes.is_empty() && (says_so || start.contains("<!doctype html") || start.contains("<html") || begins_so())
}
