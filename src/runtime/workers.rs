//! The workers: each effect becomes work, each answer an event.

use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use chrono::Utc;
use crossbeam_channel::Sender;
use crossterm::clipboard::CopyToClipboard;
use crossterm::execute;
use ratatui::buffer::Buffer;

use super::context::Context;
use super::feed_worker::FeedWorker;
use super::loaded::Loaded;
use super::people_worker::PeopleWorker;
use super::picture_worker::PictureWorker;
use super::programs::Programs;
use super::review_worker::ReviewWorker;
use super::search_worker::SearchWorker;
use super::sort_worker::SortWorker;
use super::tasks::Tasks;
use super::worker::Worker;
use super::write_worker::{EXIT_WAIT, WriteQueue};
use super::{EffectHandler, Flow, GraphicsAnswer, Guard, MessageSender, ReadRequest};
use super::{config_worker, db_watcher, folder_watcher, load_worker, page_worker, readers};
use crate::app::{
    Effect, Event, FeedJob, FeedQuery, LONGEST_COPY, LoadJob, PageJob, PeopleJob, ProgramJob, ReviewJob, ScreenJob,
    SearchJob, SortJob, TimelineJob,
};
use crate::fetch::Logins;
use crate::ingest::{NoThreads, ReadJournal, absolute};
use crate::library::Library;
use crate::ui::PlacedPicture;
use crate::user::{UserAction, UserWrite};

/// The workers of the program.
#[derive(Debug)]
pub struct Workers<'a> {
    guard: &'a Guard,
    sender: MessageSender,
    tasks: Tasks,
    writes: WriteQueue,
    load: Worker<LoadJob>,
    pages: Worker<PageJob>,
    pictures: PictureWorker,
    search: SearchWorker,
    sort: SortWorker,
    people: PeopleWorker,
    review: ReviewWorker,
    feeds: FeedWorker,
    programs: Programs<'a>,
    config: Sender<()>,
    logins: Logins,
    journal: Arc<ReadJournal>,
}

impl Drop for Workers<'_> {
    /// However the loop ended: all that the user did is committed, and a file that is being written is whole, or not there.
    fn drop(&mut self) {
        self.writes.close();
        self.feeds.shut_down(EXIT_WAIT);
        self.programs.shut_down();
        self.logins.shut_down();
        self.people.shut_down(EXIT_WAIT);
        // Threads that read go on until the process ends, and hold it too.
        self.journal.remove();
    }
}

impl<'a> Workers<'a> {
    /// Starts the workers, and the reading of what is requested; all goes into `library`. Feeds that are due are asked
    /// every `every`, if there is one. `config` is the configuration that was named.
    ///
    /// # Errors
    ///
    /// When the system has no threads left.
    pub fn start(
        guard: &'a Guard,
        sender: MessageSender,
        (library, logins): (&Arc<Library>, &Logins),
        request: ReadRequest,
        every: Option<Duration>,
        config: Option<PathBuf>,
    ) -> io::Result<Self> {
        let loaded = if request == ReadRequest::Library { Loaded::everything() } else { Loaded::some() };
        let writes = WriteQueue::start(Arc::clone(library), sender.clone())?;
        let tasks = Tasks::start(&sender)?;
        let context = Context {
            library: Arc::clone(library),
            logins: logins.clone(),
            loaded: Arc::new(loaded),
            writes: writes.jobs(),
            tasks: tasks.clone(),
            sender: sender.clone(),
        };
        let feeds = FeedWorker::start(&context, every)?;
        let roots = roots(&request, library);
        let journal = Arc::new(ReadJournal::start(library));
        readers::start(request, &context, &journal)?;
        let (changed, kept_journal) = (context.clone(), Arc::clone(&journal));
        folder_watcher::start(roots, &sender, move |paths| {
            let Err(why) = readers::start(ReadRequest::Changed(paths), &changed, &kept_journal) else { return true };
            let why = format!("cannot read changed files: {} · they are read at the next start", NoThreads(why));
            changed.sender.emit(Event::Failed(why))
        })?;
        db_watcher::start(&context)?;
        let search = SearchWorker::start(&context)?;
        let sort = SortWorker::start(&context)?;
        let people = PeopleWorker::start(&context)?;
        let review = ReviewWorker::start(&context)?;
        let load = load_worker::start(&context)?;
        let pages = page_worker::start(&context)?;
        let pictures = PictureWorker::start(&context)?;
        let config = config_worker::start(config, (library, logins), &sender)?;
        let programs = Programs::new(guard, context);
        let logins = logins.clone();
        Ok(Self {
            guard,
            sender,
            tasks,
            writes,
            load,
            pages,
            pictures,
            search,
            sort,
            people,
            review,
            feeds,
            programs,
            config,
            logins,
            journal,
        })
    }
}

impl EffectHandler for Workers<'_> {
    fn carry_out(&mut self, effect: Effect) -> Flow {
        let flow = if is_answered_soon(&effect) { Flow::Answering } else { Flow::Continue };
        match effect {
            Effect::Load(job) => self.load.send(job),
            Effect::Search(job) => self.search.request(job),
            Effect::Sort(job) => self.sort.request(job),
            Effect::People(job) => self.people.people(job),
            Effect::Timeline(job) => self.people.timeline(job),
            Effect::Review(job) => self.review.request(job),
            Effect::Fetch(job) => self.feeds.fetch(job),
            Effect::Picture(job) => self.pictures.ask(job),
            Effect::ReadPage(job) => self.pages.send(job),
            Effect::Feeds(query) => self.feeds.query(query),
            Effect::EditFeeds(job) => self.feeds.edit(job),
            Effect::Write(write) => self.writes.write(write.kept_at(Utc::now().timestamp_millis())),
            Effect::StopTask(id) => self.tasks.stop(id),
            Effect::OpenLink(url) => return self.programs.carry_out(ProgramJob::Browse { url, tried: 0 }),
            Effect::Program(job) => return self.programs.carry_out(job),
            Effect::Notify(job) => return self.programs.notify(job),
            Effect::Screen(ScreenJob::Copy(text)) => {
                let text = crate::text::head(&text, LONGEST_COPY);
                if let Err(error) = execute!(io::stdout(), CopyToClipboard::to_clipboard_from(text)) {
                    self.sender.emit(Event::Failed(format!("cannot copy: {error}")));
                }
            }
            Effect::Screen(ScreenJob::Reload) => drop(self.config.send(())),
            Effect::Screen(ScreenJob::Mouse { is_on }) => self.guard.set_mouse(is_on),
            Effect::Screen(ScreenJob::Redraw) => return Flow::Redraw,
            Effect::Screen(ScreenJob::Suspend) => match self.guard.suspend() {
                Ok(()) => return Flow::Redraw,
                Err(_) => return Flow::Quit,
            },
            Effect::GoOn => drop(self.sender.emit(Event::GoOn)),
            Effect::Quit => return Flow::Quit,
        }
        flow
    }

    fn set_title(&mut self, title: &str) {
        self.guard.set_title(title);
    }

    fn write_commands(&mut self, sequences: &[u8]) {
        self.guard.write_commands(sequences);
    }

    fn know_graphics(&mut self, answer: GraphicsAnswer) {
        self.pictures.drawn().know(answer);
    }

    fn draw_pictures(&mut self, placed: &[PlacedPicture], frame: &mut Buffer) {
        self.pictures.drawn().draw(placed, frame);
    }

    fn forget_pictures(&mut self) {
        self.pictures.drawn().forget();
    }
}

/// Whether the answer usually comes within a frame, so that it can be drawn with the key that asked for it. What the user
/// did is shown as made once it is committed: by then, if nothing holds the writer up.
fn is_answered_soon(effect: &Effect) -> bool {
    match effect {
        Effect::Load(_)
        | Effect::Search(SearchJob::Find { .. })
        | Effect::Sort(SortJob::Sort { .. })
        | Effect::People(PeopleJob::List { .. } | PeopleJob::Names { .. })
        | Effect::Timeline(TimelineJob::List { .. })
        | Effect::Feeds(FeedQuery::Info(_))
        | Effect::EditFeeds(FeedJob::Edit { .. })
        | Effect::Review(ReviewJob::List { .. } | ReviewJob::Alternatives { .. }) => true,
        Effect::Write(write) => {
            !matches!(write, UserWrite::Note(UserAction::Position { .. } | UserAction::Searched(_)))
        }
        _ => false,
    }
}

/// What is to be watched.
fn roots(request: &ReadRequest, library: &Library) -> Vec<PathBuf> {
    match request {
        ReadRequest::Paths(paths) => {
            paths.iter().filter(|path| *path != Path::new("-")).map(|path| absolute(path)).collect()
        }
        // That a library cannot be read is reported when its headlines are.
        ReadRequest::Library | ReadRequest::Changed(_) => library.folders().unwrap_or_default(),
    }
}
