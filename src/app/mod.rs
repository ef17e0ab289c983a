//! The state of the program, and what commands and events do to it.
//!
//! Accepts [`Command`]s (what the user wants) and [`Event`]s (what happened); returns [`Effect`]s (what must be done
//! outside). Never blocks, and the same commands and events always lead to the same state. It never knows of the
//! terminal, threads, the clock, files or the network.

pub mod screen;

mod accessors;
mod addresses;
mod arrivals;
mod article_mark;
mod candidate;
mod collections;
mod command;
mod command_arguments;
mod command_history;
mod command_line;
mod copy;
mod date_forms;
mod direction;
mod display;
mod effect;
mod event;
mod feed_changes;
mod feed_folders;
mod feed_lists;
mod feeds;
mod find;
mod jumps;
mod layer;
mod links;
mod list;
mod list_order;
mod moved_words;
mod narrowing;
mod navigation;
mod new_version;
mod notice;
mod open_article;
mod option_source;
mod option_values;
mod options;
mod orders;
mod own_commands;
mod picked_articles;
mod picks;
mod picture_state;
mod pictures;
mod pieces;
mod programs;
mod progress;
mod prompts;
mod reader;
mod repeat;
mod reported_speech;
mod row_parts;
mod sidebar_rows;
mod start;
mod task;
mod theme_choice;
mod user_actions;
mod user_data;
mod views;
mod waiting_keys;

pub use collections::{Collection, Collections, SavedSearch};
pub use command::{Command, Edit};
pub use command_arguments::{argument_problem, takes_argument};
pub use copy::LONGEST_COPY;
pub use date_forms::DateForms;
pub use direction::Direction;
pub use display::{Arrangement, HighlightMode, SignSet};
pub use effect::{
    Effect, Exported, FeedJob, FeedQuery, FetchJob, LoadJob, NotifyJob, PageJob, PeopleJob, Piped, ProgramJob,
    RequestId, ReviewJob, ReviewOf, ScreenJob, SearchJob, SortJob, TimelineJob,
};
pub use event::{ArticleRecord, Event};
pub use find::Find;
pub use jumps::ReadingPosition;
pub use layer::{Layer, Layers};
pub use links::LinkInSight;
pub use list::{List, Placed};
pub use notice::Notice;
pub use option_source::OptionSource;
pub use options::{OPTIONS, OptionKind, OptionSpec, OptionValues};
pub use own_commands::{OwnCommand, OwnCommands, PLACEHOLDERS};
pub use picks::Picks;
pub use picture_state::{PictureJob, PictureState, ShownPicture, ShownPictures};
pub use progress::{Progress, SAMPLES};
pub use prompts::{ChoiceRow, Choices, Line, Prompt, Tone};
pub use reader::{Goal, Reader};
pub use row_parts::RowPart;
pub use sidebar_rows::SidebarRow;
pub use task::{Task, TaskId, TaskKind};
pub use theme_choice::{OwnThemes, ThemeName, is_theme_word, may_name_theme};
pub use user_data::UserData;
pub use views::article::ArticleView;
pub use views::article_info::{ArticleInfo, InfoRow, NAME_WIDTH};
pub use views::clippings::{ClippingRow, ClippingsAreas, ClippingsView};
pub use views::errors::ErrorsCard;
pub use views::feed_card::{FeedCard, FeedCardRow};
pub use views::help::{HelpCard, HelpEntry, HelpLayout, HelpRow, matching};
pub use views::links_card::{LinksCard, ListedLink};
pub use views::people::{Merged, PeopleAreas, PeopleList, asked};
pub use views::results::Search;
pub use views::review::Review;
pub use views::speakers::PlacedSpeaker;
pub use views::tasks::TasksCard;
pub use views::timeline::{PlacedSaid, SaidBlock, ShownSaid, Timeline, TimelineAreas};
pub use views::{Card, Pane, Views};
pub use waiting_keys::WaitingKeys;

use crate::app::prompts::choose_enclosure;
use crate::app::prompts::correct::{self, Corrects};
use crate::app::prompts::export;
use crate::app::prompts::palette;
use crate::app::prompts::refused;
use crate::app::prompts::save_search;
use crate::app::prompts::subscribe;
use crate::app::prompts::tag;
use crate::app::prompts::{follow_link, mark_letter};
use crate::app::views::clippings;
use crate::app::views::people;
use crate::app::views::results;
use crate::app::views::review;
use crate::app::views::timeline;
use crate::catalog::{Catalog, FeedSelection};
use crate::text::counted;
use addresses::Wanted;
use display::DisplaySettings;
use open_article::OpenArticle;
use pieces::{Done, Pieces, Work};
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
    picks: Picks,
    /// What is done with very many articles, a piece at a time.
    pieces: Pieces,
    /// What the articles that were asked for are wanted for.
    wanted: Option<Wanted>,
    collections: Collections,
    article: OpenArticle,
    views: Views,
    display: DisplaySettings,
    options: options::Options,
    user: UserData,
    /// The commands of the configuration.
    own_commands: OwnCommands,
    /// What was done last, if it can be done with something else.
    last_deed: Option<repeat::Deed>,
    /// Where the program starts, until that is known.
    start: start::Start,
    foot: Foot,
    outbox: Outbox,
}

/// The message in the foot line.
#[derive(Debug, Default)]
struct Foot {
    notice: Option<Notice>,
    /// Whether it says why the latest command did nothing.
    has_refused: bool,
    /// Whether the latest command would have done something about an article that is no longer in the library.
    is_about_departed: bool,
    /// The count typed before a command.
    count: Option<usize>,
    waiting: Option<WaitingKeys>,
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
        // Nobody decides anything about what is not shown.
        if screen::is_too_small(self.size) && !matches!(command, Command::Quit | Command::Redraw | Command::Suspend) {
            return Vec::new();
        }
        if let Command::Digit(digit) = command {
            self.add_digit(digit);
            return Vec::new();
        }
        self.start.end();
        let count = self.foot.count.take();
        (self.foot.notice, self.foot.has_refused, self.foot.is_about_departed) = (None, false, false);
        if self.awaits_quotation() {
            self.forget_what_waits();
        }
        self.dispatch(command, count);
        if self.foot.is_about_departed {
            self.refuse("The article is no longer in the library");
        }
        if self.foot.has_refused {
            refused::ask_all_the_same(self, command);
        }
        self.reconcile();
        std::mem::take(&mut self.outbox.effects)
    }

    /// Applies an event.
    #[must_use = "effects are requests: nothing happens until they are carried out"]
    pub fn event(&mut self, event: Event) -> Vec<Effect> {
        self.start.note(&event);
        match event {
            Event::UserState(state) => self.restore(*state),
            Event::UserActions(actions) => self.take_in_actions(&actions),
            Event::Committed(actions) => self.work_on(Work::Committed(Done::new(actions))),
            Event::Stepped { step, label, actions, left } => {
                self.work_on(Work::Stepped { step, label, done: Done::new(actions), left });
            }
            Event::GoOn => self.go_on(),
            Event::EndOfHistory(step) => self.at_end_of_history(step),
            Event::Changed(headlines) => arrivals::changed(self, headlines),
            Event::Relisted(headlines) => headlines.into_iter().for_each(|headline| arrivals::relist(self, headline)),
            Event::CaughtUp => arrivals::caught_up(self),
            Event::Gone(ids) => ids.into_iter().for_each(|id| self.catalog.set_gone(id, true)),
            Event::Present(ids) => ids.into_iter().for_each(|id| self.catalog.set_gone(id, false)),
            Event::Replaced(successors) => arrivals::replaced(self, &successors),
            Event::Departed(ids) => arrivals::went(self, &ids),
            Event::Arrived(headlines) => arrivals::arrived(self, headlines),
            Event::Skipped(file) => self.progress.skip(file),
            Event::HeldTwice(held) => views::errors::held_twice(self, &held),
            Event::HiddenSkipped(count) => self.progress.hidden += count,
            Event::Progressed { read, known } => (self.progress.read, self.progress.known) = (read, known),
            Event::Finished => arrivals::finished(self),
            Event::Loaded { request, article, findings, record } => {
                self.loaded(request, article, findings, record);
            }
            Event::Missing { request } => self.missing(request),
            Event::Articles { request, articles } => self.articles_loaded(request, &articles),
            Event::FoundSome { request, hits } => results::found_some(self, request, hits),
            Event::Found { request, hits } => results::found(self, request, hits),
            Event::Sorted { request, sorted } => self.sorted(request, sorted),
            Event::Counted { request, counts } => collections::counted(self, request, &counts),
            Event::LaidOut { id, page } => self.laid_out(id, page),
            Event::Resized { width, height } => self.resize(Size { width, height }),
            Event::Sources(_)
            | Event::Refreshing { .. }
            | Event::Refreshed { .. }
            | Event::FeedFailed { .. }
            | Event::Subscribed { .. }
            | Event::Discovered { .. }
            | Event::SubscribeFailed { .. }
            | Event::FeedInfo { .. }
            | Event::FeedsImported { .. }
            | Event::FullText { .. }
            | Event::NoFullText { .. }
            | Event::Notified(_)
            | Event::NotifyFailed(_) => feeds::on_feed_event(self, event),
            Event::Listed { request, ids } => collections::listed(self, request, &ids),
            Event::SpeakersListed { request, people, is_last } => {
                people::people_listed(self, request, people, is_last);
            }
            Event::NamesFound { request, keys } => navigation::names_found(self, request, keys),
            Event::SaidListed { request, person, said, today, is_last } => {
                timeline::said_listed(self, request, (person, said, today), is_last);
            }
            Event::DoubtfulListed { .. } | Event::Alternatives { .. } => review::on_review_event(self, event),
            Event::Exported { file, quotations } => {
                self.show_message(format!("{} written to {file}", counted(quotations, "quotation")));
            }
            Event::ExportExists { file, format, article } => export::ask_again(self, &file, format, article),
            Event::BrowserFailed { url, tried } => self.ask(Effect::Program(ProgramJob::Browse { url, tried })),
            Event::Picture { job, drawn } => pictures::known(self, &job, drawn),
            Event::PageRead { job, id } => links::page_read(self, &job, id),
            Event::NoPage { job, why } => links::page_failed(self, &job, why),
            Event::Tasks(tasks) => self.know_tasks(tasks),
            Event::Failed(said) | Event::Reported(said) => self.show_message(said),
            Event::DoneWithoutUndo { label, said } => self.done_without_undo(label, said),
            Event::ProgramEnded(said) => {
                self.show_message(said);
                self.ask(Effect::Screen(ScreenJob::Redraw));
            }
            Event::ProgramFailed { name, why } => programs::failed(self, &name, why),
            Event::BrowserEnded => self.ask(Effect::Screen(ScreenJob::Redraw)),
            Event::Ground { is_light } => self.display.theme.is_light = is_light,
        }
        self.go_to_start();
        self.reconcile();
        self.carry_on();
        std::mem::take(&mut self.outbox.effects)
    }

    /// Carries out a command: as the focused view does, else as everywhere.
    fn dispatch(&mut self, command: Command, count: Option<usize>) {
        use Command as C;
        match command {
            C::Unbound => return self.refuse(Notice::new("This key has no command").hint(C::Help, "all keys")),
            C::Elsewhere { name, layers, .. } => return self.refuse(layer::works_only_in(name, layers)),
            _ => {}
        }
        if views::command(self, command, count) {
            return;
        }
        let times = count.unwrap_or(1);
        match command {
            C::Quit => self.quit(),
            C::NextPane => views::focus_next_pane(self, Direction::Forward),
            C::PreviousPane => views::focus_next_pane(self, Direction::Backward),
            C::NextBySpeaker => navigation::next_by_speaker(self, Direction::Forward, times),
            C::PreviousBySpeaker => navigation::next_by_speaker(self, Direction::Backward, times),
            C::NextOtherSpeaker => navigation::next_by_other_speaker(self, Direction::Forward, times),
            C::PreviousOtherSpeaker => navigation::next_by_other_speaker(self, Direction::Backward, times),
            C::JumpBack => navigation::jump_back(self, times),
            C::NextArticle => navigation::open_neighbour(self, Direction::Forward, times),
            C::PreviousArticle => navigation::open_neighbour(self, Direction::Backward, times),
            C::Sidebar => views::sidebar::toggle(self),
            C::SaveSearch => save_search::open(self),
            C::Subscribe => subscribe::open(self),
            C::Refresh => feeds::refresh_here(self),
            C::RefreshAll => feeds::refresh(self, FeedSelection::All),
            C::Speakers => views::speakers::open(self),
            C::Search | C::SearchAll => results::start(self),
            C::Palette => palette::open(self, ""),
            C::Why => views::why::toggle(self),
            C::ArticleInfo => views::article_info::toggle(self),
            C::Links => views::links_card::toggle(self),
            C::ShowPicture => pictures::show(self),
            C::Help => views::help::toggle(self),
            C::Errors => views::errors::toggle(self),
            C::Tasks => views::tasks::toggle(self),
            C::Clippings => clippings::toggle(self),
            C::Review => review::toggle(self),
            C::Repeat => repeat::repeat(self),
            C::Undo | C::Redo => self.step(command),
            C::Reload => self.ask(Effect::Screen(ScreenJob::Reload)),
            C::Redraw => self.ask(Effect::Screen(ScreenJob::Redraw)),
            C::Suspend => self.ask(Effect::Screen(ScreenJob::Suspend)),
            C::NarrowList | C::WidenList | C::NarrowText | C::WidenText => self.change_width(command, times),
            _ => self.dispatch_about_article(command),
        }
    }

    /// Does what a command asks for about an article or a quotation in it, wherever the user is. All others mean something only
    /// in some view.
    fn dispatch_about_article(&mut self, command: Command) {
        use Command as C;
        match command {
            C::FullText => feeds::fetch_full_text(self),
            C::Tag => tag::open(self),
            C::Timeline => timeline::open_timeline(self),
            C::Correct => correct::open(self, Corrects::Statement),
            C::CorrectAll => correct::open(self, Corrects::Speaker),
            C::Confirm => correct::confirm(self),
            C::Clip => clippings::clip(self, false),
            C::ClipWithNote => clippings::clip(self, true),
            C::Highlight => self.change_highlight(),
            C::Theme => palette::open(self, "theme "),
            C::Sort => palette::open(self, "sort "),
            C::Set => palette::open(self, "set "),
            C::ImportFeeds => palette::open(self, "import-feeds "),
            C::ExportFeeds => palette::open(self, "export-feeds "),
            C::OverwriteFeeds => palette::open(self, "overwrite-feeds "),
            C::Run if self.own_commands.named.is_empty() => self.refuse(programs::NO_COMMANDS),
            C::Run => palette::open(self, "run "),
            C::Line(line) => {
                if let Err(why) = self.run_line(line) {
                    self.refuse(why);
                }
            }
            C::NextTheme => self.next_theme(),
            C::CopyQuotation => copy::copy_quotation(self),
            C::CopyAddress => copy::copy_address(self),
            C::OpenAddress => links::open_address(self),
            C::FollowLink => follow_link::open(self),
            C::SetMark => mark_letter::set(self),
            C::GoToMark => mark_letter::go_to(self),
            C::OpenEnclosure => choose_enclosure::open(self),
            C::Pipe | C::EditArticle | C::SaveArticle | C::Pager => programs::hand_over(self, command),
            C::ToggleRead | C::ToggleStar | C::MarkAllRead | C::Remove => self.mark(command),
            _ => feeds::on_feed_command(self, command),
        }
    }

    /// Sees to what follows from any change: something is selected, what should be open is open and laid out.
    fn reconcile(&mut self) {
        if self.views.prompt().is_none() {
            self.try_theme(None);
        }
        self.collections.select_shown();
        self.follow_list_order();
        self.list.reconcile(&self.catalog);
        collections::count_collections(self);
        self.preview();
        people::list_if_stale(self);
        timeline::renew_if_stale(self);
        review::follow_reported(self);
        self.follow_review();
        self.show_reported_as_wished();
        self.lay_out();
        pictures::follow(self);
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

    /// Says why the command does nothing.
    fn refuse(&mut self, notice: impl Into<Notice>) {
        self.show_message(notice);
        self.foot.has_refused = true;
    }
}
