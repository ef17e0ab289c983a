//! Markdown, with front matter or without.

mod walk;

use std::borrow::Cow;
use std::ops::Range;

use memchr::memmem;
use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

use self::walk::Walk;
use super::blocks::Blocks;
use super::date::lenient::Order;
use super::date::line;
use super::draft::Draft;
use super::html;
use super::line_ends::with_line_feeds;
use super::{Hint, byline, front_matter, record, text_fields};
use crate::article::ParagraphKind;

pub fn read(text: &str, hint: &Hint<'_>) -> Draft {
    let text = with_line_feeds(text);
    let (fields, body) = front_matter::split(text.trim_start_matches(['\u{feff}', '\n']));
    let (listed, body) = text_fields::without_list(body);
    let (stated, listed) = (record::described(&fields), record::described(&listed));
    let draft = Draft {
        headline: Some(stated.headline).filter(|headline| !headline.is_empty()).unwrap_or(listed.headline),
        published: stated.published.or(listed.published),
        byline: stated.byline.or(listed.byline),
        url: stated.url.or(listed.url),
        tags: [stated.tags, listed.tags].concat(),
        publisher: stated.publisher.or(listed.publisher),
        ..Draft::default()
    };
    let base = draft.url.as_deref().or(hint.base_url).and_then(|url| url::Url::parse(url).ok());
    let language = ["lang", "language"].iter().find_map(|name| fields.text(name)).unwrap_or_default();
    let body = with_unclosed_as_text(&body);
    dated(Draft { blocks: blocks(&body, base.as_ref(), &language), ..draft }, Order::of_language(&language))
}

/// The same, with the date and the author of a line at the top that is nothing else, where no field has them.
fn dated(draft: Draft, order: Order) -> Draft {
    /// How many paragraphs are the top, the headline among them.
    const TOP: usize = 3;
    let found = draft.blocks.iter().take(TOP).filter(|paragraph| paragraph.kind == ParagraphKind::Prose).find_map(
        |paragraph| {
            let (published, _) = line::date_of(&paragraph.words, order)?;
            Some((published, byline::after_by(&paragraph.words).and_then(byline::names)))
        },
    );
    let Some((published, names)) = found.filter(|_| draft.published.is_none()) else { return draft };
    Draft { published: Some(published), byline: draft.byline.or(names), ..draft }
}

/// Returns `text` with a backslash before comments, declarations and instructions that begin a line and never end
/// (`CommonMark` 4.6 has them go on to the end of the text): whoever writes so speaks of them, and they hide nothing.
fn with_unclosed_as_text(text: &str) -> Cow<'_, str> {
    /// How often what came to light is looked at again.
    const MOST_ROUNDS: usize = 16;
    const MARKS: [(&str, &[&str]); 4] =
        [("<?", &["?>"]), ("<!--", &["-->", "--!>"]), ("<![CDATA[", &["]]>"]), ("<!", &[">"])];
    let mut text = Cow::Borrowed(text);
    let has = |mark: &[u8], text: &str| memmem::find(text.as_bytes(), mark).is_some();
    if !has(b"<?", &text) && !has(b"<!", &text) {
        return text;
    }
    for _ in 0..MOST_ROUNDS {
        let unclosed = |(event, at): (Event<'_>, Range<usize>)| {
            let block = text.get(at.clone()).filter(|_| event == Event::Start(Tag::HtmlBlock))?.trim_start();
            let (_, ends) = MARKS.iter().find(|(mark, _)| block.starts_with(mark))?;
            (!ends.iter().any(|end| block.contains(end))).then_some(at.end - block.len())
        };
        let places: Vec<usize> = parser(&text).into_offset_iter().filter_map(unclosed).collect();
        if places.is_empty() {
            break;
        }
        let mut escaped = String::with_capacity(text.len() + places.len());
        let mut written = 0;
        for at in places {
            escaped.push_str(&text[written..at]);
            escaped.push('\\');
            written = at;
        }
        escaped.push_str(&text[written..]);
        text = Cow::Owned(escaped);
    }
    text
}

fn blocks<'b>(text: &str, base: Option<&'b url::Url>, language: &'b str) -> Blocks {
    let mut walk = Walk::new(base, language);
    let spoken_of = tags_spoken_of(text);
    let mut marks = quotation_marks(text, &spoken_of, language).into_iter().peekable();
    for (at, event) in events(text, &spoken_of).enumerate() {
        while let Some((_, mark)) = marks.next_if(|(place, _)| place.start == at) {
            walk.text(mark.as_slice().iter().collect::<String>().as_str());
        }
        walk.take(event);
    }
    walk.finish()
}

fn parser(text: &str) -> Parser<'_> {
    let options = Options::ENABLE_TABLES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_DEFINITION_LIST;
    Parser::new_ext(text, options)
}

/// The events of `text`; those of `spoken_of` are text.
fn events<'t>(text: &'t str, spoken_of: &[usize]) -> impl Iterator<Item = Event<'t>> {
    parser(text).enumerate().map(|(at, event)| match event {
        Event::InlineHtml(tag) if spoken_of.binary_search(&at).is_ok() => Event::Text(tag),
        event => event,
    })
}

/// Which events, in their order, are tags in a paragraph or a heading that it speaks of ("Use <b> here"), as in any text
/// that may have markup in it. Comments and the like are never text.
fn tags_spoken_of(text: &str) -> Vec<usize> {
    let mut spoken_of = Vec::new();
    if memchr::memchr(b'<', text.as_bytes()).is_none() {
        return spoken_of;
    }
    // The words of a block, and where in them which event is a tag.
    let (mut words, mut tags) = (String::new(), Vec::new());
    for (at, event) in parser(text).enumerate() {
        match event {
            // What is text already is no tag.
            Event::Text(text) | Event::Code(text) => words.extend(text.chars().map(|c| if c == '<' { ' ' } else { c })),
            Event::SoftBreak | Event::HardBreak => words.push('\n'),
            Event::InlineHtml(tag) => {
                let start = words.len();
                words.push_str(&tag);
                if !tag.starts_with("<!") && !tag.starts_with("<?") {
                    tags.push((at, start..words.len()));
                }
            }
            Event::Start(tag) if is_inline(tag.to_end()) => {}
            Event::End(tag) if is_inline(tag) => {}
            _ => {
                if !tags.is_empty() {
                    let markup = html::markup_in(&words);
                    let is_spoken_of =
                        |place: &Range<usize>| markup.binary_search_by_key(&place.start, |tag| tag.start).is_err();
                    spoken_of.extend(tags.drain(..).filter(|(_, place)| is_spoken_of(place)).map(|(at, _)| at));
                }
                words.clear();
            }
        }
    }
    spoken_of
}

/// The marks of `<q>` that stands in paragraphs, and before which event. What is markup as a whole has its own.
fn quotation_marks(text: &str, spoken_of: &[usize], language: &str) -> Vec<html::Replacement> {
    let mut quotes = html::Quotes::default();
    if memmem::find(text.as_bytes(), b"<q").is_none() && memmem::find(text.as_bytes(), b"<Q").is_none() {
        return Vec::new();
    }
    let mut count = 0;
    for (at, event) in events(text, spoken_of).enumerate() {
        count = at + 1;
        match event {
            Event::Text(words) | Event::Code(words) => quotes.text(&words, at..at + 1),
            Event::SoftBreak | Event::HardBreak => quotes.text(" ", at..at + 1),
            Event::InlineHtml(tag) => match html::Tokens::of(&tag).next() {
                Some(html::HtmlToken::Start { name, attributes, .. }) if name == "q" => {
                    quotes.start(at..at, attributes.get("lang").as_deref().unwrap_or(language));
                }
                Some(html::HtmlToken::End(name)) if name == "q" => quotes.end(at..at),
                _ => {}
            },
            Event::Start(tag) if !is_inline(tag.to_end()) => quotes.start_block(),
            Event::End(tag) if !is_inline(tag) => quotes.end_block(at),
            _ => {}
        }
    }
    quotes.finish(count)
}

/// Whether it stands in a paragraph.
fn is_inline(tag: TagEnd) -> bool {
    matches!(tag, TagEnd::Link | TagEnd::Image | TagEnd::Emphasis | TagEnd::Strong | TagEnd::Strikethrough)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paragraphs_have_kinds_and_links() {
        use ParagraphKind::{BlockQuotation, Heading, ListItem, Preformatted, Prose, TableRow};
        let text = "Intro with *stress*\nand a [link](/plan \"x\").\n\n## Ferries\n\n> “So it is,” she said.\n\n- one\n- two\n\n  more\n\n\
            ![not words](x.png)\n\n| Line | Fare |\n|--|--|\n| Ellery | 2 |\n\n```\na  b\nc\n```\n\n<div>Boxed<script>x</script></div>\n\nAT&amp;T <b>bold</b>";
        let base = url::Url::parse("https://coast.example/").unwrap();
        let blocks = blocks(text, Some(&base), "");
        let all: Vec<_> = blocks.iter().map(|p| (p.kind, p.words.into_owned(), p.links.len())).collect();
        let expected = [
            (Prose, "Intro with stress and a link.", 1),
            (Heading, "Ferries", 0),
            (BlockQuotation, "“So it is,” she said.", 0),
            (ListItem, "one", 0),
            (ListItem, "two", 0),
            (ListItem, "more", 0),
            (TableRow, "Line · Fare", 0),
            (TableRow, "Ellery · 2", 0),
            (Preformatted, "a  b", 0),
            (Preformatted, "c", 0),
            (Prose, "Boxed", 0),
            (Prose, "AT&T bold", 0),
        ];
        assert_eq!(all, expected.map(|(kind, words, links)| (kind, words.to_owned(), links)));
    }

    #[test]
    fn tags_that_a_text_speaks_of_stay() {
        for (text, expected) in [
            ("# Use <a> and <b> tags\n\nIt is so.", "Use <a> and <b> tags\nIt is so."),
            (
                "Use <a> and\n<b> tags\n===\n\nAll of <b> and <video>, `<i>`.",
                "Use <a> and <b> tags\nAll of <b> and <video>, <i>.",
            ),
            ("# A\n\nThe <q> element, a Vec<T>, not <!-- seen -->.", "A\nThe <q> element, a Vec<T>, not ."),
            ("# A *<b>big</b>* one<br>two\n\nH<sub>2</sub>O is <a href='x'>w*et*</a>.", "A big one two\nH2O is wet."),
            ("# A\n\nHe said <q lang=de>Nein</q> and <q>so</q>.", "A\nHe said „Nein“ and “so”."),
            ("# A\n\n> - Use <b>\n> - or </b> `x`", "A\nUse <b>\nor </b> x"),
        ] {
            assert_eq!(read(text, &Hint::default()).finish().unwrap().body.text(), expected);
        }
    }

    #[test]
    fn what_never_ends_hides_nothing() {
        for (text, expected) in [
            (
                "# A\n\n<?php is the tag of *scripts*.\n\n<? and <!-- too.\n\n“It is old,” said Ann Holt.",
                "A\n<?php is the tag of scripts.\n<? and <!-- too.\n“It is old,” said Ann Holt.",
            ),
            ("A\n\n<!-- is how a comment begins.\n\n    <?php\n\nB", "A\n<!-- is how a comment begins.\n<?php\nB"),
            ("A\n\n> <!DOCTYPE is old\n\n- <![CDATA[ too\n\nB", "A\n<!DOCTYPE is old\n<![CDATA[ too\nB"),
            ("A\n\n<?php echo 1; ?>\n\n<!-- x\n\ny -->\n\n<!X>\n\nB", "A\nB"),
        ] {
            assert_eq!(read(text, &Hint::default()).finish().unwrap().body.text(), expected);
        }
        let many = "<?a\n\n".repeat(2_000);
        assert!(read(&many, &Hint::default()).finish().is_some());
    }

    #[test]
    fn lines_may_end_in_carriage_returns() {
        let text = "---\rtitle: Bridge\r---\rIt is closed.\r\rSo it is.";
        let article = read(text, &Hint::default()).finish().unwrap();
        assert_eq!((article.headline(), article.body.text()), ("Bridge", "Bridge\nIt is closed.\nSo it is."));
    }

    #[test]
    fn numbers_of_windows_characters_are_letters() {
        let article =
            read("# It&#146;s\n\nHe said &#147;No&#148; &#150; &#128;5 &scaron;.", &Hint::default()).finish().unwrap();
        assert_eq!(article.body.text(), "It’s\nHe said “No” – €5 š.");
    }

    #[test]
    fn line_of_a_date_at_the_top_dates_it() {
        for (text, day, byline) in [
            ("Bridge closed\n===\n\n*By Jane Doe, 14 March 2026*\n\nIt is.", Some("2026-03-14"), Some("Jane Doe")),
            ("# Bridge closed\n\n14 March 2026\n\nIt is.", Some("2026-03-14"), None),
            ("# Bridge closed\n\nPublished 14 March 2026, updated 15 March 2026\n\nIt is.", Some("2026-03-14"), None),
            ("# Bridge closed\n\nUpdated 15 March 2026\n\nIt is.", None, None),
            ("# Bridge closed\n\nIt closed on 14 March 2026.\n\nIt is.", None, None),
            ("# Bridge closed\n\nApply by 14 March 2026\n\nIt is.", None, None),
        ] {
            let article = read(text, &Hint::default()).finish().unwrap();
            let date = article.dates.published.map(|at| at.to_string());
            assert_eq!((date.as_deref(), article.byline.as_deref()), (day, byline), "{text}");
        }
    }

    #[test]
    fn first_heading_is_the_headline_without_a_title() {
        let article = read("# Bridge *closed*\n\nIt is closed.", &Hint::default()).finish().unwrap();
        assert_eq!(article.body.text(), "Bridge closed\nIt is closed.");
        let article =
            read("---\ntitle: Bridge\nauthor: Jane\n---\n# Bridge\n\nIt is.", &Hint::default()).finish().unwrap();
        assert_eq!((article.body.text(), article.byline.as_deref()), ("Bridge\nIt is.", Some("Jane")));
    }
}
