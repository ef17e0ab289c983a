//! One quotation a row, for tables of other programs: always the same columns, no value in another.

use std::borrow::{Borrow, Cow};
use std::iter::repeat_n;

use csv::Writer;
use serde::Serialize;
use serde_json::Number;

use super::Format;
use super::code_points::CodePoints;
use super::json::{Verbatim, guarded};
use super::said_words::{SaidWords, Shown};
use super::schema::{path, rounded};
use crate::article::{Article, Body, KeptValue, Origin};
use crate::text::{Span, clean};

/// The columns; those of the fields that are kept come after them.
const COLUMNS: [&str; 24] = [
    "article_id",
    "url",
    "date",
    "source",
    "author",
    "headline",
    "n",
    "statement",
    "start",
    "end",
    "quotation",
    "kind",
    "speaker",
    "role",
    "via",
    "mention",
    "cue",
    "confidence",
    "corrected",
    "reason",
    "before",
    "after",
    "path",
    "error",
];

/// How many of the columns are about the article, and how many about the quotation.
const OF_ARTICLE: usize = 6;
const OF_QUOTATION: usize = 16;

/// How much of the text stands in `before` and in `after`, in code points at the most.
const CONTEXT: usize = 60;

/// A value in a row.
#[derive(Debug, Clone, Serialize)]
#[serde(untagged)]
enum Cell<'a> {
    Nothing,
    Text(Cow<'a, str>),
    Count(usize),
    Number(Number),
    Flag(bool),
    /// A number, `true` or `false`, as it is written.
    Plain(Verbatim<'a>),
}

/// Returns the names of the columns, with those of the kept fields, as the first row of CSV.
pub fn header(keep: &[String]) -> String {
    let names = COLUMNS.iter().map(|name| Cow::Borrowed(*name)).chain(keep.iter().map(|name| input_column(name)));
    line(names.map(Cow::into_owned))
}

/// Returns a row for each quotation of an article, or one for an article without any.
pub fn rows(format: Format, article: &Article, shown: Shown<'_>, kept: &[(&str, &KeptValue)]) -> Vec<String> {
    let body = &article.body;
    let points = CodePoints::of(body.text());
    let of_article = [
        Cell::Text(article.id.to_string().into()),
        Cell::of(article.url.as_deref()),
        Cell::of(article.dates.published.map(|published| published.to_string())),
        Cell::of(article.publisher.as_deref()),
        Cell::of(article.byline.as_deref()),
        Cell::of(Some(article.headline())),
    ];
    let last = [Cell::of(path(&article.origin)), Cell::Nothing];
    let (first_columns, others) = COLUMNS.split_at(OF_ARTICLE);
    let (own_columns, last_columns) = others.split_at(OF_QUOTATION);
    // What all rows have in common is written once, where a row can be put together.
    let shared = (format != Format::Csv).then(|| {
        let kept_cells = kept.iter().map(|(_, value)| Cell::kept(value));
        let last_cells = last.iter().cloned().chain(kept_cells);
        (members(names(first_columns), &of_article), members(names(last_columns).chain(kept_names(kept)), last_cells))
    });
    let row = |of_quotation: [Cell<'_>; OF_QUOTATION]| match &shared {
        Some((first, last)) => object(&[first, &members(names(own_columns), &of_quotation), last]),
        None => written(format, of_article.iter().cloned().chain(of_quotation).chain(last.iter().cloned()), kept),
    };
    let words = shown.words();
    if words.is_empty() {
        return vec![row([const { Cell::Nothing }; OF_QUOTATION])];
    }
    (1..).zip(&words).map(|(n, said)| row(cells(n, said, body, &points))).collect()
}

/// Returns the row of something that is no article.
pub fn refused(format: Format, origin: &Origin, error: &str, kept: &[(&str, &KeptValue)]) -> String {
    let nothing = repeat_n(Cell::Nothing, OF_ARTICLE + OF_QUOTATION);
    written(format, nothing.chain([Cell::of(path(origin)), Cell::of(Some(error))]), kept)
}

fn cells<'a>(n: usize, said: &SaidWords<'a>, body: &'a Body, points: &CodePoints<'_>) -> [Cell<'a>; OF_QUOTATION] {
    let place = points.span(said.span);
    let (before, after) = around(body, said.span);
    [
        Cell::Count(n),
        said.statement.map_or(Cell::Nothing, Cell::Count),
        Cell::Count(place.start),
        Cell::Count(place.end),
        Cell::of(Some(body.words(said.span))),
        Cell::of(Some(said.kind)),
        Cell::of(said.speaker.map(|speaker| speaker.name.as_str())),
        Cell::of(said.speaker.and_then(|speaker| speaker.role.as_deref())),
        Cell::of(said.via),
        Cell::of(said.mention.map(|span| body.words(span))),
        Cell::of(said.cue.map(|span| body.words(span))),
        Number::from_f64(rounded(said.confidence)).map_or(Cell::Nothing, Cell::Number),
        Cell::Flag(said.corrected),
        Cell::of(Some(said.reason)),
        Cell::of(Some(before)),
        Cell::of(Some(after)),
    ]
}

/// The text before and after a quotation in its paragraph, as far as whole words go.
fn around(body: &Body, span: Span) -> (&str, &str) {
    let paragraph = body.paragraph_at(span.start).map_or(span, |at| body.paragraphs()[at].span);
    let before = Span::new(paragraph.start.min(span.start), span.start).of(body.text());
    let after = Span::new(span.end, paragraph.end.max(span.end)).of(body.text());
    let mut first = before.char_indices().rev().nth(CONTEXT - 1).map_or(0, |(at, _)| at);
    if before[..first].ends_with(|c: char| !c.is_whitespace()) {
        first += before[first..].find(char::is_whitespace).unwrap_or(0);
    }
    let mut last = after.char_indices().nth(CONTEXT).map_or(after.len(), |(at, _)| at);
    if after[last..].starts_with(|c: char| !c.is_whitespace()) {
        last = after[..last].rfind(char::is_whitespace).unwrap_or(last);
    }
    (before[first..].trim_start(), after[..last].trim_end())
}

impl<'a> Cell<'a> {
    fn of(text: Option<impl Into<Cow<'a, str>>>) -> Self {
        text.map_or(Self::Nothing, |text| Self::Text(text.into()))
    }

    /// A field of the input in the form that it had; what holds others is text, as rows have no value in another.
    fn kept(value: &'a KeptValue) -> Self {
        match value {
            KeptValue::Nothing => Self::Nothing,
            KeptValue::Text(text) => Self::Text(text.into()),
            KeptValue::Plain(json) => Self::Plain(Verbatim(json)),
            KeptValue::Nested(json) => Self::Text(json.into()),
        }
    }

    fn into_text(self) -> String {
        match self {
            Self::Nothing => String::new(),
            Self::Text(text) => text.into_owned(),
            Self::Count(count) => count.to_string(),
            Self::Number(number) => number.to_string(),
            Self::Flag(is_true) => is_true.to_string(),
            Self::Plain(json) => json.0.to_owned(),
        }
    }
}

fn input_column(name: &str) -> Cow<'static, str> {
    Cow::Owned(format!("input_{name}"))
}

/// A row in a format; without a line end in JSON, where rows may be parts of an array.
fn written<'a>(format: Format, cells: impl Iterator<Item = Cell<'a>>, kept: &[(&'a str, &'a KeptValue)]) -> String {
    let kept_cells = kept.iter().map(|(_, value)| Cell::kept(value));
    if format == Format::Csv {
        let own = cells.map(|cell| clean(&cell.into_text()).into_owned());
        return line(own.chain(kept_cells.map(Cell::into_text)));
    }
    object(&[&members(names(&COLUMNS).chain(kept_names(kept)), cells.chain(kept_cells))])
}

fn names(columns: &[&'static str]) -> impl Iterator<Item = Cow<'static, str>> {
    columns.iter().map(|name| Cow::Borrowed(*name))
}

fn kept_names(kept: &[(&str, &KeptValue)]) -> impl Iterator<Item = Cow<'static, str>> {
    kept.iter().map(|(name, _)| input_column(name))
}

/// Members of an object in their order: `"url":null,"n":1`.
fn members<'a>(
    names: impl Iterator<Item = Cow<'static, str>>,
    cells: impl IntoIterator<Item = impl Borrow<Cell<'a>>>,
) -> String {
    let mut out = Vec::with_capacity(1 << 10);
    for (name, cell) in names.zip(cells) {
        if !out.is_empty() {
            out.push(b',');
        }
        // Strings and numbers into memory: nothing in it can fail.
        let _ = serde_json::to_writer(&mut out, &name);
        out.push(b':');
        let _ = serde_json::to_writer(&mut out, cell.borrow());
    }
    String::from_utf8(out).unwrap_or_default()
}

/// An object of these members.
fn object(members: &[&str]) -> String {
    guarded(["{", &members.join(","), "}"].concat())
}

/// A line of CSV. Values stand as they are, so that tables can be joined by them: what a spreadsheet would calculate is not
/// guarded, and kept fields may hold anything (what could steer a terminal goes where the output is one: [`Output`]).
///
/// [`Output`]: super::Output
fn line(cells: impl Iterator<Item = String>) -> String {
    let mut writer = Writer::from_writer(Vec::new());
    // Text into memory: nothing in it can fail.
    let _ = writer.write_record(cells);
    writer.into_inner().ok().and_then(|bytes| String::from_utf8(bytes).ok()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;
    use crate::article::{BodyBuilder, ParagraphKind};
    use crate::export::fixture;

    #[test]
    fn both_formats_have_the_same_columns() {
        let (article, findings) = fixture::article();
        let id = KeptValue::Text("7\t\u{1b}".to_owned());
        let tags = KeptValue::Nested(r#"["a",1.10]"#.to_owned());
        let kept = [("id", &id), ("tags", &tags)];
        let keep = ["id".to_owned(), "tags".to_owned()];
        let json = rows(Format::Jsonl, &article, Shown::quotations(&findings), &kept);
        assert_eq!(json.len(), 4);
        let row: Value = serde_json::from_str(&json[1]).unwrap();
        assert_eq!(row["quotation"], "=Never.");
        assert_eq!((&row["n"], &row["statement"], &row["confidence"]), (&json!(2), &json!(2), &json!(0.9)));
        assert_eq!((&row["input_id"], &row["input_tags"]), (&json!("7\t\u{1b}"), &json!("[\"a\",1.10]")));
        assert_eq!((&row["corrected"], &row["error"]), (&json!(false), &Value::Null));
        let names: Vec<_> =
            COLUMNS.iter().map(|name| (*name).to_owned()).chain(keep.clone().map(|k| format!("input_{k}"))).collect();
        assert_eq!(header(&keep).trim_end(), names.join(","));
        let at: Vec<_> = names.iter().map(|name| json[1].find(&format!("\"{name}\":")).unwrap()).collect();
        assert!(at.is_sorted(), "{}", json[1]);
        let csv = rows(Format::Csv, &article, Shown::quotations(&findings), &kept);
        assert!(csv[1].contains(",=Never.,speech,Zoë Okafor,engineer,,Zoë Okafor,said,0.9,false,"), "{}", csv[1]);
        assert!(csv[1].ends_with(",news/bridge.txt,,7\t\u{1b},\"[\"\"a\"\",1.10]\"\n"), "{}", csv[1]);
    }

    #[test]
    fn context_joins_the_quotation_and_stays_in_its_paragraph() {
        let (before, after) = ("Many words stand here. ".repeat(9), " and more of them é".repeat(9));
        let mut builder = BodyBuilder::new("Headline");
        builder.push(ParagraphKind::Prose, &format!("{before}“Go.”{after}")).push(ParagraphKind::Prose, "“No.”");
        let body = builder.build();
        let text = body.text();
        for words in ["Go.", "No."] {
            let start = text.find(words).unwrap();
            let (before, after) = around(&body, Span::new(start, start + words.len()));
            assert!(text.contains(&format!("{before}{words}{after}")));
            assert!(before.chars().count() <= CONTEXT && after.chars().count() <= CONTEXT);
            assert!(!before.contains('\n') && !after.contains('\n'));
        }
        let start = text.find("Go.").unwrap();
        let (before, after) = around(&body, Span::new(start, start + 3));
        assert_eq!(before, "stand here. Many words stand here. Many words stand here. “");
        assert!(after.starts_with("” and more of them é and") && !after.ends_with(' '), "{after}");
        let start = text.find("No.").unwrap();
        assert_eq!(around(&body, Span::new(start, start + 3)), ("“", "”"));
    }

    #[test]
    fn what_is_no_article_has_its_error_and_what_is_kept() {
        let row =
            refused(Format::Jsonl, &Origin::Input, "has no article text", &[("id", &KeptValue::Text("x".to_owned()))]);
        let row: Value = serde_json::from_str(&row).unwrap();
        assert_eq!(
            (&row["path"], &row["error"], &row["input_id"]),
            (&json!("-"), &json!("has no article text"), &json!("x"))
        );
        assert!(row["article_id"].is_null() && row["quotation"].is_null());
    }
}
