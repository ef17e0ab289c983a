//! What happened outside.

use std::sync::Arc;

use chrono::NaiveDate;

use super::effect::{PageJob, RequestId};
use super::picture_state::PictureJob;
use super::task::Task;
use crate::article::{Article, ArticleId};
use crate::catalog::{ArticleCounts, Doubtful, FeedId, FeedOverview, Headline, Person, Said, SkippedFile, Sorted};
use crate::export::Format;
use crate::layout::TextLayout;
use crate::query::Hit;
use crate::quotes::{Alternative, Findings};
use crate::user::{FeedInfo, Notification, RuleResult, Step, UnplacedCorrection, UserAction, UserState};

/// What the library knows of an article besides what is in it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ArticleRecord {
    /// The files that hold it.
    pub files: Vec<String>,
    /// The names of the feeds that brought it.
    pub feeds: Vec<String>,
    /// What the rules did with it.
    pub rules: Vec<RuleResult>,
    /// The corrections that find no place in it any more.
    pub unplaced: Vec<UnplacedCorrection>,
}

/// A fact that workers report.
#[derive(Debug, Clone)]
pub enum Event {
    /// The terminal told the colour of its ground.
    Ground {
        /// Whether dark letters are legible on it.
        is_light: bool,
    },
    /// What the user did before this run.
    UserState(Box<UserState>),
    /// What the user did in another program, or what follows from other words of an article.
    UserActions(Vec<UserAction>),
    /// What the user did is on the disk; nothing where there was nothing to split.
    Committed(Vec<UserAction>),
    /// An action was undone or redone.
    Stepped {
        /// Which of them.
        step: Step,
        /// What it was: "starred “Headline”".
        label: String,
        /// What that changed.
        actions: Vec<UserAction>,
        /// How many changes were left out because something else has changed since.
        left: usize,
    },
    /// There is nothing more to undo or redo.
    EndOfHistory(Step),
    /// Articles were read; their headlines.
    Arrived(Vec<Headline>),
    /// These articles have new findings or a new text.
    Changed(Vec<Headline>),
    /// Another program changed the findings of these articles, or whether their files are missing.
    Relisted(Vec<Headline>),
    /// All changes of another program so far have been reported; or what follows from what the user did to many articles is
    /// written.
    CaughtUp,
    /// The files of these articles are missing; the articles stay.
    Gone(Vec<ArticleId>),
    /// The files of these articles are there again.
    Present(Vec<ArticleId>),
    /// Other articles took the place of these, and have what the user did with them: each with its successor.
    Replaced(Vec<(ArticleId, ArticleId)>),
    /// These articles are gone: their files hold others now, or are no longer part of the library.
    Departed(Vec<ArticleId>),
    /// An input could not be read as an article.
    Skipped(SkippedFile),
    /// Articles that several files hold, with the paths of these.
    HeldTwice(Vec<(ArticleId, Vec<String>)>),
    /// How many hidden files and folders were skipped.
    HiddenSkipped(usize),
    /// How far reading has come.
    Progressed {
        /// Files read.
        read: usize,
        /// Files found so far.
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
        /// Who said what in it, its reported statements too.
        findings: Arc<Findings>,
        /// What the library knows of it besides.
        record: ArticleRecord,
    },
    /// A refresh brought articles of which rules notify.
    Notified(Notification),
    /// The program that tells of them failed: why.
    NotifyFailed(String),
    /// An article that was to be opened is gone.
    Missing {
        /// The request it answers.
        request: RequestId,
    },
    /// Articles that were asked for, in that order, without those that are gone.
    Articles {
        /// The request it answers.
        request: RequestId,
        /// The articles.
        articles: Vec<Arc<Article>>,
    },
    /// The next piece of what is done with very many articles may be done.
    GoOn,
    /// A search that goes on has found more, newest first.
    FoundSome {
        /// The request that it answers.
        request: RequestId,
        /// The articles found since the last report.
        hits: Vec<Hit>,
    },
    /// A search ended.
    Found {
        /// The request it answers.
        request: RequestId,
        /// The articles found since the last report.
        hits: Vec<Hit>,
    },
    /// The headlines were sorted.
    Sorted {
        /// The request it answers.
        request: RequestId,
        /// Their order.
        sorted: Sorted,
    },
    /// The hits of some searches were counted.
    Counted {
        /// The request it answers.
        request: RequestId,
        /// How many each has, in the order asked.
        counts: Vec<ArticleCounts>,
    },
    /// The speakers of the library that are known so far, the best first.
    SpeakersListed {
        /// The request it answers.
        request: RequestId,
        /// All that are known so far.
        people: Vec<Arc<Person>>,
        /// Whether these are all.
        is_last: bool,
    },
    /// The names of a person were looked up.
    NamesFound {
        /// The request it answers.
        request: RequestId,
        /// The keys (of [`person_key`](crate::catalog::person_key)) of all names that are theirs.
        keys: Vec<String>,
    },
    /// More quotations of a person have been found.
    SaidListed {
        /// The request it answers.
        request: RequestId,
        /// Who it is.
        person: Option<Arc<Person>>,
        /// What comes next.
        said: Vec<Said>,
        /// The day on which it was listed.
        today: NaiveDate,
        /// Whether that is all.
        is_last: bool,
    },
    /// The statements whose speaker is doubtful that are known so far.
    DoubtfulListed {
        /// The request it answers.
        request: RequestId,
        /// The most doubtful of them, in this order.
        doubtful: Vec<Doubtful>,
        /// How many there are.
        total: usize,
        /// Whether that is all.
        is_last: bool,
    },
    /// Who could have spoken a quotation was weighed.
    Alternatives {
        /// The request it answers.
        request: RequestId,
        /// All of them, the most likely first.
        alternatives: Vec<Alternative>,
    },
    /// The quotations of a person were written into a file.
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
        /// In which format it was to be.
        format: Format,
        /// The article that was to be written, if it was one.
        article: Option<ArticleId>,
    },
    /// A long text was laid out.
    LaidOut {
        /// The article it belongs to.
        id: ArticleId,
        /// Its rows.
        page: TextLayout,
    },
    /// All feeds, with their folders and tags.
    Sources(FeedOverview),
    /// What may be shown of a feed.
    FeedInfo {
        /// The feed.
        feed: FeedId,
        /// All of it; none where there is no such feed any more.
        info: Option<Box<FeedInfo>>,
    },
    /// The feeds of a list were subscribed to.
    FeedsImported {
        /// The file.
        file: String,
        /// How many feeds are new.
        new: usize,
        /// How many were there already, and got a tag or a feed folder.
        changed: usize,
        /// How many were there already, and stayed as they are.
        known: usize,
        /// How many entries of the list were left out.
        left_out: usize,
    },
    /// The articles of some feeds.
    Listed {
        /// The request it answers.
        request: RequestId,
        /// The articles, in no order.
        ids: Vec<ArticleId>,
    },
    /// Feeds are being refreshed.
    Refreshing {
        /// How many have answered.
        done: usize,
        /// How many are refreshed.
        of: usize,
    },
    /// A refresh has ended.
    Refreshed {
        /// New articles.
        new: usize,
        /// Articles that changed.
        updated: usize,
        /// Feeds that could not be fetched.
        failed: usize,
        /// Feeds that were not fetched because of `Retry-After`.
        postponed: usize,
        /// Articles that are kept no longer.
        expiring: Vec<ArticleId>,
        /// Whether it was cancelled.
        cancelled: bool,
        /// Whether no server could be reached.
        is_offline: bool,
    },
    /// A feed could not be fetched.
    FeedFailed {
        /// The feed.
        id: FeedId,
        /// What it is called.
        name: String,
        /// Why, as the end of a sentence that begins with its name.
        why: String,
    },
    /// A feed was subscribed to.
    Subscribed {
        /// The feed.
        id: FeedId,
        /// What it is called.
        name: String,
        /// How many articles came from it.
        articles: usize,
    },
    /// A page names several feeds: the user is to choose one.
    Discovered {
        /// The address that the user typed.
        typed: String,
        /// The address and the title of each.
        feeds: Vec<(String, String)>,
    },
    /// No feed was found at an address.
    SubscribeFailed {
        /// The address.
        address: String,
        /// Why, in a sentence.
        why: String,
    },
    /// The full text of an article was fetched, and replaces the summary.
    FullText {
        /// Which article.
        id: ArticleId,
    },
    /// The full text of an article could not be fetched.
    NoFullText {
        /// Which article.
        id: ArticleId,
        /// Why, in a sentence.
        why: String,
    },
    /// A picture was drawn, or cannot be.
    Picture {
        /// Which one.
        job: PictureJob,
        /// In how many rows; or why not.
        drawn: Result<u16, String>,
    },
    /// The page that an article links to was read, or the library had it.
    PageRead {
        /// Which page, and from where.
        job: PageJob,
        /// The article on it.
        id: ArticleId,
    },
    /// There is no article on the page that an article links to, or it could not be fetched.
    NoPage {
        /// Which page, and from where.
        job: PageJob,
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
    /// All long-running tasks.
    Tasks(Vec<Task>),
    /// A browser could not show an address.
    BrowserFailed {
        /// The address.
        url: String,
        /// How many browsers were tried.
        tried: usize,
    },
    /// Something was done, in a sentence.
    Reported(String),
    /// Something was done that stands in no history.
    DoneWithoutUndo {
        /// It, as in "The change of the address of Coast Wire".
        label: String,
        /// A sentence.
        said: String,
    },
    /// A program in the background has ended: what it said, or why it failed. It may have drawn on the terminal.
    ProgramEnded(String),
    /// A program could not be run or failed: its name, and why. It may have drawn on the terminal.
    ProgramFailed {
        /// What it is called.
        name: String,
        /// Why.
        why: String,
    },
    /// A browser that runs beside the reader has ended. It may have drawn on the terminal.
    BrowserEnded,
    /// Work failed in a way that should not happen: the message for the user.
    Failed(String),
}
