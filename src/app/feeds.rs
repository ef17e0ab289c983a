//! Feeds: the commands on them, and the events about them.

use super::effect::{Effect, FeedQuery, FetchJob, NotifyJob};
use super::event::Event;
use super::{App, Collection, Command, Notice, Pane, Reader, feed_folders, feed_lists};
use crate::app::prompts::{choose_feed, move_feed, rename_feed};
use crate::app::views::feed_card;
use crate::catalog::{FeedGroup, FeedId, FeedLine, FeedSelection, SkippedFile};
use crate::text::{cells, counted, shorten};
use crate::user::UserAction;

impl App {
    /// The feed whose collection is selected or open.
    pub fn feed_here(&self) -> Option<&FeedLine> {
        let Collection::Feed { id, .. } = self.collection_here() else { return None };
        self.collections.feeds().iter().find(|line| line.id == *id)
    }

    /// The feeds whose collection is selected or open: one, those in a folder, or those with a tag.
    pub fn feeds_here(&self) -> Option<FeedGroup> {
        let is_any = |group: &FeedGroup| {
            self.collections.feeds().iter().any(|line| group.has(line.id, &line.folder, &line.tags))
        };
        self.collection_here().feeds().filter(is_any)
    }

    /// How the user is told of what rules notify of: the ways of the terminal, as the option `notify` writes them, and a program
    /// with its arguments, empty for none.
    pub fn notify_ways(&self) -> (String, Vec<String>) {
        (self.option("notify").to_owned(), self.own_commands.notify.clone())
    }

    /// The collection that is selected in the sidebar, else the one that is open.
    pub(super) fn collection_here(&self) -> &Collection {
        if matches!(self.views.pane(), Pane::Sidebar) { self.collections.selected() } else { self.collections.open() }
    }
}

/// Handles an event about feeds; shows a message where the user should know.
pub(super) fn on_feed_event(app: &mut App, event: Event) {
    match event {
        Event::Sources(feeds) => {
            let before = app.collections.articles_of_open_feeds();
            app.progress.are_feeds_known = true;
            let known = std::mem::replace(&mut app.collections.feeds, feeds).feeds;
            app.rename_feed_collections(&known);
            app.follow_moved_folders(&known);
            feed_card::follow(app);
            // Articles belong to their feeds only once these were fetched and committed.
            if app.collections.articles_of_open_feeds() != before && app.views.search().is_none() {
                app.fill_list();
            }
        }
        Event::Refreshing { done, of } => app.progress.refreshing = Some((done, of)),
        Event::Refreshed { new, updated, failed, postponed, mut expiring, cancelled, is_offline } => {
            app.progress.refreshing = None;
            let mut parts = vec![if new == 0 { "No new articles".to_owned() } else { format!("{new} new") }];
            parts.extend((updated > 0).then(|| format!("{updated} changed")));
            let has_failed = failed > 0 && !is_offline;
            parts.extend(has_failed.then(|| format!("{failed} failed")));
            parts.extend((postponed > 0).then(|| format!("skipped, as their servers asked: {postponed}")));
            // What is being read stays until the next time.
            let open = app.article.reader.as_ref().map(Reader::id);
            expiring.retain(|id| Some(*id) != open);
            parts.extend((!expiring.is_empty()).then(|| format!("{} old deleted", expiring.len())));
            parts.extend(cancelled.then(|| "stopped".to_owned()));
            parts.extend(is_offline.then(|| "no server can be reached: check the connection".to_owned()));
            let notice = Notice::new(parts.join(" · "));
            app.show_message(if has_failed { notice.hint(Command::Errors, "tells why") } else { notice });
            app.ask(Effect::Feeds(FeedQuery::List));
            if !expiring.is_empty() {
                app.ask(Effect::Fetch(FetchJob::Expire(expiring)));
            }
        }
        Event::Notified(about) => {
            app.show_message(match about.count() {
                1 => format!("New: {}", about.headline()),
                several => format!("{several} new: {}", about.headline()),
            });
            let (ways, command) = app.notify_ways();
            app.ask(Effect::Notify(NotifyJob { about, ways, command }));
        }
        Event::NotifyFailed(why) => {
            app.progress.skip(SkippedFile { place: "notify_command".to_owned(), reason: why.clone() });
            // What is new counts more.
            if app.foot.notice.is_none() {
                app.show_message(why);
            }
        }
        Event::FeedFailed { name, why, .. } => app.progress.skip(SkippedFile { place: name, reason: why }),
        Event::Subscribed { name, articles, .. } => {
            let articles = counted(articles, "article");
            let samples = if app.progress.samples.is_empty() { "" } else { " · the samples go at the next start" };
            app.show_message(
                Notice::new(format!("Subscribed to {name}: {articles}{samples}")).hint(Command::Sidebar, "shows it"),
            );
            app.ask(Effect::Feeds(FeedQuery::List));
        }
        Event::SubscribeFailed { address, why } => failed_to_subscribe(app, address, why),
        Event::NoFullText { why, .. } => {
            // A sentence of its own.
            let mut letters = why.chars();
            let first: String = letters
                .next()
                .map(|letter| if why.starts_with("http") { letter.into() } else { letter.to_uppercase().collect() })
                .unwrap_or_default();
            app.show_message(first + letters.as_str());
        }
        Event::Discovered { typed, feeds } => {
            choose_feed::open(app, feeds, typed);
        }
        Event::FeedInfo { feed, info } => feed_card::known(app, feed, info),
        Event::FeedsImported { file, new, changed, known, left_out } => {
            feed_lists::imported(app, &file, (new, changed, known), left_out);
        }
        Event::FullText { id } => {
            app.open_new_version(id, id);
            app.show_message("Full article loaded");
        }
        _ => {}
    }
}

/// No feed was found: the message is one line, and what does not fit into it can be read among the errors.
fn failed_to_subscribe(app: &mut App, address: String, why: String) {
    let fits = cells(&why) + 2 <= usize::from(app.size.width);
    match why.strip_prefix(address.as_str()).map(|reason| reason.trim_start().to_owned()) {
        Some(reason) => {
            let notice = if fits { why } else { format!("No feed at {}", shorten(&address, 40)) };
            app.progress.skip(SkippedFile { place: address, reason });
            app.show_message(if fits { notice.into() } else { Notice::new(notice).hint(Command::Errors, "tells why") });
        }
        None => app.show_message(why),
    }
}

/// `r`: refreshes the feeds whose collection is open, else all.
pub(super) fn refresh_here(app: &mut App) {
    let which = app.feeds_here().map_or(FeedSelection::All, FeedSelection::Group);
    refresh(app, which);
}

pub(super) fn refresh(app: &mut App, which: FeedSelection) {
    // Right after the start there may be some that are not known yet.
    if app.collections.feeds().is_empty() && app.progress.are_feeds_known {
        return app.refuse(Notice::new("There are no feeds yet").hint(Command::Subscribe, "adds one"));
    }
    if app.progress.refreshing.is_some() {
        return app.refuse(Notice::new("Feeds are already being refreshed").hint(Command::Back, "stops it"));
    }
    app.ask(Effect::Fetch(FetchJob::Refresh(which)));
}

/// `x`: fetches the full text of the article.
pub(super) fn fetch_full_text(app: &mut App) {
    let Some(id) = app.article_here() else { return app.refuse("No article is selected") };
    app.show_message("Fetching the full article …");
    app.ask(Effect::Fetch(FetchJob::FullText { id }));
}

/// Carries out the commands on feeds and feed folders.
pub(super) fn on_feed_command(app: &mut App, command: Command) {
    match command {
        Command::PauseFeed => match app.feed_here().map(|line| line.id) {
            Some(feed) => app.toggle_paused(feed),
            None => app.refuse("Select a feed first"),
        },
        Command::RenameFeed => rename_feed::open(app),
        Command::FeedInfo => feed_card::toggle(app),
        Command::EditFeed => app.refuse("Only rows of the card of a feed are edited"),
        Command::MoveFeed => move_feed::open(app),
        Command::Fold => feed_folders::fold_here(app),
        Command::FoldAll | Command::UnfoldAll => feed_folders::fold_all(app, command == Command::FoldAll),
        _ => {}
    }
}

pub(super) fn unsubscribe(app: &mut App, feed: FeedId, name: &str) {
    app.commit(vec![UserAction::Subscribed { feed, subscribed: false }], format!("unsubscribing from {name}"));
    app.open_collection(Collection::All);
    app.show_message(Notice::undoable(format!("Unsubscribed from {name}, its articles stay")));
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::screen::Size;
    use crate::catalog::FeedId;

    fn app() -> App {
        App::new("library", Vec::new(), Size { width: 80, height: 24 })
    }

    fn handle(app: &mut App, event: Event) -> Option<Notice> {
        app.foot.notice = None;
        let _ = app.event(event);
        app.foot.notice.clone()
    }

    #[test]
    fn what_came_of_a_refresh_is_said_in_a_line() {
        let mut app = app();
        assert_eq!(handle(&mut app, Event::Refreshing { done: 3, of: 8 }), None);
        assert_eq!(app.progress().refreshing, Some((3, 8)));
        let refreshed = |new, updated, failed, cancelled, is_offline| Event::Refreshed {
            new,
            updated,
            failed,
            postponed: 0,
            expiring: Vec::new(),
            cancelled,
            is_offline,
        };
        assert_eq!(handle(&mut app, refreshed(7, 0, 0, false, false)).unwrap(), "7 new".into());
        assert_eq!(app.progress().refreshing, None);
        let failed = |words: &str| Notice::new(words).hint(Command::Errors, "tells why");
        let said = handle(&mut app, refreshed(0, 2, 1, false, false)).unwrap();
        assert_eq!(said, failed("No new articles · 2 changed · 1 failed"));
        assert_eq!(handle(&mut app, refreshed(0, 0, 2, false, false)).unwrap(), failed("No new articles · 2 failed"));
        assert_eq!(handle(&mut app, refreshed(1, 0, 0, true, false)).unwrap(), "1 new · stopped".into());
        let offline = handle(&mut app, refreshed(0, 0, 9, false, true)).unwrap();
        assert_eq!(offline, "No new articles · no server can be reached: check the connection".into());
    }

    #[test]
    fn a_source_that_fails_is_listed_and_interrupts_nobody() {
        let mut app = app();
        let event = Event::FeedFailed { id: FeedId(1), name: "Coast".to_owned(), why: "returned 500".to_owned() };
        assert_eq!(handle(&mut app, event), None);
        assert_eq!(app.progress().skipped[0].place, "Coast");
    }
}
