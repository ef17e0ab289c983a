//! Marking articles read or starred, and taking that back.

use super::command::Command;
use super::effect::Effects;
use super::{App, Focus};
use crate::article::ArticleId;

impl App {
    /// Does what `u`, `s`, `A` and `U` ask for.
    pub(super) fn mark(&mut self, command: Command) -> Effects {
        if command == Command::Undo {
            let (undone, effects) = self.marks.undo();
            if let Some(id) = undone.corrected {
                self.show_corrections(id);
                self.notice = Some("The correction is taken back".to_owned());
                return effects;
            }
            self.notice = Some(match undone.marks {
                0 => "Nothing to undo".to_owned(),
                1 => "Undid the last mark".to_owned(),
                count => format!("Undid {count} marks"),
            });
            return effects;
        }
        if command == Command::MarkAllRead {
            let ids = self.list.from(&self.catalog, 0).map(|headline| headline.id);
            let (count, effects) = self.marks.read_all(ids);
            self.notice = Some(format!("Marked {count} read · U undoes it"));
            return effects;
        }
        let Some(id) = self.article_here() else { return Effects::default() };
        if command == Command::ToggleStar {
            let effects = self.marks.toggle_star(id);
            self.notice = Some(if self.marks.is_starred(id) { "Starred" } else { "Star taken away" }.to_owned());
            effects
        } else {
            let effects = self.marks.toggle_read(id);
            self.notice = Some(if self.marks.is_read(id) { "Marked read" } else { "Marked unread" }.to_owned());
            effects
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
