//! Where the user is in an article, found again in another version of it.

use super::find::Find;
use super::jumps::ReadingPosition;
use super::reader::Reader;
use super::{App, Pane};
use crate::catalog::person_key;
use crate::query::Needle;
use crate::text::{Span, fold};

/// Where the user is in an article, by its words.
#[derive(Debug)]
pub(super) struct WordsHere {
    top: usize,
    /// The first words on the screen.
    line: String,
    /// The words of the current quotation, and where they stand.
    quoted: Option<(usize, String)>,
}

impl WordsHere {
    pub fn of(reader: &Reader) -> Self {
        /// In bytes: enough to tell a line from others, and little enough to outlast most changes.
        const LONGEST: usize = 60;
        let text = reader.article.body.text();
        let top = reader.position().top;
        let line = text.get(top..).and_then(|rest| rest.lines().next()).unwrap_or_default();
        let line = line[..line.floor_char_boundary(LONGEST)].to_owned();
        let quoted = reader.current_quotation();
        Self { top, line, quoted: quoted.map(|q| (q.span.start, reader.article.body.words(q.span).to_owned())) }
    }

    /// The same place in another version of the article.
    pub fn position_in(&self, reader: &Reader) -> ReadingPosition {
        let text = reader.article.body.text();
        let near = |place: usize| text.match_indices(&*self.line).map(|(at, _)| at).min_by_key(|at| at.abs_diff(place));
        let top = Some(self.top).filter(|_| !self.line.is_empty()).and_then(near);
        let top = top.unwrap_or_else(|| text.floor_char_boundary(self.top.min(text.len())));
        let quotation = self.quoted.as_ref().and_then(|(start, words)| quotation_of(reader, *start, words));
        ReadingPosition { id: reader.id(), top, quotation: quotation.map(|span| span.start) }
    }
}

/// Where these words are quoted in an article: nearest to where they stood.
pub(super) fn quotation_of(reader: &Reader, start: usize, words: &str) -> Option<Span> {
    let spans = reader.findings.quotations.iter().map(|quotation| quotation.span);
    spans.filter(|span| reader.article.body.words(*span) == words).min_by_key(|span| span.start.abs_diff(start))
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
        let name = self.views.selected_speaker().and_then(|at| Some(person_key(&old.findings.speakers.get(at)?.name)));
        let now = |name: &String| reader.findings.speakers.iter().position(|other| person_key(&other.name) == *name);
        if let (Pane::Speakers(view), Some(at)) = (self.views.pane_mut(), name.as_ref().and_then(now)) {
            view.selected = at;
        }
        let now = reader.id();
        if let Some(mut prompt) = self.views.take_prompt() {
            prompt.follow(before, now);
            prompt.find_again(self);
            self.views.open_prompt(prompt);
        }
    }
}
