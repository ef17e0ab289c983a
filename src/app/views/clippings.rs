//! The quotations that the user keeps: which are listed and selected, their rows, and what keys and clicks do there.

use super::{Pane, row_after};
use crate::app::command::Command;
use crate::app::copy;
use crate::app::effect::{Effect, ScreenJob};
use crate::app::moved_words::quotation_of;
use crate::app::prompts::{export, narrow, note, tag};
use crate::app::reader::{Goal, Reader};
use crate::app::screen::Rect;
use crate::app::{App, Notice};
use crate::layout::wrap;
use crate::quotes::Quotation;
use crate::text::{Span, counted, fold};
use crate::user::{Clipping, ClippingId, UserAction, UserState};

/// The quotations that the user keeps, those kept last first.
#[derive(Debug, Default)]
pub struct ClippingsView {
    /// The listed ones, in order.
    listed: Vec<ClippingId>,
    selected: usize,
    /// Which of them stands at the top.
    top: usize,
    /// The words that those listed have.
    typed: String,
    /// Whether those kept first come first.
    oldest_first: bool,
}

/// The parts of the pane.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ClippingsAreas {
    /// The clippings.
    pub rows: Rect,
}

/// A row of a clipping.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ClippingRow {
    /// Quoted words, in bytes of [`Clipping::quoted`]; and whether more follow that are not shown.
    Words(Span, bool),
    /// Who said it, where and when.
    Source,
    /// What the user wrote about it, in bytes of [`Clipping::note`]; and whether more follows that is not shown.
    Note(Span, bool),
    /// The user's tags.
    Tags,
    /// Nothing, below all others.
    Gap,
}

/// A visible row: which clipping, and what of it.
pub type PlacedRow = (usize, ClippingRow);

impl ClippingsAreas {
    /// The parts of this area.
    pub fn of(area: Rect) -> Self {
        /// The widest words, in cells.
        const WIDEST: u16 = 84;
        let above = u16::from(area.height >= 14);
        let width = area.width.saturating_sub(5).clamp(10, WIDEST);
        let x = area.x + 3 + (area.width.saturating_sub(5 + width)) / 3;
        let rows = Rect { x, y: area.y + above, width, height: area.height - above };
        Self { rows }
    }
}

/// The rows of a clipping in this many cells.
fn rows_of(clipping: &Clipping, width: usize) -> Vec<ClippingRow> {
    /// The most rows of words, and of a note.
    const WORDS: usize = 8;
    const NOTE: usize = 12;
    let cut = |words: &str, most: usize| -> Vec<(Span, bool)> {
        let mut all = Vec::new();
        let mut start = 0;
        for line in words.split('\n') {
            all.extend(wrap(line, width.saturating_sub(2).max(8)).into_iter().map(|span| span.shifted(start)));
            start += line.len() + 1;
        }
        let shown = all.len().min(most);
        (0..shown).map(|at| (all[at], at + 1 == shown && shown < all.len())).collect()
    };
    let words = cut(&clipping.quoted, WORDS).into_iter().map(|(span, is_cut)| ClippingRow::Words(span, is_cut));
    let mut rows: Vec<_> = words.chain([ClippingRow::Source]).collect();
    let note = if clipping.note.is_empty() { Vec::new() } else { cut(&clipping.note, NOTE) };
    rows.extend(note.into_iter().map(|(span, is_cut)| ClippingRow::Note(span, is_cut)));
    rows.extend((!clipping.tags.is_empty()).then_some(ClippingRow::Tags));
    rows.push(ClippingRow::Gap);
    rows
}

impl ClippingsView {
    /// The listed clippings, in order.
    pub fn listed(&self) -> &[ClippingId] {
        &self.listed
    }

    /// The selected one.
    pub fn selected(&self) -> Option<ClippingId> {
        self.listed.get(self.selected).copied()
    }

    /// Its index, from 0.
    pub fn position(&self) -> usize {
        self.selected
    }

    /// Whether those kept first come first.
    pub(in crate::app) const fn is_oldest_first(&self) -> bool {
        self.oldest_first
    }

    /// The words that those listed have.
    pub fn typed(&self) -> &str {
        &self.typed
    }

    /// The visible rows, from the top.
    pub fn layout(&self, state: &UserState, area: Rect) -> Vec<PlacedRow> {
        let (height, width) = (usize::from(area.height), usize::from(area.width));
        let mut placed = Vec::with_capacity(height);
        for at in self.top..self.listed.len() {
            let Some(clipping) = state.clippings.get(&self.listed[at]) else { continue };
            placed.extend(rows_of(clipping, width).into_iter().map(|row| (at, row)));
            if placed.len() >= height {
                break;
            }
        }
        placed.truncate(height);
        placed
    }

    /// Lists the clippings anew; the selected one stays selected, else its neighbour is.
    fn fill(&mut self, state: &UserState) {
        let before = self.selected();
        let folded = fold(&self.typed);
        let words: Vec<&str> = folded.split_whitespace().collect();
        let mut all: Vec<_> = state.clippings.iter().filter(|(_, clipping)| clipping.has_all(&words)).collect();
        // What is not committed yet was kept last.
        all.sort_by_key(|(id, clipping)| (clipping.kept.unwrap_or(i64::MAX), **id));
        self.listed = all.into_iter().map(|(id, _)| *id).collect();
        if !self.oldest_first {
            self.listed.reverse();
        }
        let again = before.and_then(|id| self.listed.iter().position(|known| *known == id));
        self.selected = again.unwrap_or(self.selected).min(self.listed.len().saturating_sub(1));
        self.top = self.top.min(self.selected);
    }

    /// Selects a clipping, scrolling no more than is needed to show it.
    fn select(&mut self, at: usize, state: &UserState, area: Rect) {
        self.selected = at.min(self.listed.len().saturating_sub(1));
        self.top = self.top.min(self.selected);
        let heights = |at: usize| {
            let clipping = self.listed.get(at).and_then(|id| state.clippings.get(id));
            clipping.map_or(0, |clipping| rows_of(clipping, area.width.into()).len())
        };
        let (mut top, mut height) = (self.selected, heights(self.selected));
        while top > self.top && height + heights(top - 1) <= usize::from(area.height) + 1 {
            top -= 1;
            height += heights(top);
        }
        self.top = top;
    }
}

/// Opens the clippings, or goes back to what is below where they are open.
pub(in crate::app) fn toggle(app: &mut App) {
    if matches!(app.views.pane(), Pane::Clippings(_)) {
        return app.close_pane();
    }
    let mut view = ClippingsView::default();
    view.fill(app.user.state());
    app.open_pane(Pane::Clippings(view));
}

pub(super) fn command(app: &mut App, command: Command, count: usize) -> bool {
    match command {
        Command::Open => open_selected(app),
        Command::Back | Command::Leave => app.close_pane(),
        Command::Next | Command::NextArticle | Command::Previous | Command::PreviousArticle if is_empty(app) => {
            app.refuse("No clippings here");
        }
        Command::Next | Command::NextArticle => travel(app, Command::Down, count),
        Command::Previous | Command::PreviousArticle => travel(app, Command::Up, count),
        Command::Search => narrow::open(app),
        Command::ReverseOrder | Command::SortList => reverse_order(app),
        Command::Clip | Command::ClipWithNote | Command::EditNote => with_selected(app, note::open),
        Command::Tag => with_selected(app, |app, id, _| tag::open_for_clipping(app, id)),
        Command::Remove => with_selected(app, remove),
        Command::CopyQuotation => with_selected(app, |app, _, clipping| copy::copy_clipping(app, &clipping)),
        Command::CopyAddress => with_selected(app, copy_address),
        Command::OpenAddress => with_selected(app, open_address),
        Command::Export => export::open(app),
        Command::Why => return !has_selected_at_hand(app, Some(command)),
        _ => return false,
    }
    true
}

/// Whether no clipping is listed.
fn is_empty(app: &App) -> bool {
    matches!(app.views.pane(), Pane::Clippings(view) if view.listed().is_empty())
}

/// While the card over the clippings says why one has its speaker: it goes along to others.
pub(super) fn command_about_reason(app: &mut App, command: Command, count: usize) -> bool {
    match command {
        Command::Next | Command::NextBySpeaker | Command::NextOtherSpeaker => travel(app, Command::Down, count),
        Command::Previous | Command::PreviousBySpeaker | Command::PreviousOtherSpeaker => {
            travel(app, Command::Up, count);
        }
        _ => return self::command(app, command, count),
    }
    if !has_selected_at_hand(app, None) && !app.awaits_quotation() {
        app.views.close_card();
    }
    true
}

/// Whether the selected clipping is at hand in its article; else the command is carried out as soon as it is.
fn has_selected_at_hand(app: &mut App, then: Option<Command>) -> bool {
    let mut is_at_hand = false;
    with_selected(app, |app, _, clipping| match clipping.start {
        Some(start) => is_at_hand = app.has_at_hand((clipping.article, start), then),
        None => app.refuse("These words are not quoted in the article any more"),
    });
    is_at_hand
}

fn with_selected(app: &mut App, act: impl FnOnce(&mut App, ClippingId, Clipping)) {
    let selected = match app.views.pane() {
        Pane::Clippings(view) => view.selected(),
        _ => None,
    };
    let clipping = selected.and_then(|id| Some((id, app.user.state().clippings.get(&id)?.clone())));
    match clipping {
        Some((id, clipping)) => act(app, id, clipping),
        None => app.refuse("No clipping is selected"),
    }
}

pub(super) fn travel(app: &mut App, command: Command, count: usize) {
    /// How many clippings a page is, about.
    const PAGE: usize = 5;
    let Some(area) = app.panes().people.map(|area| ClippingsAreas::of(area).rows) else { return };
    let state = app.user.state();
    let Pane::Clippings(view) = app.views.pane_mut() else { return };
    let at = row_after(command, view.selected, count, PAGE, view.listed.len());
    view.select(at, state, area);
}

/// Selects the clipping that was clicked; one that is selected already is opened.
pub(super) fn click(app: &mut App, area: Rect, row: u16) {
    let area = ClippingsAreas::of(area).rows;
    let state = app.user.state();
    let Pane::Clippings(view) = app.views.pane_mut() else { return };
    let Some(at) = row.checked_sub(area.y).map(usize::from) else { return };
    let Some((clicked, _)) = view.layout(state, area).into_iter().nth(at) else { return };
    let is_again = clicked == view.selected;
    view.select(clicked, state, area);
    if is_again {
        open_selected(app);
    }
}

/// Opens the article at the selected quotation, as far as it is still there.
fn open_selected(app: &mut App) {
    with_selected(app, |app, _, clipping| {
        app.focus_article();
        app.read(clipping.article, Goal::WordsOf(Box::new(clipping)));
    });
}

/// Says whose the words of a clipping are now, where it has lost its place in the open article.
pub(in crate::app) fn tell_whose_words(app: &mut App, kept: &Clipping) {
    let Some(reader) = &app.article.reader else { return };
    let words = |quotation: &&Quotation| reader.article.body.words(quotation.span) == kept.words;
    let Some(quotation) = reader.current_quotation().filter(words) else {
        return app.refuse("These words are not quoted in the article any more");
    };
    if kept.start == Some(quotation.span.start) {
        return;
    }
    let speaker = reader.findings.speaker_of(quotation).map_or("unattributed", |speaker| speaker.name.as_str());
    let now = quotation.certainty().signed(speaker);
    app.show_message(format!("By {now} in the article now; kept as by {}", kept.attributed_to()));
}

/// Clippings were added, changed or removed.
pub(in crate::app) fn refresh(app: &mut App) {
    let area = app.panes().people.map(|area| ClippingsAreas::of(area).rows);
    let state = app.user.state();
    for view in app.views.clippings_mut() {
        view.fill(state);
        if let Some(area) = area {
            view.select(view.selected, state, area);
        }
    }
}

fn reverse_order(app: &mut App) {
    let state = app.user.state();
    let Pane::Clippings(view) = app.views.pane_mut() else { return };
    view.oldest_first = !view.oldest_first;
    let is_oldest_first = view.oldest_first;
    view.fill(state);
    (view.selected, view.top) = (0, 0);
    app.show_message(if is_oldest_first { "Oldest first" } else { "Newest first" });
}

fn remove(app: &mut App, id: ClippingId, clipping: Clipping) {
    let (article, label) = (clipping.article, format!("removed the clipping {}", shown(&clipping)));
    app.commit(vec![UserAction::Clipped { id, article, before: Some(Box::new(clipping)), after: None }], label);
    app.show_message(Notice::undoable("Removed the clipping"));
}

fn copy_address(app: &mut App, _: ClippingId, clipping: Clipping) {
    match clipping.url.or(clipping.path) {
        Some(address) => {
            app.show_message(format!("Copied: {address}"));
            app.ask(Effect::Screen(ScreenJob::Copy(address)));
        }
        None => app.refuse("The article has no address"),
    }
}

fn open_address(app: &mut App, _: ClippingId, clipping: Clipping) {
    match clipping.url {
        Some(url) => {
            app.show_message(format!("Opening {url}…"));
            app.ask(Effect::OpenLink(url));
        }
        None => app.refuse("The article has no address"),
    }
}

/// The words of a clipping as a message names them.
fn shown(clipping: &Clipping) -> String {
    /// In cells: a message is one line.
    const LONGEST: usize = 50;
    crate::text::shorten(&clipping.quoted, LONGEST)
}

/// `w` and `W`: keeps the quotation that the user is at, `with_note` with what they write about it. One that is kept
/// already stays as it is; its note can be changed.
pub(in crate::app) fn clip(app: &mut App, with_note: bool) {
    let Some(clipping) = clipping_here(app, with_note) else { return };
    let known = clipping.start.and_then(|start| app.user.state().clipping_at(clipping.article, start));
    let known = known.map(|(id, known)| (id, known.clone()));
    match (known, with_note) {
        (Some((_, known)), false) => {
            let has = if known.note.is_empty() { "" } else { ", with a note" };
            let already = Notice::new(format!("Kept already{has}"));
            app.show_message(already.hint(Command::ClipWithNote, "note").hint(Command::Clippings, "clippings"));
        }
        (Some((id, known)), true) => note::open(app, id, known),
        (None, true) => note::open(app, clipping.id(), clipping),
        (None, false) => app.keep_clipping(clipping.id(), clipping, None),
    }
}

/// The quotation that the user is at; says so where there is none.
///
/// With a note it is selected where none was, and asked about: the user sees it before they have written anything.
fn clipping_here(app: &mut App, with_note: bool) -> Option<Clipping> {
    const NONE: &str = "No quotation to keep";
    if let Some(timeline) = app.views.timeline().filter(|_| matches!(app.views.pane(), Pane::Timeline(_))) {
        let clipping = timeline.selected().and_then(Clipping::of_said);
        if clipping.is_none() {
            app.refuse(app.no_quotation("No quotation is selected"));
        }
        return clipping;
    }
    let is_list = app.views.pane().is_list();
    let (shown, selected) = (app.panes().article.is_some(), app.list.selected());
    let has_found = app.hit_without_article().is_some();
    let is_here = |reader: &Reader| !is_list || ((shown || has_found) && selected == Some(reader.id()));
    if !app.article.reader.as_ref().is_some_and(is_here) {
        app.refuse(Notice::new("No article is open").hint(Command::Open, "opens it"));
        return None;
    }
    let at = if with_note { app.select_quotation_in_sight() } else { Some(app.quotation_to_decide(NONE)?) };
    if at.is_none() {
        app.refuse(app.no_quotation(NONE));
    }
    let at = at?;
    let reader = app.article.reader.as_ref()?;
    let runs: Vec<_> = reader.runs(at).collect();
    Clipping::of(&reader.article, &reader.findings, &runs)
}

impl App {
    /// Lists those clippings that have these words, and selects the first; without words it lists all, and what is selected
    /// stays so.
    pub(in crate::app) fn filter_clippings(&mut self, typed: &str) {
        let area = self.panes().people.map(|area| ClippingsAreas::of(area).rows);
        let state = self.user.state();
        let Pane::Clippings(view) = self.views.pane_mut() else { return };
        typed.clone_into(&mut view.typed);
        view.fill(state);
        if !typed.is_empty() {
            view.selected = 0;
        }
        if let Some(area) = area {
            view.select(view.selected, state, area);
        }
    }

    /// The clipping, where the open article got other words while a note was typed: it follows its own.
    fn where_it_stands(&self, clipping: Clipping) -> Clipping {
        let Some((start, reader)) = clipping.start.zip(self.article.reader.as_ref()) else { return clipping };
        let is_there = reader.id() == clipping.article;
        if !is_there && self.catalog.get(clipping.article).is_some() {
            return clipping;
        }
        match quotation_of(reader, start, &clipping.words) {
            Some(span) => Clipping { article: reader.id(), start: Some(span.start), ..clipping },
            None if is_there => Clipping { start: None, ..clipping },
            None => clipping,
        }
    }

    /// Commits a clipping, or another note of one.
    pub(in crate::app) fn keep_clipping(&mut self, id: ClippingId, clipping: Clipping, message: Option<String>) {
        let clipping = self.where_it_stands(clipping);
        let article = clipping.article;
        let words = shown(&clipping);
        let before = self.user.state().clippings.get(&id).cloned().map(Box::new);
        let (label, done) = match &before {
            Some(_) => (format!("changed the clipping {words}"), message.unwrap_or_else(|| "Changed".to_owned())),
            None => (format!("kept {words}"), format!("Kept: {} {words}", clipping.attributed_to())),
        };
        self.commit(vec![UserAction::Clipped { id, article, before, after: Some(Box::new(clipping)) }], label);
        let count = self.user.state().clippings.len();
        self.show_message(Notice::new(done).hint(Command::Clippings, counted(count, "clipping")));
    }
}
