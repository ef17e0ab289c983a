//! `:`: running a command by its name, and going to a row by its number.

use super::{ChoiceRow, Choices, Line, PromptKind, Then};
use crate::app::layer;
use crate::app::views;
use crate::app::{App, Command, HelpEntry, Layer, Notice, matching};
use crate::text::{fold, nearest};

/// A number of a row that no list has.
const HIGHEST_ROW: usize = usize::MAX;

/// What saves a file in vim, also cut short and with an exclamation mark. There is none to save here, and no other command must be run in its place.
const SAVING: [&str; 2] = ["write", "wall"];

/// What a line typed after `:` means.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Named<'a> {
    /// Nothing yet.
    Nothing,
    /// A row by its number, counted from 1; a higher number than there are rows means the last.
    Row(usize),
    /// So many hundredths of the way.
    Percent(usize),
    /// One command: by its whole name, another name of it, or the beginning of no other.
    Command(&'a HelpEntry),
    /// So many commands whose names begin so.
    Several(usize),
    /// To save, as in vim.
    Saving,
    /// No command.
    Unknown,
}

/// Asks for the name of a command.
#[derive(Debug)]
struct Palette;

/// What the palette shows for a line.
struct Shown<'a> {
    named: Named<'a>,
    /// The commands that fit it, the nearest first.
    rows: Vec<&'a HelpEntry>,
    /// Which of them Enter runs; none where it would have to guess.
    chosen: Option<usize>,
}

impl<'a> Shown<'a> {
    fn of(app: &'a App, line: &Line) -> Self {
        let entries = &app.help;
        let named = named(entries, line.typed());
        let rows = match named {
            Named::Row(_) | Named::Percent(_) | Named::Saving => Vec::new(),
            _ => fitting(entries, line.typed()).into_iter().filter(|entry| works_here(app, entry)).collect(),
        };
        let named = match named {
            // Those that do nothing here are no rivals.
            Named::Several(_) => {
                let name = as_name(line.typed());
                let beginning: Vec<_> = rows.iter().filter(|entry| entry.name.starts_with(&name)).collect();
                match beginning.as_slice() {
                    [one] => Named::Command(one),
                    several => Named::Several(several.len()),
                }
            }
            named => named,
        };
        let is_first = |entry: &&HelpEntry| matches!(named, Named::Command(named) if named.name == entry.name);
        let first = rows.iter().position(is_first);
        let chosen = Some(line.choice).filter(|&at| line.is_picked && at < rows.len()).or(first);
        Self { named, rows, chosen }
    }

    fn entry(&self) -> Option<&'a HelpEntry> {
        self.rows.get(self.chosen?).copied()
    }
}

impl PromptKind for Palette {
    fn label(&self, _: &Line) -> &'static str {
        ":"
    }

    /// What Enter would run, and how one chooses.
    fn hints(&self, app: &App, line: &Line) -> Vec<Notice> {
        let shown = Shown::of(app, line);
        let accept = |words| Notice::new("").hint(Command::Accept, words);
        let choose = |words: String| Notice::new(words).hint(Command::Complete, "chooses");
        vec![match (&shown.named, shown.entry()) {
            (_, Some(entry)) => accept(entry.name),
            (Named::Row(_) | Named::Percent(_), _) => accept("goes there"),
            (Named::Several(number), _) => choose(format!("{number} matches")),
            (Named::Unknown, _) if !shown.rows.is_empty() => choose("no matching name".to_owned()),
            (Named::Unknown, _) => Notice::new("no such command"),
            (Named::Saving, _) => Notice::new(":q quits"),
            (Named::Nothing | Named::Command(_), _) => choose("a name or a row".to_owned()),
        }]
    }

    fn choices(&self, app: &App, line: &Line) -> Option<Choices> {
        let shown = Shown::of(app, line);
        let row = |entry: &&HelpEntry| ChoiceRow {
            name: entry.name.to_owned(),
            keys: entry.keys.clone(),
            detail: entry.does.clone(),
            ..ChoiceRow::default()
        };
        let none = match shown.named {
            Named::Row(row) => format!("go to row {row}").into(),
            Named::Percent(percent) => format!("go {percent} % of the way").into(),
            Named::Saving => "there is no need to save".into(),
            _ => "no commands match".into(),
        };
        Some(Choices {
            title: "Commands",
            rows: shown.rows.iter().map(row).collect(),
            chosen: shown.chosen,
            none,
            is_about_quotation: false,
        })
    }

    /// Runs the command that was named or picked. Where several fit, the choice stays with the user.
    fn accept(&mut self, app: &mut App, line: &mut Line) -> Then {
        let shown = Shown::of(app, line);
        if let Some(entry) = shown.entry() {
            let command = entry.command;
            app.dispatch(command, None);
            return Then::Close;
        }
        match shown.named {
            Named::Row(row) => views::go_to_row(app, row),
            Named::Percent(percent) => views::go_to_percent(app, Some(percent)),
            Named::Saving => app.show_message("There is no need to save · :q quits"),
            Named::Unknown if shown.rows.is_empty() => {
                let typed = line.typed().trim();
                let words = format!("Unknown command “{typed}”");
                let near = nearest(&as_name(typed), app.help.iter().map(|entry| entry.name));
                app.show_message(match near {
                    Some(name) => Notice::new(format!("{words} · did you mean {name}?")),
                    None => Notice::new(words).hint(Command::Help, "shows them all"),
                });
            }
            Named::Several(_) | Named::Unknown => return Then::Stay,
            Named::Command(entry) => {
                let words = layer::works_only_in(entry.name, entry.layers);
                app.show_message(words);
            }
            Named::Nothing => {}
        }
        Then::Close
    }
}

/// Asks for the name of a command.
pub(in crate::app) fn open(app: &mut App) {
    app.ask_for(Palette, "");
}

/// Whether a command does anything in the view at hand. Some mean something else in another view, or would act there on
/// what is not on the screen.
fn works_here(app: &App, entry: &HelpEntry) -> bool {
    use Command as C;
    if entry.command == C::SortList {
        // Each of these has orders of its own.
        return matches!(app.views.pane_layer(), Layer::List | Layer::People | Layer::Timeline | Layer::Clippings);
    }
    let is_of_view = matches!(
        entry.command,
        C::StopTask | C::Open | C::MergeSpeakers | C::SplitSpeaker | C::ReverseOrder | C::Export | C::EditNote
    ) || matches!(entry.command, C::SortPeople | C::AcceptSuggestion | C::DismissSuggestion)
        || matches!(entry.command, C::NextParagraph | C::PreviousParagraph | C::SetMark | C::GoToMark);
    let is_about_text = matches!(entry.command, C::Why | C::Correct | C::CorrectAll | C::Confirm | C::FollowLink)
        || matches!(entry.command, C::Clip | C::ClipWithNote)
        || matches!(entry.command, C::NextBySpeaker | C::PreviousBySpeaker)
        || matches!(entry.command, C::NextOtherSpeaker | C::PreviousOtherSpeaker);
    let is_bound = is_of_view || (is_about_text && app.panes().article.is_none());
    !is_bound || entry.layers.contains(&app.views.pane_layer())
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
    if let Some(Ok(percent)) = name.strip_suffix('%').map(str::parse) {
        return Named::Percent(percent);
    }
    if let Some(entry) = entries.iter().find(|entry| is_called(entry, &name)) {
        return Named::Command(entry);
    }
    if SAVING.iter().any(|saving| saving.starts_with(name.trim_end_matches('!'))) {
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
