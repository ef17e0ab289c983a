//! Headlines on their way to the state, in batches; what is to be committed goes to the thread that writes at once.

use std::sync::Arc;
use std::time::Duration;

use crossbeam_channel::Sender;

use super::MessageSender;
use super::loaded::Loaded;
use super::write_worker::ToKeep;
use crate::app::Event;
use crate::catalog::Headline;
use crate::ingest::Ingested;

/// How long headlines are gathered before they are reported.
pub(super) const INTERVAL: Duration = Duration::from_millis(30);

/// What is still to be reported.
pub(super) struct HeadlineReports {
    loaded: Arc<Loaded>,
    to_keep: Sender<ToKeep>,
    inbox: MessageSender,
    arrived: Vec<Headline>,
    changed: Vec<Headline>,
}

impl HeadlineReports {
    pub fn new(loaded: &Arc<Loaded>, to_keep: &Sender<ToKeep>, inbox: &MessageSender) -> Self {
        let (arrived, changed) = (Vec::new(), Vec::new());
        Self { loaded: Arc::clone(loaded), to_keep: to_keep.clone(), inbox: inbox.clone(), arrived, changed }
    }

    /// Adds an article that was not listed.
    pub fn add_arrived(&mut self, ingested: Ingested) {
        self.arrived.push(ingested.headline);
        self.commit(ingested.encoded.map(ToKeep::Article));
    }

    /// Adds an article that was listed with other words.
    pub fn add_changed(&mut self, ingested: Ingested) {
        self.changed.push(ingested.headline);
        self.commit(ingested.encoded.map(ToKeep::Article));
    }

    /// Adds an article whose findings were made anew, and committed.
    pub fn add_renewed(&mut self, headline: Headline) {
        self.changed.push(headline);
    }

    /// Hands on what is to be committed. Without a thread that writes, everything stays in memory.
    pub fn commit(&self, what: Option<ToKeep>) {
        if let Some(what) = what {
            let _ = self.to_keep.send(what);
        }
    }

    /// Reports what has gathered; false once nothing is received any more.
    pub fn report(&mut self) -> bool {
        let (arrived, changed) = (std::mem::take(&mut self.arrived), std::mem::take(&mut self.changed));
        self.loaded.add(arrived.iter().map(|headline| headline.id));
        (arrived.is_empty() || self.inbox.emit(Event::Arrived(arrived)))
            && (changed.is_empty() || self.inbox.emit(Event::Changed(changed)))
    }
}
