//! The speakers of the archive: who they are, and all that one of them said; what the reader does there.

mod exporting;
mod people;
mod timeline;

use std::sync::Arc;

pub use people::{PeopleAreas, PeopleList};
pub use timeline::{PlacedSaid, SaidBlock, Timeline, TimelineAreas, shown_words};

use super::command::Command;
use super::copy::{Cited, citation};
use super::effect::{Effect, PeopleJob, RequestId, ScreenJob, TimelineJob};
use super::jumps::Place;
use super::prompt::{Prompt, Purpose};
use super::reader::{Goal, Reader};
use super::screen::Area;
use super::{App, Focus, Notice};
use crate::catalog::{Identity, Person, Said, voices};
use crate::user::{UserAction, UserWrite};

/// The speakers of the archive.
#[derive(Debug, Default)]
pub struct Archive {
    stage: Stage,
    /// Whether an article that was opened from it stands before it, and how many jumps there were by then.
    behind: Option<usize>,
    /// Where the reader was before.
    origin: Option<(Focus, Option<Place>)>,
    people: PeopleList,
    timeline: Option<Timeline>,
    /// A file that is there already, over which the reader may want to write.
    existing: Option<String>,
}

/// What is shown of the archive.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Stage {
    /// Nothing.
    #[default]
    Closed,
    /// Everyone who speaks.
    Speakers,
    /// All that one of them said.
    Timeline,
}

impl Archive {
    /// What is on the screen.
    pub fn stage(&self) -> Stage {
        if self.behind.is_some() { Stage::Closed } else { self.stage }
    }

    /// Everyone who speaks.
    pub fn people(&self) -> &PeopleList {
        &self.people
    }

    /// All that one of them said.
    pub fn timeline(&self) -> Option<&Timeline> {
        self.timeline.as_ref()
    }

    /// Whether what is being exported would be written over a file.
    pub fn would_overwrite(&self, file: &str) -> bool {
        self.existing.as_deref() == Some(file)
    }
}

impl App {
    /// `"` in the list: everyone who speaks in the archive; there, back.
    pub(super) fn toggle_archive(&mut self) {
        if self.archive.stage() != Stage::Closed {
            return self.close_archive();
        }
        self.enter_archive(Stage::Speakers);
        self.prompt = Some(Prompt::new(Purpose::Speakers));
        self.list_people(String::new(), true);
    }

    /// `T`: all that the speaker of the current quotation said.
    pub(super) fn open_timeline(&mut self) {
        if self.archive.stage() != Stage::Closed {
            return self.show_timeline();
        }
        let height = self.text_height();
        let Some(reader) = &self.reader else {
            return self.show_message(Notice::new("Open an article first").hint(Command::Speakers, "all speakers"));
        };
        let speaker = match self.focus {
            Focus::Speakers => Some(self.speaker),
            _ => reader.quotation_here(height).and_then(|at| reader.findings.quotations[at].speaker).map(|s| s.0),
        };
        let voice = speaker.and_then(|wanted| {
            voices(&reader.findings).into_iter().find(|voice| voice.speakers.iter().any(|speaker| speaker.0 == wanted))
        });
        let Some(voice) = voice else {
            return self.show_message(Notice::new("No speaker here").hint(Command::Next, "goes to a quotation"));
        };
        if !voice.identity.is_named() {
            return self.show_message(format!("{} is unnamed: not linked across articles", voice.name));
        }
        self.note_jump();
        self.enter_archive(Stage::Timeline);
        self.ask_said(&voice.name, &voice.identity, None);
    }

    fn enter_archive(&mut self, stage: Stage) {
        let place = self.reader.as_ref().filter(|_| self.focus != Focus::List).map(Reader::place);
        self.archive.origin = Some((self.focus, place));
        self.archive.stage = stage;
        self.archive.behind = None;
        self.overlay = None;
    }

    /// Back to where the reader was before.
    fn close_archive(&mut self) {
        self.archive.stage = Stage::Closed;
        self.archive.people.mark(None);
        self.prompt = None;
        self.end_timeline();
        let Some((focus, place)) = self.archive.origin.take() else { return };
        self.focus = focus;
        if let Some(place) = place {
            self.open(place.id, Goal::Place(place));
        }
    }

    /// What somebody said need not be gathered any more.
    fn end_timeline(&mut self) {
        let is_running = self.archive.timeline.as_mut().is_some_and(Timeline::end);
        if is_running {
            self.ask(Effect::Timeline(TimelineJob::Cancel));
        }
    }

    /// Esc and q: back by one step.
    pub(super) fn leave_archive(&mut self) {
        match self.archive.stage {
            Stage::Timeline if self.archive.people.is_open() => {
                self.archive.stage = Stage::Speakers;
                self.end_timeline();
            }
            Stage::Speakers if self.archive.people.marked().is_some() => {
                self.archive.people.mark(None);
            }
            Stage::Speakers if !self.archive.people.typed().is_empty() => self.list_people(String::new(), false),
            _ => {
                self.archive.people.close();
                self.close_archive();
            }
        }
    }

    /// Closing an article that was opened from a timeline, or jumping back from it, leads to the timeline.
    pub(super) fn return_to_archive(&mut self) -> bool {
        let is_behind = self.archive.behind.is_some();
        if is_behind {
            self.archive.behind = None;
        }
        is_behind
    }

    /// Whether a jump back leads to the timeline: all jumps since have been taken back.
    pub(super) fn jumps_back_to_archive(&self) -> bool {
        self.archive.behind.is_some_and(|jumps| self.jumps.len() <= jumps)
    }

    /// Who goes to the list leaves the archive.
    pub(super) fn settle_archive(&mut self) {
        if self.focus == Focus::List && self.archive.behind.is_some() {
            self.archive.behind = None;
            self.archive.stage = Stage::Closed;
        }
    }

    /// Whether the archive is on the screen.
    pub(super) fn is_in_archive(&self) -> bool {
        self.archive.stage() != Stage::Closed
    }

    /// Does what a key asks for in the archive; nothing where it means what it means elsewhere.
    pub(super) fn obey_in_archive(&mut self, command: Command, times: usize) -> bool {
        use Command as C;
        if !self.is_in_archive() || self.overlay.is_some() {
            return false;
        }
        match command {
            C::Open => self.open_in_archive(),
            C::Speakers => self.toggle_archive(),
            C::Search if self.archive.stage() == Stage::Speakers => {
                self.prompt = Some(Prompt::with(Purpose::Speakers, self.archive.people.typed()));
            }
            C::Back | C::Leave if self.prompt.is_none() => self.leave_archive(),
            C::Next => self.travel_archive(C::Down, times),
            C::Previous => self.travel_archive(C::Up, times),
            C::NextArticle | C::PreviousArticle => self.travel_archive(command, times),
            C::CopyQuotation => self.copy_said(),
            C::Click { column, row } if self.prompt.as_ref().is_none_or(|p| p.purpose == Purpose::Speakers) => {
                self.click_archive(column, row);
            }
            C::Wheel { down, .. } => self.travel_archive(if down { C::Down } else { C::Up }, 1),
            _ => return false,
        }
        true
    }

    fn open_in_archive(&mut self) {
        match self.archive.stage() {
            Stage::Speakers => self.show_timeline(),
            _ => self.open_said(),
        }
    }

    /// Asks who speaks, narrowed to what was typed; `rerun` where the library may have changed.
    pub(super) fn list_people(&mut self, typed: String, rerun: bool) {
        let request = self.new_request();
        self.archive.people.ask(&typed, request);
        self.ask(Effect::People(PeopleJob::List { request, typed, rerun }));
    }

    /// All that was to be read has been read: those who speak in it are listed too.
    pub(super) fn refresh_archive(&mut self) {
        if self.archive.stage() != Stage::Speakers {
            return;
        }
        let typed = self.archive.people.typed().to_owned();
        self.list_people(typed, true);
    }

    /// More of those who speak are known.
    pub(super) fn people_listed(&mut self, request: RequestId, people: Vec<Arc<Person>>, is_last: bool) {
        let opens = self.archive.people.opens_now(request) && self.archive.stage() == Stage::Speakers;
        self.archive.people.take_in(request, people, is_last);
        if opens {
            self.show_timeline();
        }
    }

    /// Enter while typing: who was typed, also where the list has not come yet.
    pub(super) fn accept_speaker(&mut self, prompt: Prompt) {
        if self.archive.people.open_when_listed() {
            self.prompt = Some(prompt);
            return;
        }
        self.show_timeline();
    }

    /// Enter: all that the selected person said.
    pub(super) fn show_timeline(&mut self) {
        let Some(person) = self.archive.people.selected().cloned() else {
            return self.show_message("Nobody is selected");
        };
        self.prompt = None;
        self.archive.stage = Stage::Timeline;
        self.ask_said(&person.name, &Identity::parse(&person.identity), Some(Arc::clone(&person)));
    }

    fn ask_said(&mut self, name: &str, identity: &Identity, person: Option<Arc<Person>>) {
        let request = self.new_request();
        let oldest_first = self.archive.timeline.as_ref().is_some_and(Timeline::is_oldest_first);
        let timeline = Timeline::new(name, &identity.to_string(), person, oldest_first, request);
        let effect = timeline.request();
        self.archive.timeline = Some(timeline);
        self.ask(effect);
    }

    /// More of what somebody said is known.
    pub(super) fn said_listed(
        &mut self,
        request: RequestId,
        person: Option<Arc<Person>>,
        said: Vec<Said>,
        is_last: bool,
    ) {
        if let Some(timeline) = &mut self.archive.timeline {
            timeline.take_in(request, person, said, is_last);
        }
    }

    /// `o`: the newest first, or the oldest.
    pub(super) fn turn_round(&mut self) {
        let request = self.new_request();
        let Some(timeline) = self.archive.timeline.as_mut() else { return };
        timeline.turn_round(request);
        let effect = timeline.request();
        let words = if timeline.is_oldest_first() { "Oldest first" } else { "Newest first" };
        self.show_message(words);
        self.ask(effect);
    }

    /// Enter: the article, at the selected quotation.
    fn open_said(&mut self) {
        let Some(said) = self.archive.timeline.as_ref().and_then(Timeline::selected) else {
            return;
        };
        let (id, start) = (said.within.id, said.start);
        self.archive.behind = Some(self.jumps.len());
        self.focus = Focus::Article;
        self.read(id, Goal::At(start));
    }

    /// `Y`: the selected quotation, with speaker, headline, date and address.
    fn copy_said(&mut self) {
        let timeline = self.archive.timeline.as_ref().filter(|_| self.archive.stage() == Stage::Timeline);
        let Some(said) = timeline.and_then(Timeline::selected) else {
            return self.show_message(Notice::new("No quotation to copy").hint(Command::Open, "shows what they said"));
        };
        let within = &said.within;
        let cited = Cited {
            headline: &within.headline,
            publisher: within.source.as_deref(),
            published: within.published,
            url: within.url.as_deref(),
        };
        let (quoted, certainty) = said.cited();
        let copied = citation(&quoted, &said.speaker, certainty, &cited);
        self.show_message(format!("Copied: {copied}"));
        self.ask(Effect::Screen(ScreenJob::Copy(copied)));
    }

    /// `m`: marks a person; on another, says that they are one.
    pub(super) fn merge_speakers(&mut self) {
        let Some(person) = self.archive.people.selected().cloned() else { return };
        if !person.is_named {
            return self.show_message(format!("{} is unnamed: not linked across articles", person.name));
        }
        match self.archive.people.marked().cloned() {
            None => {
                let notice = Notice::new(format!("{} is selected", person.name))
                    .hint(Command::MergeSpeakers, "on another speaker merges")
                    .hint(Command::Back, "cancels");
                self.archive.people.mark(Some(person));
                self.show_message(notice);
            }
            Some(marked) if marked.identity == person.identity => {
                self.archive.people.mark(None);
                self.show_message("Not selected any more");
            }
            Some(marked) => {
                self.archive.people.mark(None);
                let (one, other) = (marked.identity.to_string(), person.identity.to_string());
                let label = format!("merge of {} and {}", marked.name, person.name);
                self.commit(vec![UserAction::Linked { one, other, before: None, after: Some(true) }], label);
                self.show_message(Notice::undoable(format!("Merged: {} + {}", marked.name, person.name)));
            }
        }
    }

    /// `x`: every name of the selected person is a person of its own.
    pub(super) fn split_speaker(&mut self) {
        match self.archive.people.selected() {
            Some(person) if person.identities > 1 => {
                let (identity, label) = (person.identity.to_string(), format!("split of {}", person.name));
                let notice = Notice::undoable(format!("Split: {}", person.name));
                self.ask(Effect::Write(UserWrite::Split { identity, label }));
                self.show_message(notice);
            }
            Some(person) => {
                let words = format!("{} goes by one name: nothing to split", person.name);
                self.show_message(words);
            }
            None => {}
        }
    }

    /// Who is one person has changed: lists everyone again, and selects who was merged.
    pub(super) fn relink(&mut self, links: &[UserAction]) {
        if let [UserAction::Linked { one, other, after: Some(true), .. }] = links {
            self.archive.people.seek(vec![one.clone(), other.clone()]);
        }
        if self.archive.people.is_open() || self.is_in_archive() {
            let typed = self.archive.people.typed().to_owned();
            self.list_people(typed, true);
        }
    }

    /// Moves in what is shown of the archive.
    pub(super) fn travel_archive(&mut self, command: Command, count: usize) {
        let Some(area) = self.panes().archive else { return };
        match self.archive.stage() {
            Stage::Speakers => self.archive.people.travel(command, count, area),
            Stage::Timeline => {
                if let Some(timeline) = &mut self.archive.timeline {
                    timeline.travel(command, count, area);
                }
            }
            Stage::Closed => {}
        }
    }

    /// A click selects; on what is selected already, it opens it.
    fn click_archive(&mut self, column: u16, row: u16) {
        let Some(area) = self.panes().archive.filter(|area| area.contains(column, row)) else {
            return;
        };
        let was_selected = match (self.archive.stage(), &mut self.archive.timeline) {
            (Stage::Speakers, _) => self.archive.people.click(row, area),
            (_, Some(timeline)) => timeline.click(row, area),
            _ => None,
        };
        if was_selected == Some(true) {
            self.open_in_archive();
        }
    }

    /// The area of the archive where it is on the screen.
    pub fn archive_area(&self) -> Option<Area> {
        self.panes().archive
    }
}
