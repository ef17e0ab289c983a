//! What went wrong, as a person reads it: what, which file, what to do next.

use std::io::{self, Write};
use std::path::PathBuf;
use std::process::ExitCode;

use crate::ingest::{IngestError, NoThreads, SubscribeError};
use crate::library;
use crate::query::QueryError;
use crate::text::{clean_line, counted, may_deceive};

/// How a command ends.
pub type Outcome = Result<Found, Error>;

/// Whether there was anything.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Found {
    /// There was.
    Something,
    /// There was not: exit code 1, as with grep.
    Nothing,
}

/// Why a command could not do its work: exit code 2.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// Not one of the paths gave an article.
    #[error("no article could be read")]
    NothingReadable,
    /// There is no terminal to draw on.
    #[error("the reader needs a terminal")]
    NoTerminal,
    /// There is nothing at a path.
    #[error("{0} does not exist")]
    Missing(String),
    /// The terminal cannot be drawn on.
    #[error("the terminal cannot be used ({0})")]
    Terminal(#[source] io::Error),
    /// The folder does not hold annotated articles.
    #[error("{} is not a corpus: it has no folders text and attributions", .0.display())]
    NotACorpus(PathBuf),
    /// A folder cannot be read.
    #[error("{} cannot be read ({})", .0.display(), .1)]
    Unreadable(PathBuf, #[source] io::Error),
    /// A folder for output holds files that would be lost.
    #[error("{} already has files in it", .0.display())]
    WouldOverwrite(PathBuf),
    /// A file or folder cannot be written.
    #[error("{} cannot be written ({})", .0.display(), .1)]
    Unwritable(PathBuf, #[source] io::Error),
    /// A folder for output was named with a format that goes to standard output.
    #[error("only --format brat writes into a folder")]
    NoFolderWanted,
    /// No feed was found at an address.
    #[error("{0}")]
    SubscribeFailed(SubscribeError),
    /// A page links to several feeds, and there is no terminal on which to choose.
    #[error("{0} has several feeds; none was added")]
    SeveralFeeds(String),
    /// There is no such source.
    #[error("{0} is not a feed of the library")]
    NoSource(String),
    /// A header has no name; how it begins: the rest may be a password.
    #[error("“{0} …” is not a header")]
    NoHeader(String),
    /// A file is no list of feeds.
    #[error("{0} {1}")]
    NoList(String, #[source] crate::fetch::opml::OpmlError),
    /// A file has no text that could be imported.
    #[error("{} {}", .0.display(), .1)]
    NotImportable(PathBuf, #[source] crate::formats::ParseError),
    /// All that stands in a file was refused.
    #[error("nothing of {} could be imported", .0.display())]
    NothingImported(PathBuf),
    /// There is no such sub-command.
    #[error("{0} is not a command of pullquote")]
    NoCommand(String),
    /// Sources were asked and gave nothing.
    #[error("{} failed; retried later", counted(*.0, "feed"))]
    SourcesFailed(usize),
    /// A part of a search cannot be understood.
    #[error("{0}")]
    Query(QueryError),
    /// There is no library to write to.
    #[error("this needs a library")]
    NoLibrary,
    /// The library cannot be used.
    #[error("{0}")]
    Library(#[from] library::Error),
    /// The file of the library is damaged.
    #[error("{1}")]
    DamagedLibrary(PathBuf, #[source] library::Error),
    /// Parts of the library could not be exported.
    #[error("{} of the library could not be read and exported", counted(*.0, "part"))]
    Unexported(usize),
    /// What the user did last in the reader is lost.
    #[error("your last changes could not be saved: {0}")]
    Unwritten(#[source] library::Error),
    /// The system has no threads for the work.
    #[error(transparent)]
    NoThreads(#[from] NoThreads),
    /// The user left by a signal; its number.
    #[error("ended by signal {0}")]
    Signal(i32),
    /// Writing to the output failed.
    #[error("the output cannot be written ({0})")]
    Output(#[from] io::Error),
}

impl Error {
    /// What the person may do about it.
    fn hint(&self) -> Option<&'static str> {
        match self {
            Self::NothingReadable => Some("give text files, or folders with some: pullquote --help"),
            Self::NoTerminal => Some("for output in a pipe use: pullquote quotes"),
            Self::Missing(_) => Some("give files or folders with articles, or an address that starts with https://"),
            Self::Terminal(_) => Some("try another terminal, or: pullquote quotes"),
            Self::NotACorpus(_) => Some("what a corpus looks like: pullquote evaluate --help"),
            Self::WouldOverwrite(_) => Some("use another folder, or --force to overwrite them"),
            Self::NoFolderWanted => {
                Some("the other formats go to standard output: pullquote quotes --format csv > FILE")
            }
            Self::SubscribeFailed(why) => Some(why.hint()),
            Self::SeveralFeeds(_) => Some("add one of them: pullquote add URL"),
            Self::NoSource(_) => Some("list the feeds: pullquote list"),
            Self::NoHeader(_) => Some("a header has a name and a value: --header 'Authorization: Bearer …'"),
            Self::NoList(..) | Self::NotImportable(..) | Self::NothingImported(_) => {
                Some("give OPML, the urls of newsboat, or what pullquote export wrote")
            }
            Self::NoCommand(_) => Some("all commands: pullquote --help"),
            Self::SourcesFailed(_) => Some("see which and why: pullquote list"),
            Self::NoLibrary => Some("leave out --no-library, or name a file: --library FILE"),
            Self::Library(error) | Self::Unwritten(error) => Some(error.hint()),
            Self::Unexported(_) => Some("all else is there; what can be done: pullquote doctor"),
            Self::NoThreads(_) => Some("close other programs, or raise the limit on processes: ulimit -u"),
            // Their hints name what was typed.
            Self::Query(_)
            | Self::DamagedLibrary(..)
            | Self::Signal(_)
            | Self::Unreadable(..)
            | Self::Unwritable(..)
            | Self::Output(_) => None,
        }
    }

    /// All that the person may do about it, a line each.
    fn hints(&self) -> Vec<String> {
        match self {
            Self::Query(error) => {
                vec![[Some(error.hint()), error.phrase_in_shell()].into_iter().flatten().collect::<Vec<_>>().join("; ")]
            }
            Self::DamagedLibrary(path, _) => {
                let place = path.display();
                vec![
                    format!("before anything else, copy {place}, and {place}-wal where there is one"),
                    "where only the search index is damaged: pullquote doctor --rebuild".to_owned(),
                    "what can still be read: pullquote export > all.jsonl, then pullquote import --library NEW all.jsonl"
                        .to_owned(),
                    format!(
                        "what SQLite can recover: sqlite3 '{place}' .recover | sqlite3 NEW, then pullquote doctor --rebuild --library NEW"
                    ),
                    "or start anew with --library NEW: folders and feeds are read again once they are added".to_owned(),
                ]
            }
            _ => self.hint().map(str::to_owned).into_iter().collect(),
        }
    }

    /// Prints it, with what the person may do about it.
    pub fn show(&self) {
        show_message(&self.to_string());
        self.hints().iter().for_each(|hint| show_message(&format!("hint: {hint}")));
    }

    /// Whether the process that reads our output has closed it, which is no failure.
    fn is_broken_pipe(&self) -> bool {
        matches!(self, Self::Output(error) if error.kind() == io::ErrorKind::BrokenPipe)
    }
}

impl From<SubscribeError> for Error {
    fn from(why: SubscribeError) -> Self {
        match why {
            SubscribeError::Library(error) => Self::Library(error),
            SubscribeError::Fetch(..) => Self::SubscribeFailed(why),
        }
    }
}

impl From<IngestError> for Error {
    fn from(why: IngestError) -> Self {
        match why {
            IngestError::Library(error) => Self::Library(error),
            IngestError::NoThreads(error) => Self::NoThreads(error),
        }
    }
}

/// Prints what went wrong, if anything did, and returns the exit code.
pub fn report(outcome: Outcome) -> ExitCode {
    match outcome {
        Ok(Found::Something) => ExitCode::SUCCESS,
        Ok(Found::Nothing) => ExitCode::from(1),
        Err(failure) if failure.is_broken_pipe() => ExitCode::SUCCESS,
        // As a shell counts it; whoever sent it knows.
        Err(Error::Signal(number)) => ExitCode::from(128 + number as u8),
        Err(failure) => {
            failure.show();
            ExitCode::from(2)
        }
    }
}

/// Prints what is wrong with the arguments, or the help that they ask for, and returns the exit code. What was typed is
/// named in it, and may hold anything.
pub fn report_usage(error: &clap::Error) -> ExitCode {
    let steers = |c: &char| *c != '\n' && may_deceive(*c);
    let plain = error.to_string();
    if plain.chars().any(|c| steers(&c)) {
        let cleaned: String = plain.chars().filter(|c| !steers(c)).collect();
        let _ = io::stderr().write_all(cleaned.as_bytes());
    } else {
        let _ = error.print();
    }
    ExitCode::from(error.exit_code() as u8)
}

/// Writes a line to standard error, cleaned: it may name a file whose name holds anything.
pub fn show_message(line: &str) {
    // Without standard error there is nowhere to report it.
    let _ = writeln!(io::stderr(), "pullquote: {}", clean_line(line));
}
