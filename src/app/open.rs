//! Opening and closing articles, and the way between the panes.

use std::sync::Arc;

use super::direction::Direction;
use super::effect::{Effect, FetchJob, LoadJob, RequestId};
use super::reader::{Goal, Reader};
use super::screen::Size;
use super::{App, Command, Focus, Notice, Shelf};
use crate::article::{Article, ArticleId};
use crate::catalog::person_key;
use crate::page::{NARROWEST_COLUMN, Page};
use crate::quotes::{Findings, SpeakerIndex};
use crate::user::{UserAction, UserWrite};

/// What is on its way to the screen.
#[derive(Debug, Default)]
pub(super) struct Opening {
    /// The article that was asked for.
    in_flight: Option<(RequestId, ArticleId)>,
    /// Where to go once it is open and laid out.
    goal: Option<Goal>,
    /// The key of the one person whose quotations are to be shown in it.
    only: Option<String>,
    /// Whether the current quotation is to be in sight once the article is laid out.
    keep_in_sight: bool,
    /// The article and width that a worker lays out.
    laying_out: Option<(ArticleId, usize)>,
}

impl App {
    /// Opens an article and goes to `goal` in it.
    pub(super) fn open(&mut self, id: ArticleId, goal: Goal) {
        self.opening.goal = Some(goal);
        self.opening.only = None;
        if self.reader.as_ref().is_some_and(|reader| reader.id() == id) {
            self.opening.in_flight = None;
            return;
        }
        if self.opening.in_flight.is_some_and(|(_, in_flight)| in_flight == id) {
            return;
        }
        let request = self.new_request();
        self.opening.in_flight = Some((request, id));
        self.ask(Effect::Load(LoadJob::Article { request, id }));
    }

    /// Whether an article was asked for that is not there yet.
    pub(super) fn is_awaiting(&self) -> bool {
        self.opening.in_flight.is_some()
    }

    /// Opens an article to read it: it counts as read, and the list follows.
    pub(super) fn read(&mut self, id: ArticleId, goal: Goal) {
        self.note(UserAction::Read { article: id, read: true });
        if self.focus == Focus::List {
            self.focus = Focus::Article;
        }
        if let Some(area) = self.list_area().filter(|_| self.catalog.get(id).is_some()) {
            self.list.select(&self.catalog, area, id);
        }
        self.open(id, goal);
    }

    /// As [`App::read`], and shows only what one person says.
    pub(super) fn read_only(&mut self, id: ArticleId, goal: Goal, only: Option<String>) {
        self.read(id, goal);
        self.opening.only = only;
    }

    /// Shows the selected article beside the list, where there is room.
    pub(super) fn preview(&mut self) {
        let Some(id) = self.list.selected() else { return };
        let shown = self.opening.in_flight.map_or_else(|| self.reader.as_ref().map(Reader::id), |(_, id)| Some(id));
        if self.focus != Focus::List || self.panes().article.is_none() || shown == Some(id) {
            return;
        }
        let goal = self.goal();
        self.open(id, goal);
    }

    pub(super) fn loaded(&mut self, request: RequestId, article: Arc<Article>, findings: Arc<Findings>) {
        if self.opening.in_flight != Some((request, article.id)) {
            return;
        }
        self.opening.in_flight = None;
        self.note_place();
        let mut reader = Reader::new(article, findings);
        if let Some(corrections) = self.user.corrections(reader.id()) {
            reader.correct(Some(corrections));
        }
        if let Some(place) = self.user.place(reader.id()) {
            reader.go_to(place);
        }
        if let Some(key) = self.opening.only.take() {
            let is_meant = |speaker: &crate::quotes::Speaker| person_key(&speaker.name) == key;
            reader.only = reader.findings.speakers.iter().position(is_meant).map(SpeakerIndex);
        }
        reader.find = self.find_of_search(&reader);
        self.speaker = 0;
        self.reader = Some(reader);
    }

    pub(super) fn missing(&mut self, request: RequestId) {
        if self.opening.in_flight.is_some_and(|(in_flight, _)| in_flight == request) {
            self.opening.in_flight = None;
            self.show_message("This article is not there any more");
        }
    }

    pub(super) fn laid_out(&mut self, id: ArticleId, page: Page) {
        if self.opening.laying_out == Some((id, page.width())) {
            self.opening.laying_out = None;
        }
        if let Some(reader) = self.reader.as_mut().filter(|reader| reader.id() == id) {
            reader.page = page;
        }
    }

    /// Lays the open article out to the width of its pane, and goes where it should go in it.
    pub(super) fn lay_out(&mut self) {
        let Some(column) = self.panes().column() else { return };
        let Some(reader) = &mut self.reader else { return };
        let (width, height) = (usize::from(column.width).max(NARROWEST_COLUMN), usize::from(column.height));
        if !reader.lay_out(width) && reader.page.width() != width {
            let asked = Some((reader.id(), width));
            if self.opening.laying_out != asked {
                self.opening.laying_out = asked;
                let article = Arc::clone(&reader.article);
                self.ask(Effect::Load(LoadJob::LayOut { article, width }));
            }
            return;
        }
        if std::mem::take(&mut self.opening.keep_in_sight)
            && let Some(quotation) = reader.current_quotation().map(|quotation| quotation.outer)
        {
            reader.reveal(quotation, height);
        }
        if self.opening.in_flight.is_none()
            && let Some(goal) = self.opening.goal.take()
        {
            reader.pursue(&goal, height);
        }
    }

    /// The terminal has another size: the place stays, and so does the current quotation if it was in sight.
    pub(super) fn resize(&mut self, size: Size) {
        if size == self.size {
            return;
        }
        let height = self.text_height();
        let in_sight = |reader: &Reader| reader.current_quotation().is_some_and(|q| reader.shows(q.outer, height));
        self.opening.keep_in_sight |= self.reader.as_ref().is_some_and(in_sight);
        self.size = size;
    }

    /// Keeps how far the open article was read.
    pub(super) fn note_place(&mut self) {
        if let Some(place) = self.reader.as_ref().map(Reader::place)
            && self.user.leave(place)
        {
            let action = UserAction::Position { article: place.id, offset: place.top };
            self.ask(Effect::Write(UserWrite::Note(action)));
        }
    }

    /// Enter: opens the selected article; in an article, shows only the current speaker, or all again.
    pub(super) fn enter(&mut self) {
        match self.focus {
            Focus::List => {
                if let Some(id) = self.list.selected() {
                    let goal = self.list.found_place(id).map_or_else(|| self.goal(), Goal::Quoted);
                    self.read(id, goal);
                }
            }
            Focus::Article => {
                let speaker = self.reader.as_ref().and_then(|reader| reader.current_quotation()?.speaker);
                match speaker {
                    Some(speaker) => self.show_only(speaker),
                    None => self.next(Direction::Forward, 1),
                }
            }
            Focus::Speakers => {
                self.focus = Focus::Article;
                self.show_only(SpeakerIndex(self.speaker));
            }
            Focus::Shelves => self.toggle_shelves(),
        }
    }

    /// Shows only one speaker's quotations, or everyone's if it did so already.
    pub(super) fn show_only(&mut self, speaker: SpeakerIndex) {
        let height = self.text_height();
        let Some(reader) = &mut self.reader else { return };
        let Some(name) = reader.findings.speakers.get(speaker.0).map(|speaker| speaker.name.clone()) else {
            return;
        };
        if reader.only == Some(speaker) {
            reader.only = None;
            return self.show_message("All speakers");
        }
        reader.only = Some(speaker);
        let current = reader.current_quotation().is_some_and(|quotation| quotation.speaker == Some(speaker));
        if !current && let Some(first) = reader.outermost(Direction::Forward, |_| true) {
            reader.make_current(first, height);
        }
        self.show_message(Notice::new(format!("Only {name}")).hint(Command::Back, "shows all"));
    }

    /// Esc: back by one layer, never out of the program.
    pub(super) fn back(&mut self) {
        if self.prompt.is_some() {
            return self.cancel_prompt();
        }
        if self.overlay.take().is_some() {
            return;
        }
        let (find, only) = match &mut self.reader {
            Some(reader) if self.focus == Focus::Article && reader.find.is_some() => (reader.find.take(), None),
            Some(reader) if self.focus != Focus::List => (None, reader.only.take()),
            _ => (None, None),
        };
        match self.focus {
            _ if find.is_some() => {}
            Focus::Speakers => {
                self.focus = Focus::Article;
            }
            Focus::Article if only.is_some() => self.show_message("All speakers"),
            Focus::Article => self.close_article(),
            Focus::Shelves => self.toggle_shelves(),
            Focus::List if self.search.is_some() => self.cancel_search(),
            Focus::List if self.shelves.open() != &Shelf::All => self.open_shelf(Shelf::All),
            Focus::List if self.sources.refreshing.is_some() => self.ask(Effect::Fetch(FetchJob::Cancel)),
            Focus::List => {}
        }
    }

    /// q: back by one layer, past what Esc clears first, and out of the program at the end.
    pub(super) fn leave(&mut self) {
        if self.overlay.is_some() || self.prompt.is_some() {
            return self.back();
        }
        match self.focus {
            Focus::List if self.search.is_some() => self.cancel_search(),
            Focus::List => self.quit(),
            Focus::Shelves => self.toggle_shelves(),
            Focus::Article => self.close_article(),
            Focus::Speakers => {
                self.focus = Focus::Article;
            }
        }
    }

    pub(super) fn quit(&mut self) {
        self.note_place();
        self.ask(Effect::Quit);
    }

    /// From the article to the list, its place forgotten: it is not there any more.
    pub(super) fn back_to_list(&mut self) {
        self.focus = Focus::List;
        self.zen = false;
        self.reader = None;
    }

    /// From the article to the list.
    fn close_article(&mut self) {
        if self.return_to_archive() {
            return self.note_place();
        }
        self.focus = Focus::List;
        self.zen = false;
        self.note_place();
    }

    pub(super) fn toggle_zen(&mut self) {
        self.zen = !self.zen;
        if self.zen && self.focus == Focus::List {
            self.enter();
        }
    }

    pub(super) fn toggle_speakers(&mut self) {
        let Some(reader) = &self.reader else { return self.show_message("Open an article to see who speaks in it") };
        if self.focus == Focus::Speakers {
            self.focus = Focus::Article;
            return;
        }
        if reader.findings.speakers.is_empty() {
            return self.show_message("Nobody is quoted in this article");
        }
        let (id, current) = (reader.id(), reader.current_quotation().and_then(|quotation| quotation.speaker));
        self.speaker = current.or(reader.only).map_or(self.speaker, |speaker| speaker.0);
        self.focus = Focus::Speakers;
        self.note(UserAction::Read { article: id, read: true });
    }

    pub(super) fn change_pane(&mut self, forward: bool) {
        let speakers = self.reader.as_ref().is_some_and(|reader| !reader.findings.speakers.is_empty());
        let ring: &[Focus] =
            if speakers { &[Focus::List, Focus::Article, Focus::Speakers] } else { &[Focus::List, Focus::Article] };
        let at = ring.iter().position(|&focus| focus == self.focus).unwrap_or(0);
        let next = if forward { at + 1 } else { at + ring.len() - 1 } % ring.len();
        match ring[next] {
            Focus::Article if self.focus == Focus::List => self.enter(),
            Focus::Speakers => self.toggle_speakers(),
            focus => {
                self.focus = focus;
            }
        }
    }
}
