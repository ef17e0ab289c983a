//! The list of everyone who speaks: who is listed, who is selected, which rows are shown.

use std::sync::Arc;

use crate::app::command::Command;
use crate::app::effect::RequestId;
use crate::app::screen::Area;
use crate::catalog::Person;

/// Everyone who speaks, a row each.
#[derive(Debug, Default)]
pub struct PeopleList {
    people: Vec<Arc<Person>>,
    /// Who is selected, by where they stand.
    selected: usize,
    /// Who stands in the first row.
    top: usize,
    /// Whether the reader has moved since the list was asked for; until then the first is selected.
    moved: bool,
    typed: String,
    /// The request whose answer is waited for.
    in_flight: Option<RequestId>,
    listing: Listing,
    is_open: bool,
    /// Who is to be merged with another.
    marked: Option<Arc<Person>>,
    /// Who is to be selected once the answer comes, by any of these identities.
    sought: Vec<String>,
}

/// Whether the list is that of what was typed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
enum Listing {
    /// It is.
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
    pub heading: Option<Area>,
    /// The people, a row each.
    pub rows: Area,
}

impl PeopleAreas {
    /// The parts of this area.
    pub fn of(area: Area) -> Self {
        let above = match area.height {
            0..6 => 0,
            6..14 => 1,
            _ => 3,
        };
        let rows = Area { y: area.y + above, height: area.height - above, ..area };
        let heading = Area { y: area.y + above.saturating_sub(2), height: 1, ..area };
        Self { heading: (above > 0).then_some(heading), rows }
    }
}

impl PeopleList {
    /// Who is listed.
    pub fn all(&self) -> &[Arc<Person>] {
        &self.people
    }

    /// Who is selected.
    pub fn selected(&self) -> Option<&Arc<Person>> {
        self.people.get(self.selected)
    }

    /// Where the selected one stands, from 0.
    pub fn position(&self) -> usize {
        self.selected
    }

    /// What the list is narrowed to.
    pub fn typed(&self) -> &str {
        &self.typed
    }

    /// Whether there is more to come.
    pub fn is_running(&self) -> bool {
        self.in_flight.is_some()
    }

    /// Who is to be merged with another.
    pub fn marked(&self) -> Option<&Arc<Person>> {
        self.marked.as_ref()
    }

    /// Who stands in the first of so many rows.
    pub fn top(&self, height: usize) -> usize {
        let highest = (self.selected + 1).saturating_sub(height.max(1));
        self.top.clamp(highest, self.selected.max(highest)).min(self.people.len().saturating_sub(height.max(1)))
    }

    pub(super) fn mark(&mut self, person: Option<Arc<Person>>) {
        self.marked = person;
    }

    pub(super) fn seek(&mut self, identities: Vec<String>) {
        (self.sought, self.moved) = (identities, true);
    }

    /// Asks for the first to be opened once the list is that of what was typed; gives false where it is already.
    pub(super) fn open_when_listed(&mut self) -> bool {
        if self.listing == Listing::Stale {
            self.listing = Listing::Hasty;
        }
        self.listing == Listing::Hasty
    }

    /// Whether the first is to be opened, now that something has come; asked once.
    pub(super) fn opens_now(&mut self, request: RequestId) -> bool {
        let is_hasty = self.listing == Listing::Hasty && self.in_flight == Some(request);
        if is_hasty {
            self.listing = Listing::Fresh;
        }
        is_hasty
    }

    pub(super) fn is_open(&self) -> bool {
        self.is_open
    }

    pub(super) fn close(&mut self) {
        (self.is_open, self.typed) = (false, String::new());
    }

    pub(super) fn ask(&mut self, typed: &str, request: RequestId) {
        if typed != self.typed {
            self.moved = false;
            typed.clone_into(&mut self.typed);
        }
        self.in_flight = Some(request);
        (self.is_open, self.listing) = (true, Listing::Stale);
    }

    pub(super) fn take_in(&mut self, request: RequestId, people: Vec<Arc<Person>>, is_last: bool) {
        if self.in_flight != Some(request) {
            return;
        }
        // Who is selected stays selected, wherever they stand now.
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
        self.people = people;
        if self.listing == Listing::Stale {
            self.listing = Listing::Fresh;
        }
        if is_last {
            self.in_flight = None;
        }
    }

    pub(super) fn travel(&mut self, command: Command, count: usize, area: Area) {
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

    /// Selects who stands in a row of the screen; gives whether they were selected already.
    pub(super) fn click(&mut self, row: u16, area: Area) -> Option<bool> {
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
