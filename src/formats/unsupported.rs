//! Formats that are text and that pullquote does not read: known by how they begin, so that they are refused by name and
//! not read as prose.

use super::html::{self, HtmlToken, Tokens};
use crate::text::clean_line;

/// What the name of source code ends in.
pub const SOURCE_CODE: [&str; 29] = [
    "c", "cc", "cpp", "cs", "css", "cxx", "go", "h", "hpp", "java", "js", "jsx", "kt", "lua", "mjs", "php", "pl",
    "ps1", "py", "rb", "rs", "scala", "scss", "sh", "sql", "swift", "ts", "tsx", "vue",
];

/// What a text is that begins with `start`, in words, where it is in one of these formats.
pub fn recognize(start: &str) -> Option<&'static str> {
    let begins = |mark: &str| start.get(..mark.len()).is_some_and(|head| head.eq_ignore_ascii_case(mark));
    let mut lines = start.lines().map(str::trim).filter(|line| !line.is_empty());
    let (first, second) = (lines.next()?, lines.next().unwrap_or_default());
    Some(match first {
        _ if first.starts_with("{\\rtf") => "an RTF document",
        _ if first.starts_with("%!PS") => "a PostScript document",
        _ if is_latex(start) => "a LaTeX document",
        _ if begins("BEGIN:VCALENDAR") => "a calendar (iCalendar)",
        _ if begins("BEGIN:VCARD") => "an address book (vCard)",
        _ if is_web_archive(first) => "a web archive (WARC)",
        _ if first.starts_with("filedesc://") => "a web archive (ARC)",
        "[Script Info]" => "a file of subtitles (ASS)",
        _ if first.starts_with("WEBVTT") && start.contains("-->") => "a file of subtitles (WebVTT)",
        _ if is_cue(first) || is_number(first) && is_cue(second) => "a file of subtitles (SRT)",
        _ if first.starts_with("#!/") => "a script",
        _ if begins("<?php") => "a PHP script",
        _ if is_rule(first) && is_document_of_many(second) => "an export of ProQuest",
        _ => return None,
    })
}

/// What a document in XML or SGML is that is no HTML, in words, and the name of its root element as it is written; nothing
/// where a text only happens to begin with `<`: `<Bridge> closed`.
///
/// Without a declaration that says so it is one where the root has a namespace, or attributes, children or the whole
/// text in it, and ends.
pub fn root(start: &str) -> Option<(&'static str, String)> {
    /// Names of elements are for a message.
    const LONGEST: usize = 60;
    let folded = start.to_ascii_lowercase();
    let is_xml = folded.starts_with("<?xml");
    let is_declared = is_xml || folded.starts_with("<!doctype");
    let mut tokens = Tokens::of(start);
    let (name, attributes) = loop {
        match tokens.next()? {
            HtmlToken::Start { name, attributes, .. } => break (name, attributes),
            // What remains of a document type with declarations in it.
            HtmlToken::Text(words) if is_declared || words.trim().is_empty() => {}
            HtmlToken::Text(_) | HtmlToken::Raw(_) | HtmlToken::End(_) => return None,
        }
    };
    let at = folded.find(&format!("<{name}"))? + 1;
    let written = clean_line(&start[at..at + name.len()]).chars().take(LONGEST).collect();
    if is_xml || attributes.has_namespace() {
        return Some(("an XML document", written));
    }
    if is_declared {
        return Some(("an SGML document", written));
    }
    if name.contains('-') || html::ELEMENTS.contains(&&*name) {
        return None;
    }
    let mut inside = tokens.skip_while(|token| matches!(token, HtmlToken::Text(words) if words.trim().is_empty()));
    let has_child = matches!(inside.next(), Some(HtmlToken::Start { .. }));
    let end = format!("</{name}");
    let last = folded.rfind(&end);
    let is_all = last.is_some_and(|at| folded.trim_end().len() - at == end.len() + 1);
    let is_root = last.is_some() && (has_child || is_all || attributes.at_most(0).is_none());
    is_root.then_some(("an XML or SGML document", written))
}

/// A document class after comments.
fn is_latex(start: &str) -> bool {
    let first = start.lines().map(str::trim).find(|line| !line.is_empty() && !line.starts_with('%'));
    first.is_some_and(|line| ["\\documentclass", "\\documentstyle"].iter().any(|mark| line.starts_with(mark)))
}

/// `WARC/1.0` (ISO 28500).
fn is_web_archive(line: &str) -> bool {
    line.strip_prefix("WARC/").is_some_and(|version| version.starts_with(|c: char| c.is_ascii_digit()))
}

fn is_number(line: &str) -> bool {
    !line.is_empty() && line.bytes().all(|b| b.is_ascii_digit())
}

/// `00:00:01,000 --> 00:00:04,000`.
fn is_cue(line: &str) -> bool {
    let is_time =
        |time: &str| time.contains(':') && time.chars().all(|c| c.is_ascii_digit() || matches!(c, ':' | ',' | '.'));
    line.split_once("-->")
        .is_some_and(|(from, to)| is_time(from.trim()) && to.split_whitespace().next().is_some_and(is_time))
}

fn is_rule(line: &str) -> bool {
    line.len() >= 20 && line.bytes().all(|b| b == b'_')
}

/// `Document 1 of 20`.
fn is_document_of_many(line: &str) -> bool {
    let words: Vec<_> = line.split_whitespace().collect();
    matches!(words[..], ["Document", number, "of", many] if is_number(number) && is_number(many))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formats_that_are_not_read_have_names() {
        for (text, what) in [
            ("% by me\n\n\\documentclass[a4]{article}", "a LaTeX document"),
            ("begin:vcalendar\nVERSION:2.0", "a calendar (iCalendar)"),
            ("BEGIN:VCARD\n", "an address book (vCard)"),
            ("WARC/1.0\r\nWARC-Type: warcinfo", "a web archive (WARC)"),
            ("filedesc://news.arc 0.0.0.0 2024", "a web archive (ARC)"),
            ("[Script Info]\nTitle: x", "a file of subtitles (ASS)"),
            ("WEBVTT - News\n\n00:01.000 --> 00:04.000\nIt is closed.", "a file of subtitles (WebVTT)"),
            ("1\n00:00:01,000 --> 00:00:04,000\nIt is closed.", "a file of subtitles (SRT)"),
            ("00:00:01.000 --> 00:00:04.000 align:left\nIt is closed.", "a file of subtitles (SRT)"),
            ("#!/usr/bin/env python3\n", "a script"),
            ("<?php echo 1;", "a PHP script"),
            ("____________________________________\n\nDocument 1 of 20\n\nBridge", "an export of ProQuest"),
        ] {
            assert_eq!(recognize(text), Some(what), "{text}");
        }
        for text in [
            "Begin: a calendar",
            "WEBVTT is here",
            "1\nIt --> that",
            "WARC/files",
            "Document 1 of 20\nBridge",
            "____________________\nBridge",
            "100% documentclass",
            "",
        ] {
            assert_eq!(recognize(text), None, "{text}");
        }
    }

    #[test]
    fn unknown_root_has_a_name() {
        let [xml, sgml, either] = ["an XML document", "an SGML document", "an XML or SGML document"];
        for (text, what, name) in [
            ("<?xml version='1.0'?>\n<TEI xmlns='x'>", xml, "TEI"),
            ("<?xml version='1.0'?><!DOCTYPE a [<!ENTITY b 'c'>]>\n<a:newsItem/>", xml, "a:newsItem"),
            ("<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\"><url>", xml, "urlset"),
            ("<!-- x --><svg:svg xmlns:svg='y'>", xml, "svg:svg"),
            ("<!DOCTYPE lewis SYSTEM \"lewis.dtd\">\n<REUTERS TOPICS=\"YES\">", sgml, "REUTERS"),
            ("<DOC id=\"A\" type=\"story\" >\n<TEXT>\nIt is closed.\n</TEXT>\n</DOC>\n<DOC id=\"B\">", either, "DOC"),
            ("<DOC>\n<DOCNO> A1 </DOCNO>\n</DOC>", either, "DOC"),
            ("<nitf><head/></nitf>", either, "nitf"),
            ("<note>It is closed.</note>\n", either, "note"),
            ("<plist version='1.0'><dict></dict></plist>", either, "plist"),
        ] {
            assert_eq!(root(text), Some((what, name.to_owned())), "{text}");
        }
        for text in [
            "<Bridge> closed",
            "<Bridge> closed</Bridge> and more",
            "<Bridge> <Tunnel> closed",
            "<ul><li>A</li></ul>",
            "<my-card><p>A</p></my-card>",
            "< 5 people",
            "<",
        ] {
            assert_eq!(root(text), None, "{text}");
        }
    }
}
