//! What can go wrong with a fetch, in words for the user.

use std::io;
use std::time::Duration;

use ureq::Timeout;

use super::client::PrivateAddress;
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
    #[error("is no address on the web")]
    InvalidUrl,
    /// A redirect or address has a scheme that is not fetched; says which.
    #[error("leads to {0}: only http and https are fetched")]
    UnsupportedScheme(String),
    /// The host is inside this computer or its network; says which.
    #[error("leads to {0}, inside this computer or its network")]
    PrivateHost(String),
    /// There are too many redirects; says how many were followed.
    #[error("leads on and on ({})", counted(*.0, "redirect"))]
    TooManyRedirects(usize),
    /// A redirect leads back to where it came from.
    #[error("leads in a circle")]
    RedirectLoop,
    /// A redirect has no `Location`.
    #[error("leads nowhere: a redirect without a place")]
    MissingLocation,
    /// The host is unknown.
    #[error("cannot be found: nobody knows {0}")]
    HostNotFound(String),
    /// The host does not answer.
    #[error("cannot be reached ({0})")]
    Unreachable(#[source] io::Error),
    /// It timed out; says in which phase.
    #[error("took too long {0}")]
    Timeout(&'static str),
    /// The connection ended before the response did.
    #[error("broke off before the end")]
    Truncated,
    /// It is longer than the limit, in bytes.
    #[error("is larger than {} MiB", .0 >> 20)]
    TooLarge(u64),
    /// The compressed body cannot be decoded.
    #[error("is compressed and damaged ({0})")]
    BadEncoding(String),
    /// TLS failed.
    #[error("has no secure connection to offer ({0})")]
    Tls(String),
    /// The response is not valid HTTP.
    #[error("answers nonsense ({0})")]
    InvalidResponse(String),
    /// The proxy failed.
    #[error("cannot be reached through the proxy ({0})")]
    Proxy(String),
    /// A setting of the feed is invalid; says which.
    #[error("cannot be asked for: {0}")]
    InvalidSetting(String),
    /// The server answered with an error.
    #[error("answers {status}{}", reason(*.status))]
    Status {
        /// What it says.
        status: u16,
    },
    /// The response is not a feed.
    #[error("is no feed: it {0}")]
    NotAFeed(#[source] ParseError),
    /// The response is a page.
    #[error("is a page now, no feed")]
    PageNotFeed,
    /// A page names no feed, and there is none in a common place.
    #[error("names no feed")]
    NoFeedFound,
    /// A page holds no article.
    #[error("holds no article")]
    NoArticle,
    /// A page holds no article that can be read.
    #[error("holds no article: it {0}")]
    UnreadableArticle(#[source] ParseError),
    /// A page has no more text than is known already.
    #[error("holds no more than the summary")]
    NoFullText,
    /// It was cancelled.
    #[error("was given up")]
    Cancelled,
}

impl Error {
    /// A hint for the user.
    pub fn hint(&self) -> &'static str {
        match &self.kind {
            ErrorKind::InvalidUrl | ErrorKind::MissingLocation | ErrorKind::UnsupportedScheme(_) => {
                "give an address that begins with https://"
            }
            ErrorKind::PrivateHost(_) => "if that is right, subscribe to that address itself",
            ErrorKind::HostNotFound(_) => "check the spelling, and whether the network is there",
            ErrorKind::Unreachable(_) | ErrorKind::Timeout(_) | ErrorKind::Truncated => {
                "check the network; it is tried again later"
            }
            ErrorKind::Tls(_) => "the certificate or the clock of this computer may be wrong",
            ErrorKind::Status { status: 401 | 403 } => {
                "it may want a login: pullquote set URL --header 'Authorization: …'"
            }
            ErrorKind::Status { status: 404 } => "the feed may have moved: pullquote add the page of the site",
            ErrorKind::Status { status: 407 } | ErrorKind::Proxy(_) => "check the proxy: pullquote set URL --proxy …",
            ErrorKind::NotAFeed(_) | ErrorKind::PageNotFeed | ErrorKind::NoFeedFound => {
                "give the address of a feed, or of a page that names one"
            }
            ErrorKind::NoArticle | ErrorKind::UnreadableArticle(_) | ErrorKind::NoFullText => "open it in a browser",
            ErrorKind::InvalidSetting(_) => "mend it with pullquote set URL",
            _ => "it is tried again later",
        }
    }

    /// Whether the network is down, rather than the feed.
    pub fn is_offline(&self) -> bool {
        matches!(self.kind, ErrorKind::HostNotFound(_) | ErrorKind::Unreachable(_))
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
            E::Other(other) if other.is::<PrivateAddress>() => Self::PrivateHost(host.to_owned()),
            E::HostNotFound => Self::HostNotFound(host.to_owned()),
            E::Timeout(phase) => Self::Timeout(in_words(phase)),
            E::BodyExceedsLimit(_) => Self::TooLarge(limit),
            E::Decompress(_, error) if error.kind() == io::ErrorKind::UnexpectedEof => Self::Truncated,
            E::Decompress(_, error) => Self::BadEncoding(error.to_string()),
            E::ConnectProxyFailed(why) => Self::Proxy(why),
            E::InvalidProxyUrl => Self::Proxy("its address makes no sense".to_owned()),
            E::Tls(why) => Self::Tls(why.to_owned()),
            E::Rustls(error) => Self::Tls(error.to_string()),
            E::LargeResponseHeader(..) => Self::InvalidResponse("its header has no end".to_owned()),
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
            K::TimedOut | K::WouldBlock => Self::Timeout("to answer"),
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
        Timeout::Resolve => "to be found",
        Timeout::Connect => "to connect",
        Timeout::SendRequest | Timeout::SendBody | Timeout::RecvResponse | Timeout::Await100 => "to answer",
        _ => "to send the whole",
    }
}

/// What a status means, where that helps.
fn reason(status: u16) -> &'static str {
    match status {
        401 => " (it wants a login)",
        403 => " (it does not let us)",
        404 => " (nothing is there)",
        407 => " (the proxy wants a login)",
        429 => " (it was asked too often)",
        500..=599 => " (the server has trouble)",
        _ => "",
    }
}
