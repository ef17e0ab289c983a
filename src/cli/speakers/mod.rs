//! `pullquote speakers`: everyone who speaks, across all articles.

mod flat_rows;
mod in_library;
mod people;
mod row_format;

use std::ops::ControlFlow;
use std::path::PathBuf;

use clap::Args;

use super::Error;
use super::config::WhichConfig;
use super::corpus_scan::scan_corpus;
use super::error::{Found, Outcome, show_message};
use super::exit_status::ExitStatusArgument;
use super::fields::FieldsArgument;
use super::library_args::LibraryArguments;
use super::output::{one_of, standard, terminal_width};
use super::speaker_name::SpeakerName;
use crate::export::{Format, Shown};
use crate::text::counted;

pub use in_library::named;
use people::{People, Seen};

/// What stands under `pullquote speakers --help`.
const EXAMPLES: &str = "\
Examples:
  pullquote speakers ~/news                       everyone, who speaks most first
  pullquote speakers okafor                       those of that name in the library, under whatever name you merged
  pullquote speakers --speaker okafor ~/news
  pullquote speakers --format csv ~/news > speakers.csv
  pullquote quotes --flat ~/news | pullquote speakers -    the same from rows, of any number of parts
  pullquote speakers --format jsonl ~/news | jq -r 'select(.quotes > 9) | .name'

People of one full name are one entry, unless a title, a role or an initial tells them apart; titles before the name,
initials in the middle, case and accents do not count. A surname alone is the full name of that surname that is far more
frequent than all others; without one it stays apart. Who has no name (\"a spokesman\") is an entry in each article. The
same article in two files counts once. In data `quotes` counts runs of quoted words, `statements` what is said in one go,
`doubtful` those of the statements whose speaker is doubtful. With --reported `reported` counts what articles tell that they said
without quotation marks; all else counts quotations alone.
Rows of `pullquote quotes --flat` are put together to articles again, and a row that comes twice counts once. They do not
have the other names of a speaker in an article: by these alone, no one is known as another's surname or form of address.
Exit codes: 0 success, 1 no speaker found, 2 error. With json, jsonl and csv it is no error that no one is found, that there is
nothing to read, or that records are refused, unless --exit-status is given.";

const FORMATS: &[(Format, &str)] = &[
    (
        Format::Table,
        "For people; in a pipe, tab-separated columns: name, role, quotations, articles, first and last date, doubtful quotations",
    ),
    (Format::Json, "One array with an object for each person"),
    (Format::Jsonl, "An object for each person, on a line of its own"),
    (Format::Csv, "A line for each person, safe to open in a spreadsheet"),
    (Format::Markdown, "A table in Markdown"),
];

/// What `pullquote speakers` accepts.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub struct SpeakersArguments {
    /// Files and folders to read; `-` is standard input; by default the library. A word that is no path is a name: as --speaker,
    /// in the library
    #[arg(value_name = "PATH|NAME")]
    paths: Vec<PathBuf>,
    /// Output format
    #[arg(long, short, value_name = "FORMAT", value_parser = one_of(FORMATS), default_value = "table")]
    format: Format,
    /// Only people or organizations of this name: any words of it, in any case, accents or not
    #[arg(long, short, value_name = "NAME", value_parser = SpeakerName::parse)]
    speaker: Option<SpeakerName>,
    /// Count also what articles report of them without quotation marks, apart: "reported"; and list those of whom nothing else is said
    #[arg(long)]
    reported: bool,
    #[command(flatten)]
    fields: FieldsArgument,
    #[command(flatten)]
    exit_status: ExitStatusArgument,
}

/// Writes everyone who speaks in what the arguments name to standard output.
pub fn run(arguments: &SpeakersArguments, library_args: &LibraryArguments, which: &WhichConfig) -> Outcome {
    let (paths, name) = arguments.paths_and_name()?;
    if let Some(library) = library_args.unless_given(paths)? {
        let found = in_library::run(&library, name.as_ref(), arguments.format, arguments.reported)?;
        say_what_is_old(library.outdated_count()?, library_args);
        return Ok(arguments.exit_status.of(found, arguments.format));
    }
    if flat_rows::are_in(paths) {
        let (people, unread) = flat_rows::people_in(paths, name.as_ref());
        let found = write_people(&people, arguments)?;
        return if unread > 0 {
            Err(Error::UnreadPaths(unread))
        } else {
            Ok(arguments.exit_status.of(found, arguments.format))
        };
    }
    let mut people = People::default();
    let scan = scan_corpus(
        paths,
        library_args,
        &arguments.fields.rules_of(which)?,
        arguments.reported,
        |record| {
            let (article, findings) = record.article.as_ref().ok()?;
            let shown = Shown { reported: record.reported.as_ref(), ..Shown::quotations(findings) };
            Some(Seen::of(article, shown.all().into_owned(), name.as_ref()))
        },
        |seen| {
            people.add(seen);
            ControlFlow::Continue(())
        },
    )?;
    let found = write_people(&people, arguments)?;
    arguments.fields.warn();
    if arguments.exit_status.is_filter(arguments.format) {
        return scan.filter_outcome();
    }
    scan.outcome(found == Found::Something)
}

/// Writes everyone to standard output; returns whether there is anyone.
fn write_people(people: &People, arguments: &SpeakersArguments) -> Outcome {
    let width = terminal_width();
    let &SpeakersArguments { format, reported, .. } = arguments;
    let mut output = standard(format.speakers_frame(width, reported));
    let sorted = people.sorted(reported);
    // Whether all was written is known at the end.
    let _ = sorted.iter().try_for_each(|(person, appearances)| {
        output.write(&format.speaker(person, &people.articles_of(appearances), width, reported))
    });
    output.finish()?;
    Ok(if sorted.is_empty() { Found::Nothing } else { Found::Something })
}

/// Says on standard error how many articles are counted as an older version of the engine read them.
fn say_what_is_old(articles: usize, library_args: &LibraryArguments) {
    if articles > 0 {
        let (were, library) = (if articles == 1 { "was" } else { "were" }, library_args.typed());
        show_message(&format!(
            "{} {were} read by another version of pullquote and counted as then, also what is doubtful: \
             `pullquote doctor --rebuild{library}` reads all again, and so does opening the reader",
            counted(articles, "article")
        ));
    }
}

impl SpeakersArguments {
    /// What is to be read, and whom it is about: words that lead nowhere and do not look as if they could are a name.
    fn paths_and_name(&self) -> Result<(&[PathBuf], Option<SpeakerName>), Error> {
        let may_lead = |path: &PathBuf| {
            let typed = path.to_string_lossy();
            let has_extension = || path.extension().is_some_and(|e| !e.is_empty() && !typed.contains(' '));
            typed == "-" || typed.contains('/') || path.symlink_metadata().is_ok() || has_extension()
        };
        if self.paths.is_empty() || self.speaker.is_some() || self.paths.iter().any(may_lead) {
            return Ok((&self.paths, self.speaker.clone()));
        }
        let words: Vec<_> = self.paths.iter().map(|path| path.to_string_lossy()).collect();
        let name = words.join(" ");
        Ok((&[], Some(SpeakerName::parse(&name).map_err(|_| Error::Missing(name))?)))
    }
}
