//! Web pages: the article is found on its page, and its metadata beside it.

use super::metadata::Metadata;
use super::{TableText, blocks, extraction, text_or_markup, with_quotation_marks};
use crate::formats::date::line::{self, Beside};
use crate::formats::draft::Draft;
use crate::formats::{Hint, ParseError, address_date};

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

/// Reads the article on a page. `language` is that of the text, where known; what the page says counts more.
///
/// # Errors
///
/// When there is none: no prose, or hardly any that does not lead elsewhere.
pub fn read(html: &str, language: Option<&str>, hint: &Hint<'_>) -> Result<Draft, ParseError> {
    // Once for the whole page: what is taken out of it no longer says in which language it is.
    let html = &*with_quotation_marks(html, language);
    let metadata = Metadata::of(html, hint.base_url);
    let base = metadata.base.as_ref();
    let stated = metadata.text().map(|text| text_or_markup(text, base, None)).unwrap_or_default();
    let stated_words = stated.words_of_prose();
    let found = extraction::found(html, &metadata.titles(), (stated_words >= FEWEST_STATED).then(|| stated.text()));
    // A page on which nothing is found is read as it stands, to tell what it is.
    let markup = if found.markup.is_empty() { html } else { &found.markup };
    let mut article = blocks(markup, base, TableText::Rows);
    let mut words = article.words_of_prose();
    // What the page shows may be anything else than its article: a notice of cookies, an offer.
    let shows_other = found.share_of_stated < LEAST_SHOWN && stated_words >= FEWEST_STATED && stated_words * 2 > words;
    if stated_words > words * 2 || shows_other {
        (article, words) = (stated, stated_words);
    }
    let is_linked = |tenths| article.linked() * 10 > article.text().len() * tenths;
    let is_none = if !metadata.says_article() {
        words < FEWEST_WORDS || is_linked(5)
    } else if metadata.published().is_none() {
        article.words() < FEWEST_WORDS_SAID || is_linked(9)
    } else {
        article.is_empty()
    };
    if is_none {
        return Err(if article.is_empty() { ParseError::Empty } else { ParseError::NoArticle });
    }
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
    Ok(Draft {
        headline: metadata.headline(),
        published,
        publisher: metadata.site_name(),
        byline: metadata.byline(),
        url,
        tags: metadata.tags(),
        blocks: article,
        ..Draft::default()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

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
