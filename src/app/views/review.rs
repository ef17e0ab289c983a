//! What is to be checked: statements whose speaker is doubtful, one at a time, the most doubtful first.
//!
//! The article of the statement that is shown is the open one, so that all that can be done with a quotation can be done
//! here too.

mod renewal;

use std::sync::Arc;

use super::{Pane, row_after};
use crate::app::command::Command;
use crate::app::effect::{Effect, RequestId, ReviewJob, ReviewOf};
use crate::app::event::Event;
use crate::app::prompts::correct;
use crate::app::reader::{Goal, Reader};
use crate::app::{App, Layer, Notice};
use crate::article::ArticleId;
use crate::catalog::{Doubtful, Person, article_speakers};
use crate::quotes::{Alternative, SpeakerCorrection};

use renewal::is_at;
pub(in crate::app) use renewal::{
    articles_changed, follow_new_version, follow_reported, leave_out, list_is_whole, look_again, relinked, stepped,
};

/// How many of those who could have spoken have a number.
const NUMBERED: usize = 9;

/// Who is less likely than this has no number.
const LEAST: f32 = 0.005;

/// What is to be checked.
#[derive(Debug)]
pub struct Review {
    /// What it is of: a collection, an article, a speaker.
    name: String,
    of: ReviewOf,
    /// Whether it is of all articles of the list.
    is_of_list: bool,
    /// The most doubtful first.
    doubtful: Vec<Doubtful>,
    /// How many there are, listed or not.
    total: usize,
    at: usize,
    /// Whether the statement that was shown is not among them any more: none is until the user goes to one.
    has_lost_selected: bool,
    in_flight: Option<RequestId>,
    renewal: Renewal,
    /// Where the user was, as long as the list may grow: until they have moved that is the most doubtful one, or the one at
    /// which they left the review.
    place: Option<Doubtful>,
    /// The statement of which a decision was undone, where it is not among them: as it is looked for again.
    undone: Option<(ArticleId, usize)>,
    /// What was decided, the last at the end.
    decided: Vec<Doubtful>,
    /// The statement whose article was opened last.
    opened: Option<(ArticleId, usize)>,
    /// Whether reported statements are among them.
    with_reported: bool,
    alternatives: Alternatives,
}

/// Whether it is looked for again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Renewal {
    /// It was not since it was opened.
    None,
    /// It is to be, once another version of the open article is there.
    Waits,
    /// It was.
    Begun,
}

/// Who could have spoken the statement that is shown.
#[derive(Debug, Default)]
struct Alternatives {
    /// Of which statement that was asked.
    of: Option<(ArticleId, usize)>,
    in_flight: Option<RequestId>,
    all: Vec<Alternative>,
    /// How many of them have a number.
    numbered: usize,
}

/// Where a review was left.
#[derive(Debug)]
pub(super) struct LeftReview {
    name: String,
    place: Doubtful,
}

impl Review {
    /// What it is of.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The statement that is shown; none where it is gone, and the user has gone to no other since.
    pub fn selected(&self) -> Option<&Doubtful> {
        self.doubtful.get(self.at).filter(|_| !self.has_lost_selected)
    }

    /// Whether the statement that was shown is gone.
    pub fn has_lost_selected(&self) -> bool {
        self.has_lost_selected
    }

    /// Its index, from 0.
    pub fn position(&self) -> usize {
        self.at
    }

    /// How many there are.
    pub fn total(&self) -> usize {
        self.total
    }

    /// Whether there may be more.
    pub fn is_running(&self) -> bool {
        self.in_flight.is_some()
    }

    /// Those who could have spoken it, by their numbers, the most likely first; nobody is among them.
    pub fn candidates(&self) -> &[Alternative] {
        &self.alternatives.all[..self.alternatives.numbered]
    }

    /// How many more could have spoken it.
    pub fn others(&self) -> usize {
        self.alternatives.all.len() - self.alternatives.numbered
    }

    fn go_to(&mut self, at: usize) {
        self.at = at.min(self.doubtful.len().saturating_sub(1));
        self.has_lost_selected = false;
        self.place = self.selected().copied();
    }
}

/// Puts nobody among those with a number, however unlikely that is; returns too how many have one.
fn numbered(mut all: Vec<Alternative>) -> (Vec<Alternative>, usize) {
    let at = all.iter().position(|one| one.speaker.is_none());
    let nobody = at.map_or(Alternative { speaker: None, probability: 0.0 }, |at| all.remove(at));
    let likely = all.iter().take_while(|one| one.probability >= LEAST).count().max(1);
    let likely = likely.min(NUMBERED - 1).min(all.len());
    all.insert(at.unwrap_or(likely).min(likely), nobody);
    (all, likely + 1)
}

/// Opens what is to be checked of what the user is at, or goes back to what is below where that is open.
pub(in crate::app) fn toggle(app: &mut App) {
    if matches!(app.views.pane(), Pane::Review(_)) {
        return app.close_pane();
    }
    if let Some((name, of)) = here(app) {
        let is_of_list = app.views.pane().is_list() || matches!(app.views.pane(), Pane::Sidebar);
        open(app, name, of, is_of_list);
    }
}

/// Opens what is to be checked of some articles of the list.
pub(in crate::app) fn open_of(app: &mut App, articles: &[ArticleId]) {
    let has_quotations = |id: &ArticleId| app.catalog.get(*id).is_some_and(|headline| headline.quotations > 0);
    let quoting = articles.iter().copied().filter(has_quotations).collect();
    open(app, format!("{} picked", articles.len()), ReviewOf::Articles(quoting), false);
}

fn open(app: &mut App, name: String, of: ReviewOf, is_of_list: bool) {
    let request = app.new_request();
    let left = app.views.left_review.as_ref().filter(|left| left.name == name);
    let review = Review {
        place: left.map(|left| left.place),
        name,
        of: of.clone(),
        is_of_list,
        doubtful: Vec::new(),
        total: 0,
        at: 0,
        has_lost_selected: false,
        in_flight: Some(request),
        renewal: Renewal::None,
        undone: None,
        decided: Vec::new(),
        opened: None,
        alternatives: Alternatives::default(),
        with_reported: app.shows_reported(),
    };
    app.ask(Effect::Review(ReviewJob::List { request, of, with_reported: app.shows_reported() }));
    app.views.take_prompt();
    app.open_pane(Pane::Review(review));
}

/// What the user is at, and what it is called; says so where there is nothing to be checked.
fn here(app: &mut App) -> Option<(String, ReviewOf)> {
    match app.views.pane() {
        Pane::Timeline(timeline) => Some((timeline.signed_name(), ReviewOf::Speaker(timeline.identity().to_owned()))),
        Pane::People(people) => {
            let name = |person: &Person| person.spoken.certainty().signed(&person.name);
            let person = people.selected().map(|person| (name(person), person.identity.to_string()));
            if person.is_none() {
                app.refuse("Select a speaker first");
            }
            person.map(|(name, identity)| (name, ReviewOf::Speaker(identity)))
        }
        Pane::Speakers(_) => selected_speaker(app),
        Pane::Article(_) => {
            let reader = app.article.reader.as_ref().filter(|_| !app.is_awaiting())?;
            Some((reader.article.headline().to_owned(), ReviewOf::Articles(Arc::new([reader.id()]))))
        }
        _ => {
            let articles = listed(app);
            let name = match app.views.search() {
                Some(search) if !search.typed.is_empty() => format!("“{}”", search.typed),
                _ => app.collections.open().name().to_owned(),
            };
            Some((name, ReviewOf::Articles(articles)))
        }
    }
}

/// The articles of the list in which anything is quoted.
fn listed(app: &App) -> Arc<[ArticleId]> {
    let quoting = app.list.from(&app.catalog, 0).filter(|headline| headline.quotations > 0);
    quoting.map(|headline| headline.id).collect()
}

/// The speaker of the open article who is selected, in all articles.
fn selected_speaker(app: &mut App) -> Option<(String, ReviewOf)> {
    let selected = app.views.selected_speaker()?;
    let speakers = article_speakers(&app.article.reader.as_ref()?.findings).into_iter();
    let mut known = speakers.filter(|speaker| speaker.speakers.iter().any(|id| id.0 == selected));
    let known = known.next()?;
    if known.identity.is_named() {
        let name = known.spoken.certainty().signed(&known.name);
        return Some((name, ReviewOf::Speaker(known.identity.to_string())));
    }
    app.refuse(format!("{} is unnamed: not linked across articles", known.name));
    None
}

/// A review was closed.
pub(super) fn end(app: &mut App, review: Review) {
    if review.in_flight.is_some() {
        app.ask(Effect::Review(ReviewJob::Cancel));
    }
    if let Some(&place) = review.doubtful.get(review.at) {
        app.views.left_review = Some(LeftReview { name: review.name, place });
    }
}

pub(super) fn command(app: &mut App, command: Command, count: usize) -> bool {
    use Command as C;
    match command {
        C::Open => open_selected(app),
        C::Back | C::Leave => app.close_pane(),
        C::Next | C::NextArticle => travel(app, Command::Down, count),
        C::Previous | C::PreviousArticle => travel(app, Command::Up, count),
        C::Choose(number) => choose(app, number),
        C::Correct | C::CorrectAll | C::Confirm | C::Clip | C::ClipWithNote | C::CopyQuotation | C::CopyAddress => {
            return !is_ready(app);
        }
        _ => return false,
    }
    true
}

/// Goes to another statement, without deciding about this one.
pub(super) fn travel(app: &mut App, command: Command, count: usize) {
    /// How many statements a page is.
    const PAGE: usize = 10;
    use Command::{Down, HalfPageDown, PageDown, ScrollDown};
    let Pane::Review(review) = app.views.pane_mut() else { return };
    let (at, of) = (review.at, review.doubtful.len());
    let is_step = matches!(command, Down | ScrollDown);
    // What took the place of the one that is gone is the next.
    let is_next = review.has_lost_selected && is_step;
    review.go_to(row_after(command, at, count - usize::from(is_next), PAGE, of));
    if review.at == at && of > 0 && !is_next {
        let is_forward = matches!(command, Down | ScrollDown | PageDown | HalfPageDown | Command::Bottom);
        app.refuse(if is_forward { "This is the last one" } else { "This is the first one" });
    }
}

/// Opens the article at the statement that is shown.
fn open_selected(app: &mut App) {
    let Pane::Review(review) = app.views.pane_mut() else { return };
    let Some(&Doubtful { article, start, .. }) = review.selected() else {
        return app.refuse(app.no_quotation("No quotation is selected"));
    };
    review.place = review.selected().copied();
    app.focus_article();
    app.read(article, Goal::QuotationAt(start));
}

/// Whether the statement is on the screen; says so where it is not: nobody decides about what they do not see.
fn is_ready(app: &mut App) -> bool {
    let is_shown = app.reviewed().is_some();
    if !is_shown {
        app.refuse(match app.views.pane() {
            Pane::Review(Review { has_lost_selected: true, .. }) => app.no_quotation("No quotation is selected"),
            _ => Notice::new("Nothing to decide yet"),
        });
    }
    is_shown
}

/// Who has this number spoke the statement.
fn choose(app: &mut App, number: u8) {
    if !is_ready(app) {
        return;
    }
    let Pane::Review(review) = app.views.pane() else { return };
    let candidate = usize::from(number).checked_sub(1).and_then(|at| review.candidates().get(at));
    match candidate.map(|candidate| candidate.speaker.clone()) {
        Some(Some(name)) => correct::decide(app, &SpeakerCorrection::Speaker(name)),
        Some(None) => correct::decide(app, &SpeakerCorrection::NoSpeaker),
        None => {
            let notice = Notice::new(format!("There is no {number} here"));
            app.show_message(notice.hint(Command::Correct, "all speakers"));
        }
    }
}

/// The statements whose speaker is doubtful, or who could have spoken one, are known.
pub(in crate::app) fn on_review_event(app: &mut App, event: Event) {
    let is_being_replaced = app.is_being_replaced();
    let Some(review) = app.views.review_mut() else { return };
    match event {
        // The statement that is shown has no place in the new version yet.
        Event::DoubtfulListed { .. } if is_being_replaced => review.renewal = Renewal::Waits,
        Event::DoubtfulListed { request, doubtful, total, is_last } if review.in_flight == Some(request) => {
            review.take_in(doubtful, total, is_last);
        }
        Event::Alternatives { request, alternatives } if review.alternatives.in_flight == Some(request) => {
            review.alternatives.in_flight = None;
            (review.alternatives.all, review.alternatives.numbered) = numbered(alternatives);
        }
        _ => {}
    }
}

impl App {
    /// The open article, where the statement that is to be checked is the current one in it.
    pub fn reviewed(&self) -> Option<&Reader> {
        let Pane::Review(review) = self.views.pane() else { return None };
        let selected = review.selected()?;
        self.article.reader.as_ref().filter(|reader| !self.is_awaiting() && is_at(reader, selected))
    }

    /// Whether the statement that is to be checked, or who could have spoken it, is on its way to the screen.
    pub(in crate::app) fn awaits_reviewed(&self) -> bool {
        let (Layer::Review, Pane::Review(review)) = (self.layer(), self.views.pane()) else { return false };
        match review.selected() {
            None => review.is_running(),
            Some(_) => self.is_awaiting() || review.alternatives.in_flight.is_some(),
        }
    }

    /// How many of the statements that are to be checked are not decided yet.
    pub fn left_to_review(&self, review: &Review) -> usize {
        let left = review.doubtful.iter().filter(|one| !self.is_decided(one)).count();
        left + review.total.saturating_sub(review.doubtful.len())
    }

    fn is_decided(&self, doubtful: &Doubtful) -> bool {
        self.user.corrections(doubtful.article).is_some_and(|all| all.contains_key(&doubtful.start))
    }

    /// Goes on to the next statement that is not decided yet, if the user is checking them.
    pub(in crate::app) fn go_on_in_review(&mut self) {
        let Pane::Review(review) = self.views.pane() else { return };
        let is_left = |at: &usize| !self.is_decided(&review.doubtful[*at]);
        let (from, end) = (review.at.min(review.doubtful.len()), review.doubtful.len());
        let next = (from..end).find(is_left).or_else(|| (0..from).find(is_left));
        let Pane::Review(review) = self.views.pane_mut() else { return };
        review.decided.extend(review.selected().copied());
        if let Some(at) = next {
            review.go_to(at);
        }
    }

    /// Opens the article of the statement that is to be checked, makes that the current one, and asks who else could have
    /// spoken it. A statement that is gone is left out.
    pub(in crate::app) fn follow_review(&mut self) {
        if self.is_being_replaced() {
            return;
        }
        if self.views.review_mut().is_some_and(|review| review.renewal == Renewal::Waits) {
            look_again(self);
        }
        if !matches!(self.views.pane(), Pane::Review(_)) {
            // Other articles may be opened over it.
            if let Some(review) = self.views.review_mut() {
                review.opened = None;
            }
            return;
        }
        while !self.shows_or_opens_reviewed() {
            let Pane::Review(review) = self.views.pane_mut() else { return };
            if review.in_flight.is_some() {
                // What has come of it so far may be out of date.
                return;
            }
            review.doubtful.remove(review.at);
            review.total = review.total.saturating_sub(1);
            review.at = review.at.min(review.doubtful.len().saturating_sub(1));
        }
    }

    /// Returns false where the statement that is to be checked is gone.
    fn shows_or_opens_reviewed(&mut self) -> bool {
        let Pane::Review(review) = self.views.pane_mut() else { return true };
        let Some(&selected) = review.selected() else { return true };
        let key = (selected.article, selected.start);
        let is_new = review.opened.replace(key) != Some(key);
        if self.article.reader.as_ref().is_some_and(|reader| reader.id() == selected.article) && !self.is_awaiting() {
            return self.show_reviewed(&selected);
        }
        if is_new {
            self.open(selected.article, Goal::Resume);
        }
        is_new || self.is_awaiting()
    }

    fn show_reviewed(&mut self, selected: &Doubtful) -> bool {
        let Some(reader) = &mut self.article.reader else { return false };
        if !is_at(reader, selected) {
            reader.point_at(selected.start);
            // Nobody has read it so far: that is no position to come back to.
            self.user.leave(reader.position());
        }
        if !is_at(reader, selected) {
            return false;
        }
        let article = Arc::clone(&reader.article);
        // Of several quotations the one whose speaker is in doubt.
        let start = reader.least_certain().map_or(selected.start, |quotation| quotation.span.start);
        let key = Some((selected.article, selected.start));
        let request = self.new_request();
        let Pane::Review(review) = self.views.pane_mut() else { return true };
        if review.alternatives.of != key {
            review.alternatives = Alternatives { of: key, in_flight: Some(request), ..Alternatives::default() };
            self.ask(Effect::Review(ReviewJob::Alternatives { request, article, start }));
        }
        true
    }
}
