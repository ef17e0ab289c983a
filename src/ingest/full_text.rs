//! The full text of an article of which there is only a summary.

use super::feed_request;
use super::page;
use super::par_ordered::heed_threads;
use super::read::{Ingested, ingest_article};
use crate::article::{Article, ArticleId, ArticleKeys, DateSource, Dates, InputRules, Origin};
use crate::fetch::{self, HttpClient, Request};
use crate::library::{self, Library};

/// Why there is no full text.
#[derive(Debug, thiserror::Error)]
pub enum FullTextError {
    /// The library has no such article.
    #[error("the article no longer exists")]
    NoArticle,
    /// It is not known where it lies.
    #[error("the article has no address")]
    NoAddress,
    /// Its page, whose address is shown first, does not come or holds no more.
    #[error("{} {} · {}", fetch::shown(.0), .1, .1.hint())]
    Page(String, #[source] fetch::Error),
    /// The library failed.
    #[error("{} · {}", .0, .0.hint())]
    Library(#[from] library::Error),
}

/// Ingests the full text of an article of the library, from its page. It is fetched as its feed is.
///
/// # Errors
///
/// When the page cannot be fetched or holds no more than the summary, or the library fails.
pub fn ingest_full_text(library: &Library, id: ArticleId, client: &HttpClient) -> Result<Ingested, FullTextError> {
    let entry = library.get(id)?.ok_or(FullTextError::NoArticle)?;
    let ids = library.feeds_of_article(id)?;
    let sources = library.subscriptions()?;
    let source = sources.iter().find(|source| ids.contains(&source.id));
    let address = entry.article.url.as_deref().ok_or(FullTextError::NoAddress)?;
    // The user did not type the address of an article: one that came from no feed may not lead inside at all.
    let untyped = Request { typed: "https://nobody.invalid/", ..Request::of(address) };
    let request = source.map_or(untyped, feed_request::request);
    heed_threads(client);
    let article = fetch_whole(client, (&entry.article, &library.input_rules()), &request)
        .map_err(|error| FullTextError::Page(address.to_owned(), error))?;
    Ok(ingest_article(article, &[], library)?)
}

/// Fetches the page of an article and reads what it holds by these rules. It stays the article that it was: what it is known by, when
/// it was published and who wrote it stay as in the summary, where it has them.
///
/// `source` is the subscription of its feed.
///
/// # Errors
///
/// When the page cannot be fetched, or holds no more than the summary.
pub(super) fn fetch_whole(
    client: &HttpClient,
    (summary, rules): (&Article, &InputRules),
    source: &Request<'_>,
) -> Result<Article, fetch::Error> {
    let address = summary.url.as_deref().ok_or(fetch::ErrorKind::InvalidUrl)?;
    // An entry may bring a login along; the one that counts is the user's.
    let address = fetch::lend_login(source.address, address);
    let get = |address: &str| fetch::fetch_page(client, &request(address, source));
    let page = get(&address)?;
    let found = page::articles(&get, &page, rules)
        .into_iter()
        .next()
        .ok_or(fetch::ErrorKind::NoArticle)?
        .map_err(fetch::ErrorKind::UnreadableArticle)?;
    if found.body.text().len() <= summary.body.text().len() {
        return Err(fetch::ErrorKind::NoFullText.into());
    }
    // What a feed or a page declares counts more than its address.
    let is_said = summary.dates.published.is_some() && summary.dates.source == DateSource::Article;
    let surer = if is_said || found.dates.published.is_none() { summary.dates } else { found.dates };
    let dates = Dates { seen: summary.dates.seen, ..surer };
    let mut tags = summary.tags.clone();
    tags.extend(found.tags.into_iter().filter(|tag| !summary.tags.contains(tag)));
    Ok(Article {
        id: summary.id,
        keys: ArticleKeys { content: found.keys.content, ..summary.keys },
        dates,
        publisher: summary.publisher.clone().or(found.publisher),
        byline: summary.byline.clone().or(found.byline),
        url: summary.url.clone(),
        tags,
        is_summary: found.is_summary,
        origin: Origin::Web(page.address),
        editions: summary.editions.clone(),
        enclosures: summary.enclosures.clone(),
        comments: summary.comments.clone(),
        body: found.body,
    })
}

/// The request for a page: like that of its feed, but what the user wants to be sent to the feed's server, passwords
/// say, is not sent to any server that its entries name.
pub(super) fn request<'a>(address: &'a str, source: &Request<'a>) -> Request<'a> {
    let headers = if fetch::share_server(address, source.address) { source.headers } else { &[] };
    Request { address, headers, ..source.clone() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn login_of_a_feed_is_sent_to_its_server_alone() {
        let headers = [("Authorization".to_owned(), "Bearer x".to_owned())];
        let source = Request { headers: &headers, ..Request::of("https://coast.example/feed") };
        assert_eq!(request("https://coast.example/story", &source).headers, headers);
        for other in ["http://coast.example/story", "https://coast.example:8443/story", "https://other.example/", "x:y"]
        {
            assert!(request(other, &source).headers.is_empty(), "{other}");
        }
    }
}
