//! The lines that were typed after `:`. They are kept as one setting, so that they outlast the program.

use super::App;
use crate::article::holds_password;
use crate::text::clean_line;
use crate::user::{COMMAND_LINES, UserAction};

/// Stands between two lines. No line has it.
const SEPARATOR: char = '␞';

/// How many lines are kept.
const MOST: usize = 50;

/// The longest line that is kept, in characters.
const LONGEST: usize = 200;

/// Whether a password may stand in a line: in an address, also one without `https://`, or where a program is told one.
fn may_hold_password(line: &str) -> bool {
    const WORDS: [&str; 9] =
        ["authorization", "bearer", "password", "passwd", "token", "secret", "api_key", "apikey", "--user"];
    let has_login = |word: &str| word.rsplit_once('@').is_some_and(|(login, _)| login.contains(':'));
    let small = line.to_lowercase();
    holds_password(line)
        || line.split_whitespace().any(|word| has_login(word) || word == "-u")
        || WORDS.iter().any(|word| small.contains(word))
}

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
        if line.is_empty() || line.chars().count() > LONGEST || may_hold_password(&line) {
            return;
        }
        let mut lines = self.command_lines();
        lines.retain(|known| *known != line);
        lines.push(&line);
        let value = lines[lines.len().saturating_sub(MOST)..].join(&SEPARATOR.to_string());
        self.note(UserAction::Setting { name: COMMAND_LINES.to_owned(), value });
    }
}
