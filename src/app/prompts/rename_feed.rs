//! Another name for a feed, or for a feed folder.

use super::{Line, PromptKind, Then};
use crate::app::feed_folders::Moved;
use crate::app::{App, Collection, Command, Notice};
use crate::catalog::FeedId;
use crate::text::{Span, clean_line};

/// Asks what a feed or a feed folder is to be called.
#[derive(Debug)]
struct Rename(Named);

#[derive(Debug)]
enum Named {
    Feed(FeedId),
    /// The folder at this path: its last part is its name.
    Folder(String),
}

/// Asks for another name of the feed or the feed folder that is selected in the sidebar.
pub(in crate::app) fn open(app: &mut App) {
    if let Collection::Folder(path) = app.collection_here() {
        let (path, name) = (path.clone(), split(path).1.to_owned());
        return app.ask_for(Rename(Named::Folder(path)), &name);
    }
    let Some((feed, before)) = app.feed_here().map(|line| (line.id, line.name.clone())) else {
        return app.refuse("Select a feed first");
    };
    app.ask_for(Rename(Named::Feed(feed)), &before);
}

/// The path around a folder, with the sign behind it, and its name.
fn split(path: &str) -> (&str, &str) {
    path.split_at(path.rfind('/').map_or(0, |at| at + 1))
}

impl Rename {
    /// What is wrong with the name of a folder, if anything is.
    fn problem(&self, line: &Line) -> Option<Notice> {
        let (Named::Folder(_), typed) = (&self.0, line.typed()) else { return None };
        match typed {
            _ if clean_line(typed.trim()).is_empty() => Some("a feed folder needs a name".into()),
            _ if typed.contains('/') => {
                Some(Notice::new("a name has no /").hint(Command::Back, "then move it into another folder"))
            }
            _ => None,
        }
    }
}

impl PromptKind for Rename {
    fn label(&self, _: &Line) -> &'static str {
        "name: "
    }

    fn hints(&self, _: &App, line: &Line) -> Vec<Notice> {
        let saves = Notice::new("").hint(Command::Accept, "saves");
        self.problem(line).map_or_else(|| vec![saves], |problem| vec![problem, "not valid".into()])
    }

    fn errors(&self, _: &App, line: &Line) -> Vec<Span> {
        self.problem(line).map(|_| Span::new(0, line.typed().len())).into_iter().collect()
    }

    fn accept(&mut self, app: &mut App, line: &mut Line) -> Then {
        if let Some(why) = self.problem(line) {
            app.refuse(why);
            return Then::Stay;
        }
        let name = Some(clean_line(line.typed().trim())).filter(|name| !name.is_empty());
        match &self.0 {
            Named::Feed(feed) => app.rename_feed(*feed, name),
            Named::Folder(path) => {
                let to = format!("{}{}", split(path).0, name.unwrap_or_default());
                if let Err(why) = app.move_feeds(&Moved::Folder(path.clone()), &to) {
                    app.refuse(why);
                }
            }
        }
        Then::Close
    }
}
