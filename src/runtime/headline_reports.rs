//! Headlines on their way to the state, in batches; what is to be committed goes to the thread that writes at once.

use std::time::Duration;

use super::context::Context;
use super::write_worker::WriteJob;
use crate::app::Event;
use crate::catalog::Headline;
use crate::ingest::{Ingested, Refreshed};

/// How long headlines are gathered before they are reported.
pub(super) const REPORT_INTERVAL: Duration = Duration::from_millis(30);

/// What is still to be reported.
pub(super) struct HeadlineReports {
    context: Context,
    arrived: Vec<Headline>,
    changed: Vec<Headline>,
}

impl HeadlineReports {
    pub fn new(context: &Context) -> Self {
        Self { context: context.clone(), arrived: Vec::new(), changed: Vec::new() }
    }

    /// Adds an article that was not listed.
    pub fn add_arrived(&mut self, ingested: Ingested) {
        self.arrived.push(ingested.headline);
        self.commit(ingested.encoded.map(WriteJob::Article));
    }

    /// Adds the result of a feed: new articles, and some whose text has changed.
    pub fn add_refreshed(&mut self, refreshed: Refreshed) {
        refreshed.new.into_iter().for_each(|ingested| self.add_arrived(ingested));
        for ingested in refreshed.updated {
            self.changed.push(ingested.headline);
            self.commit(ingested.encoded.map(WriteJob::Article));
        }
        self.commit(refreshed.update.map(|update| WriteJob::FetchUpdate(Box::new(update))));
    }

    /// Adds an article whose new findings are committed.
    pub fn add_renewed(&mut self, headline: Headline) {
        self.changed.push(headline);
    }

    /// Hands on what is to be committed. Without a thread that writes, everything stays in memory.
    pub fn commit(&self, what: Option<WriteJob>) {
        if let Some(what) = what {
            let _ = self.context.writes.send(what);
        }
    }

    /// Reports what has accumulated; false once the receiver is gone.
    pub fn report(&mut self) -> bool {
        let (arrived, changed) = (std::mem::take(&mut self.arrived), std::mem::take(&mut self.changed));
        let Context { loaded, sender, .. } = &self.context;
        loaded.add(arrived.iter().map(|headline| headline.id));
        (arrived.is_empty() || sender.emit(Event::Arrived(arrived)))
            && (changed.is_empty() || sender.emit(Event::Changed(changed)))
    }
}
