//! Feeds: the commands on them, and the events about them.

use super::effect::{Effect, FeedQuery, FetchJob};
use super::event::Event;
use super::reader::Goal;
use super::{App, Collection, Command, Notice, Pane};
use crate::catalog::{FeedId, FeedLine, FeedSelection, SkippedFile};
use crate::text::counted;
use crate::user::UserAction;

impl App {
    /// The feed whose collection is selected or open.
    pub fn feed_here(&self) -> Option<&FeedLine> {
        let part = if matches!(self.views.pane(), Pane::Sidebar) {
            self.collections.selected()
        } else {
            self.collections.open()
        };
        let Collection::Feed { id, .. } = part else { return None };
        self.collections.feeds.iter().find(|line| line.id == *id)
    }

    /// Handles an event about feeds; shows a message where the user should know.
    pub(super) fn on_feed_event(&mut self, event: Event) {
        match event {
            Event::Sources(lines) => {
                self.collections.feeds = lines;
                self.rename_feed_collections();
            }
            Event::Refreshing { done, of } => self.progress.refreshing = Some((done, of)),
            Event::Refreshed { new, updated, failed, postponed, cancelled, is_offline } => {
                self.progress.refreshing = None;
                let mut parts = vec![format!("{new} new")];
                parts.extend((updated > 0).then(|| format!("{updated} changed")));
                let has_failed = failed > 0 && !is_offline;
                parts.extend(has_failed.then(|| format!("{failed} failed")));
                parts.extend((postponed > 0).then(|| format!("not asked, as their servers wish: {postponed}")));
                parts.extend(cancelled.then(|| "stopped".to_owned()));
                parts.extend(is_offline.then(|| "no server can be reached: check the connection".to_owned()));
                let notice = Notice::new(parts.join(" · "));
                self.show_message(if has_failed { notice.hint(Command::Errors, "tells why") } else { notice });
                self.ask(Effect::Feeds(FeedQuery::List));
            }
            Event::FeedFailed { name, why, .. } => self.progress.skip(SkippedFile { place: name, reason: why }),
            Event::Subscribed { name, articles, .. } => {
                let articles = counted(articles, "article");
                self.show_message(
                    Notice::new(format!("Subscribed to {name}: {articles}")).hint(Command::Sidebar, "shows it"),
                );
                self.ask(Effect::Feeds(FeedQuery::List));
            }
            Event::SubscribeFailed { why, .. } | Event::NoFullText { why, .. } => self.show_message(why),
            Event::Discovered { typed, feeds } => {
                self.choose_feed(feeds, typed);
            }
            Event::FullText { id } => {
                self.show_message("The whole text is here");
                if self.article.reader.as_ref().is_some_and(|reader| reader.id() == id) {
                    self.article.reader = None;
                    self.open(id, Goal::Resume);
                }
            }
            _ => {}
        }
    }

    /// `r`: refreshes the feed whose collection is open, else all.
    pub(super) fn refresh_here(&mut self) {
        let which = self.feed_here().map_or(FeedSelection::All, |line| FeedSelection::One(line.id));
        self.refresh(which);
    }

    pub(super) fn refresh(&mut self, which: FeedSelection) {
        if self.collections.feeds.is_empty() {
            return self
                .show_message(Notice::new("There are no sources on the web yet").hint(Command::Subscribe, "adds one"));
        }
        if self.progress.refreshing.is_some() {
            return self.show_message(Notice::new("Sources are being asked already").hint(Command::Back, "stops it"));
        }
        self.ask(Effect::Fetch(FetchJob::Refresh(which)));
    }

    /// `x`: fetches the full text of the article.
    pub(super) fn fetch_full_text(&mut self) {
        let Some(id) = self.article_here() else { return self.show_message("No article is selected") };
        self.show_message("Fetching the whole text …");
        self.ask(Effect::Fetch(FetchJob::FullText { id }));
    }

    /// `M`: pauses a feed, or resumes it.
    pub(super) fn toggle_paused(&mut self) {
        let Some((feed, paused, name)) = self.feed_here().map(|line| (line.id, line.paused, line.name.clone())) else {
            return self.show_message("Select a source on the web first");
        };
        let (label, message) = if paused { ("resumed", "Updates resumed") } else { ("paused", "Updates paused") };
        self.commit(vec![UserAction::FeedPaused { feed, paused: !paused }], format!("{label} {name}"));
        self.show_message(Notice::undoable(message));
    }

    pub(super) fn unsubscribe(&mut self, feed: FeedId, name: &str) {
        self.commit(vec![UserAction::Subscribed { feed, subscribed: false }], format!("unsubscribing from {name}"));
        self.open_collection(Collection::All);
        self.show_message(Notice::undoable(format!("Unsubscribed from {name}, its articles stay")));
    }
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
            cancelled,
            is_offline,
        };
        assert_eq!(handle(&mut app, refreshed(7, 0, 0, false, false)).unwrap(), "7 new".into());
        assert_eq!(app.progress().refreshing, None);
        let failed = |words: &str| Notice::new(words).hint(Command::Errors, "tells why");
        let said = handle(&mut app, refreshed(0, 2, 1, false, false)).unwrap();
        assert_eq!(said, failed("0 new · 2 changed · 1 failed"));
        assert_eq!(handle(&mut app, refreshed(0, 0, 2, false, false)).unwrap(), failed("0 new · 2 failed"));
        assert_eq!(handle(&mut app, refreshed(1, 0, 0, true, false)).unwrap(), "1 new · stopped".into());
        let offline = handle(&mut app, refreshed(0, 0, 9, false, true)).unwrap();
        assert_eq!(offline, "0 new · no server can be reached: check the connection".into());
    }

    #[test]
    fn a_source_that_fails_is_listed_and_interrupts_nobody() {
        let mut app = app();
        let event = Event::FeedFailed { id: FeedId(1), name: "Coast".to_owned(), why: "answers 500".to_owned() };
        assert_eq!(handle(&mut app, event), None);
        assert_eq!(app.progress().skipped[0].place, "Coast");
    }
}
