//! Feeds through their doors: every version, and everything that is wrong with them.

use std::fmt::Write;

use pullquote::article::{Article, ParagraphKind};
use pullquote::formats::{self, FeedDocument, Hint, ParseError};

const RSS: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/">
<channel><title>Coast Wire</title><link>https://coast.example/</link><description>News of the <b>coast</b></description>
<ttl>90</ttl><image><url>https://coast.example/x.png</url><title>Not this</title></image>
<item><title>Bridge &amp;amp; ferry close</title><link>/news/bridge?utm_source=rss</link><guid isPermaLink="false">n1</guid>
<pubDate>Sat, 14 Mar 2026 09:30:00 GMT</pubDate><dc:creator><![CDATA[By Jane Doe]]></dc:creator><category>Harbour</category>
<category domain="x">Ferries</category><description>The bridge closes…</description>
<content:encoded><![CDATA[<p>The bridge will close, the board said.</p><blockquote>“It is tired,” said Ines Okafor.</blockquote>
<p>See <a href="plan.html">the plan</a>.</p>]]></content:encoded></item>
<item><title><![CDATA[Tea <i>is</i> served]]></title><guid>https://coast.example/news/tea</guid>
<description>&lt;p&gt;Nobody came. &lt;a href="https://coast.example/news/tea"&gt;Read more&lt;/a&gt;&lt;/p&gt;</description></item>
</channel></rss>"#;

fn feed(text: &str) -> FeedDocument {
    formats::feed(text.as_bytes(), &Hint { base_url: Some("https://coast.example/feeds/all.xml"), ..Hint::default() })
        .unwrap()
}

fn articles(text: &str) -> Vec<Article> {
    feed(text).entries.into_iter().map(|entry| entry.article).collect()
}

fn headlines(text: &str) -> Vec<String> {
    articles(text).iter().map(|article| article.headline().to_owned()).collect()
}

fn read(bytes: &[u8]) -> Vec<Result<Article, ParseError>> {
    let mut all = Vec::new();
    formats::read(&mut &*bytes, &Hint { name: Some("feed.xml"), ..Hint::default() }, &mut |read| all.push(read));
    all
}

/// HTML in a feed is escaped in many ways, and an address in it ends where its attribute, element or sentence ends.
#[test]
fn escaped_html_keeps_what_follows_an_address() {
    let bodies = [
        (
            "<p>The <a href=\"https://b.test/mill?a=1&amp;b=2\">mill</a> is back.</p><p>“Good,” said Vera Holm.</p>",
            "The mill is back.",
        ),
        (
            "<p>The <a href='https://b.test/mill'>mill</a> is back.</p><p>“Good,” said Vera Holm.</p>",
            "The mill is back.",
        ),
        ("<p>See http://c.test/x</p><p>“Good,” said Vera Holm.</p>", "See http://c.test/x"),
        ("<p>See <b>www.c.test</b></p><p>“Good,” said Vera Holm.</p>", "See www.c.test"),
        ("<p>Here <img src=\"http://b.test/i.png\"/>it is.</p><p>“Good,” said Vera Holm.</p>", "Here it is."),
    ];
    let named = |text: &str| {
        let escaped = text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
        escaped.replace('"', "&quot;").replace('\'', "&apos;")
    };
    let numbered = |text: &str| -> String {
        text.chars()
            .map(|c| if "<>&\"'".contains(c) { format!("&#{};", u32::from(c)) } else { c.to_string() })
            .collect()
    };
    for (body, first) in bodies {
        let expected = format!("Story\n{first}\n“Good,” said Vera Holm.");
        let cdata = format!("<![CDATA[{body}]]>");
        for written in [named(body), numbered(body), named(&named(body)), cdata] {
            let rss = format!(
                "<rss version='2.0'><channel><item><title>Story</title><description>{written}</description></item></channel></rss>"
            );
            assert_eq!(articles(&rss)[0].body.text(), expected, "{rss}");
            let atom = format!(
                "<feed xmlns='http://www.w3.org/2005/Atom'><entry><title>Story</title><content type='html'>{written}</content></entry></feed>"
            );
            assert_eq!(articles(&atom)[0].body.text(), expected, "{atom}");
        }
    }
    let title =
        "<rss version='2.0'><channel><item><title>See http://c.test/x&lt;/b&gt; now</title></item></channel></rss>";
    assert_eq!(headlines(title), ["See http://c.test/x now"]);
}

#[test]
fn rss_says_all_it_has() {
    let feed = feed(RSS);
    assert_eq!(feed.title.as_deref(), Some("Coast Wire"));
    assert_eq!(feed.site.as_deref(), Some("https://coast.example/"));
    assert_eq!(feed.description.as_deref(), Some("News of the coast"));
    assert_eq!(feed.ttl_minutes, Some(90));
    let [bridge, tea] = &feed.entries[..] else { panic!("{feed:?}") };
    assert_eq!(bridge.guid.as_deref(), Some("n1"));
    let article = &bridge.article;
    assert_eq!(
        article.body.text(),
        "Bridge & ferry close\nThe bridge will close, the board said.\n“It is tired,” said Ines Okafor.\nSee the plan."
    );
    assert_eq!(article.body.paragraphs()[2].kind, ParagraphKind::BlockQuotation);
    assert_eq!(article.body.links()[0].url, "https://coast.example/news/plan.html");
    assert_eq!(article.url.as_deref(), Some("https://coast.example/news/bridge?utm_source=rss"));
    assert_eq!(article.dates.published.unwrap().to_string(), "2026-03-14T09:30:00Z");
    assert_eq!((article.byline.as_deref(), article.publisher.as_deref()), (Some("Jane Doe"), Some("Coast Wire")));
    assert_eq!(article.tags, ["Harbour", "Ferries"]);
    assert!(!article.is_summary);
    // The identifier is the address where no link is, and a description is a summary.
    assert_eq!(tea.article.headline(), "Tea is served");
    assert_eq!(tea.article.url.as_deref(), Some("https://coast.example/news/tea"));
    assert!(tea.article.is_summary && tea.article.dates.published.is_none());
}

#[test]
fn every_version_is_read() {
    let rdf = r#"<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/">
        <channel rdf:about="https://coast.example/"><title>Coast</title><link>https://coast.example/</link>
        <items><rdf:Seq><rdf:li resource="a"/></rdf:Seq></items></channel>
        <item rdf:about="https://coast.example/a"><title>A</title><dc:date>2026-03-14</dc:date></item></rdf:RDF>"#;
    let atom = r#"<feed xmlns="http://www.w3.org/2005/Atom" xml:base="https://coast.example/x/"><title type="text">C &amp; W</title>
        <link rel="self" href="https://other.example/"/><link href="/"/><author><name>Desk</name></author>
        <entry><title type="html">A &amp;lt;T&amp;gt;</title><link rel="enclosure" href="z"/><link href="a"/><id>tag:a</id>
        <updated>2026-03-15T00:00:00Z</updated><published>2026-03-14T09:00:00+01:00</published>
        <category term="t" label="Harbour"/><content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>One &amp; two.</p>
        <ul><li>Three</li></ul></div></content></entry>
        <entry><title>B &lt; C</title><link href="b"/><author><name>Jane</name><email>j@x</email></author>
        <summary type="text">1 &lt; 2 &amp; so on.</summary></entry></feed>"#;
    let json = r#"{"version": "https://jsonfeed.org/version/1.1", "title": "Coast", "home_page_url": "https://coast.example/",
        "items": [{"id": 7, "url": "/a", "title": "A", "content_html": "<p>One.</p>", "date_published": "2026-03-14T09:00:00Z",
        "authors": [{"name": "Jane"}], "tags": ["x"]}, {"id": "b", "content_text": "Two & three.\n\nFour."}, {"id": "c"}]}"#;
    assert_eq!(headlines(rdf), ["A"]);
    assert_eq!(articles(rdf)[0].dates.published.unwrap().to_string(), "2026-03-14");
    assert_eq!(feed(rdf).entries[0].guid.as_deref(), Some("https://coast.example/a"));
    assert_eq!(articles(rdf)[0].url.as_deref(), Some("https://coast.example/a"));
    let [a, b] = &articles(atom)[..] else { panic!() };
    assert_eq!(a.body.text(), "A <T>\nOne & two.\nThree");
    assert_eq!(a.url.as_deref(), Some("https://coast.example/x/a"));
    assert_eq!(a.dates.published.unwrap().to_string(), "2026-03-14T09:00:00+01:00");
    assert_eq!((a.byline.as_deref(), b.byline.as_deref()), (Some("Desk"), Some("Jane")));
    assert_eq!(b.body.text(), "B < C\n1 < 2 & so on.");
    assert_eq!(feed(atom).title.as_deref(), Some("C & W"));
    assert_eq!(feed(atom).site.as_deref(), Some("https://coast.example/"));
    let read = feed(json);
    assert_eq!(read.entries.len(), 2);
    assert_eq!(read.refusals.len(), 1);
    assert_eq!(read.entries[0].guid.as_deref(), Some("7"));
    assert_eq!(read.entries[0].article.url.as_deref(), Some("https://coast.example/a"));
    assert_eq!(read.entries[1].article.body.text(), "Two & three\nFour.");
    for version in ["0.91", "0.92", "0.93", "2.0", "2.01", ""] {
        let text =
            format!("<rss version='{version}'><channel><title>C</title><item><title>A</title></item></channel></rss>");
        assert_eq!(headlines(&text), ["A"], "{version}");
    }
    assert_eq!(headlines("<rss><channel><item><title>A</title></item></channel></rss>"), ["A"]);
    assert_eq!(headlines("<r:rss><r:channel><r:item><r:title>A</r:title></r:item></r:channel></r:rss>"), ["A"]);
    assert_eq!(headlines("<entry xmlns='http://www.w3.org/2005/Atom'><title>A</title></entry>"), ["A"]);
}

#[test]
fn broken_markup_costs_little() {
    // Bare ampersands, entities of HTML, tags that do not match, items that are never closed.
    let text = "<rss version=2.0><channel><title>C</titel><item><title>AT&T caf&eacute; &nbsp;x</title><description>a & b\
                </description></item><item><title>B</title><link>https://b.example/<item><title>C</title></item></channel>";
    assert_eq!(headlines(text), ["AT&T café x", "B", "C"]);
    // Prefixes that are never declared, capitals in odd places.
    assert_eq!(headlines("<atom:feed><atom:entry><atom:title>A</atom:title></atom:entry></atom:feed>"), ["A"]);
}

#[test]
fn cut_feed_keeps_the_entries_before() {
    for end in ["<item><title>Two</ti", "<item><title>Two", "<item><description><![CDATA[ <p>", "<!-- never"] {
        let text = format!("<rss><channel><title>C</title><item><title>One</title></item>{end}");
        let read = feed(&text);
        assert_eq!(read.entries.len(), 1, "{end}");
        assert_eq!(read.entries[0].article.headline(), "One");
        assert!(matches!(read.refusals[..], [ParseError::CutOff]), "{end}: {:?}", read.refusals);
    }
    let all = read(b"<rss><channel><item><title>One</title></item><item><title>Tw");
    assert_eq!(all[0].as_ref().unwrap().headline(), "One");
    assert_eq!(all[1].as_ref().unwrap_err().to_string(), "is incomplete");
    for cut in
        ["<rss><channel><title>C</title><![CDATA[", "<rss><channel><title>C", "<rss><channel><item><title>One</ti"]
    {
        assert_eq!(read(cut.as_bytes()).remove(0).unwrap_err().to_string(), "is incomplete", "{cut}");
    }
}

#[test]
fn entities_are_neither_expanded_nor_fetched() {
    let mut bomb = String::from("<?xml version='1.0'?><!DOCTYPE rss [<!ENTITY a0 'ha'>");
    for n in 1..30 {
        let _ = write!(bomb, "<!ENTITY a{n} '&a{};&a{};&a{};&a{};'>", n - 1, n - 1, n - 1, n - 1);
    }
    bomb += "<!ENTITY file SYSTEM 'file:///etc/passwd'>]><rss><channel><item><title>x &a29; &file;</title></item></channel></rss>";
    assert_eq!(headlines(&bomb), ["x &a29; &file;"]);
}

#[test]
fn sizes_are_bounded() {
    let title = "\u{1b}[31m&amp;<b>x</b>".repeat(60_000);
    let text = format!("<rss><channel><item><title><![CDATA[{title}]]></title></item></channel></rss>");
    let read = headlines(&text);
    assert!(!read[0].contains(['\u{1b}', '<']) && read[0].len() >= 100_000);
    let mut many = String::from("<rss><channel><title>C</title>");
    for n in 0..100_000 {
        let _ = write!(
            many,
            "<item><title>Entry {n}</title><link>https://c.example/{n}</link><description>Words.</description></item>"
        );
    }
    many += "</channel></rss>";
    assert_eq!(articles(&many).len(), 100_000);
    let deep = format!("<rss><channel><item><title>A</title><description>{}", "<div>".repeat(200_000));
    assert!(matches!(formats::feed(deep.as_bytes(), &Hint::default()), Err(ParseError::CutOff)));
    let deep = format!(
        "<feed><entry><title>A</title><content type='xhtml'>{}words{}</content></entry></feed>",
        "<div>".repeat(99_999),
        "</div>".repeat(99_999)
    );
    assert_eq!(articles(&deep)[0].body.text(), "A\nwords");
    let long = vec![b' '; usize::try_from(formats::LARGEST).unwrap() + 1];
    assert!(matches!(formats::feed(&long, &Hint::default()), Err(ParseError::TooLarge)));
}

#[test]
fn charset_is_that_of_the_server_the_declaration_or_the_bytes() {
    let text = "<?xml version='1.0' encoding='windows-1251'?><rss><channel><item><title>Мост закрыт</title></item></channel></rss>";
    let headline = |bytes: &[u8], content_type| {
        let hint = Hint { content_type, ..Hint::default() };
        formats::feed(bytes, &hint).unwrap().entries.remove(0).article.headline().to_owned()
    };
    assert_eq!(headline(&encoding_rs::WINDOWS_1251.encode(text).0, None), "Мост закрыт");
    // It declares windows-1251 and is not.
    assert_eq!(headline(text.as_bytes(), None), "Мост закрыт");
    assert_eq!(headline(&encoding_rs::KOI8_R.encode(text).0, Some("text/xml; charset=koi8-r")), "Мост закрыт");
    let utf16: Vec<u8> = "\u{feff}".encode_utf16().chain(text.encode_utf16()).flat_map(u16::to_be_bytes).collect();
    assert_eq!(headline(&utf16, None), "Мост закрыт");
}

#[test]
fn entries_that_all_lead_to_the_front_page_stay_apart() {
    let item = |title: &str| format!("<item><title>{title}</title><link>https://c.example/</link></item>");
    let text = format!("<rss><channel>{}{}{}</channel></rss>", item("A"), item("B"), item("B"));
    let ids: Vec<_> = articles(&text).iter().map(|article| article.id).collect();
    assert!(ids[0] != ids[1] && ids[1] == ids[2]);
    // The same article twice is the same article.
    let text = format!("<rss><channel>{}{}</channel></rss>", item("A"), item("A"));
    assert_eq!(articles(&text)[0].id, articles(&text)[1].id);
}

#[test]
fn non_feed_says_so() {
    let why = |text: &str| formats::feed(text.as_bytes(), &Hint::default()).unwrap_err().to_string();
    assert_eq!(why(""), "is empty");
    assert_eq!(why("<!doctype html><p>Not found"), "is an HTML page, not a feed, which pullquote does not read");
    assert_eq!(why("Not found"), "is not a feed");
    assert_eq!(why("<?xml version='1.0'?><sitemap/>"), "is not a feed");
    assert_eq!(feed("<rss><channel><title>Nothing yet</title></channel></rss>").entries.len(), 0);
}
