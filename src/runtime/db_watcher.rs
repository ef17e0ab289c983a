//! Watches for what other programs do in the library while this one runs, and reports it.
//!
//! Woken by the system when the file is written to; asks the library whether another program did that.

use std::ffi::OsString;
use std::io;
use std::path::{Path, PathBuf};
use std::thread;
use std::time::{Duration, Instant};

use crossbeam_channel::{Receiver, Sender, bounded};
use notify::{RecommendedWatcher, RecursiveMode, Watcher};

use super::context::Context;
use super::worker;
use crate::app::Event;
use crate::catalog::FeedOverview;
use crate::ingest::Priority;
use crate::library::ExternalChanges;

/// How long after the first write the library is polled: the rest of the transaction follows within that.
const SETTLE_DELAY: Duration = Duration::from_millis(100);

/// The shortest time between two polls.
const MIN_POLL_INTERVAL: Duration = Duration::from_secs(1);

/// The share of the time that is spent on polling while others write, as one part in this many.
const POLL_SHARE: u32 = 10;

/// How long after the last write the library is polled once more: a slow disk may need that long for a commit.
const RECHECK_DELAY: Duration = Duration::from_secs(5);

/// How often the library is polled where the system reports no changes.
const POLL_INTERVAL: Duration = Duration::from_secs(2);

/// How much is reported at once, and how long the keys have between two such reports.
const RESULTS_PER_EVENT: usize = 500;
const EVENT_PAUSE: Duration = Duration::from_millis(20);

/// Starts the thread that watches; without a file there are no others, and where it may not be written to they need not
/// be known.
pub(super) fn start(context: &Context) -> io::Result<()> {
    let library = &context.library;
    let Some(path) = library.path().filter(|_| library.may_write()).map(Path::to_path_buf) else { return Ok(()) };
    let mut watcher = DbWatcher { context: context.clone(), had_sources: false };
    worker::start("watching the library", Priority::Low, &context.sender, move || watcher.run(FileWatch::of(&path)))?;
    Ok(())
}

/// Reports when the file is written to, by this program or another one.
struct FileWatch {
    /// Nothing where the system has none.
    watcher: Option<RecommendedWatcher>,
    folder: PathBuf,
    changed: Receiver<()>,
    /// Keeps the channel open.
    _change: Sender<()>,
}

impl FileWatch {
    fn of(path: &Path) -> Self {
        let (change, changed) = bounded(1);
        let mut watch = Self { watcher: None, folder: folder_of(path), changed, _change: change.clone() };
        let name = path.file_name().map_or_else(OsString::new, OsString::from);
        let is_ours = move |path: &PathBuf| {
            path.file_name().is_some_and(|other| other.as_encoded_bytes().starts_with(name.as_encoded_bytes()))
        };
        let on_change = move |event: notify::Result<notify::Event>| {
            if event.is_ok_and(|event| !event.kind.is_access() && event.paths.iter().any(&is_ours)) {
                // Once is enough.
                let _ = change.try_send(());
            }
        };
        watch.watcher = notify::recommended_watcher(on_change).ok();
        watch.open();
        watch
    }

    /// Listens from now on. Where that is impossible the library is polled.
    fn open(&mut self) {
        if let Some(watcher) = &mut self.watcher
            && watcher.watch(&self.folder, RecursiveMode::NonRecursive).is_err()
        {
            self.watcher = None;
        }
    }

    /// Ignores notifications for a while: a program that writes a lot, this one too, would wake it for every page.
    fn close(&mut self) {
        if let Some(watcher) = &mut self.watcher {
            // A notification that arrives nevertheless costs a poll.
            let _ = watcher.unwatch(&self.folder);
        }
        self.changed.try_iter().for_each(drop);
    }

    /// Waits until the file changes, at most this long; returns whether it did.
    fn wait(&self, longest: Option<Duration>) -> bool {
        match (&self.watcher, longest) {
            (None, _) => self.changed.recv_timeout(POLL_INTERVAL).is_ok(),
            (Some(_), Some(longest)) => self.changed.recv_timeout(longest).is_ok(),
            (Some(_), None) => self.changed.recv().is_ok(),
        }
    }
}

fn folder_of(place: &Path) -> PathBuf {
    match place.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder.to_path_buf(),
        _ => PathBuf::from("."),
    }
}

/// Asks the library, and reports.
struct DbWatcher {
    context: Context,
    /// Whether there were feeds when they were reported last.
    had_sources: bool,
}

impl DbWatcher {
    fn run(&mut self, mut watch: FileWatch) {
        let (mut has_more, mut is_quiet) = (false, false);
        loop {
            let changed = has_more || watch.wait((!is_quiet).then_some(RECHECK_DELAY));
            watch.close();
            thread::sleep(SETTLE_DELAY);
            let begun = Instant::now();
            if !self.poll() {
                return;
            }
            thread::sleep(MIN_POLL_INTERVAL.max(begun.elapsed() * POLL_SHARE));
            watch.open();
            // Notifications were ignored meanwhile. A failed poll is repeated when the file changes.
            has_more = self.context.library.has_external_writes().unwrap_or(false);
            is_quiet = !changed;
        }
    }

    /// Reports what other programs did, if anything; false when the receiver is gone.
    fn poll(&mut self) -> bool {
        // That a library fails is reported where something is wanted of it.
        if !self.context.library.has_external_writes().unwrap_or(false) {
            return true;
        }
        let Ok(news) = self.context.library.poll_external() else { return true };
        let feeds = self.context.library.feed_overview().unwrap_or_default();
        self.report(news, feeds)
    }

    fn report(&mut self, news: ExternalChanges, feeds: FeedOverview) -> bool {
        let ExternalChanges { actions, arrived, edited, relisted, departed } = news;
        self.context.loaded.add(arrived.iter().map(|headline| headline.id));
        let is_news = [arrived.len(), edited.len(), relisted.len(), departed.len(), actions.len()] != [0; 5];
        let mut is_open = self.in_batches(Event::UserActions, actions)
            && self.in_batches(Event::Departed, departed)
            && self.in_batches(Event::Changed, edited)
            && self.in_batches(Event::Relisted, relisted)
            && self.in_batches(Event::Arrived, arrived);
        // What this program changed of them meanwhile is not known here: as long as there are any, they are reported.
        if !feeds.feeds.is_empty() || self.had_sources {
            self.had_sources = !feeds.feeds.is_empty();
            is_open &= self.context.sender.emit(Event::Sources(feeds));
        }
        is_open && (!is_news || self.context.sender.emit(Event::CaughtUp))
    }

    /// Reports a lot, a little at a time: a key must not wait for all of it.
    fn in_batches<T>(&self, event: fn(Vec<T>) -> Event, all: Vec<T>) -> bool {
        let mut all = all.into_iter().peekable();
        while all.peek().is_some() {
            if !self.context.sender.emit(event(all.by_ref().take(RESULTS_PER_EVENT).collect())) {
                return false;
            }
            if all.peek().is_some() {
                thread::sleep(EVENT_PAUSE);
            }
        }
        true
    }
}

#[cfg(test)]
mod tests {
    use std::ops::ControlFlow;
    use std::sync::Arc;

    use super::super::{Message, message_channel};
    use super::*;
    use crate::article::ArticleId;
    use crate::library::{Library, Scope};
    use crate::user::UserAction;

    #[test]
    fn external_changes_are_reported_and_our_own_are_not() {
        let folder = tempfile::TempDir::new().unwrap();
        let place = folder.path().join("library.sqlite3");
        let (here, there) = (Arc::new(Library::open(&place).unwrap()), Library::open(&place).unwrap());
        here.list(&Scope::Whole, &mut |_| ControlFlow::Continue(())).unwrap();
        let (sender, messages) = message_channel();
        let (writes, _) = bounded(0);
        start(&Context::on(Arc::clone(&here), writes, sender)).unwrap();
        let receive = || match messages.recv_timeout(Duration::from_mins(1)) {
            Ok(Message::Event(event)) => event,
            other => panic!("{other:?}"),
        };
        for number in [2, 3] {
            let (mine, theirs) = (ArticleId(1), ArticleId(number));
            let starred = UserAction::Starred { article: theirs, starred: true };
            here.note(&[UserAction::Read { article: mine, read: number == 2 }]).unwrap();
            there.note(std::slice::from_ref(&starred)).unwrap();
            let Event::UserActions(all) = receive() else { panic!("something else comes first") };
            assert_eq!(all, [starred]);
            assert!(matches!(receive(), Event::CaughtUp));
        }
        assert!(messages.is_empty());
    }

    #[test]
    fn reports_come_in_batches() {
        let (sender, messages) = message_channel();
        let (writes, _) = bounded(0);
        let context = Context::on(Arc::new(Library::default()), writes, sender);
        let watcher = DbWatcher { context, had_sources: false };
        assert!(watcher.in_batches(Event::Departed, (0..1_201).map(ArticleId).collect()));
        let sizes = messages.try_iter().map(|message| match message {
            Message::Event(Event::Departed(ids)) => ids.len(),
            _ => 0,
        });
        assert_eq!(sizes.collect::<Vec<_>>(), [500, 500, 201]);
    }
}
