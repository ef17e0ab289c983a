//! A name under which the search that is on is saved.

use super::{Line, PromptKind, Then};
use crate::app::{App, Collection, Command, Notice, Search};
use crate::text::clean_line;
use crate::user::UserAction;

/// Asks under which name a search is saved.
#[derive(Debug)]
struct SaveSearch {
    query: String,
}

/// Asks for a name for the search that is on.
pub(in crate::app) fn open(app: &mut App) {
    let asks = |search: &&Search| !search.is_empty() || !search.errors().is_empty();
    let Some(search) = app.views.search().filter(asks) else {
        return app.refuse(
            Notice::new("Search for something first")
                .hint(Command::Search, "search")
                .hint(Command::SaveSearch, "save search"),
        );
    };
    if let Some(error) = search.error() {
        return app.refuse(format!("This search finds nothing: {}", error.with_hint()));
    }
    let query = search.typed.clone();
    app.ask_for(SaveSearch { query: query.clone() }, &query);
}

impl PromptKind for SaveSearch {
    fn label(&self, _: &Line) -> &'static str {
        "name: "
    }

    fn hints(&self, _: &App, _: &Line) -> Vec<Notice> {
        vec![Notice::new("").hint(Command::Accept, "saves")]
    }

    fn accept(&mut self, app: &mut App, line: &mut Line) -> Then {
        let name = clean_line(line.typed());
        if name.is_empty() {
            app.show_message("A search needs a name to be saved");
            return Then::Close;
        }
        let saved = UserAction::SavedSearch { name: name.clone(), before: None, after: Some(self.query.clone()) };
        app.commit(vec![saved], format!("saved search “{name}”"));
        app.collections.stand_on(Collection::Search(name.clone()));
        app.show_message(
            Notice::new(format!("Saved as “{name}”")).hint(Command::Sidebar, "sidebar").hint(Command::Undo, "undo"),
        );
        Then::Close
    }
}
