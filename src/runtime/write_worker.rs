//! The one thread that writes into the library: what the reader did at once, articles in batches.

use std::io;
use std::sync::Arc;
use std::thread;
use std::time::{Duration, Instant};

use crossbeam_channel::{Receiver, Sender, bounded, never, select_biased, unbounded};

use super::MessageSender;
use crate::app::Event;
use crate::ingest::{Priority, is_absent, lower_priority};
use crate::library::{self, FileRead, Kept, Learnt, Library, Prepared, Written};
use crate::user::{UserAction, UserWrite};

/// How many articles are kept in one transaction. What the reader does breaks it off, and waits at most while the index
/// takes them in at the end.
const BATCH: usize = 256;

/// How many articles are kept in one transaction that nothing breaks off, so that those who do a lot do not keep
/// articles from being kept at all.
const SMALL_BATCH: usize = 16;

/// How long an article waits for others to be kept together with it.
const PATIENCE: Duration = Duration::from_millis(500);

/// How many articles may wait, so that the memory stays bounded however fast they are read.
const WAITING: usize = 1_000;

/// How long after a failure it is tried again to write what the user did.
const RETRY: Duration = Duration::from_secs(2);

/// How long the end of the program waits for what the reader did to be kept.
const LAST_PATIENCE: Duration = Duration::from_secs(10);

/// Something to be kept.
pub(super) enum ToKeep {
    Article(Box<Prepared>),
    /// Comes after its articles.
    File(FileRead),
    /// What was learnt of a source. Comes after its articles.
    Learnt(Box<Learnt>),
    /// These files were not found. Comes before the end of the reading, takes effect at it.
    Vanished(Vec<i64>),
    /// These files are there, although the library has them as missing.
    Reappeared(Vec<i64>),
}

enum Request {
    Write(UserWrite),
    /// Answers once all before it is kept.
    Settle(Sender<()>),
}

/// The way to the thread that writes.
#[derive(Debug)]
pub(super) struct Keeper {
    requests: Sender<Request>,
    articles: Sender<ToKeep>,
}

impl Keeper {
    /// Starts the thread.
    pub fn start(library: Arc<Library>, inbox: MessageSender) -> io::Result<Self> {
        let (requests, asked) = unbounded();
        let (articles, read) = bounded(WAITING);
        let mut desk = Desk::new(library, inbox);
        thread::Builder::new().name("keeping".to_owned()).spawn(move || {
            lower_priority(Priority::Low);
            desk.run(&asked, read);
        })?;
        Ok(Self { requests, articles })
    }

    /// Where articles go that are to be kept.
    pub fn intake(&self) -> Sender<ToKeep> {
        self.articles.clone()
    }

    /// Writes what the user did, at once.
    pub fn write(&self, write: UserWrite) {
        // A thread that is gone has reported why.
        let _ = self.requests.send(Request::Write(write));
    }

    /// Waits until all that the reader did is kept.
    pub fn settle(&self) {
        let (done, kept) = bounded(1);
        if self.requests.send(Request::Settle(done)).is_ok() {
            // Somebody who holds the library for longer has been reported.
            let _ = kept.recv_timeout(LAST_PATIENCE);
        }
    }
}

/// Where that which is to be kept waits.
struct Desk {
    library: Arc<Library>,
    inbox: MessageSender,
    articles: Vec<Prepared>,
    files: Vec<FileRead>,
    learnt: Vec<Learnt>,
    vanished: Vec<i64>,
    reappeared: Vec<i64>,
    /// What the user did and was not reported as committed.
    pending: Vec<UserAction>,
    /// When it is tried again to write them.
    retry: Option<Instant>,
    /// Whether what the reader did broke off the keeping of these articles.
    is_put_off: bool,
}

impl Desk {
    fn new(library: Arc<Library>, inbox: MessageSender) -> Self {
        let (articles, files, learnt) = (Vec::new(), Vec::new(), Vec::new());
        let (vanished, reappeared, pending) = (Vec::new(), Vec::new(), Vec::new());
        Self { library, inbox, articles, files, learnt, vanished, reappeared, pending, retry: None, is_put_off: false }
    }

    fn run(&mut self, requests: &Receiver<Request>, mut read: Receiver<ToKeep>) {
        let mut due = None;
        loop {
            let timer = due.map_or_else(never, crossbeam_channel::at);
            // What could not be written is tried again, whether the user does something more or not.
            let retry = self.retry.map_or_else(never, crossbeam_channel::at);
            select_biased! {
                recv(requests) -> request => match request {
                    Ok(request) => self.serve(request, requests),
                    Err(_) => return,
                },
                recv(read) -> what => if let Ok(what) = what {
                    self.lay_down(what);
                    due = due.or(Some(Instant::now() + PATIENCE));
                    if self.articles.len() + self.files.len() >= BATCH {
                        due = self.keep(requests);
                    }
                } else {
                    // Nothing comes any more that could be kept together with it.
                    due = self.keep(requests);
                    if due.is_none() {
                        self.mark_gone();
                        read = never();
                    }
                },
                recv(retry) -> _ => self.write(&[]),
                recv(timer) -> _ => {
                    due = self.keep(requests);
                    if due.is_none() {
                        // By now what was moved has been found where it lies.
                        self.mark_gone();
                    }
                },
            }
        }
    }

    fn lay_down(&mut self, what: ToKeep) {
        match what {
            ToKeep::Article(article) => self.articles.push(*article),
            ToKeep::File(file) => self.files.push(file),
            ToKeep::Learnt(learnt) => self.learnt.push(*learnt),
            ToKeep::Vanished(files) => self.vanished.extend(files),
            ToKeep::Reappeared(files) => self.reappeared.extend(files),
        }
    }

    /// Writes what the user did, all that waits in one transaction.
    fn serve(&mut self, first: Request, requests: &Receiver<Request>) {
        let (mut writes, mut waiting) = (Vec::new(), Vec::new());
        for request in std::iter::once(first).chain(requests.try_iter()) {
            match request {
                Request::Write(write) => writes.push(write),
                Request::Settle(done) => waiting.push(done),
            }
        }
        // What could not be written before is tried again, at the latest when the program ends.
        if !writes.is_empty() || self.retry.is_some() {
            self.write(&writes);
        }
        for done in waiting {
            let _ = done.send(());
        }
    }

    fn write(&mut self, writes: &[UserWrite]) {
        let written = self.library.write(writes);
        self.pending.extend(writes.iter().flat_map(UserWrite::actions).cloned());
        self.retry = written.is_err().then(|| Instant::now() + RETRY);
        match written {
            Ok(written) => self.report_written(writes, written),
            // That it failed has been said; it is tried again.
            Err(_) if writes.is_empty() => {}
            Err(error) => {
                let is_step = writes.iter().any(|write| matches!(write, UserWrite::Undo | UserWrite::Redo));
                let not_undone = if is_step { "Nothing was undone or redone: " } else { "" };
                self.inbox.emit(Event::Failed(format!("{not_undone}{}", explained(&error))));
            }
        }
    }

    fn report_written(&mut self, writes: &[UserWrite], written: Vec<Written>) {
        // Also where nothing changed: what is shown may not be what is there.
        let asked = writes.iter().flat_map(UserWrite::actions).chain(written.iter().flat_map(Written::actions));
        let is_of_feed = asked.into_iter().any(|action| action.feed().is_some());
        // A position shows nowhere that it is committed, and each event is a frame.
        self.pending.retain(|action| !matches!(action, UserAction::Position { .. } | UserAction::Searched(_)));
        if !self.pending.is_empty() {
            self.inbox.emit(Event::Committed(std::mem::take(&mut self.pending)));
        }
        for (write, written) in writes.iter().zip(written) {
            self.inbox.emit(match written {
                Written::Done(actions) if matches!(write, UserWrite::Split { .. }) => Event::Committed(actions),
                Written::Done(_) => continue,
                Written::Stepped { step, label, actions, left } => Event::Stepped { step, label, actions, left },
                Written::Nothing(step) => Event::EndOfHistory(step),
            });
        }
        if is_of_feed && let Some(lines) = self.told(self.library.source_lines()) {
            self.inbox.emit(Event::Sources(lines));
        }
    }

    /// Keeps what waits, unless the reader does something meanwhile; gives when to go on then.
    fn keep(&mut self, requests: &Receiver<Request>) -> Option<Instant> {
        while !self.articles.is_empty() || !self.files.is_empty() {
            let most = if self.is_put_off { SMALL_BATCH } else { BATCH };
            let piece = most.min(self.articles.len());
            // Of a file it is said that it was read once all its articles are kept.
            let files = if piece == self.articles.len() { &self.files[..] } else { &[] };
            let wanted = || self.is_put_off || requests.is_empty();
            match self.library.keep_while(&self.articles[..piece], files, &wanted) {
                Err(library::Error::Interrupted) => self.is_put_off = true,
                Ok(kept) => {
                    if piece == self.articles.len() {
                        self.files.clear();
                    }
                    self.articles.drain(..piece);
                    self.report(kept);
                }
                Err(error) => {
                    // They stay in memory, and their files are read again the next time.
                    self.articles.clear();
                    self.files.clear();
                    self.inbox.emit(Event::Failed(explained(&error)));
                }
            }
            if !requests.is_empty() {
                return Some(Instant::now());
            }
        }
        self.is_put_off = false;
        self.learn();
        None
    }

    /// Keeps what became of the sources on the web, and tells it.
    fn learn(&mut self) {
        let learnt = std::mem::take(&mut self.learnt);
        if !learnt.is_empty()
            && self.told(self.library.learn(&learnt)).is_some()
            && let Some(lines) = self.told(self.library.source_lines())
        {
            self.inbox.emit(Event::Sources(lines));
        }
    }

    /// Tells what became of articles that were there before.
    fn report(&self, kept: Kept) {
        if !kept.gone.is_empty() {
            self.inbox.emit(Event::Departed(kept.gone));
        }
        if !kept.actions.is_empty() {
            self.inbox.emit(Event::UserActions(kept.actions));
        }
        if !kept.changed.is_empty() {
            self.inbox.emit(Event::Changed(kept.changed));
        }
    }

    /// Marks files that were not found as missing, and those that were found again as present.
    fn mark_gone(&mut self) {
        let (vanished, reappeared) = (std::mem::take(&mut self.vanished), std::mem::take(&mut self.reappeared));
        if !reappeared.is_empty()
            && let Some(present) = self.told(self.library.mark_present(&reappeared)).filter(|ids| !ids.is_empty())
        {
            self.inbox.emit(Event::Present(present));
        }
        if vanished.is_empty() {
            return;
        }
        // Looked at once more, as late as possible: another program may have put a file back meanwhile.
        let Some(paths) = self.told(self.library.paths_of(&vanished)) else { return };
        let absent: Vec<i64> = paths.into_iter().filter(|(_, path)| is_absent(path)).map(|(file, _)| file).collect();
        if let Some(gone) = self.told(self.library.mark_gone(&absent)).filter(|gone| !gone.is_empty()) {
            self.inbox.emit(Event::Gone(gone));
        }
    }

    /// What came of it; what went wrong is told.
    fn told<T>(&self, result: Result<T, library::Error>) -> Option<T> {
        result.map_err(|error| self.inbox.emit(Event::Failed(explained(&error)))).ok()
    }
}

/// What went wrong with the library, and what to do, in a line.
pub(super) fn explained(error: &library::Error) -> String {
    crate::text::clean_line(&format!("{error} · {}", error.hint()))
}
