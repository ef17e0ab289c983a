//! A line as one types it after `:`: which command it names, with which argument; and running it.
//!
//! A line is the name of a command, another name of it, or the beginning of no other, and its argument: the rest of the
//! line. A blank in a name stands for a hyphen: `next article`. It needs no prompt: a key may have a line too.

use super::command_arguments::{Argument, LONGEST_SHOWN, joined, listed};
use super::views;
use super::{App, Command, HelpEntry, Notice, layer, matching};
use crate::article::shown_address;
use crate::text::{fold, nearest, shorten};

/// A number of a row that no list has.
const HIGHEST_ROW: usize = usize::MAX;

/// What saves a file in vim, also cut short and with an exclamation mark. There is none to save here, and no other command must be run in its place.
const SAVING: [&str; 2] = ["write", "wall"];

/// What a line means.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Meaning<'a> {
    /// Nothing yet.
    Nothing,
    /// A row by its number, counted from 1; a higher number than there are rows means the last.
    Row(usize),
    /// So many hundredths of the way.
    Percent(usize),
    /// One command, and what follows its name: nothing, or its argument.
    Command(&'a HelpEntry, String),
    /// Several commands whose names begin so.
    Several(Vec<&'a HelpEntry>),
    /// To save, as in vim.
    Saving,
    /// No command.
    Unknown,
}

impl App {
    /// What a line means in the view at hand.
    pub(super) fn meaning(&self, line: &str) -> Meaning<'_> {
        let (first, rest) = split(line);
        let rest = rest.unwrap_or_default();
        let name = as_name(line);
        if name.is_empty() {
            return Meaning::Nothing;
        }
        if name.bytes().all(|byte| byte.is_ascii_digit()) {
            return Meaning::Row(name.parse().unwrap_or(HIGHEST_ROW));
        }
        if let Some(Ok(percent)) = name.strip_suffix('%').map(str::parse) {
            return Meaning::Percent(percent);
        }
        let first = as_name(first);
        let (whole, command) = (self.called(&name), self.called(&first));
        if let Some((entry, argument)) = command.and_then(|entry| Some((entry, Argument::of(entry.name)?)))
            && !rest.is_empty()
            && (argument.is_text() || whole.is_none())
        {
            return Meaning::Command(entry, rest.to_owned());
        }
        if let Some(entry) = whole {
            return Meaning::Command(entry, String::new());
        }
        if let Some((command, word)) = joined(self, &name)
            && let Some(entry) = self.called(command)
        {
            return Meaning::Command(entry, word);
        }
        if command.is_none() && SAVING.iter().any(|saving| saving.starts_with(first.trim_end_matches('!'))) {
            return Meaning::Saving;
        }
        let beginning: Vec<_> = self.named().filter(|entry| entry.name.starts_with(&name)).collect();
        if let Some(meaning) = self.one_of(beginning, "") {
            return meaning;
        }
        self.with_argument(&first, line, rest)
    }

    /// What a line means whose whole is the beginning of no name: a command with what follows its name.
    fn with_argument(&self, first: &str, line: &str, rest: &str) -> Meaning<'_> {
        if rest.is_empty() {
            return Meaning::Unknown;
        }
        // What takes no argument is no rival of what does; nor is what would do the same with it.
        let takes_one = |entry: &&HelpEntry| {
            let usual = Argument::of(entry.name).map(Argument::usual_command);
            entry.name.starts_with(first) && usual.is_some_and(|usual| usual == entry.name || !usual.starts_with(first))
        };
        let mut takers: Vec<_> = self.named().filter(takes_one).collect();
        // Nor is a longer name a rival of the one that it begins with: export-feeds of export, where that works.
        let here: Vec<_> = takers.iter().filter(|entry| self.works_here(entry)).map(|entry| entry.name).collect();
        let is_longer = |name: &str, of: &str| name.strip_prefix(of).is_some_and(|rest| rest.starts_with('-'));
        takers.retain(|entry| !here.iter().any(|shorter| is_longer(entry.name, shorter)));
        if let Some(meaning) = self.one_of(takers, rest) {
            return meaning;
        }
        let words: Vec<_> = line.split_whitespace().collect();
        let has_all = |entry: &&HelpEntry| words.iter().all(|word| entry.name.contains(&as_name(word)));
        if self.named().any(|entry| has_all(&entry)) {
            return Meaning::Unknown;
        }
        let named = (1..words.len()).rev().find_map(|count| {
            let entry = self.called(&as_name(&words[..count].join(" ")))?;
            Some(Meaning::Command(entry, words[count..].join(" ")))
        });
        named.unwrap_or(Meaning::Unknown)
    }

    /// One of these commands, or several; those that do nothing here are no rivals of those that do.
    fn one_of<'a>(&self, mut entries: Vec<&'a HelpEntry>, argument: &str) -> Option<Meaning<'a>> {
        let first = *entries.first()?;
        if entries.len() > 1 {
            entries.retain(|entry| self.works_here(entry));
        }
        Some(match entries.as_slice() {
            [] => Meaning::Command(first, argument.to_owned()),
            [one] => Meaning::Command(one, argument.to_owned()),
            _ => Meaning::Several(entries),
        })
    }

    /// The command of this name.
    fn called(&self, name: &str) -> Option<&HelpEntry> {
        self.named().find(|entry| is_called(entry, name))
    }

    /// Runs a line, also without the prompt; returns what is wrong with it, and then has done nothing.
    pub(super) fn run_line(&mut self, line: &str) -> Result<(), Notice> {
        let (command, argument) = match self.meaning(line) {
            Meaning::Nothing => return Ok(()),
            Meaning::Row(row) => {
                views::go_to_row(self, row);
                return Ok(());
            }
            Meaning::Percent(percent) => {
                views::go_to_percent(self, Some(percent));
                return Ok(());
            }
            Meaning::Saving => return Err("There is no need to save · :q quits".into()),
            Meaning::Several(entries) => {
                let names: Vec<_> = entries.iter().map(|entry| entry.name).collect();
                let typed = shorten(line.trim(), LONGEST_SHOWN);
                return Err(format!("“{typed}” could be {}", listed(&names)).into());
            }
            Meaning::Unknown => return Err(self.unknown(line)),
            Meaning::Command(entry, _) if !self.works_here(entry) => {
                return Err(layer::works_only_in(entry.name, entry.layers).into());
            }
            Meaning::Command(entry, argument) if argument.is_empty() => (entry.command, None),
            Meaning::Command(entry, argument) => match Argument::of(entry.name) {
                Some(known) => (entry.command, Some((known, argument))),
                None => return Err(takes_none(entry)),
            },
        };
        if let Some((known, argument)) = argument {
            return (known.run)(self, &argument);
        }
        self.dispatch(command, None);
        Ok(())
    }

    /// What is said of a line that names no command.
    fn unknown(&self, line: &str) -> Notice {
        let typed = line.trim();
        let words = format!("Unknown command “{}”", shorten(&shown_address(typed), LONGEST_SHOWN));
        let names = || self.named().map(|entry| entry.name);
        let (first, rest) = split(typed);
        // A name that takes an argument may be what is mistyped before one.
        let takers = || names().filter(|name| rest.is_some() && Argument::of(name).is_some());
        match nearest(&as_name(typed), names()).or_else(|| nearest(&as_name(first), takers())) {
            Some(name) => Notice::new(format!("{words} · did you mean {name}?")),
            None => Notice::new(words).hint(Command::Help, "shows them all"),
        }
    }

    /// The commands that fit a line and do something here: the one of this name, those whose names begin so, those whose
    /// names have all the words; where there are none of these, those whose descriptions have them.
    pub(super) fn fitting_commands(&self, line: &str) -> Vec<&HelpEntry> {
        let name = as_name(line);
        let words: Vec<&str> = name.split('-').filter(|word| !word.is_empty()).collect();
        let rank = |entry: &HelpEntry| match entry {
            _ if is_called(entry, &name) => Some(0),
            _ if entry.name.starts_with(&name) => Some(1),
            _ if name.ends_with('-') => None,
            _ if words.iter().all(|word| entry.name.contains(word)) => Some(2),
            _ => None,
        };
        let mut ranked: Vec<_> = self.named().filter_map(|entry| Some((rank(entry)?, entry))).collect();
        if ranked.is_empty() {
            return matching(&self.help, line)
                .filter(|entry| !entry.name.is_empty() && self.works_here(entry))
                .collect();
        }
        ranked.sort_by_key(|&(rank, _)| rank);
        ranked.into_iter().map(|(_, entry)| entry).filter(|entry| self.works_here(entry)).collect()
    }

    /// The commands that have a name: all but the rows of the help for several on one key.
    fn named(&self) -> impl Iterator<Item = &HelpEntry> {
        self.help.iter().filter(|entry| !entry.name.is_empty())
    }

    /// Whether a command does anything in the view at hand. Some mean something else in another view, or would act there on
    /// what is not on the screen.
    pub(super) fn works_here(&self, entry: &HelpEntry) -> bool {
        use Command as C;
        let is_of_view = matches!(
            entry.command,
            C::StopTask | C::Open | C::MergeSpeakers | C::SplitSpeaker | C::ReverseOrder | C::Export | C::EditNote
        ) || matches!(
            entry.command,
            C::EditFeed | C::SortPeople | C::Sort | C::SortList | C::AcceptSuggestion | C::DismissSuggestion
        ) || matches!(entry.command, C::Pick | C::PickRange | C::PickAbove | C::PickAll | C::Unpick)
            || matches!(
                entry.command,
                C::NextParagraph | C::PreviousParagraph | C::ScrollRight | C::ScrollLeft | C::SetMark | C::GoToMark
            );
        let is_about_text = matches!(entry.command, C::Why | C::Correct | C::CorrectAll | C::Confirm | C::FollowLink)
            || matches!(entry.command, C::Clip | C::ClipWithNote)
            || matches!(entry.command, C::NextBySpeaker | C::PreviousBySpeaker)
            || matches!(entry.command, C::NextOtherSpeaker | C::PreviousOtherSpeaker);
        let is_bound = is_of_view || (is_about_text && self.panes().article.is_none());
        !is_bound || entry.layers.contains(self.views.pane_layer())
    }
}

/// What is said where a command was given an argument that it does not take.
pub(super) fn takes_none(entry: &HelpEntry) -> Notice {
    format!("{} takes no argument", entry.name).into()
}

/// The first word of a line, without a colon before it, and what follows the blank behind it, if there is one; without
/// blanks at either end.
pub(super) fn split(line: &str) -> (&str, Option<&str>) {
    let line = line.trim_start().trim_start_matches([':', '：']).trim_start();
    line.split_once(char::is_whitespace).map_or((line, None), |(first, rest)| (first, Some(rest.trim())))
}

/// What was typed, written as names are: lower case, hyphens between words, no colon before it.
fn as_name(typed: &str) -> String {
    let words: Vec<_> = fold(typed).trim().trim_start_matches(':').split_whitespace().map(str::to_owned).collect();
    words.join("-")
}

fn is_called(entry: &HelpEntry, name: &str) -> bool {
    entry.name == name || entry.aliases.contains(&name)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::Layers;
    use crate::app::screen::Size;

    fn app() -> App {
        let entry = |(name, command)| HelpEntry {
            section: "",
            home: Layers::NONE,
            keys: String::new(),
            name,
            aliases: &[],
            synonyms: &[],
            layers: Layers::NONE,
            does: String::new(),
            command,
        };
        let commands = [("quit", Command::Quit), ("theme", Command::Theme), ("tag", Command::Tag)];
        App::new("news", commands.map(entry).into(), Size { width: 80, height: 24 })
    }

    #[test]
    fn line_is_run_without_a_prompt() {
        let mut app = app();
        assert_eq!(app.run_line("theme dark"), Ok(()));
        assert_eq!(app.theme(), "dark");
        for (line, why) in [
            ("theme drak", "No theme “drak” · did you mean dark?"),
            ("quit now", "quit takes no argument"),
            ("t x", "“t x” could be theme or tag"),
            ("tag budget", "Nothing is selected that could be tagged"),
        ] {
            assert_eq!(app.run_line(line), Err(why.into()), "{line}");
        }
        assert_eq!(app.run_line("theme"), Ok(()));
        assert_eq!(app.views.prompt().map(crate::app::Prompt::typed), Some("theme "));
        assert_eq!((app.run_line(" "), app.run_line("7")), (Ok(()), Ok(())));
    }

    #[test]
    fn line_is_split_behind_its_first_word() {
        for (line, parts) in [
            ("", ("", None)),
            (" : tag", ("tag", None)),
            ("tag ", ("tag", Some(""))),
            ("tag  a  b ", ("tag", Some("a  b"))),
            ("：tag　港", ("tag", Some("港"))),
        ] {
            assert_eq!(split(line), parts, "{line:?}");
        }
    }
}
