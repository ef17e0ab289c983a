//! The threads that read: all cores ingest, one reports the headlines in batches and hands on what is to be committed.

use std::io;
use std::num::NonZero;
use std::ops::ControlFlow;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use crossbeam_channel::{Receiver, RecvTimeoutError, Sender, bounded};

use super::MessageSender;
use super::headline_reports::{HeadlineReports, INTERVAL};
use super::loaded::Loaded;
use super::scanner::{self, Job};
use super::write_worker::ToKeep;
use crate::app::Event;
use crate::catalog::Headline;
use crate::catalog::SkippedFile;
use crate::ingest::{Ingested, Item, PANICKED, Priority, ReadJournal, caught, ingest_input, lower_priority};
use crate::library::Library;

/// How long before the first report, so that there is something to read at once.
const FIRST_REPORT: Duration = Duration::from_millis(6);

/// How many sources and results may wait between threads, so that a fast walk cannot fill the memory.
const WAITING: usize = 256;

/// What is to be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ReadRequest {
    /// What these paths lead to.
    Paths(Vec<PathBuf>),
    /// The library, and what has changed in the folders that are part of it; the samples where it is empty.
    Library,
    /// What has appeared, changed or vanished at these paths while the program runs.
    Changed(Vec<PathBuf>),
}

/// What a thread has done.
pub(super) enum Read {
    /// What came of an input.
    Item(Item<Ingested>),
    /// Who speaks in an article was found anew.
    Renewed(Headline),
    /// One job is done.
    Done,
    /// These files were not found where the library knows them.
    Vanished(Vec<i64>),
    /// These files are there, although the library has them as missing.
    Reappeared(Vec<i64>),
}

/// Starts the threads that read. They put articles into `library` and report to `inbox`.
pub(super) fn start(
    what: ReadRequest,
    library: &Arc<Library>,
    loaded: &Arc<Loaded>,
    to_keep: &Sender<ToKeep>,
    journal: &Arc<ReadJournal>,
    inbox: &MessageSender,
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
            lower_priority(Priority::Lowest);
            read_all(&to_read, &results, &library, &journal);
        })?;
    }
    let look = scanner::Look {
        library: Arc::clone(library),
        loaded: Arc::clone(loaded),
        known: Arc::clone(&known),
        journal: Arc::clone(journal),
        inbox: inbox.clone(),
    };
    thread::Builder::new().name("looking".to_owned()).spawn(move || look.run(&what, &jobs, &results))?;
    let gather = Gather { known, reports: HeadlineReports::new(loaded, to_keep, inbox), inbox: inbox.clone() };
    thread::Builder::new().name("gathering".to_owned()).spawn(move || gather.run(&gathered))?;
    Ok(())
}

fn read_all(jobs: &Receiver<Job>, results: &Sender<Read>, library: &Library, journal: &ReadJournal) {
    let send = |read| if results.send(read).is_ok() { ControlFlow::Continue(()) } else { ControlFlow::Break(()) };
    for job in jobs {
        let flow = match job {
            Job::Read(scanned) => {
                let entry = scanned.path().map(|path| journal.begin_in_turn(path));
                ingest_input(scanned, library, entry, &mut |item| send(Read::Item(item)))
            }
            Job::Renew(id) => match caught(|| library.renew(id)) {
                Some(Ok(Some(headline))) => send(Read::Renewed(headline)),
                // What fails is tried again at the next start.
                Some(Ok(None) | Err(_)) => ControlFlow::Continue(()),
                None => send(Read::Item(Item::Skipped(SkippedFile::new(&format!("article {id}"), PANICKED)))),
            },
        };
        if flow.is_break() || send(Read::Done).is_break() {
            return;
        }
    }
}

/// Reports what comes in, in batches, and hands on what is to be committed.
struct Gather {
    known: Arc<AtomicUsize>,
    reports: HeadlineReports,
    inbox: MessageSender,
}

impl Gather {
    fn run(mut self, results: &Receiver<Read>) {
        let mut read = 0;
        let mut due = Instant::now() + FIRST_REPORT;
        let mut open = true;
        while open {
            match results.recv_deadline(due) {
                Ok(Read::Item(Item::Article(ingested))) => self.reports.add_arrived(ingested),
                Ok(Read::Item(Item::File(file))) => self.reports.commit(Some(ToKeep::File(file))),
                Ok(Read::Item(Item::Skipped(skipped))) => {
                    open = self.inbox.emit(Event::Refused(skipped));
                }
                Ok(Read::Renewed(headline)) => self.reports.add_renewed(headline),
                Ok(Read::Done) => read += 1,
                Ok(Read::Vanished(files)) => self.reports.commit(Some(ToKeep::Vanished(files))),
                Ok(Read::Reappeared(files)) => self.reports.commit(Some(ToKeep::Reappeared(files))),
                Err(RecvTimeoutError::Timeout) => {}
                Err(RecvTimeoutError::Disconnected) => open = false,
            }
            if !open || Instant::now() >= due {
                let known = self.known.load(Ordering::Relaxed);
                open &= self.reports.report() && self.inbox.emit(Event::Progressed { read, known });
                due = Instant::now() + INTERVAL;
            }
        }
        self.inbox.emit(Event::Finished);
    }
}
