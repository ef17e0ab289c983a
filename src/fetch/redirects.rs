//! One question and its answer: sends it, and follows where the answers lead, by redirects or by pages that only send
//! one on, within the limits of the client.

use std::cell::Cell;
use std::io::Read;
use std::sync::Arc;
use std::time::{Duration, Instant};

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use chrono::Utc;
use percent_encoding::percent_decode_str;
use ureq::http::header::{
    AUTHORIZATION, CONTENT_TYPE, COOKIE, HeaderName, IF_MODIFIED_SINCE, IF_NONE_MATCH, LINK, LOCATION, REFRESH,
    USER_AGENT,
};
use ureq::http::{HeaderMap, HeaderValue, Request as HttpRequest, Response, StatusCode};
use url::Url;

use super::address::{bare, has_login, is_fetched, is_private_host, is_same_server, is_secured, with_login_of};
use super::client::StaleConnectionError;
use super::content_coding::{self, ReceivedBody};
use super::cookies::Cookies;
use super::logins::KeptLogin;
use super::password_command::Password;
use super::{Error, ErrorKind, FetchedPage, HttpClient, Proxy, Request, caching, discovery, document, meta_refresh};

/// What a server answered in the end.
pub(super) struct Answer {
    pub status: u16,
    pub headers: HeaderMap,
    /// What it holds, and where it was found, without a login.
    pub page: FetchedPage,
    /// Why it broke off, if it did.
    pub cut: Option<Error>,
    pub moved_to: Option<String>,
}

impl Answer {
    pub fn error(&self) -> Error {
        let retry_after = match self.status {
            429 | 503 => caching::retry_after(&self.headers, Utc::now()),
            _ => None,
        };
        Error { kind: ErrorKind::Status { status: self.status }, retry_after }
    }
}

/// Asks, and follows where the answers lead.
pub(super) fn get(client: &HttpClient, request: &Request<'_>) -> Result<Answer, Error> {
    let typed = super::parse(request.typed).ok_or(ErrorKind::InvalidUrl)?;
    let asked = super::parse(request.address).ok_or(ErrorKind::InvalidUrl)?;
    // Libraries of before hold addresses that lost their login in a redirect; what was typed has it still.
    let asked = if has_login(&asked) { asked } else { with_login_of(&typed, &asked) };
    let deadline = Cell::new(Instant::now() + client.limits().total);
    let exchange = Exchange { client, request, asked: &asked, typed: bare(&typed), deadline };
    let mut cookies = Cookies::default();
    // Without a login: `asked` alone says with which one its own server is asked, whatever a redirect brings along.
    let mut here = bare(&asked);
    let mut way = Vec::new();
    let mut permanent = true;
    // The first page that only sends one on. It is the page itself where that leads back to it.
    let mut sign: Option<Answer> = None;
    loop {
        let cookie = cookies.header(&here);
        let response = exchange.send(&here, cookie.as_deref())?;
        cookies.take(response.headers(), &here, Utc::now());
        let status = response.status().as_u16();
        way.push((here.clone(), cookie));
        let next = if let Some(next) = led_to(&response, &here)? {
            permanent &= matches!(status, 301 | 308);
            next
        } else {
            let answer = exchange.answer(response, &here)?;
            let Some(next) = sent_on(&answer) else {
                let moved = permanent && way.len() > 1 && here != bare(&asked) && exchange.may_move(&here);
                return Ok(Answer { moved_to: moved.then(|| with_login_of(&asked, &here).into()), ..answer });
            };
            permanent = false;
            sign.get_or_insert(answer);
            next
        };
        // A server that wants its cookie back sends one to the same place again, which is no loop. Pages may give another
        // cookie each time.
        let back = cookies.header(&next);
        let times = way.iter().filter(|(place, _)| *place == next).count();
        if way.iter().any(|(place, cookie)| *place == next && *cookie == back) || (sign.is_some() && times > 1) {
            return sign.ok_or_else(|| ErrorKind::RedirectLoop.into());
        }
        if way.len() > client.limits().redirects {
            return Err(ErrorKind::TooManyRedirects(client.limits().redirects).into());
        }
        here = next;
    }
}

/// Where an answer leads on to, if it does; without the login that it may bring along.
fn led_to<B>(response: &Response<B>, here: &Url) -> Result<Option<Url>, Error> {
    let place = match (response.status().as_u16(), response.headers().get(LOCATION)) {
        // What the server prefers (RFC 9110 §15.4.1); without that, none is chosen.
        (300, None) => return Ok(None),
        (300..=303 | 307 | 308, place) => place.ok_or(ErrorKind::MissingLocation)?.as_bytes(),
        _ => return Ok(None),
    };
    // Some are in Latin-1.
    let place = String::from_utf8(place.to_vec()).unwrap_or_else(|_| place.iter().copied().map(char::from).collect());
    let mut url = here.join(&place).map_err(|_| ErrorKind::MissingLocation)?;
    if !is_fetched(&url) {
        return Err(ErrorKind::UnsupportedScheme(format!("{}:", url.scheme())).into());
    }
    url.set_fragment(None);
    Ok(Some(bare(&url)))
}

/// Where a page sends one on that is nothing else: none that names a feed.
fn sent_on(answer: &Answer) -> Option<Url> {
    let Answer { status: 200, page, cut: None, headers, .. } = answer else { return None };
    if !page.bytes.is_empty() && !document::is_html(page) {
        return None;
    }
    let header = headers.get(REFRESH).and_then(|value| value.to_str().ok());
    let mut url = meta_refresh::target(page, header).filter(is_fetched)?;
    if !discovery::named(page).is_empty() {
        return None;
    }
    url.set_fragment(None);
    Some(bare(&url))
}

/// What is the same for all steps of a chain of redirects.
struct Exchange<'a> {
    client: &'a HttpClient,
    request: &'a Request<'a>,
    /// With the login.
    asked: &'a Url,
    /// Without a login.
    typed: Url,
    deadline: Cell<Instant>,
}

/// A login of the configuration with its password.
type Secret = (Arc<KeptLogin>, Arc<Password>);

impl Exchange<'_> {
    /// Whether a feed may be fetched from another address from now on. What the user wants to be sent to one server,
    /// passwords say, is not sent to another because the first one says so; nor is a feed that needs a login left where
    /// that does not hold.
    fn may_move(&self, to: &Url) -> bool {
        let asked = self.asked;
        let is_open = self.request.headers.is_empty() && !has_login(asked) && self.login_at(asked).is_none();
        let is_downgrade = asked.scheme() == "https" && to.scheme() == "http";
        !is_downgrade && (is_open || is_same_server(asked, to))
    }

    /// The login of the configuration for a place. None holds where the user gave another for the feed, nor where another
    /// server led there.
    fn login_at(&self, here: &Url) -> Option<Arc<KeptLogin>> {
        let is_own = is_same_server(self.asked, here);
        let is_authorization = |(name, _): &(String, String)| name.eq_ignore_ascii_case(AUTHORIZATION.as_str());
        let has_other = is_own && (has_login(self.asked) || self.request.headers.iter().any(is_authorization));
        if has_other || !(is_own || is_secured(self.asked, here)) {
            return None;
        }
        self.client.logins().at(here)
    }

    /// The password of a login, from its command where it is not known yet; another one where the server `refused` one. How
    /// long the command takes does not count as time of the server.
    fn password(
        &self,
        login: &Arc<KeptLogin>,
        refused: Option<&Arc<Password>>,
    ) -> Result<Option<Arc<Password>>, Error> {
        let begun = Instant::now();
        let is_cancelled = || self.client.is_cancelled();
        let password = self.client.logins().password(login, refused, self.client.limits().password, &is_cancelled);
        self.deadline.set(self.deadline.get() + begun.elapsed());
        password.map_err(Error::of_password)
    }

    /// Sends a request, with the login that holds there; once more where that has another password meanwhile.
    fn send(&self, here: &Url, cookie: Option<&str>) -> Result<Response<ureq::Body>, Error> {
        let Some(login) = self.login_at(here) else { return self.send_with(here, cookie, None) };
        let with = |password: &Arc<Password>| (Arc::clone(&login), Arc::clone(password));
        let Some(password) = self.password(&login, None)? else { return self.send_with(here, cookie, None) };
        let response = self.send_with(here, cookie, Some(&with(&password)))?;
        if response.status() != StatusCode::UNAUTHORIZED {
            return Ok(response);
        }
        let Some(other) = self.password(&login, Some(&password))? else { return Err(ErrorKind::LoginRefused.into()) };
        let response = self.send_with(here, cookie, Some(&with(&other)))?;
        if response.status() == StatusCode::UNAUTHORIZED { Err(ErrorKind::LoginRefused.into()) } else { Ok(response) }
    }

    /// Sends one request to one server. What the user did not type must be public. `here` is without a login.
    fn send_with(
        &self,
        here: &Url,
        cookie: Option<&str>,
        secret: Option<&Secret>,
    ) -> Result<Response<ureq::Body>, Error> {
        let host = here.host_str().unwrap_or_default();
        let typed = &self.typed;
        let is_trusted =
            here == typed || (is_private_host(typed) && (is_same_server(typed, here) || is_secured(typed, here)));
        if !is_trusted && is_private_host(here) {
            return Err(ErrorKind::PrivateHost(host.to_owned()).into());
        }
        let transport = self.client.transport(!is_trusted);
        let mut anew = false;
        loop {
            match transport.run(self.prepared(transport, here, (cookie, secret), anew)?) {
                // The server closed a connection that was kept, while it was used again: RFC 9112 §9.3.1 lets a client
                // ask again what is safe to ask; once, and not on another one that was kept.
                Err(ureq::Error::Other(why)) if !anew && why.is::<StaleConnectionError>() => anew = true,
                sent => return sent.map_err(|error| self.error_of(error, here)),
            }
        }
    }

    /// The request as it is sent, on a connection of its own if `anew`.
    fn prepared(
        &self,
        transport: &ureq::Agent,
        here: &Url,
        (cookie, secret): (Option<&str>, Option<&Secret>),
        anew: bool,
    ) -> Result<HttpRequest<()>, Error> {
        let left = self.deadline.get().saturating_duration_since(Instant::now());
        if self.client.is_cancelled() {
            return Err(ErrorKind::Cancelled.into());
        }
        if left.is_zero() {
            return Err(ErrorKind::Timeout("while sending the response").into());
        }
        let mut outgoing = outgoing(self.request, self.asked, here, cookie)?;
        if let Some((login, password)) = secret {
            let login = [login.login.user().as_bytes(), b":", password.bytes()].concat();
            outgoing.headers_mut().insert(AUTHORIZATION, basic(&login)?);
        }
        let proxy = match &self.request.proxy {
            // In the open it goes to this computer, not to a proxy.
            _ if secret.is_some() && here.scheme() == "http" => Some(None),
            Proxy::System => None,
            Proxy::Direct => Some(None),
            Proxy::At(proxy) => {
                let host = here.host_str().unwrap_or_default();
                Some(Some(ureq::Proxy::new(proxy).map_err(|error| Error::of(error, host, 0))?))
            }
        };
        // The settings of the client are kept where possible: it keeps what TLS needs only then.
        if *here == bare(self.asked) && proxy.is_none() && !anew {
            return Ok(outgoing);
        }
        let mut config = transport.configure_request(outgoing).timeout_global(Some(left));
        if let Some(proxy) = proxy {
            config = config.proxy(proxy);
        }
        if anew {
            config = config.max_idle_age(Duration::ZERO);
        }
        Ok(config.build())
    }

    /// The answer that leads no further, unpacked, as far as it came.
    fn answer(&self, response: Response<ureq::Body>, here: &Url) -> Result<Answer, Error> {
        let (parts, body) = response.into_parts();
        let limit = self.client.limits().bytes;
        let mut packed = ReceivedBody::default();
        let ended = body.into_with_config().limit(limit).reader().read_to_end(&mut packed.bytes);
        // What is cut off by cancelling may look whole.
        if self.client.is_cancelled() {
            return Err(ErrorKind::Cancelled.into());
        }
        let mut cut = ended.err().map(|error| self.error_of(error.into(), here));
        if let Some(error) = cut.take_if(|error| matches!(error.kind, ErrorKind::TooLarge(_))) {
            return Err(error);
        }
        packed.is_cut = cut.is_some();
        let headers = parts.headers;
        let ReceivedBody { bytes, is_cut } = content_coding::decode(&headers, packed, limit)?;
        if is_cut && cut.is_none() {
            cut = Some(ErrorKind::Truncated.into());
        }
        let text = |value: &HeaderValue| value.to_str().ok().map(str::to_owned);
        let page = FetchedPage {
            address: here.clone().into(),
            content_type: headers.get(CONTENT_TYPE).and_then(text),
            links: headers.get_all(LINK).iter().filter_map(text).collect(),
            bytes,
        };
        Ok(Answer { status: parts.status.as_u16(), headers, page, cut, moved_to: None })
    }

    fn error_of(&self, error: ureq::Error, here: &Url) -> Error {
        if self.client.is_cancelled() {
            return ErrorKind::Cancelled.into();
        }
        Error::of(error, here.host_str().unwrap_or_default(), self.client.limits().bytes)
    }
}

/// What is sent: an address without what is for us only, and the headers.
fn outgoing(request: &Request<'_>, asked: &Url, here: &Url, cookie: Option<&str>) -> Result<HttpRequest<()>, Error> {
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
            headers.insert(AUTHORIZATION, basic(&login(asked))?);
        }
        for (name, text) in request.headers {
            let key = HeaderName::try_from(name.as_str())
                .map_err(|_| ErrorKind::InvalidSetting(format!("{name:?} is not a header name")))?;
            headers.insert(key, value(name, text)?);
        }
    }
    if let Some(cookie) = cookie {
        // Those that the user gave are sent too.
        let given = headers.get(COOKIE).and_then(|given| given.to_str().ok());
        let all = given.map_or_else(|| cookie.to_owned(), |given| format!("{given}; {cookie}"));
        headers.insert(COOKIE, value("Cookie", &all)?);
    }
    Ok(outgoing)
}

/// The value of `Authorization` for `name:password`.
fn basic(login: &[u8]) -> Result<HeaderValue, Error> {
    let value = HeaderValue::try_from(format!("Basic {}", BASE64_STANDARD.encode(login)));
    let mut value =
        value.map_err(|_| ErrorKind::InvalidSetting("the value of header Authorization is invalid".to_owned()))?;
    value.set_sensitive(true);
    Ok(value)
}

/// `name:password`, percent signs resolved.
fn login(url: &Url) -> Vec<u8> {
    let name = percent_decode_str(url.username());
    name.chain([b':']).chain(percent_decode_str(url.password().unwrap_or_default())).collect()
}
