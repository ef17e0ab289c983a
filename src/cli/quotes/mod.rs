//! `pullquote quotes`: who said what, as a table or as data.

mod standoff_folder;

use std::collections::HashSet;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

use clap::Args;

use super::Error;
use super::config::WhichConfig;
use super::corpus_scan::{Input, present, scan_corpus, scan_input};
use super::error::{Found, Outcome};
use super::fields::FieldsArgument;
use super::library_args::LibraryArguments;
use super::output::{one_of, standard, terminal_width};
use super::speaker_name::SpeakerName;
use super::speakers::named;
use crate::article::{ArticleId, FieldMap};
use crate::catalog::Identity;
use crate::export::{self, Format};
use crate::library::Library;
use crate::quotes::Findings;

use standoff_folder::StandoffFolder;

/// What stands under `pullquote quotes --help`.
const EXAMPLES: &str = "\
Examples:
  pullquote quotes                                  the quotations in the library
  pullquote quotes --speaker 'Ines Okafor' ~/news   all that one person said
  pullquote quotes --speaker okafor                 the same, in the library, under whatever name you merged
  pullquote quotes --format csv ~/news > quotes.csv
  pullquote quotes --format jsonl ~/news | jq -r '.quotes[] | select(.speaker == null) | .text'
  pullquote quotes --format brat --output mine ~/news
  pullquote quotes --fields title=headline.main,text=body,date=pub_date crawl.jsonl

json, jsonl and csv hold every quotation, terms and titles too (see \"kind\").
\"start\" and \"end\" count Unicode code points into \"text\".
brat writes what `pullquote evaluate` reads; the tool BRAT itself wants text and annotations side by side in one folder.
A folder that already has such files in it is not written to, so that annotators lose no work, unless --force is given.
Exit codes: 0 success, 1 no quotation found, 2 error.";

const FORMATS: &[(Format, &str)] = &[
    (Format::Table, "For people; in a pipe, tab-separated columns: speaker, quotation, date, headline, path"),
    (Format::Json, "One array with an object for each article"),
    (Format::Jsonl, "An object for each article, on a line of its own"),
    (Format::Csv, "A line for each quotation, safe to open in a spreadsheet"),
    (Format::Markdown, "Markdown, a list for each article"),
    (Format::Brat, "Files for annotators, into the folder given with --output"),
];

/// What `pullquote quotes` accepts.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub struct QuotesArguments {
    /// Files and folders to read; `-` is standard input; by default the library
    #[arg(value_name = "PATH")]
    paths: Vec<PathBuf>,
    /// Output format
    #[arg(long, short, value_name = "FORMAT", value_parser = one_of(FORMATS), default_value = "table")]
    format: Format,
    /// Only what this person or organization said: any words of the name, in any case, accents or not
    #[arg(long, short, value_name = "NAME", value_parser = SpeakerName::parse)]
    speaker: Option<SpeakerName>,
    /// The folder for --format brat: text/NAME.txt and attributions/NAME.ann go there
    #[arg(long, short, value_name = "DIR", required_if_eq("format", "brat"))]
    output: Option<PathBuf>,
    /// Overwrite files in that folder
    #[arg(long, requires = "output")]
    force: bool,
    #[command(flatten)]
    fields: FieldsArgument,
}

/// Writes the quotations in what the arguments name to standard output, or into a folder.
pub fn run(arguments: &QuotesArguments, library_args: &LibraryArguments, which: &WhichConfig) -> Outcome {
    let fields = arguments.fields.or_of(which)?;
    match (&arguments.output, arguments.format) {
        (Some(folder), Format::Brat) => write_folder(arguments, folder, library_args, &fields),
        (Some(_), _) => Err(Error::NoFolderWanted),
        (None, _) => write_out(arguments, library_args, &fields),
    }
}

fn write_out(arguments: &QuotesArguments, library_args: &LibraryArguments, fields: &FieldMap) -> Outcome {
    let width = terminal_width();
    let library = library_args.unless_given(&arguments.paths)?;
    let mut output = standard(arguments.format.quotations_frame());
    let (input, identities) = match &library {
        None => (Input::Paths(&arguments.paths), HashSet::new()),
        Some(library) => {
            let Whom { identities, articles } = Whom::of(arguments.speaker.as_ref(), library)?;
            if arguments.speaker.is_some() && articles.is_empty() {
                output.finish()?;
                return Ok(Found::Nothing);
            }
            (Input::Library(library, articles), identities)
        }
    };
    let mut shown = 0;
    let scan = scan_input(
        input,
        fields,
        |article, findings| {
            let findings = arguments.narrow(findings, &identities)?;
            let written = arguments.format.quotations(&article, &findings, width)?;
            Some((written, arguments.shown(&findings)))
        },
        |(written, count)| {
            shown += count;
            output.write(&written)
        },
    )?;
    output.finish()?;
    scan.outcome(shown > 0)
}

/// Writes standoff files for annotators.
fn write_folder(
    arguments: &QuotesArguments,
    folder: &Path,
    library_args: &LibraryArguments,
    fields: &FieldMap,
) -> Outcome {
    let mut folder = StandoffFolder::open(folder, arguments.force)?;
    let (mut shown, mut result) = (0, Ok(()));
    let scan = scan_corpus(
        &arguments.paths,
        library_args,
        fields,
        |article, findings| {
            let findings = arguments.narrow(findings, &HashSet::new())?;
            let annotations = export::annotations(&article, &findings);
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
    scan.outcome(shown > 0)
}

/// Whose quotations are wanted, and where in the library they stand.
struct Whom {
    identities: HashSet<Identity>,
    articles: Vec<ArticleId>,
}

impl Whom {
    /// Looks up who has the name, and under whatever other names they speak; without a name, every article is wanted.
    fn of(name: Option<&SpeakerName>, library: &Library) -> Result<Self, Error> {
        let mut whom = Self { identities: HashSet::new(), articles: Vec::new() };
        let mut imprints = Vec::new();
        let Some(name) = name else {
            whom.articles = present(library)?;
            return Ok(whom);
        };
        for person in named(library, name)? {
            whom.identities.extend(library.identities_of(&person.identity)?);
            imprints.extend(library.appearances_of(&person.identity)?);
        }
        imprints.sort_by(|(one, _), (other, _)| one.list_key().cmp(&other.list_key()));
        let mut seen = HashSet::new();
        whom.articles = imprints.into_iter().map(|(imprint, _)| imprint.id).filter(|id| seen.insert(*id)).collect();
        Ok(whom)
    }
}

impl QuotesArguments {
    /// Who said what in an article, of those that are wanted; nothing where they say nothing in it.
    fn narrow(&self, findings: Findings, identities: &HashSet<Identity>) -> Option<Findings> {
        let Some(name) = &self.speaker else { return Some(findings) };
        Some(name.narrow_with(findings, identities)).filter(|findings| !findings.quotations.is_empty())
    }

    /// How many quotations are shown.
    fn shown(&self, findings: &Findings) -> usize {
        findings.quotations.iter().filter(|quotation| self.format.shows(quotation)).count()
    }
}
