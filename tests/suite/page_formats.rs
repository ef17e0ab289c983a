//! Web pages through the door: the article, what is said of it, and pages that would hurt.

use std::fmt::Write;

use pullquote::article::{Article, ParagraphKind};
use pullquote::formats::{self, Hint, ParseError};

/// A page as publishers make them, with all that stands around an article.
fn page(head: &str, article: &str) -> String {
    let links =
        (0..30).map(|n| format!("<li><a href='/section/{n}'>Section {n}</a></li>")).collect::<Vec<_>>().concat();
    format!(
        "<!DOCTYPE html><html lang=en><head><meta charset=utf-8><title>Harbour bridge to close in spring | Coast Wire</title>\
         {head}<style>p {{ color: red }}</style><script>var x = '<p>not words</p>';</script></head><body>\
         <header><nav><ul>{links}</ul></nav></header><main><article><h1>Harbour bridge to close in spring</h1>{article}\
         </article><aside class=related><h2>Most read</h2><ul>{links}</ul></aside></main>\
         <div id=comments><p>Nice!</p></div><footer><p>© Coast Wire. All rights reserved.</p><ul>{links}</ul></footer></body></html>"
    )
}

const WORDS: &str = "<p>The old bridge over the harbour will close in spring, the harbour board said on Saturday, after a week of \
    meetings that were said to be long, and were.</p><p>“It is tired,” said Ines Okafor, who has run the board for nine years, \
    and who <a href='/people/okafor'>lives next to it</a>. “We all are, but the bridge has the better reasons.”</p>\
    <h2>Ferries all night</h2><p>Ferries will run through the night until it opens again, which nobody expects before the \
    autumn, and few before the winter.</p><blockquote><p>“A bridge is a promise,” the mayor wrote, “and we keep ours, in \
    time, all of them, one after the other.”</p></blockquote><ul><li>The first ferry leaves at six in the morning, rain or \
    shine, from the old quay.</li><li>The last leaves when the last passenger has come, the board said.</li></ul>\
    <figure><img src=x.jpg alt='not words'><figcaption>The bridge at dawn, seen from the old quay.</figcaption></figure>\
    <table><tr><th>Line</th><th>Fare</th></tr><tr><td>Ellery</td><td>2 crowns</td></tr></table>\
    <p>The board will meet again on Monday, it said, and on Tuesday, should Monday not be enough for it.</p>";

fn read(html: &str) -> Result<Article, ParseError> {
    let mut all = Vec::new();
    let hint = Hint {
        name: Some("page.html"),
        base_url: Some("https://coast.example/news/1?utm_source=x"),
        ..Hint::default()
    };
    formats::read(&mut html.as_bytes(), &hint, &mut |read| all.push(read));
    assert_eq!(all.len(), 1);
    all.remove(0)
}

fn kinds(article: &Article) -> Vec<(ParagraphKind, &str)> {
    let body = &article.body;
    body.paragraphs().iter().map(|p| (p.kind, body.words(p.span))).collect()
}

#[test]
fn article_is_found_on_its_page() {
    use ParagraphKind::{BlockQuotation, Caption, Heading, Headline, ListItem, Prose, TableRow};
    let article = read(&page("", WORDS)).unwrap();
    let kinds = kinds(&article);
    assert_eq!(kinds[0], (Headline, "Harbour bridge to close in spring"));
    let kinds_found: Vec<_> = kinds.iter().map(|(kind, _)| *kind).collect();
    assert_eq!(
        kinds_found,
        [
            Headline,
            Prose,
            Prose,
            Heading,
            Prose,
            BlockQuotation,
            ListItem,
            ListItem,
            Caption,
            TableRow,
            TableRow,
            Prose
        ],
        "{kinds:#?}"
    );
    assert_eq!(kinds[10].1, "Ellery · 2 crowns");
    assert_eq!(article.body.links().len(), 1);
    let link = &article.body.links()[0];
    assert_eq!(
        (article.body.words(link.span), &*link.url),
        ("lives next to it", "https://coast.example/people/okafor")
    );
    for around in ["Section", "Nice!", "All rights", "not words", "color"] {
        assert!(!article.body.text().contains(around), "{around}");
    }
    assert!(article.url.as_deref().unwrap().starts_with("https://coast.example/news/1"));
    assert_eq!(article.publisher.as_deref(), Some("coast.example"));
}

#[test]
fn page_says_who_and_when() {
    let json = r#"<script type="application/ld+json">{"@graph": [{"@type": "NewsArticle", "headline": "Bridge to close",
        "author": {"name": "Jane Doe"}, "publisher": {"name": "Coast Wire"}, "datePublished": "2026-03-14T09:30:00+01:00",
        "keywords": ["harbour"]}]}</script><link rel=canonical href="/news/bridge">"#;
    let article = read(&page(json, WORDS)).unwrap();
    assert_eq!(article.headline(), "Bridge to close");
    assert_eq!(article.byline.as_deref(), Some("Jane Doe"));
    assert_eq!(article.publisher.as_deref(), Some("Coast Wire"));
    assert_eq!(article.dates.published.unwrap().to_string(), "2026-03-14T09:30:00+01:00");
    assert_eq!(article.url.as_deref(), Some("https://coast.example/news/bridge"));
    assert_eq!(article.tags, ["harbour"]);
    let meta = "<meta property='og:title' content='Bridge &amp; ferry — Coast Wire'><meta property='og:site_name' content='Coast Wire'>\
        <meta property='article:published_time' content='2026-03-14'><meta name=author content='By Ann Holt'>";
    let article = read(&page(meta, WORDS)).unwrap();
    assert_eq!(article.headline(), "Bridge & ferry");
    assert_eq!(article.byline.as_deref(), Some("Ann Holt"));
    assert_eq!(article.dates.published.unwrap().to_string(), "2026-03-14");
}

#[test]
fn page_without_metadata_shows_who_and_when() {
    let facts = |head: &str, article: &str| {
        let article = read(&page(head, article)).unwrap();
        (article.dates.published.map(|at| at.to_string()).unwrap_or_default(), article.byline.unwrap_or_default())
    };
    let both = |date: &str| (date.to_owned(), "Jane Doe".to_owned());
    let shown = "<p class=meta>By <a href=/author/jd>Jane Doe</a> | 14 March 2026, 9:30 a.m. ET</p>";
    assert_eq!(facts("", &format!("{shown}{WORDS}")), both("2026-03-14T09:30:00-04:00"));
    let yoast = r##"<script type="application/ld+json">/*<![CDATA[*/{"@graph": [{"@type": "WebPage",
        "datePublished": "2026-03-14T09:30:00+01:00", "author": {"@id": "#jane"}}, {"@type": "Person", "@id": "#jane",
        "name": "Jane Doe"}]}/*]]>*/</script>"##;
    assert_eq!(facts(yoast, WORDS), both("2026-03-14T09:30:00+01:00"));
    let changed = "<meta property='article:modified_time' content='2026-03-15'><meta name=author content='Coast Wire'>\
        <meta property='og:site_name' content='Coast Wire'>";
    let updated = "<p>Updated on 15 March 2026</p>";
    assert_eq!(facts(changed, &format!("{updated}{WORDS}")), Default::default());
    let address = "<link rel=canonical href='https://coast.example/2026/03/14/bridge'>";
    let article = read(&page(address, &format!("<p class=date>15 March 2026</p>{WORDS}"))).unwrap();
    assert_eq!(
        (article.dates.published.unwrap().to_string(), article.dates.source_name()),
        ("2026-03-14".to_owned(), "url")
    );
}

#[test]
fn machine_readable_text_is_used() {
    let text = "The old bridge over the harbour will close in spring, the board said. ".repeat(30);
    let head =
        format!("<script type='application/ld+json'>{{\"@type\": \"Article\", \"articleBody\": \"{text}\"}}</script>");
    let article = read(&page(&head, "<p>Subscribe to read this article, it is worth it.</p>")).unwrap();
    assert!(article.body.text().len() > 1_000);
}

#[test]
fn page_without_an_article_is_refused() {
    let why = |html: &str| read(html).unwrap_err().to_string();
    assert_eq!(why(&page("", "<p>Page not found.</p>")), "is a page without an article");
    let front = (0..80)
        .map(|n| format!("<p><a href='/{n}'>The headline of article number {n} of today</a></p>"))
        .collect::<Vec<_>>()
        .concat();
    assert_eq!(why(&format!("<html><title>Front</title><body>{front}")), "is a page without an article");
    assert_eq!(
        why("<html><head><title>Only a title</title></head><body><script>x</script></body></html>"),
        "has no article text"
    );
}

#[test]
fn page_that_says_what_it_is_and_from_when_is_an_article_whatever_it_holds() {
    let said =
        "<meta property=og:type content=article><meta property=article:published_time content=2026-03-14T10:00:00Z>";
    let link = |n: usize| format!("<li><a href=https://b.example/{n}>Report {n} on the port</a></li>");
    let links = (0..12).map(link).collect::<Vec<_>>().concat();
    let roll = format!("<h1>Reading list</h1><ul class=entry-content>{links}</ul>");
    let document = "<h1>Rules of the port</h1><div class=entry-content><p>PDF: <a href=/r.pdf>port-rules</a></p></div>";
    let shouted = "<h1>Keep the water clean</h1><blockquote><h2>A contest for children</h2><h3>It takes place for the sixth time.                   </h3></blockquote>";
    let page = |head: &str, body: &str| {
        format!("<!DOCTYPE html><html><head><title>T</title>{head}</head><body><article>{body}</article></body></html>")
    };
    for (head, body, words) in [
        (said, roll.as_str(), "Report 11 on the port"),
        (said, document, "PDF: port-rules"),
        ("", shouted, "It takes place for the sixth time."),
    ] {
        let article = read(&page(head, body)).unwrap_or_else(|why| panic!("{body} {why}"));
        assert!(article.body.text().contains(words), "{}", article.body.text());
    }
    assert!(read(&page("", &roll)).is_err(), "a list of links may be any page");
    assert!(read(&page(said, "<h1>Rules of the port</h1>")).is_err());
}

#[test]
fn page_declares_its_charset() {
    let words = WORDS.replace("Okafor", "Żółć");
    let html = format!(
        "<html><head><meta http-equiv=content-type content='text/html; charset=iso-8859-2'><title>Most</title>{words}"
    );
    let bytes = encoding_rs::ISO_8859_2.encode(&html).0.into_owned();
    let mut all = Vec::new();
    formats::read(&mut &*bytes, &Hint::default(), &mut |read| all.push(read));
    assert!(all.remove(0).unwrap().body.text().contains("said Ines Żółć"));
}

#[test]
fn pages_that_would_hurt_cost_little() {
    let around = |open: &str, count: usize| format!("<html><body>{}{WORDS}", open.repeat(count));
    let mut attributes = String::from("<html><body><p ");
    (0..100_000).for_each(|n| write!(attributes, "a{n}=b ").unwrap());
    let formatting = (0..5_000).map(|n| format!("<b id={n}><font size={n}>")).collect::<Vec<_>>().concat();
    for html in [
        around("<div>", 100_000),
        around("<div></span>", 100_000),
        around("<b><div></b>", 50_000),
        around("<table><tr><td>", 50_000),
        around("<ul><li>", 50_000),
        around("<p>", 300_000),
        around("<br>", 300_000),
        around(&formatting, 5),
        attributes + ">" + WORDS,
        format!("<html><body>{}", WORDS.repeat(3_000)),
    ] {
        let article = read(&html).unwrap();
        assert!(article.body.text().contains("It is tired"), "{}", &html[..80]);
    }
    for html in
        [around("<!--", 300_000), around("<script>", 300_000), around("<a href='", 300_001), around("<svg>", 300_000)]
    {
        let _ = read(&html);
    }
}

#[test]
fn nothing_in_a_page_steers_a_terminal() {
    let head = "<meta name=author content='Jane\u{1b}[2J Doe'><meta property='og:title' content='Bridge &#27;]0;owned&#7; closes'>\
        <link rel=canonical href='https://coast.example/\u{202e}x'>";
    let words = WORDS.replace("tired", "t&#27;[31mi&#x9b;red\u{202e}").replace("/people/okafor", "javascript:alert(1)");
    let article = read(&page(head, &words)).unwrap();
    let said = format!("{article:?}");
    for trace in ["\\u{1b}", "\\u{9b}", "\\u{202e}", "\\u{7}", "javascript"] {
        assert!(!said.contains(trace), "{trace} in {said}");
    }
}
