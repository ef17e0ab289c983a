//! Everyone who speaks in the library: who is listed and selected, in which order, what keys and clicks do there.

mod merging;

use std::cmp::Reverse;
use std::collections::HashSet;
use std::sync::Arc;

use super::{Pane, timeline};
use crate::app::command::Command;
use crate::app::effect::{Effect, PeopleJob, RequestId};
use crate::app::prompts::export;
use crate::app::prompts::narrow as narrow_prompt;
use crate::app::reported_speech::ListedStatements;
use crate::app::screen::Rect;
use crate::app::{App, Notice};
use crate::catalog::{PeopleOrder, Person};
use crate::text::counted;
use crate::user::UserAction;

pub use merging::{Merged, asked};

/// Everyone who speaks, a row each.
#[derive(Debug, Default)]
pub struct PeopleList {
    people: Vec<Arc<Person>>,
    /// Those of them who say most, as many as spark lines are scaled by.
    loudest: Vec<Arc<Person>>,
    /// Whether these are of all people, not only of those that were listed so far.
    is_scaled: bool,
    /// The index of the selected person.
    selected: usize,
    /// The index of the person in the first row.
    top: usize,
    /// Whether the user has moved the selection since the list was asked for; until then the first is selected.
    moved: bool,
    typed: String,
    order: PeopleOrder,
    /// Which of them may be somebody else on the list, by index.
    suggested: Vec<usize>,
    /// The request whose answer is waited for.
    in_flight: Option<RequestId>,
    /// Whether the library has changed since they were asked for.
    is_stale: bool,
    listing: Listing,
    /// Who is to be merged with another.
    marked: Option<Arc<Person>>,
    /// Who is to be selected once the answer comes, by any of these identities.
    sought: Vec<String>,
    /// Whether those are listed too of whom words are only reported.
    statements: ListedStatements,
}

/// Whether the list is that of what was typed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
enum Listing {
    /// The list is that of what is typed.
    #[default]
    Fresh,
    /// It is that of what was typed before: nothing of the answer has come.
    Stale,
    /// The same, and the first of the answer is to be opened as soon as it comes.
    Hasty,
}

/// The parts of the list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PeopleAreas {
    /// What the columns are; nothing on a low screen.
    pub heading: Option<Rect>,
    /// The people, a row each.
    pub rows: Rect,
}

impl PeopleAreas {
    /// The parts of this area.
    pub fn of(area: Rect) -> Self {
        let above = match area.height {
            0..6 => 0,
            6..14 => 1,
            _ => 3,
        };
        let rows = Rect { y: area.y + above, height: area.height - above, ..area };
        let heading = Rect { y: area.y + above.saturating_sub(2), height: 1, ..area };
        Self { heading: (above > 0).then_some(heading), rows }
    }
}

impl PeopleList {
    /// Who is listed.
    pub fn all(&self) -> &[Arc<Person>] {
        &self.people
    }

    /// Those who say most, whatever the list is narrowed to: enough to tell when and how much is said.
    pub fn loudest(&self) -> &[Arc<Person>] {
        &self.loudest
    }

    /// Who is selected.
    pub fn selected(&self) -> Option<&Arc<Person>> {
        self.people.get(self.selected)
    }

    /// The index of the selected person, from 0.
    pub fn position(&self) -> usize {
        self.selected
    }

    /// What the list is narrowed to.
    pub fn typed(&self) -> &str {
        &self.typed
    }

    /// In which order they are listed; none where who fits best comes first.
    pub fn order(&self) -> Option<PeopleOrder> {
        let is_by_fit = self.order == PeopleOrder::default() && !self.typed.trim().is_empty();
        (!is_by_fit).then_some(self.order)
    }

    /// Whether there is more to come.
    pub fn is_running(&self) -> bool {
        self.in_flight.is_some()
    }

    /// "1204 speakers", with a sign while there are more to come.
    pub fn counted(&self) -> String {
        let number = self.people.len();
        if self.is_running() { format!("{number}+ speakers") } else { counted(number, "speaker") }
    }

    /// Whether it tells how much is reported of each, and lists those of whom words are only reported.
    pub fn has_reported(&self) -> bool {
        self.statements.has_reported()
    }

    /// Who is to be merged with another.
    pub fn marked(&self) -> Option<&Arc<Person>> {
        self.marked.as_ref()
    }

    /// The index of the person in the first of this many rows.
    pub fn top(&self, height: usize) -> usize {
        let highest = (self.selected + 1).saturating_sub(height.max(1));
        self.top.clamp(highest, self.selected.max(highest)).min(self.people.len().saturating_sub(height.max(1)))
    }

    fn seek(&mut self, identities: Vec<String>) {
        (self.sought, self.moved) = (identities, true);
    }

    /// Asks for the first to be opened once the list is that of what was typed; returns false where it is already.
    pub(in crate::app) fn open_when_listed(&mut self) -> bool {
        if self.listing == Listing::Stale {
            self.listing = Listing::Hasty;
        }
        self.listing == Listing::Hasty
    }

    /// Whether the first is to be opened, now that something has come; asked once.
    fn opens_now(&mut self, request: RequestId) -> bool {
        let is_hasty = self.listing == Listing::Hasty && self.in_flight == Some(request);
        if is_hasty {
            self.listing = Listing::Fresh;
        }
        is_hasty
    }

    fn ask(&mut self, typed: &str, order: PeopleOrder, request: RequestId) {
        self.order = order;
        if typed != self.typed {
            self.moved = false;
            typed.clone_into(&mut self.typed);
        }
        self.in_flight = Some(request);
        (self.listing, self.is_stale) = (Listing::Stale, false);
    }

    fn take_in(&mut self, request: RequestId, people: Vec<Arc<Person>>, is_last: bool) {
        if self.in_flight != Some(request) {
            return;
        }
        // The selected person stays selected, whatever their index now.
        let selected = self.selected().filter(|_| self.moved).cloned();
        let sought = std::mem::take(&mut self.sought);
        let is_sought = |person: &Arc<Person>| sought.iter().any(|identity| **identity == *person.identity);
        let is_old = |person: &Arc<Person>| selected.as_ref().is_some_and(|old| old.identity == person.identity);
        let same = |person: &Arc<Person>| if sought.is_empty() { is_old(person) } else { is_sought(person) };
        let place = if people.get(self.selected).is_some_and(same) {
            Some(self.selected)
        } else {
            people.iter().position(same)
        };
        match place {
            Some(place) => {
                self.top = (self.top + place).saturating_sub(self.selected);
                self.selected = place;
            }
            None if self.moved => self.selected = self.selected.min(people.len().saturating_sub(1)),
            None => (self.selected, self.top) = (0, 0),
        }
        self.suggested = (0..).zip(&people).filter(|(_, person)| person.perhaps.is_some()).map(|(at, _)| at).collect();
        // One scale for the library, whatever is typed: of all who speak in it, or as long as these were not all listed, of
        // all who were.
        if self.typed.trim().is_empty() {
            self.loudest = loudest(&people);
            self.is_scaled |= is_last;
        } else if !self.is_scaled {
            let known: HashSet<_> = self.loudest.iter().map(|person| person.identity.clone()).collect();
            let others = people.iter().filter(|person| !known.contains(&person.identity));
            self.loudest = loudest(&self.loudest.iter().chain(others).cloned().collect::<Vec<_>>());
        }
        self.people = people;
        if self.listing == Listing::Stale {
            self.listing = Listing::Fresh;
        }
        if is_last {
            self.in_flight = None;
        }
    }

    fn travel(&mut self, command: Command, count: usize, area: Rect) {
        let height = usize::from(PeopleAreas::of(area).rows.height);
        let page = height.saturating_sub(1).max(1);
        let last = self.people.len().saturating_sub(1);
        self.top = self.top(height);
        let by = |rows: usize| rows.saturating_mul(count);
        let selected = match command {
            Command::Down | Command::ScrollDown => self.selected + by(1),
            Command::Up | Command::ScrollUp => self.selected.saturating_sub(by(1)),
            Command::PageDown => self.selected + by(page),
            Command::PageUp => self.selected.saturating_sub(by(page)),
            Command::HalfPageDown => self.selected + by(page / 2),
            Command::HalfPageUp => self.selected.saturating_sub(by(page / 2)),
            Command::Top => 0,
            Command::Bottom => last,
            _ => return,
        }
        .min(last);
        if matches!(command, Command::PageDown | Command::PageUp | Command::HalfPageDown | Command::HalfPageUp) {
            self.top = (self.top + selected).saturating_sub(self.selected);
        }
        (self.selected, self.moved) = (selected, true);
        self.top = self.top(height);
    }

    /// Selects the speaker in a row of the screen; returns whether they were selected already.
    fn click(&mut self, row: u16, area: Rect) -> Option<bool> {
        let rows = PeopleAreas::of(area).rows;
        let top = self.top(rows.height.into());
        let at = top + usize::from(row.checked_sub(rows.y)?);
        if at >= self.people.len() {
            return None;
        }
        let was_selected = at == self.selected;
        (self.selected, self.top, self.moved) = (at, top, true);
        Some(was_selected)
    }
}

/// Those who say most, in any order.
fn loudest(people: &[Arc<Person>]) -> Vec<Arc<Person>> {
    /// How many tell enough.
    const ENOUGH: usize = 2_000;
    let mut all: Vec<&Arc<Person>> = people.iter().collect();
    if all.len() > ENOUGH {
        all.select_nth_unstable_by_key(ENOUGH, |person| Reverse(person.spoken.quotations));
        all.truncate(ENOUGH);
    }
    all.into_iter().cloned().collect()
}

/// Opens the list, and the prompt that narrows it.
pub(super) fn open(app: &mut App) {
    app.open_pane(Pane::People(PeopleList::default()));
    narrow_prompt::open(app);
    app.list_people(String::new(), true);
}

pub(super) fn command(app: &mut App, command: Command, count: usize) -> bool {
    match command {
        Command::Open | Command::Timeline => app.open_timeline_of_selected(),
        Command::Back | Command::Leave => back(app),
        Command::Speakers => app.close_pane(),
        Command::Search => narrow_prompt::open(app),
        Command::Next => travel(app, Command::Down, count),
        Command::Previous => travel(app, Command::Up, count),
        Command::NextArticle | Command::PreviousArticle => {}
        Command::CopyQuotation => {
            app.refuse(Notice::new("No quotation to copy").hint(Command::Open, "shows what they said"));
        }
        Command::SortPeople | Command::SortList => app.change_people_order(),
        Command::MergeSpeakers => merging::merge(app),
        Command::AcceptSuggestion => merging::accept(app),
        Command::DismissSuggestion => merging::dismiss(app),
        Command::SplitSpeaker => merging::split(app),
        Command::Export => export::open(app),
        _ => return false,
    }
    true
}

/// Back by one: the speaker to be merged, what the list is narrowed to, the list.
fn back(app: &mut App) {
    let Pane::People(people) = app.views.pane_mut() else { return };
    if people.marked.take().is_some() {
        return;
    }
    if people.typed.is_empty() {
        app.close_pane();
    } else {
        // Whoever is selected stays so among all.
        let selected = people.selected().map(|person| person.identity.to_string());
        narrow(app, "");
        if let Some(people) = app.views.people_mut() {
            people.seek(selected.into_iter().collect());
        }
    }
}

/// Lists who has these letters.
pub(in crate::app) fn narrow(app: &mut App, words: &str) {
    app.list_people(words.to_owned(), false);
}

pub(super) fn travel(app: &mut App, command: Command, count: usize) {
    let area = app.panes().people;
    if let (Pane::People(people), Some(area)) = (app.views.pane_mut(), area) {
        people.travel(command, count, area);
    }
}

/// Selects who was clicked; who is selected already is opened.
pub(super) fn click(app: &mut App, area: Rect, row: u16) {
    let Pane::People(people) = app.views.pane_mut() else { return };
    if people.click(row, area) == Some(true) {
        app.open_timeline_of_selected();
    }
}

/// The library has changed: everyone who speaks in it is listed anew, as soon as they are on the screen.
pub(in crate::app) fn refresh_people(app: &mut App) {
    if let Some(people) = app.views.people_mut() {
        people.is_stale = true;
    }
}

/// Lists everyone anew where the library has changed and they are on the screen.
pub(in crate::app) fn list_if_stale(app: &mut App) {
    let is_shown = app.shows_reported();
    if let Pane::People(people) = app.views.pane()
        && (people.is_stale || people.has_reported() != is_shown)
    {
        let typed = people.typed.clone();
        app.list_people(typed, true);
    }
}

/// More of those who speak are known.
pub(in crate::app) fn people_listed(app: &mut App, request: RequestId, listed: Vec<Arc<Person>>, is_last: bool) {
    let Some(people) = app.views.people_mut() else { return };
    let opens = people.opens_now(request);
    people.take_in(request, listed, is_last);
    if opens && matches!(app.views.pane(), Pane::People(_)) {
        app.open_timeline_of_selected();
    }
}

/// Who is one person has changed: lists everyone again, and selects who was merged.
pub(in crate::app) fn relink(app: &mut App, links: &[UserAction]) {
    let Some(people) = app.views.people_mut() else { return };
    if let [UserAction::Linked { one, other, after: Some(true), .. }] = links {
        people.seek(vec![one.clone(), other.clone()]);
    }
    // The one that was selected to be merged may be somebody else now.
    people.marked = None;
    let typed = people.typed.clone();
    app.list_people(typed, true);
}

impl App {
    /// Asks who speaks, narrowed to what was typed; `rerun` where the library may have changed.
    pub(in crate::app) fn list_people(&mut self, typed: String, rerun: bool) {
        let request = self.new_request();
        let (order, with_reported) = (self.display.people_order, self.shows_reported());
        let Some(people) = self.views.people_mut() else { return };
        people.ask(&typed, order, request);
        people.statements = ListedStatements::of(with_reported);
        self.ask(Effect::People(PeopleJob::List { request, typed, order, rerun, with_reported }));
    }

    /// Lists them in the next order.
    fn change_people_order(&mut self) {
        self.list_people_by(self.display.people_order.next());
    }

    /// Lists them in this order.
    pub(in crate::app) fn list_people_by(&mut self, order: PeopleOrder) {
        self.keep_people_order(order);
        let Some(people) = self.views.people_mut() else { return };
        let typed = people.typed.clone();
        self.list_people(typed, false);
    }

    /// Opens all that the selected person said.
    pub(in crate::app) fn open_timeline_of_selected(&mut self) {
        let Some(person) = self.views.people().and_then(PeopleList::selected).cloned() else {
            return self.refuse("No speaker matches");
        };
        self.views.take_prompt();
        if let Some(people) = self.views.people_mut() {
            // Coming back finds this person selected, even where somebody else is the first by then.
            people.moved = true;
        }
        timeline::open(self, &person.name, person.identity.to_string(), Some(Arc::clone(&person)));
    }
}
