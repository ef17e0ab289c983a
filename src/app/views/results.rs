//! The results of a search over all articles: the query, the hits, and the way back.

use super::Pane;
use crate::app::effect::{Effect, RequestId, SearchJob};
use crate::app::find::Find;
use crate::app::list::SearchResults;
use crate::app::prompts::search;
use crate::app::reader::{Goal, Reader};
use crate::app::{App, Collection, Notice};
use crate::article::{ArticleId, holds_password};
use crate::query::{Hit, Query, QueryError};
use crate::user::UserAction;

/// A search over all articles.
#[derive(Debug)]
pub struct Search {
    /// What was typed.
    pub typed: String,
    /// The query that it is parsed to.
    query: Query,
    /// The request whose answer is waited for.
    in_flight: Option<InFlight>,
    /// Where the list stood when it began.
    origin: (Option<ArticleId>, usize),
}

/// An answer that comes in pieces.
#[derive(Debug)]
struct InFlight {
    request: RequestId,
    /// What has been found so far.
    results: SearchResults,
}

impl InFlight {
    fn new(request: RequestId) -> Self {
        Self { request, results: SearchResults::default() }
    }
}

impl Search {
    fn new(typed: &str, origin: (Option<ArticleId>, usize)) -> Self {
        Self { typed: typed.to_owned(), query: Query::parse(typed), in_flight: None, origin }
    }

    /// Whether the answer is still to come.
    pub fn is_running(&self) -> bool {
        self.in_flight.is_some()
    }

    /// Whether it is empty so far.
    pub fn is_empty(&self) -> bool {
        self.query.is_empty()
    }

    /// What cannot be understood of it.
    pub fn errors(&self) -> &[QueryError] {
        &self.query.errors
    }

    /// The first thing that is wrong with it; nothing while it may still become right by typing on.
    pub fn error(&self) -> Option<&QueryError> {
        self.errors().iter().find(|error| !error.is_unfinished)
    }

    /// Replaces this search; Back still leads to where this one began.
    pub(super) fn replace(&mut self, other: Self) {
        *self = Self { origin: self.origin, ..other };
    }

    /// Nothing more will be typed: what is unfinished is wrong.
    fn finish(&mut self) {
        for error in &mut self.query.errors {
            error.is_unfinished = false;
        }
    }
}

/// Shows the headlines of the search that is on, else of one for nothing yet.
fn open_empty(app: &mut App) {
    app.views.close_card();
    if app.views.search().is_some() {
        app.close_panes_over_list();
    } else {
        let search = Search::new("", app.list.selection());
        app.open_pane(Pane::Results(search));
    }
}

/// Asks what to search for, beginning with what is being searched for already.
pub(in crate::app) fn start(app: &mut App) {
    open_empty(app);
    let typed = app.views.search().map_or_else(String::new, |search| search.typed.clone());
    search::open(app, &typed);
}

/// Searches all articles for this, from wherever; returns what is wrong with it.
pub(in crate::app) fn search_line(app: &mut App, typed: &str) -> Result<(), Notice> {
    let mut search = Search::new(typed, app.list.selection());
    search.finish();
    if let Some(error) = search.error() {
        return Err(error.with_hint().into());
    }
    if search.is_empty() {
        return Err(no_words(typed).into());
    }
    open_empty(app);
    app.search_for(typed.to_owned());
    app.accept_search();
    Ok(())
}

fn no_words(typed: &str) -> String {
    format!("“{typed}” has no words to search for")
}

/// A search was closed: the list is as it was when it began.
pub(super) fn end(app: &mut App, search: &Search) {
    forget(app, search);
    app.list.restore(search.origin);
    // From a saved search this leads back to all articles, else to the collection in which the search began.
    if matches!(app.collections.open(), Collection::Search(_)) {
        app.collections.leave();
    }
    app.fill_list();
    if let Some(reader) = &mut app.article.reader {
        reader.find = None;
    }
}

/// Cancels the search that is running.
pub(super) fn forget(app: &mut App, search: &Search) {
    if search.is_running() {
        app.ask(Effect::Search(SearchJob::Cancel));
    }
    app.hide_removed();
}

/// Waits for no answer any more, and ends what is running.
fn end_search(app: &mut App) {
    if app.views.search_mut().is_some_and(|search| search.in_flight.take().is_some()) {
        app.ask(Effect::Search(SearchJob::Cancel));
    }
}

/// A search that is wrong finds nothing.
fn list_nothing(app: &mut App) {
    end_search(app);
    app.list.list_only(&app.catalog, Vec::new());
    highlight_found(app);
}

/// Searches for what a saved search looks for.
pub(in crate::app) fn search_saved(app: &mut App, typed: &str) {
    let request = app.new_request();
    let mut search = Search::new(typed, app.list.selection());
    search.finish();
    let error = search.error().map(QueryError::with_hint);
    let query = search.query.clone();
    let is_asked = !query.is_empty() && error.is_none();
    search.in_flight = is_asked.then(|| InFlight::new(request));
    app.open_results(search);
    if let Some(error) = error {
        app.show_message(error);
        return list_nothing(app);
    }
    if is_asked {
        app.ask(Effect::Search(SearchJob::Find { request, query }));
    }
}

/// Articles have arrived while a search is on: they may be hits too.
pub(in crate::app) fn search_again(app: &mut App) {
    let request = app.new_request();
    match app.views.search_mut() {
        Some(search) if !search.query.is_empty() && !search.query.is_wrong() && search.in_flight.is_none() => {
            search.in_flight = Some(InFlight::new(request));
            let query = search.query.so_far();
            app.ask(Effect::Search(SearchJob::Find { request, query }));
        }
        _ => {}
    }
}

/// An article was removed or restored: where removed ones are searched for, it is a hit now, or none any more.
pub(in crate::app) fn search_again_for_removed(app: &mut App) {
    if app.views.search().is_some_and(|search| search.query.asks_for_removed()) {
        search_again(app);
    }
}

/// A search has ended: lists all that it found.
pub(in crate::app) fn found(app: &mut App, request: RequestId, hits: Vec<Hit>) {
    if !awaits(app, request) {
        return;
    }
    app.show_removed(&hits);
    let Some(search) = app.views.search_mut() else { return };
    let Some(InFlight { mut results, .. }) = search.in_flight.take() else { return };
    if search.query.by_relevance {
        app.list.list_ranked(&app.catalog, hits);
    } else {
        let is_rest = !results.is_empty();
        results.add(&app.catalog, hits);
        app.list.list_hits(&app.catalog, results, is_rest);
    }
    highlight_found(app);
}

/// A search goes on: lists the screenful that it found first, and gathers the rest.
pub(in crate::app) fn found_some(app: &mut App, request: RequestId, hits: Vec<Hit>) {
    if !awaits(app, request) {
        return;
    }
    app.show_removed(&hits);
    let Some(InFlight { results, .. }) = app.views.search_mut().and_then(|search| search.in_flight.as_mut()) else {
        return;
    };
    let is_first = results.is_empty();
    results.add(&app.catalog, hits);
    if is_first {
        app.list.list_hits(&app.catalog, results.clone(), false);
        highlight_found(app);
    }
}

/// Whether an answer is to the search that is on.
fn awaits(app: &App, request: RequestId) -> bool {
    let in_flight = app.views.search().and_then(|search| search.in_flight.as_ref());
    in_flight.is_some_and(|in_flight| in_flight.request == request)
}

/// The article beside the list shows the words too.
fn highlight_found(app: &mut App) {
    let find = app.article.reader.as_ref().and_then(|reader| find_of_search(app, reader));
    if let Some(reader) = &mut app.article.reader {
        reader.find = find;
    }
    app.show_found();
}

/// What a search lights in an article.
pub(in crate::app) fn find_of_search(app: &App, reader: &Reader) -> Option<Find> {
    let search = app.views.search().filter(|search| !search.query.is_wrong())?;
    if search.query.needles().is_empty() {
        return None;
    }
    let (reported, quoted): (Vec<_>, Vec<_>) =
        reader.all_found().quotations.iter().partition(|quotation| quotation.is_reported());
    let [reported, quoted] = [reported, quoted].map(|all| all.iter().map(|run| run.outer).collect::<Vec<_>>());
    Some(Find::at(&search.typed, search.query.matches(reader.article.body.text(), &quoted, &reported)))
}

/// Where one wants to be in an article: at what a search found, else where one was.
pub(in crate::app) fn goal(app: &App) -> Goal {
    let Some(Search { query, .. }) = app.views.search() else { return Goal::Resume };
    match query.speakers().next() {
        Some(name) if query.needles().is_empty() => Goal::Named(name.to_owned()),
        _ => Goal::Match,
    }
}

/// The same in one of the articles that are listed: at the quotation that was found, where one was.
pub(in crate::app) fn goal_in(app: &App, id: ArticleId) -> Goal {
    app.list.found_place(id).map_or_else(|| goal(app), Goal::QuotationAt)
}

/// Notes what was searched for.
fn note_searched(app: &mut App) {
    let Some(typed) = app.views.search().map(|search| search.typed.trim().to_owned()) else {
        return;
    };
    // A password is written down nowhere.
    if typed.is_empty() || app.user.state().searched.last() == Some(&typed) || holds_password(&typed) {
        return;
    }
    app.note(UserAction::Searched(typed));
}

impl App {
    pub(in crate::app) fn search_for(&mut self, typed: String) {
        let request = self.new_request();
        let Some(search) = self.views.search_mut() else { return };
        search.typed = typed;
        let query = Query::parse(&search.typed);
        let before = std::mem::replace(&mut search.query, query.clone());
        if query.is_wrong() {
            return list_nothing(self);
        }
        let asked = query.so_far();
        let is_more = query.errors.is_empty() != before.errors.is_empty();
        if asked == before.so_far() && !(is_more && asked.is_empty()) {
            return;
        }
        if !query.is_empty() {
            search.in_flight = Some(InFlight::new(request));
            return self.ask(Effect::Search(SearchJob::Find { request, query: asked }));
        }
        if !query.errors.is_empty() {
            // Half a field is no question yet: what was listed stays until it is.
            return;
        }
        let origin = search.origin;
        end_search(self);
        self.list.restore(origin);
        self.fill_list();
    }

    /// Enter: lists what was asked for, or says why it cannot be.
    pub(in crate::app) fn accept_search(&mut self) {
        let Some(search) = self.views.search_mut() else { return };
        search.finish();
        if let Some(error) = search.error().map(QueryError::with_hint) {
            self.show_message(error);
            return list_nothing(self);
        }
        if !search.is_empty() {
            return note_searched(self);
        }
        if !search.typed.trim().is_empty() {
            let words = no_words(&search.typed);
            self.show_message(words);
        }
        self.close_pane();
    }
}
