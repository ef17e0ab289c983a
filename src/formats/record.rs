//! Records of crawlers: fields with names become articles.
//!
//! Knows the names that news-please, newspaper, trafilatura, the interfaces of publishers and our own commands use.

use std::iter::repeat;

use url::Url;

use super::blocks::Blocks;
use super::date::machine;
use super::date::search::published_in;
use super::draft::Draft;
use super::field_names::{AUTHOR, DATE, LANGUAGE, PAGE, SOURCE, SUMMARY, TAGS, TEXT, TITLE, URL, plain};
use super::json_value::JsonValue;
use super::kept::RecordSource;
use super::shape;
use super::sink::Sink;
use super::summary::{is_cut, without_rest};
use super::{Hint, ParseError, html};
use crate::article::{Article, ParagraphKind, Published};
use crate::text::clean;

/// Members in which an article may be wrapped.
const WRAPPERS: [&str; 7] = ["article", "source", "fields", "attributes", "data", "meta", "metadata"];

/// Members that hold many articles.
pub(super) const LISTS: [&str; 11] =
    ["articles", "items", "results", "docs", "hits", "entries", "news", "stories", "posts", "data", "response"];

/// How deep lists of articles may be wrapped.
pub(super) const DEEPEST: usize = 3;

/// How few words a text without a headline has that is no article.
const FEWEST_WORDS: usize = 20;

/// Reads a record that stands at `source`, or the records in it, and hands on what it is; `number` returns the number of the
/// next record.
pub fn read(
    value: &JsonValue,
    source: RecordSource<'_>,
    number: &mut dyn FnMut() -> u64,
    hint: &Hint<'_>,
    sink: &mut Sink<'_>,
) {
    Reader { number, hint, sink }.read(value, source, DEEPEST);
}

/// Reads records.
struct Reader<'r, 's> {
    number: &'r mut dyn FnMut() -> u64,
    hint: &'r Hint<'r>,
    sink: &'r mut Sink<'s>,
}

impl Reader<'_, '_> {
    fn read(&mut self, value: &JsonValue, source: RecordSource<'_>, depth: usize) {
        if let Some(article) = draft_of(value, source.is_row(), self.hint) {
            (self.number)();
            return self.sink.push_record(article, source);
        }
        if is_note(value) {
            return self.sink.refuse_record((self.number)(), ParseError::OnlyMarks, source);
        }
        let Some((name, inner)) = list_in(value).filter(|_| depth > 0) else {
            return self.sink.refuse_record((self.number)(), unknown(value), source);
        };
        // Where nothing is kept it does not matter where they stand.
        let source = if self.sink.keeps() { source.member(name) } else { RecordSource::Nowhere };
        let JsonValue::List(items) = inner else { return self.read(inner, source, depth - 1) };
        let sources = source.items().into_iter().chain(repeat(RecordSource::Nowhere));
        items.iter().zip(sources).for_each(|(item, source)| self.read(item, source, depth - 1));
    }
}

/// Whether it is a line of `pullquote export` that holds marks or folders and no article.
fn is_note(value: &JsonValue) -> bool {
    let is_mark = |name: &str| matches!(name, "read" | "starred" | "place" | "corrections" | "folders");
    let mut names = value.fields().iter().map(|(name, _)| name.as_str());
    names.clone().any(is_mark) && names.all(|name| name == "id" || is_mark(name))
}

/// The list or the object in which the articles of a record are, with its name.
fn list_in(value: &JsonValue) -> Option<(&'static str, &JsonValue)> {
    let mut lists = LISTS.iter().filter_map(|name| Some((*name, value.get(name)?)));
    let list = lists.find(|(_, inner)| matches!(inner, JsonValue::List(_) | JsonValue::Object(_)));
    // The one item of an answer; most have their text there.
    list.or_else(|| Some(("content", value.get("content").filter(|inner| matches!(inner, JsonValue::Object(_)))?)))
}

/// Why a record is no article that is known by none of its fields.
fn unknown(value: &JsonValue) -> ParseError {
    let names: Vec<_> = value.fields().iter().map(|(name, _)| name.as_str()).collect();
    if names.is_empty() || Fields::of(value).all(&TEXT).next().is_some() {
        return ParseError::NoText;
    }
    ParseError::unknown_fields(&names)
}

/// What may be lacking of an article.
#[derive(Clone, Copy)]
struct Lacking {
    /// Whether a headline is enough: what it is about stands at its address.
    text: bool,
    /// Whether a text is enough, however short: it is known to be one.
    headline: bool,
}

/// The article that a record is, in the shape that the user describes, a known one or with plain names; nothing where it
/// is none.
fn draft_of(value: &JsonValue, is_row: bool, hint: &Hint<'_>) -> Option<Article> {
    if let Some(described) = hint.fields.and_then(|fields| shape::described(fields, value)) {
        let lacking = Lacking { text: true, headline: is_row || described.has_text };
        return article_of(&described.record, lacking, hint);
    }
    let lacking = Lacking { text: false, headline: is_row };
    let Some(reshaped) = shape::reshaped(value) else { return article_of(value, lacking, hint) };
    let mut article = article_of(&reshaped.record, Lacking { text: reshaped.may_lack_text, ..lacking }, hint)?;
    let seen = reshaped.record.text("seen").and_then(|seen| date(&seen));
    article.dates.seen = seen.map(|seen| seen.moment().and_utc());
    Some(article)
}

/// The article in a record with plain names; nothing where it is none.
fn article_of(value: &JsonValue, may_lack: Lacking, hint: &Hint<'_>) -> Option<Article> {
    let fields = Fields::of(value);
    let url = fields.url();
    let base = url.as_deref().and_then(|url| Url::parse(url).ok());
    let draft = fields.draft();
    let language = fields.text(&LANGUAGE);
    let language = language.as_deref();
    let (mut headline, mut blocks) = (draft.headline.clone(), Blocks::default());
    for value in fields.all(&TEXT) {
        let read = blocks_of(value, base.as_ref(), language, &mut headline);
        if read.text().len() > blocks.text().len() {
            blocks = read;
        }
        // Fields are in the order in which they are trusted: take the first that is more than a few words.
        if blocks.has_words_of_prose(FEWEST_WORDS) {
            break;
        }
    }
    if blocks.is_empty()
        && let Some(page) = fields.page(language)
    {
        let headline = Some(headline).filter(|headline| !headline.trim().is_empty()).unwrap_or(page.headline);
        let stated = Draft {
            headline,
            published: draft.published.or(page.published),
            publisher: draft.publisher.or(page.publisher),
            byline: draft.byline.or(page.byline),
            url: draft.url.or(page.url),
            tags: [draft.tags, page.tags].concat(),
            ..page
        };
        return stated.named(hint).finish();
    }
    let mut is_summary = is_cut(&blocks) && url.is_some();
    if blocks.is_empty() {
        is_summary = true;
        let summary = fields.text(&SUMMARY).or_else(|| may_lack.text.then(String::new))?;
        blocks = html::text_or_markup(&summary, base.as_ref(), language);
        // Not every object with a description is an article.
        url.as_ref().filter(|_| (may_lack.text || fields.date().is_some()) && !headline.is_empty())?;
    }
    // A few words without a headline may be anything; under a date, or with quotation marks, they are a post.
    let is_post = || fields.date().is_some() || blocks.text().contains(['“', '„', '«', '「']);
    let is_article =
        may_lack.headline || !headline.trim().is_empty() || blocks.has_words_of_prose(FEWEST_WORDS) || is_post();
    is_article.then(|| Draft { headline, is_summary, blocks, ..draft }.named(hint).finish()).flatten()
}

/// What the fields of `value` say of an article, its text left out.
pub fn described(value: &JsonValue) -> Draft {
    Fields::of(value).draft()
}

/// The paragraphs of a field: a text, a list of texts, or the paragraphs that `pullquote export` writes.
fn blocks_of(value: &JsonValue, base: Option<&Url>, language: Option<&str>, headline: &mut String) -> Blocks {
    let JsonValue::List(items) = value else {
        let text = value.as_text().unwrap_or_default();
        return html::text_or_markup(without_rest(&text), base, language);
    };
    let mut blocks = Blocks::default();
    for item in items {
        let kind = item.get("kind").and_then(JsonValue::as_text).map_or(ParagraphKind::Prose, |name| kind_named(&name));
        let text = item.text("dateline").unwrap_or_default() + &item.as_text().unwrap_or_default();
        if kind == ParagraphKind::Headline {
            headline.clone_from(&text);
        } else if kind == ParagraphKind::Excerpt {
            // It is made again.
        } else if html::is_markup(&text) {
            html::text_or_markup(&text, base, language).iter().for_each(|p| blocks.push(p.kind, &p.words));
        } else {
            clean(&html::decode(&text, html::ReferenceContext::Plain)).lines().for_each(|line| blocks.push(kind, line));
        }
    }
    blocks
}

fn kind_named(name: &str) -> ParagraphKind {
    match name {
        "headline" => ParagraphKind::Headline,
        "byline" => ParagraphKind::Byline,
        "promotion" => ParagraphKind::Promotion,
        "heading" => ParagraphKind::Heading,
        "list_item" => ParagraphKind::ListItem,
        "block_quotation" => ParagraphKind::BlockQuotation,
        "caption" => ParagraphKind::Caption,
        "table_row" => ParagraphKind::TableRow,
        "excerpt" => ParagraphKind::Excerpt,
        "citation" => ParagraphKind::Citation,
        "preformatted" => ParagraphKind::Preformatted,
        "term" => ParagraphKind::Term,
        "definition" => ParagraphKind::Definition,
        _ => ParagraphKind::Prose,
    }
}

/// The fields of a record by plain names, those of the objects that wrap them after its own.
struct Fields<'v>(Vec<(String, &'v JsonValue)>);

impl<'v> Fields<'v> {
    fn of(value: &'v JsonValue) -> Self {
        let named = |value: &'v JsonValue| value.fields().iter().map(|(name, value)| (plain(name), value));
        let mut fields: Vec<_> = named(value).collect();
        for (name, inner) in named(value) {
            if WRAPPERS.contains(&&*name) {
                fields.extend(named(inner));
            }
        }
        Self(fields)
    }

    /// The fields of these names that there are, in the order of the names.
    fn all(&self, names: &'static [&str]) -> impl Iterator<Item = &'v JsonValue> {
        names.iter().flat_map(|name| self.0.iter().filter(move |(known, _)| known == name).map(|(_, value)| *value))
    }

    fn draft(&self) -> Draft {
        let headline = self.text(&TITLE).unwrap_or_default();
        let publisher = self.source();
        let headline = html::line_in(&headline, self.text(&LANGUAGE).as_deref()).into_owned();
        Draft {
            headline: publisher.as_deref().and_then(|name| without_publisher(&headline, name)).unwrap_or(headline),
            published: self.date(),
            publisher,
            byline: self.texts(&AUTHOR),
            url: self.url(),
            tags: self.tags(),
            ..Draft::default()
        }
    }

    /// The article on the page that was crawled.
    fn page(&self, language: Option<&str>) -> Option<Draft> {
        let page = self.text(&PAGE).filter(|page| html::is_markup(page))?;
        html::read(&page, language, &Hint { base_url: self.url().as_deref(), ..Hint::default() }).ok()
    }

    fn text(&self, names: &'static [&str]) -> Option<String> {
        self.all(names).find_map(JsonValue::as_text)
    }

    /// All texts of the first field that has any.
    fn texts(&self, names: &'static [&str]) -> Option<String> {
        let texts = self.all(names).map(JsonValue::texts).find(|texts| !texts.is_empty())?;
        Some(texts.iter().map(|text| unlisted(text)).collect::<Vec<_>>().join(", "))
    }

    fn date(&self) -> Option<Published> {
        self.all(&DATE).find_map(|value| match value {
            JsonValue::Number(number) => {
                machine::since_epoch(number.as_f64().unwrap_or_default() as i64).or_else(|| date(&value.as_text()?))
            }
            JsonValue::Object(_) => {
                let at = value.get("$date").unwrap_or(value);
                at.as_text().or_else(|| at.text("$numberLong")).and_then(|text| date(&text))
            }
            _ => date(&value.texts().into_iter().next()?),
        })
    }

    /// The address; some have that of the site in a field of that name, and some the address in that of the source.
    fn url(&self) -> Option<String> {
        let named = self.all(&URL).find_map(|value| html::resolved(None, &value.as_text()?));
        let source = || self.all(&["source"]).find_map(|value| html::resolved(None, &value.as_text()?));
        let own = || self.all(&["sourceurl", "id"]).find_map(|value| html::resolved(None, &value.as_text()?));
        named.or_else(source).or_else(own).filter(|url| url.starts_with("http"))
    }

    fn source(&self) -> Option<String> {
        let named = self.all(&SOURCE).filter_map(JsonValue::as_text).find(|name| !name.contains("://"));
        let of_site = || self.all(&["sourceurl"]).find_map(|value| host(&value.as_text()?));
        named.or_else(of_site).map(|name| name.strip_prefix("www.").map_or(name.clone(), str::to_owned))
    }

    fn tags(&self) -> Vec<String> {
        let texts = self.all(&TAGS).map(JsonValue::texts).find(|texts| !texts.is_empty()).unwrap_or_default();
        match &*texts {
            [one] => unlisted(one).split([',', ';']).map(str::to_owned).collect(),
            _ => texts,
        }
    }
}

fn date(text: &str) -> Option<Published> {
    published_in(&unlisted(text))
}

/// `['Jane Doe', 'Ann Holt']`, as Python writes a list into a table, without its marks.
fn unlisted(text: &str) -> String {
    match text.trim().strip_prefix('[').and_then(|text| text.strip_suffix(']')) {
        Some(inside) => inside.replace("', '", ", ").replace("\", \"", ", ").trim_matches(['\'', '"']).to_owned(),
        None => text.to_owned(),
    }
}

fn host(url: &str) -> Option<String> {
    Url::parse(url).ok()?.host_str().map(str::to_owned)
}

/// Whether fields of these names make a record of an article: a text and something that it is known by, or those of a known
/// shape.
pub fn are_names(names: impl Iterator<Item = impl AsRef<str>>) -> bool {
    let written: Vec<String> = names.map(|name| name.as_ref().to_owned()).collect();
    let names: Vec<_> = written.iter().map(|name| plain(name)).collect();
    let has = |known: &[&str]| names.iter().any(|name| known.contains(&name.as_str()));
    has(&TEXT) && (has(&TITLE) || has(&URL) || has(&DATE) || has(&["highlights"]))
        || has(&TITLE) && has(&SUMMARY) && has(&URL)
        || shape::are_names(&written)
}

/// A headline without the name of its publisher, which programs write behind it: "Bridge closes - Coast Wire".
fn without_publisher(headline: &str, publisher: &str) -> Option<String> {
    let bare = |name: &str| plain(name.trim().strip_prefix("The ").unwrap_or(name));
    let (before, name) = [" - ", " | ", " – ", " — "]
        .iter()
        .filter_map(|mark| headline.rsplit_once(mark))
        .min_by_key(|(_, name)| name.len())?;
    (!before.trim().is_empty() && bare(name) == bare(publisher)).then(|| before.trim_end().to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_read_as_programs_write_them() {
        for (date, expected) in [
            (r#""/Date(1667779200000)/""#, "2022-11-07T00:00:00Z"),
            (r#""\/Date(1667779200000)\/""#, "2022-11-07T00:00:00Z"),
            (r#""D:20221107093000+02'00'""#, "2022-11-07T09:30:00+02:00"),
            (r#""1667779200.5""#, "2022-11-07T00:00:00Z"),
            ("1667779200.5", "2022-11-07T00:00:00Z"),
            ("1667779200500", "2022-11-07T00:00:00Z"),
            (r#"["2022-11-07"]"#, "2022-11-07"),
            ("20221107", "2022-11-07"),
            (r#""20221107""#, "2022-11-07"),
            (r#"{"$date": {"$numberLong": "1667779200000"}}"#, "2022-11-07T00:00:00Z"),
            (r#"{"$date": "2022-11-07T00:00:00Z"}"#, "2022-11-07T00:00:00Z"),
            (r#"{"@value": "2022-11-07"}"#, "2022-11-07"),
            (r#""Updated 8 Nov 2022, published 7 Nov 2022""#, "2022-11-07"),
        ] {
            let record = JsonValue::parse(&format!("{{\"date\": {date}}}")).unwrap();
            let published = described(&record).published.map(|at| at.to_string());
            assert_eq!(published.as_deref(), Some(expected), "{date}");
        }
    }

    #[test]
    fn field_of_a_date_is_called_so_in_many_languages() {
        for name in [
            "created_utc",
            "Datum",
            "Fecha",
            "data",
            "Дата",
            "Ημερομηνία",
            "日付",
            "日期",
            "날짜",
            "Tarih",
            "date published",
        ] {
            let record = JsonValue::parse(&format!("{{\"{name}\": 1667779200}}")).unwrap();
            let published = described(&record).published.map(|at| at.to_string());
            assert_eq!(published.as_deref(), Some("2022-11-07T00:00:00Z"), "{name}");
        }
        let record = JsonValue::parse(r#"{"data": {"published": "2022-11-07"}, "datum": "2022-11-08"}"#).unwrap();
        assert_eq!(described(&record).published.map(|at| at.to_string()).as_deref(), Some("2022-11-07"));
    }
}
