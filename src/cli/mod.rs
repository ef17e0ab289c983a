//! The command line: arguments, the composition of the parts, reports of what went wrong.
//!
//! Takes what the shell hands over; gives an exit code: 0 when all is well, 1 when nothing was found, 2 on an error.
//! Standard output is data, standard error is talk. It never knows cells.

mod doctor;
mod error;
mod evaluate;
mod folders;
mod forms;
mod ordered;
mod place;
mod quotes;
mod read;
mod refresh;
mod search;
mod speaker_name;
mod speakers;
mod subscriptions;
mod sweep;
mod transfer;

use std::io::{self, Write};
use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Args, CommandFactory, Parser, Subcommand};
use clap_complete::Shell;

pub use error::{Failure, Found, Outcome};

/// What stands under `pullquote --help`.
const EXAMPLES: &str = "\
Examples:
  pullquote                           read the library; the samples while it is empty
  pullquote ~/news                    read every article under a folder
  pullquote add ~/news                make it part of the library
  zcat crawl.txt.gz | pullquote -     read what comes in
  pullquote quotes --speaker Peskov ~/news
  pullquote quotes --format jsonl ~/news | jq .speakers
  pullquote speakers ~/news           everyone who speaks, and how often

A path called like a command is read as ./quotes. Exit codes: 0 good, 1 nothing found, 2 error.";

/// A terminal news reader that shows who said what.
#[derive(Debug, Parser)]
#[command(name = "pullquote", version, after_help = EXAMPLES, args_conflicts_with_subcommands = true)]
struct Arguments {
    #[command(subcommand)]
    command: Option<Command>,
    #[command(flatten)]
    read: ReadArguments,
    #[command(flatten)]
    library: place::LibraryArguments,
}

/// What the reader takes.
#[derive(Debug, Args)]
pub struct ReadArguments {
    /// Files and folders to read; `-` is standard input, nothing the library
    #[arg(value_name = "PATH")]
    pub paths: Vec<PathBuf>,
    /// Leave the mouse to the terminal
    #[arg(long)]
    pub no_mouse: bool,
    /// Ask the sources that are due every so many minutes, and at the start
    #[arg(long, value_name = "MINUTES", value_parser = clap::value_parser!(u32).range(1..))]
    pub refresh_every: Option<u32>,
    /// The colours to draw with; without it the terminal's own, none when `NO_COLOR` is set
    #[arg(long, value_name = "NAME", value_parser = clap::builder::PossibleValuesParser::new(crate::ui::THEMES))]
    pub theme: Option<String>,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// List who said what, as a table or as data
    Quotes(quotes::QuotesArguments),
    /// List everyone who speaks: name, role, how often, where
    Speakers(speakers::SpeakersArguments),
    /// Search the library, as a table or as data
    Search(search::SearchArguments),
    /// Subscribe to feeds, or to the feed of a page; or make folders part of the library, which are looked through at
    /// every start
    Add(folders::FolderArguments),
    /// Ask the sources of the library what is new, for a person or for cron
    Refresh(refresh::RefreshArguments),
    /// Change what a source is called and how it is asked; or say what it is
    Set(subscriptions::SetArguments),
    /// List the folders and sources of the library, and how many articles it has
    List,
    /// Take sources or folders out of the library; the articles of a source and the files stay, marks are kept
    Remove(folders::FolderArguments),
    /// Write all of the library to standard output: articles, marks, corrections
    Export(transfer::ExportArguments),
    /// Read into the library what export wrote; or make sources of OPML or of the `urls` of newsboat
    Import(transfer::ImportArguments),
    /// Look whether the library is sound, and how large it is
    Doctor(doctor::DoctorArguments),
    /// Measure how often the attribution is right, on articles that people annotated
    Evaluate(evaluate::EvaluateArguments),
    /// Write the completions for a shell to standard output
    Completions {
        /// Which shell
        shell: Shell,
    },
}

/// Runs the program with the arguments of the process; gives its exit code.
pub fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let place = arguments.library;
    let outcome = match arguments.command {
        Some(Command::Quotes(arguments)) => quotes::run(&arguments, &place),
        Some(Command::Speakers(arguments)) => speakers::run(&arguments, &place),
        Some(Command::Add(arguments)) => subscriptions::add(arguments, &place),
        Some(Command::Search(arguments)) => search::run(&arguments, &place),
        Some(Command::Export(arguments)) => transfer::export(&arguments, &place),
        Some(Command::Import(arguments)) => transfer::import(&arguments, &place),
        Some(Command::Doctor(arguments)) => doctor::run(&arguments, &place),
        Some(Command::Refresh(arguments)) => refresh::run(&arguments, &place),
        Some(Command::Set(arguments)) => subscriptions::set(&arguments, &place),
        Some(Command::List) => folders::list(&place),
        Some(Command::Remove(arguments)) => subscriptions::remove(arguments, &place),
        Some(Command::Evaluate(arguments)) => evaluate::run(&arguments),
        Some(Command::Completions { shell }) => complete(shell),
        None => read::run(&arguments.read, &place),
    };
    error::report(outcome)
}

fn complete(shell: Shell) -> Outcome {
    // Made in memory first: the crate panics when the output is closed.
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut Arguments::command(), "pullquote", &mut script);
    io::stdout().write_all(&script)?;
    Ok(Found::Something)
}
