//! The shapes that are known, after what their makers document.

use super::Part::{Author, Date, Language, Seen, Source, Summary, Tags, Text, Title, Url};
use super::Place::{Always, At, Made};
use super::{Order, Shape, paragraphs};

pub(super) const SHAPES: [Shape; 11] = [
    // New York Times, Archive and Article Search API: no text, but what introduces it.
    Shape {
        marks: &["web_url", "pub_date", "headline"],
        parts: &[
            (Title, At("headline.main")),
            (Title, At("headline.print_headline")),
            (Summary, Made(paragraphs::of_introduction)),
            (Date, At("pub_date")),
            (Author, At("byline.original")),
            (Url, At("web_url")),
            (Source, At("source")),
            (Source, Always("The New York Times")),
            (Tags, At("keywords.value")),
        ],
        order: Order::Unknown,
        may_lack_text: true,
    },
    // The Guardian, Open Platform: a search, or one item.
    Shape {
        marks: &["webTitle", "webUrl"],
        parts: &[
            (Title, At("fields.headline")),
            (Title, At("webTitle")),
            (Text, At("fields.body")),
            (Text, At("blocks.body.bodyHtml")),
            (Text, At("fields.bodyText")),
            (Summary, At("fields.standfirst")),
            (Summary, At("fields.trailText")),
            (Date, At("webPublicationDate")),
            (Author, At("fields.byline")),
            (Url, At("webUrl")),
            (Source, At("fields.publication")),
            (Source, Always("The Guardian")),
            (Tags, Made(paragraphs::tags_of_guardian)),
            (Language, At("fields.lang")),
        ],
        order: Order::Unknown,
        may_lack_text: true,
    },
    // Event Registry (newsapi.ai).
    Shape {
        marks: &["dateTimePub", "uri", "title"],
        parts: &[
            (Title, At("title")),
            (Text, At("body")),
            (Date, At("dateTimePub")),
            (Date, At("dateTime")),
            (Author, At("authors.name")),
            (Url, At("url")),
            (Source, At("source.title")),
            (Source, At("source.uri")),
            (Tags, At("categories.label")),
            (Language, At("lang")),
        ],
        order: Order::Unknown,
        may_lack_text: true,
    },
    // Webz.io, of a search or of its free collections.
    Shape {
        marks: &["thread.site", "text", "published"],
        parts: &[
            (Title, At("title")),
            (Title, At("thread.title_full")),
            (Text, At("text")),
            (Date, At("published")),
            (Author, At("author")),
            (Url, At("url")),
            (Source, At("thread.site")),
            (Tags, At("categories")),
            (Seen, At("crawled")),
            (Language, At("language")),
        ],
        order: Order::Unknown,
        may_lack_text: false,
    },
    // Media Cloud: lists of stories, rarely with their text.
    Shape {
        marks: &["media_name", "publish_date", "title", "url"],
        parts: &[
            (Title, At("title")),
            (Text, At("text")),
            (Text, At("story_text")),
            (Date, At("publish_date")),
            (Url, At("url")),
            (Source, At("media_name")),
            (Seen, At("indexed_date")),
            (Language, At("language")),
        ],
        order: Order::Unknown,
        may_lack_text: true,
    },
    // GDELT, lists of articles.
    Shape {
        marks: &["seendate", "domain", "title", "url"],
        parts: &[
            (Title, At("title")),
            (Url, At("url")),
            (Source, At("domain")),
            (Seen, At("seendate")),
            (Language, At("language")),
        ],
        order: Order::Unknown,
        may_lack_text: true,
    },
    // CC-News as it is extracted anew from the crawls.
    Shape {
        marks: &["plain_text", "requested_url"],
        parts: &[
            (Title, At("title")),
            (Text, At("plain_text")),
            (Date, At("published_date")),
            (Author, At("author")),
            (Url, At("responded_url")),
            (Url, At("requested_url")),
            (Source, At("sitename")),
            (Source, At("publisher")),
            (Tags, At("tags")),
            (Tags, At("categories")),
            (Seen, At("crawl_date")),
            (Language, At("language")),
        ],
        order: Order::DayFirst,
        may_lack_text: false,
    },
    // News categories of HuffPost.
    Shape {
        marks: &["headline", "short_description", "link"],
        parts: &[
            (Title, At("headline")),
            (Summary, At("short_description")),
            (Date, At("date")),
            (Author, At("authors")),
            (Url, At("link")),
            (Source, Always("HuffPost")),
            (Tags, At("category")),
        ],
        order: Order::Unknown,
        may_lack_text: true,
    },
    // TREC Washington Post.
    Shape {
        marks: &["contents", "article_url"],
        parts: &[
            (Title, At("title")),
            (Text, Made(paragraphs::of_contents)),
            (Date, At("published_date")),
            (Author, At("author")),
            (Url, At("article_url")),
            (Source, At("source")),
            (Tags, Made(paragraphs::kicker)),
        ],
        order: Order::Unknown,
        may_lack_text: false,
    },
    // fundus.
    Shape {
        marks: &["body.sections"],
        parts: &[
            (Title, At("title")),
            (Text, Made(paragraphs::of_sections)),
            (Date, At("publishing_date")),
            (Author, At("authors")),
            (Url, At("html.responded_url")),
            (Url, At("html.requested_url")),
            (Url, At("url")),
            (Source, At("html.source_info.publisher")),
            (Source, At("publisher")),
            (Tags, At("topics")),
            (Language, At("lang")),
        ],
        order: Order::Unknown,
        may_lack_text: false,
    },
    // RealNews, as it comes with Grover.
    Shape {
        marks: &["warc_date", "publish_date", "text"],
        parts: &[
            (Title, At("title")),
            (Text, At("text")),
            (Date, At("publish_date")),
            (Author, At("authors")),
            (Url, At("url")),
            (Source, At("domain")),
            (Seen, At("warc_date")),
        ],
        order: Order::MonthFirst,
        may_lack_text: false,
    },
];
