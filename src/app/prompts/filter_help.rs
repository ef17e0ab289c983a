//! Narrowing the help.

use super::{Line, Prompt, PromptKind, Then};
use crate::app::{App, Card, Notice};

/// Asks for words that the keys shown in the help are about.
#[derive(Debug)]
struct FilterHelp;

/// Narrows the help as one types; `filter` is what it is narrowed to already.
pub(in crate::app) fn open(app: &mut App, filter: &str) {
    app.views.open_prompt(Prompt::new(FilterHelp, Line::with(filter)));
}

impl PromptKind for FilterHelp {
    fn label(&self, _: &Line) -> &'static str {
        "/"
    }

    fn hints(&self, _: &App, _: &Line) -> Vec<Notice> {
        Vec::new()
    }

    fn changed(&mut self, app: &mut App, line: &mut Line) -> Then {
        narrow(app, line.typed());
        Then::Stay
    }

    fn accept(&mut self, _: &mut App, _: &mut Line) -> Then {
        Then::Close
    }

    fn cancel(&mut self, app: &mut App, _: &Line) {
        narrow(app, "");
    }
}

fn narrow(app: &mut App, words: &str) {
    if let Some(Card::Help(help)) = app.views.card_mut() {
        help.narrow(words);
    }
}
