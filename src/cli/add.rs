//! `pullquote add`: feeds and folders become part of the library.

use std::io::{self, BufRead, IsTerminal, Write};
use std::path::PathBuf;

use chrono::Utc;
use clap::Args;
use serde::Serialize;

use super::Error;
use super::config::{Fetching, WhichConfig};
use super::error::{Found, Outcome, show_message};
use super::fields::FieldsArgument;
use super::library_args::LibraryArguments;
use super::list::count;
use crate::article::InputRules;
use crate::export::json;
use crate::fetch::discovery::DiscoveredFeed;
use crate::fetch::{HttpClient, Limits, Logins, shown};
use crate::ingest::{Batch, ReadJournal, Refresh, Subscribed, Totals, absolute, ingest_paths, is_address, subscribe};
use crate::library::{Library, Scope};
use crate::text::{clean_line, counted};
use crate::user::Rule;

/// What is added or removed.
#[derive(Debug, Args)]
pub struct InputArguments {
    /// Addresses, folders or files
    #[arg(value_name = "URL|PATH", required = true, value_hint = clap::ValueHint::AnyPath)]
    paths: Vec<PathBuf>,
}

/// What `pullquote add` accepts.
#[derive(Debug, Args)]
pub struct AddArguments {
    #[command(flatten)]
    inputs: InputArguments,
    /// Write an object of JSON for each feed, and one for the folders, on a line each
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    fields: FieldsArgument,
}

/// A feed that was added, for programs.
#[derive(Serialize)]
struct AddedFeedRecord<'a> {
    feed: &'a str,
    url: String,
    /// Whether it is new in the library.
    new: bool,
    /// How many new articles came from it.
    articles: usize,
    error: Option<String>,
}

/// What was read from folders and files, for programs.
#[derive(Serialize)]
struct AddedFoldersRecord {
    folders: Vec<String>,
    /// How many articles were read.
    articles: usize,
    skipped: usize,
    /// How many articles are in the library now.
    library: usize,
}

impl InputArguments {
    /// Returns the addresses, and the paths.
    pub fn split(self) -> (Vec<String>, Vec<PathBuf>) {
        let (addresses, paths): (Vec<_>, Vec<_>) = self.paths.into_iter().partition(|path| is_address(path));
        (addresses.iter().map(|address| address.to_string_lossy().into_owned()).collect(), paths)
    }
}

/// Subscribes to the feeds at addresses, and makes folders part of the library. One that fails keeps none of the others
/// from being added; the exit code is 2 then.
pub fn run(arguments: AddArguments, library_args: &LibraryArguments, which: &WhichConfig) -> Outcome {
    let is_json = arguments.json;
    let (addresses, paths) = arguments.inputs.split();
    super::signals::end_programs_with_us()?;
    let config = which.config()?;
    let rules = config.rules.clone();
    let input_rules = arguments.fields.rules(&config);
    let Fetching { logins, notifier } = Fetching::of(config);
    let mut failures = Vec::new();
    if !addresses.is_empty() {
        let library = library_args.open_or_fail()?;
        library.set_rules(rules.clone());
        library.set_input_rules(input_rules.clone());
        let add = |address: &String| add_feed(&library, &logins, (address, address), is_json).err();
        failures.extend(addresses.iter().filter_map(add));
        notifier.tell(library.take_notified());
    }
    if !paths.is_empty() {
        failures.extend(add_folders(&paths, library_args, (rules, input_rules), is_json).err());
    }
    // The last one is reported as all errors are.
    let last = failures.pop();
    for failure in &failures {
        failure.show(&library_args.typed());
    }
    last.map_or(Ok(Found::Something), Err)
}

fn add_feed(library: &Library, logins: &Logins, (address, typed): (&str, &str), is_json: bool) -> Result<(), Error> {
    let client = HttpClient::new(Limits::default()).with_logins(logins);
    let refresh = Refresh { library, client: &client, now: Utc::now() };
    match subscribe(&refresh, address, typed).map_err(Error::from)? {
        Subscribed::Known(source) => {
            let (name, url) = (source.name(), shown(&source.settings.address));
            let line = format!("already subscribed to {name}: {url}");
            let record = AddedFeedRecord { feed: &name, url, new: false, articles: 0, error: None };
            writeln!(io::stdout(), "{}", if is_json { json(&record) } else { line })?;
            Ok(())
        }
        Subscribed::New(refreshed) => {
            let at = shown(&refreshed.source.settings.address);
            if let Some(error) = refreshed.error() {
                show_message(&format!("{at} {error}"));
            }
            let (feed, articles) = (refreshed.source.name(), refreshed.new.len());
            let line = if is_json {
                json(&AddedFeedRecord { feed: &feed, url: at, new: true, articles, error: refreshed.error() })
            } else {
                format!("{feed}: {}, from {at}", counted(articles, "article"))
            };
            let mut batch = Batch::default();
            batch.push_refreshed(*refreshed);
            batch.commit(library)?;
            writeln!(io::stdout(), "{line}")?;
            Ok(())
        }
        Subscribed::Several(found) => match choose(typed, &found)? {
            Some(chosen) => add_feed(library, logins, (&chosen, typed), is_json),
            None => Err(Error::SeveralFeeds(shown(typed))),
        },
    }
}

/// Lists the feeds of a page; where a person sits at a terminal, asks which one to subscribe to.
fn choose(page: &str, found: &[DiscoveredFeed]) -> io::Result<Option<String>> {
    let mut talk = io::stderr().lock();
    writeln!(talk, "{} has {}:", shown(page), counted(found.len(), "feed"))?;
    for (number, feed) in found.iter().enumerate() {
        let title = feed.title.as_deref().unwrap_or_default();
        writeln!(talk, "{:>4}  {}  {}", number + 1, shown(&feed.address), clean_line(title))?;
    }
    if !io::stdin().is_terminal() {
        return Ok(None);
    }
    write!(talk, "Which? (1 to {}, Enter for none) ", found.len())?;
    talk.flush()?;
    let mut line = String::new();
    if io::stdin().lock().read_line(&mut line)? == 0 {
        writeln!(talk)?;
    }
    let number = line.trim().parse::<usize>().ok().and_then(|number| number.checked_sub(1));
    Ok(number.and_then(|number| found.get(number)).map(|feed| feed.address.clone()))
}

/// Makes folders part of the library and reads what is new in them.
fn add_folders(
    paths: &[PathBuf],
    library_args: &LibraryArguments,
    (rules, input_rules): (Vec<Rule>, InputRules),
    is_json: bool,
) -> Result<(), Error> {
    if let Some(missing) = paths.iter().find(|path| !path.exists()) {
        return Err(Error::Missing(missing.display().to_string()));
    }
    let library = library_args.open_or_fail()?;
    library.set_rules(rules);
    library.set_input_rules(input_rules);
    let paths: Vec<_> = paths.iter().map(|path| absolute(path)).collect();
    library.add_folders(&paths)?;
    let journal = ReadJournal::start(&library);
    journal.forget_on_signal()?;
    let Totals { articles, skipped } =
        ingest_paths(&library, &journal, &paths, &mut |skipped| show_message(&skipped.to_string()))?;
    let whole = count(&library, &Scope::Whole)?;
    let line = if is_json {
        let folders = paths.iter().map(|path| path.display().to_string()).collect();
        json(&AddedFoldersRecord { folders, articles, skipped, library: whole })
    } else {
        let refused = if skipped == 0 { String::new() } else { format!(", {skipped} skipped") };
        format!("{} read{refused}; {whole} in the library", counted(articles, "article"))
    };
    writeln!(io::stdout(), "{line}")?;
    // What is known already is not read again.
    let is_all_refused = articles == 0 && skipped > 0 && count(&library, &Scope::Under(paths))? == 0;
    if is_all_refused { Err(Error::NothingReadable) } else { Ok(()) }
}
