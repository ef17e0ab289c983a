//! The rules for pages of sites: `[[site]]`, with `match`, `article`, `remove` and `title`.

use toml::de::DeValue;

use super::place::Source;
use super::table::{Entry, entries, unknown};
use crate::article::{ElementSelector, SiteRule};

/// What a rule consists of.
const PARTS: [&str; 4] = ["match", "article", "remove", "title"];

/// The rules that hold, in order; what is wrong with the others is noted.
pub(super) fn sites(entry: &Entry<'_, '_>, source: &mut Source<'_>) -> Vec<SiteRule> {
    const SHAPE: &str = "a site begins with [[site]], in two brackets";
    let DeValue::Array(all) = entry.value else {
        source.problem(&entry.name_span(), SHAPE);
        return Vec::new();
    };
    let mut sites: Vec<SiteRule> = Vec::new();
    for one in all {
        let DeValue::Table(table) = one.get_ref() else {
            source.problem(&one.span(), SHAPE);
            continue;
        };
        let mut parts = [const { None }; 4];
        for part in entries(table, source) {
            match PARTS.iter().position(|name| *name == part.name) {
                Some(at) => parts[at] = Some(part),
                None => source.problem(&part.name_span(), unknown("part of a site", part.name, PARTS)),
            }
        }
        let [Some(site), article, remove, title] = parts else {
            source.problem(&one.span(), "a site needs match = \"news.example\"");
            continue;
        };
        if article.is_none() && remove.is_none() && title.is_none() {
            source.problem(
                &one.span(),
                "a site needs article, remove or title, each a CSS selector such as \"main .story\"",
            );
            continue;
        }
        let rule = site_rule(&site, source);
        let article = article.map(|article| selector(&article, source));
        let title = title.map(|title| selector(&title, source));
        let remove = remove.map_or(Some(Vec::new()), |remove| selectors(&remove, source));
        // A rule of which a part is wrong would take something else for the article.
        let (Some(rule), Some(remove), false, false) = (rule, remove, article == Some(None), title == Some(None))
        else {
            continue;
        };
        if sites.iter().any(|other| other.site() == rule.site()) {
            source.problem(&site.value_span(), "there is a rule for this site above: the first one holds");
            continue;
        }
        sites.push(rule.selecting(article.flatten(), remove, title.flatten()));
    }
    sites
}

fn site_rule(site: &Entry<'_, '_>, source: &mut Source<'_>) -> Option<SiteRule> {
    match site.value.as_str().map(SiteRule::new) {
        Some(Ok(rule)) => return Some(rule),
        Some(Err(why)) => source.problem(&site.value_span(), why.to_string()),
        None => {
            source.problem(&site.value_span(), "match is a host, such as \"news.example\" or \"news.example/sport\"");
        }
    }
    None
}

fn selector(part: &Entry<'_, '_>, source: &mut Source<'_>) -> Option<ElementSelector> {
    let why = match part.value.as_str().map(ElementSelector::parse) {
        Some(Ok(selector)) => return Some(selector),
        Some(Err(why)) => why.to_string(),
        None => format!("{} is a CSS selector in quotes, such as \"main .story\"", part.name),
    };
    source.problem(&part.value_span(), why);
    None
}

/// One selector, or a list of them; none where one of them is wrong.
fn selectors(part: &Entry<'_, '_>, source: &mut Source<'_>) -> Option<Vec<ElementSelector>> {
    let DeValue::Array(all) = part.value else {
        return selector(part, source).map(|selector| vec![selector]);
    };
    let mut selectors = Vec::new();
    for one in all {
        match one.get_ref().as_str().map(ElementSelector::parse) {
            Some(Ok(selector)) => selectors.push(selector),
            Some(Err(why)) => source.problem(&one.span(), why.to_string()),
            None => source.problem(&one.span(), "remove is a list of CSS selectors, such as [\".promo\"]"),
        }
    }
    (selectors.len() == all.len()).then_some(selectors)
}
