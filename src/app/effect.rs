//! What must be done outside.

use std::sync::Arc;

use crate::article::{Article, ArticleId};
use crate::catalog::SourceId;
use crate::forms::Form;
use crate::query::Query;
use crate::user::UserWrite;

/// What the state asks the outside to do. Answers come back as events.
#[derive(Debug, Clone)]
pub enum Effect {
    /// Open an article.
    Load {
        /// Comes back with the answer.
        ticket: Ticket,
        /// Which article.
        id: ArticleId,
    },
    /// Search all articles.
    Search {
        /// Comes back with the answer; a search with a newer one overtakes this one.
        ticket: Ticket,
        /// What to look for.
        query: Query,
    },
    /// End the search that is running: nobody waits for it any more.
    EndSearch,
    /// Lay out a text that is too long to do so between two frames.
    LayOut {
        /// The article.
        article: Arc<Article>,
        /// The width, in cells.
        width: usize,
    },
    /// Count the unread articles that each of these queries finds.
    Count {
        /// Comes back with the answer.
        ticket: Ticket,
        /// What to look for.
        queries: Vec<Query>,
    },
    /// List everyone who speaks in the archive.
    ListSpeakers {
        /// Comes back with the answer; a request with a newer one overtakes this one.
        ticket: Ticket,
        /// The letters that their names are to have.
        typed: String,
        /// Whether the archive may have changed since they were listed last.
        afresh: bool,
    },
    /// End the list of what somebody said: nobody waits for more of it.
    EndSaid,
    /// List all that somebody said.
    ListSaid {
        /// Comes back with the answer; a request with a newer one overtakes this one.
        ticket: Ticket,
        /// One of their identities, written down.
        person: String,
        /// Whether the oldest article comes first.
        oldest_first: bool,
    },
    /// Write all that somebody said into a file.
    Export {
        /// One of their identities, written down.
        person: String,
        /// Whether the oldest article comes first.
        oldest_first: bool,
        /// In which form.
        form: Form,
        /// Where the file is to lie.
        file: String,
        /// Whether one that is there already may be lost.
        overwrite: bool,
    },
    /// Write what the user did.
    Write(UserWrite),
    /// Open an address in the browser.
    OpenLink(String),
    /// Ask sources on the web what is new.
    Refresh(Which),
    /// Stop asking.
    CancelRefresh,
    /// Make a source of an address: a feed, or a page that names one.
    Subscribe {
        /// Where it lies.
        address: String,
        /// What the reader typed to get there: the same, or the page that names it.
        typed: String,
    },
    /// Fetch the whole text of an article of which there is only a summary.
    FetchFullText {
        /// Which article.
        id: ArticleId,
    },
    /// Say which sources there are.
    ListSources,
    /// Say which articles came from a source.
    ListSource {
        /// Comes back with the answer.
        ticket: Ticket,
        /// Which source.
        id: SourceId,
    },
    /// Put text on the clipboard.
    Copy(String),
    /// Draw everything anew.
    Redraw,
    /// Give the terminal back and stop until continued.
    Suspend,
    /// End the program.
    Quit,
}

/// Which sources to ask.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Which {
    /// This one.
    One(SourceId),
    /// All that are not left alone, whenever they were asked before.
    All,
    /// Those of them that are due.
    Due,
}

/// Marks a request, so that an answer that nobody waits for any more can be told.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Ticket(pub u64);
