//! What happened outside.

use std::sync::Arc;

use super::effect::RequestId;
use super::task::Task;
use crate::article::{Article, ArticleId};
use crate::catalog::{FeedId, FeedLine, Headline, Person, Said, SkippedFile};
use crate::layout::TextLayout;
use crate::query::Hit;
use crate::quotes::Findings;
use crate::user::{Step, UserAction, UserState};

/// A fact that workers report.
#[derive(Debug, Clone)]
pub enum Event {
    /// What the user did before this run.
    UserState(Box<UserState>),
    /// What the user did in another program, or what follows from other words of an article.
    UserActions(Vec<UserAction>),
    /// What the user did is on the disk; nothing where there was nothing to split.
    Committed(Vec<UserAction>),
    /// A deed was undone or redone.
    Stepped {
        /// Which of them.
        step: Step,
        /// What it was: "starred “Headline”".
        label: String,
        /// What that changed.
        actions: Vec<UserAction>,
        /// How many things have changed otherwise since the deed, and stay as they are.
        left: usize,
    },
    /// There is nothing more to undo or redo.
    EndOfHistory(Step),
    /// Articles were read; their headlines.
    Arrived(Vec<Headline>),
    /// Who speaks in these articles was found anew, or they have other words.
    Changed(Vec<Headline>),
    /// Another program found anew who speaks in these articles, lost their files, or found those again.
    Relisted(Vec<Headline>),
    /// All that another program did so far has been told.
    CaughtUp,
    /// No file holds these articles any more; they stay.
    Gone(Vec<ArticleId>),
    /// A file holds these articles after all.
    Present(Vec<ArticleId>),
    /// These articles went: their files hold others now, or are no part of the library any more.
    Departed(Vec<ArticleId>),
    /// Something is no article.
    Skipped(SkippedFile),
    /// Hidden files and folders were passed over; how many.
    HiddenSkipped(usize),
    /// So many files are known of by now; how many of them have been read.
    Progressed {
        /// Files read.
        read: usize,
        /// Files known of.
        known: usize,
    },
    /// All that was to be read has been read.
    Finished,
    /// An article was opened.
    Loaded {
        /// The request it answers.
        request: RequestId,
        /// The article.
        article: Arc<Article>,
        /// Who said what in it.
        findings: Arc<Findings>,
    },
    /// An article that was to be opened is not there any more.
    Missing {
        /// The request it answers.
        request: RequestId,
    },
    /// A search goes on and has found more: the newest at first.
    FoundSome {
        /// The request that it answers.
        request: RequestId,
        /// The articles that it has found since the last time.
        hits: Vec<Hit>,
    },
    /// A search ended.
    Found {
        /// The request it answers.
        request: RequestId,
        /// The articles that it has found since the last time: all, where it had not told of any.
        hits: Vec<Hit>,
    },
    /// The unread hits of some searches were counted.
    Counted {
        /// The request it answers.
        request: RequestId,
        /// How many each has, in the order asked.
        counts: Vec<usize>,
    },
    /// So many of those who speak in the archive are known by now; the best come first.
    SpeakersListed {
        /// The request it answers.
        request: RequestId,
        /// All that are known so far.
        people: Vec<Arc<Person>>,
        /// Whether these are all.
        is_last: bool,
    },
    /// More of what somebody said is known.
    SaidListed {
        /// The request it answers.
        request: RequestId,
        /// Who it is.
        person: Option<Arc<Person>>,
        /// What comes next.
        said: Vec<Said>,
        /// Whether that is all.
        is_last: bool,
    },
    /// What somebody said was written into a file.
    Exported {
        /// The file.
        file: String,
        /// How many quotations.
        quotations: usize,
    },
    /// A file is there already, and was not written.
    ExportExists {
        /// The file.
        file: String,
    },
    /// A long text was laid out.
    LaidOut {
        /// The article it belongs to.
        id: ArticleId,
        /// Its rows.
        page: TextLayout,
    },
    /// Which sources there are on the web, by folder and name.
    Sources(Vec<FeedLine>),
    /// These articles came from a source.
    Listed {
        /// The request it answers.
        request: RequestId,
        /// The articles, in no order.
        ids: Vec<ArticleId>,
    },
    /// Sources are being asked what is new.
    Refreshing {
        /// How many have answered.
        done: usize,
        /// How many are asked.
        of: usize,
    },
    /// All have answered, or were given up.
    Refreshed {
        /// Articles that came.
        new: usize,
        /// Articles that changed.
        updated: usize,
        /// Sources that gave nothing.
        failed: usize,
        /// Sources that were not asked: their servers want to be left alone for now.
        postponed: usize,
        /// Whether it was stopped before the end.
        cancelled: bool,
        /// Whether nobody could be reached at all.
        is_offline: bool,
    },
    /// A source gave nothing.
    FeedFailed {
        /// Which source.
        id: FeedId,
        /// What it is called.
        name: String,
        /// Why, as the end of a sentence that begins with its name.
        why: String,
    },
    /// There is a new source.
    Subscribed {
        /// Which source.
        id: FeedId,
        /// What it is called.
        name: String,
        /// How many articles came from it.
        articles: usize,
    },
    /// A page names several feeds: one of them is to be chosen.
    Discovered {
        /// What the reader typed.
        typed: String,
        /// The address and the title of each.
        feeds: Vec<(String, String)>,
    },
    /// An address gave no source.
    NotSubscribed {
        /// The address.
        address: String,
        /// Why, in a sentence.
        why: String,
    },
    /// The whole text of an article was fetched: opening it gives that.
    FullText {
        /// Which article.
        id: ArticleId,
    },
    /// The whole text of an article could not be fetched.
    NoFullText {
        /// Which article.
        id: ArticleId,
        /// Why, in a sentence.
        why: String,
    },
    /// The terminal has another size now, in cells.
    Resized {
        /// Columns.
        width: u16,
        /// Rows.
        height: u16,
    },
    /// What runs in the background and takes long: all of it.
    Tasks(Vec<Task>),
    /// Work failed in a way that should not happen; what to tell the reader.
    Failed(String),
}
