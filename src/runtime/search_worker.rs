//! Searching, always for what was typed last.

use std::io;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::thread;

use crossbeam_channel::{Sender, unbounded};

use super::loaded::Loaded;
use super::{MessageSender, write_worker};
use crate::app::{Event, RequestId, SearchJob};
use crate::library::{Library, SCREENFUL, Search};
use crate::query::Query;

/// The thread that searches.
#[derive(Debug)]
pub(super) struct Searcher {
    newest: Arc<AtomicU64>,
    requests: Sender<(RequestId, Query)>,
    counts: Sender<(RequestId, Vec<Query>)>,
    library: Arc<Library>,
}

impl Searcher {
    pub(super) fn start(library: Arc<Library>, loaded: Arc<Loaded>, inbox: MessageSender) -> io::Result<Self> {
        let (requests, waiting) = unbounded::<(RequestId, Query)>();
        let counts = start_counting(Arc::clone(&library), Arc::clone(&loaded), inbox.clone())?;
        let newest = Arc::new(AtomicU64::new(0));
        let (asked, searched) = (Arc::clone(&newest), Arc::clone(&library));
        thread::Builder::new().name("search".to_owned()).spawn(move || {
            while let Ok(first) = waiting.recv() {
                // Of several that wait only the last is wanted still.
                let (request, query) = waiting.try_iter().last().unwrap_or(first);
                let wanted = || asked.load(Ordering::Relaxed) == request.0;
                let mut hits = Vec::new();
                let mut search = Search {
                    wanted: &wanted,
                    among: &|id| loaded.has(id),
                    give: &mut |piece| {
                        // Less than a screenful is all that there is, or the end of it.
                        if query.by_relevance || piece.len() < SCREENFUL {
                            hits.extend(piece);
                        } else {
                            inbox.emit(Event::FoundSome { request, hits: piece });
                        }
                    },
                };
                if let Err(error) = searched.search_as(&query, &mut search) {
                    inbox.emit(Event::Failed(write_worker::explained(&error)));
                }
                if wanted() && !inbox.emit(Event::Found { request, hits }) {
                    return;
                }
            }
        })?;
        Ok(Self { newest, requests, counts, library })
    }

    /// Begins what is asked for; a search that is running ends, unless something is only to be counted.
    pub(super) fn ask(&self, job: SearchJob) {
        match job {
            SearchJob::Find { request, query } => {
                self.newest.store(request.0, Ordering::Relaxed);
                self.library.interrupt();
                // A thread that is gone has reported why; so below.
                let _ = self.requests.send((request, query));
            }
            SearchJob::Count { request, queries } => {
                let _ = self.counts.send((request, queries));
            }
            // It would only keep others from the disk.
            SearchJob::Cancel => {
                self.newest.store(u64::MAX, Ordering::Relaxed);
                self.library.interrupt();
            }
        }
    }
}

/// Starts the thread that counts, so that no search waits for it.
fn start_counting(
    library: Arc<Library>,
    loaded: Arc<Loaded>,
    inbox: MessageSender,
) -> io::Result<Sender<(RequestId, Vec<Query>)>> {
    let (requests, waiting) = unbounded::<(RequestId, Vec<Query>)>();
    thread::Builder::new().name("counting".to_owned()).spawn(move || {
        for (request, queries) in waiting {
            let count = |query: &Query| library.count_unread(query, &|id| loaded.has(id));
            let event = match queries.iter().map(count).collect() {
                Ok(counts) => Event::Counted { request, counts },
                Err(error) => Event::Failed(write_worker::explained(&error)),
            };
            if !inbox.emit(event) {
                return;
            }
        }
    })?;
    Ok(requests)
}
