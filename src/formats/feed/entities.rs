//! Entities that a document declares itself. Only what is plain is expanded, once, and nothing outside is ever fetched.

use std::collections::HashMap;

/// How many entities are known.
const MOST: usize = 1_000;

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
    /// Those that the declaration of a document's type declares in itself.
    pub fn of(doctype: &str) -> Self {
        let declared = doctype.split("<!ENTITY").skip(1).filter_map(declaration).take(MOST);
        Self { declared: declared.map(|(name, value)| (name.to_owned(), value.to_owned())).collect(), expanded: 0 }
    }

    /// What an entity stands for; nothing where it is not declared here, or would make the document too large.
    pub fn expand(&mut self, name: &str) -> Option<&str> {
        let value = self.declared.get(name)?;
        self.expanded += value.len();
        (self.expanded <= LARGEST).then_some(value)
    }
}

/// The name and the value of an entity, from what stands after `<!ENTITY`: one that holds its value itself, in which no
/// other entity is named.
fn declaration(text: &str) -> Option<(&str, &str)> {
    let text = text.strip_prefix(|c: char| c.is_whitespace())?.trim_start();
    let (name, rest) = text.split_once(|c: char| c.is_whitespace())?;
    let rest = rest.trim_start();
    let mark = rest.chars().next().filter(|mark| matches!(mark, '"' | '\''))?;
    let value = rest[1..].split_once(mark)?.0;
    let names_none = value.split('&').skip(1).all(|after| {
        let reference = after.split_once(';').map_or("", |(reference, _)| reference);
        reference.starts_with('#') || matches!(reference, "amp" | "lt" | "gt" | "quot" | "apos")
    });
    (name != "%" && names_none).then_some((name, value))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plain_entities_alone_are_expanded() {
        let mut entities = Entities::of(
            "rss [<!ENTITY wire 'Coast \"Wire\"'>\n<!ENTITY  say \"&#8220;a&#8221; &amp; b\"><!ENTITY % p 'x'>\
             <!ENTITY file SYSTEM 'file:///etc/passwd'><!ENTITY twice '&wire;&wire;'><!ENTITY bad 'never ends>]",
        );
        assert_eq!(entities.expand("wire"), Some("Coast \"Wire\""));
        assert_eq!(entities.expand("say"), Some("&#8220;a&#8221; &amp; b"));
        for name in ["p", "%", "file", "twice", "bad", "amp", ""] {
            assert_eq!(entities.expand(name), None, "{name}");
        }
    }

    #[test]
    fn entities_make_no_document_large() {
        let mut entities = Entities::of(&format!("rss [<!ENTITY a '{}'>]", "x".repeat(10_000)));
        let expanded: usize = (0..100_000).filter_map(|_| entities.expand("a").map(str::len)).sum();
        assert!((LARGEST / 2..=LARGEST).contains(&expanded));
    }
}
