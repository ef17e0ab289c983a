//! What commands without a screen do: read all that the paths lead to, on all cores, and answer in order.

use std::ops::ControlFlow;
use std::path::PathBuf;

use super::error::{Error, Found, Outcome, show_message};
use super::library_args::LibraryArguments;
use crate::article::{Article, ArticleId, FieldMap};
use crate::folder::ReadError;
use crate::ingest::{self, InputSource, NoThreads, PANICKED, caught};
use crate::library::{self, Library};
use crate::quotes::{self, Findings};

/// Where a command looks.
pub enum Input<'a> {
    /// In what these paths lead to; in the samples where there are none.
    Paths(&'a [PathBuf]),
    /// At these articles of a library.
    Library(&'a Library, Vec<ArticleId>),
}

/// How much there was.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct CorpusScan {
    is_library: bool,
    articles: usize,
    refused: usize,
    hidden: usize,
}

enum Job<'a> {
    Source(InputSource),
    Stored(&'a Library, ArticleId),
}

/// Calls `look` for each article in `paths`, with who speaks in it, on any thread, and `take` for each result, in order,
/// until it is incomplete. Reports what was not read.
///
/// Records are read as `fields` describes them. Without paths that is the library, the newest article first, with the corrections of the user; while nothing is in
/// it, the samples.
pub fn scan_corpus<T: Send>(
    paths: &[PathBuf],
    library_args: &LibraryArguments,
    fields: &FieldMap,
    look: impl Fn(Article, Findings) -> Option<T> + Sync,
    take: impl FnMut(T) -> ControlFlow<()>,
) -> Result<CorpusScan, Error> {
    let library = library_args.unless_given(paths)?;
    let input = match &library {
        Some(library) => Input::Library(library, present(library)?),
        None => Input::Paths(paths),
    };
    Ok(scan_input(input, fields, look, take)?)
}

/// Returns the articles of a library, the newest first, but for those that the user took out.
pub fn present(library: &Library) -> Result<Vec<ArticleId>, library::Error> {
    let memory = library.user_state();
    Ok(library.ids()?.into_iter().filter(|&id| !memory.flags(id).removed).collect())
}

/// As [`scan_corpus`], of this input.
pub fn scan_input<T: Send>(
    input: Input<'_>,
    fields: &FieldMap,
    look: impl Fn(Article, Findings) -> Option<T> + Sync,
    mut take: impl FnMut(T) -> ControlFlow<()>,
) -> Result<CorpusScan, NoThreads> {
    let mut scan = CorpusScan { is_library: matches!(input, Input::Library(..)), ..CorpusScan::default() };
    scan.hidden = ingest::in_order_each(
        |emit| match input {
            Input::Paths(paths) => ingest::find_inputs(paths, &mut |source| emit(Job::Source(source))),
            Input::Library(library, ids) => {
                let _ = ids.into_iter().try_for_each(|id| emit(Job::Stored(library, id)));
                0
            }
        },
        |job, emit| {
            let _ = match job {
                Job::Source(source) => look_through(source, fields, &look, emit),
                Job::Stored(library, id) => match library.get(id) {
                    Ok(Some(entry)) => emit(Ok(look(entry.article.as_ref().clone(), entry.corrected().clone()))),
                    Ok(None) => ControlFlow::Continue(()),
                    Err(error) => emit(Err(error.to_string())),
                },
            };
        },
        |looked| match looked {
            Ok(given) => {
                scan.articles += 1;
                given.map_or(ControlFlow::Continue(()), &mut take)
            }
            Err(line) => {
                scan.refused += 1;
                show_message(&line);
                ControlFlow::Continue(())
            }
        },
    )?;
    Ok(scan)
}

/// Reads an input, and emits for each article in it the result of `look`, or why it could not be read.
fn look_through<T>(
    source: InputSource,
    fields: &FieldMap,
    look: impl Fn(Article, Findings) -> Option<T>,
    emit: &mut dyn FnMut(Result<Option<T>, String>) -> ControlFlow<()>,
) -> ControlFlow<()> {
    let place = source.to_string();
    let looked = |read: Result<Article, ReadError>| {
        let article = read.map_err(|refused| refused.to_string())?;
        let findings = quotes::find(&article.body);
        Ok(look(article, findings))
    };
    match caught(|| source.read(fields, &mut |read| emit(looked(read)))) {
        Some(()) => ControlFlow::Continue(()),
        None => emit(Err(format!("{place} {PANICKED}"))),
    }
}

impl CorpusScan {
    /// How the command ends, having shown something or not.
    pub fn outcome(&self, has_shown: bool) -> Outcome {
        match self {
            Self { articles: 0, refused: 1.., .. } => Err(Error::NothingReadable),
            Self { articles: 0, is_library: true, .. } => {
                show_message("the library has no articles, or all are removed: pullquote search is:removed");
                Ok(Found::Nothing)
            }
            Self { articles: 0, hidden, .. } => {
                show_message(&format!("no files to read ({hidden} hidden skipped)"));
                Ok(Found::Nothing)
            }
            _ if has_shown => Ok(Found::Something),
            _ => Ok(Found::Nothing),
        }
    }
}
