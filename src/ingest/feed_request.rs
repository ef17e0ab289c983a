//! How a feed is asked for, as the user set it up.

use crate::fetch::{Proxy, Request};
use crate::library::{FetchOptions, Subscription};

/// How a source is asked for.
pub fn request(source: &Subscription) -> Request<'_> {
    let settings = &source.settings;
    request_with(&settings.address, &settings.typed, &settings.fetch)
}

/// How an address is asked for with these settings.
pub fn request_with<'a>(address: &'a str, typed: &'a str, options: &'a FetchOptions) -> Request<'a> {
    let proxy = match options.proxy.as_deref() {
        None => Proxy::System,
        Some("none") => Proxy::Direct,
        Some(address) => Proxy::At(address.to_owned()),
    };
    let user_agent = options.user_agent.as_deref();
    Request { address, typed, user_agent, headers: &options.headers, proxy, ..Request::default() }
}
