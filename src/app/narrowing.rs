//! Narrowing what has the keys to what has the letters that one types.

use super::views::people;
use super::{App, Card, Pane, Task};
use crate::catalog::SkippedFile;
use crate::query::QueryError;
use crate::text::{counted, fold};

/// Which of these texts have all the words of `typed`; where none has, those that have its letters in their order.
pub(super) fn fitting(texts: impl Iterator<Item = String>, typed: &str) -> Vec<usize> {
    let typed = fold(typed);
    let words: Vec<_> = typed.split_whitespace().collect();
    let texts: Vec<_> = texts.map(|text| fold(&text)).collect();
    let all = || texts.iter().enumerate();
    let has_words = |text: &str| words.iter().all(|word| text.contains(word));
    let whole: Vec<_> = all().filter(|(_, text)| has_words(text)).map(|(at, _)| at).collect();
    if !whole.is_empty() {
        return whole;
    }
    all().filter(|(_, text)| has_letters(text, &typed)).map(|(at, _)| at).collect()
}

/// Whether a text has these letters in their order.
fn has_letters(text: &str, letters: &str) -> bool {
    let mut rest = text.chars();
    letters.chars().filter(|letter| !letter.is_whitespace()).all(|letter| rest.any(|other| other == letter))
}

impl App {
    /// What the view that has the keys, or would have them without a prompt, is narrowed to; none where it is no list
    /// that can be narrowed.
    pub fn narrowed_to(&self) -> Option<&str> {
        match self.views.card() {
            Some(Card::Help(help)) => return Some(&help.filter),
            Some(Card::Errors(errors)) => return Some(&errors.filter),
            Some(Card::Tasks(tasks)) => return Some(&tasks.filter),
            Some(Card::Links(links)) => return Some(&links.filter),
            Some(Card::Why | Card::ArticleInfo(_) | Card::Feed(_) | Card::Option(_)) => return None,
            None => {}
        }
        match self.views.pane() {
            Pane::Speakers(speakers) => Some(&speakers.filter),
            Pane::Sidebar => Some(self.collections.filter()),
            Pane::People(people) => Some(people.typed()),
            Pane::Clippings(clippings) => Some(clippings.typed()),
            Pane::Timeline(timeline) => Some(timeline.typed()),
            Pane::List | Pane::Results(_) | Pane::Article(_) | Pane::Review(_) => None,
        }
    }

    /// Narrows the view that has the keys.
    pub(super) fn narrow(&mut self, words: &str) {
        match self.views.card_mut() {
            Some(Card::Help(help)) => return help.narrow(words),
            Some(Card::Errors(errors)) => return errors.narrow(words),
            Some(Card::Tasks(tasks)) => return words.clone_into(&mut tasks.filter),
            Some(Card::Links(links)) => return words.clone_into(&mut links.filter),
            Some(Card::Why | Card::ArticleInfo(_) | Card::Feed(_) | Card::Option(_)) => return,
            None => {}
        }
        match self.views.pane_mut() {
            Pane::Speakers(speakers) => words.clone_into(&mut speakers.filter),
            Pane::Sidebar => self.collections.narrow(words),
            Pane::People(_) => people::narrow(self, words),
            Pane::Clippings(_) => self.filter_clippings(words),
            Pane::Timeline(_) => self.narrow_timeline(words),
            Pane::List | Pane::Results(_) | Pane::Article(_) | Pane::Review(_) => {}
        }
        let shown = self.shown_speakers();
        if let (Pane::Speakers(speakers), Some(first)) = (self.views.pane_mut(), shown.first())
            && !shown.contains(&speakers.selected)
        {
            speakers.selected = *first;
        }
    }

    /// What is wrong with that; nothing where it may hold anything.
    pub(super) fn narrowing_errors(&self) -> &[QueryError] {
        match (self.views.card(), self.views.pane()) {
            (None, Pane::Timeline(timeline)) => timeline.errors(),
            _ => &[],
        }
    }

    /// Shows all again where a card, the sidebar, the clippings, a timeline or the speakers of an article are narrowed; returns whether they were.
    pub(super) fn widen(&mut self) -> bool {
        let is_people = self.views.card().is_none() && matches!(self.views.pane(), Pane::People(_));
        let is_narrowed = !is_people && self.narrowed_to().is_some_and(|words| !words.is_empty());
        if is_narrowed {
            self.narrow("");
        }
        is_narrowed
    }

    /// The speakers of the open article that are listed, by number.
    pub fn shown_speakers(&self) -> Vec<usize> {
        let Some(reader) = &self.article.reader else { return Vec::new() };
        let speakers = &reader.findings.speakers;
        match self.views.pane() {
            Pane::Speakers(view) if !view.filter.is_empty() => {
                let text = |speaker: &crate::quotes::Speaker| {
                    [speaker.name.as_str(), speaker.role.as_deref().unwrap_or_default()].join(" ")
                };
                let speaking = reader.who_speaks();
                let fitting = fitting(speaking.iter().map(|&at| text(&speakers[at])), &view.filter);
                fitting.into_iter().map(|at| speaking[at]).collect()
            }
            _ => reader.who_speaks().to_vec(),
        }
    }

    /// The inputs that could not be read, and those that hold what another one holds, as far as they are listed.
    pub fn shown_errors(&self) -> Vec<&SkippedFile> {
        let all: Vec<_> = self.progress.errors().collect();
        match self.views.card() {
            Some(Card::Errors(errors)) if !errors.filter.is_empty() => {
                let text = |file: &&SkippedFile| [file.place.as_str(), &file.reason].join(" ");
                fitting(all.iter().map(text), &errors.filter).into_iter().map(|at| all[at]).collect()
            }
            _ => all,
        }
    }

    /// What runs in the background, as far as it is listed.
    pub fn shown_tasks(&self) -> Vec<&Task> {
        let all = &self.progress.tasks;
        match self.views.card() {
            Some(Card::Tasks(card)) if !card.filter.is_empty() => {
                fitting(all.iter().map(|task| task.kind.to_string()), &card.filter)
                    .into_iter()
                    .map(|at| &all[at])
                    .collect()
            }
            _ => all.iter().collect(),
        }
    }

    /// How much of the narrowed list is shown: "3 of 12".
    pub(super) fn counted_rows(&self) -> String {
        match (self.views.card(), self.views.pane()) {
            (Some(Card::Errors(_)), _) => {
                format!("{} of {}", self.shown_errors().len(), self.progress.errors().count())
            }
            (Some(Card::Tasks(_)), _) => format!("{} of {}", self.shown_tasks().len(), self.progress.tasks.len()),
            (Some(Card::Links(_)), _) => format!("{} of {}", self.listed_links().len(), self.link_count()),
            (None, Pane::People(people)) => people.counted(),
            (None, Pane::Timeline(timeline)) => timeline.counted(),
            (None, Pane::Clippings(view)) => {
                let all = counted(self.user.state().clippings.len(), "clipping");
                format!("{} of {all}", view.listed().len())
            }
            (None, Pane::Speakers(_)) => {
                let all = self.article.reader.as_ref().map_or(0, |reader| reader.who_speaks().len());
                format!("{} of {all}", self.shown_speakers().len())
            }
            _ => String::new(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_come_before_scattered_letters() {
        let fit = |typed| fitting(["Coast Wire", "Zoë Küster", "Close to it"].iter().map(ToString::to_string), typed);
        assert_eq!(fit("co"), [0]);
        assert_eq!(fit("wire coast"), [0]);
        assert_eq!(fit("kust"), [1]);
        assert_eq!(fit("cti"), [0, 2]);
        assert!(fit("zzz").is_empty());
        assert_eq!(fit(" "), [0, 1, 2]);
    }
}
