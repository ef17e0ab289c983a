//! What the names of elements say of what is in them, by the words in `data/names.txt`.

use std::borrow::Cow;
use std::cell::RefCell;
use std::collections::HashMap;
use std::sync::LazyLock;

use foldhash::fast::FixedState;

use super::super::elements::is_heading;
use super::tree::Element;

/// What names say, a bit each.
pub type Signs = u32;

pub const BODY: Signs = 1;
pub const ARTICLE: Signs = 1 << 1;
pub const CONTENT: Signs = 1 << 2;
pub const COMMENTS: Signs = 1 << 3;
pub const RELATED: Signs = 1 << 4;
pub const SHARE: Signs = 1 << 5;
pub const NEWSLETTER: Signs = 1 << 6;
pub const NAVIGATION: Signs = 1 << 7;
pub const FOOTER: Signs = 1 << 8;
pub const ADVERTISEMENT: Signs = 1 << 9;
pub const OVERLAY: Signs = 1 << 10;
pub const AUTHOR: Signs = 1 << 11;
pub const META: Signs = 1 << 12;
pub const TAGS: Signs = 1 << 13;
pub const BESIDE: Signs = 1 << 14;
pub const CAPTION: Signs = 1 << 15;
pub const UNSEEN: Signs = 1 << 16;
pub const LEAD: Signs = 1 << 17;

const SECTIONS: [(&str, Signs); 18] = [
    ("body", BODY),
    ("article", ARTICLE),
    ("content", CONTENT),
    ("comments", COMMENTS),
    ("related", RELATED),
    ("share", SHARE),
    ("newsletter", NEWSLETTER),
    ("navigation", NAVIGATION),
    ("footer", FOOTER),
    ("advertisement", ADVERTISEMENT),
    ("overlay", OVERLAY),
    ("author", AUTHOR),
    ("meta", META),
    ("tags", TAGS),
    ("beside", BESIDE),
    ("caption", CAPTION),
    ("unseen", UNSEEN),
    ("lead", LEAD),
];

/// How long names may be that are looked at, in bytes, and how many of them an attribute may have.
const LONGEST: usize = 400;
const MOST_NAMES: usize = 24;

/// Names of posts by what they are filed under, which end in any word: `category-comments`, `tag-cookies`.
const FILED: [&str; 4] = ["category-", "tag-", "format-", "status-"];

#[derive(Debug, Default)]
struct Names {
    /// By words with a blank between each two.
    whole: HashMap<String, Signs, FixedState>,
    /// How many words the longest of them has that begins with a word.
    longest: HashMap<&'static str, usize, FixedState>,
    /// The beginnings of words, by their first letter.
    beginnings: HashMap<u8, Vec<(&'static str, Signs)>, FixedState>,
}

static NAMES: LazyLock<Names> = LazyLock::new(|| {
    let mut names = Names::default();
    let mut signs = 0;
    for line in include_str!("data/names.txt").lines().map(str::trim).filter(|line| !line.is_empty()) {
        if line.starts_with('#') {
            continue;
        }
        if let Some(section) = line.strip_prefix('[').and_then(|line| line.strip_suffix(']')) {
            signs = SECTIONS.iter().find(|(name, _)| *name == section).map_or(0, |(_, signs)| *signs);
        } else if let Some(beginning) = line.strip_suffix('*') {
            names.beginnings.entry(beginning.as_bytes()[0]).or_default().push((beginning, signs));
        } else {
            let longest = names.longest.entry(line.split(' ').next().unwrap_or(line)).or_default();
            *longest = (*longest).max(line.split(' ').count());
            *names.whole.entry(line.to_owned()).or_default() |= signs;
            *names.whole.entry(line.replace(' ', "")).or_default() |= signs;
        }
    }
    names
});

/// Reads names, each once.
#[derive(Debug, Default)]
pub struct NameReader<'h> {
    known: RefCell<HashMap<&'h str, Signs, FixedState>>,
}

impl<'h> NameReader<'h> {
    /// What an element says of itself.
    pub fn signs(&self, element: &Element<'h>) -> Signs {
        let (name, attributes) = (&*element.name, element.attributes);
        let [class, id, itemprop, itemtype, role, test, component] =
            attributes.values(["class", "id", "itemprop", "itemtype", "role", "data-testid", "data-component"]);
        // A heading is named by its words, so that one can link to it.
        let id = if is_heading(name) { "" } else { id };
        let (class, id) = if matches!(name, "html" | "body") { ("", "") } else { (class, id) };
        let named = [class, id, test, component].into_iter().map(|names| self.of_names(names));
        let mut signs = named.fold(0, |all, signs| all | signs);
        signs |= match itemprop {
            "articleBody" | "reviewBody" => BODY,
            "comment" => COMMENTS,
            "author" | "datePublished" | "keywords" => META,
            _ => 0,
        };
        if itemtype.ends_with("/Comment") {
            signs |= COMMENTS;
        }
        signs
            | match role {
                "main" => CONTENT,
                "article" => ARTICLE,
                "navigation" | "menu" | "menubar" => NAVIGATION,
                "contentinfo" => FOOTER,
                "complementary" => BESIDE,
                "search" | "dialog" | "alertdialog" | "alert" => OVERLAY,
                _ => 0,
            }
    }

    fn of_names(&self, names: &'h str) -> Signs {
        if names.is_empty() {
            return 0;
        }
        if let Some(signs) = self.known.borrow().get(names) {
            return *signs;
        }
        let whole = names.get(..LONGEST).unwrap_or(if names.len() < LONGEST { names } else { "" });
        let signs = whole.split_ascii_whitespace().take(MOST_NAMES);
        let is_post = whole.contains("type-") || whole.contains("hentry");
        // A builder of pages that calls each paragraph a widget.
        let is_filed =
            |name: &str| is_post && FILED.iter().any(|kind| name.starts_with(kind)) || name.starts_with("elementor");
        let signs = signs.filter(|name| !is_filed(name)).fold(0, |all, name| all | of_name(name));
        self.known.borrow_mut().insert(names, signs);
        signs
    }
}

/// What one name says.
fn of_name(name: &str) -> Signs {
    let words = words_of(name);
    let words: Vec<&str> = words.split(' ').filter(|word| !word.is_empty()).collect();
    let mut signs = 0;
    for (at, first) in words.iter().enumerate() {
        signs |= NAMES.whole.get(*first).copied().unwrap_or_default();
        let most = NAMES.longest.get(first).copied().unwrap_or_default();
        for length in 2..=most.min(words.len() - at) {
            signs |= NAMES.whole.get(&words[at..at + length].join(" ")).copied().unwrap_or_default();
        }
        let beginnings = NAMES.beginnings.get(&first.as_bytes()[0]).map(Vec::as_slice).unwrap_or_default();
        signs |= beginnings.iter().filter(|(word, _)| first.starts_with(word)).fold(0, |all, one| all | one.1);
    }
    signs
}

/// The words of a name in small letters, with blanks between: at marks, and where small letters meet capitals.
fn words_of(name: &str) -> Cow<'_, str> {
    let mut words = String::with_capacity(name.len() + 8);
    let mut before = ' ';
    for c in name.chars() {
        if c.is_ascii_uppercase() && before.is_ascii_lowercase() {
            words.push(' ');
        }
        words.push(if c.is_alphabetic() { c.to_ascii_lowercase() } else { ' ' });
        before = c;
    }
    words.into()
}
