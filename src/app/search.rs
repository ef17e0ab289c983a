//! Searching as one types: all articles, or the open one; and naming commands.

use super::effect::{Effect, SearchJob, Ticket};
use super::find::Find;
use super::jumps::Place;
use super::list::Gathered;
use super::reader::{Goal, Reader};
use super::{App, Focus, Overlay, Shelf};
use crate::article::ArticleId;
use crate::query::{Hit, Query, QueryError};
use crate::quotes::SpeakerIndex;
use crate::user::UserAction;

/// A search over all articles.
#[derive(Debug)]
pub struct Search {
    /// What was typed.
    pub typed: String,
    /// What that asks for.
    query: Query,
    /// The request whose answer is waited for.
    awaited: Option<Awaited>,
    /// Where the reader was when it began.
    origin: Origin,
}

/// An answer that comes in pieces.
#[derive(Debug)]
struct Awaited {
    ticket: Ticket,
    /// What has been found so far.
    gathered: Gathered,
}

impl Awaited {
    fn new(ticket: Ticket) -> Self {
        Self { ticket, gathered: Gathered::default() }
    }
}

/// Where the reader was before typing.
#[derive(Debug, Clone, Copy)]
struct Origin {
    focus: Focus,
    list: (Option<ArticleId>, usize),
    place: Option<Place>,
    only: Option<SpeakerIndex>,
}

impl Search {
    /// Whether the answer is still to come.
    pub fn is_running(&self) -> bool {
        self.awaited.is_some()
    }

    /// Whether it asks for nothing yet.
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

    /// Nothing more will be typed: what is unfinished is wrong.
    fn finish(&mut self) {
        for error in &mut self.query.errors {
            error.is_unfinished = false;
        }
    }
}

impl App {
    /// `/`: in an article, finds words in it; else, and with `everywhere`, searches all articles.
    pub(super) fn start_search(&mut self, everywhere: bool) {
        if let Some(Overlay::Help { filter, .. }) = &self.overlay {
            let filter = filter.clone();
            return self.start_filtering_help(&filter);
        }
        self.overlay = None;
        if self.focus != Focus::List && !everywhere {
            return self.start_finding();
        }
        let origin = self.search.as_ref().map_or_else(|| self.origin(), |search| search.origin);
        let typed = self.search.take().map_or_else(String::new, |search| search.typed);
        self.focus = Focus::List;
        self.search = Some(Search { query: Query::parse(&typed), typed: typed.clone(), awaited: None, origin });
        self.start_typing_search(&typed);
    }

    pub(super) fn search_for(&mut self, typed: String) {
        let ticket = self.ticket();
        let Some(search) = &mut self.search else { return };
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
            search.awaited = Some(Awaited::new(ticket));
            return self.ask(Effect::Search(SearchJob::Find { ticket, query: asked }));
        }
        if !query.errors.is_empty() {
            // Half a field is no question yet: what was listed stays until it is.
            return;
        }
        let origin = search.origin.list;
        self.end_search();
        self.list.restore(origin);
        self.stock_list();
    }

    /// Waits for no answer any more, and ends what is running.
    fn end_search(&mut self) {
        if self.search.as_mut().is_some_and(|search| search.awaited.take().is_some()) {
            self.ask(Effect::Search(SearchJob::Cancel));
        }
    }

    /// A search that is wrong finds nothing.
    fn list_nothing(&mut self) {
        self.end_search();
        self.list.list_only(Vec::new());
        self.light_article();
    }

    /// Enter: lists what was asked for, or says why it cannot be.
    pub(super) fn accept_search(&mut self) {
        let Some(search) = &mut self.search else { return };
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
        self.cancel_search();
    }

    /// Searches for what a kept search looks for.
    pub(super) fn search_shelf(&mut self, typed: &str) {
        let ticket = self.ticket();
        let (query, origin) = (Query::parse(typed), self.origin());
        let mut search = Search { typed: typed.to_owned(), query: query.clone(), awaited: None, origin };
        search.finish();
        let error = search.error().map(QueryError::with_hint);
        let is_asked = !query.is_empty() && error.is_none();
        search.awaited = is_asked.then(|| Awaited::new(ticket));
        self.search = Some(search);
        if let Some(error) = error {
            self.show_message(error);
            return self.list_nothing();
        }
        if is_asked {
            self.ask(Effect::Search(SearchJob::Find { ticket, query }));
        }
    }

    /// Articles have arrived while a search is on: they may be hits too.
    pub(super) fn search_again(&mut self) {
        let ticket = self.ticket();
        match &mut self.search {
            Some(search) if !search.query.is_empty() && !search.query.is_wrong() && search.awaited.is_none() => {
                search.awaited = Some(Awaited::new(ticket));
                let query = search.query.so_far();
                self.ask(Effect::Search(SearchJob::Find { ticket, query }));
            }
            _ => {}
        }
    }

    /// A search has ended: lists all that it found.
    pub(super) fn found(&mut self, ticket: Ticket, hits: Vec<Hit>) {
        if !self.awaits(ticket) {
            return;
        }
        self.unveil(&hits);
        let Some(search) = &mut self.search else { return };
        let Some(Awaited { mut gathered, .. }) = search.awaited.take() else { return };
        if search.query.by_relevance {
            self.list.list_ranked(&self.catalog, hits);
        } else {
            gathered.add(&self.catalog, hits);
            self.list.list_hits(&self.catalog, gathered);
        }
        self.light_article();
    }

    /// A search goes on: lists the screenful that it found first, and gathers the rest.
    pub(super) fn found_some(&mut self, ticket: Ticket, hits: Vec<Hit>) {
        if !self.awaits(ticket) {
            return;
        }
        self.unveil(&hits);
        let Some(Awaited { gathered, .. }) = self.search.as_mut().and_then(|search| search.awaited.as_mut()) else {
            return;
        };
        let is_first = gathered.is_empty();
        gathered.add(&self.catalog, hits);
        if is_first {
            self.list.list_hits(&self.catalog, gathered.clone());
            self.light_article();
        }
    }

    /// Whether an answer is to the search that is on.
    fn awaits(&self, ticket: Ticket) -> bool {
        let awaited = self.search.as_ref().and_then(|search| search.awaited.as_ref());
        awaited.is_some_and(|awaited| awaited.ticket == ticket)
    }

    /// The article beside the list shows the words too.
    fn light_article(&mut self) {
        let find = self.reader.as_ref().and_then(|reader| self.find_of_search(reader));
        if let Some(reader) = &mut self.reader {
            reader.find = find;
        }
    }

    /// What a search lights in an article.
    pub(super) fn find_of_search(&self, reader: &Reader) -> Option<Find> {
        let search = self.search.as_ref().filter(|search| !search.query.is_wrong())?;
        let needles = search.query.needles();
        (!needles.is_empty()).then(|| Find::new(&search.typed, &needles, reader.article.body.text()))
    }

    /// Where one wants to be in an article: at what a search found, else where one was.
    pub(super) fn goal(&self) -> Goal {
        let Some(Search { query, .. }) = &self.search else { return Goal::Resume };
        match query.speakers().next() {
            Some(name) if query.needles().is_empty() => Goal::Named(name.to_owned()),
            _ => Goal::Match,
        }
    }

    /// Notes what was searched for.
    fn note_searched(&mut self) {
        let Some(typed) = self.search.as_ref().map(|search| search.typed.trim().to_owned()) else {
            return;
        };
        if typed.is_empty() || self.user.state().searched.last() == Some(&typed) {
            return;
        }
        self.note(UserAction::Searched(typed));
    }

    /// Ends the search and goes back to exactly where it began.
    pub(super) fn cancel_search(&mut self) {
        // What follows may be another search.
        self.end_search();
        let Some(Search { origin, .. }) = self.search.take() else { return };
        self.veil();
        self.list.restore(origin.list);
        // Esc leads back to all articles from a kept search, else to the shelf on which the search began.
        if matches!(self.shelves.open(), Shelf::Search(_)) {
            self.shelves.leave();
        }
        self.stock_list();
        self.focus = origin.focus;
        if let Some(reader) = &mut self.reader {
            reader.find = None;
        }
        if let Some(place) = origin.place {
            self.open(place.id, Goal::Place(place));
            if let Some(reader) = self.reader.as_mut().filter(|reader| reader.id() == place.id) {
                reader.only = origin.only;
            }
        }
    }

    fn origin(&self) -> Origin {
        Origin {
            focus: self.focus,
            list: self.list.place(),
            place: self.reader.as_ref().map(Reader::place),
            only: self.reader.as_ref().and_then(|reader| reader.only),
        }
    }
}
