//! The sources on the web: asking them, adding and tending them, and what is heard of them.

use super::effect::{Effect, FeedQuery, FetchJob};
use super::event::Event;
use super::prompt::{Prompt, Purpose};
use super::reader::Goal;
use super::{App, Command, Focus, Notice, Shelf};
use crate::article::shown_address;
use crate::catalog::{FeedSelection, SkippedFile, SourceId, SourceLine};
use crate::text::{clean_line, counted, fold};
use crate::user::UserAction;

/// The sources, and how far asking them has come.
#[derive(Debug, Default)]
pub struct Sources {
    /// All of them, by folder and name.
    pub lines: Vec<SourceLine>,
    /// How many have answered, of how many that were asked; nothing while none is asked.
    pub refreshing: Option<(usize, usize)>,
    /// The feeds that a page names, of which one is to be chosen: addresses and titles.
    discovered: Vec<(String, String)>,
    /// What was typed to get to that page.
    typed: String,
}

impl App {
    /// The sources, and how far asking them has come.
    pub fn sources(&self) -> &Sources {
        &self.sources
    }

    /// The source whose shelf is selected or open.
    pub fn source_here(&self) -> Option<&SourceLine> {
        let part = if self.focus == Focus::Shelves { self.shelves.selected() } else { self.shelves.open() };
        let Shelf::Feed { id, .. } = part else { return None };
        self.sources.lines.iter().find(|line| line.id == *id)
    }

    /// Takes in what happened with sources, and says what the reader should know.
    pub(super) fn hear_of_sources(&mut self, event: Event) {
        match event {
            Event::Sources(lines) => {
                self.sources.lines = lines;
                self.rename_shelves();
            }
            Event::Refreshing { done, of } => self.sources.refreshing = Some((done, of)),
            Event::Refreshed { new, updated, failed, barred, cancelled, is_offline } => {
                self.sources.refreshing = None;
                let mut parts = vec![format!("{new} new")];
                parts.extend((updated > 0).then(|| format!("{updated} changed")));
                let has_failed = failed > 0 && !is_offline;
                parts.extend(has_failed.then(|| format!("{failed} failed")));
                parts.extend((barred > 0).then(|| format!("not asked, as their servers wish: {barred}")));
                parts.extend(cancelled.then(|| "stopped".to_owned()));
                parts.extend(is_offline.then(|| "no server can be reached: check the connection".to_owned()));
                let notice = Notice::new(parts.join(" · "));
                self.show_message(if has_failed { notice.hint(Command::Refusals, "tells why") } else { notice });
                self.ask(Effect::Feeds(FeedQuery::List));
            }
            Event::FeedFailed { name, why, .. } => self.intake.refuse(SkippedFile { place: name, reason: why }),
            Event::Subscribed { name, articles, .. } => {
                let articles = counted(articles, "article");
                self.show_message(
                    Notice::new(format!("Subscribed to {name}: {articles}")).hint(Command::Shelves, "shows it"),
                );
                self.ask(Effect::Feeds(FeedQuery::List));
            }
            Event::NotSubscribed { why, .. } | Event::NoFullText { why, .. } => self.show_message(why),
            Event::Discovered { typed, feeds } => {
                (self.sources.discovered, self.sources.typed) = (feeds, typed);
                self.prompt = Some(Prompt::new(Purpose::Feed));
            }
            Event::FullText { id } => {
                self.show_message("The whole text is here");
                if self.reader.as_ref().is_some_and(|reader| reader.id() == id) {
                    self.reader = None;
                    self.open(id, Goal::Resume);
                }
            }
            _ => {}
        }
    }

    /// `r`: asks the source whose shelf is open, else all.
    pub(super) fn refresh_here(&mut self) {
        let which = self.source_here().map_or(FeedSelection::All, |line| FeedSelection::One(line.id));
        self.refresh(which);
    }

    /// Asks sources what is new.
    pub(super) fn refresh(&mut self, which: FeedSelection) {
        if self.sources.lines.is_empty() {
            return self
                .show_message(Notice::new("There are no sources on the web yet").hint(Command::Subscribe, "adds one"));
        }
        if self.sources.refreshing.is_some() {
            return self.show_message(Notice::new("Sources are being asked already").hint(Command::Back, "stops it"));
        }
        self.ask(Effect::Fetch(FetchJob::Refresh(which)));
    }

    /// `a`: asks for an address.
    pub(super) fn start_subscribing(&mut self) {
        self.overlay = None;
        self.prompt = Some(Prompt::new(Purpose::Address));
    }

    pub(super) fn accept_address(&mut self, typed: &str) {
        let typed = clean_line(typed.trim());
        if typed.is_empty() {
            return;
        }
        // Nobody types the scheme.
        let address = if typed.contains("://") { typed.clone() } else { format!("https://{typed}") };
        self.show_message(format!("Asking {} …", shown_address(&address)));
        self.ask(Effect::Fetch(FetchJob::Subscribe { address, typed }));
    }

    /// The feeds of which one is to be chosen, that fit what was typed: addresses and titles.
    pub fn feed_choices(&self) -> impl Iterator<Item = &(String, String)> {
        let prompt = self.prompt.as_ref().filter(|prompt| prompt.purpose == Purpose::Feed);
        self.fitting_feeds(prompt.map_or("", Prompt::typed))
    }

    fn fitting_feeds(&self, typed: &str) -> impl Iterator<Item = &(String, String)> {
        let wanted = fold(typed);
        let fits = move |(address, title): &&(String, String)| {
            fold(address).contains(&wanted) || fold(title).contains(&wanted)
        };
        self.sources.discovered.iter().filter(fits)
    }

    pub(super) fn accept_feed(&mut self, choice: usize, typed: &str) {
        let Some((address, _)) = self.fitting_feeds(typed).nth(choice).cloned() else {
            return self.show_message("None of the feeds is called so; nothing was added");
        };
        self.show_message(format!("Asking {} …", shown_address(&address)));
        self.ask(Effect::Fetch(FetchJob::Subscribe { address, typed: self.sources.typed.clone() }));
    }

    /// `x`: fetches the whole text of the article.
    pub(super) fn fetch_full_text(&mut self) {
        let Some(id) = self.article_here() else { return self.show_message("No article is selected") };
        self.show_message("Fetching the whole text …");
        self.ask(Effect::Fetch(FetchJob::FullText { id }));
    }

    /// `M`: leaves a source alone, or asks it again.
    pub(super) fn toggle_muted(&mut self) {
        let Some((feed, muted, name)) = self.source_here().map(|line| (line.id, line.paused, line.name.clone())) else {
            return self.show_message("Select a source on the web first");
        };
        let (label, message) = if muted { ("resumed", "Updates resumed") } else { ("paused", "Updates paused") };
        self.commit(vec![UserAction::FeedPaused { feed, paused: !muted }], format!("{label} {name}"));
        self.show_message(Notice::undoable(message));
    }

    /// `c` on a shelf: asks for another name.
    pub(super) fn start_renaming(&mut self) {
        let Some(name) = self.source_here().map(|line| line.name.clone()) else {
            return self.show_message("Select a source on the web first");
        };
        self.prompt = Some(Prompt::with(Purpose::NameSource, &name));
    }

    pub(super) fn accept_source_name(&mut self, typed: &str) {
        let Some((feed, before)) = self.source_here().map(|line| (line.id, line.name.clone())) else {
            return;
        };
        let name = Some(clean_line(typed.trim())).filter(|name| !name.is_empty());
        if name.as_deref() == Some(&*before) {
            return;
        }
        let shown = name.clone().unwrap_or_else(|| "the name that it gives itself".to_owned());
        let label = format!("renaming of {before}");
        self.commit(vec![UserAction::FeedRenamed { feed, before: None, after: name }], label);
        self.show_message(Notice::undoable(format!("Renamed to {shown}")));
    }

    pub(super) fn drop_source(&mut self, feed: SourceId, name: &str) {
        self.commit(vec![UserAction::Subscribed { feed, subscribed: false }], format!("unsubscribing from {name}"));
        self.open_shelf(Shelf::All);
        self.show_message(Notice::undoable(format!("Unsubscribed from {name}, its articles stay")));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::screen::Size;
    use crate::catalog::SourceId;

    fn app() -> App {
        App::new("library", Vec::new(), Size { width: 80, height: 24 })
    }

    fn hear(app: &mut App, event: Event) -> Option<Notice> {
        app.notice = None;
        let _ = app.event(event);
        app.notice.clone()
    }

    #[test]
    fn what_came_of_a_refresh_is_said_in_a_line() {
        let mut app = app();
        assert_eq!(hear(&mut app, Event::Refreshing { done: 3, of: 8 }), None);
        assert_eq!(app.sources().refreshing, Some((3, 8)));
        let refreshed = |new, updated, failed, cancelled, is_offline| Event::Refreshed {
            new,
            updated,
            failed,
            barred: 0,
            cancelled,
            is_offline,
        };
        assert_eq!(hear(&mut app, refreshed(7, 0, 0, false, false)).unwrap(), "7 new".into());
        assert_eq!(app.sources().refreshing, None);
        let failed = |words: &str| Notice::new(words).hint(Command::Refusals, "tells why");
        let said = hear(&mut app, refreshed(0, 2, 1, false, false)).unwrap();
        assert_eq!(said, failed("0 new · 2 changed · 1 failed"));
        assert_eq!(hear(&mut app, refreshed(0, 0, 2, false, false)).unwrap(), failed("0 new · 2 failed"));
        assert_eq!(hear(&mut app, refreshed(1, 0, 0, true, false)).unwrap(), "1 new · stopped".into());
        let offline = hear(&mut app, refreshed(0, 0, 9, false, true)).unwrap();
        assert_eq!(offline, "0 new · no server can be reached: check the connection".into());
    }

    #[test]
    fn a_source_that_fails_is_listed_and_interrupts_nobody() {
        let mut app = app();
        let event = Event::FeedFailed { id: SourceId(1), name: "Coast".to_owned(), why: "answers 500".to_owned() };
        assert_eq!(hear(&mut app, event), None);
        assert_eq!(app.intake().refusals[0].place, "Coast");
    }
}
