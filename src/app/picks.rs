//! Articles that the user picks in the list, to do something with all of them at once.

use std::ops::Range;

use super::{App, Command, Notice, Search};
use crate::article::ArticleId;
use crate::catalog::{ArticleBitset, Catalog};
use crate::text::counted;

/// The articles that are picked. They stay so whatever is listed and in whatever order, until they go from the library or
/// the program ends.
#[derive(Debug, Default)]
pub struct Picks {
    articles: ArticleBitset,
    /// The one that was picked last.
    last: Option<ArticleId>,
}

impl Picks {
    /// How many articles are picked.
    pub fn count(&self, catalog: &Catalog) -> usize {
        catalog.count_picked(&self.articles)
    }

    /// Whether an article is picked.
    pub fn has(&self, catalog: &Catalog, id: ArticleId) -> bool {
        catalog.is_picked(&self.articles, id)
    }

    /// Picks an article.
    pub(super) fn add(&mut self, catalog: &Catalog, id: ArticleId) {
        catalog.pick(&mut self.articles, id);
    }

    fn toggle(&mut self, catalog: &Catalog, id: ArticleId) {
        if self.has(catalog, id) {
            catalog.unpick(&mut self.articles, id);
            self.last.take_if(|last| *last == id);
        } else {
            self.add(catalog, id);
            self.last = Some(id);
        }
    }
}

impl App {
    /// The articles that are picked.
    pub fn picks(&self) -> &Picks {
        &self.picks
    }

    /// How many articles are picked, and how many of them are listed here.
    pub fn count_picks(&self) -> (usize, usize) {
        let all = self.picks.count(&self.catalog);
        let listed = if all == 0 { 0 } else { self.list.count_picked(&self.catalog, &self.picks.articles) };
        (all, listed)
    }

    /// The picked articles that are listed, in the order of the list: those that commands in the list are about. None
    /// where no article is picked or another view has the keys; empty where all that are picked are listed elsewhere.
    pub(super) fn picked_here(&self) -> Option<Vec<ArticleId>> {
        let has_picks = self.views.pane().is_list() && self.picks.count(&self.catalog) > 0;
        has_picks.then(|| self.list.picked(&self.catalog, &self.picks.articles))
    }

    /// Nothing that is picked is listed here.
    pub(super) fn picks_elsewhere(&self) -> Notice {
        Notice::new(match self.picks.count(&self.catalog) {
            1 => "The article that is picked is not listed here".to_owned(),
            all => format!("None of the {} that are picked is listed here", counted(all, "article")),
        })
        .hint(Command::Back, "unpicks")
    }

    /// The article that is selected once those that are picked are gone: the next that is not picked, else the one before.
    pub(super) fn neighbour_of_picked(&self) -> Option<ArticleId> {
        let stays = |id: &ArticleId| !self.picks.has(&self.catalog, *id);
        let (_, listed) = self.count_picks();
        let at = self.list.position(&self.catalog, self.list.selected()?)?;
        if listed == self.list.len(&self.catalog) {
            return None;
        }
        let after = self.list.from(&self.catalog, at).map(|headline| headline.id).find(stays);
        after.or_else(|| self.list.before(&self.catalog, at).map(|headline| headline.id).find(stays))
    }

    /// Picks what is listed at these positions; returns how many were not picked yet.
    fn pick_positions(&mut self, positions: Range<usize>) -> usize {
        let before = self.picks.count(&self.catalog);
        self.list.stay();
        self.list.pick(&self.catalog, &mut self.picks.articles, positions);
        self.picks.count(&self.catalog) - before
    }
}

/// Carries out a command about what is picked; returns false for all others.
pub(super) fn command(app: &mut App, command: Command, count: usize) -> bool {
    match command {
        Command::Unpick => {
            if !unpick(app) {
                app.refuse("Nothing is picked");
            }
            return true;
        }
        Command::Pick | Command::PickRange | Command::PickAbove | Command::PickAll => {}
        _ => return false,
    }
    let selected = app.list.selected().and_then(|id| Some((id, app.list.position(&app.catalog, id)?)));
    let Some((id, at)) = selected else {
        app.refuse("No article is selected");
        return true;
    };
    match command {
        Command::Pick => pick(app, id, at, count),
        Command::PickRange => pick_range(app, id, at),
        Command::PickAbove => {
            if app.pick_positions(0..at + 1) == 0 {
                app.refuse("All above are picked already");
            }
            app.picks.last = Some(id);
        }
        _ => pick_all(app),
    }
    true
}

/// Picks an article or unpicks it, and goes down; with a count it picks so many.
fn pick(app: &mut App, id: ArticleId, at: usize, count: usize) {
    let Some(area) = app.list_area() else { return };
    if count == 1 {
        app.list.stay();
        app.picks.toggle(&app.catalog, id);
    } else {
        let end = at.saturating_add(count).min(app.list.len(&app.catalog));
        app.pick_positions(at..end);
        app.picks.last = app.list.at(&app.catalog, end.saturating_sub(1)).map(|headline| headline.id);
    }
    app.list.step(&app.catalog, area, count as isize);
}

/// Picks all from the one that was picked last to this one.
fn pick_range(app: &mut App, id: ArticleId, at: usize) {
    let last = app.picks.last.filter(|&last| app.picks.has(&app.catalog, last));
    let Some(last) = last.and_then(|last| app.list.position(&app.catalog, last)) else {
        return app.refuse(Notice::new("Pick the first article of the range before").hint(Command::Pick, "picks"));
    };
    if app.pick_positions(last.min(at)..last.max(at) + 1) == 0 {
        app.refuse("All of them are picked already");
    }
    app.picks.last = Some(id);
}

fn pick_all(app: &mut App) {
    let all = app.list.len(&app.catalog);
    let new = app.pick_positions(0..all);
    if app.search().is_some_and(Search::is_running) {
        app.show_message(format!("Picked {} so far: the search goes on", counted(all, "article")));
    } else if new == 0 {
        app.refuse("All are picked already");
    }
}

/// Picks nothing any more; returns whether anything was picked.
pub(super) fn unpick(app: &mut App) -> bool {
    let all = app.picks.count(&app.catalog);
    if all > 0 {
        app.picks = Picks::default();
        app.show_message(format!("Unpicked {}", counted(all, "article")));
    }
    all > 0
}
