//! The letter under which a place in an article is marked, or a mark that one goes to.

use super::{ChoiceRow, Choices, Line, PromptKind, Then};
use crate::app::{App, Notice, Pane, navigation};
use crate::text::shorten;
use crate::user::Marks;

/// What is typed for the place before the last jump.
const BEFORE_JUMP: [char; 2] = ['\'', '`'];

/// What is to be done with the mark whose letter is typed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum MarkLetter {
    Set,
    GoTo,
}

/// Asks under which letter to mark this place in the article.
pub(in crate::app) fn set(app: &mut App) {
    ask(app, MarkLetter::Set);
}

/// Asks to which mark to go.
pub(in crate::app) fn go_to(app: &mut App) {
    ask(app, MarkLetter::GoTo);
}

/// Asks also where there is no article: the letter that follows out of habit is no command then.
fn ask(app: &mut App, what: MarkLetter) {
    app.ask_for(what, "");
}

/// Whether the keys are about the open article; says so where they are not.
fn is_about_article(app: &mut App) -> bool {
    match app.views.pane() {
        Pane::Article(_) | Pane::Speakers(_) => true,
        pane if pane.is_list() => app.shows_selected(),
        _ => {
            app.refuse("Marks are places in an article: open one first");
            false
        }
    }
}

/// The marks of the open article.
fn marks(app: &App) -> Option<&Marks> {
    app.user.state().marks.get(&app.article.reader.as_ref()?.id())
}

impl MarkLetter {
    fn carry_out(self, app: &mut App, letter: char) {
        if !is_about_article(app) {
            return;
        }
        if self == Self::GoTo {
            app.focus_article();
        }
        match self {
            Self::GoTo if BEFORE_JUMP.contains(&letter) => navigation::before_jump(app),
            Self::GoTo => navigation::go_to_mark(app, letter),
            Self::Set if letter.is_alphabetic() => navigation::set_mark(app, letter),
            Self::Set => app.show_message("A mark is a letter"),
        }
    }
}

impl PromptKind for MarkLetter {
    fn label(&self, _: &Line) -> &'static str {
        match self {
            Self::Set => "set mark: ",
            Self::GoTo => "go to mark: ",
        }
    }

    fn hints(&self, _: &App, _: &Line) -> Vec<Notice> {
        vec![Notice::new(match self {
            Self::Set => "a letter",
            Self::GoTo => "its letter; the same sign again: before the last jump",
        })]
    }

    fn choices(&self, app: &App, line: &Line) -> Option<Choices> {
        /// In cells: more than there is room for.
        const LONGEST: usize = 120;
        let text = app.article.reader.as_ref()?.article.body.text();
        let row = |(letter, &place): (&char, &usize)| {
            let line = text.get(text.floor_char_boundary(place)..).unwrap_or_default();
            let words = line.lines().find(|line| !line.is_empty()).unwrap_or_default();
            ChoiceRow { name: letter.to_string(), detail: shorten(words, LONGEST), ..ChoiceRow::default() }
        };
        let rows: Vec<_> = marks(app)?.iter().map(row).collect();
        let chosen = Some(line.choice).filter(|_| line.is_picked);
        Some(Choices { title: "Marks", rows, chosen, none: "".into(), is_about_quotation: false })
    }

    fn takes_pastes(&self) -> bool {
        false
    }

    fn changed(&mut self, app: &mut App, line: &mut Line) -> Then {
        match line.typed().chars().next() {
            Some(letter) => {
                self.carry_out(app, letter);
                Then::Close
            }
            None => Then::Stay,
        }
    }

    fn accept(&mut self, app: &mut App, line: &mut Line) -> Then {
        let chosen = Some(line.choice).filter(|_| line.is_picked);
        if let Some(letter) = chosen.and_then(|at| marks(app)?.keys().nth(at).copied()) {
            self.carry_out(app, letter);
        }
        Then::Close
    }
}
