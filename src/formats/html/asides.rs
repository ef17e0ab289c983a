//! What stands beside the article on a page, by the names of its elements.

use super::naming::{Naming, words_of};

/// Classes of what stands around articles: others of them, what readers wrote. Names of classes begin with one.
const ASIDES: [&str; 18] = [
    "comment",
    "kommentar",
    "commentaire",
    "comentario",
    "reply",
    "replies",
    "respond",
    "related",
    "recommend",
    "widget",
    "popular",
    "similar",
    "latest",
    "trending",
    "mostread",
    "weather",
    "clock",
    "breadcrumb",
];

/// Words in the names of what tells of an event or a deadline, lists other articles, or is an advertisement.
const NOTICES: [&str; 24] = [
    "event",
    "events",
    "deadline",
    "deadlines",
    "veranstaltung",
    "veranstaltungen",
    "termin",
    "termine",
    "evenement",
    "evento",
    "eventos",
    "eventi",
    "agenda",
    "advert",
    "adverts",
    "advertisement",
    "anzeige",
    "werbung",
    "sponsored",
    "promo",
    "mostread",
    "mostpopular",
    "morenews",
    "morestories",
];

/// Whether an element stands beside the article. A sidebar in the article itself says when it was published.
pub fn is_aside(name: &str, naming: &Naming<'_>, in_article: impl Fn() -> bool) -> bool {
    if matches!(name, "html" | "body" | "main" | "article") {
        return false;
    }
    // Blogger calls the list of posts a widget too.
    let is_of_posts = |names: &str| names.split_ascii_whitespace().any(|name| name.starts_with("blog"));
    let is_beside = |names: &str| {
        names.split_ascii_whitespace().any(|name| {
            let begins = |aside: &&str| name.as_bytes().first() == aside.as_bytes().first() && name.starts_with(*aside);
            ASIDES.iter().any(begins) && !(name == "widget" && is_of_posts(names))
                || name.starts_with("sidebar") && !in_article()
        })
    };
    matches!(name, "nav" | "aside" | "figure" | "select" | "option" | "button")
        || is_beside(&naming.class)
        || is_beside(&naming.id)
}

/// Whether the names of an element say that it tells of an event or a deadline, lists other articles, or is an advertisement.
pub fn names_notice(naming: &Naming<'_>) -> bool {
    [&naming.class, &naming.id].iter().any(|names| {
        let mut last = "";
        words_of(names).any(|word| {
            let is_list = match last {
                "most" => matches!(word, "read" | "popular" | "viewed" | "shared" | "commented"),
                "more" | "other" | "top" => matches!(word, "news" | "stories" | "articles" | "posts"),
                _ => false,
            };
            last = word;
            is_list || NOTICES.contains(&word)
        })
    })
}
