//! HTML: text with markup, whether a whole page or a piece in a feed, a mail or a crawl.

mod entity;
mod guard;
mod json_ld;
mod metadata;
mod page;

mod tokens;
mod walk;

use std::borrow::Cow;

pub use entity::{ReferenceContext, decode, decode_after, decode_attribute};
pub use page::read;
pub use tokens::{Attributes, HtmlToken, Tokens};
pub use walk::{TableText, blocks, resolved};

/// The elements of HTML; what else looks like a tag in a line of text is text.
const ELEMENTS: [&str; 111] = [
    "a",
    "abbr",
    "acronym",
    "address",
    "applet",
    "article",
    "aside",
    "audio",
    "b",
    "base",
    "basefont",
    "bdi",
    "bdo",
    "big",
    "blink",
    "blockquote",
    "body",
    "br",
    "button",
    "canvas",
    "caption",
    "center",
    "cite",
    "code",
    "col",
    "colgroup",
    "dd",
    "del",
    "details",
    "dfn",
    "dir",
    "div",
    "dl",
    "dt",
    "em",
    "embed",
    "fieldset",
    "figcaption",
    "figure",
    "font",
    "footer",
    "form",
    "frame",
    "frameset",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "head",
    "header",
    "hr",
    "html",
    "i",
    "iframe",
    "img",
    "input",
    "ins",
    "kbd",
    "label",
    "legend",
    "li",
    "link",
    "main",
    "map",
    "mark",
    "marquee",
    "meta",
    "nav",
    "nobr",
    "noframes",
    "noscript",
    "object",
    "ol",
    "option",
    "p",
    "param",
    "picture",
    "pre",
    "q",
    "s",
    "samp",
    "script",
    "section",
    "select",
    "small",
    "source",
    "span",
    "strike",
    "strong",
    "style",
    "sub",
    "sup",
    "svg",
    "table",
    "tbody",
    "td",
    "textarea",
    "tfoot",
    "th",
    "thead",
    "time",
    "title",
    "tr",
    "tt",
    "u",
    "ul",
    "var",
    "video",
    "wbr",
];

/// The words of a line that may hold markup and character references, once or twice escaped: a headline, a name.
/// What only looks like a tag ("Vec<T>") stays.
pub fn line(raw: &str) -> Cow<'_, str> {
    if !raw.contains(['<', '&']) {
        return Cow::Borrowed(raw);
    }
    let once = without_tags(&decode(raw, ReferenceContext::Plain));
    if once.contains('&') { Cow::Owned(decode(&once, ReferenceContext::Plain).into_owned()) } else { Cow::Owned(once) }
}

/// Whether `text` is markup rather than plain text.
pub fn is_markup(text: &str) -> bool {
    const TELLING: [&str; 20] = [
        "a",
        "article",
        "b",
        "blockquote",
        "body",
        "br",
        "div",
        "em",
        "figure",
        "h1",
        "h2",
        "h3",
        "html",
        "i",
        "img",
        "li",
        "p",
        "span",
        "strong",
        "table",
    ];
    text.contains('<')
        && Tokens::of(text)
            .take(200)
            .any(|token| matches!(token, HtmlToken::Start { name, .. } if TELLING.contains(&&*name)))
}

/// The paragraphs of a field that may be markup or plain text, perhaps with character references.
pub fn text_or_markup(text: &str, base: Option<&url::Url>) -> super::blocks::Blocks {
    if is_markup(text) {
        blocks(text, base, TableText::Rows)
    } else {
        super::blocks::Blocks::of_plain(&decode(text, ReferenceContext::Plain))
    }
}

fn without_tags(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut tokens = Tokens::of(text);
    let mut left = text.len();
    while let Some(token) = tokens.next() {
        let written = &text[text.len() - left..text.len() - tokens.left()];
        left = tokens.left();
        match token {
            HtmlToken::Text(words) => out.push_str(words),
            HtmlToken::Start { name, .. } | HtmlToken::End(name) if ELEMENTS.contains(&&*name) => {
                if matches!(&*name, "br" | "p" | "div" | "li" | "td") {
                    out.push(' ');
                }
            }
            HtmlToken::Start { .. } | HtmlToken::End(_) => out.push_str(written),
            // Scripts and styles.
            HtmlToken::Raw(_) => {}
        }
    }
    // What begins like a tag and never ends is text: "x <y".
    let rest = &text[text.len() - left..];
    if !rest.starts_with("<!") {
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
            ("AT&T", "AT&T"),
            ("<b", "<b"),
        ] {
            assert_eq!(line(raw), expected, "{raw}");
        }
    }

    #[test]
    fn markup_is_distinguished_from_text() {
        assert!(is_markup("It is <em>so</em>."));
        assert!(is_markup("One.<br>Two."));
        assert!(!is_markup("1 < 2 and Vec<T> & so on"));
        let blocks = text_or_markup("One &amp; two.\n\nThree.", None);
        assert_eq!(blocks.text(), "One & two.\nThree.");
    }
}
