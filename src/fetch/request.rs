//! What is asked for, and within which limits.

use std::time::Duration;

/// The validators by which a server tells whether a feed has changed: exactly what it sent the last time.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Validators {
    /// `ETag`.
    pub etag: Option<String>,
    /// `Last-Modified`.
    pub modified: Option<String>,
}

impl Validators {
    /// Whether there is nothing to tell by.
    pub fn is_empty(&self) -> bool {
        self.etag.is_none() && self.modified.is_none()
    }
}

/// Which proxy to use.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Proxy {
    /// The proxy of the environment (`ALL_PROXY`, `HTTPS_PROXY`, `HTTP_PROXY`, `NO_PROXY`), if any.
    #[default]
    System,
    /// No proxy.
    Direct,
    /// The proxy at this address: `http`, `https`, `socks4`, `socks4a`, `socks5` or `socks5h`.
    At(String),
}

/// What is to be fetched.
#[derive(Debug, Clone, Default)]
pub struct Request<'a> {
    /// Where it lies.
    pub address: &'a str,
    /// What the user typed that led there. That may lie inside this computer or its network; what it leads to may
    /// not, but for itself.
    pub typed: &'a str,
    /// What the server said the last time.
    pub validators: Validators,
    /// What to call oneself instead of `pullquote/VERSION`.
    pub user_agent: Option<&'a str>,
    /// Headers to send besides, to the server of `address` only.
    pub headers: &'a [(String, String)],
    /// Which proxy to use.
    pub proxy: Proxy,
}

impl<'a> Request<'a> {
    /// A request for what the user typed.
    pub fn of(address: &'a str) -> Self {
        Self { address, typed: address, ..Self::default() }
    }
}

/// How long anything may take, and how much it may be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Limits {
    /// To look up a name.
    pub resolve: Duration,
    /// To connect, TLS included.
    pub connect: Duration,
    /// To the end of the header of the answer.
    pub response: Duration,
    /// To the end of the answer.
    pub body: Duration,
    /// For a password command.
    pub password: Duration,
    /// For everything together, redirects included; the time of password commands does not count.
    pub total: Duration,
    /// How often one may be sent on.
    pub redirects: usize,
    /// The most bytes of an answer, unpacked.
    pub bytes: u64,
    /// The most bytes of its header.
    pub header: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            resolve: Duration::from_secs(10),
            connect: Duration::from_secs(10),
            response: Duration::from_secs(20),
            body: Duration::from_mins(1),
            password: Duration::from_secs(30),
            total: Duration::from_secs(90),
            redirects: 10,
            bytes: crate::formats::LARGEST,
            header: 64 << 10,
        }
    }
}
