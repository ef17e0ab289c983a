//! What a rule of the user for a site finds on a page.
//!
//! A page for which there is a rule is parsed as a browser does it (by `scraper`), so that a selector finds what it finds in
//! the tools of a browser; all other pages go through [`super::extraction`] alone.

use scraper::{ElementRef, Html};

use super::elements::VOID;
use super::tokens::{HtmlToken, Tokens};
use crate::article::SiteRule;
use crate::text::clean_line;

/// How deep elements of a page may stand within one another: the parser's time grows with the square of it.
const DEEPEST: usize = 2_000;

/// What a rule finds on a page; nothing on one that is nested too deep for any article.
pub fn apply(rule: &SiteRule, html: &str) -> Selected {
    if !is_shallow(html) {
        return Selected::default();
    }
    let mut page = Html::parse_document(html);
    let headline =
        rule.title.as_ref().and_then(|title| page.select(title.matcher()).map(words).find(|w| !w.is_empty()));
    let mut removed = Vec::new();
    for selector in &rule.remove {
        let found: Vec<_> = page.select(selector.matcher()).map(|element| element.id()).collect();
        removed.push(found.len());
        for id in found {
            if let Some(mut node) = page.tree.get_mut(id) {
                node.detach();
            }
        }
    }
    let (markup, articles) = match &rule.article {
        Some(article) => {
            let found: Vec<_> = page.select(article.matcher()).collect();
            // What stands in another that was found comes with it.
            let outer =
                found.iter().filter(|one| !one.ancestors().any(|around| found.iter().any(|f| f.id() == around.id())));
            let markup: Vec<_> = outer.map(ElementRef::html).collect();
            (markup.concat(), markup.len())
        }
        None => (String::new(), 0),
    };
    let rest = if markup.is_empty() && removed.iter().any(|count| *count > 0) { page.html() } else { String::new() };
    Selected { markup, articles, rest, removed, headline }
}

/// What a rule finds on a page.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Selected {
    /// The markup of the elements that hold the article; empty where none was found, or no selector says which.
    pub markup: String,
    /// How many there are.
    pub articles: usize,
    /// Without these, the page without what is removed; empty where nothing is.
    pub rest: String,
    /// For each selector of what is removed how many elements it found.
    pub removed: Vec<usize>,
    /// The words of the headline.
    pub headline: Option<String>,
}

/// Whether no more elements are open at a time than an article has; one that is never closed counts as open.
fn is_shallow(html: &str) -> bool {
    let mut open: usize = 0;
    Tokens::of(html).all(|token| {
        match token {
            HtmlToken::Start { name, closed: false, .. } if is_wall(&name) => open += 1,
            HtmlToken::End(name) if is_wall(&name) => open = open.saturating_sub(1),
            _ => {}
        }
        open <= DEEPEST
    })
}

/// Whether an element of this name is closed by its own end alone, so that many may stand in one another.
fn is_wall(name: &str) -> bool {
    !VOID.contains(&name)
        && !matches!(name, "p" | "li" | "dt" | "dd" | "tr" | "td" | "th" | "option" | "tbody" | "thead")
}

/// The words of an element in a line.
fn words(element: ElementRef<'_>) -> String {
    let words: String = element.text().collect();
    clean_line(&words.split_whitespace().collect::<Vec<_>>().join(" "))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::ElementSelector;

    const PAGE: &str = "<html><head><title>T</title></head><body><h1>Site</h1><main><div class='story first'><h2 class=head>Bridge\n \
        <em>closes</em></h2><p>One.</p><div class=promo>Buy.</div></div><div class=story><p>Two.<div class=story>Three.</div></div>\
        </main><p>Other.</p></body></html>";

    fn rule(article: &str, remove: &[&str], title: &str) -> SiteRule {
        let selector = |written: &str| ElementSelector::parse(written).unwrap();
        let some = |written: &str| (!written.is_empty()).then(|| selector(written));
        let remove = remove.iter().map(|written| selector(written)).collect();
        SiteRule::new("news.example").unwrap().selecting(some(article), remove, some(title))
    }

    #[test]
    fn elements_are_selected_and_removed() {
        let found = apply(&rule("main .story", &[".promo", ".none"], "h2.head"), PAGE);
        assert_eq!(found.headline.as_deref(), Some("Bridge closes"));
        assert_eq!((found.articles, found.removed.as_slice()), (2, &[1, 0][..]));
        assert!(found.markup.contains("One.") && found.markup.matches("Three.").count() == 1, "{}", found.markup);
        assert!(!found.markup.contains("Buy.") && !found.markup.contains("Other."), "{}", found.markup);
        let found = apply(&rule("", &["main"], ""), PAGE);
        assert!(found.markup.is_empty() && found.rest.contains("Other.") && !found.rest.contains("One."), "{found:?}");
        assert_eq!(apply(&rule(".none", &[], ""), PAGE), Selected::default());
    }

    #[test]
    fn page_that_is_nested_without_end_has_no_rule() {
        let page = |depth| format!("{}<p class=x>Deep.", "<div>".repeat(depth));
        assert_eq!(apply(&rule("p.x", &["b"], ""), &page(DEEPEST)).markup, "<p class=\"x\">Deep.</p>");
        assert_eq!(apply(&rule("p.x", &["b"], ""), &page(1_000_000)), Selected::default());
    }
}
