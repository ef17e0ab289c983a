//! The workers: each effect becomes work, each answer an event.

use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::thread;
use std::time::Duration;

use crossbeam_channel::{Sender, unbounded};
use crossterm::clipboard::CopyToClipboard;
use crossterm::execute;

use super::feed_worker::Feeder;
use super::loaded::Loaded;
use super::people_worker::Archivist;
use super::search_worker::Searcher;
use super::write_worker::{self, Keeper};
use super::{EffectHandler, Flow, Guard, MessageSender, ReadRequest, browser, db_watcher, folder_watcher, readers};
use crate::app::{Effect, Event, LoadJob, PeopleJob, ScreenJob, SearchJob, TimelineJob};
use crate::ingest::{ReadJournal, absolute};
use crate::library::Library;
use crate::page::Page;
use crate::user::{UserAction, UserWrite};

/// The most that is copied, in bytes: terminals refuse or cut longer OSC 52 sequences.
const LONGEST_COPY: usize = 50_000;

/// The workers of the program.
#[derive(Debug)]
pub struct Workers<'a> {
    guard: &'a Guard,
    inbox: MessageSender,
    keeper: Keeper,
    searcher: Searcher,
    feeder: Feeder,
    archivist: Archivist,
    desk: Sender<LoadJob>,
    journal: Arc<ReadJournal>,
}

impl Drop for Workers<'_> {
    fn drop(&mut self) {
        // Threads that read go on until the process ends, and hold it too.
        self.journal.remove();
    }
}

impl<'a> Workers<'a> {
    /// Starts the workers, and the reading of `what`; all goes into `library`. Sources that are due are asked every
    /// `every`, if that is said.
    ///
    /// # Errors
    ///
    /// When the system gives no threads.
    pub fn start(
        guard: &'a Guard,
        inbox: MessageSender,
        library: &Arc<Library>,
        what: ReadRequest,
        every: Option<Duration>,
    ) -> io::Result<Self> {
        let loaded = Arc::new(if what == ReadRequest::Library { Loaded::everything() } else { Loaded::some() });
        let keeper = Keeper::start(Arc::clone(library), inbox.clone())?;
        let to_keep = keeper.intake();
        let feeder = Feeder::start(library, &loaded, &to_keep, &inbox, every)?;
        let roots = roots(&what, library);
        let journal = Arc::new(ReadJournal::start(library));
        readers::start(what, library, &loaded, &to_keep, &journal, &inbox)?;
        let (shared, seen, reports) = (Arc::clone(library), Arc::clone(&loaded), inbox.clone());
        let kept_journal = Arc::clone(&journal);
        folder_watcher::start(roots, move |paths| {
            readers::start(ReadRequest::Changed(paths), &shared, &seen, &to_keep, &journal, &reports).is_ok()
        })?;
        db_watcher::start(Arc::clone(library), Arc::clone(&loaded), inbox.clone())?;
        let searcher = Searcher::start(Arc::clone(library), loaded, inbox.clone())?;
        let archivist = Archivist::start(library, &inbox)?;
        let desk = open_desk(Arc::clone(library), inbox.clone())?;
        Ok(Self { guard, inbox, keeper, searcher, feeder, archivist, desk, journal: kept_journal })
    }
}

impl EffectHandler for Workers<'_> {
    fn carry_out(&mut self, effect: Effect) -> Flow {
        let flow = if is_answered_soon(&effect) { Flow::Answering } else { Flow::Continue };
        match effect {
            Effect::Load(job) => {
                if self.desk.send(job).is_err() {
                    self.inbox.emit(Event::Failed("articles can no longer be opened: please restart".to_owned()));
                }
            }
            Effect::Search(job) => self.searcher.ask(job),
            Effect::People(job) => self.archivist.people(job),
            Effect::Timeline(job) => self.archivist.timeline(job),
            Effect::Fetch(job) => self.feeder.fetch(job),
            Effect::Feeds(query) => self.feeder.query(query),
            Effect::Write(write) => self.keeper.write(write),
            Effect::OpenLink(url) => {
                if let Err(error) = browser::open(&url) {
                    let why = format!("cannot open {url}: {error} · BROWSER names the program for it");
                    self.inbox.emit(Event::Failed(crate::text::clean_line(&why)));
                }
            }
            Effect::Screen(ScreenJob::Copy(text)) => {
                let text = crate::text::head(&text, LONGEST_COPY);
                if let Err(error) = execute!(io::stdout(), CopyToClipboard::to_clipboard_from(text)) {
                    self.inbox.emit(Event::Failed(format!("cannot copy: {error}")));
                }
            }
            Effect::Screen(ScreenJob::Redraw) => return Flow::Redraw,
            Effect::Screen(ScreenJob::Suspend) => match self.guard.suspend() {
                Ok(()) => return Flow::Redraw,
                Err(_) => return Flow::Quit,
            },
            Effect::Quit => {
                self.keeper.settle();
                return Flow::Quit;
            }
        }
        flow
    }
}

/// Whether the answer usually comes within a frame, so that it can be drawn with the key that asked for it. What the user
/// did is shown as made once it is committed: by then, if nothing holds the writer up.
fn is_answered_soon(effect: &Effect) -> bool {
    match effect {
        Effect::Load(_)
        | Effect::Search(SearchJob::Find { .. })
        | Effect::People(PeopleJob::List { .. })
        | Effect::Timeline(TimelineJob::List { .. }) => true,
        Effect::Write(write) => {
            !matches!(write, UserWrite::Note(UserAction::Position { .. } | UserAction::Searched(_)))
        }
        _ => false,
    }
}

/// What is to be watched.
fn roots(what: &ReadRequest, library: &Library) -> Vec<PathBuf> {
    match what {
        ReadRequest::Paths(paths) => {
            paths.iter().filter(|path| *path != Path::new("-")).map(|path| absolute(path)).collect()
        }
        // A library that cannot be read is told of when its headlines are.
        ReadRequest::Library | ReadRequest::Changed(_) => library.folders().unwrap_or_default(),
    }
}

/// Starts the thread that opens articles and lays long ones out.
fn open_desk(library: Arc<Library>, inbox: MessageSender) -> io::Result<Sender<LoadJob>> {
    let (desk, jobs) = unbounded();
    thread::Builder::new().name("desk".to_owned()).spawn(move || {
        for job in jobs {
            let event = match job {
                LoadJob::Article { request, id } => match library.get(id) {
                    Ok(Some(entry)) => Event::Loaded {
                        request,
                        article: Arc::clone(&entry.article),
                        findings: Arc::clone(&entry.findings),
                    },
                    Ok(None) => Event::Missing { request },
                    Err(error) => {
                        inbox.emit(Event::Missing { request });
                        Event::Failed(write_worker::explained(&error))
                    }
                },
                LoadJob::LayOut { article, width } => {
                    Event::LaidOut { id: article.id, page: Page::lay_out(&article.body, width) }
                }
            };
            if !inbox.emit(event) {
                return;
            }
        }
    })?;
    Ok(desk)
}
