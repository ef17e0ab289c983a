//! Narrowing the list of clippings.

use super::{Line, PromptKind, Then};
use crate::app::{App, Command, Notice, Pane};
use crate::text::counted;

/// Asks for words that the clippings are to have.
#[derive(Debug)]
struct FilterClippings;

/// Narrows the clippings as one types, beginning with what they are narrowed to already.
pub(in crate::app) fn open(app: &mut App) {
    let Pane::Clippings(view) = app.views.pane() else { return };
    let typed = view.typed().to_owned();
    app.ask_for(FilterClippings, &typed);
}

impl PromptKind for FilterClippings {
    fn label(&self, _: &Line) -> &'static str {
        "/"
    }

    fn hints(&self, app: &App, _: &Line) -> Vec<Notice> {
        let Pane::Clippings(view) = app.views.pane() else { return Vec::new() };
        let listed = counted(view.listed().len(), "clipping");
        vec![Notice::new(listed.clone()).hint(Command::Back, "closes the filter"), Notice::new(listed)]
    }

    fn is_filter(&self) -> bool {
        true
    }

    fn changed(&mut self, app: &mut App, line: &mut Line) -> Then {
        app.filter_clippings(line.typed());
        Then::Stay
    }

    /// What is narrowed stays so.
    fn accept(&mut self, _: &mut App, _: &mut Line) -> Then {
        Then::Close
    }
}
