//! The workers: each effect becomes work, each answer an event.

use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::thread;
use std::time::Duration;

use crossbeam_channel::{Sender, unbounded};
use crossterm::clipboard::CopyToClipboard;
use crossterm::execute;

use super::archive::Archivist;
use super::feeding::Feeder;
use super::keeping::{self, Keeper};
use super::loaded::Loaded;
use super::search::Searcher;
use super::{Flow, Guard, Inbox, Reading, Workers, browser, noticing, reading, watching};
use crate::app::{Effect, Event, Remembrance};
use crate::ingest::{ReadJournal, absolute};
use crate::library::Library;
use crate::page::Page;

/// The most that is copied, in bytes: terminals refuse or cut longer OSC 52 sequences.
const LONGEST_COPY: usize = 50_000;

/// The workers of the program.
#[derive(Debug)]
pub struct Pool<'a> {
    guard: &'a Guard,
    inbox: Inbox,
    keeper: Keeper,
    searcher: Searcher,
    feeder: Feeder,
    archivist: Archivist,
    desk: Sender<Effect>,
    journal: Arc<ReadJournal>,
}

impl Drop for Pool<'_> {
    fn drop(&mut self) {
        // Threads that read go on until the process ends, and hold it too.
        self.journal.remove();
    }
}

impl<'a> Pool<'a> {
    /// Starts the workers, and the reading of `what`; all goes into `library`. Sources that are due are asked every
    /// `every`, if that is said.
    ///
    /// # Errors
    ///
    /// When the system gives no threads.
    pub fn start(
        guard: &'a Guard,
        inbox: Inbox,
        library: &Arc<Library>,
        what: Reading,
        every: Option<Duration>,
    ) -> io::Result<Self> {
        let loaded = Arc::new(if what == Reading::Library { Loaded::everything() } else { Loaded::some() });
        let keeper = Keeper::start(Arc::clone(library), inbox.clone())?;
        let to_keep = keeper.intake();
        let feeder = Feeder::start(library, &loaded, &to_keep, &inbox, every)?;
        let roots = roots(&what, library);
        let journal = Arc::new(ReadJournal::start(library));
        reading::start(what, library, &loaded, &to_keep, &journal, &inbox)?;
        let (shared, seen, reports) = (Arc::clone(library), Arc::clone(&loaded), inbox.clone());
        let kept_journal = Arc::clone(&journal);
        watching::start(roots, move |paths| {
            reading::start(Reading::Changed(paths), &shared, &seen, &to_keep, &journal, &reports).is_ok()
        })?;
        noticing::start(Arc::clone(library), Arc::clone(&loaded), inbox.clone())?;
        let searcher = Searcher::start(Arc::clone(library), loaded, inbox.clone())?;
        let archivist = Archivist::start(Arc::clone(library), inbox.clone())?;
        let desk = open_desk(Arc::clone(library), inbox.clone())?;
        Ok(Self { guard, inbox, keeper, searcher, feeder, archivist, desk, journal: kept_journal })
    }
}

impl Workers for Pool<'_> {
    fn carry_out(&mut self, effect: Effect) -> Flow {
        match effect {
            Effect::Load { .. } | Effect::LayOut { .. } => {
                if self.desk.send(effect).is_err() {
                    self.inbox.report(Event::Failed("articles can no longer be opened: please restart".to_owned()));
                }
                return Flow::Answering;
            }
            Effect::Search { ticket, query } => {
                self.searcher.search(ticket, query);
                return Flow::Answering;
            }
            Effect::Count { ticket, queries } => self.searcher.count(ticket, queries),
            Effect::Refresh(which) => self.feeder.refresh(which),
            Effect::EndSearch => self.searcher.end(),
            Effect::CancelRefresh => self.feeder.cancel(),
            Effect::Subscribe { address, typed } => self.feeder.subscribe(address, typed),
            Effect::FetchFullText { id } => self.feeder.fetch_full_text(id),
            Effect::ListSources => self.feeder.list(),
            Effect::ListSource { ticket, id } => self.feeder.list_source(ticket, id),
            Effect::Tend { id, how } => self.feeder.tend(id, how),
            Effect::ListSpeakers { .. } | Effect::ListSaid { .. } => {
                self.archivist.ask(effect);
                return Flow::Answering;
            }
            Effect::EndSaid => self.archivist.end_said(),
            Effect::TieSpeakers(_) | Effect::Export { .. } => self.archivist.ask(effect),
            Effect::Remember(what) => {
                let is_mark = !matches!(what, Remembrance::Place { .. } | Remembrance::Searched(_));
                self.keeper.remember(what);
                // It is shown as made once it is kept: by then, if nothing holds the keeper up.
                return if is_mark { Flow::Answering } else { Flow::Continue };
            }
            Effect::OpenLink(url) => {
                if let Err(error) = browser::open(&url) {
                    let why = format!("cannot open {url}: {error} · BROWSER names the program for it");
                    self.inbox.report(Event::Failed(crate::text::clean_line(&why)));
                }
            }
            Effect::Copy(text) => {
                let text = crate::text::head(&text, LONGEST_COPY);
                if let Err(error) = execute!(io::stdout(), CopyToClipboard::to_clipboard_from(text)) {
                    self.inbox.report(Event::Failed(format!("cannot copy: {error}")));
                }
            }
            Effect::Redraw => return Flow::Redraw,
            Effect::Suspend => match self.guard.suspend() {
                Ok(()) => return Flow::Redraw,
                Err(_) => return Flow::Quit,
            },
            Effect::Quit => {
                self.keeper.settle();
                return Flow::Quit;
            }
        }
        Flow::Continue
    }
}

/// What is to be watched.
fn roots(what: &Reading, library: &Library) -> Vec<PathBuf> {
    match what {
        Reading::Paths(paths) => {
            paths.iter().filter(|path| *path != Path::new("-")).map(|path| absolute(path)).collect()
        }
        // A library that cannot be read is told of when its headlines are.
        Reading::Library | Reading::Changed(_) => library.folders().unwrap_or_default(),
    }
}

/// Starts the thread that opens articles and lays long ones out.
fn open_desk(library: Arc<Library>, inbox: Inbox) -> io::Result<Sender<Effect>> {
    let (desk, requests) = unbounded();
    thread::Builder::new().name("desk".to_owned()).spawn(move || {
        for effect in requests {
            let event = match effect {
                Effect::Load { ticket, id } => match library.get(id) {
                    Ok(Some(entry)) => Event::Loaded {
                        ticket,
                        article: Arc::clone(&entry.article),
                        findings: Arc::clone(&entry.findings),
                    },
                    Ok(None) => Event::Missing { ticket },
                    Err(trouble) => {
                        inbox.report(Event::Missing { ticket });
                        Event::Failed(keeping::explained(&trouble))
                    }
                },
                Effect::LayOut { article, width } => {
                    Event::LaidOut { id: article.id, page: Page::lay_out(&article.body, width) }
                }
                _ => continue,
            };
            if !inbox.report(event) {
                return;
            }
        }
    })?;
    Ok(desk)
}
