//! The article of a page on the web, with the further pages that it goes on over, or from a plainer version of its page.

use std::collections::HashSet;
use std::time::{Duration, Instant};

use crate::article::{Article, InputRules, Origin};
use crate::fetch::{self, FetchedPage};
use crate::formats::ParseError;
use crate::text::fold;

/// Over how many pages an article is followed, the first among them.
const MOST_PAGES: u32 = 10;

/// How long further pages are asked for.
const LONGEST: Duration = Duration::from_secs(30);

/// Of how many parts of a further page one is new, at least.
const LEAST_NEW: usize = 4;

/// Words before the number of a page, in small letters without accents.
const PAGE: [&str; 9] = ["page", "seite", "pagina", "teil", "part", "sida", "side", "strona", "partie"];

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
                joined
                    .map(|read| read.map(|read| Article { is_summary: read.is_summary || !is_whole, ..read }))
                    .collect()
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
    let started = Instant::now();
    let mut pages: Vec<FetchedPage> = Vec::new();
    let mut known: HashSet<String> = paragraphs(first).into_iter().collect();
    for number in 2.. {
        let last = pages.last().unwrap_or(page);
        let next = fetch::numbered_page(&page.address, last, number);
        let Some(address) = next.or_else(|| fetch::numbered_page(&page.address, page, number)) else { break };
        if number > MOST_PAGES || started.elapsed() > LONGEST {
            return (pages, false);
        }
        let Ok(next) = get(&address) else { return (pages, false) };
        let mut read = fetch::articles(&next, &[], rules);
        let (Some(Ok(article)), true, true) = (read.pop(), read.is_empty(), fetch::is_html(&next)) else {
            return (pages, false);
        };
        let more = paragraphs(&article);
        let length = |of: &dyn Fn(&str) -> bool| more.iter().filter(|words| of(words)).map(String::len).sum::<usize>();
        // Pages of comments show the same article again.
        let is_new = length(&|words| !known.contains(words)) * LEAST_NEW > length(&|_| true);
        if !is_new || !is_same_article((first, &page.address), (&article, &next.address)) {
            break;
        }
        known.extend(more);
        pages.push(next);
    }
    (pages, true)
}

/// The words of the paragraphs below the headline.
fn paragraphs(article: &Article) -> Vec<String> {
    let body = &article.body;
    body.paragraphs().iter().skip(1).map(|paragraph| body.words(paragraph.span).to_owned()).collect()
}

/// Whether what two pages hold is one article: nothing that is said of it differs.
fn is_same_article((one, at): (&Article, &str), (other, other_at): (&Article, &str)) -> bool {
    let agree = |one: Option<String>, other: Option<String>| one.is_none() || other.is_none() || one == other;
    let day = |article: &Article| article.dates.published.map(|published| published.day.to_string());
    let author = |article: &Article| article.byline.as_deref().map(fold);
    let there = other.url.as_deref().map(place);
    let is_there = |known: &str| there.is_none_or(|there| there == place(known));
    is_same_headline(one.headline(), other.headline())
        && agree(day(one), day(other))
        && agree(author(one), author(other))
        && (is_there(at) || is_there(other_at) || one.url.as_deref().is_some_and(is_there))
}

/// An address without what stands behind its path.
fn place(url: &str) -> &str {
    url.split(['?', '#']).next().unwrap_or_default().trim_end_matches('/')
}

/// Whether two headlines are those of one article, but for what says which page it is.
fn is_same_headline(one: &str, other: &str) -> bool {
    without_page(one) == without_page(other)
}

/// The words of a headline without "Page 2" or "(2/3)" at either end.
fn without_page(headline: &str) -> String {
    let folded = fold(headline);
    let words = folded.split(|c: char| !c.is_alphanumeric() && c != '/').filter(|word| !word.is_empty());
    let words: Vec<&str> = words.filter(|word| word.chars().any(char::is_alphanumeric)).collect();
    let is_number = |word: &str| word.bytes().all(|byte| byte.is_ascii_digit());
    let is_fraction = |word: &str| word.split_once('/').is_some_and(|(at, of)| is_number(at) && is_number(of));
    let is_page = |word: &str| PAGE.contains(&word);
    match words.as_slice() {
        [page, number, rest @ ..] if is_page(page) && is_number(number) && !rest.is_empty() => rest.join(" "),
        [rest @ .., page, number] if is_page(page) && is_number(number) => rest.join(" "),
        [rest @ .., fraction] if is_fraction(fraction) => rest.join(" "),
        all => all.join(" "),
    }
}

/// The article of the version for phones or for printing. It lies where its page does.
fn plain_version(get: GetPage<'_>, page: &FetchedPage, rules: &InputRules) -> Option<Article> {
    let read = |address: String| {
        let version = get(&address).ok().filter(fetch::is_html)?;
        let found = fetch::articles(&version, &[], rules).into_iter().next()?.ok()?;
        // One that says that it stands elsewhere is another.
        let is_own = found
            .url
            .as_deref()
            .is_none_or(|url| [&page.address, &version.address].iter().any(|at| place(at) == place(url)));
        is_own.then(|| Article { origin: Origin::Web(page.address.clone()), ..found.at(&page.address) })
    };
    fetch::plain_versions(page).into_iter().find_map(read)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headlines_are_the_same_but_for_the_page() {
        for (one, other, is_same) in [
            ("The bridge closes", "The Bridge Closes – Page 2", true),
            ("The bridge closes", "Seite 2: The bridge closes", true),
            ("The bridge closes (1/3)", "The bridge closes (2/3)", true),
            ("The bridge closes", "The bridge closes again", false),
            ("Results of week 12 of 2026", "Results of week 2 of 2025", false),
            ("1984", "2024", false),
        ] {
            assert_eq!(is_same_headline(one, other), is_same, "{one} / {other}");
        }
    }
}
