//! From the paths on the command line to articles.

use std::io;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

use crate::article::Article;
use crate::folder::{self, Refused, Step};

/// Something that may hold articles.
#[derive(Debug)]
pub enum Source {
    /// Standard input.
    Input,
    /// A file.
    File(PathBuf),
    /// What the walk could not read.
    Refused(Refused),
}

/// Hands what `paths` lead to to `give`, in order, until it breaks off.
pub fn find(paths: &[PathBuf], give: &mut dyn FnMut(Source) -> ControlFlow<()>) {
    for path in paths {
        let flow = if path == Path::new("-") { give(Source::Input) } else { find_under(path, give) };
        if flow.is_break() {
            return;
        }
    }
}

fn find_under(path: &Path, give: &mut dyn FnMut(Source) -> ControlFlow<()>) -> ControlFlow<()> {
    let mut flow = ControlFlow::Continue(());
    folder::walk(&[path.to_path_buf()], &mut |step| {
        flow = give(match step {
            Step::File(path) => Source::File(path),
            Step::Refused(refused) => Source::Refused(refused),
        });
        flow
    });
    flow
}

/// Reads the articles in `source` and hands each to `give`.
pub fn read(source: Source, give: &mut dyn FnMut(Result<Article, Refused>)) {
    match source {
        Source::Input => folder::read_input(&mut io::stdin().lock(), give),
        Source::File(path) => folder::read_file(&path, give),
        Source::Refused(refused) => give(Err(refused)),
    }
}
