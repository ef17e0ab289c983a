//! Opening addresses: that of the article, and those of the links in it.

use super::effect::Effect;
use super::{App, Command, Notice};
use crate::article::Link;

/// The schemes that are opened; everything else stays text.
const SCHEMES: [&str; 3] = ["http://", "https://", "mailto:"];

/// `o`: opens the article's address in the browser.
pub(super) fn open_address(app: &mut App) {
    let Some(reader) = &app.article.reader else { return app.refuse("No article is open") };
    let url = reader.article.url.clone();
    open_address_of(app, url.as_deref());
}

/// Opens the address of an article, where it has one.
pub(super) fn open_address_of(app: &mut App, url: Option<&str>) {
    match url {
        Some(url) => open_link(app, url),
        None => {
            app.refuse(Notice::new("This article has no web address").hint(Command::CopyAddress, "copies its path"));
        }
    }
}

/// The links on the screen that can be followed.
pub(super) fn links_in_sight(app: &App) -> Vec<&Link> {
    let height = app.text_height();
    let Some(reader) = &app.article.reader else { return Vec::new() };
    let shown = |link: &&Link| reader.shows(link.span, height) && is_followed(&link.url);
    reader.article.body.links().iter().filter(shown).collect()
}

pub(super) fn open_link(app: &mut App, url: &str) {
    if !is_followed(url) {
        return app.refuse(format!("Only http, https and mailto are opened, not {url}"));
    }
    app.show_message(format!("Opening {url}"));
    app.ask(Effect::OpenLink(url.to_owned()));
}

/// Whether links like this one are followed.
pub(super) fn is_followed(url: &str) -> bool {
    let lower = url.to_ascii_lowercase();
    SCHEMES.iter().any(|scheme| lower.starts_with(scheme)) && !url.contains(|c: char| c.is_control() || c == ' ')
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
}
