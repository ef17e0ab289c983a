//! Help while typing a search: names of fields, speakers, sources and tags; and what was searched for before.

use super::direction::Direction;
use super::prompt::{Completing, Purpose};
use super::{App, Command};
use crate::query::{FIELDS, STATES};
use crate::text::{fold, words};
use crate::user::UserAction;

/// How many completions are offered at most.
const MOST: usize = 20;

/// In how many headlines, the newest, speakers are looked for: that takes a few milliseconds.
const LOOKED_THROUGH: usize = 10_000;

impl App {
    /// Tab and its reverse: the next completion of the last word; where one chooses from a list, the next there.
    pub(super) fn complete(&mut self, direction: Direction) {
        if self.is_choosing() {
            return self.choose(if direction == Direction::Forward { Command::Down } else { Command::Up }, 1);
        }
        let Some(prompt) = self.prompt.as_ref().filter(|prompt| prompt.purpose == Purpose::Search) else {
            return;
        };
        let mut completing = prompt.completing.clone().unwrap_or_default();
        if completing.words.is_empty() {
            return;
        }
        let all = completing.words.len();
        completing.at = Some(match (completing.at, direction) {
            (None, Direction::Forward) => 0,
            (None, Direction::Backward) => all - 1,
            (Some(at), Direction::Forward) => (at + 1) % all,
            (Some(at), Direction::Backward) => (at + all - 1) % all,
        });
        let typed = completing.completed();
        if let Some(prompt) = &mut self.prompt {
            prompt.put(&typed);
            prompt.completing = Some(completing);
        }
        self.search_for(typed);
    }

    /// Finds what the last word of the search could become.
    pub(super) fn offer_completions(&mut self, typed: &str) {
        let start = last_word(typed);
        let words = self.completions(&typed[start..]);
        if let Some(prompt) = &mut self.prompt {
            prompt.completing = Some(Completing { before: typed[..start].to_owned(), words, at: None });
        }
    }

    fn completions(&self, word: &str) -> Vec<String> {
        let (sign, word) = word.strip_prefix('-').map_or(("", word), |word| ("-", word));
        let Some((field, begun)) = word.split_once(':') else {
            let fields = FIELDS.iter().filter(|field| !word.is_empty() && field.starts_with(word));
            return fields.map(|field| format!("{sign}{field}:")).collect();
        };
        let begun = fold(begun.trim_start_matches('"'));
        let whole = |name: &str| {
            let marks = if name.contains(' ') { "\"" } else { "" };
            format!("{sign}{field}:{marks}{name}{marks}")
        };
        let fits = |name: &&str| begins(name, &begun);
        match field {
            "is" => STATES.iter().map(|(name, _)| *name).filter(fits).map(whole).collect(),
            "sort" => ["relevance"].into_iter().filter(fits).map(whole).collect(),
            "tag" => self.user.tags().map(|(tag, _)| tag).filter(fits).map(whole).take(MOST).collect(),
            "source" => self.shelves.sources().filter(fits).map(whole).take(MOST).collect(),
            "speaker" if !begun.is_empty() => self.speakers_like(&begun).into_iter().map(whole).collect(),
            _ => Vec::new(),
        }
    }

    /// Who speaks in the newest articles and has a name with a word that begins so (folded); who speaks in most of them
    /// comes first.
    fn speakers_like(&self, begun: &str) -> Vec<&str> {
        let mut counts: std::collections::HashMap<&str, usize> = std::collections::HashMap::new();
        for member in self.catalog.iter().take(LOOKED_THROUGH).flat_map(|headline| headline.speakers.iter()) {
            *counts.entry(member.name).or_default() += 1;
        }
        let mut fitting: Vec<_> = counts.into_iter().filter(|(name, _)| begins(name, begun)).collect();
        fitting.sort_unstable_by(|(a, most), (b, more)| more.cmp(most).then(a.cmp(b)));
        fitting.into_iter().map(|(name, _)| name).take(MOST).collect()
    }

    /// Puts what was searched for before, or after that, into the prompt.
    pub(super) fn recall_search(&mut self, direction: Direction) {
        if self.is_choosing() {
            return self.choose(if direction == Direction::Forward { Command::Down } else { Command::Up }, 1);
        }
        let Some(prompt) = self.prompt.as_mut().filter(|prompt| prompt.purpose == Purpose::Search) else {
            return;
        };
        let searched = &self.user.state().searched;
        let last = searched.len();
        let at = prompt.recalled.unwrap_or(last);
        let at = if direction == Direction::Backward { at.saturating_sub(1) } else { (at + 1).min(last) };
        prompt.recalled = Some(at);
        let typed = searched.get(at).cloned().unwrap_or_default();
        prompt.put(&typed);
        self.search_for(typed);
    }

    /// Notes what was searched for.
    pub(super) fn note_searched(&mut self) {
        let Some(typed) = self.search.as_ref().map(|search| search.typed.trim().to_owned()) else {
            return;
        };
        if typed.is_empty() || self.user.state().searched.last() == Some(&typed) {
            return;
        }
        self.note(UserAction::Searched(typed));
    }
}

/// Whether a word of `name`, or all of it, begins so (folded).
fn begins(name: &str, begun: &str) -> bool {
    let folded = fold(name);
    folded.starts_with(begun) || words(&folded).any(|word| word.starts_with(begun))
}

/// Where the last word begins; a phrase that is not closed belongs to it.
fn last_word(typed: &str) -> usize {
    let mut start = 0;
    let mut quoted = false;
    for (at, letter) in typed.char_indices() {
        match letter {
            '"' => quoted = !quoted,
            ' ' if !quoted => start = at + 1,
            _ => {}
        }
    }
    start
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_word_holds_an_open_phrase() {
        for (typed, word) in [
            ("", ""),
            ("tram speaker:pe", "speaker:pe"),
            ("tram ", ""),
            ("-speaker:\"dmitry pe", "-speaker:\"dmitry pe"),
            ("\"night tram\" so", "so"),
        ] {
            assert_eq!(&typed[last_word(typed)..], word);
        }
    }
}
