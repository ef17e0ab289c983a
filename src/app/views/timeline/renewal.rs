//! What a person said is listed once more: it was corrected, or articles have changed.

use std::collections::HashMap;

use super::Timeline;
use crate::app::reported_speech::ListedStatements;
use crate::app::{App, Pane};
use crate::article::ArticleId;
use crate::catalog::{Said, person_key};

/// Who said what has changed: lists the quotations of the timeline that was opened last again; those below follow once one
/// comes back to them.
pub(in crate::app) fn renew(app: &mut App) {
    let request = app.new_request();
    app.views.timelines_mut().for_each(|timeline| timeline.is_stale = true);
    let Some(timeline) = app.views.timelines_mut().last() else { return };
    (timeline.renewed, timeline.in_flight, timeline.is_stale) = (Some(Vec::new()), Some(request), false);
    let effect = timeline.request();
    app.ask(effect);
}

/// Lists the quotations of the timeline on the screen again where others have come over it since.
pub(in crate::app) fn renew_if_stale(app: &mut App) {
    let day_width = app.display.dates.width();
    let is_shown = app.shows_reported();
    for timeline in app.views.timelines_mut() {
        timeline.follow_dates(day_width);
        let is_wanted = is_shown || timeline.query().asks_for_reported();
        timeline.is_stale |= is_wanted != timeline.with_reported();
        timeline.statements = ListedStatements::of(is_wanted);
    }
    if let Pane::Timeline(Timeline { is_stale: true, .. }) = app.views.pane() {
        renew(app);
    }
}

/// Articles have other words now, or others took their places: lists again what of them is listed.
pub(in crate::app) fn articles_changed(app: &mut App, successors: &HashMap<ArticleId, ArticleId>) {
    let lists = |timeline: &Timeline| timeline.said.iter().any(|said| successors.contains_key(&said.within.id));
    let (mut any, mut latest) = (false, false);
    for timeline in app.views.timelines_mut() {
        for now in timeline.successors.values_mut() {
            *now = successors.get(now).copied().unwrap_or(*now);
        }
        timeline.successors.extend(successors);
        latest = lists(timeline);
        timeline.is_stale |= latest;
        any |= latest;
    }
    if any && latest {
        renew(app);
    }
}

impl Timeline {
    /// What has been listed again takes the place of what was listed; the selected quotation stays selected. Where it is not
    /// listed any more nothing is: what the user does next would be about words that they have not seen.
    pub(super) fn replace(&mut self) {
        let renewed = self.renewed.take().unwrap_or_default();
        let before = self.before();
        self.said = renewed;
        self.fill_again(before);
        self.successors.clear();
    }

    /// What is selected, or was until it was gone.
    fn before(&self) -> Option<Said> {
        self.lost.as_deref().cloned().or_else(|| self.selected().cloned())
    }

    /// Lists what is known, as it is narrowed now, and selects again what was selected before.
    fn fill_again(&mut self, before: Option<Said>) {
        self.filter.fill(&self.said);
        let again = before.as_ref().and_then(|before| self.place_of(before)).and_then(|at| self.filter.listed_at(at));
        self.lost = before.filter(|_| again.is_none()).map(Box::new);
        self.selected = again.unwrap_or(self.selected).min(self.len().saturating_sub(1));
    }

    /// Which of all that is known has the words of what was known before.
    fn place_of(&self, before: &Said) -> Option<usize> {
        let id = self.successors.get(&before.within.id).copied().unwrap_or(before.within.id);
        let words = before.runs.first().map(|run| &run.words);
        let has_words = |said: &Said| said.within.id == id && said.runs.iter().any(|run| Some(&run.words) == words);
        let all = self.said.iter().enumerate().filter(|(_, said)| has_words(said));
        all.min_by_key(|(_, said)| said.start.abs_diff(before.start)).map(|(at, _)| at)
    }

    /// The user says that someone spoke the run of an article that starts at a byte: where that is who speaks it here, it
    /// bears the sign at once. All else follows once the list has come again.
    pub(super) fn take_correction(&mut self, article: ArticleId, start: usize, speaker: &str) {
        let key = person_key(speaker);
        let theirs = |said: &&mut Said| said.within.id == article && person_key(&said.speaker) == key;
        let before = self.before();
        self.said.iter_mut().filter(theirs).for_each(|said| said.confirm(start));
        self.fill_again(before);
    }
}
