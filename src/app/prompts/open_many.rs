//! Asking whether many articles are to be opened in the browser.

use super::{Line, PromptKind, Then};
use crate::app::{App, Command, Notice};
use crate::article::ArticleId;
use crate::text::counted;

/// Asks whether to open these articles.
#[derive(Debug)]
struct OpenMany {
    articles: Vec<ArticleId>,
}

/// Asks whether to open the addresses of these articles.
pub(in crate::app) fn open(app: &mut App, articles: Vec<ArticleId>) {
    app.ask_for(OpenMany { articles }, "");
}

impl PromptKind for OpenMany {
    fn follow(&mut self, before: ArticleId, now: ArticleId) {
        self.articles.iter_mut().filter(|id| **id == before).for_each(|id| *id = now);
    }

    fn label(&self, _: &Line) -> &'static str {
        "open all of them in the browser? "
    }

    fn hints(&self, _: &App, _: &Line) -> Vec<Notice> {
        let articles = counted(self.articles.len(), "article");
        let short = Notice::new("").hint(Command::Accept, format!("opens {}", self.articles.len()));
        let long = Notice::new("").hint(Command::Accept, format!("opens {articles}")).hint(Command::Back, "opens none");
        vec![long, short]
    }

    fn takes_pastes(&self) -> bool {
        false
    }

    /// Whoever goes on typing has not read what is asked.
    fn changed(&mut self, app: &mut App, _: &mut Line) -> Then {
        app.refuse("Opened none of them");
        Then::Close
    }

    fn accept(&mut self, app: &mut App, _: &mut Line) -> Then {
        app.open_addresses(std::mem::take(&mut self.articles));
        Then::Close
    }
}
