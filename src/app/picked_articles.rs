//! What commands in the list do with all articles that are picked.

use super::article_mark::ArticleMark;
use super::effect::{Effect, FetchJob};
use super::prompts::{open_many, tag};
use super::views::review;
use super::{App, Command};
use crate::article::ArticleId;
use crate::text::counted;

/// So many addresses are opened unasked.
const OPENED_UNASKED: usize = 5;

/// No browser is asked to open more at once, and no more full articles are fetched at once.
const MOST_OPENED: usize = 50;

/// No more addresses are copied at once: more would be too long for a terminal.
const MOST_COPIED: usize = 1_000;

/// Does what a command asks for with all picked articles that are listed; returns false where nothing is picked, and for
/// commands that are not about articles.
pub(super) fn command(app: &mut App, command: Command) -> bool {
    use Command as C;
    let is_about_articles = matches!(
        command,
        C::ToggleRead | C::ToggleStar | C::Remove | C::Tag | C::CopyAddress | C::OpenAddress | C::FullText | C::Review
    );
    let Some(articles) = is_about_articles.then(|| app.picked_here()).flatten() else { return false };
    if articles.is_empty() {
        app.refuse(app.picks_elsewhere());
        return true;
    }
    match command {
        C::ToggleRead => app.toggle_mark(ArticleMark::Read, articles),
        C::ToggleStar => app.toggle_mark(ArticleMark::Starred, articles),
        C::Remove => app.toggle_mark(ArticleMark::Removed, articles),
        C::Tag => tag::open_for_articles(app, articles),
        C::CopyAddress => copy_addresses(app, articles),
        C::OpenAddress if articles.len() <= OPENED_UNASKED => app.open_addresses(articles),
        C::OpenAddress => ask_to_open(app, articles),
        C::FullText => fetch_full_texts(app, &articles),
        _ => review::open_of(app, &articles),
    }
    true
}

/// Refuses to do something with more articles than can be; returns whether it did.
fn are_too_many(app: &mut App, articles: &[ArticleId], most: usize, to: &str) -> bool {
    let are_too_many = articles.len() > most;
    if are_too_many {
        app.refuse(format!("{} are too many to {to} at once: at most {most}", counted(articles.len(), "article")));
    }
    are_too_many
}

fn copy_addresses(app: &mut App, articles: Vec<ArticleId>) {
    if !are_too_many(app, &articles, MOST_COPIED, "copy their addresses") {
        app.copy_addresses(articles);
    }
}

fn ask_to_open(app: &mut App, articles: Vec<ArticleId>) {
    if !are_too_many(app, &articles, MOST_OPENED, "open in the browser") {
        open_many::open(app, articles);
    }
}

fn fetch_full_texts(app: &mut App, articles: &[ArticleId]) {
    if are_too_many(app, articles, MOST_OPENED, "fetch") {
        return;
    }
    app.show_message(format!("Fetching {} …", counted(articles.len(), "full article")));
    for &id in articles {
        app.ask(Effect::Fetch(FetchJob::FullText { id }));
    }
}
