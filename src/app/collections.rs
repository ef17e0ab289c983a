//! The collections: parts of all articles by what the user or the publisher did with them, and the pane that lists
//! them.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use super::effect::{Effect, FeedQuery, RequestId, SearchJob};
use super::{App, Notice};
use crate::app::feeds;
use crate::app::views::results;
use crate::article::ArticleId;
use crate::catalog::{
    ArticleBitset, ArticleCounts, FeedGroup, FeedId, FeedLine, FeedOverview, Headline, folders_around,
};
use crate::query::Query;
use crate::user::UserAction;

/// A part of all articles.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Default)]
pub enum Collection {
    /// All of them.
    #[default]
    All,
    /// Those that are not read.
    Unread,
    /// Those with a star.
    Starred,
    /// Those of which the user keeps a quotation.
    Clippings,
    /// What the search with this name finds.
    Search(String),
    /// The articles with this tag, and those of the feeds with it.
    Tag(String),
    /// The articles of all feeds in a folder and in the folders in it.
    Folder(String),
    /// The articles of a feed.
    Feed {
        /// The feed.
        id: FeedId,
        /// What it is called.
        name: String,
        /// The folders it lies in; empty for none.
        folder: String,
    },
    /// The articles of one publisher.
    Source(String),
}

impl Collection {
    /// What it is called.
    pub fn name(&self) -> &str {
        match self {
            Self::All => "All articles",
            Self::Unread => "Unread",
            Self::Starred => "Starred",
            Self::Clippings => "Clippings",
            Self::Search(name)
            | Self::Tag(name)
            | Self::Folder(name)
            | Self::Source(name)
            | Self::Feed { name, .. } => name,
        }
    }

    /// The feeds whose articles it lists, if it is of feeds.
    pub fn feeds(&self) -> Option<FeedGroup> {
        match self {
            Self::Tag(name) => Some(FeedGroup::Tag(name.clone())),
            Self::Folder(path) => Some(FeedGroup::Folder(path.clone())),
            Self::Feed { id, .. } => Some(FeedGroup::Feed(*id)),
            Self::All | Self::Unread | Self::Starred | Self::Clippings | Self::Search(_) | Self::Source(_) => None,
        }
    }

    /// How many folders lie around it in the sidebar.
    pub fn depth(&self) -> usize {
        match self {
            Self::Folder(path) => folders_around(path).count() - 1,
            Self::Feed { folder, .. } => folders_around(folder).count(),
            _ => 0,
        }
    }

    /// The heading above it in the sidebar.
    pub fn heading(&self) -> &'static str {
        match self {
            Self::All | Self::Unread | Self::Starred | Self::Clippings => "LIBRARY",
            Self::Search(_) => "SEARCHES",
            Self::Tag(_) => "TAGS",
            Self::Folder(_) | Self::Feed { .. } => "FEEDS",
            Self::Source(_) => "PUBLISHERS",
        }
    }
}

impl From<&FeedLine> for Collection {
    fn from(line: &FeedLine) -> Self {
        Self::Feed { id: line.id, name: line.name.clone(), folder: line.folder.clone() }
    }
}

/// The pane that lists the collections, and which of them is open.
#[derive(Debug, Default)]
pub struct Collections {
    /// The one that is open: the list shows its articles.
    open: Collection,
    /// The one that is selected in the pane.
    selected: Collection,
    /// The feeds, with their folders and tags.
    pub(super) feeds: FeedOverview,
    /// The counts of each publisher, by name.
    pub(super) sources: BTreeMap<Box<str>, ArticleCounts>,
    /// Searches with a name, what they look for, and how many articles they find.
    pub(super) searches: Vec<SavedSearch>,
    /// The request for those numbers whose answer is waited for.
    in_flight: Option<RequestId>,
    /// The request in flight for the articles of feeds.
    listing: Option<RequestId>,
    /// The articles of the feeds that are open, also those that are hidden.
    of_feeds: Vec<ArticleId>,
    /// What the pane is narrowed to.
    filter: String,
    /// The first row shown, where the wheel turned the pane.
    scrolled: Option<usize>,
    /// Whether those numbers may be wrong by now.
    stale: bool,
    /// The paths of the feed folders that are folded in the pane.
    pub(super) folded: BTreeSet<String>,
}

/// A search with a name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SavedSearch {
    /// The name that the user gave it.
    pub name: String,
    /// What it looks for.
    pub query: String,
    /// How many articles it finds, where that has been counted.
    pub counts: Option<ArticleCounts>,
}

impl Collections {
    /// The collection that is open.
    pub fn open(&self) -> &Collection {
        &self.open
    }

    /// The collection that is selected in the pane.
    pub fn selected(&self) -> &Collection {
        &self.selected
    }

    /// Scrolls the pane of this height and so many rows, of which `first` is the first shown.
    pub(super) fn scroll(&mut self, first: usize, by: isize, (height, rows): (usize, usize)) {
        self.scrolled = Some(first.saturating_add_signed(by).min(rows.saturating_sub(height)));
    }

    /// The first row shown, where the wheel turned the pane.
    pub(super) fn scrolled(&self) -> Option<usize> {
        self.scrolled
    }

    /// Shows the selected collection, wherever the wheel turned the pane.
    pub(super) fn follow_selected(&mut self) {
        self.scrolled = None;
    }

    /// What the pane is narrowed to.
    pub fn filter(&self) -> &str {
        &self.filter
    }

    /// Narrows the pane to the collections whose names have these words.
    pub(super) fn narrow(&mut self, words: &str) {
        words.clone_into(&mut self.filter);
        self.scrolled = None;
    }

    /// The search with this name.
    pub fn search(&self, name: &str) -> Option<&SavedSearch> {
        self.searches.iter().find(|saved| saved.name == name)
    }

    /// The feeds, by folder and name.
    pub fn feeds(&self) -> &[FeedLine] {
        &self.feeds.feeds
    }

    /// The names of all publishers, in order.
    pub fn sources(&self) -> impl Iterator<Item = &str> {
        self.sources.iter().filter(|(_, counts)| counts.articles > 0).map(|(name, _)| &**name)
    }

    /// How many articles came from the feeds whose collection is open; `None` where that is of no feeds.
    pub(super) fn articles_of_open_feeds(&self) -> Option<usize> {
        let FeedOverview { feeds, folders, tags } = &self.feeds;
        match &self.open {
            Collection::Feed { id, .. } => feeds.iter().find(|line| line.id == *id).map(|line| line.articles),
            Collection::Folder(path) => folders.get(path).map(|counts| counts.articles),
            Collection::Tag(tag) => tags.get(tag).map(|counts| counts.articles),
            _ => None,
        }
    }

    /// What is listed is this part from now on.
    pub(super) fn stand_on(&mut self, part: Collection) {
        self.selected = part.clone();
        self.open = part;
    }

    /// What is listed is selected.
    pub(super) fn select_open(&mut self) {
        self.selected = self.open.clone();
    }

    /// Where the selected one is folded away, the folder that hides it is selected; what is open stays so.
    pub(super) fn select_shown(&mut self) {
        if let Some(folder) = self.folded_around(&self.selected) {
            self.selected = Collection::Folder(folder.to_owned());
        }
    }

    /// Back to all articles.
    pub(super) fn leave(&mut self) {
        self.open = Collection::All;
        self.selected = Collection::All;
    }

    /// Whether the articles of the open collection are still being looked up.
    pub(super) fn is_listing(&self) -> bool {
        self.listing.is_some()
    }

    /// Whether there is more than what any library has.
    pub fn has_choice(&self) -> bool {
        self.sources.len() > 1 || !self.searches.is_empty()
    }

    /// Names a search, or lets the one with that name go.
    pub(super) fn name_search(&mut self, name: String, query: Option<String>) {
        let at = self.searches.iter().position(|saved| saved.name == name);
        self.stale = true;
        match (at, query) {
            (Some(at), Some(query)) => self.searches[at].query = query,
            (Some(at), None) => drop(self.searches.remove(at)),
            (None, Some(query)) => self.searches.push(SavedSearch { name, query, counts: None }),
            (None, None) => {}
        }
    }

    /// Counts a headline in, or out again.
    pub(super) fn count(&mut self, headline: &Headline, read: bool, there: bool) {
        self.stale = true;
        let Some(source) = &headline.publisher else { return };
        let Some(counts) = self.counts_of(source) else { return };
        let unread = usize::from(!read);
        if there {
            (counts.articles, counts.unread) = (counts.articles + 1, counts.unread + unread);
        } else {
            (counts.articles, counts.unread) =
                (counts.articles.saturating_sub(1), counts.unread.saturating_sub(unread));
        }
    }

    /// Counts an article of this publisher as read or unread.
    pub(super) fn turn(&mut self, headline: &Headline, read: bool) {
        self.stale = true;
        if let Some(counts) = headline.publisher.as_ref().and_then(|source| self.sources.get_mut(source)) {
            counts.unread = if read { counts.unread.saturating_sub(1) } else { counts.unread + 1 };
        }
    }

    fn counts_of(&mut self, source: &str) -> Option<&mut ArticleCounts> {
        if !self.sources.contains_key(source) {
            self.sources.insert(source.into(), ArticleCounts::default());
        }
        self.sources.get_mut(source)
    }
}

/// `D` in the pane of collections: lets a kept search go.
pub(super) fn remove_collection(app: &mut App) {
    let name = match app.collections.selected.clone() {
        Collection::Search(name) => name,
        Collection::Feed { id, name, .. } => return feeds::unsubscribe(app, id, &name),
        _ => return app.refuse("Only saved searches and feeds can be removed here"),
    };
    let label = format!("removed search “{name}”");
    app.commit(vec![UserAction::SavedSearch { name: name.clone(), before: None, after: None }], label);
    app.open_collection(Collection::All);
    app.show_message(Notice::undoable(format!("Removed search “{name}”")));
}

/// Requests the counts of the saved searches while they are on the screen.
pub(super) fn count_collections(app: &mut App) {
    let turned = app.user.take_turned();
    for id in turned {
        if let Some(headline) = app.catalog.get(id) {
            app.collections.turn(headline, app.user.is_read(id));
        }
    }
    if app.panes().sidebar.is_none() || !app.collections.stale || app.collections.in_flight.is_some() {
        return;
    }
    app.collections.stale = false;
    if !app.collections.feeds().is_empty() {
        app.ask(Effect::Feeds(FeedQuery::List));
    }
    if app.collections.searches.is_empty() {
        return;
    }
    let request = app.new_request();
    app.collections.in_flight = Some(request);
    let queries = app.collections.searches.iter().map(|saved| Query::parse(&saved.query)).collect();
    app.ask(Effect::Search(SearchJob::Count { request, queries }));
}

/// Lists the articles of feeds once they are known.
pub(super) fn listed(app: &mut App, request: RequestId, ids: &[ArticleId]) {
    if app.collections.listing.take_if(|in_flight| *in_flight == request).is_some() {
        let mut picked = ArticleBitset::default();
        let tagged = match &app.collections.open {
            Collection::Tag(tag) => app.user.state().tags.get(tag),
            _ => None,
        };
        for &id in ids.iter().chain(tagged.into_iter().flatten()) {
            app.catalog.pick(&mut picked, id);
        }
        app.list.list_only(&app.catalog, app.catalog.picked(&picked).collect());
        app.collections.of_feeds = ids.to_vec();
    }
}

/// The kept searches were counted.
pub(super) fn counted(app: &mut App, request: RequestId, counts: &[ArticleCounts]) {
    if app.collections.in_flight != Some(request) {
        return;
    }
    app.collections.in_flight = None;
    for (saved, &counts) in app.collections.searches.iter_mut().zip(counts) {
        saved.counts = Some(counts);
    }
}

impl App {
    /// How many articles would stand on the open collection if they were not hidden.
    pub fn count_hidden(&self) -> usize {
        let (user, hidden) = (&self.user, &self.user.hidden);
        let tagged = |tag: &str, id: &ArticleId| user.state().tags.get(tag).is_some_and(|tagged| tagged.contains(id));
        let of_feeds = || self.collections.of_feeds.iter().filter(|id| hidden.contains_key(*id)).count();
        match &self.collections.open {
            Collection::All => hidden.len(),
            Collection::Feed { .. } | Collection::Folder(_) => of_feeds(),
            Collection::Tag(tag) if self.collections.feeds.tags.contains_key(tag) => of_feeds(),
            Collection::Tag(tag) => hidden.keys().filter(|id| tagged(tag, id)).count(),
            Collection::Starred => hidden.keys().filter(|id| user.is_starred(**id)).count(),
            Collection::Source(name) => {
                hidden.values().filter(|headline| headline.publisher.as_deref() == Some(name)).count()
            }
            Collection::Search(_) | Collection::Unread | Collection::Clippings => 0,
        }
    }

    /// Lists what stands on the open collection now: when it was opened, and when articles came or went.
    pub(super) fn fill_list(&mut self) {
        let open = &self.collections.open.clone();
        let filed = match open {
            Collection::All => {
                self.list.list_all();
                return;
            }
            Collection::Search(name) => {
                let query = self.collections.search(name).map(|saved| saved.query.clone()).unwrap_or_default();
                return results::search_saved(self, &query);
            }
            Collection::Folder(_) | Collection::Feed { .. } => return self.list_feeds(open),
            Collection::Tag(tag) if self.collections.feeds.tags.contains_key(tag) => return self.list_feeds(open),
            Collection::Tag(tag) => self.user.tags().find(|(name, _)| name == tag).map(|(_, filed)| filed),
            Collection::Unread | Collection::Starred | Collection::Clippings | Collection::Source(_) => None,
        };
        // What was listed stays until the collection is opened anew, read or not: nothing goes from under the eyes.
        let listed: HashSet<_> = self.list.only().into_iter().flatten().copied().collect();
        let clipped: HashSet<_> = self.user.state().clippings.values().map(|clipping| clipping.article).collect();
        let stands_on_it = |headline: &Headline| match open {
            Collection::Unread => listed.contains(&headline.id) || !self.user.is_read(headline.id),
            Collection::Starred => self.user.is_starred(headline.id),
            Collection::Clippings => clipped.contains(&headline.id),
            Collection::Source(name) => headline.publisher.as_deref() == Some(name),
            _ => filed.is_some_and(|filed| filed.contains(&headline.id)),
        };
        let ids = self.catalog.choose(stands_on_it).collect();
        self.list.list_only(&self.catalog, ids);
    }

    /// Asks for the articles of a collection of feeds.
    fn list_feeds(&mut self, collection: &Collection) {
        let Some(of) = collection.feeds() else { return };
        let request = self.new_request();
        self.collections.listing = Some(request);
        self.ask(Effect::Feeds(FeedQuery::Articles { request, of }));
    }

    /// Lists what stands on a collection.
    pub(super) fn open_collection(&mut self, part: Collection) {
        self.display.list_orders.renew();
        if self.collections.open == part && self.views.search().is_none() {
            self.collections.selected = part;
            return;
        }
        self.close_all_but_sidebar();
        self.collections.stand_on(part);
        self.list.list_all();
        self.fill_list();
    }

    /// The feeds are other ones than `before`, or are called otherwise.
    pub(super) fn rename_feed_collections(&mut self, before: &[FeedLine]) {
        let Collections { feeds, open, selected, .. } = &mut self.collections;
        for collection in [open, selected] {
            match collection {
                Collection::Feed { id, .. } => {
                    let line = feeds.feeds.iter().find(|feed| feed.id == *id);
                    *collection = line.map_or(Collection::All, Collection::from);
                }
                Collection::Folder(path) if !feeds.folders.contains_key(path) => {
                    *collection = feeds.moved_folder(before, path).map_or(Collection::All, Collection::Folder);
                }
                _ => {}
            }
        }
    }
}
