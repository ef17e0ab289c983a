//! Opening articles: what is on its way to the screen.

use std::sync::Arc;

use super::effect::{Effect, LoadJob, RequestId};
use super::event::ArticleRecord;
use super::jumps::Jumps;
use super::navigation::Following;
use super::new_version::WordsHere;
use super::reader::{Goal, Reader};
use super::screen::Size;
use super::{App, Command, Notice, Pane};
use crate::app::views::{clippings, results};
use crate::article::{Article, ArticleId};
use crate::layout::{NARROWEST_COLUMN, TextLayout};
use crate::quotes::Findings;
use crate::text::shorten;
use crate::user::{UserAction, UserWrite};

/// The article that is open, or is being opened.
#[derive(Debug, Default)]
pub(super) struct OpenArticle {
    pub(super) reader: Option<Reader>,
    opening: Opening,
    /// Where the user was before each jump.
    pub(super) jumps: Jumps,
    /// The jump to another article for which the names of a person are being looked up.
    pub(super) following: Option<Following>,
    /// Which speaker stands first in the list of them, where the wheel turned it, and who should be in sight then.
    pub(super) speakers_scrolled: Option<(usize, usize)>,
    /// The article that a jump led to, as long as the user has not moved in it.
    glanced: Option<ArticleId>,
    /// Whether it is open for the sake of one of its quotations only: the user has not been there.
    is_borrowed: bool,
}

/// What is on its way to the screen.
#[derive(Debug, Default)]
struct Opening {
    /// The article that was requested.
    in_flight: Option<(RequestId, ArticleId)>,
    /// Where to go once it is open and laid out.
    goal: Option<Goal>,
    /// The keys of the one person whose quotations are to be shown in it.
    only: Vec<String>,
    /// Whether the current quotation is to be in sight once the article is laid out.
    keep_in_sight: bool,
    /// What is to be done with the article once it is open, although it may not be on the screen.
    then: Option<Command>,
    /// Where the quotation begins that is to be at hand then.
    at_hand: Option<usize>,
    /// The open article, where it is to be replaced by another version of it.
    replaces: Option<ArticleId>,
    /// The article and width that a worker lays out.
    laying_out: Option<(ArticleId, usize)>,
}

impl App {
    /// Opens an article and goes to `goal` in it.
    pub(super) fn open(&mut self, id: ArticleId, goal: Goal) {
        self.article.opening.goal = Some(goal);
        self.article.opening.only.clear();
        self.article.opening.replaces = None;
        self.forget_what_waits();
        if self.article.reader.as_ref().is_some_and(|reader| reader.id() == id) {
            self.article.opening.in_flight = None;
            self.article.is_borrowed = false;
            return;
        }
        if self.article.opening.in_flight.is_some_and(|(_, in_flight)| in_flight == id) {
            return;
        }
        let request = self.new_request();
        self.article.opening.in_flight = Some((request, id));
        self.ask(Effect::Load(LoadJob::Article { request, id }));
    }

    /// The open article has other words now, or another article took its place: opens that, where the user was. Until it is
    /// there, keys wait: nothing that they do may land on words that are no longer there.
    pub(super) fn open_new_version(&mut self, before: ArticleId, now: ArticleId) {
        if self.article.reader.as_ref().is_none_or(|reader| reader.id() != before) {
            return;
        }
        let request = self.new_request();
        self.article.opening.in_flight = Some((request, now));
        self.article.opening.replaces = Some(before);
        self.ask(Effect::Load(LoadJob::Article { request, id: now }));
        self.show_message("This article has changed: this is the new text");
    }

    /// Where the user is in the open article, if the one that has come is another version of it.
    fn words_here(&mut self, now: ArticleId) -> Option<WordsHere> {
        let (replaces, height) = (self.article.opening.replaces.take(), self.text_height());
        let reader = self.article.reader.as_ref()?;
        let is_same = reader.id() == now || replaces == Some(reader.id());
        let in_sight = reader.current_quotation().is_some_and(|quotation| reader.shows(quotation.outer, height));
        self.article.opening.keep_in_sight |= is_same && in_sight;
        is_same.then(|| WordsHere::of(reader))
    }

    /// Whether another version of the open article is on its way.
    pub(super) fn is_being_replaced(&self) -> bool {
        self.article.opening.replaces.is_some()
    }

    /// The open article went without a successor: what the user would do with it would be lost.
    pub(super) fn close_departed(&mut self) {
        let Some(reader) = self.article.reader.take() else { return };
        if matches!(self.views.pane(), Pane::Article(_) | Pane::Speakers(_)) {
            self.back_to_list();
        }
        let title = shorten(reader.article.headline(), 60);
        self.show_message(format!("“{title}” is no longer in the library"));
    }

    /// Whether an article was requested that is not there yet.
    pub(super) fn is_awaiting(&self) -> bool {
        self.article.opening.in_flight.is_some()
    }

    /// Opens an article to read it: it counts as read, and the list follows.
    pub(super) fn read(&mut self, id: ArticleId, goal: Goal) {
        self.note(UserAction::Read { article: id, read: true });
        self.show(id, goal);
    }

    /// Opens an article that a jump led to: it counts as read once the user has moved in it.
    pub(super) fn visit(&mut self, id: ArticleId, goal: Goal) {
        self.show(id, goal);
        self.article.glanced = Some(id);
    }

    /// The open article counts as read once the user has moved in it.
    pub(super) fn glance(&mut self) {
        self.article.glanced = self.article.reader.as_ref().map(Reader::id);
    }

    /// The user has moved in the open article.
    pub(super) fn count_as_read(&mut self) {
        let open = self.article.reader.as_ref().map(Reader::id);
        if let Some(article) = self.article.glanced.take_if(|id| Some(*id) == open) {
            self.note(UserAction::Read { article, read: true });
        }
    }

    /// Opens an article, and the list follows.
    fn show(&mut self, id: ArticleId, goal: Goal) {
        self.article.glanced = None;
        // The list may be lower while the article has the keys; it should not have moved when one comes back.
        if let Some(area) = self.list_area().filter(|_| self.catalog.get(id).is_some()) {
            self.list.select(&self.catalog, area, id);
        }
        if self.views.pane().is_list() {
            self.focus_article();
        }
        self.open(id, goal);
    }

    /// Shows only the quotations of one person in the article that was opened last, by the keys of the names.
    pub(super) fn show_only_person(&mut self, only: Vec<String>) {
        match self.article.reader.as_mut().filter(|_| self.article.opening.in_flight.is_none()) {
            Some(reader) => reader.show_only_person(&only),
            None => self.article.opening.only = only,
        }
    }

    /// Shows the selected article beside the list, where there is room.
    pub(super) fn preview(&mut self) {
        let Some(id) = self.list.selected() else { return };
        let shown = self
            .article
            .opening
            .in_flight
            .map_or_else(|| self.article.reader.as_ref().map(Reader::id), |(_, id)| Some(id));
        if !self.views.pane().is_list() || self.panes().article.is_none() || shown == Some(id) {
            return;
        }
        let goal = results::goal_in(self, id);
        self.open(id, goal);
    }

    /// Goes to what was found in the article beside the list, where that is open already.
    pub(super) fn show_found(&mut self) {
        let Some(id) = self.list.selected().filter(|_| self.panes().article.is_some()) else { return };
        if self.article.reader.as_ref().is_some_and(|reader| reader.id() == id) && !self.is_awaiting() {
            self.article.opening.goal = self.list.found_place(id).map(Goal::QuotationAt);
        }
    }

    pub(super) fn loaded(
        &mut self,
        request: RequestId,
        article: Arc<Article>,
        findings: Arc<Findings>,
        record: ArticleRecord,
    ) {
        if self.article.opening.in_flight != Some((request, article.id)) {
            return;
        }
        self.article.opening.in_flight = None;
        let here = self.words_here(article.id);
        if here.is_none() {
            self.note_place();
        }
        let only = self.article.reader.as_ref().filter(|_| here.is_some()).and_then(Reader::only_person);
        self.article.opening.only.extend(only);
        let mut reader = Reader::new(article, findings).with_record(record);
        let corrections = self.user.corrections(reader.id());
        if let Some(corrections) = corrections {
            reader.correct(Some(corrections));
        }
        let was_revealed = here.is_some() && self.article.reader.as_ref().is_some_and(Reader::is_revealed);
        if was_revealed || self.article.opening.at_hand.is_some_and(|start| reader.hides(start)) {
            reader.reveal_reported(corrections);
        }
        reader.show_reported(self.shows_reported() || reader.is_revealed(), corrections);
        if let Some(position) = self.user.position(reader.id()) {
            self.article.opening.keep_in_sight |= reader.go_to(position);
        }
        if let Some((here, old)) = here.as_ref().zip(self.article.reader.as_ref()) {
            here.go_there(old, &mut reader);
        }
        reader.show_only_person(&std::mem::take(&mut self.article.opening.only));
        reader.find = results::find_of_search(self, &reader);
        if let Some(start) = self.article.opening.at_hand {
            reader.point_at(start);
        }
        let is_other = here.is_none();
        if let Pane::Speakers(speakers) = self.views.pane_mut() {
            speakers.selected = if is_other { 0 } else { speakers.selected };
            if reader.findings.speakers.is_empty() {
                self.close_pane();
            }
        }
        let old = self.article.reader.replace(reader).filter(|_| !is_other);
        if let Some(old) = old {
            self.follow_new_version(&old);
        }
        self.article.is_borrowed = self.awaits_quotation();
        self.article.speakers_scrolled = None;
        let lost = self.article.reader.as_ref().map_or(&[][..], |reader| &reader.record.unplaced);
        if let [first, more @ ..] = lost {
            let more = if more.is_empty() { String::new() } else { format!(" and {} more", more.len()) };
            self.show_message(format!("Corrected, but not quoted here any more: {}{more}", first.in_words()));
        }
    }

    /// Whether the article that is selected in the list is open, if not on the screen; else it is opened, and `command`
    /// carried out then.
    pub(super) fn has_loaded_selected(&mut self, command: Command) -> bool {
        let Some(id) = self.list.selected() else {
            self.refuse("No article is selected");
            return false;
        };
        let is_open = !self.is_awaiting() && self.article.reader.as_ref().is_some_and(|reader| reader.id() == id);
        if !is_open {
            self.open(id, Goal::Resume);
            self.article.opening.then = Some(command);
        }
        is_open
    }

    /// Makes a quotation of any article the one that the user is at, without going there or marking it as read: for what
    /// lists quotations of many articles. Where the article is not open yet, it is opened, and `then` carried out as soon
    /// as it is; returns whether it is open already.
    pub(super) fn has_at_hand(&mut self, (id, start): (ArticleId, usize), then: Option<Command>) -> bool {
        let is_borrowed = self.article.is_borrowed;
        self.open(id, Goal::Resume);
        self.article.opening.goal = None;
        self.article.is_borrowed = is_borrowed;
        if self.is_awaiting() {
            (self.article.opening.at_hand, self.article.opening.then) = (Some(start), then);
            return false;
        }
        self.reveal(start);
        let is_there = self.article.reader.as_mut().is_some_and(|reader| reader.point_at(start));
        if !is_there {
            self.refuse("These words are not quoted in the article any more");
        }
        is_there
    }

    /// Whether a command waits for the article with the quotation that it is about.
    pub(super) fn awaits_quotation(&self) -> bool {
        self.article.opening.at_hand.is_some()
    }

    /// The user does something else: what waits for an article is not carried out any more.
    pub(super) fn forget_what_waits(&mut self) {
        self.article.opening.then = None;
        if self.article.opening.at_hand.take().is_some() && !self.is_being_replaced() {
            self.article.opening.in_flight = None;
        }
    }

    /// Whether the selected article stands beside the list; says what to do where it does not.
    pub(super) fn shows_selected(&mut self) -> bool {
        let unseen = self.selected_is_unseen();
        let is_shown = unseen.is_none();
        if let Some(why) = unseen {
            self.refuse(why);
        }
        is_shown
    }

    /// What to do where the selected article does not stand beside the list; the open one may be another then.
    pub(super) fn selected_is_unseen(&self) -> Option<Notice> {
        let Some(selected) = self.list.selected() else { return Some("No article is selected".into()) };
        let open = self.article.reader.as_ref().map(Reader::id).filter(|_| !self.is_awaiting());
        let is_shown = open == Some(selected) && self.panes().article.is_some();
        let unseen = || Notice::new("The article is not on the screen").hint(Command::Open, "opens it");
        (!is_shown).then(unseen)
    }

    /// Carries out what waited for the article to be open.
    pub(super) fn carry_on(&mut self) {
        if self.is_awaiting() {
            return;
        }
        self.article.opening.at_hand = None;
        if let Some(command) = self.article.opening.then.take() {
            self.dispatch(command, None);
        }
    }

    pub(super) fn missing(&mut self, request: RequestId) {
        if self.article.opening.in_flight.is_some_and(|(in_flight, _)| in_flight == request) {
            self.article.opening.in_flight = None;
            self.forget_what_waits();
            if self.article.opening.replaces.take().is_some() {
                return self.close_departed();
            }
            self.refuse("This article no longer exists");
        }
    }

    pub(super) fn laid_out(&mut self, id: ArticleId, page: TextLayout) {
        if self.article.opening.laying_out == Some((id, page.width())) {
            self.article.opening.laying_out = None;
        }
        if let Some(reader) = self.article.reader.as_mut().filter(|reader| reader.id() == id) {
            reader.page = page;
        }
    }

    /// Lays the open article out to the width of its pane, and goes where it should go in it.
    pub(super) fn lay_out(&mut self) {
        let Some(column) = self.panes().column() else { return };
        let Some(reader) = &mut self.article.reader else { return };
        let (width, height) = (usize::from(column.width).max(NARROWEST_COLUMN), usize::from(column.height));
        // Of a text that gets other rows the current quotation stays in sight.
        let in_sight = reader.current_quotation().is_some_and(|quotation| reader.shows(quotation.outer, height));
        self.article.opening.keep_in_sight |=
            in_sight && reader.page.width() != width && !reader.page.rows().is_empty();
        if !reader.lay_out(width) && reader.page.width() != width {
            let asked = Some((reader.id(), width));
            if self.article.opening.laying_out != asked {
                self.article.opening.laying_out = asked;
                let article = Arc::clone(&reader.article);
                self.ask(Effect::Load(LoadJob::LayOut { article, width }));
            }
            return;
        }
        if std::mem::take(&mut self.article.opening.keep_in_sight)
            && let Some(quotation) = reader.current_quotation().map(|quotation| quotation.outer)
        {
            reader.reveal(quotation, height);
        }
        if self.article.opening.in_flight.is_none()
            && let Some(goal) = self.article.opening.goal.take()
        {
            if reader.hides_goal(&goal) {
                reader.reveal_reported(self.user.corrections(reader.id()));
            }
            reader.pursue(&goal, height);
            if let Goal::WordsOf(kept) = goal {
                clippings::tell_whose_words(self, &kept);
            }
        }
    }

    /// The terminal has another size: the position stays, and so does the current quotation if it was in sight.
    pub(super) fn resize(&mut self, size: Size) {
        if size == self.size {
            return;
        }
        let height = self.text_height();
        let in_sight = |reader: &Reader| reader.current_quotation().is_some_and(|q| reader.shows(q.outer, height));
        self.article.opening.keep_in_sight |= self.article.reader.as_ref().is_some_and(in_sight);
        self.size = size;
    }

    /// Keeps how far the open article was read.
    pub(super) fn note_place(&mut self) {
        let was_there = !self.article.is_borrowed;
        if let Some(position) = self.article.reader.as_ref().filter(|_| was_there).map(Reader::position)
            && self.user.leave(position)
        {
            let action = UserAction::Position { article: position.id, offset: position.top };
            self.ask(Effect::Write(UserWrite::Note(action)));
        }
    }

    pub(super) fn quit(&mut self) {
        self.finish_pieces();
        self.note_place();
        self.note_last_place();
        self.ask(Effect::Quit);
    }

    /// Closes the article without recording its position: it no longer exists.
    pub(super) fn back_to_list(&mut self) {
        self.article.reader = None;
        if self.is_over_timeline() {
            self.close_article_over_timeline();
        } else {
            self.close_panes_over_list();
        }
    }
}
