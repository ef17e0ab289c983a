//! Pictures of a page: which of its `<img>` show something, and where that lies.

use url::Url;

use super::resolved;
use super::tokens::Attributes;
use crate::article::Picture;

/// What the address, the description or the class of a picture says that is no part of an article: ornaments, faces of who
/// wrote it, signs that lead to other sites.
const ORNAMENTS: [&str; 22] = [
    "avatar",
    "gravatar",
    "emoji",
    "smiley",
    "icon",
    "logo",
    "sprite",
    "spacer",
    "pixel",
    "blank",
    "tracking",
    "tracker",
    "placeholder",
    "loader",
    "loading",
    "share",
    "badge",
    "button",
    "social",
    "counter",
    "1x1",
    "author",
];

/// A picture that is no larger in both directions is an ornament, one that is no larger in one of them is a line; in pixels.
const ORNAMENT: f32 = 64.0;
const LINE: f32 = 8.0;

/// The picture of an `<img>`, if it shows something. `sources` is the `srcset` of the `<source>` before it.
pub fn picture(attributes: Attributes<'_>, sources: Option<String>, base: Option<&Url>) -> Option<Picture> {
    let said = |name: &str| attributes.get(name).map(|value| value.trim().to_owned()).filter(|value| !value.is_empty());
    if is_small(attributes) {
        return None;
    }
    let description = said("alt").unwrap_or_default();
    // Pages show a dot until one scrolls to the picture, whose address stands beside it.
    let written =
        ["data-src", "data-lazy-src", "data-original", "data-full-src", "src"].iter().filter_map(|name| said(name));
    let sets = ["data-srcset", "data-lazy-srcset", "srcset"].iter().filter_map(|name| said(name));
    let sets = sets.chain(sources).filter_map(|set| largest(&set));
    let is_shown = |url: &String| !url.starts_with("data:") && !names_ornament(file_part(url));
    let url = written.chain(sets).filter(is_shown).find_map(|url| resolved(base, &url))?;
    let class = said("class").unwrap_or_default();
    if names_ornament(&class) || names_ornament(&description) && description.split_whitespace().count() < 3 {
        return None;
    }
    Picture::at(&url, &description)
}

/// Whether a picture that a page names for other sites (`og:image`) shows something of the article.
pub fn is_telling(url: &str) -> bool {
    const OF_SITE: [&str; 4] = ["default", "fallback", "favicon", "opengraph"];
    let lower = url.to_ascii_lowercase();
    let path = file_part(&lower);
    !names_ornament(path) && !OF_SITE.iter().any(|word| path.contains(word))
}

/// The last part of the path of an address.
fn file_part(url: &str) -> &str {
    let path = url.split(['?', '#']).next().unwrap_or(url);
    path.rsplit('/').next().unwrap_or(path)
}

/// Whether one of the words in a name is that of an ornament.
fn names_ornament(name: &str) -> bool {
    let lower = name.to_lowercase();
    let mut words = lower.split(|c: char| !c.is_alphanumeric());
    words.any(|word| ORNAMENTS.contains(&word) || word.strip_suffix('s').is_some_and(|one| ORNAMENTS.contains(&one)))
}

/// Whether it says of itself that it is too small to show anything: a dot that counts readers, a line.
fn is_small(attributes: Attributes<'_>) -> bool {
    let number = |written: &str| written.trim().trim_end_matches("px").trim().parse::<f32>().ok();
    let style = attributes.get("style").unwrap_or_default().to_ascii_lowercase();
    let in_style = |name: &str| {
        let set = style.split(';').filter_map(|set| set.split_once(':')).find(|(known, _)| known.trim() == name)?;
        number(set.1)
    };
    let size = |name: &str| attributes.get(name).and_then(|value| number(&value)).or_else(|| in_style(name));
    match (size("width"), size("height")) {
        (Some(width), Some(height)) => width.max(height) <= ORNAMENT || width.min(height) <= LINE,
        (Some(one), None) | (None, Some(one)) => one <= LINE,
        (None, None) => false,
    }
}

/// The largest picture of a `srcset`: addresses with widths or densities, commas between.
fn largest(set: &str) -> Option<String> {
    let mut best: Option<(f32, &str)> = None;
    // A comma may stand in an address: a blank ends that.
    let mut rest = set.trim_start();
    while let Some(end) = rest.find(char::is_whitespace).or(Some(rest.len()).filter(|end| *end > 0)) {
        let (address, after) = rest.split_at(end);
        let is_alone = address.ends_with(',');
        let (size, after) = if is_alone { ("", after) } else { after.split_once(',').unwrap_or((after, "")) };
        let size = size.trim().trim_end_matches(['w', 'x', 'h']).parse().unwrap_or(1.0);
        if best.is_none_or(|(known, _)| size > known) {
            best = Some((size, address.trim_end_matches(',')));
        }
        rest = after.trim_start();
    }
    best.map(|(_, address)| address.to_owned()).filter(|address| !address.is_empty())
}

#[cfg(test)]
mod tests {
    use super::super::tokens::{HtmlToken, Tokens};
    use super::*;

    fn url(tag: &str) -> Option<String> {
        let base = Url::parse("https://coast.example/a/").unwrap();
        let Some(HtmlToken::Start { attributes, .. }) = Tokens::of(tag).next() else { panic!("a tag") };
        picture(attributes, None, Some(&base)).map(|picture| picture.url)
    }

    #[test]
    fn what_shows_nothing_is_no_picture() {
        for tag in [
            "<img src=x.gif width=1 height=1>",
            "<img src=x.gif style='width: 1px; height:1px'>",
            "<img src=rule.png height=2>",
            "<img src='data:image/gif;base64,R0lGODlhAQABAAAAACw='>",
            "<img src=/img/spacer.gif>",
            "<img src=/img/share-facebook.png>",
            "<img class='author-avatar' src=jane.jpg>",
            "<img src=s.png alt='Facebook icon'>",
            "<img src=jane.jpg width=48 height=48>",
            "<img>",
            "<img src='javascript:alert(1)'>",
        ] {
            assert_eq!(url(tag), None, "{tag}");
        }
    }

    #[test]
    fn picture_that_is_loaded_late_lies_where_the_page_says() {
        for (tag, wanted) in [
            ("<img src=quay.jpg>", "https://coast.example/a/quay.jpg"),
            ("<img src='data:image/gif;base64,R0lG' data-src=quay.jpg>", "https://coast.example/a/quay.jpg"),
            ("<img src=/blank.gif data-lazy-src=quay.jpg>", "https://coast.example/a/quay.jpg"),
            ("<img srcset='s.jpg 300w, l.jpg 1200w, m.jpg 600w'>", "https://coast.example/a/l.jpg"),
            ("<img srcset='c,1/s.jpg, c,1/l.jpg 2x'>", "https://coast.example/a/c,1/l.jpg"),
            ("<img src=quay.jpg width=640 height=64>", "https://coast.example/a/quay.jpg"),
            ("<img src=quay.jpg alt='The author of the plan at the quay'>", "https://coast.example/a/quay.jpg"),
        ] {
            assert_eq!(url(tag).as_deref(), Some(wanted), "{tag}");
        }
    }

    #[test]
    fn picture_for_other_sites_may_be_that_of_the_site() {
        assert!(is_telling("https://coast.example/img/quay.jpg"));
        for url in ["https://coast.example/img/logo.png", "https://coast.example/og-default-image.jpg"] {
            assert!(!is_telling(url), "{url}");
        }
    }
}
