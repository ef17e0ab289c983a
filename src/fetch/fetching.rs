//! Fetching: asks one server, follows where it leads, and says what came of it.

use std::time::{Duration, Instant};

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use chrono::Utc;
use percent_encoding::percent_decode_str;
use ureq::http::header::{
    AUTHORIZATION, CONTENT_ENCODING, CONTENT_TYPE, HeaderName, IF_MODIFIED_SINCE, IF_NONE_MATCH, LOCATION, USER_AGENT,
};
use ureq::http::{HeaderMap, HeaderValue, Request as HttpRequest, Response};
use url::Url;

use super::address::{bare, has_login, is_fetched, is_private_host, is_same_server, is_secured, with_login_of};
use super::caching::{self, LONGEST_FRESH};
use super::{Error, ErrorKind, HttpClient, Proxy, Request, Validators, document};
use crate::article::Article;
use crate::formats::FeedDocument;

/// The result of fetching a feed.
#[derive(Debug)]
pub enum Fetched {
    /// Nothing has changed.
    NotModified {
        /// Where it lies from now on, if that is elsewhere.
        moved_to: Option<String>,
        /// How long not to ask again, at the least.
        next_after: Option<Duration>,
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
    /// Its articles, each with its identity and its origin, none twice.
    pub articles: Vec<Article>,
    /// By what to tell the next time whether it has changed.
    pub validators: Validators,
    /// Where it lies from now on, if that is elsewhere.
    pub moved_to: Option<String>,
    /// How long not to ask again, at the least.
    pub next_after: Option<Duration>,
}

/// A page that was fetched.
#[derive(Debug)]
pub struct FetchedPage {
    /// Where it was found in the end.
    pub address: String,
    /// What it is, as the server says: `text/html; charset=utf-8`.
    pub content_type: Option<String>,
    /// All of it, unpacked.
    pub bytes: Vec<u8>,
}

/// Fetches a feed, within the limits of the client.
pub fn fetch(client: &HttpClient, request: &Request<'_>) -> Fetched {
    let answer = match get(client, request) {
        Ok(answer) => answer,
        Err(error) => return Fetched::Failed(error),
    };
    let next_after = caching::fresh(&answer.headers);
    match answer.status {
        304 if !request.validators.is_empty() => {
            return Fetched::NotModified { moved_to: answer.moved_to, next_after };
        }
        410 => return Fetched::Gone,
        200..=203 | 206 => {}
        _ => return Fetched::Failed(answer.error()),
    }
    let validators = caching::validators(&answer.headers);
    let moved_to = answer.moved_to.clone();
    let page = answer.page();
    match document::feed(&page) {
        Ok(FeedDocument { title, site, ttl_minutes, entries, .. }) => {
            let articles = document::identified(entries, &page.address, request.typed);
            let ttl = ttl_minutes.map(|minutes| Duration::from_secs(u64::from(minutes) * 60).min(LONGEST_FRESH));
            let next_after = next_after.max(ttl);
            Fetched::Feed(Box::new(Feed { title, site, articles, validators, moved_to, next_after }))
        }
        Err(_) if document::is_html(&page) => Fetched::Page(page),
        Err(refusal) => Fetched::Failed(ErrorKind::NotAFeed(refusal).into()),
    }
}

/// Fetches a page, whatever its type.
///
/// # Errors
///
/// When it cannot be fetched.
pub fn fetch_page(client: &HttpClient, request: &Request<'_>) -> Result<FetchedPage, Error> {
    let answer = get(client, request)?;
    match answer.status {
        200..=203 | 206 => Ok(answer.page()),
        _ => Err(answer.error()),
    }
}

/// What a server answered in the end.
struct Answer {
    status: u16,
    headers: HeaderMap,
    bytes: Vec<u8>,
    /// Where it was found, without a login.
    address: Url,
    moved_to: Option<String>,
}

impl Answer {
    fn error(&self) -> Error {
        let retry_after = match self.status {
            429 | 503 => caching::retry_after(&self.headers, Utc::now()),
            _ => None,
        };
        Error { kind: ErrorKind::Status { status: self.status }, retry_after }
    }

    fn page(self) -> FetchedPage {
        let content_type = self.headers.get(CONTENT_TYPE).and_then(|value| value.to_str().ok()).map(str::to_owned);
        FetchedPage { address: self.address.into(), content_type, bytes: self.bytes }
    }
}

/// Asks, and follows where the answers lead.
fn get(client: &HttpClient, request: &Request<'_>) -> Result<Answer, Error> {
    let typed = super::parse(request.typed).ok_or(ErrorKind::InvalidUrl)?;
    let asked = super::parse(request.address).ok_or(ErrorKind::InvalidUrl)?;
    // Libraries of before hold addresses that lost their login in a redirect; what was typed has it still.
    let asked = if has_login(&asked) { asked } else { with_login_of(&typed, &asked) };
    let deadline = Instant::now() + client.limits().total;
    // Without a login: `asked` alone says with which one its own server is asked, whatever a redirect brings along.
    let first = bare(&asked);
    let mut way = vec![first.clone()];
    let mut permanent = true;
    loop {
        let here = way.last().unwrap_or(&first);
        let response = send(client, request, (&asked, here), &bare(&typed), deadline)?;
        let status = response.status().as_u16();
        let Some(next) = led_to(&response, here)? else {
            let moved = permanent && way.len() > 1 && may_move(request, &asked, here);
            return Ok(Answer {
                status,
                headers: response.headers().clone(),
                moved_to: moved.then(|| with_login_of(&asked, here).into()),
                address: here.clone(),
                bytes: body(client, response, here)?,
            });
        };
        permanent &= matches!(status, 301 | 308);
        if way.contains(&next) {
            return Err(ErrorKind::RedirectLoop.into());
        }
        if way.len() > client.limits().redirects {
            return Err(ErrorKind::TooManyRedirects(client.limits().redirects).into());
        }
        way.push(next);
    }
}

/// Whether a feed may be fetched from another address from now on. What the user wants to be sent to one server,
/// passwords say, is not sent to another because the first one says so.
fn may_move(request: &Request<'_>, asked: &Url, to: &Url) -> bool {
    let is_open = request.headers.is_empty() && !has_login(asked);
    let is_downgrade = asked.scheme() == "https" && to.scheme() == "http";
    !is_downgrade && (is_open || is_same_server(asked, to))
}

/// Where an answer leads on to, if it does; without the login that it may bring along.
fn led_to<B>(response: &Response<B>, here: &Url) -> Result<Option<Url>, Error> {
    if !matches!(response.status().as_u16(), 301 | 302 | 303 | 307 | 308) {
        return Ok(None);
    }
    let place = response.headers().get(LOCATION).ok_or(ErrorKind::MissingLocation)?;
    let mut url = here.join(&String::from_utf8_lossy(place.as_bytes())).map_err(|_| ErrorKind::MissingLocation)?;
    if !is_fetched(&url) {
        return Err(ErrorKind::UnsupportedScheme(format!("{}:", url.scheme())).into());
    }
    url.set_fragment(None);
    Ok(Some(bare(&url)))
}

/// Sends one request to one server. What the user did not type must be public. `here` and `typed` are without a login.
fn send(
    client: &HttpClient,
    request: &Request<'_>,
    (asked, here): (&Url, &Url),
    typed: &Url,
    deadline: Instant,
) -> Result<Response<ureq::Body>, Error> {
    let left = deadline.saturating_duration_since(Instant::now());
    if client.is_cancelled() {
        return Err(ErrorKind::Cancelled.into());
    }
    if left.is_zero() {
        return Err(ErrorKind::Timeout("while sending the response").into());
    }
    let host = here.host_str().unwrap_or_default();
    let is_trusted =
        here == typed || (is_private_host(typed) && (is_same_server(typed, here) || is_secured(typed, here)));
    if !is_trusted && is_private_host(here) {
        return Err(ErrorKind::PrivateHost(host.to_owned()).into());
    }
    let transport = client.transport(!is_trusted);
    let mut outgoing = outgoing(request, asked, here)?;
    let proxy = match &request.proxy {
        Proxy::System => None,
        Proxy::Direct => Some(None),
        Proxy::At(proxy) => Some(Some(ureq::Proxy::new(proxy).map_err(|error| Error::of(error, host, 0))?)),
    };
    // The settings of the client are kept where possible: it keeps what TLS needs only then.
    if *here != bare(asked) || proxy.is_some() {
        let mut config = transport.configure_request(outgoing).timeout_global(Some(left));
        if let Some(proxy) = proxy {
            config = config.proxy(proxy);
        }
        outgoing = config.build();
    }
    transport.run(outgoing).map_err(|error| error_of(client, error, here))
}

/// What is sent: an address without what is for us only, and the headers.
fn outgoing(request: &Request<'_>, asked: &Url, here: &Url) -> Result<HttpRequest<()>, Error> {
    let mut outgoing = HttpRequest::get(here.as_str()).body(()).map_err(|_| ErrorKind::InvalidUrl)?;
    let headers = outgoing.headers_mut();
    // The value may be a password.
    let value = |name: &str, text: &str| {
        HeaderValue::from_bytes(text.as_bytes())
            .map_err(|_| ErrorKind::InvalidSetting(format!("the value of header {name} is invalid")))
    };
    if let Some(etag) = &request.validators.etag {
        headers.insert(IF_NONE_MATCH, value("If-None-Match", etag)?);
    }
    if let Some(modified) = &request.validators.modified {
        headers.insert(IF_MODIFIED_SINCE, value("If-Modified-Since", modified)?);
    }
    if let Some(name) = request.user_agent {
        headers.insert(USER_AGENT, value("User-Agent", name)?);
    }
    if is_same_server(asked, here) {
        if has_login(asked) {
            let login = BASE64_STANDARD.encode(login(asked));
            headers.insert(AUTHORIZATION, value("Authorization", &format!("Basic {login}"))?);
        }
        for (name, text) in request.headers {
            let key = HeaderName::try_from(name.as_str())
                .map_err(|_| ErrorKind::InvalidSetting(format!("{name:?} is not a header name")))?;
            headers.insert(key, value(name, text)?);
        }
    }
    Ok(outgoing)
}

/// `name:password`, percent signs resolved.
fn login(url: &Url) -> Vec<u8> {
    let name = percent_decode_str(url.username());
    name.chain([b':']).chain(percent_decode_str(url.password().unwrap_or_default())).collect()
}

/// All of an answer, unpacked.
fn body(client: &HttpClient, response: Response<ureq::Body>, here: &Url) -> Result<Vec<u8>, Error> {
    if let Some(packed) = response.headers().get(CONTENT_ENCODING).filter(|coding| *coding != "identity") {
        let coding = String::from_utf8_lossy(packed.as_bytes()).into_owned();
        return Err(ErrorKind::BadEncoding(format!("unexpected encoding {coding}")).into());
    }
    let limit = client.limits().bytes;
    let read = response.into_body().into_with_config().limit(limit).read_to_vec();
    // What is cut off by cancelling may look whole.
    if client.is_cancelled() {
        return Err(ErrorKind::Cancelled.into());
    }
    read.map_err(|error| error_of(client, error, here))
}

fn error_of(client: &HttpClient, error: ureq::Error, here: &Url) -> Error {
    if client.is_cancelled() {
        return ErrorKind::Cancelled.into();
    }
    Error::of(error, here.host_str().unwrap_or_default(), client.limits().bytes)
}
