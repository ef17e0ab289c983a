//! Formats that are text and that pullquote does not read: known by their grammar in several lines, so that they are
//! refused by name and not read as prose.
//!
//! News is written about formats, too: that a text begins as one does, or has the end of its name, shows nothing.

mod root;
mod source_code;
mod subtitles;

pub use root::{prolog, root};
pub use source_code::is_source_code;

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
    let start = start.trim_start();
    let first = start.lines().next()?.trim_end();
    Some(match first {
        _ if first.starts_with("{\\rtf") && is_rtf(start) => "an RTF document (pandoc makes text of it)",
        _ if first.starts_with("%!PS") && is_postscript(start) => "a PostScript document",
        _ if is_latex(start) => "a LaTeX document",
        _ if is_component(start, "VCALENDAR", &["PRODID:", "BEGIN:V", "METHOD:"]) => "a calendar (iCalendar)",
        _ if is_component(start, "VCARD", &["FN:", "FN;", "N:", "N;"]) => "an address book (vCard)",
        _ if is_arc(first) => "a web archive (ARC)",
        _ if first.starts_with("#!") && source_code::is_script(start) => "a script",
        _ if source_code::is_php(start) => "a PHP script",
        _ if is_rule(first) && is_export(start) => {
            "an export of ProQuest (BibWrangleR, a package of R, makes a table of it)"
        }
        _ if is_nexis(first, start) => "an export of Nexis (LexisNexisTools, a package of R, makes a table of it)",
        _ if is_factiva(start) => "an export of Factiva (tm.plugin.factiva, a package of R, makes a table of it)",
        _ if is_ris(start) => "a bibliography (RIS)",
        _ if is_bibtex(start) => "a bibliography (BibTeX)",
        _ if is_list(start, &["%0 "], |line| line.starts_with('%') && line.get(2..3) == Some(" ")) => {
            "a bibliography (EndNote)"
        }
        _ if is_list(start, &["FN ", "VR 1", "PT "], is_tagged) => "a bibliography (Web of Science)",
        _ if is_list(start, &["PMID- "], |line| line.get(4..6) == Some("- ")) => "a bibliography (PubMed)",
        _ if is_jcal(start) => "a calendar or an address book in JSON (jCal)",
        _ => return subtitles::recognize(start),
    })
}

/// The lines that are not blank.
fn lines(start: &str) -> impl Iterator<Item = &str> {
    start.lines().map(str::trim).filter(|line| !line.is_empty())
}

/// A group that ends where the text does, or begins with control words as no sentence has them.
fn is_rtf(start: &str) -> bool {
    let header = start.split(char::is_whitespace).next().unwrap_or_default();
    header.len() == start.len() || header.matches('\\').count() > 2 || start.trim_end().ends_with('}')
}

/// `%!PS-Adobe-3.0 EPSF-3.0`, and comments, names or operators below it (PostScript Document Structuring Conventions).
fn is_postscript(start: &str) -> bool {
    const OPERATORS: [&str; 10] =
        ["def", "begin", "end", "findfont", "scalefont", "setfont", "moveto", "lineto", "stroke", "showpage"];
    let is_part = |line: &str| {
        line.starts_with(['%', '/']) || line.rsplit(' ').next().is_some_and(|last| OPERATORS.contains(&last))
    };
    let mut lines = lines(start);
    let header = lines.next().unwrap_or_default();
    let is_kind = |word: &str| ["EPSF-", "Resource-", "Query", "ExitServer"].iter().any(|kind| word.starts_with(kind));
    header.split_whitespace().skip(1).all(is_kind) && lines.next().is_none_or(is_part)
}

/// A document class alone on its line, after comments, and commands at the beginning of other lines; or all of it in one
/// line.
fn is_latex(start: &str) -> bool {
    const FIRST: [&str; 4] = ["\\documentclass", "\\documentstyle", "\\RequirePackage", "\\NeedsTeXFormat"];
    if !start.starts_with(['%', '\\']) {
        return false;
    }
    let is_command =
        |line: &str| line.strip_prefix('\\').is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_alphabetic()));
    let mut lines = lines(start).filter(|line| !line.starts_with('%'));
    let Some(first) = lines.next().filter(|line| FIRST.iter().any(|mark| line.starts_with(mark))) else { return false };
    if start.trim_end().ends_with("\\end{document}") {
        return true;
    }
    !words_outside(first)
        && (lines.take(MOST_LINES).any(|line| is_command(line) && !words_outside(line))
            || first.matches('\\').count() > 2)
}

/// Whether words stand beside the commands of a line and what is in their brackets.
fn words_outside(line: &str) -> bool {
    let (mut depth, mut in_command) = (0_usize, false);
    for c in line.split('%').next().unwrap_or_default().chars() {
        match c {
            '{' | '[' => depth += 1,
            '}' | ']' => depth = depth.saturating_sub(1),
            '\\' => in_command = true,
            _ if depth > 0 || (in_command && c.is_alphabetic()) => continue,
            _ if c.is_alphabetic() => return true,
            _ => {}
        }
        in_command &= c == '\\';
    }
    false
}

/// `BEGIN:NAME` and properties below it, some that are known (RFC 5545 §3.4, RFC 6350 §3.3).
fn is_component(start: &str, name: &str, known: &[&str]) -> bool {
    let mut lines = start.lines().map(str::trim_end).filter(|line| !line.is_empty());
    let is_begin = |line: &str| {
        line.split_once(':')
            .is_some_and(|(begin, what)| begin.eq_ignore_ascii_case("BEGIN") && what.eq_ignore_ascii_case(name))
    };
    let is_property = |line: &&str| {
        let length = line.bytes().take_while(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'.')).count();
        // A long line goes on after a blank.
        line.starts_with([' ', '\t']) || length > 0 && line[length..].starts_with([':', ';'])
    };
    let is_known = |line: &&str| {
        let after = |mark: &&str| {
            line.get(..mark.len()).filter(|head| head.eq_ignore_ascii_case(mark)).map(|_| &line[mark.len()..])
        };
        after(&"VERSION:").is_some_and(|version| version.trim_start().starts_with(|c: char| c.is_ascii_digit()))
            || known.iter().filter_map(after).any(|value| value.starts_with(|c: char| !c.is_whitespace()))
    };
    lines.next().is_some_and(is_begin) && {
        let next: Vec<_> = lines.take(MOST_LINES).collect();
        next.iter().take(3).all(is_property) && next.iter().any(is_known)
    }
}

/// `filedesc://news.arc 0.0.0.0 20240314093000 text/plain 76`: the record of a URL, of five fields.
fn is_arc(line: &str) -> bool {
    // A whole page may stand on the first line.
    if !line.starts_with("filedesc://") {
        return false;
    }
    let fields: Vec<_> = line.split_whitespace().collect();
    matches!(fields[..], [_, _, date, kind, length] if is_number(date) && kind.contains('/') && is_number(length))
}

/// `TY  - NEWS` and more fields of two characters.
fn is_ris(start: &str) -> bool {
    let is_field = |line: &str| {
        let (name, rest) = line.split_at_checked(2).unwrap_or_default();
        name.bytes().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit()) && rest.starts_with("  -")
    };
    start.starts_with("TY  - ") && lines(start).nth(1).is_some_and(is_field)
}

/// Whether the lines begin with these marks in their order, and the next line is of the kind.
fn is_list(start: &str, marks: &[&str], is_field: impl Fn(&str) -> bool) -> bool {
    let mut lines = lines(start);
    marks.iter().all(|mark| lines.next().is_some_and(|line| line.starts_with(mark)))
        && lines.next().is_some_and(is_field)
}

/// `AU Holt, A`: two letters or digits and a value.
fn is_tagged(line: &str) -> bool {
    line.get(2..3) == Some(" ") && line.bytes().take(2).all(|b| b.is_ascii_uppercase() || b.is_ascii_digit())
}

/// `["vcalendar", […`, an array of a name, properties and parts (RFC 7265 §3.3), or the same of a card (RFC 7095 §3.2).
fn is_jcal(start: &str) -> bool {
    let inside = |text: &str, mark: &str| text.strip_prefix(mark).map(|rest| rest.trim_start().to_owned());
    let array = inside(start, "[");
    ["\"vcalendar\"", "\"vcard\""].iter().any(|name| {
        let properties = array.as_ref().and_then(|array| inside(&inside(array, name)?, ","));
        properties.is_some_and(|properties| properties.starts_with('['))
    })
}

/// `@article{key,` and a field below it or beside it: `title = {…}`; there may be comments above it.
fn is_bibtex(start: &str) -> bool {
    let mut start = start;
    while start.starts_with('%') {
        start = start.split_once('\n').map_or("", |(_, below)| below.trim_start());
    }
    let Some((kind, rest)) = start.strip_prefix('@').and_then(|rest| rest.split_once(['{', '('])) else { return false };
    let is_name =
        |name: &str| !name.is_empty() && !name.contains(|c: char| c.is_whitespace() || matches!(c, '{' | '}' | '"'));
    let Some((key, fields)) = rest.split_once([',', '=']) else { return false };
    let value = if rest[key.len()..].starts_with('=') {
        Some(fields)
    } else {
        fields.split_once('=').filter(|(field, _)| is_name(field.trim())).map(|(_, value)| value)
    };
    is_name(kind.trim_end())
        && kind.bytes().all(|b| b.is_ascii_alphabetic() || b == b' ')
        && is_name(key.trim())
        && value
            .is_some_and(|value| value.trim_start().starts_with(|c: char| matches!(c, '{' | '"') || c.is_ascii_digit()))
}

/// `1 of 50 DOCUMENTS` and, below it, what Nexis writes over an article.
fn is_nexis(first: &str, start: &str) -> bool {
    const FIELDS: [&str; 5] = ["BYLINE:", "LENGTH:", "SECTION:", "Copyright ", "LOAD-DATE:"];
    let words: Vec<_> = first.split_whitespace().collect();
    matches!(words[..], [number, "of", many, "DOCUMENTS"] if is_number(number) && is_number(many))
        && lines(start).skip(1).take(MOST_LINES).any(|line| FIELDS.iter().any(|field| line.starts_with(field)))
}

/// Fields of two letters at the beginning of lines, the first of them those of a headline.
fn is_factiva(start: &str) -> bool {
    const FIELDS: [&str; 12] = ["HD", "SE", "BY", "CR", "WC", "PD", "SN", "SC", "LA", "CY", "LP", "TD"];
    let field = |line: &&str| {
        FIELDS.iter().any(|name| line.strip_prefix(name).is_some_and(|rest| rest.starts_with("  ") || rest.is_empty()))
    };
    start.starts_with(['H', 'S'])
        && lines(start).next().is_some_and(|line| field(&line))
        && lines(start).take(MOST_LINES).filter(field).count() >= 4
}

fn is_number(line: &str) -> bool {
    !line.is_empty() && line.bytes().all(|b| b.is_ascii_digit())
}

fn is_rule(line: &str) -> bool {
    line.len() >= 20 && line.bytes().all(|b| b == b'_')
}

/// Below a rule `Document 1 of 20`, and below that fields.
fn is_export(start: &str) -> bool {
    let second: Vec<_> = lines(start).nth(1).unwrap_or_default().split_whitespace().collect();
    matches!(second[..], ["Document", number, "of", many] if is_number(number) && is_number(many))
        && lines(start).skip(2).take(MOST_LINES).any(|line| PROQUEST.iter().any(|field| line.starts_with(field)))
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
                "an export of ProQuest (BibWrangleR, a package of R, makes a table of it)",
            ),
            ("\\documentclass[\n  a4paper,\n]{article}\n\\usepackage{x}", "a LaTeX document"),
            ("\\documentclass{a}\\begin{document}It is closed.\\end{document}", "a LaTeX document"),
            ("BEGIN:VCARD\r\nVERSION: 3.0\r\nitem1.TEL:1\r\n 2\r\n", "an address book (vCard)"),
            ("%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 1 1", "a PostScript document"),
            ("{\\rtf1 It is closed.\\par}\n", "an RTF document (pandoc makes text of it)"),
            ("TY  - NEWS\r\nTI  - Bridge\r\nER  - ", "a bibliography (RIS)"),
            ("@article{holt2026,\n  title = {Bridge},\n}", "a bibliography (BibTeX)"),
            ("@string(a = \"b\")", "a bibliography (BibTeX)"),
            ("% Encoding: UTF-8\n\n@book{a,\n  title = {B},\n}", "a bibliography (BibTeX)"),
            ("%0 Newspaper Article\n%T Bridge\n%A Holt, Ann", "a bibliography (EndNote)"),
            ("FN Clarivate Analytics Web of Science\nVR 1.0\nPT J\nAU Holt, A", "a bibliography (Web of Science)"),
            (
                "1 of 50 DOCUMENTS\n\nCoast Wire\n\nBridge closes\n\nBYLINE: Ann Holt\n\nLENGTH: 90 words",
                "an export of Nexis (LexisNexisTools, a package of R, makes a table of it)",
            ),
            (
                "HD  Bridge closes\nBY  Ann Holt\nWC  90 words\nPD  14 March 2026\nSN  Coast Wire",
                "an export of Factiva (tm.plugin.factiva, a package of R, makes a table of it)",
            ),
            ("PMID- 123\nOWN - NLM\nTI  - Bridge", "a bibliography (PubMed)"),
            (
                "[\"vcalendar\",\n  [[\"version\", {}, \"text\", \"2.0\"]]]",
                "a calendar or an address book in JSON (jCal)",
            ),
        ] {
            assert_eq!(recognize(text), Some(what), "{text}");
        }
        for text in [
            "Begin: a calendar",
            "1 of 50 DOCUMENTS\n\nis how it begins, said Ann Holt.",
            "HD  is high definition\nIt is closed.",
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
            "1\n00:00:01,000 --> 00:00:04,000\nis how it is timed.\n\nIt is closed.",
            "10:30 --> 11:30\nIt is closed.\n12:30 --> 13:30",
            "<?php is how it begins; it is closed.",
            "____________________________________\n\nDocument 1 of 20\n\n“It is closed,” said Ann Holt.",
            "{\\rtf1\\ansi is how it begins, said Ann Holt.",
            "%!PS is how it begins, said Ann Holt.",
            "%!PS\nThat is how it begins, said Ann Holt.",
            "\\documentclass{article} and \\begin{document}: why\n\\title{A} is next",
            "\\documentclass{article}\n\\begin{document} is where the text begins.\n\n“It is old,” said Ann Holt.",
            "\\documentclass{article}\n\nThat is how it begins, said Ann Holt.",
            "BEGIN:VCARD is how it begins\nVERSION: is next\nFN:A",
            "BEGIN:VCARD\nVERSION: is next\nIt is closed.",
            "WARC/1.0 is how it begins\nWARC-Type: the field that is next",
            "WARC/1.0\nWARC-Type: the field that is next",
            "filedesc://news.arc 0.0.0.0 20240314093000 text/plain 76 is how it begins",
            "TY  - is how it begins\nIt is closed.",
            "@article{holt} is how it begins, with a comma, said Ann Holt.",
            "@annholt wrote, “It is closed.”",
            "% of people\n\n@annholt wrote, “It is closed.”",
            "%0 is a mark\nIt is closed.",
            "FN is the first line\nVR 1.0 is the next\nIt is closed.",
            "FN Clarivate\nVR 1.0\nPT J\n\nThat is how it begins, said Ann Holt.",
            "PMID- is the first line\nIt is closed.",
            "[\"vcalendar\", she said] is how it begins",
            "",
        ] {
            assert_eq!(recognize(text), None, "{text}");
        }
    }
}
