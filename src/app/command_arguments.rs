//! The commands that take an argument after `:`: what it is, what it could become, and what is done with it.
//!
//! A command that takes one is a row of [`TABLE`]. Without its argument it does what its key does: it asks, in a prompt of
//! its own or by showing the words that there are.

use super::candidate::Word;
use super::feed_lists;
use super::option_values::Assignment;
use super::options::OptionSpec;
use super::programs;
use super::prompts::{export, pipe, search, tag};
use super::views::{help, results};
use super::{App, Notice, matching};
use crate::export::Format;
use crate::text::{counted, fold, nearest, shorten};

/// How much of a wrong argument a message repeats, in cells.
pub(super) const LONGEST_SHOWN: usize = 40;

/// What a command takes after its name.
pub(super) struct Argument {
    /// The names of the commands that take it.
    commands: &'static [&'static str],
    /// What it is, as messages name it: "theme", "tag".
    pub noun: &'static str,
    /// What the list of candidates is called.
    pub title: &'static str,
    /// What is shown where there are no candidates.
    pub none: &'static str,
    pub kind: ArgumentKind,
    /// Does what the command does with it; returns what is wrong with it, and then has done nothing.
    pub run: fn(&mut App, &str) -> Result<(), Notice>,
}

/// What is accepted, and what is offered.
pub(super) enum ArgumentKind {
    /// One of these words, or the beginning of only one.
    Words(fn(&App) -> Vec<Word>),
    /// Any text. What is offered is what the text so far could become.
    Text(fn(&App, &str) -> Vec<Word>),
}

/// The commands that take an argument.
const TABLE: &[Argument] = &[
    Argument {
        commands: &["theme"],
        noun: "theme",
        title: "Themes",
        none: "no such theme",
        kind: ArgumentKind::Words(themes),
        run: choose_theme,
    },
    Argument {
        commands: &["sort"],
        noun: "order",
        title: "Orders",
        none: "no such order here",
        kind: ArgumentKind::Words(App::orders_here),
        run: App::sort_line,
    },
    Argument {
        commands: &["tag"],
        noun: "tag",
        title: "Tags",
        none: "a word: budget, to-call, …",
        kind: ArgumentKind::Text(tags),
        run: |app, typed| tag::turn_here(app, unquoted(typed)),
    },
    Argument {
        commands: &["search", "search-all"],
        noun: "search",
        title: "Search",
        none: "words  “a phrase”  speaker:name  -not",
        kind: ArgumentKind::Text(searches),
        run: results::search_line,
    },
    Argument {
        commands: &["export"],
        noun: "format",
        title: "Formats",
        none: "the name of a file: kim.md, ~/notes/kim.csv",
        kind: ArgumentKind::Text(formats),
        run: export_line,
    },
    Argument {
        commands: &["pipe"],
        noun: "command",
        title: "Pipe",
        none: "a program with its arguments: wc -w  -m Markdown  -j JSON  -q the quotation",
        kind: ArgumentKind::Text(|_, _| Vec::new()),
        run: programs::pipe_line,
    },
    Argument {
        commands: &["run"],
        noun: "command",
        title: "Commands",
        none: "the configuration has no such command",
        kind: ArgumentKind::Words(own_commands),
        run: run_command,
    },
    Argument {
        commands: &["save"],
        noun: "file",
        title: "Save",
        none: "the name of a file: bridge.md, ~/notes/bridge.txt",
        kind: ArgumentKind::Text(|_, _| Vec::new()),
        run: |app, typed| programs::save_line(app, unquoted(typed)),
    },
    Argument {
        commands: &["import-feeds"],
        noun: "file",
        title: "Import feeds",
        none: "the name of a file: feeds.opml, ~/.newsboat/urls",
        kind: ArgumentKind::Text(|_, _| Vec::new()),
        run: |app, typed| feed_lists::import_line(app, unquoted(typed)),
    },
    Argument {
        commands: &["export-feeds"],
        noun: "file",
        title: "Export feeds",
        none: "the name of a file: feeds.opml, ~/feeds.opml",
        kind: ArgumentKind::Text(|_, _| Vec::new()),
        run: |app, typed| feed_lists::export_line(app, unquoted(typed), false),
    },
    Argument {
        commands: &["overwrite-feeds"],
        noun: "file",
        title: "Export feeds",
        none: "the name of the file that is to be overwritten",
        kind: ArgumentKind::Text(|_, _| Vec::new()),
        run: |app, typed| feed_lists::export_line(app, unquoted(typed), true),
    },
    Argument {
        commands: &["set"],
        noun: "option",
        title: "Options",
        none: "no such option",
        kind: ArgumentKind::Text(App::set_candidates),
        run: App::set_line,
    },
    Argument {
        commands: &["help"],
        noun: "word",
        title: "Help",
        none: "no command has these words",
        kind: ArgumentKind::Text(topics),
        run: help_line,
    },
];

/// Whether the command with this name takes an argument.
pub fn takes_argument(name: &str) -> bool {
    Argument::of(name).is_some()
}

/// What is wrong with the argument of a command wherever that is given, if anything is.
pub fn argument_problem(command: &str, argument: &str) -> Option<String> {
    let argument = unquoted(argument);
    let problem = |option: &str| OptionSpec::named(option)?.value(&as_word(argument)).err();
    match command {
        "theme" => problem("theme"),
        "sort" => {
            // Of the list, of the speakers of the library, of what one of them said.
            let problems = ["people-order", "timeline-order", "order"].map(problem);
            problems.iter().all(Option::is_some).then(|| problems.into_iter().flatten().next_back()).flatten()
        }
        "set" => Assignment::parse(argument).err(),
        "pipe" => pipe::Piping::parse(argument).err(),
        _ => None,
    }
}

impl Argument {
    /// What the command of this name takes.
    pub fn of(command: &str) -> Option<&'static Self> {
        TABLE.iter().find(|argument| argument.commands.contains(&command))
    }

    /// The first of the commands that take it.
    pub fn usual_command(&self) -> &'static str {
        self.commands.first().copied().unwrap_or_default()
    }

    /// Whether any text is accepted.
    pub const fn is_text(&self) -> bool {
        matches!(self.kind, ArgumentKind::Text(_))
    }

    /// What `typed` could become.
    pub fn candidates(&self, app: &App, typed: &str) -> Vec<Word> {
        match self.kind {
            ArgumentKind::Text(candidates) => candidates(app, typed),
            ArgumentKind::Words(words) => {
                let wanted = as_word(typed);
                let mut fitting: Vec<_> =
                    words(app).into_iter().filter(|word| fold(&word.name).contains(&wanted)).collect();
                fitting.sort_by_key(|word| (fold(&word.name) != wanted, !fold(&word.name).starts_with(&wanted)));
                fitting
            }
        }
    }
}

/// The name of a command, and the word after it, where they are written as one name, as commands once were: `theme-dark`.
pub(super) fn joined(app: &App, name: &str) -> Option<(&'static str, String)> {
    let rows = TABLE.iter().flat_map(|argument| argument.commands.iter().map(move |&command| (argument, command)));
    let mut split = rows.filter_map(|(argument, command)| {
        let ArgumentKind::Words(words) = argument.kind else { return None };
        let word = name.strip_prefix(command)?.strip_prefix('-')?;
        words(app).iter().any(|known| known.name == word).then(|| (command, word.to_owned()))
    });
    split.next()
}

/// An argument as words are written: lower case, hyphens between them, no quotation marks around.
fn as_word(typed: &str) -> String {
    fold(unquoted(typed)).split_whitespace().collect::<Vec<_>>().join("-")
}

/// The word that is meant by `typed`: the one of this name, or the only one that begins so; else what is wrong.
pub(super) fn word_meant<'a>(noun: &str, words: &'a [Word], typed: &str) -> Result<&'a str, Notice> {
    let wanted = as_word(typed);
    let names = || words.iter().map(|word| word.name.as_str());
    if let Some(name) = names().find(|name| fold(name) == wanted) {
        return Ok(name);
    }
    let beginning: Vec<_> = names().filter(|name| fold(name).starts_with(&wanted)).collect();
    let shown = shorten(typed.trim(), LONGEST_SHOWN);
    match beginning.as_slice() {
        [name] => Ok(name),
        [] => Err(match nearest(&wanted, names()) {
            Some(name) => format!("No {noun} “{shown}” · did you mean {name}?"),
            None => format!("No {noun} “{shown}” · {}", listed(&names().collect::<Vec<_>>())),
        }
        .into()),
        several => Err(format!("“{shown}” could be {}", listed(several)).into()),
    }
}

/// "one, two or three".
pub(super) fn listed(names: &[&str]) -> String {
    match names.split_last() {
        Some((last, others)) if !others.is_empty() => format!("{} or {last}", others.join(", ")),
        Some((last, _)) => (*last).to_owned(),
        None => "there is none here".to_owned(),
    }
}

/// A text without the quotation marks that stand around the whole of it.
fn unquoted(typed: &str) -> &str {
    const PAIRS: [(char, char); 5] = [('"', '"'), ('\'', '\''), ('“', '”'), ('‘', '’'), ('«', '»')];
    let typed = typed.trim();
    let inside = |(open, close)| typed.strip_prefix(open)?.strip_suffix(close);
    PAIRS.into_iter().find_map(inside).map_or(typed, str::trim)
}

/// The commands of the configuration.
fn own_commands(app: &App) -> Vec<Word> {
    app.own_commands.named.iter().map(|command| Word::new(command.name.clone(), command.words.join(" "))).collect()
}

fn run_command(app: &mut App, typed: &str) -> Result<(), Notice> {
    let words = own_commands(app);
    if words.is_empty() {
        return Err(programs::NO_COMMANDS.into());
    }
    programs::run_own(app, word_meant("command", &words, typed)?)
}

fn themes(app: &App) -> Vec<Word> {
    let auto = Word::new("auto", "the terminal's own colours, on whatever background it has");
    std::iter::once(auto).chain(app.known_themes().map(|(name, about)| Word::new(name, about))).collect()
}

/// The theme whose whole name is the argument of a command that would set it.
pub(super) fn theme_typed(app: &App, command: &str, argument: &str) -> Option<String> {
    let typed = match command {
        "theme" => argument,
        "set" => argument.split_once('=').filter(|(option, _)| option.trim() == "theme")?.1,
        _ => return None,
    };
    let wanted = as_word(typed);
    app.known_themes().find(|(name, _)| fold(name) == wanted).map(|(name, _)| name.to_owned())
}

fn choose_theme(app: &mut App, typed: &str) -> Result<(), Notice> {
    let words = themes(app);
    app.change_theme(word_meant("theme", &words, typed)?);
    Ok(())
}

fn tags(app: &App, typed: &str) -> Vec<Word> {
    let tagged = &app.user.state().tags;
    let word = |(name, is_set): (String, bool)| {
        let count = tagged.get(&name).map_or(0, std::collections::BTreeSet::len);
        let does = if is_set { "removes it here".to_owned() } else { counted(count, "article") };
        Word { mark: if is_set { "✓" } else { " " }, name, does, goes_on: false }
    };
    tag::known_here(app, typed).into_iter().map(word).collect()
}

fn searches(app: &App, typed: &str) -> Vec<Word> {
    let word = |name: String| Word { goes_on: name.ends_with(':'), name, ..Word::default() };
    search::completed(app, typed).into_iter().filter(|name| name != typed).map(word).collect()
}

/// The formats, until one is typed; then a file is to follow: the usual one, or any other.
fn formats(app: &App, typed: &str) -> Vec<Word> {
    if typed.contains(char::is_whitespace) {
        return Vec::new();
    }
    let word = |&(format, name, does): &(Format, &str, &str)| Word {
        goes_on: true,
        ..Word::new(format.name(), format!("{name}, {does}"))
    };
    let wanted = fold(typed);
    let named = export::formats_here(app).iter().find(|(format, ..)| format.name() == wanted);
    if let Some(&(format, _, does)) = named {
        let file = export::usual_file(app, format);
        return file.map(|file| Word::new(format!("{wanted} {file}"), does)).into_iter().collect();
    }
    export::formats_here(app).iter().map(word).filter(|word| word.name.starts_with(&wanted)).collect()
}

/// A format and a file; a file alone is in the format that its name ends in.
fn export_line(app: &mut App, typed: &str) -> Result<(), Notice> {
    let words: Vec<Word> = export::formats_here(app).iter().map(|(format, ..)| Word::new(format.name(), "")).collect();
    let (first, file) = typed.split_once(char::is_whitespace).unwrap_or((typed, ""));
    let format = match word_meant("format", &words, first) {
        Err(why) => {
            let whole = unquoted(typed);
            let ending = whole.rsplit_once('.').map(|(_, ending)| fold(ending));
            let known = words.iter().find(|word| Some(&word.name) == ending.as_ref());
            let (Some(known), true) = (known, file.is_empty() || whole != typed.trim()) else { return Err(why) };
            return write_file(app, whole, &known.name);
        }
        Ok(format) => format.to_owned(),
    };
    write_file(app, unquoted(file), &format)
}

fn write_file(app: &mut App, file: &str, format: &str) -> Result<(), Notice> {
    let Some(known) = Format::named(format) else { return Ok(()) };
    if file.is_empty() {
        let usual = export::usual_file(app, known).unwrap_or_else(|| format!("notes.{}", known.extension()));
        return Err(format!("A file is missing: export {format} {usual}").into());
    }
    if file.ends_with('/') || file == "~" {
        return Err(format!("{file} is a folder: name a file in it").into());
    }
    export::export_to(app, file, known)
}

/// Commands whose help has these words.
fn topics(app: &App, typed: &str) -> Vec<Word> {
    let wanted = unquoted(typed);
    let mut entries: Vec<_> = matching(&app.help, wanted).filter(|entry| !entry.name.is_empty()).collect();
    entries.sort_by_key(|entry| (entry.name != wanted, !entry.name.starts_with(wanted)));
    entries.into_iter().map(|entry| Word::new(entry.name, entry.does.clone())).collect()
}

fn help_line(app: &mut App, typed: &str) -> Result<(), Notice> {
    let words = unquoted(typed);
    if matching(&app.help, words).next().is_none() {
        let near = nearest(&as_word(words), app.help.iter().map(|entry| entry.name).filter(|name| !name.is_empty()));
        let near = near.map_or_else(String::new, |name| format!(" · did you mean {name}?"));
        let words = shorten(words, LONGEST_SHOWN);
        return Err(format!("The help has nothing about “{words}”{near}").into());
    }
    help::open_about(app, words);
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn word_is_known_by_its_name_or_an_unambiguous_beginning() {
        let words: Vec<_> = ["safe", "safe-light", "dark"].map(|name| Word::new(name, "")).into();
        for (typed, meant) in [
            ("safe", "safe"),
            ("SAFE light", "safe-light"),
            ("“dark”", "dark"),
            ("'dark'", "dark"),
            ("d", "dark"),
            ("ｄａｒｋ", "dark"),
        ] {
            assert_eq!(word_meant("theme", &words, typed), Ok(meant), "{typed}");
        }
        for (typed, why) in [
            ("sa", "“sa” could be safe or safe-light"),
            ("drak", "No theme “drak” · did you mean dark?"),
            ("blue", "No theme “blue” · safe, safe-light or dark"),
        ] {
            assert_eq!(word_meant("theme", &words, typed), Err(why.into()), "{typed}");
        }
        assert_eq!(word_meant("order", &[], "x"), Err("No order “x” · there is none here".into()));
    }

    #[test]
    fn commands_stand_in_the_table_once() {
        let mut names: Vec<_> = TABLE.iter().flat_map(|argument| argument.commands).collect();
        names.sort_unstable();
        let all = names.len();
        names.dedup();
        assert_eq!(names.len(), all);
    }
}
