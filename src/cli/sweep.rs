//! What commands without a screen do: read all that the paths lead to, on all cores, and answer in order.

use std::ops::ControlFlow;
use std::path::PathBuf;

use super::error::{Failure, Found, Outcome, say};
use super::ordered;
use crate::article::Article;
use crate::shell::source;

/// How much there was.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Sweep {
    articles: usize,
    refused: usize,
    hidden: usize,
}

/// What comes of one source.
struct Answers<T> {
    articles: usize,
    given: Vec<T>,
    /// What was not read, and why: a line each.
    refusals: Vec<String>,
}

/// Reads the articles in `paths` and gives each to `look`, on any thread; hands what that gives to `take`, in order,
/// until it breaks off. Says what was not read.
pub fn sweep<T: Send>(
    paths: &[PathBuf],
    look: impl Fn(Article) -> Option<T> + Sync,
    mut take: impl FnMut(T) -> ControlFlow<()>,
) -> Sweep {
    let mut sweep = Sweep::default();
    sweep.hidden = ordered::in_order(
        |give| source::find(paths, give),
        |source| answers(source, &look),
        |answers| {
            sweep.articles += answers.articles;
            sweep.refused += answers.refusals.len();
            answers.refusals.iter().for_each(|line| say(line));
            answers.given.into_iter().try_for_each(&mut take)
        },
    );
    sweep
}

fn answers<T>(source: source::Source, look: impl Fn(Article) -> Option<T>) -> Answers<T> {
    let mut out = Answers { articles: 0, given: Vec::new(), refusals: Vec::new() };
    source::read(source, &mut |read| match read {
        Ok(article) => {
            out.articles += 1;
            out.given.extend(look(article));
        }
        Err(refused) => out.refusals.push(refused.to_string()),
    });
    out
}

impl Sweep {
    /// How the command ends, having shown something or not.
    pub fn outcome(&self, has_shown: bool) -> Outcome {
        match self {
            Self { articles: 0, refused: 1.., .. } => Err(Failure::NothingReadable),
            Self { articles: 0, hidden, .. } => {
                say(&format!("there is no file to read ({hidden} hidden passed by)"));
                Ok(Found::Nothing)
            }
            _ if has_shown => Ok(Found::Something),
            _ => Ok(Found::Nothing),
        }
    }
}
