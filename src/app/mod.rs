//! The state of the program, and what commands and events do to it.
//!
//! Takes [`Command`]s (what the reader wants) and [`Event`]s (what happened); gives [`Effect`]s (what must be done
//! outside). Never blocks, and the same commands and events always lead to the same state.
//! It never knows of the terminal, threads, the clock, files or the network.

pub mod screen;

mod archive;
mod arrivals;
mod cast;
mod command;
mod completion;
mod copy;
mod correct;
mod direction;
mod effect;
mod event;
mod find;
mod hunt;
mod intake;
mod jumps;
mod links;
mod list;
mod motion;
mod notice;
mod open;
mod palette;
mod prompt;
mod reader;
mod refreshing;
mod search;
mod shelves;
mod tagging;
mod task;
mod user_actions;
mod user_data;
mod view;

use std::collections::HashMap;

pub use archive::{
    Archive, PeopleAreas, PeopleList, PlacedSaid, SaidBlock, Stage, Timeline, TimelineAreas, shown_words,
};
pub use cast::PlacedSpeaker;
pub use command::{Command, Edit};
pub use direction::Direction;
pub use effect::{Effect, FeedQuery, FetchJob, LoadJob, PeopleJob, RequestId, ScreenJob, SearchJob, TimelineJob};
pub use event::Event;
pub use find::Find;
pub use intake::Intake;
pub use jumps::Place;
pub use list::{Block, HeadlineRows, List, MARGIN, Placed};
pub use notice::Notice;
pub use palette::{Named, Palette};
pub use prompt::{Completing, HelpEntry, Prompt, Purpose, matching};
pub use reader::{Goal, Reader};
pub use refreshing::Sources;
pub use search::Search;
pub use shelves::{Saved, Shelf, ShelfRow, Shelves, Tally};
pub use task::{Task, TaskId, TaskKind};
pub use user_data::UserData;

use crate::article::ArticleId;
use crate::catalog::{Catalog, FeedSelection, Headline};
use crate::text::counted;
use crate::user::{UserAction, UserWrite};
use jumps::Jumps;
use open::Opening;
use screen::Size;

/// The whole state.
#[derive(Debug, Default)]
pub struct App {
    size: Size,
    /// What is being read, for the head line: a folder's name, say.
    title: String,
    catalog: Catalog,
    list: List,
    intake: Intake,
    reader: Option<Reader>,
    opening: Opening,
    focus: Focus,
    overlay: Option<Overlay>,
    prompt: Option<Prompt>,
    search: Option<Search>,
    shelves: Shelves,
    /// Articles that the reader took out.
    removed: HashMap<ArticleId, Headline>,
    sources: Sources,
    /// The selected speaker in the list of speakers.
    speaker: usize,
    archive: Archive,
    lighting: Lighting,
    zen: bool,
    user: UserData,
    jumps: Jumps,
    tasks: Vec<Task>,
    notice: Option<Notice>,
    count: Option<usize>,
    last_request: RequestId,
    help: Vec<HelpEntry>,
    /// What has been asked of the outside since the last command or event.
    outbox: Vec<Effect>,
}

/// To which pane the keys go.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Focus {
    /// The headlines.
    #[default]
    List,
    /// The article.
    Article,
    /// Who speaks in it.
    Speakers,
    /// Parts of all articles.
    Shelves,
}

/// What lies over the panes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Overlay {
    /// The keys.
    Help {
        /// The first row shown.
        scroll: usize,
        /// What they are narrowed to.
        filter: String,
    },
    /// Why the current quotation was given to its speaker.
    Why,
    /// What could not be read.
    Refusals {
        /// The first row shown.
        scroll: usize,
    },
}

/// Which keys hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Layer {
    /// The headlines.
    List,
    /// The article.
    Article,
    /// Who speaks in it.
    Speakers,
    /// Parts of all articles.
    Shelves,
    /// Everyone who speaks in the archive.
    Archive,
    /// All that one of them said.
    Timeline,
    /// The line into which one types.
    Prompt,
    /// What lies over the panes.
    Overlay,
    /// The card that says why a quotation has its speaker: keys about the quotation hold there too.
    Why,
}

/// What is lit in an article.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Lighting {
    /// Quotations, each in its speaker's colour.
    #[default]
    Speakers,
    /// Nothing.
    Off,
    /// Quotations, all alike.
    Quotations,
}

impl Lighting {
    const NAMES: [(&'static str, Self); 3] =
        [("speakers", Self::Speakers), ("off", Self::Off), ("quotations", Self::Quotations)];

    /// What it is called where it is kept.
    pub fn name(self) -> &'static str {
        Self::NAMES.iter().find(|(_, lighting)| *lighting == self).map_or("", |(name, _)| name)
    }

    /// The one that is called so.
    pub fn named(name: &str) -> Option<Self> {
        Self::NAMES.iter().find(|(known, _)| *known == name).map(|&(_, lighting)| lighting)
    }
}

impl App {
    /// A program that has loaded nothing yet. `title` says what is being read; `help` is what the help shows.
    pub fn new(title: &str, help: Vec<HelpEntry>, size: Size) -> Self {
        let intake = Intake { running: true, ..Intake::default() };
        Self { size, title: title.to_owned(), help, intake, ..Self::default() }
    }

    /// Does what the reader wants.
    #[must_use = "effects are requests: nothing happens until they are carried out"]
    pub fn command(&mut self, command: Command) -> Vec<Effect> {
        if let Command::Digit(digit) = command {
            self.add_digit(digit);
            return Vec::new();
        }
        let count = self.count.take();
        self.notice = None;
        self.obey(command, count);
        self.settle();
        std::mem::take(&mut self.outbox)
    }

    /// Takes in what happened.
    #[must_use = "effects are requests: nothing happens until they are carried out"]
    pub fn event(&mut self, event: Event) -> Vec<Effect> {
        match event {
            Event::UserState(state) => self.restore(*state),
            Event::UserActions(actions) => actions.iter().for_each(|action| self.apply(action)),
            Event::Committed(actions) => self.committed(&actions),
            Event::Stepped { step, label, actions, left } => self.stepped(step, &label, &actions, left),
            Event::EndOfHistory(step) => self.at_end_of_history(step),
            Event::Changed(headlines) => self.changed(headlines),
            Event::Relisted(headlines) => headlines.into_iter().for_each(|headline| self.relist(headline)),
            Event::CaughtUp => self.caught_up(),
            Event::Gone(ids) => ids.into_iter().for_each(|id| self.catalog.set_gone(id, true)),
            Event::Present(ids) => ids.into_iter().for_each(|id| self.catalog.set_gone(id, false)),
            Event::Departed(ids) => self.went(&ids),
            Event::Arrived(headlines) => self.arrived(headlines),
            Event::Refused(refusal) => self.intake.refuse(refusal),
            Event::PassedOver(count) => self.intake.passed_over += count,
            Event::Progressed { read, known } => (self.intake.read, self.intake.known) = (read, known),
            Event::Finished => self.finished(),
            Event::Loaded { request, article, findings } => self.loaded(request, article, findings),
            Event::Missing { request } => self.missing(request),
            Event::FoundSome { request, hits } => self.found_some(request, hits),
            Event::Found { request, hits } => self.found(request, hits),
            Event::Counted { request, counts } => self.counted(request, &counts),
            Event::LaidOut { id, page } => self.laid_out(id, page),
            Event::Resized { width, height } => self.resize(Size { width, height }),
            Event::Sources(_)
            | Event::Refreshing { .. }
            | Event::Refreshed { .. }
            | Event::FeedFailed { .. }
            | Event::Subscribed { .. }
            | Event::Discovered { .. }
            | Event::NotSubscribed { .. }
            | Event::FullText { .. }
            | Event::NoFullText { .. } => self.hear_of_sources(event),
            Event::Listed { request, ids } => self.listed(request, &ids),
            Event::SpeakersListed { request, people, is_last } => {
                self.people_listed(request, people, is_last);
            }
            Event::SaidListed { request, person, said, is_last } => self.said_listed(request, person, said, is_last),
            Event::Exported { file, quotations } => {
                self.show_message(format!("{} written to {file}", counted(quotations, "quotation")));
            }
            Event::ExportExists { file } => self.export_exists(file),
            Event::Tasks(tasks) => self.tasks = tasks,
            Event::Failed(why) => self.show_message(why),
        }
        self.settle();
        std::mem::take(&mut self.outbox)
    }

    fn obey(&mut self, command: Command, count: Option<usize>) {
        use Command as C;
        let times = count.unwrap_or(1);
        if self.obey_in_archive(command, times) {
            return;
        }
        // As in vim and less, a count before g or G is the number of a row.
        if let (C::Top | C::Bottom, Some(row)) = (command, count) {
            return self.go_to_row(row);
        }
        match command {
            C::Down
            | C::Up
            | C::PageDown
            | C::PageUp
            | C::HalfPageDown
            | C::HalfPageUp
            | C::ScrollDown
            | C::ScrollUp
            | C::Top
            | C::Bottom => self.travel(command, times),
            C::Click { column, row } => self.click(column, row),
            C::Wheel { column, row, down } => self.wheel(column, row, down),
            C::Open => self.enter(),
            C::Back => self.back(),
            C::Leave => self.leave(),
            C::Quit => self.quit(),
            C::NextPane | C::PreviousPane => self.change_pane(command == C::NextPane),
            C::Zen => self.toggle_zen(),
            C::Next => self.next(Direction::Forward, times),
            C::Previous => self.next(Direction::Backward, times),
            C::NextBySpeaker => self.hunt_same_speaker(Direction::Forward, times),
            C::PreviousBySpeaker => self.hunt_same_speaker(Direction::Backward, times),
            C::NextOtherSpeaker => self.hunt_other_speaker(Direction::Forward, times),
            C::PreviousOtherSpeaker => self.hunt_other_speaker(Direction::Backward, times),
            C::JumpBack => self.jump_back(times),
            C::NextArticle => self.neighbour(Direction::Forward, times),
            C::PreviousArticle => self.neighbour(Direction::Backward, times),
            C::Speakers if matches!(self.focus, Focus::List | Focus::Shelves) => self.toggle_archive(),
            C::Speakers => self.toggle_speakers(),
            C::Shelves => self.toggle_shelves(),
            C::KeepSearch => self.start_naming(),
            C::Subscribe => self.start_subscribing(),
            C::Refresh => self.refresh_here(),
            C::RefreshAll => self.refresh(FeedSelection::All),
            C::FullText => self.fetch_full_text(),
            C::Mute => self.toggle_muted(),
            C::Rename => self.start_renaming(),
            C::Tag => self.start_tagging(),
            C::Remove if self.focus == Focus::Shelves => self.drop_shelf(),
            C::Complete => self.complete(Direction::Forward),
            C::CompleteBack => self.complete(Direction::Backward),
            C::EarlierSearch => self.recall_search(Direction::Backward),
            C::LaterSearch => self.recall_search(Direction::Forward),
            C::Timeline => self.open_timeline(),
            C::MergeSpeakers => self.merge_speakers(),
            C::SplitSpeaker => self.split_speaker(),
            C::TurnRound => self.turn_round(),
            C::Export => self.start_export(),
            C::Search | C::SearchAll => self.start_search(command == C::SearchAll),
            C::Palette => self.start_palette(),
            C::Type(letter) => self.type_letter(letter),
            C::Edit(edit) => self.edit(edit),
            C::Accept => self.accept(),
            C::Correct => self.start_correction(),
            C::Highlight => self.change_lighting(),
            C::Why | C::Help | C::Refusals => self.toggle_overlay(command),
            C::ToggleRead | C::ToggleStar | C::MarkAllRead | C::Remove => self.mark(command),
            C::Undo => self.ask(Effect::Write(UserWrite::Undo)),
            C::Redo => self.ask(Effect::Write(UserWrite::Redo)),
            C::CopyQuotation => self.copy_quotation(),
            C::CopyAddress => self.copy_address(),
            C::OpenAddress => self.open_address(),
            C::FollowLink => self.start_hints(),
            C::Redraw => self.ask(Effect::Screen(ScreenJob::Redraw)),
            C::Suspend => self.ask(Effect::Screen(ScreenJob::Suspend)),
            C::Digit(_) => {}
        }
    }

    /// Sees to what follows from any change: something is selected, what should be open is open and laid out.
    fn settle(&mut self) {
        self.list.settle(&self.catalog);
        self.count_shelves();
        self.settle_archive();
        self.preview();
        self.lay_out();
    }

    fn add_digit(&mut self, digit: u8) {
        /// No one means more.
        const MOST: usize = 9_999;
        let count = self.count.unwrap_or(0) * 10 + usize::from(digit);
        self.count = (count > 0).then_some(count.min(MOST));
    }

    /// Asks the outside for something, in the order in which it is to be done.
    fn ask(&mut self, effect: Effect) {
        self.outbox.push(effect);
    }

    fn new_request(&mut self) -> RequestId {
        self.last_request.0 += 1;
        self.last_request
    }

    fn show_message(&mut self, notice: impl Into<Notice>) {
        self.notice = Some(notice.into());
    }

    fn toggle_overlay(&mut self, command: Command) {
        let overlay = match command {
            Command::Help => Overlay::Help { scroll: 0, filter: String::new() },
            Command::Why if self.reader.as_ref().is_none_or(|reader| reader.current_quotation().is_none()) => {
                return self.show_message(Notice::new("No quotation is current").hint(Command::Next, "goes to one"));
            }
            Command::Why => Overlay::Why,
            _ if self.intake.refusals.is_empty() => return self.show_message("Everything could be read"),
            _ => Overlay::Refusals { scroll: 0 },
        };
        let same = self.overlay.as_ref().is_some_and(|o| std::mem::discriminant(o) == std::mem::discriminant(&overlay));
        self.overlay = (!same).then_some(overlay);
    }

    fn change_lighting(&mut self) {
        let (lighting, words) = match self.lighting {
            Lighting::Speakers => (Lighting::Off, "Highlight: off"),
            Lighting::Off => (Lighting::Quotations, "Highlight: quotations"),
            Lighting::Quotations => (Lighting::Speakers, "Highlight: quotations by speaker"),
        };
        self.show_message(words);
        self.note(UserAction::Setting { name: user_actions::LIGHTING.to_owned(), value: lighting.name().to_owned() });
    }

    /// How many rows of text are on the screen.
    fn text_height(&self) -> usize {
        self.panes().column().map_or(1, |column| usize::from(column.height))
    }
}
