//! Another name for a feed.

use super::{Line, PromptKind, Then};
use crate::app::{App, Command, Notice};
use crate::catalog::FeedId;
use crate::text::clean_line;
use crate::user::UserAction;

/// Asks what a feed is to be called.
#[derive(Debug)]
struct RenameFeed {
    feed: FeedId,
    before: String,
}

/// Asks for another name of the feed that is selected in the sidebar.
pub(in crate::app) fn open(app: &mut App) {
    let Some((feed, before)) = app.feed_here().map(|line| (line.id, line.name.clone())) else {
        return app.refuse("Select a feed first");
    };
    let typed = before.clone();
    app.ask_for(RenameFeed { feed, before }, &typed);
}

impl PromptKind for RenameFeed {
    fn label(&self, _: &Line) -> &'static str {
        "name: "
    }

    fn hints(&self, _: &App, _: &Line) -> Vec<Notice> {
        vec![Notice::new("").hint(Command::Accept, "saves")]
    }

    fn accept(&mut self, app: &mut App, line: &mut Line) -> Then {
        let name = Some(clean_line(line.typed().trim())).filter(|name| !name.is_empty());
        if name.as_deref() != Some(&*self.before) {
            let shown = name.clone().unwrap_or_else(|| "its own title".to_owned());
            let renamed = UserAction::FeedRenamed { feed: self.feed, before: None, after: name };
            app.commit(vec![renamed], format!("renaming of {}", self.before));
            app.show_message(Notice::undoable(format!("Renamed to {shown}")));
        }
        Then::Close
    }
}
