//! The names that fields of records have, as news-please, newspaper, trafilatura, the interfaces of publishers and our own
//! commands write them.

/// Fields of the headline. All names stand in small letters and without marks; the first that has anything counts.
pub const TITLE: [&str; 9] = [
    "title",
    "headline",
    "webtitle",
    "articletitle",
    "articleheadline",
    "headlinetext",
    "name",
    "titlerss",
    "titlepage",
];
/// Fields of the text.
pub const TEXT: [&str; 14] = [
    "text",
    "maintext",
    "articlebody",
    "bodytext",
    "fulltext",
    "articletext",
    "body",
    "content",
    "contenthtml",
    "contenttext",
    "paragraphs",
    "article",
    "story",
    "rawtext",
];
/// Fields that hold a page as it was crawled.
pub const PAGE: [&str; 4] = ["html", "rawhtml", "pagehtml", "fullhtml"];
/// Fields of what says it in few words.
pub const SUMMARY: [&str; 8] =
    ["summary", "description", "excerpt", "abstract", "lead", "snippet", "standfirst", "trailtext"];
/// Fields of the date of publication.
pub const DATE: [&str; 27] = [
    "datepublish",
    "datepublished",
    "publishdate",
    "publishedat",
    "published",
    "publicationdate",
    "webpublicationdate",
    "pubdate",
    "pub",
    "date",
    "firstpublished",
    "created",
    "createdat",
    "createdutc",
    "timestamp",
    "time",
    "datum",
    "fecha",
    "data",
    "дата",
    "ημερομηνία",
    "日付",
    "日期",
    "날짜",
    "tarih",
    "datemodify",
    "datemodified",
];
/// Fields of who wrote it.
pub const AUTHOR: [&str; 6] = ["author", "authors", "byline", "creator", "writer", "writers"];
/// Fields of its address.
pub const URL: [&str; 8] = ["url", "link", "articleurl", "weburl", "canonicalurl", "canonicallink", "permalink", "uri"];
/// Fields of who published it.
pub const SOURCE: [&str; 13] = [
    "source",
    "sitename",
    "publisher",
    "publication",
    "sourcename",
    "outlet",
    "newspaper",
    "site",
    "sourcedomain",
    "hostname",
    "sourcehostname",
    "domain",
    "sourceurl",
];
/// Fields of its language.
pub const LANGUAGE: [&str; 3] = ["language", "lang", "inlanguage"];
/// Fields of what it is filed under.
pub const TAGS: [&str; 6] = ["tags", "keywords", "categories", "metakeywords", "category", "section"];

/// A name in small letters, without marks and blanks: `date_publish`, `datePublish` and `Date Publish` are one.
pub fn plain(name: &str) -> String {
    name.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// Whether a field of this name holds a text.
pub fn is_name_of_text(name: &str) -> bool {
    TEXT.contains(&plain(name).as_str())
}
