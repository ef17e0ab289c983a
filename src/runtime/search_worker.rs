//! Searching, always for what was typed last; counting, for which no search waits.

use std::io;
use std::sync::Arc;

use super::context::Context;
use super::worker::{self, Cancel, Policy, Worker};
use crate::app::{Event, RequestId, SearchJob, TaskKind};
use crate::ingest::Priority;
use crate::library::{SCREENFUL, SearchOptions};
use crate::query::Query;

/// The ways to the workers.
#[derive(Debug)]
pub(super) struct SearchWorker {
    find: Worker<(RequestId, Query)>,
    count: Worker<(RequestId, Vec<Query>)>,
}

impl SearchWorker {
    pub(super) fn start(context: &Context) -> io::Result<Self> {
        let finder = context.clone();
        let find = move |(request, query), cancel: &Cancel| find(&finder, request, &query, cancel);
        let find = worker::spawn("searching", Priority::Normal, Policy::LatestOnly, &context.sender, find)?;
        let counter = context.clone();
        let count = move |(request, queries): (_, Vec<_>), _: &Cancel| count(&counter, request, &queries);
        let count = worker::spawn("counting", Priority::Normal, Policy::Queue, &context.sender, count)?;
        Ok(Self { find, count })
    }

    /// Starts a job; a search that is running ends, unless something is only to be counted.
    pub(super) fn request(&self, job: SearchJob) {
        match job {
            SearchJob::Find { request, query } => self.find.send((request, query)),
            SearchJob::Count { request, queries } => self.count.send((request, queries)),
            // It would only take the disk from others.
            SearchJob::Cancel => self.find.cancel(),
        }
    }
}

fn find(context: &Context, request: RequestId, query: &Query, cancel: &Cancel) {
    let Context { library, loaded, sender, .. } = context;
    let interrupted = Arc::clone(library);
    cancel.on_cancel(move || interrupted.interrupt());
    let _task = context.tasks.begin(TaskKind::Search, cancel);
    let mut hits = Vec::new();
    let mut search = SearchOptions {
        wanted: &|| !cancel.is_cancelled(),
        among: &|id| loaded.has(id),
        sink: &mut |piece| {
            // Less than a screenful is all that there is, or the end of it.
            if query.by_relevance || piece.len() < SCREENFUL {
                hits.extend(piece);
            } else {
                sender.emit(Event::FoundSome { request, hits: piece });
            }
        },
    };
    if let Err(error) = library.search_as(query, &mut search) {
        sender.fail(&error);
    }
    if !cancel.is_overtaken() {
        sender.emit(Event::Found { request, hits });
    }
}

fn count(context: &Context, request: RequestId, queries: &[Query]) {
    let count = |query| context.library.count(query, &|id| context.loaded.has(id));
    match queries.iter().map(count).collect() {
        Ok(counts) => _ = context.sender.emit(Event::Counted { request, counts }),
        Err(error) => context.sender.fail(&error),
    }
}

#[cfg(test)]
mod tests {
    use crossbeam_channel::bounded;

    use super::super::{Message, message_channel};
    use super::*;
    use crate::library::Library;

    #[test]
    fn search_that_is_stopped_answers_and_one_that_is_overtaken_does_not() {
        let (sender, messages) = message_channel();
        let context = Context::on(Arc::new(Library::default()), bounded(0).0, sender);
        let (stopped, overtaken) = (Cancel::default(), Cancel::default());
        stopped.stop();
        overtaken.overtake();
        find(&context, RequestId(1), &Query::parse("tide"), &overtaken);
        find(&context, RequestId(2), &Query::parse("tide"), &stopped);
        let answers = messages.try_iter().map(|message| match message {
            Message::Event(Event::Found { request, hits }) => (request, hits.len()),
            other => panic!("{other:?}"),
        });
        assert_eq!(answers.collect::<Vec<_>>(), [(RequestId(2), 0)]);
    }
}
