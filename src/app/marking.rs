//! Marking articles read or starred, and taking that back.

use super::command::Command;
use super::effect::Remembrance;
use super::{App, Focus, Shelf};
use crate::article::ArticleId;
use crate::text::counted;

impl App {
    /// Does what `u`, `s`, `A` and `U` ask for.
    pub(super) fn mark(&mut self, command: Command) {
        if command == Command::Undo {
            let (undone, effects) = self.marks.undo();
            self.ask_all(effects);
            if undone.tended {
                self.notice = Some("The source is as it was".to_owned());
                return;
            }
            if let Some((name, query)) = undone.named {
                self.notice = Some(format!("“{name}” is back"));
                self.shelves.name_search(name, Some(query));
                return;
            }
            if !undone.removed.is_empty() {
                for id in undone.removed {
                    self.follow_removal(id);
                }
                self.notice = Some("The article is back".to_owned());
                return;
            }
            if let Some(id) = undone.corrected {
                self.show_corrections(id);
                self.notice = Some("The correction is taken back".to_owned());
                return;
            }
            self.notice = Some(match undone.marks {
                0 => "Nothing to undo".to_owned(),
                1 => "Undid the last mark".to_owned(),
                count => format!("Undid {}", counted(count, "mark")),
            });
            return;
        }
        if command == Command::MarkAllRead {
            let ids = self.list.from(&self.catalog, 0).map(|headline| headline.id);
            let (count, effects) = self.marks.read_all(ids);
            self.ask_all(effects);
            self.notice = Some(format!("Marked {count} read · U undoes it"));
            return;
        }
        let Some(id) = self.article_here() else { return };
        if command == Command::Remove {
            return self.remove(id);
        }
        if command == Command::ToggleStar {
            let effects = self.marks.toggle_star(id);
            self.ask_all(effects);
            self.notice = Some(if self.marks.is_starred(id) { "Starred" } else { "Star taken away" }.to_owned());
        } else {
            let effects = self.marks.toggle_read(id);
            self.ask_all(effects);
            self.notice = Some(if self.marks.is_read(id) { "Marked read" } else { "Marked unread" }.to_owned());
        }
    }

    /// Takes an article out of the library, or puts it back.
    fn remove(&mut self, id: ArticleId) {
        let effects = self.marks.toggle_removed(id);
        self.ask_all(effects);
        let next = self.neighbour_of(id);
        self.follow_removal(id);
        if self.marks.is_removed(id) {
            self.notice = Some("Taken out of the library · U brings it back".to_owned());
            if matches!(self.focus, Focus::Article | Focus::Speakers) {
                self.back_to_list();
            }
            if let (Some(next), Some(area)) = (next, self.list_area()) {
                self.list.select(&self.catalog, area, next);
            }
        } else {
            self.notice = Some("Back in the library".to_owned());
        }
    }

    /// The article that is selected once this one is gone: the next, else the one before.
    fn neighbour_of(&self, id: ArticleId) -> Option<ArticleId> {
        let at = self.list.position(&self.catalog, id)?;
        let around = [Some(at + 1), at.checked_sub(1)].into_iter().flatten();
        around.filter_map(|at| self.list.at(&self.catalog, at)).map(|headline| headline.id).next()
    }

    /// Shows an article, or does not, as its mark says.
    fn follow_removal(&mut self, id: ArticleId) {
        if self.marks.is_removed(id) {
            if let Some(headline) = self.catalog.get(id).cloned() {
                self.departed(&[id]);
                self.removed.insert(id, headline);
            }
            self.list.drop_one(id);
        } else if let Some(headline) = self.removed.remove(&id) {
            self.show(vec![headline]);
        }
    }

    /// Shows articles that were taken out, while they are what is looked for.
    pub(super) fn unveil(&mut self, hits: &[crate::query::Hit]) {
        let wanted: Vec<_> = hits.iter().filter_map(|hit| self.removed.remove(&hit.id)).collect();
        if !wanted.is_empty() {
            self.show(wanted);
        }
    }

    /// Hides articles that were taken out, once they are not what is looked for any more.
    pub(super) fn veil(&mut self) {
        let shown: Vec<_> = self.marks.removed().filter_map(|id| self.catalog.get(id)).cloned().collect();
        self.departed(&shown.iter().map(|headline| headline.id).collect::<Vec<_>>());
        self.removed.extend(shown.into_iter().map(|headline| (headline.id, headline)));
    }

    /// What the reader did when the program ran before, or does elsewhere meanwhile.
    pub(super) fn recall(&mut self, all: Vec<Remembrance>) {
        for what in all {
            match what {
                Remembrance::Named { name, query } => {
                    let is_open = *self.shelves.open() == Shelf::Search(name.clone());
                    if is_open && query.is_none() {
                        // What it found stays listed, as what any search found.
                        self.shelves.leave();
                    }
                    self.shelves.name_search(name, query);
                }
                Remembrance::Searched(typed) => {
                    self.searched.retain(|earlier| *earlier != typed);
                    self.searched.push(typed);
                }
                Remembrance::Lit(lighting) => self.lighting = lighting,
                Remembrance::Removed { id, .. } => {
                    self.marks.recall(what, self.catalog.get(id).is_some());
                    self.follow_removal(id);
                }
                Remembrance::Corrected { id, .. } => {
                    self.marks.recall(what, self.catalog.get(id).is_some());
                    self.show_corrections(id);
                }
                Remembrance::Read { id, .. }
                | Remembrance::Starred { id, .. }
                | Remembrance::Tagged { id, .. }
                | Remembrance::Place { id, .. } => self.marks.recall(what, self.catalog.get(id).is_some()),
            }
        }
    }

    /// The article that marks go to: the open one while reading, else the selected one.
    pub(super) fn article_here(&self) -> Option<ArticleId> {
        match (&self.reader, self.focus) {
            (Some(reader), Focus::Article | Focus::Speakers) => Some(reader.id()),
            _ => self.list.selected(),
        }
    }
}
