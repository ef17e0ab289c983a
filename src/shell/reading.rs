//! Reads articles from files on all cores, finds who speaks in them, and reports their headlines in batches.

use std::io;
use std::num::NonZero;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use crossbeam_channel::{Receiver, RecvTimeoutError, Sender, bounded};

use super::giving_way::{Courtesy, give_way};
use super::keeping::ToKeep;
use super::loaded::Loaded;
use super::looking::{self, Job};
use super::read_journal::{PANICKED, ReadJournal, caught};
use super::{Inbox, source};
use crate::app::{Event, Refusal};
use crate::article::{Article, ArticleId, Origin};
use crate::catalog::Headline;
use crate::library::{FileRead, Library, Prepared, Stamp};
use crate::quotes;

/// How long headlines are gathered before they are reported.
const BATCH: Duration = Duration::from_millis(30);

/// How long before the first report, so that there is something to read at once.
const FIRST_BATCH: Duration = Duration::from_millis(6);

/// How many sources and results may wait between threads, so that a fast walk cannot fill the memory.
const WAITING: usize = 256;

/// What is to be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reading {
    /// What these paths lead to.
    Paths(Vec<PathBuf>),
    /// The library, and what has changed in the folders that are part of it; the samples where it is empty.
    Library,
    /// What has appeared, changed or vanished at these paths while the program runs.
    Changed(Vec<PathBuf>),
}

/// What a thread has read.
pub(super) enum Read {
    Article(Headline, Option<Box<Prepared>>),
    Refusal(Refusal),
    /// Who speaks in an article was found anew.
    Renewed(Headline),
    /// One source is done; what is known of the file from now on.
    Done(Option<FileRead>),
    /// These files were not found where the library knows them.
    Vanished(Vec<i64>),
    /// These files are there, although the library has them as missing.
    Reappeared(Vec<i64>),
}

/// Starts the threads that read. They put articles into `library` and report to `inbox`.
pub(super) fn start(
    what: Reading,
    library: &Arc<Library>,
    loaded: &Arc<Loaded>,
    to_keep: &Sender<ToKeep>,
    journal: &Arc<ReadJournal>,
    inbox: &Inbox,
) -> io::Result<()> {
    let known = Arc::new(AtomicUsize::new(0));
    let (jobs, to_read) = bounded(WAITING);
    let (results, gathered) = bounded(WAITING);
    let readers = thread::available_parallelism().map_or(2, NonZero::get);
    for number in 0..readers {
        let (to_read, results, library) = (to_read.clone(), results.clone(), Arc::clone(library));
        let journal = Arc::clone(journal);
        let name = format!("reading {number}");
        thread::Builder::new().name(name).spawn(move || {
            give_way(Courtesy::Most);
            read_all(&to_read, &results, &library, &journal);
        })?;
    }
    let look = looking::Look {
        library: Arc::clone(library),
        loaded: Arc::clone(loaded),
        known: Arc::clone(&known),
        journal: Arc::clone(journal),
        inbox: inbox.clone(),
    };
    thread::Builder::new().name("looking".to_owned()).spawn(move || look.run(&what, &jobs, &results))?;
    let gather = Gather { known, loaded: Arc::clone(loaded), to_keep: to_keep.clone(), inbox: inbox.clone() };
    thread::Builder::new().name("gathering".to_owned()).spawn(move || gather.run(&gathered))?;
    Ok(())
}

fn read_all(jobs: &Receiver<Job>, results: &Sender<Read>, library: &Library, journal: &ReadJournal) {
    for job in jobs {
        let place = job.to_string();
        let stamped = if let Job::Read(_, stamp) = &job { stamp.clone() } else { None };
        let entry = stamped.as_ref().map(|(path, _)| journal.begin_in_turn(path));
        let done = caught(|| match job {
            Job::Read(source, stamp) => read(source, stamp, results, library),
            Job::Renew(id) => {
                renew(id, results, library);
                None
            }
        });
        drop(entry);
        let file = done.unwrap_or_else(|| {
            if let Some((path, stamp)) = stamped {
                // What cannot be noted is tried again the next time.
                let _ = library.refuse_file(&path, &stamp, PANICKED);
            }
            let _ = results.send(Read::Refusal(Refusal { place, reason: PANICKED.to_owned() }));
            None
        });
        if results.send(Read::Done(file)).is_err() {
            return;
        }
    }
}

/// Reads one source; gives what to know of the file, if it can be known again.
fn read(
    source: source::Source,
    stamp: Option<(PathBuf, Stamp)>,
    results: &Sender<Read>,
    library: &Library,
) -> Option<FileRead> {
    let mut articles = Vec::new();
    let mut whole = true;
    source::read(source, &mut |read| {
        let result = match read {
            Ok(article) => {
                articles.push(article.id);
                take_in(article, library)
            }
            Err(refused) => {
                whole = false;
                Read::Refusal(Refusal {
                    place: crate::text::clean_line(&refused.origin.to_string()),
                    reason: refused.why.to_string(),
                })
            }
        };
        // Without anybody to gather it there is nobody to tell.
        let _ = results.send(result);
    });
    // What was refused is tried again the next time.
    let (path, stamp) = stamp.filter(|_| whole)?;
    Some(FileRead { path, stamp, articles })
}

/// Finds who speaks in an article, puts it into the library, and makes it ready to be kept.
fn take_in(article: Article, library: &Library) -> Read {
    let is_kept = library.may_write() && !matches!(article.origin, Origin::Bundled(_));
    let findings = quotes::find(&article.body);
    let entry = library.add(article, findings);
    // What cannot be made ready stays in memory.
    let prepared = if is_kept { Prepared::of(&entry).ok().map(Box::new) } else { None };
    Read::Article(entry.headline(), prepared)
}

/// Finds anew who speaks in an article that another version of the engine has read.
fn renew(id: ArticleId, results: &Sender<Read>, library: &Library) {
    // What fails is tried again at the next start.
    if let Ok(Some(headline)) = library.renew(id) {
        let _ = results.send(Read::Renewed(headline));
    }
}

/// Reports what comes in, in batches, and hands on what is to be kept.
struct Gather {
    known: Arc<AtomicUsize>,
    loaded: Arc<Loaded>,
    to_keep: Sender<ToKeep>,
    inbox: Inbox,
}

impl Gather {
    fn run(&self, results: &Receiver<Read>) {
        let (mut arrived, mut renewed) = (Vec::new(), Vec::new());
        let mut read = 0;
        let mut due = Instant::now() + FIRST_BATCH;
        let mut open = true;
        while open {
            match results.recv_deadline(due) {
                Ok(Read::Article(headline, prepared)) => {
                    self.loaded.add(std::iter::once(headline.id));
                    arrived.push(headline);
                    self.keep(prepared.map(ToKeep::Article));
                }
                Ok(Read::Refusal(refusal)) => open = self.inbox.report(Event::Refused(refusal)),
                Ok(Read::Renewed(headline)) => renewed.push(headline),
                Ok(Read::Done(file)) => {
                    read += 1;
                    self.keep(file.map(ToKeep::File));
                }
                Ok(Read::Vanished(files)) => self.keep(Some(ToKeep::Vanished(files))),
                Ok(Read::Reappeared(files)) => self.keep(Some(ToKeep::Reappeared(files))),
                Err(RecvTimeoutError::Timeout) => {}
                Err(RecvTimeoutError::Disconnected) => open = false,
            }
            if !open || Instant::now() >= due {
                open &= self.report(Event::Arrived, &mut arrived) && self.report(Event::Changed, &mut renewed);
                let known = self.known.load(Ordering::Relaxed);
                open &= self.inbox.report(Event::Progressed { read, known });
                due = Instant::now() + BATCH;
            }
        }
        self.inbox.report(Event::Finished);
    }

    fn keep(&self, what: Option<ToKeep>) {
        if let Some(what) = what {
            // Without anybody who keeps, everything stays in memory.
            let _ = self.to_keep.send(what);
        }
    }

    fn report(&self, event: fn(Vec<Headline>) -> Event, batch: &mut Vec<Headline>) -> bool {
        batch.is_empty() || self.inbox.report(event(std::mem::take(batch)))
    }
}
