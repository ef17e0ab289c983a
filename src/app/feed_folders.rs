//! Feed folders: which are folded in the sidebar, and moving feeds and whole folders into others.

use std::collections::BTreeSet;

use super::{App, Collection, Collections, Notice};
use crate::catalog::{FeedId, FeedLine, folders_around};
use crate::text::{counted, fold};
use crate::user::{FeedSetting, UserAction, folder_of};

/// The names of the settings that say that a folder is folded: this, then its path.
const FOLDED: &str = "folded ";

/// What is moved into a feed folder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Moved {
    Feed(FeedId),
    /// The folder at this path, with all in it.
    Folder(String),
}

impl Collections {
    /// Whether what lies in a feed folder is folded away. While the pane is narrowed, all that fits is shown.
    pub fn is_folded(&self, path: &str) -> bool {
        self.filter().is_empty() && self.folded.contains(path)
    }

    /// The outermost folder in which a collection is folded away.
    pub(super) fn folded_around(&self, part: &Collection) -> Option<&str> {
        let around = match part {
            Collection::Feed { folder, .. } => folder.as_str(),
            Collection::Folder(path) => path.rsplit_once('/').map_or("", |(around, _)| around),
            _ => "",
        };
        let around = folders_around(around).find(|path| self.is_folded(path))?;
        self.folded.get(around).map(String::as_str)
    }
}

impl App {
    /// Takes over how something is shown that is no option: the order of a list, a folder that is folded.
    pub(super) fn remember_view(&mut self, name: &str, value: &str) {
        match name.strip_prefix(FOLDED) {
            // An empty value is one that is forgotten.
            Some(path) if value.is_empty() => _ = self.collections.folded.remove(path),
            Some(path) => _ = self.collections.folded.insert(path.to_owned()),
            None => self.display.list_orders.set(name, value),
        }
    }

    /// The folders of feeds that are known, in order.
    fn known_folders(&self) -> impl Iterator<Item = &str> {
        self.collections.feeds.folders.keys().map(String::as_str)
    }

    /// The folder in which a feed lies, or the path of a folder; none where there is none any more.
    pub(super) fn folder_now(&self, of: &Moved) -> Option<&str> {
        match of {
            Moved::Feed(id) => self.collections.feeds().iter().find(|line| line.id == *id).map(|line| &*line.folder),
            Moved::Folder(path) => self.known_folders().find(|known| known == path),
        }
    }

    /// The folders that have the letters of what was typed, without the one of this name.
    pub(super) fn folders_with(&self, typed: &str) -> Vec<String> {
        let (wanted, named) = (fold(typed), folder_of(typed));
        let fits = |path: &&str| fold(path).contains(&wanted) && **path != *named;
        self.known_folders().filter(fits).map(str::to_owned).collect()
    }

    /// How many feeds lie in a folder and in those in it.
    pub(super) fn count_feeds_in(&self, folder: &str) -> usize {
        self.collections.feeds().iter().filter(|line| folders_around(&line.folder).any(|path| path == folder)).count()
    }

    /// Moves a feed, or a folder with all in it, into the folder at this path; into none where that is empty.
    ///
    /// # Errors
    ///
    /// Why it cannot lie there; nothing has happened then.
    pub(super) fn move_feeds(&mut self, what: &Moved, to: &str) -> Result<(), Notice> {
        let to = folder_of(to);
        let from = self.folder_now(what).ok_or("It is not there any more")?.to_owned();
        if let Some(why) = into_itself(what, &to) {
            return Err(why.into());
        }
        if from == to {
            return Ok(());
        }
        let is_moved = |line: &&FeedLine| match what {
            Moved::Feed(id) => line.id == *id,
            Moved::Folder(path) => folders_around(&line.folder).any(|around| around == path),
        };
        let moved: Vec<_> = self.collections.feeds().iter().filter(is_moved).collect();
        let set = |line: &&FeedLine| {
            // Folders in the folder keep their places in it.
            let folder = format!("{to}{}", line.folder.strip_prefix(&*from).unwrap_or_default());
            let after = FeedSetting::Folder(folder.trim_start_matches('/').to_owned());
            UserAction::FeedSet { feed: line.id, before: None, after }
        };
        let actions: Vec<_> = moved.iter().map(set).collect();
        let name = match (what, &*moved) {
            (Moved::Feed(_), [line]) => line.name.clone(),
            _ => format!("feed folder {from}"),
        };
        let feeds = counted(moved.len(), "feed");
        let place = if to.is_empty() { "out of its feed folder".to_owned() } else { format!("to {to}") };
        self.commit(actions, format!("move of {name} {place}"));
        self.show_message(Notice::undoable(match (what, to.is_empty()) {
            (Moved::Feed(_), true) => format!("{name} is in no feed folder now"),
            (Moved::Feed(_), false) => format!("Moved to {to}"),
            (Moved::Folder(_), true) => format!("Feed folder {from} is gone, its {feeds} stay"),
            (Moved::Folder(_), false) => format!("Moved {feeds} to {to}"),
        }));
        Ok(())
    }

    /// The feeds are other ones than `before`: folders that were moved as a whole stay folded, and have their order.
    pub(super) fn follow_moved_folders(&mut self, before: &[FeedLine]) {
        let feeds = &self.collections.feeds;
        let known: BTreeSet<_> = before.iter().flat_map(|line| folders_around(&line.folder)).collect();
        let gone = known.into_iter().filter(|path| !feeds.folders.contains_key(*path));
        let moved: Vec<_> =
            gone.filter_map(|path| Some((path.to_owned(), feeds.moved_folder(before, path)?))).collect();
        for (from, to) in moved {
            if self.collections.folded.contains(&from) {
                set_folded(self, &from, false);
                set_folded(self, &to, true);
            }
            self.carry_list_order(&Collection::Folder(from), &Collection::Folder(to));
        }
    }
}

/// Why something cannot be moved to this path, if it is a folder and would lie in itself.
pub(super) fn into_itself(what: &Moved, to: &str) -> Option<String> {
    let Moved::Folder(path) = what else { return None };
    let is_inside = to != path && folders_around(to).any(|around| around == path);
    is_inside.then(|| format!("{path} cannot lie in itself"))
}

fn set_folded(app: &mut App, path: &str, folded: bool) {
    if app.collections.folded.contains(path) != folded {
        app.keep(&format!("{FOLDED}{path}"), if folded { "true" } else { "" }.to_owned());
    }
}

/// Folds a folder, or unfolds it.
pub(super) fn turn_fold(app: &mut App, path: &str) {
    let folded = !app.collections.folded.contains(path);
    set_folded(app, path, folded);
}

/// Folds the selected folder or the one around the selected feed, or unfolds it.
pub(super) fn fold_here(app: &mut App) {
    let path = match app.collections.selected() {
        Collection::Folder(path) => path.clone(),
        Collection::Feed { folder, .. } if !folder.is_empty() => folder.clone(),
        _ => return app.refuse("Select a feed folder first"),
    };
    if !app.collections.filter().is_empty() {
        return app.refuse("While the sidebar is narrowed, all that fits is shown");
    }
    turn_fold(app, &path);
}

/// Folds all folders, or unfolds them.
pub(super) fn fold_all(app: &mut App, folded: bool) {
    let all: Vec<_> = app.known_folders().map(str::to_owned).collect();
    if all.is_empty() {
        return app.refuse("There are no feed folders");
    }
    for path in &all {
        set_folded(app, path, folded);
    }
    app.show_message(if folded { "Feed folders folded" } else { "Feed folders unfolded" });
}
