//! Opening addresses: that of the article, and those of the links in it.

use super::effect::{Effect, PageJob};
use super::reader::{Goal, Reader};
use super::{App, Command, ListedLink, Notice, navigation};
use crate::article::{ArticleId, Link, shown_address};
use crate::layout::RowKind;

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

/// A link or a picture on the screen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LinkInSight {
    /// The row of the article in which it begins.
    pub row: usize,
    /// The column in that row, in cells.
    pub column: usize,
    /// Where it leads.
    pub url: String,
}

/// The links and pictures on the screen that can be followed, in the order in which they stand.
pub(super) fn links_in_sight(app: &App) -> Vec<LinkInSight> {
    let height = app.text_height();
    let Some(reader) = &app.article.reader else { return Vec::new() };
    let body = &reader.article.body;
    let shown = |link: &&Link| reader.shows(link.span, height) && is_followed(&link.url);
    let link = |link: &Link| {
        let row = reader.page.row_at(link.span.start);
        LinkInSight { row, column: reader.column_of(body.text(), row, link.span.start), url: link.url.clone() }
    };
    let mut links: Vec<_> = body.links().iter().filter(shown).map(link).collect();
    let rows = reader.page.rows().iter().enumerate().skip(reader.top_row(height)).take(height);
    links.extend(rows.filter_map(|(row, shown)| match shown.kind {
        RowKind::Picture { number, line: 0 } => {
            Some(LinkInSight { row, column: 0, url: body.pictures().get(number)?.url.clone() })
        }
        _ => None,
    }));
    links.sort_by_key(|link| (link.row, link.column));
    links
}

pub(super) fn open_link(app: &mut App, url: &str) {
    if !is_followed(url) {
        return app.refuse(format!("Only http, https and mailto are opened, not {url}"));
    }
    app.show_message(format!("Opening {url}"));
    app.ask(Effect::OpenLink(url.to_owned()));
}

/// Reads the page of a link as an article of its own; what is no page is opened in the browser.
pub(super) fn open_in_place(app: &mut App, link: &ListedLink) {
    let Some(from) = app.article.reader.as_ref().map(Reader::id) else { return app.refuse("No article is open") };
    if !link.may_be_article {
        return open_link(app, &link.url);
    }
    app.show_message(format!("Reading {} …", link.address));
    app.ask(Effect::ReadPage(PageJob { from, url: link.url.clone() }));
}

/// The page of a link was read: it is opened, if the user is still where it was asked for.
pub(super) fn page_read(app: &mut App, job: &PageJob, id: ArticleId) {
    let is_there = app.article.reader.as_ref().is_some_and(|reader| reader.id() == job.from);
    let address = shown_address(&job.url);
    if id == job.from {
        return app.show_message("The link leads to this article");
    }
    if !is_there || app.is_awaiting() || app.views.prompt().is_some() {
        return app.show_message(format!("{address} is in the list now"));
    }
    app.views.close_card();
    navigation::note_jump(app);
    app.note_place();
    app.read(id, Goal::Resume);
    app.show_message(Notice::new("").hint(Command::JumpBack, "goes back"));
}

/// There is no article at a link.
pub(super) fn page_failed(app: &mut App, _: &PageJob, why: String) {
    app.show_message(Notice::new(why).hint(Command::Links, "lists the links"));
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
