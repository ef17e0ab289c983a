//! The speakers of the archive: lists them, narrows the list, gathers what one said, writes it into files.

use std::fs::OpenOptions;
use std::io::{self, ErrorKind, Write};
use std::ops::ControlFlow;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::thread;

use crossbeam_channel::{Receiver, Sender, unbounded};

use super::{Inbox, keeping};
use crate::app::{Effect, Event, Ticket};
use crate::catalog::{Narrowing, Person, Said};
use crate::forms::{Form, timeline};
use crate::library::{Library, Order, Trouble};

/// The ticket of no request.
const NOBODY: u64 = u64::MAX;

/// The threads that answer for the archive: one for who speaks, one for what somebody said, so that neither waits for
/// the other.
#[derive(Debug)]
pub(super) struct Archivist {
    people: Desk,
    said: Desk,
}

/// The way to one of the threads.
#[derive(Debug)]
struct Desk {
    /// The ticket of what was asked for last.
    newest: Arc<AtomicU64>,
    requests: Sender<Effect>,
}

impl Archivist {
    pub(super) fn start(library: Arc<Library>, inbox: Inbox) -> io::Result<Self> {
        let people = Desk::open("speakers", Arc::clone(&library), inbox.clone())?;
        Ok(Self { people, said: Desk::open("timeline", library, inbox)? })
    }

    /// Begins what is asked for; a list that is being made for an older request ends.
    pub(super) fn ask(&self, effect: Effect) {
        let desk = if matches!(effect, Effect::ListSaid { .. }) { &self.said } else { &self.people };
        if let Effect::ListSpeakers { ticket, .. } | Effect::ListSaid { ticket, .. } = &effect {
            desk.newest.store(ticket.0, Ordering::Relaxed);
        }
        // A thread that is gone has reported why.
        let _ = desk.requests.send(effect);
    }

    /// What somebody said is not wanted any more.
    pub(super) fn end_said(&self) {
        self.said.newest.store(NOBODY, Ordering::Relaxed);
    }
}

impl Desk {
    fn open(name: &str, library: Arc<Library>, inbox: Inbox) -> io::Result<Self> {
        let (requests, waiting) = unbounded();
        let newest = Arc::new(AtomicU64::new(0));
        let mut clerk = Clerk {
            library,
            inbox,
            newest: Arc::clone(&newest),
            waiting,
            people: Vec::new(),
            narrowing: Narrowing::default(),
        };
        thread::Builder::new().name(name.to_owned()).spawn(move || clerk.run())?;
        Ok(Self { newest, requests })
    }
}

/// The one who works at a desk.
struct Clerk {
    library: Arc<Library>,
    inbox: Inbox,
    newest: Arc<AtomicU64>,
    waiting: Receiver<Effect>,
    /// Everyone, as they were listed last.
    people: Vec<Arc<Person>>,
    narrowing: Narrowing,
}

impl Clerk {
    fn run(&mut self) {
        while let Ok(effect) = self.waiting.recv() {
            let done = match effect {
                Effect::ListSpeakers { ticket, typed, afresh } => self.list(ticket, &typed, afresh),
                Effect::ListSaid { ticket, person, oldest_first } => self.said(ticket, &person, oldest_first),
                Effect::Export { person, oldest_first, form, file, overwrite } => {
                    let export = Export { person, order: order(oldest_first), form, file, overwrite };
                    self.export(export)
                }
                _ => Ok(()),
            };
            if let Err(trouble) = done {
                self.inbox.report(Event::Failed(keeping::explained(&trouble)));
            }
        }
    }

    fn is_wanted(&self, ticket: Ticket) -> bool {
        self.newest.load(Ordering::Relaxed) == ticket.0
    }

    /// Lists everyone; the first screenful as soon as it is there.
    fn list(&mut self, ticket: Ticket, typed: &str, afresh: bool) -> Result<(), Trouble> {
        if afresh || self.people.is_empty() {
            let mut people: Vec<Arc<Person>> = Vec::new();
            let library = Arc::clone(&self.library);
            library.people(&mut |batch| {
                let is_first = people.is_empty();
                people.extend(batch.into_iter().map(Arc::new));
                if is_first && typed.is_empty() && self.is_wanted(ticket) {
                    let people = people.clone();
                    self.inbox.report(Event::SpeakersListed { ticket, people, is_last: false });
                }
                ControlFlow::Continue(())
            })?;
            self.people = people;
            self.narrowing = Narrowing::default();
        }
        // Of several that wait only the last is wanted still.
        if self.is_wanted(ticket) {
            let people = self.narrowing.narrow(&self.people, typed);
            self.inbox.report(Event::SpeakersListed { ticket, people, is_last: true });
        }
        Ok(())
    }

    fn said(&self, ticket: Ticket, identity: &str, oldest_first: bool) -> Result<(), Trouble> {
        if !self.is_wanted(ticket) {
            return Ok(());
        }
        let person = self.library.person(identity)?.map(Arc::new);
        self.library.said_by(identity, order(oldest_first), &mut |said| {
            let more = Event::SaidListed { ticket, person: person.clone(), said, is_last: false };
            if self.is_wanted(ticket) && self.inbox.report(more) {
                ControlFlow::Continue(())
            } else {
                ControlFlow::Break(())
            }
        })?;
        self.inbox.report(Event::SaidListed { ticket, person, said: Vec::new(), is_last: true });
        Ok(())
    }

    /// Writes a file, on a thread of its own: it may take a while.
    fn export(&self, export: Export) -> Result<(), Trouble> {
        let (library, inbox) = (Arc::clone(&self.library), self.inbox.clone());
        let written = thread::Builder::new().name("export".to_owned()).spawn(move || {
            let event = match export.write(&library) {
                Ok(quotations) => Event::Exported { file: export.file, quotations },
                Err(Refused::Exists) => Event::ExportExists { file: export.file },
                Err(Refused::Unwritable(error)) => {
                    Event::Failed(format!("{} cannot be written ({error})", export.file))
                }
                Err(Refused::Library(trouble)) => Event::Failed(keeping::explained(&trouble)),
            };
            inbox.report(event);
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
enum Refused {
    Exists,
    Unwritable(io::Error),
    Library(Trouble),
}

impl From<Trouble> for Refused {
    fn from(trouble: Trouble) -> Self {
        Self::Library(trouble)
    }
}

impl From<io::Error> for Refused {
    fn from(error: io::Error) -> Self {
        if error.kind() == ErrorKind::AlreadyExists { Self::Exists } else { Self::Unwritable(error) }
    }
}

impl Export {
    /// Writes the file; gives how many quotations that are.
    fn write(&self, library: &Library) -> Result<usize, Refused> {
        let path = path(&self.file);
        if !self.overwrite && path.symlink_metadata().is_ok() {
            return Err(Refused::Exists);
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
