//! `pullquote quotes`: who said what, as a table or as data.

mod brat;
mod csv;
#[cfg(test)]
mod fixture;
mod format;
mod json;
mod markdown;
mod standoff_folder;
mod table;

use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

use clap::Args;

use super::error::Outcome;
use super::place::LibraryArguments;
use super::speaker_name::SpeakerName;
use super::sweep::sweep;
use super::{Failure, forms};
use crate::quotes::Findings;

use format::Format;
use standoff_folder::StandoffFolder;

/// What stands under `pullquote quotes --help`.
const EXAMPLES: &str = "\
Examples:
  pullquote quotes                                  the quotations in the library
  pullquote quotes --speaker 'Ines Okafor' ~/news   all that one person said
  pullquote quotes --format csv ~/news > quotes.csv
  pullquote quotes --format jsonl ~/news | jq -r '.quotes[] | select(.speaker == null) | .text'
  pullquote quotes --format brat --output mine ~/news

json, jsonl and csv hold every quotation, terms and titles too (see \"kind\").
\"start\" and \"end\" count Unicode code points into \"text\".
brat writes what `pullquote evaluate` reads; the tool BRAT itself wants text and annotations side by side in one folder.
A folder that holds such files already is left alone, lest annotators lose their work, unless --force is given.
Exit codes: 0 good, 1 no quotation found, 2 error.";

/// What `pullquote quotes` takes.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub struct QuotesArguments {
    /// Files and folders to read; `-` is standard input, nothing the library
    #[arg(value_name = "PATH")]
    paths: Vec<PathBuf>,
    /// How to write it down
    #[arg(long, short, value_enum, value_name = "FORMAT", default_value_t = Format::Table)]
    format: Format,
    /// Only what this person or body said: any words of their name, in any case, accents or not
    #[arg(long, short, value_name = "NAME", value_parser = SpeakerName::parse)]
    speaker: Option<SpeakerName>,
    /// The folder for --format brat: text/NAME.txt and attributions/NAME.ann go there
    #[arg(long, short, value_name = "DIR", required_if_eq("format", "brat"))]
    output: Option<PathBuf>,
    /// Write over files that are in that folder already
    #[arg(long, requires = "output")]
    force: bool,
}

/// Writes the quotations in what the arguments name to standard output, or into a folder.
pub fn run(arguments: &QuotesArguments, place: &LibraryArguments) -> Outcome {
    match (&arguments.output, arguments.format) {
        (Some(folder), Format::Brat) => write_folder(arguments, folder, place),
        (Some(_), _) => Err(Failure::NoFolderWanted),
        (None, _) => write_out(arguments, place),
    }
}

fn write_out(arguments: &QuotesArguments, place: &LibraryArguments) -> Outcome {
    let width = forms::terminal_width();
    let mut output = forms::standard(arguments.format.frame());
    let mut shown = 0;
    let sweep = sweep(
        &arguments.paths,
        place,
        |article, findings| {
            let findings = arguments.narrow(findings)?;
            let written = arguments.format.write(&article, &findings, width)?;
            Some((written, arguments.shown(&findings)))
        },
        |(written, count)| {
            shown += count;
            output.write(&written)
        },
    )?;
    output.finish()?;
    sweep.outcome(shown > 0)
}

/// Writes standoff files for annotators.
fn write_folder(arguments: &QuotesArguments, folder: &Path, place: &LibraryArguments) -> Outcome {
    let mut folder = StandoffFolder::open(folder, arguments.force)?;
    let (mut shown, mut result) = (0, Ok(()));
    let sweep = sweep(
        &arguments.paths,
        place,
        |article, findings| {
            let findings = arguments.narrow(findings)?;
            let annotations = brat::annotations(&article, &findings);
            Some((article, annotations, arguments.shown(&findings)))
        },
        |(article, annotations, count)| {
            shown += count;
            result = folder.write(&article, &annotations);
            if result.is_ok() { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
        },
    )?;
    result?;
    folder.finish()?;
    sweep.outcome(shown > 0)
}

impl QuotesArguments {
    /// Who said what in an article, of those that are wanted; nothing where they say nothing in it.
    fn narrow(&self, findings: Findings) -> Option<Findings> {
        let Some(name) = &self.speaker else { return Some(findings) };
        Some(name.narrow(findings)).filter(|findings| !findings.quotations.is_empty())
    }

    /// How many quotations are shown.
    fn shown(&self, findings: &Findings) -> usize {
        findings.quotations.iter().filter(|quotation| self.format.shows(quotation)).count()
    }
}
