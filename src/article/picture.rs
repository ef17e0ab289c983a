//! A picture in an article: where it stands, what it shows, where it lies. It is drawn, and no part of the text.

use super::address::shown_address;
use crate::text::{clean_line, shorten};

/// A picture that stands in an article.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Picture {
    /// The number of the paragraph that it stands before; how many there are, for one below all of them.
    pub before: usize,
    /// Its address: absolute (`http` or `https`), cleaned.
    pub url: String,
    /// What it shows, in words; empty where nobody says it.
    pub description: String,
}

impl Picture {
    /// The longest description that is kept, in cells.
    const LONGEST: usize = 300;

    /// The longest address that is kept, in bytes.
    const LONGEST_ADDRESS: usize = 4 << 10;

    /// The picture at this absolute address; nothing where that is not one of the web. A description that is the name of a file
    /// says nothing.
    pub fn at(url: &str, description: &str) -> Option<Self> {
        // Without a password: exports and messages have it.
        let url = shown_address(url);
        let is_on_web = url.starts_with("https://") || url.starts_with("http://");
        if !is_on_web || url.contains(' ') || url.len() > Self::LONGEST_ADDRESS {
            return None;
        }
        let line = clean_line(description);
        let description = if is_name_of_file(&line) { String::new() } else { shorten(line.trim(), Self::LONGEST) };
        Some(Self { before: 0, url, description })
    }

    /// "[picture: A harbour at dusk]"
    pub fn in_words(&self) -> String {
        if self.description.is_empty() { "[picture]".to_owned() } else { format!("[picture: {}]", self.description) }
    }

    /// Whether this shows what another does: the same file, perhaps in another size.
    pub fn is_same(&self, other: &Self) -> bool {
        file_of(&self.url) == file_of(&other.url)
    }
}

/// An address without what asks for a size: its scheme, its query, and "-300x200" at the end of a name.
fn file_of(url: &str) -> &str {
    let url = url.split_once("://").map_or(url, |(_, rest)| rest);
    let path = url.split(['?', '#']).next().unwrap_or(url);
    let name = path.rsplit_once('.').filter(|(_, end)| !end.contains('/')).map_or(path, |(name, _)| name);
    let is_size = |size: &str| {
        size.split_once('x').is_some_and(|(width, height)| {
            [width, height].iter().all(|number| !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit()))
        })
    };
    name.rsplit_once('-').filter(|(_, size)| is_size(size)).map_or(name, |(name, _)| name)
}

fn is_name_of_file(line: &str) -> bool {
    const ENDS: [&str; 8] = [".jpg", ".jpeg", ".png", ".gif", ".webp", ".avif", ".svg", ".bmp"];
    let lower = line.to_ascii_lowercase();
    ENDS.iter().any(|end| lower.ends_with(end))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_pictures_on_the_web_are_kept() {
        for url in ["data:image/png;base64,AAAA", "javascript:alert(1)", "file:///x.png", "/x.png", "https://a b/x.png"]
        {
            assert_eq!(Picture::at(url, "x"), None, "{url}");
        }
        let picture = Picture::at("https://me:secret@coast.example/x.png", " A harbour\u{1b}[2J\nat dusk ").unwrap();
        assert_eq!(
            (picture.url.as_str(), picture.in_words().as_str()),
            ("https://me@coast.example/x.png", "[picture: A harbour at dusk]")
        );
        assert_eq!(Picture::at("https://a.example/1", "IMG_0123.JPG").unwrap().in_words(), "[picture]");
    }

    #[test]
    fn sizes_of_a_picture_are_one_picture() {
        let at = |url| Picture::at(url, "").unwrap();
        let whole = at("https://coast.example/img/quay.jpg");
        for other in [
            "https://coast.example/img/quay.jpg?w=300",
            "http://coast.example/img/quay-300x200.jpg",
            "https://coast.example/img/quay.webp",
        ] {
            assert!(whole.is_same(&at(other)), "{other}");
        }
        for other in ["https://coast.example/img/quay-2.jpg", "https://other.example/img/quay.jpg"] {
            assert!(!whole.is_same(&at(other)), "{other}");
        }
    }
}
