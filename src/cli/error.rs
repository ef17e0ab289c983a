//! What went wrong, as a person reads it: what, which file, what to do next.

use std::io::{self, Write};
use std::os::unix::ffi::OsStrExt;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use crate::ingest::{IngestError, NoThreads, SubscribeError};
use crate::library;
use crate::query::QueryError;
use crate::text::{clean_line, counted, may_deceive};

/// Commands in hints that are about a library.
const OF_A_LIBRARY: [&str; 6] =
    ["pullquote add", "pullquote doctor", "pullquote list", "pullquote quotes", "pullquote search", "pullquote set"];

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
    /// A file is no configuration.
    #[error(transparent)]
    Config(#[from] crate::config::ConfigError),
    /// Something in the configuration does not hold.
    #[error("{} has {}; the rest holds", .0.display(), .1)]
    WrongConfig(PathBuf, String),
    /// There is no such theme.
    #[error("{}", clean_line(.0))]
    NoTheme(String),
    /// A page could not be read.
    #[error("{0}")]
    Page(String),
    /// Not one of the paths gave an article.
    #[error("no article could be read")]
    NothingReadable,
    /// So many of the paths that were named cannot be read.
    #[error("{} could not be read; all else was", counted(*.0, "path"))]
    UnreadPaths(usize),
    /// An option does not go with the format.
    #[error("{0} needs {1}")]
    NeedsFormat(&'static str, &'static str),
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
    /// A file does not say who speaks, as `evaluate` needs it.
    #[error("{} does not say who speaks ({})", .0.display(), .1)]
    NotSpeakers(PathBuf, #[source] serde_json::Error),
    /// A folder or a file cannot be read.
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
    /// Several feeds have this name: their addresses.
    #[error("{count} are called {0}: {all}", count = counted(.1.len(), "feed"), all = .1.join(", "))]
    SeveralSources(String, Vec<String>),
    /// A word is neither the id nor the address of an article.
    #[error("“{0}” is neither the id nor the address of an article")]
    NoArticleName(String),
    /// Nothing is said to be done with articles.
    #[error("nothing is to be done with them")]
    NoDeed,
    /// A tag has no letters.
    #[error("“{0}” is no tag")]
    NoTag(String),
    /// A tag is not written as one can be; says why.
    #[error("“{1}” is no tag: a tag {0}")]
    WrongTag(String, String),
    /// A tag is to be there and not to be there.
    #[error("the tag {0} cannot be added and removed at once")]
    TagBothWays(String),
    /// A setting of a feed cannot have this value; what would be right.
    #[error("{0}")]
    FeedSetting(String),
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
    #[error("{}", failed_feeds(*.failed, *.gone))]
    SourcesFailed {
        /// How many.
        failed: usize,
        /// How many of them are gone for good.
        gone: usize,
    },
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

fn failed_feeds(failed: usize, gone: usize) -> String {
    let feeds = counted(failed, "feed");
    match gone {
        0 => format!("{feeds} failed; retried later"),
        1 if failed == 1 => "1 feed is gone; it is not fetched again".to_owned(),
        _ if gone == failed => format!("{feeds} are gone; they are not fetched again"),
        _ => format!("{feeds} failed, {gone} of them gone for good; the others are retried later"),
    }
}

impl Error {
    /// What the person may do about it.
    fn hint(&self) -> Option<&'static str> {
        match self {
            Self::NothingReadable => Some("give text files, or folders with some: pullquote --help"),
            Self::UnreadPaths(_) => Some("what is wrong with each stands above"),
            Self::NeedsFormat(..) => Some("which formats there are: pullquote quotes --help"),
            Self::NoTerminal => Some("for output in a pipe use: pullquote quotes"),
            Self::Page(_) => Some("give the address of a page, or a file with one: pullquote page --help"),
            Self::Missing(_) => Some("give files or folders with articles, or an address that starts with https://"),
            Self::Terminal(_) => Some("try another terminal, or: pullquote quotes"),
            Self::NotACorpus(_) => Some("what a corpus looks like: pullquote evaluate --help"),
            Self::NotSpeakers(..) => Some(
                "expected is {\"ARTICLE\": {\"segments\": {\"0\": \"Full Name\"}, \
                 \"aliases\": {\"Full Name\": [\"Name\"]}}}; more: pullquote evaluate --help",
            ),
            Self::WouldOverwrite(_) => Some("use another folder, or --force to overwrite them"),
            Self::NoFolderWanted => {
                Some("the other formats go to standard output: pullquote quotes --format csv > FILE")
            }
            Self::SubscribeFailed(why) => Some(why.hint()),
            Self::SeveralFeeds(_) => Some("add one of them: pullquote add URL"),
            Self::NoSource(_) => Some("list the feeds: pullquote list"),
            Self::SeveralSources(..) => Some("name one of them by its address"),
            Self::NoArticleName(_) => Some(
                "an id has 16 hexadecimal digits; ids of what a query finds: pullquote search --format jsonl QUERY",
            ),
            Self::NoDeed => Some("give what: --read, --unread, --star, --unstar, --tag TAG or --untag TAG"),
            Self::NoTag(_) | Self::WrongTag(..) => Some("a tag is a word, such as budget or to-call"),
            Self::TagBothWays(_) => Some("give it once: --tag or --untag"),
            Self::NoList(..) | Self::NotImportable(..) | Self::NothingImported(_) => {
                Some("give OPML, the urls of newsboat, or what pullquote export wrote")
            }
            Self::NoCommand(_) => Some("all commands: pullquote --help"),
            Self::SourcesFailed { .. } => Some("see which and why: pullquote list"),
            Self::Config(_) => Some("mend it, or name another: --config FILE; nothing is written into it"),
            Self::WrongConfig(..) => Some("every option and key, with its default: pullquote config"),
            Self::NoTheme(_) => Some(
                "terminal, terminal-light, dark, light, safe, safe-light, mono, auto, or a file in the folder themes beside config.toml",
            ),
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
            | Self::Output(_)
            | Self::FeedSetting(_) => None,
        }
    }

    /// All that the person may do about it, a line each. `library` is what its commands need to work with
    /// the library that the person gave.
    fn hints(&self, library: &str) -> Vec<String> {
        match self {
            Self::Query(error) => {
                vec![[Some(error.hint()), error.phrase_in_shell()].into_iter().flatten().collect::<Vec<_>>().join("; ")]
            }
            Self::DamagedLibrary(path, _) => {
                let (place, word) = (path.display(), in_shell(path));
                vec![
                    format!("before anything else, copy {place}, and {place}-wal where there is one"),
                    format!("where only the search index is damaged: pullquote doctor --rebuild{library}"),
                    format!(
                        "what can still be read: pullquote export{library} > all.jsonl, then pullquote import --library NEW all.jsonl"
                    ),
                    format!(
                        "what SQLite can recover, by its program of version 3.43 or newer: sqlite3 {word} .recover | sqlite3 NEW, then pullquote doctor --rebuild --library NEW"
                    ),
                    "or start anew with --library NEW: folders and feeds are read again once they are added".to_owned(),
                ]
            }
            _ => {
                let named = |hint: String, command: &&str| hint.replace(command, &format!("{command}{library}"));
                self.hint().map(|hint| OF_A_LIBRARY.iter().fold(hint.to_owned(), named)).into_iter().collect()
            }
        }
    }

    /// Prints it, with what the person may do about it.
    pub fn show(&self, library: &str) {
        show_message(&self.to_string());
        self.hints(library).iter().for_each(|hint| show_message(&format!("hint: {hint}")));
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
            SubscribeError::Fetch(..) | SubscribeError::FetchEither(..) => Self::SubscribeFailed(why),
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

/// Prints what went wrong, if anything did, and returns the exit code. `library` is what commands need to work with the
/// library that was given.
pub fn report(outcome: Outcome, library: &str) -> ExitCode {
    match outcome {
        Ok(Found::Something) => ExitCode::SUCCESS,
        Ok(Found::Nothing) => ExitCode::from(1),
        Err(failure) if failure.is_broken_pipe() => ExitCode::SUCCESS,
        // As a shell counts it; whoever sent it knows.
        Err(Error::Signal(number)) => ExitCode::from(128 + number as u8),
        Err(failure) => {
            failure.show(library);
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

/// A path as one word of a POSIX shell (Shell Command Language, 2.2: quoting); no option, whatever it begins with.
pub fn in_shell(path: &Path) -> String {
    let path = if path.as_os_str().as_bytes().starts_with(b"-") { &Path::new(".").join(path) } else { path };
    let is_plain = |c: char| c.is_alphanumeric() || "/._-+,:@%".contains(c);
    match path.to_str() {
        Some(name) if !name.is_empty() && name.chars().all(is_plain) => name.to_owned(),
        Some(name) if !name.chars().any(may_deceive) => format!("'{}'", name.replace('\'', r"'\''")),
        // What would not reach a terminal as it is, is written by its bytes (2.2.4).
        _ => {
            let is_itself = |byte: u8| byte.is_ascii_graphic() && !b"'\\".contains(&byte);
            let written =
                |&byte: &u8| if is_itself(byte) { char::from(byte).to_string() } else { format!("\\{byte:03o}") };
            format!("$'{}'", path.as_os_str().as_bytes().iter().map(written).collect::<String>())
        }
    }
}

#[cfg(test)]
mod tests {
    use std::ffi::OsStr;

    use super::*;

    #[test]
    fn path_is_one_word_of_a_shell() {
        for (path, word) in [
            (&b"/data/library.sqlite3"[..], "/data/library.sqlite3"),
            (b"my news/l.sqlite3", "'my news/l.sqlite3'"),
            (b"~/it's $HOME", r"'~/it'\''s $HOME'"),
            (b"", "''"),
            (b"-x", "./-x"),
            (b"d\xe9 1\n", r"$'d\351\0401\012'"),
        ] {
            assert_eq!(in_shell(Path::new(OsStr::from_bytes(path))), word);
        }
    }
}
