//! What is done with very many articles: a piece at a time, so that no key waits for the end of it.
//!
//! What is not much is done at once; else [`Effect::GoOn`] asks for the event that does the next piece. Whatever else
//! is written, undone or redone waits until all of it is done, so that the library and the state agree.

use std::collections::VecDeque;

use super::article_mark::ArticleMark;
use super::{App, Effect, Notice, repeat};
use crate::article::ArticleId;
use crate::text::counted;
use crate::user::{Step, UserAction, UserWrite};

/// How many articles are dealt with between two keys.
const PIECE: usize = 1_024;

/// What is done piece by piece, the first first.
#[derive(Debug, Default)]
pub(super) struct Pieces {
    waiting: VecDeque<Work>,
    /// Whether articles were restored, so that more may be to be listed.
    has_restored: bool,
}

/// Something that is done piece by piece.
#[derive(Debug)]
pub(super) enum Work {
    /// A mark of articles is set or taken away.
    Mark(Marking),
    /// Actions are on the disk.
    Committed(Done),
    /// Actions were undone or redone.
    Stepped {
        step: Step,
        label: String,
        done: Done,
        /// How many changes were left out because something else has changed since.
        left: usize,
    },
}

/// Actions that are dealt with from the first to the last.
#[derive(Debug)]
pub(super) struct Done {
    rest: std::vec::IntoIter<UserAction>,
    count: usize,
    /// Those that more follows from than from a read mark, a star or a tag. From one removal follows what follows from
    /// many: the first is enough.
    telling: Vec<UserAction>,
    has_removal: bool,
}

impl Done {
    pub fn new(actions: Vec<UserAction>) -> Self {
        Self { count: actions.len(), rest: actions.into_iter(), telling: Vec::new(), has_removal: false }
    }

    /// The next piece; none at the end.
    fn next(&mut self) -> Option<Vec<UserAction>> {
        let piece: Vec<_> = self.rest.by_ref().take(PIECE).collect();
        for action in &piece {
            use UserAction as A;
            let is_plain = match action {
                A::Read { .. } | A::Starred { .. } | A::Tagged { .. } => true,
                A::Removed { .. } => std::mem::replace(&mut self.has_removal, true),
                _ => false,
            };
            if !is_plain {
                self.telling.push(action.clone());
            }
        }
        (!piece.is_empty()).then_some(piece)
    }
}

/// A mark that articles get or lose.
#[derive(Debug)]
pub(super) struct Marking {
    mark: ArticleMark,
    /// Whether they get it; until that is known, whether one of them lacks it is looked for.
    is_on: Option<bool>,
    articles: Vec<ArticleId>,
    /// How many have been looked at.
    at: usize,
    /// What has been done.
    actions: Vec<UserAction>,
    is_repeated: bool,
}

impl Marking {
    fn toggle(mark: ArticleMark, articles: Vec<ArticleId>) -> Self {
        Self { mark, is_on: None, articles, at: 0, actions: Vec::new(), is_repeated: false }
    }

    /// The articles to be looked at next.
    fn next(&mut self) -> &[ArticleId] {
        let rest = &self.articles[self.at..];
        let piece = &rest[..rest.len().min(PIECE)];
        self.at += piece.len();
        piece
    }
}

impl App {
    /// All these articles get a mark if one of them lacks it, and lose it if none does.
    pub(super) fn toggle_mark(&mut self, mark: ArticleMark, articles: Vec<ArticleId>) {
        if articles.is_empty() {
            return self.refuse("These articles no longer exist");
        }
        self.work_on(Work::Mark(Marking::toggle(mark, articles)));
    }

    /// All these articles get a mark, or lose it, as others did before.
    pub(super) fn repeat_mark(&mut self, mark: ArticleMark, is_on: bool, articles: Vec<ArticleId>) {
        let marking = Marking { is_on: Some(is_on), is_repeated: true, ..Marking::toggle(mark, articles) };
        self.work_on(Work::Mark(marking));
    }

    /// Does something: at once, or piece by piece.
    pub(super) fn work_on(&mut self, work: Work) {
        let is_short = work.len() <= PIECE;
        self.pieces.waiting.push_back(work);
        match self.pieces.waiting.len() {
            1 if is_short => self.finish_pieces(),
            1 => self.ask(Effect::GoOn),
            _ => {}
        }
    }

    /// Does the next piece.
    pub(super) fn go_on(&mut self) {
        self.do_piece();
        if !self.pieces.waiting.is_empty() {
            self.ask(Effect::GoOn);
        }
    }

    /// Does all that is left.
    pub(super) fn finish_pieces(&mut self) {
        while !self.pieces.waiting.is_empty() {
            self.do_piece();
        }
    }

    /// Whether something is being done piece by piece.
    pub(super) fn is_in_pieces(&self) -> bool {
        !self.pieces.waiting.is_empty()
    }

    /// Articles were restored: they are listed, once all of them are there.
    pub(super) fn list_restored(&mut self) {
        self.pieces.has_restored = true;
        if !self.is_in_pieces() {
            self.end_restoring();
        }
    }

    fn end_restoring(&mut self) {
        if std::mem::take(&mut self.pieces.has_restored) && self.views.search().is_none() {
            self.fill_list();
        }
    }

    fn do_piece(&mut self) {
        // It stays in the queue meanwhile: what it does is a piece.
        let Some(mut work) = self.pieces.waiting.front_mut().map(Work::take) else { return };
        let goes_on = match &mut work {
            Work::Mark(marking) => self.mark_piece(marking),
            Work::Committed(done) => done.next().map(|piece| self.user.committed(&piece)).is_some(),
            Work::Stepped { done, .. } => done.next().map(|piece| self.apply_all(&piece)).is_some(),
        };
        if goes_on {
            if let Some(place) = self.pieces.waiting.front_mut() {
                *place = work;
            }
            return;
        }
        self.pieces.waiting.pop_front();
        self.end_restoring();
        match work {
            Work::Mark(marking) => self.end_marking(marking),
            Work::Committed(done) => self.end_committed(done.count, &done.telling),
            Work::Stepped { step, label, done, left } => {
                self.end_step(step, &label, (done.count, left), &done.telling);
            }
        }
    }

    /// Looks at some more articles, or gives them the mark; returns whether there may be more to do.
    fn mark_piece(&mut self, marking: &mut Marking) -> bool {
        let Some(is_on) = marking.is_on else {
            let (mark, user) = (marking.mark.clone(), &self.user);
            let lacks_it = marking.next().iter().any(|&id| !mark.is_on(user, id));
            if lacks_it || marking.at == marking.articles.len() {
                (marking.is_on, marking.at) = (Some(lacks_it), 0);
            }
            return true;
        };
        let mark = marking.mark.clone();
        if marking.at == 0 {
            self.begin_marking(&mark, is_on, marking.articles.len());
            marking.actions.reserve_exact(marking.articles.len());
        }
        let changes: Vec<_> = marking
            .next()
            .iter()
            .filter(|&&id| mark.is_on(&self.user, id) != is_on)
            .map(|&id| mark.action(id, is_on))
            .collect();
        for action in &changes {
            self.user.expect(action);
        }
        self.apply_all(&changes);
        marking.actions.extend(changes);
        marking.at < marking.articles.len()
    }

    /// Articles are about to get a mark, or to lose it.
    fn begin_marking(&mut self, mark: &ArticleMark, is_on: bool, count: usize) {
        self.list.stay();
        self.user.reserve(mark, count);
        if count > PIECE {
            let doing = match (mark, is_on) {
                (ArticleMark::Removed, true) => "Removing",
                (ArticleMark::Removed, false) => "Restoring",
                _ => "Marking",
            };
            self.show_message(format!("{doing} {}…", counted(count, "article")));
        }
        if (mark, is_on) == (&ArticleMark::Removed, true)
            && let (Some(next), Some(area)) = (self.neighbour_of_picked(), self.list_area())
        {
            self.list.select(&self.catalog, area, next);
        }
    }

    /// All articles have the mark, or lack it: it is written, and said.
    fn end_marking(&mut self, marking: Marking) {
        let Marking { mark, is_on: Some(is_on), articles, actions, is_repeated, .. } = marking else { return };
        let all = counted(articles.len(), "article");
        let Some(first) = actions.first() else {
            let of_all = if articles.len() == 1 { "it is" } else { "all of them are" };
            return self.refuse(format!("Nothing to repeat: {of_all} {} already", mark.state(is_on)));
        };
        self.last_deed = Some(repeat::Deed::Article(first.clone()));
        let whom = match (actions.len(), first.article()) {
            (1, Some(article)) => self.title_of(article),
            (changed, _) if changed < articles.len() => format!("{changed} of {all}"),
            _ => all,
        };
        let label = mark.label(is_on, &whom);
        let verb = if is_repeated { format!("Repeated: {label}") } else { capitalized(&label) };
        let (picked, listed) = self.count_picks();
        // Those that were removed are picked no more.
        let elsewhere = match picked.saturating_sub(listed) {
            0 => String::new(),
            1 => " · 1 picked is not listed here".to_owned(),
            some => format!(" · {some} picked are not listed here"),
        };
        self.show_message(Notice::undoable(format!("{verb}{elsewhere}")));
        self.ask(Effect::Write(UserWrite::Commit { actions, label }));
    }
}

impl Work {
    /// How many articles it is about.
    fn len(&self) -> usize {
        match self {
            Self::Mark(marking) => marking.articles.len(),
            Self::Committed(done) | Self::Stepped { done, .. } => done.count,
        }
    }

    /// What is done, while an empty one keeps its place.
    fn take(&mut self) -> Self {
        std::mem::replace(self, Self::Committed(Done::new(Vec::new())))
    }
}

fn capitalized(words: &str) -> String {
    let mut letters = words.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}
