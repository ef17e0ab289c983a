//! The speakers of the library: lists them, narrows the list, gathers what one said, writes it into files.

use std::io::{self, ErrorKind};
use std::ops::ControlFlow;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use chrono::Local;

use super::article_text::article_text;
use super::context::Context;
use super::typed_file;
use super::worker::{self, Cancel, Policy, Worker};
use crate::app::{Event, Exported, PeopleJob, RequestId, TaskKind, TimelineJob};
use crate::catalog::{Narrowing, PeopleOrder, Person, Said, propose_like_names};
use crate::export::Format;
use crate::ingest::Priority;
use crate::library::{self, Library, Order, PeopleSink};

/// The ways to the workers: none waits for another.
#[derive(Debug)]
pub(super) struct PeopleWorker {
    list: Worker<Wanted>,
    /// Whether the library may have changed since all were listed last.
    is_stale: Arc<AtomicBool>,
    names: Worker<(RequestId, String)>,
    timeline: Worker<SaidBy>,
    export: Worker<Export>,
}

/// Who is to be listed.
#[derive(Debug)]
struct Wanted {
    request: RequestId,
    typed: String,
    order: PeopleOrder,
    with_reported: bool,
}

/// The person whose quotations are requested.
#[derive(Debug)]
struct SaidBy {
    request: RequestId,
    identity: String,
    order: Order,
    with_reported: bool,
}

impl PeopleWorker {
    pub(super) fn start(context: &Context) -> io::Result<Self> {
        let (sender, normal) = (&context.sender, Priority::Normal);
        let is_stale = Arc::new(AtomicBool::new(true));
        let mut list = PeopleList {
            context: context.clone(),
            is_stale: Arc::clone(&is_stale),
            people: Vec::new(),
            has_reported: false,
            ordered: (PeopleOrder::default(), Vec::new()),
            narrowing: Narrowing::default(),
        };
        let list = move |wanted, cancel: &Cancel| {
            if let Err(error) = list.list(&wanted, cancel) {
                list.context.sender.fail(&error);
            }
        };
        let lister = context.clone();
        let timeline = move |asked, cancel: &Cancel| {
            if let Err(error) = said(&lister, &asked, cancel) {
                lister.sender.fail(&error);
            }
        };
        let namer = context.clone();
        let look_up = move |(request, person): (_, String), _: &Cancel| match namer.library.identities_of(&person) {
            Ok(all) => {
                let keys = all.iter().map(|identity| identity.key().to_owned()).collect();
                namer.sender.emit(Event::NamesFound { request, keys });
            }
            Err(error) => namer.sender.fail(&error),
        };
        let exporter = context.clone();
        let write = move |export, cancel: &Cancel| write(&exporter, export, cancel);
        Ok(Self {
            list: worker::spawn("listing speakers", normal, Policy::LatestOnly, sender, list)?,
            is_stale,
            names: worker::spawn("looking up names", normal, Policy::LatestOnly, sender, look_up)?,
            timeline: worker::spawn("listing quotations", normal, Policy::LatestOnly, sender, timeline)?,
            export: worker::spawn("writing a file", normal, Policy::Queue, sender, write)?,
        })
    }

    /// Starts a job.
    pub(super) fn people(&self, job: PeopleJob) {
        match job {
            PeopleJob::List { request, typed, order, rerun, with_reported } => {
                // Stays so where this request is overtaken before it is begun.
                self.is_stale.fetch_or(rerun, Ordering::Relaxed);
                self.list.send(Wanted { request, typed, order, with_reported });
            }
            PeopleJob::Names { request, person } => self.names.send((request, person)),
            PeopleJob::Export { what, format, file, overwrite } => {
                self.export.send(Export { what, format, file, overwrite });
            }
        }
    }

    /// As [`PeopleWorker::people`]; a list that is being made for an older request ends.
    pub(super) fn timeline(&self, job: TimelineJob) {
        match job {
            TimelineJob::List { request, person, oldest_first, with_reported } => {
                let order = order(oldest_first);
                self.timeline.send(SaidBy { request, identity: person, order, with_reported });
            }
            TimelineJob::Cancel => self.timeline.cancel(),
        }
    }

    /// Waits at most this long for the file that is being written; begins no other.
    pub(super) fn shut_down(&mut self, longest: Duration) {
        self.export.shut_down(longest);
    }
}

struct PeopleList {
    context: Context,
    is_stale: Arc<AtomicBool>,
    /// Everyone, as they were listed last.
    people: Vec<Arc<Person>>,
    /// Whether those are among them of whom words are only reported.
    has_reported: bool,
    /// The same in the order that was asked for last, but for the first one; none where it was not asked for since.
    ordered: (PeopleOrder, Vec<Arc<Person>>),
    narrowing: Narrowing,
}

impl PeopleList {
    /// Lists those whose names have what was typed; of everyone, the first screenful as soon as it is there.
    ///
    /// A request that is overtaken while all are listed goes on: the next one narrows what it lists.
    fn list(&mut self, wanted: &Wanted, cancel: &Cancel) -> Result<(), library::Error> {
        let &Wanted { request, ref typed, order, with_reported } = wanted;
        let Context { library, sender, tasks, .. } = &self.context;
        let is_stale = self.is_stale.swap(false, Ordering::Relaxed);
        if is_stale || self.people.is_empty() || self.has_reported != with_reported {
            self.has_reported = with_reported;
            let _task = tasks.begin(TaskKind::ListPeople, cancel);
            let mut people: Vec<Arc<Person>> = Vec::new();
            library.people(&mut |batch| {
                let is_first = people.is_empty();
                let listed = batch.into_iter().filter(|person| with_reported || person.spoken.quotations > 0);
                people.extend(listed.map(Arc::new));
                let is_begun = is_first && typed.is_empty() && order == PeopleOrder::default();
                if is_begun && !cancel.is_cancelled() {
                    sender.emit(Event::SpeakersListed { request, people: people.clone(), is_last: false });
                }
                if cancel.is_stopped() {
                    self.is_stale.store(true, Ordering::Relaxed);
                    return ControlFlow::Break(());
                }
                ControlFlow::Continue(())
            })?;
            propose_like_names(&mut people, &library.identity_links()?);
            self.people = people;
            self.ordered = (PeopleOrder::default(), Vec::new());
            self.narrowing = Narrowing::default();
        }
        if !cancel.is_overtaken() {
            let people = self.in_order(typed, order);
            self.context.sender.emit(Event::SpeakersListed { request, people, is_last: true });
        }
        Ok(())
    }

    /// Those whose names have what was typed: in the first order who fits best comes first, in the others what is asked for.
    fn in_order(&mut self, typed: &str, order: PeopleOrder) -> Vec<Arc<Person>> {
        let mut people = self.narrowing.narrow(&self.people, typed);
        if order == PeopleOrder::default() {
            return people;
        }
        if typed.trim().is_empty() {
            if self.ordered.0 != order {
                order.sort(&mut people);
                self.ordered = (order, people);
            }
            return self.ordered.1.clone();
        }
        order.sort(&mut people);
        people
    }
}

/// Reports all that one person said, a little at a time.
fn said(context: &Context, asked: &SaidBy, cancel: &Cancel) -> Result<(), library::Error> {
    let Context { library, sender, tasks, .. } = context;
    let (request, identity) = (asked.request, asked.identity.as_str());
    let _task = tasks.begin(TaskKind::ListQuotations, cancel);
    let today = Local::now().date_naive();
    let person = library.person(identity)?.map(Arc::new);
    let sink: PeopleSink<'_, Said> = &mut |said| {
        let more = Event::SaidListed { request, person: person.clone(), said, today, is_last: false };
        if !cancel.is_cancelled() && sender.emit(more) { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
    };
    if asked.with_reported {
        library.all_said_by(identity, asked.order, sink)?;
    } else {
        library.said_by(identity, asked.order, sink)?;
    }
    if !cancel.is_overtaken() {
        sender.emit(Event::SaidListed { request, person, said: Vec::new(), today, is_last: true });
    }
    Ok(())
}

/// Writes a file, and reports the result.
fn write(context: &Context, export: Export, cancel: &Cancel) {
    let _task = context.tasks.begin(TaskKind::Export(export.file.clone()), cancel);
    context.sender.emit(match export.write(&context.library, cancel) {
        Ok(_) if let Exported::Article(_) = export.what => Event::Reported(format!("Saved to {}", export.file)),
        Ok(quotations) => Event::Exported { file: export.file, quotations },
        Err(ExportError::Exists) => {
            let article = if let Exported::Article(id) = export.what { Some(id) } else { None };
            Event::ExportExists { file: export.file, format: export.format, article }
        }
        Err(ExportError::Gone) => Event::Failed(format!("{} was not written: the article is gone", export.file)),
        Err(ExportError::Unwritable(error)) => Event::Failed(format!("{} cannot be written ({error})", export.file)),
        Err(ExportError::Cancelled) => Event::Failed(format!("{} was not written: stopped", export.file)),
        Err(ExportError::Library(error)) => return context.sender.fail(&error),
    });
}

/// What is to be written where.
#[derive(Debug)]
struct Export {
    what: Exported,
    format: Format,
    file: String,
    overwrite: bool,
}

/// Why nothing was written.
enum ExportError {
    Exists,
    Unwritable(io::Error),
    Cancelled,
    /// The article is not in the library any more.
    Gone,
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
    /// Writes the file; returns how many quotations that are. What is cancelled before the file is made, makes none.
    fn write(&self, library: &Library, cancel: &Cancel) -> Result<usize, ExportError> {
        if !self.overwrite && typed_file::exists(&self.file) {
            return Err(ExportError::Exists);
        }
        let (text, quotations) = match &self.what {
            Exported::Said { person, oldest_first, with_reported, narrowed } => {
                let Some(known) = library.person(person)? else { return Ok(0) };
                let mut all: Vec<Said> = Vec::new();
                let sink: PeopleSink<'_, Said> = &mut |said| {
                    all.extend(said.into_iter().filter(|said| said.fits(&said.folded(), narrowed)));
                    if cancel.is_cancelled() { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
                };
                if *with_reported {
                    library.all_said_by(person, order(*oldest_first), sink)?;
                } else {
                    library.said_by(person, order(*oldest_first), sink)?;
                }
                (self.format.timeline(&known, &all), all.len())
            }
            Exported::Clippings(all) => (self.format.clippings(&all.iter().collect::<Vec<_>>(), None), all.len()),
            Exported::Article(id) => (article_text(library, *id, self.format, None)?.ok_or(ExportError::Gone)?.1, 0),
        };
        if cancel.is_cancelled() {
            return Err(ExportError::Cancelled);
        }
        typed_file::write(&self.file, &text, self.overwrite)?;
        Ok(quotations)
    }
}

const fn order(oldest_first: bool) -> Order {
    if oldest_first { Order::OldestFirst } else { Order::NewestFirst }
}

#[cfg(test)]
mod tests {
    use crossbeam_channel::{Receiver, bounded};
    use tempfile::TempDir;

    use super::super::{Message, message_channel};
    use super::*;
    use crate::article::{Article, BodyBuilder, ParagraphKind};
    use crate::query::{Query, Subject};
    use crate::quotes;

    /// A library in which one person speaks.
    fn context() -> (Context, Receiver<Message>) {
        let library = Library::default();
        let mut body = BodyBuilder::new("Tide");
        body.push(ParagraphKind::Prose, "“It is high,” said Ines Okafor.");
        let body = body.build();
        let findings = quotes::find(&body);
        library.add(Article::new(body), findings);
        let (sender, messages) = message_channel();
        (Context::on(Arc::new(library), bounded(0).0, sender), messages)
    }

    fn stopped() -> Cancel {
        let cancel = Cancel::default();
        cancel.stop();
        cancel
    }

    fn events(messages: &Receiver<Message>) -> Vec<Event> {
        let event = |message| if let Message::Event(event) = message { Some(event) } else { None };
        messages.try_iter().filter_map(event).collect()
    }

    #[test]
    fn list_that_is_stopped_is_made_again_the_next_time() {
        let (context, messages) = context();
        let is_stale = Arc::new(AtomicBool::new(true));
        let mut list = PeopleList {
            context,
            is_stale: Arc::clone(&is_stale),
            people: Vec::new(),
            has_reported: false,
            ordered: (PeopleOrder::default(), Vec::new()),
            narrowing: Narrowing::default(),
        };
        let wanted = |request| Wanted { request, typed: String::new(), order: PeopleOrder::Name, with_reported: false };
        list.list(&wanted(RequestId(1)), &stopped()).unwrap();
        assert!(is_stale.load(Ordering::Relaxed));
        list.list(&wanted(RequestId(2)), &Cancel::default()).unwrap();
        assert!(!is_stale.load(Ordering::Relaxed));
        let ends = events(&messages).into_iter().filter_map(|event| match event {
            Event::SpeakersListed { request, people, is_last: true } => Some((request.0, people.len())),
            _ => None,
        });
        assert_eq!(ends.collect::<Vec<_>>(), [(1, 1), (2, 1)], "what was listed until then is the answer");
    }

    #[test]
    fn export_that_is_stopped_writes_no_file() {
        let (context, messages) = context();
        let mut person = None;
        let take = &mut |people: Vec<Person>| {
            person = people.first().map(|person| person.identity.to_string());
            ControlFlow::Continue(())
        };
        context.library.people(take).unwrap();
        let folder = TempDir::new().unwrap();
        let path = folder.path().join("tide.md");
        let export = || Export {
            what: Exported::Said {
                person: person.clone().unwrap(),
                oldest_first: false,
                with_reported: false,
                narrowed: Query::default(),
            },
            format: Format::Markdown,
            file: path.display().to_string(),
            overwrite: false,
        };
        write(&context, export(), &stopped());
        assert!(!path.exists());
        write(&context, export(), &Cancel::default());
        assert!(path.exists());
        let [Event::Failed(why), Event::Exported { quotations: 1, .. }] = &events(&messages)[..] else {
            panic!("other events")
        };
        let narrowed = Query::parse_about("said:high -kind:speech", Subject::Quotations);
        let what =
            Exported::Said { person: person.clone().unwrap(), oldest_first: false, with_reported: false, narrowed };
        write(&context, Export { what, overwrite: true, ..export() }, &Cancel::default());
        assert!(matches!(&events(&messages)[..], [Event::Exported { quotations: 0, .. }]), "only what is listed");
        assert!(why.ends_with("was not written: stopped"), "{why}");
    }
}
