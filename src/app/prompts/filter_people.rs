//! Narrowing the list of everyone who is quoted.

use super::{Line, PromptKind, Then};
use crate::app::{App, Command, Notice, PeopleList};

/// Asks for letters that the names of the speakers are to have.
#[derive(Debug)]
struct FilterPeople;

/// Narrows the list of people as one types; `typed` is what it is narrowed to already.
pub(in crate::app) fn open(app: &mut App, typed: &str) {
    app.ask_for(FilterPeople, typed);
}

impl PromptKind for FilterPeople {
    fn label(&self, _: &Line) -> &'static str {
        "who speaks? "
    }

    fn hints(&self, app: &App, _: &Line) -> Vec<Notice> {
        let listed = app.views.people().map_or_else(String::new, PeopleList::counted);
        vec![Notice::new(listed.clone()).hint(Command::Back, "closes the filter"), Notice::new(listed)]
    }

    fn is_filter(&self) -> bool {
        true
    }

    fn changed(&mut self, app: &mut App, line: &mut Line) -> Then {
        app.list_people(line.typed().to_owned(), false);
        Then::Stay
    }

    /// Opens who was typed, also where the list has not come yet.
    fn accept(&mut self, app: &mut App, _: &mut Line) -> Then {
        if app.views.people_mut().is_some_and(PeopleList::open_when_listed) {
            return Then::Stay;
        }
        app.open_timeline_of_selected();
        Then::Close
    }

    fn cancel(&mut self, app: &mut App, line: &Line) {
        if !line.typed().is_empty() {
            app.list_people(String::new(), false);
        }
    }
}
