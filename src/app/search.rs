//! Searching as one types: all articles, or the open one; and naming commands.

use super::command::{Command, Edit};
use super::effect::{Effect, RequestId, SearchJob};
use super::find::Find;
use super::jumps::Place;
use super::list::Gathered;
use super::prompt::{Prompt, Purpose};
use super::reader::{Goal, Reader};
use super::{App, Focus, Overlay, Shelf};
use crate::article::ArticleId;
use crate::query::{Hit, Needle, Query, QueryError};
use crate::quotes::SpeakerIndex;
use crate::text::fold;

/// A search over all articles.
#[derive(Debug)]
pub struct Search {
    /// What was typed.
    pub typed: String,
    /// What that asks for.
    query: Query,
    /// The request whose answer is waited for.
    in_flight: Option<InFlight>,
    /// Where the reader was when it began.
    origin: Origin,
}

/// An answer that comes in pieces.
#[derive(Debug)]
struct InFlight {
    request: RequestId,
    /// What has been found so far.
    gathered: Gathered,
}

impl InFlight {
    fn new(request: RequestId) -> Self {
        Self { request, gathered: Gathered::default() }
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
        self.in_flight.is_some()
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
    /// `/`: in an article, looks for words in it; else, and with `everywhere`, searches all articles.
    pub(super) fn start_search(&mut self, everywhere: bool) {
        if let Some(Overlay::Help { filter, .. }) = &self.overlay {
            self.prompt = Some(Prompt::with(Purpose::Find, filter));
            return;
        }
        self.overlay = None;
        if self.focus == Focus::List || everywhere {
            let origin = self.search.as_ref().map_or_else(|| self.origin(), |search| search.origin);
            let typed = self.search.take().map_or_else(String::new, |search| search.typed);
            self.focus = Focus::List;
            self.prompt = Some(Prompt::with(Purpose::Search, &typed));
            self.search = Some(Search { query: Query::parse(&typed), typed, in_flight: None, origin });
        } else {
            self.note_jump();
            self.prompt = Some(Prompt::new(Purpose::Find));
        }
    }

    pub(super) fn type_letter(&mut self, letter: char) {
        if let Some(prompt) = &mut self.prompt {
            prompt.insert(letter);
        }
        self.typed();
    }

    pub(super) fn edit(&mut self, edit: Edit) {
        match &mut self.prompt {
            // As in vim and less, taking away what is not there ends the typing.
            Some(prompt) if prompt.typed().is_empty() && edit == Edit::Erase => self.cancel_prompt(),
            Some(prompt) => {
                prompt.edit(edit);
                self.typed();
            }
            None => {}
        }
    }

    /// What has been typed has changed: acts on it at once.
    fn typed(&mut self) {
        let Some(prompt) = &self.prompt else { return };
        let (purpose, typed) = (prompt.purpose, prompt.typed().to_owned());
        match (purpose, &mut self.overlay) {
            (Purpose::Find, Some(Overlay::Help { filter, scroll })) => {
                *filter = typed;
                *scroll = 0;
            }
            (Purpose::Find, _) => self.find(&typed),
            (Purpose::Search, _) => {
                self.offer_completions(&typed);
                self.search_for(typed);
            }
            (Purpose::Link, _) => self.follow_hint(),
            (Purpose::Speakers, _) => self.list_people(typed, false),
            (Purpose::NameSearch | Purpose::NameSource | Purpose::Address | Purpose::Export, _) => {}
            (Purpose::Palette | Purpose::Correct | Purpose::Tag | Purpose::Feed, _) => {
                if let Some(prompt) = &mut self.prompt {
                    (prompt.choice, prompt.is_picked) = (0, false);
                }
                if purpose == Purpose::Correct {
                    self.choose_first_verdict();
                }
            }
        }
    }

    pub(super) fn search_for(&mut self, typed: String) {
        let request = self.new_request();
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
            search.in_flight = Some(InFlight::new(request));
            return self.ask(Effect::Search(SearchJob::Find { request, query: asked }));
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
        if self.search.as_mut().is_some_and(|search| search.in_flight.take().is_some()) {
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
    fn accept_search(&mut self) {
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
        let request = self.new_request();
        let (query, origin) = (Query::parse(typed), self.origin());
        let mut search = Search { typed: typed.to_owned(), query: query.clone(), in_flight: None, origin };
        search.finish();
        let error = search.error().map(QueryError::with_hint);
        let is_asked = !query.is_empty() && error.is_none();
        search.in_flight = is_asked.then(|| InFlight::new(request));
        self.search = Some(search);
        if let Some(error) = error {
            self.show_message(error);
            return self.list_nothing();
        }
        if is_asked {
            self.ask(Effect::Search(SearchJob::Find { request, query }));
        }
    }

    /// Articles have arrived while a search is on: they may be hits too.
    pub(super) fn search_again(&mut self) {
        let request = self.new_request();
        match &mut self.search {
            Some(search) if !search.query.is_empty() && !search.query.is_wrong() && search.in_flight.is_none() => {
                search.in_flight = Some(InFlight::new(request));
                let query = search.query.so_far();
                self.ask(Effect::Search(SearchJob::Find { request, query }));
            }
            _ => {}
        }
    }

    /// A search has ended: lists all that it found.
    pub(super) fn found(&mut self, request: RequestId, hits: Vec<Hit>) {
        if !self.awaits(request) {
            return;
        }
        self.unveil(&hits);
        let Some(search) = &mut self.search else { return };
        let Some(InFlight { mut gathered, .. }) = search.in_flight.take() else { return };
        if search.query.by_relevance {
            self.list.list_ranked(&self.catalog, hits);
        } else {
            gathered.add(&self.catalog, hits);
            self.list.list_hits(&self.catalog, gathered);
        }
        self.light_article();
    }

    /// A search goes on: lists the screenful that it found first, and gathers the rest.
    pub(super) fn found_some(&mut self, request: RequestId, hits: Vec<Hit>) {
        if !self.awaits(request) {
            return;
        }
        self.unveil(&hits);
        let Some(InFlight { gathered, .. }) = self.search.as_mut().and_then(|search| search.in_flight.as_mut()) else {
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
    fn awaits(&self, request: RequestId) -> bool {
        let in_flight = self.search.as_ref().and_then(|search| search.in_flight.as_ref());
        in_flight.is_some_and(|in_flight| in_flight.request == request)
    }

    /// The article beside the list shows the words too.
    fn light_article(&mut self) {
        let find = self.reader.as_ref().and_then(|reader| self.find_of_search(reader));
        if let Some(reader) = &mut self.reader {
            reader.find = find;
        }
    }

    /// Looks for what was typed in the open article, from where the reader is.
    fn find(&mut self, typed: &str) {
        let height = self.text_height();
        let Some(reader) = &mut self.reader else { return };
        if let Some(place) = self.jumps.last().filter(|place| place.id == reader.id()) {
            reader.go_to(place);
        }
        let here = reader.place().top;
        reader.find = (!typed.is_empty()).then(|| {
            let needle = Needle::anywhere(&fold(typed));
            Find::new(typed, &[needle], reader.article.body.text())
        });
        if let Some(span) = reader.find.as_mut().and_then(|find| find.first_from(here)) {
            reader.reveal(span, height);
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

    /// Enter: keeps what was typed.
    pub(super) fn accept(&mut self) {
        let Some(prompt) = self.prompt.take() else { return };
        match prompt.purpose {
            Purpose::Search => self.accept_search(),
            Purpose::Find | Purpose::Link => {}
            Purpose::Speakers => self.accept_speaker(prompt),
            Purpose::Export => self.accept_export(prompt.typed()),
            Purpose::NameSearch => self.accept_name(prompt.typed()),
            Purpose::NameSource => self.accept_source_name(prompt.typed()),
            Purpose::Address => self.accept_address(prompt.typed()),
            Purpose::Feed => self.accept_feed(prompt.choice, prompt.typed()),
            Purpose::Tag => {
                let choice = prompt.choice;
                self.prompt = Some(prompt);
                self.accept_tag(choice);
                self.prompt = None;
            }
            Purpose::Correct => {
                let choice = prompt.choice;
                self.prompt = Some(prompt);
                self.accept_correction(choice);
                self.prompt = None;
            }
            Purpose::Palette => self.accept_palette(prompt),
        }
    }

    /// Chooses among the commands or speakers that fit what was typed.
    pub(super) fn choose(&mut self, command: Command, count: usize) {
        if self.prompt.as_ref().is_some_and(|prompt| prompt.purpose == Purpose::Export) {
            self.choose_form(command);
            return;
        }
        let Some(purpose) = self.prompt.as_ref().map(|prompt| prompt.purpose) else { return };
        let palette = self.palette().map(|palette| (palette.rows.len(), palette.choice));
        let fitting = match purpose {
            Purpose::Correct => self.verdicts().len(),
            Purpose::Tag => self.tag_choices().len(),
            Purpose::Feed => self.feed_choices().count(),
            _ => palette.map_or(0, |(rows, _)| rows),
        };
        let Some(prompt) = &mut self.prompt else { return };
        // In the palette nothing may be chosen yet; then the first step down leads to the first row.
        let here = palette.map_or(Some(prompt.choice), |(_, choice)| choice);
        prompt.choice = match command {
            Command::Up => here.map_or(0, |at| at.saturating_sub(count)),
            Command::Down => here.map_or(count - 1, |at| at + count).min(fitting.saturating_sub(1)),
            _ => return,
        };
        prompt.is_picked = true;
    }

    /// Esc while typing: everything is as it was before.
    pub(super) fn cancel_prompt(&mut self) {
        let Some(prompt) = self.prompt.take() else { return };
        match (prompt.purpose, &mut self.overlay) {
            (Purpose::Find, Some(Overlay::Help { filter, .. })) => {
                filter.clear();
            }
            (Purpose::Search, _) => self.cancel_search(),
            (Purpose::Find, _) => {
                let place = self.jumps.back(None);
                if let Some(reader) = &mut self.reader {
                    reader.find = None;
                    if let Some(place) = place.filter(|place| place.id == reader.id()) {
                        reader.go_to(place);
                    }
                }
            }
            (Purpose::Speakers, _) if !prompt.typed().is_empty() => self.list_people(String::new(), false),
            // What had been typed for one of the others was for nothing.
            _ => {}
        }
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
