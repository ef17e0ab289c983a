//! Watches folders: files that appear or change there while the program runs are read.

use std::collections::BTreeSet;
use std::io;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use crossbeam_channel::{Receiver, RecvTimeoutError, unbounded};
use notify::{EventKind, RecursiveMode, Watcher};

use super::{MessageSender, worker};
use crate::ingest::Priority;

/// How long it must be quiet before what has changed is read: a file is seldom written at once.
const QUIET_TIME: Duration = Duration::from_millis(300);

/// How long a folder that is never quiet is waited for.
const LONGEST_BURST: Duration = Duration::from_secs(2);

/// Starts the thread that watches what lies under `roots`, and hands the paths that have changed to `read`, each burst
/// at once; it ends when `read` breaks.
pub(super) fn start(
    roots: Vec<PathBuf>,
    sender: &MessageSender,
    read: impl Fn(Vec<PathBuf>) -> bool + Send + 'static,
) -> io::Result<()> {
    if roots.is_empty() {
        return Ok(());
    }
    worker::start("watching folders", Priority::Normal, sender, move || {
        let (report, changes) = unbounded();
        // Where the system has no watches left, files that appear are found at the next start.
        let Ok(mut watcher) = notify::recommended_watcher(move |change| drop(report.send(change))) else { return };
        for root in &roots {
            drop(watcher.watch(root, RecursiveMode::Recursive));
        }
        while let Some(burst) = next_burst(&changes) {
            if !burst.is_empty() && !read(burst) {
                return;
            }
        }
    })?;
    Ok(())
}

/// Waits for changes, and until it is quiet again; returns the paths that have changed.
fn next_burst(changes: &Receiver<notify::Result<notify::Event>>) -> Option<Vec<PathBuf>> {
    let mut paths = BTreeSet::new();
    add_paths(changes.recv().ok()?, &mut paths);
    let end = Instant::now() + LONGEST_BURST;
    loop {
        match changes.recv_deadline((Instant::now() + QUIET_TIME).min(end)) {
            Ok(change) => add_paths(change, &mut paths),
            Err(RecvTimeoutError::Timeout) => return Some(paths.into_iter().collect()),
            Err(RecvTimeoutError::Disconnected) => return None,
        }
    }
}

fn add_paths(change: notify::Result<notify::Event>, paths: &mut BTreeSet<PathBuf>) {
    let Ok(change) = change else { return };
    if !matches!(change.kind, EventKind::Create(_) | EventKind::Modify(_) | EventKind::Remove(_)) {
        return;
    }
    paths.extend(change.paths.into_iter().filter(|path| !is_hidden(path)));
}

/// Whether a walk would pass it by.
fn is_hidden(path: &Path) -> bool {
    path.file_name().is_some_and(|name| name.to_string_lossy().starts_with('.'))
}
