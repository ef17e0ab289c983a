//! Narrowing the list that has the keys as one types.

use super::{Line, Prompt, PromptKind, Then};
use crate::app::{App, Command, Notice, Pane, PeopleList};
use crate::text::Span;

/// Asks for letters that the rows of a list are to have.
#[derive(Debug)]
struct Narrow {
    label: &'static str,
}

/// Narrows the list that has the keys, beginning with what it is narrowed to already.
pub(in crate::app) fn open(app: &mut App) {
    let Some(typed) = app.narrowed_to().map(str::to_owned) else { return };
    let is_people = app.views.card().is_none() && matches!(app.views.pane(), Pane::People(_));
    let label = if is_people { "who speaks? " } else { "/" };
    app.views.open_prompt(Prompt::new(Narrow { label }, Line::with(&typed)));
}

impl PromptKind for Narrow {
    fn label(&self, _: &Line) -> &'static str {
        self.label
    }

    fn hints(&self, app: &App, line: &Line) -> Vec<Notice> {
        /// What one may ask of quotations, from more to less.
        const ASKED: [&str; 3] = [
            "words  kind:fragment  is:doubtful  confidence:<0.8  source:wire  on:2024  -not",
            "words  kind:fragment  is:doubtful  on:2024  -not",
            "words  is:doubtful  -not",
        ];
        if line.typed().is_empty() && matches!((app.views.card(), app.views.pane()), (None, Pane::Timeline(_))) {
            return ASKED.into_iter().map(Notice::from).collect();
        }
        if let Some(error) = app.narrowing_errors().first() {
            return if error.is_unfinished {
                vec![error.hint().into(), "…".into()]
            } else {
                vec![error.with_hint().into(), error.to_string().into()]
            };
        }
        let listed = app.counted_rows();
        vec![Notice::new(listed.clone()).hint(Command::Back, "ends typing"), Notice::new(listed)]
    }

    fn errors(&self, app: &App, _: &Line) -> Vec<Span> {
        app.narrowing_errors().iter().filter(|error| !error.is_unfinished).map(|error| error.span).collect()
    }

    fn is_filter(&self) -> bool {
        true
    }

    fn changed(&mut self, app: &mut App, line: &mut Line) -> Then {
        app.narrow(line.typed());
        Then::Stay
    }

    /// Keeps what it is narrowed to; in the sidebar, lists the first collection that is left.
    fn cancel(&mut self, app: &mut App, _: &Line) {
        if app.views.card().is_none() && matches!(app.views.pane(), Pane::Sidebar) {
            app.open_first_shown();
        }
    }

    /// Ends typing; among the people of the library, opens who was typed, also where the list has not come yet.
    fn accept(&mut self, app: &mut App, _: &mut Line) -> Then {
        match (app.views.card(), app.views.pane()) {
            (None, Pane::People(_)) => {
                if app.views.people_mut().is_some_and(PeopleList::open_when_listed) {
                    return Then::Stay;
                }
                app.open_timeline_of_selected();
            }
            (None, Pane::Sidebar) => app.open_first_shown(),
            _ => {}
        }
        Then::Close
    }
}
