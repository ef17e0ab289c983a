//! The names that authors of pages give to elements: class, identifier, properties of microdata and `RDFa`, relation.

use std::borrow::Cow;

use super::tokens::{Attributes, lower};

/// The names of an element, capitals of ASCII made small.
#[derive(Debug, Default)]
pub struct Naming<'h> {
    /// `class`.
    pub class: Cow<'h, str>,
    /// `id`.
    pub id: Cow<'h, str>,
    /// `itemprop`, of microdata.
    pub itemprop: Cow<'h, str>,
    /// `itemtype`, of microdata, as it is written.
    pub itemtype: &'h str,
    /// `property`, of `RDFa`.
    pub property: Cow<'h, str>,
    /// `rel`.
    pub rel: Cow<'h, str>,
    /// `href`, as it is written.
    pub href: &'h str,
}

impl<'h> Naming<'h> {
    /// Of an element with these attributes.
    pub fn of(attributes: Attributes<'h>) -> Self {
        let [class, id, itemprop, itemtype, property, rel, href] =
            attributes.values(["class", "id", "itemprop", "itemtype", "property", "rel", "href"]);
        Self {
            class: lower(class),
            id: lower(id),
            itemprop: lower(itemprop),
            itemtype,
            property: lower(property),
            rel: lower(rel),
            href,
        }
    }
}

/// The words of which names are made: `post-date meta__date date2` are "post", "date", "meta", "date", "date".
pub fn words_of(names: &str) -> impl Iterator<Item = &str> {
    names
        .split(|c: char| !c.is_alphanumeric())
        .map(|word| word.trim_end_matches(|c: char| c.is_ascii_digit()))
        .filter(|word| !word.is_empty())
}
