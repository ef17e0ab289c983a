//! What commands without a screen do: read all that the paths lead to, on all cores, and answer in order.

use std::ops::ControlFlow;
use std::path::PathBuf;

use super::error::{Failure, Found, Outcome, say};
use super::place::LibraryArguments;
use crate::article::{Article, ArticleId};
use crate::ingest::{self, InputSource, PANICKED, caught};
use crate::library::{Library, Trouble};
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
pub struct Sweep {
    is_library: bool,
    articles: usize,
    refused: usize,
    hidden: usize,
}

/// What comes of one source, or of one article in it.
struct Answers<T> {
    articles: usize,
    given: Vec<T>,
    /// What was not read, and why: a line each.
    refusals: Vec<String>,
}

/// Something to look at.
enum Job<'a> {
    Source(InputSource),
    Kept(&'a Library, ArticleId),
}

/// Gives each article in `paths` with who speaks in it to `look`, on any thread; hands what that gives to `take`, in
/// order, until it breaks off. Says what was not read.
///
/// Without paths that is the library, the newest article first, corrections of the reader heeded; while nothing is in
/// it, the samples.
pub fn sweep<T: Send>(
    paths: &[PathBuf],
    place: &LibraryArguments,
    look: impl Fn(Article, Findings) -> Option<T> + Sync,
    take: impl FnMut(T) -> ControlFlow<()>,
) -> Result<Sweep, Failure> {
    let library = place.unless_given(paths)?;
    let input = match &library {
        Some(library) => Input::Library(library, present(library)?),
        None => Input::Paths(paths),
    };
    Ok(sweep_input(input, look, take))
}

/// Returns the articles of a library, the newest first, but for those that the user took out.
pub fn present(library: &Library) -> Result<Vec<ArticleId>, Trouble> {
    let memory = library.memory();
    Ok(library.ids()?.into_iter().filter(|&id| !memory.marked(id).removed).collect())
}

/// As [`sweep`], of this input.
pub fn sweep_input<T: Send>(
    input: Input<'_>,
    look: impl Fn(Article, Findings) -> Option<T> + Sync,
    mut take: impl FnMut(T) -> ControlFlow<()>,
) -> Sweep {
    let mut sweep = Sweep { is_library: matches!(input, Input::Library(..)), ..Sweep::default() };
    sweep.hidden = ingest::in_order_each(
        |give| match input {
            Input::Paths(paths) => ingest::find(paths, &mut |source| give(Job::Source(source))),
            Input::Library(library, ids) => {
                let _ = ids.into_iter().try_for_each(|id| give(Job::Kept(library, id)));
                0
            }
        },
        |job, give| match job {
            Job::Source(source) => {
                let place = source.to_string();
                if caught(|| answers(source, &look, give)).is_none() {
                    let refusals = vec![format!("{place} {PANICKED}")];
                    let _ = give(Answers { articles: 0, given: Vec::new(), refusals });
                }
            }
            Job::Kept(library, id) => {
                let _ = give(answer_of_library(library, id, &look));
            }
        },
        |answers| {
            sweep.articles += answers.articles;
            sweep.refused += answers.refusals.len();
            answers.refusals.iter().for_each(|line| say(line));
            answers.given.into_iter().try_for_each(&mut take)
        },
    );
    sweep
}

fn answer_of_library<T>(library: &Library, id: ArticleId, look: impl Fn(Article, Findings) -> Option<T>) -> Answers<T> {
    match library.get(id) {
        Ok(Some(entry)) => {
            let given = look(entry.article.as_ref().clone(), entry.corrected().clone());
            Answers { articles: 1, given: given.into_iter().collect(), refusals: Vec::new() }
        }
        Ok(None) => Answers { articles: 0, given: Vec::new(), refusals: Vec::new() },
        Err(trouble) => Answers { articles: 0, given: Vec::new(), refusals: vec![trouble.to_string()] },
    }
}

/// One answer an article: a source may have more of them than memory holds.
fn answers<T>(
    source: InputSource,
    look: impl Fn(Article, Findings) -> Option<T>,
    give: &mut dyn FnMut(Answers<T>) -> ControlFlow<()>,
) {
    source.read(&mut |read| {
        give(match read {
            Ok(article) => {
                let findings = quotes::find(&article.body);
                Answers { articles: 1, given: look(article, findings).into_iter().collect(), refusals: Vec::new() }
            }
            Err(refused) => Answers { articles: 0, given: Vec::new(), refusals: vec![refused.to_string()] },
        })
    });
}

impl Sweep {
    /// How the command ends, having shown something or not.
    pub fn outcome(&self, has_shown: bool) -> Outcome {
        match self {
            Self { articles: 0, refused: 1.., .. } => Err(Failure::NothingReadable),
            Self { articles: 0, is_library: true, .. } => {
                say("the library has no articles, or all are removed: pullquote search is:removed");
                Ok(Found::Nothing)
            }
            Self { articles: 0, hidden, .. } => {
                say(&format!("there is no file to read ({hidden} hidden passed by)"));
                Ok(Found::Nothing)
            }
            _ if has_shown => Ok(Found::Something),
            _ => Ok(Found::Nothing),
        }
    }
}
