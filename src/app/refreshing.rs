//! What is known of the sources on the web, and how far asking them has come.

use super::App;
use super::event::Event;
use crate::catalog::SourceLine;

/// The sources, and how far asking them has come.
#[derive(Debug, Default)]
pub struct Sources {
    /// All of them, by folder and name.
    pub lines: Vec<SourceLine>,
    /// How many have answered, of how many that were asked; nothing while none is asked.
    pub refreshing: Option<(usize, usize)>,
}

impl App {
    /// The sources, and how far asking them has come.
    pub fn sources(&self) -> &Sources {
        &self.sources
    }

    /// Takes in what happened with sources, and says what the reader should know.
    pub(super) fn hear_of_sources(&mut self, event: Event) {
        match event {
            Event::Sources(lines) => self.sources.lines = lines,
            Event::Refreshing { done, of } => self.sources.refreshing = Some((done, of)),
            Event::Refreshed { new, updated, failed, barred, cancelled, is_offline } => {
                self.sources.refreshing = None;
                let mut parts = vec![format!("{new} new")];
                parts.extend((updated > 0).then(|| format!("{updated} updated")));
                parts.extend((failed > 0 && !is_offline).then(|| format!("{failed} sources failed")));
                parts.extend((barred > 0).then(|| format!("{barred} want to be left alone for now")));
                parts.extend(cancelled.then(|| "stopped".to_owned()));
                parts.extend(is_offline.then(|| "nobody can be reached: is the network there?".to_owned()));
                self.notice = Some(parts.join(" · "));
            }
            Event::FeedFailed { name, why, .. } => {
                self.intake.refuse(super::Refusal { place: name, reason: why });
            }
            Event::Subscribed { name, articles, .. } => self.notice = Some(format!("{name}: {articles} articles")),
            Event::NotSubscribed { why, .. } | Event::NoFullText { why, .. } => self.notice = Some(why),
            Event::Discovered { feeds, .. } => {
                self.notice = Some(format!("The page names {} feeds: give the address of one", feeds.len()));
            }
            Event::FullText { .. } => self.notice = Some("The whole text is here".to_owned()),
            _ => {}
        }
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

    fn hear(app: &mut App, event: Event) -> Option<String> {
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
        assert_eq!(hear(&mut app, refreshed(7, 0, 0, false, false)).unwrap(), "7 new");
        assert_eq!(app.sources().refreshing, None);
        assert_eq!(hear(&mut app, refreshed(0, 2, 1, false, false)).unwrap(), "0 new · 2 updated · 1 sources failed");
        assert_eq!(hear(&mut app, refreshed(1, 0, 0, true, false)).unwrap(), "1 new · stopped");
        let offline = hear(&mut app, refreshed(0, 0, 9, false, true)).unwrap();
        assert_eq!(offline, "0 new · nobody can be reached: is the network there?");
    }

    #[test]
    fn a_source_that_fails_is_listed_and_interrupts_nobody() {
        let mut app = app();
        let event = Event::FeedFailed { id: SourceId(1), name: "Coast".to_owned(), why: "answers 500".to_owned() };
        assert_eq!(hear(&mut app, event), None);
        assert_eq!(app.intake().refusals[0].place, "Coast");
    }
}
