//! Feeds that are written otherwise than most: other prefixes, broken markup, encoded content.

use pullquote::article::Article;
use pullquote::formats::{self, FeedDocument, Hint, ParseError};

fn feed(text: &str) -> FeedDocument {
    let hint = Hint { base_url: Some("https://coast.example/feed"), ..Hint::default() };
    formats::feed(text.as_bytes(), &hint).unwrap_or_else(|why| panic!("{why}: {text}"))
}

fn only(text: &str) -> Article {
    let mut feed = feed(text);
    assert_eq!((feed.entries.len(), feed.refusals.len()), (1, 0), "{text}");
    feed.entries.remove(0).article
}

/// An item of RSS with these declarations.
fn rss(declarations: &str, item: &str) -> String {
    format!("<rss version='2.0' {declarations}><channel><title>Coast</title><item>{item}</item></channel></rss>")
}

/// An entry of Atom with these declarations.
fn atom(declarations: &str, entry: &str) -> String {
    format!(
        "<feed xmlns='http://www.w3.org/2005/Atom' {declarations}><title>Coast</title><entry>{entry}</entry></feed>"
    )
}

const CONTENT: &str = "http://purl.org/rss/1.0/modules/content/";
const DC: &str = "http://purl.org/dc/elements/1.1/";
const XHTML: &str = "http://www.w3.org/1999/xhtml";

#[test]
fn namespaces_count_by_their_addresses() {
    let encoded = "encoded><![CDATA[<p>One.</p><p>“Two,” said Ann Holt.</p>]]></";
    for text in [
        rss(&format!("xmlns:c='{CONTENT}'"), &format!("<title>T</title><c:{encoded}c:encoded>")),
        rss("xmlns:c='https://purl.org/rss/1.0/modules/content'", &format!("<title>T</title><c:{encoded}c:encoded>")),
        rss("", &format!("<title>T</title><content:{encoded}content:encoded>")),
        rss("", &format!("<title>T</title><c:{} xmlns:c='{CONTENT}'>{}c:encoded>", "encoded", &encoded[8..])),
        rss("", &format!("<title>T</title><encoded xmlns='{CONTENT}'>{}encoded>", &encoded[8..])),
    ] {
        assert_eq!(only(&text).body.text(), "T\nOne.\n“Two,” said Ann Holt.", "{text}");
    }
    for (declarations, prefix) in [(format!("xmlns:d='{DC}'"), "d"), (String::new(), "dc")] {
        let item = format!(
            "<title>T</title><{prefix}:creator>Jane Doe</{prefix}:creator><{prefix}:date>2024-03-14</{prefix}:date>"
        );
        let article = only(&rss(&declarations, &item));
        assert_eq!(
            (article.byline.as_deref(), article.dates.published.unwrap().to_string().as_str()),
            (Some("Jane Doe"), "2024-03-14")
        );
    }
    let entry = "<a:title>T</a:title><a:link href='/x'/><a:content type='html'>One.</a:content>";
    let text = format!("<a:feed xmlns:a='http://www.w3.org/2005/Atom'><a:entry>{entry}</a:entry></a:feed>");
    assert_eq!(only(&text).url.as_deref(), Some("https://coast.example/x"));
    let media =
        "<title>T</title><m:title>No</m:title><description>One.</description><m:content url='x'>No.</m:content>";
    assert_eq!(only(&rss("xmlns:m='http://search.yahoo.com/mrss/'", media)).body.text(), "T\nOne.");
    let foreign = "<title>T</title><description>One.</description><dc:creator>Rex</dc:creator>";
    assert_eq!(only(&rss("xmlns:dc='urn:dogs-and-cats'", foreign)).byline, None);
}

/// What an element declares holds inside of it only.
#[test]
fn prefixes_hold_where_they_are_declared() {
    let text = format!(
        "<rss xmlns:p='{DC}'><channel><item><title>A</title><description>A.</description>\
         <p:creator xmlns:p='urn:other'>No</p:creator><p:creator>Jane Doe</p:creator></item>\
         <item xmlns:p='urn:other'><title>B</title><p:creator>No</p:creator></item>\
         <item><title>C</title><p:creator>Jon Holt</p:creator></item></channel></rss>"
    );
    let bylines: Vec<_> = feed(&text).entries.into_iter().map(|entry| entry.article.byline).collect();
    assert_eq!(bylines, [Some("Jane Doe".to_owned()), None, Some("Jon Holt".to_owned())]);
}

#[test]
fn xhtml_is_markup_with_any_prefix() {
    let divided = |p: &str| {
        format!(
            "<{p}div><{p}p>First.</{p}p><{p}p>“It is so,” said <{p}b>Mara Deniz</{p}b>.</{p}p><{p}script>alert(1)</{p}script></{p}div>"
        )
    };
    for text in [
        atom(
            &format!("xmlns:h='{XHTML}'"),
            &format!("<title>T</title><content type='xhtml'>{}</content>", divided("h:")),
        ),
        atom("", &format!("<title>T</title><content type='xhtml' xmlns:h='{XHTML}'>{}</content>", divided("h:"))),
        atom("", &format!("<title>T</title><content type='xhtml'>{}</content>", divided("xhtml:"))),
        atom(
            "",
            &format!(
                "<title>T</title><content type='xhtml'>{}</content>",
                divided("").replacen("<div", &format!("<div xmlns='{XHTML}'"), 1)
            ),
        ),
    ] {
        assert_eq!(only(&text).body.text(), "T\nFirst.\n“It is so,” said Mara Deniz.", "{text}");
    }
}

#[test]
fn names_in_capitals_are_names() {
    let text = "<RSS VERSION='2.0'><CHANNEL><TITLE>Coast</TITLE><ITEM><TITLE>T</TITLE><LINK>https://coast.example/t</LINK>\
                <PUBDATE>Thu, 14 Mar 2024 09:30:00 GMT</PUBDATE><GUID ISPERMALINK='false'>g</GUID>\
                <DESCRIPTION>&lt;p&gt;One.&lt;/p&gt;</DESCRIPTION></ITEM></CHANNEL></RSS>";
    let article = only(text);
    assert_eq!((article.body.text(), article.url.as_deref()), ("T\nOne.", Some("https://coast.example/t")));
    assert_eq!((article.dates.published.is_some(), article.publisher.as_deref()), (true, Some("Coast")));
    assert_eq!(feed(text).entries[0].guid.as_deref(), Some("g"));
}

#[test]
fn marks_in_words_swallow_nothing() {
    for (title, expected) in [
        ("Fish & chips: 3 < 4 & \"so\"", "Fish & chips: 3 < 4 & \"so\""),
        ("Why 1 <2 and 3> 2", "Why 1 <2 and 3> 2"),
        ("We <3 tea", "We <3 tea"),
        ("AT&T <=> R&D", "AT&T <=> R&D"),
        ("a <b and c", "a <b and c"),
    ] {
        let item = format!(
            "<title>{title}</title><link>https://coast.example/?a=1&b=2</link><description>R&D; 1 < 2.</description>"
        );
        let article = only(&rss("", &item));
        assert_eq!(article.body.text(), format!("{expected}\nR&D; 1 < 2."));
        assert_eq!(article.url.as_deref(), Some("https://coast.example/?a=1&b=2"));
    }
}

#[test]
fn elements_that_do_not_match_end_with_their_field() {
    for item in [
        "<title>Bridge <b>closes</title><link>https://coast.example/1</link><description><p>One<p>“Two,” said Ann Holt</description>",
        "<title>Bridge closes<link>https://coast.example/1<description><p>One</p><p>“Two,” said Ann Holt</p></description>",
        "<title>Bridge closes</titel><link>https://coast.example/1</link><description><p>One</i><p>“Two,” said Ann Holt<guid>g</guid>",
        "<title>Bridge closes</b></title><link>https://coast.example/1</link><description>One<p>“Two,” said Ann Holt</description>",
        "<description>One</p><p>“Two,” said Ann Holt</description><title>Bridge closes</title><link>https://coast.example/1</link>",
    ] {
        let article = only(&rss("", item));
        assert_eq!(article.body.text(), "Bridge closes\nOne\n“Two,” said Ann Holt", "{item}");
        assert_eq!(article.url.as_deref(), Some("https://coast.example/1"), "{item}");
    }
    let atom = atom("", "<title>T</title><summary>S.</summary><author><name>Jane Doe</author><link href='/x'/>");
    let article = only(&atom);
    assert_eq!(
        (article.byline.as_deref(), article.url.as_deref()),
        (Some("Jane Doe"), Some("https://coast.example/x"))
    );
}

#[test]
fn sections_in_and_out_of_order_are_read() {
    for description in [
        "<![CDATA[<p>One <![CDATA[two]]> three.</p>]]>",
        "<![CDATA[<p>One two three.</p>",
        "<![CDATA[<p>One ]]><![CDATA[two three.</p>]]>",
        "<![CDATA[<p>One <![CDATA[two three.</p>]]>",
    ] {
        let text = format!(
            "<rss><channel><item><title>A</title><description>{description}</description></item>\
             <item><title><![CDATA[B]]></title><description><![CDATA[Four.]]></description></item></channel></rss>"
        );
        let texts: Vec<_> = feed(&text).entries.iter().map(|entry| entry.article.body.text().to_owned()).collect();
        assert_eq!(texts, ["A\nOne two three.", "B\nFour."], "{description}");
    }
}

#[test]
fn content_in_base64_is_decoded() {
    let packed = "PHA+T25lLjwvcD48cD7igJxUd28s4oCdIHNhaWQgQW5uIEhvbHQuPC9wPg==";
    let expected = "T\nOne.\n“Two,” said Ann Holt.";
    for content in [
        format!("<content type='text/html' mode='base64'>\n {}\n {}\n</content>", &packed[..20], &packed[20..]),
        format!("<content type='application/octet-stream'>{}</content>", packed.trim_end_matches('=')),
        "<content type='text/html' mode='escaped'>&lt;p>One.&lt;/p>&lt;p>“Two,” said Ann Holt.&lt;/p></content>"
            .to_owned(),
        "<content type='application/xhtml+xml' mode='xml'><div><p>One.</p><p>“Two,” said Ann Holt.</p></div></content>"
            .to_owned(),
        "<content type='application/xml'>One.\n\n“Two,” said Ann Holt.</content>".to_owned(),
        "<content type='application/x-wrong'>One.\n\n“Two,” said Ann Holt.</content>".to_owned(),
    ] {
        assert_eq!(only(&atom("", &format!("<title>T</title>{content}"))).body.text(), expected, "{content}");
    }
    let picture =
        "<title>T</title><summary>A picture.</summary><content type='image/png'>iVBORw0KGgoAAAANSUhEUg==</content>";
    assert_eq!(only(&atom("", picture)).body.text(), "T\nA picture.");
    let title = "<title mode='base64' type='text/plain'>VGVhICYgdG9hc3Q=</title><summary>S.</summary>";
    assert_eq!(only(&atom("", title)).headline(), "Tea & toast");
    let plain = "<title>T</title><content type='TEXT/plain'>1 &lt; 2 &amp; &lt;b>.</content>";
    assert_eq!(only(&atom("", plain)).body.text(), "T\n1 < 2 & <b>.");
}

/// An entry says more than the feed it was copied from.
#[test]
fn source_of_an_entry_is_its_publisher_and_no_more() {
    let source = "<source><id>s</id><title>The Real Paper</title><link href='https://paper.example/'/>\
                  <author><name>The Desk</name></author><updated>2020-01-01T00:00:00Z</updated></source>";
    let entry = "<id>e</id><title>T</title><link href='https://coast.example/1'/><updated>2024-03-14T09:30:00Z</updated><summary>S.</summary>";
    let author = "<author><name>Jane Doe</name></author>";
    for (text, byline) in [
        (format!("{source}{entry}{author}"), "Jane Doe"),
        (format!("{entry}{author}{source}"), "Jane Doe"),
        (format!("{source}{entry}"), "The Desk"),
    ] {
        let text = atom("", &text);
        let article = only(&text);
        assert_eq!((article.headline(), article.url.as_deref()), ("T", Some("https://coast.example/1")));
        assert_eq!((article.publisher.as_deref(), article.byline.as_deref()), (Some("The Real Paper"), Some(byline)));
        assert_eq!(article.dates.published.unwrap().to_string(), "2024-03-14T09:30:00Z");
        assert_eq!(feed(&text).entries[0].guid.as_deref(), Some("e"));
    }
    let item =
        "<title>T</title><source url='https://paper.example/feed'>The Real Paper</source><description>S.</description>";
    assert_eq!(only(&rss("", item)).publisher.as_deref(), Some("The Real Paper"));
    let namespaced =
        "<title>T</title><a:source><a:title>The Real Paper</a:title></a:source><description>S.</description>";
    let article = only(&rss("xmlns:a='http://www.w3.org/2005/Atom'", namespaced));
    assert_eq!((article.headline(), article.publisher.as_deref()), ("T", Some("The Real Paper")));
}

#[test]
fn junk_around_a_feed_is_passed_by() {
    let whole = format!(
        "<?xml version='1.0' encoding='utf-8'?>\n{}",
        rss("", "<title>T</title><description>One.</description>")
    );
    for before in [
        "\n\n  ",
        "\u{feff}\u{feff}",
        "<br />\n<b>Warning</b>: session in <b>/x.php</b> on line 3<br>\n",
        "Notice: 1 < 2\n",
        "<!-- cached -->",
    ] {
        assert_eq!(only(&format!("{before}{whole}")).body.text(), "T\nOne.", "{before}");
    }
    for after in ["\n<!-- cached -->\n<script>1 < 2</script>", "\0\0\0", "<br><b>Warning", "<"] {
        let read = feed(&format!("{whole}{after}"));
        assert_eq!(read.entries[0].article.body.text(), "T\nOne.", "{after}");
    }
    let mut read = Vec::new();
    let hint = Hint { name: Some("feed.rss"), ..Hint::default() };
    formats::read(&mut format!("\n<br>\n{whole}").as_bytes(), &hint, &mut |article| read.push(article));
    assert_eq!(read[0].as_ref().unwrap().body.text(), "T\nOne.", "in a file too");
}

#[test]
fn entities_of_the_document_are_expanded() {
    let read = |entities: &str, text: &str| {
        let rss = rss("", &format!("<title>T</title><description>{text}</description>"));
        only(&format!("<?xml version='1.0'?><!DOCTYPE rss [{entities}]>{rss}")).body.text()[2..].to_owned()
    };
    let declared = "<!ENTITY wire \"Coast Wire\"><!ENTITY quay 'the <b>quay</b>'><!ENTITY ldq '&#8220;'>";
    assert_eq!(
        read(declared, "&wire; writes from &quay;: &ldq;yes,” &amp; no."),
        "Coast Wire writes from the quay: “yes,” & no."
    );
    assert_eq!(
        read("<!ENTITY a '&b;&b;'><!ENTITY b 'x'><!ENTITY c SYSTEM 'file:///etc/passwd'>", "&a; &b; &c;"),
        "xx x &c;"
    );
    assert_eq!(read("<!ENTITY eacute 'é'>", "caf&eacute;&nbsp;x"), "café x");
    let long = read(&format!("<!ENTITY a '{}'>", "x".repeat(50_000)), &"&a;".repeat(10_000));
    assert!(long.len() < 2 << 20, "{}", long.len());
}

#[test]
fn authors_lose_their_addresses() {
    for author in [
        "<author>jane@coast.example (Jane Doe)</author>",
        "<author>Jane Doe (jane@coast.example)</author>",
        "<author>Jane Doe &lt;jane@coast.example&gt;</author>",
        "<dc:creator>Jane Doe &lt;jane@coast.example&gt;</dc:creator>",
        "<author><name>Jane Doe</name><email>jane@coast.example</email></author>",
        "<author><name>Jane Doe (jane@coast.example)</name></author>",
    ] {
        let item = format!("<title>T</title><description>One.</description>{author}");
        assert_eq!(only(&rss("", &item)).byline.as_deref(), Some("Jane Doe"), "{author}");
    }
    let item = "<title>T</title><description>One.</description><author>mailto:jane@coast.example</author>";
    assert_eq!(only(&rss("", item)).byline, None);
}

#[test]
fn end_after_a_whole_entry_is_no_cut() {
    let whole = format!("<rss><channel>{}", "<item><title>T</title><description>One.</description></item>".repeat(3));
    for (end, is_cut) in [
        ("", false),
        ("\n<!-- a -->\n", false),
        ("<item", true),
        ("<item>", true),
        ("<title>C", true),
        ("<!-- a", true),
        ("</chan", true),
        ("</channel", false),
        ("</channel>", false),
        ("</channel></rss", false),
        ("</channel></rss>", false),
    ] {
        let read = feed(&format!("{whole}{end}"));
        assert_eq!((read.entries.len(), matches!(read.refusals[..], [ParseError::CutOff])), (3, is_cut), "{end}");
    }
    let rdf = "<rdf:RDF><channel><title>C</title></channel><item><title>T</title></item>";
    let atom = "<feed><title>C</title><entry><title>T</title></entry>";
    for (text, end) in [(rdf, "</rdf:RDF>"), (atom, "</feed>")] {
        assert!(feed(text).refusals.is_empty() && feed(text).is_unclosed, "{text}");
        assert!(!feed(&format!("{text}{end}")).is_unclosed, "{text}");
    }
}

#[test]
fn values_of_attributes_hold_any_mark() {
    for item in [
        "<title x='<b'>T</title><description>One.</description>",
        "<title>T</title><category domain='a<b'>News</category><description>One.</description>",
        "<title>T</title><itunes:image href='x' alt='<none>'/><description>One.</description>",
        "<title>T</title><media:content url='a<b>c' x='1>2'/><description>One.</description>",
        "<title>T</title><content:encoded type='text/<b>'>One.</content:encoded>",
        "<title>T</title><description>One.<img alt='x <y> z' src='q'/></description>",
    ] {
        assert_eq!(only(&rss("", item)).body.text(), "T\nOne.", "{item}");
    }
    let item = "<title>T</title><source url='http://x.example/<id>'>Other</source>";
    assert_eq!(only(&rss("", item)).publisher.as_deref(), Some("Other"));
    let html = "<title>T</title><description><a href='u' title='<b>x</b>'>One</a>.</description>";
    assert_eq!(only(&rss("", html)).body.text(), "T\nOne.");
    let entry = "<title>T</title><category term='C<int>'/><link href='/a' title='Profit <5%'/>\
                 <content type='html' label='<x>'>One.</content>";
    let article = only(&atom("", entry));
    assert_eq!(article.tags, ["C<int>"]);
    assert_eq!((article.body.text(), article.url.as_deref()), ("T\nOne.", Some("https://coast.example/a")));
    let xhtml = format!(
        "<title>T</title><content type='xhtml'><div xmlns='{XHTML}'>One.<img alt='5 <b>6</b>'/></div></content>"
    );
    assert_eq!(only(&atom("", &xhtml)).body.text(), "T\nOne.");
}

#[test]
fn elements_without_an_end_swallow_nothing() {
    for open in [
        "<enclosure url='x'>",
        "<ENCLOSURE url='x'>",
        "<media:content url='x'>",
        "<media:thumbnail url='x'>",
        "<br>",
        "<BR>",
        "<img src='x'>",
        "<IMG SRC='x'>",
        "<p>",
        "<!-- note ",
    ] {
        let item = format!("<title>T</title>{open}<link>https://coast.example/1</link><description>One.</description>");
        let text = rss("", &format!("{item}</item><item>{item}"));
        let read = feed(&text);
        assert_eq!(read.entries.len(), 2, "{open}");
        for entry in read.entries {
            assert_eq!(entry.article.body.text(), "T\nOne.", "{open}");
            assert_eq!(entry.article.url.as_deref(), Some("https://coast.example/1"), "{open}");
        }
    }
}

#[test]
fn captions_replace_no_text() {
    let caption =
        "<media:title>A boat</media:title><media:description>A long caption about a boat.</media:description>";
    let own = "<title>T</title><description>One.</description>";
    for item in [
        format!("{caption}{own}"),
        format!("{own}{caption}"),
        format!("{caption}<title>T</title><content:encoded>One.</content:encoded>"),
        format!("<dc:title>No</dc:title>{own}"),
    ] {
        assert_eq!(only(&rss("", &item)).body.text(), "T\nOne.", "{item}");
    }
    assert_eq!(only(&rss("", caption)).body.text(), "A boat\nA long caption about a boat.");
}

#[test]
fn code_in_a_description_ends_nothing() {
    let text = |description: &str| {
        only(&rss("", &format!("<title>T</title><description>{description}</description>"))).body.text()[2..].to_owned()
    };
    let script = "left <script>if(a<b){document.write(\"</p>\")}</script> right";
    assert_eq!(text(script), "left right");
    assert_eq!(text("List<String> and Map<K,V>"), "List<String> and Map<K,V>");
}

#[test]
fn source_without_a_name_is_none() {
    let item = "<title>T</title><description>One.</description><source url='https://coast.example/x'/>";
    assert_eq!(only(&rss("", item)).publisher.as_deref(), Some("Coast"));
}

#[test]
fn longer_content_counts() {
    let encoded = |text: &str| format!("<content:encoded>{text}</content:encoded>");
    for item in [encoded("One two.") + &encoded("One."), encoded("One.") + &encoded("One two.")] {
        assert_eq!(only(&rss("", &format!("<title>T</title>{item}"))).body.text(), "T\nOne two.");
    }
    let packed = "<title>T</title><content type='text/plain' mode='BASE64'>T25lLg==</content>";
    assert_eq!(only(&atom("", packed)).body.text(), "T\nOne.");
}

#[test]
fn cut_in_the_first_tag_is_a_cut() {
    for text in ["<?xml version='1.0'?><rss version=", "<rss version='2.0", "<feed xmlns='http://www.w3.org/2005/Atom'"]
    {
        let hint = Hint { base_url: Some("https://coast.example/feed"), ..Hint::default() };
        let why = formats::feed(text.as_bytes(), &hint).unwrap_err();
        assert!(matches!(why, ParseError::CutOff), "{text}: {why}");
    }
}

#[test]
fn many_entities_are_known_also_in_attributes() {
    let entity = |number: u32| format!("<!ENTITY e{number} 'value {number}'>\n");
    let many = (0..5_000_u32).map(entity).collect::<Vec<_>>().concat();
    let entry = rss("", "<title>T</title><description>&e4999;.</description><link/><atom:link href='/&e7;'/>");
    let article = only(&format!("<?xml version='1.0'?><!DOCTYPE rss [{many}] >{entry}"));
    assert_eq!(article.body.text(), "T\nvalue 4999.");
    assert_eq!(article.url.as_deref(), Some("https://coast.example/value%207"));
}
