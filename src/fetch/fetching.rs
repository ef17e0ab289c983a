//! Fetching: a feed or a page, and what came of it.

use std::time::Duration;

use super::caching::{self, LONGEST_FRESH};
use super::redirects::{Answer, get};
use super::{Error, ErrorKind, HttpClient, Request, Validators, document};
use crate::article::Article;
use crate::formats::{FeedDocument, ParseError};

/// The result of fetching a feed.
#[derive(Debug)]
pub enum Fetched {
    /// Nothing has changed.
    NotModified {
        /// Where it lies from now on, if that is elsewhere.
        moved_to: Option<String>,
        /// How long not to ask again, at the least.
        next_after: Option<Duration>,
        /// By what to tell the next time, where the answer brings any (RFC 9111 §4.3.4).
        validators: Validators,
    },
    /// A feed.
    Feed(Box<Feed>),
    /// A page that is no feed; it may name some.
    Page(FetchedPage),
    /// It is gone for good.
    Gone,
    /// The fetch failed.
    Failed(Error),
}

/// A feed that was fetched.
#[derive(Debug)]
pub struct Feed {
    /// What it is called.
    pub title: Option<String>,
    /// The address of the site that it belongs to.
    pub site: Option<String>,
    /// Its articles, each with its identity and its origin.
    pub articles: Vec<Article>,
    /// By what to tell the next time whether it has changed. None where it broke off, so that it is sent again.
    pub validators: Validators,
    /// What is wrong with it although it was read: it broke off.
    pub error: Option<Error>,
    /// Where it lies from now on, if that is elsewhere.
    pub moved_to: Option<String>,
    /// How long not to ask again, at the least.
    pub next_after: Option<Duration>,
}

/// A page that was fetched.
#[derive(Debug, Default)]
pub struct FetchedPage {
    /// Where it was found in the end.
    pub address: String,
    /// What it is, as the server says: `text/html; charset=utf-8`.
    pub content_type: Option<String>,
    /// What it is linked to by its `Link` headers, as they were written.
    pub links: Vec<String>,
    /// All of it, unpacked.
    pub bytes: Vec<u8>,
}

/// Fetches a feed, within the limits of the client.
pub fn fetch(client: &HttpClient, request: &Request<'_>) -> Fetched {
    let answer = match get(client, request) {
        Ok(answer) => answer,
        Err(error) => return Fetched::Failed(error),
    };
    match answer.status {
        304 if !request.validators.is_empty() => Fetched::NotModified {
            moved_to: answer.moved_to,
            next_after: caching::fresh(&answer.headers),
            validators: caching::validators(&answer.headers),
        },
        410 => Fetched::Gone,
        200..=203 | 206 => of_document(answer, request),
        _ => Fetched::Failed(answer.error()),
    }
}

fn of_document(answer: Answer, request: &Request<'_>) -> Fetched {
    let Answer { headers, page, cut, moved_to, .. } = answer;
    match (document::feed(&page), cut) {
        (Ok(FeedDocument { title, site, ttl_minutes, entries, refusals, is_unclosed, .. }), cut) => {
            let breaks_off =
                refusals.iter().any(|why| matches!(why, ParseError::CutOff)) || is_unclosed && cut.is_some();
            let articles = document::identified(entries, &page.address, request.typed);
            let ttl = ttl_minutes.map(|minutes| Duration::from_secs(u64::from(minutes) * 60).min(LONGEST_FRESH));
            let is_whole = cut.is_none() && !breaks_off;
            Fetched::Feed(Box::new(Feed {
                title,
                site,
                validators: if is_whole { caching::validators(&headers) } else { Validators::default() },
                error: breaks_off.then(|| ErrorKind::BrokeOff(articles.len()).into()),
                articles,
                moved_to,
                next_after: if is_whole { caching::fresh(&headers).max(ttl) } else { None },
            }))
        }
        (Err(_), Some(error)) => Fetched::Failed(error),
        (Err(ParseError::CutOff), None) => Fetched::Failed(ErrorKind::BrokeOff(0).into()),
        (Err(_), None) if document::is_html(&page) => Fetched::Page(page),
        (Err(refusal), None) => Fetched::Failed(ErrorKind::NotAFeed(refusal).into()),
    }
}

/// Fetches a page, whatever its type.
///
/// # Errors
///
/// When it cannot be fetched, or breaks off; a feed that breaks off has the entries before.
pub fn fetch_page(client: &HttpClient, request: &Request<'_>) -> Result<FetchedPage, Error> {
    let answer = get(client, request)?;
    match answer.status {
        200..=203 | 206 => match answer.cut {
            Some(error) if document::feed(&answer.page).is_err() => Err(error),
            _ => Ok(answer.page),
        },
        _ => Err(answer.error()),
    }
}
