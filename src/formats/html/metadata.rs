//! Metadata of a page beside its text: JSON-LD, `OpenGraph`, `<meta>`, `<time>`, `<link>`, `<title>`.

use std::borrow::Cow;

use url::Url;

use super::json_ld::{self, Described};
use super::tokens::{Attributes, HtmlToken, Tokens};
use super::walk::resolved;
use super::{ReferenceContext, decode, line};
use crate::article::Published;
use crate::formats::date::lenient;
use crate::text::{clean_line, word_count};

/// How long a block of JSON-LD may be, in bytes, and how many are read.
const LONGEST: usize = 1 << 20;
const MOST: usize = 16;

/// What parts the name of the site from the title.
const SEPARATORS: [&str; 9] = [" | ", " – ", " — ", " - ", " » ", " :: ", " • ", " · ", "｜"];

/// The metadata of a page.
#[derive(Debug, Default)]
pub struct Metadata {
    described: Described,
    /// Names and contents of `<meta>`, names in small letters.
    meta: Vec<(String, String)>,
    title: String,
    /// The first `<h1>`, and whether it is the only one.
    heading: String,
    headings: usize,
    /// How many `<article>` there are, and whether an element is an article in microdata.
    articles: usize,
    is_item: bool,
    /// The first `<time>` that says that it is that of the publication, else the first.
    time: Option<Published>,
    canonical: Option<String>,
    /// What addresses count from.
    pub base: Option<Url>,
    author: Option<String>,
}

impl Metadata {
    /// Of a page at `address`.
    pub fn of(html: &str, address: Option<&str>) -> Self {
        let mut reading = Reading { metadata: Self::default(), inside: Inside::Nothing, scripts: 0 };
        let document = address.and_then(|address| Url::parse(address).ok());
        reading.metadata.base.clone_from(&document);
        for token in Tokens::of(html) {
            reading.take(token);
        }
        let mut metadata = reading.metadata;
        let base = metadata.base.clone();
        metadata.canonical =
            metadata.canonical.and_then(|address| resolved(base.as_ref().or(document.as_ref()), &address));
        metadata
    }

    /// The headline without the name of the site.
    pub fn headline(&self) -> String {
        let heading = Some(self.heading.clone()).filter(|_| self.headings == 1);
        let described = self.described.headline.clone();
        // What others copied into metadata may have its markup with it; in `<h1>` and `<title>` what is escaped is text.
        let copied = [described, self.content(&["og:title", "twitter:title", "dc.title", "title"])];
        let copied = copied.into_iter().flatten().map(|title| line(&title).into_owned());
        let site = self.site_name();
        let mut titles = copied.chain(heading).map(|title| clean_line(&title));
        match titles.find(|title| !title.is_empty()) {
            Some(title) => without_site(&title, site.as_deref(), false),
            None => without_site(&clean_line(&self.title), site.as_deref(), true),
        }
    }

    /// Whether the page says that it is an article, and not a list of them or anything else: in JSON-LD, in microdata, in
    /// the Open Graph protocol (`og:type`), or by one `<article>`.
    pub fn says_article(&self) -> bool {
        let og_type = || self.content(&["og:type"]);
        self.described.is_article
            || self.is_item
            || self.articles == 1
            || og_type().is_some_and(|kind| kind.eq_ignore_ascii_case("article"))
    }

    /// Who published it.
    pub fn site_name(&self) -> Option<String> {
        let host = || {
            let address = self.canonical.as_deref().and_then(|address| Url::parse(address).ok());
            let host = address.as_ref().or(self.base.as_ref())?.host_str()?.to_owned();
            Some(host.strip_prefix("www.").map_or(host.clone(), str::to_owned))
        };
        let named = self.content(&["og:site_name", "application-name", "dc.publisher"]);
        named.or_else(|| self.described.publisher.clone()).or_else(host)
    }

    /// Who wrote it.
    pub fn byline(&self) -> Option<String> {
        let names = ["author", "article:author", "byl", "byline", "dc.creator", "parsely-author", "sailthru.author"];
        let is_name = |name: &String| !name.contains("://") && !name.starts_with('@');
        let described = self.described.author.clone().filter(is_name);
        described.or_else(|| self.content(&names).filter(is_name)).or_else(|| self.author.clone())
    }

    /// When it was published.
    pub fn published(&self) -> Option<Published> {
        const NAMES: [&str; 14] = [
            "article:published_time",
            "og:article:published_time",
            "og:published_time",
            "datepublished",
            "parsely-pub-date",
            "sailthru.date",
            "publish-date",
            "publication_date",
            "pubdate",
            "date",
            "dc.date.issued",
            "dc.date",
            "article.published",
            "og:updated_time",
        ];
        let described = self.described.published.as_deref().and_then(lenient::parse);
        let named = || NAMES.iter().find_map(|name| lenient::parse(&self.content(&[name])?));
        described.or_else(named).or(self.time)
    }

    /// The address of the article, as the page says.
    pub fn address(&self) -> Option<String> {
        let named = || resolved(self.base.as_ref(), &self.content(&["og:url"])?);
        let described = || resolved(self.base.as_ref(), self.described.url.as_deref()?);
        self.canonical.clone().or_else(named).or_else(described).filter(|url| url.starts_with("http"))
    }

    /// What it was filed under.
    pub fn tags(&self) -> Vec<String> {
        let named = |name: &str| -> Vec<String> {
            self.meta.iter().filter(|(known, _)| known == name).map(|(_, value)| value.clone()).collect()
        };
        let mut tags = named("article:tag");
        tags.extend(self.described.keywords.iter().cloned());
        if tags.is_empty() {
            let keywords = self.content(&["news_keywords", "keywords"]).unwrap_or_default();
            tags = keywords.split([',', ';']).map(str::to_owned).collect();
        }
        tags.splice(0..0, named("article:section"));
        tags
    }

    /// The text of the article, where JSON-LD has it.
    pub fn text(&self) -> Option<&str> {
        self.described.text.as_deref()
    }

    fn content(&self, names: &[&str]) -> Option<String> {
        let mut there = names.iter().filter_map(|name| self.meta.iter().find(|(known, _)| known == name));
        there.find_map(|(_, value)| Some(value.trim().to_owned()).filter(|value| !value.is_empty()))
    }
}

/// The element that is being read.
enum Inside {
    Nothing,
    Title,
    JsonLd,
    Heading,
    /// In an element that says that it names the author.
    Author(String, String),
}

struct Reading {
    metadata: Metadata,
    inside: Inside,
    scripts: usize,
}

impl Reading {
    fn take(&mut self, token: HtmlToken<'_>) {
        match token {
            HtmlToken::Start { name, attributes, .. } => self.start(&name, attributes),
            HtmlToken::End(name) => self.end(&name),
            HtmlToken::Text(text) => match &mut self.inside {
                Inside::Heading if self.metadata.headings == 1 => {
                    self.metadata.heading.push_str(&decode(text, ReferenceContext::Text));
                }
                Inside::Author(_, words) if words.len() < 200 => words.push_str(text),
                _ => {}
            },
            HtmlToken::Raw(text) => match self.inside {
                Inside::Title if self.metadata.title.is_empty() => {
                    self.metadata.title = decode(text, ReferenceContext::Text).into_owned();
                }
                Inside::JsonLd if text.len() <= LONGEST && self.scripts <= MOST => {
                    self.metadata.described.take(json_ld::read(text));
                }
                _ => {}
            },
        }
    }

    fn start(&mut self, name: &str, attributes: Attributes<'_>) {
        let metadata = &mut self.metadata;
        if matches!(name, "html" | "body" | "main" | "article" | "section" | "div") {
            metadata.articles += usize::from(name == "article");
            metadata.is_item |= attributes.get("itemtype").is_some_and(|kind| kind.trim().ends_with("Article"));
        }
        match name {
            "title" => self.inside = Inside::Title,
            "script"
                if attributes
                    .get("type")
                    .is_some_and(|kind| kind.trim().eq_ignore_ascii_case("application/ld+json")) =>
            {
                self.scripts += 1;
                self.inside = Inside::JsonLd;
            }
            "meta" if metadata.meta.len() < 500 => {
                let names = ["property", "name", "itemprop", "http-equiv"].iter().find_map(|kind| attributes.get(kind));
                if let Some((name, value)) = names.zip(attributes.get("content")) {
                    metadata.meta.push((name.trim().to_ascii_lowercase(), value.into_owned()));
                }
            }
            "link" if metadata.canonical.is_none() => {
                let is_canonical = attributes.get("rel").is_some_and(|rel| rel.eq_ignore_ascii_case("canonical"));
                metadata.canonical = attributes.get("href").filter(|_| is_canonical).map(Cow::into_owned);
            }
            "base" => {
                let href = attributes.get("href").and_then(|href| resolved(metadata.base.as_ref(), &href));
                metadata.base = href.and_then(|href| Url::parse(&href).ok()).or(metadata.base.take());
            }
            "time" => {
                let at = attributes.get("datetime").and_then(|at| lenient::parse(&at));
                let is_said = attributes.has("pubdate")
                    || attributes.get("itemprop").is_some_and(|prop| prop.eq_ignore_ascii_case("datePublished"))
                    || attributes.get("class").is_some_and(|class| class.contains("publish"));
                if at.is_some() && (metadata.time.is_none() || is_said) {
                    metadata.time = at;
                }
            }
            "h1" => {
                metadata.headings += 1;
                self.inside = Inside::Heading;
            }
            "a" | "span" | "address" | "p" | "div"
                if metadata.author.is_none() && matches!(self.inside, Inside::Nothing) && names_author(attributes) =>
            {
                self.inside = Inside::Author(name.to_owned(), String::new());
            }
            _ => {}
        }
    }

    fn end(&mut self, name: &str) {
        match std::mem::replace(&mut self.inside, Inside::Nothing) {
            Inside::Heading if name != "h1" => self.inside = Inside::Heading,
            Inside::Author(open, words) if open == name => {
                let words = clean_line(&decode(&words, ReferenceContext::Text));
                let is_name = !words.is_empty() && words.split(' ').count() <= 12;
                self.metadata.author = Some(words).filter(|_| is_name);
            }
            Inside::Author(open, words) => self.inside = Inside::Author(open, words),
            _ => {}
        }
    }
}

fn names_author(attributes: Attributes<'_>) -> bool {
    attributes.get("rel").is_some_and(|rel| rel.eq_ignore_ascii_case("author"))
        || attributes.get("itemprop").is_some_and(|prop| prop.eq_ignore_ascii_case("author"))
        || attributes.get("class").is_some_and(|class| {
            class
                .split_ascii_whitespace()
                .any(|class| matches!(&*class.to_ascii_lowercase(), "byline" | "author" | "author-name"))
        })
}

/// A title without the name of the site, which stands last or, rarely, first. `is_raw`: the title of a page often has it
/// after a bar even where the name of the site is unknown.
fn without_site(title: &str, site: Option<&str>, is_raw: bool) -> String {
    let plain =
        |text: &str| -> String { text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect() };
    let site = site.map(plain).unwrap_or_default();
    let is_site = |part: &str| {
        let part = plain(part);
        part.len() >= 4 && site.len() >= 4 && (site.contains(&part) || part.contains(&site))
    };
    let last = SEPARATORS.iter().filter_map(|mark| title.rfind(mark).map(|at| (at, *mark))).max();
    if let Some((at, mark)) = last {
        let (head, tail) = (&title[..at], &title[at + mark.len()..]);
        let is_long = word_count(head) >= 3;
        let is_bar = matches!(mark, " | " | " » " | " :: " | "｜");
        if !head.trim().is_empty()
            && (is_site(tail) || (is_raw && is_bar && is_long && tail.split_whitespace().count() <= 4))
        {
            return without_site(head.trim(), Some(&site).filter(|_| is_site(tail)).map(String::as_str), false);
        }
    }
    let first = SEPARATORS.iter().filter_map(|mark| title.find(mark).map(|at| (at, *mark))).min();
    match first {
        Some((at, mark)) if is_site(&title[..at]) => title[at + mark.len()..].trim().to_owned(),
        _ => title.trim().to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_lose_the_site() {
        for (title, site, expected) in [
            ("Bridge closes | Coast Wire", Some("Coast Wire"), "Bridge closes"),
            ("Bridge closes – Coast Wire", Some("The Coast Wire"), "Bridge closes"),
            ("Bridge closes - Coast Wire - Harbour", Some("Coast Wire"), "Bridge closes - Coast Wire - Harbour"),
            ("The old bridge closes | Harbour | Coast Wire", Some("Coast Wire"), "The old bridge closes | Harbour"),
            ("The old bridge closes | Coast Wire", None, "The old bridge closes"),
            ("Bridge closed | Ferry", None, "Bridge closed | Ferry"),
            ("港の橋が閉鎖 | 港新聞デジタル", None, "港の橋が閉鎖"),
            ("港の橋が閉鎖｜港新聞", None, "港の橋が閉鎖"),
            ("Coast Wire | Bridge closes today", Some("Coast Wire"), "Bridge closes today"),
            ("Bridge closes — coast.example", Some("coast.example"), "Bridge closes"),
            ("Win - or lose", Some("Coast Wire"), "Win - or lose"),
            ("Coast Wire", Some("Coast Wire"), "Coast Wire"),
        ] {
            assert_eq!(without_site(title, site, true), expected, "{title}");
        }
    }

    #[test]
    fn metadata_of_a_page_is_read() {
        let page = "<html><head><title>Bridge closes | Coast Wire</title><base href='/news/'>\
            <meta property='og:site_name' content='Coast Wire'><meta name=Author content='Jane Doe'>\
            <meta property='article:tag' content='Ferries'><link rel=canonical href='bridge'></head><body>\
            <h1>Bridge <em>closes</em></h1><time datetime='2026-03-14T09:30:00Z' pubdate>Saturday</time>";
        let metadata = Metadata::of(page, Some("https://coast.example/x?y"));
        assert_eq!(metadata.headline(), "Bridge closes");
        assert_eq!(metadata.site_name().as_deref(), Some("Coast Wire"));
        assert_eq!(metadata.byline().as_deref(), Some("Jane Doe"));
        assert_eq!(metadata.published().unwrap().to_string(), "2026-03-14T09:30:00Z");
        assert_eq!(metadata.address().as_deref(), Some("https://coast.example/news/bridge"));
        assert_eq!(metadata.tags(), ["Ferries"]);
    }

    #[test]
    fn page_may_say_that_it_is_an_article() {
        for (page, says) in [
            ("<article><p>It is.</article>", true),
            ("<article><p>It is.</article><article>So.</article>", false),
            ("<meta property=og:type content=Article>", true),
            ("<meta property=og:type content=website>", false),
            ("<div itemscope itemtype='https://schema.org/NewsArticle'>", true),
            ("<script type=application/ld+json>{\"@type\": \"NewsArticle\"}</script>", true),
            ("<script type=application/ld+json>{\"@type\": \"WebPage\"}</script>", false),
        ] {
            assert_eq!(Metadata::of(page, None).says_article(), says, "{page}");
        }
    }

    #[test]
    fn byline_in_the_page_counts_last() {
        let page =
            "<title>Tea</title><p class='meta byline'>By <a href=x>Jane Doe</a></p><span class=author>Ann</span>";
        assert_eq!(Metadata::of(page, None).byline().as_deref(), Some("By Jane Doe"));
    }
}
