//! Metadata of a page beside its text: JSON-LD, `OpenGraph`, `<meta>`, `<time>`, `<link>`, `<title>`, and what it shows.
//!
//! The date of publication is taken from the first of these that has one, from what was written for this very article by
//! its publisher's system to what only stands near it:
//!
//! 1. JSON-LD `datePublished` of the article.
//! 2. `<meta>` whose name says publication (`article:published_time`).
//! 3. JSON-LD of the page (`WebPage`), which may be older than the article that it holds now.
//! 4. An element that says so (`itemprop="datePublished"`, `<time pubdate>`), the nearest to the headline.
//! 5. `<meta>` that names no more than a date, often that of the last change: unless a date right beside the headline differs.
//! 6. The address (`/2026/03/14/`), which has no time of day.
//! 7. What is shown to people near the headline (`page_dates`).
//!
//! Where JSON-LD and `<meta>` name two days, and the page shows that of `<meta>`, that one counts: two against one.
//! Dates of changes, comments, other articles, rights to copy and the clock of a page are none of these.

use std::borrow::Cow;

use url::Url;

use super::json_ld::{self, Described};
use super::shown::Shown;
use super::title::{self, letters};
use super::tokens::{Attributes, HtmlToken, Tokens};
use super::walk::resolved;
use super::{ReferenceContext, decode, is_telling, line};
use crate::article::{Picture, Published};
use crate::formats::byline;
use crate::formats::date::lenient::Order;
use crate::formats::date::search::published_in;
use crate::text::{clean_line, word_count};

/// How long a block of JSON-LD may be, in bytes, and how many are read.
const LONGEST: usize = 1 << 20;
const MOST: usize = 16;

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
    /// What it shows around the text.
    shown: Shown,
    canonical: Option<String>,
    /// What addresses count from.
    pub base: Option<Url>,
}

impl Metadata {
    /// Of a page at `address`.
    pub fn of(html: &str, address: Option<&str>) -> Self {
        let mut reading =
            Reading { metadata: Self::default(), inside: Inside::Nothing, scripts: 0, described: Vec::new() };
        let document = address.and_then(|address| Url::parse(address).ok());
        reading.metadata.base.clone_from(&document);
        for token in Tokens::of(html) {
            reading.take(token);
        }
        let (mut metadata, described) = (reading.metadata, reading.described);
        metadata.shown.finish();
        let titles = metadata.titles();
        let like = |headline: &str| title::likeness(&line(headline), titles.iter().map(String::as_str));
        metadata.described = Described::of_page(described, like);
        let headline = metadata.headline();
        let properties = metadata.shown.keep_own(&headline, like);
        metadata.meta.extend(properties);
        let base = metadata.base.clone();
        metadata.canonical =
            metadata.canonical.and_then(|address| resolved(base.as_ref().or(document.as_ref()), &address));
        metadata
    }

    /// What the page is called, for people, search engines and other sites.
    pub fn titles(&self) -> Vec<String> {
        let copied = [self.content(&["og:title"]), self.content(&["twitter:title"])].into_iter().flatten();
        let copied = copied.map(|title| line(&title).into_owned());
        let headings = self.shown.main_headings().map(str::to_owned);
        copied.chain(headings).chain([self.heading.clone(), self.title.clone()]).collect()
    }

    /// The headline without the name of the site.
    pub fn headline(&self) -> String {
        let heading = Some(self.heading.clone()).filter(|heading| self.headings == 1 && !self.is_of_site(heading));
        let described = self.described.headline.clone();
        // What others copied into metadata may have its markup with it; in `<h1>` and `<title>` what is escaped is text.
        let copied = [described, self.content(&["og:title", "twitter:title", "dc.title", "title"])];
        let copied = copied.into_iter().flatten().map(|title| line(&title).into_owned());
        let site = self.site_name();
        let mut titles = copied.chain(heading).map(|title| clean_line(&title));
        let (title, is_raw) = match titles.find(|title| !title.is_empty()) {
            Some(title) => (title, false),
            None => (clean_line(&self.title), true),
        };
        if site.as_deref().is_some_and(|site| letters(site) == letters(&title)) {
            // The title of all pages of a site.
            let of_page = |heading: &&str| word_count(heading) >= 2 && letters(heading) != letters(&title);
            return self
                .shown
                .main_headings()
                .chain(self.shown.titles())
                .find(of_page)
                .map_or(title.clone(), str::to_owned);
        }
        if let Some(heading) = title::heading_in(&title, self.shown.headings()) {
            return heading;
        }
        let title = title::without_site(&title, site.as_deref(), is_raw);
        title::in_other_words(&title, self.shown.main_headings()).map_or(title, str::to_owned)
    }

    /// The picture that the page names for other sites, unless that is one of the site.
    pub fn picture(&self) -> Option<Picture> {
        let address = self.content(&["og:image:secure_url", "og:image", "og:image:url", "twitter:image"])?;
        let description = self.content(&["og:image:alt", "twitter:image:alt"]).unwrap_or_default();
        let url = resolved(self.base.as_ref(), &address).filter(|url| is_telling(url))?;
        Picture::at(&url, &line(&description))
    }

    /// Whether a heading of the first rank names the site: `<title>` has it too, and a heading of another rank beside it.
    fn is_of_site(&self, heading: &str) -> bool {
        let others = self.shown.headings().filter(|other| letters(other) != letters(heading));
        letters(&self.title).contains(&letters(heading)) && title::heading_in(&self.title, others).is_some()
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
        let named = self.content(&["og:site_name", "application-name", "dc.publisher"]);
        named.or_else(|| self.described.publisher.clone()).or_else(|| self.host())
    }

    fn host(&self) -> Option<String> {
        let address = self.canonical.as_deref().and_then(|address| Url::parse(address).ok());
        let host = address.as_ref().or(self.base.as_ref())?.host_str()?.to_owned();
        Some(host.strip_prefix("www.").map_or(host.clone(), str::to_owned))
    }

    /// Who wrote it: what JSON-LD says, what `<meta>` says of this article, what the page shows, what `<meta>` says of the page.
    /// The name of the site is no author.
    pub fn byline(&self) -> Option<String> {
        const OF_ARTICLE: [&str; 8] = [
            "article:author",
            "og:article:author",
            "byl",
            "byline",
            "parsely-author",
            "sailthru.author",
            "cxenseparse:author",
            "citation_author",
        ];
        const OF_PAGE: [&str; 5] = ["author", "dc.creator", "dcterms.creator", "twitter:data1", "twitter:creator"];
        let site = [self.site_name(), self.described.publisher.clone(), self.host()];
        let site: Vec<_> = site.into_iter().flatten().map(|name| letters(&name)).collect();
        let people = |names: String| {
            let is_author = |name: &&str| byline::is_person(name) && !site.contains(&letters(name));
            // What others copied into metadata is escaped once more.
            let names = line(&names);
            let people: Vec<_> = byline::parts(&names).map(byline::without_address).filter(is_author).collect();
            Some(people.join(", ")).filter(|people| !people.is_empty())
        };
        // On a page of a person's own, the site may have the name of who wrote.
        let shown = |names: String| {
            let people: Vec<_> = names.split(", ").filter(|name| byline::is_person(name)).collect();
            Some(people.join(", ")).filter(|people| !people.is_empty())
        };
        let named = |names: &[&str]| {
            names
                .iter()
                .filter(|name| **name != "twitter:data1" || self.names_writer())
                .find_map(|name| people(self.content(&[name])?))
        };
        let described = self.described.author.clone().and_then(people);
        described
            .or_else(|| named(&OF_ARTICLE))
            .or_else(|| shown(self.shown.author(&self.headline())?))
            .or_else(|| named(&OF_PAGE))
    }

    /// Whether the first of the two facts that a card shows is who wrote it ("Written by", in the language of the page).
    fn names_writer(&self) -> bool {
        let label = self.content(&["twitter:label1"]).unwrap_or_default().to_lowercase();
        [" by", " von", " par", " por", " da", " door", " av", " af", "autor", "автор"]
            .iter()
            .any(|word| label.contains(word))
    }

    /// When it was published, as the page says for machines: JSON-LD of the article, `<meta>` that name a publication, JSON-LD
    /// of the page, an element that says so. What is named no more than a date is often that of the last change: a date that
    /// stands beside the headline counts more.
    pub fn published(&self) -> Option<Published> {
        const NAMES: [&str; 50] = [
            "article:published_time",
            "article:published",
            "article:published_date",
            "article:publish_date",
            "article:publicationdate",
            "article:post_date",
            "article.published",
            "og:article:published_time",
            "og:article:published",
            "og:published_time",
            "og:release_date",
            "og:publish_date",
            "og:pubdate",
            "og:datepublished",
            "rnews:datepublished",
            "datepublished",
            "date_published",
            "published_time",
            "published-date",
            "published_date",
            "publisheddate",
            "published",
            "parsely-pub-date",
            "sailthru.date",
            "cxenseparse:recs:publishtime",
            "dcsext.articlefirstpublished",
            "bt:pubdate",
            "vr:published_time",
            "mediator_published_time",
            "shareaholic:article_published_time",
            "publish-date",
            "publish_date",
            "publishdate",
            "publish_time",
            "publication_date",
            "publication-date",
            "publicationdate",
            "pub_date",
            "pubdate",
            "citation_publication_date",
            "citation_online_date",
            "citation_date",
            "prism.publicationdate",
            "dc.date.publication",
            "date.release",
            "date.published",
            "date.publication",
            "iso-8601-publish-date",
            "ptime",
            "pub-date",
        ];
        const DATES: [&str; 20] = [
            "dc.date.issued",
            "dcterms.issued",
            "originalpublicationdate",
            "originalpubdate",
            "article_date_original",
            "article.created",
            "dc.date.created",
            "dcterms.created",
            "dc.created",
            "displaydate",
            "date_created",
            "datecreated",
            "dateposted",
            "created",
            "date",
            "dcterms.date",
            "dc.date",
            "dc:date",
            "cse_date",
            "gen_date",
        ];
        let described = |text: &Option<String>| text.as_deref().and_then(published_in);
        let named = |names: &[&str]| names.iter().find_map(|name| published_in(&self.content(&[name])?));
        let of_article = described(&self.described.published);
        let of_meta = named(&NAMES).or_else(|| named(&DATES));
        if let (Some(article), Some(meta)) = (of_article, of_meta)
            && article.day != meta.day
            && self.shown_date().is_some_and(|shown| shown.day == meta.day)
        {
            return Some(meta);
        }
        let published = of_article
            .or_else(|| named(&NAMES))
            .or_else(|| described(&self.described.page_published))
            .or_else(|| self.shown.stated_date(&self.headline()))
            .or_else(|| {
                let date = of_meta?;
                let beside = self.shown.date_beside(&self.headline());
                beside.filter(|beside| beside.day != date.day).or(Some(date))
            });
        published.map(|published| self.shown.on_own_clock(published))
    }

    /// When it was published, as the page shows it to people.
    pub fn shown_date(&self) -> Option<Published> {
        self.shown.date(&self.headline())
    }

    /// What comes first in the numbers of its dates.
    pub const fn order(&self) -> Order {
        self.shown.order()
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

    /// Whether the page says that its article is for subscribers, all of it or a part.
    pub fn is_locked(&self) -> bool {
        let tier = || self.content(&["article:content_tier"]);
        self.described.is_locked || tier().is_some_and(|tier| tier.eq_ignore_ascii_case("locked"))
    }

    /// How many words the article has, as JSON-LD says.
    pub const fn words(&self) -> Option<usize> {
        self.described.words
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
}

struct Reading {
    metadata: Metadata,
    inside: Inside,
    scripts: usize,
    /// What JSON-LD describes.
    described: Vec<Described>,
}

impl Reading {
    fn take(&mut self, token: HtmlToken<'_>) {
        self.metadata.shown.take(&token);
        match token {
            HtmlToken::Start { name, attributes, .. } => self.start(&name, attributes),
            HtmlToken::End(name) => self.end(&name),
            HtmlToken::Text(text) => match &mut self.inside {
                Inside::Heading if self.metadata.headings == 1 => {
                    self.metadata.heading.push_str(&decode(text, ReferenceContext::Text));
                }
                _ => {}
            },
            HtmlToken::Raw(text) => match self.inside {
                Inside::Title if self.metadata.title.is_empty() => {
                    self.metadata.title = decode(text, ReferenceContext::Text).into_owned();
                }
                Inside::JsonLd if text.len() <= LONGEST && self.scripts <= MOST => {
                    self.described.extend(json_ld::read(text));
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
                let names = ["property", "name", "http-equiv"].iter().find_map(|kind| attributes.get(kind));
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
            "h1" => {
                metadata.headings += 1;
                self.inside = Inside::Heading;
            }
            _ => {}
        }
    }

    fn end(&mut self, name: &str) {
        match std::mem::replace(&mut self.inside, Inside::Nothing) {
            Inside::Heading if name != "h1" => self.inside = Inside::Heading,
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests;
