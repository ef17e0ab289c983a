//! What a server says about when to come again.

use std::time::Duration;

use chrono::{DateTime, Utc};
use ureq::http::HeaderMap;
use ureq::http::header::{CACHE_CONTROL, ETAG, HeaderName, LAST_MODIFIED, RETRY_AFTER};

use super::request::Validators;

/// However long a server wants to be left alone, it is asked again after a week.
const LONGEST_REST: Duration = Duration::from_hours(7 * 24);

/// However long a server says that an answer holds, it is asked again after a day.
pub(super) const LONGEST_FRESH: Duration = Duration::from_hours(24);

/// What to tell a change by, exactly as the server said it.
pub(super) fn validators(headers: &HeaderMap) -> Validators {
    Validators { etag: text(headers, &ETAG), modified: text(headers, &LAST_MODIFIED) }
}

/// How long the answer holds, where it says so: `Cache-Control: max-age`.
pub(super) fn fresh(headers: &HeaderMap) -> Option<Duration> {
    let control = text(headers, &CACHE_CONTROL)?.to_ascii_lowercase();
    let mut age = None;
    for directive in control.split(',').map(str::trim) {
        match directive.split_once('=') {
            None if directive == "no-cache" || directive == "no-store" => return None,
            Some(("max-age", seconds)) => age = seconds.trim_matches('"').parse().ok(),
            _ => {}
        }
    }
    age.filter(|&seconds| seconds > 0).map(|seconds| Duration::from_secs(seconds).min(LONGEST_FRESH))
}

/// How long the server wants to be left alone: `Retry-After`, in seconds or as a date.
pub(super) fn retry_after(headers: &HeaderMap, now: DateTime<Utc>) -> Option<Duration> {
    let text = text(headers, &RETRY_AFTER)?;
    let text = text.trim();
    let wait = match text.parse() {
        Ok(seconds) => Duration::from_secs(seconds),
        Err(_) if text.bytes().all(|b| b.is_ascii_digit()) => LONGEST_REST,
        Err(_) => {
            let until = DateTime::parse_from_rfc2822(text).ok()?;
            (until.with_timezone(&Utc) - now).to_std().unwrap_or_default()
        }
    };
    Some(wait.min(LONGEST_REST))
}

fn text(headers: &HeaderMap, name: &HeaderName) -> Option<String> {
    let value = headers.get(name)?;
    let value = std::str::from_utf8(value.as_bytes()).ok()?;
    (!value.is_empty()).then(|| value.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headers(name: &'static str, value: &str) -> HeaderMap {
        HeaderMap::from_iter([(HeaderName::from_static(name), value.parse().unwrap())])
    }

    #[test]
    fn retry_after_is_read() {
        let now = "2026-11-22T12:00:00Z".parse().unwrap();
        let of = |value: &str| retry_after(&headers("retry-after", value), now).map(|wait| wait.as_secs());
        assert_eq!(of("120"), Some(120));
        assert_eq!(of("Sun, 22 Nov 2026 12:10:00 GMT"), Some(600));
        assert_eq!(of("Sun, 22 Nov 2026 11:00:00 GMT"), Some(0));
        assert_eq!(of("99999999999999999999999"), Some(LONGEST_REST.as_secs()));
        assert_eq!(of("soon"), None);
        assert_eq!(of("-5"), None);
    }

    #[test]
    fn freshness_is_bounded() {
        let of = |value: &str| fresh(&headers("cache-control", value)).map(|wait| wait.as_secs());
        assert_eq!(of("public, max-age=600"), Some(600));
        assert_eq!(of("Max-Age=\"60\""), Some(60));
        assert_eq!(of("max-age=99999999"), Some(LONGEST_FRESH.as_secs()));
        for none in ["no-cache, max-age=600", "max-age=0", "max-age=x", "private", "max-age=-1"] {
            assert_eq!(of(none), None, "{none}");
        }
    }
}
