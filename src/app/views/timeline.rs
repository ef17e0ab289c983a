//! All that one person said, article by article: which quotation is selected, the rows, and what keys and clicks do
//! there.

mod layout;
mod narrowing;
mod renewal;

use std::collections::HashMap;
use std::sync::Arc;

use chrono::NaiveDate;
pub use layout::{PlacedSaid, SaidBlock, ShownSaid, TimelineAreas};
use narrowing::Filter;
pub(in crate::app) use renewal::{articles_changed, renew, renew_if_stale};

use super::Pane;
use crate::app::command::Command;
use crate::app::copy::{self, Cited, citation};
use crate::app::effect::{Effect, RequestId, TimelineJob};
use crate::app::navigation;
use crate::app::prompts::{export, narrow};
use crate::app::reader::Goal;
use crate::app::repeat::Deed;
use crate::app::reported_speech::ListedStatements;
use crate::app::screen::Rect;
use crate::app::{App, Card, Notice, links};
use crate::article::ArticleId;
use crate::catalog::{Person, Said, article_speakers};
use crate::quotes::SpeakerCorrection;

/// Whose quotations were listed, which come next, and the day of that.
type Listed = (Option<Arc<Person>>, Vec<Said>, NaiveDate);

/// All that one person said.
#[derive(Debug)]
pub struct Timeline {
    name: String,
    identity: String,
    person: Option<Arc<Person>>,
    /// All that is known so far.
    said: Vec<Said>,
    /// Which of it is listed.
    filter: Filter,
    /// Which of what is listed is selected, or took the place of what was.
    selected: usize,
    /// What was selected and is not listed any more: nothing is selected until the user goes to something, or it comes back.
    lost: Option<Box<Said>>,
    /// What has been listed again so far, where that goes on.
    renewed: Option<Vec<Said>>,
    /// The articles that have changed since it was listed, each with the one that took its place, or itself.
    successors: HashMap<ArticleId, ArticleId>,
    /// The row in which the selected quotation begins.
    row: usize,
    oldest_first: bool,
    /// Whether all stand in their sentences, not only those that cannot be understood alone.
    has_all_contexts: bool,
    /// How wide a day is, in cells, where the user wants another form of it than the usual one.
    day_width: Option<u16>,
    in_flight: Option<RequestId>,
    /// Whether what is reported is among it.
    statements: ListedStatements,
    /// Whether who said what has changed while another timeline lay over it.
    is_stale: bool,
}

impl Timeline {
    /// The request to make.
    fn request(&self) -> Effect {
        Effect::Timeline(TimelineJob::List {
            request: self.in_flight.unwrap_or_default(),
            person: self.identity.clone(),
            oldest_first: self.oldest_first,
            with_reported: self.with_reported(),
        })
    }

    /// Their name.
    pub fn name(&self) -> &str {
        self.person.as_ref().map_or(&self.name, |person| &person.name)
    }

    /// Their name, with the sign of doubt where all that they say is doubtful.
    pub fn signed_name(&self) -> String {
        let certainty = self.person.as_ref().map(|person| person.spoken.certainty()).unwrap_or_default();
        certainty.signed(self.name())
    }

    /// By what they are known.
    pub fn identity(&self) -> &str {
        &self.identity
    }

    /// Who it is, as soon as that is known.
    pub fn person(&self) -> Option<&Arc<Person>> {
        self.person.as_ref()
    }

    /// All that is known so far, also what is not listed.
    pub fn said(&self) -> &[Said] {
        &self.said
    }

    /// The selected quotation; none where it is gone, and the user has gone to no other since.
    pub fn selected(&self) -> Option<&Said> {
        self.at(self.selected).filter(|_| self.lost.is_none())
    }

    /// The selected quotation, with speaker, headline, date and address.
    pub(in crate::app) fn cited(&self) -> Option<String> {
        let (said, within) = self.selected().map(|said| (said, &said.within))?;
        let cited = Cited {
            headline: &within.headline,
            publisher: within.publisher.as_deref(),
            dates: within.dates,
            url: within.url.as_deref(),
        };
        Some(citation(&said.citation, &said.speaker, &cited))
    }

    /// Whether the quotation with this index is selected.
    pub fn is_selected(&self, at: usize) -> bool {
        at == self.selected && self.lost.is_none()
    }

    /// Its index, from 0.
    pub fn position(&self) -> usize {
        self.selected
    }

    /// Whether there is more to come.
    pub fn is_running(&self) -> bool {
        self.in_flight.is_some()
    }

    /// Whether the oldest article comes first.
    pub fn is_oldest_first(&self) -> bool {
        self.oldest_first
    }

    /// Stops waiting for quotations; returns whether more were to come.
    fn end(&mut self) -> bool {
        self.in_flight.take().is_some()
    }

    fn take_in(&mut self, (person, said, today): Listed, is_last: bool) {
        self.filter.today = Some(today);
        match &mut self.renewed {
            None => {
                self.person = person.or(self.person.take());
                self.said.extend(said);
                self.filter.take_in(&self.said);
            }
            Some(renewed) => {
                renewed.extend(said);
                if is_last || renewed.len() > self.said.len() {
                    self.person = person;
                    self.replace();
                }
            }
        }
        if is_last {
            self.in_flight = None;
            self.selected = self.selected.min(self.len().saturating_sub(1));
        }
    }

    /// Selects a quotation, scrolling no more than is needed to show it.
    fn select(&mut self, at: usize, area: Rect) {
        // There may be fewer now than when it was selected.
        self.selected = self.selected.min(self.len().saturating_sub(1));
        let TimelineAreas { words, .. } = self.areas(area);
        let height = usize::from(words.height);
        if self.selected == 0 {
            self.row = self.row.max(self.above(0));
        }
        let lowest = |timeline: &Self| height.saturating_sub(timeline.rows(at, words.width).len());
        let (from, to) = (self.selected.min(at), self.selected.max(at));
        // Beyond a screen the way does not matter.
        let way = if to - from > height {
            usize::MAX / 2
        } else {
            (from..to).map(|k| self.rows(k, words.width).len() + self.above(k + 1)).sum()
        };
        self.row = if at >= self.selected {
            self.row.saturating_add(way).min(lowest(self).max(self.above(at).min(height)))
        } else {
            self.row.saturating_sub(way).max(self.above(at))
        };
        self.selected = at;
    }

    fn travel(&mut self, command: Command, count: usize, area: Rect) {
        let Some(last) = self.len().checked_sub(1) else { return };
        let height = usize::from(self.areas(area).words.height).max(3);
        let is_step = matches!(command, Command::Down | Command::ScrollDown);
        // What took the place of the one that is gone is the next.
        let count = if self.lost.take().is_some() && is_step { count - 1 } else { count };
        let target = match command {
            Command::Down | Command::ScrollDown => self.selected.saturating_add(count),
            Command::Up | Command::ScrollUp => self.selected.saturating_sub(count),
            Command::PageDown => self.row_away(true, (height - 2) * count, area),
            Command::PageUp => self.row_away(false, (height - 2) * count, area),
            Command::HalfPageDown => self.row_away(true, height / 2 * count, area),
            Command::HalfPageUp => self.row_away(false, height / 2 * count, area),
            Command::Top => 0,
            Command::Bottom => last,
            Command::NextArticle => {
                (self.selected + 1..=last).filter(|&at| self.begins_article(at)).nth(count - 1).unwrap_or(last)
            }
            Command::PreviousArticle => {
                (0..self.selected).rev().filter(|&at| self.begins_article(at)).nth(count - 1).unwrap_or(0)
            }
            _ => return,
        };
        self.select(target.min(last), area);
    }

    /// The quotation about this many rows away.
    fn row_away(&self, down: bool, rows: usize, area: Rect) -> usize {
        let width = self.areas(area).words.width;
        let (mut at, mut passed) = (self.selected, 0);
        loop {
            let next = if down { at + 1 } else { at.wrapping_sub(1) };
            if next >= self.len() {
                return at;
            }
            passed += self.rows(next, width).len() + self.above(if down { next } else { at });
            if passed > rows && at != self.selected {
                return at;
            }
            at = next;
        }
    }

    /// Selects the quotation in a row of the screen; returns whether it was selected already.
    fn click(&mut self, row: u16, area: Rect) -> Option<bool> {
        let areas = self.areas(area);
        let row = isize::try_from(row.checked_sub(areas.body.y)?).ok()?;
        let placed = self.layout(area);
        let hit = placed.iter().rev().find(|placed| placed.row <= row)?;
        let (SaidBlock::Year(at) | SaidBlock::Article(at) | SaidBlock::Words(at, _)) = hit.block;
        let was_selected = self.is_selected(at);
        self.lost = None;
        self.select(at, area);
        Some(was_selected)
    }
}

/// Opens the timeline of a person; `person` is none until it is known.
pub(in crate::app) fn open(app: &mut App, name: &str, identity: String, person: Option<Arc<Person>>) {
    let timeline = Timeline {
        name: name.to_owned(),
        identity,
        person,
        said: Vec::new(),
        filter: Filter::default(),
        renewed: None,
        successors: HashMap::new(),
        selected: 0,
        lost: None,
        row: 0,
        oldest_first: app.display.is_oldest_first,
        has_all_contexts: app.display.has_all_contexts,
        day_width: app.display.dates.width(),
        in_flight: Some(app.new_request()),
        statements: ListedStatements::of(app.shows_reported()),
        is_stale: false,
    };
    app.ask(timeline.request());
    app.open_pane(Pane::Timeline(timeline));
}

/// Cancels the listing after the timeline was closed.
pub(super) fn end(app: &mut App, timeline: &mut Timeline) {
    if timeline.end() {
        app.ask(Effect::Timeline(TimelineJob::Cancel));
    }
}

pub(super) fn command(app: &mut App, command: Command, count: usize) -> bool {
    match command {
        Command::Open => open_selected(app),
        Command::Back | Command::Leave | Command::JumpBack => app.close_pane(),
        Command::Speakers => close_people(app),
        Command::Next => travel(app, Command::Down, count),
        Command::Previous => travel(app, Command::Up, count),
        Command::NextArticle | Command::PreviousArticle => travel(app, command, count),
        Command::CopyQuotation => copy(app),
        Command::OpenAddress | Command::CopyAddress => address(app, command),
        Command::ReverseOrder | Command::SortList => reverse_order(app),
        Command::Search => narrow::open(app),
        Command::Context => layout::change_context(app),
        Command::Export => export::open(app),
        Command::Timeline => {}
        Command::Why | Command::Correct | Command::CorrectAll | Command::Confirm => {
            return !has_selected_at_hand(app, Some(command));
        }
        Command::Repeat if app.last_deed.as_ref().is_some_and(Deed::is_about_quotation) => {
            return !has_selected_at_hand(app, Some(command));
        }
        _ => return false,
    }
    true
}

/// While the card over the timeline says why a quotation has its speaker: it goes along to others.
pub(super) fn command_about_reason(app: &mut App, command: Command, count: usize) -> bool {
    let step = match command {
        Command::Next | Command::NextBySpeaker => Command::Down,
        Command::Previous | Command::PreviousBySpeaker => Command::Up,
        Command::NextOtherSpeaker | Command::PreviousOtherSpeaker => {
            app.refuse("All of this was said by one speaker");
            return true;
        }
        _ => return self::command(app, command, count),
    };
    travel(app, step, count);
    has_selected_at_hand(app, None);
    true
}

/// Whether the selected quotation is at hand for a command about it; else the command is carried out as soon as it is.
fn has_selected_at_hand(app: &mut App, then: Option<Command>) -> bool {
    let Some(said) = app.views.timeline().and_then(Timeline::selected) else {
        app.refuse(app.no_quotation("No quotation is selected"));
        return false;
    };
    app.has_at_hand((said.within.id, said.start), then)
}

pub(super) fn travel(app: &mut App, command: Command, count: usize) {
    let area = app.panes().people;
    if let (Pane::Timeline(timeline), Some(area)) = (app.views.pane_mut(), area) {
        timeline.travel(command, count, area);
    }
}

/// Selects the quotation that was clicked; one that is selected already is opened.
pub(super) fn click(app: &mut App, area: Rect, row: u16) {
    let Pane::Timeline(timeline) = app.views.pane_mut() else { return };
    if timeline.click(row, area) == Some(true) {
        open_selected(app);
    }
}

/// Opens the article at the selected quotation.
fn open_selected(app: &mut App) {
    let Some(said) = app.views.timeline().and_then(Timeline::selected) else {
        return app.refuse(app.no_quotation("No quotation is selected"));
    };
    let (id, start) = (said.within.id, said.start);
    app.focus_article();
    app.read(id, Goal::QuotationAt(start));
}

/// Shows the oldest article first, or the newest.
fn reverse_order(app: &mut App) {
    let request = app.new_request();
    let order = if app.display.is_oldest_first { "newest" } else { "oldest" };
    app.set_option("timeline-order", order);
    let Pane::Timeline(timeline) = app.views.pane_mut() else { return };
    timeline.oldest_first = app.display.is_oldest_first;
    timeline.said.clear();
    timeline.filter.fill(&timeline.said);
    (timeline.selected, timeline.row, timeline.in_flight, timeline.renewed) = (0, 0, Some(request), None);
    timeline.lost = None;
    let effect = timeline.request();
    app.show_message(if app.display.is_oldest_first { "Oldest first" } else { "Newest first" });
    app.ask(effect);
}

fn copy(app: &mut App) {
    let cited = app.views.timeline().and_then(Timeline::cited);
    let cited = cited.ok_or_else(|| app.no_quotation("No quotation is selected"));
    copy::copy_cited(app, cited);
}

/// Opens the address of the article in which the selected quotation stands, or copies where it is.
fn address(app: &mut App, command: Command) {
    let Some(said) = app.views.timeline().and_then(Timeline::selected) else {
        return app.refuse(app.no_quotation("No quotation is selected"));
    };
    let (url, origin) = (said.within.url.clone(), said.within.origin.to_string());
    match command {
        Command::OpenAddress => links::open_address_of(app, url.as_deref()),
        _ => copy::copy_address_of(app, url.unwrap_or(origin)),
    }
}

/// Opens all that the speaker of the current quotation said, or the speaker who is selected.
pub(in crate::app) fn open_timeline(app: &mut App) {
    let height = app.text_height();
    let Some(reader) = &app.article.reader else {
        return app.refuse(Notice::new("Open an article first").hint(Command::Speakers, "all speakers"));
    };
    let speaker = app.views.selected_speaker().or_else(|| {
        let here = reader.quotation_here(height)?;
        Some(reader.findings.quotations[here].speaker?.0)
    });
    let article_speaker = speaker.and_then(|wanted| {
        article_speakers(&reader.findings)
            .into_iter()
            .find(|article_speaker| article_speaker.speakers.iter().any(|speaker| speaker.0 == wanted))
    });
    let Some(article_speaker) = article_speaker else {
        return app.refuse(app.no_speaker());
    };
    if !article_speaker.identity.is_named() {
        return app.refuse(format!("{} is unnamed: not linked across articles", article_speaker.name));
    }
    navigation::note_jump(app);
    open(app, &article_speaker.name, article_speaker.identity.to_string(), None);
}

/// More quotations of a person have been found.
pub(in crate::app) fn said_listed(app: &mut App, request: RequestId, listed: Listed, is_last: bool) {
    let Some(timeline) = app.views.timelines_mut().find(|timeline| timeline.in_flight == Some(request)) else { return };
    let was_selected = timeline.lost.is_none();
    timeline.take_in(listed, is_last);
    if was_selected && timeline.lost.is_some() && matches!(app.views.pane(), Pane::Timeline(_)) {
        if matches!(app.views.card(), Some(Card::Why)) {
            app.views.close_card();
        }
        // What the user did to it is said already.
        if app.foot.notice.as_ref().is_none_or(|notice| notice.hints.is_empty()) {
            app.show_message("What was selected is not listed any more");
        }
    }
}

/// The user says who spoke a quotation.
pub(in crate::app) fn corrected(app: &mut App, article: ArticleId, start: usize, speaker: &SpeakerCorrection) {
    if let SpeakerCorrection::Speaker(name) = speaker {
        app.views.timelines_mut().for_each(|timeline| timeline.take_correction(article, start, name));
    }
}

/// Back to what lies below the speakers of the library and what one of them said.
fn close_people(app: &mut App) {
    while matches!(app.views.pane(), Pane::People(_) | Pane::Timeline(_)) {
        app.close_pane();
    }
}
