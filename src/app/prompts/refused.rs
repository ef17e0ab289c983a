//! Asking where a command can do nothing. What one types after its key out of habit is no row of commands then: the line says
//! why, and Enter says so once more.

use super::{Line, Prompt, PromptKind, Then};
use crate::app::{App, Command, Notice};

/// A command that asks for a line, and cannot do anything here.
#[derive(Debug)]
struct Refused {
    label: &'static str,
    why: Notice,
    /// Whether a letter would end it, without Enter.
    is_letter: bool,
}

/// What a command that asks for a line asks for; nothing for the others.
fn label(command: Command) -> Option<&'static str> {
    use Command as C;
    match command {
        // In an article without links it is only told: no letter is over one.
        C::Elsewhere { command: C::FollowLink, .. } => Some("link: "),
        C::Elsewhere { command, .. } => label(*command),
        C::Pipe => Some("pipe to "),
        C::SaveArticle => Some("save to "),
        C::Export => Some("export to "),
        C::SaveSearch | C::RenameFeed => Some("name: "),
        C::Tag => Some("tag: "),
        C::ClipWithNote | C::EditNote => Some("note: "),
        C::Correct | C::CorrectAll => Some("who? "),
        C::Search | C::SearchAll => Some("/"),
        C::MoveFeed => Some("feed folder: "),
        C::Subscribe => Some("add: "),
        C::SetMark => Some("mark: "),
        C::GoToMark => Some("go to mark: "),
        _ => None,
    }
}

/// Whether a letter is enough for a command.
const fn is_letter(command: Command) -> bool {
    match command {
        Command::Elsewhere { command, .. } => is_letter(*command),
        Command::SetMark | Command::GoToMark | Command::FollowLink => true,
        _ => false,
    }
}

/// A command was refused: where it asks for a line it asks all the same. A card stays.
pub(in crate::app) fn ask_all_the_same(app: &mut App, command: Command) {
    if app.views.prompt().is_some() {
        return;
    }
    let Some(label) = label(command) else { return };
    let Some(why) = app.foot.notice.take() else { return };
    app.views.open_prompt(Prompt::new(Refused { label, why, is_letter: is_letter(command) }, Line::default()));
}

impl PromptKind for Refused {
    fn label(&self, _: &Line) -> &'static str {
        self.label
    }

    fn hints(&self, _: &App, _: &Line) -> Vec<Notice> {
        Vec::new()
    }

    fn refusal(&self, _: &App, _: &Line) -> Option<Notice> {
        Some(self.why.clone())
    }

    fn takes_pastes(&self) -> bool {
        !self.is_letter
    }

    fn changed(&mut self, app: &mut App, line: &mut Line) -> Then {
        if self.is_letter && !line.typed().is_empty() { self.accept(app, line) } else { Then::Stay }
    }

    fn accept(&mut self, app: &mut App, _: &mut Line) -> Then {
        app.refuse(self.why.clone());
        Then::Close
    }
}
