//! Notifies the user of articles that rules name, where there is no screen.

use std::io::{self, IsTerminal, Write};

use super::error::show_message;
use crate::notification::{notify_sequences, run_notify_command};
use crate::text::clean_line;
use crate::user::{Notification, NotifiedArticle};

/// How it is told.
#[derive(Debug, Default)]
pub struct Notifier {
    /// The ways of the terminal, as the option `notify` writes them.
    ways: String,
    /// A program with its arguments, with placeholders; empty for none.
    command: Vec<String>,
}

impl Notifier {
    /// With these ways and this program.
    pub fn new(ways: String, command: Vec<String>) -> Self {
        Self { ways, command }
    }

    /// Notifies the user of these articles, if there are any: through standard error where that is a terminal, and by the program. A failure
    /// is reported and is no error: the articles are in the library.
    pub fn tell(&self, articles: Vec<NotifiedArticle>) {
        let Some(about) = Notification::about(articles) else { return };
        let mut terminal = io::stderr();
        if terminal.is_terminal() {
            // One that cannot be written to shows nothing in any case.
            let _ = terminal.write_all(notify_sequences(&about, &self.ways).as_bytes());
        }
        if let Err(why) = run_notify_command(&about, &self.command, &|| false) {
            show_message(&clean_line(&why));
        }
    }
}
