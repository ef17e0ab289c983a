//! Changes of one feed: those that the history keeps, and those that may hold a password.

use super::effect::{Effect, FeedJob};
use super::{App, Notice};
use crate::catalog::FeedId;
use crate::text::shorten;
use crate::user::{FeedField, FeedSettings, UserAction};

/// How much of a value a message repeats, in cells.
const LONGEST_SHOWN: usize = 40;

impl App {
    /// What a feed is called.
    pub(super) fn feed_name(&self, feed: FeedId) -> Option<&str> {
        self.collections.feeds().iter().find(|line| line.id == feed).map(|line| &*line.name)
    }

    /// Changes one setting of a feed to the value that it has in `changed`; `written` is how the user wrote it.
    pub(super) fn change_feed(&mut self, feed: FeedId, field: FeedField, changed: &FeedSettings, written: &str) {
        let Some(name) = self.feed_name(feed).map(str::to_owned) else { return self.refuse("The feed is gone") };
        let Some(after) = changed.setting(field) else {
            if field == FeedField::Name {
                return self.rename_feed(feed, changed.name.clone());
            }
            self.show_message(format!("Changing the {} of {name} …", field.name()));
            return self.ask(Effect::EditFeeds(FeedJob::Edit { feed, field, written: written.to_owned() }));
        };
        let value = Some(changed.written(field)).filter(|value| !value.is_empty());
        let value = value.map_or_else(|| "none".to_owned(), |value| shorten(&value, LONGEST_SHOWN));
        let what = field.name();
        self.commit(vec![UserAction::FeedSet { feed, before: None, after }], format!("{what} of {name}"));
        let mut letters = what.chars();
        let first: String = letters.next().map(|letter| letter.to_uppercase().collect()).unwrap_or_default();
        self.show_message(Notice::undoable(format!("{first}{}: {value}", letters.as_str())));
    }

    /// Gives a feed a name of the user's, or its own title again.
    pub(super) fn rename_feed(&mut self, feed: FeedId, name: Option<String>) {
        let Some(before) = self.feed_name(feed).map(str::to_owned) else { return self.refuse("The feed is gone") };
        if name.as_ref() == Some(&before) {
            return;
        }
        let shown = name.clone().unwrap_or_else(|| "its own title".to_owned());
        let renamed = UserAction::FeedRenamed { feed, before: None, after: name };
        self.commit(vec![renamed], format!("renaming of {before}"));
        self.show_message(Notice::undoable(format!("Renamed to {shown}")));
    }

    /// Pauses a feed, or resumes it.
    pub(super) fn toggle_paused(&mut self, feed: FeedId) {
        let line = self.collections.feeds().iter().find(|line| line.id == feed);
        let Some((paused, name)) = line.map(|line| (line.paused, line.name.clone())) else {
            return self.refuse("The feed is gone");
        };
        let (label, message) = if paused { ("resumed", "Updates resumed") } else { ("paused", "Updates paused") };
        self.commit(vec![UserAction::FeedPaused { feed, paused: !paused }], format!("{label} {name}"));
        self.show_message(Notice::undoable(message));
    }
}
