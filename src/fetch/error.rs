//! What can go wrong with a fetch, in words for the user.

use std::io;
use std::time::Duration;

use ureq::Timeout;

use super::client::{PrivateAddressError, StaleConnectionError};
use super::password_command::PasswordError;
use crate::formats::ParseError;
use crate::text::counted;

/// Why a fetch failed.
#[derive(Debug, thiserror::Error)]
#[error("{kind}")]
pub struct Error {
    /// What went wrong.
    #[source]
    pub kind: ErrorKind,
    /// How long the server asks to wait.
    pub retry_after: Option<Duration>,
}

/// What went wrong, as the end of a sentence that begins with the address.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ErrorKind {
    /// It is no address of `http` or `https`.
    #[error("is not a web address")]
    InvalidUrl,
    /// A redirect or address has a scheme that is not fetched; says which.
    #[error("uses {0}: only http and https are supported")]
    UnsupportedScheme(String),
    /// The host is inside this computer or its network; says which.
    #[error("leads to {0}, a private address")]
    PrivateHost(String),
    /// There are too many redirects; says how many were followed.
    #[error("has too many redirects ({0} followed)")]
    TooManyRedirects(usize),
    /// A redirect leads back to where it came from.
    #[error("redirects in a loop")]
    RedirectLoop,
    /// A redirect has no `Location`.
    #[error("redirects without a Location header")]
    MissingLocation,
    /// The host is unknown.
    #[error("cannot be reached: host not found ({0})")]
    HostNotFound(String),
    /// The host does not answer.
    #[error("cannot be reached ({0})")]
    Unreachable(#[source] io::Error),
    /// It timed out; says in which phase.
    #[error("timed out {0}")]
    Timeout(&'static str),
    /// The connection ended before the response did.
    #[error("closed the connection early")]
    Truncated,
    /// A feed ends before its end; says how many of its entries came.
    #[error("broke off {}", after(*.0))]
    BrokeOff(usize),
    /// It is longer than the limit, in bytes.
    #[error("is larger than {} MiB", .0 >> 20)]
    TooLarge(u64),
    /// The compressed body cannot be decoded.
    #[error("is compressed and damaged ({0})")]
    BadEncoding(String),
    /// TLS failed.
    #[error("failed over HTTPS ({0})")]
    Tls(String),
    /// The response is not valid HTTP.
    #[error("sent an invalid response ({0})")]
    InvalidResponse(String),
    /// The proxy failed.
    #[error("cannot be reached through the proxy ({0})")]
    Proxy(String),
    /// A setting of the feed is invalid; says which.
    #[error("has an invalid setting: {0}")]
    InvalidSetting(String),
    /// There is a login for it, and no password.
    #[error("was not asked: {0}")]
    NoPassword(#[source] PasswordError),
    /// The server refused the login that there is for it.
    #[error("refused the user or the password of its [[login]] (401)")]
    LoginRefused,
    /// The server answered with an error.
    #[error("returned {status}{}", reason(*.status))]
    Status {
        /// What it says.
        status: u16,
    },
    /// The response is not a feed.
    #[error("is not a feed{}", why_none(.0))]
    NotAFeed(#[source] ParseError),
    /// The response is a page.
    #[error("is now a page, not a feed")]
    PageNotFeed,
    /// A page names no feed, and there is none in a common place.
    #[error("links to no feed")]
    NoFeedFound,
    /// A page holds no article.
    #[error("has no article")]
    NoArticle,
    /// A page holds no article that can be read.
    #[error("has no article: it {0}")]
    UnreadableArticle(#[source] ParseError),
    /// A page has no more text than is known already.
    #[error("has no more text than the summary")]
    NoFullText,
    /// It was cancelled.
    #[error("was cancelled")]
    Cancelled,
}

impl Error {
    /// A hint for the user who asked for it; what fails in a refresh is retried without them.
    pub fn hint(&self) -> &'static str {
        match &self.kind {
            ErrorKind::InvalidUrl | ErrorKind::UnsupportedScheme(_) => "use an address that starts with https://",
            ErrorKind::MissingLocation => "the server is set up wrongly: try another address of the site",
            ErrorKind::PrivateHost(_) => "if that is right, subscribe to that address itself",
            ErrorKind::HostNotFound(_) => "check spelling and connection",
            ErrorKind::Unreachable(_) | ErrorKind::Timeout(_) | ErrorKind::Truncated => {
                "check your connection, and try again"
            }
            ErrorKind::Tls(_) => "its certificate or this computer's clock may be wrong; or try http://",
            ErrorKind::Status { status: 401 | 403 } => {
                "it may need a login: [[login]] in the configuration, or pullquote set URL --header 'Authorization: …'"
            }
            ErrorKind::Status { status: 404 | 410 } => "the feed may have moved: pullquote add the page of the site",
            ErrorKind::Status { status: 407 } | ErrorKind::Proxy(_) => "check the proxy: pullquote set URL --proxy …",
            ErrorKind::NotAFeed(_) | ErrorKind::PageNotFeed | ErrorKind::NoFeedFound => {
                "give the address of a feed, or of a page that links to one"
            }
            ErrorKind::NoArticle | ErrorKind::UnreadableArticle(_) | ErrorKind::NoFullText => "open it in a browser",
            ErrorKind::NoPassword(_) => "run it in a shell to see why: it is the password_command of a [[login]]",
            ErrorKind::LoginRefused => "check user and password_command of the [[login]] in the configuration",
            ErrorKind::InvalidSetting(_) => "fix it with pullquote set URL",
            _ => "try again later",
        }
    }

    /// Whether the network is down, rather than the feed.
    pub fn is_offline(&self) -> bool {
        matches!(self.kind, ErrorKind::HostNotFound(_) | ErrorKind::Unreachable(_))
    }

    /// Whether nothing answered that could be asked over HTTPS. A certificate that is wrong is an answer.
    pub fn is_unanswered(&self) -> bool {
        match &self.kind {
            ErrorKind::Unreachable(_) | ErrorKind::Timeout(_) | ErrorKind::Truncated => true,
            ErrorKind::Tls(why) => !why.contains("certificate"),
            _ => false,
        }
    }

    /// Made of why there is no password.
    pub(super) fn of_password(error: PasswordError) -> Self {
        if error.is_cancelled() { ErrorKind::Cancelled.into() } else { ErrorKind::NoPassword(error).into() }
    }

    /// Made of what went wrong on the way to `host`.
    pub(super) fn of(error: ureq::Error, host: &str, limit: u64) -> Self {
        ErrorKind::of(error, host, limit).into()
    }
}

impl From<ErrorKind> for Error {
    fn from(kind: ErrorKind) -> Self {
        Self { kind, retry_after: None }
    }
}

impl ErrorKind {
    fn of(error: ureq::Error, host: &str, limit: u64) -> Self {
        use ureq::Error as E;
        match error {
            E::Other(other) if other.is::<PrivateAddressError>() => Self::PrivateHost(host.to_owned()),
            E::Other(other) if other.is::<StaleConnectionError>() => Self::Truncated,
            E::HostNotFound => Self::HostNotFound(host.to_owned()),
            E::Timeout(phase) => Self::Timeout(in_words(phase)),
            E::BodyExceedsLimit(_) => Self::TooLarge(limit),
            E::ConnectProxyFailed(why) => Self::Proxy(why),
            E::InvalidProxyUrl => Self::Proxy("its address is invalid".to_owned()),
            E::Tls(why) => Self::Tls(why.to_owned()),
            E::Rustls(error) => Self::Tls(error.to_string()),
            E::LargeResponseHeader(..) => Self::InvalidResponse("its header is too long".to_owned()),
            E::BadUri(_) => Self::InvalidUrl,
            E::Io(error) => Self::of_io(error, host, limit),
            other => Self::InvalidResponse(other.to_string()),
        }
    }

    fn of_io(error: io::Error, host: &str, limit: u64) -> Self {
        use io::ErrorKind as K;
        if error.get_ref().is_some_and(<dyn std::error::Error + Send + Sync>::is::<ureq::Error>) {
            return Self::of(ureq::Error::from(error), host, limit);
        }
        let text = error.to_string();
        match error.kind() {
            K::UnexpectedEof | K::ConnectionReset | K::ConnectionAborted | K::BrokenPipe => Self::Truncated,
            K::TimedOut | K::WouldBlock => Self::Timeout("before responding"),
            // So the standard library says that a name is not known.
            _ if text.contains("failed to lookup address") => Self::HostNotFound(host.to_owned()),
            // Before there is a body only TLS reads data that can be wrong.
            K::InvalidData => Self::Tls(text),
            _ => Self::Unreachable(error),
        }
    }
}

fn in_words(phase: Timeout) -> &'static str {
    match phase {
        Timeout::Resolve => "while looking up the host",
        Timeout::Connect => "while connecting",
        Timeout::SendRequest | Timeout::SendBody | Timeout::RecvResponse | Timeout::Await100 => "before responding",
        _ => "while sending the response",
    }
}

fn why_none(refusal: &ParseError) -> String {
    if matches!(refusal, ParseError::NotAFeed) { String::new() } else { format!(": it {refusal}") }
}

fn after(entries: usize) -> String {
    if entries == 0 { "before its first entry".to_owned() } else { format!("after {}", counted(entries, "entry")) }
}

/// What a status means, where that helps.
fn reason(status: u16) -> &'static str {
    match status {
        401 => " (login required)",
        403 => " (forbidden)",
        404 => " (not found)",
        410 => " (gone)",
        407 => " (proxy login required)",
        429 => " (too many requests)",
        500..=599 => " (server error)",
        _ => "",
    }
}
