//! Addresses: what a reader types, and which of them lie inside this computer or its network.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use url::{Host, Url};

pub use crate::article::web_address as parse;
use crate::article::without_feed_scheme;

/// Ends of names that are known in private networks only.
const PRIVATE_ENDINGS: [&str; 8] =
    ["localhost", "local", "localdomain", "internal", "intranet", "lan", "home.arpa", "onion"];

/// The address of `http` to ask where nothing answers over `https`, of what names neither: a bare host, or `feed://`,
/// which stood for `http` when it came up. Nothing where a login is in it, which would be sent in the open.
pub fn unsecured(typed: &str) -> Option<Url> {
    let mut url = parse(typed).filter(|url| !has_login(url) && !without_feed_scheme(typed).contains("://"))?;
    url.set_scheme("http").ok()?;
    Some(url)
}

/// Whether it is of a kind that is fetched at all.
pub(super) fn is_fetched(url: &Url) -> bool {
    matches!(url.scheme(), "http" | "https")
}

/// Whether the same server answers at both: scheme, host and port.
pub(super) fn is_same_server(a: &Url, b: &Url) -> bool {
    a.scheme() == b.scheme() && a.host() == b.host() && a.port_or_known_default() == b.port_or_known_default()
}

/// Whether the same server answers at two addresses as they are written.
pub fn share_server(a: &str, b: &str) -> bool {
    matches!((parse(a), parse(b)), (Some(a), Some(b)) if is_same_server(&a, &b))
}

/// Returns `to` with the login of `from` where the same server answers at both, and without any elsewhere. The login
/// that stands in `to` itself came from a server or a page, not from the user, and is dropped.
pub(super) fn with_login_of(from: &Url, to: &Url) -> Url {
    let mut to = bare(to);
    if is_same_server(from, &to) {
        // Fails only for addresses without a host.
        let _ = (to.set_username(from.username()), to.set_password(from.password()));
    }
    to
}

/// Returns the address `to`, which a server or a page named, as [`fetch`](super::fetch) may ask for it: with the login
/// in `from`, the address that the user gave, where the same server answers at both, and without any elsewhere. What is
/// no address stays as it is.
pub fn lend_login(from: &str, to: &str) -> String {
    match (parse(from), parse(to)) {
        (Some(from), Some(to)) => with_login_of(&from, &to).into(),
        _ => to.to_owned(),
    }
}

/// Returns whether a name or password stands in an address.
pub(super) fn has_login(url: &Url) -> bool {
    !url.username().is_empty() || url.password().is_some()
}

/// Returns the address without the name and password that may stand in it.
pub(super) fn bare(url: &Url) -> Url {
    let mut url = url.clone();
    // Fails only for addresses without a host.
    let _ = (url.set_username(""), url.set_password(None));
    url
}

/// Whether `to` is `from` made secure: the same host, from the port of `http` to that of `https`.
pub(super) fn is_secured(from: &Url, to: &Url) -> bool {
    from.scheme() == "http"
        && to.scheme() == "https"
        && from.port_or_known_default() == Some(80)
        && to.port_or_known_default() == Some(443)
        && from.host() == to.host()
}

/// Whether a host by its very name lies inside this computer or its network, so that no outsider can own it.
pub(super) fn is_private_host(url: &Url) -> bool {
    match url.host() {
        Some(Host::Ipv4(ip)) => is_private(IpAddr::V4(ip)),
        Some(Host::Ipv6(ip)) => is_private(IpAddr::V6(ip)),
        Some(Host::Domain(name)) => {
            let name = name.trim_end_matches('.').to_ascii_lowercase();
            let ends = |ending: &&str| name == **ending || name.ends_with(&format!(".{ending}"));
            !name.contains('.') || PRIVATE_ENDINGS.iter().any(ends)
        }
        None => false,
    }
}

/// Whether an address is not one of the public internet.
pub(super) fn is_private(ip: IpAddr) -> bool {
    match ip {
        IpAddr::V4(ip) => is_private_v4(ip),
        IpAddr::V6(ip) => is_private_v6(ip),
    }
}

/// By the registry of special addresses (RFC 6890 and what amends it).
fn is_private_v4(ip: Ipv4Addr) -> bool {
    let [a, b, c, _] = ip.octets();
    ip.is_private()
        || ip.is_loopback()
        || ip.is_link_local()
        || ip.is_documentation()
        || matches!((a, b, c), (0 | 224.., ..) | (100, 64..=127, _) | (192, 0, 0) | (192, 88, 99) | (198, 18 | 19, _))
}

fn is_private_v6(ip: Ipv6Addr) -> bool {
    let segments = ip.segments();
    let v4 = |high: u16, low: u16| {
        let ([a, b], [c, d]) = (high.to_be_bytes(), low.to_be_bytes());
        is_private_v4(Ipv4Addr::new(a, b, c, d))
    };
    match segments {
        // Unspecified, loopback, and IPv4 inside IPv6: compatible, mapped, translated.
        [0, 0, 0, 0, 0, 0, high, low] => (high, low) == (0, 0) || (high, low) == (0, 1) || v4(high, low),
        [0, 0, 0, 0, 0, 0xffff, high, low]
        | [0, 0, 0, 0, 0xffff, 0, high, low]
        | [0x64, 0xff9b, 0, 0, 0, 0, high, low]
        | [0x2002, high, low, ..] => v4(high, low),
        // Translated by local means, discarded or dummies, protocol assignments (Teredo among them, which wraps IPv4 in a
        // way that need not be read to be refused), documentation, and segment routing inside a network (RFC 9602).
        [0x64, 0xff9b, ..]
        | [0x100, 0, 0, 0 | 1, ..]
        | [0x2001, 0..=0x1ff | 0xdb8, ..]
        | [0x3fff, 0..=0xfff, ..]
        | [0x5f00, ..] => true,
        [first, ..] => matches!(first, 0xfc00..=0xfdff | 0xfe80..=0xfeff | 0xff00..),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn typed_address_is_parsed() {
        let of = |typed: &str| parse(typed).map(|url| url.to_string());
        for (typed, url) in [
            ("https://coast.example/feed", "https://coast.example/feed"),
            (" coast.example ", "https://coast.example/"),
            ("localhost:8000/feed.xml#top", "https://localhost:8000/feed.xml"),
            ("feed://coast.example/rss", "https://coast.example/rss"),
            ("feed:http://coast.example/rss", "http://coast.example/rss"),
            ("FEED://coast.example/rss", "https://coast.example/rss"),
            ("Feed:HTTP://coast.example/rss", "http://coast.example/rss"),
            ("http://[::1]:8000/feed", "http://[::1]:8000/feed"),
            ("küste.example/nachrichten", "https://xn--kste-0ra.example/nachrichten"),
        ] {
            assert_eq!(of(typed).as_deref(), Some(url), "{typed}");
        }
        for typed in ["", "file:///etc/passwd", "exec:ls", "https://", "gopher://a.example", "ftp://a.example/"] {
            assert_eq!(of(typed), None, "{typed}");
        }
    }

    #[test]
    fn address_without_a_scheme_of_its_own_may_be_asked_in_the_open() {
        for (typed, open) in [
            ("feed://coast.example/f", Some("http://coast.example/f")),
            ("FEED:coast.example:8080/f", Some("http://coast.example:8080/f")),
            ("coast.example", Some("http://coast.example/")),
            ("feed:https://coast.example/f", None),
            ("https://coast.example/f", None),
            ("feed://me:secret@coast.example/f", None),
        ] {
            assert_eq!(unsecured(typed).map(String::from).as_deref(), open, "{typed}");
        }
    }

    #[test]
    fn login_goes_to_the_server_it_is_for() {
        let from = "https://me:se%40cret@coast.example/feed";
        for (to, asked) in [
            ("https://coast.example/new", "https://me:se%40cret@coast.example/new"),
            ("https://coast.example:443/", "https://me:se%40cret@coast.example/"),
            ("https://evil:pw@coast.example/new", "https://me:se%40cret@coast.example/new"),
            ("https://evil:pw@other.example/new", "https://other.example/new"),
            ("http://coast.example/new", "http://coast.example/new"),
            ("https://coast.example:8443/new", "https://coast.example:8443/new"),
            ("nonsense://coast.example/", "nonsense://coast.example/"),
        ] {
            assert_eq!(lend_login(from, to), asked);
        }
        assert_eq!(lend_login("https://coast.example/", "https://evil@coast.example/new"), "https://coast.example/new");
        assert_eq!(
            lend_login("https://me@coast.example/", "https://coast.example/new"),
            "https://me@coast.example/new"
        );
    }

    #[test]
    fn private_and_public() {
        for private in [
            "127.0.0.1",
            "127.8.9.1",
            "10.0.0.1",
            "172.31.0.1",
            "192.168.7.7",
            "169.254.169.254",
            "100.64.0.1",
            "0.0.0.0",
            "255.255.255.255",
            "224.0.0.1",
            "198.18.0.1",
            "::",
            "::1",
            "fe80::1",
            "fc00::1",
            "fd12::9",
            "ff02::1",
            "::ffff:127.0.0.1",
            "::ffff:10.1.1.1",
            "::127.0.0.1",
            "64:ff9b::7f00:1",
            "2002:7f00:1::",
            "2001:db8::1",
            "2001::1",
            "2001:2::1",
            "2001:20::1",
            "100::1",
            "100:0:0:1::1",
            "5f00::1",
            "192.88.99.1",
        ] {
            assert!(is_private(private.parse().unwrap()), "{private}");
        }
        for public in [
            "1.1.1.1",
            "172.32.0.1",
            "192.1.0.1",
            "192.88.98.1",
            "2001:200::1",
            "5f01::1",
            "100.128.0.1",
            "2606:4700::1111",
            "::ffff:1.1.1.1",
            "2002:101:101::",
        ] {
            assert!(!is_private(public.parse().unwrap()), "{public}");
        }
    }

    #[test]
    fn private_host_names_are_recognized() {
        for private in [
            "http://localhost/",
            "http://127.1/",
            "http://0x7f000001/",
            "http://2130706433/",
            "http://[::1]/",
            "http://nas/",
            "http://nas.local/",
            "http://x.localhost./",
            "http://[::ffff:7f00:1]/",
        ] {
            assert!(is_private_host(&Url::parse(private).unwrap()), "{private}");
        }
        assert!(!is_private_host(&Url::parse("http://localhost.example/").unwrap()));
    }
}
