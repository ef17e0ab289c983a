//! Another name for a feed, or for a feed folder.

use super::{Line, PromptKind, Then};
use crate::app::feed_folders::Moved;
use crate::app::{App, Collection, Command, Notice};
use crate::catalog::FeedId;
use crate::text::{Span, clean_line, counted};

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
    /// The path of the folder under the name that was typed; none for a feed.
    fn folder(&self, typed: &str) -> Option<String> {
        let Named::Folder(path) = &self.0 else { return None };
        Some(format!("{}{}", split(path).0, clean_line(typed.trim())))
    }

    /// What joins another folder under the name that was typed, if one is called so already.
    fn joins(&self, app: &App, line: &Line) -> Option<Notice> {
        let to = self.folder(line.typed())?;
        let is_other = matches!(&self.0, Named::Folder(path) if *path != to);
        let feeds = app.count_feeds_in(&to);
        let joins = || format!("{to} exists, with {}", counted(feeds, "feed"));
        (is_other && feeds > 0).then(|| Notice::new(joins()).hint(Command::Accept, "joins them"))
    }

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

    fn hints(&self, app: &App, line: &Line) -> Vec<Notice> {
        if let Some(problem) = self.problem(line) {
            return vec![problem, "not valid".into()];
        }
        let short = |does| Notice::new("").hint(Command::Accept, does);
        match self.joins(app, line) {
            Some(joins) => vec![joins, short("joins them")],
            None => vec![short("saves")],
        }
    }

    fn errors(&self, _: &App, line: &Line) -> Vec<Span> {
        self.problem(line).map(|_| Span::new(0, line.typed().len())).into_iter().collect()
    }

    fn accept(&mut self, app: &mut App, line: &mut Line) -> Then {
        if let Some(why) = self.problem(line) {
            app.refuse(why);
            return Then::Stay;
        }
        match &self.0 {
            Named::Feed(feed) => {
                let name = Some(clean_line(line.typed().trim())).filter(|name| !name.is_empty());
                app.rename_feed(*feed, name);
            }
            Named::Folder(path) => {
                let to = self.folder(line.typed()).unwrap_or_default();
                if let Err(why) = app.move_feeds(&Moved::Folder(path.clone()), &to) {
                    app.refuse(why);
                }
            }
        }
        Then::Close
    }
}
