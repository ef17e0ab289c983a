//! Discovery: which feeds a page names, and where they lie when it names none.

use std::borrow::Cow;

use url::Url;

use super::address::is_fetched;
use super::{FetchedPage, link_header, page_elements};
use crate::formats;
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

/// The feeds that a page names by `<link rel="alternate">` or its `Link` headers, each once, in order.
pub fn named(page: &FetchedPage) -> Vec<DiscoveredFeed> {
    let html = formats::decoded(&page.bytes[..page.bytes.len().min(HEAD)], page.content_type.as_deref());
    let Ok(address) = Url::parse(&page.address) else { return Vec::new() };
    let mut found = Vec::new();
    let _: Option<()> = page_elements::find(&html, &address, |name, attributes, base| {
        if name == "link" {
            take(&mut found, base, |name| attributes.get(name).map(Cow::into_owned));
        }
        None
    });
    for header in &page.links {
        for link in link_header::links(header) {
            take(&mut found, &address, |name| link.get(name).map(str::to_owned));
        }
    }
    found
}

/// Adds the feed that a link with these attributes names, if it names one.
fn take(found: &mut Vec<DiscoveredFeed>, base: &Url, attribute: impl Fn(&str) -> Option<String>) {
    let lower = |name| attribute(name).unwrap_or_default().to_ascii_lowercase();
    let (rel, kind) = (lower("rel"), lower("type"));
    let kind = kind.split(';').next().unwrap_or_default().trim();
    let mut relations = rel.split_ascii_whitespace();
    let names_feed =
        relations.clone().any(|r| r == "feed") || (relations.any(|r| r == "alternate") && KINDS.contains(&kind));
    let address = attribute("href").filter(|_| names_feed && found.len() < MOST);
    let Some(url) = address.and_then(|href| of_feed(base, href.trim())) else { return };
    // WordPress offers its whole interface as an alternate in JSON.
    if url.path().contains("/wp-json/") || found.iter().any(|known| known.address == url.as_str()) {
        return;
    }
    let title = attribute("title").map(|title| clean_line(&title)).filter(|title| !title.is_empty());
    found.push(DiscoveredFeed { address: url.into(), title });
}

/// The address of a feed as a page writes it: also `feed:https://…`, and `feed://…`, which is one of the scheme of the
/// page.
fn of_feed(base: &Url, href: &str) -> Option<Url> {
    let is_feed = href.get(..5).is_some_and(|scheme| scheme.eq_ignore_ascii_case("feed:"));
    base.join(if is_feed { &href[5..] } else { href }).ok().filter(is_fetched)
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

    fn named_in(page: &[u8], address: &str) -> Vec<DiscoveredFeed> {
        named(&FetchedPage { address: address.to_owned(), bytes: page.to_vec(), ..FetchedPage::default() })
    }

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
        let shown: Vec<_> = named_in(page, "https://coast.example/section/page.html")
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
        assert_eq!(named_in(based, "https://coast.example/")[0].address, "https://base.example/x/feed");
    }

    /// The addresses that a page at the top of a site names.
    fn addresses(page: &str) -> Vec<String> {
        named_in(page.as_bytes(), "https://a.example/").into_iter().map(|found| found.address).collect()
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
    fn link_outside_the_page_names_no_feed() {
        let yes = ["https://a.example/yes"];
        for page in [
            "<template><link rel=feed href=/no><template></template><link rel=feed href=/no></template><link rel=feed href=/yes>",
            "<!-- x --!><link rel=feed href=/yes>",
            "<base href=/><base href='https://no.example/'><link rel=feed href=yes>",
            "<base target=_blank><base href='/'><link rel=feed href=yes>",
        ] {
            assert_eq!(addresses(page), yes, "{page}");
        }
    }

    #[test]
    fn feed_scheme_is_that_of_the_page() {
        for (href, expected) in [
            ("feed:https://b.example/f", "https://b.example/f"),
            ("feed:http://b.example/f", "http://b.example/f"),
            ("FEED://b.example/f", "https://b.example/f"),
            ("feed:/f", "https://a.example/f"),
        ] {
            let page = format!("<link rel=alternate type=application/rss+xml href='{href}'>");
            assert_eq!(addresses(&page), [expected], "{href}");
            let header = format!("<{href}>; rel=alternate; type=\"application/rss+xml\"");
            assert_eq!(of_headers(&[&header]), [expected], "{href}");
        }
        let plain = named_in(b"<link rel=feed href='feed://b.example/f'>", "http://a.example/");
        assert_eq!(plain[0].address, "http://b.example/f");
    }

    /// The addresses that headers name beside a page of a site.
    fn of_headers(links: &[&str]) -> Vec<String> {
        let page = FetchedPage {
            address: "https://a.example/news/".to_owned(),
            links: links.iter().map(|&link| link.to_owned()).collect(),
            bytes: b"<base href=/x/><link rel=alternate type=text/xml href=/in-page>".to_vec(),
            ..FetchedPage::default()
        };
        named(&page).into_iter().map(|found| found.address).filter(|found| !found.ends_with("/in-page")).collect()
    }

    #[test]
    fn link_header_names_feeds() {
        let headers = [
            "<feed.xml>; rel=\"alternate\"; type=\"application/rss+xml\"; title=\"Coast\"",
            "<https://a.example/wp-json/>; rel=\"https://api.w.org/\", </b?x=1,2>; Rel=Alternate; Type=text/xml",
            "</style.css>; rel=preload; as=style, </in-page>; rel=alternate; type=text/xml",
            "</other>; anchor=\"/elsewhere\"; rel=alternate; type=text/xml",
        ];
        assert_eq!(of_headers(&headers), ["https://a.example/news/feed.xml", "https://a.example/b?x=1,2"]);
    }

    #[test]
    fn pages_of_other_encodings_name_feeds() {
        let text = "<title>Küste</title><link rel=feed title='Küste' href='/küste'>";
        let utf16: Vec<u8> = "\u{feff}".encode_utf16().chain(text.encode_utf16()).flat_map(u16::to_le_bytes).collect();
        let latin = encoding_rs::WINDOWS_1252.encode(&text.replace("href='/küste'", "href=/k%C3%BCste")).0.into_owned();
        for (bytes, content_type) in [(utf16, "text/html"), (latin, "text/html; charset=iso-8859-1")] {
            let page = FetchedPage {
                address: "https://a.example/".to_owned(),
                content_type: Some(content_type.to_owned()),
                bytes,
                ..FetchedPage::default()
            };
            let found = named(&page);
            let expected = [("https://a.example/k%C3%BCste", Some("Küste"))];
            assert_eq!(found.iter().map(|f| (&*f.address, f.title.as_deref())).collect::<Vec<_>>(), expected);
        }
    }

    #[test]
    fn bad_pages_cost_little() {
        for page in
            ["<link", "<link rel=\"", "<link href=", "<!--", "<script", "<base href", "<", "<link rel=alternate type"]
        {
            assert!(named_in(page.as_bytes(), "https://a.example/").is_empty(), "{page}");
            assert!(named_in(page.repeat(50_000).as_bytes(), "https://a.example/").is_empty(), "{page}");
        }
        let many: String =
            (0..1_000).map(|n| format!("<link rel=alternate type=text/xml href={n}>")).collect::<Vec<_>>().concat();
        assert_eq!(named_in(many.as_bytes(), "https://a.example/").len(), MOST);
    }

    #[test]
    fn common_places_are_tried() {
        let places = common_places("https://coast.example/blog/index.html?x=1");
        assert_eq!(places[0], "https://coast.example/blog/feed");
        assert!(places.contains(&"https://coast.example/rss.xml".to_owned()));
        assert_eq!(common_places("https://coast.example/").len(), COMMON_PLACES.len());
    }
}
