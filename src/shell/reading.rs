//! Reads articles from files on all cores, finds who speaks in them, and reports their headlines in batches.

use std::io;
use std::num::NonZero;
use std::ops::ControlFlow;
use std::panic::{self, AssertUnwindSafe};
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use crossbeam_channel::{Receiver, RecvTimeoutError, Sender, bounded};

use super::Inbox;
use super::source::{self, Source};
use crate::app::{Event, Refusal};
use crate::article::Article;
use crate::catalog::Headline;
use crate::library::Library;
use crate::quotes;

/// How long headlines are gathered before they are reported.
const BATCH: Duration = Duration::from_millis(30);

/// How long before the first report, so that there is something to read at once.
const FIRST_BATCH: Duration = Duration::from_millis(18);

/// How many sources and results may wait between threads, so that a fast walk cannot fill the memory.
const WAITING: usize = 256;

/// What a thread has read.
enum Read {
    Headline(Headline),
    Refusal(Refusal),
    /// One source is done.
    Done,
}

/// Starts the threads that read what `paths` lead to, the samples when there are none. They put articles into
/// `library` and report to `inbox`.
pub(super) fn start(paths: Vec<PathBuf>, library: &Arc<Library>, inbox: &Inbox) -> io::Result<()> {
    let known = Arc::new(AtomicUsize::new(0));
    let (sources, to_read) = bounded(WAITING);
    let (results, gathered) = bounded(WAITING);
    let readers = thread::available_parallelism().map_or(2, NonZero::get);
    for number in 0..readers {
        let (to_read, results, library) = (to_read.clone(), results.clone(), Arc::clone(library));
        let name = format!("reading {number}");
        thread::Builder::new().name(name).spawn(move || read_all(&to_read, &results, &library))?;
    }
    let (walking, reports) = (Arc::clone(&known), inbox.clone());
    thread::Builder::new().name("walking".to_owned()).spawn(move || walk(&paths, &sources, &walking, &reports))?;
    let reports = inbox.clone();
    thread::Builder::new().name("gathering".to_owned()).spawn(move || gather(&gathered, &known, &reports))?;
    Ok(())
}

fn walk(paths: &[PathBuf], sources: &Sender<Source>, known: &AtomicUsize, inbox: &Inbox) {
    let hidden = source::find(paths, &mut |source| {
        known.fetch_add(1, Ordering::Relaxed);
        if sources.send(source).is_ok() { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
    });
    if hidden > 0 {
        inbox.report(Event::PassedOver(hidden));
    }
}

fn read_all(sources: &Receiver<Source>, results: &Sender<Read>, library: &Library) {
    for source in sources {
        let place = source.to_string();
        let read = panic::catch_unwind(AssertUnwindSafe(|| {
            source::read(source, &mut |read| {
                let result = match read {
                    Ok(article) => Read::Headline(take_in(article, library)),
                    Err(refused) => Read::Refusal(Refusal {
                        place: crate::text::clean_line(&refused.origin.to_string()),
                        reason: refused.why.to_string(),
                    }),
                };
                // Without anybody to gather it there is nobody to tell.
                let _ = results.send(result);
            });
        }));
        if read.is_err() {
            let reason = "made the program fail: please report it with this file".to_owned();
            let _ = results.send(Read::Refusal(Refusal { place, reason }));
        }
        if results.send(Read::Done).is_err() {
            return;
        }
    }
}

/// Finds who speaks in an article and puts it into the library.
fn take_in(article: Article, library: &Library) -> Headline {
    let findings = quotes::find(&article.body);
    let headline = Headline::of(&article, &findings);
    library.add(article, findings);
    headline
}

/// Reports what comes in, in batches.
fn gather(results: &Receiver<Read>, known: &AtomicUsize, inbox: &Inbox) {
    let mut batch = Vec::new();
    let mut read = 0;
    let mut due = Instant::now() + FIRST_BATCH;
    let mut open = true;
    while open {
        match results.recv_deadline(due) {
            Ok(Read::Headline(headline)) => batch.push(headline),
            Ok(Read::Refusal(refusal)) => open = inbox.report(Event::Refused(refusal)),
            Ok(Read::Done) => read += 1,
            Err(RecvTimeoutError::Timeout) => {}
            Err(RecvTimeoutError::Disconnected) => open = false,
        }
        if !open || Instant::now() >= due {
            let arrived = std::mem::take(&mut batch);
            let reported = arrived.is_empty() || inbox.report(Event::Arrived(arrived));
            let known = known.load(Ordering::Relaxed);
            open &= reported && inbox.report(Event::Progressed { read, known });
            due = Instant::now() + BATCH;
        }
    }
    inbox.report(Event::Finished);
}
