//! Cookies for the length of one chain of redirects: what a server sets on the way is sent back to the same host, and
//! then forgotten. A subset of RFC 6265: no cookie is shared with another host, whatever its `Domain` says.

use chrono::{DateTime, Utc};
use ureq::http::HeaderMap;
use ureq::http::header::SET_COOKIE;
use url::Url;

/// How many cookies are kept; RFC 6265 §6.1 asks for 50 a host.
const MOST: usize = 50;

/// How long a cookie may be, in bytes (RFC 6265 §6.1).
const LONGEST: usize = 4096;

/// The cookies of one chain.
#[derive(Debug, Default)]
pub(super) struct Cookies(Vec<Cookie>);

#[derive(Debug, PartialEq, Eq)]
struct Cookie {
    name: String,
    value: String,
    host: String,
    path: String,
    is_secure: bool,
}

impl Cookies {
    /// Takes the cookies that the answer of `from` sets.
    pub fn take(&mut self, headers: &HeaderMap, from: &Url, now: DateTime<Utc>) {
        for header in headers.get_all(SET_COOKIE) {
            let Some((cookie, has_ended)) = std::str::from_utf8(header.as_bytes()).ok().and_then(|h| set(h, from, now))
            else {
                continue;
            };
            self.0
                .retain(|known| (&known.name, &known.host, &known.path) != (&cookie.name, &cookie.host, &cookie.path));
            if !has_ended && self.0.len() < MOST {
                self.0.push(cookie);
            }
        }
    }

    /// What is sent to `to`: `a=1; b=2`, those of longer paths first (RFC 6265 §5.4); nothing where there are none.
    pub fn header(&self, to: &Url) -> Option<String> {
        let mut sent: Vec<_> = self.0.iter().filter(|cookie| cookie.is_for(to)).collect();
        sent.sort_by_key(|cookie| std::cmp::Reverse(cookie.path.len()));
        let pairs: Vec<_> = sent.iter().map(|cookie| format!("{}={}", cookie.name, cookie.value)).collect();
        (!pairs.is_empty()).then(|| pairs.join("; "))
    }
}

impl Cookie {
    fn is_for(&self, to: &Url) -> bool {
        // RFC 6265 §5.1.4.
        let path_matches = to
            .path()
            .strip_prefix(&self.path)
            .is_some_and(|rest| rest.is_empty() || self.path.ends_with('/') || rest.starts_with('/'));
        to.host_str() == Some(&self.host) && path_matches && (!self.is_secure || to.scheme() == "https")
    }
}

/// The cookie that a header sets (RFC 6265 §5.2), and whether it has ended already, which deletes it; nothing where it is
/// none, or not for this host.
fn set(header: &str, from: &Url, now: DateTime<Utc>) -> Option<(Cookie, bool)> {
    if header.len() > LONGEST || header.chars().any(char::is_control) {
        return None;
    }
    let mut parts = header.split(';').map(str::trim);
    let (name, value) = parts.next()?.split_once('=')?;
    let host = from.host_str()?.to_owned();
    let mut cookie = Cookie {
        name: name.trim().to_owned(),
        value: value.trim().to_owned(),
        path: default_path(from).to_owned(),
        is_secure: false,
        host,
    };
    // `Max-Age` counts more than `Expires`.
    let (mut max_age, mut expires) = (None, None);
    for part in parts {
        let (name, value) = part.split_once('=').map_or((part, ""), |(name, value)| (name.trim(), value.trim()));
        match &*name.to_ascii_lowercase() {
            "path" if value.starts_with('/') => value.clone_into(&mut cookie.path),
            "secure" => cookie.is_secure = true,
            "max-age" => max_age = value.parse::<i64>().ok().map(|seconds| seconds <= 0).or(max_age),
            "expires" => expires = date(value).map(|end| end <= now).or(expires),
            "domain" if !is_domain_of(value, &cookie.host) => return None,
            _ => {}
        }
    }
    let is_allowed = !cookie.name.is_empty() && (!cookie.is_secure || from.scheme() == "https");
    is_allowed.then_some((cookie, max_age.or(expires).unwrap_or_default()))
}

/// The folder of the path (RFC 6265 §5.1.4).
fn default_path(url: &Url) -> &str {
    match url.path().rfind('/') {
        None | Some(0) => "/",
        Some(end) => &url.path()[..end],
    }
}

/// Whether `domain` is the host or what it lies in.
fn is_domain_of(domain: &str, host: &str) -> bool {
    let domain = domain.trim_start_matches('.').to_ascii_lowercase();
    domain.is_empty() || host.strip_suffix(&domain).is_some_and(|rest| rest.is_empty() || rest.ends_with('.'))
}

/// `Wed, 21 Oct 2015 07:28:00 GMT`, in the old form with hyphens too.
fn date(value: &str) -> Option<DateTime<Utc>> {
    let spaced = value.replace('-', " ");
    DateTime::parse_from_rfc2822(&spaced).ok().map(|date| date.with_timezone(&Utc))
}

#[cfg(test)]
mod tests {
    use ureq::http::HeaderValue;

    use super::*;

    /// What is sent to `to` after `from` has set these.
    fn sent(from: &str, set: &[&str], to: &str) -> Option<String> {
        let mut cookies = Cookies::default();
        let headers = set.iter().map(|set| (SET_COOKIE, HeaderValue::from_bytes(set.as_bytes()).unwrap())).collect();
        cookies.take(&headers, &Url::parse(from).unwrap(), "2026-11-22T12:00:00Z".parse().unwrap());
        cookies.header(&Url::parse(to).unwrap())
    }

    #[test]
    fn cookie_goes_back_to_its_host_and_path() {
        let from = "http://coast.example/news/feed";
        for (set, to, back) in [
            ("a=1", "http://coast.example/news/feed", true),
            ("a=1", "http://coast.example/news", true),
            ("a=1", "http://coast.example:81/news/x", true),
            ("a=1", "http://coast.example/newsreel", false),
            ("a=1", "http://coast.example/", false),
            ("a=1; Path=/", "https://coast.example/", true),
            ("a=1; path=/x/; HttpOnly; SameSite=Lax", "http://coast.example/x/y", true),
            ("a=1; Path=nonsense", "http://coast.example/", false),
            ("a=1; Path=/", "http://other.example/", false),
            ("a=1; Path=/", "http://www.coast.example/", false),
            ("a=1; Path=/; Domain=coast.example", "http://www.coast.example/", false),
            ("a=1; Path=/; Domain=.coast.example", "http://coast.example/", true),
            ("a=1; Path=/; Domain=other.example", "http://coast.example/", false),
            ("a=1; Path=/; Domain=oast.example", "http://coast.example/", false),
            ("a=1; Path=/; Secure", "https://coast.example/", false),
            ("nothing", "http://coast.example/news/feed", false),
            ("=1", "http://coast.example/news/feed", false),
        ] {
            assert_eq!(sent(from, &[set], to), back.then(|| "a=1".to_owned()), "{set} to {to}");
        }
        let secure = ["a=1; Path=/; Secure"];
        assert_eq!(sent("https://coast.example/", &secure, "https://coast.example/x").as_deref(), Some("a=1"));
        assert_eq!(sent("https://coast.example/", &secure, "http://coast.example/x"), None);
    }

    #[test]
    fn cookie_is_replaced_and_deleted() {
        let at = "http://coast.example/";
        for (set, back) in [
            (&["a=1", "a=2"][..], Some("a=2")),
            (&["a=1", "a=2; Max-Age=0"], None),
            (&["a=1", "a=; Expires=Thu, 01 Jan 1970 00:00:00 GMT"], None),
            (&["a=1", "a=; expires=Thu, 01-Jan-1970 00:00:00 GMT"], None),
            (&["a=1; Expires=Thu, 01 Jan 1970 00:00:00 GMT; Max-Age=60"], Some("a=1")),
            (&["a=1; Expires=Fri, 01 Jan 2100 00:00:00 GMT"], Some("a=1")),
            (&["a=1", "b=\"2\""], Some("a=1; b=\"2\"")),
            (&["a=1; Path=/", "b=2; Path=/x"], Some("a=1")),
        ] {
            assert_eq!(sent(at, set, at).as_deref(), back, "{set:?}");
        }
        assert_eq!(sent(at, &["a=1; Path=/", "b=2; Path=/x"], "http://coast.example/x").as_deref(), Some("b=2; a=1"));
    }

    #[test]
    fn cookies_are_bounded() {
        let at = "http://coast.example/";
        let many: Vec<_> = (0..200).map(|n| format!("a{n}=1")).collect();
        let sent_back = sent(at, &many.iter().map(|set| &**set).collect::<Vec<_>>(), at).unwrap();
        assert_eq!(sent_back.split("; ").count(), MOST);
        assert_eq!(sent(at, &[&format!("a={}", "x".repeat(LONGEST))], at), None);
    }
}
