//! The threads that read: all cores ingest, one reports the headlines in batches and hands on what is to be committed.

use std::io;
use std::num::NonZero;
use std::ops::ControlFlow;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use crossbeam_channel::{Receiver, RecvTimeoutError, Sender, bounded};

use super::context::Context;
use super::headline_reports::{HeadlineReports, REPORT_INTERVAL};
use super::read_jobs::{ReadJob, ReadRequest, ReadResult};
use super::scanner::Scanner;
use super::tasks::RunningTask;
use super::worker::{self, Cancel};
use super::write_worker::WriteJob;
use crate::app::{Event, TaskKind};
use crate::catalog::SkippedFile;
use crate::ingest::{Item, PANICKED, Priority, ReadJournal, caught, ingest_input};
use crate::library::Library;

/// How long before the first report, so that there is something to read at once.
const FIRST_REPORT_DELAY: Duration = Duration::from_millis(6);

/// How many inputs and results may wait between threads, so that a fast walk cannot fill the memory.
const QUEUE_LENGTH: usize = 256;

/// Starts the threads that read what is asked for; they end with it.
pub(super) fn start(request: ReadRequest, context: &Context, journal: &Arc<ReadJournal>) -> io::Result<()> {
    let Context { sender, tasks, .. } = context;
    let cancel = Cancel::default();
    let known = Arc::new(AtomicUsize::new(0));
    let (jobs, to_read) = bounded(QUEUE_LENGTH);
    let (results, collected) = bounded(QUEUE_LENGTH);
    let readers = thread::available_parallelism().map_or(2, NonZero::get);
    for _ in 0..readers {
        let (to_read, results, cancel) = (to_read.clone(), results.clone(), cancel.clone());
        let (library, journal) = (Arc::clone(&context.library), Arc::clone(journal));
        worker::start("reading files", Priority::Lowest, sender, move || {
            for job in to_read {
                if !cancel.is_cancelled() && read(job, &results, &library, &journal).is_break() {
                    return;
                }
            }
        })?;
    }
    let collector = Collector {
        known: Arc::clone(&known),
        reports: HeadlineReports::new(context),
        task: tasks.begin(TaskKind::ReadFiles, &cancel),
        context: context.clone(),
    };
    let scanner = Scanner { context: context.clone(), journal: Arc::clone(journal), known, jobs, results, cancel };
    worker::start("looking for files", Priority::Normal, sender, move || scanner.run(&request))?;
    worker::start("collecting articles", Priority::Normal, sender, move || collector.run(&collected))?;
    Ok(())
}

fn read(job: ReadJob, results: &Sender<ReadResult>, library: &Library, journal: &ReadJournal) -> ControlFlow<()> {
    let send = |result| if results.send(result).is_ok() { ControlFlow::Continue(()) } else { ControlFlow::Break(()) };
    match job {
        ReadJob::Read(scanned) => {
            let entry = scanned.path().map(|path| journal.begin_in_turn(path));
            ingest_input(scanned, library, entry, &mut |item| send(ReadResult::Item(item)))?;
        }
        ReadJob::Renew(id) => match caught(|| library.renew(id)) {
            Some(Ok(Some((headline, actions)))) => send(ReadResult::Renewed(headline, actions))?,
            // What fails is tried again at the next start.
            Some(Ok(None) | Err(_)) => {}
            None => {
                let skipped = SkippedFile::new(&format!("article {id}"), PANICKED);
                send(ReadResult::Item(Item::Skipped(skipped)))?;
            }
        },
    }
    send(ReadResult::Done)
}

/// Reports what comes in, in batches, and hands on what is to be committed.
struct Collector {
    known: Arc<AtomicUsize>,
    reports: HeadlineReports,
    task: RunningTask,
    context: Context,
}

impl Collector {
    fn run(mut self, results: &Receiver<ReadResult>) {
        let sender = &self.context.sender;
        let mut read = 0;
        let mut due = Instant::now() + FIRST_REPORT_DELAY;
        let mut open = true;
        while open {
            match results.recv_deadline(due) {
                Ok(ReadResult::Item(Item::Article(ingested))) => self.reports.add_arrived(ingested),
                Ok(ReadResult::Item(Item::File(file))) => self.reports.commit(Some(WriteJob::File(file))),
                Ok(ReadResult::Item(Item::Skipped(skipped))) => {
                    open = sender.emit(Event::Skipped(skipped));
                }
                Ok(ReadResult::Renewed(headline, actions)) => {
                    self.reports.add_renewed(headline);
                    open = actions.is_empty() || sender.emit(Event::UserActions(actions));
                }
                Ok(ReadResult::Done) => read += 1,
                Ok(ReadResult::Vanished(files)) => self.reports.commit(Some(WriteJob::Vanished(files))),
                Ok(ReadResult::Reappeared(files)) => self.reports.commit(Some(WriteJob::Reappeared(files))),
                Err(RecvTimeoutError::Timeout) => {}
                Err(RecvTimeoutError::Disconnected) => open = false,
            }
            if !open || Instant::now() >= due {
                let known = self.known.load(Ordering::Relaxed);
                open &= self.reports.report() && sender.emit(Event::Progressed { read, known });
                self.task.progress(read, known);
                due = Instant::now() + REPORT_INTERVAL;
            }
        }
        sender.emit(Event::Finished);
    }
}
