//! Subscribing: the address of a feed, or of a page that names one.

use super::{Line, PromptKind, Then};
use crate::app::{App, Command, Effect, FetchJob, Notice};
use crate::article::shown_address;
use crate::text::clean_line;

/// Asks for an address.
#[derive(Debug)]
struct Subscribe;

/// Asks for the address of a feed.
pub(in crate::app) fn open(app: &mut App) {
    app.ask_for(Subscribe, "");
}

impl PromptKind for Subscribe {
    fn label(&self, _: &Line) -> &'static str {
        "add: "
    }

    fn hints(&self, _: &App, _: &Line) -> Vec<Notice> {
        vec![Notice::new("the address of a feed or a page").hint(Command::Accept, "")]
    }

    fn accept(&mut self, app: &mut App, line: &mut Line) -> Then {
        let typed = clean_line(line.typed().trim());
        if !typed.is_empty() {
            // Most people leave the scheme out.
            let address = if typed.contains("://") { typed.clone() } else { format!("https://{typed}") };
            app.show_message(format!("Looking for feeds at {} …", shown_address(&address)));
            app.ask(Effect::Fetch(FetchJob::Subscribe { address, typed }));
        }
        Then::Close
    }
}
