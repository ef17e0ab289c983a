//! What a person said is listed once more: it was corrected, or articles have changed.

use std::collections::HashMap;

use super::Timeline;
use crate::app::{App, Pane};
use crate::article::ArticleId;

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
    app.views.timelines_mut().for_each(|timeline| timeline.follow_dates(day_width));
    if let Pane::Timeline(Timeline { is_stale: true, .. }) = app.views.pane() {
        renew(app);
    }
}

/// Articles have other words now, or others took their places: lists again what of them is listed.
pub(in crate::app) fn articles_changed(app: &mut App, successors: &HashMap<ArticleId, ArticleId>) {
    let lists = |timeline: &Timeline| timeline.said.iter().any(|said| successors.contains_key(&said.within.id));
    let (mut any, mut latest) = (false, false);
    for timeline in app.views.timelines_mut() {
        latest = lists(timeline);
        timeline.is_stale |= latest;
        any |= latest;
    }
    if any && latest {
        renew(app);
    }
}
