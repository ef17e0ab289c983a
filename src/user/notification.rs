//! What is told of articles that came with a feed and of which a rule notifies.

use crate::article::ArticleId;
use crate::text::{clean_line, counted, shorten};

/// An article of which a rule notifies.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NotifiedArticle {
    /// Which article.
    pub id: ArticleId,
    /// Its headline.
    pub headline: String,
    /// Who published it.
    pub publisher: Option<String>,
    /// Its address on the web.
    pub url: Option<String>,
}

/// All articles of a refresh of which rules notify: one notification, however many there are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Notification(Vec<NotifiedArticle>);

impl Notification {
    /// What may stand in braces in an argument of the command that notifies.
    pub const PLACEHOLDERS: [&str; 5] = ["count", "headline", "headlines", "publisher", "url"];

    /// About these articles; none where there are none.
    pub fn about(articles: Vec<NotifiedArticle>) -> Option<Self> {
        (!articles.is_empty()).then_some(Self(articles))
    }

    /// How many articles it is about, at least one.
    pub fn count(&self) -> usize {
        self.0.len()
    }

    /// The headline of the first, or as much of it as a program can take.
    pub fn headline(&self) -> String {
        self.first().map_or_else(String::new, |first| short(&first.headline))
    }

    /// "Coast Wire", or "3 articles".
    pub fn title(&self) -> String {
        match &self.0[..] {
            [one] => one.publisher.as_deref().map_or_else(|| "pullquote".to_owned(), clean_line),
            all => counted(all.len(), "article"),
        }
    }

    /// What placeholders stand for: the first article, how many there are, and the headlines, one a line.
    pub fn values(&self) -> Vec<(&'static str, String)> {
        /// How many headlines are named.
        const NAMED: usize = 20;
        let mut headlines: Vec<_> = self.0.iter().take(NAMED).map(|article| short(&article.headline)).collect();
        headlines.extend((self.0.len() > NAMED).then(|| format!("{} more", self.0.len() - NAMED)));
        let of_first = |value: fn(&NotifiedArticle) -> Option<&String>| {
            self.first().and_then(value).map_or_else(String::new, |value| clean_line(value))
        };
        vec![
            ("count", self.0.len().to_string()),
            ("headline", self.headline()),
            ("headlines", headlines.join("\n")),
            ("publisher", of_first(|first| first.publisher.as_ref())),
            ("url", of_first(|first| first.url.as_ref())),
        ]
    }

    fn first(&self) -> Option<&NotifiedArticle> {
        self.0.first()
    }
}

/// A headline, cleaned and cut: all that a program is given must fit, and what others call their articles is no reason to tell of none.
fn short(headline: &str) -> String {
    /// In cells.
    const LONGEST: usize = 300;
    shorten(&clean_line(headline), LONGEST)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn about(headlines: &[&str]) -> Option<Notification> {
        let article = |headline: &&str| NotifiedArticle {
            id: ArticleId(1),
            headline: (*headline).to_owned(),
            publisher: Some("Coast\u{7} Wire".to_owned()),
            url: None,
        };
        Notification::about(headlines.iter().map(article).collect())
    }

    #[test]
    fn notification_is_about_something() {
        assert_eq!(about(&[]), None);
        let one = about(&["Ferry halted"]).unwrap();
        assert_eq!((one.title().as_str(), one.headline().as_str()), ("Coast Wire", "Ferry halted"));
        let two = about(&["Ferry\x07 halted", "Bridge open"]).unwrap();
        assert_eq!((two.title().as_str(), two.headline().as_str()), ("2 articles", "Ferry halted"));
        assert!(about(&[&"x".repeat(200_000)]).unwrap().headline().len() < 400);
    }

    #[test]
    fn every_placeholder_has_a_value() {
        let headlines: Vec<_> = (0..22).map(|number| format!("Headline {number}")).collect();
        let headlines: Vec<_> = headlines.iter().map(String::as_str).collect();
        let values = about(&headlines).unwrap().values();
        assert_eq!(values.iter().map(|(name, _)| *name).collect::<Vec<_>>(), Notification::PLACEHOLDERS);
        assert_eq!(values[0].1, "22");
        assert!(values[2].1.starts_with("Headline 0\nHeadline 1\n") && values[2].1.ends_with("Headline 19\n2 more"));
    }
}
