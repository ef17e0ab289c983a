//! The HTTP client: keeps connections, resolves names, can be cancelled. It is the guard against SSRF (server-side
//! request forgery): what the user did not type is never fetched from a private address.

use std::fmt;
use std::io::ErrorKind;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use ureq::config::Config;
use ureq::http::Uri;
use ureq::unversioned::resolver::{DefaultResolver, ResolvedSocketAddrs, Resolver};
use ureq::unversioned::transport::{Buffers, ConnectionDetails, Connector, DefaultConnector, NextTimeout, Transport};

use super::address::is_private;
use super::content_coding::ACCEPT_ENCODING;
use super::logins::{LoginRound, Logins};
use super::request::Limits;

/// The User-Agent of requests.
const USER_AGENT: &str = concat!("pullquote/", env!("CARGO_PKG_VERSION"));

/// The media types that are preferred.
const ACCEPT: &str = "application/atom+xml, application/rss+xml, application/feed+json, application/xml;q=0.9, \
     text/xml;q=0.9, text/html;q=0.8, application/json;q=0.8, */*;q=0.5";

/// Fetches from the web. Cheap to share between threads; all clones are one.
#[derive(Clone)]
pub struct HttpClient {
    /// Connects to any address that the user typed.
    trusted: ureq::Agent,
    /// Connects to public addresses only. It has connections of its own: none that the other one opened is used again.
    public_only: ureq::Agent,
    limits: Limits,
    logins: LoginRound,
    cancelled: Arc<AtomicBool>,
    threadless: Arc<AtomicBool>,
}

impl HttpClient {
    /// A client within `limits` of time and size.
    pub fn new(limits: Limits) -> Self {
        let threadless = Arc::<AtomicBool>::default();
        let client = |public_only| {
            let names = CheckedResolver {
                system: DefaultResolver::default(),
                public_only,
                threadless: Arc::clone(&threadless),
            };
            ureq::Agent::with_parts(config(&limits), KeepingConnector(DefaultConnector::default()), names)
        };
        let (trusted, public_only) = (client(false), client(true));
        Self { trusted, public_only, limits, logins: LoginRound::default(), cancelled: Arc::default(), threadless }
    }

    /// The client that sends these logins where they hold. It runs a password command again, after a server refused the
    /// password, once.
    #[must_use]
    pub fn with_logins(self, logins: &Logins) -> Self {
        Self { logins: LoginRound::new(logins.clone()), ..self }
    }

    /// Looks names up in the calling thread from now on, without a limit of time, as the system has no threads.
    pub fn do_without_threads(&self) {
        self.threadless.store(true, Ordering::Relaxed);
    }

    /// Ends all that is under way, in all threads; nothing is fetched any more.
    ///
    /// The look-up of a name and the opening of a connection end by their own limits.
    pub fn cancel(&self) {
        self.cancelled.store(true, Ordering::Relaxed);
        self.trusted.clone().shutdown();
        self.public_only.clone().shutdown();
    }

    /// Whether it was cancelled.
    pub fn is_cancelled(&self) -> bool {
        self.cancelled.load(Ordering::Relaxed)
    }

    /// Its limits of time and size.
    pub fn limits(&self) -> &Limits {
        &self.limits
    }

    pub(super) fn logins(&self) -> &LoginRound {
        &self.logins
    }

    /// The agent for an address that the user typed, or, with `public_only`, for one that the web led to.
    pub(super) fn transport(&self, public_only: bool) -> &ureq::Agent {
        if public_only { &self.public_only } else { &self.trusted }
    }
}

impl fmt::Debug for HttpClient {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("HttpClient").field("limits", &self.limits).finish_non_exhaustive()
    }
}

fn config(limits: &Limits) -> Config {
    ureq::Agent::config_builder()
        .http_status_as_error(false)
        // Each step is looked at before it is taken.
        .max_redirects(0)
        .max_redirects_will_error(false)
        .user_agent(USER_AGENT)
        .accept(ACCEPT)
        .accept_encoding(ACCEPT_ENCODING)
        .max_response_header_size(limits.header)
        .timeout_global(Some(limits.total))
        .timeout_resolve(Some(limits.resolve))
        .timeout_connect(Some(limits.connect))
        .timeout_send_request(Some(limits.connect))
        .timeout_recv_response(Some(limits.response))
        .timeout_recv_body(Some(limits.body))
        .build()
}

/// Resolves names; with `public_only` to public addresses alone. The client connects to what it returns.
#[derive(Debug)]
struct CheckedResolver {
    system: DefaultResolver,
    public_only: bool,
    threadless: Arc<AtomicBool>,
}

impl Resolver for CheckedResolver {
    fn resolve(&self, uri: &Uri, config: &Config, timeout: NextTimeout) -> Result<ResolvedSocketAddrs, ureq::Error> {
        // With a limit of time it starts a thread, and panics where the system has none.
        let timeout = if self.threadless.load(Ordering::Relaxed) { NextTimeout::default() } else { timeout };
        let found = self.system.resolve(uri, config, timeout)?;
        if !self.public_only || is_proxy(uri, config) {
            return Ok(found);
        }
        let mut public = self.empty();
        found.iter().filter(|address| !is_private(address.ip())).for_each(|address| public.push(*address));
        if public.is_empty() { Err(ureq::Error::Other(Box::new(PrivateAddressError))) } else { Ok(public) }
    }
}

/// The proxy is the user's own choice, wherever it stands.
fn is_proxy(uri: &Uri, config: &Config) -> bool {
    config.proxy().is_some_and(|proxy| proxy.uri().authority() == uri.authority())
}

/// A name that resolves to an address inside this computer or its network.
#[derive(Debug, thiserror::Error)]
#[error("leads inside")]
pub(super) struct PrivateAddressError;

/// Opens connections that know whether they were used before.
#[derive(Debug)]
struct KeepingConnector(DefaultConnector);

impl Connector for KeepingConnector {
    type Out = KeptConnection;

    fn connect(&self, details: &ConnectionDetails, chained: Option<()>) -> Result<Option<KeptConnection>, ureq::Error> {
        let opened = self.0.connect(details, chained)?;
        Ok(opened.map(|inner| KeptConnection { inner, is_reused: false, has_answered: false }))
    }
}

/// A connection that says so when it was kept after an answer, and ends without a byte of the next one.
#[derive(Debug)]
struct KeptConnection {
    inner: Box<dyn Transport>,
    is_reused: bool,
    /// Whether a byte came since the last request was sent.
    has_answered: bool,
}

impl KeptConnection {
    fn checked(&self, result: Result<bool, ureq::Error>) -> Result<bool, ureq::Error> {
        let has_ended = match &result {
            Ok(progress) => !progress,
            Err(ureq::Error::Io(error)) => matches!(
                error.kind(),
                ErrorKind::UnexpectedEof
                    | ErrorKind::ConnectionReset
                    | ErrorKind::ConnectionAborted
                    | ErrorKind::BrokenPipe
            ),
            Err(_) => false,
        };
        if has_ended && self.is_reused && !self.has_answered {
            return Err(ureq::Error::Other(Box::new(StaleConnectionError)));
        }
        result
    }
}

impl Transport for KeptConnection {
    fn buffers(&mut self) -> &mut dyn Buffers {
        self.inner.buffers()
    }

    fn transmit_output(&mut self, amount: usize, timeout: NextTimeout) -> Result<(), ureq::Error> {
        self.is_reused |= self.has_answered;
        self.has_answered = false;
        let sent = self.inner.transmit_output(amount, timeout).map(|()| true);
        self.checked(sent).map(|_| ())
    }

    fn await_input(&mut self, timeout: NextTimeout) -> Result<bool, ureq::Error> {
        let came = self.inner.await_input(timeout);
        let came = self.checked(came)?;
        self.has_answered |= came;
        Ok(came)
    }

    fn is_open(&mut self) -> bool {
        self.inner.is_open()
    }

    fn is_tls(&self) -> bool {
        self.inner.is_tls()
    }
}

/// A connection that was kept, and that the server had closed when it was used again.
#[derive(Debug, thiserror::Error)]
#[error("closed a connection that was kept")]
pub(super) struct StaleConnectionError;

#[cfg(test)]
mod tests {
    use super::*;

    /// How many addresses a name resolves to.
    fn known(address: &'static str, public_only: bool, proxy: Option<&str>) -> Result<usize, String> {
        let proxy = proxy.map(|proxy| ureq::Proxy::new(proxy).unwrap());
        let config = ureq::Agent::config_builder().proxy(proxy).build();
        let names = CheckedResolver { system: DefaultResolver::default(), public_only, threadless: Arc::default() };
        let found = names.resolve(&Uri::from_static(address), &config, NextTimeout::default());
        found.map(|found| found.len()).map_err(|error| match error {
            ureq::Error::Other(other) => other.to_string(),
            other => format!("{other:?}"),
        })
    }

    /// Whatever a name looks like, it is where it leads that counts.
    #[test]
    fn private_addresses_are_refused() {
        for address in
            ["http://localhost:8000/", "http://127.0.0.1/", "http://[::1]:8000/", "http://[::ffff:127.0.0.1]/"]
        {
            assert_eq!(known(address, true, None), Err("leads inside".to_owned()), "{address}");
            assert!(known(address, false, None).is_ok_and(|found| found > 0), "{address}");
        }
        assert_eq!(known("http://1.1.1.1/", true, None), Ok(1));
        assert_eq!(
            known("http://127.0.0.1:3128/", true, Some("http://127.0.0.1:3128")),
            Ok(1),
            "the proxy of the reader"
        );
        assert!(known("http://127.0.0.1:80/", true, Some("http://127.0.0.1:3128")).is_err());
    }
}
