//! A whole article on its way out: text to be read, Markdown with front matter, or JSON.

use std::fmt::Write;

use super::article_markdown;
use super::json::{json, json_lines};
use super::line_starts::{LineStart, LineStarts};
use super::table::wrapped;
use super::{Format, schema};
use crate::article::{Article, Origin, Paragraph, ParagraphKind};
use crate::quotes::Findings;
use crate::text::clean_line;

/// The formats for the file of an article, the usual one first: what a person calls it, and what it is like.
pub const ARTICLE_FORMATS: [(Format, &str, &str); 3] = [
    (Format::Markdown, "Markdown", "headline, text and links, below front matter"),
    (Format::Text, "text", "as it is read"),
    (Format::Json, "JSON", "for programs: one object, with quotations and speakers"),
];

/// What stands before a definition.
const DEFINITION: &str = "    ";

impl Format {
    /// Returns an article as the whole of a file. `tags` are those of the user; `width` is that of the terminal, in cells,
    /// where the output is one.
    pub fn article(self, article: &Article, findings: &Findings, tags: &[&str], width: Option<usize>) -> String {
        match self {
            Self::Json => json_lines(&whole(article, findings)) + "\n",
            Self::Jsonl => json(&whole(article, findings)) + "\n",
            Self::Markdown => front_matter(article, tags) + &article_markdown::of(&article.body, paragraphs(article)),
            Self::Text | Self::Table | Self::Csv | Self::Brat | Self::Footnotes => text(article, width),
        }
    }
}

impl Format {
    /// What stands between two articles that go out together: a form feed between texts, where a pager or a printer begins a
    /// page; an empty line above the front matter of Markdown, which is where pandoc reads it; nothing between lines of JSON.
    pub const fn between_articles(self) -> &'static str {
        match self {
            Self::Json | Self::Jsonl => "",
            Self::Markdown => "\n",
            Self::Text | Self::Table | Self::Csv | Self::Brat | Self::Footnotes => "\x0c\n",
        }
    }
}

/// An article with its quotations, and what each paragraph is.
fn whole<'a>(article: &'a Article, findings: &'a Findings) -> schema::FindingsRecord<'a> {
    let mut record = schema::findings(article, findings);
    record.add_blocks(article);
    record
}

/// The paragraphs that are read: a headline that was made from the first words is left out where they follow.
fn paragraphs(article: &Article) -> &[Paragraph] {
    let all = article.body.paragraphs();
    let is_twice = article.told().len() < article.body.text().len();
    if is_twice { all.get(1..).unwrap_or_default() } else { all }
}

/// Whether nothing stands between two paragraphs: items of a list, rows of a table, a quotation and whose it is.
const fn are_close(above: &Paragraph, below: &Paragraph) -> bool {
    use ParagraphKind as K;
    match (above.kind, below.kind) {
        (K::ListItem, K::ListItem) => below.shape.marker.is_some() || below.shape.nesting.depth() == 0,
        (K::TableRow, K::TableRow) | (K::Preformatted, K::Preformatted) => !below.shape.begins,
        (K::BlockQuotation, K::Citation) | (K::Term | K::Definition, K::Definition) => true,
        _ => false,
    }
}

fn text(article: &Article, width: Option<usize>) -> String {
    let mut out = String::new();
    let mut starts = LineStarts::default();
    let mut last: Option<&Paragraph> = None;
    for paragraph in paragraphs(article) {
        let LineStart { mut first, mut rest, above, .. } = starts.next(paragraph);
        if let Some(last) = last {
            let empty = format!("{}\n", above.trim_end());
            out.push('\n');
            if !are_close(last, paragraph) {
                out.push_str(&empty);
            }
            (0..paragraph.shape.blank_lines).for_each(|_| out.push_str(&empty));
            if paragraph.shape.rule_above {
                out.push_str(&[above.as_str(), "---\n", &empty].concat());
            }
        }
        if paragraph.kind == ParagraphKind::Definition {
            (first, rest) = (first + DEFINITION, rest + DEFINITION);
        }
        let words = article.body.words(paragraph.span);
        match width.filter(|_| paragraph.kind != ParagraphKind::Preformatted) {
            Some(width) => out.push_str(&wrapped(words, width, &first, &rest)),
            None => out.push_str(&(first + words)),
        }
        if last.is_none() {
            out.push_str(&imprint(article, width));
        }
        last = Some(paragraph);
    }
    for enclosure in &article.enclosures {
        // Text into memory: nothing in it can fail.
        let _ = write!(out, "\n\n[{}]\n{}", enclosure.with_name(), enclosure.url);
    }
    out.push('\n');
    out
}

/// When, where and by whom, and the address or the file: a line each below the headline.
fn imprint(article: &Article, width: Option<usize>) -> String {
    let date = Some(article.dates.in_words("%-d %B %Y"));
    let parts = [date, article.publisher.clone(), article.byline.clone()];
    let facts = parts.into_iter().flatten().collect::<Vec<_>>().join(" · ");
    let facts = width.map_or(facts.clone(), |width| wrapped(&facts, width, "", ""));
    place(article).map_or(format!("\n{facts}"), |place| format!("\n{facts}\n{place}"))
}

/// Where it stands: its address, else where it was found.
fn place(article: &Article) -> Option<String> {
    let found = || (article.origin != Origin::Unknown).then(|| article.origin.to_string());
    article.url.clone().or_else(found).map(|place| clean_line(&place))
}

/// What is known of it, as YAML between two lines `---`.
fn front_matter(article: &Article, tags: &[&str]) -> String {
    let mut out = "---\n".to_owned();
    let published = article.dates.published.map(|published| published.to_string());
    let fields = [
        ("title", Some(article.headline().to_owned())),
        ("author", article.byline.clone()),
        ("source", article.publisher.clone()),
        ("url", article.url.clone()),
    ];
    // Strings of JSON are strings of YAML (YAML 1.2, 1.3).
    for (name, value) in fields.into_iter().filter_map(|(name, value)| Some((name, value?))) {
        // Text into memory: nothing in it can fail.
        let _ = writeln!(out, "{name}: {}", json(&value));
        if name == "title"
            && let Some(date) = &published
        {
            let _ = writeln!(out, "date: {date}");
        }
    }
    let mut all: Vec<&str> = article.tags.iter().map(String::as_str).collect();
    all.extend(tags.iter().filter(|tag| !article.tags.iter().any(|topic| topic == *tag)));
    if !all.is_empty() {
        let all: Vec<_> = all.iter().map(json).collect();
        let _ = writeln!(out, "tags: [{}]", all.join(", "));
    }
    if !article.enclosures.is_empty() {
        let all: Vec<_> = article.enclosures.iter().map(|enclosure| json(&enclosure.url)).collect();
        let _ = writeln!(out, "enclosures: [{}]", all.join(", "));
    }
    out + "---\n\n"
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::BodyBuilder;
    use crate::export::{Shown, fixture};
    use crate::text::Span;

    fn article() -> (Article, Findings) {
        let (mut article, findings) = fixture::article();
        let mut builder = BodyBuilder::new("Harbour *closed*: “why\\how”");
        builder
            .push_with_dateline(ParagraphKind::Prose, "ELLERY (Wire) — ", "The plan [1] is out.")
            .link(Span::new(4, 8), "https://coast.example/a plan>")
            .push(ParagraphKind::Heading, "What is known")
            .push(ParagraphKind::ListItem, "- one")
            .push(ParagraphKind::ListItem, "two")
            .push(ParagraphKind::BlockQuotation, "It is shut.")
            .push(ParagraphKind::Citation, "— Ann Roe, mayor")
            .push(ParagraphKind::Prose, "1987. A year.");
        article = Article { dates: article.dates, publisher: article.publisher, ..Article::new(builder.build()) };
        article.byline = Some("Jane \"J\" Doe".to_owned());
        article.tags = vec!["harbour".to_owned()];
        (article.at("https://coast.example/bridge"), findings)
    }

    #[test]
    fn text_is_what_is_read() {
        let (article, findings) = article();
        assert_eq!(
            Format::Text.article(&article, &findings, &[], None),
            "Harbour *closed*: “why\\how”\n14 March 2026 · Coast Wire · Jane \"J\" Doe\nhttps://coast.example/bridge\n\n\
             ELLERY (Wire) — The plan [1] is out.\n\nWhat is known\n\n- - one\n- two\n\n> It is shut.\n> — Ann Roe, mayor\n\n\
             1987. A year.\n"
        );
        let narrow = Format::Text.article(&article, &findings, &[], Some(30));
        assert!(narrow.contains("\nELLERY (Wire) — The plan [1]\nis out.\n"), "{narrow}");
        assert!(narrow.lines().all(|line| crate::text::cells(line) <= 30), "{narrow}");
    }

    #[test]
    fn markdown_has_front_matter_links_and_no_other_markup_of_the_text() {
        let (article, findings) = article();
        assert_eq!(
            Format::Markdown.article(&article, &findings, &["to call", "harbour"], None),
            "---\ntitle: \"Harbour *closed*: “why\\\\how”\"\ndate: 2026-03-14\nauthor: \"Jane \\\"J\\\" Doe\"\n\
             source: \"Coast Wire\"\nurl: \"https://coast.example/bridge\"\ntags: [\"harbour\", \"to call\"]\n---\n\n\
             # Harbour \\*closed\\*: “why\\\\how”\n\n\
             ELLERY (Wire) — The [plan](<https://coast.example/a%20plan%3E>) \\[1\\] is out.\n\n## What is known\n\n\
             - \\- one\n- two\n\n> It is shut.\n>\n> — Ann Roe, mayor\n\n1987\\. A year.\n"
        );
    }

    #[test]
    fn headline_that_was_made_of_the_first_words_is_left_out() {
        let mut builder = BodyBuilder::under(ParagraphKind::Excerpt, "The bridge…");
        builder.push(ParagraphKind::Prose, "The bridge is shut.");
        let article = Article::new(builder.build());
        let written = Format::Text.article(&article, &Findings::default(), &[], None);
        assert_eq!(written, "The bridge is shut.\nno date\n");
        let written = Format::Markdown.article(&article, &Findings::default(), &[], None);
        assert_eq!(written, "---\ntitle: \"The bridge…\"\n---\n\nThe bridge is shut.\n");
    }

    #[test]
    fn json_is_the_record_of_quotes() {
        let (article, findings) = fixture::article();
        let one: serde_json::Value =
            serde_json::from_str(&Format::Json.article(&article, &findings, &[], None)).unwrap();
        let mut other: serde_json::Value =
            serde_json::from_str(&Format::Jsonl.quotations(&article, Shown::quotations(&findings), None).unwrap())
                .unwrap();
        other["blocks"] = one["blocks"].clone();
        assert_eq!(one, other);
        assert_eq!(one["blocks"].as_array().map(Vec::len), Some(article.body.paragraphs().len()));
        let line = Format::Jsonl.article(&article, &findings, &[], None);
        assert_eq!(line.lines().count(), 1);
        assert_eq!(serde_json::from_str::<serde_json::Value>(&line).unwrap(), one);
    }
}
