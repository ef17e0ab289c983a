//! Microdata: of what the properties on a page are (HTML §5.2). A property is one of the nearest element with `itemscope`
//! around it: a date in a comment, a video or another article is not that of this one.

use super::json_ld::{is_article_kind, is_page_kind};
use super::naming::Naming;
use super::title::Likeness;
use super::tokens::Attributes;

/// Properties of an article that are other works.
const BESIDE: [&str; 7] = ["review", "reviews", "hasPart", "citation", "mentions", "about", "associatedMedia"];

/// How many articles, and properties in `<meta>`, are kept.
const MOST: usize = 400;

/// Of what the properties at some place are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Scope {
    /// The number of the article around the place; none outside of all, and in what describes the page itself.
    article: Option<usize>,
    /// Whether they are of something else in it: a person, a video.
    pub is_other: bool,
    /// Whether that is what a reader wrote.
    pub is_comment: bool,
}

/// An article that microdata describes.
#[derive(Debug)]
struct Item {
    /// The article around it.
    around: Option<usize>,
    headline: String,
    has_text: bool,
}

/// A property in `<meta>`.
#[derive(Debug)]
struct Property {
    scope: Scope,
    name: String,
    value: String,
}

/// The articles that microdata describes on a page, and their properties in `<meta>`.
#[derive(Debug, Default)]
pub struct Microdata {
    items: Vec<Item>,
    properties: Vec<Property>,
}

impl Microdata {
    /// Of what the properties inside an element are that stands at `scope`.
    pub fn inside(&mut self, scope: Scope, naming: &Naming<'_>, attributes: Attributes<'_>) -> Scope {
        let is_described = !naming.itemtype.is_empty() || !naming.itemprop.is_empty();
        if !is_described || !attributes.has("itemscope") {
            return scope;
        }
        // A review in an article is not the article.
        if naming.itemprop.split_ascii_whitespace().any(|name| BESIDE.contains(&name)) {
            return Scope { is_other: true, ..scope };
        }
        let mut kinds = naming.itemtype.split_ascii_whitespace();
        if kinds.clone().any(|kind| is_article_kind(kind) || kind.ends_with("CreativeWork")) && self.items.len() < MOST
        {
            self.items.push(Item { around: scope.article, headline: String::new(), has_text: false });
            return Scope { article: Some(self.items.len() - 1), ..Scope::default() };
        }
        if kinds.clone().any(is_page_kind) {
            return Scope { is_other: false, ..scope };
        }
        let is_comment = scope.is_comment || kinds.any(|kind| kind.ends_with("Comment"));
        Scope { is_other: true, is_comment, ..scope }
    }

    /// Takes the words of a headline that is a property at `scope`.
    pub fn take_headline(&mut self, scope: Scope, words: &str) {
        if let Some(item) = self.item(scope)
            && item.headline.is_empty()
        {
            words.trim().clone_into(&mut item.headline);
        }
    }

    /// Takes that there is text at `scope`.
    pub fn take_text(&mut self, scope: Scope) {
        if let Some(item) = self.item(scope) {
            item.has_text = true;
        }
    }

    /// Takes a property in `<meta>` at `scope`.
    pub fn take_property(&mut self, scope: Scope, name: &str, value: &str) {
        if scope.is_other || self.properties.len() >= MOST {
            return;
        }
        if name == "headline" {
            self.take_headline(scope, value);
        }
        self.properties.push(Property { scope, name: name.to_owned(), value: value.to_owned() });
    }

    /// How many properties in `<meta>` are kept.
    pub const fn count(&self) -> usize {
        self.properties.len()
    }

    /// Forgets the properties in `<meta>` but the first ones.
    pub fn truncate(&mut self, length: usize) {
        self.properties.truncate(length);
    }

    fn item(&mut self, scope: Scope) -> Option<&mut Item> {
        self.items.get_mut(scope.article.filter(|_| !scope.is_other)?)
    }

    /// Which articles are that of the page: the one in which its headline stands, at `heading`, those around it, those that
    /// state its headline; else the first that states none and has text, or nothing but properties.
    pub fn own(&self, heading: Option<Scope>, likeness: impl Fn(&str) -> Likeness) -> OwnScope {
        let states = |item: &Item| !item.headline.is_empty() && likeness(&item.headline) > Likeness::Unlike;
        let mut own: Vec<bool> = self.items.iter().map(states).collect();
        let chosen = heading.and_then(|heading| heading.article).or_else(|| {
            let silent = || self.items.iter().enumerate().filter(|(_, item)| item.headline.is_empty());
            let first = silent().find(|(_, item)| item.has_text).or_else(|| silent().next());
            first.map(|(number, _)| number).filter(|_| !own.contains(&true))
        });
        let mut around = chosen;
        while let Some(number) = around {
            own[number] = true;
            around = self.items[number].around;
        }
        OwnScope(own)
    }

    /// The names and values of the properties in `<meta>` that are of these articles.
    pub fn properties(&mut self, own: &OwnScope) -> Vec<(String, String)> {
        let all = std::mem::take(&mut self.properties).into_iter();
        all.filter(|property| own.has(property.scope)).map(|property| (property.name, property.value)).collect()
    }
}

/// The articles in microdata that are that of the page.
pub struct OwnScope(Vec<bool>);

impl OwnScope {
    /// Whether what stands at `scope` is in one of these, or in no article at all.
    pub fn has(&self, scope: Scope) -> bool {
        scope.article.is_none_or(|number| self.0[number])
    }
}
