//! Which format some bytes are in: by how they begin first, by their name and what is said of them second.

use memchr::memmem;

use super::html::{HtmlToken, Tokens};
use super::line_ends::with_line_feeds;
use super::markup_news::{self, Layout};
use super::table_header::{delimiter, is_described};
use super::{Hint, feed, front_matter, json, unsupported};

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum InputFormat {
    /// A dated line and paragraphs, or any other plain text.
    DatedText,
    Html,
    /// RSS, RDF, Atom or JSON Feed.
    Feed,
    Json {
        /// Whether every line is a record.
        by_lines: bool,
    },
    /// A table with a header; what stands between its cells.
    Table(u8),
    /// News in XML or SGML, and where things stand in it.
    MarkupNews(&'static Layout),
    /// Pages as they were crawled, or their text; told by its bytes, before they are taken for text.
    WebArchive,
    Markdown,
    Mail,
    /// Many mails.
    Mailbox,
    /// One that is not read, in words.
    Unsupported(&'static str),
    /// One in XML or SGML that is not read: what it is, in words, and the name of its root element.
    UnknownRoot(&'static str, String),
}

impl InputFormat {
    /// Whether its records lie below each other.
    pub const fn is_of_lines(&self) -> bool {
        matches!(self, Self::Json { by_lines: true } | Self::Table(_))
    }

    /// Whether a record of it, one of those that a name tells, seems to begin in `head`.
    pub fn has_record_in(&self, head: &[u8]) -> bool {
        let begins = |mark: &[u8]| head.starts_with(mark) || memmem::find(head, &[b"\n", mark].concat()).is_some();
        match self {
            Self::WebArchive => begins(b"WARC/1."),
            _ => begins(b"{"),
        }
    }
}

/// The format of files of this name, where they consist of records that can be told from one another also where some are
/// damaged.
pub fn of_records(name: &str) -> Option<InputFormat> {
    match &*extension(name) {
        "jsonl" | "ndjson" => Some(InputFormat::Json { by_lines: true }),
        "warc" | "wet" => Some(InputFormat::WebArchive),
        _ => None,
    }
}

/// Headers with which mails begin.
const MAIL: [&str; 16] = [
    "from",
    "to",
    "subject",
    "date",
    "received",
    "return-path",
    "delivered-to",
    "mime-version",
    "message-id",
    "content-type",
    "reply-to",
    "sender",
    "dkim-signature",
    "x-original-to",
    "list-unsubscribe",
    "arc-seal",
];

/// The format of a text that begins with `text`.
pub fn recognize(text: &str, hint: &Hint<'_>) -> InputFormat {
    let start = text.trim_start_matches(|c: char| c.is_whitespace() || c == '\u{feff}');
    let extension = hint.name.map(extension).unwrap_or_default();
    let content_type = hint.content_type.unwrap_or_default().to_ascii_lowercase();
    let is_named = |names: &[&str]| names.contains(&&*extension);
    let says_markdown = is_named(&["md", "markdown", "mdown", "mkd"]) || content_type.contains("markdown");
    // Only where a feed may be expected: an article may show how one begins.
    let may_be_feed =
        hint.base_url.is_some() || content_type.contains("xml") || is_named(&["xml", "rss", "atom", "rdf"]);
    if may_be_feed && feed::begins_in(start) {
        return InputFormat::Feed;
    }
    let lines = &*with_line_feeds(start);
    if let Some(what) = unsupported::recognize(lines) {
        InputFormat::Unsupported(what)
    } else if is_json(start) || (is_named(&["json", "jsonl", "ndjson"]) && start.starts_with(['{', '['])) {
        let is_feed = ["jsonfeed.org/version", "jsonfeed.org\\/version"].iter().any(|mark| start.contains(mark));
        let named_by_lines =
            || is_named(&["jsonl", "ndjson"]) && (!start.contains('\n') || json::are_lines(start.as_bytes()));
        let by_lines = json::is_by_lines(start.as_bytes()) || named_by_lines();
        if is_feed && !by_lines { InputFormat::Feed } else { InputFormat::Json { by_lines } }
    } else if json::are_lines(start.as_bytes()) {
        InputFormat::Json { by_lines: true }
    } else if json::is_list_of_none(start) {
        InputFormat::Json { by_lines: false }
    } else if json::is_bare_value(start) {
        InputFormat::Unsupported("a value of JSON without fields")
    } else if let Some(layout) = markup_news::layout_of(lines) {
        InputFormat::MarkupNews(layout)
    } else if start.starts_with('<') {
        let says_html = is_named(&["html", "htm", "xhtml"]) || content_type.contains("html");
        match of_markup(lines) {
            Some(format) => format,
            None if says_html => InputFormat::Html,
            // It may begin with a component.
            None if says_markdown => InputFormat::Markdown,
            None => unknown_root(start).unwrap_or(InputFormat::DatedText),
        }
    } else if hint.base_url.is_some() && content_type.contains("html") {
        InputFormat::Html
    } else if is_mailbox(start) || is_mail(start) || (is_named(&["eml"]) && !start.is_empty()) {
        // No publisher serves articles as mail; what looks like it on the web wants to be something else.
        match hint.base_url {
            Some(_) => InputFormat::Unsupported("mail on the web"),
            None if is_mailbox(start) => InputFormat::Mailbox,
            None => InputFormat::Mail,
        }
    } else if front_matter::begins(lines) || says_markdown {
        InputFormat::Markdown
    } else if let Some(delimiter) =
        delimiter(start, is_named(&["csv", "tsv"]) || content_type.contains("csv") || is_described(start, hint))
    {
        InputFormat::Table(delimiter)
    } else if is_named(&["html", "htm", "xhtml"]) && Tokens::of(start).any(|t| matches!(t, HtmlToken::Start { .. })) {
        InputFormat::Html
    } else if is_named(&unsupported::SOURCE_CODE) && unsupported::is_source_code(lines) {
        InputFormat::Unsupported("source code")
    } else {
        InputFormat::DatedText
    }
}

/// What the name of a file ends in, in small letters, not counting how it is packed.
fn extension(name: &str) -> String {
    let name = name.to_ascii_lowercase();
    let name = [".gz", ".zst", ".zstd", ".gzip"].iter().find_map(|packed| name.strip_suffix(packed)).unwrap_or(&name);
    name.rsplit_once('.').map(|(_, extension)| extension.to_owned()).unwrap_or_default()
}

/// An object, or an array of objects. A headline may begin with "[Update]", but not with `[{` or `{"`.
fn is_json(start: &str) -> bool {
    let follows =
        |open: char, next: char| start.strip_prefix(open).is_some_and(|rest| rest.trim_start().starts_with(next));
    (follows('{', '"') || follows('{', '}') || follows('[', '{')) && !speaks_of_json(start)
}

/// Whether words follow a whole value on the first line, and no other line begins as a value does: "`{"a": 1}` is how".
fn speaks_of_json(start: &str) -> bool {
    let (first, rest) = start.split_once(['\n', '\r']).unwrap_or((start, ""));
    let mut values = serde_json::Deserializer::from_str(first).into_iter::<serde::de::IgnoredAny>();
    values.next().is_some_and(|value| value.is_ok())
        && first[values.byte_offset()..].trim_start().starts_with(char::is_alphabetic)
        && !rest.split(['\n', '\r']).any(|line| line.trim_start().starts_with(['{', '[', '}', ']', '"']))
}

/// What a text that begins with `<` is, by its first element; nothing where that is no element that is known.
fn of_markup(start: &str) -> Option<InputFormat> {
    const HTML: [&str; 20] = [
        "html", "head", "body", "meta", "title", "link", "script", "style", "base", "div", "p", "article", "section",
        "main", "header", "table", "center", "h1", "span", "img",
    ];
    /// Elements that words do not follow on their line, as they follow those of text.
    const ROOTS: [&str; 15] = [
        "rss", "feed", "rdf", "channel", "entry", "opml", "html", "head", "body", "meta", "title", "link", "script",
        "style", "base",
    ];
    let prolog = unsupported::prolog(start);
    let doctype = prolog.doctype.map(str::to_ascii_lowercase);
    let says_html = doctype.as_ref().is_some_and(|doctype| doctype.contains("html"));
    if prolog.has_words_below() && !says_html {
        return None;
    }
    let mut tokens = Tokens::of(prolog.rest);
    let first = tokens.find_map(|token| match token {
        HtmlToken::Start { name, attributes, .. } => Some((name, attributes)),
        _ => None,
    });
    let local = first.as_ref().map(|(name, _)| name.rsplit_once(':').map_or(&**name, |(_, local)| local));
    if local.is_some_and(|name| ROOTS.contains(&name)) && !says_html && is_spoken_of(tokens) {
        return None;
    }
    // Other languages have elements of these names, too.
    let namespace = first.as_ref().and_then(|(_, attributes)| attributes.get("xmlns"));
    let has_other_type = doctype.is_some() && !says_html;
    let is_foreign =
        local != Some("html") && (has_other_type || namespace.is_some_and(|name| !name.ends_with("/xhtml")));
    match local {
        Some("rss" | "feed" | "rdf" | "channel" | "entry") => Some(InputFormat::Feed),
        Some("opml") => Some(InputFormat::Unsupported("a list of feeds (OPML)")),
        Some(name) if HTML.contains(&name) && !is_foreign => Some(InputFormat::Html),
        _ if says_html => Some(InputFormat::Html),
        _ if prolog.is_xml || has_other_type => unknown_root(start).or_else(|| {
            let is_cut = prolog.rest.is_empty();
            is_cut.then_some(InputFormat::Unsupported("an XML document that is not a feed"))
        }),
        _ => None,
    }
}

/// Whether a text speaks of the element that it begins with, as "`<rss>` is a format" does: after a blank come words, and
/// after them nothing that is markup.
fn is_spoken_of(mut after: Tokens<'_>) -> bool {
    let Some(HtmlToken::Text(words) | HtmlToken::Raw(words)) = after.next() else { return false };
    words.strip_prefix(' ').is_some_and(|words| words.starts_with(char::is_alphabetic))
        && !after.any(|token| match token {
            HtmlToken::End(_) => true,
            HtmlToken::Start { attributes, .. } => attributes.have_values(),
            HtmlToken::Text(_) | HtmlToken::Raw(_) => false,
        })
}

fn unknown_root(start: &str) -> Option<InputFormat> {
    unsupported::root(start).map(|(what, name)| InputFormat::UnknownRoot(what, name))
}

/// A line "From …" and then headers.
fn is_mailbox(start: &str) -> bool {
    let mut lines = start.lines();
    lines.next().is_some_and(|line| line.starts_with("From "))
        && lines.next().is_some_and(|line| header(line).is_some())
}

/// Headers from the first line on, some of them those of mail.
fn is_mail(start: &str) -> bool {
    let mut known = 0;
    for line in start.lines().take(60) {
        let line = line.trim_end();
        if line.is_empty() {
            break;
        }
        if line.starts_with([' ', '\t']) && known > 0 {
            continue;
        }
        match header(line) {
            Some(name) => known += usize::from(MAIL.contains(&&*name.to_ascii_lowercase())),
            None => return false,
        }
    }
    known >= 3
}

fn header(line: &str) -> Option<&str> {
    let (name, _) = line.split_once(':')?;
    let is_name = !name.is_empty() && name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-');
    is_name.then_some(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(text: &str, name: &str) -> InputFormat {
        recognize(text, &Hint { name: Some(name), ..Hint::default() })
    }

    #[test]
    fn formats_are_recognized_by_how_they_begin() {
        let feed = "<?xml version='1.0'?>\n<!-- a --><!DOCTYPE rss [<!ENTITY x 'y'>]>\n<rss version='2.0'>";
        for (text, format) in [
            (" <!DOCTYPE html>\n<html>", InputFormat::Html),
            ("<!-- saved -->\n<HTML lang=en>", InputFormat::Html),
            ("<?xml version='1.0'?><!DOCTYPE html PUBLIC 'x'><html>", InputFormat::Html),
            ("<div>Words", InputFormat::Html),
            (feed, InputFormat::Feed),
            ("<feed xmlns='x'>", InputFormat::Feed),
            ("<rdf:RDF>", InputFormat::Feed),
            ("{\"version\": \"https://jsonfeed.org/version/1.1\", \"items\": []}", InputFormat::Feed),
            ("{ \"title\": 1 }", InputFormat::Json { by_lines: false }),
            ("[\n {\"title\": 1}]", InputFormat::Json { by_lines: false }),
            ("{\"title\": 1}\n{\"title\": 2}\n", InputFormat::Json { by_lines: true }),
            ("---\ntitle: Bridge\n---\nBody.", InputFormat::Markdown),
            ("+++\ntitle = 'Bridge'\n+++\nBody.", InputFormat::Markdown),
            ("title,text,url\na,b,c", InputFormat::Table(b',')),
            ("\"Headline\"\t\"Body\"\t\"Date\"\na\tb\tc", InputFormat::Table(b'\t')),
            ("From a@b.example Sun Mar 15\nReceived: x\n\nBody", InputFormat::Mailbox),
            ("Received: from x\n\tby y\nFrom: a\nSubject: b\n\nBody", InputFormat::Mail),
            ("{\\rtf1\\ansi", InputFormat::Unsupported("an RTF document (pandoc makes text of it)")),
            ("<opml version='2.0'>", InputFormat::Unsupported("a list of feeds (OPML)")),
            ("<x:feed xmlns:x='http://www.w3.org/2005/Atom'>", InputFormat::Feed),
            ("<div xmlns='http://www.w3.org/1999/xhtml'>", InputFormat::Html),
            (
                "<!DOCTYPE article PUBLIC \"-//OASIS//DTD DocBook XML V4.5//EN\" \"a.dtd\">\n<article>",
                InputFormat::UnknownRoot("an XML document", "article".to_owned()),
            ),
            (
                "<!-- a -->\n<!DOCTYPE linuxdoc SYSTEM>\n<article>",
                InputFormat::UnknownRoot("an SGML document", "article".to_owned()),
            ),
            ("<!DOCTYPE PUBLIC \"-//W3C//DTD HTML 4.01//EN\"><div>", InputFormat::Html),
            (
                "<article xmlns='http://docbook.org/ns/docbook'>",
                InputFormat::UnknownRoot("an XML document", "article".to_owned()),
            ),
            ("<?xml version='1.0'?><story>", InputFormat::UnknownRoot("an XML document", "story".to_owned())),
        ] {
            assert_eq!(of(text, "article.txt"), format, "{text}");
        }
    }

    #[test]
    fn name_decides_what_the_beginning_does_not() {
        assert_eq!(of("# Bridge", "a.md"), InputFormat::Markdown);
        assert_eq!(of("<Card kind='x'>\n<b>A</b>\n</Card>", "a.md"), InputFormat::Markdown);
        assert_eq!(of("Bridge closed\n\nIt is closed.", "coast.rs"), InputFormat::DatedText);
        assert_eq!(of("Subject: x\n\nBody", "a.eml"), InputFormat::Mail);
        assert_eq!(of("a;b\n1;2", "a.csv.gz"), InputFormat::Table(b';'));
        assert_eq!(of("Bridge <b>closed</b>", "a.HTML"), InputFormat::Html);
        assert_eq!(of("<story id='1'><p>Bridge</p></story>", "a.html"), InputFormat::Html);
        assert_eq!(of("print('x')", "a.py"), InputFormat::Unsupported("source code"));
        assert_eq!(of("<!doctype html><p>Bridge", "a.php"), InputFormat::Html);
        assert_eq!(of("{\"a\": 1}", "a.jsonl.zst"), InputFormat::Json { by_lines: true });
    }

    #[test]
    fn feed_after_junk_is_one_where_it_is_expected() {
        for text in ["<br />\n<b>Warning</b>: x<br>\n<?xml version='1.0'?>\n<rss>", "Notice: x\n<rss version='2.0'>"] {
            assert_eq!(of(text, "feed.xml"), InputFormat::Feed, "{text}");
            assert_ne!(of(text, "article.txt"), InputFormat::Feed, "{text}");
            let hint = Hint { base_url: Some("https://a.example/feed"), ..Hint::default() };
            assert_eq!(recognize(text, &hint), InputFormat::Feed, "{text}");
        }
        assert_eq!(of("<html><pre><?xml version='1.0'?><rss>", "page.xml"), InputFormat::Html);
    }

    #[test]
    fn web_page_is_never_mail() {
        let mail = "Received: from x\n\tby y\nFrom: a\nSubject: b\n\nBody";
        let mailbox = "From a@b.example Sun Mar 15\nReceived: x\n\nBody";
        let on_web = |text: &str, content_type| {
            let hint = Hint { base_url: Some("https://a.example/"), content_type, ..Hint::default() };
            recognize(text, &hint)
        };
        for text in [mail, mailbox] {
            for kind in [None, Some("message/rfc822"), Some("text/plain"), Some("application/octet-stream")] {
                assert_eq!(on_web(text, kind), InputFormat::Unsupported("mail on the web"), "{text} as {kind:?}");
            }
            assert_eq!(on_web(text, Some("text/html; charset=utf-8")), InputFormat::Html, "{text}");
        }
    }

    #[test]
    fn broken_documents_stay_what_they_are() {
        let json = |by_lines| InputFormat::Json { by_lines };
        for (text, format) in [
            ("<rss version=\"2.0\"><channel>", InputFormat::Feed),
            ("<?xml version=\"1.0\">\n<rss version=\"2.0\">\n\n<channel><item><p>", InputFormat::Feed),
            ("<rss> Notice: x\n<channel><item></item>", InputFormat::Feed),
            ("<rss>", InputFormat::Feed),
            ("<?xml ver", InputFormat::Unsupported("an XML document that is not a feed")),
            ("<html> It is closed.<p class=a>So.", InputFormat::Html),
            ("<html>\nIt is closed.", InputFormat::Html),
            ("<title> Bridge </title>It is closed.", InputFormat::Html),
            ("{\"a\": 1} trailing\n{\"a\": 2}\n", json(true)),
            ("{\"a\": 1", json(false)),
            ("{\n\"a\": 1\n} end", json(false)),
        ] {
            assert_eq!(of(text, "article.txt"), format, "{text}");
        }
    }

    #[test]
    fn lines_may_end_in_carriage_returns() {
        for (text, what) in [
            ("1\n00:00:01,000 --> 00:00:04,000\nIt is.\n\n2\n00:00:05,000 --> 00:00:06,000\nSo.", "(SRT)"),
            ("WEBVTT\n\n00:01.000 --> 00:04.000\nIt is closed.", "(WebVTT)"),
            ("0:00:00.599,0:00:04.160\nIt is.\n\n0:00:04.160,0:00:06.770\nSo.", "(SBV)"),
            ("[ti:Bridge]\n[00:12.00]It is closed\n[00:15.30]it is", "(LRC)"),
            ("{1}{72}It is closed.\n{73}{100}Yes.", "(MicroDVD)"),
            ("[Script Info]\nTitle: x", "(ASS)"),
            ("BEGIN:VCALENDAR\nVERSION:2.0", "(iCalendar)"),
            ("BEGIN:VCARD\nVERSION:3.0\nFN:Ann Holt", "(vCard)"),
            ("filedesc://news.arc 0.0.0.0 20240314093000 text/plain 76\n1 0 x\n", "(ARC)"),
            ("TY  - NEWS\nTI  - Bridge\nER  - ", "(RIS)"),
            (
                "____________________________________\n\nDocument 1 of 20\n\nAuthor: Ann Holt",
                "(BibWrangleR, a package of R, makes a table of it)",
            ),
            ("#!/bin/sh\ncd /tmp\nmake all\n", "a script"),
            ("%!PS-Adobe-3.0\n%%BoundingBox: 0 0 1 1\n", "a PostScript document"),
            ("\\documentclass{article}\n\\title{A}\n", "a LaTeX document"),
            ("<?php\n$a = 1;\n", "a PHP script"),
        ] {
            for end in ["\n", "\r\n", "\r"] {
                let format = of(&text.replace('\n', end), "article.txt");
                assert!(matches!(format, InputFormat::Unsupported(of) if of.ends_with(what)), "{text}: {format:?}");
            }
        }
        assert_eq!(of("---\rtitle: Bridge\r---\rBody.", "a.txt"), InputFormat::Markdown);
        assert_eq!(of("import os\r\rdef a(b):\r    return b\r", "a.py"), InputFormat::Unsupported("source code"));
    }

    #[test]
    fn odd_headlines_are_text() {
        for text in [
            "[Update] Bridge closed",
            "{sic} Bridge",
            "<Bridge> closed",
            "<!DOCTYPE article PUBLIC \"x\"> is how an article begins.",
            "<?xml version=\"1.0\"?> is how <rss> begins.",
            "date 2026-03-14 {\"a\": 1}",
            "<?xml is the first thing.\n\nIt is <b>closed</b>.\n\nThe <p> and the <div>.",
            "<?php is the tag that begins it.\n\nThe <p> and the <div>.",
            "<rss> is a format for news.\n\nSo is the <item> in it.",
            "<feed> us, they said.\n\nIt is closed.",
            "<opml> is a format.\n\nIt is closed.",
            "<rss version='2.0'> is how it begins.\n\nIt is closed.",
            "<html> is the first tag, and <body> the next.\n\nIt is closed.",
            "<script> is the tag of scripts.\n\nIt is closed.",
            "{\"a\": 1} is how they write it.\n\nIt is closed.",
            "[{\"a\": 1}] is how they write it.\r\rIt is closed.",
            "---\nBridge\n---\nBody",
            "Date: 2026-03-14 Bridge\nFrom: here\n\nWords",
            "From here to there\nIt is far: very far.\n",
            "Title, text and all\nWords",
            "é",
            "",
        ] {
            assert_eq!(of(text, "article.txt"), InputFormat::DatedText, "{text}");
        }
    }
}
