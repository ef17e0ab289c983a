//! The speakers of the archive: lists them, narrows the list, gathers what one said, writes it into files.

use std::fs::OpenOptions;
use std::io::{self, ErrorKind, Write};
use std::ops::ControlFlow;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::thread;

use crossbeam_channel::{Sender, unbounded};

use super::{MessageSender, write_worker};
use crate::app::{Event, PeopleJob, RequestId, TimelineJob};
use crate::catalog::{Narrowing, Person, Said};
use crate::forms::{Form, timeline};
use crate::library::{self, Library, Order};

/// The request of no request.
const NOBODY: u64 = u64::MAX;

/// The threads that answer for the archive: one for who speaks, one for what somebody said, so that neither waits for
/// the other.
#[derive(Debug)]
pub(super) struct Archivist {
    people: Desk<PeopleJob>,
    timeline: Desk<TimelineJob>,
}

/// The way to one of the threads.
#[derive(Debug)]
struct Desk<J> {
    /// The request of what was asked for last.
    newest: Arc<AtomicU64>,
    jobs: Sender<J>,
}

impl Archivist {
    pub(super) fn start(library: &Arc<Library>, inbox: &MessageSender) -> io::Result<Self> {
        let people = Desk::open("speakers", library, inbox, Clerk::see_to_people)?;
        Ok(Self { people, timeline: Desk::open("timeline", library, inbox, Clerk::see_to_timeline)? })
    }

    /// Begins what is asked for; a list that is being made for an older request ends.
    pub(super) fn people(&self, job: PeopleJob) {
        if let PeopleJob::List { request, .. } = &job {
            self.people.newest.store(request.0, Ordering::Relaxed);
        }
        // A thread that is gone has reported why; so below.
        let _ = self.people.jobs.send(job);
    }

    /// As [`Archivist::people`].
    pub(super) fn timeline(&self, job: TimelineJob) {
        let newest = if let TimelineJob::List { request, .. } = &job { request.0 } else { NOBODY };
        self.timeline.newest.store(newest, Ordering::Relaxed);
        let _ = self.timeline.jobs.send(job);
    }
}

impl<J: Send + 'static> Desk<J> {
    fn open(
        name: &str,
        library: &Arc<Library>,
        inbox: &MessageSender,
        see_to: fn(&mut Clerk, J) -> Result<(), library::Error>,
    ) -> io::Result<Self> {
        let (jobs, waiting) = unbounded();
        let newest = Arc::new(AtomicU64::new(0));
        let mut clerk = Clerk {
            library: Arc::clone(library),
            inbox: inbox.clone(),
            newest: Arc::clone(&newest),
            people: Vec::new(),
            narrowing: Narrowing::default(),
        };
        thread::Builder::new().name(name.to_owned()).spawn(move || {
            for job in waiting {
                if let Err(error) = see_to(&mut clerk, job) {
                    clerk.inbox.emit(Event::Failed(write_worker::explained(&error)));
                }
            }
        })?;
        Ok(Self { newest, jobs })
    }
}

/// The one who works at a desk.
struct Clerk {
    library: Arc<Library>,
    inbox: MessageSender,
    newest: Arc<AtomicU64>,
    /// Everyone, as they were listed last.
    people: Vec<Arc<Person>>,
    narrowing: Narrowing,
}

impl Clerk {
    fn see_to_people(&mut self, job: PeopleJob) -> Result<(), library::Error> {
        match job {
            PeopleJob::List { request, typed, rerun } => self.list(request, &typed, rerun),
            PeopleJob::Export { person, oldest_first, form, file, overwrite } => {
                self.export(Export { person, order: order(oldest_first), form, file, overwrite })
            }
        }
    }

    fn see_to_timeline(&mut self, job: TimelineJob) -> Result<(), library::Error> {
        match job {
            TimelineJob::List { request, person, oldest_first } => self.said(request, &person, oldest_first),
            // What was asked for before is not wanted any more, and that is all.
            TimelineJob::Cancel => Ok(()),
        }
    }

    fn is_wanted(&self, request: RequestId) -> bool {
        self.newest.load(Ordering::Relaxed) == request.0
    }

    /// Lists everyone; the first screenful as soon as it is there.
    fn list(&mut self, request: RequestId, typed: &str, rerun: bool) -> Result<(), library::Error> {
        if rerun || self.people.is_empty() {
            let mut people: Vec<Arc<Person>> = Vec::new();
            let library = Arc::clone(&self.library);
            library.people(&mut |batch| {
                let is_first = people.is_empty();
                people.extend(batch.into_iter().map(Arc::new));
                if is_first && typed.is_empty() && self.is_wanted(request) {
                    let people = people.clone();
                    self.inbox.emit(Event::SpeakersListed { request, people, is_last: false });
                }
                ControlFlow::Continue(())
            })?;
            self.people = people;
            self.narrowing = Narrowing::default();
        }
        // Of several that wait only the last is wanted still.
        if self.is_wanted(request) {
            let people = self.narrowing.narrow(&self.people, typed);
            self.inbox.emit(Event::SpeakersListed { request, people, is_last: true });
        }
        Ok(())
    }

    fn said(&self, request: RequestId, identity: &str, oldest_first: bool) -> Result<(), library::Error> {
        if !self.is_wanted(request) {
            return Ok(());
        }
        let person = self.library.person(identity)?.map(Arc::new);
        self.library.said_by(identity, order(oldest_first), &mut |said| {
            let more = Event::SaidListed { request, person: person.clone(), said, is_last: false };
            if self.is_wanted(request) && self.inbox.emit(more) {
                ControlFlow::Continue(())
            } else {
                ControlFlow::Break(())
            }
        })?;
        self.inbox.emit(Event::SaidListed { request, person, said: Vec::new(), is_last: true });
        Ok(())
    }

    /// Writes a file, on a thread of its own: it may take a while.
    fn export(&self, export: Export) -> Result<(), library::Error> {
        let (library, inbox) = (Arc::clone(&self.library), self.inbox.clone());
        let written = thread::Builder::new().name("export".to_owned()).spawn(move || {
            let event = match export.write(&library) {
                Ok(quotations) => Event::Exported { file: export.file, quotations },
                Err(ExportError::Exists) => Event::ExportExists { file: export.file },
                Err(ExportError::Unwritable(error)) => {
                    Event::Failed(format!("{} cannot be written ({error})", export.file))
                }
                Err(ExportError::Library(error)) => Event::Failed(write_worker::explained(&error)),
            };
            inbox.emit(event);
        });
        Ok(written.map(drop)?)
    }
}

/// What is to be written where.
struct Export {
    person: String,
    order: Order,
    form: Form,
    file: String,
    overwrite: bool,
}

/// Why nothing was written.
enum ExportError {
    Exists,
    Unwritable(io::Error),
    Library(library::Error),
}

impl From<library::Error> for ExportError {
    fn from(error: library::Error) -> Self {
        Self::Library(error)
    }
}

impl From<io::Error> for ExportError {
    fn from(error: io::Error) -> Self {
        if error.kind() == ErrorKind::AlreadyExists { Self::Exists } else { Self::Unwritable(error) }
    }
}

impl Export {
    /// Writes the file; gives how many quotations that are.
    fn write(&self, library: &Library) -> Result<usize, ExportError> {
        let path = path(&self.file);
        if !self.overwrite && path.symlink_metadata().is_ok() {
            return Err(ExportError::Exists);
        }
        let Some(person) = library.person(&self.person)? else { return Ok(0) };
        let mut all: Vec<Said> = Vec::new();
        library.said_by(&self.person, self.order, &mut |said| {
            all.extend(said);
            ControlFlow::Continue(())
        })?;
        let mut options = OpenOptions::new();
        options.write(true);
        // Somebody else may have made it meanwhile.
        if self.overwrite {
            options.create(true).truncate(true)
        } else {
            options.create_new(true)
        };
        let mut file = options.open(path)?;
        file.write_all(timeline(self.form, &person, &all).as_bytes())?;
        Ok(all.len())
    }
}

/// The path that was typed, `~/` being the reader's own folder.
fn path(typed: &str) -> PathBuf {
    match (typed.strip_prefix("~/"), std::env::var_os("HOME")) {
        (Some(rest), Some(home)) => PathBuf::from(home).join(rest),
        _ => PathBuf::from(typed),
    }
}

const fn order(oldest_first: bool) -> Order {
    if oldest_first { Order::OldestFirst } else { Order::NewestFirst }
}
