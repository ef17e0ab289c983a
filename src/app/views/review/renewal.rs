//! What is to be checked is looked for once more: articles have changed, have come or have gone.

use std::collections::{HashMap, HashSet};

use super::{Alternatives, Renewal, Review, listed};
use crate::app::effect::{Effect, ReviewJob, ReviewOf};
use crate::app::moved_words::places_of;
use crate::app::reader::Reader;
use crate::app::{App, Pane};
use crate::article::ArticleId;
use crate::catalog::Doubtful;
use crate::user::UserAction;

/// Looks once more for what is to be checked: articles were removed, or have come back. While another version of the open
/// article is on its way that waits: the statement that is shown has no place in it yet.
pub(in crate::app) fn look_again(app: &mut App) {
    let (request, waits) = (app.new_request(), app.is_being_replaced());
    let Some(review) = app.views.review_mut() else { return };
    review.renewal = if waits { Renewal::Waits } else { Renewal::Begun };
    if waits {
        return;
    }
    (review.in_flight, review.opened) = (Some(request), None);
    if !review.has_lost_selected {
        review.place = review.selected().copied();
    }
    let of = review.of.clone();
    let with_reported = app.shows_reported();
    if let Some(review) = app.views.review_mut() {
        review.with_reported = with_reported;
    }
    app.ask(Effect::Review(ReviewJob::List { request, of, with_reported }));
}

/// Looks once more where reported statements are shown now, or are not any more.
pub(in crate::app) fn follow_reported(app: &mut App) {
    let is_shown = app.shows_reported();
    if app.views.review_mut().is_some_and(|review| review.with_reported != is_shown) {
        look_again(app);
    }
}

/// All has been read: the list that is to be checked is whole.
pub(in crate::app) fn list_is_whole(app: &mut App) {
    let articles = listed(app);
    let Some(review) = app.views.review_mut().filter(|review| review.is_of_list) else { return };
    review.of = ReviewOf::Articles(articles);
    look_again(app);
}

/// Articles have other words now, or others took their places: each with its successor.
pub(in crate::app) fn articles_changed(app: &mut App, successors: &HashMap<ArticleId, ArticleId>) {
    let Some(review) = app.views.review_mut() else { return };
    let is_about = match &review.of {
        ReviewOf::Articles(articles) => articles.iter().any(|id| successors.contains_key(id)),
        ReviewOf::Speaker(_) => review.doubtful.iter().any(|one| successors.contains_key(&one.article)),
    };
    if is_about {
        if let ReviewOf::Articles(articles) = &review.of {
            // A successor may have come before it took the place.
            let mut seen = HashSet::new();
            let now = articles.iter().map(|id| *successors.get(id).unwrap_or(id));
            review.of = ReviewOf::Articles(now.filter(|id| seen.insert(*id)).collect());
        }
        look_again(app);
    }
}

/// Who is one person has changed: what a person said may be more or less.
pub(in crate::app) fn relinked(app: &mut App) {
    if app.views.review_mut().is_some_and(|review| matches!(review.of, ReviewOf::Speaker(_))) {
        look_again(app);
    }
}

/// Articles were removed by another program: their statements leave the review.
pub(in crate::app) fn leave_out(app: &mut App, is_removed: impl Fn(ArticleId) -> bool) {
    if let Some(review) = app.views.review_mut() {
        review.keep(&mut |one| !is_removed(one.article));
    }
}

/// The open article is another version of `old`, which was: statements follow their words; those whose words are gone are
/// left out.
pub(in crate::app) fn follow_new_version(app: &mut App, old: &Reader) {
    let Some(reader) = &app.article.reader else { return };
    let (before, now) = (old.id(), reader.id());
    let left = app.views.left_review.as_ref().map(|left| left.place);
    let known = app.views.review_mut().map(|review| review.doubtful.iter().chain(&review.decided).copied().collect());
    let known: Vec<Doubtful> = known.unwrap_or_default();
    let theirs = known.iter().chain(&left).filter(|one| one.article == before);
    let places = places_of(theirs.map(|one| one.start), old, reader);
    let mut follow = |one: &mut Doubtful| {
        if one.article != before {
            return true;
        }
        let place = places.get(&one.start);
        (one.article, one.start) = (now, place.copied().unwrap_or(one.start));
        place.is_some()
    };
    if let Some(left) = &mut app.views.left_review {
        follow(&mut left.place);
    }
    let Some(review) = app.views.review_mut() else { return };
    review.keep(&mut follow);
    review.decided.retain_mut(&mut follow);
    // Who could have spoken them was asked of the old text.
    (review.opened, review.alternatives) = (None, Alternatives::default());
    if !review.has_lost_selected {
        review.place = review.selected().copied();
    }
}

/// What was decided last was undone or redone: goes back to it.
pub(in crate::app) fn stepped(app: &mut App, actions: &[UserAction]) {
    let Pane::Review(review) = app.views.pane_mut() else { return };
    let is_about = |one: &Doubtful| {
        let is_it = |action: &UserAction| matches!(action, UserAction::Corrected { article, start, .. } if (*article, *start) == (one.article, one.start));
        actions.iter().any(is_it)
    };
    let last = review.decided.iter().rfind(|one| is_about(one)).copied();
    let is_meant = |one: &Doubtful| last.map_or_else(|| is_about(one), |last| last.is_same(one));
    if let Some(at) = review.doubtful.iter().position(is_meant) {
        return review.go_to(at);
    }
    let decided = actions.iter().find_map(|action| match action {
        UserAction::Corrected { article, start, .. } => Some((*article, *start)),
        _ => None,
    });
    if decided.is_some() {
        // It was decided before the review was opened.
        review.undone = decided;
        look_again(app);
    }
}

impl Review {
    pub(super) fn take_in(&mut self, doubtful: Vec<Doubtful>, total: usize, is_last: bool) {
        (self.doubtful, self.total) = (doubtful, total);
        let last = self.doubtful.len().saturating_sub(1);
        // One that was decided meanwhile is not among them any more: the next one is meant.
        let same = |place: Doubtful| self.doubtful.iter().position(|one| one.is_same(&place));
        let next = |place: Doubtful| self.doubtful.partition_point(|one| one.standing(&place).is_lt());
        let found = self.place.and_then(same);
        self.at = found.unwrap_or_else(|| self.place.map_or(0, next)).min(last);
        // What was undone is among them again.
        let wanted = self.undone.and_then(|key| self.doubtful.iter().position(|one| (one.article, one.start) == key));
        if let Some(at) = wanted {
            self.go_to(at);
            return self.end_if(is_last);
        }
        let is_decided = |place: &Doubtful| self.decided.iter().any(|one| one.is_same(place));
        let is_gone = found.is_none() && self.place.is_some_and(|place| !is_decided(&place));
        self.has_lost_selected = self.renewal == Renewal::Begun && is_gone;
        self.end_if(is_last);
    }

    fn end_if(&mut self, is_last: bool) {
        if is_last {
            (self.in_flight, self.undone) = (None, None);
        }
    }

    /// Keeps those statements that are wanted; where the selected one is none of them, none is.
    fn keep(&mut self, is_wanted: &mut dyn FnMut(&mut Doubtful) -> bool) {
        let (before, at) = (self.doubtful.len(), self.at);
        let mut number = 0;
        self.doubtful.retain_mut(|one| {
            let before = *one;
            let is_kept = is_wanted(one);
            self.at -= usize::from(!is_kept && number < at);
            if !is_kept && number == at {
                (self.has_lost_selected, self.place) = (true, Some(before));
            }
            number += 1;
            is_kept
        });
        self.total = self.total.saturating_sub(before - self.doubtful.len());
        self.at = self.at.min(self.doubtful.len().saturating_sub(1));
    }
}

/// Whether a statement is the current one of the open article.
pub(super) fn is_at(reader: &Reader, doubtful: &Doubtful) -> bool {
    let quotations = &reader.findings.quotations;
    let place = || quotations.iter().position(|quotation| quotation.span.start == doubtful.start);
    reader.id() == doubtful.article && place().is_some_and(|at| reader.is_current(at))
}
