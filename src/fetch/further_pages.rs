//! Further pages: where an article goes on that is cut into several pages, and where a plainer version of a page lies.

use std::borrow::Cow;

use url::Url;

use super::address::{is_fetched, is_same_server};
use super::{FetchedPage, page_elements};
use crate::formats::{self, Attributes};

/// Names of parameters that say which page of an article is meant.
const PARAMETERS: [&str; 9] = ["page", "p", "pg", "pagina", "seite", "part", "pageno", "pagenum", "artpage"];

/// Words that stand before the number of a page in its address.
const WORDS: [&str; 9] = ["page", "seite", "pagina", "teil", "part", "sida", "side", "strona", "p"];

/// The largest number of a page that is looked for.
const LARGEST: u32 = 99;

/// The address of page `number` of the article whose first page lies at `first`, if `page` leads there: one that is no other but
/// for that number ("/story?page=2", "/story/2", "/story-2.html", "/story/seite-2").
pub fn numbered_page(first: &str, page: &FetchedPage, number: u32) -> Option<String> {
    let first = Url::parse(first).ok()?;
    let is_wanted = |url: &Url| is_same_server(&first, url) && page_number(&first, url) == Some(number);
    find_link(page, |name, attributes, url| {
        let is_link = name == "a" || name == "link" && has_relation(attributes, "next");
        is_link && is_wanted(url)
    })
}

/// The addresses of the page made for phones (AMP) and of the one for printing, where a page names them.
pub fn plain_versions(page: &FetchedPage) -> Vec<String> {
    let is_print = |attributes: Attributes<'_>| {
        let media = attributes.get("media").is_some_and(|media| media.eq_ignore_ascii_case("print"));
        has_relation(attributes, "alternate") && media
    };
    let find = |is_version: &dyn Fn(Attributes<'_>) -> bool| {
        find_link(page, |name, attributes, url| {
            name == "link" && is_version(attributes) && is_fetched(url) && url.as_str() != page.address
        })
    };
    [find(&|attributes| has_relation(attributes, "amphtml")), find(&is_print)].into_iter().flatten().collect()
}

/// The first address that an element leads to which is wanted.
fn find_link(page: &FetchedPage, is_wanted: impl Fn(&str, Attributes<'_>, &Url) -> bool) -> Option<String> {
    let html = formats::decoded(&page.bytes, page.content_type.as_deref());
    let address = Url::parse(&page.address).ok()?;
    page_elements::find(&html, &address, |name, attributes, base| {
        if !matches!(name, "a" | "link") {
            return None;
        }
        let mut url = base.join(attributes.get("href")?.trim()).ok()?;
        // Those of the readers have pages too.
        if url.fragment().is_some_and(|fragment| fragment.contains("comment")) {
            return None;
        }
        url.set_fragment(None);
        is_wanted(name, attributes, &url).then(|| url.into())
    })
}

fn has_relation(attributes: Attributes<'_>, relation: &str) -> bool {
    attributes.get("rel").is_some_and(|all| all.split_ascii_whitespace().any(|one| one.eq_ignore_ascii_case(relation)))
}

/// Which page of the article at `first` lies at `other`.
fn page_number(first: &Url, other: &Url) -> Option<u32> {
    let path = |url: &'_ Url| -> String { url.path().trim_end_matches('/').to_ascii_lowercase() };
    let (here, there) = (path(first), path(other));
    let (asked, parameter) = parameters(first);
    let (other_asked, other_parameter) = parameters(other);
    if here == there && asked == other_asked && !here.is_empty() {
        return other_parameter.filter(|_| parameter.is_none_or(|number| number == 1));
    }
    if here.is_empty() || asked != other_asked || parameter.is_some() || other_parameter.is_some() {
        return None;
    }
    let (stem, ending) = match here.rsplit_once('.') {
        Some((stem, ending)) if !ending.contains('/') && ending.len() <= 5 => (stem, ending),
        _ => (&*here, ""),
    };
    let numbered = there.strip_prefix(&here).or_else(|| there.strip_prefix(stem))?;
    let numbered = match numbered.rsplit_once('.') {
        Some((numbered, its)) => Some(numbered).filter(|_| its == ending)?,
        // "/story.html" and "/story-2" are two things, "/story.html/2" is one.
        None => Some(numbered).filter(|numbered| ending.is_empty() || numbered.starts_with('/'))?,
    };
    let number = numbered.strip_prefix(['/', '-', '_', ','])?;
    let named = WORDS.iter().find_map(|word| number.strip_prefix(word));
    // "/pets-of-the-week-2" is the next of a series.
    if named.is_none() && ending.is_empty() && !numbered.starts_with('/') {
        return None;
    }
    let number = named.unwrap_or(number);
    numbered_as(number.strip_prefix(['/', '-', '_', ',']).unwrap_or(number))
}

/// The name and the value of a parameter.
type Parameter<'u> = (Cow<'u, str>, Cow<'u, str>);

/// The parameters of an address without the one that says which page it is, and that.
fn parameters(url: &Url) -> (Vec<Parameter<'_>>, Option<u32>) {
    let mut number = None;
    let others = url.query_pairs().filter(|(name, value)| {
        if name.starts_with("utm_") || matches!(&**name, "fbclid" | "gclid") {
            return false;
        }
        let found =
            PARAMETERS.iter().any(|known| name.eq_ignore_ascii_case(known)).then(|| numbered_as(value)).flatten();
        number = number.or(found);
        found.is_none()
    });
    (others.collect(), number)
}

fn numbered_as(text: &str) -> Option<u32> {
    let is_number = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    text.parse().ok().filter(|number| is_number && (1..=LARGEST).contains(number))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_are_numbered_in_their_addresses() {
        for (first, other, number) in [
            ("/story", "/story?page=2", Some(2)),
            ("/story?id=7", "/story?id=7&seite=3", Some(3)),
            ("/story?page=1", "/story?page=2", Some(2)),
            ("/story/", "/story/2/", Some(2)),
            ("/story", "/story/page/2", Some(2)),
            ("/story", "/story/seite-2", Some(2)),
            ("/story.html", "/story-2.html", Some(2)),
            ("/story.html", "/story,2.html", Some(2)),
            ("/story.html", "/story-seite-2.html", Some(2)),
            ("/story.html", "/story.html/2", Some(2)),
            ("/story.html", "/story/2.html", Some(2)),
            ("/top-10.html", "/top-11.html", None),
            ("/story", "/story?comments=2", None),
            ("/story?id=7", "/story?id=8&page=2", None),
            ("/story", "/other/2", None),
            ("/story?utm_source=x", "/story?page=2", Some(2)),
            ("/pets-of-the-week", "/pets-of-the-week-2", None),
            ("/story", "/story-seite-2", Some(2)),
            ("/?p=1", "/?p=2", None),
            ("/story", "/story/2024", None),
            ("/story", "/storyteller/2", None),
            ("/story", "/story", None),
            ("/", "/2", None),
            ("/story?page=3", "/story?page=4", None),
        ] {
            let url = |path: &str| Url::parse("https://coast.example").unwrap().join(path).unwrap();
            assert_eq!(page_number(&url(first), &url(other)), number, "{first} {other}");
        }
    }

    #[test]
    fn links_lead_to_the_next_page_and_to_plain_versions() {
        let page = |html: &str| FetchedPage {
            address: "https://coast.example/a/story".to_owned(),
            bytes: html.as_bytes().to_vec(),
            ..FetchedPage::default()
        };
        let next = |html: &str| numbered_page("https://coast.example/a/story", &page(html), 2);
        assert_eq!(next("<a href='story?page=2#top'>2</a>").as_deref(), Some("https://coast.example/a/story?page=2"));
        assert_eq!(
            next("<link rel='prefetch next' href='/a/story/2'>").as_deref(),
            Some("https://coast.example/a/story/2")
        );
        assert_eq!(next("<template><a href='/a/story/2'>2</a></template>"), None);
        assert_eq!(next("<a href='//other.example/a/story/2'>2</a><link rel=stylesheet href='/a/story/2'>"), None);
        let plain = |html: &str| plain_versions(&page(html)).join(" ");
        let amp = "<base href=/b/><base href=/c/><link rel=amphtml href=amp>";
        assert_eq!(plain(amp), "https://coast.example/b/amp");
        let print = "<link rel=alternate media=print href=/print>";
        assert_eq!(plain(print), "https://coast.example/print");
        assert_eq!(plain("<link rel=amphtml href='javascript:x'><link rel=amphtml href=/a/story>"), "");
    }
}
