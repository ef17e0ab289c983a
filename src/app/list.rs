//! The list of headlines: which are listed, which is selected, and which rows they take.
//!
//! It is laid out from the selected headline outwards: a frame costs the rows it shows, whatever the library holds.

use std::collections::HashMap;

use super::screen::{Rect, is_roomy};
use crate::article::ArticleId;
use crate::catalog::{ArticleBitset, Catalog, Headline};
use crate::layout::wrap;
use crate::query::{Hit, Snippet};
use crate::text::{Span, cells};

/// Cells left of a headline: the mark of the selected one, the mark of an unread one, blanks.
pub const MARGIN: u16 = 4;

/// The list of headlines. It remembers articles, not rows, so that nothing slides when others arrive.
#[derive(Debug, Default)]
pub struct List {
    selected: Option<ArticleId>,
    /// The row on which the selected headline should stand, counted from the top of the list.
    row: usize,
    /// The headline from which the list is laid out instead, and its row, where the wheel turned it away.
    scrolled: Option<(ArticleId, isize)>,
    /// Whether the user has moved in the list, or done something with an article. Until then the newest article is
    /// selected, whichever arrives.
    moved: bool,
    /// The articles that are listed, where that is not all of them.
    hits: Option<Hits>,
}

/// The hits of a search, or the articles of a collection.
#[derive(Debug, Default)]
struct Hits {
    ids: Vec<ArticleId>,
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

/// An item of the list, and its rows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Placed {
    /// Its first row, counted from the top of the list; negative where it begins above.
    pub row: isize,
    /// What it is.
    pub block: Block,
}

/// An item of the list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Block {
    /// The heading of the day on which this article and those after it were published.
    Day(ArticleId),
    /// A headline with what belongs to it.
    Headline(ArticleId),
}

/// The layout of a headline in a list of some width.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HeadlineRows {
    /// The rows of the headline itself, in bytes of it.
    pub title: Vec<Span>,
    /// Whether the imprint (source, speakers) stands in a row of its own rather than at the end of the first.
    pub imprint_below: bool,
    /// Whether a row with the line that was found follows.
    pub snippet: bool,
    /// Blank rows at the end.
    pub blanks: usize,
}

impl HeadlineRows {
    /// Its height, in rows.
    pub fn height(&self) -> usize {
        self.title.len() + usize::from(self.imprint_below) + usize::from(self.snippet) + self.blanks
    }
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
        (self.hits, self.scrolled) = (None, None);
        (self.selected, self.row) = selection;
    }

    /// Lists everything.
    pub fn list_all(&mut self) {
        self.hits = None;
    }

    /// Lists these articles, which are in the order of the catalog.
    pub fn list_only(&mut self, ids: Vec<ArticleId>) {
        self.hits = Some(Hits { ids, ..Hits::default() });
    }

    /// Removes an article from what is listed.
    pub fn drop_one(&mut self, id: ArticleId) {
        if let Some(hits) = &mut self.hits {
            hits.ids.retain(|&listed| listed != id);
            if let Some(ranks) = &mut hits.ranks {
                *ranks = hits.ids.iter().enumerate().map(|(at, &id)| (id, at)).collect();
            }
        }
    }

    /// Removes all articles from what is listed that are no longer in the catalog.
    pub fn drop_departed(&mut self, catalog: &Catalog) {
        let Some(hits) = &mut self.hits else { return };
        hits.ids.retain(|&id| catalog.get(id).is_some());
        if let Some(ranks) = &mut hits.ranks {
            *ranks = hits.ids.iter().enumerate().map(|(at, &id)| (id, at)).collect();
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
        self.selected = ids.first().copied();
        self.row = 0;
        let found = found.into_iter().map(|hit| (hit.id, hit)).collect();
        (self.scrolled, self.hits) = (None, Some(Hits { ids, found, ranks: Some(ranks) }));
    }

    /// Whether the best stand first rather than the newest.
    pub fn is_ranked(&self) -> bool {
        self.hits.as_ref().is_some_and(|hits| hits.ranks.is_some())
    }

    /// The quotation that a search found in an article, as a byte of its text.
    pub fn found_place(&self, id: ArticleId) -> Option<usize> {
        self.hits.as_ref()?.found.get(&id)?.place
    }

    /// Lists what a search found; the selected article stays selected if it is among them, else the first is.
    pub fn list_hits(&mut self, catalog: &Catalog, results: SearchResults) {
        let ids: Vec<_> = catalog.picked(&results.picked).collect();
        if self.selected.is_none_or(|id| !ids.contains(&id)) {
            self.selected = ids.first().copied();
            self.row = 0;
        }
        (self.scrolled, self.hits) = (None, Some(Hits { ids, found: results.found, ranks: None }));
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
        self.hits.as_ref().map_or_else(|| catalog.len(), |hits| hits.ids.len())
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
            self.row = 0;
        }
    }

    /// What is selected stays so, whatever arrives: the user did something with it.
    pub(super) fn stay(&mut self) {
        self.moved = true;
    }

    /// Selects an article, moving the list no more than is needed to show it.
    pub fn select(&mut self, catalog: &Catalog, area: Rect, id: ArticleId) {
        self.moved = true;
        let placed = self.layout(catalog, area);
        self.scrolled = None;
        let row = placed.iter().find(|placed| placed.block == Block::Headline(id)).map(|placed| placed.row);
        let forward = self.selected.and_then(|old| self.position(catalog, old)) < self.position(catalog, id);
        let height = catalog.get(id).map_or(1, |headline| self.rows(headline, area.width).height());
        let lowest = usize::from(area.height).saturating_sub(height);
        self.selected = Some(id);
        self.row = match row {
            Some(row) if row >= 0 => (row as usize).min(lowest),
            None if forward => lowest,
            _ => 0,
        };
        // The heading of the day should be seen with the first headline of it.
        if self.has_heading(catalog, id) && !forward {
            self.row = self.row.max(self.heading_height(catalog, area.width, id));
        }
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
            passed += self.rows(headline, area.width).height() + self.heading_height(catalog, area.width, headline.id);
            if passed > reach && target.is_some() {
                break;
            }
            target = Some(headline.id);
        }
        self.moved = true;
        self.selected = target.or(self.selected);
        self.fill(catalog, area);
    }

    /// Scrolls the list so that its end is at the bottom of its area, where it would be above.
    fn fill(&mut self, catalog: &Catalog, area: Rect) {
        let Some(position) = self.selected.and_then(|id| self.position(catalog, id)) else { return };
        let height = usize::from(area.height);
        let mut rows = 0;
        for headline in self.from(catalog, position) {
            let heading = if rows > 0 { self.heading_height(catalog, area.width, headline.id) } else { 0 };
            rows += heading + self.rows(headline, area.width).height();
            if rows >= height {
                return;
            }
        }
        self.row = self.row.max(height - rows);
        // A list that does not fill its area begins at the top of it.
        let selected = self.selected.map(Block::Headline);
        let placed = self.layout(catalog, area);
        let row = placed.iter().find(|placed| Some(placed.block) == selected).map(|placed| placed.row);
        self.row = row.and_then(|row| usize::try_from(row).ok()).unwrap_or(self.row);
    }

    /// Scrolls by this many headlines; what is selected stays so, in sight or not.
    pub fn scroll(&mut self, catalog: &Catalog, area: Rect, by: isize) {
        let placed = self.layout(catalog, area);
        let in_sight = |placed: &Placed| match placed.block {
            Block::Headline(id) if placed.row >= 0 => Some(id),
            _ => None,
        };
        let end = self.end_in_sight(catalog, area, &placed);
        let first = placed.iter().find_map(in_sight).and_then(|id| self.position(catalog, id));
        let Some(first) = first.filter(|_| by < 0 || end.is_none()) else { return };
        let to = first.saturating_add_signed(by).min(self.len(catalog).saturating_sub(1));
        let Some(id) = self.at(catalog, to).map(|headline| headline.id) else { return };
        let row = self.heading_height(catalog, area.width, id) as isize;
        self.scrolled = Some((id, row));
        // The end of the list stays at the bottom.
        let placed = self.layout(catalog, area);
        if let Some(end) = self.end_in_sight(catalog, area, &placed) {
            self.scrolled = Some((id, row + (area.height as isize - end).max(0)));
        }
    }

    /// The row below the last headline, where that ends on the screen.
    fn end_in_sight(&self, catalog: &Catalog, area: Rect, placed: &[Placed]) -> Option<isize> {
        let last = placed.last()?;
        let Block::Headline(id) = last.block else { return None };
        let end = last.row + self.rows(catalog.get(id)?, area.width).height() as isize;
        let is_last = self.position(catalog, id)? + 1 == self.len(catalog);
        (is_last && end <= area.height as isize).then_some(end)
    }

    /// The headline from which the list is laid out, and on which row it should stand.
    fn anchor(&self, catalog: &Catalog) -> Option<(ArticleId, isize)> {
        let scrolled = self.scrolled.filter(|(id, _)| self.position(catalog, *id).is_some());
        scrolled.or(self.selected.map(|id| (id, self.row as isize)))
    }

    /// Whether the wheel turned the list away from what is selected.
    pub fn is_scrolled(&self) -> bool {
        self.scrolled.is_some()
    }

    /// The visible items of the list with their rows, for `area`.
    pub fn layout(&self, catalog: &Catalog, area: Rect) -> Vec<Placed> {
        let height = area.height as isize;
        let Some((selected, wanted)) = self.anchor(catalog) else { return Vec::new() };
        let Some(position) = self.position(catalog, selected) else { return Vec::new() };
        let tall = |headline: &Headline| self.rows(headline, area.width).height() as isize;
        let lowest = catalog.get(selected).map_or(0, |headline| (height - tall(headline)).max(0));
        let mut row = wanted.min(lowest);
        if position == 0 {
            row = row.max(self.heading_height(catalog, area.width, selected) as isize);
        }

        // Upwards from the selected one, until the list begins or the top is reached.
        let mut above = Vec::new();
        let mut top = row - self.heading_height(catalog, area.width, selected) as isize;
        for headline in self.before(catalog, position) {
            if top <= 0 {
                break;
            }
            top -= tall(headline);
            above.push((top, headline.id));
            top -= self.heading_height(catalog, area.width, headline.id) as isize;
        }
        // The list begins at the top of its area, not somewhere below.
        let slack = top.max(0);
        row -= slack;
        let mut placed: Vec<Placed> = Vec::new();
        for (top, id) in above.into_iter().rev() {
            self.place_with_heading(catalog, top - slack, id, &mut placed);
        }
        self.place_with_heading(catalog, row, selected, &mut placed);
        let mut next = catalog.get(selected).map_or(row, |headline| row + tall(headline));
        for headline in self.from(catalog, position + 1) {
            if next >= height {
                break;
            }
            next += self.heading_height(catalog, area.width, headline.id) as isize;
            self.place_with_heading(catalog, next, headline.id, &mut placed);
            next += tall(headline);
        }
        placed
    }

    fn place_with_heading(&self, catalog: &Catalog, row: isize, id: ArticleId, placed: &mut Vec<Placed>) {
        if self.has_heading(catalog, id) {
            placed.push(Placed { row: row - 1, block: Block::Day(id) });
        }
        placed.push(Placed { row, block: Block::Headline(id) });
    }

    /// Whether an article is the first of its day.
    fn has_heading(&self, catalog: &Catalog, id: ArticleId) -> bool {
        let Some(position) = self.position(catalog, id).filter(|_| !self.is_ranked()) else { return false };
        let day = |headline: &Headline| headline.listed.map(|listed| listed.day);
        let before = position.checked_sub(1).and_then(|before| self.at(catalog, before));
        match (before, catalog.get(id)) {
            (Some(before), Some(headline)) => day(before) != day(headline),
            _ => true,
        }
    }

    /// The height of a day's heading above an article, in rows: one, and a blank where the headlines above have none
    /// below them.
    fn heading_height(&self, catalog: &Catalog, width: u16, id: ArticleId) -> usize {
        match self.has_heading(catalog, id) {
            false => 0,
            true if !is_roomy(width) || self.position(catalog, id) == Some(0) => 1,
            true => 2,
        }
    }

    /// The layout of a headline in a list of this width, in cells.
    pub fn rows(&self, headline: &Headline, width: u16) -> HeadlineRows {
        /// The most rows of a headline beside an article.
        const MOST: usize = 3;
        let snippet = self.snippet(headline.id).is_some();
        let room = usize::from(width.saturating_sub(MARGIN + 1)).max(2);
        if is_roomy(width) {
            let title = vec![Span::new(0, headline.title.len())];
            return HeadlineRows { title, imprint_below: false, snippet, blanks: 0 };
        }
        // A title of a megabyte is not wrapped to its end.
        let shown = crate::text::head(&headline.title, room * (MOST + 1));
        let mut title = if cells(shown) <= room { vec![Span::new(0, shown.len())] } else { wrap(shown, room) };
        if title.len() > MOST {
            title.truncate(MOST);
            if let Some(last) = title.last_mut() {
                last.end = headline.title.len();
            }
        }
        HeadlineRows { title, imprint_below: true, snippet, blanks: 1 }
    }
}
