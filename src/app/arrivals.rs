//! Articles that arrive, change and go: what the catalog, the list and the collections make of it.

use std::collections::{HashMap, HashSet};

use super::App;
use super::progress::SAMPLES;
use crate::app::views::{people, results, review, timeline};
use crate::article::ArticleId;
use crate::catalog::Headline;

/// Removes articles from the catalog and from what is listed.
pub(super) fn went(app: &mut App, ids: &[ArticleId]) {
    // A selection on one of them moves to the nearest article.
    let going: HashSet<_> = ids.iter().copied().collect();
    let next = app.list.selected().filter(|id| going.contains(id)).and_then(|id| list_neighbour(app, id, &going));
    for id in ids {
        app.user.hidden.remove(id);
    }
    app.user.depart(ids);
    timeline::articles_changed(app, &ids.iter().map(|&id| (id, id)).collect());
    departed(app, ids);
    let is_open = app.article.reader.as_ref().is_some_and(|reader| going.contains(&reader.id()));
    if is_open && !app.is_being_replaced() {
        // What the user would do with it would be lost.
        app.close_departed();
    }
    app.list.drop_departed(&app.catalog);
    if let (Some(next), Some(area)) = (next, app.list_area()) {
        app.list.select(&app.catalog, area, next);
    }
}

/// The first headline after this one that stays, else the first before it.
fn list_neighbour(app: &App, id: ArticleId, going: &HashSet<ArticleId>) -> Option<ArticleId> {
    let at = app.list.position(&app.catalog, id)?;
    let stays = |headline: &&Headline| !going.contains(&headline.id);
    let after = app.list.from(&app.catalog, at).find(stays);
    after.or_else(|| app.list.before(&app.catalog, at).find(stays)).map(|headline| headline.id)
}

/// Replaces the headline of an article.
pub(super) fn relist(app: &mut App, headline: Headline) {
    if let Some(removed) = app.user.hidden.get_mut(&headline.id) {
        *removed = headline;
        return;
    }
    let Some(before) = app.catalog.get(headline.id).filter(|before| **before != headline) else { return };
    if before.publisher != headline.publisher {
        let is_read = app.user.is_read(headline.id);
        app.collections.count(before, is_read, false);
        app.collections.count(&headline, is_read, true);
    }
    replace(app, headline);
}

/// Puts a headline in the place of the one that its article has; what is picked and listed stays so.
pub(super) fn replace(app: &mut App, headline: Headline) {
    let id = headline.id;
    let (is_picked, is_hit) = (app.picks.has(&app.catalog, id), app.list.is_hit(&app.catalog, id));
    app.catalog.replace(headline);
    if is_picked {
        app.picks.add(&app.catalog, id);
    }
    if is_hit {
        app.list.keep_hit(&app.catalog, id);
    }
}

/// All changes of another program are reported: counts and hits may be out of date.
pub(super) fn caught_up(app: &mut App) {
    list_again(app);
    people::refresh_people(app);
}

pub(super) fn departed(app: &mut App, ids: &[ArticleId]) {
    for &id in ids {
        if let Some(headline) = app.catalog.get(id) {
            app.collections.count(headline, app.user.is_read(id), false);
            app.user.unloaded(id);
        }
    }
    app.catalog.remove_all(ids);
}

pub(super) fn arrived(app: &mut App, headlines: Vec<Headline>) {
    let (removed, headlines) = headlines.into_iter().partition(|headline| app.user.is_removed(headline.id));
    app.user.hidden.extend(Vec::into_iter(removed).map(|headline: Headline| (headline.id, headline)));
    show(app, headlines);
    list_again(app);
}

/// Articles have other words now, or other speakers.
pub(super) fn changed(app: &mut App, headlines: Vec<Headline>) {
    let mut changed = Vec::with_capacity(headlines.len());
    for headline in headlines {
        app.open_new_version(headline.id, headline.id);
        changed.push((headline.id, headline.id));
        relist(app, headline);
    }
    follow(app, &changed);
}

/// What lists statements of articles lists those of their new versions.
fn follow(app: &mut App, successors: &[(ArticleId, ArticleId)]) {
    let successors: HashMap<_, _> = successors.iter().copied().collect();
    app.user.follow(&successors);
    app.article.jumps.follow(&successors);
    app.views.left_were_replaced(&successors);
    review::articles_changed(app, &successors);
    timeline::articles_changed(app, &successors);
}

/// Other articles took the place of some: that of the open one is opened, and selected where it is listed.
pub(super) fn replaced(app: &mut App, successors: &[(ArticleId, ArticleId)]) {
    for &(before, now) in successors {
        if app.article.reader.as_ref().is_none_or(|reader| reader.id() != before)
            && let Some(mut prompt) = app.views.take_prompt()
        {
            prompt.follow(before, now);
            app.views.open_prompt(prompt);
        }
        app.open_new_version(before, now);
        if app.picks.has(&app.catalog, before) {
            app.picks.add(&app.catalog, now);
        }
        if app.list.selected() == Some(before)
            && app.catalog.get(now).is_some()
            && let Some(area) = app.list_area()
        {
            app.list.select(&app.catalog, area, now);
        }
    }
    follow(app, successors);
}

/// Puts headlines into the catalog.
pub(super) fn show(app: &mut App, headlines: Vec<Headline>) {
    for headline in &headlines {
        app.user.arrive(headline.id);
        app.catalog.set_gone(headline.id, headline.is_gone);
        if app.catalog.get(headline.id).is_none() {
            app.user.loaded(headline.id);
            app.collections.count(headline, app.user.is_read(headline.id), true);
        }
    }
    let user = &app.user;
    app.catalog.add_marked(headlines, &|id| user.is_read(id));
    app.file_arrived();
}

/// Articles have come or gone: what is listed may not be all that should be.
fn list_again(app: &mut App) {
    /// In a longer catalog, only once everything has arrived: going through it takes longer than a frame.
    const LONG: usize = 50_000;
    if app.views.search().is_some() {
        return results::search_again(app);
    }
    if !(app.progress.running && app.catalog.len() > LONG) {
        app.fill_list();
    }
}

impl App {
    /// Headlines that had come before have their places now.
    pub(super) fn list_filed(&mut self) {
        list_again(self);
    }
}

/// All that was to be read has been read.
pub(super) fn finished(app: &mut App) {
    app.progress.running = false;
    if app.progress.title == SAMPLES && app.collections.feeds().is_empty() {
        app.progress.samples = app.catalog.iter().map(|headline| headline.id).collect();
    }
    list_again(app);
    people::refresh_people(app);
    review::list_is_whole(app);
}
