//! The line that is being typed, and which row of the choices is chosen.

use tui_input::{Input, InputRequest};

use crate::app::command::Edit;

/// Stands for the end of a line where one types several.
const LINE_BREAK: char = '↵';

/// A line of typing.
#[derive(Debug, Clone, Default)]
pub struct Line {
    input: Input,
    /// The chosen row, counted from the first.
    pub(super) choice: usize,
    /// Whether it was chosen with the arrows, rather than by what was typed.
    pub(super) is_picked: bool,
}

impl Line {
    /// The most characters: more than anyone searches for.
    pub(super) const LONGEST: usize = 1_000;

    /// Whether no more can be typed.
    pub(super) fn is_full(&self) -> bool {
        self.input.value().chars().count() >= Self::LONGEST
    }

    /// Inserts letters at the cursor, as many as there is room for.
    pub(super) fn insert_all(&mut self, letters: &str) {
        let typed = self.input.value();
        let room = Self::LONGEST.saturating_sub(typed.chars().count());
        let cursor = self.input.cursor();
        let letters: String = letters.chars().filter(|letter| !letter.is_control()).take(room).collect();
        let before = typed.chars().take(cursor);
        let line = before.chain(letters.chars()).chain(typed.chars().skip(cursor)).collect();
        self.input = Input::new(line).with_cursor(cursor + letters.chars().count());
    }

    /// A line with something in it, the cursor at its end.
    pub(super) fn with(typed: &str) -> Self {
        Self { input: Input::new(typed.to_owned()), ..Self::default() }
    }

    /// What has been typed.
    pub fn typed(&self) -> &str {
        self.input.value()
    }

    /// The width of what is typed before the cursor, in cells.
    pub fn cursor(&self) -> usize {
        self.input.visual_cursor()
    }

    /// Replaces the text, the cursor at the end.
    pub(super) fn put(&mut self, typed: &str) {
        self.input = Input::new(typed.to_owned());
    }

    /// Inserts a letter at the cursor; control characters are not letters.
    pub(super) fn insert(&mut self, letter: char) {
        if !letter.is_control() && !self.is_full() {
            self.input.handle(InputRequest::InsertChar(letter));
        }
    }

    /// Begins a new line at the cursor, which is shown as a sign: the prompt has one row.
    pub(super) fn break_line(&mut self) {
        if !self.is_full() {
            self.input.handle(InputRequest::InsertChar(LINE_BREAK));
        }
    }

    /// Inserts a text of several lines at the cursor, as much of it as there is room for.
    pub(super) fn insert_lines(&mut self, text: &str) {
        self.insert_all(&text.replace('\n', &LINE_BREAK.to_string()));
    }

    /// A line with a text of several lines in it.
    pub(super) fn with_lines(text: &str) -> Self {
        Self::with(&text.replace('\n', &LINE_BREAK.to_string()))
    }

    /// What has been typed, with line breaks where their signs stand.
    pub(super) fn lines(&self) -> String {
        self.typed().replace(LINE_BREAK, "\n")
    }

    /// Edits what has been typed.
    pub(super) fn edit(&mut self, edit: Edit) {
        self.input.handle(match edit {
            Edit::Erase => InputRequest::DeletePrevChar,
            Edit::Delete => InputRequest::DeleteNextChar,
            Edit::EraseWord => InputRequest::DeletePrevWord,
            Edit::Clear => InputRequest::DeleteLine,
            Edit::Left => InputRequest::GoToPrevChar,
            Edit::Right => InputRequest::GoToNextChar,
            Edit::Start => InputRequest::GoToStart,
            Edit::End => InputRequest::GoToEnd,
        });
    }
}
