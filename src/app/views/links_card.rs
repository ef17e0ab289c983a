//! The card that lists where an article leads: its links, pictures, and what comes with it.

use std::collections::HashSet;

use super::{Card, row_after};
use crate::app::command::Command;
use crate::app::effect::{Effect, ScreenJob};
use crate::app::narrowing::fitting;
use crate::app::prompts::narrow;
use crate::app::{App, Reader, links};
use crate::article::shown_address;
use crate::text::clean_line;

/// Which link is selected, and the words that those listed have.
#[derive(Debug, Default)]
pub struct LinksCard {
    /// The number of the selected one, from 1.
    number: usize,
    /// The words that those listed have.
    pub filter: String,
}

/// An address that an article leads to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ListedLink {
    /// Its number among all of them, from 1.
    pub number: usize,
    /// The words that lead there.
    pub words: String,
    /// The address as it is shown: cleaned, and without a password.
    pub address: String,
    /// The address as it is opened.
    pub url: String,
    /// Whether an article may lie there: it is no file that comes with this one.
    pub may_be_article: bool,
}

impl LinksCard {
    /// The row of the selected link; the first where that is not listed.
    pub fn row(&self, listed: &[ListedLink]) -> usize {
        listed.iter().position(|link| link.number == self.number).unwrap_or(0)
    }
}

/// So many links of a text are listed: a page of sixteen megabytes may hold a hundred times as many, and the list is made for
/// each frame.
const MOST: usize = 2_000;

/// Lays the card over the panes, or takes it away.
pub(in crate::app) fn toggle(app: &mut App) {
    let Some(reader) = &app.article.reader else { return app.refuse("No article is open") };
    if all_links(reader).is_empty() {
        return app.refuse("This article leads nowhere: it has no links");
    }
    let height = app.text_height();
    // The first one in sight is at hand.
    let first = reader.article.body.links().iter().find(|link| reader.shows(link.span, height));
    let number = first.and_then(|first| all_links(reader).into_iter().find(|link| link.url == first.url));
    let number = number.map_or(1, |link| link.number);
    app.views.toggle_card(Card::Links(LinksCard { number, filter: String::new() }));
}

/// What a command does in the card: whether that was anything. A count is the number of the link that it is about.
pub(super) fn command(app: &mut App, command: Command, count: Option<usize>) -> bool {
    let Some(Card::Links(card)) = app.views.card() else { return false };
    let listed = app.listed_links();
    let link = match count {
        Some(number) => app.article.reader.as_ref().and_then(|reader| all_links(reader).into_iter().nth(number - 1)),
        None => listed.get(card.row(&listed)).cloned(),
    };
    let is_about_link = matches!(command, Command::Open | Command::OpenAddress | Command::CopyAddress);
    match (command, link) {
        (Command::Search, _) => narrow::open(app),
        (_, None) if is_about_link => app.refuse(match count {
            Some(number) => format!("There is no link {number}"),
            None => "No link is selected".to_owned(),
        }),
        (Command::Open, Some(link)) => {
            app.views.close_card();
            links::open_in_place(app, &link);
        }
        (Command::OpenAddress, Some(link)) => links::open_link(app, &link.url),
        (Command::CopyAddress, Some(link)) => {
            app.show_message(format!("Copied: {}", link.address));
            app.ask(Effect::Screen(ScreenJob::Copy(link.address)));
        }
        _ => return false,
    }
    true
}

pub(super) fn travel(app: &mut App, command: Command, count: usize) {
    let page = usize::from(app.size.height / 2);
    let Some(Card::Links(card)) = app.views.card() else { return };
    let listed = app.listed_links();
    let row = row_after(command, card.row(&listed), count, page, listed.len());
    let number = listed.get(row).map(|link| link.number);
    if let (Some(Card::Links(card)), Some(number)) = (app.views.card_mut(), number) {
        card.number = number;
    }
}

impl App {
    /// Where the open article leads, as far as it is listed.
    pub fn listed_links(&self) -> Vec<ListedLink> {
        let Some(reader) = &self.article.reader else { return Vec::new() };
        let all = all_links(reader);
        match self.views.card() {
            Some(Card::Links(card)) if !card.filter.is_empty() => {
                let text = |link: &ListedLink| [link.words.as_str(), &link.address].join(" ");
                fitting(all.iter().map(text), &card.filter).into_iter().map(|at| all[at].clone()).collect()
            }
            _ => all,
        }
    }

    /// How many there are, listed or not.
    pub fn link_count(&self) -> usize {
        self.article.reader.as_ref().map_or(0, |reader| all_links(reader).len())
    }
}

/// Where an article leads, each address once, in the order in which they stand: links and pictures, then where it is talked
/// about, then what comes with it.
fn all_links(reader: &Reader) -> Vec<ListedLink> {
    let (article, body) = (&reader.article, &reader.article.body);
    let place = |before: usize| body.paragraphs().get(before).map_or(body.text().len(), |below| below.span.start);
    let first = body.links().iter().take(MOST);
    let mut placed: Vec<(usize, String, &str, bool)> = Vec::new();
    placed.extend(body.pictures().iter().map(|p| (place(p.before), p.in_words(), p.url.as_str(), false)));
    placed.extend(first.map(|l| (l.span.start, body.words(l.span).to_owned(), l.url.as_str(), true)));
    placed.sort_by_key(|(at, ..)| *at);
    let end = body.text().len();
    placed.extend(article.comments.iter().map(|url| (end, "comments".to_owned(), url.as_str(), true)));
    placed.extend(article.enclosures.iter().map(|of| (end, format!("[{}]", of.with_name()), of.url.as_str(), false)));
    let mut known = HashSet::new();
    placed.retain(|(_, _, url, _)| links::is_followed(url) && known.insert(*url));
    let listed = |(at, (_, words, url, may_be_article)): (usize, (usize, String, &str, bool))| ListedLink {
        number: at + 1,
        words: clean_line(&words),
        // A password stands in addresses of the web alone.
        address: if url.contains("://") { shown_address(url) } else { clean_line(url) },
        url: url.to_owned(),
        may_be_article: may_be_article && !url.to_ascii_lowercase().starts_with("mailto:"),
    };
    placed.into_iter().enumerate().map(listed).collect()
}
