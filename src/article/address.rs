//! The address of an article on the web, in the one form that all ways to write it share.

use url::Url;

use crate::text::clean_line;

/// Names of parameters that say where a reader came from, not what is read.
const TRACKERS: [&str; 14] = [
    "at_campaign",
    "at_medium",
    "cmpid",
    "fbclid",
    "gclid",
    "igshid",
    "mc_cid",
    "mc_eid",
    "ncid",
    "ocid",
    "ref",
    "ref_src",
    "smid",
    "yclid",
];

/// The address without what differs between links to the same article: the scheme and its port, capitals in the host,
/// `www.`, the fragment, a slash at the end, parameters that track the reader, and the order of the others.
///
/// Nothing for what is no address of the web. The result tells articles apart and is not meant to be opened.
pub fn normalized_address(address: &str) -> Option<String> {
    let url = Url::parse(address.trim()).ok().filter(|url| matches!(url.scheme(), "http" | "https"))?;
    let host = url.host_str().filter(|host| !host.is_empty())?;
    let mut normalized = host.strip_prefix("www.").unwrap_or(host).to_owned();
    if let Some(port) = url.port().filter(|port| !matches!(port, 80 | 443)) {
        normalized += ":";
        normalized += &port.to_string();
    }
    normalized += url.path().trim_end_matches('/');
    let is_tracker = |name: &str| name.starts_with("utm_") || TRACKERS.contains(&name);
    let mut parameters: Vec<_> =
        url.query_pairs().filter(|(name, _)| !is_tracker(&name.to_ascii_lowercase())).collect();
    parameters.sort();
    let query: Vec<_> = parameters.iter().map(|(name, value)| format!("{name}={value}")).collect();
    if !query.is_empty() {
        normalized += "?";
        normalized += &query.join("&");
    }
    Some(normalized)
}

/// Whether a normalized address is the front page of a site, at which no article stays.
pub(super) fn is_front_page(normalized: &str) -> bool {
    /// Names of files that servers send for a folder.
    const INDEXES: [&str; 6] = ["index.html", "index.htm", "index.php", "index.asp", "index.aspx", "default.aspx"];
    normalized.split_once('/').map_or(!normalized.contains('?'), |(_, path)| INDEXES.contains(&path))
}

/// Reads an address of the web as a user types it: without a scheme it is one of `https`.
///
/// Returns `None` for what is no address of `http` or `https`.
pub fn web_address(typed: &str) -> Option<Url> {
    let typed = without_feed_scheme(typed);
    let whole = if typed.contains("://") { typed.to_owned() } else { format!("https://{typed}") };
    let mut url = Url::parse(&whole).ok()?;
    url.set_fragment(None);
    let host = url.host_str()?;
    (matches!(url.scheme(), "http" | "https") && !host.is_empty()).then_some(url)
}

/// What is typed without the scheme `feed`, in whatever letters (RFC 3986 §3.1).
pub fn without_feed_scheme(typed: &str) -> &str {
    let typed = typed.trim();
    let is_feed = typed.get(..5).is_some_and(|scheme| scheme.eq_ignore_ascii_case("feed:"));
    if is_feed { typed[5..].trim_start_matches("//") } else { typed }
}

/// The address as it may be shown: cleaned, and without the password that may stand in it.
///
/// What is no address of the web is searched for addresses: a line of a list may hold one among other words.
pub fn shown_address(address: &str) -> String {
    let bare = Url::parse(address).ok().and_then(|mut url| {
        let has_password = matches!(url.scheme(), "http" | "https") && url.password().is_some();
        (has_password && url.set_password(None).is_ok()).then(|| url.to_string())
    });
    clean_line(&bare.unwrap_or_else(|| without_passwords(address)))
}

/// Whether a password stands in an address in a text.
pub fn holds_password(text: &str) -> bool {
    let is_end = |c: char| matches!(c, '/' | '?' | '#' | '\\') || c.is_whitespace();
    text.split("://").any(|part| {
        let authority = part.split(is_end).next().unwrap_or_default();
        authority.rsplit_once('@').is_some_and(|(login, _)| login.contains(':'))
    })
}

/// A text whose addresses have lost their passwords; one that begins without a scheme may be an address too.
fn without_passwords(text: &str) -> String {
    let is_end = |c: char| matches!(c, '/' | '?' | '#' | '\\') || c.is_whitespace();
    let bare = |part: &str| {
        let (authority, after) = part.split_at(part.find(is_end).unwrap_or(part.len()));
        match authority.rsplit_once('@') {
            Some((login, host)) => format!("{}@{host}{after}", login.split(':').next().unwrap_or_default()),
            None => part.to_owned(),
        }
    };
    text.split("://").map(bare).collect::<Vec<_>>().join("://")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn passwords_are_not_shown() {
        for (address, shown) in [
            ("https://me:secret@coast.example/feed?a=b@c", "https://me@coast.example/feed?a=b@c"),
            ("https://me:se%40cret@coast.example:8000", "https://me@coast.example:8000/"),
            ("https://me:se@cret@coast.example/", "https://me@coast.example/"),
            ("https://me@coast.example/feed", "https://me@coast.example/feed"),
            ("https://coast.example/@me:x", "https://coast.example/@me:x"),
            ("feed:https://me:secret@coast.example/", "feed:https://me@coast.example/"),
            ("socks5://me:secret@proxy.example:1080", "socks5://me@proxy.example:1080"),
            ("me:secret@proxy.example:8080", "me@proxy.example:8080"),
            ("filter:x:https://a:b@c.example/d e://f:g@h", "filter:x:https://a@c.example/d e://f@h"),
            ("https://coast.example/\u{1b}[31m", "https://coast.example/"),
            ("The Coast: mail us", "The Coast: mail us"),
            ("", ""),
        ] {
            assert_eq!(shown_address(address), shown, "{address}");
        }
    }

    #[test]
    fn one_article_one_address() {
        let plain = normalized_address("https://coast.example/news/bridge?id=7&page=2");
        assert_eq!(plain.as_deref(), Some("coast.example/news/bridge?id=7&page=2"));
        for same in [
            "http://www.Coast.example:80/news/bridge/?page=2&id=7#comments",
            " https://coast.example/news/bridge?utm_source=rss&id=7&page=2&fbclid=x ",
        ] {
            assert_eq!(normalized_address(same), plain, "{same}");
        }
        assert_ne!(normalized_address("https://coast.example/news/Bridge?id=7&page=2"), plain);
        assert_ne!(normalized_address("https://coast.example:8080/news/bridge?id=7&page=2"), plain);
    }

    #[test]
    fn front_pages() {
        let is_front = |address: &str| is_front_page(&normalized_address(address).unwrap_or_default());
        for front in
            ["https://coast.example", "https://www.coast.example/#top", "https://coast.example:8080/index.html"]
        {
            assert!(is_front(front), "{front}");
        }
        for other in
            ["https://coast.example/?p=7", "https://coast.example/news", "https://coast.example/news/index.html"]
        {
            assert!(!is_front(other), "{other}");
        }
    }

    #[test]
    fn hosts_are_shown_in_ascii() {
        assert_eq!(normalized_address("https://küste.example/"), normalized_address("https://xn--kste-0ra.example"));
    }

    #[test]
    fn invalid_address_is_refused() {
        for address in ["", "bridge", "mailto:a@b.example", "file:///etc/passwd", "javascript:alert(1)", "https://"] {
            assert_eq!(normalized_address(address), None, "{address}");
        }
    }
}
