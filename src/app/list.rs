//! The list of headlines: which are listed, which is selected, and which rows they take.
//!
//! It is laid out from the selected headline outwards: a frame costs the rows it shows, whatever the library holds.

use std::collections::HashMap;
use std::ops::Range;

use super::screen::{Rect, has_one_row};
use crate::article::ArticleId;
use crate::catalog::{ArticleBitset, Catalog, Headline};
use crate::query::{Hit, Snippet};
use crate::text::Span;

/// The list of headlines. It remembers articles, not rows, so that nothing slides when others arrive.
#[derive(Debug, Default)]
pub struct List {
    selected: Option<ArticleId>,
    /// The row on which the selected headline should stand, counted from the top of the list.
    row: usize,
    /// The first headline that is shown, where the wheel turned the list.
    scrolled: Option<ArticleId>,
    /// Whether the user has moved in the list, or done something with an article. Until then the newest article is
    /// selected, whichever arrives.
    moved: bool,
    /// The articles that are listed, where that is not all of them.
    hits: Option<Hits>,
    /// Whether the first headline was selected, whichever that was, and the user has not moved since.
    is_at_first: bool,
    /// How often the headlines of the catalog had moved past each other when the hits were listed.
    moves: u64,
}

/// The hits of a search, or the articles of a collection.
#[derive(Debug, Default)]
struct Hits {
    ids: Vec<ArticleId>,
    /// The same articles.
    bits: ArticleBitset,
    found: HashMap<ArticleId, Hit>,
    /// The rank of each, where the best come first instead of the order of the catalog.
    ranks: Option<HashMap<ArticleId, usize>>,
}

/// What a search has found so far.
#[derive(Debug, Clone, Default)]
pub struct SearchResults {
    picked: ArticleBitset,
    /// Those of which there is something to show: the newest, that is.
    found: HashMap<ArticleId, Hit>,
}

impl SearchResults {
    /// Whether nothing has been found yet.
    pub fn is_empty(&self) -> bool {
        self.picked.is_empty()
    }

    /// Adds what was found besides.
    pub fn add(&mut self, catalog: &Catalog, hits: Vec<Hit>) {
        for hit in hits {
            catalog.pick(&mut self.picked, hit.id);
            if !hit.title.is_empty() || hit.place.is_some() || hit.snippet.is_some() {
                self.found.insert(hit.id, hit);
            }
        }
    }
}

/// A headline on the screen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Placed {
    /// Its first row, counted from the top of the list.
    pub row: u16,
    /// Which article.
    pub id: ArticleId,
    /// Whether its day stands beside it: it is another one than that of the headline above, or those
    /// of one day do not stand together.
    pub shows_day: bool,
}

impl List {
    /// The selected article.
    pub fn selected(&self) -> Option<ArticleId> {
        self.selected
    }

    /// The selected article and its row, for [`List::restore`].
    pub fn selection(&self) -> (Option<ArticleId>, usize) {
        (self.selected, self.row)
    }

    /// Lists everything, and restores a selection.
    pub fn restore(&mut self, selection: (Option<ArticleId>, usize)) {
        (self.hits, self.scrolled, self.is_at_first) = (None, None, false);
        (self.selected, self.row) = selection;
    }

    /// Lists everything.
    pub fn list_all(&mut self) {
        self.hits = None;
    }

    /// Lists again in the order of the catalog, if that is another one now. What the user selected stays so, and in sight.
    pub(super) fn follow_order(&mut self, catalog: &Catalog, area: Option<Rect>) {
        if self.moves == catalog.moves() {
            return;
        }
        self.moves = catalog.moves();
        self.scrolled = None;
        if let Some(hits) = self.hits.as_mut().filter(|hits| hits.ranks.is_none()) {
            let mut picked = ArticleBitset::default();
            hits.ids.iter().for_each(|&id| catalog.pick(&mut picked, id));
            hits.ids = catalog.picked(&picked).collect();
            hits.bits = picked;
        }
        if self.is_at_first {
            self.selected = self.at(catalog, 0).map(|headline| headline.id);
            self.row = 0;
        } else if let Some(area) = area {
            self.fill(catalog, area);
        }
    }

    /// Lists these articles, which are in the order of the catalog.
    pub fn list_only(&mut self, catalog: &Catalog, ids: Vec<ArticleId>) {
        let mut bits = ArticleBitset::default();
        catalog.pick_in_order(&mut bits, &ids);
        self.hits = Some(Hits { ids, bits, ..Hits::default() });
    }

    /// Removes articles from what is listed.
    pub fn drop(&mut self, ids: &[ArticleId]) {
        if let [id] = ids {
            return self.keep_hits(|listed| listed != *id);
        }
        let dropped: foldhash::HashSet<_> = ids.iter().copied().collect();
        self.keep_hits(|listed| !dropped.contains(&listed));
    }

    /// Removes all articles from what is listed that are no longer in the catalog.
    pub fn drop_departed(&mut self, catalog: &Catalog) {
        self.keep_hits(|id| catalog.get(id).is_some());
    }

    fn keep_hits(&mut self, stays: impl Fn(ArticleId) -> bool) {
        let Some(hits) = &mut self.hits else { return };
        hits.ids.retain(|&id| stays(id));
        if let Some(ranks) = &mut hits.ranks {
            *ranks = hits.ids.iter().enumerate().map(|(at, &id)| (id, at)).collect();
        }
    }

    /// Whether an article is one of those that are listed where that is not all of them.
    pub(super) fn is_hit(&self, catalog: &Catalog, id: ArticleId) -> bool {
        self.hits.as_ref().is_some_and(|hits| catalog.is_picked(&hits.bits, id))
    }

    /// A hit has another place in the catalog now.
    pub(super) fn keep_hit(&mut self, catalog: &Catalog, id: ArticleId) {
        if let Some(hits) = &mut self.hits {
            catalog.pick(&mut hits.bits, id);
        }
    }

    /// Picks the articles that are listed at these positions.
    pub(super) fn pick(&self, catalog: &Catalog, picked: &mut ArticleBitset, positions: Range<usize>) {
        match &self.hits {
            None => catalog.pick_positions(picked, positions),
            Some(hits) if positions == (0..hits.ids.len()) => catalog.pick_all_of(picked, &hits.bits),
            Some(hits) => catalog.pick_in_order(picked, hits.ids.get(positions).unwrap_or_default()),
        }
    }

    /// Those of these articles that are listed, in the order of the list.
    pub(super) fn picked(&self, catalog: &Catalog, picked: &ArticleBitset) -> Vec<ArticleId> {
        // There may be a million, and a key waits for this.
        let mut all = Vec::with_capacity(self.count_picked(catalog, picked));
        match &self.hits {
            None => all.extend(catalog.picked(picked)),
            Some(Hits { ids, ranks: Some(_), .. }) => {
                all.extend(ids.iter().copied().filter(|&id| catalog.is_picked(picked, id)));
            }
            Some(hits) => all.extend(catalog.picked_by_both(picked, &hits.bits)),
        }
        all
    }

    /// How many of these articles are listed.
    pub(super) fn count_picked(&self, catalog: &Catalog, picked: &ArticleBitset) -> usize {
        match &self.hits {
            None => catalog.count_picked(picked),
            Some(hits) => catalog.count_picked_by_both(picked, &hits.bits),
        }
    }

    /// The articles that are listed, where that is not all of them.
    pub fn only(&self) -> Option<&Vec<ArticleId>> {
        self.hits.as_ref().map(|hits| &hits.ids)
    }

    /// Lists what a search found, the best first.
    pub fn list_ranked(&mut self, catalog: &Catalog, found: Vec<Hit>) {
        let ids: Vec<_> = found.iter().map(|hit| hit.id).filter(|&id| catalog.get(id).is_some()).collect();
        let ranks = ids.iter().enumerate().map(|(at, &id)| (id, at)).collect();
        let mut bits = ArticleBitset::default();
        for &id in &ids {
            catalog.pick(&mut bits, id);
        }
        self.selected = ids.first().copied();
        self.row = 0;
        let found = found.into_iter().map(|hit| (hit.id, hit)).collect();
        (self.scrolled, self.hits) = (None, Some(Hits { ids, bits, found, ranks: Some(ranks) }));
    }

    /// Whether the best stand first rather than the newest.
    pub fn is_ranked(&self) -> bool {
        self.hits.as_ref().is_some_and(|hits| hits.ranks.is_some())
    }

    /// The quotation that a search found in an article, as a byte of its text.
    pub fn found_place(&self, id: ArticleId) -> Option<usize> {
        self.hits.as_ref()?.found.get(&id)?.place
    }

    /// Lists what a search found; the selected article stays selected if it is among them, else the first is. `is_rest`:
    /// some of it is listed already, and others may come before it.
    pub fn list_hits(&mut self, catalog: &Catalog, results: SearchResults, is_rest: bool) {
        let ids: Vec<_> = catalog.picked(&results.picked).collect();
        if self.selected.is_none_or(|id| !ids.contains(&id)) || is_rest && self.is_at_first {
            self.selected = ids.first().copied();
            (self.row, self.is_at_first) = (0, true);
        }
        let SearchResults { picked: bits, found } = results;
        (self.scrolled, self.hits) = (None, Some(Hits { ids, bits, found, ranks: None }));
    }

    /// Whether only the hits of a search are listed.
    pub fn is_filtered(&self) -> bool {
        self.hits.is_some()
    }

    /// The line that was found in an article.
    pub fn snippet(&self, id: ArticleId) -> Option<&Snippet> {
        self.hits.as_ref()?.found.get(&id)?.snippet.as_ref()
    }

    /// The words that were found in the headline of an article, in bytes of it.
    pub fn found_in_title(&self, id: ArticleId) -> &[Span] {
        self.hits.as_ref().and_then(|hits| hits.found.get(&id)).map_or(&[], |hit| &hit.title)
    }

    /// How many articles are listed.
    pub fn len(&self, catalog: &Catalog) -> usize {
        self.hits.as_ref().map_or_else(|| catalog.listed_len(), |hits| hits.ids.len())
    }

    /// Whether none is.
    pub fn is_empty(&self, catalog: &Catalog) -> bool {
        self.len(catalog) == 0
    }

    /// The headline at `position`, counted from the first.
    pub fn at<'a>(&self, catalog: &'a Catalog, position: usize) -> Option<&'a Headline> {
        match &self.hits {
            Some(hits) => catalog.get(*hits.ids.get(position)?),
            None => catalog.at(position),
        }
    }

    /// How many headlines are before this one.
    pub fn position(&self, catalog: &Catalog, id: ArticleId) -> Option<usize> {
        let Some(hits) = &self.hits else { return catalog.position(id) };
        if let Some(ranks) = &hits.ranks {
            return ranks.get(&id).copied();
        }
        let wanted = catalog.position(id)?;
        hits.ids.binary_search_by_key(&Some(wanted), |&id| catalog.position(id)).ok()
    }

    /// The listed headlines in order, from `position` on.
    pub fn from<'a>(&'a self, catalog: &'a Catalog, position: usize) -> impl Iterator<Item = &'a Headline> + 'a {
        (position..self.len(catalog)).map_while(move |at| self.at(catalog, at))
    }

    /// The listed headlines before `position`, the nearest first.
    pub fn before<'a>(&'a self, catalog: &'a Catalog, position: usize) -> impl Iterator<Item = &'a Headline> + 'a {
        (0..position).rev().map_while(move |at| self.at(catalog, at))
    }

    /// Selects the first headline if none of the listed is selected.
    pub fn reconcile(&mut self, catalog: &Catalog) {
        let gone = self.selected.is_none_or(|id| self.position(catalog, id).is_none());
        if gone || !self.moved {
            self.selected = self.at(catalog, 0).map(|headline| headline.id);
            (self.row, self.is_at_first) = (0, true);
        }
    }

    /// What is selected stays so, whatever arrives: the user did something with it.
    pub(super) fn stay(&mut self) {
        (self.moved, self.is_at_first) = (true, false);
    }

    /// Selects an article, in this row of the screen where the list is long enough.
    pub(super) fn select_in_row(&mut self, id: ArticleId, row: usize) {
        self.stay();
        (self.scrolled, self.selected, self.row) = (None, Some(id), row);
    }

    /// Selects an article, moving the list no more than is needed to show it.
    pub fn select(&mut self, catalog: &Catalog, area: Rect, id: ArticleId) {
        self.stay();
        let placed = self.layout(catalog, area);
        self.scrolled = None;
        let row = placed.iter().find(|placed| placed.id == id).map(|placed| usize::from(placed.row));
        let forward = self.selected.and_then(|old| self.position(catalog, old)) < self.position(catalog, id);
        let lowest = usize::from(area.height).saturating_sub(self.height(id, area.width));
        self.selected = Some(id);
        self.row = match row {
            Some(row) => row.min(lowest),
            None if forward => lowest,
            None => 0,
        };
    }

    /// Moves the selection by `by` headlines.
    pub fn step(&mut self, catalog: &Catalog, area: Rect, by: isize) {
        let Some(position) = self.selected.and_then(|id| self.position(catalog, id)) else { return };
        let last = self.len(catalog).saturating_sub(1);
        let position = position.saturating_add_signed(by).min(last);
        if let Some(id) = self.at(catalog, position).map(|headline| headline.id) {
            self.select(catalog, area, id);
        }
    }

    /// Moves the selection by about `rows` rows, keeping it where it stands on the screen.
    pub fn page(&mut self, catalog: &Catalog, area: Rect, rows: isize) {
        self.scrolled = None;
        let Some(position) = self.selected.and_then(|id| self.position(catalog, id)) else { return };
        let reach = rows.unsigned_abs();
        let mut passed = 0;
        let mut target = None;
        let steps: Box<dyn Iterator<Item = &Headline>> = if rows > 0 {
            Box::new(self.from(catalog, position + 1))
        } else {
            Box::new(self.before(catalog, position))
        };
        for headline in steps {
            passed += self.height(headline.id, area.width);
            if passed > reach && target.is_some() {
                break;
            }
            target = Some(headline.id);
        }
        self.stay();
        self.selected = target.or(self.selected);
        self.fill(catalog, area);
    }

    /// Scrolls the list so that its end is at the bottom of its area, where it would be above.
    fn fill(&mut self, catalog: &Catalog, area: Rect) {
        let Some(position) = self.selected.and_then(|id| self.position(catalog, id)) else { return };
        let height = usize::from(area.height);
        let mut rows = 0;
        for headline in self.from(catalog, position) {
            rows += self.height(headline.id, area.width);
            if rows >= height {
                return;
            }
        }
        self.row = self.row.max(height - rows);
        // A list that does not fill its area begins at the top of it.
        let placed = self.layout(catalog, area);
        let row = placed.iter().find(|placed| Some(placed.id) == self.selected).map(|placed| placed.row.into());
        self.row = row.unwrap_or(self.row);
    }

    /// Scrolls by this many headlines; what is selected stays so, in sight or not.
    pub fn scroll(&mut self, catalog: &Catalog, area: Rect, by: isize) {
        let first = self.layout(catalog, area).first().and_then(|placed| self.position(catalog, placed.id));
        let Some(first) = first else { return };
        // The end of the list stays at the bottom.
        let mut room = usize::from(area.height);
        let fits = |headline: &&Headline| {
            let left = room.checked_sub(self.height(headline.id, area.width));
            room = left.unwrap_or(0);
            left.is_some()
        };
        let last = self.len(catalog);
        let lowest = last - self.before(catalog, last).take_while(fits).count();
        let to = first.saturating_add_signed(by).min(lowest.max(first));
        self.scrolled = self.at(catalog, to).map(|headline| headline.id);
    }

    /// Whether the wheel turned the list away from what is selected.
    pub fn is_scrolled(&self) -> bool {
        self.scrolled.is_some()
    }

    /// The position of the first headline on the screen.
    fn first_shown(&self, catalog: &Catalog, area: Rect) -> Option<usize> {
        if let Some(scrolled) = self.scrolled.and_then(|id| self.position(catalog, id)) {
            return Some(scrolled);
        }
        let selected = self.selected?;
        let mut first = self.position(catalog, selected)?;
        let tall = |id: ArticleId| self.height(id, area.width);
        // Upwards from the selected one: as many as there is room for.
        let mut room = self.row.min(usize::from(area.height).saturating_sub(tall(selected)));
        for headline in self.before(catalog, first) {
            let Some(left) = room.checked_sub(tall(headline.id)) else { break };
            (room, first) = (left, first - 1);
        }
        Some(first)
    }

    /// The visible headlines with their rows, for `area`. The first one is whole.
    pub fn layout(&self, catalog: &Catalog, area: Rect) -> Vec<Placed> {
        let Some(first) = self.first_shown(catalog, area) else { return Vec::new() };
        let height = usize::from(area.height);
        let tall = |id: ArticleId| self.height(id, area.width);
        let mut placed = Vec::new();
        let mut row = 0;
        let mut day = None;
        for headline in self.from(catalog, first) {
            if row >= height {
                break;
            }
            let own = catalog.day_of(headline);
            let shows_day = day.replace(own) != Some(own) || !catalog.order().is_by_day();
            placed.push(Placed { row: row as u16, id: headline.id, shows_day });
            row += tall(headline.id);
        }
        placed
    }

    /// The height of a headline in a list of this width, in rows.
    pub fn height(&self, id: ArticleId, width: u16) -> usize {
        2 - usize::from(has_one_row(width)) + usize::from(self.snippet(id).is_some())
    }
}
