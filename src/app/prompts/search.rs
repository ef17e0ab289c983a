//! Searching all articles as one types, with completions of fields, speakers, publishers and tags, and earlier searches.

use std::collections::BTreeSet;

use super::{Line, PromptKind, Then};
use crate::app::direction::Direction;
use crate::app::{App, Command, Notice, Search};
use crate::article::Medium;
use crate::query::{DAYS, FIELDS, QueryError, STATES};
use crate::text::{Span, counted, fold, words};

/// How many completions are offered at most.
const MOST: usize = 20;

/// In how many of the newest headlines speakers are looked for: a few milliseconds.
const LOOKED_THROUGH: usize = 10_000;

/// Asks for what to search for.
#[derive(Debug, Default)]
struct SearchAll {
    completions: Completions,
    /// Which of the earlier searches the line shows, counted from the first.
    recalled: Option<usize>,
}

/// What the last word could become.
#[derive(Debug, Default)]
struct Completions {
    /// What was typed before that word.
    before: String,
    words: Vec<String>,
    /// Which of them was chosen.
    chosen: Option<usize>,
}

/// Asks for what to search for; `typed` is what is being searched for already.
pub(in crate::app) fn open(app: &mut App, typed: &str) {
    app.ask_for(SearchAll::default(), typed);
}

impl SearchAll {
    /// What the word under way could become: three words, two, or one.
    fn offered(&self) -> impl Iterator<Item = Notice> {
        /// How many of them are named.
        const NAMED: usize = 3;
        let words = if self.completions.chosen.is_some() { &[][..] } else { &self.completions.words };
        let notice = |named: usize| Notice::new("").hint(Command::Complete, words[..named].join("  "));
        (1..=words.len().min(NAMED)).rev().map(notice)
    }
}

impl PromptKind for SearchAll {
    fn label(&self, _: &Line) -> &'static str {
        "/"
    }

    /// What is wrong; what the last word could become; what half a field wants; else how many articles there are.
    fn hints(&self, app: &App, _: &Line) -> Vec<Notice> {
        let Some(search) = app.views.search() else { return Vec::new() };
        if let Some(error) = search.error() {
            return vec![error.with_hint().into(), error.to_string().into()];
        }
        let mut hints: Vec<Notice> = self.offered().collect();
        if let Some(error) = search.errors().first() {
            hints.extend([error.hint().into(), "…".into()]);
            return hints;
        }
        let found = app.list.len(&app.catalog);
        hints.push(match search.is_running() {
            _ if search.is_empty() => "words  “a phrase”  speaker:name  -not".into(),
            true if !app.list.is_filtered() => "…".into(),
            true => format!("{found}+ articles").into(),
            false => counted(found, "article").into(),
        });
        hints
    }

    fn errors(&self, app: &App, _: &Line) -> Vec<Span> {
        let errors = app.views.search().map_or(&[][..], Search::errors);
        errors.iter().filter(|error| !error.is_unfinished).map(|error: &QueryError| error.span).collect()
    }

    fn changed(&mut self, app: &mut App, line: &mut Line) -> Then {
        let start = last_word(line.typed());
        let (before, word) = line.typed().split_at(start);
        // What is typed in full already needs no completion: how many articles that finds has its place.
        let words = Some(completions(app, word)).filter(|words| *words != [word]).unwrap_or_default();
        self.completions = Completions { before: before.to_owned(), words, chosen: None };
        app.search_for(line.typed().to_owned());
        Then::Stay
    }

    fn complete(&mut self, app: &mut App, line: &mut Line, direction: Direction) -> bool {
        let Completions { before, words, chosen } = &mut self.completions;
        let Some(last) = words.len().checked_sub(1) else { return true };
        let at = match (*chosen, direction) {
            (None, Direction::Forward) => 0,
            (None, Direction::Backward) => last,
            (Some(at), Direction::Forward) => {
                if at == last {
                    0
                } else {
                    at + 1
                }
            }
            (Some(at), Direction::Backward) => at.checked_sub(1).unwrap_or(last),
        };
        *chosen = Some(at);
        line.put(&format!("{before}{}", words[at]));
        app.search_for(line.typed().to_owned());
        true
    }

    fn recall(&mut self, app: &mut App, line: &mut Line, direction: Direction) -> bool {
        let searched = &app.user.state().searched;
        let last = searched.len();
        let at = self.recalled.unwrap_or(last);
        let at = if direction == Direction::Backward { at.saturating_sub(1) } else { (at + 1).min(last) };
        self.recalled = Some(at);
        line.put(searched.get(at).map_or("", String::as_str));
        app.search_for(line.typed().to_owned());
        true
    }

    fn accept(&mut self, app: &mut App, _: &mut Line) -> Then {
        app.accept_search();
        Then::Close
    }

    fn cancel(&mut self, app: &mut App, _: &Line) {
        app.close_pane();
    }
}

/// What a search could become by completing its last word.
pub(in crate::app) fn completed(app: &App, typed: &str) -> Vec<String> {
    let (before, word) = typed.split_at(last_word(typed));
    completions(app, word).into_iter().map(|word| format!("{before}{word}")).collect()
}

/// What a word of a search could become.
fn completions(app: &App, word: &str) -> Vec<String> {
    let (sign, word) = word.split_at(word.len() - word.trim_start_matches(['-', '(']).len());
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
        "after" | "before" => DAYS.into_iter().chain(["7d", "2w"]).filter(fits).map(whole).collect(),
        "sort" => ["relevance"].into_iter().filter(fits).map(whole).collect(),
        "tag" => {
            let of_feeds = app.collections.feeds.tags.keys().map(String::as_str);
            let tags: BTreeSet<_> = app.user.tags().map(|(tag, _)| tag).chain(of_feeds).collect();
            tags.into_iter().filter(fits).map(whole).take(MOST).collect()
        }
        "has" => Medium::NAMES.iter().map(|(name, _)| *name).filter(fits).map(whole).collect(),
        "source" | "publisher" => app.collections.sources().filter(fits).map(whole).take(MOST).collect(),
        "speaker" if !begun.is_empty() => speakers_like(app, &begun).into_iter().map(whole).collect(),
        _ => Vec::new(),
    }
}

/// Who speaks in the newest articles and has a name with a word that begins so (folded); who speaks in most of them
/// comes first.
fn speakers_like<'a>(app: &'a App, begun: &str) -> Vec<&'a str> {
    let mut counts: std::collections::HashMap<&str, usize> = std::collections::HashMap::new();
    for member in app.catalog.iter().take(LOOKED_THROUGH).flat_map(|headline| headline.speakers.iter()) {
        *counts.entry(member.name).or_default() += 1;
    }
    let mut fitting: Vec<_> = counts.into_iter().filter(|(name, _)| begins(name, begun)).collect();
    fitting.sort_unstable_by(|(a, most), (b, more)| more.cmp(most).then(a.cmp(b)));
    fitting.into_iter().map(|(name, _)| name).take(MOST).collect()
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
