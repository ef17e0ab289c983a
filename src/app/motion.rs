//! Moving and scrolling, by key and by mouse.

use super::command::Command;
use super::direction::Direction;
use super::list::Block;
use super::prompt::{Purpose, matching};
use super::screen::Area;
use super::{App, Focus, Layer, Notice, Overlay, PlacedSpeaker, cast};
use crate::quotes::SpeakerId;

/// How many rows a turn of the wheel scrolls.
const WHEEL: isize = 3;

impl App {
    /// The area of the list, also where it is not on the screen just now.
    pub(super) fn list_area(&self) -> Option<Area> {
        let panes = self.panes();
        panes.list.or(panes.article).or(panes.speakers).or(panes.shelves)
    }

    /// Moves in the pane that has the keys.
    pub(super) fn travel(&mut self, command: Command, count: usize) {
        match self.layer() {
            Layer::Overlay | Layer::Why => self.scroll_overlay(command, count),
            Layer::Prompt if self.is_choosing() => self.choose(command, count),
            _ if self.is_in_archive() => self.travel_archive(command, count),
            Layer::List | Layer::Prompt if self.focus == Focus::List => self.travel_list(command, count),
            Layer::Speakers => self.travel_speakers(command, count),
            Layer::Shelves => self.travel_shelves(command, count),
            _ => self.travel_article(command, count),
        }
    }

    /// Whether one chooses from a list while typing.
    pub(super) fn is_choosing(&self) -> bool {
        self.prompt.as_ref().is_some_and(|prompt| {
            matches!(
                prompt.purpose,
                Purpose::Palette | Purpose::Correct | Purpose::Tag | Purpose::Feed | Purpose::Export
            )
        })
    }

    fn travel_list(&mut self, command: Command, count: usize) {
        let Some(area) = self.list_area() else { return };
        let (count, page) = (count as isize, isize::try_from(area.height).unwrap_or(1) - 2);
        let all = self.list.len(&self.catalog) as isize;
        match command {
            Command::Down | Command::ScrollDown => self.list.step(&self.catalog, area, count),
            Command::Up | Command::ScrollUp => self.list.step(&self.catalog, area, -count),
            Command::PageDown => self.list.leaf(&self.catalog, area, page * count),
            Command::PageUp => self.list.leaf(&self.catalog, area, -page * count),
            Command::HalfPageDown => self.list.leaf(&self.catalog, area, page * count / 2),
            Command::HalfPageUp => self.list.leaf(&self.catalog, area, -page * count / 2),
            Command::Top => self.list.step(&self.catalog, area, -all),
            _ => self.list.step(&self.catalog, area, all),
        }
    }

    fn travel_article(&mut self, command: Command, count: usize) {
        let height = self.text_height();
        if matches!(command, Command::Top | Command::Bottom) {
            self.note_jump();
        }
        let Some(reader) = &mut self.reader else { return };
        let (count, page) = (count as isize, height as isize);
        // Two rows of the page before stay, so that the eye finds its place.
        let leaf = (page - 2).max(1);
        let moved = match command {
            Command::Down | Command::ScrollDown => reader.scroll(count, height),
            Command::Up | Command::ScrollUp => reader.scroll(-count, height),
            Command::PageDown => reader.scroll(leaf * count, height),
            Command::PageUp => reader.scroll(-leaf * count, height),
            Command::HalfPageDown => reader.scroll((page / 2).max(1) * count, height),
            Command::HalfPageUp => reader.scroll(-(page / 2).max(1) * count, height),
            Command::Top => {
                reader.scroll_to_end(Direction::Backward, height);
                true
            }
            _ => {
                reader.scroll_to_end(Direction::Forward, height);
                true
            }
        };
        let at_end = !moved && matches!(command, Command::PageDown);
        if at_end {
            self.show_message(Notice::new("End of the article").hint(Command::NextArticle, "goes to the next"));
        }
    }

    fn travel_speakers(&mut self, command: Command, count: usize) {
        let last = self.reader.as_ref().map_or(0, |reader| reader.findings.speakers.len()).saturating_sub(1);
        let page = self.panes().speakers.map_or(1, |area| usize::from(area.height / 2)) * count;
        self.speaker = match command {
            Command::Down | Command::ScrollDown => self.speaker + count,
            Command::Up | Command::ScrollUp => self.speaker.saturating_sub(count),
            Command::PageDown | Command::HalfPageDown => self.speaker + page,
            Command::PageUp | Command::HalfPageUp => self.speaker.saturating_sub(page),
            Command::Top => 0,
            _ => last,
        }
        .min(last);
    }

    fn scroll_overlay(&mut self, command: Command, count: usize) {
        let page = usize::from(self.size.height / 2) * count;
        let (help, refusals) = (&self.help, self.intake.refusals.len());
        let (scroll, rows) = match &mut self.overlay {
            Some(Overlay::Help { scroll, filter }) => (scroll, matching(help, filter).count()),
            Some(Overlay::Refusals { scroll }) => (scroll, refusals),
            _ => return,
        };
        *scroll = match command {
            Command::Down | Command::ScrollDown => *scroll + count,
            Command::Up | Command::ScrollUp => scroll.saturating_sub(count),
            Command::PageDown | Command::HalfPageDown => *scroll + page,
            Command::PageUp | Command::HalfPageUp => scroll.saturating_sub(page),
            Command::Top => 0,
            _ => rows,
        }
        .min(rows.saturating_sub(1));
    }

    /// A turn of the wheel scrolls what lies under the pointer.
    pub(super) fn wheel(&mut self, column: u16, row: u16, down: bool) {
        let rows = if down { WHEEL } else { -WHEEL };
        if self.overlay.is_some() {
            let command = if down { Command::Down } else { Command::Up };
            return self.scroll_overlay(command, rows.unsigned_abs());
        }
        let panes = self.panes();
        let over = |area: Option<Area>| area.filter(|area| area.contains(column, row));
        if over(panes.shelves).is_some() {
            self.focus = Focus::Shelves;
            return self.travel_shelves(if down { Command::Down } else { Command::Up }, 1);
        }
        if let Some(area) = over(panes.list) {
            // As with a click: what is selected in the list is what the keys are about.
            self.focus = Focus::List;
            self.list.step(&self.catalog, area, rows.signum());
        } else if over(panes.speakers).is_some() {
            self.speaker = self.speaker.saturating_add_signed(rows.signum());
            let last = self.reader.as_ref().map_or(0, |reader| reader.findings.speakers.len()).saturating_sub(1);
            self.speaker = self.speaker.min(last);
        } else if over(panes.article).is_some() {
            let height = self.text_height();
            if let Some(reader) = &mut self.reader {
                reader.scroll(rows, height);
            }
        }
    }

    /// A click selects what it hits; on what is selected already, it opens it.
    pub(super) fn click(&mut self, column: u16, row: u16) {
        if self.overlay.take().is_some() || self.prompt.is_some() {
            return;
        }
        let panes = self.panes();
        let over = |area: Option<Area>| area.filter(|area| area.contains(column, row));
        if let Some(area) = over(panes.shelves) {
            return self.click_shelf(area, row);
        }
        if let Some(area) = over(panes.list) {
            return self.click_list(area, row);
        }
        if let Some(area) = over(panes.speakers) {
            return self.click_speaker(area, row);
        }
        if over(panes.article).is_some() {
            self.click_article(column, row);
        }
    }

    fn click_list(&mut self, area: Area, row: u16) {
        let row = isize::try_from(row - area.y).unwrap_or(0);
        let placed = self.list.layout(&self.catalog, area);
        let hit = placed.iter().rev().find(|placed| placed.row <= row);
        let Some(Block::Headline(id)) = hit.map(|placed| placed.block) else { return };
        if self.focus == Focus::List && self.list.selected() == Some(id) {
            return self.enter();
        }
        self.focus = Focus::List;
        self.list.select(&self.catalog, area, id);
    }

    fn click_speaker(&mut self, area: Area, row: u16) {
        let row = row - area.y;
        let hit = |placed: &PlacedSpeaker| (placed.row..placed.row + placed.height).contains(&row);
        let Some(index) = self.placed_speakers(area).iter().find(|&placed| hit(placed)).map(|placed| placed.index)
        else {
            return;
        };
        self.speaker = index;
        if self.focus == Focus::List {
            self.enter();
        }
        self.focus = Focus::Article;
        let () = self.show_only(SpeakerId(index));
    }

    fn click_article(&mut self, column: u16, row: u16) {
        let Some(area) = self.panes().column() else { return };
        let height = usize::from(area.height);
        if self.focus == Focus::List {
            self.enter();
        }
        self.focus = Focus::Article;
        let Some(reader) = &self.reader else { return };
        if !area.contains(column, row) {
            return;
        }
        let text = reader.article.body.text();
        let target = reader.top_row(height) + usize::from(row - area.y);
        let offset = reader.page.offset_at(text, target, usize::from(column - area.x));
        if let Some(index) = offset.and_then(|offset| reader.quotation_at(offset)) {
            self.note_jump();
            if let Some(reader) = &mut self.reader {
                reader.make_current(index, height);
            }
        }
    }

    /// Where each speaker of the open article stands in a list of this area.
    pub fn placed_speakers(&self, area: Area) -> Vec<PlacedSpeaker> {
        let Some(reader) = &self.reader else { return Vec::new() };
        let wanted = if self.focus == Focus::Speakers { self.speaker } else { self.current_speaker().unwrap_or(0) };
        cast::layout(&reader.findings.speakers, area, wanted)
    }

    /// The speaker of the current quotation.
    pub fn current_speaker(&self) -> Option<usize> {
        Some(self.reader.as_ref()?.current_quotation()?.speaker?.0)
    }
}
