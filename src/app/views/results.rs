//! The results of a search over all articles: the query, the hits, and the way back.

use super::Pane;
use crate::app::effect::{Effect, RequestId, SearchJob};
use crate::app::find::Find;
use crate::app::list::SearchResults;
use crate::app::reader::{Goal, Reader};
use crate::app::{App, Collection};
use crate::article::ArticleId;
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

/// Asks what to search for, beginning with what is being searched for already.
pub(in crate::app) fn start(app: &mut App) {
    app.views.close_card();
    if app.views.search().is_some() {
        app.close_panes_over_list();
    } else {
        let search = Search::new("", app.list.selection());
        app.open_pane(Pane::Results(search));
    }
    let typed = app.views.search().map_or_else(String::new, |search| search.typed.clone());
    app.start_typing_search(&typed);
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

impl App {
    pub(in crate::app) fn search_for(&mut self, typed: String) {
        let request = self.new_request();
        let Some(search) = self.views.search_mut() else { return };
        search.typed = typed;
        let query = Query::parse(&search.typed);
        let before = std::mem::replace(&mut search.query, query.clone());
        if query.is_wrong() {
            return self.list_nothing();
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
        self.end_search();
        self.list.restore(origin);
        self.fill_list();
    }

    /// Abandons all answers, and cancels what is running.
    fn end_search(&mut self) {
        if self.views.search_mut().is_some_and(|search| search.in_flight.take().is_some()) {
            self.ask(Effect::Search(SearchJob::Cancel));
        }
    }

    /// A search that is wrong finds nothing.
    fn list_nothing(&mut self) {
        self.end_search();
        self.list.list_only(Vec::new());
        self.highlight_found();
    }

    /// Enter: lists the hits, or shows what is wrong with the query.
    pub(in crate::app) fn accept_search(&mut self) {
        let Some(search) = self.views.search_mut() else { return };
        search.finish();
        if let Some(error) = search.error().map(QueryError::with_hint) {
            self.show_message(error);
            return self.list_nothing();
        }
        if !search.is_empty() {
            return self.note_searched();
        }
        if !search.typed.trim().is_empty() {
            let words = format!("“{}” has no words to look for", search.typed);
            self.show_message(words);
        }
        self.close_pane();
    }

    /// Searches for what a saved search looks for.
    pub(in crate::app) fn search_saved(&mut self, typed: &str) {
        let request = self.new_request();
        let mut search = Search::new(typed, self.list.selection());
        search.finish();
        let error = search.error().map(QueryError::with_hint);
        let query = search.query.clone();
        let is_asked = !query.is_empty() && error.is_none();
        search.in_flight = is_asked.then(|| InFlight::new(request));
        self.open_results(search);
        if let Some(error) = error {
            self.show_message(error);
            return self.list_nothing();
        }
        if is_asked {
            self.ask(Effect::Search(SearchJob::Find { request, query }));
        }
    }

    /// Articles have arrived while a search is on: they may be hits too.
    pub(in crate::app) fn search_again(&mut self) {
        let request = self.new_request();
        match self.views.search_mut() {
            Some(search) if !search.query.is_empty() && !search.query.is_wrong() && search.in_flight.is_none() => {
                search.in_flight = Some(InFlight::new(request));
                let query = search.query.so_far();
                self.ask(Effect::Search(SearchJob::Find { request, query }));
            }
            _ => {}
        }
    }

    /// A search has ended: lists all that it found.
    pub(in crate::app) fn found(&mut self, request: RequestId, hits: Vec<Hit>) {
        if !self.awaits(request) {
            return;
        }
        self.show_removed(&hits);
        let Some(search) = self.views.search_mut() else { return };
        let Some(InFlight { mut results, .. }) = search.in_flight.take() else { return };
        if search.query.by_relevance {
            self.list.list_ranked(&self.catalog, hits);
        } else {
            results.add(&self.catalog, hits);
            self.list.list_hits(&self.catalog, results);
        }
        self.highlight_found();
    }

    /// A search goes on: lists the screenful that it found first, and gathers the rest.
    pub(in crate::app) fn found_some(&mut self, request: RequestId, hits: Vec<Hit>) {
        if !self.awaits(request) {
            return;
        }
        self.show_removed(&hits);
        let Some(InFlight { results, .. }) = self.views.search_mut().and_then(|search| search.in_flight.as_mut())
        else {
            return;
        };
        let is_first = results.is_empty();
        results.add(&self.catalog, hits);
        if is_first {
            self.list.list_hits(&self.catalog, results.clone());
            self.highlight_found();
        }
    }

    /// Whether an answer is to the search that is on.
    fn awaits(&self, request: RequestId) -> bool {
        let in_flight = self.views.search().and_then(|search| search.in_flight.as_ref());
        in_flight.is_some_and(|in_flight| in_flight.request == request)
    }

    /// The article beside the list shows the words too.
    fn highlight_found(&mut self) {
        let find = self.article.reader.as_ref().and_then(|reader| self.find_of_search(reader));
        if let Some(reader) = &mut self.article.reader {
            reader.find = find;
        }
    }

    /// What a search lights in an article.
    pub(in crate::app) fn find_of_search(&self, reader: &Reader) -> Option<Find> {
        let search = self.views.search().filter(|search| !search.query.is_wrong())?;
        let needles = search.query.needles();
        (!needles.is_empty()).then(|| Find::new(&search.typed, &needles, reader.article.body.text()))
    }

    /// Where one wants to be in an article: at what a search found, else where one was.
    pub(in crate::app) fn goal(&self) -> Goal {
        let Some(Search { query, .. }) = self.views.search() else { return Goal::Resume };
        match query.speakers().next() {
            Some(name) if query.needles().is_empty() => Goal::Named(name.to_owned()),
            _ => Goal::Match,
        }
    }

    /// Notes what was searched for.
    fn note_searched(&mut self) {
        let Some(typed) = self.views.search().map(|search| search.typed.trim().to_owned()) else {
            return;
        };
        if typed.is_empty() || self.user.state().searched.last() == Some(&typed) {
            return;
        }
        self.note(UserAction::Searched(typed));
    }
}
