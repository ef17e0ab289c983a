//! Narrowing the help.

use super::{Line, Prompt, PromptKind, Then};
use crate::app::views::help;
use crate::app::{App, Notice};

/// Asks for words that the keys shown in the help are about.
#[derive(Debug)]
struct FilterHelp;

impl App {
    /// Narrows the help as one types; `filter` is what it is narrowed to already.
    pub(in crate::app) fn start_filtering_help(&mut self, filter: &str) {
        self.views.open_prompt(Prompt::new(FilterHelp, Line::with(filter)));
    }
}

impl PromptKind for FilterHelp {
    fn label(&self, _: &Line) -> &'static str {
        "/"
    }

    fn hints(&self, _: &App, _: &Line) -> Vec<Notice> {
        Vec::new()
    }

    fn changed(&mut self, app: &mut App, line: &mut Line) -> Then {
        help::filter(app, line.typed());
        Then::Stay
    }

    fn accept(&mut self, _: &mut App, _: &mut Line) -> Then {
        Then::Close
    }

    fn cancel(&mut self, app: &mut App, _: &Line) {
        help::filter(app, "");
    }
}
