//! The card of errors: what could not be read, and what does not hold in the configuration.

use super::{Card, row_after};
use crate::app::App;
use crate::app::command::Command;
use crate::app::effect::{Effect, LoadJob};
use crate::app::prompts::narrow;
use crate::article::ArticleId;
use crate::catalog::SkippedFile;

/// What is said where everything could be read and holds.
const NO_ERRORS: &str = "No errors";

/// How far the errors are scrolled, and what they are narrowed to.
#[derive(Debug, Default)]
pub struct ErrorsCard {
    /// The first row shown.
    pub scroll: usize,
    /// The words that they have.
    pub filter: String,
}

impl ErrorsCard {
    /// Narrows them to those that have these words.
    pub(in crate::app) fn narrow(&mut self, words: &str) {
        *self = Self { scroll: 0, filter: words.to_owned() };
    }
}

/// Shows or hides the card.
pub(in crate::app) fn toggle(app: &mut App) {
    if !matches!(app.views.card(), Some(Card::Errors(_))) {
        app.ask(Effect::Load(LoadJob::HeldTwice));
        if app.progress.error_count() == 0 {
            // Whether there is anything to show, the answer tells.
            return app.refuse(NO_ERRORS);
        }
    }
    app.views.toggle_card(Card::Errors(ErrorsCard::default()));
}

/// Which articles several files hold is known: two files of one article are no error, but one should know.
pub(in crate::app) fn held_twice(app: &mut App, held: &[(ArticleId, Vec<String>)]) {
    let line = |(id, files): &(ArticleId, Vec<String>)| {
        let place = files.first().cloned().unwrap_or_default();
        let others = files.get(1..).unwrap_or_default().join(", ");
        SkippedFile { place, reason: format!("holds the same article as {others}: {}", app.title_of(*id)) }
    };
    app.progress.held_twice = held.iter().map(line).collect();
    let waits = app.views.card().is_none() && app.notice().is_some_and(|notice| notice.text == NO_ERRORS);
    if waits && !held.is_empty() {
        app.foot.notice = None;
        app.views.toggle_card(Card::Errors(ErrorsCard::default()));
    }
}

pub(super) fn command(app: &mut App, command: Command) -> bool {
    let is_search = command == Command::Search;
    if is_search {
        narrow::open(app);
    }
    is_search
}

pub(super) fn travel(app: &mut App, command: Command, count: usize) {
    let (page, rows) = (usize::from(app.size.height / 2), app.shown_errors().len());
    if let Some(Card::Errors(errors)) = app.views.card_mut() {
        errors.scroll = row_after(command, errors.scroll, count, page, rows);
    }
}
