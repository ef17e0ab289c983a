//! What the user does to articles, speakers, searches and feeds: commits it, undoes and redoes it, and shows what follows.

use super::command::Command;
use super::effect::Effect;
use super::{App, Collection, Notice, Pane, Reader, repeat};
use crate::app::arrivals;
use crate::app::views::{clippings, people, results, review, timeline};
use crate::article::ArticleId;
use crate::catalog::Headline;
use crate::text::{counted, shorten};
use crate::user::{Step, UserAction, UserState, UserWrite};

impl App {
    /// Commits one action of the user. `label` completes "Undone: …". Nothing is done about an article that has gone from the
    /// library meanwhile: the command is refused.
    pub(super) fn commit(&mut self, actions: Vec<UserAction>, label: String) {
        if actions.iter().any(|action| self.user.is_about_departed(action)) {
            self.foot.is_about_departed = true;
            return;
        }
        if actions.iter().any(|action| action.article().is_some()) {
            self.list.stay();
        }
        self.finish_pieces();
        self.count_steps_since(1);
        self.last_deed = repeat::Deed::of(&actions);
        for action in &actions {
            self.user.expect(action);
        }
        self.apply_all(&actions);
        self.ask(Effect::Write(UserWrite::Commit { actions, label }));
    }

    /// Writes a change that undo does not cover, such as a reading position, unless it is so already.
    pub(super) fn note(&mut self, action: UserAction) {
        if self.user.state().change(&action).is_some() {
            if !matches!(action, UserAction::Position { .. } | UserAction::Searched(_) | UserAction::Setting { .. }) {
                self.finish_pieces();
            }
            self.user.expect(&action);
            self.apply(&action);
            self.ask(Effect::Write(UserWrite::Note(action)));
        }
    }

    /// Applies an action, of the user here or in another program, and shows what follows from it.
    pub(super) fn apply(&mut self, action: &UserAction) {
        self.apply_all(std::slice::from_ref(action));
    }

    /// Applies several actions.
    pub(super) fn apply_all(&mut self, actions: &[UserAction]) {
        let mut removed = Vec::new();
        for action in actions {
            let is_loaded = action.article().is_some_and(|id| self.catalog.get(id).is_some());
            self.user.apply(action, is_loaded);
            match action {
                UserAction::Removed { article, .. } => removed.push(*article),
                _ => self.follow(action),
            }
        }
        self.follow_removals(&removed);
    }

    /// Shows what follows from an action that was applied.
    fn follow(&mut self, action: &UserAction) {
        match action {
            UserAction::Corrected { article, start, after, .. } => {
                self.show_corrections(*article);
                if let Some(speaker) = after {
                    timeline::corrected(self, *article, *start, speaker);
                }
            }
            UserAction::Clipped { .. } => clippings::refresh(self),
            UserAction::SavedSearch { name, after, .. } => {
                let is_open = *self.collections.open() == Collection::Search(name.clone());
                if is_open && after.is_none() {
                    // What it found stays listed, as what any search found.
                    self.collections.leave();
                }
                self.collections.name_search(name.clone(), after.clone());
            }
            UserAction::Setting { name, value } => self.remember_option(name, value),
            _ => {}
        }
    }

    /// Applies what was done in another program, or what followed from new articles.
    pub(super) fn take_in_actions(&mut self, actions: &[UserAction]) {
        self.apply_all(actions);
        self.follow_speakers(actions);
        let is_removed = |id: ArticleId| {
            let removes = |action: &UserAction| matches!(action, UserAction::Removed { article, removed: true } if *article == id);
            actions.iter().any(removes)
        };
        review::leave_out(self, is_removed);
        self.follow_removed(actions);
        if actions.iter().any(|action| matches!(action, UserAction::Removed { .. })) {
            // What the user removes here stays listed until they have left the timeline.
            timeline::renew(self);
        }
        let open = self.article.reader.as_ref().map(Reader::id);
        if open.is_some_and(is_removed) && !self.is_being_replaced() {
            self.close_departed();
        }
    }

    /// What the user did before this run.
    pub(super) fn restore(&mut self, state: UserState) {
        for (name, query) in &state.searches {
            self.collections.name_search(name.clone(), Some(query.clone()));
        }
        state.settings.iter().for_each(|(name, value)| self.remember_option(name, value));
        let catalog = &self.catalog;
        self.user.restore(state, |id| catalog.get(id).is_some());
        let is_loaded = |id: &ArticleId| self.catalog.get(*id).is_some();
        let removed: Vec<_> = self.user.state().removed.iter().copied().filter(is_loaded).collect();
        self.follow_removals(&removed);
    }

    /// So many actions of the user are on the disk, and shown as made; `actions` are those that more follows from.
    pub(super) fn end_committed(&mut self, count: usize, actions: &[UserAction]) {
        self.follow_speakers(actions);
        self.follow_removed(actions);
        if count == 0 {
            // All other actions are committed as requested.
            self.show_message("One name only: nothing to split");
        }
    }

    /// Lists speakers and their quotations again where actions changed who is one person, or who said what.
    fn follow_speakers(&mut self, actions: &[UserAction]) {
        let has_links = actions.iter().any(|action| matches!(action, UserAction::Linked { .. }));
        if has_links {
            people::relink(self, actions);
            review::relinked(self);
        }
        if has_links || actions.iter().any(|action| matches!(action, UserAction::Corrected { .. })) {
            timeline::renew(self);
            people::refresh_people(self);
        }
    }

    /// Searches again where removed articles are searched for, and lists again who speaks and what is to be checked, where
    /// actions that are committed removed or restored some.
    fn follow_removed(&mut self, actions: &[UserAction]) {
        if actions.iter().any(|action| matches!(action, UserAction::Removed { .. })) {
            results::search_again_for_removed(self);
            review::look_again(self);
            people::refresh_people(self);
        }
    }

    /// So many actions were undone or redone, and applied, and some were left; `actions` are those that more follows from.
    pub(super) fn end_step(&mut self, step: Step, label: &str, (count, left): (usize, usize), actions: &[UserAction]) {
        self.follow_speakers(actions);
        self.follow_removed(actions);
        review::stepped(self, actions);
        let done = match step {
            Step::Undo => "Undone",
            Step::Redo => "Redone",
        };
        self.show_message(match (count, left) {
            (0, _) => format!("Changed since, so left as it is: {label}"),
            (_, 0) => format!("{done}: {label}"),
            (_, left) => format!("{done}: {label} · left, changed since: {left}"),
        });
    }

    /// Asks for what was done last to be undone or redone.
    pub(super) fn step(&mut self, command: Command) {
        self.finish_pieces();
        let undoes = command == Command::Undo;
        // Who wants the change back that was made just now must not lose another one for it.
        if undoes && let Some((label, _)) = self.user.done_without_undo.pop_if(|(_, since)| *since == 0) {
            let why = Notice::new(format!("The {label} has no undo"));
            return self.refuse(why.hint(Command::Undo, "undoes what was done before it"));
        }
        self.count_steps_since(if undoes { -1 } else { 1 });
        self.ask(Effect::Write(if undoes { UserWrite::Undo } else { UserWrite::Redo }));
    }

    /// Something was done that stands in no history.
    pub(super) fn done_without_undo(&mut self, label: String, said: String) {
        self.user.done_without_undo.push((label, 0));
        self.show_message(said);
    }

    /// So many more steps can be undone before the last change without undo.
    fn count_steps_since(&mut self, steps: isize) {
        if let Some((_, since)) = self.user.done_without_undo.last_mut() {
            *since = since.saturating_add_signed(steps);
        }
    }

    /// There is nothing more to undo or redo.
    pub(super) fn at_end_of_history(&mut self, step: Step) {
        if step == Step::Redo {
            self.count_steps_since(-1);
        }
        self.refuse(match step {
            Step::Undo => "Nothing to undo",
            Step::Redo => "Nothing to redo",
        });
    }

    /// Carries out `u`, `s`, `A` and `D`.
    pub(super) fn mark(&mut self, command: Command) {
        if command == Command::MarkAllRead {
            return self.mark_all_read();
        }
        let Some(article) = self.article_here() else { return self.refuse("No article is selected") };
        let title = self.title_of(article);
        match command {
            Command::Remove => self.remove(article, &title),
            Command::ToggleStar => {
                let starred = !self.user.is_starred(article);
                let (label, message) = if starred { ("starred", "Starred") } else { ("unstarred", "Unstarred") };
                self.commit(vec![UserAction::Starred { article, starred }], format!("{label} {title}"));
                self.show_message(message);
            }
            _ => {
                let read = !self.user.is_read(article);
                let mark = if read { "read" } else { "unread" };
                self.commit(vec![UserAction::Read { article, read }], format!("marked {mark} {title}"));
                self.show_message(format!("Marked {mark}"));
            }
        }
    }

    pub(super) fn mark_all_read(&mut self) {
        let unread = |id: &ArticleId| !self.user.is_read(*id);
        let ids = self.list.from(&self.catalog, 0).map(|headline| headline.id).filter(unread);
        let actions: Vec<_> = ids.map(|article| UserAction::Read { article, read: true }).collect();
        if actions.is_empty() {
            return self.refuse("All are already read");
        }
        let articles = counted(actions.len(), "article");
        self.commit(actions, format!("marked {articles} read"));
        self.last_deed = Some(repeat::Deed::AllRead);
        self.show_message(Notice::undoable(format!("Marked {articles} read")));
    }

    /// Removes an article from the library, or restores it.
    pub(super) fn remove(&mut self, article: ArticleId, title: &str) {
        let next = self.neighbour_of(article);
        let removed = !self.user.is_removed(article);
        let label = if removed { "removed" } else { "restored" };
        self.commit(vec![UserAction::Removed { article, removed }], format!("{label} {title}"));
        if removed {
            self.show_message(Notice::undoable("Removed"));
        } else {
            self.show_message(Notice::undoable(format!("Restored {title}")));
        }
        if removed && matches!(self.views.pane(), Pane::Article(_) | Pane::Speakers(_)) {
            self.back_to_list();
        }
        if let (Some(next), Some(area)) = (next, self.list_area()) {
            self.list.select(&self.catalog, area, next);
        }
    }

    /// The headline of an article in quotation marks, as far as it is known.
    pub(super) fn title_of(&self, id: ArticleId) -> String {
        /// In cells: a message is one line.
        const LONGEST: usize = 60;
        let title = self.headline_of(id);
        title.map_or_else(|| "an article".to_owned(), |title| format!("“{}”", shorten(title, LONGEST)))
    }

    /// The headline of an article, as far as it is known.
    pub(super) fn headline_of(&self, id: ArticleId) -> Option<&str> {
        let open = self.article.reader.as_ref().filter(|reader| reader.id() == id);
        let listed = self.catalog.get(id).map(|headline| &*headline.title);
        listed.or_else(|| open.map(|reader| reader.article.headline()))
    }

    /// The article that is selected once this one is gone: the next, else the one before.
    fn neighbour_of(&self, id: ArticleId) -> Option<ArticleId> {
        let at = self.list.position(&self.catalog, id)?;
        let around = [Some(at + 1), at.checked_sub(1)].into_iter().flatten();
        around.filter_map(|at| self.list.at(&self.catalog, at)).map(|headline| headline.id).next()
    }

    /// Shows the corrections of an article as they are now, if it is open.
    fn show_corrections(&mut self, id: ArticleId) {
        let Some(reader) = self.article.reader.as_mut().filter(|reader| reader.id() == id) else { return };
        reader.correct(self.user.corrections(id));
        let headline = Headline::of(&reader.article, &reader.findings);
        arrivals::replace(self, headline);
    }

    /// Shows or hides articles, as their removed marks say.
    fn follow_removals(&mut self, ids: &[ArticleId]) {
        let (removed, restored): (Vec<_>, Vec<_>) = ids.iter().partition(|id| self.user.is_removed(**id));
        if !removed.is_empty() {
            let headlines: Vec<_> = removed.iter().filter_map(|&id| self.catalog.get(id)).cloned().collect();
            arrivals::departed(self, &removed);
            self.user.hidden.extend(headlines.into_iter().map(|headline| (headline.id, headline)));
            self.list.drop(&removed);
        }
        let headlines: Vec<_> = restored.iter().filter_map(|id| self.user.hidden.remove(id)).collect();
        if !headlines.is_empty() {
            arrivals::show(self, headlines);
            self.list_restored();
        }
    }

    /// Shows articles that were removed, while they are what is looked for.
    pub(super) fn show_removed(&mut self, hits: &[crate::query::Hit]) {
        let wanted: Vec<_> = hits.iter().filter_map(|hit| self.user.hidden.remove(&hit.id)).collect();
        if !wanted.is_empty() {
            arrivals::show(self, wanted);
        }
    }

    /// Hides removed articles once they are no longer searched for.
    pub(super) fn hide_removed(&mut self) {
        let removed = self.user.state().removed.iter();
        let shown: Vec<_> = removed.filter_map(|&id| self.catalog.get(id)).cloned().collect();
        arrivals::departed(self, &shown.iter().map(|headline| headline.id).collect::<Vec<_>>());
        self.user.hidden.extend(shown.into_iter().map(|headline| (headline.id, headline)));
    }

    /// The article that marks go to: the open one while reading, else the selected one.
    pub(super) fn article_here(&self) -> Option<ArticleId> {
        match (&self.article.reader, self.views.pane()) {
            (Some(reader), Pane::Article(_) | Pane::Speakers(_)) => Some(reader.id()),
            (_, Pane::Review(review)) => review.selected().map(|doubtful| doubtful.article),
            (_, Pane::Timeline(timeline)) => timeline.selected().map(|said| said.within.id),
            _ => self.list.selected(),
        }
    }
}
