//! The tags and the text of HTML, in one pass whose time is linear in the length, whatever the input.

use std::borrow::Cow;

use memchr::{memchr, memchr_iter, memchr2, memmem};

use super::entity::{self, ReferenceContext};

/// How many attributes of a tag are looked at.
const MOST_ATTRIBUTES: usize = 64;

/// Elements whose content is not markup.
const RAW: [&str; 8] = ["script", "style", "title", "textarea", "xmp", "iframe", "noembed", "noframes"];

/// A piece of HTML.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum HtmlToken<'h> {
    /// `<name attributes>`.
    Start {
        /// In lower case.
        name: Cow<'h, str>,
        /// References in them are not yet resolved.
        attributes: Attributes<'h>,
        /// Whether it ends in `/>`.
        closed: bool,
    },
    /// `</name>`, in lower case.
    End(Cow<'h, str>),
    /// Words, references not yet resolved.
    Text(&'h str),
    /// What stands inside `<script>`, `<style>` and the like; the tag that ends it follows.
    Raw(&'h str),
}

/// The attributes of a tag as they are written.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub struct Attributes<'h>(&'h str);

impl<'h> Attributes<'h> {
    /// The value of an attribute, references resolved; empty where it has none.
    pub fn get(self, name: &str) -> Option<Cow<'h, str>> {
        self.iter()
            .find(|(known, _)| known.eq_ignore_ascii_case(name))
            .map(|(_, value)| entity::decode(value, ReferenceContext::Attribute))
    }

    /// The values of these attributes as they are written, in one pass; empty where it has none.
    pub fn values<const N: usize>(self, names: [&str; N]) -> [&'h str; N] {
        let mut values = [None; N];
        if !self.0.is_empty() {
            for (known, value) in self.iter() {
                if let Some(at) = names.iter().position(|name| known.eq_ignore_ascii_case(name)) {
                    values[at] = values[at].or(Some(value));
                }
            }
        }
        values.map(Option::unwrap_or_default)
    }

    /// Whether the attribute is there.
    pub fn has(self, name: &str) -> bool {
        self.iter().any(|(known, _)| known.eq_ignore_ascii_case(name))
    }

    /// Whether the element is there for machines only.
    pub fn hide(self) -> bool {
        let is_true = |name: &str| self.get(name).is_some_and(|value| value == "true");
        let style = |style: &str| {
            let style: String = style.chars().filter(|c| !c.is_whitespace()).collect::<String>().to_ascii_lowercase();
            style.contains("display:none") || style.contains("visibility:hidden")
        };
        self.has("hidden") || is_true("aria-hidden") || self.get("style").is_some_and(|value| style(&value))
    }

    /// Whether one has a value: `a <b and b> c` has none.
    pub fn have_values(self) -> bool {
        self.0.contains('=')
    }

    /// Whether one of them declares a namespace of XML.
    pub fn has_namespace(self) -> bool {
        self.iter().any(|(name, _)| name == "xmlns" || name.starts_with("xmlns:"))
    }

    /// How many attributes there are, if no more than `most`.
    pub fn at_most(self, most: usize) -> Option<usize> {
        let counted = self.all().take(most + 1).count();
        (counted <= most).then_some(counted)
    }

    fn iter(self) -> impl Iterator<Item = (&'h str, &'h str)> {
        self.all().take(MOST_ATTRIBUTES)
    }

    fn all(self) -> impl Iterator<Item = (&'h str, &'h str)> {
        let mut rest = self.0;
        std::iter::from_fn(move || {
            let is_between = |b: u8| b.is_ascii_whitespace() || b == b'/';
            rest = &rest[rest.bytes().take_while(|b| is_between(*b)).count()..];
            let (length, name, value) = attribute(rest)?;
            rest = &rest[length..];
            Some((name, value))
        })
    }
}

/// The attribute with which `text` begins: how long it is, its name and its value.
fn attribute(text: &str) -> Option<(usize, &str, &str)> {
    // All that parts is ASCII, and no byte of another character is.
    let bytes = text.as_bytes();
    let blanks = |from: usize| from + bytes[from..].iter().take_while(|b| b.is_ascii_whitespace()).count();
    let is_end = |b: &u8| b.is_ascii_whitespace() || matches!(b, b'=' | b'/');
    let end = bytes.get(1..)?.iter().position(is_end).map_or(bytes.len(), |at| at + 1);
    let name = &text[..end];
    let after = blanks(end);
    if bytes.get(after) != Some(&b'=') {
        return Some((end, name, ""));
    }
    let start = blanks(after + 1);
    let value = &text[start..];
    if let Some(mark @ (b'"' | b'\'')) = bytes.get(start) {
        let length = memchr(*mark, &bytes[start + 1..]).unwrap_or(value.len() - 1);
        return Some(((start + length + 2).min(text.len()), name, &value[1..=length]));
    }
    let length = value.bytes().position(|b| b.is_ascii_whitespace()).unwrap_or(value.len());
    Some((start + length, name, &value[..length]))
}

/// Splits HTML into tokens.
#[derive(Clone)]
pub struct Tokens<'h> {
    rest: &'h str,
    /// How many bytes were left before the last token.
    before: usize,
    /// The element whose content comes next and is not markup.
    raw: Option<&'static str>,
}

impl<'h> Tokens<'h> {
    /// Of this HTML.
    pub fn of(html: &'h str) -> Self {
        Self { rest: html, before: html.len(), raw: None }
    }

    /// How many bytes have not been taken apart yet.
    pub fn left(&self) -> usize {
        self.rest.len()
    }

    /// How many bytes there were, with those of the last token, comments before it left out.
    pub fn left_before(&self) -> usize {
        self.before
    }

    fn take(&mut self, length: usize) -> &'h str {
        let (taken, rest) = self.rest.split_at(length);
        self.rest = rest;
        taken
    }

    /// What stands before the tag that ends `name`; all the rest where it never ends.
    fn raw(&mut self, name: &str) -> Option<HtmlToken<'h>> {
        let bytes = self.rest.as_bytes();
        let ends = memmem::find_iter(bytes, b"</").find(|at| {
            let after = &bytes[at + 2..];
            after.get(..name.len()).is_some_and(|word| word.eq_ignore_ascii_case(name.as_bytes()))
                && !after.get(name.len()).is_some_and(u8::is_ascii_alphanumeric)
        });
        let text = self.take(ends.unwrap_or(bytes.len()));
        (!text.is_empty()).then_some(HtmlToken::Raw(text))
    }

    /// Passes by a comment, a declaration or a processing instruction, to its end or that of the text.
    fn skip_declaration(&mut self) -> Option<HtmlToken<'h>> {
        let (start, is_comment) = match self.rest {
            // The standard reads `<!-->` and `<!--->` as whole comments.
            rest if rest.starts_with("<!-->") => (2, true),
            rest if rest.starts_with("<!--->") => (3, true),
            rest if rest.starts_with("<!--") => (4, true),
            rest if rest.starts_with("<![CDATA[") => {
                let length = memmem::find(rest.as_bytes(), b"]]>").unwrap_or(rest.len());
                let text = &self.take(length)["<![CDATA[".len().min(length)..];
                self.take(self.rest.len().min(3));
                return Some(HtmlToken::Raw(text));
            }
            _ => (1, false),
        };
        let inside = &self.rest.as_bytes()[start..];
        let is_end = |at: &usize| !is_comment || inside[..*at].ends_with(b"--") || inside[..*at].ends_with(b"--!");
        let found = memchr_iter(b'>', inside).find(is_end);
        self.take(found.map_or(self.rest.len(), |at| start + at + 1));
        None
    }

    /// A tag, whose name begins at `start`; nothing where it never ends, and then nothing more comes.
    fn tag(&mut self, start: usize) -> Option<HtmlToken<'h>> {
        let text = self.rest;
        let Some(end) = tag_end(text, start) else {
            self.rest = "";
            return None;
        };
        self.take(end + 1);
        let inside = &text[start..end];
        let length = inside.find(|c: char| c.is_ascii_whitespace() || c == '/').unwrap_or(inside.len());
        let (name, attributes) = inside.split_at(length);
        let name = lower(name);
        if start == 2 {
            return Some(HtmlToken::End(name));
        }
        let closed = attributes.ends_with('/');
        self.raw = RAW.into_iter().find(|raw| *raw == name);
        Some(HtmlToken::Start { name, attributes: Attributes(attributes), closed })
    }
}

impl<'h> Iterator for Tokens<'h> {
    type Item = HtmlToken<'h>;

    fn next(&mut self) -> Option<HtmlToken<'h>> {
        self.before = self.rest.len();
        if let Some(token) = self.raw.take().and_then(|name| self.raw(name)) {
            return Some(token);
        }
        while !self.rest.is_empty() {
            self.before = self.rest.len();
            let bytes = self.rest.as_bytes();
            let token = match (bytes[0], bytes.get(1), bytes.get(2)) {
                (b'<', Some(b'!' | b'?'), _) => self.skip_declaration(),
                (b'<', Some(c), _) if c.is_ascii_alphabetic() => self.tag(1),
                (b'<', Some(b'/'), Some(c)) if c.is_ascii_alphabetic() => self.tag(2),
                _ => {
                    let length = memchr(b'<', &bytes[1..]).map_or(bytes.len(), |at| at + 1);
                    Some(HtmlToken::Text(self.take(length)))
                }
            };
            if token.is_some() {
                return token;
            }
        }
        None
    }
}

/// Where the `>` of a tag stands whose name begins at `start`; one inside quotation marks after `=` is none.
fn tag_end(text: &str, start: usize) -> Option<usize> {
    let bytes = text.as_bytes();
    let mut at = start;
    loop {
        at += memchr2(b'>', b'=', &bytes[at..])?;
        if bytes[at] == b'>' {
            return Some(at);
        }
        at += 1;
        while bytes.get(at)?.is_ascii_whitespace() {
            at += 1;
        }
        if let mark @ (b'"' | b'\'') = bytes[at] {
            at += 2 + memchr(mark, &bytes[at + 1..])?;
        }
    }
}

/// Capitals of ASCII made small.
pub fn lower(name: &str) -> Cow<'_, str> {
    if name.bytes().any(|b| b.is_ascii_uppercase()) { name.to_ascii_lowercase().into() } else { name.into() }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(html: &str) -> String {
        let one = |token| match token {
            HtmlToken::Start { name, closed, .. } => format!("<{name}{}>", if closed { "/" } else { "" }),
            HtmlToken::End(name) => format!("</{name}>"),
            HtmlToken::Text(text) => format!("[{text}]"),
            HtmlToken::Raw(text) => format!("{{{text}}}"),
        };
        Tokens::of(html).map(one).collect()
    }

    #[test]
    fn tags_and_text() {
        assert_eq!(shown("<P class=a>Tea<br/>is <B>served</b >."), "<p>[Tea]<br/>[is ]<b>[served]</b>[.]");
        assert_eq!(shown("a < b <3 & <> </> c"), "[a ][< b ][<3 & ][<> ][</> c]");
        assert_eq!(shown("<!doctype html><!-- <p> --><?xml?>x<![CDATA[<y>]]>z<!-->w"), "[x]{<y>}[z][w]");
        assert_eq!(shown("a<!--->b<!-- c -->d<!---->e"), "[a][b][d][e]");
    }

    #[test]
    fn raw_text_elements_hold_no_markup() {
        assert_eq!(shown("<script>if (a</b) '<p>'</SCRIPT >x"), "<script>{if (a</b) '<p>'}</script>[x]");
        assert_eq!(shown("<style></style>x<title>a <b> c"), "<style></style>[x]<title>{a <b> c}");
    }

    #[test]
    fn unclosed_tag_ends_with_the_text() {
        for html in ["x<p class=\"a", "x<!-- y", "x<script", "x<a b='>", "x<![CDATA[", "x<!"] {
            assert!(shown(html).starts_with("[x]"), "{html}");
        }
    }

    #[test]
    fn attributes_have_values() {
        let html = r#"<a Href="x?a=1&amp;b=2>" data-x='y' checked title = plain rel=no/follow / "stray">"#;
        let Some(HtmlToken::Start { attributes, .. }) = Tokens::of(html).next() else { panic!("no tag") };
        assert_eq!(attributes.get("href").as_deref(), Some("x?a=1&b=2>"));
        assert_eq!(attributes.get("data-x").as_deref(), Some("y"));
        assert_eq!(attributes.get("checked").as_deref(), Some(""));
        assert_eq!(attributes.get("title").as_deref(), Some("plain"));
        assert_eq!(attributes.get("rel").as_deref(), Some("no/follow"));
        assert_eq!(attributes.get("none"), None);
    }
}
