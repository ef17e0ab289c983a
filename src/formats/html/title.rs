//! The headline in the title of a page, which names the site too.

use crate::text::word_count;

/// The longest title that is compared with headings, in bytes.
const LONGEST: usize = 400;

/// What parts the name of the site from the title.
const SEPARATORS: [&str; 9] = [" | ", " – ", " — ", " - ", " » ", " :: ", " • ", " · ", "｜"];

/// The letters and digits of a line, capitals made small: by which headings and names are compared.
pub fn letters(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// The part of a title that is a heading of the page too: what is beside it names the site or a part of it.
pub fn heading_in<'h>(title: &str, headings: impl Iterator<Item = &'h str>) -> Option<String> {
    if title.len() > LONGEST {
        return None;
    }
    let headings: Vec<_> = headings.filter(|heading| heading.len() <= LONGEST).map(letters).collect();
    parts(title)
        .find(|part| word_count(part) >= 2 && headings.contains(&letters(part)))
        .map(|part| part.trim().to_owned())
}

/// What stands before and after each of the marks that may part the name of the site from a title.
fn parts(title: &str) -> impl Iterator<Item = &str> {
    SEPARATORS.iter().flat_map(move |mark| {
        let cuts = title.match_indices(mark).map(|(at, mark)| (at, at + mark.len()));
        cuts.flat_map(|(end, start)| [&title[..end], &title[start..]])
    })
}

/// The one main heading of a page whose words are so much like those of its title that both name the article: then the
/// heading is what people read, and the title what search engines and other sites are given. One that holds the whole
/// title, or ends with a part of it, has something else in it.
pub fn in_other_words<'h>(title: &str, headings: impl Iterator<Item = &'h str>) -> Option<&'h str> {
    let (whole, known) = (letters(title), words(title));
    let ends: Vec<_> = parts(title).filter(|part| word_count(part) >= 4).map(letters).collect();
    let has_more = |heading: &str| {
        heading.contains(&whole) || ends.iter().any(|end| heading.len() > end.len() && heading.ends_with(end))
    };
    let is_like = |heading: &&str| {
        let words = words(heading);
        let shared = words.iter().filter(|word| known.contains(word)).count();
        shared >= 2 && shared * 2 >= words.len().min(known.len()) && !has_more(&letters(heading))
    };
    let mut like = headings.filter(|heading| heading.len() <= LONGEST).filter(is_like);
    like.next().filter(|_| like.next().is_none())
}

/// How much a headline is like the titles of a page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Likeness {
    /// It is another's.
    Unlike,
    /// It has some of their words.
    Alike,
    /// It is one of them, or in one, or has one in it.
    Same,
}

/// How much `headline` is like these titles of a page; where a page has none, any is its own.
pub fn likeness<'t>(headline: &str, titles: impl Iterator<Item = &'t str>) -> Likeness {
    /// In fewer letters than these, one may be in another by chance; with fewer words, two cannot be told apart.
    const FEWEST_LETTERS: usize = 8;
    const FEWEST_WORDS: usize = 2;
    let (whole, known) = (letters(headline), words(headline));
    let like = |title: &str| {
        let (other, words) = (letters(title), words(title));
        let (short, long) = if other.len() < whole.len() { (&other, &whole) } else { (&whole, &other) };
        let shared = words.iter().filter(|word| known.contains(word)).count();
        let fewest = words.len().min(known.len());
        if short == long || short.len() >= FEWEST_LETTERS && long.contains(short.as_str()) {
            Likeness::Same
        } else if fewest < FEWEST_WORDS || shared > 0 && shared * 3 >= fewest {
            Likeness::Alike
        } else {
            Likeness::Unlike
        }
    };
    titles.filter(|title| (1..=LONGEST).contains(&title.len())).map(like).max().unwrap_or(Likeness::Same)
}

/// The longer words of a line, capitals made small.
fn words(line: &str) -> Vec<String> {
    line.split(|c: char| !c.is_alphanumeric()).filter(|word| word.chars().count() > 3).map(str::to_lowercase).collect()
}

/// A title without the name of the site, which stands last or, rarely, first. `is_raw`: the title of a page often has it
/// after a bar even where the name of the site is unknown.
pub fn without_site(title: &str, site: Option<&str>, is_raw: bool) -> String {
    let site = site.map(letters).unwrap_or_default();
    let is_site = |part: &str| {
        let part = letters(part);
        part.len() >= 4 && site.len() >= 4 && (site.contains(&part) || part.contains(&site))
    };
    let last = SEPARATORS.iter().filter_map(|mark| title.rfind(mark).map(|at| (at, *mark))).max();
    if let Some((at, mark)) = last {
        let (head, tail) = (&title[..at], &title[at + mark.len()..]);
        let is_long = word_count(head) >= 3;
        let is_bar = matches!(mark, " | " | " » " | " :: " | "｜");
        if !head.trim().is_empty()
            && (is_site(tail) || (is_raw && is_bar && is_long && tail.split_whitespace().count() <= 4))
        {
            return without_site(head.trim(), Some(&site).filter(|_| is_site(tail)).map(String::as_str), false);
        }
    }
    let first = SEPARATORS.iter().filter_map(|mark| title.find(mark).map(|at| (at, *mark))).min();
    match first {
        // One word is no headline.
        Some((at, mark)) if is_site(&title[..at]) && word_count(&title[at + mark.len()..]) >= 2 => {
            title[at + mark.len()..].trim().to_owned()
        }
        _ => title.trim().to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn part_that_is_a_heading_is_the_headline() {
        for (title, heading, expected) in [
            ("Bridge closes - The Blog of Jane", "Bridge closes", Some("Bridge closes")),
            ("Harbour | Bridge closes", "BRIDGE closes", Some("Bridge closes")),
            ("Bridge - closed - Coast", "Bridge - closed", Some("Bridge - closed")),
            ("Bridge closes - The Blog of Jane", "Tea", None),
            ("Tea - The Blog of Jane", "Tea", None),
        ] {
            assert_eq!(heading_in(title, [heading].into_iter()).as_deref(), expected, "{title}");
        }
    }

    #[test]
    fn heading_may_say_the_same_in_other_words() {
        for (title, headings, expected) in [
            ("Bridge closed: what to know", &["Harbour bridge is closed"][..], Some("Harbour bridge is closed")),
            ("Bridge closed, Coast", &["Bridge closed"], Some("Bridge closed")),
            // Another thing, or two that may be meant.
            ("Bridge closed: what to know", &["All about tea"], None),
            ("Bridge closed: what to know", &["Bridge is closed", "Closed: a bridge"], None),
            // Something stands in the heading too.
            ("Bridge closed", &["Harbour: Bridge closed"], None),
            ("Old bridge closes today - Coast Wire", &["1 May Old bridge closes today"], None),
            ("Bridge closed", &["Bridge"], None),
        ] {
            assert_eq!(in_other_words(title, headings.iter().copied()), expected, "{title}");
        }
    }

    #[test]
    fn titles_lose_the_site() {
        for (title, site, expected) in [
            ("Bridge closes | Coast Wire", Some("Coast Wire"), "Bridge closes"),
            ("Bridge closes – Coast Wire", Some("The Coast Wire"), "Bridge closes"),
            ("Bridge closes - Coast Wire - Harbour", Some("Coast Wire"), "Bridge closes - Coast Wire - Harbour"),
            ("The old bridge closes | Harbour | Coast Wire", Some("Coast Wire"), "The old bridge closes | Harbour"),
            ("The old bridge closes | Coast Wire", None, "The old bridge closes"),
            ("Bridge closed | Ferry", None, "Bridge closed | Ferry"),
            ("港の橋が閉鎖 | 港新聞デジタル", None, "港の橋が閉鎖"),
            ("港の橋が閉鎖｜港新聞", None, "港の橋が閉鎖"),
            ("Coast Wire | Bridge closes today", Some("Coast Wire"), "Bridge closes today"),
            ("Old bridges | Coast", Some("Old bridges"), "Old bridges | Coast"),
            ("Bridge closes — coast.example", Some("coast.example"), "Bridge closes"),
            ("Win - or lose", Some("Coast Wire"), "Win - or lose"),
            ("Coast Wire", Some("Coast Wire"), "Coast Wire"),
        ] {
            assert_eq!(without_site(title, site, true), expected, "{title}");
        }
    }
}
