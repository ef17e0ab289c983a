//! `pullquote man`: the manual pages, from the same definition as the help and the completions.

use std::fs;
use std::io::{self, Write};
use std::iter;
use std::path::{Path, PathBuf};

use clap::{Args, Command};
use clap_mangen::Man;

use super::error::{Error, Found, Outcome};

/// What `pullquote man` accepts.
#[derive(Debug, Args)]
pub struct ManArguments {
    /// The command whose page is written; by default the page of the whole program
    command: Option<String>,
    /// Write every page into this folder instead, as a package needs them
    #[arg(long, short, value_name = "DIR", conflicts_with = "command")]
    output: Option<PathBuf>,
}

/// Writes one manual page to standard output, or all of them into a folder; pages that are there are replaced.
pub fn run(arguments: &ManArguments, program: Command) -> Outcome {
    // Its page would only repeat `pullquote help`.
    let mut program = program.disable_help_subcommand(true);
    // Adds the global options and the full names to the sub-commands.
    program.build();
    match (&arguments.output, &arguments.command) {
        (Some(folder), _) => write_all(&program, folder)?,
        (None, None) => io::stdout().write_all(page(&program)?.as_bytes())?,
        (None, Some(name)) => {
            let command = program.find_subcommand(name).ok_or_else(|| Error::NoCommand(name.clone()))?;
            io::stdout().write_all(page(command)?.as_bytes())?;
        }
    }
    Ok(Found::Something)
}

fn write_all(program: &Command, folder: &Path) -> Result<(), Error> {
    fs::create_dir_all(folder).map_err(|error| Error::Unwritable(folder.to_owned(), error))?;
    for command in iter::once(program).chain(program.get_subcommands()) {
        let path = folder.join(Man::new(command.clone()).get_filename());
        fs::write(&path, page(command)?).map_err(|error| Error::Unwritable(path, error))?;
    }
    Ok(())
}

/// Returns the page of the program or of one of its commands, in roff. `command` must have been built.
fn page(command: &Command) -> io::Result<String> {
    let mut page = Vec::new();
    Man::new(command.clone())
        // The page has no date of its own; the two marks keep its place, an empty one would be left out.
        .date("\"\"")
        .source(concat!("pullquote ", env!("CARGO_PKG_VERSION")))
        .manual("User Commands")
        .render(&mut page)?;
    let mut page = String::from_utf8_lossy(&page).into_owned();
    // What stands below the help: examples in columns, which are not to be filled, an empty line, notes.
    if let Some((options, below)) = page.split_once(".SH EXTRA\nExamples:\n") {
        let below = below.replacen("\n\n", "\n.fi\n.SH NOTES\n", 1);
        page = format!("{options}.SH EXAMPLES\n.nf\n{below}");
    }
    if command.get_name() != "pullquote" {
        page.push_str(".SH \"SEE ALSO\"\n\\fBpullquote\\fR(1)\n");
    }
    Ok(page)
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use super::*;

    #[test]
    fn page_names_every_argument_of_its_command() {
        let mut program = super::super::Arguments::command().disable_help_subcommand(true);
        program.build();
        let mut checked = 0;
        for command in iter::once(&program).chain(program.get_subcommands()) {
            let page = page(command).unwrap();
            // Global options too, which stand on each page.
            for argument in command.get_arguments() {
                let short = argument.get_short().map(|letter| format!("\\fB\\-{letter}\\fR"));
                let long = argument.get_long().map(|name| format!("\\fB\\-\\-{}\\fR", name.replace('-', "\\-")));
                let values = argument.get_value_names().filter(|_| argument.get_action().takes_values());
                let value = values.map(|values| {
                    let (before, after) = if argument.is_positional() { ("", "") } else { ("<", ">") };
                    format!("\\fI{before}{}{after}\\fR", values.join("> <"))
                });
                let (_, described) = page.split_once(".SH OPTIONS\n").unwrap();
                for name in [short, long, value].into_iter().flatten() {
                    assert!(described.contains(&name), "{}: {name} is missing", command.get_name());
                    checked += 1;
                }
            }
            assert!(!page.contains(".SH EXTRA") && page.contains("\n.nf\n") == page.contains("\n.fi\n"), "{page}");
            assert_eq!(page.contains(".SH EXAMPLES"), command.get_after_help().is_some(), "{page}");
        }
        assert!(checked > 100, "{checked}");
    }

    #[test]
    fn main_page_leads_to_the_page_of_every_command() {
        let mut program = super::super::Arguments::command().disable_help_subcommand(true);
        program.build();
        let page = page(&program).unwrap();
        for command in program.get_subcommands() {
            assert!(page.contains(&format!("pullquote\\-{}(1)", command.get_name())), "{}", command.get_name());
        }
    }
}
