//! The line at the bottom into which the user types: one file for each kind of prompt.
//!
//! A [`Prompt`] is a [`Line`] and a [`PromptKind`], which carries what it is about: what stands around the line, which
//! choices there are, and what typing, Enter and Esc do. A new kind is one file with a struct that implements the trait,
//! a line in the list below, and a command that calls [`App::ask_for`].

mod choices;
pub(super) mod choose_enclosure;
pub(super) mod choose_feed;
pub(super) mod correct;
pub(super) mod edit_feed;
pub(super) mod export;
pub(super) mod find;
pub(super) mod follow_link;
mod line;
pub(super) mod mark_letter;
pub(super) mod merge;
pub(super) mod move_feed;
pub(super) mod narrow;
pub(super) mod note;
pub(super) mod open_many;
pub(super) mod palette;
pub(super) mod pipe;
pub(super) mod refused;
pub(super) mod rename_feed;
pub(super) mod save_search;
pub(super) mod search;
pub(super) mod subscribe;
pub(super) mod tag;

use std::fmt::Debug;

pub use choices::{ChoiceRow, Choices, Tone};
pub use line::Line;

use super::command::{Command, Edit};
use super::direction::Direction;
use super::{App, Effect, LinkInSight, Notice, Reader};
use crate::article::ArticleId;
use crate::text::Span;

/// What is being typed, and for what.
#[derive(Debug)]
pub struct Prompt {
    kind: Box<dyn PromptKind>,
    line: Line,
}

/// Whether a prompt stays after what has just been done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Then {
    Stay,
    Close,
}

/// What a prompt asks for. While one of the methods that change the state runs, the prompt is not among the views.
trait PromptKind: Debug {
    /// What is shown before the line.
    fn label(&self, line: &Line) -> &'static str;

    /// The result of the typing so far, and which keys matter: alternatives, of which the first that fits is shown.
    fn hints(&self, app: &App, line: &Line) -> Vec<Notice>;

    /// Why Enter would do nothing with what is typed, where that is so. It is shown whatever the room.
    fn refusal(&self, _app: &App, _line: &Line) -> Option<Notice> {
        None
    }

    /// What one may choose from; none where one only types.
    fn choices(&self, _app: &App, _line: &Line) -> Option<Choices> {
        None
    }

    /// How much the choice is about, where that is more than the one quotation that is shown else.
    fn about(&self, _app: &App) -> Option<String> {
        None
    }

    /// What is wrong in the line, in bytes of it.
    fn errors(&self, _app: &App, _line: &Line) -> Vec<Span> {
        Vec::new()
    }

    /// The links over which labels stand, each with its label.
    fn link_labels(&self, _app: &App, _line: &Line) -> Vec<(String, LinkInSight)> {
        Vec::new()
    }

    /// Whether it narrows the view below, which still accepts clicks.
    fn is_filter(&self) -> bool {
        false
    }

    /// Whether text can be pasted into it; it is none where a letter is enough.
    fn takes_pastes(&self) -> bool {
        true
    }

    /// Whether what is typed may have several lines.
    fn takes_lines(&self) -> bool {
        false
    }

    /// The line has changed.
    fn changed(&mut self, _app: &mut App, _line: &mut Line) -> Then {
        Then::Stay
    }

    /// An arrow key; returns whether it did anything here, rather than in the view below.
    fn choose(&mut self, app: &mut App, line: &mut Line, command: Command, count: usize) -> bool {
        let Some(choices) = self.choices(app, line) else { return false };
        if let Some(row) = choices.step(command, count) {
            (line.choice, line.is_picked) = (row, true);
        }
        true
    }

    /// Tab and its reverse; returns whether they do something else here than the arrow keys.
    fn complete(&mut self, _app: &mut App, _line: &mut Line, _direction: Direction) -> bool {
        false
    }

    /// What was typed here before, or after that; returns whether that is kept here.
    fn recall(&mut self, _app: &mut App, _line: &mut Line, _direction: Direction) -> bool {
        false
    }

    /// Enter.
    fn accept(&mut self, app: &mut App, line: &mut Line) -> Then;

    /// Another article took the place of one.
    fn follow(&mut self, _before: ArticleId, _now: ArticleId) {}

    /// The open article has other words than it had in `old`.
    fn find_again(&mut self, _app: &App, _old: &Reader, _line: &mut Line) {}

    /// Esc: everything is to be as it was before.
    fn cancel(&mut self, _app: &mut App, _line: &Line) {}
}

impl Prompt {
    /// Another article took the place of one.
    pub(super) fn follow(&mut self, before: ArticleId, now: ArticleId) {
        self.kind.follow(before, now);
    }

    /// The open article has other words than it had in `old`.
    pub(super) fn find_again(&mut self, app: &App, old: &Reader) {
        self.kind.find_again(app, old, &mut self.line);
    }

    fn new(kind: impl PromptKind + 'static, line: Line) -> Self {
        Self { kind: Box::new(kind), line }
    }

    /// What has been typed.
    pub fn typed(&self) -> &str {
        self.line.typed()
    }

    /// The width of what is typed before the cursor, in cells.
    pub fn cursor(&self) -> usize {
        self.line.cursor()
    }

    /// Whether no more can be typed.
    pub fn is_full(&self) -> bool {
        self.line.is_full()
    }

    /// What is shown before the line.
    pub fn label(&self) -> &'static str {
        self.kind.label(&self.line)
    }

    /// The result of the typing so far: alternatives, of which the first that fits is shown.
    pub fn hints(&self, app: &App) -> Vec<Notice> {
        self.kind.hints(app, &self.line)
    }

    /// Why Enter would do nothing, where that is so.
    pub fn refusal(&self, app: &App) -> Option<Notice> {
        self.kind.refusal(app, &self.line)
    }

    /// What one may choose from, where there is anything.
    pub fn choices(&self, app: &App) -> Option<Choices> {
        self.kind.choices(app, &self.line)
    }

    /// How much the choice is about, where that is more than one quotation.
    pub fn about(&self, app: &App) -> Option<String> {
        self.kind.about(app)
    }

    /// What is wrong in the line, in bytes of it.
    pub fn errors(&self, app: &App) -> Vec<Span> {
        self.kind.errors(app, &self.line)
    }

    /// The links over which labels stand, each with its label.
    pub fn link_labels(&self, app: &App) -> Vec<(String, LinkInSight)> {
        self.kind.link_labels(app, &self.line)
    }

    /// What is wrong with what is typed, if anything is.
    pub fn problem(&self, app: &App) -> Option<String> {
        let is_wrong = !self.errors(app).is_empty();
        self.hints(app).into_iter().next().filter(|_| is_wrong).map(|hint| hint.text)
    }

    /// Whether it narrows the view below, which still accepts clicks.
    pub(super) fn is_filter(&self) -> bool {
        self.kind.is_filter()
    }
}

impl App {
    /// Opens a prompt with this in its line.
    fn ask_for(&mut self, kind: impl PromptKind + 'static, typed: &str) {
        self.views.close_card();
        self.views.open_prompt(Prompt::new(kind, Line::with(typed)));
    }

    /// Opens a prompt about what the card says that lies over the panes, if any does: it stays in sight.
    fn ask_over_card(&mut self, kind: impl PromptKind + 'static, typed: &str) {
        self.views.open_prompt(Prompt::new(kind, Line::with_lines(typed)));
    }

    /// Applies `act` to the prompt; `act` returns whether the prompt stays open.
    fn with_prompt(&mut self, act: impl FnOnce(&mut dyn PromptKind, &mut Self, &mut Line) -> Then) {
        let Some(Prompt { mut kind, mut line }) = self.views.take_prompt() else { return };
        if act(kind.as_mut(), self, &mut line) == Then::Stay {
            self.views.open_prompt(Prompt { kind, line });
        }
    }

    /// Text was pasted: it is typed where one types, as one piece, and ignored elsewhere. It is never a command.
    #[must_use = "effects are requests: nothing happens until they are carried out"]
    pub fn paste(&mut self, text: &str) -> Vec<Effect> {
        /// A control character more or less may go.
        const MOST: usize = 2 * Line::LONGEST;
        self.foot.notice = None;
        match self.views.prompt() {
            Some(prompt) if prompt.kind.takes_pastes() => {
                let start: String = text.chars().take(MOST).collect();
                let takes_lines = prompt.kind.takes_lines();
                self.type_with(|line| {
                    if takes_lines {
                        line.insert_lines(&crate::text::clean(&start));
                    } else {
                        line.insert_all(&crate::text::clean_line(&start));
                    }
                });
            }
            Some(_) => {}
            None => self.refuse("Pasted text is ignored here: it is no command"),
        }
        self.reconcile();
        std::mem::take(&mut self.outbox.effects)
    }

    /// Carries out a command in the prompt; returns false where it is one for the view below.
    pub(super) fn command_in_prompt(&mut self, command: Command, count: usize) -> bool {
        use Command as C;
        match command {
            C::Type(letter) => self.type_with(|line| line.insert(letter)),
            // As in vim and less, taking away what is not there ends the typing.
            C::Edit(Edit::Erase) if self.views.prompt().is_some_and(|prompt| prompt.typed().is_empty()) => {
                self.cancel_prompt();
            }
            C::BreakLine => self.with_prompt(|kind, _, line| {
                if kind.takes_lines() {
                    line.break_line();
                }
                Then::Stay
            }),
            C::Edit(edit) => self.type_with(|line| line.edit(edit)),
            C::Accept => self.with_prompt(|kind, app, line| kind.accept(app, line)),
            C::Back | C::Leave => self.cancel_prompt(),
            C::Complete => self.complete(Direction::Forward),
            C::CompleteBack => self.complete(Direction::Backward),
            C::EarlierSearch => self.recall(Direction::Backward),
            C::LaterSearch => self.recall(Direction::Forward),
            C::Down | C::Up | C::PageDown | C::PageUp => return self.choose(command, count),
            _ => return false,
        }
        true
    }

    fn type_with(&mut self, edit: impl FnOnce(&mut Line)) {
        self.with_prompt(|kind, app, line| {
            edit(line);
            (line.choice, line.is_picked) = (0, false);
            kind.changed(app, line)
        });
    }

    fn choose(&mut self, command: Command, count: usize) -> bool {
        let mut is_done = false;
        self.with_prompt(|kind, app, line| {
            is_done = kind.choose(app, line, command, count);
            Then::Stay
        });
        is_done
    }

    /// Tab and its reverse: the next choice, or the next completion.
    fn complete(&mut self, direction: Direction) {
        let step = if direction == Direction::Forward { Command::Down } else { Command::Up };
        self.with_prompt(|kind, app, line| {
            if !kind.complete(app, line, direction) {
                kind.choose(app, line, step, 1);
            }
            Then::Stay
        });
    }

    fn recall(&mut self, direction: Direction) {
        let step = if direction == Direction::Forward { Command::Down } else { Command::Up };
        self.with_prompt(|kind, app, line| {
            if !kind.recall(app, line, direction) {
                kind.choose(app, line, step, 1);
            }
            Then::Stay
        });
    }

    fn cancel_prompt(&mut self) {
        self.with_prompt(|kind, app, line| {
            kind.cancel(app, line);
            Then::Close
        });
    }
}
