//! What the workers share.

use std::sync::Arc;

use crossbeam_channel::Sender;

use super::MessageSender;
use super::loaded::Loaded;
use super::tasks::Tasks;
use super::write_worker::WriteJob;
use crate::fetch::Logins;
use crate::library::Library;

/// What the workers share.
#[derive(Debug, Clone)]
pub(super) struct Context {
    pub library: Arc<Library>,
    /// What feeds and pages are asked for with.
    pub logins: Logins,
    /// Which of its articles are loaded.
    pub loaded: Arc<Loaded>,
    /// Where goes what is to be committed.
    pub writes: Sender<WriteJob>,
    /// Where long work is listed.
    pub tasks: Tasks,
    pub sender: MessageSender,
}

#[cfg(test)]
impl Context {
    /// On all of a library; what is to be committed waits for `writes` to be taken up.
    pub fn on(library: Arc<Library>, writes: Sender<WriteJob>, sender: MessageSender) -> Self {
        let tasks = Tasks::start(&sender).unwrap();
        Self { library, logins: Logins::default(), loaded: Arc::new(Loaded::everything()), writes, tasks, sender }
    }
}
