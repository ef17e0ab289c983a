//! Following links: those in the text by letters that stand over them, and the article's own address.

use super::effect::Effect;
use super::prompt::{Prompt, Purpose};
use super::{App, Command, Notice};
use crate::article::Link;

/// The letters of labels: those under the fingers first.
const LETTERS: &[u8] = b"asdfghjklqwertyuiopzxcvbnm";

/// The schemes that are opened; everything else stays text.
const SCHEMES: [&str; 3] = ["http://", "https://", "mailto:"];

impl App {
    /// `o`: opens the article's address in the browser.
    pub(super) fn open_address(&mut self) {
        let Some(reader) = &self.reader else { return self.show_message("No article is open") };
        match &reader.article.url {
            Some(url) => self.open_link(&url.clone()),
            None => self.show_message(
                Notice::new("This article has no address on the web").hint(Command::CopyAddress, "copies where it is"),
            ),
        }
    }

    /// `f`: puts letters over the links on the screen.
    pub(super) fn start_hints(&mut self) {
        if self.hints().next().is_none() {
            return self.show_message("There is no link on the screen");
        }
        self.overlay = None;
        self.prompt = Some(Prompt::new(Purpose::Link));
    }

    /// The links on the screen, each with its label, those that no longer fit what was typed left out.
    pub fn hints(&self) -> impl Iterator<Item = (String, &Link)> {
        let height = self.text_height();
        let typed = self.prompt.as_ref().filter(|prompt| prompt.purpose == Purpose::Link).map_or("", Prompt::typed);
        let links: Vec<&Link> = match &self.reader {
            Some(reader) => {
                let shown = |link: &&Link| reader.shows(link.span, height) && is_followed(&link.url);
                reader.article.body.links().iter().filter(shown).collect()
            }
            None => Vec::new(),
        };
        let long = links.len() > LETTERS.len();
        let labelled = links.into_iter().enumerate().map(move |(at, link)| (label(at, long), link));
        labelled.filter(move |(label, _)| label.starts_with(typed))
    }

    /// Follows the only link whose label begins with what was typed.
    pub(super) fn follow_hint(&mut self) {
        let mut fitting = self.hints().map(|(label, link)| (label, link.url.clone()));
        let (first, second) = (fitting.next(), fitting.next());
        drop(fitting);
        let typed = self.prompt.as_ref().map_or("", Prompt::typed);
        match (first, second) {
            (Some((label, url)), None) if label == typed => {
                self.prompt = None;
                self.open_link(&url);
            }
            (None, _) => {
                self.prompt = None;
                self.show_message("No link has that label");
            }
            _ => {}
        }
    }

    fn open_link(&mut self, url: &str) {
        if !is_followed(url) {
            return self.show_message(format!("Only http, https and mailto are opened, not {url}"));
        }
        self.show_message(format!("Opening {url}"));
        self.ask(Effect::OpenLink(url.to_owned()));
    }
}

/// Whether links like this one are followed.
fn is_followed(url: &str) -> bool {
    let lower = url.to_ascii_lowercase();
    SCHEMES.iter().any(|scheme| lower.starts_with(scheme)) && !url.contains(|c: char| c.is_control() || c == ' ')
}

/// The label of the `at`th link: one letter, or two where there are many.
fn label(at: usize, long: bool) -> String {
    let letter = |at: usize| char::from(LETTERS[at % LETTERS.len()]);
    if long { [letter(at / LETTERS.len()), letter(at)].iter().collect() } else { letter(at).to_string() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_web_and_mail_are_followed() {
        for url in ["https://coast.example/a", "HTTP://coast.example", "mailto:desk@coast.example"] {
            assert!(is_followed(url), "{url}");
        }
        for url in ["file:///etc/passwd", "javascript:alert(1)", "-h", "https://a b", "https://a\u{1b}[2J", "data:x"] {
            assert!(!is_followed(url), "{url}");
        }
    }

    #[test]
    fn labels_are_short_and_unique() {
        assert_eq!((label(0, false), label(1, false)), ("a".to_owned(), "s".to_owned()));
        let mut all: Vec<_> = (0..600).map(|at| label(at, true)).collect();
        all.sort();
        all.dedup();
        assert_eq!(all.len(), 600);
    }
}
