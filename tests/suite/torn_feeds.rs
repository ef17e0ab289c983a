//! Feeds with elements that are never closed and quotation marks that are never matched: nothing else is lost.

use pullquote::article::Article;
use pullquote::formats::{self, FeedDocument, Hint};

fn feed(text: &str) -> FeedDocument {
    let hint = Hint { base_url: Some("https://coast.example/feed"), ..Hint::default() };
    formats::feed(text.as_bytes(), &hint).unwrap_or_else(|why| panic!("{why}: {text}"))
}

/// The articles of a feed of RSS with `item` between two others, which are read whatever it holds.
fn of_rss(item: &str) -> Article {
    let other = |n: u32| {
        format!(
            "<item><title class=\"a\">Other {n}</title><link>https://coast.example/o{n}</link>\
             <description>&lt;p class=\"b\">Words of {n}.&lt;/p></description></item>"
        )
    };
    middle(&format!(
        "<rss version=\"2.0\"><channel><title>Coast</title>{}<item>{item}</item>{}</channel></rss>",
        other(1),
        other(2)
    ))
}

fn of_atom(entry: &str) -> Article {
    let other = |n: u32| {
        format!(
            "<entry><title type=\"text\">Other {n}</title><link href=\"/o{n}\"/><summary>Words of {n}.</summary></entry>"
        )
    };
    middle(&format!(
        "<feed xmlns=\"http://www.w3.org/2005/Atom\"><title>Coast</title>{}<entry>{entry}</entry>{}</feed>",
        other(1),
        other(2)
    ))
}

fn middle(text: &str) -> Article {
    let feed = feed(text);
    assert!(feed.refusals.is_empty(), "{:?}: {text}", feed.refusals);
    let [first, article, second] = <[_; 3]>::try_from(feed.entries).unwrap_or_else(|all| panic!("{all:?}: {text}"));
    for (n, other) in [(1, first), (2, second)] {
        assert_eq!(other.article.body.text(), format!("Other {n}\nWords of {n}."), "{text}");
        assert_eq!(other.article.url, Some(format!("https://coast.example/o{n}")), "{text}");
        assert_eq!(other.article.publisher.as_deref(), Some("Coast"), "{text}");
    }
    article.article
}

/// What an article of these fields is.
fn assert_whole(article: &Article, input: &str) {
    assert_eq!(article.body.text(), "Bridge closes\nOne two.", "{input}");
    assert_eq!(article.url.as_deref(), Some("https://coast.example/1"), "{input}");
}

/// Markup with a mark too many or too few; its text is "One two.", but for `'`.
const TORN: [&str; 12] = [
    "<a href=x\">One</a> two.",
    "<a href=x'>One</a> two.",
    "<a href=http://x.example/it's>One</a> two.",
    "<p class=\"a>One two.</p>",
    "<p class='a>One two.</p>",
    "<p class=\"a>One <b class=\"b\">two</b>.</p>",
    "<p \"class>One two.</p>",
    "<p class=\"a\"\">One two.</p>",
    "<p class='a''>One two.</p>",
    "<p class=\"a' id=b>One two.</p>",
    "<p>One two.</p'>",
    "<a href=\"/x>One</a> two.<img src=x alt='>",
];

#[test]
fn stray_marks_of_attributes_stay_in_their_field() {
    let rss_link = "<link>https://coast.example/1</link>";
    let atom_link = "<link href=\"https://coast.example/1\" />";
    for torn in TORN {
        for item in [
            format!("<title>Bridge closes</title>{rss_link}<description>{torn}</description>"),
            format!("<description>{torn}</description><title>Bridge closes</title>{rss_link}"),
            format!("<title>Bridge closes</title><content:encoded>{torn}</content:encoded>{rss_link}"),
            format!("<TITLE>Bridge closes</TITLE><DESCRIPTION>{torn}</DESCRIPTION>{rss_link}"),
            format!("<title>Bridge closes</title>{rss_link}<description>{torn}"),
        ] {
            assert_whole(&of_rss(&item), &item);
        }
        for entry in [
            format!("<title>Bridge closes</title><summary>{torn}</summary>{atom_link}"),
            format!("<content type=\"html\">{torn}</content><title>Bridge closes</title>{atom_link}"),
            format!(
                "<content type='xhtml'><div xmlns='http://www.w3.org/1999/xhtml'>{torn}</div></content>{atom_link}\
                 <title>Bridge closes</title>"
            ),
        ] {
            assert_whole(&of_atom(&entry), &entry);
        }
    }
    for title in ["Bridge <b class=x\">closes</b>", "Bridge <b class='x>closes</b>", "<b \"x>Bridge</b> closes"] {
        let item = format!("<title>{title}</title>{rss_link}<description>One two.</description>");
        assert_whole(&of_rss(&item), &item);
        let entry = format!("<title>{title}</title>{atom_link}<summary>One two.</summary>");
        assert_whole(&of_atom(&entry), &entry);
    }
}

#[test]
fn stray_marks_in_the_last_entry_cut_nothing() {
    for torn in TORN {
        let text = format!(
            "<rss><channel><item><title>Bridge closes</title><link>https://coast.example/1</link><description>{torn}</description></item></channel></rss>"
        );
        let feed = feed(&text);
        assert!(feed.refusals.is_empty(), "{text}");
        assert_whole(&feed.entries[0].article, torn);
    }
}

#[test]
fn stray_marks_of_fields_stay_in_their_tag() {
    for open in ["<category domain=a\">", "<category domain=\"a>", "<category domain='a>", "<category domain=a<b>"] {
        let item = format!(
            "<title>Bridge closes</title>{open}News</category><link>https://coast.example/1</link><description>One two.</description>"
        );
        let article = of_rss(&item);
        assert_whole(&article, &item);
        assert_eq!(article.tags, ["News"], "{open}");
    }
}

#[test]
fn unclosed_fields_of_rss_swallow_nothing() {
    let rest = "<link>https://coast.example/1</link><description>One two.</description>";
    for open in [
        "<dc:creator>Jane Doe",
        "<author>Jane Doe",
        "<author><name>Jane Doe",
        "<author><name>Jane Doe</name>",
        "<source url=\"https://paper.example/\">Paper",
        "<category>News",
        "<category domain=\"x\">News<category>Sport",
        "<CATEGORY>News",
        "<guid isPermaLink=\"false\">g1",
        "<pubDate>Sat, 14 Mar 2026 09:30:00 GMT",
        "<comments>https://coast.example/c",
        "<x:foo>bar",
        "<x:foo a=\"b\"><x:baz>bar",
        "<slash:comments>3",
        "<thumb>x.png",
        "<image>x.png",
        "<media:content url=\"x\"><media:title>No</media:title>",
        "<itunes:owner><itunes:name>No",
        "<enclosure url=\"x\">",
    ] {
        let item = format!("<title>Bridge closes</title>{open}{rest}");
        assert_whole(&of_rss(&item), &item);
        let item = format!("{open}<title>Bridge closes</title>{rest}");
        assert_whole(&of_rss(&item), &item);
        let item =
            format!("{open}\n<content:encoded>One two.</content:encoded>\n<title>Bridge closes</title>{}", &rest[..36]);
        assert_whole(&of_rss(&item), &item);
        let item = format!("<title>Bridge closes</title>{rest}{open}");
        assert_whole(&of_rss(&item), &item);
    }
    for item in [
        "<title>Bridge closes<dc:creator>Jane Doe<guid>g<link>https://coast.example/1<category>News<description>One two.<pubDate>x",
        "<title>Bridge closes<x:foo>bar</x:foo><link>https://coast.example/1</link><description>One two.</description>",
        "<title>Bridge closes<thumb>x.png</thumb><link>https://coast.example/1</link><description>One two.</description>",
        "<description>One two.<title>Bridge closes</title><link>https://coast.example/1</link>",
        "<description><p>One <b>two</b>.<title>Bridge closes</title><link>https://coast.example/1</link>",
        "<content:encoded>One two.<link>https://coast.example/1</link><title>Bridge closes",
    ] {
        assert_whole(&of_rss(item), item);
    }
}

#[test]
fn unclosed_fields_say_what_they_say() {
    let item = "<category>News<category>Sport<dc:creator>Jane Doe<pubDate>Sat, 14 Mar 2026 09:30:00 GMT\
                <source url=\"https://paper.example/\">Paper<title>Bridge closes<link>https://coast.example/1<description>One two.";
    let article = of_rss(item);
    assert_whole(&article, item);
    assert_eq!(article.tags, ["News", "Sport"]);
    assert_eq!(article.byline.as_deref(), Some("Jane Doe"));
    assert_eq!(article.dates.published.unwrap().to_string(), "2026-03-14T09:30:00Z");
    let paper = item.replace("<channel><title>Coast</title>", "");
    let alone = feed(&format!("<rss><channel><item>{paper}</item></channel></rss>"));
    assert_eq!(alone.entries[0].article.publisher.as_deref(), Some("Paper"));
}

#[test]
fn unclosed_fields_of_atom_swallow_nothing() {
    let fields = [
        "<title>Bridge closes",
        "<link href=\"https://coast.example/1\">",
        "<category term=\"News\">",
        "<id>urn:x:1",
        "<updated>2026-03-14T09:30:00Z",
        "<author><name>Jane Doe",
        "<content type=\"html\">One two.",
    ];
    let ends = ["</title>", "</link>", "</category>", "</id>", "</updated>", "</name></author>", "</content>"];
    let count = fields.len();
    // Each of them unclosed by itself, all but that one, in each order.
    for turn in 0..count {
        for (unclosed, is_all) in (0..count).map(|at| (at, false)).chain([(0, true)]) {
            let entry = (0..count)
                .map(|at| (at + turn) % count)
                .map(|at| format!("{}{}\n", fields[at], if is_all || at == unclosed { "" } else { ends[at] }))
                .collect::<Vec<_>>()
                .concat();
            let article = of_atom(&entry);
            assert_whole(&article, &entry);
            assert_eq!(article.tags, ["News"], "{entry}");
            assert_eq!(article.byline.as_deref(), Some("Jane Doe"), "{entry}");
            assert_eq!(article.dates.published.unwrap().to_string(), "2026-03-14T09:30:00Z", "{entry}");
        }
    }
}

#[test]
fn unclosed_persons_and_sources_hold_their_own() {
    let rest = "<title>Bridge closes</title><link href=\"https://coast.example/1\"/><summary>One two.</summary>";
    for author in [
        "<author><name>Jane Doe<email>j@coast.example<uri>https://x.example/</uri>",
        "<author><email>j@coast.example</email><name>Jane Doe",
        "<author><name>Jane Doe</name><uri>https://x.example/",
        "<contributor><name>Joe<author><name>Jane Doe",
    ] {
        let entry = format!("{author}{rest}");
        let article = of_atom(&entry);
        assert_whole(&article, &entry);
        assert_eq!(article.byline.as_deref(), Some("Jane Doe"), "{author}");
    }
    let source = "<source><title>Paper</title><link href=\"https://paper.example/\"/>";
    let entry = format!("{rest}{source}");
    let article = of_atom(&entry);
    assert_eq!(article.headline(), "Bridge closes");
    let article = of_atom(&format!("{source}<title>Bridge closes</title>{}", &rest[28..]));
    assert_whole(&article, &entry);
}

#[test]
fn what_is_closed_holds_what_is_in_it() {
    let rest = "<link>https://coast.example/1</link>";
    for item in [
        format!(
            "<x:foo><title>No</title><link>https://no.example/</link></x:foo><title>Bridge closes</title>{rest}<description>One two.</description>"
        ),
        format!(
            "<x:foo><x:foo/><x:foo>a</x:foo><title>No</title></x:foo><title>Bridge closes</title>{rest}<description>One two.</description>"
        ),
        format!("<title>Bridge closes</title>{rest}<description>One <svg><title>no</title></svg>two.</description>"),
        format!(
            "<image><title>No</title><link>https://no.example/</link></image><title>Bridge closes</title>{rest}<description>One two.</description>"
        ),
    ] {
        let article = of_rss(&item);
        assert_eq!(
            (article.headline(), article.url.as_deref()),
            ("Bridge closes", Some("https://coast.example/1")),
            "{item}"
        );
        assert!(article.body.text().ends_with("two."), "{item}");
    }
    let item = format!("<title>How to use the <link> tag</title>{rest}<description>One two.</description>");
    assert_eq!(of_rss(&item).url.as_deref(), Some("https://coast.example/1"));
}

#[test]
fn unclosed_fields_of_the_head_swallow_nothing() {
    for head in [
        "<title>Coast<link>https://coast.example/",
        "<title>Coast</title><image><url>x.png</url><title>No</title>",
        "<title>Coast</title><link>https://coast.example/</link><description>News<language>en<image><url>x.png",
        "<image><title>No</title></image><title>Coast",
        "<textInput><title>No</title><description>No</description><title>Coast",
        "<x:foo>bar<title>Coast",
    ] {
        let text = format!(
            "<rss><channel>{head}<item><title>Bridge closes</title><link>https://coast.example/1</link><description>One two.</description></item></channel></rss>"
        );
        let feed = feed(&text);
        assert_eq!(feed.title.as_deref(), Some("Coast"), "{head}");
        assert!(feed.refusals.is_empty());
        assert_whole(&feed.entries[0].article, head);
    }
}

#[test]
fn type_that_is_none_says_nothing() {
    for (kind, is_markup) in [
        ("text/<b>", true),
        ("text/{html}", true),
        ("Text/HTML; charset=utf-8", true),
        ("html", true),
        ("text/plain", false),
        ("text/plain; charset=utf-8", false),
    ] {
        let item = format!(
            "<title>Bridge closes</title><content:encoded type=\"{kind}\">&lt;p>One two.&lt;/p></content:encoded>"
        );
        let expected = if is_markup { "One two." } else { "<p>One two.</p>" };
        assert_eq!(of_rss(&item).body.text(), format!("Bridge closes\n{expected}"), "{kind}");
    }
}

/// Each of these has a way to cost the square of its length.
#[test]
fn hostile_feeds_cost_little() {
    let distinct = |from: &str, to: &str| (0..10_000).map(|n| format!("{from}{n}{to}")).collect::<Vec<_>>().concat();
    for text in [
        "<category>".repeat(20_000),
        "<title><guid>".repeat(10_000),
        "<description><p></x>".repeat(10_000),
        distinct("<x:a", ">"),
        distinct("<a", ">"),
        distinct("<title><s", ">"),
        distinct("</s", ">"),
        format!("<description>{}", distinct("<s", "></t>")),
        "<a b=\"x><c d='".repeat(10_000),
        "<a b=c<d".repeat(10_000),
        "<a b=\"<i></x>".repeat(10_000),
    ] {
        let whole = format!("<rss><channel><item><title>T</title></item><item>{text}</item></channel></rss>");
        assert!(!feed(&whole).entries.is_empty());
    }
}

#[test]
fn torn_end_tags_end_their_field() {
    let fields = |title: &str, link: &str, description: &str| {
        format!(
            "<title>Bridge closes{title}<link>https://coast.example/1{link}<description>One two.{description}<guid>g</guid>"
        )
    };
    for end in ["</ NAME>", "</NAME", "</ NAME", "< /NAME>", "</\nNAME >", "</NAME\n", "< / NAME>"] {
        let end = |name: &str| end.replace("NAME", name);
        let item = fields(&end("title"), &end("link"), &end("description"));
        assert_whole(&of_rss(&item), &item);
        let item = format!(
            "<link>https://coast.example/1</link><content:encoded><b>One</b> two.{}<title>Bridge closes{}",
            end("content:encoded"),
            end("title")
        );
        assert_whole(&of_rss(&item), &item);
        let entry = format!(
            "<link href=\"https://coast.example/1\"/><author><name>A</name>{}<content type='html'>One two.{}<title>Bridge closes{}",
            end("author"),
            end("content"),
            end("title")
        );
        assert_whole(&of_atom(&entry), &entry);
    }
}

#[test]
fn half_an_end_tag_among_words_ends_nothing() {
    for half in ["</item tail", "</description tail", "</link tail", "</channel tail", "</rss tail", "</ item tail"] {
        let article = of_rss(&format!(
            "<title>One {half}</title><link>https://coast.example/1</link><description>Two {half}, three.</description>"
        ));
        assert_eq!(article.url.as_deref(), Some("https://coast.example/1"), "{half}");
        assert_eq!(article.body.text(), format!("One {half}\nTwo {half}, three."));
    }
}

#[test]
fn sections_that_are_never_closed_stay_in_their_field() {
    for description in [
        "<![CDATA[One]]> t<![CDATA[wo.",
        "<![CDATA[One <![CDATA[two.",
        "<![CDATA[One]]> <b>t</b><![CDATA[wo.",
        "<!-- a --><![CDATA[One two.",
    ] {
        let item = format!(
            "<title>Bridge closes</title><link>https://coast.example/1</link><description>{description}</description>"
        );
        assert_whole(&of_rss(&item), &item);
        let with_section = format!("{item}</item><item><title><![CDATA[x]]></title>");
        let all = feed(&format!("<rss><channel><item>{with_section}</item></channel></rss>"));
        assert_eq!((all.entries.len(), all.refusals.len()), (2, 0), "{with_section}");
        assert_whole(&all.entries[0].article, &with_section);
    }
    let item = "<title>Bridge closes</title><link>https://coast.example/1</link><description><!DOCTYPE x [ One two.</description>";
    assert_eq!(of_rss(item).body.text(), "Bridge closes\n<!DOCTYPE x [ One two.");
}

#[test]
fn stray_marks_leave_the_address() {
    for link in [
        "<link href=\"https://coast.example/1/>",
        "<link href=https://coast.example/1\"/>",
        "<link href='https://coast.example/1\"/>",
        "<link rel=\"alternate href=\"https://coast.example/1\"/>",
        "<link rel=alternate\" href=\"https://coast.example/1\"/>",
    ] {
        for entry in [
            format!("{link}<title>Bridge closes</title><content type=\"html\">One two.</content>"),
            format!("<title type='text'>Bridge closes</title><content type='html'>One two.</content>{link}"),
        ] {
            assert_whole(&of_atom(&entry), &entry);
        }
    }
}

#[test]
fn unclosed_link_of_another_vocabulary_is_not_the_address() {
    let fields = "<title>Bridge closes</title><link>https://coast.example/1</link><description>One two.</description>";
    for link in ["<atom:link href='https://coast.example/x'>", "<atom:link href='https://coast.example/x'/>"] {
        for item in [format!("{link}{fields}"), format!("{fields}{link}")] {
            assert_whole(&of_rss(&item), &item);
        }
    }
    let item =
        "<atom:link href='https://coast.example/1'/><title>Bridge closes</title><description>One two.</description>";
    assert_whole(&of_rss(item), item);
}

#[test]
fn unclosed_source_keeps_the_date() {
    let date = |entry: &str| of_atom(entry).dates.published.map(|date| date.to_string()[..10].to_owned());
    for (source, updated, rest) in [
        ("", "2024-03-14T01:00:00Z", ""),
        ("<updated>2023-01-01T00:00:00Z</updated>", "2024-03-14T01:00:00Z", ""),
        ("</source>", "2024-03-14T01:00:00Z", ""),
        ("", "2023-01-01T00:00:00Z", "<published>2024-03-14T01:00:00Z</published>"),
    ] {
        let entry = format!(
            "<title>T</title><source><title>Other</title>{source}<updated>{updated}</updated><content>One.</content>{rest}"
        );
        assert_eq!(date(&entry).as_deref(), Some("2024-03-14"), "{entry}");
    }
    let closed = "<title>T</title><source><updated>2023-01-01T00:00:00Z</updated></source><content>One.</content>";
    assert_eq!(date(closed), None);
}

#[test]
fn title_of_xhtml_is_decoded_once() {
    for (kind, title, expected) in [
        ("xhtml", "A &amp;amp; B", "A &amp; B"),
        ("xhtml", "A &amp; B", "A & B"),
        ("xhtml", "<div xmlns='http://www.w3.org/1999/xhtml'>A &amp;amp; B</div>", "A &amp; B"),
        ("xhtml", "<div xmlns='http://www.w3.org/1999/xhtml'><b>A</b> &amp; B</div>", "A & B"),
        ("text", "A &amp;amp; B", "A &amp; B"),
        ("html", "A &amp;amp; B", "A & B"),
        ("", "A &amp; B", "A & B"),
        ("", "Ruth&amp;#8217;s &amp;amp; B", "Ruth’s & B"),
        ("", "&lt;b>A&lt;/b> &amp;amp; B", "A & B"),
    ] {
        let kind = if kind.is_empty() { String::new() } else { format!(" type='{kind}'") };
        let entry = format!("<title{kind}>{title}</title><content>One.</content>");
        assert_eq!(of_atom(&entry).headline(), expected, "{entry}");
    }
}
