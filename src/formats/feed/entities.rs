//! Entities that a document declares itself. Nothing outside is ever fetched.

use std::borrow::Cow;
use std::collections::HashMap;
use std::collections::hash_map::Entry;

/// How many entities are known.
const MOST: usize = 20_000;

/// How deep entities may name each other.
const DEEPEST: usize = 8;

/// How much a document may grow by what its entities stand for, in bytes.
const LARGEST: usize = 1 << 20;

/// The entities of one document.
#[derive(Debug, Default)]
pub struct Entities {
    declared: HashMap<String, String>,
    /// How much they have been expanded to.
    expanded: usize,
}

impl Entities {
    /// Those that the declaration of a document's type declares in itself; of those of one name the first counts (XML
    /// 1.0 §4.2).
    pub fn of(doctype: &str) -> Self {
        let mut declared = HashMap::new();
        for (name, value) in doctype.split("<!ENTITY").skip(1).filter_map(declaration).take(MOST) {
            if let Entry::Vacant(first) = declared.entry(name.to_owned()) {
                first.insert(value.to_owned());
            }
        }
        Self { declared, expanded: 0 }
    }

    /// What an entity stands for, those that it names expanded; nothing where it is not declared here, names itself, or
    /// would make the document too large.
    pub fn expand(&mut self, name: &str) -> Option<String> {
        let mut out = String::new();
        self.expand_into(&mut out, name, DEEPEST).then_some(out)
    }

    /// Returns the value of an attribute with the entities in it expanded.
    pub fn expand_in<'v>(&mut self, value: &'v str) -> Cow<'v, str> {
        if self.declared.is_empty() || !value.contains('&') {
            return Cow::Borrowed(value);
        }
        let mut out = String::new();
        if self.push(&mut out, value, DEEPEST) { Cow::Owned(out) } else { Cow::Borrowed(value) }
    }

    fn expand_into(&mut self, out: &mut String, name: &str, deepest: usize) -> bool {
        let Some(value) = self.declared.get(name) else { return false };
        self.expanded += value.len() + 1;
        if deepest == 0 || self.expanded > LARGEST {
            return false;
        }
        if !value.contains('&') {
            out.push_str(value);
            return true;
        }
        let value = value.clone();
        self.push(out, &value, deepest - 1)
    }

    /// Adds `text`, entities in it expanded; what is not declared here stays. Returns whether all of it was added.
    fn push(&mut self, out: &mut String, text: &str, deepest: usize) -> bool {
        let mut rest = text;
        while let Some((before, after)) = rest.split_once('&') {
            out.push_str(before);
            rest = after;
            let name = after.split_once(';').map(|(name, _)| name).filter(|name| self.declared.contains_key(*name));
            match name {
                Some(name) if !self.expand_into(out, name, deepest) => return false,
                Some(name) => rest = &after[name.len() + 1..],
                None => out.push('&'),
            }
        }
        out.push_str(rest);
        true
    }
}

/// The name and the value of an entity, from what stands after `<!ENTITY`: one that holds its value itself.
fn declaration(text: &str) -> Option<(&str, &str)> {
    let text = text.strip_prefix(|c: char| c.is_whitespace())?.trim_start();
    let (name, rest) = text.split_once(|c: char| c.is_whitespace())?;
    let rest = rest.trim_start();
    let mark = rest.chars().next().filter(|mark| matches!(mark, '"' | '\''))?;
    let value = rest[1..].split_once(mark)?.0;
    (name != "%").then_some((name, value))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn entities_of_the_document_are_expanded() {
        let mut entities = Entities::of(
            "rss [<!ENTITY wire 'Coast \"Wire\"'>\n<!ENTITY  say \"&#8220;a&#8221; &amp; b\"><!ENTITY % p 'x'>\
             <!ENTITY file SYSTEM 'file:///etc/passwd'><!ENTITY twice '&wire;&wire;'><!ENTITY bad 'never ends>]",
        );
        assert_eq!(entities.expand("wire").as_deref(), Some("Coast \"Wire\""));
        assert_eq!(entities.expand("say").as_deref(), Some("&#8220;a&#8221; &amp; b"));
        assert_eq!(entities.expand("twice").as_deref(), Some("Coast \"Wire\"Coast \"Wire\""));
        for name in ["p", "%", "file", "bad", "amp", ""] {
            assert_eq!(entities.expand(name), None, "{name}");
        }
    }

    #[test]
    fn first_declaration_counts() {
        let mut entities =
            Entities::of("rss [<!ENTITY a 'one'><!ENTITY a 'two'><!ENTITY b '&a; &b;'><!ENTITY c '&a;&d;'>]");
        assert_eq!(entities.expand("a").as_deref(), Some("one"));
        assert_eq!(entities.expand("b"), None, "it names itself");
        assert_eq!(entities.expand("c").as_deref(), Some("one&d;"));
        assert_eq!(entities.expand_in("x&amp;y=&a;&z;"), "x&amp;y=one&z;");
    }

    #[test]
    fn entities_make_no_document_large() {
        let mut entities = Entities::of(&format!("rss [<!ENTITY a '{}'>]", "x".repeat(10_000)));
        let expanded: usize = (0..100_000).filter_map(|_| entities.expand("a").map(|text| text.len())).sum();
        assert!((LARGEST / 2..=LARGEST).contains(&expanded));
    }
}
