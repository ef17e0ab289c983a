//! A page names several feeds: which of them to subscribe to.

use super::{ChoiceRow, Choices, Line, PromptKind, Then};
use crate::app::{App, Command, Effect, FetchJob, Notice};
use crate::article::shown_address;
use crate::text::fold;

/// Asks which of several feeds is meant.
#[derive(Debug)]
struct ChooseFeed {
    /// The addresses and titles.
    feeds: Vec<(String, String)>,
    /// What was typed to get to the page.
    page: String,
}

impl ChooseFeed {
    fn fitting(&self, line: &Line) -> impl Iterator<Item = &(String, String)> {
        let wanted = fold(line.typed());
        let fits = move |(address, title): &&(String, String)| {
            fold(address).contains(&wanted) || fold(title).contains(&wanted)
        };
        self.feeds.iter().filter(fits)
    }
}

/// Asks which of these feeds is meant; `page` is what was typed to get to them.
pub(in crate::app) fn open(app: &mut App, feeds: Vec<(String, String)>, page: String) {
    app.ask_for(ChooseFeed { feeds, page }, "");
}

impl PromptKind for ChooseFeed {
    fn label(&self, _: &Line) -> &'static str {
        "which? "
    }

    fn hints(&self, _: &App, _: &Line) -> Vec<Notice> {
        vec![Notice::new("").hint(Command::Complete, "chooses").hint(Command::Accept, "subscribes")]
    }

    fn choices(&self, _: &App, line: &Line) -> Option<Choices> {
        let row = |(address, title): &(String, String)| ChoiceRow {
            name: title.clone(),
            detail: shown_address(address),
            ..ChoiceRow::default()
        };
        Some(Choices {
            title: "Which of these feeds?",
            rows: self.fitting(line).map(row).collect(),
            chosen: Some(line.choice),
            none: "no feeds match".into(),
            is_about_quotation: false,
        })
    }

    fn accept(&mut self, app: &mut App, line: &mut Line) -> Then {
        let Some((address, _)) = self.fitting(line).nth(line.choice).cloned() else {
            app.refuse("No feeds match: not subscribed");
            return Then::Close;
        };
        app.show_message(format!("Looking for feeds at {} …", shown_address(&address)));
        app.ask(Effect::Fetch(FetchJob::Subscribe { address, typed: self.page.clone() }));
        Then::Close
    }
}
