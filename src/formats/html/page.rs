//! Web pages: the article is found on its page, and its metadata beside it.

use std::panic::{self, AssertUnwindSafe};

use dom_smoothie::{Config, Readability};

use super::citations;
use super::metadata::Metadata;
use super::{TableText, blocks, guard, text_or_markup, with_quotation_marks};
use crate::formats::date::line::{self, Beside};
use crate::formats::draft::Draft;
use crate::formats::{Hint, ParseError, address_date};

/// How few words of prose a page with an article has.
const FEWEST_WORDS: usize = 25;

/// The same where the page says that it is an article: a sentence.
const FEWEST_WORDS_SAID: usize = 8;

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
    // What no tree may be made of is read as it stands, with all that stands around the article.
    let extracted = if guard::allows(html) { extracted(html) } else { None };
    let mut article = match extracted {
        Some(article) => blocks(&article, base, TableText::Rows),
        None => blocks(html, base, TableText::Rows),
    };
    let stated = metadata.text().map(|text| text_or_markup(text, base, None)).unwrap_or_default();
    let (mut words, stated_words) = (article.words_of_prose(), stated.words_of_prose());
    if stated_words > words * 2 {
        (article, words) = (stated, stated_words);
    }
    let is_list_of_links = article.linked() * 2 > article.text().len();
    let fewest = if metadata.says_article() { FEWEST_WORDS_SAID } else { FEWEST_WORDS };
    if words < fewest || is_list_of_links {
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

/// The markup of the article alone.
fn extracted(html: &str) -> Option<String> {
    let config = Config {
        max_elements_to_parse: guard::MOST_ELEMENTS * 2,
        disable_json_ld: true,
        char_threshold: 250,
        ..Config::default()
    };
    let html = citations::with_cites(html);
    // A page that makes a foreign crate fail is read without it.
    let article =
        panic::catch_unwind(AssertUnwindSafe(|| Readability::new(&*html, None, Some(config)).ok()?.parse().ok()));
    article.ok().flatten().map(|article| article.content.to_string())
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
