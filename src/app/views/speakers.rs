//! The speakers of the open article: their rows, and what keys and clicks do there.

use super::{Card, Pane, article, row_after};
use crate::app::command::Command;
use crate::app::direction::Direction;
use crate::app::prompts::narrow;
use crate::app::reader::Reader;
use crate::app::screen::Rect;
use crate::app::{App, Notice};
use crate::article::ArticleId;
use crate::quotes::{Speaker, SpeakerId};
use crate::text::{cells, shorten};
use crate::user::UserAction;

/// Rows above the first speaker: a blank, and the heading.
const HEADING: usize = 2;

/// The list of speakers while it has the keys.
#[derive(Debug, Default)]
pub struct SpeakersView {
    /// The selected speaker, by number.
    pub selected: usize,
    /// The words that those listed have.
    pub filter: String,
}

/// A speaker in the list, and where.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PlacedSpeaker {
    /// Which of the article's speakers.
    pub index: usize,
    /// The first row, counted from the top of the list.
    pub row: u16,
    /// How many rows: the name, and the role where there is one.
    pub height: u16,
}

/// The height of a speaker, in rows.
fn height(speaker: &Speaker) -> usize {
    1 + usize::from(speaker.role.is_some())
}

/// How many rows the list would like to have; none where no one speaks.
pub(in crate::app) fn wanted_height(reader: &Reader) -> u16 {
    let speakers = reader.who_speaks().iter().take(100).filter_map(|&at| reader.findings.speakers.get(at));
    let rows: usize = speakers.map(height).sum();
    if rows == 0 { 0 } else { (rows + HEADING) as u16 }
}

/// Where each of the speakers that are `shown` stands in a list of this area: from the first on, or so that `wanted` is the
/// last; or from the one on to which it was scrolled.
fn layout(
    speakers: &[Speaker],
    shown: &[usize],
    area: Rect,
    wanted: usize,
    scrolled: Option<usize>,
) -> Vec<PlacedSpeaker> {
    let height = |at: usize| speakers.get(at).map_or(0, height);
    // Where not all fit, the last row says how many more there are.
    let wished = HEADING + shown.iter().map(|&at| height(at)).sum::<usize>();
    let is_cut = wished > usize::from(area.height);
    let end = usize::from(area.height).saturating_sub(usize::from(is_cut));
    let room = end.saturating_sub(HEADING);
    let mut first = shown.iter().position(|&at| at == wanted).unwrap_or(0);
    let mut taken = shown.get(first).map_or(0, |&at| height(at));
    while first > 0 && taken + height(shown[first - 1]) <= room {
        first -= 1;
        taken += height(shown[first]);
    }
    let first = scrolled.unwrap_or(first);
    let mut row = HEADING;
    let mut placed = Vec::new();
    for &index in shown.iter().skip(first) {
        if row >= end {
            break;
        }
        placed.push(PlacedSpeaker { index, row: row as u16, height: height(index).min(end - row) as u16 });
        row += height(index);
    }
    placed
}

impl App {
    /// The command that goes to a quotation from here: in the list, the next one is the next article.
    pub(in crate::app) fn way_to_quotation(&self) -> Command {
        if self.views.pane().is_list() { Command::NextOtherSpeaker } else { Command::Next }
    }

    /// What is said where there is no quotation to do something with: that none is selected, where the one that was is gone.
    pub(in crate::app) fn no_quotation(&self, otherwise: &str) -> Notice {
        let is_gone = self.article.reader.as_ref().is_some_and(Reader::has_lost_current);
        Notice::new(if is_gone { "No quotation is selected" } else { otherwise })
            .hint(self.way_to_quotation(), "goes to one")
    }

    /// What is said where nobody speaks.
    pub(in crate::app) fn no_speaker(&self) -> Notice {
        let is_gone = self.article.reader.as_ref().is_some_and(Reader::has_lost_current);
        if is_gone {
            return self.no_quotation("");
        }
        Notice::new("No speaker here").hint(self.way_to_quotation(), "goes to a quotation")
    }

    /// The quotation that the user is at: the one that is listed without its article, else the current one, else the first on
    /// the screen.
    pub(in crate::app) fn quotation_here(&self) -> Option<usize> {
        let reader = self.article.reader.as_ref()?;
        if self.is_quotation_elsewhere() { reader.current() } else { reader.quotation_here(self.text_height()) }
    }

    /// The quotation that is selected, where the user can see which it is.
    pub fn selected_quotation(&self) -> Option<usize> {
        let reader = self.article.reader.as_ref()?;
        if self.is_quotation_elsewhere() { reader.current() } else { reader.current_in_sight(self.text_height()) }
    }

    /// Whether the current quotation stands elsewhere than in the article: in a list, or in the card that says why.
    fn is_quotation_elsewhere(&self) -> bool {
        let is_found = |(id, start): (ArticleId, usize)| {
            let reader = self.article.reader.as_ref().filter(|reader| reader.id() == id);
            let current = reader.and_then(Reader::current_quotation);
            current.is_some_and(|quotation| quotation.span.start == start)
        };
        let is_covered = !self.views.pane().is_list() && self.panes().column().is_none();
        is_covered
            || self.views.pane().lists_quotations()
            || matches!(self.views.card(), Some(Card::Why))
            || self.hit_without_article().is_some_and(is_found)
    }

    /// The quotation that a search found in the selected article, where the article does not stand beside the list.
    pub(in crate::app) fn hit_without_article(&self) -> Option<(ArticleId, usize)> {
        let id = self.list.selected().filter(|_| self.views.pane().is_list() && self.panes().article.is_none())?;
        Some((id, self.list.found_place(id)?))
    }

    /// The quotation about which the user decides. Where none was selected the one that they are at is, and named: nobody
    /// decides about words that they did not mean.
    pub(in crate::app) fn quotation_to_decide(&mut self, otherwise: &str) -> Option<usize> {
        let was_selected = self.selected_quotation().is_some();
        let Some(at) = self.select_quotation_in_sight() else {
            self.refuse(self.no_quotation(otherwise));
            return None;
        };
        if was_selected {
            return Some(at);
        }
        let reader = self.article.reader.as_ref()?;
        let quotation = &reader.findings.quotations[at];
        // Who it is, and how sure, is never cut; then what the key does.
        let room = usize::from(self.size.width);
        let name = shorten(reader.speaker_name(at).unwrap_or("unattributed"), room / 3);
        let name = reader.certainty(at).signed(&name);
        let words = reader.article.body.words(quotation.span).replace('\n', " ");
        let words = shorten(&words, room.saturating_sub(cells(&name) + 32).clamp(8, 40));
        let selected = if quotation.is_reported() {
            format!("Selected: {name}, reported: {words}")
        } else {
            format!("Selected: {name} “{words}”")
        };
        self.refuse(Notice::new(selected).hint(Command::Confirm, "confirms"));
        None
    }

    /// Makes the quotation that the user is at the current one, where none is that can be read.
    pub(in crate::app) fn select_quotation_in_sight(&mut self) -> Option<usize> {
        let (here, height) = (self.quotation_here()?, self.text_height());
        let is_listed = self.is_quotation_elsewhere();
        if let Some(reader) = self.article.reader.as_mut().filter(|_| !is_listed) {
            reader.make_current(here, height);
        }
        Some(here)
    }

    /// Where each speaker of the open article stands in a list of this area.
    pub fn placed_speakers(&self, area: Rect) -> Vec<PlacedSpeaker> {
        let Some(reader) = &self.article.reader else { return Vec::new() };
        let wanted = self.wanted_speaker();
        let scrolled = self.article.speakers_scrolled.filter(|(_, then)| *then == wanted).map(|(first, _)| first);
        layout(&reader.findings.speakers, &self.shown_speakers(), area, wanted, scrolled)
    }

    /// The speaker that is to be in sight in the list of them.
    fn wanted_speaker(&self) -> usize {
        self.views.selected_speaker().or_else(|| self.current_speaker()).unwrap_or(0)
    }

    /// Scrolls the list of speakers.
    pub(in crate::app) fn scroll_speakers(&mut self, area: Rect, by: isize) {
        let placed = self.placed_speakers(area);
        let shown = self.shown_speakers();
        let (Some(first), Some(last)) = (placed.first(), placed.last()) else { return };
        let ends = shown.last() == Some(&last.index) && last.row + last.height <= area.height;
        let at = shown.iter().position(|&at| at == first.index).unwrap_or(0);
        if by < 0 || !ends {
            let first = at.saturating_add_signed(by).min(shown.len().saturating_sub(1));
            self.article.speakers_scrolled = Some((first, self.wanted_speaker()));
        }
    }

    /// The speaker of the selected quotation, where the user can see which it is.
    pub(in crate::app) fn selected_speaker_here(&self) -> Option<usize> {
        Some(self.article.reader.as_ref()?.findings.quotations[self.selected_quotation()?].speaker?.0)
    }

    /// The speaker of the current quotation.
    pub fn current_speaker(&self) -> Option<usize> {
        Some(self.article.reader.as_ref()?.current_quotation()?.speaker?.0)
    }
}

/// Goes to the list of speakers.
pub(in crate::app) fn open(app: &mut App) {
    let Some(reader) = &app.article.reader else { return app.refuse("Open an article to see who speaks in it") };
    if reader.who_speaks().is_empty() {
        return app.refuse("No one is quoted in this article");
    }
    let article = reader.id();
    let selected = app.current_speaker().or(reader.only.map(|only| only.0)).unwrap_or(0);
    app.focus_article();
    app.open_pane(Pane::Speakers(SpeakersView { selected, filter: String::new() }));
    app.note(UserAction::Read { article, read: true });
}

pub(super) fn command(app: &mut App, command: Command, count: usize) -> bool {
    match command {
        Command::Open => {
            let selected = app.views.selected_speaker().unwrap_or_default();
            app.close_pane();
            article::show_only(app, SpeakerId(selected));
        }
        Command::Back => {
            if let Some(reader) = &mut app.article.reader {
                reader.only = None;
            }
            app.close_pane();
        }
        Command::Leave | Command::Speakers => app.close_pane(),
        Command::Search => narrow::open(app),
        Command::Next => article::next(app, Direction::Forward, count),
        Command::Previous => article::next(app, Direction::Backward, count),
        _ => return false,
    }
    true
}

pub(super) fn travel(app: &mut App, command: Command, count: usize) {
    app.article.speakers_scrolled = None;
    let shown = app.shown_speakers();
    let page = app.panes().speakers.map_or(1, |area| usize::from(area.height / 2));
    if let Pane::Speakers(view) = app.views.pane_mut() {
        let row = shown.iter().position(|&at| at == view.selected).unwrap_or(0);
        let row = row_after(command, row, count, page, shown.len());
        view.selected = shown.get(row).copied().unwrap_or(view.selected);
    }
}

/// Shows only the speaker that was clicked.
pub(super) fn click(app: &mut App, area: Rect, row: u16) {
    let row = row - area.y;
    let hit = |placed: &PlacedSpeaker| (placed.row..placed.row + placed.height).contains(&row);
    let Some(index) = app.placed_speakers(area).iter().find(|&placed| hit(placed)).map(|placed| placed.index) else {
        return;
    };
    article::focus(app);
    article::show_only(app, SpeakerId(index));
}
