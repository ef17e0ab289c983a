//! Reads the configuration again: when the user asks for it, and when its file changes.

use std::io;
use std::path::PathBuf;
use std::time::Duration;

use crossbeam_channel::{Receiver, Sender, never, select, unbounded};
use notify::{RecommendedWatcher, RecursiveMode, Watcher};

use super::{Message, MessageSender, worker};
use crate::config::{self, ConfigFile};
use crate::ingest::Priority;

/// How long it must be quiet before a file that has changed is read: editors write in several steps.
const QUIET_TIME: Duration = Duration::from_millis(200);

/// What has come of reading it again.
#[derive(Debug, Clone)]
pub struct Reloaded {
    /// The configuration, or why there is none.
    pub read: Result<ConfigFile, String>,
    /// Whether the user asked for it.
    pub is_asked: bool,
}

/// Starts the thread that reads the configuration again: the file that is `named`, else the one at the default path. Each
/// message asks for it.
pub(super) fn start(named: Option<PathBuf>, sender: &MessageSender) -> io::Result<Sender<()>> {
    let (asking, asked) = unbounded();
    let answers = sender.clone();
    worker::start("reading the configuration", Priority::Normal, sender, move || {
        let path = named.clone().or_else(config::default_path);
        let watched = path.and_then(|path| watch(&path));
        let no_changes = never();
        let changes = watched.as_ref().map_or(&no_changes, |(_, changes)| changes);
        while let Some(is_asked) = next(&asked, changes) {
            let read = config::load(named.as_deref()).map_err(|error| crate::text::clean_line(&error.to_string()));
            if !answers.send(Message::Reloaded(Box::new(Reloaded { read, is_asked }))) {
                return;
            }
        }
    })?;
    Ok(asking)
}

/// Waits until it is to be read; says whether the user asked, or nothing when nobody can ask any more.
fn next(asked: &Receiver<()>, changes: &Receiver<()>) -> Option<bool> {
    select! {
        recv(asked) -> asked => asked.ok().map(|()| true),
        recv(changes) -> _ => {
            while changes.recv_timeout(QUIET_TIME).is_ok() {}
            Some(false)
        }
    }
}

/// Reports each change of a file. Editors put another file in its place: its folder is watched. Where the system has no
/// watches left, or there is no folder, the user can still ask.
fn watch(path: &std::path::Path) -> Option<(RecommendedWatcher, Receiver<()>)> {
    let (report, changes) = unbounded();
    let name = path.file_name()?.to_owned();
    let tell = move |change: notify::Result<notify::Event>| {
        let is_it = |changed: &PathBuf| changed.file_name() == Some(&name);
        if change.is_ok_and(|change| !change.kind.is_access() && change.paths.iter().any(is_it)) {
            let _ = report.send(());
        }
    };
    let mut watcher = notify::recommended_watcher(tell).ok()?;
    watcher.watch(path.parent()?, RecursiveMode::NonRecursive).ok()?;
    Some((watcher, changes))
}
