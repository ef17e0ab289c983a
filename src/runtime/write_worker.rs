//! The one thread that writes into the library: what the user does at once, articles in batches.

use std::io;
use std::sync::Arc;
use std::time::{Duration, Instant};

use crossbeam_channel::{Receiver, Sender, bounded, never, select_biased, unbounded};

use super::messages::{MessageSender, failure};
use super::worker::{self, Cancel, Thread};
use crate::app::Event;
use crate::ingest::{Priority, is_absent};
use crate::library::{self, Committed, EncodedArticle, FetchUpdate, FileId, FileRead, Library, Written};
use crate::user::{Notification, UserAction, UserWrite};

/// How many articles are committed in one transaction. An action of the user interrupts it, and waits at most while the
/// index is written at the end.
const BATCH: usize = 256;

/// How many articles are committed in one transaction that nothing breaks off, so that a user who does a lot does not keep
/// articles from being committed at all.
const SMALL_BATCH: usize = 16;

/// How long an article waits for others to be committed together with it.
const BATCH_DELAY: Duration = Duration::from_millis(500);

/// How many articles may wait, so that the memory stays bounded however fast they are read.
const QUEUE_LENGTH: usize = 1_000;

/// How long after a failure it is tried again to write what the user did.
const RETRY_DELAY: Duration = Duration::from_secs(2);

/// How long the end of the program waits for what the user did to be committed.
pub(super) const EXIT_WAIT: Duration = Duration::from_secs(10);

pub(super) enum WriteJob {
    Article(Box<EncodedArticle>),
    /// Comes after its articles.
    File(FileRead),
    /// What was update of a feed. Comes after its articles.
    FetchUpdate(Box<FetchUpdate>),
    /// These files were not found. Comes before the end of reading; applied at the end.
    Vanished(Vec<FileId>),
    /// These files are there, although the library has them as missing.
    Reappeared(Vec<FileId>),
    /// All that feeds brought has been handed on: the user is told of what rules notify of, once it is committed.
    FeedsRead,
}

/// The way to the thread that writes. It has two queues, of which what the user does is the first: the other one has a
/// bound, and threads that read files wait for it.
#[derive(Debug)]
pub(super) struct WriteQueue {
    /// None after [`WriteQueue::close`].
    writes: Option<Sender<UserWrite>>,
    jobs: Sender<WriteJob>,
    closing: Cancel,
    thread: Thread,
}

impl WriteQueue {
    /// Starts the thread.
    pub fn start(library: Arc<Library>, sender: MessageSender) -> io::Result<Self> {
        let (writes, waiting) = unbounded();
        let (jobs, read) = bounded(QUEUE_LENGTH);
        let closing = Cancel::default();
        let to = sender.clone();
        let mut state = Writer::new(library, sender, closing.clone());
        let thread = worker::start("writing to the library", Priority::Low, &to, move || state.run(&waiting, read))?;
        Ok(Self { writes: Some(writes), jobs, closing, thread })
    }

    /// Where goes what is to be committed in batches.
    pub fn jobs(&self) -> Sender<WriteJob> {
        self.jobs.clone()
    }

    /// Writes what the user did, at once.
    pub fn write(&self, write: UserWrite) {
        if let Some(writes) = &self.writes {
            // A thread that is gone has reported why.
            let _ = writes.send(write);
        }
    }

    /// Waits until all actions of the user are committed; nothing else is committed from then on.
    pub fn close(&mut self) {
        self.closing.overtake();
        self.writes = None;
        // A program that holds the library for longer has been reported.
        self.thread.join(EXIT_WAIT);
    }
}

/// Where that waits which is to be committed.
struct Writer {
    library: Arc<Library>,
    sender: MessageSender,
    /// Whether the program ends.
    closing: Cancel,
    articles: Vec<EncodedArticle>,
    files: Vec<FileRead>,
    update: Vec<FetchUpdate>,
    vanished: Vec<FileId>,
    reappeared: Vec<FileId>,
    /// Whether the user is to be told, once nothing more waits, of what rules notify of.
    feeds_are_read: bool,
    /// What the user did and was not reported as committed.
    pending: Vec<UserAction>,
    /// When it is tried again to write them.
    retry: Option<Instant>,
    /// Whether what the user did broke off the commit of these articles.
    is_put_off: bool,
}

impl Writer {
    fn new(library: Arc<Library>, sender: MessageSender, closing: Cancel) -> Self {
        Self {
            library,
            sender,
            closing,
            articles: Vec::new(),
            files: Vec::new(),
            update: Vec::new(),
            vanished: Vec::new(),
            reappeared: Vec::new(),
            feeds_are_read: false,
            pending: Vec::new(),
            retry: None,
            is_put_off: false,
        }
    }

    fn run(&mut self, writes: &Receiver<UserWrite>, mut jobs: Receiver<WriteJob>) {
        let mut due = None;
        loop {
            let timer = due.map_or_else(never, crossbeam_channel::at);
            // What could not be written is tried again, whether the user does something more or not.
            let retry = self.retry.map_or_else(never, crossbeam_channel::at);
            select_biased! {
                recv(writes) -> write => if let Ok(write) = write {
                    // It is the last one.
                    let is_last = self.closing.is_cancelled();
                    // All that waits, in one transaction.
                    self.write(&std::iter::once(write).chain(writes.try_iter()).collect::<Vec<_>>());
                    if is_last {
                        return self.derive(None);
                    }
                    self.derive(Some(writes));
                } else {
                    // What could not be written before is tried once more.
                    if self.retry.is_some() {
                        self.write(&[]);
                    }
                    return self.derive(None);
                },
                recv(jobs) -> job => if let Ok(job) = job {
                    self.add(job);
                    due = due.or(Some(Instant::now() + BATCH_DELAY));
                    if self.articles.len() + self.files.len() >= BATCH {
                        due = self.commit(writes);
                    }
                } else {
                    // Nothing follows that could be committed together with it.
                    due = self.commit(writes);
                    if due.is_none() {
                        self.mark_gone();
                        jobs = never();
                    }
                },
                recv(retry) -> _ => self.write(&[]),
                recv(timer) -> _ => {
                    due = self.commit(writes);
                    if due.is_none() {
                        // By now what was moved has been found where it lies.
                        self.mark_gone();
                    }
                },
            }
        }
    }

    /// Whether the commit of articles is to make way.
    fn is_wanted_elsewhere(&self, writes: &Receiver<UserWrite>) -> bool {
        !writes.is_empty() || self.closing.is_cancelled()
    }

    fn add(&mut self, job: WriteJob) {
        match job {
            WriteJob::Article(article) => self.articles.push(*article),
            WriteJob::File(file) => self.files.push(file),
            WriteJob::FetchUpdate(update) => self.update.push(*update),
            WriteJob::Vanished(files) => self.vanished.extend(files),
            WriteJob::Reappeared(files) => self.reappeared.extend(files),
            WriteJob::FeedsRead => self.feeds_are_read = true,
        }
    }

    fn write(&mut self, writes: &[UserWrite]) {
        let written = self.library.write_first(writes);
        self.pending.extend(writes.iter().flat_map(UserWrite::actions).cloned());
        self.retry = written.is_err().then(|| Instant::now() + RETRY_DELAY);
        match written {
            Ok(written) => self.report_written(writes, written),
            // That it failed has been said; it is tried again.
            Err(_) if writes.is_empty() => {}
            Err(error) => {
                let is_step = writes.iter().any(|write| matches!(write, UserWrite::Undo | UserWrite::Redo));
                let not_undone = if is_step { "Nothing was undone or redone: " } else { "" };
                self.sender.emit(Event::Failed(format!("{not_undone}{}", failure(&error))));
            }
        }
    }

    /// Writes what follows from what the user did to many articles, unless the user does more meanwhile.
    fn derive(&mut self, writes: Option<&Receiver<UserWrite>>) {
        let mut is_much = false;
        while writes.is_none_or(Receiver::is_empty) {
            match self.reported(self.library.derive_some()) {
                Some(true) => is_much = true,
                _ => break,
            }
        }
        if is_much {
            self.sender.emit(Event::CaughtUp);
        }
    }

    fn report_written(&mut self, writes: &[UserWrite], written: Vec<Written>) {
        // Also where nothing changed: what is shown may not be what is there.
        let asked = writes.iter().flat_map(UserWrite::actions).chain(written.iter().flat_map(Written::actions));
        let is_of_feed = asked.into_iter().any(|action| action.feed().is_some());
        // A position shows nowhere that it is committed, and each event is a frame.
        self.pending.retain(|action| !matches!(action, UserAction::Position { .. } | UserAction::Searched(_)));
        if !self.pending.is_empty() {
            self.sender.emit(Event::Committed(std::mem::take(&mut self.pending)));
        }
        for (write, written) in writes.iter().zip(written) {
            self.sender.emit(match written {
                Written::Done(actions) if matches!(write, UserWrite::Split { .. }) => Event::Committed(actions),
                Written::Done(_) => continue,
                Written::Stepped { step, label, actions, left } => Event::Stepped { step, label, actions, left },
                Written::Nothing(step) => Event::EndOfHistory(step),
            });
        }
        if is_of_feed && let Some(feeds) = self.reported(self.library.feed_overview()) {
            self.sender.emit(Event::Sources(feeds));
        }
    }

    /// Commits what waits, unless the user does something meanwhile; returns when to go on then.
    fn commit(&mut self, writes: &Receiver<UserWrite>) -> Option<Instant> {
        while !self.articles.is_empty() || !self.files.is_empty() {
            let most = if self.is_put_off { SMALL_BATCH } else { BATCH };
            let piece = most.min(self.articles.len());
            // Of a file it is said that it was read once all its articles are committed.
            let files = if piece == self.articles.len() { &self.files[..] } else { &[] };
            let wanted = || self.is_put_off || !self.is_wanted_elsewhere(writes);
            match self.library.commit_while(&self.articles[..piece], files, &wanted) {
                Err(library::Error::Interrupted) => self.is_put_off = true,
                Ok(committed) => {
                    if piece == self.articles.len() {
                        self.files.clear();
                    }
                    self.articles.drain(..piece);
                    self.report(committed);
                }
                Err(error) => {
                    // They stay in memory, and their files are read again the next time.
                    self.articles.clear();
                    self.files.clear();
                    self.sender.fail(&error);
                }
            }
            if self.is_wanted_elsewhere(writes) {
                return Some(Instant::now());
            }
        }
        self.is_put_off = false;
        self.learn();
        if std::mem::take(&mut self.feeds_are_read)
            && let Some(about) = Notification::about(self.library.take_notified())
        {
            self.sender.emit(Event::Notified(about));
        }
        None
    }

    /// Commits what was update of feeds, and reports it.
    fn learn(&mut self) {
        let update = std::mem::take(&mut self.update);
        if !update.is_empty()
            && let Some(committed) = self.reported(self.library.record_fetches(&update))
        {
            self.report(committed);
            if let Some(feeds) = self.reported(self.library.feed_overview()) {
                self.sender.emit(Event::Sources(feeds));
            }
        }
    }

    /// Reports what became of articles that were there before.
    fn report(&self, committed: Committed) {
        if !committed.successors.is_empty() {
            self.sender.emit(Event::Replaced(committed.successors));
        }
        if !committed.gone.is_empty() {
            self.sender.emit(Event::Departed(committed.gone));
        }
        if !committed.actions.is_empty() {
            self.sender.emit(Event::UserActions(committed.actions));
        }
        if !committed.changed.is_empty() {
            self.sender.emit(Event::Changed(committed.changed));
        }
    }

    /// Marks files that were not found as missing, and those that were found again as present.
    fn mark_gone(&mut self) {
        let (vanished, reappeared) = (std::mem::take(&mut self.vanished), std::mem::take(&mut self.reappeared));
        if !reappeared.is_empty()
            && let Some(present) = self.reported(self.library.mark_present(&reappeared)).filter(|ids| !ids.is_empty())
        {
            self.sender.emit(Event::Present(present));
        }
        if vanished.is_empty() {
            return;
        }
        // Looked at once more, as late as possible: another program may have put a file back meanwhile.
        let Some(paths) = self.reported(self.library.paths_of(&vanished)) else { return };
        let absent: Vec<FileId> = paths.into_iter().filter(|(_, path)| is_absent(path)).map(|(file, _)| file).collect();
        if let Some(gone) = self.reported(self.library.mark_gone(&absent)).filter(|gone| !gone.is_empty()) {
            self.sender.emit(Event::Gone(gone));
        }
    }

    /// The result; an error is reported.
    fn reported<T>(&self, result: Result<T, library::Error>) -> Option<T> {
        result.map_err(|error| self.sender.fail(&error)).ok()
    }
}

#[cfg(test)]
mod tests {
    use super::super::message_channel;
    use super::*;
    use crate::article::ArticleId;

    #[test]
    fn close_waits_for_what_the_user_did() {
        let folder = tempfile::TempDir::new().unwrap();
        let path = folder.path().join("library.sqlite3");
        let (sender, _messages) = message_channel();
        let mut queue = WriteQueue::start(Arc::new(Library::open(&path).unwrap()), sender).unwrap();
        let jobs = queue.jobs();
        for number in 0..100 {
            queue.write(UserWrite::Note(UserAction::Starred { article: ArticleId(number), starred: true }));
        }
        queue.close();
        let starred = |number| Library::open(&path).unwrap().user_state().flags(ArticleId(number)).starred;
        assert!(starred(0) && starred(99) && !starred(100));
        assert!(jobs.send(WriteJob::Vanished(Vec::new())).is_err(), "the thread is gone");
    }
}
