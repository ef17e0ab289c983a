//! The card that says all that is known of a feed, and whose rows are edited where they stand.

use super::{Card, row_after};
use crate::app::command::Command;
use crate::app::effect::{Effect, FeedQuery};
use crate::app::feed_folders::Moved;
use crate::app::prompts::{edit_feed, move_feed};
use crate::app::{App, Notice};
use crate::catalog::{FeedId, FeedLine};
use crate::text::counted;
use crate::user::{FeedField, FeedInfo};

/// Which feed it is about, and which row is selected.
#[derive(Debug)]
pub struct FeedCard {
    feed: FeedId,
    selected: usize,
    /// All that is known, once that was looked up.
    info: Option<Box<FeedInfo>>,
}

/// A row of the card.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FeedCardRow {
    /// "interval"
    pub name: &'static str,
    /// What it is.
    pub value: String,
    /// Whether the next key is about it.
    pub is_selected: bool,
    /// Whether it can be edited.
    pub is_editable: bool,
}

/// What a row says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Fact {
    Setting(FeedField),
    Title,
    Page,
    State,
    LastFetch,
    NextFetch,
    Articles,
}

/// The rows, from the top.
const FACTS: [Fact; 16] = [
    Fact::Setting(FeedField::Name),
    Fact::Setting(FeedField::Address),
    Fact::Title,
    Fact::Page,
    Fact::State,
    Fact::LastFetch,
    Fact::NextFetch,
    Fact::Setting(FeedField::Interval),
    Fact::Setting(FeedField::FullText),
    Fact::Setting(FeedField::Keep),
    Fact::Setting(FeedField::Tags),
    Fact::Setting(FeedField::Folder),
    Fact::Setting(FeedField::UserAgent),
    Fact::Setting(FeedField::Headers),
    Fact::Setting(FeedField::Proxy),
    Fact::Articles,
];

/// The form of a day.
const DAY: &str = "%-d %B %Y";

impl Fact {
    const fn name(self) -> &'static str {
        match self {
            Self::Setting(field) => field.name(),
            Self::Title => "own title",
            Self::Page => "page",
            Self::State => "state",
            Self::LastFetch => "last fetch",
            Self::NextFetch => "next fetch",
            Self::Articles => "articles",
        }
    }

    /// Why it cannot be edited; none where it can.
    fn fixed(self) -> Option<Notice> {
        match self {
            Self::Setting(_) | Self::State => None,
            Self::Title => Some("The feed gives itself this title: edit the name instead".into()),
            Self::Page => Some("The feed names its page itself: it cannot be edited".into()),
            Self::LastFetch => Some("When it was fetched cannot be edited".into()),
            Self::NextFetch => Some("This follows from the interval: edit that instead".into()),
            Self::Articles => Some("Articles are counted: this cannot be edited".into()),
        }
    }
}

/// Shows the card of the feed that is selected in the sidebar, or open; hides it where it is shown.
pub(in crate::app) fn toggle(app: &mut App) {
    if matches!(app.views.card(), Some(Card::Feed(_))) {
        app.views.close_card();
        return;
    }
    let Some(feed) = app.feed_here().map(|line| line.id) else { return app.refuse("Select a feed first") };
    app.views.close_card();
    app.views.toggle_card(Card::Feed(FeedCard { feed, selected: 0, info: None }));
    app.ask(Effect::Feeds(FeedQuery::Info(feed)));
}

/// All that is known of a feed was looked up; without anything, there is no such feed any more, or it cannot be read.
pub(in crate::app) fn known(app: &mut App, feed: FeedId, info: Option<Box<FeedInfo>>) {
    let Some(Card::Feed(card)) = app.views.card_mut() else { return };
    if card.feed != feed {
        return;
    }
    if info.is_some() {
        card.info = info;
    } else {
        app.views.close_card();
    }
}

/// The feeds are other ones, or have other settings: what the card says is looked up again. It goes with its feed.
pub(in crate::app) fn follow(app: &mut App) {
    let Some(Card::Feed(card)) = app.views.card() else { return };
    let feed = card.feed;
    if app.feed_name(feed).is_some() {
        app.ask(Effect::Feeds(FeedQuery::Info(feed)));
    } else {
        app.views.close_card();
    }
}

/// What a command does in the card: whether that was anything.
pub(super) fn command(app: &mut App, command: Command) -> bool {
    let Some(Card::Feed(card)) = app.views.card() else { return false };
    let (feed, fact) = (card.feed, FACTS[card.selected.min(FACTS.len() - 1)]);
    match command {
        Command::EditFeed => edit(app, feed, fact),
        Command::PauseFeed => app.toggle_paused(feed),
        Command::RenameFeed => edit(app, feed, Fact::Setting(FeedField::Name)),
        Command::MoveFeed => edit(app, feed, Fact::Setting(FeedField::Folder)),
        _ => return false,
    }
    true
}

/// Edits a row: switches just turn.
fn edit(app: &mut App, feed: FeedId, fact: Fact) {
    if let Some(why) = fact.fixed() {
        return app.refuse(why);
    }
    let Some(Card::Feed(FeedCard { info: Some(info), .. })) = app.views.card() else {
        return app.refuse("The feed is still being looked up");
    };
    match fact {
        Fact::Setting(FeedField::Folder) => move_feed::open_for(app, Moved::Feed(feed)),
        Fact::Setting(FeedField::FullText) => {
            let mut changed = info.settings.clone();
            changed.fetch.full_text = !changed.fetch.full_text;
            app.change_feed(feed, FeedField::FullText, &changed, "");
        }
        Fact::Setting(field) => {
            let before = info.settings.clone();
            edit_feed::open(app, feed, field, before);
        }
        _ => app.toggle_paused(feed),
    }
}

/// Moves among the rows; not while one of them is being edited.
pub(super) fn travel(app: &mut App, command: Command, count: usize) {
    let (page, is_typing) = (usize::from(app.size.height / 2), app.views.prompt().is_some());
    if let Some(Card::Feed(card)) = app.views.card_mut()
        && !is_typing
    {
        card.selected = row_after(command, card.selected, count, page, FACTS.len());
    }
}

/// How many rows there are.
pub(super) const fn row_count() -> usize {
    FACTS.len()
}

impl App {
    /// Whether the card of a feed is shown, and what it is about is still being looked up.
    pub(in crate::app) fn awaits_feed_info(&self) -> bool {
        matches!(self.views.card(), Some(Card::Feed(FeedCard { info: None, .. })))
    }

    /// The rows of the card of a feed; none where that is not shown.
    pub fn feed_card(&self) -> Vec<FeedCardRow> {
        let Some(Card::Feed(card)) = self.views.card() else { return Vec::new() };
        let Some(line) = self.collections.feeds().iter().find(|line| line.id == card.feed) else { return Vec::new() };
        let looked_up = card.info.as_deref();
        let row = |(at, fact): (usize, &Fact)| {
            let value = match looked_up {
                Some(info) => self.feed_fact(*fact, line, info),
                None => known_at_once(*fact, line),
            };
            let value = if value.is_empty() { "none".to_owned() } else { value };
            FeedCardRow {
                name: fact.name(),
                value,
                is_selected: at == card.selected,
                is_editable: fact.fixed().is_none(),
            }
        };
        FACTS.iter().enumerate().map(row).collect()
    }

    fn feed_fact(&self, fact: Fact, line: &FeedLine, info: &FeedInfo) -> String {
        let moment = |at| self.display.dates.moment(at, DAY);
        match fact {
            Fact::Setting(field) => setting_in_words(field, line, info),
            Fact::Title => info.title.clone().unwrap_or_default(),
            Fact::Page => info.page.clone().unwrap_or_default(),
            Fact::State => self.state_in_words(info),
            Fact::LastFetch => info.last_attempt.map_or_else(|| "never".to_owned(), moment),
            Fact::NextFetch if info.settings.paused => "only when asked for".to_owned(),
            Fact::NextFetch => {
                info.next_fetch.map_or_else(|| "with the next refresh".to_owned(), |at| format!("from {}", moment(at)))
            }
            Fact::Articles => counts_in_words(line),
        }
    }

    /// "failing since 14 March 2026, 09:30, 3 times: returned 500"
    fn state_in_words(&self, info: &FeedInfo) -> String {
        let failure = info.error.as_ref().map(|error| {
            let since = info.succeeded.map(|at| format!(" since {}", self.display.dates.moment(at, DAY)));
            let since = since.unwrap_or_else(|| ", never fetched".to_owned());
            let times = if info.failures > 1 { format!(", {} times", info.failures) } else { String::new() };
            format!("failing{since}{times}: {error}")
        });
        match (info.settings.paused, failure) {
            (true, Some(failure)) => format!("paused; {failure}"),
            (true, None) => "paused".to_owned(),
            (false, Some(failure)) => failure,
            (false, None) if info.last_attempt.is_none() => "not fetched yet".to_owned(),
            (false, None) if info.succeeded < info.last_attempt => "to be fetched again".to_owned(),
            (false, None) => "ok".to_owned(),
        }
    }
}

/// What the list of feeds says already, until the rest is looked up.
fn known_at_once(fact: Fact, line: &FeedLine) -> String {
    match fact {
        Fact::Setting(FeedField::Name) => line.name.clone(),
        Fact::Setting(FeedField::Address) => line.address.clone(),
        Fact::Setting(FeedField::Tags) => line.tags.join(", "),
        Fact::Setting(FeedField::Folder) => line.folder.clone(),
        Fact::Articles => counts_in_words(line),
        _ => "…".to_owned(),
    }
}

/// "120, 14 unread"
fn counts_in_words(line: &FeedLine) -> String {
    format!("{}, {} unread", line.articles, line.unread)
}

fn setting_in_words(field: FeedField, line: &FeedLine, info: &FeedInfo) -> String {
    let written = info.settings.written(field);
    match field {
        FeedField::Name => line.name.clone(),
        FeedField::Interval => {
            info.settings.fetch.interval.map_or(written, |minutes| counted(minutes as usize, "minute"))
        }
        FeedField::UserAgent if written.is_empty() => "pullquote".to_owned(),
        // Their values may be passwords.
        FeedField::Headers => {
            info.settings.fetch.headers.iter().map(|(name, _)| name.as_str()).collect::<Vec<_>>().join(", ")
        }
        _ => written,
    }
}
