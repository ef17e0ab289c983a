//! Where the user is in an article, found again in another version of it.

use super::find::Find;
use super::jumps::ReadingPosition;
use super::moved_words::{place_of, quotation_of};
use super::reader::Reader;
use super::{App, Card, Pane};
use crate::app::views::review;
use crate::catalog::person_key;
use crate::query::Needle;
use crate::text::fold;

/// Where the user is in an article, by its words.
#[derive(Debug)]
pub(super) struct WordsHere {
    top: usize,
    /// The first words on the screen.
    line: String,
    /// Whether a quotation is current, or was until its words were gone.
    has_current: bool,
}

impl WordsHere {
    pub fn of(reader: &Reader) -> Self {
        /// In bytes: enough to tell a line from others, and little enough to outlast most changes.
        const LONGEST: usize = 60;
        let text = reader.article.body.text();
        let top = reader.position().top;
        let line = text.get(top..).and_then(|rest| rest.lines().next()).unwrap_or_default();
        let line = line[..line.floor_char_boundary(LONGEST)].to_owned();
        Self { top, line, has_current: reader.current().is_some() || reader.has_lost_current() }
    }

    /// Goes to the same place in another version of the article than `old`. Where the quotation that was current is no
    /// longer quoted, none is: what the user does next would be about somebody else's words.
    pub fn go_there(&self, old: &Reader, reader: &mut Reader) {
        let quotation = old.current_quotation().and_then(|quotation| place_of(quotation.span.start, old, reader));
        reader.go_to(ReadingPosition { id: reader.id(), top: self.top_in(reader), quotation: None });
        let is_there = quotation.is_some_and(|start| reader.point_at(start));
        if self.has_current && !is_there {
            reader.lose_current();
        }
    }

    fn top_in(&self, reader: &Reader) -> usize {
        let text = reader.article.body.text();
        let near = |place: usize| text.match_indices(&*self.line).map(|(at, _)| at).min_by_key(|at| at.abs_diff(place));
        let top = Some(self.top).filter(|_| !self.line.is_empty()).and_then(near);
        top.unwrap_or_else(|| text.floor_char_boundary(self.top.min(text.len())))
    }
}

impl App {
    /// The open article is another version of `old`, which was: what was about that goes over to it.
    pub(super) fn follow_new_version(&mut self, old: &Reader) {
        let Some(reader) = &mut self.article.reader else { return };
        let before = old.id();
        if let (None, Some(find)) = (&reader.find, &old.find) {
            reader.find =
                Some(Find::new(&find.typed, &[Needle::anywhere(&fold(&find.typed))], reader.article.body.text()));
        }
        self.views.follow_left(before, reader.position());
        review::follow_new_version(self, old);
        let Some(reader) = &self.article.reader else { return };
        let name = self.views.selected_speaker().and_then(|at| Some(person_key(&old.findings.speakers.get(at)?.name)));
        let now = |name: &String| reader.findings.speakers.iter().position(|other| person_key(&other.name) == *name);
        if let (Pane::Speakers(view), Some(at)) = (self.views.pane_mut(), name.as_ref().and_then(now)) {
            view.selected = at;
        }
        let words =
            old.current_quotation().map(|quotation| (quotation.span.start, old.article.body.words(quotation.span)));
        let is_quoted = words.is_some_and(|(start, words)| quotation_of(reader, start, words).is_some());
        let now = reader.id();
        if let Some(mut prompt) = self.views.take_prompt() {
            prompt.follow(before, now);
            prompt.find_again(self, old);
            self.views.open_prompt(prompt);
        }
        if !old.has_lost_current() && self.article.reader.as_ref().is_some_and(Reader::has_lost_current) {
            if matches!(self.views.card(), Some(Card::Why)) {
                self.views.close_card();
            }
            self.show_message(if is_quoted {
                "This article has changed: the words that were selected have another speaker"
            } else {
                "This article has changed: the words that were selected are not quoted any more"
            });
        }
    }
}
