//! Where articles come from: files under paths, standard input, the bundled samples.

use std::fmt;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

use chrono::Utc;

use super::page;
use super::par_ordered::heed_threads;
use super::standard_input::standard_input;
use crate::article::{Article, Dates, InputRules, Origin};
use crate::fetch::{self, FetchedPage, HttpClient, Limits, Logins, Request};
use crate::folder::{self, ReadError, ReadErrorKind, WalkStep};
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
    /// A page or a feed on the web, and the logins with which it is asked for.
    Web(String, Logins),
    /// What the walk could not read.
    Unreadable(ReadError),
}

/// Hands what `paths` lead to to `on_input`, in order, until it breaks off; the samples when there are no paths.
/// Returns how many hidden files and folders were skipped.
pub fn find_inputs(paths: &[PathBuf], on_input: &mut dyn FnMut(InputSource) -> ControlFlow<()>) -> usize {
    if paths.is_empty() {
        let _ = (0..samples::COUNT).map(InputSource::Sample).try_for_each(on_input);
        return 0;
    }
    let (mut hidden, mut flow) = (0, ControlFlow::Continue(()));
    for path in paths {
        if path == Path::new("-") {
            flow = on_input(InputSource::Input);
        } else if is_address(path) {
            flow = on_input(InputSource::Web(path.to_string_lossy().into_owned(), Logins::default()));
        } else {
            hidden += folder::walk(std::slice::from_ref(path), &mut |step| {
                flow = on_input(InputSource::from(step));
                flow
            });
        }
        if flow.is_break() {
            break;
        }
    }
    hidden
}

/// Whether an argument for a path is an address on the web.
pub fn is_address(path: &Path) -> bool {
    let text = path.to_string_lossy();
    ["http://", "https://", "feed:"]
        .iter()
        .any(|start| text.get(..start.len()).is_some_and(|head| head.eq_ignore_ascii_case(start)))
}

/// Reads what an address holds, the articles of a feed or the one of a page, without subscribing.
fn read_web(
    (address, logins): (&str, &Logins),
    rules: &InputRules,
    on_article: &mut dyn FnMut(Result<Article, ReadError>) -> ControlFlow<()>,
) {
    let refused =
        |why: String| ReadError { origin: Origin::Web(fetch::shown(address)), why: ReadErrorKind::Failed(why) };
    let client = page_client(logins);
    match fetch_typed(&client, address) {
        Ok(page) => {
            let get = |further: &str| fetch::fetch_page(&client, &Request { typed: address, ..Request::of(further) });
            let now = Utc::now();
            let seen = |(place, mut article): (usize, Article)| {
                article.dates.seen = Dates::seen_in_answer(now, place);
                article
            };
            let mut articles = page::articles(&get, &page, rules).into_iter().enumerate();
            let _ = articles.try_for_each(|(place, read)| {
                on_article(read.map(|article| seen((place, article))).map_err(|why| refused(why.to_string())))
            });
        }
        Err(error) => {
            let _ = on_article(Err(refused(error.to_string())));
        }
    }
}

/// Fetches what an address holds; of an address without a scheme over https, else over http.
pub(super) fn fetch_page(address: &str, logins: &Logins) -> Result<FetchedPage, fetch::Error> {
    fetch_typed(&page_client(logins), address)
}

fn page_client(logins: &Logins) -> HttpClient {
    let client = HttpClient::new(Limits::default()).with_logins(logins);
    heed_threads(&client);
    client
}

fn fetch_typed(client: &HttpClient, address: &str) -> Result<FetchedPage, fetch::Error> {
    let page = |address: &str| fetch::fetch_page(client, &Request::of(address));
    page(address).or_else(|error| match fetch::unsecured(address) {
        Some(open) if error.is_unanswered() => page(open.as_str()),
        _ => Err(error),
    })
}

impl From<WalkStep> for InputSource {
    fn from(step: WalkStep) -> Self {
        match step {
            WalkStep::File(path) => Self::File(path),
            WalkStep::Unreadable(refused) => Self::Unreadable(refused),
        }
    }
}

/// Its name for the user.
impl fmt::Display for InputSource {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Input => f.write_str("-"),
            Self::File(path) => path.display().fmt(f),
            Self::Web(address, _) => f.write_str(&fetch::shown(address)),
            Self::Sample(index) => write!(f, "sample {index}"),
            Self::Unreadable(refused) => refused.origin.fmt(f),
        }
    }
}

impl InputSource {
    /// The same, asked for with these logins if it lies on the web.
    #[must_use]
    pub fn with_logins(self, logins: &Logins) -> Self {
        match self {
            Self::Web(address, _) => Self::Web(address, logins.clone()),
            other => other,
        }
    }

    /// Reads the articles in it by these rules, and hands each to `on_article`, until that breaks off.
    pub fn read(self, rules: &InputRules, on_article: &mut dyn FnMut(Result<Article, ReadError>) -> ControlFlow<()>) {
        match self {
            Self::Input => folder::read_input_while(&mut standard_input(), rules, on_article),
            Self::Sample(index) => samples::read(index, &mut |article| {
                let _ = on_article(Ok(article));
            }),
            Self::File(path) => folder::read_file_while(&path, rules, on_article),
            Self::Web(address, logins) => read_web((&address, &logins), rules, on_article),
            Self::Unreadable(refused) => {
                let _ = on_article(Err(refused));
            }
        }
    }
}
