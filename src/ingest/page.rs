//! The article of a page on the web, with the further pages that it goes on over, or from a plainer version of its page.

use std::collections::HashSet;

use crate::article::{Article, InputRules, Origin};
use crate::fetch::{self, FetchedPage};
use crate::formats::ParseError;
use crate::text::fold;

/// Over how many pages an article is followed, the first among them.
const MOST_PAGES: u32 = 10;

/// How few characters a headline has that is compared with another that goes on behind it ("Bridge closes – page 2").
const SHORTEST_HEADLINE: usize = 8;

/// Fetches what lies at an address, within the limits and with the rights of the first page.
pub(super) type GetPage<'g> = &'g dyn Fn(&str) -> Result<FetchedPage, fetch::Error>;

/// The articles that a page holds by these rules, and why it holds none.
///
/// One that is cut into several pages is joined. Where a further page does not come, or there are more than ten, the article counts as no
/// more than a summary of what lies at its address. A page without an article is read in the version for phones or for
/// printing that it names.
pub(super) fn articles(get: GetPage<'_>, page: &FetchedPage, rules: &InputRules) -> Vec<Result<Article, ParseError>> {
    let read = fetch::articles(page, &[], rules);
    match read.as_slice() {
        [Ok(first)] => match further_pages(get, page, first, rules) {
            (pages, true) if pages.is_empty() => read,
            (pages, is_whole) => {
                let joined = fetch::articles(page, &pages, rules).into_iter();
                joined.map(|read| Ok(Article { is_summary: !is_whole, ..read? })).collect()
            }
        },
        [Err(ParseError::NoArticle | ParseError::NoText | ParseError::Empty)] => {
            plain_version(get, page, rules).map_or(read, |found| vec![Ok(found)])
        }
        _ => read,
    }
}

/// The pages over which an article goes on, and whether they are all.
fn further_pages(
    get: GetPage<'_>,
    page: &FetchedPage,
    first: &Article,
    rules: &InputRules,
) -> (Vec<FetchedPage>, bool) {
    let mut pages: Vec<FetchedPage> = Vec::new();
    let paragraphs = |article: &Article| -> Vec<String> {
        article
            .body
            .paragraphs()
            .iter()
            .skip(1)
            .map(|paragraph| article.body.words(paragraph.span).to_owned())
            .collect()
    };
    let mut known: HashSet<String> = paragraphs(first).into_iter().collect();
    for number in 2.. {
        let last = pages.last().unwrap_or(page);
        let Some(address) = fetch::numbered_page(&page.address, last, number) else { break };
        if number > MOST_PAGES {
            return (pages, false);
        }
        let Ok(next) = get(&address) else { return (pages, false) };
        let mut read = fetch::articles(&next, &[], rules);
        let (Some(Ok(article)), true) = (read.pop(), read.is_empty()) else { break };
        let more = paragraphs(&article);
        let length = |of: &dyn Fn(&str) -> bool| more.iter().filter(|words| of(words)).map(String::len).sum::<usize>();
        // Pages of comments show the same article again.
        let is_new = length(&|words| !known.contains(words)) * 2 > length(&|_| true);
        if !is_new || !is_same_headline(first.headline(), article.headline()) {
            break;
        }
        known.extend(more);
        pages.push(next);
    }
    (pages, true)
}

/// Whether two headlines are those of one article, but for what says which page it is.
fn is_same_headline(one: &str, other: &str) -> bool {
    let plain = |headline: &str| -> String {
        fold(headline).chars().filter(|c| c.is_alphabetic() || *c == ' ').collect::<String>().trim().to_owned()
    };
    let (one, other) = (plain(one), plain(other));
    let goes_on = |long: &str, short: &str| short.len() >= SHORTEST_HEADLINE && long.starts_with(short);
    one == other || goes_on(&one, &other) || goes_on(&other, &one)
}

/// The article of the version for phones or for printing. It lies where its page does.
fn plain_version(get: GetPage<'_>, page: &FetchedPage, rules: &InputRules) -> Option<Article> {
    let version = get(&fetch::plain_version(page)?).ok()?;
    let found = fetch::articles(&version, &[], rules).into_iter().next()?.ok()?;
    let article =
        if found.url.as_deref().is_none_or(|url| url == version.address) { found.at(&page.address) } else { found };
    Some(Article { origin: Origin::Web(page.address.clone()), ..article })
}
