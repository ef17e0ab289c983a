//! JSON-LD: how publishers describe their articles to machines (schema.org `NewsArticle` and its kin).

use std::mem;

use super::entity::{ReferenceContext, decode};
use super::inline_markup::{is_markup, line};
use super::title::Likeness;
use crate::formats::date::search::published_in;
use crate::formats::json_value::JsonValue;

/// How deep descriptions may stand inside one another.
const DEEPEST: usize = 4;

/// How many articles of a block are read.
const MOST: usize = 32;

/// The article that JSON-LD describes.
#[derive(Debug, Default)]
pub struct Described {
    /// Whether it describes one at all.
    pub is_article: bool,
    pub headline: Option<String>,
    pub author: Option<String>,
    pub publisher: Option<String>,
    pub published: Option<String>,
    /// When the page was published, where that is described, and not an article.
    pub page_published: Option<String>,
    pub url: Option<String>,
    pub text: Option<String>,
    pub keywords: Vec<String>,
    /// Whether it is for subscribers, all of it or a part.
    pub is_locked: bool,
    /// How many words it has.
    pub words: Option<usize>,
}

impl Described {
    /// The article of the page: what is said of that with the page's headline, or else one much like it, and what has none;
    /// of an article with another headline no more than that there is one, and its publisher.
    pub fn of_page(all: Vec<Self>, likeness: impl Fn(&str) -> Likeness) -> Self {
        let like = |one: &Self| one.headline.as_deref().map(&likeness);
        let best = all.iter().filter_map(like).max();
        let (own, others): (Vec<_>, Vec<_>) =
            all.into_iter().partition(|one| like(one).is_none_or(|like| like > Likeness::Unlike && Some(like) == best));
        let mut whole = Self::default();
        for one in own {
            whole.take(one);
        }
        for other in others {
            whole.take(Self { is_article: other.is_article, publisher: other.publisher, ..Self::default() });
        }
        whole
    }

    /// Adds what is not known yet.
    fn take(&mut self, other: Self) {
        self.is_article |= other.is_article;
        self.headline = self.headline.take().or(other.headline);
        self.author = self.author.take().or(other.author);
        self.publisher = self.publisher.take().or(other.publisher);
        self.published = self.published.take().or(other.published);
        self.page_published = self.page_published.take().or(other.page_published);
        self.url = self.url.take().or(other.url);
        self.text = self.text.take().or(other.text);
        self.is_locked |= other.is_locked;
        self.words = self.words.take().or(other.words);
        if self.keywords.is_empty() {
            self.keywords = other.keywords;
        }
    }
}

/// The articles that a block of JSON-LD describes, and its page; of those without a headline no more than the first.
pub fn read(text: &str) -> Vec<Described> {
    // Old pages hide scripts from old browsers.
    let hidden = [
        "<!--",
        "//<![CDATA[",
        "// <![CDATA[",
        "/*<![CDATA[*/",
        "<![CDATA[",
        "-->",
        "//]]>",
        "// ]]>",
        "/*]]>*/",
        "]]>",
    ];
    let mut text = text.trim();
    for mark in hidden {
        text = text.strip_prefix(mark).unwrap_or(text).trim_start();
        text = text.strip_suffix(mark).unwrap_or(text).trim_end();
    }
    let text = text.trim_end_matches(';');
    let value = JsonValue::parse(text).or_else(|_| JsonValue::parse(&mended(text)));
    let Ok(value) = value else { return Vec::new() };
    let page = first_in(&value, DEEPEST, &is_page);
    let mut articles = Vec::new();
    collect(&value, DEEPEST, &mut articles);
    let mut all: Vec<_> = articles.iter().map(|article| described(article, &value)).collect();
    let mut is_first = true;
    all.retain(|article| mem::take(&mut is_first) || article.headline.is_some());
    let author = page.filter(|_| all.is_empty()).and_then(|page| joined(page, "author", &value));
    let page_published = page.and_then(|page| date(page, "datePublished"));
    all.push(Described { author, page_published, ..Described::default() });
    all
}

/// JSON without what is not JSON, and common: line ends inside texts, and commas after the last of a list.
fn mended(text: &str) -> String {
    let mut mended = String::with_capacity(text.len());
    let (mut is_text, mut is_escaped) = (false, false);
    for c in text.chars() {
        is_text ^= c == '"' && !is_escaped;
        is_escaped = c == '\\' && !is_escaped;
        if matches!(c, ']' | '}') && !is_text {
            mended.truncate(mended.trim_end().len());
            mended.truncate(mended.trim_end_matches(',').len());
        }
        mended.push(if matches!(c, '\n' | '\r' | '\t') { ' ' } else { c });
    }
    mended
}

/// The first description that is of this kind.
fn first_in<'v>(value: &'v JsonValue, depth: usize, is_it: &impl Fn(&JsonValue) -> bool) -> Option<&'v JsonValue> {
    if is_it(value) {
        return Some(value);
    }
    let depth = depth.checked_sub(1)?;
    within(value).find_map(|value| first_in(value, depth, is_it))
}

/// Adds all descriptions of articles.
fn collect<'v>(value: &'v JsonValue, depth: usize, articles: &mut Vec<&'v JsonValue>) {
    if is_article(value) && articles.len() < MOST {
        articles.push(value);
    } else if let Some(depth) = depth.checked_sub(1) {
        within(value).for_each(|value| collect(value, depth, articles));
    }
}

/// The descriptions inside one.
fn within(value: &JsonValue) -> impl Iterator<Item = &JsonValue> {
    let inner = ["@graph", "mainEntity", "mainEntityOfPage"].iter().filter_map(|name| value.get(name));
    value.items().iter().chain(inner)
}

/// Whether it describes a page, or a work that may be one, and says when that was published. What a page only holds, a video
/// or a job, has a date of its own.
fn is_page(value: &JsonValue) -> bool {
    const WORKS: [&str; 3] = ["HowTo", "CreativeWork", "DiscussionForumPosting"];
    is_of(value, |kind| is_page_kind(kind) || WORKS.contains(&last_step(kind))) && value.get("datePublished").is_some()
}

fn is_article(value: &JsonValue) -> bool {
    is_of(value, is_article_kind)
}

/// Whether a type of schema.org is one of articles.
pub fn is_article_kind(kind: &str) -> bool {
    const KINDS: [&str; 6] = ["BlogPosting", "Report", "LiveBlogPosting", "SocialMediaPosting", "Review", "Recipe"];
    let kind = last_step(kind);
    kind.ends_with("Article") || KINDS.contains(&kind)
}

/// Whether it is one of pages.
pub fn is_page_kind(kind: &str) -> bool {
    last_step(kind).ends_with("Page")
}

/// The name of a type without what stands before it in its address.
fn last_step(kind: &str) -> &str {
    kind.rsplit(['/', '#', ':']).next().unwrap_or(kind)
}

fn is_of(value: &JsonValue, is_kind: impl Fn(&str) -> bool) -> bool {
    let kinds = value.get("@type").map(JsonValue::texts).unwrap_or_default();
    kinds.iter().any(|kind| is_kind(kind))
}

/// The names of whom a description names under this name.
fn names(article: &JsonValue, name: &str, whole: &JsonValue) -> Vec<String> {
    let people = match article.get(name) {
        Some(JsonValue::List(people)) => people.as_slice(),
        Some(one) => std::slice::from_ref(one),
        None => &[],
    };
    people.iter().filter_map(|person| person.as_text().or_else(|| named(whole, &person.text("@id")?))).collect()
}

/// The first date that a description has under this name.
fn date(article: &JsonValue, name: &str) -> Option<String> {
    article.get(name)?.texts().into_iter().find(|text| published_in(text).is_some())
}

fn joined(article: &JsonValue, name: &str, whole: &JsonValue) -> Option<String> {
    Some(names(article, name, whole).join(", ")).filter(|names| !names.is_empty())
}

fn described(article: &JsonValue, whole: &JsonValue) -> Described {
    let main = article.get("mainEntityOfPage");
    Described {
        is_article: true,
        headline: article.text("headline").or_else(|| article.text("name")),
        author: joined(article, "author", whole).or_else(|| joined(article, "creator", whole)),
        publisher: names(article, "publisher", whole).into_iter().next(),
        published: ["datePublished", "dateCreated"].iter().find_map(|name| date(article, name)),
        page_published: None,
        url: article.text("url").or_else(|| main.and_then(|main| main.text("@id").or_else(|| main.as_text()))),
        text: live_updates(article).or_else(|| article.text("articleBody")),
        keywords: match article.get("keywords").map(JsonValue::texts).unwrap_or_default().as_slice() {
            [one] => one.split(',').map(str::to_owned).collect(),
            many => many.to_vec(),
        },
        is_locked: is_locked(article)
            || article.get("hasPart").is_some_and(|part| is_locked(part) || part.items().iter().any(is_locked)),
        words: article.text("wordCount").and_then(|count| count.trim().parse().ok()),
    }
}

/// The entries of a live blog in the order in which they are described, as markup: each under its time and its headline.
fn live_updates(article: &JsonValue) -> Option<String> {
    let updates = article.get("liveBlogUpdate")?;
    let updates = updates.get("itemListElement").unwrap_or(updates);
    let updates = if updates.items().is_empty() { std::slice::from_ref(updates) } else { updates.items() };
    let mut markup = article.text("articleBody").map(|lead| marked(&lead)).unwrap_or_default();
    for update in updates {
        let update = update.get("item").unwrap_or(update);
        let mut bodies =
            ["articleBody", "text", "description"].iter().filter_map(|name| update.get(name)).map(JsonValue::texts);
        let body = bodies.find(|texts| !texts.is_empty()).unwrap_or_default().join("\n");
        let headline = update.text("headline").map(|headline| line(&headline).into_owned());
        let heading = [clock(update), headline].into_iter().flatten().collect::<Vec<_>>().join(" ");
        markup.extend(["<h3>", &escaped(&heading), "</h3><div>", &marked(&body), "</div>"]);
    }
    Some(markup)
}

/// A text that may be markup or plain, as markup.
fn marked(text: &str) -> String {
    if is_markup(text) { text.to_owned() } else { paragraphs(&decode(text, ReferenceContext::Plain)) }
}

/// The time of day of an entry as its publisher writes it: "10:05" of "2026-11-22T10:05:00+01:00".
fn clock(update: &JsonValue) -> Option<String> {
    let published = update.text("datePublished")?;
    let (_, time) = published.split_once('T')?;
    let is_clock = |clock: &&str| {
        clock.bytes().enumerate().all(|(at, byte)| if at == 2 { byte == b':' } else { byte.is_ascii_digit() })
    };
    time.get(..5).filter(is_clock).map(str::to_owned)
}

/// Plain text as markup, a paragraph for each line.
fn paragraphs(text: &str) -> String {
    let lines = text.lines().filter(|line| !line.trim().is_empty());
    lines.flat_map(|line| ["<p>".to_owned(), escaped(line), "</p>".to_owned()]).collect()
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

/// Whether a description says that not everybody may read what it describes.
fn is_locked(value: &JsonValue) -> bool {
    match value.get("isAccessibleForFree") {
        Some(JsonValue::Bool(is_free)) => !is_free,
        Some(JsonValue::Text(is_free)) => last_step(is_free).eq_ignore_ascii_case("false"),
        _ => false,
    }
}

/// The name of what is described under this identifier elsewhere in the block.
fn named(whole: &JsonValue, id: &str) -> Option<String> {
    let graph = whole.get("@graph").map_or(whole.items(), JsonValue::items);
    graph.iter().find(|value| value.text("@id").as_deref() == Some(id))?.text("name")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Described {
        Described::of_page(super::read(text), |_| Likeness::Same)
    }

    #[test]
    fn articles_are_found_wherever_they_stand() {
        let article = r#"{"@type": ["NewsArticle"], "headline": "Bridge closes", "author": [{"name": "Jane"}, "Ann"],
            "publisher": {"@type": "Organization", "name": "Coast Wire"}, "datePublished": "2026-03-14",
            "mainEntityOfPage": {"@id": "https://coast.example/a"}, "articleBody": "It is
closed.", "keywords": "a, b"}"#;
        for text in [
            article.to_owned(),
            format!("[{{\"@type\": \"WebSite\"}}, {article}]"),
            format!("{{\"@graph\": [{{\"@type\": \"WebPage\"}}, {article}]}};"),
        ] {
            let read = read(&text);
            assert_eq!(read.headline.as_deref(), Some("Bridge closes"), "{text}");
            assert_eq!(read.author.as_deref(), Some("Jane, Ann"));
            assert_eq!(read.publisher.as_deref(), Some("Coast Wire"));
            assert_eq!(read.url.as_deref(), Some("https://coast.example/a"));
            assert_eq!(read.text.as_deref(), Some("It is closed."));
        }
    }

    #[test]
    fn comma_may_follow_the_last_of_a_list() {
        let read = read(
            "{\"@type\": \"Article\", \"author\": [{\"name\": \"Jane, \\\"J,]\\\"\",},], \"headline\": \"a,} b\",\n}",
        );
        assert_eq!(read.headline.as_deref(), Some("a,} b"));
        assert_eq!(read.author.as_deref(), Some("Jane, \"J,]\""));
    }

    #[test]
    fn script_may_be_hidden_from_old_browsers() {
        let article = r#"{"@type": "Article", "headline": "Bridge closes"}"#;
        for (before, after) in
            [("<!--", "-->"), ("//<![CDATA[\n", "\n//]]>"), ("/*<![CDATA[*/", "/*]]>*/"), ("<![CDATA[", "]]>")]
        {
            let text = format!("\n{before}{article}{after}\n");
            assert_eq!(read(&text).headline.as_deref(), Some("Bridge closes"), "{text}");
        }
    }

    #[test]
    fn page_has_a_date_of_its_own() {
        let page = r##"{"@graph": [{"@type": "WebSite", "name": "Coast"}, {"@type": "WebPage", "name": "Bridge",
            "datePublished": "2026-03-14", "author": {"@id": "#jane"}}, {"@type": "Person", "@id": "#jane", "name": "Jane"}]}"##;
        let read = read(page);
        assert_eq!((read.is_article, read.published), (false, None));
        assert_eq!((read.page_published.as_deref(), read.author.as_deref()), (Some("2026-03-14"), Some("Jane")));
    }

    #[test]
    fn date_may_be_one_of_a_list_or_have_a_type() {
        for date in [
            r#"["2026-03-14", "2026-03-15"]"#,
            r#"["", null, "2026-03-14"]"#,
            r#"{"@value": "2026-03-14", "@type": "Date"}"#,
            r#"[{"@type": "xsd:date", "@value": "2026-03-14"}]"#,
        ] {
            let text = format!("{{\"@type\": \"NewsArticle\", \"datePublished\": {date}}}");
            assert_eq!(read(&text).published.as_deref(), Some("2026-03-14"), "{date}");
            let text = format!("{{\"@type\": \"WebPage\", \"datePublished\": {date}}}");
            assert_eq!(read(&text).page_published.as_deref(), Some("2026-03-14"), "{date}");
        }
    }

    #[test]
    fn references_inside_a_graph_are_followed() {
        let text = r##"{"@graph": [{"@type": "Person", "@id": "#jane", "name": "Jane Doe"},
            {"@type": "http://schema.org/Article", "headline": "x", "author": {"@id": "#jane"}}]}"##;
        assert_eq!(read(text).author.as_deref(), Some("Jane Doe"));
    }

    #[test]
    fn anything_else_says_nothing() {
        for text in ["", "{", "[]", "{\"@type\": \"Organization\", \"name\": \"x\"}", "{\"@graph\": 7}", "null"] {
            assert!(read(text).headline.is_none(), "{text}");
        }
    }
}
