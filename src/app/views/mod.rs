//! Where the user is: a stack of views, one file each.
//!
//! At the bottom lies the list; what is opened lies over it, and Back removes it again. [`Views`] holds three layers,
//! so that what cannot be does not exist: panes on a stack that is never empty, one card over them, one prompt over
//! that. Each file has the `command` function of its view, which carries out a command there and returns whether it
//! did: else the command means what it means everywhere (`App::dispatch`).

mod arrangement;
pub mod article;
pub mod article_info;
mod card;
pub mod clippings;
pub mod errors;
pub mod feed_card;
pub mod help;
pub mod links_card;
pub mod list;
mod mouse;
mod next_pane;
pub mod people;
pub mod results;
pub mod review;
mod rows;
pub mod sidebar;
pub mod speakers;
pub mod tasks;
pub mod timeline;
pub mod why;

use super::command::Command;
use super::jumps::ReadingPosition;
use super::reader::Goal;
use super::{App, Layer, Prompt};
use crate::catalog::person_key;
use article::ArticleView;
pub use card::Card;
use clippings::ClippingsView;
pub(super) use next_pane::focus_next_pane;
use people::PeopleList;
use results::Search;
use review::{LeftReview, Review};
use rows::row_after;
pub(super) use rows::{go_to_percent, go_to_row};
use speakers::SpeakersView;
use timeline::Timeline;

/// Where the user is.
#[derive(Debug, Default)]
pub struct Views {
    top: Entry,
    /// What lies below, the list first.
    below: Vec<Entry>,
    card: Option<Card>,
    prompt: Option<Prompt>,
    /// Whether the button was pressed on the scroll bar of the article.
    holds_scroll_bar: bool,
    /// Where the last review was left.
    left_review: Option<LeftReview>,
}

/// A pane on the stack.
#[derive(Debug, Default)]
struct Entry {
    pane: Pane,
    /// Where the user was in the open article when another pane came over this one.
    left_at: Option<LeftAt>,
}

/// Where the user was in an article.
#[derive(Debug)]
struct LeftAt {
    position: ReadingPosition,
    /// The key of the one speaker whose quotations were shown.
    only: Option<String>,
}

/// What has the keys while nothing lies over it.
#[derive(Debug, Default)]
pub enum Pane {
    /// The headlines.
    #[default]
    List,
    /// The headlines that a search found.
    Results(Search),
    /// The open article.
    Article(ArticleView),
    /// Who speaks in it.
    Speakers(SpeakersView),
    /// The collections.
    Sidebar,
    /// Everyone who speaks in the library.
    People(PeopleList),
    /// All that one of them said.
    Timeline(Timeline),
    /// The quotations that the user keeps.
    Clippings(ClippingsView),
    /// What is to be checked.
    Review(Review),
}

impl Pane {
    /// Whether it shows headlines.
    pub const fn is_list(&self) -> bool {
        matches!(self, Self::List | Self::Results(_))
    }

    /// Whether it lists quotations of many articles, without these.
    pub const fn lists_quotations(&self) -> bool {
        matches!(self, Self::Timeline(_) | Self::Clippings(_) | Self::Review(_))
    }

    const fn layer(&self) -> Layer {
        match self {
            Self::List | Self::Results(_) => Layer::List,
            Self::Article(_) => Layer::Article,
            Self::Speakers(_) => Layer::Speakers,
            Self::Sidebar => Layer::Sidebar,
            Self::People(_) => Layer::People,
            Self::Timeline(_) => Layer::Timeline,
            Self::Clippings(_) => Layer::Clippings,
            Self::Review(_) => Layer::Review,
        }
    }
}

impl Views {
    /// The pane on top.
    pub fn pane(&self) -> &Pane {
        &self.top.pane
    }

    pub(super) fn pane_mut(&mut self) -> &mut Pane {
        &mut self.top.pane
    }

    /// Which pane has the keys, or would have them without a card or a prompt.
    pub fn pane_layer(&self) -> Layer {
        self.top.pane.layer()
    }

    /// Which keys hold.
    pub fn layer(&self) -> Layer {
        match (&self.prompt, &self.card) {
            (Some(_), _) => Layer::Prompt,
            (None, Some(Card::Why)) => Layer::Why,
            (None, Some(Card::Tasks(_))) => Layer::Tasks,
            (None, Some(Card::Feed(_))) => Layer::Feed,
            (None, Some(Card::Links(_))) => Layer::Links,
            (None, Some(_)) => Layer::Card,
            (None, None) => self.pane_layer(),
        }
    }

    /// What lies over the panes.
    pub fn card(&self) -> Option<&Card> {
        self.card.as_ref()
    }

    pub(super) fn card_mut(&mut self) -> Option<&mut Card> {
        self.card.as_mut()
    }

    /// Hides the card; returns whether there was one.
    pub(super) fn close_card(&mut self) -> bool {
        self.card.take().is_some()
    }

    /// Shows a card, or hides it where it is shown already.
    pub(super) fn toggle_card(&mut self, card: Card) {
        let is_there =
            self.card.as_ref().is_some_and(|old| std::mem::discriminant(old) == std::mem::discriminant(&card));
        self.card = (!is_there).then_some(card);
    }

    /// The line into which the user types.
    pub fn prompt(&self) -> Option<&Prompt> {
        self.prompt.as_ref()
    }

    pub(super) fn take_prompt(&mut self) -> Option<Prompt> {
        self.prompt.take()
    }

    pub(super) fn open_prompt(&mut self, prompt: Prompt) {
        self.prompt = Some(prompt);
    }

    fn panes(&self) -> impl DoubleEndedIterator<Item = &Pane> {
        self.below.iter().chain([&self.top]).map(|entry| &entry.pane)
    }

    fn panes_mut(&mut self) -> impl DoubleEndedIterator<Item = &mut Pane> {
        self.below.iter_mut().chain([&mut self.top]).map(|entry| &mut entry.pane)
    }

    /// The search over all articles that is on.
    pub fn search(&self) -> Option<&Search> {
        self.panes().find_map(|pane| if let Pane::Results(search) = pane { Some(search) } else { None })
    }

    pub(super) fn search_mut(&mut self) -> Option<&mut Search> {
        self.panes_mut().find_map(|pane| if let Pane::Results(search) = pane { Some(search) } else { None })
    }

    /// Everyone who speaks in the library, where that was opened.
    pub fn people(&self) -> Option<&PeopleList> {
        self.panes().rev().find_map(|pane| if let Pane::People(people) = pane { Some(people) } else { None })
    }

    pub(super) fn people_mut(&mut self) -> Option<&mut PeopleList> {
        self.panes_mut().rev().find_map(|pane| if let Pane::People(people) = pane { Some(people) } else { None })
    }

    /// All that one speaker said, where that was opened last.
    pub fn timeline(&self) -> Option<&Timeline> {
        self.panes().rev().find_map(|pane| if let Pane::Timeline(timeline) = pane { Some(timeline) } else { None })
    }

    pub(super) fn timelines_mut(&mut self) -> impl Iterator<Item = &mut Timeline> {
        self.panes_mut().filter_map(|pane| if let Pane::Timeline(timeline) = pane { Some(timeline) } else { None })
    }

    fn review_mut(&mut self) -> Option<&mut Review> {
        self.panes_mut().rev().find_map(|pane| if let Pane::Review(review) = pane { Some(review) } else { None })
    }

    pub(super) fn clippings_mut(&mut self) -> impl Iterator<Item = &mut ClippingsView> {
        self.panes_mut().filter_map(|pane| if let Pane::Clippings(clippings) = pane { Some(clippings) } else { None })
    }

    /// The row that is selected in the list of speakers, where that has the keys.
    pub fn selected_speaker(&self) -> Option<usize> {
        if let Pane::Speakers(speakers) = self.pane() { Some(speakers.selected) } else { None }
    }

    /// The article that has the keys, or whose list of speakers has them.
    fn article(&self) -> Option<&ArticleView> {
        match (self.pane(), self.below.last().map(|entry| &entry.pane)) {
            (Pane::Article(article), _) | (Pane::Speakers(_), Some(Pane::Article(article))) => Some(article),
            _ => None,
        }
    }

    /// Removes the search from the stack, wherever it lies.
    fn take_search(&mut self) -> Option<Search> {
        let at = self.below.iter().position(|entry| matches!(entry.pane, Pane::Results(_)));
        let entry = match at {
            Some(at) => self.below.remove(at),
            None if matches!(self.top.pane, Pane::Results(_)) => {
                let below = self.below.pop()?;
                std::mem::replace(&mut self.top, below)
            }
            None => return None,
        };
        if let Pane::Results(search) = entry.pane { Some(search) } else { None }
    }
}

impl App {
    /// Opens a pane over the one that has the keys.
    fn open_pane(&mut self, pane: Pane) {
        let leads_away = match pane {
            Pane::Results(_) => true,
            Pane::People(_) | Pane::Timeline(_) | Pane::Clippings(_) | Pane::Review(_) => !self.views.pane().is_list(),
            Pane::List | Pane::Article(_) | Pane::Speakers(_) | Pane::Sidebar => false,
        };
        let reader = self.article.reader.as_ref().filter(|_| leads_away);
        self.views.top.left_at = reader.map(|reader| LeftAt {
            position: reader.position(),
            only: reader.only.and_then(|only| Some(person_key(&reader.findings.speakers.get(only.0)?.name))),
        });
        let below = std::mem::replace(&mut self.views.top, Entry { pane, left_at: None });
        self.views.below.push(below);
    }

    /// Removes the pane on top; returns whether there was one over the list.
    fn take_pane_off(&mut self) -> bool {
        let Some(below) = self.views.below.pop() else { return false };
        let left = std::mem::replace(&mut self.views.top, below);
        match left.pane {
            Pane::Article(_) => self.note_place(),
            Pane::Results(search) => results::end(self, &search),
            Pane::Timeline(mut timeline) => timeline::end(self, &mut timeline),
            Pane::Review(review) => review::end(self, review),
            Pane::Sidebar => self.collections.narrow(""),
            Pane::List | Pane::Speakers(_) | Pane::People(_) | Pane::Clippings(_) => {}
        }
        true
    }

    /// Back to the pane below, to where the user was in the article there.
    pub(super) fn close_pane(&mut self) {
        self.take_pane_off();
        let Some(LeftAt { position, only }) = self.views.top.left_at.take() else { return };
        self.open(position.id, Goal::Position(position));
        self.show_only_person(only.into_iter().collect());
    }

    /// Back to the headlines: those of the search that is on, else those of the collection.
    pub(super) fn close_panes_over_list(&mut self) {
        while !self.views.pane().is_list() && self.take_pane_off() {}
    }

    /// Whether the article was opened from a timeline.
    pub(super) fn is_over_timeline(&self) -> bool {
        self.views.article().is_some_and(|article| article.jumps.is_some())
    }

    /// Closing an article, or jumping back from it, may lead to a timeline: whether jumping back does now.
    pub(super) fn jumps_back_to_timeline(&self) -> bool {
        let jumps = self.views.article().and_then(|article| article.jumps);
        jumps.is_some_and(|jumps| self.article.jumps.len() <= jumps)
    }

    /// Back from an article to the timeline from which it was opened.
    pub(super) fn close_article_over_timeline(&mut self) {
        while matches!(self.views.pane(), Pane::Article(_) | Pane::Speakers(_)) {
            self.close_pane();
        }
    }

    pub(super) fn focus_article(&mut self) {
        match self.views.pane() {
            Pane::Article(_) => {}
            Pane::Speakers(_) => self.close_pane(),
            Pane::Sidebar => {
                self.take_pane_off();
                self.open_article_pane();
            }
            _ => self.open_article_pane(),
        }
    }

    fn open_article_pane(&mut self) {
        let is_over_timeline = matches!(self.views.pane(), Pane::Timeline(_) | Pane::Clippings(_) | Pane::Review(_));
        let jumps = is_over_timeline.then(|| self.article.jumps.len());
        self.open_pane(Pane::Article(ArticleView { jumps }));
    }

    /// Forgets the search that is on, and closes all that lies over the list but the sidebar.
    pub(super) fn close_all_but_sidebar(&mut self) {
        if let Some(search) = self.views.take_search() {
            results::forget(self, &search);
        }
        let is_in_sidebar = matches!(self.views.pane(), Pane::Sidebar);
        let filter = self.collections.filter().to_owned();
        while self.take_pane_off() {}
        if is_in_sidebar {
            self.open_pane(Pane::Sidebar);
            self.collections.narrow(&filter);
        }
    }

    /// Lists what a search finds, in place of what another one found, below the sidebar where that has the keys.
    fn open_results(&mut self, search: Search) {
        if let Some(old) = self.views.search_mut() {
            old.replace(search);
            return;
        }
        let is_in_sidebar = matches!(self.views.pane(), Pane::Sidebar);
        let filter = self.collections.filter().to_owned();
        self.close_panes_over_list();
        self.open_pane(Pane::Results(search));
        if is_in_sidebar {
            self.open_pane(Pane::Sidebar);
            self.collections.narrow(&filter);
        }
    }
}

/// Carries out a command in the focused view; returns false where it means what it means everywhere.
pub(super) fn command(app: &mut App, command: Command, count: Option<usize>) -> bool {
    let times = count.unwrap_or(1);
    if app.views.prompt.is_some() && app.command_in_prompt(command, times) {
        return true;
    }
    // As in vim and less, a count before g or G is the number of a row.
    if let (Command::Top | Command::Bottom, Some(row)) = (command, count) {
        go_to_row(app, row);
        return true;
    }
    if command == Command::Percent {
        go_to_percent(app, count);
        return true;
    }
    match command {
        _ if command.is_motion() => travel(app, command, times),
        Command::Click { column, row } => mouse::click(app, column, row),
        Command::Drag { row, .. } => mouse::drag(app, row),
        Command::Wheel { column, row, down } => mouse::wheel(app, column, row, down),
        Command::Back if app.widen() => {}
        Command::Back | Command::Leave if app.views.close_card() => {}
        Command::Back if app.stops_program() => {}
        _ if let Some(is_done) = card::command(app, command, count) => return is_done,
        Command::Zen if !matches!(app.views.pane(), Pane::Sidebar | Pane::People(_) | Pane::Timeline(_)) => {
            arrangement::next(app);
        }
        _ => {
            return match app.views.pane_layer() {
                Layer::Article => article::command(app, command, times),
                Layer::Speakers => speakers::command(app, command, times),
                Layer::Sidebar => sidebar::command(app, command, times),
                Layer::People => people::command(app, command, times),
                Layer::Timeline => timeline::command(app, command, times),
                Layer::Clippings => clippings::command(app, command, times),
                Layer::Review => review::command(app, command, times),
                _ => list::command(app, command, times),
            };
        }
    }
    true
}

/// Moves in what has the keys.
fn travel(app: &mut App, command: Command, count: usize) {
    if app.views.card.is_some() {
        return card::travel(app, command, count);
    }
    let is_typing = app.views.prompt.is_some();
    match app.views.pane_layer() {
        Layer::Article => article::travel(app, command, count),
        Layer::Speakers if is_typing && !app.views.prompt().is_some_and(Prompt::is_filter) => {
            article::travel(app, command, count);
        }
        Layer::Speakers => speakers::travel(app, command, count),
        // What is typed is about the selected collection, which is to stay selected.
        Layer::Sidebar if is_typing && !app.views.prompt().is_some_and(Prompt::is_filter) => {}
        Layer::Sidebar => sidebar::travel(app, command, count),
        Layer::People => people::travel(app, command, count),
        Layer::Timeline => timeline::travel(app, command, count),
        Layer::Clippings => clippings::travel(app, command, count),
        Layer::Review => review::travel(app, command, count),
        _ => list::travel(app, command, count),
    }
}
