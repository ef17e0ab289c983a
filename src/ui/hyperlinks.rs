//! Words on the screen that lead to an address: terminals open it at a click (OSC 8).

use ratatui::layout::Rect;
use url::Url;

/// Words in a row of the screen, and the address that they lead to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hyperlink {
    /// Where they stand.
    pub area: Rect,
    /// The words, as they are drawn.
    pub words: String,
    url: String,
}

impl Hyperlink {
    /// Words that lead to an address of the web, normalized: letters of ASCII that are shown, and no others. Nothing for any
    /// other address.
    pub fn new(area: Rect, words: &str, url: &str) -> Option<Self> {
        /// No browser takes a longer one (VTE, iTerm2).
        const LONGEST: usize = 2083;
        let url = Url::parse(url).ok().filter(|url| matches!(url.scheme(), "http" | "https"))?.to_string();
        let is_plain = url.len() <= LONGEST && url.bytes().all(|byte| (0x21..0x7f).contains(&byte));
        (is_plain && !words.is_empty()).then(|| Self { area, words: words.to_owned(), url })
    }

    /// The address: letters of ASCII without blanks.
    pub fn url(&self) -> &str {
        &self.url
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn address_holds_nothing_that_a_terminal_acts_on() {
        let url = |url| Hyperlink::new(Rect::new(0, 0, 4, 1), "here", url).map(|link| link.url);
        assert_eq!(
            url("https://coast.example/a b\u{1b}]8;;x\u{7}ü").unwrap(),
            "https://coast.example/a%20b%1B]8;;x%07%C3%BC"
        );
        for other in [
            "javascript:alert(1)",
            "file:///etc/passwd",
            "coast.example",
            &format!("https://a.example/{}", "x".repeat(9_999)),
        ] {
            assert_eq!(url(other), None);
        }
    }
}
