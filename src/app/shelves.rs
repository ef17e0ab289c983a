//! The shelves: parts of all articles by what the reader or the publisher did with them, and the pane that lists them.

use std::collections::{BTreeMap, HashSet};

use super::effect::{Effect, FeedQuery, RequestId, SearchJob};
use super::prompt::{Prompt, Purpose};
use super::screen::Area;
use super::{App, Command, Focus, Notice};
use crate::article::ArticleId;
use crate::catalog::{Headline, Picked, SourceId, SourceLine};
use crate::query::Query;
use crate::text::clean_line;
use crate::user::UserAction;

/// A part of all articles.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Default)]
pub enum Shelf {
    /// All of them.
    #[default]
    All,
    /// Those that are not read.
    Unread,
    /// Those with a star.
    Starred,
    /// What the search with this name finds.
    Search(String),
    /// What the reader filed under a word.
    Tag(String),
    /// What came from a source on the web.
    Feed {
        /// Which source.
        id: SourceId,
        /// What it is called.
        name: String,
        /// The folders it lies in; empty for none.
        folder: String,
    },
    /// What one source published.
    Source(String),
}

impl Shelf {
    /// What it is called.
    pub fn name(&self) -> &str {
        match self {
            Self::All => "All articles",
            Self::Unread => "Unread",
            Self::Starred => "Starred",
            Self::Search(name) | Self::Tag(name) | Self::Source(name) | Self::Feed { name, .. } => name,
        }
    }

    /// The heading under which it stands.
    pub fn heading(&self) -> &str {
        match self {
            Self::All | Self::Unread | Self::Starred => "LIBRARY",
            Self::Search(_) => "SEARCHES",
            Self::Tag(_) => "TAGS",
            Self::Feed { folder, .. } if !folder.is_empty() => folder,
            Self::Feed { .. } | Self::Source(_) => "SOURCES",
        }
    }
}

impl From<&SourceLine> for Shelf {
    fn from(line: &SourceLine) -> Self {
        Self::Feed { id: line.id, name: line.name.clone(), folder: line.folder.clone() }
    }
}

/// How many articles.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Tally {
    /// In all.
    pub total: usize,
    /// Of them not read.
    pub unread: usize,
}

/// The pane that lists the shelves, and which of them is open.
#[derive(Debug, Default)]
pub struct Shelves {
    /// The one that is open: the list shows what stands on it.
    open: Shelf,
    /// The one that is selected in the pane.
    selected: Shelf,
    /// What each source published.
    sources: BTreeMap<Box<str>, Tally>,
    /// Searches with a name, what they look for, and how many unread articles they find.
    searches: Vec<Saved>,
    /// The request for those numbers whose answer is waited for.
    in_flight: Option<RequestId>,
    /// The request for what came from a source whose answer is waited for.
    listing: Option<RequestId>,
    /// Whether those numbers may be wrong by now.
    stale: bool,
}

/// A search with a name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Saved {
    /// What the reader calls it.
    pub name: String,
    /// What it looks for.
    pub query: String,
    /// How many unread articles it finds, where that has been counted.
    pub unread: Option<usize>,
}

/// A row of the pane, from the first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ShelfRow {
    /// Nothing.
    Blank,
    /// A heading.
    Heading(String),
    /// A shelf, and how many unread articles stand on it, where that is known.
    Shelf(Shelf, Option<usize>),
}

impl Shelves {
    /// The shelf that is open.
    pub fn open(&self) -> &Shelf {
        &self.open
    }

    /// The shelf that is selected in the pane.
    pub fn selected(&self) -> &Shelf {
        &self.selected
    }

    /// The search with this name.
    pub fn search(&self, name: &str) -> Option<&Saved> {
        self.searches.iter().find(|saved| saved.name == name)
    }

    /// The names of all sources, in order.
    pub fn sources(&self) -> impl Iterator<Item = &str> {
        self.sources.iter().filter(|(_, tally)| tally.total > 0).map(|(name, _)| &**name)
    }

    /// Back to all articles.
    pub(super) fn leave(&mut self) {
        self.open = Shelf::All;
        self.selected = Shelf::All;
    }

    /// Whether there is more than what any library has.
    pub fn is_worthwhile(&self) -> bool {
        self.sources.len() > 1 || !self.searches.is_empty()
    }

    /// Names a search, or lets the one with that name go.
    pub(super) fn name_search(&mut self, name: String, query: Option<String>) {
        let at = self.searches.iter().position(|saved| saved.name == name);
        self.stale = true;
        match (at, query) {
            (Some(at), Some(query)) => self.searches[at].query = query,
            (Some(at), None) => drop(self.searches.remove(at)),
            (None, Some(query)) => self.searches.push(Saved { name, query, unread: None }),
            (None, None) => {}
        }
    }

    /// Counts a headline in, or out again.
    pub(super) fn count(&mut self, headline: &Headline, read: bool, there: bool) {
        self.stale = true;
        let Some(source) = &headline.source else { return };
        let Some(tally) = self.tally_of(source) else { return };
        let (total, unread) = (1, usize::from(!read));
        if there {
            (tally.total, tally.unread) = (tally.total + total, tally.unread + unread);
        } else {
            (tally.total, tally.unread) = (tally.total.saturating_sub(total), tally.unread.saturating_sub(unread));
        }
    }

    /// An article of this source has been read, or is to be read again.
    pub(super) fn turn(&mut self, headline: &Headline, read: bool) {
        self.stale = true;
        if let Some(tally) = headline.source.as_ref().and_then(|source| self.sources.get_mut(source)) {
            tally.unread = if read { tally.unread.saturating_sub(1) } else { tally.unread + 1 };
        }
    }

    fn tally_of(&mut self, source: &str) -> Option<&mut Tally> {
        if !self.sources.contains_key(source) {
            self.sources.insert(source.into(), Tally::default());
        }
        self.sources.get_mut(source)
    }
}

impl App {
    /// The rows of the pane of shelves.
    pub fn shelf_rows(&self) -> Vec<ShelfRow> {
        let unread = self.catalog.len().saturating_sub(self.user.read_count());
        let among = |ids: &mut dyn Iterator<Item = ArticleId>| {
            ids.filter(|&id| self.catalog.get(id).is_some() && !self.user.is_read(id)).count()
        };
        let mut shelves = vec![
            (Shelf::All, Some(unread)),
            (Shelf::Unread, Some(unread)),
            (Shelf::Starred, Some(among(&mut self.user.state().starred.iter().copied()))),
        ];
        let searches = &self.shelves.searches;
        shelves.extend(searches.iter().map(|saved| (Shelf::Search(saved.name.clone()), saved.unread)));
        for (tag, filed) in self.user.tags() {
            shelves.push((Shelf::Tag(tag.to_owned()), Some(among(&mut filed.iter().copied()))));
        }
        let lines = &self.sources.lines;
        shelves.extend(lines.iter().map(|line| (Shelf::from(line), Some(line.unread))));
        // A source that the reader calls otherwise is one shelf still.
        let is_other = |name: &str| !lines.iter().any(|line| line.name == name || line.title.as_deref() == Some(name));
        let sources = self.shelves.sources.iter().filter(|(name, tally)| tally.total > 0 && is_other(name));
        shelves.extend(sources.map(|(name, tally)| (Shelf::Source(name.to_string()), Some(tally.unread))));
        let mut rows = Vec::with_capacity(shelves.len() + 8);
        // Those in folders come after those in none, whatever they are.
        shelves.sort_by_key(|(shelf, _)| matches!(shelf, Shelf::Feed { folder, .. } if !folder.is_empty()));
        let mut heading = String::new();
        for (shelf, unread) in shelves {
            if shelf.heading() != heading {
                if !heading.is_empty() {
                    rows.push(ShelfRow::Blank);
                }
                shelf.heading().clone_into(&mut heading);
                rows.push(ShelfRow::Heading(heading.clone()));
            }
            rows.push(ShelfRow::Shelf(shelf, unread));
        }
        rows
    }

    /// The rows that are shown in a pane of this height, and the first of them, so that the selected one is in sight.
    pub fn shown_shelves(&self, area: Area) -> Vec<ShelfRow> {
        let rows = self.shelf_rows();
        let at = rows.iter().position(|row| matches!(row, ShelfRow::Shelf(part, _) if *part == self.shelves.selected));
        let height = usize::from(area.height);
        let first = at.unwrap_or(0).saturating_sub(height.saturating_sub(3)).min(rows.len().saturating_sub(height));
        rows.into_iter().skip(first).take(height).collect()
    }

    /// What shelves can be opened, in order.
    fn all_shelves(&self) -> Vec<Shelf> {
        let part_of = |row| match row {
            ShelfRow::Shelf(part, _) => Some(part),
            _ => None,
        };
        self.shelf_rows().into_iter().filter_map(part_of).collect()
    }

    /// Goes to the pane of shelves, or back to the list.
    pub(super) fn toggle_shelves(&mut self) {
        if self.focus == Focus::Shelves {
            self.focus = Focus::List;
            return;
        }
        if self.focus == Focus::List {
        } else {
            self.note_place();
        }
        self.focus = Focus::Shelves;
        self.zen = false;
        self.shelves.selected = self.shelves.open.clone();
    }

    /// Moves in the pane of shelves; the list shows what stands on the one that is reached.
    pub(super) fn travel_shelves(&mut self, command: Command, count: usize) {
        /// How many shelves a page is.
        const PAGE: usize = 10;
        let all = self.all_shelves();
        let at = all.iter().position(|shelf| *shelf == self.shelves.selected).unwrap_or(0);
        let at = match command {
            Command::Down | Command::ScrollDown => at + count,
            Command::Up | Command::ScrollUp => at.saturating_sub(count),
            Command::PageDown | Command::HalfPageDown => at + PAGE * count,
            Command::PageUp | Command::HalfPageUp => at.saturating_sub(PAGE * count),
            Command::Top => 0,
            _ => all.len(),
        };
        if let Some(part) = all.get(at.min(all.len().saturating_sub(1))) {
            self.open_shelf(part.clone());
        }
    }

    /// A click in the pane of shelves.
    pub(super) fn click_shelf(&mut self, area: Area, row: u16) {
        let row = self.shown_shelves(area).into_iter().nth(usize::from(row - area.y));
        let Some(ShelfRow::Shelf(part, _)) = row else { return };
        let again = self.shelves.selected == part && self.focus == Focus::Shelves;
        self.open_shelf(part);
        self.focus = if again { Focus::List } else { Focus::Shelves };
    }

    /// Lists what stands on a shelf.
    pub(super) fn open_shelf(&mut self, part: Shelf) {
        self.shelves.selected = part.clone();
        if self.shelves.open == part && self.search.is_none() {
            return;
        }
        self.search = None;
        self.shelves.open = part;
        self.list.list_all();
        self.stock_list();
    }

    /// Lists what stands on the open shelf now: when it was opened, and when articles came or went.
    pub(super) fn stock_list(&mut self) {
        let open = &self.shelves.open.clone();
        let filed = match open {
            Shelf::All => {
                self.list.list_all();
                return;
            }
            Shelf::Search(name) => {
                let query = self.shelves.search(name).map(|saved| saved.query.clone()).unwrap_or_default();
                return self.search_shelf(&query);
            }
            Shelf::Feed { id, .. } => {
                let (id, request) = (*id, self.new_request());
                self.shelves.listing = Some(request);
                return self.ask(Effect::Feeds(FeedQuery::Articles { request, id }));
            }
            Shelf::Tag(tag) => self.user.tags().find(|(name, _)| name == tag).map(|(_, filed)| filed),
            Shelf::Unread | Shelf::Starred | Shelf::Source(_) => None,
        };
        // What was listed stays until the shelf is opened anew, read or not: nothing goes from under the eyes.
        let listed: HashSet<_> = self.list.only().into_iter().flatten().copied().collect();
        let stands_on_it = |headline: &&Headline| match open {
            Shelf::Unread => listed.contains(&headline.id) || !self.user.is_read(headline.id),
            Shelf::Starred => self.user.is_starred(headline.id),
            Shelf::Source(name) => headline.source.as_deref() == Some(name),
            _ => filed.is_some_and(|filed| filed.contains(&headline.id)),
        };
        let ids = self.catalog.iter().filter(stands_on_it).map(|headline| headline.id).collect();
        self.list.list_only(ids);
    }

    /// `S` in the list: gives the search that is on a name.
    pub(super) fn start_naming(&mut self) {
        let asks = |search: &&super::Search| !search.is_empty() || !search.errors().is_empty();
        let Some(search) = self.search.as_ref().filter(asks) else {
            return self.show_message(
                Notice::new("Search for something first")
                    .hint(Command::Search, "search")
                    .hint(Command::KeepSearch, "save search"),
            );
        };
        if let Some(error) = search.error() {
            return self.show_message(format!("This search finds nothing: {}", error.with_hint()));
        }
        self.prompt = Some(Prompt::with(Purpose::NameSearch, &search.typed.clone()));
    }

    /// Keeps the search that is on under the name that was typed.
    pub(super) fn accept_name(&mut self, typed: &str) {
        let name = clean_line(typed);
        let Some(query) = self.search.as_ref().map(|search| search.typed.clone()) else { return };
        if name.is_empty() {
            return self.show_message("A search needs a name to be kept");
        }
        let label = format!("saved search “{name}”");
        self.commit(vec![UserAction::SavedSearch { name: name.clone(), before: None, after: Some(query) }], label);
        self.shelves.open = Shelf::Search(name.clone());
        self.shelves.selected = self.shelves.open.clone();
        self.show_message(
            Notice::new(format!("Saved as “{name}”")).hint(Command::Shelves, "sidebar").hint(Command::Undo, "undo"),
        );
    }

    /// `D` in the pane of shelves: lets a kept search go.
    pub(super) fn drop_shelf(&mut self) {
        let name = match self.shelves.selected.clone() {
            Shelf::Search(name) => name,
            Shelf::Feed { id, name, .. } => return self.drop_source(id, &name),
            _ => return self.show_message("Only searches and sources on the web can be taken away here"),
        };
        let label = format!("removed search “{name}”");
        self.commit(vec![UserAction::SavedSearch { name: name.clone(), before: None, after: None }], label);
        self.open_shelf(Shelf::All);
        self.show_message(Notice::undoable(format!("Removed search “{name}”")));
    }

    /// Sees to the numbers of the kept searches while they are on the screen.
    pub(super) fn count_shelves(&mut self) {
        let turned = self.user.take_turned();
        for id in turned {
            if let Some(headline) = self.catalog.get(id) {
                self.shelves.turn(headline, self.user.is_read(id));
            }
        }
        if self.panes().shelves.is_none() || !self.shelves.stale || self.shelves.in_flight.is_some() {
            return;
        }
        self.shelves.stale = false;
        if !self.sources.lines.is_empty() {
            self.ask(Effect::Feeds(FeedQuery::List));
        }
        if self.shelves.searches.is_empty() {
            return;
        }
        let request = self.new_request();
        self.shelves.in_flight = Some(request);
        let queries = self.shelves.searches.iter().map(|saved| Query::parse(&saved.query)).collect();
        self.ask(Effect::Search(SearchJob::Count { request, queries }));
    }

    /// It is known which articles came from a source.
    pub(super) fn listed(&mut self, request: RequestId, ids: &[ArticleId]) {
        if self.shelves.listing.take_if(|in_flight| *in_flight == request).is_some() {
            let mut picked = Picked::default();
            for &id in ids {
                self.catalog.pick(&mut picked, id);
            }
            self.list.list_only(self.catalog.picked(&picked).collect());
        }
    }

    /// The sources are other ones, or are called otherwise.
    pub(super) fn rename_shelves(&mut self) {
        let (lines, shelves) = (&self.sources.lines, &mut self.shelves);
        for shelf in [&mut shelves.open, &mut shelves.selected] {
            if let Shelf::Feed { id, .. } = shelf {
                *shelf = lines.iter().find(|line| line.id == *id).map_or(Shelf::All, Shelf::from);
            }
        }
    }

    /// The kept searches were counted.
    pub(super) fn counted(&mut self, request: RequestId, counts: &[usize]) {
        if self.shelves.in_flight != Some(request) {
            return;
        }
        self.shelves.in_flight = None;
        for (saved, &unread) in self.shelves.searches.iter_mut().zip(counts) {
            saved.unread = Some(unread);
        }
    }
}
