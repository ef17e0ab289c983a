//! The line at the bottom into which the reader types.

use tui_input::{Input, InputRequest};

use super::Layer;
use super::command::{Command, Edit};

/// What is being typed, and for what.
#[derive(Debug, Clone)]
pub struct Prompt {
    /// For what.
    pub purpose: Purpose,
    /// Which of the commands that fit is chosen, counted from the first.
    pub choice: usize,
    /// Whether that one was chosen with the arrows, rather than by what was typed.
    pub is_picked: bool,
    /// What the last word could become, in a search.
    pub completing: Option<Completing>,
    /// Which of the earlier searches it shows, counted from the first.
    pub(super) recalled: Option<usize>,
    input: Input,
}

/// What a prompt is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Purpose {
    /// Searching all articles.
    Search,
    /// Finding words in the open one.
    Find,
    /// Naming a command.
    Palette,
    /// Saying who spoke a quotation.
    Correct,
    /// Filing an article under a word.
    Tag,
    /// Giving a search a name.
    NameSearch,
    /// Naming an address on the web.
    Address,
    /// Choosing one of several feeds.
    Feed,
    /// Giving a source another name.
    NameSource,
    /// Choosing a link by the letters over it.
    Link,
    /// Narrowing the list of those who speak in the archive.
    Speakers,
    /// Naming a file to write into.
    Export,
}

/// What the last word that was typed could become.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Completing {
    /// What was typed before that word.
    pub before: String,
    /// What it could become.
    pub words: Vec<String>,
    /// Which of them was chosen.
    pub at: Option<usize>,
}

impl Completing {
    /// All that was typed, with the chosen word.
    pub(super) fn completed(&self) -> String {
        let word = self.at.and_then(|at| self.words.get(at)).map_or("", String::as_str);
        format!("{}{word}", self.before)
    }
}

impl Prompt {
    /// An empty prompt.
    pub fn new(purpose: Purpose) -> Self {
        Self::with(purpose, "")
    }

    /// A prompt with something in it.
    pub fn with(purpose: Purpose, typed: &str) -> Self {
        Self {
            purpose,
            choice: 0,
            is_picked: false,
            completing: None,
            recalled: None,
            input: Input::new(typed.to_owned()),
        }
    }

    /// What has been typed.
    pub fn typed(&self) -> &str {
        self.input.value()
    }

    /// Puts something else in its place, the cursor at the end.
    pub(super) fn put(&mut self, typed: &str) {
        self.input = Input::new(typed.to_owned());
    }

    /// How many cells of what has been typed stand before the cursor.
    pub fn cursor(&self) -> usize {
        self.input.visual_cursor()
    }

    /// Puts a letter in at the cursor; control characters are not letters.
    pub fn insert(&mut self, letter: char) {
        if !letter.is_control() {
            self.input.handle(InputRequest::InsertChar(letter));
        }
    }

    /// Edits what has been typed.
    pub fn edit(&mut self, edit: Edit) {
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

/// A key and what it does, as the help shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HelpEntry {
    /// Where the keys hold: "List", "Article"…
    pub section: &'static str,
    /// The keys: "j ↓".
    pub keys: String,
    /// The name of the command: "next-quotation".
    pub name: &'static str,
    /// Other names that ask for it after `:`, those of vim.
    pub aliases: &'static [&'static str],
    /// The layers in which its keys hold.
    pub layers: &'static [Layer],
    /// What it does: "next quotation".
    pub does: String,
    /// The command.
    pub command: Command,
}

/// The entries of the help in whose keys, name or description all the words of `typed` occur, in their order.
pub fn matching<'a>(entries: &'a [HelpEntry], typed: &str) -> impl Iterator<Item = &'a HelpEntry> {
    let words: Vec<String> = crate::text::fold(typed).split_whitespace().map(str::to_owned).collect();
    entries.iter().filter(move |entry| {
        let text = crate::text::fold(&[&entry.keys, entry.name, &entry.does].join(" "));
        words.iter().all(|word| text.contains(word))
    })
}
