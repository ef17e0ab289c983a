//! What must be done outside.

use std::sync::Arc;

use super::picture_state::PictureJob;
use super::task::TaskId;
use crate::article::{Article, ArticleId};
use crate::catalog::{FeedGroup, FeedId, FeedSelection, PeopleOrder, SortWork};
use crate::export::Format;
use crate::query::Query;
use crate::user::{Clipping, FeedField, Notification, UserWrite};

/// What the state asks the outside to do, by worker. Answers come back as events.
#[derive(Debug, Clone)]
pub enum Effect {
    /// Open an article, or lay it out.
    Load(LoadJob),
    /// Search all articles.
    Search(SearchJob),
    /// Put the headlines into another order.
    Sort(SortJob),
    /// List and export the speakers of the library.
    People(PeopleJob),
    /// List all that one speaker said.
    Timeline(TimelineJob),
    /// Find what is to be checked.
    Review(ReviewJob),
    /// Write what the user did.
    Write(UserWrite),
    /// Fetch something from the web.
    Fetch(FetchJob),
    /// Fetch and draw a picture.
    Picture(PictureJob),
    /// Read the page that an article links to.
    ReadPage(PageJob),
    /// Look up feeds in the library.
    Feeds(FeedQuery),
    /// Change the feeds of the library, beside the history.
    EditFeeds(FeedJob),
    /// Do something with the terminal.
    Screen(ScreenJob),
    /// Open an address in the browser.
    OpenLink(String),
    /// Hand something to another program.
    Program(ProgramJob),
    /// Tell the user of something, wherever they look.
    Notify(NotifyJob),
    /// Stop a task: what it has found until then is its answer.
    StopTask(TaskId),
    /// Answer with [`super::Event::GoOn`] once the keys that were pressed have had their turn.
    GoOn,
    /// End the program.
    Quit,
}

/// Work on one article.
#[derive(Debug, Clone)]
pub enum LoadJob {
    /// Open it.
    Article {
        /// Comes back with the answer.
        request: RequestId,
        /// Which article.
        id: ArticleId,
    },
    /// Read these, without opening them.
    Articles {
        /// Comes back with the answer.
        request: RequestId,
        /// Which articles.
        ids: Vec<ArticleId>,
    },
    /// Look up which articles several files hold.
    HeldTwice,
    /// Lay out a text that is too long to do so between two frames.
    LayOut {
        /// The article.
        article: Arc<Article>,
        /// The width, in cells.
        width: usize,
    },
}

/// Work on all articles.
#[derive(Debug, Clone)]
pub enum SearchJob {
    /// Find articles.
    Find {
        /// Comes back with the answer; a search with a newer one overtakes this one.
        request: RequestId,
        /// What to look for.
        query: Query,
    },
    /// Count the articles that each of these queries finds.
    Count {
        /// Comes back with the answer.
        request: RequestId,
        /// What to look for.
        queries: Vec<Query>,
    },
    /// Cancel the search that is running.
    Cancel,
}

/// Work on the order of the headlines.
#[derive(Debug, Clone)]
pub enum SortJob {
    /// Sort them.
    Sort {
        /// Comes back with the answer; a request with a newer one overtakes this one.
        request: RequestId,
        /// What to sort, and how.
        work: SortWork,
    },
    /// Cancel what is being sorted.
    Cancel,
}

/// Work on the speakers of the library.
#[derive(Debug, Clone)]
pub enum PeopleJob {
    /// List them.
    List {
        /// Comes back with the answer; a request with a newer one overtakes this one.
        request: RequestId,
        /// The letters that their names are to have.
        typed: String,
        /// In which order; who fits best comes first where that is by quotations.
        order: PeopleOrder,
        /// Whether the library may have changed since they were listed last.
        rerun: bool,
        /// Whether those are listed too of whom words are only reported.
        with_reported: bool,
    },
    /// Look up under which names a person speaks in other articles.
    Names {
        /// Comes back with the answer.
        request: RequestId,
        /// One of their identities, written down.
        person: String,
    },
    /// Write quotations into a file.
    Export {
        /// Which.
        what: Exported,
        /// In which format.
        format: Format,
        /// Where the file is to lie.
        file: String,
        /// Whether one that is there already may be lost.
        overwrite: bool,
    },
}

/// Which quotations are to be written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Exported {
    /// All of a person.
    Said {
        /// One of their identities, written down.
        person: String,
        /// Whether the oldest article comes first.
        oldest_first: bool,
        /// Whether what is reported of them is written too.
        with_reported: bool,
        /// What they are narrowed to.
        narrowed: Query,
    },
    /// These clippings, in this order.
    Clippings(Vec<Clipping>),
    /// Not quotations, but all of this article.
    Article(ArticleId),
}

/// Work on what one person said.
#[derive(Debug, Clone)]
pub enum TimelineJob {
    /// List it.
    List {
        /// Comes back with the answer; a request with a newer one overtakes this one.
        request: RequestId,
        /// One of their identities, written down.
        person: String,
        /// Whether the oldest article comes first.
        oldest_first: bool,
        /// Whether what is reported of them is listed too.
        with_reported: bool,
    },
    /// Cancel the list that is being made.
    Cancel,
}

/// Work on what is to be checked.
#[derive(Debug, Clone)]
pub enum ReviewJob {
    /// Find the statements whose speaker is doubtful.
    List {
        /// Comes back with the answer; a request with a newer one overtakes this one.
        request: RequestId,
        /// Among which.
        of: ReviewOf,
        /// Whether reported statements are among them.
        with_reported: bool,
    },
    /// Tell who else could have spoken a quotation.
    Alternatives {
        /// Comes back with the answer; a request with a newer one overtakes this one.
        request: RequestId,
        /// Its article.
        article: Arc<Article>,
        /// The first byte of its words.
        start: usize,
    },
    /// Cancel the search for what is to be checked.
    Cancel,
}

/// Among which statements one looks for what is to be checked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ReviewOf {
    /// Those of these articles, in this order.
    Articles(Arc<[ArticleId]>),
    /// All of the person with this identity, written down.
    Speaker(String),
}

/// Work on the web.
#[derive(Debug, Clone)]
pub enum FetchJob {
    /// Refresh feeds.
    Refresh(FeedSelection),
    /// Delete articles that are kept no longer.
    Expire(Vec<ArticleId>),
    /// Stop asking.
    Cancel,
    /// Subscribe to the feed at an address, or to one that the page there names.
    Subscribe {
        /// Where it lies.
        address: String,
        /// What the user typed to get there: the same, or the page that names it.
        typed: String,
    },
    /// Fetch the full text of an article of which there is only a summary.
    FullText {
        /// Which article.
        id: ArticleId,
    },
}

/// A page that an article links to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PageJob {
    /// The article.
    pub from: ArticleId,
    /// The address of the page.
    pub url: String,
}

/// A query about the feeds in the library.
#[derive(Debug, Clone)]
pub enum FeedQuery {
    /// Which there are.
    List,
    /// All that may be shown of one.
    Info(FeedId),
    /// Which articles came from some of them.
    Articles {
        /// Comes back with the answer.
        request: RequestId,
        /// Which feeds.
        of: FeedGroup,
    },
}

/// Work on the feeds of the library that is not about one setting which the history keeps.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FeedJob {
    /// Change a setting that may hold a password.
    Edit {
        /// Which feed.
        feed: FeedId,
        /// Which setting.
        field: FeedField,
        /// The value, as it was typed.
        written: String,
    },
    /// Subscribe to the feeds of a list: OPML, or the `urls` of newsboat.
    Import {
        /// Where the file lies.
        file: String,
    },
    /// Write the feeds into a file, as OPML.
    Export {
        /// Where the file is to lie.
        file: String,
        /// Whether one that is there already may be lost.
        overwrite: bool,
    },
}

/// What a command gets on its standard input.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Piped {
    /// Articles, one after the other.
    Articles(Vec<ArticleId>, Format),
    /// This text.
    Text(String),
}

/// Work of other programs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ProgramJob {
    /// Run a command, in the background, with something on its standard input.
    Pipe {
        /// What it gets.
        input: Piped,
        /// The command: a program with its arguments.
        words: Vec<String>,
    },
    /// Run a command of the configuration, in the background.
    Run {
        /// Its name.
        name: String,
        /// A program with its arguments, in which placeholders stand for what is known of the article.
        words: Vec<String>,
        /// Which article.
        article: ArticleId,
        /// What is known besides, each under the name of its placeholder.
        values: Vec<(&'static str, String)>,
    },
    /// Open an article in the user's editor, which has the terminal meanwhile.
    Edit(ArticleId),
    /// Show it in the user's pager, which has the terminal meanwhile.
    Page(ArticleId),
    /// Open an address in another of the browsers that the user names, after so many that failed.
    Browse {
        /// The address.
        url: String,
        /// How many were tried.
        tried: usize,
    },
}

/// How the user is told of articles.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NotifyJob {
    /// What is told.
    pub about: Notification,
    /// The ways of the terminal, as the option `notify` writes them.
    pub ways: String,
    /// A program with its arguments, with placeholders; empty for none.
    pub command: Vec<String>,
}

/// Work on the terminal.
#[derive(Debug, Clone)]
pub enum ScreenJob {
    /// Put text on the clipboard.
    Copy(String),
    /// Ask for clicks and the wheel, or leave them to the terminal.
    Mouse {
        /// Whether they are asked for.
        is_on: bool,
    },
    /// Read the configuration again.
    Reload,
    /// Redraw the whole screen.
    Redraw,
    /// Give the terminal back and stop until continued.
    Suspend,
}

/// Identifies a request, so that an answer to an abandoned one is recognized.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct RequestId(pub u64);
