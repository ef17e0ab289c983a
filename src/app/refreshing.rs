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
