//! `:`: running a command by its name, with its argument, and going to a row by its number.

use super::{ChoiceRow, Choices, Line, PromptKind, Then};
use crate::app::candidate::Word;
use crate::app::command_arguments::{Argument, theme_typed, word_meant};
use crate::app::command_line::{Meaning, split, takes_none};
use crate::app::direction::Direction;
use crate::app::{App, Command, HelpEntry, Notice};

/// Asks for the name of a command, and its argument.
#[derive(Debug, Default)]
struct Palette {
    /// What was typed before a row was put in its place: the rows are those for it.
    typed: Option<String>,
    recalled: Option<Recalled>,
    /// What the argument could become, looked for once it has changed: not each time that it is drawn.
    words: Vec<Word>,
}

/// An earlier line that stands in the place of what was typed.
#[derive(Debug)]
struct Recalled {
    /// Which, counted from the first that is kept.
    at: usize,
    typed: String,
}

/// What the palette shows for a line.
struct Shown<'a> {
    meaning: Meaning<'a>,
    /// What the command takes whose argument is being typed.
    argument: Option<&'static Argument>,
    rows: Vec<Row<'a>>,
    /// Which of them Enter means; none where it would have to guess.
    chosen: Option<usize>,
}

/// What one may choose.
enum Row<'a> {
    Command(&'a HelpEntry),
    /// An argument of the command of this name.
    Word(&'static str, Word),
}

impl Row<'_> {
    /// The line with this row chosen; `rest` is what was typed behind the beginning of a name.
    fn line(&self, rest: &str) -> String {
        match self {
            Self::Command(entry) if Argument::of(entry.name).is_some() => format!("{} {rest}", entry.name),
            Self::Command(entry) => entry.name.to_owned(),
            Self::Word(command, word) => {
                let blank = if word.goes_on && !word.name.ends_with([':', '=']) { " " } else { "" };
                format!("{command} {}{blank}", word.name)
            }
        }
    }

    fn shown(&self) -> ChoiceRow {
        match self {
            Self::Command(entry) => ChoiceRow {
                name: entry.name.to_owned(),
                keys: entry.keys.clone(),
                detail: entry.does.clone(),
                ..ChoiceRow::default()
            },
            Self::Word(_, word) => ChoiceRow {
                mark: word.mark.to_owned(),
                name: word.name.clone(),
                detail: word.does.clone(),
                ..ChoiceRow::default()
            },
        }
    }
}

impl<'a> Shown<'a> {
    /// What is shown for what was typed; `picked` is the row that was chosen with a key.
    fn of(app: &'a App, typed: &str, words: &[Word], picked: Option<usize>) -> Self {
        let meaning = app.meaning(typed);
        let argument = argument_typed(app, &meaning, typed);
        let rows = match &meaning {
            Meaning::Row(_) | Meaning::Percent(_) | Meaning::Saving => Vec::new(),
            Meaning::Command(entry, _) if argument.is_some() => {
                words.iter().map(|word| Row::Word(entry.name, word.clone())).collect()
            }
            Meaning::Command(entry, given) if !given.is_empty() => {
                Some(*entry).filter(|entry| app.works_here(entry)).map(Row::Command).into_iter().collect()
            }
            Meaning::Several(entries) if split(typed).1.is_some_and(|rest| !rest.is_empty()) => {
                entries.iter().map(|entry| Row::Command(entry)).collect()
            }
            _ => app.fitting_commands(typed).into_iter().map(Row::Command).collect(),
        };
        let is_meant = |row: &Row<'_>| match (&meaning, row) {
            (Meaning::Command(meant, given), Row::Command(entry)) => meant.name == entry.name && given.is_empty(),
            (Meaning::Command(_, given), Row::Word(_, word)) => {
                let is_word = !given.is_empty() && argument.is_some_and(|argument| !argument.is_text());
                *given == word.name || is_word && word_meant("", words, given) == Ok(&word.name)
            }
            _ => false,
        };
        let meant = rows.iter().position(is_meant);
        let chosen = picked.filter(|&at| at < rows.len()).or(meant);
        Self { meaning, argument, rows, chosen }
    }

    fn row(&self) -> Option<&Row<'a>> {
        self.rows.get(self.chosen?)
    }
}

/// What the command takes whose argument is being typed.
fn argument_typed(app: &App, meaning: &Meaning<'_>, typed: &str) -> Option<&'static Argument> {
    let Meaning::Command(entry, given) = meaning else { return None };
    let has_begun = !given.is_empty() || split(typed).1.is_some();
    Argument::of(entry.name).filter(|_| has_begun && app.works_here(entry))
}

impl Palette {
    fn shown<'a>(&self, app: &'a App, line: &Line) -> Shown<'a> {
        let picked = Some(line.choice).filter(|_| line.is_picked);
        Shown::of(app, self.typed.as_deref().unwrap_or(line.typed()), &self.words, picked)
    }

    /// Looks for what the argument in a line could become.
    fn look_up(&mut self, app: &App, typed: &str) {
        let meaning = app.meaning(typed);
        let argument = argument_typed(app, &meaning, typed);
        self.words = match (meaning, argument) {
            (Meaning::Command(_, given), Some(argument)) => argument.candidates(app, &given),
            _ => Vec::new(),
        };
    }

    /// The line is as if it was typed.
    fn begin_again(&mut self, app: &App, line: &mut Line) {
        (line.choice, line.is_picked, self.typed) = (0, false, None);
        self.look_up(app, line.typed());
    }

    /// Shows the theme that the line names, as long as it stands there.
    fn try_theme(app: &mut App, line: &Line) {
        let named = match app.meaning(line.typed()) {
            Meaning::Command(entry, given) => theme_typed(app, entry.name, &given),
            _ => None,
        };
        app.try_theme(named);
    }

    /// Puts a row into the line. The rows stay, for the next one; where it is the only one, the line is as if it was typed.
    fn pick(&mut self, app: &App, line: &mut Line, command: Command, count: usize) {
        let shown = self.shown(app, line);
        // What is meant already is completed first.
        let is_begun = |at: &usize| shown.rows.get(*at).is_some_and(|row| row.line("").trim() != line.typed().trim());
        let meant = shown.chosen.filter(|_| !line.is_picked && command == Command::Down).filter(is_begun);
        let at = meant.or_else(|| self.choices(app, line).and_then(|choices| choices.step(command, count)));
        let Some((at, row)) = at.and_then(|at| Some((at, shown.rows.get(at)?))) else { return };
        let before = self.typed.take().unwrap_or_else(|| line.typed().to_owned());
        let rest = split(&before).1.filter(|_| matches!(shown.meaning, Meaning::Several(_)));
        line.put(&row.line(rest.unwrap_or_default()));
        let is_only = shown.rows.len() == 1;
        (line.choice, line.is_picked, self.recalled) = (at, true, None);
        self.typed = Some(before);
        if is_only {
            self.begin_again(app, line);
        }
    }
}

impl PromptKind for Palette {
    fn label(&self, _: &Line) -> &'static str {
        ":"
    }

    /// What Enter would run, and how one chooses.
    fn hints(&self, app: &App, line: &Line) -> Vec<Notice> {
        let shown = self.shown(app, line);
        let accept = |words: String| Notice::new("").hint(Command::Accept, words);
        let choose = |words: String| Notice::new(words).hint(Command::Complete, "chooses");
        if let Some(argument) = shown.argument {
            return hints_about_argument(app, &shown, argument);
        }
        match (&shown.meaning, shown.row()) {
            (_, Some(Row::Command(entry))) => {
                let follows = Argument::of(entry.name).map(|argument| {
                    accept(entry.name.to_owned()).hint(Command::Complete, format!("{} …", argument.noun))
                });
                follows.into_iter().chain([accept(entry.name.to_owned())]).collect()
            }
            (Meaning::Row(_) | Meaning::Percent(_), _) => vec![accept("goes there".to_owned())],
            (Meaning::Several(entries), _) => vec![choose(format!("{} matches", entries.len()))],
            (Meaning::Command(entry, given), _) if !given.is_empty() && Argument::of(entry.name).is_none() => {
                vec![takes_none(entry)]
            }
            (Meaning::Unknown, _) if !shown.rows.is_empty() => vec![choose("no matching name".to_owned())],
            (Meaning::Unknown, _) => vec![Notice::new("no such command")],
            (Meaning::Saving, _) => vec![Notice::new(":q quits")],
            _ => vec![choose("a name or a row".to_owned())],
        }
    }

    fn choices(&self, app: &App, line: &Line) -> Option<Choices> {
        let shown = self.shown(app, line);
        let none = match (&shown.meaning, shown.argument) {
            (Meaning::Row(row), _) => format!("go to row {row}").into(),
            (Meaning::Percent(percent), _) => format!("go {percent} % of the way").into(),
            (Meaning::Saving, _) => "there is no need to save".into(),
            (_, Some(argument)) => argument.none.into(),
            _ => "no commands match".into(),
        };
        Some(Choices {
            title: shown.argument.map_or("Commands", |argument| argument.title),
            rows: shown.rows.iter().map(Row::shown).collect(),
            chosen: shown.chosen,
            none,
            is_about_quotation: false,
        })
    }

    fn changed(&mut self, app: &mut App, line: &mut Line) -> Then {
        self.recalled = None;
        self.begin_again(app, line);
        Self::try_theme(app, line);
        Then::Stay
    }

    /// The arrow keys choose a row; up from an empty line, or from an earlier one, they lead to earlier lines.
    fn choose(&mut self, app: &mut App, line: &mut Line, command: Command, count: usize) -> bool {
        let is_history = self.recalled.is_some() || (command == Command::Up && line.typed().is_empty());
        match command {
            Command::Up if is_history => self.recall(app, line, Direction::Backward),
            Command::Down if is_history => self.recall(app, line, Direction::Forward),
            _ => {
                self.pick(app, line, command, count);
                Self::try_theme(app, line);
                true
            }
        }
    }

    /// The next row, or the one before.
    fn complete(&mut self, app: &mut App, line: &mut Line, direction: Direction) -> bool {
        let step = if direction == Direction::Forward { Command::Down } else { Command::Up };
        self.pick(app, line, step, 1);
        Self::try_theme(app, line);
        true
    }

    /// The line before, or after; past the last, what had been typed.
    fn recall(&mut self, app: &mut App, line: &mut Line, direction: Direction) -> bool {
        let kept = app.command_lines();
        let Recalled { at, typed } = self.recalled.take().unwrap_or_else(|| Recalled {
            at: kept.len(),
            typed: self.typed.take().unwrap_or_else(|| line.typed().to_owned()),
        });
        let at = if direction == Direction::Backward { at.saturating_sub(1) } else { at + 1 }.min(kept.len());
        line.put(kept.get(at).copied().unwrap_or(&typed));
        self.begin_again(app, line);
        self.recalled = (at < kept.len()).then_some(Recalled { at, typed });
        Self::try_theme(app, line);
        true
    }

    /// Runs the line. Where several commands fit, the choice stays with the user.
    fn accept(&mut self, app: &mut App, line: &mut Line) -> Then {
        if !line.is_picked {
            let shown = self.shown(app, line);
            let is_open = match shown.meaning {
                Meaning::Several(_) => true,
                Meaning::Unknown => !shown.rows.is_empty(),
                _ => false,
            };
            if is_open {
                return Then::Stay;
            }
        }
        app.try_theme(None);
        app.keep_command_line(line.typed());
        if let Err(why) = app.run_line(line.typed()) {
            app.show_message(why);
        }
        Then::Close
    }
}

/// What Enter would do with an argument, or what is wrong with it.
fn hints_about_argument(app: &App, shown: &Shown<'_>, argument: &Argument) -> Vec<Notice> {
    let Meaning::Command(entry, given) = &shown.meaning else { return Vec::new() };
    let choose = |words: String| Notice::new(words).hint(Command::Complete, "chooses");
    if let Some(Row::Word(command, word)) = shown.row() {
        return vec![
            Notice::new("").hint(Command::Accept, format!("{command} {}", word.name)),
            Notice::new("").hint(Command::Accept, *command),
        ];
    }
    if given.is_empty() && !shown.rows.is_empty() {
        return vec![choose(argument.title.to_lowercase())];
    }
    if !argument.is_text() {
        let all = argument.candidates(app, "");
        return match word_meant(argument.noun, &all, given) {
            Err(_) if shown.rows.len() == 1 => vec![choose("1 match".to_owned())],
            Err(_) if !shown.rows.is_empty() => vec![choose(format!("{} matches", shown.rows.len()))],
            Err(why) => vec![why],
            Ok(_) => Vec::new(),
        };
    }
    let offered = shown.rows.first().map(Row::shown).map(|row| Notice::new("").hint(Command::Complete, row.name));
    let line = format!("{} {given}", entry.name);
    let run = [line.clone(), entry.name.to_owned()].map(|words| Notice::new("").hint(Command::Accept, words));
    offered.map(|offered| offered.hint(Command::Accept, line)).into_iter().chain(run).collect()
}

/// Asks for the name of a command, with this in the line already.
pub(in crate::app) fn open(app: &mut App, typed: &str) {
    let mut palette = Palette::default();
    palette.look_up(app, typed);
    app.ask_for(palette, typed);
}
