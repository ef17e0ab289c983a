//! The open article: what keys and clicks do there.

use std::collections::HashMap;

use super::{Views, list};
use crate::app::command::Command;
use crate::app::direction::Direction;
use crate::app::jumps::ReadingPosition;
use crate::app::navigation;
use crate::app::pictures;
use crate::app::prompts::find;
use crate::app::screen::Position;
use crate::app::{App, Notice};
use crate::article::ArticleId;
use crate::quotes::{Certainty, SpeakerId};

/// The article while it has the keys.
#[derive(Debug)]
pub struct ArticleView {
    /// How many jumps there were when it was opened from a timeline: jumping back beyond them leads there.
    pub(super) jumps: Option<usize>,
}

impl Views {
    /// Another version of an article is open, at this position: that is where one comes back to.
    pub(in crate::app) fn follow_left(&mut self, before: ArticleId, position: ReadingPosition) {
        let entries = self.below.iter_mut().chain([&mut self.top]).filter_map(|entry| entry.left_at.as_mut());
        entries.filter(|left| left.position.id == before).for_each(|left| left.position = position);
    }

    /// Articles took the places of others: one comes back to these.
    pub(in crate::app) fn left_were_replaced(&mut self, successors: &HashMap<ArticleId, ArticleId>) {
        let entries = self.below.iter_mut().chain([&mut self.top]).filter_map(|entry| entry.left_at.as_mut());
        for left in entries {
            left.position.id = successors.get(&left.position.id).copied().unwrap_or(left.position.id);
        }
    }
}

pub(super) fn command(app: &mut App, command: Command, count: usize) -> bool {
    use Command as C;
    match command {
        C::Open => open(app),
        C::Back => back(app),
        C::Leave => app.close_pane(),
        C::Search => find::open(app),
        C::Next => next(app, Direction::Forward, count),
        C::Previous => next(app, Direction::Backward, count),
        C::NextParagraph => step_paragraph(app, Direction::Forward, count),
        C::PreviousParagraph => step_paragraph(app, Direction::Backward, count),
        C::ScrollRight => scroll_sideways(app, Direction::Forward, count),
        C::ScrollLeft => scroll_sideways(app, Direction::Backward, count),
        _ => return false,
    }
    true
}

/// Focuses the article; from the list, opens the selected one.
pub(super) fn focus(app: &mut App) {
    if app.views.pane().is_list() {
        list::open_selected(app);
    }
    app.focus_article();
}

/// Shows only the speaker of the current quotation, or all again; where none is current, goes to one.
fn open(app: &mut App) {
    app.count_as_read();
    match app.selected_speaker_here() {
        Some(speaker) => show_only(app, SpeakerId(speaker)),
        None => next(app, Direction::Forward, 1),
    }
}

/// Back by one: what is found, the one speaker, the article.
fn back(app: &mut App) {
    match &mut app.article.reader {
        Some(reader) if reader.find.is_some() => reader.find = None,
        Some(reader) if reader.only.is_some() => {
            reader.only = None;
            app.show_message("All speakers");
        }
        _ => app.close_pane(),
    }
}

/// Shows only one speaker's quotations, or everyone's if it did so already.
pub(super) fn show_only(app: &mut App, speaker: SpeakerId) {
    let height = app.text_height();
    let Some(reader) = &mut app.article.reader else { return };
    let Some(name) = reader.findings.speakers.get(speaker.0).map(|speaker| speaker.name.clone()) else { return };
    if reader.only == Some(speaker) {
        reader.only = None;
        return app.show_message("All speakers");
    }
    reader.only = Some(speaker);
    let is_current = reader.current_quotation().is_some_and(|quotation| quotation.speaker == Some(speaker));
    if !is_current && let Some(first) = reader.outermost(Direction::Forward, |_| true) {
        reader.make_current(first, height);
    }
    let by = reader.findings.quotations.iter().filter(|quotation| quotation.speaker == Some(speaker));
    let sign = if by.clone().all(|quotation| quotation.certainty() == Certainty::Doubtful) {
        Certainty::Doubtful.sign()
    } else {
        ""
    };
    app.show_message(Notice::new(format!("Only {name}{sign}")).hint(Command::Back, "shows all"));
}

/// The next match of what is looked for, else the next quotation.
pub(super) fn next(app: &mut App, direction: Direction, count: usize) {
    if app.article.reader.as_ref().is_some_and(|reader| reader.find.is_some()) {
        navigation::next_match(app, direction, count);
    } else {
        navigation::next_quotation(app, direction, count);
    }
}

pub(super) fn travel(app: &mut App, command: Command, count: usize) {
    let height = app.text_height();
    if matches!(command, Command::Top | Command::Bottom) {
        navigation::note_jump(app);
    }
    let Some(reader) = &mut app.article.reader else { return };
    let (count, page) = (count as isize, height as isize);
    // Two rows of the page before stay, so that the eye finds its place.
    let whole = (page - 2).max(1);
    let half = (page / 2).max(1);
    let has_moved = match command {
        Command::Down | Command::ScrollDown => reader.scroll(count, height),
        Command::Up | Command::ScrollUp => reader.scroll(-count, height),
        Command::PageDown => reader.scroll(whole * count, height),
        Command::PageUp => reader.scroll(-whole * count, height),
        Command::HalfPageDown => reader.scroll(half * count, height),
        Command::HalfPageUp => reader.scroll(-half * count, height),
        Command::Top => {
            reader.scroll_to_end(Direction::Backward, height);
            true
        }
        _ => {
            reader.scroll_to_end(Direction::Forward, height);
            true
        }
    };
    if has_moved {
        app.count_as_read();
    }
    if !has_moved && command == Command::PageDown {
        app.refuse(Notice::new("End of the article").hint(Command::NextArticle, "goes to the next"));
    }
}

/// Moves the lines that are wider than the screen.
fn scroll_sideways(app: &mut App, direction: Direction, count: usize) {
    /// Of a line of code what one has read stays in sight.
    const STEP: isize = 16;
    let Some(room) = app.panes().verbatim_width() else { return };
    let Some(reader) = &mut app.article.reader else { return };
    let cells = STEP.saturating_mul(count as isize);
    if reader.scroll_sideways(if direction == Direction::Forward { cells } else { -cells }, room) {
        return app.count_as_read();
    }
    let is_wider = reader.is_wider_than(room);
    app.refuse(match direction {
        _ if !is_wider => "No line is wider than the screen",
        Direction::Forward => "End of the lines",
        Direction::Backward => "Start of the lines",
    });
}

/// Scrolls to the start of another paragraph.
fn step_paragraph(app: &mut App, direction: Direction, count: usize) {
    let height = app.text_height();
    let Some(reader) = &mut app.article.reader else { return };
    if reader.step_paragraph(direction, count, height) {
        return app.count_as_read();
    }
    app.refuse(match direction {
        Direction::Forward => "End of the article",
        Direction::Backward => "Start of the article",
    });
}

/// Makes the quotation that was clicked the current one.
pub(super) fn click(app: &mut App, column: u16, row: u16) {
    let Some(area) = app.panes().column() else { return };
    let height = usize::from(area.height);
    focus(app);
    let Some(reader) = app.article.reader.as_ref().filter(|_| area.contains(Position { x: column, y: row })) else {
        return;
    };
    let target = reader.top_row(height) + usize::from(row - area.y);
    if let Some(number) = reader.page.rows().get(target).and_then(|row| row.kind.picture()) {
        return pictures::show_number(app, number);
    }
    let room = app.panes().verbatim_width().unwrap_or_default();
    let offset = reader.offset_at(target, usize::from(column - area.x), room);
    if let Some(index) = offset.and_then(|offset| reader.quotation_at(offset)) {
        navigation::note_jump(app);
        if let Some(reader) = &mut app.article.reader {
            reader.make_current(index, height);
        }
    }
}
