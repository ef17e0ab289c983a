//! `:`: running a command by its name, and going to a row by its number.

use super::command::Command;
use super::prompt::{HelpEntry, Prompt, Purpose, matching};
use super::{App, Layer, Notice};
use crate::text::{fold, nearest};

/// The highest row that one can ask for; a higher number is cut to it, and that to the last row.
const HIGHEST_ROW: usize = 1_000_000_000;

/// What saves a file in vim. There is none to save here, and no other command must be run in its place.
const SAVING: [&str; 5] = ["w", "w!", "wa", "wall", "write"];

/// What a line typed after `:` asks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Named<'a> {
    /// Nothing yet.
    Nothing,
    /// A row by its number, counted from 1; a higher number than there are rows means the last.
    Row(usize),
    /// One command: by its whole name, another name of it, or the beginning of no other.
    Command(&'a HelpEntry),
    /// So many commands whose names begin so.
    Several(usize),
    /// To save, as in vim.
    Saving,
    /// No command.
    Unknown,
}

/// What the palette shows.
#[derive(Debug)]
pub struct Palette<'a> {
    /// What the line asks for.
    pub named: Named<'a>,
    /// The commands that fit it, the nearest first.
    pub rows: Vec<&'a HelpEntry>,
    /// Which of them Enter runs; none where it would have to guess.
    pub choice: Option<usize>,
}

impl<'a> Palette<'a> {
    /// The palette of these commands for a line that was typed, and the row that was picked with the arrows.
    fn new(entries: &'a [HelpEntry], typed: &str, picked: Option<usize>) -> Self {
        let named = named(entries, typed);
        let rows = match named {
            Named::Row(_) | Named::Saving => Vec::new(),
            _ => fitting(entries, typed),
        };
        let first = matches!(named, Named::Command(_)).then_some(0);
        let choice = picked.filter(|&at| at < rows.len()).or(first);
        Self { named, rows, choice }
    }
}

impl App {
    /// `:`: asks for the name of a command.
    pub(super) fn start_palette(&mut self) {
        self.overlay = None;
        self.prompt = Some(Prompt::new(Purpose::Palette));
    }

    /// What the palette shows; nothing while it is closed.
    pub fn palette(&self) -> Option<Palette<'_>> {
        let prompt = self.prompt.as_ref().filter(|prompt| prompt.purpose == Purpose::Palette)?;
        Some(Palette::new(&self.help, prompt.typed(), prompt.is_picked.then_some(prompt.choice)))
    }

    /// Enter: runs the command that was named or picked. Where several fit, the choice stays with the user.
    pub(super) fn accept_palette(&mut self, prompt: Prompt) {
        let typed = prompt.typed().trim().to_owned();
        let palette = Palette::new(&self.help, &typed, prompt.is_picked.then_some(prompt.choice));
        if let Some(&entry) = palette.choice.and_then(|at| palette.rows.get(at)) {
            let (name, command, layers) = (entry.name, entry.command, entry.layers);
            if is_bound_to_its_place(command) && !layers.contains(&self.layer()) {
                let places: Vec<_> = layers.iter().filter_map(|&layer| place(layer)).collect();
                return self.show_message(format!("{name} works only in {}", places.join(" and in ")));
            }
            return self.obey(command, None);
        }
        match palette.named {
            Named::Row(row) => self.go_to_row(row),
            Named::Saving => self.show_message("There is nothing to save by hand · :q quits"),
            Named::Unknown if palette.rows.is_empty() => {
                let names = self.help.iter().map(|entry| entry.name);
                let words = format!("There is no command “{typed}”");
                self.show_message(match nearest(&as_name(&typed), names) {
                    Some(name) => Notice::new(format!("{words} · did you mean {name}?")),
                    None => Notice::new(words).hint(Command::Help, "shows them all"),
                });
            }
            Named::Several(_) | Named::Unknown => {
                self.prompt = Some(prompt);
            }
            Named::Nothing | Named::Command(_) => {}
        }
    }

    /// Goes to a row of the pane that has the keys, counted from 1: a headline, a row of text, a speaker.
    pub(super) fn go_to_row(&mut self, row: usize) {
        self.travel(Command::Top, 1);
        let below = row.min(HIGHEST_ROW).saturating_sub(1);
        if below > 0 {
            self.travel(Command::Down, below);
        }
    }
}

/// Whether a command asks for something else in another view, or would act there on what is not on the screen.
fn is_bound_to_its_place(command: Command) -> bool {
    use Command::{Export, MergeSpeakers, Open, SplitSpeaker, TurnRound};
    matches!(command, Open | MergeSpeakers | SplitSpeaker | TurnRound | Export)
}

/// What the view of a layer is called.
fn place(layer: Layer) -> Option<&'static str> {
    match layer {
        Layer::List => Some("the list"),
        Layer::Article => Some("an article"),
        Layer::Archive => Some("the speakers of all articles"),
        Layer::Timeline => Some("all that one speaker said"),
        Layer::Speakers | Layer::Shelves | Layer::Prompt | Layer::Overlay | Layer::Why => None,
    }
}

/// What was typed, written as names are: lower case, hyphens between words, no colon before it.
fn as_name(typed: &str) -> String {
    let words: Vec<_> = fold(typed).trim().trim_start_matches(':').split_whitespace().map(str::to_owned).collect();
    words.join("-")
}

fn named<'a>(entries: &'a [HelpEntry], typed: &str) -> Named<'a> {
    let name = as_name(typed);
    if name.is_empty() {
        return Named::Nothing;
    }
    if name.bytes().all(|byte| byte.is_ascii_digit()) {
        return Named::Row(name.parse().unwrap_or(HIGHEST_ROW));
    }
    if let Some(entry) = entries.iter().find(|entry| is_called(entry, &name)) {
        return Named::Command(entry);
    }
    if SAVING.contains(&name.as_str()) {
        return Named::Saving;
    }
    let mut beginning = entries.iter().filter(|entry| entry.name.starts_with(&name));
    match (beginning.next(), beginning.count()) {
        (None, _) => Named::Unknown,
        (Some(entry), 0) => Named::Command(entry),
        (Some(_), more) => Named::Several(more + 1),
    }
}

fn is_called(entry: &HelpEntry, name: &str) -> bool {
    entry.name == name || entry.aliases.contains(&name)
}

/// The commands that fit: the one of this name, those whose names begin so, those whose names have all the words; where
/// there are none of these, those whose descriptions have them.
fn fitting<'a>(entries: &'a [HelpEntry], typed: &str) -> Vec<&'a HelpEntry> {
    let name = as_name(typed);
    let words: Vec<&str> = name.split('-').filter(|word| !word.is_empty()).collect();
    let rank = |entry: &HelpEntry| match entry {
        _ if is_called(entry, &name) => Some(0),
        _ if entry.name.starts_with(&name) => Some(1),
        _ if name.ends_with('-') => None,
        _ if words.iter().all(|word| entry.name.contains(word)) => Some(2),
        _ => None,
    };
    let mut ranked: Vec<(u8, &HelpEntry)> = entries.iter().filter_map(|entry| Some((rank(entry)?, entry))).collect();
    if ranked.is_empty() {
        return matching(entries, typed).collect();
    }
    ranked.sort_by_key(|&(rank, _)| rank);
    ranked.into_iter().map(|(_, entry)| entry).collect()
}
