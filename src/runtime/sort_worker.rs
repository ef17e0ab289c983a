//! Sorting the headlines, always in the order that was asked for last.

use std::io;

use super::context::Context;
use super::worker::{self, Cancel, Policy, Worker};
use crate::app::{Event, RequestId, SortJob};
use crate::catalog::SortWork;
use crate::ingest::Priority;

/// The way to the worker.
#[derive(Debug)]
pub(super) struct SortWorker(Worker<(RequestId, SortWork)>);

impl SortWorker {
    pub(super) fn start(context: &Context) -> io::Result<Self> {
        let sender = context.sender.clone();
        let sort = move |(request, work): (_, SortWork), cancel: &Cancel| {
            if let Some(sorted) = work.sort(&|| !cancel.is_cancelled()) {
                sender.emit(Event::Sorted { request, sorted });
            }
        };
        worker::spawn("sorting", Priority::Normal, Policy::LatestOnly, &context.sender, sort).map(Self)
    }

    /// Starts a job.
    pub(super) fn request(&self, job: SortJob) {
        match job {
            SortJob::Sort { request, work } => self.0.send((request, work)),
            SortJob::Cancel => self.0.cancel(),
        }
    }
}
