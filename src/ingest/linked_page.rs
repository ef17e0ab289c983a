//! The page that an article links to, as an article of its own.

use super::feed_request;
use super::full_text::{FullTextError, request};
use super::page;
use super::par_ordered::heed_threads;
use super::read::{Ingested, ingest_article};
use crate::article::{Article, ArticleId, Origin, normalized_address};
use crate::fetch::{self, FetchedPage, HttpClient, Request};
use crate::library::{self, Library};

/// The article of the library that stands at an address, if there is one.
///
/// # Errors
///
/// When the library cannot be read.
pub fn article_at(library: &Library, address: &str) -> Result<Option<ArticleId>, library::Error> {
    let Some(address) = normalized_address(address) else { return Ok(None) };
    let id = ArticleId::of_address(&address);
    Ok(library.get(id)?.map(|entry| entry.article.id))
}

/// Fetches what lies at `address`, to which the article `from` links, as pages of the feed of that article are fetched: the user did
/// not type the address, and it may not lead inside.
///
/// # Errors
///
/// When it cannot be fetched, or the library fails.
pub fn fetch_linked(
    library: &Library,
    from: ArticleId,
    address: &str,
    client: &HttpClient,
) -> Result<FetchedPage, FullTextError> {
    let ids = library.feeds_of_article(from)?;
    let sources = library.subscriptions()?;
    let source = sources.iter().find(|source| ids.contains(&source.id));
    let untyped = Request { typed: "https://nobody.invalid/", ..Request::of(address) };
    let of_feed = source.map_or(untyped, feed_request::request);
    heed_threads(client);
    let fetched = fetch::fetch_page(client, &request(address, &of_feed));
    fetched.map_err(|error| FullTextError::Page(address.to_owned(), error))
}

/// Ingests the article on the page at `address`, to which the article `from` links.
///
/// # Errors
///
/// When the page cannot be fetched or holds no article, or the library fails.
pub fn ingest_linked_page(
    library: &Library,
    from: ArticleId,
    address: &str,
    client: &HttpClient,
) -> Result<Ingested, FullTextError> {
    let page = fetch_linked(library, from, address, client)?;
    // Why a further page does not come is not told.
    let get =
        |further: &str| fetch_linked(library, from, further, client).map_err(|_| fetch::ErrorKind::NoArticle.into());
    let read = page::articles(&get, &page, &library.input_rules()).into_iter().next();
    let article = read.ok_or(fetch::ErrorKind::NoArticle);
    let article = article.and_then(|read| read.map_err(fetch::ErrorKind::UnreadableArticle));
    let article = article.map_err(|kind| FullTextError::Page(address.to_owned(), kind.into()))?;
    let article = if article.url.is_none() { article.at(address) } else { article };
    Ok(ingest_article(Article { origin: Origin::Web(page.address), ..article }, &[], library)?)
}
