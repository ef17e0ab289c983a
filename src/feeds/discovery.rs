//! Discovery: which feeds a page names, and where they lie when it names none.

use url::Url;

use super::address::is_fetched;
use crate::formats::decode_attribute;
use crate::text::clean_line;

/// A feed that a page names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// Where it lies.
    pub address: String,
    /// What the page calls it.
    pub title: Option<String>,
}

/// What feeds are, as pages say it.
const KINDS: [&str; 7] = [
    "application/rss+xml",
    "application/atom+xml",
    "application/feed+json",
    "application/rdf+xml",
    "application/xml",
    "text/xml",
    "application/json",
];

/// Where feeds lie that no page names.
const COMMON_PLACES: [&str; 7] = ["/feed", "/rss.xml", "/atom.xml", "/index.xml", "/feed.json", "/feed.xml", "/rss"];

/// How much of a page is looked through: what names feeds stands at its head.
const HEAD: usize = 1 << 20;

/// The most feeds that are taken from one page.
const MOST: usize = 50;

/// The feeds that the page at `address` names by `<link rel="alternate">`, each once, in order.
pub fn named(page: &[u8], address: &str) -> Vec<Found> {
    let text = String::from_utf8_lossy(&page[..page.len().min(HEAD)]);
    let Ok(mut base) = Url::parse(address) else { return Vec::new() };
    let mut found: Vec<Found> = Vec::new();
    for tag in tags(&text) {
        if tag.name == "base" {
            base = tag.value("href").and_then(|href| base.join(&href).ok()).unwrap_or(base);
            continue;
        }
        let rel = tag.value("rel").unwrap_or_default().to_ascii_lowercase();
        let kind = tag.value("type").unwrap_or_default().to_ascii_lowercase();
        let kind = kind.split(';').next().unwrap_or_default().trim();
        let mut relations = rel.split_ascii_whitespace();
        let names_feed =
            relations.clone().any(|r| r == "feed") || (relations.any(|r| r == "alternate") && KINDS.contains(&kind));
        let Some(url) = tag.value("href").filter(|_| names_feed).and_then(|href| base.join(href.trim()).ok()) else {
            continue;
        };
        // WordPress offers its whole interface as an alternate in JSON.
        if is_fetched(&url)
            && !url.path().contains("/wp-json/")
            && found.iter().all(|known| known.address != url.as_str())
        {
            let title = tag.value("title").map(|title| clean_line(&title)).filter(|title| !title.is_empty());
            found.push(Found { address: url.into(), title });
        }
        if found.len() == MOST {
            break;
        }
    }
    found
}

/// Where a feed may lie beside the page at `address`: inside its folder and at the top.
pub fn common_places(address: &str) -> Vec<String> {
    let Ok(url) = Url::parse(address) else { return Vec::new() };
    let mut folder = url.path().trim_end_matches('/');
    if let Some((parent, last)) = folder.rsplit_once('/')
        && last.contains('.')
    {
        folder = parent;
    }
    let mut places: Vec<String> = Vec::new();
    for start in [folder, ""] {
        for place in COMMON_PLACES {
            let mut url = url.clone();
            url.set_path(&format!("{start}{place}"));
            url.set_query(None);
            let place = url.to_string();
            if !places.contains(&place) {
                places.push(place);
            }
        }
    }
    places
}

/// A tag and its attributes, as far as they matter here.
struct Tag<'a> {
    name: &'static str,
    inside: &'a str,
}

/// The tags `link` and `base` of a page, in order; those in comments and scripts are left out.
fn tags(page: &str) -> impl Iterator<Item = Tag<'_>> {
    let mut rest = page;
    std::iter::from_fn(move || {
        loop {
            rest = &rest[rest.find('<')?..];
            let starts = |start: &str| rest.get(..start.len()).is_some_and(|head| head.eq_ignore_ascii_case(start));
            if starts("<!--") {
                rest = &rest[rest.find("-->").map_or(rest.len(), |end| end + 3)..];
            } else if starts("<script") || starts("<style") {
                let end = rest.find("</").unwrap_or(rest.len());
                rest = &rest[end..];
                if !rest.is_empty() {
                    rest = &rest[2..];
                }
            } else if starts("<link") || starts("<base") {
                let name = if starts("<link") { "link" } else { "base" };
                let inside = &rest[5..5 + length_of_tag(&rest[5..])];
                rest = &rest[5 + inside.len()..];
                if inside.starts_with(|c: char| c.is_ascii_whitespace() || c == '/') {
                    return Some(Tag { name, inside });
                }
            } else {
                rest = &rest[1..];
            }
        }
    })
}

/// How long a tag goes on: to the `>` outside quotation marks, or, where those never close, to the first `>`.
fn length_of_tag(rest: &str) -> usize {
    /// No tag that names a feed is longer.
    const LONGEST: usize = 8 << 10;
    let mut mark = None;
    for (at, byte) in rest.bytes().enumerate().take(LONGEST) {
        match (byte, mark) {
            (b'"' | b'\'', None) => mark = Some(byte),
            (_, Some(open)) if byte == open => mark = None,
            (b'>', None) => return at,
            _ => {}
        }
    }
    rest.find('>').unwrap_or(rest.len())
}

impl Tag<'_> {
    /// The value of an attribute, entities resolved.
    fn value(&self, name: &str) -> Option<String> {
        let mut rest = self.inside;
        loop {
            rest = rest.trim_start_matches(|c: char| c.is_ascii_whitespace() || c == '/');
            let end = rest.find(|c: char| c.is_ascii_whitespace() || c == '=')?;
            let key = &rest[..end];
            rest = rest[end..].trim_start();
            let Some(after) = rest.strip_prefix('=') else { continue };
            let after = after.trim_start();
            let (value, next) = match after.chars().next()? {
                mark @ ('"' | '\'') => after[1..].split_once(mark).unwrap_or((&after[1..], "")),
                _ => after.split_at(after.find(|c: char| c.is_ascii_whitespace()).unwrap_or(after.len())),
            };
            if key.eq_ignore_ascii_case(name) {
                return Some(decode_attribute(value).into_owned());
            }
            rest = next;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_page_names() {
        let page = br#"<!doctype html><html><head><title>Coast</title>
            <!-- <link rel="alternate" type="application/rss+xml" href="/old"> -->
            <script>var x = '<link rel="alternate" type="application/rss+xml" href="/script">';</script>
            <LINK REL='alternate home' TYPE="application/rss+xml; charset=utf-8" title="Coast &raquo; &Ccaron;apek" href="/rss?a=1&#x26;b=2">
            <link rel=alternate type=application/atom+xml href=news/atom.xml>
            <link title="a > b" href="//other.example/feed" type="application/feed+json" rel="alternate"/>
            <link rel="alternate" type="application/rss+xml" href="https://coast.example/rss?a=1&amp;b=2">
            <link rel="alternate" hreflang="de" href="/de"><link rel="stylesheet" type="text/xml" href="/x">
            <link rel="alternate" type="application/json" href="/wp-json/wp/v2/pages/1">
            <link rel="alternate" type="application/rss+xml" href="javascript:alert(1)">
            <link rel="feed" href="/plain"><links rel="feed" href="/no">"#;
        let shown: Vec<_> = named(page, "https://coast.example/section/page.html")
            .into_iter()
            .map(|found| format!("{} {}", found.address, found.title.unwrap_or_default()))
            .collect();
        assert_eq!(
            shown,
            [
                "https://coast.example/rss?a=1&b=2 Coast » Čapek",
                "https://coast.example/section/news/atom.xml ",
                "https://other.example/feed a > b",
                "https://coast.example/plain ",
            ]
        );
        let based = br#"<base href="https://base.example/x/"><link rel="alternate" type="text/xml" href="feed">"#;
        assert_eq!(named(based, "https://coast.example/")[0].address, "https://base.example/x/feed");
    }

    #[test]
    fn bad_pages_cost_little() {
        for page in
            ["<link", "<link rel=\"", "<link href=", "<!--", "<script", "<base href", "<", "<link rel=alternate type"]
        {
            assert!(named(page.as_bytes(), "https://a.example/").is_empty(), "{page}");
            assert!(named(page.repeat(50_000).as_bytes(), "https://a.example/").is_empty(), "{page}");
        }
        let many: String =
            (0..1_000).map(|n| format!("<link rel=alternate type=text/xml href={n}>")).collect::<Vec<_>>().concat();
        assert_eq!(named(many.as_bytes(), "https://a.example/").len(), MOST);
    }

    #[test]
    fn where_feeds_lie() {
        let places = common_places("https://coast.example/blog/index.html?x=1");
        assert_eq!(places[0], "https://coast.example/blog/feed");
        assert!(places.contains(&"https://coast.example/rss.xml".to_owned()));
        assert_eq!(common_places("https://coast.example/").len(), COMMON_PLACES.len());
    }
}
