//! Documents in XML and SGML that are no HTML and no feed: known by their root.

use super::super::html::{self, HtmlToken, Tokens};
use crate::text::clean_line;

/// What a document in XML or SGML is that is no HTML, in words, and the name of its root element as it is written; nothing
/// where a text only happens to begin with `<`: `<Bridge> closed`.
///
/// Without a declaration that says so it is one where the root has a namespace or an identifier, or begins with a child, and
/// no words stand outside of it: people put what they write into tags that they invent.
pub fn root(start: &str) -> Option<(&'static str, String)> {
    /// Names of elements are for a message.
    const LONGEST: usize = 60;
    let prolog = prolog(start);
    if prolog.has_words_below() {
        return None;
    }
    let is_xml = prolog.is_xml
        || prolog
            .doctype
            .is_some_and(|doctype| ["dtd jats", "xml"].iter().any(|mark| doctype.to_ascii_lowercase().contains(mark)));
    let rest = prolog.rest;
    let mut tokens = Tokens::of(rest);
    let (name, attributes) = loop {
        match tokens.next()? {
            HtmlToken::Start { name, attributes, .. } => break (name, attributes),
            HtmlToken::Text(words) if words.trim().is_empty() => {}
            HtmlToken::Text(_) | HtmlToken::Raw(_) | HtmlToken::End(_) => return None,
        }
    };
    let at = rest.to_ascii_lowercase().find(&format!("<{name}"))? + 1;
    let written = clean_line(&rest[at..at + name.len()]).chars().take(LONGEST).collect();
    let inside = Inside::of(&name, tokens);
    if inside.begins_with_words != Some(true) || inside.is_apart() {
        match () {
            () if is_xml => return Some(("an XML document", written)),
            () if prolog.doctype.is_some() => return Some(("an SGML document", written)),
            () if attributes.has_namespace() => return Some(("an XML document", written)),
            () => {}
        }
    }
    if name.contains('-') || html::ELEMENTS.contains(&&*name) {
        return None;
    }
    let is_root = inside.is_apart() && (inside.begins_with_words == Some(false) || attributes.get("id").is_some());
    is_root.then_some(("an XML or SGML document", written))
}

/// Elements in which prose begins.
const WORDS: [&str; 9] = ["a", "b", "br", "em", "i", "q", "span", "strong", "u"];

/// What follows the start of a root.
struct Inside {
    /// Whether the first thing is words, be they bold, and no tag of a structure.
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
            inside.begins_with_words.get_or_insert(match &token {
                HtmlToken::Text(_) | HtmlToken::Raw(_) => true,
                HtmlToken::Start { name, .. } => WORDS.contains(&&**name),
                HtmlToken::End(_) => false,
            });
        }
        inside
    }

    /// Whether a root ends and no words follow it.
    fn is_apart(&self) -> bool {
        self.has_end && !self.has_words_outside
    }
}

/// What stands before the first element of a document.
pub struct Prolog<'t> {
    /// Whether it begins with the declaration of XML.
    pub is_xml: bool,
    /// The declaration of a document type, up to what it declares itself.
    pub doctype: Option<&'t str>,
    /// What follows.
    pub rest: &'t str,
}

impl Prolog<'_> {
    /// Whether words follow and no element, as in "`<?xml version="1.0"?>` is how it begins".
    pub fn has_words_below(&self) -> bool {
        let is_element = || {
            self.rest.strip_prefix('<').is_some_and(|rest| !rest.starts_with(|c: char| c.is_whitespace() || c == '?'))
        };
        let begins_so = self.is_xml || self.doctype.is_some() || self.rest.starts_with("<?");
        begins_so && !self.rest.is_empty() && !is_element()
    }
}

/// Reads declarations, comments and what is for programs, with which a document begins.
pub fn prolog(start: &str) -> Prolog<'_> {
    let blank = |c: char| c.is_whitespace() || c == '\u{feff}';
    let begins = |text: &str, mark: &str| text.get(..mark.len()).is_some_and(|head| head.eq_ignore_ascii_case(mark));
    let mut rest = start.trim_start_matches(blank);
    let (is_xml, mut doctype) = (is_declaration(rest), None);
    loop {
        let length = if rest.starts_with("<?") {
            // Some forget the second mark of the declaration.
            let end = if is_declaration(rest) { ">" } else { "?>" };
            let end = rest.find(end).map(|at| at + end.len());
            if end.is_none() && rest.contains("\n\n") {
                break;
            }
            end
        } else if rest.starts_with("<!--") {
            rest.find("-->").map(|at| at + 3)
        } else if doctype.is_none() && begins(rest, "<!doctype") {
            doctype = rest.split(['>', '[']).next();
            doctype_length(rest)
        } else {
            break;
        };
        rest = rest[length.unwrap_or(rest.len())..].trim_start_matches(blank);
    }
    Prolog { is_xml, doctype, rest }
}

/// Whether a text begins with the declaration of XML (XML 1.0 §2.8), be it cut off, or with what links its style.
fn is_declaration(text: &str) -> bool {
    const NAMES: [&str; 3] = ["version", "encoding", "standalone"];
    let Some(rest) = text.get(..5).filter(|head| head.eq_ignore_ascii_case("<?xml")).map(|_| text[5..].trim()) else {
        return false;
    };
    let is_value = |after: &str| after.is_empty() || after.starts_with('=');
    rest.starts_with(['-', '?'])
        || NAMES.iter().any(|name| {
            name.starts_with(rest) || rest.strip_prefix(name).is_some_and(|after| is_value(after.trim_start()))
        })
}

/// How long the declaration of a document type is, with what it declares in brackets; nothing where it breaks off.
fn doctype_length(text: &str) -> Option<usize> {
    let end = text.find(['>', '['])?;
    if text[end..].starts_with('>') {
        return Some(end + 1);
    }
    text[end..].match_indices(']').map(|(at, _)| end + at + 1).find_map(|at| {
        let rest = text[at..].trim_start();
        rest.starts_with('>').then(|| text.len() - rest.len() + 1)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

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
            (
                "<doc id='1' url='https://a.example/'>\nBridge\n\nIt is closed.\n</doc>\n<doc id='2'>B</doc>",
                either,
                "doc",
            ),
            ("<?xml version='1.0'?>\n<speech>It is closed.</speech>", xml, "speech"),
            ("<!DOCTYPE a [\n<!ENTITY b 'c]d'>\n] >\n<?x y?><a><c>", sgml, "a"),
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
            "<speech by='Ann'>“It is closed,” said Ann Holt.</speech>",
            "<speech by=Ann>\n“It is closed.”\n</speech>\n\n<speech by=Vera>\n“It is open.”\n</speech>",
            "<speech by='Ann'><b>Ann Holt:</b> It is closed.</speech>",
            "<speech by='Ann'> begins what she says, and </speech> ends it.",
            "<!DOCTYPE article PUBLIC \"x\"> is how it begins, said Ann Holt.",
            "<!DOCTYPE article PUBLIC \"x\"> is how <article> begins.\n<article><p>It is closed.</p></article>",
            "<?xml version=\"1.0\"?> is how <rss> begins, said Ann Holt.",
            "<?xml version=\"1.0\"?> <b>is</b> how it begins, said Ann Holt.",
            "<?xml is the first thing in it, said Ann Holt.\n\nIt is closed.",
            "<?xml version is the first thing in it, said Ann Holt.\n\nIt is closed.",
            "<?xml version=\"1.0\" is how it begins.\n\nIt is closed.",
            "<ul><li>A</li></ul>",
            "<my-card><p>A</p></my-card>",
            "< 5 people",
            "<",
        ] {
            assert_eq!(root(text), None, "{text}");
        }
    }
}
