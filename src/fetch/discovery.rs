//! Discovery: which feeds a page names, and where they lie when it names none.

use url::Url;

use super::address::is_fetched;
use crate::formats::{HtmlToken, Tokens};
use crate::text::clean_line;

/// A feed that a page names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DiscoveredFeed {
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
pub fn named(page: &[u8], address: &str) -> Vec<DiscoveredFeed> {
    let text = String::from_utf8_lossy(&page[..page.len().min(HEAD)]);
    let Ok(mut base) = Url::parse(address) else { return Vec::new() };
    let mut found: Vec<DiscoveredFeed> = Vec::new();
    for token in Tokens::of(&text) {
        let HtmlToken::Start { name, attributes, .. } = token else { continue };
        if name == "base" {
            base = attributes.get("href").and_then(|href| base.join(&href).ok()).unwrap_or(base);
        }
        if name != "link" {
            continue;
        }
        let rel = attributes.get("rel").unwrap_or_default().to_ascii_lowercase();
        let kind = attributes.get("type").unwrap_or_default().to_ascii_lowercase();
        let kind = kind.split(';').next().unwrap_or_default().trim();
        let mut relations = rel.split_ascii_whitespace();
        let names_feed =
            relations.clone().any(|r| r == "feed") || (relations.any(|r| r == "alternate") && KINDS.contains(&kind));
        let address = attributes.get("href").filter(|_| names_feed);
        let Some(url) = address.and_then(|href| base.join(href.trim()).ok()) else { continue };
        // WordPress offers its whole interface as an alternate in JSON.
        if is_fetched(&url)
            && !url.path().contains("/wp-json/")
            && found.iter().all(|known| known.address != url.as_str())
        {
            let title = attributes.get("title").map(|title| clean_line(&title)).filter(|title| !title.is_empty());
            found.push(DiscoveredFeed { address: url.into(), title });
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn named_feeds_are_found() {
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

    /// The addresses that a page at the top of a site names.
    fn addresses(page: &str) -> Vec<String> {
        named(page.as_bytes(), "https://a.example/").into_iter().map(|found| found.address).collect()
    }

    #[test]
    fn address_is_read_as_html_writes_it() {
        for (href, expected) in [
            ("\"/f?a=1&#38;b=2&#x26;c=3&amp;d=4\"", "/f?a=1&b=2&c=3&d=4"),
            ("'/f?a=1&b=&#50;&#X33;'", "/f?a=1&b=23"),
            // A name without its semicolon is none here.
            ("\"/f?a=1&copy=3&lang=de\"", "/f?a=1&copy=3&lang=de"),
            ("\"&#47;caf&eacute;\"", "/caf%C3%A9"),
            ("/f?a=1&#38;b=2", "/f?a=1&b=2"),
            ("/feed/", "/feed/"),
            ("\t/feed\n", "/feed"),
            ("\" /feed \"", "/feed"),
        ] {
            for page in [
                format!("<link rel=feed href={href}>"),
                format!("<LINK REL=feed title='a > b' HREF = {href} >"),
                format!("<link\nrel=feed\nhref={href}\ntitle=\"it's\"/>"),
            ] {
                assert_eq!(addresses(&page), [format!("https://a.example{expected}")], "{page}");
            }
        }
    }

    #[test]
    fn link_in_text_names_no_feed() {
        let link = "<link rel=feed href=/no>";
        for page in [
            format!("<!-- a > b {link} -->"),
            format!("<!-- {link}"),
            format!("<script>if (a</b) x('{link}')</script>"),
            format!("<script type='a > b'>{link}</SCRIPT >"),
            format!("<style>/* </p> {link} */</style>"),
            format!("<title>{link}</title>"),
            format!("<textarea>{link}</textarea>"),
            format!("<p title=\"{link}\">"),
            "&lt;link rel=feed href=/no&gt;".to_owned(),
        ] {
            assert!(addresses(&page).is_empty(), "{page}");
        }
        for before in
            ["<!-->", "<!-- -->", "<script></script>", "<script>a</b</script>", "<title>a</title>", "a < b <3 "]
        {
            assert_eq!(addresses(&format!("{before}<link rel=feed href=/yes>")), ["https://a.example/yes"], "{before}");
        }
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
    fn common_places_are_tried() {
        let places = common_places("https://coast.example/blog/index.html?x=1");
        assert_eq!(places[0], "https://coast.example/blog/feed");
        assert!(places.contains(&"https://coast.example/rss.xml".to_owned()));
        assert_eq!(common_places("https://coast.example/").len(), COMMON_PLACES.len());
    }
}
