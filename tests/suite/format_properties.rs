//! What holds of every format, whatever the bytes: it ends, it returns something, and what it returns is sound.
//!
//! The same checks as those of the fuzz targets, over texts that are made of the pieces of each format.

#[path = "../../fuzz/fuzz_targets/check.rs"]
mod check;

use proptest::collection::vec;
use proptest::prelude::*;
use pullquote::formats::{self, Hint};

/// A text of these pieces, and of any others.
fn made_of(pieces: &'static [&'static str]) -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        6 => prop::sample::select(pieces).prop_map(str::to_owned),
        2 => "[a-zA-Z ,.“”\"'éл林\\n]{0,20}",
        1 => any::<String>(),
    ];
    vec(piece, 0..40).prop_map(|pieces| pieces.concat())
}

const MARKUP: &[&str] = &[
    "<p>",
    "</p>",
    "<div>",
    "</div>",
    "<a href='https://a.example/'>",
    "<a href=b>",
    "</a>",
    "<br>",
    "<b>",
    "</b>",
    "<ul>",
    "<li>",
    "</ul>",
    "<table>",
    "<tr>",
    "<td>",
    "</table>",
    "<blockquote>",
    "</blockquote>",
    "<pre>",
    "</pre>",
    "<script>",
    "</script>",
    "<!--",
    "-->",
    "<h1>",
    "</h1>",
    "<p hidden>",
    "<span style='display:none'>",
    "&amp;",
    "&#27;",
    "&#x9b;",
    "&lt;",
    "<![CDATA[",
    "]]>",
    "<figcaption>",
    "<q>",
    "<q lang=de>",
    "</q>",
    "“",
    "\u{93}",
    "â\u{80}\u{9d}",
    "\u{9d}",
    "\u{e0041}",
    "<title>",
    "</title>",
    "<base href='/'>",
    "<meta name=author content='",
    "'>",
    "<script type='application/ld+json'>",
    "{\"@type\": \"Article\", \"headline\": \"x\"}",
    "\u{1b}[2J",
    "\u{202e}",
    "\u{301}",
];

const FEED: &[&str] = &[
    "<rss><channel>",
    "<feed>",
    "<item>",
    "</item>",
    "<entry>",
    "</entry>",
    "<title>",
    "</title>",
    "<link>",
    "</link>",
    "<link href='/a'/>",
    "<guid>",
    "</guid>",
    "<id>",
    "</id>",
    "<pubDate>",
    "</pubDate>",
    "2026-03-14",
    "<description>",
    "</description>",
    "<content:encoded>",
    "</content:encoded>",
    "<![CDATA[",
    "]]>",
    "&lt;p&gt;",
    "&amp;",
    "&nbsp;",
    "&x;",
    "&",
    "<author><name>",
    "</name></author>",
    "<image>",
    "</image>",
    "<category term='x'/>",
    "<!--",
    "-->",
    "<p>",
    "</p>",
    "<a href='b'>",
    "https://a.example/",
    "xml:base='/x'",
    "</channel></rss>",
    "\u{1b}]0;",
    "<?xml version='1.0'?>",
    "<!DOCTYPE x [",
];

const JSON: &[&str] = &[
    "{",
    "}",
    "[",
    "]",
    ",",
    "\n",
    "\"title\": ",
    "\"text\": ",
    "\"A\"",
    "\"It is closed,\\n\\nthey said.\"",
    "\"date\": ",
    "\"2026-03-14\"",
    "\"url\": \"https://a.example/\"",
    "\"articles\": ",
    "\"authors\": ",
    "\"paragraphs\": ",
    "null",
    "1773480600",
    "NaN",
    "\\u001b",
    "\"<p>x</p>\"",
    "\"headline\": \"B\", \"body\": \"It is closed.\"",
    "{\"title\": \"A\", \"text\": \"It is.\"}\n",
    "\"kind\": \"headline\"",
    "\"version\": \"https://jsonfeed.org/version/1\", \"items\": ",
];

const MAIL: &[&str] = &[
    "From a@b Sat Mar 14 09:30:00 2026\n",
    "From: ",
    "Subject: ",
    "Date: Sat, 14 Mar 2026 09:30:00 GMT\n",
    "a@b.example\n",
    "\n",
    "\n\n",
    "Content-Type: multipart/mixed; boundary=b\n",
    "--b\n",
    "--b--\n",
    "Content-Type: text/html; charset=koi8-r\n",
    "<p>It is closed.</p>",
    "Content-Transfer-Encoding: base64\n",
    "SXQgaXMgY2xvc2VkLg==\n",
    "Content-Transfer-Encoding: quoted-printable\n",
    "=E9=\n",
    "=?utf-8?q?J=C3=B6?=",
    ">From ",
    "List-Id: \"A b\" <c.d>\n",
    "Archived-At: <https://a.example/>\n",
    "Content-Type: message/rfc822\n\n",
    "Content-Type: multipart/digest; boundary=b\n",
    "Content-Type: multipart/alternative; boundary=\"b b\"\n",
    "Content-Type: multipart/related; start=\"<a>\"; boundary=b\n",
    "--b b\n",
    "Content-ID: <a>\n",
    "Content-Type: text/plain; charset=us-ascii\n",
    "Content-Disposition: attachment\n",
    "=?us-ascii?Q?=C3?= =?us-ascii?B?vA==?=",
    "____________________\nA mailing list\n",
    "-- \n",
    "SXQ\n",
    "\u{feff}",
];

const TEXT: &[&str] = &[
    " date 2026-03-14 ",
    "\n",
    "\n\n",
    "By Jane Doe",
    "PORT ELLERY (Wire) — ",
    "“It is tired,” said Ines Okafor.",
    "\u{1b}[2J",
    "\u{2028}",
    "---\n",
    "title: A\n",
    "tags: [a, 'b']\n",
    "  - x\n",
    "# ",
    "> ",
    "- ",
    "[a](b)",
    "![a](b)",
    "|a|b|\n|-|-|\n|c|d|\n",
    "```\n",
    "*",
    "<br>",
    "title,text\n",
    "A,\"It, is\"\n",
    "\"",
    ",",
    ";",
    "\t",
];

proptest! {
    #[test]
    fn any_page_is_fine(text in made_of(MARKUP)) {
        check::read(format!("<html>{text}").as_bytes(), "page.html");
    }

    #[test]
    fn any_feed_is_fine(text in made_of(FEED)) {
        for head in ["", "<rss><channel><item>", "<feed xml:base='https://a.example/'><entry>"] {
            let bytes = format!("{head}{text}").into_bytes();
            check::read(&bytes, "feed.xml");
            if let Ok(feed) = formats::feed(&bytes, &Hint::default()) {
                feed.entries.iter().for_each(|entry| check::holds(&entry.article, bytes.len()));
            }
        }
    }

    #[test]
    fn any_records_are_fine(text in made_of(JSON)) {
        check::read(text.as_bytes(), "crawl.json");
        check::read(text.as_bytes(), "crawl.jsonl");
    }

    #[test]
    fn any_mail_is_fine(text in made_of(MAIL)) {
        check::read(text.as_bytes(), "letter.eml");
        check::read(text.as_bytes(), "letters.mbox");
    }

    #[test]
    fn any_text_markdown_and_table_is_fine(text in made_of(TEXT)) {
        check::read(text.as_bytes(), "article.txt");
        check::read(text.as_bytes(), "article.md");
        check::read(format!("title,text,url\n{text}").as_bytes(), "table.csv");
    }

    #[test]
    fn any_bytes_are_fine(bytes in vec(any::<u8>(), 0..600), name in prop::sample::select(&["a.html", "a.xml", "a.json", "a.eml", "a.mbox", "a.md", "a.csv", "a"][..])) {
        check::read(&bytes, name);
        check::read(&[&b"\x28\xb5\x2f\xfd"[..], &bytes].concat(), name);
        check::read(&[&b"\x1f\x8b"[..], &bytes].concat(), name);
    }
}
