//! Jumping: from quotation to quotation, from speaker to speaker, from article to article, and back.

use super::direction::Direction;
use super::reader::{Goal, Reader};
use super::{App, Command, Notice};
use crate::article::ArticleId;
use crate::catalog::{Headline, person_key};

impl App {
    /// The next match of what is looked for in the article.
    pub(super) fn next_match(&mut self, direction: Direction, count: usize) {
        let height = self.text_height();
        self.note_jump();
        let Some(reader) = &mut self.article.reader else { return };
        let here = reader.position().top;
        let span = reader.find.as_mut().and_then(|find| find.step(direction, count, here));
        match span {
            Some(span) => {
                reader.reveal(span, height);
            }
            None => self.show_message("Not found in this article"),
        }
    }

    /// The next quotation, also in the articles that follow.
    pub(super) fn next_quotation(&mut self, direction: Direction, count: usize) {
        let height = self.text_height();
        let Some(reader) = &self.article.reader else { return };
        if let Some(index) = reader.nth_quotation(direction, count, height, |_| true) {
            return self.jump_within(index, height);
        }
        let only = reader.only.and_then(|only| reader.findings.speakers.get(only.0));
        match only.map(|speaker| person_key(&speaker.name)) {
            Some(key) => self.jump_across(
                direction,
                Goal::By(direction, key.clone()),
                Some(key.clone()),
                |headline| headline.has_speaker(&key),
                "No more quotations by this speaker that way",
            ),
            None => self.jump_across(
                direction,
                Goal::Quotation(direction),
                None,
                |headline| headline.quotations > 0,
                "No more quotations that way",
            ),
        }
    }

    /// The next quotation by the speaker of the current one.
    pub(super) fn next_by_speaker(&mut self, direction: Direction, count: usize) {
        let height = self.text_height();
        let Some((index, key)) = self.speaker_here(height) else {
            return self.show_message(Notice::new("No speaker here").hint(Command::Next, "goes to a quotation"));
        };
        let Some(reader) = &self.article.reader else { return };
        if reader.current() != Some(index) && direction == Direction::Forward && count == 1 {
            // The quotation in view becomes the current one first, so that one sees whose trail is followed.
            return self.jump_within(index, height);
        }
        if let Some(index) = reader.nth_quotation(direction, count, height, |q| reader.is_by(q, &key)) {
            return self.jump_within(index, height);
        }
        let only = reader.only.is_some().then(|| key.clone());
        let name = reader.speaker_name(index).unwrap_or_default().to_owned();
        self.jump_across(
            direction,
            Goal::By(direction, key.clone()),
            only,
            |headline| headline.has_speaker(&key),
            &format!("No more quotations by {name} that way"),
        );
    }

    /// The next quotation by another speaker.
    pub(super) fn next_by_other_speaker(&mut self, direction: Direction, count: usize) {
        let height = self.text_height();
        let Some((_, key)) = self.speaker_here(height) else { return self.next_quotation(direction, count) };
        if let Some(reader) = &mut self.article.reader {
            reader.only = None;
        }
        let Some(reader) = &self.article.reader else { return };
        if let Some(index) =
            reader.nth_quotation(direction, count, height, |q| q.speaker.is_some() && !reader.is_by(q, &key))
        {
            return self.jump_within(index, height);
        }
        self.jump_across(
            direction,
            Goal::NotBy(direction, key.clone()),
            None,
            |headline| headline.speakers.iter().any(|member| person_key(member.name) != key),
            "No other speaker that way",
        );
    }

    /// Back to where the last jump began.
    pub(super) fn jump_back(&mut self, count: usize) {
        for _ in 0..count.min(100) {
            if self.jumps_back_to_timeline() {
                self.close_article_over_timeline();
                break;
            }
            let here = self.article.reader.as_ref().filter(|_| !self.views.pane().is_list()).map(Reader::position);
            let Some(position) = self.article.jumps.back(here) else {
                self.show_message("Nowhere to go back to");
                break;
            };
            self.read(position.id, Goal::Position(position));
        }
    }

    /// Selects the article after the selected one, or before it.
    pub(super) fn select_neighbour(&mut self, direction: Direction, count: usize) {
        if let Some(id) = self.neighbour(direction, count)
            && let Some(area) = self.list_area()
        {
            self.list.select(&self.catalog, area, id);
        }
    }

    /// Opens the article after this one, or before it.
    pub(super) fn open_neighbour(&mut self, direction: Direction, count: usize) {
        if let Some(id) = self.neighbour(direction, count) {
            self.note_place();
            let goal = self.goal();
            self.read(id, goal);
        }
    }

    /// Opens the article after this one or before it; shows a message where there is none.
    fn neighbour(&mut self, direction: Direction, count: usize) -> Option<ArticleId> {
        let neighbour = self.neighbours(self.article_here(), direction, |_| true).nth(count - 1);
        if neighbour.is_none() {
            self.show_message(match direction {
                Direction::Forward => "This is the last article",
                Direction::Backward => "This is the first article",
            });
        }
        neighbour
    }

    /// Makes a quotation of the open article the current one.
    fn jump_within(&mut self, index: usize, height: usize) {
        self.note_jump();
        if let Some(reader) = &mut self.article.reader {
            reader.make_current(index, height);
        }
        if self.views.pane().is_list() {
            self.focus_article();
        }
    }

    /// Opens the next article that `wanted` accepts and goes to `goal` in it.
    fn jump_across(
        &mut self,
        direction: Direction,
        goal: Goal,
        only: Option<String>,
        wanted: impl Fn(&Headline) -> bool,
        none: &str,
    ) {
        let here = self.article.reader.as_ref().map(Reader::id);
        let Some(id) = self.neighbours(here, direction, wanted).next() else { return self.show_message(none) };
        self.note_jump();
        self.note_place();
        self.read(id, goal);
        self.show_only_person(only);
        let title = self.catalog.get(id).map_or("", |headline| &headline.title);
        self.show_message(format!("{} {title}", if direction == Direction::Forward { "→" } else { "←" }));
    }

    /// The current quotation if it has a speaker, and the key of the speaker's name.
    fn speaker_here(&self, height: usize) -> Option<(usize, String)> {
        let reader = self.article.reader.as_ref()?;
        let index = reader.quotation_here(height)?;
        Some((index, person_key(reader.speaker_name(index)?)))
    }

    /// The listed articles after or before one that `wanted` accepts, the nearest first.
    pub(super) fn neighbours<'a>(
        &'a self,
        here: Option<ArticleId>,
        direction: Direction,
        wanted: impl Fn(&Headline) -> bool + 'a,
    ) -> Box<dyn Iterator<Item = ArticleId> + 'a> {
        let position = here.and_then(|id| self.list.position(&self.catalog, id));
        let wanted = move |headline: &&Headline| wanted(headline);
        let id = |headline: &Headline| headline.id;
        match direction {
            Direction::Forward => {
                Box::new(self.list.from(&self.catalog, position.map_or(0, |at| at + 1)).filter(wanted).map(id))
            }
            Direction::Backward => {
                Box::new(self.list.before(&self.catalog, position.unwrap_or(0)).filter(wanted).map(id))
            }
        }
    }

    /// Records the position before a jump.
    pub(super) fn note_jump(&mut self) {
        if let Some(reader) = &self.article.reader
            && !self.views.pane().is_list()
        {
            self.article.jumps.leave(reader.position());
        }
    }
}
