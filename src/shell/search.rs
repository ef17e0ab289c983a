//! Searching, always for what was typed last.

use std::io;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::thread;

use crossbeam_channel::{Sender, unbounded};

use super::Inbox;
use crate::app::{Event, Ticket};
use crate::library::Library;
use crate::query::Query;

/// The thread that searches.
#[derive(Debug)]
pub(super) struct Searcher {
    newest: Arc<AtomicU64>,
    requests: Sender<(Ticket, Query)>,
}

impl Searcher {
    pub(super) fn start(library: Arc<Library>, inbox: Inbox) -> io::Result<Self> {
        let (requests, waiting) = unbounded::<(Ticket, Query)>();
        let newest = Arc::new(AtomicU64::new(0));
        let asked = Arc::clone(&newest);
        thread::Builder::new().name("search".to_owned()).spawn(move || {
            while let Ok(first) = waiting.recv() {
                // Of several that wait only the last is wanted still.
                let (ticket, query) = waiting.try_iter().last().unwrap_or(first);
                let wanted = || asked.load(Ordering::Relaxed) == ticket.0;
                let hits = library.search(&query, &wanted);
                if wanted() && !inbox.report(Event::Found { ticket, hits }) {
                    return;
                }
            }
        })?;
        Ok(Self { newest, requests })
    }

    /// Searches for `query`; a search that is running ends.
    pub(super) fn search(&self, ticket: Ticket, query: Query) {
        self.newest.store(ticket.0, Ordering::Relaxed);
        // A thread that is gone has reported why.
        let _ = self.requests.send((ticket, query));
    }
}
