//! Where articles come from: files under paths, standard input, the bundled samples.

use std::fmt;
use std::io;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

use crate::article::Article;
use crate::folder::{self, Refused, Step};
use crate::samples;

/// Something that may hold articles.
#[derive(Debug)]
pub enum Source {
    /// Standard input.
    Input,
    /// A file.
    File(PathBuf),
    /// The bundled sample with this index.
    Sample(usize),
    /// What the walk could not read.
    Refused(Refused),
}

/// Hands what `paths` lead to to `give`, in order, until it breaks off; the samples when there are no paths. Gives how
/// many hidden files and folders were passed by.
pub fn find(paths: &[PathBuf], give: &mut dyn FnMut(Source) -> ControlFlow<()>) -> usize {
    if paths.is_empty() {
        let _ = (0..samples::COUNT).map(Source::Sample).try_for_each(give);
        return 0;
    }
    let (mut hidden, mut flow) = (0, ControlFlow::Continue(()));
    for path in paths {
        if path == Path::new("-") {
            flow = give(Source::Input);
        } else {
            hidden += folder::walk(std::slice::from_ref(path), &mut |step| {
                flow = give(Source::from(step));
                flow
            });
        }
        if flow.is_break() {
            break;
        }
    }
    hidden
}

impl From<Step> for Source {
    fn from(step: Step) -> Self {
        match step {
            Step::File(path) => Self::File(path),
            Step::Refused(refused) => Self::Refused(refused),
        }
    }
}

/// What a person knows it by.
impl fmt::Display for Source {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Input => f.write_str("-"),
            Self::File(path) => path.display().fmt(f),
            Self::Sample(index) => write!(f, "sample {index}"),
            Self::Refused(refused) => refused.origin.fmt(f),
        }
    }
}

/// Reads the articles in `source` and hands each to `give`.
pub fn read(source: Source, give: &mut dyn FnMut(Result<Article, Refused>)) {
    read_while(source, &mut |read| {
        give(read);
        ControlFlow::Continue(())
    });
}

/// As [`read`], until `give` breaks off.
pub fn read_while(source: Source, give: &mut dyn FnMut(Result<Article, Refused>) -> ControlFlow<()>) {
    match source {
        Source::Input => folder::read_input_while(&mut io::stdin().lock(), give),
        Source::Sample(index) => samples::read(index, &mut |article| {
            let _ = give(Ok(article));
        }),
        Source::File(path) => folder::read_file_while(&path, give),
        Source::Refused(refused) => {
            let _ = give(Err(refused));
        }
    }
}
