//! Where the reader starts: with the list, with a collection, or where the user left off.
//!
//! What it leads to may arrive late, as files are read in the background: it goes there as soon as it can, unless the user
//! has pressed a key before.

use std::collections::BTreeMap;

use super::jumps::QuotationAnchor;
use super::reader::{Goal, Reader};
use super::{App, Collection, Command, Event, Pane, ReadingPosition, Search};
use crate::app::views::{go_to_row, results, timeline};
use crate::article::ArticleId;
use crate::text::{fold, nearest, shorten};

/// The setting that says where the user left off.
const LAST_PLACE: &str = "last-place";

/// The values of the option that are words.
pub(super) const LIST: &str = "list";
const LAST: &str = "last";
const WORDS: [&str; 5] = [LIST, LAST, "unread", "starred", "clippings"];

/// What stands before the name of a collection.
const KINDS: [&str; 5] = ["search", "tag", "feed", "folder", "publisher"];

/// How the program starts.
#[derive(Debug, Default)]
pub(super) struct Start {
    /// Where to go, as long as the way there is not known.
    goal: Option<StartGoal>,
    /// Whether the user left before that was known: what is remembered stays.
    was_left: bool,
    /// What is read: what the user left is there only where the same is read.
    inputs: String,
    has_user_state: bool,
    has_feeds: bool,
}

#[derive(Debug)]
enum StartGoal {
    Collection(String),
    /// A place, and whether its collection and its search are open.
    Place(Box<LastPlace>, bool),
    /// A row of the list over the headlines, from 0.
    Row(usize),
}

/// Where the user left off.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
struct LastPlace {
    inputs: String,
    /// The collection, as the option names it.
    collection: String,
    /// What was searched for in all articles.
    search: Option<String>,
    view: View,
    /// The article that was open or selected, and its headline.
    article: Option<u64>,
    headline: String,
    /// The row of it in the list.
    row: usize,
    /// Its first byte on the screen, and the current quotation.
    top: usize,
    quotation: Option<QuotationAnchor>,
    /// Whose quotations were listed: name and identity.
    person: Option<(String, String)>,
    /// The row in a list of speakers, quotations or clippings, from 0, and what the list was narrowed to.
    at: usize,
    narrowed: Option<String>,
    is_oldest_first: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
enum View {
    #[default]
    List,
    Article,
    People,
    Timeline,
    Clippings,
    Review,
}

impl View {
    const NAMES: [(&'static str, Self); 6] = [
        ("list", Self::List),
        ("article", Self::Article),
        ("people", Self::People),
        ("timeline", Self::Timeline),
        ("clippings", Self::Clippings),
        ("review", Self::Review),
    ];
}

impl LastPlace {
    /// As the library keeps it: a line for each part, "name value".
    fn written(&self) -> String {
        let number = |number: Option<usize>| number.map(|number| number.to_string());
        let text = |words: &str| (!words.is_empty()).then(|| words.to_owned());
        let (name, identity) = self.person.clone().unzip();
        let parts = [
            ("inputs", text(&self.inputs)),
            ("collection", text(&self.collection)),
            ("search", self.search.clone()),
            ("view", View::NAMES.iter().find(|(_, view)| *view == self.view).map(|(name, _)| (*name).to_owned())),
            ("article", self.article.map(|id| format!("{id:x}"))),
            ("headline", text(&self.headline)),
            ("row", number(Some(self.row))),
            ("top", number(Some(self.top))),
            ("quotation", self.quotation.map(|anchor| anchor.written())),
            ("at", number(Some(self.at))),
            ("narrowed", self.narrowed.clone()),
            ("order", self.is_oldest_first.then(|| "oldest".to_owned())),
            ("person", name),
            ("identity", identity),
        ];
        let line = |(name, value): (&str, Option<String>)| Some(format!("{name} {}\n", value?.replace('\n', "\t")));
        parts.into_iter().filter_map(line).collect()
    }

    /// Reads what was kept; none where that is not a place.
    fn parse(kept: &str) -> Option<Self> {
        let part = |name: &str| {
            let value =
                |line: &'_ str| line.strip_prefix(name)?.strip_prefix(' ').map(|value| value.replace('\t', "\n"));
            kept.lines().find_map(value)
        };
        let number = |name| part(name).and_then(|value| value.parse().ok());
        let view = part("view")?;
        Some(Self {
            inputs: part("inputs").unwrap_or_default(),
            collection: part("collection").unwrap_or_default(),
            search: part("search"),
            view: View::NAMES.iter().find(|(name, _)| *name == view)?.1,
            article: part("article").and_then(|id| u64::from_str_radix(&id, 16).ok()),
            headline: part("headline").unwrap_or_default(),
            row: number("row").unwrap_or_default(),
            top: number("top").unwrap_or_default(),
            quotation: part("quotation").and_then(|anchor| QuotationAnchor::parse(&anchor)),
            person: part("person").zip(part("identity")),
            at: number("at").unwrap_or_default(),
            narrowed: part("narrowed"),
            is_oldest_first: part("order").is_some(),
        })
    }
}

/// The value of the option, or what is wrong with it.
pub(super) fn start_value(typed: &str) -> Result<String, String> {
    /// No name is longer, in letters.
    const LONGEST: usize = 200;
    if typed.chars().count() > LONGEST || typed.chars().any(char::is_control) {
        return Err("a name is a line of 200 letters at most".to_owned());
    }
    if WORDS.contains(&typed) {
        return Ok(typed.to_owned());
    }
    let shown = shorten(typed, 40);
    match typed.split_once(':') {
        Some((kind, name)) if KINDS.contains(&kind) && !name.trim().is_empty() => Ok(format!("{kind}:{}", name.trim())),
        Some((kind, _)) if KINDS.contains(&kind) => Err(format!("a name is missing behind “{shown}”")),
        Some((kind, _)) => Err(match nearest(kind, KINDS) {
            Some(near) => format!("no collection is a “{}” · did you mean {near}?", shorten(kind, 40)),
            None => format!("no collection is a “{}”, only {}", shorten(kind, 40), KINDS.join(", ")),
        }),
        None => Err(match nearest(typed, WORDS) {
            Some(near) => format!("“{shown}” is nothing to start with · did you mean {near}?"),
            None => format!("“{shown}” is nothing to start with, as search:{shown} is"),
        }),
    }
}

/// A collection as the option names it.
fn name_of(collection: &Collection) -> String {
    let (kind, name) = match collection {
        Collection::All => return LIST.to_owned(),
        Collection::Unread => return "unread".to_owned(),
        Collection::Starred => return "starred".to_owned(),
        Collection::Clippings => return "clippings".to_owned(),
        Collection::Search(name) => ("search", name),
        Collection::Tag(name) => ("tag", name),
        Collection::Folder(path) => ("folder", path),
        Collection::Feed { name, .. } => ("feed", name),
        Collection::Source(name) => ("publisher", name),
    };
    format!("{kind}:{name}")
}

impl Start {
    /// An event is about to be applied.
    pub(super) fn note(&mut self, event: &Event) {
        self.has_user_state |= matches!(event, Event::UserState(_));
        self.has_feeds |= matches!(event, Event::Sources(_));
    }

    /// The user does something: from now on they say where to go.
    pub(super) fn end(&mut self) {
        self.was_left = matches!(self.goal.take(), Some(StartGoal::Place(..)));
    }
}

impl App {
    /// Begins where the option says. `inputs` names what is read, and `is_given` whether the command line does: then only
    /// what was left in the same inputs counts. `remembered` are the settings that the library keeps.
    #[must_use]
    pub fn starting(mut self, inputs: &str, is_given: bool, remembered: &BTreeMap<String, String>) -> Self {
        let wanted = self.option("start").to_owned();
        let place = || LastPlace::parse(remembered.get(LAST_PLACE)?);
        let goal = match wanted.as_str() {
            LIST => None,
            LAST => {
                place().filter(|place| place.inputs == inputs).map(|place| StartGoal::Place(Box::new(place), false))
            }
            _ if is_given => None,
            _ => Some(StartGoal::Collection(wanted)),
        };
        self.start = Start { goal, inputs: inputs.to_owned(), ..Start::default() };
        self
    }

    /// Goes where the program is to start, as far as that is known by now.
    pub(super) fn go_to_start(&mut self) {
        if !self.start.has_user_state {
            return;
        }
        let left = match self.start.goal.take() {
            Some(StartGoal::Collection(name)) => (!self.open_named(&name)).then_some(StartGoal::Collection(name)),
            Some(StartGoal::Place(place, is_open)) => self.go_to_place(place, is_open),
            Some(StartGoal::Row(at)) => self.go_to_row_left(at),
            None => None,
        };
        self.start.goal = left;
    }

    /// Opens a collection; returns false where it may still arrive.
    fn open_named(&mut self, name: &str) -> bool {
        match self.collection_named(name) {
            Some(collection) => self.open_collection(collection),
            None if self.may_arrive() => return false,
            None => {
                let named = name.replacen(':', " ", 1);
                self.show_message(format!("There is no {named} here: these are all articles"));
            }
        }
        true
    }

    /// Whether more articles, or the feeds, are still to come.
    fn may_arrive(&self) -> bool {
        self.progress.running || !self.start.has_feeds
    }

    /// Goes where the user left off, as far as that is known by now; returns what is left to do.
    fn go_to_place(&mut self, place: Box<LastPlace>, is_open: bool) -> Option<StartGoal> {
        if !is_open {
            if !matches!(place.collection.as_str(), "" | LIST) && !self.open_named(&place.collection) {
                return Some(StartGoal::Place(place, false));
            }
            if let Some(typed) = &place.search {
                // A search that does not hold any more is not made.
                let _ = results::search_line(self, typed);
            }
        }
        let Some(id) = place.article.map(ArticleId) else {
            self.enter(&place);
            return Some(StartGoal::Row(place.at));
        };
        let is_listed = self.list.position(&self.catalog, id).is_some();
        let is_listing = self.views.search().is_some_and(Search::is_running) || self.collections.is_listing();
        if !is_listed && (self.may_arrive() || is_listing) {
            return Some(StartGoal::Place(place, true));
        }
        if self.catalog.get(id).is_none() {
            let title = shorten(&place.headline, 60);
            self.show_message(format!("“{title}”, where you left off, is no longer here"));
            return None;
        }
        if is_listed {
            self.list.select_in_row(id, place.row);
        }
        self.enter(&place);
        Some(StartGoal::Row(place.at))
    }

    /// Goes to a row of the list over the headlines, once that is whole.
    fn go_to_row_left(&mut self, at: usize) -> Option<StartGoal> {
        let is_running = match self.views.pane() {
            Pane::People(people) => people.is_running(),
            Pane::Timeline(timeline) => timeline.is_running(),
            Pane::Review(review) => review.is_running(),
            Pane::Clippings(_) => false,
            _ => return None,
        };
        if is_running {
            return Some(StartGoal::Row(at));
        }
        go_to_row(self, at + 1);
        None
    }

    /// Opens the view that was left over the list.
    fn enter(&mut self, place: &LastPlace) {
        match (place.view, place.article.map(ArticleId), &place.person) {
            (View::Article, Some(id), _) => {
                let position = ReadingPosition { id, top: place.top, quotation: place.quotation };
                self.visit(id, Goal::Position(position));
            }
            (View::Timeline, _, Some((name, identity))) => {
                if place.is_oldest_first {
                    self.set_option("timeline-order", "oldest");
                }
                timeline::open(self, name, identity.clone(), None);
                self.narrow_timeline(place.narrowed.as_deref().unwrap_or_default());
            }
            (View::People, ..) => {
                self.dispatch(Command::Speakers, None);
                self.views.take_prompt();
            }
            (View::Clippings, ..) => self.dispatch(Command::Clippings, None),
            (View::Review, ..) => self.dispatch(Command::Review, None),
            _ => {}
        }
    }

    /// The collection that the option names, if there is one.
    fn collection_named(&self, name: &str) -> Option<Collection> {
        let (kind, name) = name.split_once(':').unwrap_or((name, ""));
        let wanted = fold(name);
        let is_it = |known: &str| fold(known) == wanted;
        match kind {
            LIST => Some(Collection::All),
            "unread" => Some(Collection::Unread),
            "starred" => Some(Collection::Starred),
            "clippings" => Some(Collection::Clippings),
            "search" => {
                let saved = self.collections.searches.iter().find(|saved| is_it(&saved.name));
                saved.map(|saved| Collection::Search(saved.name.clone()))
            }
            "tag" => {
                let own = self.user.tags().map(|(tag, _)| tag);
                let mut tags = own.chain(self.collections.feeds.tags.keys().map(String::as_str));
                tags.find(|tag| is_it(tag)).map(|tag| Collection::Tag(tag.to_owned()))
            }
            "feed" => self.collections.feeds().iter().find(|line| is_it(&line.name)).map(Collection::from),
            "folder" => {
                let mut folders = self.collections.feeds.folders.keys();
                folders.find(|path| is_it(path)).map(|path| Collection::Folder(path.clone()))
            }
            "publisher" => {
                let publisher = self.collections.sources().find(|name| is_it(name));
                publisher.map(|name| Collection::Source(name.to_owned()))
            }
            _ => None,
        }
    }

    /// Keeps where the user leaves off, where they want to start there.
    pub(super) fn note_last_place(&mut self) {
        if self.option("start") != LAST || self.start.was_left {
            return;
        }
        let (selected, row) = self.list.selection();
        let mut place = LastPlace {
            inputs: self.start.inputs.clone(),
            collection: name_of(self.collections.open()),
            row,
            ..LastPlace::default()
        };
        if !matches!(self.collections.open(), Collection::Search(_)) {
            place.search = self.views.search().map(|search| search.typed.clone()).filter(|typed| !typed.is_empty());
        }
        let open = self.article.reader.as_ref().map(Reader::position);
        let id = match (self.views.pane(), open) {
            (Pane::Article(_) | Pane::Speakers(_), Some(position)) => {
                (place.view, place.top, place.quotation) = (View::Article, position.top, position.quotation);
                Some(position.id)
            }
            (pane, _) => {
                place.view = match pane {
                    Pane::People(_) => View::People,
                    Pane::Timeline(_) => View::Timeline,
                    Pane::Clippings(_) => View::Clippings,
                    Pane::Review(_) => View::Review,
                    _ => View::List,
                };
                selected
            }
        };
        if let Pane::Timeline(timeline) = self.views.pane() {
            place.person = Some((timeline.name().to_owned(), timeline.identity().to_owned()));
            place.narrowed = Some(timeline.typed().to_owned()).filter(|typed| !typed.is_empty());
            place.is_oldest_first = timeline.is_oldest_first();
        }
        place.at = match self.views.pane() {
            Pane::People(people) => people.position(),
            Pane::Timeline(timeline) => timeline.position(),
            Pane::Clippings(clippings) => clippings.position(),
            Pane::Review(review) => review.position(),
            _ => 0,
        };
        let headline = id.and_then(|id| self.catalog.get(id));
        place.headline = headline.map_or_else(String::new, |headline| headline.title.to_string());
        place.article = id.map(|id| id.0);
        self.keep(LAST_PLACE, place.written());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn start_is_a_word_or_a_collection() {
        let right = ["list", "last", "unread", "starred", "tag:budget", "feed:Coast Wire: all", "search:bridge"];
        assert!(right.iter().all(|right| start_value(right).as_deref() == Ok(right)));
        for (wrong, why) in [
            ("lst", "“lst” is nothing to start with · did you mean list?"),
            ("bridge", "“bridge” is nothing to start with, as search:bridge is"),
            ("fed:Coast Wire", "no collection is a “fed” · did you mean feed?"),
            ("http://x", "no collection is a “http”, only search, tag, feed, folder, publisher"),
        ] {
            assert_eq!(start_value(wrong), Err(why.to_owned()), "{wrong}");
        }
        assert!(start_value(&"x".repeat(10_000)).is_err() && start_value("tag:a\nb").is_err());
    }

    #[test]
    fn place_is_kept_and_read_again() {
        let place = LastPlace {
            inputs: "/srv/archive\n/home/news".to_owned(),
            collection: "tag:budget".to_owned(),
            search: Some("speaker:okafor \"the bridge\"".to_owned()),
            view: View::Article,
            article: Some(u64::MAX),
            headline: "Harbour Bridge".to_owned(),
            row: 3,
            top: 120,
            quotation: QuotationAnchor::parse("140 1f 2e"),
            person: Some(("Ines Okafor".to_owned(), "ines okafor".to_owned())),
            at: 5,
            narrowed: Some("is:doubtful bridge".to_owned()),
            is_oldest_first: true,
        };
        assert_eq!(LastPlace::parse(&place.written()), Some(place));
        assert_eq!(LastPlace::parse("view list\narticle x\nrow -1\nmore 1\n"), Some(LastPlace::default()));
        assert!(
            ["", "{", "view nowhere\n", "viewlist", "\0\n\n"].into_iter().all(|text| LastPlace::parse(text).is_none())
        );
    }
}
