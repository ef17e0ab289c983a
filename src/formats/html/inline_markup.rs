//! Tags in what may be markup or plain text: which of them are markup, and which are spoken of (`Use <b> here`).
//!
//! A headline in a feed, or the text of a record, does not say which it is (RSS 2.0 does not, and what Atom says, RFC 4287
//! 3.1.1, is wrong in many feeds). A tag is markup where it does something: it is one of a pair, has attributes, or breaks
//! the line. Elements that no text is marked up with stay as they stand, and so does what is no element at all (`Vec<T>`).

use std::borrow::Cow;
use std::ops::Range;

use super::elements::{ELEMENTS, VOID, is_block};
use super::tokens::{HtmlToken, Tokens};
use super::{ReferenceContext, decode, with_quotation_marks};

/// The elements with which no text is marked up: who writes their names speaks of them.
const SPOKEN_OF: [&str; 20] = [
    "area", "base", "basefont", "col", "colgroup", "dir", "frame", "frameset", "head", "input", "label", "link", "map",
    "meta", "option", "param", "select", "source", "textarea", "track",
];

/// How many tokens at the beginning of a text are looked at to tell whether it is markup.
const MOST_TOKENS: usize = 200;

/// How many open elements an end is looked for among.
const MOST_OPEN: usize = 64;

/// The words of a line that may hold markup and character references, once or twice escaped: a headline, a name.
/// `language` is that of the line, where known.
pub fn line_in<'r>(raw: &'r str, language: Option<&str>) -> Cow<'r, str> {
    if !raw.contains(['<', '&']) {
        return Cow::Borrowed(raw);
    }
    let once = without_markup(raw, language);
    if !once.contains('&') {
        return Cow::Owned(once);
    }
    let twice = without_markup(&decode(&once, ReferenceContext::Plain), language);
    Cow::Owned(decode(&twice, ReferenceContext::Plain).into_owned())
}

/// As [`line_in`], in a language that is not known.
pub fn line(raw: &str) -> Cow<'_, str> {
    line_in(raw, None)
}

/// The words of a line that says that it is HTML: all its elements are markup, and what is escaped is text.
pub fn line_of_html(raw: &str, language: Option<&str>) -> String {
    // Some programs escape twice.
    decode(&line_of_xhtml(raw, language), ReferenceContext::Plain).into_owned()
}

/// The same of one that says that it is XHTML, which is escaped once.
pub fn line_of_xhtml(raw: &str, language: Option<&str>) -> String {
    let raw = with_quotation_marks(raw, language);
    decode(&without(&raw, &tags(&raw)), ReferenceContext::Text).into_owned()
}

/// Whether `text` is markup rather than plain text.
pub fn is_markup(text: &str) -> bool {
    let Some(first) = memchr::memchr(b'<', text.as_bytes()) else { return false };
    let mut tags = Vec::new();
    let mut tokens = Tokens::of(&text[first..]);
    for _ in 0..MOST_TOKENS {
        let Some(token) = tokens.next() else { break };
        let at = text.len() - tokens.left_before()..text.len() - tokens.left();
        let Some(tag) = Tag::of(token, at) else { continue };
        // What begins a line is a paragraph, also before a blank.
        let is_block = tag.begins && is_block(&tag.name);
        let begins_line = text[..tag.at.start].trim_end_matches([' ', '\t']).is_empty()
            || text[..tag.at.start].trim_end_matches([' ', '\t']).ends_with('\n');
        if tag.acts_alone(text) || is_block && begins_line {
            return true;
        }
        tags.push(tag);
    }
    pair(text, &mut tags);
    tags.iter().any(|tag| tag.is_markup)
}

/// Whether `text` plainly is markup: each tag of an element with an end is one of a pair that has words in it.
pub fn is_of_pairs(text: &str) -> bool {
    let mut tags = tags(text);
    tags.retain(|tag| !VOID.contains(&&*tag.name));
    for tag in &mut tags {
        tag.is_markup = false;
    }
    pair(text, &mut tags);
    let is_empty = |two: &[Tag<'_>]| two[0].begins && !two[1].begins && two[0].at.end == two[1].at.start;
    !tags.is_empty() && tags.iter().all(|tag| tag.is_markup) && !tags.windows(2).any(is_empty)
}

/// Where the tags are in `text` that are markup, in their order; those of known elements alone can be.
pub fn markup_in(text: &str) -> Vec<Range<usize>> {
    markup(text).into_iter().map(|tag| tag.at).collect()
}

/// A known element's tag in a text.
struct Tag<'t> {
    name: Cow<'t, str>,
    at: Range<usize>,
    /// Whether it begins the element, or ends it.
    begins: bool,
    has_attributes: bool,
    is_markup: bool,
}

impl<'t> Tag<'t> {
    fn of(token: HtmlToken<'t>, at: Range<usize>) -> Option<Self> {
        let (name, begins, has_attributes) = match token {
            HtmlToken::Start { name, attributes, .. } => (name, true, attributes.have_values()),
            HtmlToken::End(name) => (name, false, false),
            HtmlToken::Text(_) | HtmlToken::Raw(_) => return None,
        };
        let is_known = ELEMENTS.contains(&&*name) && !SPOKEN_OF.contains(&&*name);
        is_known.then_some(Self { name, at, begins, has_attributes, is_markup: false })
    }

    /// Whether it is markup whatever else there is: it has attributes, breaks the line, or stands right at a word as nobody
    /// writes what he speaks of.
    fn acts_alone(&self, text: &str) -> bool {
        let is_letter = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
        let (before, after) = (text[..self.at.start].chars().next_back(), text[self.at.end..].chars().next());
        if !self.begins {
            return is_letter(before) || before.is_some_and(|c| ".,!?…”\"»“’".contains(c));
        }
        let begins_word = is_letter(after) || after.is_some_and(|c| "“\"„«‘'".contains(c));
        let is_in_word = is_letter(before) && !is_block(&self.name);
        self.has_attributes || matches!(&*self.name, "br" | "wbr") || begins_word && !is_in_word
    }
}

/// The tags of known elements in `text`, all taken for markup.
fn tags(text: &str) -> Vec<Tag<'_>> {
    let mut all = Vec::new();
    let mut tokens = Tokens::of(text);
    while let Some(token) = tokens.next() {
        let at = text.len() - tokens.left_before()..text.len() - tokens.left();
        all.extend(Tag::of(token, at).map(|tag| Tag { is_markup: true, ..tag }));
    }
    all
}

/// Notes which tags are markup as one of a pair. "Between <b> and </b>" speaks of both.
fn pair(text: &str, tags: &mut [Tag<'_>]) {
    let mut open: Vec<usize> = Vec::new();
    for at in 0..tags.len() {
        if tags[at].begins {
            open.push(at);
            continue;
        }
        let Some(nth) = open.iter().rev().take(MOST_OPEN).position(|begun| tags[*begun].name == tags[at].name) else {
            continue;
        };
        let begun = open.remove(open.len() - 1 - nth);
        let (start, end) = (tags[begun].at.clone(), tags[at].at.clone());
        let inside = &text[start.end..end.start];
        let is_apart = inside.starts_with(char::is_whitespace) && inside.ends_with(char::is_whitespace);
        let is_all = text[..start.start].trim().is_empty() && text[end.end..].trim().is_empty();
        let is_markup = !is_apart || is_all;
        (tags[begun].is_markup, tags[at].is_markup) = (is_markup, is_markup);
    }
}

/// The tags in `text` that are markup.
fn markup(text: &str) -> Vec<Tag<'_>> {
    let mut tags = tags(text);
    for tag in &mut tags {
        tag.is_markup = tag.acts_alone(text);
    }
    pair(text, &mut tags);
    tags.retain(|tag| tag.is_markup);
    tags
}

/// `text` without what is markup in it.
fn without_markup(text: &str, language: Option<&str>) -> String {
    let tags = markup(text);
    if tags.iter().any(|tag| tag.name == "q") {
        let marked = with_quotation_marks(text, language);
        return without(&marked, &markup(&marked));
    }
    without(text, &tags)
}

/// `text` without these tags, without comments, and without what is in scripts and the like that begin with one of them.
fn without(text: &str, tags: &[Tag<'_>]) -> String {
    let mut tags = tags.iter().peekable();
    let mut out = String::with_capacity(text.len());
    let mut tokens = Tokens::of(text);
    let mut is_hidden = false;
    while let Some(token) = tokens.next() {
        let at = text.len() - tokens.left_before()..text.len() - tokens.left();
        let tag = tags.next_if(|tag| tag.at == at);
        match token {
            HtmlToken::Raw(words) if !is_hidden => out.push_str(words),
            HtmlToken::Raw(_) => {}
            _ if tag.is_some_and(|tag| matches!(&*tag.name, "br" | "p" | "div" | "li" | "td")) => out.push(' '),
            _ if tag.is_some() => {}
            HtmlToken::Text(_) | HtmlToken::Start { .. } | HtmlToken::End(_) => out.push_str(&text[at]),
        }
        is_hidden = tag.is_some();
    }
    // What begins like a tag and never ends is text: "x <y".
    let rest = &text[text.len() - tokens.left_before()..];
    if !rest.starts_with("<!") && !rest.starts_with("<?") {
        out.push_str(rest);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_lose_their_markup() {
        for (raw, expected) in [
            ("Tea &amp; toast", "Tea & toast"),
            ("Tea &amp;amp; toast", "Tea & toast"),
            ("<b>Tea</b> is <a href='x>y'>served</a>", "Tea is served"),
            ("Tea<script>alert('x')</script> is <!-- not --><iframe src=x></iframe>served", "Tea is served"),
            ("&lt;i&gt;Tea&lt;/i&gt; is served", "Tea is served"),
            ("What Vec<T> is for, and why 1 < 2", "What Vec<T> is for, and why 1 < 2"),
            ("Tea<br/>is served", "Tea is served"),
            ("<p> Tea is <em>served</em> </p>", "  Tea is served  "),
            ("<b>Tea is served", "Tea is served"),
            ("Tea is served</b>", "Tea is served"),
            ("AT&T", "AT&T"),
            ("<b", "<b"),
            ("Tea is <q>served</q>, &lt;q&gt;hot&lt;/q&gt;", "Tea is “served”, “hot”"),
        ] {
            assert_eq!(line(raw), expected, "{raw}");
        }
        assert_eq!(line_in("Tee <q>heiß</q>", Some("de")), "Tee „heiß“");
    }

    #[test]
    fn tags_that_lines_speak_of_stay() {
        for raw in [
            "Intent to unship <a> as <area> in image maps",
            "What <b>, <i> and (<u>) are for",
            "Between <b> and </b>, or after </i>",
            "Use <script> or <title> and <iframe> with care",
            "Array<a>, a <b and b> c, the <q> element, <p> considered harmful",
        ] {
            assert_eq!(line(raw), raw);
            let escaped = raw.replace('<', "&lt;").replace('>', "&gt;");
            assert_eq!(line(&escaped), raw);
            assert_eq!(line(&escaped.replace('&', "&amp;")), raw);
            assert_eq!(line_of_html(&escaped, None), raw);
            assert!(!is_markup(raw), "{raw}");
        }
        assert_eq!(line("A <b>bold</b> word on <b> &amp; &lt;a&gt;"), "A bold word on <b> & <a>");
        assert_eq!(
            line_of_html("Use &lt;b>&lt;/b> &amp;amp; <i> a <b>bold</b> <q>x</q>", None),
            "Use <b></b> &  a bold “x”"
        );
    }

    #[test]
    fn markup_is_distinguished_from_text() {
        for markup in [
            "It is <em>so</em>.",
            "One.<br>Two.",
            "<p>\nOne.",
            "One.<p>Two",
            "See <a href=x>this",
            "He said <q>yes</q>",
            "One.\n <p> Two.",
            "<p class='a'> One.",
        ] {
            assert!(is_markup(markup), "{markup}");
        }
        for text in ["1 < 2 and Vec<T> & so on", "Use <b> here", "Use the <p> tag, or <br", "if a<b and b>c"] {
            assert!(!is_markup(text), "{text}");
        }
    }

    #[test]
    fn pairs_are_plainly_markup() {
        for markup in ["<b>Tea</b> is <a href=x><i>served</i></a>", "<p>Tea<br>is</p>"] {
            assert!(is_of_pairs(markup), "{markup}");
        }
        for text in
            ["The <br> tag", "<b>Tea", "Use <b></b>", "<b>Tea</b> or <i>", "Between <b> and </b>", "Tea", "Vec<T>"]
        {
            assert!(!is_of_pairs(text), "{text}");
        }
    }

    #[test]
    fn many_tags_cost_little() {
        for raw in ["<b>", "</b>", "<b> ", "<b>x</b>", "<q>", "<i></b>", "<script>", "<a href=", "<!"] {
            let raw = raw.repeat(20_000);
            assert!(line(&raw).len() + line_of_html(&raw, None).len() <= raw.len() * 4);
        }
    }
}
