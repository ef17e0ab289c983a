//! Formats that are text and that pullquote does not read: known by how they begin, so that they are refused by name and
//! not read as prose.

use super::html::{self, HtmlToken, Tokens};
use crate::text::clean_line;

/// What the name of source code ends in.
pub const SOURCE_CODE: [&str; 29] = [
    "c", "cc", "cpp", "cs", "css", "cxx", "go", "h", "hpp", "java", "js", "jsx", "kt", "lua", "mjs", "php", "pl",
    "ps1", "py", "rb", "rs", "scala", "scss", "sh", "sql", "swift", "ts", "tsx", "vue",
];

/// In how many lines the second mark of a format stands.
const MOST_LINES: usize = 20;

/// Fields of which an export of `ProQuest` has some.
const PROQUEST: [&str; 7] = [
    "Author:",
    "Abstract:",
    "Full text:",
    "Links:",
    "Publication info:",
    "Publication title:",
    "ProQuest document ID:",
];

/// What a text is that begins with `start`, in words, where it is in one of these formats.
pub fn recognize(start: &str) -> Option<&'static str> {
    let begins = |mark: &str| start.get(..mark.len()).is_some_and(|head| head.eq_ignore_ascii_case(mark));
    let lines = || start.lines().map(str::trim).filter(|line| !line.is_empty());
    let (first, second) = (lines().next()?, lines().nth(1).unwrap_or_default());
    // Whether one of the next lines begins so: an article may begin as a format does, but does not go on as it does.
    let goes_on = |marks: &[&str]| {
        lines().skip(1).take(MOST_LINES).any(|line| {
            marks.iter().any(|mark| line.get(..mark.len()).is_some_and(|head| head.eq_ignore_ascii_case(mark)))
        })
    };
    Some(match first {
        _ if first.starts_with("{\\rtf") => "an RTF document",
        _ if first.starts_with("%!PS") => "a PostScript document",
        _ if is_latex(start) => "a LaTeX document",
        _ if begins("BEGIN:VCALENDAR") && goes_on(&["VERSION:", "PRODID", "BEGIN:V"]) => "a calendar (iCalendar)",
        _ if begins("BEGIN:VCARD") && goes_on(&["VERSION:", "FN:", "FN;", "N:", "N;"]) => "an address book (vCard)",
        _ if is_web_archive(first) && goes_on(&["WARC-Type:"]) => "a web archive (WARC)",
        _ if is_arc(first) => "a web archive (ARC)",
        "[Script Info]" if goes_on(&["Title:", "ScriptType:", "[V4", "[Events]"]) => "a file of subtitles (ASS)",
        _ if first.starts_with("WEBVTT") && lines().any(is_cue) => "a file of subtitles (WebVTT)",
        _ if (is_cue(first) || is_number(first) && is_cue(second))
            && lines().filter(|line| is_cue(line)).nth(1).is_some() =>
        {
            "a file of subtitles (SRT)"
        }
        _ if first.starts_with("#!/") => "a script",
        _ if begins("<?php")
            && (start.contains('$') || start.contains("?>") || lines().any(|line| line.ends_with(';'))) =>
        {
            "a PHP script"
        }
        _ if is_rule(first) && is_document_of_many(second) && goes_on(&PROQUEST) => "an export of ProQuest",
        _ => return None,
    })
}

/// Whether a text in a file that has the name of source code is that: those names are ends of addresses, too, as
/// `coast.rs` and `wire.pl`, from which articles are saved.
pub fn is_source_code(start: &str) -> bool {
    const STARTS: [&str; 22] = [
        "#include",
        "#define",
        "import ",
        "from ",
        "def ",
        "fn ",
        "pub ",
        "use ",
        "class ",
        "func ",
        "package ",
        "const ",
        "let ",
        "var ",
        "return ",
        "function ",
        "local ",
        "require ",
        "SELECT ",
        "//",
        "/*",
        "@",
    ];
    /// One line in so many is enough; comments and texts are in code, too.
    const SHARE: usize = 3;
    const MOST: usize = 200;
    let is_call = |line: &str| {
        let name = line.strip_suffix(')').and_then(|line| line.split_once('(')).map(|(name, _)| name);
        name.is_some_and(|name| !name.is_empty() && !name.contains(char::is_whitespace))
    };
    let is_code = |line: &str| {
        line.ends_with(['{', '}', ';', '[', '(']) || is_call(line) || STARTS.iter().any(|start| line.starts_with(start))
    };
    let is_opening = |line: &str| {
        line.ends_with(':')
            && ["if ", "for ", "while ", "with ", "else", "elif ", "try", "except"].iter().any(|w| line.starts_with(w))
    };
    let (mut all, mut code) = (0, 0);
    for line in start.lines().map(str::trim).filter(|line| !line.is_empty()).take(MOST) {
        all += 1;
        code += usize::from(is_code(line) || is_opening(line));
    }
    code > 0 && code * SHARE >= all
}

/// What a document in XML or SGML is that is no HTML, in words, and the name of its root element as it is written; nothing
/// where a text only happens to begin with `<`: `<Bridge> closed`.
///
/// Without a declaration that says so it is one where the root has a namespace or attributes, or begins with a child, and
/// no words stand outside of it.
pub fn root(start: &str) -> Option<(&'static str, String)> {
    /// Names of elements are for a message.
    const LONGEST: usize = 60;
    let folded = start.to_ascii_lowercase();
    let is_xml = folded.starts_with("<?xml");
    let doctype = doctype(start);
    let is_xml = is_xml
        || doctype
            .is_some_and(|doctype| ["dtd jats", "xml"].iter().any(|mark| doctype.to_ascii_lowercase().contains(mark)));
    let is_declared = is_xml || doctype.is_some();
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
    if is_xml {
        return Some(("an XML document", written));
    }
    if is_declared {
        return Some(("an SGML document", written));
    }
    let inside = Inside::of(&name, tokens);
    if attributes.has_namespace() && (inside.begins_with_words != Some(true) || inside.is_apart()) {
        return Some(("an XML document", written));
    }
    if name.contains('-') || html::ELEMENTS.contains(&&*name) {
        return None;
    }
    let is_root = inside.is_apart() && (inside.begins_with_words == Some(false) || attributes.at_most(0).is_none());
    is_root.then_some(("an XML or SGML document", written))
}

/// What follows the start of a root.
struct Inside {
    /// Whether the first thing is words, and no tag.
    begins_with_words: Option<bool>,
    /// How many roots are open.
    depth: usize,
    has_end: bool,
    has_words_outside: bool,
}

impl Inside {
    fn of<'h>(root: &str, tokens: impl Iterator<Item = HtmlToken<'h>>) -> Self {
        let mut inside = Self { begins_with_words: None, depth: 1, has_end: false, has_words_outside: false };
        for token in tokens {
            match &token {
                HtmlToken::Text(words) | HtmlToken::Raw(words) if words.trim().is_empty() => continue,
                HtmlToken::Text(_) | HtmlToken::Raw(_) => inside.has_words_outside |= inside.depth == 0,
                HtmlToken::Start { name, closed, .. } if **name == *root => inside.depth += usize::from(!closed),
                HtmlToken::End(name) if **name == *root => {
                    inside.depth = inside.depth.saturating_sub(1);
                    inside.has_end = true;
                }
                HtmlToken::Start { .. } | HtmlToken::End(_) => {}
            }
            inside.begins_with_words.get_or_insert(matches!(token, HtmlToken::Text(_) | HtmlToken::Raw(_)));
        }
        inside
    }

    /// Whether a root ends and no words follow it.
    fn is_apart(&self) -> bool {
        self.has_end && !self.has_words_outside
    }
}

/// The declaration of a document type with which a text begins, or that follows comments and what is for programs.
pub fn doctype(start: &str) -> Option<&str> {
    let mut rest = start.trim_start();
    loop {
        let end = match rest {
            _ if rest.starts_with("<?") => "?>",
            _ if rest.starts_with("<!--") => "-->",
            _ => break,
        };
        rest = rest[rest.find(end)? + end.len()..].trim_start();
    }
    let is_one = rest.get(..9).is_some_and(|head| head.eq_ignore_ascii_case("<!doctype"));
    is_one.then(|| rest.split(['>', '[']).next().unwrap_or(rest))
}

/// A document class after comments, and the document or other commands.
fn is_latex(start: &str) -> bool {
    let first = start.lines().map(str::trim).find(|line| !line.is_empty() && !line.starts_with('%'));
    let is_first = |line: &str| ["\\documentclass", "\\documentstyle"].iter().any(|mark| line.starts_with(mark));
    let commands = || start.split('\\').skip(1).filter(|rest| rest.starts_with(|c: char| c.is_ascii_alphabetic()));
    first.is_some_and(is_first) && (start.contains("\\begin{document}") || commands().nth(2).is_some())
}

/// `WARC/1.0` (ISO 28500).
fn is_web_archive(line: &str) -> bool {
    line.strip_prefix("WARC/").is_some_and(|version| version.starts_with(|c: char| c.is_ascii_digit()))
}

/// `filedesc://news.arc 0.0.0.0 20240314093000 text/plain 76`: the record of a URL, of five fields.
fn is_arc(line: &str) -> bool {
    let mut fields = line.split_whitespace();
    fields.next().is_some_and(|url| url.starts_with("filedesc://"))
        && fields.nth(1).is_some_and(is_number)
        && fields.nth(1).is_some()
}

fn is_number(line: &str) -> bool {
    !line.is_empty() && line.bytes().all(|b| b.is_ascii_digit())
}

/// `00:00:01,000 --> 00:00:04,000`, with milliseconds.
fn is_cue(line: &str) -> bool {
    let is_time = |time: &str| {
        time.contains(':')
            && time.contains([',', '.'])
            && time.chars().all(|c| c.is_ascii_digit() || matches!(c, ':' | ',' | '.'))
    };
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
            ("% by me\n\n\\documentclass[a4]{article}\n\\begin{document}", "a LaTeX document"),
            ("\\documentclass{article}\n\\title{A}\n\\author{B}", "a LaTeX document"),
            ("begin:vcalendar\nVERSION:2.0", "a calendar (iCalendar)"),
            ("BEGIN:VCARD\nN:Holt;Ann", "an address book (vCard)"),
            ("WARC/1.0\r\nWARC-Type: warcinfo", "a web archive (WARC)"),
            ("filedesc://news.arc 0.0.0.0 20240314093000 text/plain 76", "a web archive (ARC)"),
            ("[Script Info]\nTitle: x", "a file of subtitles (ASS)"),
            ("WEBVTT - News\n\n00:01.000 --> 00:04.000\nIt is closed.", "a file of subtitles (WebVTT)"),
            (
                "1\n00:00:01,000 --> 00:00:04,000\nIt is closed.\n\n2\n00:00:05,000 --> 00:00:06,000\nSo.",
                "a file of subtitles (SRT)",
            ),
            (
                "00:00:01.000 --> 00:00:04.000 align:left\nIt is closed.\n\n00:00:05.000 --> 00:00:06.000\nSo.",
                "a file of subtitles (SRT)",
            ),
            ("#!/usr/bin/env python3\n", "a script"),
            ("<?php echo 1;", "a PHP script"),
            (
                "____________________________________\n\nDocument 1 of 20\n\nBridge\n\nAuthor: Ann Holt",
                "an export of ProQuest",
            ),
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
            "\\documentclass{article} is how it began, said Ann Holt.",
            "BEGIN:VCALENDAR is not the end\nIt is closed.",
            "BEGIN:VCARD\nIt is closed.",
            "WARC/1.0 is old\nIt is closed.",
            "filedesc://news.arc\nIt is closed.",
            "[Script Info]\nIt is closed.",
            "WEBVTT is --> here",
            "1\n00:00:01,000 --> 00:00:04,000\nIt is closed.",
            "10:30 --> 11:30\nIt is closed.\n12:30 --> 13:30",
            "<?php is how it begins; it is closed.",
            "____________________________________\n\nDocument 1 of 20\n\n“It is closed,” said Ann Holt.",
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
            ("<note>\n<to>Ann</to> It is closed.</note>\n", either, "note"),
            ("<quote speaker='Ann'>It is closed.</quote>", either, "quote"),
            ("<x xmlns='y'>It is closed.</x>", xml, "x"),
            ("<!DOCTYPE article PUBLIC \"-//NLM//DTD JATS (Z39.96) v1.2//EN\" \"a.dtd\">\n<article>", xml, "article"),
            ("<plist version='1.0'><dict></dict></plist>", either, "plist"),
        ] {
            assert_eq!(root(text), Some((what, name.to_owned())), "{text}");
        }
        for text in [
            "<Bridge> closed",
            "<Bridge> closed</Bridge> and more",
            "<Bridge> <Tunnel> closed",
            "<Bridge xmlns=\"x\"> closed, it is",
            "<Card title='x'><b>A</b></Card>\n\nIt is closed.",
            "<applause> “It is open,” <i>said</i> Ann Holt. </applause>",
            "<note>It is closed.</note>\n",
            "<ul><li>A</li></ul>",
            "<my-card><p>A</p></my-card>",
            "< 5 people",
            "<",
        ] {
            assert_eq!(root(text), None, "{text}");
        }
    }

    #[test]
    fn source_code_is_told_from_articles() {
        for code in [
            "print('x')",
            "import os\n\ndef a(b):\n    return b\n",
            "// A bridge\nfn main() {\n    close();\n}\n",
            "#include <a.h>\nint main(void)\n{\n    return 0;\n}",
            "SELECT a\nFROM b;",
            "a {\n  color: red;\n}",
        ] {
            assert!(is_source_code(code), "{code}");
        }
        for text in [
            "Bridge closed\n\nThe bridge will close for a year, “It is tired,” said Ann Holt.",
            "Ann Holt:\n“It is closed.”\nVera Holm:\n“It is open.”",
            "Bridge closed\nBy Ann Holt (Coast Wire)\n",
            "",
        ] {
            assert!(!is_source_code(text), "{text}");
        }
    }
}
