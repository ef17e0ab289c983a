//! What must be done outside.

use std::sync::Arc;

use super::Lighting;
use crate::article::{Article, ArticleId};
use crate::catalog::SourceId;
use crate::catalog::Tie;
use crate::forms::Form;
use crate::query::Query;
use crate::quotes::Verdict;

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
    /// Keep what the reader says of who is one person.
    TieSpeakers(Tying),
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
    /// Keep something that the reader did.
    Remember(Remembrance),
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
    /// Change something about a source.
    Tend {
        /// Which source.
        id: SourceId,
        /// What.
        how: Tending,
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

/// What is to be changed about a source.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Tending {
    /// Call it so; by no name, as it calls itself.
    Rename(Option<String>),
    /// Leave it alone, or ask it again.
    Mute(bool),
    /// Take it out. Its articles stay.
    Remove,
    /// Put it back as it was before it was taken out.
    Restore,
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

/// What the reader says of who is one person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Tying {
    /// Two are one. Identities, written down.
    Merge {
        /// One of them.
        one: String,
        /// The other.
        other: String,
    },
    /// Each name of one is a person of its own.
    Split {
        /// An identity of theirs, written down.
        one: String,
    },
    /// What was said before is taken back.
    Back(Vec<Tie>),
}

/// What is kept of what the reader did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Remembrance {
    /// An article was read, or is to be read again.
    Read {
        /// Which article.
        id: ArticleId,
        /// Whether it counts as read.
        read: bool,
    },
    /// An article was starred, or its star taken away.
    Starred {
        /// Which article.
        id: ArticleId,
        /// Whether it has a star.
        starred: bool,
    },
    /// An article was filed under a word, or is not any more.
    Tagged {
        /// Which article.
        id: ArticleId,
        /// The word.
        tag: String,
        /// Whether it is filed under it.
        tagged: bool,
    },
    /// An article was taken out of the library, or put back.
    Removed {
        /// Which article.
        id: ArticleId,
        /// Whether it is out.
        removed: bool,
    },
    /// A search has this name.
    Named {
        /// The name.
        name: String,
        /// What it looks for; without that, there is no such search any more.
        query: Option<String>,
    },
    /// This was searched for.
    Searched(String),
    /// What is lit in articles.
    Lit(Lighting),
    /// How far an article was read.
    Place {
        /// Which article.
        id: ArticleId,
        /// The first byte on the screen.
        offset: usize,
    },
    /// The reader said who spoke a quotation, or took that back.
    Corrected {
        /// Which article.
        id: ArticleId,
        /// The first byte of the quoted words.
        start: usize,
        /// Who spoke it; nothing where the engine's word holds again.
        verdict: Option<Verdict>,
    },
}

/// Marks a request, so that an answer that nobody waits for any more can be told.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Ticket(pub u64);
