//! The state of the program, and what commands and events do to it.
//!
//! Accepts [`Command`]s (what the user wants) and [`Event`]s (what happened); returns [`Effect`]s (what must be done
//! outside). Never blocks, and the same commands and events always lead to the same state. It never knows of the
//! terminal, threads, the clock, files or the network.

pub mod screen;

mod accessors;
mod arrivals;
mod collections;
mod command;
mod copy;
mod direction;
mod display;
mod effect;
mod event;
mod feeds;
mod find;
mod jumps;
mod layer;
mod links;
mod list;
mod navigation;
mod notice;
mod open_article;
mod progress;
mod prompts;
mod reader;
mod task;
mod user_actions;
mod user_data;
mod views;

pub use collections::{ArticleCounts, Collection, Collections, SavedSearch, SidebarRow};
pub use command::{Command, Edit};
pub use direction::Direction;
pub use display::HighlightMode;
pub use effect::{Effect, FeedQuery, FetchJob, LoadJob, PeopleJob, RequestId, ScreenJob, SearchJob, TimelineJob};
pub use event::Event;
pub use find::Find;
pub use jumps::ReadingPosition;
pub use layer::Layer;
pub use list::{Block, HeadlineRows, List, MARGIN, Placed};
pub use notice::Notice;
pub use progress::Progress;
pub use prompts::{Choice, Choices, Line, Prompt, Tone};
pub use reader::{Goal, Reader};
pub use task::{Task, TaskId, TaskKind};
pub use user_data::UserData;
pub use views::article::ArticleView;
pub use views::help::{HelpCard, HelpEntry, matching};
pub use views::people::{PeopleAreas, PeopleList};
pub use views::results::Search;
pub use views::speakers::PlacedSpeaker;
pub use views::timeline::{PlacedSaid, SaidBlock, Timeline, TimelineAreas, shown_words};
pub use views::{Card, Pane, Views};

use crate::catalog::{Catalog, FeedSelection};
use crate::text::counted;
use crate::user::{UserAction, UserWrite};
use display::DisplaySettings;
use open_article::OpenArticle;
use screen::Size;

/// The whole state.
#[derive(Debug, Default)]
pub struct App {
    size: Size,
    /// The entries of the help.
    help: Vec<HelpEntry>,
    progress: Progress,
    catalog: Catalog,
    list: List,
    collections: Collections,
    article: OpenArticle,
    views: Views,
    display: DisplaySettings,
    user: UserData,
    foot: Foot,
    outbox: Outbox,
}

/// The message in the foot line.
#[derive(Debug, Default)]
struct Foot {
    notice: Option<Notice>,
    /// The count typed before a command.
    count: Option<usize>,
}

/// The effects since the last command or event, and the id of the latest request.
#[derive(Debug, Default)]
struct Outbox {
    effects: Vec<Effect>,
    last_request: RequestId,
}

impl App {
    /// An app that has loaded nothing yet. `title` names what is being read; `help` is what the help shows.
    pub fn new(title: &str, help: Vec<HelpEntry>, size: Size) -> Self {
        let progress = Progress { title: title.to_owned(), running: true, ..Progress::default() };
        Self { size, help, progress, ..Self::default() }
    }

    /// Carries out a command of the user.
    #[must_use = "effects are requests: nothing happens until they are carried out"]
    pub fn command(&mut self, command: Command) -> Vec<Effect> {
        if let Command::Digit(digit) = command {
            self.add_digit(digit);
            return Vec::new();
        }
        let count = self.foot.count.take();
        self.foot.notice = None;
        self.dispatch(command, count);
        self.reconcile();
        std::mem::take(&mut self.outbox.effects)
    }

    /// Applies an event.
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
            Event::Skipped(file) => self.progress.skip(file),
            Event::HiddenSkipped(count) => self.progress.hidden += count,
            Event::Progressed { read, known } => (self.progress.read, self.progress.known) = (read, known),
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
            | Event::SubscribeFailed { .. }
            | Event::FullText { .. }
            | Event::NoFullText { .. } => self.on_feed_event(event),
            Event::Listed { request, ids } => self.listed(request, &ids),
            Event::SpeakersListed { request, people, is_last } => {
                self.people_listed(request, people, is_last);
            }
            Event::SaidListed { request, person, said, is_last } => self.said_listed(request, person, said, is_last),
            Event::Exported { file, quotations } => {
                self.show_message(format!("{} written to {file}", counted(quotations, "quotation")));
            }
            Event::ExportExists { file } => self.export_exists(&file),
            Event::Tasks(tasks) => self.progress.tasks = tasks,
            Event::Failed(why) => self.show_message(why),
        }
        self.reconcile();
        std::mem::take(&mut self.outbox.effects)
    }

    /// Carries out a command: as the focused view does, else as everywhere.
    fn dispatch(&mut self, command: Command, count: Option<usize>) {
        use Command as C;
        if views::command(self, command, count) {
            return;
        }
        let times = count.unwrap_or(1);
        match command {
            C::Quit => self.quit(),
            C::NextPane => views::focus_next_pane(self, Direction::Forward),
            C::PreviousPane => views::focus_next_pane(self, Direction::Backward),
            C::NextBySpeaker => self.next_by_speaker(Direction::Forward, times),
            C::PreviousBySpeaker => self.next_by_speaker(Direction::Backward, times),
            C::NextOtherSpeaker => self.next_by_other_speaker(Direction::Forward, times),
            C::PreviousOtherSpeaker => self.next_by_other_speaker(Direction::Backward, times),
            C::JumpBack => self.jump_back(times),
            C::NextArticle => self.open_neighbour(Direction::Forward, times),
            C::PreviousArticle => self.open_neighbour(Direction::Backward, times),
            C::Sidebar => views::sidebar::toggle(self),
            C::SaveSearch => self.start_saving_search(),
            C::Subscribe => self.start_subscribing(),
            C::Refresh => self.refresh_here(),
            C::RefreshAll => self.refresh(FeedSelection::All),
            C::FullText => self.fetch_full_text(),
            C::PauseFeed => self.toggle_paused(),
            C::RenameFeed => self.start_renaming_feed(),
            C::Tag => self.start_tagging(),
            C::Timeline => self.open_timeline(),
            C::Search | C::SearchAll => views::results::start(self),
            C::Palette => self.start_palette(),
            C::Correct => self.start_correction(),
            C::Highlight => self.change_highlight(),
            C::Why => views::why::toggle(self),
            C::Help => views::help::toggle(self),
            C::Errors => views::errors::toggle(self),
            C::ToggleRead | C::ToggleStar | C::MarkAllRead | C::Remove => self.mark(command),
            C::Undo => self.ask(Effect::Write(UserWrite::Undo)),
            C::Redo => self.ask(Effect::Write(UserWrite::Redo)),
            C::CopyQuotation => self.copy_quotation(),
            C::CopyAddress => self.copy_address(),
            C::OpenAddress => self.open_address(),
            C::FollowLink => self.start_following_link(),
            C::Redraw => self.ask(Effect::Screen(ScreenJob::Redraw)),
            C::Suspend => self.ask(Effect::Screen(ScreenJob::Suspend)),
            // These mean something only in some view.
            C::Down
            | C::Up
            | C::PageDown
            | C::PageUp
            | C::HalfPageDown
            | C::HalfPageUp
            | C::ScrollDown
            | C::ScrollUp
            | C::Top
            | C::Bottom
            | C::Click { .. }
            | C::Wheel { .. }
            | C::Open
            | C::Back
            | C::Leave
            | C::Zen
            | C::Next
            | C::Previous
            | C::Speakers
            | C::MergeSpeakers
            | C::SplitSpeaker
            | C::ReverseOrder
            | C::Export
            | C::Complete
            | C::CompleteBack
            | C::EarlierSearch
            | C::LaterSearch
            | C::Type(_)
            | C::Edit(_)
            | C::Accept
            | C::Digit(_) => {}
        }
    }

    /// Sees to what follows from any change: something is selected, what should be open is open and laid out.
    fn reconcile(&mut self) {
        self.list.reconcile(&self.catalog);
        self.count_collections();
        self.preview();
        self.lay_out();
    }

    fn add_digit(&mut self, digit: u8) {
        /// No user means a higher count.
        const MOST: usize = 9_999;
        let count = self.foot.count.unwrap_or(0) * 10 + usize::from(digit);
        self.foot.count = (count > 0).then_some(count.min(MOST));
    }

    /// Asks the outside for something, in the order in which it is to be done.
    fn ask(&mut self, effect: Effect) {
        self.outbox.effects.push(effect);
    }

    fn new_request(&mut self) -> RequestId {
        self.outbox.last_request.0 += 1;
        self.outbox.last_request
    }

    fn show_message(&mut self, notice: impl Into<Notice>) {
        self.foot.notice = Some(notice.into());
    }

    fn change_highlight(&mut self) {
        let (highlight, words) = match self.display.highlight {
            HighlightMode::Speakers => (HighlightMode::Off, "Highlight: off"),
            HighlightMode::Off => (HighlightMode::Quotations, "Highlight: quotations"),
            HighlightMode::Quotations => (HighlightMode::Speakers, "Highlight: quotations by speaker"),
        };
        self.show_message(words);
        self.note(UserAction::Setting { name: user_actions::HIGHLIGHT.to_owned(), value: highlight.name().to_owned() });
    }
}
