//! The command line: arguments, the composition of the parts, reports of what went wrong.
//!
//! Accepts the arguments of the process; returns an exit code: 0 when all is well, 1 when nothing was found, 2 on an error.
//! Standard output is data, standard error is talk. It never knows cells.

mod add;
mod argument_order;
mod article_name;
mod clippings;
mod config;
mod corpus_scan;
mod doctor;
mod error;
mod evaluate;
mod exit_status;
mod feed_list;
mod fields;
mod folders;
mod library_args;
mod list;
mod man;
mod mark;
mod notifier;
mod output;
mod page;
mod prune;
mod quotes;
mod read;
mod refresh;
mod remove;
mod rules;
mod search;
mod set;
mod show;
mod signals;
mod speaker_name;
mod speakers;
mod transfer;

use std::env;
use std::ffi::OsString;
use std::io::{self, Write};
use std::process::ExitCode;

use clap::{CommandFactory, FromArgMatches, Parser, Subcommand};
use clap_complete::Shell;

pub use error::{Error, Found, Outcome};

/// What stands under `pullquote --help`.
const EXAMPLES: &str = "\
Examples:
  pullquote                           read the library; the samples while it is empty
  pullquote ~/news                    read every article under a folder
  pullquote add ~/news                add it to the library
  zcat crawl.txt.gz | pullquote -     read what comes in
  pullquote quotes --speaker Peskov ~/news
  pullquote quotes --format jsonl ~/news | jq .speakers
  pullquote speakers ~/news           everyone who speaks, and how often

Options stand before or after the command. A path called like a command is read as ./quotes.
Exit codes: 0 success, 1 nothing found, 2 error.";

/// A terminal news reader that shows who said what.
#[derive(Debug, Parser)]
#[command(name = "pullquote", version, after_help = EXAMPLES, args_conflicts_with_subcommands = true)]
struct Arguments {
    #[command(subcommand)]
    command: Option<Command>,
    #[command(flatten)]
    read: read::ReadArguments,
    #[command(flatten)]
    library: library_args::LibraryArguments,
    #[command(flatten)]
    config: config::WhichConfig,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// List who said what, as a table or as data
    Quotes(quotes::QuotesArguments),
    /// List the speakers: name, role, how often, where
    Speakers(speakers::SpeakersArguments),
    /// Search the library, as a table or as data
    Search(search::SearchArguments),
    /// Print an article of the library: by its id, its address, or the first that a search finds
    Show(show::ShowArguments),
    /// Print the article of a web page without keeping it, or say how it is found there
    Page(page::PageArguments),
    /// Mark articles of the library, by id or address: read, starred, tagged
    Mark(mark::MarkArguments),
    /// List the quotations that you keep, as footnotes, as a table or as data
    Clippings(clippings::ClippingsArguments),
    /// Subscribe to feeds, or to the feed of a page; or add folders to the library, which are scanned at every start
    Add(add::AddArguments),
    /// Refresh the feeds of the library, by hand or from cron
    Refresh(refresh::RefreshArguments),
    /// Change the settings of a feed, or show them
    Set(set::SetArguments),
    /// List the folders and feeds of the library, with their numbers of articles
    List(list::ListArguments),
    /// Remove feeds or folders from the library; the articles of a feed and the files stay, marks are kept
    Remove(add::InputArguments),
    /// Export the whole library to standard output: articles, marks, corrections
    Export(transfer::ExportArguments),
    /// Import what export wrote; or subscribe to the feeds of an OPML file or of the `urls` of newsboat, and fetch them
    Import(transfer::ImportArguments),
    /// Check the library and show its size
    Doctor(doctor::DoctorArguments),
    /// List the rules of the configuration, say what they would do, or apply them to articles that are there
    Rules(rules::RulesArguments),
    /// Delete articles of feeds that are kept no longer
    Prune(prune::PruneArguments),
    /// Print the configuration with every default, or say what is wrong in yours
    Config(config::ConfigArguments),
    /// Measure the attribution on annotated articles
    Evaluate(evaluate::EvaluateArguments),
    /// Write the completions for a shell to standard output
    Completions {
        /// Which shell
        shell: Shell,
    },
    /// Write a manual page to standard output, or all of them into a folder
    Man(man::ManArguments),
}

impl Arguments {
    /// Reads the arguments of a process, its name first.
    fn read(arguments: Vec<OsString>) -> Result<Self, clap::Error> {
        let mut command = Self::command();
        let arguments = argument_order::command_first(arguments, &mut command)?;
        Self::from_arg_matches(&command.try_get_matches_from(arguments)?)
    }
}

/// Runs the program with the arguments of the process; returns its exit code.
pub fn main() -> ExitCode {
    let arguments = match Arguments::read(env::args_os().collect()) {
        Ok(arguments) => arguments,
        Err(error) => return error::report_usage(&error),
    };
    let (library_args, config) = (arguments.library, arguments.config);
    let outcome = match arguments.command {
        Some(Command::Quotes(arguments)) => quotes::run(&arguments, &library_args, &config),
        Some(Command::Speakers(arguments)) => speakers::run(&arguments, &library_args, &config),
        Some(Command::Add(arguments)) => add::run(arguments, &library_args, &config),
        Some(Command::Search(arguments)) => search::run(&arguments, &library_args),
        Some(Command::Show(arguments)) => show::run(&arguments, &library_args),
        Some(Command::Page(arguments)) => page::run(&arguments, &config),
        Some(Command::Mark(arguments)) => mark::run(&arguments, &library_args),
        Some(Command::Clippings(arguments)) => clippings::run(&arguments, &library_args),
        Some(Command::Export(arguments)) => transfer::export(&arguments, &library_args),
        Some(Command::Import(arguments)) => transfer::import(&arguments, &library_args, &config),
        Some(Command::Doctor(arguments)) => doctor::run(&arguments, &library_args),
        Some(Command::Refresh(arguments)) => refresh::run(&arguments, &library_args, &config),
        Some(Command::Set(arguments)) => set::run(&arguments, &library_args),
        Some(Command::List(arguments)) => list::run(&arguments, &library_args),
        Some(Command::Remove(arguments)) => remove::run(arguments, &library_args),
        Some(Command::Rules(arguments)) => rules::run(&arguments, &library_args, &config),
        Some(Command::Prune(arguments)) => prune::run(&arguments, &library_args, &config),
        Some(Command::Config(arguments)) => config::run(&arguments, &config),
        Some(Command::Evaluate(arguments)) => evaluate::run(&arguments),
        Some(Command::Completions { shell }) => complete(shell),
        Some(Command::Man(arguments)) => man::run(&arguments, Arguments::command()),
        None => read::run(&arguments.read, &library_args, &config),
    };
    error::report(outcome, &library_args.typed())
}

fn complete(shell: Shell) -> Outcome {
    // Made in memory first: the crate panics when the output is closed.
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut Arguments::command(), "pullquote", &mut script);
    io::stdout().write_all(&script)?;
    Ok(Found::Something)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Reads a command line, and writes down what was understood.
    fn understood(arguments: &[String]) -> Result<(bool, String), String> {
        let arguments = std::iter::once("pullquote").chain(arguments.iter().map(String::as_str)).map(OsString::from);
        let read = Arguments::read(arguments.collect()).map_err(|error| error.to_string())?;
        Ok((read.command.is_some(), format!("{read:?}")))
    }

    fn line(arguments: &str) -> Vec<String> {
        arguments.split_whitespace().map(str::to_owned).collect()
    }

    /// A value that an argument accepts.
    fn value_of(argument: &clap::Arg) -> String {
        argument.get_possible_values().first().map_or_else(|| "x".to_owned(), |value| value.get_name().to_owned())
    }

    /// Each sub-command with what it cannot do without.
    fn sub_commands() -> Vec<Vec<String>> {
        let required = |command: &clap::Command| -> Vec<String> {
            let required = command.get_positionals().filter(|argument| argument.is_required_set());
            required.map(value_of).collect()
        };
        let all: Vec<_> = Arguments::command()
            .get_subcommands()
            .map(|command| [vec![command.get_name().to_owned()], required(command)].concat())
            .collect();
        assert!(all.len() > 10);
        all
    }

    /// Each option, global or of the reader only, as it is written.
    fn options(is_global: bool) -> Vec<Vec<String>> {
        let command = Arguments::command();
        let all =
            command.get_arguments().filter(|option| option.is_global_set() == is_global && !option.is_positional());
        let written = |option: &clap::Arg| {
            let name = format!("--{}", option.get_long().unwrap());
            let value = match option.get_id().as_str() {
                _ if !option.get_action().takes_values() => return vec![vec![name]],
                "refresh_every" => "5".to_owned(),
                _ => value_of(option),
            };
            vec![vec![format!("{name}={value}")], vec![name, value]]
        };
        all.flat_map(written).collect()
    }

    #[test]
    fn global_option_counts_before_and_after_every_command() {
        for command in sub_commands() {
            let without = understood(&command).unwrap();
            for option in options(true) {
                let before = understood(&[option.clone(), command.clone()].concat()).unwrap();
                let after = understood(&[command.clone(), option.clone()].concat()).unwrap();
                assert!(before.0, "{option:?} before {command:?} hides the command");
                assert_eq!(before, after, "{option:?} {command:?}");
                assert_ne!(before, without, "{option:?} {command:?}");
            }
        }
    }

    #[test]
    fn reader_option_before_a_command_is_refused() {
        for command in sub_commands() {
            for option in options(false) {
                let error = understood(&[option.clone(), command.clone()].concat()).unwrap_err();
                let name = option[0].split('=').next().unwrap();
                assert!(error.contains(name) && error.contains("is an option of the reader"), "{error}");
            }
        }
    }

    #[test]
    fn options_that_conflict_are_refused_wherever_they_stand() {
        for arguments in
            ["--library x list --no-library", "--no-library list --library=x", "--library x list --library y"]
        {
            assert!(understood(&line(arguments)).is_err(), "{arguments}");
        }
    }

    #[test]
    fn word_after_a_path_is_a_path() {
        for (arguments, paths) in [
            ("news list", r#"paths: ["news", "list"]"#),
            ("news --library x list", r#"paths: ["news", "list"]"#),
            ("--library x news list", r#"paths: ["news", "list"]"#),
            ("--no-library - list", r#"paths: ["-", "list"]"#),
            ("--theme dark ./list", r#"paths: ["./list"]"#),
            ("--library x -- list", r#"paths: ["list"]"#),
            ("--library list", "paths: []"),
        ] {
            let (is_command, read) = understood(&line(arguments)).unwrap();
            assert!(!is_command && read.contains(paths), "{arguments}: {read}");
        }
    }
}
