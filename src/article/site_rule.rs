//! Rules of the user for the pages of a site: which elements hold the article, which are no part of it, which is the headline.
//!
//! Elements are named by CSS selectors, as in the tools of a browser.

use scraper::Selector;
use thiserror::Error;

use crate::text::clean_line;

/// A CSS selector, as the user wrote it and as it is matched.
#[derive(Debug, Clone)]
pub struct ElementSelector {
    written: String,
    selector: Selector,
}

impl PartialEq for ElementSelector {
    fn eq(&self, other: &Self) -> bool {
        self.written == other.written
    }
}

impl ElementSelector {
    /// Reads a selector.
    ///
    /// # Errors
    ///
    /// When it is none.
    pub fn parse(written: &str) -> Result<Self, SiteRuleError> {
        let wrong = |_| SiteRuleError::Selector(clean_line(written));
        let selector = Selector::parse(written).map_err(wrong)?;
        Ok(Self { written: written.to_owned(), selector })
    }

    /// As it is matched.
    pub const fn matcher(&self) -> &Selector {
        &self.selector
    }

    /// As the user wrote it.
    pub fn written(&self) -> &str {
        &self.written
    }
}

/// What is wrong with a rule.
#[derive(Debug, Error, PartialEq, Eq)]
pub enum SiteRuleError {
    /// A selector cannot be read.
    #[error("“{0}” is no CSS selector, as \"main .story\" is")]
    Selector(String),
    /// What the rule is for is no host.
    #[error("“{0}” is no host, as \"news.example\" or \"news.example/sport\" is")]
    Site(String),
}

/// How the pages of a site are read.
#[derive(Debug, Clone, PartialEq)]
pub struct SiteRule {
    /// The host, in small letters, for its subdomains too.
    host: String,
    /// How the path begins, with its slash; empty for all paths.
    path: String,
    /// The elements that hold the article, in the order of the page.
    pub article: Option<ElementSelector>,
    /// The elements that are no part of it.
    pub remove: Vec<ElementSelector>,
    /// The element that is the headline: the first one.
    pub title: Option<ElementSelector>,
}

impl SiteRule {
    /// For a host and its subdomains, "news.example", or what lies there under a path, "news.example/sport".
    ///
    /// # Errors
    ///
    /// When `site` is neither.
    pub fn new(site: &str) -> Result<Self, SiteRuleError> {
        let wrong = || SiteRuleError::Site(clean_line(site));
        let url = url::Url::parse(&format!("https://{}", site.trim())).map_err(|_| wrong())?;
        let host = url.host_str().ok_or_else(wrong)?;
        let is_plain = !site.contains("://") && url.port().is_none() && url.username().is_empty();
        if !is_plain || url.query().is_some() || url.fragment().is_some() {
            return Err(wrong());
        }
        let path = url.path().trim_end_matches('/').to_owned();
        let host = host.trim_start_matches("www.").to_owned();
        Ok(Self { host, path, article: None, remove: Vec::new(), title: None })
    }

    /// The same with these selectors.
    #[must_use]
    pub fn selecting(
        self,
        article: Option<ElementSelector>,
        remove: Vec<ElementSelector>,
        title: Option<ElementSelector>,
    ) -> Self {
        Self { article, remove, title, ..self }
    }

    /// What it is for, as in `match`.
    pub fn site(&self) -> String {
        format!("{}{}", self.host, self.path)
    }

    /// Whether it is for the page at this address.
    pub fn covers(&self, address: &str) -> bool {
        let Ok(url) = url::Url::parse(address) else { return false };
        let Some(host) = url.host_str() else { return false };
        let is_below = |rest: &str, mark: char| rest.is_empty() || rest.ends_with(mark);
        let in_host = host.strip_suffix(&*self.host).is_some_and(|before| is_below(before, '.'));
        let in_path = url.path().strip_prefix(&*self.path).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'));
        in_host && in_path
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rule_is_for_a_host_its_subdomains_and_a_path() {
        let covers = |site: &str, address: &str| SiteRule::new(site).unwrap().covers(address);
        for (site, address, is_covered) in [
            ("news.example", "https://news.example/a", true),
            ("news.example", "http://www.news.example/a?b#c", true),
            ("www.news.example", "https://m.news.example/", true),
            ("News.Example/", "https://news.example/", true),
            ("news.example", "https://badnews.example/", false),
            ("news.example", "https://news.example.org/", false),
            ("news.example/sport", "https://news.example/sport/1", true),
            ("news.example/sport", "https://news.example/sport", true),
            ("news.example/sport", "https://news.example/sports/1", false),
            ("news.example", "news.example", false),
        ] {
            assert_eq!(covers(site, address), is_covered, "{site} {address}");
        }
        for site in ["", "https://news.example", "a b", "news.example:80", "news.example?x", "me@news.example"] {
            assert!(SiteRule::new(site).is_err(), "{site}");
        }
        assert!(ElementSelector::parse("main >").is_err());
    }
}
