//! The rows of the pane that lists the collections.

use std::collections::{BTreeMap, HashSet};

use super::collections::{Collection, Collections};
use super::screen::Rect;
use super::{App, narrowing};
use crate::article::ArticleId;
use crate::catalog::{ArticleCounts, FeedOverview, folders_around};

/// A row of the pane, from the first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SidebarRow {
    /// Nothing.
    Blank,
    /// A heading.
    Heading(&'static str),
    /// A collection, and how many articles it has, where that is known.
    Collection(Collection, Option<ArticleCounts>),
    /// How many collections there is no room for, above or below.
    More(usize),
}

impl Collections {
    /// The feeds in no folder, then each folder with its feeds and the folders in it; with how many articles each has.
    fn feed_tree(&self) -> Vec<(Collection, Option<ArticleCounts>)> {
        let mut feeds: Vec<_> = self.feeds.feeds.iter().collect();
        feeds.sort_by_key(|line| line.folder.split('/').map(str::to_owned).collect::<Vec<_>>());
        let mut tree = Vec::with_capacity(feeds.len());
        let mut shown = HashSet::new();
        for line in feeds {
            for path in folders_around(&line.folder).filter(|path| shown.insert(*path)) {
                tree.push((Collection::Folder(path.to_owned()), self.feeds.folders.get(path).copied()));
            }
            let counts = ArticleCounts { articles: line.articles, unread: line.unread };
            tree.push((Collection::from(line), Some(counts)));
        }
        tree.retain(|(collection, _)| self.folded_around(collection).is_none());
        tree
    }
}

impl App {
    /// The rows of the pane of collections.
    pub fn sidebar_rows(&self) -> Vec<SidebarRow> {
        let unread = self.catalog.len().saturating_sub(self.user.read_count());
        let among = |ids: &mut dyn Iterator<Item = ArticleId>| {
            let mut counts = ArticleCounts::default();
            for id in ids.filter(|&id| self.catalog.get(id).is_some()) {
                counts.articles += 1;
                counts.unread += usize::from(!self.user.is_read(id));
            }
            counts
        };
        let mut collections = vec![
            (Collection::All, Some(ArticleCounts { articles: self.catalog.len(), unread })),
            (Collection::Unread, Some(ArticleCounts { articles: unread, unread })),
            (Collection::Starred, Some(among(&mut self.user.state().starred.iter().copied()))),
        ];
        // How many quotations, not articles.
        let clippings = ArticleCounts { articles: self.user.state().clippings.len(), unread: 0 };
        collections.extend((clippings.articles > 0).then_some((Collection::Clippings, Some(clippings))));
        let searches = &self.collections.searches;
        collections.extend(searches.iter().map(|saved| (Collection::Search(saved.name.clone()), saved.counts)));
        let FeedOverview { feeds: lines, tags: feed_tags, .. } = &self.collections.feeds;
        let mut tags: BTreeMap<_, _> = feed_tags.iter().map(|(tag, counts)| (tag.as_str(), *counts)).collect();
        for (tag, filed) in self.user.tags() {
            let (counts, filed) = (tags.entry(tag).or_default(), among(&mut filed.iter().copied()));
            counts.articles += filed.articles;
            counts.unread += filed.unread;
        }
        collections.extend(tags.into_iter().map(|(tag, counts)| (Collection::Tag(tag.to_owned()), Some(counts))));
        collections.extend(self.collections.feed_tree());
        // A feed that the user renamed is still one collection.
        let is_other = |name: &str| !lines.iter().any(|line| line.name == name || line.title.as_deref() == Some(name));
        let sources = self.collections.sources.iter().filter(|(name, counts)| counts.articles > 0 && is_other(name));
        collections.extend(sources.map(|(name, counts)| (Collection::Source(name.to_string()), Some(*counts))));
        if !self.collections.filter().is_empty() {
            let names = collections.iter().map(|(part, _)| part.name().to_owned());
            let mut fitting = narrowing::fitting(names, self.collections.filter()).into_iter().peekable();
            let mut at = 0..;
            collections.retain(|_| fitting.next_if_eq(&at.next().unwrap_or_default()).is_some());
        }
        in_sections(collections)
    }

    /// The rows that are shown in a pane of this height, so that the selected one is in sight, or from the one on to which the
    /// wheel turned it.
    pub fn shown_sidebar_rows(&self, area: Rect) -> Vec<SidebarRow> {
        let rows = self.sidebar_rows();
        let first = self.first_sidebar_row(area, &rows);
        with_more(&rows, first, area.height.into())
    }

    /// Lists the first of the collections that are shown, where the selected one is not.
    pub(super) fn open_first_shown(&mut self) {
        let shown = all_collections(self);
        if let Some(first) = shown.first().filter(|_| !shown.contains(self.collections.selected())) {
            self.open_collection(first.clone());
        }
    }

    /// Scrolls the pane of collections.
    pub(super) fn scroll_sidebar(&mut self, area: Rect, by: isize) {
        let rows = self.sidebar_rows();
        let first = self.first_sidebar_row(area, &rows);
        self.collections.scroll(first, by, (area.height.into(), rows.len()));
    }

    /// The first row that is shown in a pane of this height.
    fn first_sidebar_row(&self, area: Rect, rows: &[SidebarRow]) -> usize {
        let at = rows
            .iter()
            .position(|row| matches!(row, SidebarRow::Collection(part, _) if part == self.collections.selected()));
        let height = usize::from(area.height);
        let first = at.unwrap_or(0).saturating_sub(height.saturating_sub(3));
        self.collections.scrolled().unwrap_or(first).min(rows.len().saturating_sub(height))
    }
}

impl Collection {
    /// How far it stands to the right in the pane, in cells: a step for each folder around it.
    pub fn indentation(&self) -> u16 {
        /// The most steps that leave room for a name.
        const MOST: usize = 4;
        2 * self.depth().min(MOST) as u16
    }

    /// The columns of the pane, from its left edge, in which the sign of a folder stands.
    pub(super) fn fold_sign(&self) -> Option<std::ops::Range<u16>> {
        let start = 2 + self.indentation();
        matches!(self, Self::Folder(_)).then_some(start..start + 2)
    }
}

/// Collections with the headings of their sections.
fn in_sections(collections: Vec<(Collection, Option<ArticleCounts>)>) -> Vec<SidebarRow> {
    let mut rows = Vec::with_capacity(collections.len() + 8);
    let mut heading = "";
    for (collection, counts) in collections {
        if collection.heading() != heading {
            if !heading.is_empty() {
                rows.push(SidebarRow::Blank);
            }
            heading = collection.heading();
            rows.push(SidebarRow::Heading(heading));
        }
        rows.push(SidebarRow::Collection(collection, counts));
    }
    rows
}

/// So many rows from the first one on. Where there is room for that, it says how many collections are above and below.
fn with_more(rows: &[SidebarRow], first: usize, height: usize) -> Vec<SidebarRow> {
    /// Lower panes show collections only.
    const LEAST: usize = 8;
    let end = rows.len().min(first + height);
    let mut shown = rows[first..end].to_vec();
    let collections = |rows: &[SidebarRow]| {
        let count = rows.iter().filter(|row| matches!(row, SidebarRow::Collection(..))).count();
        SidebarRow::More(count)
    };
    if height >= LEAST && first > 0 {
        shown[0] = collections(&rows[..=first]);
    }
    if height >= LEAST && end < rows.len() {
        shown[height - 1] = collections(&rows[end - 1..]);
    }
    shown
}

/// What collections can be opened, in order.
pub(super) fn all_collections(app: &App) -> Vec<Collection> {
    let part_of = |row| match row {
        SidebarRow::Collection(part, _) => Some(part),
        _ => None,
    };
    app.sidebar_rows().into_iter().filter_map(part_of).collect()
}
