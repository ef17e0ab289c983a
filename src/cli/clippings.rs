//! `pullquote clippings`: the quotations that the user keeps, for people, texts and programs.

use std::io::{self, Write};

use clap::Args;

use super::error::{Found, Outcome};
use super::exit_status::ExitStatusArgument;
use super::library_args::LibraryArguments;
use super::output::{one_of, terminal_width};
use crate::export::Format;
use crate::text::fold;

/// What stands under `pullquote clippings --help`.
const EXAMPLES: &str = "\
Examples:
  pullquote clippings                       all of them, the oldest first
  pullquote clippings okafor bridge         those with these words, in quotation, note, headline or tags
  pullquote clippings --format footnotes    to paste into a text
  pullquote clippings --format jsonl | jq .note

Exit codes: 0 success, 1 nothing found, 2 error. With json, jsonl and csv it is no error that nothing is found,
unless --exit-status is given.";

const FORMATS: &[(Format, &str)] = &[
    (Format::Table, "For people; in a pipe, tab-separated columns: speaker, quotation, note, date, headline, place"),
    (Format::Markdown, "An item for each, with its note"),
    (Format::Footnotes, "Each quotation with the key of its footnote, then the footnotes, in Markdown"),
    (Format::Csv, "A line for each, safe to open in a spreadsheet"),
    (Format::Json, "One array"),
    (Format::Jsonl, "An object for each, on a line of its own"),
];

/// What `pullquote clippings` accepts.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub struct ClippingsArguments {
    /// Words that they have
    #[arg(value_name = "WORD")]
    words: Vec<String>,
    /// Output format
    #[arg(long, short, value_name = "FORMAT", value_parser = one_of(FORMATS), default_value = "table")]
    format: Format,
    #[command(flatten)]
    exit_status: ExitStatusArgument,
}

/// Writes the clippings of the library to standard output.
pub fn run(arguments: &ClippingsArguments, library_args: &LibraryArguments) -> Outcome {
    let library = library_args.look_into()?;
    let state = library.user_state();
    let words = fold(&arguments.words.join(" "));
    let words: Vec<&str> = words.split_whitespace().collect();
    let mut clippings: Vec<_> = state.clippings.iter().filter(|(_, clipping)| clipping.has_all(&words)).collect();
    clippings.sort_by_key(|(id, clipping)| (clipping.kept, **id));
    let clippings: Vec<_> = clippings.into_iter().map(|(_, clipping)| clipping).collect();
    let width = terminal_width();
    io::stdout().write_all(arguments.format.clippings(&clippings, width).as_bytes())?;
    let found = if clippings.is_empty() { Found::Nothing } else { Found::Something };
    Ok(arguments.exit_status.of(found, arguments.format))
}
