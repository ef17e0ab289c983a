//! Names of elements: what they mean by the address of their namespace, whatever its prefix.

use std::borrow::Cow;

use memchr::memmem;
use quick_xml::events::BytesStart;

use crate::formats::html;

/// Parts of the addresses of namespaces, in lower case, and the prefix that their names usually have; none for what is a
/// feed's own, or plain HTML. The addresses that feeds declare differ in their beginning, end and version.
const NAMESPACES: [(&str, &str); 17] = [
    ("purl.org/rss/1.0/modules/content", "content"),
    ("purl.org/rss/1.0/modules/syndication", "sy"),
    ("purl.org/dc/terms", "dcterms"),
    ("purl.org/dc/", "dc"),
    ("dublin_core", "dc"),
    ("search.yahoo.com/mrss", "media"),
    ("itunes.com/dtds", "itunes"),
    ("feedburner", "feedburner"),
    ("w3.org/2005/atom", ""),
    ("purl.org/atom", ""),
    ("w3.org/1999/xhtml", ""),
    ("w3.org/1999/02/22-rdf-syntax-ns", ""),
    ("purl.org/rss/1.0/modules/", "?"),
    ("purl.org/rss/1.0", ""),
    ("my.netscape.com/rdf", ""),
    ("netscape.com/publish/formats/rss", ""),
    ("userland.com/rss", ""),
];

/// Prefixes that say nothing, where they are not declared.
const PLAIN: [&str; 7] = ["a10", "atom", "atom03", "atom10", "rdf", "rss", "xhtml"];

/// How many prefixes are known at once.
const MOST: usize = 200;

/// The prefixes that hold, in the order in which they were declared.
#[derive(Debug, Default)]
pub struct Names {
    declared: Vec<(String, &'static str)>,
    /// The prefix with which the names of the feed's own elements are written, if any.
    root: Option<String>,
}

impl Names {
    /// How many prefixes hold; what is declared later can be [dropped](Self::drop_after).
    pub fn count(&self) -> usize {
        self.declared.len()
    }

    /// Drops the prefixes that were declared after the first `count`.
    pub fn drop_after(&mut self, count: usize) {
        self.declared.truncate(count);
    }

    /// Takes the prefixes that a tag declares; returns that of the names that are written without any, where it declares
    /// that.
    pub fn declare(&mut self, tag: &BytesStart<'_>) -> Option<&'static str> {
        let attributes = tag.attributes_raw();
        if attributes.is_empty() || memmem::find(attributes.as_bytes(), b"xmlns").is_none() {
            return None;
        }
        let mut own = None;
        for attribute in tag.html_attributes().with_checks(false).take(64).filter_map(Result::ok) {
            let name: &str = attribute.key.as_ref();
            let usual = || usual_prefix(&html::decode_attribute(&attribute.value));
            match name.split_once(':') {
                None if name == "xmlns" => own = usual().filter(|prefix| *prefix != "?"),
                Some(("xmlns", prefix)) if self.declared.len() < MOST => {
                    self.declared.push((prefix.to_ascii_lowercase(), usual().unwrap_or("?")));
                }
                _ => {}
            }
        }
        own
    }

    /// Takes the prefix of the root for one that says nothing.
    pub fn learn_root(&mut self, name: &str) {
        if let (None, Some((prefix, "rss" | "feed" | "rdf" | "channel"))) = (&self.root, name.split_once(':')) {
            self.root = Some(prefix.to_owned());
        }
    }

    /// The name, which is in lower case, with the prefix that it usually has, if any. What is of another namespace has a
    /// name that means nothing. `own` is the prefix of a name without one.
    pub fn usual<'n>(&self, name: &'n str, own: Option<&str>) -> Cow<'n, str> {
        let Some(colon) = name.bytes().position(|b| b == b':') else {
            return match own {
                None | Some("") => name.into(),
                Some(own) => format!("{own}:{name}").into(),
            };
        };
        let (prefix, local) = (&name[..colon], &name[colon + 1..]);
        if self.root.as_deref() == Some(prefix) {
            return local.into();
        }
        let declared = self.declared.iter().rev().find(|(known, _)| known == prefix).map(|(_, usual)| *usual);
        let is_usual = |prefix: &str| PLAIN.contains(&prefix) || NAMESPACES.iter().any(|(_, usual)| *usual == prefix);
        match declared {
            Some("") => local.into(),
            // A prefix that is known, and stands for something else here.
            Some("?") if is_usual(prefix) => format!("?:{local}").into(),
            None if PLAIN.contains(&prefix) => local.into(),
            Some("?") | None => name.into(),
            Some(usual) if usual == prefix => name.into(),
            Some(usual) => format!("{usual}:{local}").into(),
        }
    }
}

/// The prefix that the names of a namespace usually have.
fn usual_prefix(address: &str) -> Option<&'static str> {
    let address = address.to_ascii_lowercase();
    NAMESPACES.iter().find(|(part, _)| address.contains(part)).map(|(_, prefix)| *prefix)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn usual(declarations: &str, name: &str) -> String {
        let mut names = Names::default();
        let own = names.declare(&BytesStart::from_content(format!("x {declarations}"), 1));
        names.usual(name, own).into_owned()
    }

    #[test]
    fn name_is_known_by_the_address_of_its_namespace() {
        for (address, usual_name) in [
            ("http://purl.org/rss/1.0/modules/content/", "content:x"),
            ("https://purl.org/rss/1.0/modules/content", "content:x"),
            ("http://purl.org/dc/elements/1.1/", "dc:x"),
            ("http://purl.org/dc/elements/1.0", "dc:x"),
            ("http://purl.org/dc/terms/", "dcterms:x"),
            ("http://search.yahoo.com/mrss", "media:x"),
            ("http://www.itunes.com/dtds/podcast-1.0.dtd", "itunes:x"),
            ("http://www.itunes.com/DTDs/PodCast-1.0.dtd", "itunes:x"),
            ("http://purl.org/rss/1.0/modules/syndication/", "sy:x"),
            ("http://www.w3.org/2005/Atom", "x"),
            ("https://www.w3.org/2005/Atom/", "x"),
            ("http://www.w3.org/1999/xhtml", "x"),
            ("http://purl.org/rss/1.0/", "x"),
            ("http://purl.org/rss/1.0/modules/wiki/", "p:x"),
            ("urn:other", "p:x"),
        ] {
            assert_eq!(usual(&format!("a='b' xmlns:p='{address}'"), "p:x"), usual_name, "{address}");
        }
        assert_eq!(usual("xmlns='http://purl.org/dc/elements/1.1/'", "creator"), "dc:creator");
        assert_eq!(usual("xmlns='http://www.w3.org/1999/xhtml'", "div"), "div");
        assert_eq!(usual("xmlns='urn:other'", "title"), "title");
    }

    #[test]
    fn usual_prefix_counts_where_none_is_declared() {
        for (name, usual_name) in
            [("dc:creator", "dc:creator"), ("atom:link", "link"), ("x:y", "x:y"), ("title", "title")]
        {
            assert_eq!(usual("", name), usual_name);
        }
        assert_eq!(usual("xmlns:dc='urn:dogs-and-cats'", "dc:creator"), "?:creator");
        assert_eq!(usual("xmlns:atom='urn:physics'", "atom:title"), "?:title");
    }
}
