//! Where articles come from: files under paths, standard input, the bundled samples.

use std::fmt;
use std::io;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

use crate::article::{Article, Origin};
use crate::feeds::{self, Agent, Limits, Request};
use crate::folder::{self, ReadError, ReadErrorKind, Step};
use crate::samples;

/// Something that may hold articles.
#[derive(Debug)]
pub enum InputSource {
    /// Standard input.
    Input,
    /// A file.
    File(PathBuf),
    /// The bundled sample with this index.
    Sample(usize),
    /// A page or a feed on the web.
    Web(String),
    /// What the walk could not read.
    Refused(ReadError),
}

/// Hands what `paths` lead to to `sink`, in order, until it breaks off; the samples when there are no paths. Returns how
/// many hidden files and folders were passed by.
pub fn find_inputs(paths: &[PathBuf], sink: &mut dyn FnMut(InputSource) -> ControlFlow<()>) -> usize {
    if paths.is_empty() {
        let _ = (0..samples::COUNT).map(InputSource::Sample).try_for_each(sink);
        return 0;
    }
    let (mut hidden, mut flow) = (0, ControlFlow::Continue(()));
    for path in paths {
        if path == Path::new("-") {
            flow = sink(InputSource::Input);
        } else if is_address(path) {
            flow = sink(InputSource::Web(path.to_string_lossy().into_owned()));
        } else {
            hidden += folder::walk(std::slice::from_ref(path), &mut |step| {
                flow = sink(InputSource::from(step));
                flow
            });
        }
        if flow.is_break() {
            break;
        }
    }
    hidden
}

/// Whether what a person gives as a path is an address on the web.
pub fn is_address(path: &Path) -> bool {
    let text = path.to_string_lossy();
    ["http://", "https://", "feed:"]
        .iter()
        .any(|start| text.get(..start.len()).is_some_and(|head| head.eq_ignore_ascii_case(start)))
}

/// Reads what an address holds, the articles of a feed or the one of a page, without subscribing.
fn read_web(address: &str, sink: &mut dyn FnMut(Result<Article, ReadError>) -> ControlFlow<()>) {
    let refused =
        |why: String| ReadError { origin: Origin::Web(feeds::shown(address)), why: ReadErrorKind::Failed(why) };
    match feeds::fetch_page(&Agent::new(Limits::default()), &Request::of(address)) {
        Ok(page) => {
            let mut articles = feeds::articles(&page).into_iter();
            let _ = articles.try_for_each(|read| sink(read.map_err(|why| refused(format!("it {why}")))));
        }
        Err(error) => {
            let _ = sink(Err(refused(format!("it {error}"))));
        }
    }
}

impl From<Step> for InputSource {
    fn from(step: Step) -> Self {
        match step {
            Step::File(path) => Self::File(path),
            Step::Refused(refused) => Self::Refused(refused),
        }
    }
}

/// What a person knows it by.
impl fmt::Display for InputSource {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Input => f.write_str("-"),
            Self::File(path) => path.display().fmt(f),
            Self::Web(address) => f.write_str(&feeds::shown(address)),
            Self::Sample(index) => write!(f, "sample {index}"),
            Self::Refused(refused) => refused.origin.fmt(f),
        }
    }
}

impl InputSource {
    /// Reads the articles in it and hands each to `sink`, until that breaks off.
    pub fn read(self, sink: &mut dyn FnMut(Result<Article, ReadError>) -> ControlFlow<()>) {
        match self {
            Self::Input => folder::read_input_while(&mut io::stdin().lock(), sink),
            Self::Sample(index) => samples::read(index, &mut |article| {
                let _ = sink(Ok(article));
            }),
            Self::File(path) => folder::read_file_while(&path, sink),
            Self::Web(address) => read_web(&address, sink),
            Self::Refused(refused) => {
                let _ = sink(Err(refused));
            }
        }
    }
}
