//! Elements of feeds that are never closed: what begins inside them that they cannot hold implies their end, as some
//! elements of HTML end (HTML §13.1.2.4).

use memchr::{memchr, memmem};

use crate::formats::html;

/// The elements of an entry or of a feed that are written without a prefix, lower case, and those that each holds (RSS
/// 2.0; RFC 4287 §3.2, 4.1, 4.2). What else is in one that is closed is markup.
const FIELDS: [(&str, &[&str]); 42] = [
    ("title", &[]),
    ("link", &[]),
    ("description", &[]),
    ("summary", &[]),
    ("content", &[]),
    ("encoded", &[]),
    ("guid", &[]),
    ("id", &[]),
    ("pubdate", &[]),
    ("published", &[]),
    ("issued", &[]),
    ("date", &[]),
    ("created", &[]),
    ("updated", &[]),
    ("modified", &[]),
    ("lastbuilddate", &[]),
    ("author", &PERSON),
    ("contributor", &PERSON),
    ("creator", &[]),
    ("category", &[]),
    ("subject", &[]),
    ("comments", &[]),
    ("enclosure", &[]),
    (
        "source",
        &[
            "id",
            "title",
            "link",
            "updated",
            "author",
            "contributor",
            "category",
            "generator",
            "icon",
            "logo",
            "rights",
            "subtitle",
            "name",
            "email",
            "uri",
        ],
    ),
    ("image", &["url", "title", "link", "width", "height", "description"]),
    ("textinput", &["title", "description", "name", "link"]),
    ("language", &[]),
    ("copyright", &[]),
    ("rights", &[]),
    ("generator", &[]),
    ("subtitle", &[]),
    ("tagline", &[]),
    ("icon", &[]),
    ("logo", &[]),
    ("docs", &[]),
    ("cloud", &[]),
    ("ttl", &[]),
    ("rating", &[]),
    ("skiphours", &["hour"]),
    ("skipdays", &["day"]),
    ("managingeditor", &[]),
    ("webmaster", &[]),
];

const PERSON: [&str; 5] = ["name", "email", "uri", "url", "homepage"];

/// Where the fields of an entry end at the latest, local names.
const BOUNDS: [&str; 6] = ["item", "entry", "channel", "feed", "rss", "rdf"];

/// How often a document may be looked through for ends.
const MOST_LOOKS: usize = 16;

/// Whether an element is one of HTML, and none of feeds.
pub fn is_of_html(name: &str) -> bool {
    html::ELEMENTS.contains(&name) && !["source", "summary", "title", "link"].contains(&name)
}

/// Whether an element is written without a prefix in an entry or a feed; its name is in lower case.
pub fn is_field(name: &str) -> bool {
    FIELDS.iter().any(|(known, _)| *known == name)
}

/// Whether an element holds another one of the feed's vocabulary.
pub fn holds(name: &str, inner: &str) -> bool {
    FIELDS.iter().find(|(known, _)| *known == name).is_some_and(|(_, held)| held.contains(&inner))
}

/// What of a document is not read yet.
#[derive(Debug)]
pub struct Ahead<'t> {
    document: &'t str,
    at: usize,
    /// How many bytes may still be looked at.
    left: usize,
}

impl<'t> Ahead<'t> {
    pub fn of(document: &'t str) -> Self {
        Self { document, at: 0, left: document.len().saturating_mul(MOST_LOOKS) }
    }

    /// Says where the tag begins that is read, in bytes.
    pub fn go_to(&mut self, at: u64) {
        self.at = usize::try_from(at).unwrap_or(usize::MAX);
    }

    /// Whether the tag begins a field, and is no word between angle brackets.
    pub fn is_field(&mut self, name: &str, written: &str) -> bool {
        !is_of_html(name) && (name.contains(':') || is_field(name) || self.is_closed(written, 0))
    }

    /// Whether the element that is written so, in lower case, and of which so many are `open`, is closed before its entry
    /// is.
    pub fn is_closed(&mut self, written: &str, open: usize) -> bool {
        let rest = self.document.get(self.at..).unwrap_or_default();
        let rest = rest.get(..rest.floor_char_boundary(self.left)).unwrap_or_default();
        let (is_closed, looked_at) = find_end(rest, written, open);
        self.left -= looked_at.min(self.left);
        is_closed || self.left == 0
    }
}

/// Whether an element of which so many are open ends in `text` before its entry does; how far it was looked for, in bytes.
fn find_end(text: &str, written: &str, mut open: usize) -> (bool, usize) {
    let bytes = text.as_bytes();
    let mut at = 0;
    while let Some(found) = memchr(b'<', &bytes[at..]) {
        at += found + 1;
        if bytes[at..].starts_with(b"![CDATA[") {
            let Some(length) = memmem::find(&bytes[at..], b"]]>") else { break };
            at += length;
            continue;
        }
        let is_end = bytes.get(at) == Some(&b'/');
        let name = &bytes[at + usize::from(is_end)..];
        let name = &name[..name.iter().position(|b| !is_of_name(*b)).unwrap_or(name.len())];
        if name.eq_ignore_ascii_case(written.as_bytes()) {
            let is_empty = || memchr(b'>', &bytes[at..]).is_some_and(|end| bytes[at + end - 1] == b'/');
            if is_end && open <= 1 {
                return (true, at);
            }
            open = if is_end { open - 1 } else { open + usize::from(!is_empty()) };
        } else if is_bound(name) {
            return (false, at);
        }
        at += name.len();
    }
    (false, bytes.len())
}

/// Whether a byte may stand in the name of an element.
pub fn is_of_name(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b':' | b'-' | b'_' | b'.') || !byte.is_ascii()
}

/// Whether the fields of an entry end with an element of this name, at the latest.
pub fn is_bound(name: &[u8]) -> bool {
    let local = name.rsplit(|b| *b == b':').next().unwrap_or_default();
    BOUNDS.iter().any(|bound| local.eq_ignore_ascii_case(bound.as_bytes()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn end_counts_within_the_entry() {
        for (rest, is_closed) in [
            ("a</title><link>", true),
            ("a</TITLE >", true),
            ("a<link>b</link><source><title>c</title></source></item>", false),
            ("a<title/><title x='y'>b</title></title></item>", true),
            ("a</titles></item><item><title>b</title>", false),
            ("a<item><title>b</title></title>", false),
            ("a<items></title>", true),
            ("a<![CDATA[</title>]]></item>", false),
            ("a<![CDATA[</title>", false),
            ("a", false),
        ] {
            assert_eq!(find_end(rest, "title", 1).0, is_closed, "{rest}");
        }
    }

    #[test]
    fn looking_ahead_has_an_end() {
        let document = "<a>".repeat(1_000);
        let mut ahead = Ahead::of(&document);
        let looks = (0..1_000).take_while(|_| !ahead.is_closed("title", 1)).count();
        assert!((MOST_LOOKS - 1..=MOST_LOOKS).contains(&looks), "{looks}");
    }
}
