//! The list of feeds of newsboat: one feed on each line, with tags.

use super::Outline;
use crate::text::clean_line;

/// A list of feeds.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct FeedList {
    /// The feeds.
    pub sources: Vec<Outline>,
    /// What cannot be a feed here: the number of its line, the line, and why.
    pub left_out: Vec<LeftOut>,
}

/// A line that is no feed here.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LeftOut {
    /// The number of the line, from 1.
    pub line: usize,
    /// What stands there, cleaned.
    pub text: String,
    /// Why it is left out.
    pub why: &'static str,
}

/// How many lines that are left out are reported at most.
pub(super) const MOST_LEFT_OUT: usize = 1_000;

/// Whether a file looks like a list of newsboat: its first line that says anything begins with an address or one of
/// newsboat's own words, or there are only comments.
pub fn recognize(text: &str) -> bool {
    let first = text.lines().map(str::trim).find(|line| !line.is_empty() && !line.starts_with('#'));
    first.map_or(!text.trim().is_empty(), |line| {
        let word = words(line).into_iter().next().unwrap_or_default();
        let starts = |start: &&str| word.get(..start.len()).is_some_and(|head| head.eq_ignore_ascii_case(start));
        ["http://", "https://", "feed:", "exec:", "filter:", "query:", "file:"].iter().any(starts)
    })
}

/// Reads a list. Nothing in it is ever run: what would start a program is left out, and said.
pub fn read(text: &str) -> FeedList {
    let mut listed = FeedList::default();
    for (number, line) in text.lines().enumerate() {
        let line = line.trim();
        if line.is_empty() || line.starts_with('#') {
            continue;
        }
        match source(line) {
            Ok(source) => listed.sources.push(source),
            Err(_) if listed.left_out.len() >= MOST_LEFT_OUT => {}
            Err(why) => listed.left_out.push(LeftOut { line: number + 1, text: clean_line(line), why }),
        }
    }
    listed
}

fn source(line: &str) -> Result<Outline, &'static str> {
    let mut words = words(line).into_iter();
    let place = words.next().unwrap_or_default();
    let kind = place.split(':').next().unwrap_or_default().to_ascii_lowercase();
    let address = match kind.as_str() {
        "exec" => return Err("runs a program, which an imported file never may"),
        "filter" => return Err("runs a program over a feed, which an imported file never may"),
        "query" => return Err("is a search: use pullquote search"),
        "file" => return Err("is a file: use pullquote add FILE"),
        "http" | "https" | "feed" => super::parse(&place).ok_or("is not a web address")?,
        _ => return Err("is not a web address"),
    };
    let mut outline = Outline { address: address.into(), ..Outline::default() };
    for word in words {
        match word.strip_prefix('~') {
            Some(title) => outline.title = Some(clean_line(title)).filter(|title| !title.is_empty()),
            None if word.starts_with('!') => outline.hidden = true,
            None => outline.tags.extend(Some(clean_line(&word)).filter(|tag| !tag.is_empty())),
        }
    }
    Ok(outline)
}

/// The words of a line, as newsboat parts them: by blanks, but not inside `"…"`, in which `\"` and `\\` stand for
/// themselves; a `#` outside begins a comment.
fn words(line: &str) -> Vec<String> {
    let mut words = Vec::new();
    let mut letters = line.chars().peekable();
    loop {
        while letters.next_if(|c| c.is_whitespace()).is_some() {}
        match letters.peek() {
            None | Some('#') => return words,
            Some('"') => {
                letters.next();
                let mut word = String::new();
                while let Some(letter) = letters.next() {
                    match letter {
                        '"' => break,
                        '\\' => word.extend(letters.next()),
                        _ => word.push(letter),
                    }
                }
                words.push(word);
            }
            Some(_) => {
                let mut word = String::new();
                while let Some(letter) = letters.next_if(|c| !c.is_whitespace()) {
                    word.push(letter);
                }
                words.push(word);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn list_with_everything() {
        let listed = read(
            "# my news\n\nhttp://coast.example/rss news \"two words\" \"~The Coast \\\"Wire\\\"\" # the best\n\
             https://river.example/feed.xml ! ~River\n  https://plain.example/#top  \n\
             \"exec:~/bin/steal all\" x\nfilter:~/bin/f.pl:https://coast.example/rss\n\"query:Unread:unread = \\\"yes\\\"\"\n\
             file:///home/me/feed.xml\nFILTER:x\nsomething else\nhttp://\n",
        );
        let shown: Vec<_> = listed
            .sources
            .iter()
            .map(|s| format!("{} {:?} {:?} {}", s.address, s.title.as_deref().unwrap_or(""), s.tags, s.hidden))
            .collect();
        assert_eq!(
            shown,
            [
                r#"http://coast.example/rss "The Coast \"Wire\"" ["news", "two words"] false"#,
                r#"https://river.example/feed.xml "River" [] true"#,
                r#"https://plain.example/ "" [] false"#,
            ]
        );
        let left: Vec<_> =
            listed.left_out.iter().map(|left| (left.line, left.why.split(' ').nth(1).unwrap())).collect();
        assert_eq!(left, [(6, "a"), (7, "a"), (8, "a"), (9, "a"), (10, "a"), (11, "not"), (12, "not")]);
    }

    #[test]
    fn list_is_recognized() {
        assert!(recognize("# feeds\n\nhttps://coast.example/rss news\n"));
        assert!(recognize("\"query:Unread:unread = \\\"yes\\\"\"\n"));
        assert!(recognize("FEED:http://coast.example/rss\n"));
        assert!(recognize("# nothing yet\n\n # but a comment\n"));
        assert!(!recognize("# a heading\nand words\n"));
        assert!(!recognize("{\"id\": 3}\n"));
        assert!(!recognize("<opml/>"));
        assert!(!recognize(""));
    }

    #[test]
    fn scheme_feed_is_one_of_the_web() {
        let listed = read("feed:http://a.example/f x\nfeed://b.example/f\nFEED:https://c.example/f\nfeed:\n");
        let addresses: Vec<_> = listed.sources.iter().map(|source| source.address.as_str()).collect();
        assert_eq!(addresses, ["http://a.example/f", "https://b.example/f", "https://c.example/f"]);
        assert_eq!(listed.left_out[0].why, "is not a web address");
    }

    #[test]
    fn half_a_line_is_read_as_far_as_it_goes() {
        let listed = read("https://a.example/ \"never ends\nhttps://b.example/ \\\n\u{1b}[31m\n");
        assert_eq!(listed.sources[0].tags, ["never ends"]);
        assert_eq!(listed.sources.len(), 2);
        assert_eq!(listed.left_out[0].text, "");
    }
}
