//! The HTTP client: keeps connections, resolves names, can be cancelled. It is the guard against SSRF (server-side
//! request forgery): what the user did not type is never fetched from a private address.

use std::fmt;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use ureq::config::Config;
use ureq::http::Uri;
use ureq::unversioned::resolver::{DefaultResolver, ResolvedSocketAddrs, Resolver};
use ureq::unversioned::transport::{DefaultConnector, NextTimeout};

use super::address::is_private;
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
            ureq::Agent::with_parts(config(&limits), DefaultConnector::default(), names)
        };
        let (trusted, public_only) = (client(false), client(true));
        Self { trusted, public_only, limits, cancelled: Arc::default(), threadless }
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
