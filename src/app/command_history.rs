//! The lines that were typed after `:`. They are kept as one setting, so that they outlast the program.

use super::App;
use crate::article::holds_password;
use crate::text::clean_line;
use crate::user::UserAction;

/// The name of the setting.
const COMMAND_LINES: &str = "command-lines";

/// Stands between two lines. No line has it.
const SEPARATOR: char = '␞';

/// How many lines are kept.
const MOST: usize = 50;

/// The longest line that is kept, in characters.
const LONGEST: usize = 200;

impl App {
    /// The lines that were typed after `:`, the latest last.
    pub(super) fn command_lines(&self) -> Vec<&str> {
        let kept = self.user.state().settings.get(COMMAND_LINES);
        kept.map_or_else(Vec::new, |kept| kept.split(SEPARATOR).filter(|line| !line.is_empty()).collect())
    }

    /// Keeps a line that was typed after `:`; one that was typed before moves to the end.
    pub(super) fn keep_command_line(&mut self, line: &str) {
        let line = clean_line(line).replace(SEPARATOR, " ").trim().to_owned();
        // A password is written down nowhere.
        if line.is_empty() || line.chars().count() > LONGEST || holds_password(&line) {
            return;
        }
        let mut lines = self.command_lines();
        lines.retain(|known| *known != line);
        lines.push(&line);
        let value = lines[lines.len().saturating_sub(MOST)..].join(&SEPARATOR.to_string());
        self.note(UserAction::Setting { name: COMMAND_LINES.to_owned(), value });
    }
}
