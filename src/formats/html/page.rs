//! Web pages: the article is found on its page, and its metadata beside it.

use super::metadata::Metadata;
use super::site::{self, Selected};
use super::{TableText, blocks, extraction, text_or_markup, with_quotation_marks};
use crate::article::SiteRule;
use crate::formats::blocks::Blocks;
use crate::formats::date::line::{self, Beside};
use crate::formats::draft::Draft;
use crate::formats::{Hint, ParseError, address_date};
use crate::text::word_count;

/// How few words of prose a page with an article has.
const FEWEST_WORDS: usize = 25;

/// The same of words of any kind where the page says that it is an article: a sentence, in headings maybe. Of one that also
/// says from when it is any word will do, also one that leads elsewhere: a roll of links, a document.
const FEWEST_WORDS_SAID: usize = 8;

/// How few words a text has that the page states for machines, to count against what it shows; and how much of it the page
/// must show, of 1, to be taken for showing its article.
const FEWEST_STATED: usize = 60;
const LEAST_SHOWN: f32 = 0.2;

/// Among how many paragraphs from the top the line of the date may stand.
const TOP: usize = 3;

/// Where the text of an article on a page was taken from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TextSource {
    /// What the page shows.
    Shown,
    /// What it states for machines, in JSON-LD.
    Stated,
    /// The elements that a rule of the user names.
    Rule,
}

/// How the article on a page is found.
#[derive(Debug)]
pub struct PageExplanation {
    /// The rule for the page, with what it finds.
    pub rule: Option<(SiteRule, Selected)>,
    /// Where the text comes from.
    pub source: TextSource,
    /// What was found in what the page shows; none where nothing was, or a rule says where the article is.
    pub found: Option<extraction::Explanation>,
    /// Why there is no article.
    pub error: Option<ParseError>,
}

/// Reads the article on a page. `language` is that of the text, where known; what the page says counts more.
///
/// # Errors
///
/// When there is none: no prose, or hardly any that does not lead elsewhere.
pub fn read(html: &str, language: Option<&str>, hint: &Hint<'_>) -> Result<Draft, ParseError> {
    let mut draft = Page::of(&with_quotation_marks(html, language), hint).read(hint).1?;
    for html in hint.further {
        let html = with_quotation_marks(html, language);
        // What it states for machines is the whole article, on each of its pages.
        let page = Page { stated_words: 0, ..Page::of(&html, hint) };
        if let Ok(more) = page.read(hint).1 {
            append_page(&mut draft, more);
        }
    }
    Ok(draft)
}

/// Adds the paragraphs of a further page. What begins both, as its lead does, stands above already; what ends both, a note on the
/// author, stands at the end.
fn append_page(draft: &mut Draft, more: Draft) {
    /// How many are compared at either end.
    const MOST: usize = 100;
    fn words(blocks: &Blocks) -> Vec<String> {
        blocks.iter().map(|paragraph| paragraph.words.into_owned()).collect()
    }
    let begins_with =
        |blocks: &Blocks, headline: &str| blocks.iter().next().is_some_and(|first| first.words == *headline);
    let (blocks, mut further) = (&mut draft.blocks, more.blocks);
    // The headline says which page it is.
    if begins_with(&further, &more.headline) {
        further.remove(0);
    }
    let first = usize::from(begins_with(blocks, &draft.headline));
    let (above, below) = (words(blocks), words(&further));
    let above = &above[first..];
    let shared = above.iter().zip(&below).take(MOST).take_while(|(one, other)| one == other).count();
    let (above, below) = (&above[shared..], &below[shared..]);
    let last = above.iter().rev().zip(below.iter().rev()).take(MOST).take_while(|(one, other)| one == other).count();
    (0..shared).for_each(|_| further.remove(0));
    (0..last).for_each(|_| blocks.remove(first + shared + above.len() - last));
    blocks.append(further);
}

/// Tells how [`read`] finds the article.
pub fn explain(html: &str, hint: &Hint<'_>) -> PageExplanation {
    let html = with_quotation_marks(html, None);
    let page = Page::of(&html, hint);
    let (source, article) = page.read(hint);
    let found = || extraction::explained(page.shown(), &page.metadata.titles(), page.stated_text());
    PageExplanation {
        source,
        error: article.and_then(|draft| draft.finish().ok_or(ParseError::Empty)).err(),
        found: if page.selected.markup.is_empty() { found() } else { None },
        rule: page.rule.cloned().map(|rule| (rule, page.selected)),
    }
}

/// A page with what it says of its article.
struct Page<'h> {
    /// Quotation marks of `<q>` are text: they are written once for the whole page, as what is taken out of it no longer says in
    /// which language it is.
    html: &'h str,
    metadata: Metadata,
    /// The text that it states for machines, and how many words of prose that has.
    stated: Blocks,
    stated_words: usize,
    rule: Option<&'h SiteRule>,
    selected: Selected,
}

impl<'h> Page<'h> {
    fn of(html: &'h str, hint: &Hint<'h>) -> Self {
        let metadata = Metadata::of(html, hint.base_url);
        let stated = metadata.text().map(|text| text_or_markup(text, metadata.base.as_ref(), None)).unwrap_or_default();
        let address = hint.base_url.map(str::to_owned).or_else(|| metadata.address());
        let rule = address.and_then(|address| hint.sites.iter().find(|rule| rule.covers(&address)));
        let selected = rule.map(|rule| site::apply(rule, html)).unwrap_or_default();
        Self { stated_words: stated.words_of_prose(), html, metadata, stated, rule, selected }
    }

    /// The page without what a rule removes.
    fn shown(&self) -> &str {
        if self.selected.rest.is_empty() { self.html } else { &self.selected.rest }
    }

    /// The text that it states, where that is long enough to say something of what it shows.
    fn stated_text(&self) -> Option<&str> {
        (self.stated_words >= FEWEST_STATED).then(|| self.stated.text())
    }

    /// The article, and where its text comes from.
    fn read(&self, hint: &Hint<'_>) -> (TextSource, Result<Draft, ParseError>) {
        let base = self.metadata.base.as_ref();
        if !self.selected.markup.is_empty() {
            let article = blocks(&self.selected.markup, base, TableText::Rows);
            let read = if article.is_empty() { Err(ParseError::Empty) } else { Ok(self.draft(article, hint)) };
            return (TextSource::Rule, read);
        }
        let found = extraction::found(self.shown(), &self.metadata.titles(), self.stated_text());
        // A page on which nothing is found is read as it stands, to tell what it is.
        let markup = if found.markup.is_empty() { self.shown() } else { &found.markup };
        let article = blocks(markup, base, TableText::Rows);
        let words = article.words_of_prose();
        // What the page shows may be anything else than its article: a notice of cookies, an offer.
        let is_other = found.share_of_stated < LEAST_SHOWN && self.stated_words >= FEWEST_STATED;
        if self.stated_words > words * 2 || is_other && self.stated_words * 2 > words {
            (TextSource::Stated, self.checked(self.stated.clone(), hint))
        } else {
            (TextSource::Shown, self.checked(article, hint))
        }
    }

    /// The article, if these paragraphs are one.
    fn checked(&self, article: Blocks, hint: &Hint<'_>) -> Result<Draft, ParseError> {
        // The headline alone is none.
        let words = || {
            let headline = self.metadata.headline();
            let below = article.iter().filter(|paragraph| paragraph.words.trim() != headline);
            below.map(|paragraph| word_count(&paragraph.words)).sum::<usize>()
        };
        let is_linked = |tenths| article.linked() * 10 > article.text().len() * tenths;
        let is_none = if !self.metadata.says_article() {
            !article.has_words_of_prose(FEWEST_WORDS) || is_linked(5)
        } else if article.has_words_of_prose(FEWEST_WORDS) && !is_linked(9) {
            // Nearly all: neither their date nor their headline is looked for twice.
            false
        } else if self.metadata.published().is_none() {
            words() < FEWEST_WORDS_SAID || is_linked(9)
        } else {
            words() == 0
        };
        if is_none {
            return Err(if article.is_empty() { ParseError::Empty } else { ParseError::NoArticle });
        }
        Ok(self.draft(article, hint))
    }

    /// Whether the paragraphs of an article for subscribers are its beginning alone. Many pages hold it whole, and hide it.
    fn is_beginning(&self, article: &Blocks) -> bool {
        /// How few words a whole article has that does not say how many it has.
        const FEWEST: usize = 150;
        let words: usize = article.iter().map(|paragraph| word_count(&paragraph.words)).sum();
        self.metadata.words().map_or(words < FEWEST, |all| words * 3 < all * 2)
    }

    /// The article of these paragraphs, with what the page says of it.
    fn draft(&self, mut article: Blocks, hint: &Hint<'_>) -> Draft {
        let metadata = &self.metadata;
        let url = metadata.address().or_else(|| hint.base_url.map(str::to_owned));
        let in_address = || url.as_deref().is_some_and(|url| address_date::day(url).is_some());
        let published = metadata.published().or_else(|| if in_address() { None } else { metadata.shown_date() });
        // What is shown in the head of the article is no paragraph of it.
        let is_date = |words: &str| {
            let date = line::date_of(words, metadata.order()).filter(|(_, beside)| *beside == Beside::Nothing);
            date.is_some_and(|(date, _)| published.is_some_and(|published| published.day == date.day))
        };
        let dated = article.iter().take(TOP).position(|paragraph| is_date(&paragraph.words));
        if let Some(at) = dated {
            article.remove(at);
        }
        Draft {
            headline: self.selected.headline.clone().unwrap_or_else(|| metadata.headline()),
            published,
            publisher: metadata.site_name(),
            byline: metadata.byline(),
            url,
            tags: metadata.tags(),
            is_summary: metadata.is_locked() && self.is_beginning(&article),
            lead_picture: metadata.picture(),
            blocks: article,
            ..Draft::default()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn entries_of_a_live_blog_are_read_where_the_page_does_not_show_them() {
        let sentence =
            "The old harbour bridge will close for a year, the harbour master said on Sunday at noon. ".repeat(2);
        let update = |clock: &str, headline: &str, body: &str| {
            format!(
                r#"{{"@type": "BlogPosting", "datePublished": "2026-11-22T{clock}:00Z", "headline": "{headline}", "articleBody": "{body}"}}"#
            )
        };
        let updates = [
            update("10:05", "Bridge & ferry", &format!("{sentence}\\nIt is <5 degrees.")),
            update("09:30", "", &format!("<p>“It is tired,” said Ines Okafor.</p><ul><li>{sentence}</li></ul>")),
        ];
        let json = format!(
            r#"{{"@type": "LiveBlogPosting", "headline": "Bridge live", "liveBlogUpdate": [{}]}}"#,
            updates.join(",")
        );
        let page = format!(
            "<script type='application/ld+json'>{json}</script><article><h1>Bridge live</h1><p>What is known so far.</p></article>"
        );
        let article = read(&page, None, &Hint::default()).unwrap().finish().unwrap();
        let lines: Vec<&str> = article.body.text().lines().collect();
        assert_eq!(lines[..2], ["Bridge live", "10:05 Bridge & ferry"]);
        assert_eq!(lines[3..6], ["It is <5 degrees.", "09:30", "“It is tired,” said Ines Okafor."]);
        assert_eq!(lines.len(), 7);
    }

    #[test]
    fn beginning_of_an_article_for_subscribers_is_a_summary() {
        let sentence = "The old harbour bridge will close for a year, the harbour master said on Sunday. ";
        let locked = r#""isAccessibleForFree": "False""#;
        let part = r#""isAccessibleForFree": false, "hasPart": {"isAccessibleForFree": false, "cssSelector": ".paid"}"#;
        for (said, times, is_summary) in [
            (locked, 3, true),
            (part, 3, true),
            (r#""hasPart": [{"isAccessibleForFree": "http://schema.org/False"}]"#, 3, true),
            (locked, 20, false),
            (r#""isAccessibleForFree": "False", "wordCount": 900"#, 20, true),
            (r#""isAccessibleForFree": "False", "wordCount": "50""#, 3, false),
            (r#""isAccessibleForFree": true"#, 3, false),
            (r#""name": "x""#, 3, false),
        ] {
            let json = format!(r#"{{"@type": "NewsArticle", "headline": "Bridge closes", {said}}}"#);
            let page = format!(
                "<script type='application/ld+json'>{json}</script><article><h1>Bridge closes</h1><p>{}</p></article>",
                sentence.repeat(times)
            );
            let article = read(&page, None, &Hint::default()).unwrap().finish().unwrap();
            assert_eq!(article.is_summary, is_summary, "{said} {times}");
        }
    }

    #[test]
    fn line_of_the_date_is_no_paragraph() {
        let text = "The old harbour bridge will close for a year, the harbour master said on Sunday. ".repeat(4);
        for (line, is_kept) in [
            ("22 November 2026", false),
            ("Published: Sunday, 22 November 2026, 10:05", false),
            ("Port Ellery, 22 November 2026", true),
            ("By Jane Doe, 22 November 2026", true),
            ("Apply by 22 November 2026", true),
        ] {
            let page = format!(
                "<article><h1>Bridge closes</h1><p>{line}</p><p><a href=/x>So</a> {text}</p><p>{text}</p></article>"
            );
            let article = read(&page, None, &Hint::default()).unwrap().finish().unwrap();
            assert_eq!(article.body.text().contains("22 November"), is_kept, "{line}");
            assert_eq!(article.dates.published.is_some(), !line.starts_with("Apply"), "{line}");
            assert!(article.body.text().contains("So The old harbour"), "{line}");
        }
    }
}
