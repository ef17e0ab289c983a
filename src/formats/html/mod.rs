//! HTML: text with markup, whether a whole page or a piece in a feed, a mail or a crawl.

mod entity;
mod guard;
mod json_ld;
mod metadata;
mod page;

mod tokens;
mod walk;

use std::borrow::Cow;

pub use entity::{decode, resolved as entity};

pub use page::read;
pub use tokens::{Token, Tokens};
pub use walk::{Tables, blocks, resolved};

/// Elements that a line of text may have, and that say nothing about its words.
const INLINE: [&str; 29] = [
    "a", "abbr", "b", "br", "center", "cite", "code", "del", "div", "em", "font", "h1", "h2", "h3", "i", "img", "ins",
    "mark", "p", "q", "s", "small", "span", "strong", "sub", "sup", "tt", "u", "wbr",
];

/// The words of a line that may hold markup and character references, once or twice escaped: a headline, a name.
/// What only looks like a tag ("Vec<T>") stays.
pub fn line(raw: &str) -> Cow<'_, str> {
    if !raw.contains(['<', '&']) {
        return Cow::Borrowed(raw);
    }
    let once = without_tags(&decode(raw));
    if once.contains('&') { Cow::Owned(decode(&once).into_owned()) } else { Cow::Owned(once) }
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
            .any(|token| matches!(token, Token::Start { name, .. } if TELLING.contains(&&*name)))
}

/// The paragraphs of a field that may be markup or plain text, perhaps with character references.
pub fn text_or_markup(text: &str, base: Option<&url::Url>) -> super::blocks::Blocks {
    if is_markup(text) { blocks(text, base, Tables::Rows) } else { super::blocks::Blocks::of_plain(&decode(text)) }
}

fn without_tags(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('<') {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let length = tag_length(rest);
        if length == 0 {
            out.push('<');
            rest = &rest[1..];
        } else {
            if rest.starts_with("<br") || rest.starts_with("<p") {
                out.push(' ');
            }
            rest = &rest[length..];
        }
    }
    out.push_str(rest);
    out
}

/// How long the tag is with which `text` begins; 0 where it is none of a line.
fn tag_length(text: &str) -> usize {
    /// A longer tag is none: else many beginnings of one would each be looked at to the end.
    const LONGEST: usize = 2 << 10;
    let body = text[1..].trim_start_matches('/');
    let name: String = body.chars().take(8).take_while(char::is_ascii_alphanumeric).collect();
    if !INLINE.contains(&&*name.to_ascii_lowercase()) {
        return 0;
    }
    text.bytes().take(LONGEST).position(|b| b == b'>').map_or(0, |at| at + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_lose_their_markup() {
        for (raw, expected) in [
            ("Tea &amp; toast", "Tea & toast"),
            ("Tea &amp;amp; toast", "Tea & toast"),
            ("<b>Tea</b> is <a href='x>y'>served</a>", "Tea is y'>served"),
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
    fn markup_is_told_from_text() {
        assert!(is_markup("It is <em>so</em>."));
        assert!(is_markup("One.<br>Two."));
        assert!(!is_markup("1 < 2 and Vec<T> & so on"));
        let blocks = text_or_markup("One &amp; two.\n\nThree.", None);
        assert_eq!(blocks.text(), "One & two.\nThree.");
    }
}
