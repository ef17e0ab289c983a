//! `pullquote quotes`: who said what, as a table or as data.

mod standoff_folder;

use std::collections::HashSet;
use std::num::NonZeroUsize;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

use clap::Args;
use clap::builder::{PossibleValuesParser, TypedValueParser};

use super::Error;
use super::config::WhichConfig;
use super::corpus_scan::{Input, ScanOptions, ScannedRecord, present, scan_records};
use super::error::{Found, Outcome};
use super::exit_status::ExitStatusArgument;
use super::fields::FieldsArgument;
use super::library_args::LibraryArguments;
use super::output::{one_of, standard, terminal_width};
use super::speaker_name::SpeakerName;
use super::speakers::named;
use crate::article::{ArticleId, InputRules};
use crate::catalog::Identity;
use crate::export::{self, Format, KINDS, REPORTED, RecordLayout, RecordShape, Shown, engine_header};
use crate::folder::{ReadError, ReadErrorKind, is_stream};
use crate::formats::{ParseError, ReadOptions, StatedFormat};
use crate::library::Library;
use crate::quotes::{Findings, ReportedSpeech, Speaker};

use standoff_folder::StandoffFolder;

/// What stands under `pullquote quotes --help`.
const EXAMPLES: &str = "\
Examples:
  pullquote quotes                                  the quotations in the library
  pullquote quotes --speaker 'Ines Okafor' ~/news   all that one person said
  pullquote quotes --speaker okafor                 the same, in the library, under whatever name you merged
  pullquote quotes --format csv ~/news > quotes.csv
  pullquote quotes --format jsonl ~/news | jq -r '.quotes[] | select(.speaker == null) | .text'
  pullquote quotes --reported --format jsonl ~/news | jq -r '.quotes[] | .kind, .text'
  pullquote quotes --kind speech,reported --flat ~/news > said.jsonl
  pullquote quotes --format brat --output mine ~/news
  pullquote quotes --flat --keep id,url - < crawl.jsonl > quotes.jsonl
  pullquote quotes --flat --format csv --keep id --input-format jsonl part-*.jsonl
  pullquote quotes --fields title=headline.main,text=body,date=pub_date crawl.jsonl

json, jsonl and csv hold every quotation, terms and titles too (see \"kind\"). With --reported they also hold what the article
reports without quotation marks (\"Okafor said the bridge would close\": \"the bridge would close\"), as \"reported\": the
words are the article's, not the speaker's, and stand in no quotation. A statement in several pieces is a row or object for
each, with one number (\"statement\"), counted on from those of the quotations; in a table \"(reported)\" stands behind it.
\"start\" and \"end\" count Unicode code points into \"text\".
--flat writes a row for each quotation, without nesting, always with the same columns: \"n\" counts the quotations of an
article, \"before\" and \"after\" are the words around it in its paragraph. A record without quotations is one row, and so is
one that is no article: \"error\" says why. On standard error it is named by its line in JSON Lines and tables, and else by
which record it is. What is packed is written once its checksum is known to match (of a part over 4 MiB, when it is read: where
that is damaged, it is said which lines or records not to trust). Fields that --keep names stand in \"input_NAME\", else in \"article.input\", in the
form that they had; in rows, lists and objects are text. Values of --flat --format csv are not guarded for spreadsheets, and
those of kept fields hold whatever the input holds, control characters too, unless standard output is a terminal.
Rows come in the order of the records, the same on any number of --jobs; what comes through a pipe is answered at once
where it is JSON by the line, or --input-format says what it is.
brat writes what `pullquote evaluate` reads; the tool BRAT itself wants text and annotations side by side in one folder.
A folder that already has such files in it is not written to, so that annotators lose no work, unless --force is given.
Exit codes: 0 success, 1 no quotation found, 2 error. With json, jsonl and csv it is no error that nothing is found, that there
is nothing to read, or that records are refused, unless --exit-status is given.";

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
    /// Files, folders and pipes to read; `-` is standard input; by default the library
    #[arg(value_name = "PATH")]
    paths: Vec<PathBuf>,
    /// Output format [default: table; jsonl with --flat]
    #[arg(long, short, value_name = "FORMAT", value_parser = one_of(FORMATS))]
    format: Option<Format>,
    /// Only what this person or organization said: any words of the name, in any case, accents or not
    #[arg(long, short, value_name = "NAME", value_parser = SpeakerName::parse)]
    speaker: Option<SpeakerName>,
    /// Add what articles report that somebody said, in their own words and without quotation marks, as kind "reported"
    #[arg(long)]
    reported: bool,
    /// Only these kinds: speech, fragment, term, title, reported; "reported" implies --reported
    #[arg(long, value_name = "KIND,…", value_delimiter = ',', value_parser = PossibleValuesParser::new(KINDS))]
    kind: Vec<String>,
    /// The folder for --format brat: text/NAME.txt and attributions/NAME.ann go there
    #[arg(long, short, value_name = "DIR", required_if_eq("format", "brat"))]
    output: Option<PathBuf>,
    /// Overwrite files in that folder
    #[arg(long, requires = "output")]
    force: bool,
    #[command(flatten)]
    fields: FieldsArgument,
    #[command(flatten)]
    filter: FilterArguments,
}

/// What `pullquote quotes` accepts as a filter between other programs.
#[derive(Debug, Args)]
#[command(next_help_heading = "As a filter")]
#[expect(clippy::struct_excessive_bools, reason = "each is a flag of the command line")]
struct FilterArguments {
    /// A row for each quotation, always with the same columns, none in another: for tables of other programs
    #[arg(long)]
    flat: bool,
    /// Bring back these fields of each record of the input: names of members or columns, or a path such as headline.main
    #[arg(long, value_name = "FIELD,…", value_delimiter = ',')]
    keep: Vec<String>,
    /// Leave out the text of the articles
    #[arg(long)]
    no_text: bool,
    /// Leave out records without quotations
    #[arg(long)]
    no_empty: bool,
    /// Say what each paragraph is, and where
    #[arg(long, conflicts_with = "flat")]
    blocks: bool,
    /// Begin with a line that says which engine found the quotations, and with which weights
    #[arg(long)]
    header: bool,
    /// The format of the input, where it is not to be told from how it begins
    #[arg(long, value_name = "FORMAT", value_parser = stated_format())]
    input_format: Option<StatedFormat>,
    /// On how many threads quotations are looked for; by default one for each core
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=1024))]
    jobs: Option<u16>,
    #[command(flatten)]
    exit_status: ExitStatusArgument,
}

impl FilterArguments {
    /// The names of the fields that are kept, each once.
    fn kept_fields(&self) -> Vec<String> {
        let mut seen = HashSet::new();
        self.keep
            .iter()
            .map(|name| name.trim().to_owned())
            .filter(|n| !n.is_empty() && seen.insert(n.clone()))
            .collect()
    }
}

fn stated_format() -> impl TypedValueParser<Value = StatedFormat> {
    let names = PossibleValuesParser::new(StatedFormat::ALL.map(|(name, _)| name));
    names.map(|name| StatedFormat::named(&name).unwrap_or(StatedFormat::Text))
}

/// Writes the quotations in what the arguments name to standard output, or into a folder.
pub fn run(arguments: &QuotesArguments, library_args: &LibraryArguments, which: &WhichConfig) -> Outcome {
    arguments.check()?;
    let rules = arguments.fields.rules_of(which)?;
    match (&arguments.output, arguments.format()) {
        (Some(folder), Format::Brat) => write_folder(arguments, folder, library_args, rules),
        (Some(_), _) => Err(Error::NoFolderWanted),
        (None, _) => write_out(arguments, library_args, rules),
    }
}

fn write_out(arguments: &QuotesArguments, library_args: &LibraryArguments, rules: InputRules) -> Outcome {
    let layout = arguments.layout();
    let library = library_args.unless_given(&arguments.paths)?;
    let mut output = standard(if arguments.is_data() { layout.frame() } else { layout.format.quotations_frame() });
    let header = arguments.filter.header.then(engine_header);
    for line in header.into_iter().chain(layout.opening()) {
        output.try_write(&line)?;
    }
    let (input, identities) = match &library {
        None => (Input::Paths(&arguments.paths), HashSet::new()),
        Some(library) => {
            let Whom { identities, articles } =
                Whom::of(arguments.speaker.as_ref(), library, arguments.has_reported())?;
            if arguments.speaker.is_some() && articles.is_empty() {
                output.finish()?;
                return Ok(if arguments.is_filter() { Found::Something } else { Found::Nothing });
            }
            (Input::Library(library, articles), identities)
        }
    };
    // What comes through a pipe may be waited for, record by record.
    let is_live = arguments.paths.iter().any(|path| path == Path::new("-") || is_stream(path));
    let record = RecordWriter { arguments, layout: &layout, identities: &identities, width: terminal_width() };
    let mut shown = 0;
    let scan = scan_records(
        input,
        &arguments.scan_options(rules),
        |read| record.written(read),
        |written| {
            for (part, count) in written {
                shown += count;
                output.write(&part)?;
            }
            if is_live { output.flush() } else { ControlFlow::Continue(()) }
        },
    )?;
    output.finish()?;
    arguments.fields.warn();
    if arguments.is_filter() { scan.filter_outcome() } else { scan.outcome(shown > 0) }
}

/// Writes what is found in a record, on any thread.
struct RecordWriter<'a> {
    arguments: &'a QuotesArguments,
    layout: &'a RecordLayout,
    identities: &'a HashSet<Identity>,
    width: Option<usize>,
}

impl RecordWriter<'_> {
    /// A record as it is written, and how many quotations are shown in it; none where it is not written.
    fn written(&self, record: &ScannedRecord) -> Option<(String, usize)> {
        let (article, findings) = match &record.article {
            Ok(found) => found,
            Err(refused) if self.arguments.is_data() && is_record(refused) => {
                let why = refused.parse_error().map_or_else(|| refused.why.to_string(), |why| why.reason().to_string());
                return self.layout.refused(&refused.origin, &why, &record.kept).map(|written| (written, 0));
            }
            Err(_) => return None,
        };
        let narrowed = match &self.arguments.speaker {
            Some(_) => Some(self.arguments.narrow(findings, record.reported.as_ref(), self.identities)?),
            None => None,
        };
        let (findings, reported) = match &narrowed {
            Some((findings, reported)) => (findings, reported.as_ref()),
            None => (findings, record.reported.as_ref()),
        };
        let shown = Shown { findings, reported, kinds: &self.arguments.kind };
        let written = if self.arguments.is_data() {
            self.layout.article(article, shown, &record.kept)?
        } else {
            self.layout.format.quotations(article, shown, self.width)?
        };
        Some((written, self.layout.format.words(shown).len()))
    }
}

/// Whether what was refused is a record of the input, or an input that should be one article.
fn is_record(refused: &ReadError) -> bool {
    let is_none = |why: &ParseError| why.is_of_nothing() || why.is_note();
    !matches!(refused.why, ReadErrorKind::Missing) && !refused.parse_error().is_some_and(is_none)
}

/// Writes standoff files for annotators.
fn write_folder(
    arguments: &QuotesArguments,
    folder: &Path,
    library_args: &LibraryArguments,
    rules: InputRules,
) -> Outcome {
    let mut folder = StandoffFolder::open(folder, arguments.force)?;
    let library = library_args.unless_given(&arguments.paths)?;
    let input = match &library {
        Some(library) => Input::Library(library, present(library)?),
        None => Input::Paths(&arguments.paths),
    };
    let (mut shown, mut result) = (0, Ok(()));
    let scan = scan_records(
        input,
        &arguments.scan_options(rules),
        |record| {
            let (article, findings) = record.article.as_ref().ok()?;
            let (findings, reported) = arguments.narrow(findings, record.reported.as_ref(), &HashSet::new())?;
            let findings = Shown { reported: reported.as_ref(), ..Shown::quotations(&findings) }.all().into_owned();
            let annotations = export::annotations(article, &findings);
            Some((article.clone(), annotations, findings.quotations.len()))
        },
        |written| {
            for (article, annotations, count) in written {
                shown += count;
                result = folder.write(&article, &annotations);
                if result.is_err() {
                    return ControlFlow::Break(());
                }
            }
            ControlFlow::Continue(())
        },
    )?;
    result?;
    folder.finish()?;
    arguments.fields.warn();
    scan.outcome(shown > 0)
}

/// Whose quotations are wanted, and where in the library they stand.
struct Whom {
    identities: HashSet<Identity>,
    articles: Vec<ArticleId>,
}

impl Whom {
    /// Looks up who has the name, and under whatever other names they speak; without a name, every article is wanted.
    fn of(name: Option<&SpeakerName>, library: &Library, with_reported: bool) -> Result<Self, Error> {
        let mut whom = Self { identities: HashSet::new(), articles: Vec::new() };
        let mut imprints = Vec::new();
        let Some(name) = name else {
            whom.articles = present(library)?;
            return Ok(whom);
        };
        for person in named(library, name, with_reported)? {
            whom.identities.extend(library.identities_of(&person.identity)?);
            imprints.extend(if with_reported {
                library.all_appearances_of(&person.identity)?
            } else {
                library.appearances_of(&person.identity)?
            });
        }
        imprints.sort_by(|(one, _), (other, _)| one.list_key().cmp(&other.list_key()));
        let mut seen = HashSet::new();
        whom.articles = imprints.into_iter().map(|(imprint, _)| imprint.id).filter(|id| seen.insert(*id)).collect();
        Ok(whom)
    }
}

impl QuotesArguments {
    fn format(&self) -> Format {
        self.format.unwrap_or(if self.filter.flat { Format::Jsonl } else { Format::Table })
    }

    /// Whether the output is for programs.
    fn is_data(&self) -> bool {
        matches!(self.format(), Format::Json | Format::Jsonl | Format::Csv)
    }

    /// Whether to find nothing is no failure.
    fn is_filter(&self) -> bool {
        self.filter.exit_status.is_filter(self.format())
    }

    /// Whether the options go with the format.
    fn check(&self) -> Result<(), Error> {
        let format = self.format();
        let is_object = matches!(format, Format::Json | Format::Jsonl);
        let filter = &self.filter;
        let shows_all = is_object || matches!(format, Format::Csv | Format::Table);
        let needs = [
            (!self.kind.is_empty(), shows_all, "--kind", "--format table, jsonl, json or csv"),
            (filter.header, format == Format::Jsonl, "--header", "--format jsonl"),
            (filter.flat, self.is_data(), "--flat", "--format jsonl, json or csv"),
            (filter.blocks, is_object, "--blocks", "--format jsonl or json"),
            (filter.no_text, is_object || filter.flat, "--no-text", "--flat, or --format jsonl or json"),
            (!filter.keep.is_empty(), is_object || filter.flat, "--keep", "--flat, or --format jsonl or json"),
            (filter.no_empty, self.is_data(), "--no-empty", "--format jsonl, json or csv"),
        ];
        match needs.into_iter().find(|(is_given, has_format, ..)| *is_given && !has_format) {
            Some((.., option, format)) => Err(Error::NeedsFormat(option, format)),
            None => Ok(()),
        }
    }

    fn layout(&self) -> RecordLayout {
        RecordLayout {
            format: self.format(),
            shape: match self.filter {
                FilterArguments { flat: true, .. } => RecordShape::Rows,
                FilterArguments { no_text, blocks, .. } => {
                    RecordShape::Object { has_text: !no_text, has_blocks: blocks }
                }
            },
            has_empty: !self.filter.no_empty,
            keep: self.filter.kept_fields(),
        }
    }

    fn scan_options(&self, rules: InputRules) -> ScanOptions {
        let FilterArguments { input_format, jobs, .. } = self.filter;
        let read = ReadOptions { format: input_format, keep: self.filter.kept_fields(), rules, is_live: false };
        let jobs = jobs.and_then(|jobs| NonZeroUsize::new(jobs.into()));
        ScanOptions { read, jobs, reads_streams: true, has_reported: self.has_reported() }
    }

    /// Whether reported speech is looked for.
    fn has_reported(&self) -> bool {
        self.reported || self.kind.iter().any(|kind| kind == REPORTED)
    }

    /// Who said what in an article, of those that are wanted; nothing where they say nothing in it.
    fn narrow(
        &self,
        findings: &Findings,
        reported: Option<&ReportedSpeech>,
        identities: &HashSet<Identity>,
    ) -> Option<(Findings, Option<ReportedSpeech>)> {
        let Some(name) = &self.speaker else { return Some((findings.clone(), reported.cloned())) };
        let narrowed = name.narrow_with(findings.clone(), identities);
        let reported = reported.map(|reported| {
            let is_wanted = |speaker: &Speaker| {
                name.names(speaker) || narrowed.speakers.iter().any(|wanted| wanted.name == speaker.name)
            };
            reported.clone().beside(findings, &narrowed).of_speakers(&narrowed, is_wanted)
        });
        let says = !narrowed.quotations.is_empty() || reported.as_ref().is_some_and(|all| !all.statements.is_empty());
        says.then_some((narrowed, reported))
    }
}
