//! What commands without a screen do: read all that the paths lead to, on all cores, and answer in order.

use std::num::NonZeroUsize;
use std::ops::ControlFlow;
use std::path::PathBuf;

use super::error::{Error, Found, Outcome, show_message};
use super::library_args::LibraryArguments;
use crate::article::{Article, ArticleId, Body, InputRules, KeptValue, Origin};
use crate::folder::{ReadError, ReadErrorKind, ReadRecord, is_stream};
use crate::formats::{ParseError, ReadOptions};
use crate::ingest::{self, InputSource, NoThreads, PANICKED, Pool, RecordChunk, caught, failed, in_order_on};
use crate::library::{self, Library};
use crate::quotes::{self, Findings, ReportedSpeech};

/// Where a command looks.
pub enum Input<'a> {
    /// In what these paths lead to; in the samples where there are none.
    Paths(&'a [PathBuf]),
    /// At these articles of a library.
    Library(&'a Library, Vec<ArticleId>),
}

/// How a command looks.
#[derive(Debug, Default)]
pub struct ScanOptions {
    /// How inputs are read.
    pub read: ReadOptions,
    /// On how many threads; by default one for each core.
    pub jobs: Option<NonZeroUsize>,
    /// Whether pipes and the like that are named as paths are read, as standard input is.
    pub reads_streams: bool,
    /// Whether reported speech is looked for.
    pub has_reported: bool,
}

/// What a record of an input is.
pub struct ScannedRecord {
    /// The article, and who speaks in it; or why there is none.
    pub article: Result<(Article, Findings), ReadError>,
    /// What the article reports without quotation marks, where that is looked for.
    pub reported: Option<ReportedSpeech>,
    /// The fields of the record that are kept; none where it is no record.
    pub kept: Vec<KeptValue>,
}

/// How much there was.
#[derive(Debug, Default)]
pub struct CorpusScan {
    is_library: bool,
    articles: usize,
    refused: usize,
    hidden: usize,
    /// What was named on the command line and cannot be read.
    unread_paths: usize,
    messages: RefusalMessages,
}

enum Job<'a> {
    Source(InputSource),
    Chunk(RecordChunk),
    Stored(&'a Library, ArticleId),
}

/// What came of a record.
struct Looked<T> {
    given: Option<T>,
    refusal: Option<Refusal>,
}

/// Why there is no article.
enum Refusal {
    Read(ReadError),
    /// The library failed.
    Library(String),
}

/// Calls `look` for each article in `paths`, with who speaks in it, on any thread, and `take` for each result, in order,
/// until it is incomplete. Reports what was not read.
///
/// Inputs are read by `rules`. Without paths that is the library, the newest article first, with the
/// corrections of the user; while nothing is in it, the samples.
pub fn scan_corpus<T: Send>(
    paths: &[PathBuf],
    library_args: &LibraryArguments,
    rules: &InputRules,
    has_reported: bool,
    look: impl Fn(&ScannedRecord) -> Option<T> + Sync,
    mut take: impl FnMut(T) -> ControlFlow<()>,
) -> Result<CorpusScan, Error> {
    let library = library_args.unless_given(paths)?;
    let input = match &library {
        Some(library) => Input::Library(library, present(library)?),
        None => Input::Paths(paths),
    };
    let read = ReadOptions { rules: rules.clone(), ..ReadOptions::default() };
    let options = ScanOptions { read, has_reported, ..ScanOptions::default() };
    Ok(scan_records(input, &options, look, |given| given.into_iter().try_for_each(&mut take))?)
}

/// Returns the articles of a library, the newest first, but for those that the user took out.
pub fn present(library: &Library) -> Result<Vec<ArticleId>, library::Error> {
    let memory = library.user_state();
    Ok(library.ids()?.into_iter().filter(|&id| !memory.flags(id).removed).collect())
}

/// Calls `look` for each record of `input`, what is no article too, on any thread, and `take` for the results, in order:
/// each time for those that are there together.
pub fn scan_records<T: Send>(
    input: Input<'_>,
    options: &ScanOptions,
    look: impl Fn(&ScannedRecord) -> Option<T> + Sync,
    mut take: impl FnMut(Vec<T>) -> ControlFlow<()>,
) -> Result<CorpusScan, NoThreads> {
    let mut scan = CorpusScan { is_library: matches!(input, Input::Library(..)), ..CorpusScan::default() };
    let named = if let Input::Paths(paths) = &input { *paths } else { &[] };
    let read = &options.read;
    let streams = if options.reads_streams { named } else { &[] };
    scan.hidden = in_order_on(
        Pool::of_jobs(options.jobs),
        |emit| match input {
            Input::Paths(paths) => ingest::find_inputs(paths, &mut |source| hand_out(source, read, streams, emit)),
            Input::Library(library, ids) => {
                let _ = ids.into_iter().try_for_each(|id| emit(Job::Stored(library, id)));
                0
            }
        },
        |job, emit| {
            let _ = match job {
                Job::Source(source) => {
                    source.split(read, &mut |chunk| emit(look_through(chunk, options, &look)));
                    ControlFlow::Continue(())
                }
                Job::Chunk(chunk) => emit(look_through(chunk, options, &look)),
                Job::Stored(library, id) => emit(look_at_stored(library, id, options, &look).into_iter().collect()),
            };
        },
        |looked: Vec<Looked<T>>| {
            let mut given = Vec::with_capacity(looked.len());
            for looked in looked {
                match looked.refusal {
                    None => scan.articles += 1,
                    Some(refusal) => scan.count(refusal, named),
                }
                given.extend(looked.given);
            }
            take(given)
        },
    )?;
    scan.messages.end();
    Ok(scan)
}

/// Hands out an input: whole, or cut into records where reading it would keep one thread for long, or is to be waited for.
fn hand_out<'a>(
    source: InputSource,
    options: &ReadOptions,
    streams: &[PathBuf],
    emit: &mut dyn FnMut(Job<'a>) -> ControlFlow<()>,
) -> ControlFlow<()> {
    let mut flow = ControlFlow::Continue(());
    let mut on_chunk = |chunk| {
        flow = emit(Job::Chunk(chunk));
        flow
    };
    match source {
        // One that lies in a folder might never be written to.
        InputSource::File(path) if !streams.is_empty() && is_stream(&path) && streams.contains(&path) => {
            ingest::split_stream(&path, options, &mut on_chunk);
        }
        source if source.may_be_long() => source.split(options, &mut on_chunk),
        source => return emit(Job::Source(source)),
    }
    flow
}

/// Finds who speaks in each record, and looks at that.
fn look_through<T>(
    chunk: RecordChunk,
    options: &ScanOptions,
    look: &impl Fn(&ScannedRecord) -> Option<T>,
) -> Vec<Looked<T>> {
    let mut all = Vec::new();
    let find = |body: &Body| {
        if !options.has_reported {
            return (quotes::find(body), None);
        }
        let (findings, reported) = quotes::find_with_reported(body);
        (findings, Some(reported))
    };
    let _ = chunk.read(&options.read, &mut |ReadRecord { article, kept }| {
        let mut reported = None;
        let article = article.and_then(|article| match caught(|| find(&article.body)) {
            Some((findings, found)) => {
                reported = found;
                Ok((article, findings))
            }
            None => Err(failed(&article.origin)),
        });
        let record = ScannedRecord { article, reported, kept };
        let given = look(&record);
        all.push(Looked { given, refusal: record.article.err().map(Refusal::Read) });
        ControlFlow::Continue(())
    });
    all
}

/// Looks at an article of the library, with the corrections of the user; nothing where it is there no more.
fn look_at_stored<T>(
    library: &Library,
    id: ArticleId,
    options: &ScanOptions,
    look: &impl Fn(&ScannedRecord) -> Option<T>,
) -> Option<Looked<T>> {
    match library.get(id) {
        Ok(entry) => entry.map(|entry| {
            // Reported statements are among the quotations there, as the user corrected them.
            let findings = if options.has_reported { entry.with_reported() } else { entry.corrected() };
            let (article, findings) = (entry.article.as_ref().clone(), findings.clone());
            let reported = options.has_reported.then(ReportedSpeech::default);
            let record = ScannedRecord { article: Ok((article, findings)), reported, kept: Vec::new() };
            Looked { given: look(&record), refusal: None }
        }),
        Err(error) => Some(Looked { given: None, refusal: Some(Refusal::Library(error.to_string())) }),
    }
}

/// Whether a path that was named leads to nothing that can be read.
fn is_unread_path(refused: &ReadError, named: &[PathBuf]) -> bool {
    let is_named = match &refused.origin {
        Origin::File(path) => named.contains(path),
        Origin::Input | Origin::Web(_) => true,
        Origin::Unknown | Origin::Bundled(_) => false,
    };
    is_named
        && match &refused.why {
            ReadErrorKind::ParseError(why) => matches!(why, ParseError::Unreadable(_)),
            ReadErrorKind::Failed(why) => why != PANICKED,
            _ => true,
        }
}

impl CorpusScan {
    fn count(&mut self, refusal: Refusal, named: &[PathBuf]) {
        match refusal {
            Refusal::Read(refused) if refused.parse_error().is_some_and(ParseError::is_no_mistake) => {}
            Refusal::Read(refused) => {
                self.refused += 1;
                self.unread_paths += usize::from(is_unread_path(&refused, named));
                self.messages.show(&refused);
            }
            Refusal::Library(line) => {
                self.refused += 1;
                show_message(&line);
            }
        }
    }

    /// How a command for people ends, having shown something or not.
    pub fn outcome(&self, has_shown: bool) -> Outcome {
        if self.articles == 0 && self.refused > 0 {
            return Err(Error::NothingReadable);
        }
        self.say_where_there_is_nothing();
        Ok(if has_shown && self.articles > 0 { Found::Something } else { Found::Nothing })
    }

    /// How a filter ends: to find nothing, and to refuse what is no article, is its work.
    pub fn filter_outcome(&self) -> Outcome {
        if self.unread_paths > 0 {
            return Err(Error::UnreadPaths(self.unread_paths));
        }
        if self.refused == 0 {
            self.say_where_there_is_nothing();
        }
        Ok(Found::Something)
    }

    fn say_where_there_is_nothing(&self) {
        match self {
            Self { articles: 0, is_library: true, .. } => {
                show_message("the library has no articles, or all are removed: pullquote search is:removed");
            }
            Self { articles: 0, hidden, .. } => show_message(&format!("no files to read ({hidden} hidden skipped)")),
            _ => {}
        }
    }
}

/// Says on standard error what was refused: of one input the first records, and how many more there were.
#[derive(Debug, Default)]
struct RefusalMessages {
    of: Origin,
    named: u64,
    more: u64,
}

impl RefusalMessages {
    /// How many records of one input are named.
    const MOST: u64 = 100;

    fn show(&mut self, refused: &ReadError) {
        if self.of != refused.origin {
            self.end();
            self.of = refused.origin.clone();
        }
        if matches!(refused.parse_error(), Some(ParseError::Record { .. })) {
            if self.named == Self::MOST {
                self.more += 1;
                return;
            }
            self.named += 1;
        }
        show_message(&refused.to_string());
    }

    fn end(&mut self) {
        let Self { of, more, .. } = std::mem::take(self);
        if more > 0 {
            let why = ReadErrorKind::ParseError(ParseError::MoreRecords(more));
            show_message(&ReadError { origin: of, why }.to_string());
        }
    }
}
