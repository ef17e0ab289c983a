//! The tables of keys: `[keys.list]`, in which `"g u" = "toggle-read"`.

use std::collections::BTreeSet;
use std::ops::Range;
use std::sync::{Mutex, PoisonError};

use toml::de::{DeTable, DeValue};

use super::place::Source;
use super::table::{Entry, entries, unknown};
use crate::app::{Command, Layer, Layers, OptionSpec, OwnCommand, argument_problem, takes_argument};
use crate::keymap::{
    ALIASES, Clash, Key, KeyChange, KeySequence, Keymap, command_name, command_named, command_names, works_in,
};

/// The name of the table of keys that hold wherever nobody types.
const EVERY_VIEW: &str = "all";

/// The keys of other programs, by the names of these; the first has the default keys.
const PRESETS: [(&str, &str); 2] = [("vim", ""), ("newsboat", include_str!("presets/newsboat.toml"))];

/// A change of the keys, and where it is written.
pub(super) struct Written {
    change: KeyChange,
    span: Range<usize>,
}

/// The changes of the keys that an entry `keys` holds: those of the preset, those of all views, those of each view.
pub(super) fn changes(keys: &Entry<'_, '_>, source: &mut Source<'_>) -> Vec<Written> {
    let DeValue::Table(table) = keys.value else {
        source.problem(&keys.name_span(), "keys stand in tables, such as [keys.list]");
        return Vec::new();
    };
    let (mut preset, mut all, mut views) = (Vec::new(), Vec::new(), Vec::new());
    for entry in entries(table, source) {
        match (entry.name, entry.value) {
            ("preset", value) => preset = preset_changes(value.as_str(), &entry, source),
            (name, DeValue::Table(bound)) if name == EVERY_VIEW => {
                let layers: Vec<_> = Layer::all().filter(|&layer| layer != Layer::Prompt).collect();
                all.extend(bindings(Layers::of(&layers), layers[0], bound, source));
            }
            (name, DeValue::Table(bound)) => {
                if let Some(layer) = Layer::named(name) {
                    views.extend(bindings(Layers::of(&[layer]), layer, bound, source));
                } else {
                    let known = Layer::NAMES.iter().map(|(name, _)| *name).chain([EVERY_VIEW]);
                    source.problem(&entry.name_span(), unknown("view", name, known));
                }
            }
            (name, _) => {
                let why = format!("“{name}” is no table: the keys of a view stand under [keys.list], say");
                source.problem(&entry.name_span(), why);
            }
        }
    }
    preset.into_iter().chain(all).chain(views).collect()
}

/// Notes keys that run a command which the configuration does not have.
pub(super) fn check_own(written: &[Written], own: &[OwnCommand], source: &mut Source<'_>) {
    for Written { change, span } in written {
        for command in change.commands.iter() {
            let Command::Line(line) = command else { continue };
            let Some(("run", name)) = line.split_once(char::is_whitespace) else { continue };
            let name = name.trim();
            if !own.iter().any(|command| command.name == name) {
                source.problem(span, unknown("command of [commands]", name, own.iter().map(|own| own.name.as_str())));
            }
        }
    }
}

/// The keymap with these changes; what clashes in them is noted.
pub(super) fn keymap(written: &[Written], source: &mut Source<'_>) -> Keymap {
    let changes: Vec<_> = written.iter().map(|written| written.change.clone()).collect();
    let (keymap, clashes) = Keymap::with_changes(&changes);
    let mut told: Vec<Range<usize>> = Vec::new();
    for clash in clashes {
        // What a preset brings fits itself; what stands in several views is told once.
        let is_longer =
            |written: &&Written| written.change.keys == clash.longer && written.change.layers.contains(clash.layer);
        let Some(place) = written.iter().rev().find(is_longer).map(|written| written.span.clone()) else { continue };
        if place.is_empty() || told.contains(&place) {
            continue;
        }
        let message = clash_message(&clash);
        if clash.is_own {
            source.problem(&place, message);
        } else {
            source.warning(&place, message);
        }
        told.push(place);
    }
    keymap
}

fn clash_message(clash: &Clash) -> String {
    let Clash { layer, keys, commands, longer, .. } = clash;
    let names: Vec<_> = commands.iter().map(|&command| command_name(command)).collect();
    let view = layer.name();
    let (keys, longer, names) = (keys.written(), longer.written(), names.join(", "));
    format!(
        "“{keys}” ({names}) cannot be reached in {view} any more: “{longer}” begins with it · {keys:?} = false says so"
    )
}

/// The keys of another program.
fn preset_changes(name: Option<&str>, entry: &Entry<'_, '_>, source: &mut Source<'_>) -> Vec<Written> {
    let Some((_, text)) = PRESETS.iter().find(|(known, _)| name == Some(known)) else {
        let known = PRESETS.iter().map(|(name, _)| *name);
        let why = match name {
            Some(name) => unknown("preset", name, known),
            None => format!("preset is {}", known.collect::<Vec<_>>().join(" or ")),
        };
        source.problem(&entry.value_span(), why);
        return Vec::new();
    };
    let (table, _) = DeTable::parse_recoverable(text);
    let mut own = Source::of(text);
    let all = entries(table.get_ref(), &own);
    let changes = all.iter().filter(|entry| entry.name == "keys").flat_map(|keys| changes(keys, &mut own));
    let changes: Vec<_> = changes.collect();
    changes.into_iter().map(|written| Written { span: 0..0, ..written }).collect()
}

/// The changes of one table; commands are meant as `layer` has them.
fn bindings(layers: Layers, layer: Layer, table: &DeTable<'_>, source: &mut Source<'_>) -> Vec<Written> {
    let mut written: Vec<Written> = Vec::new();
    for entry in entries(table, source) {
        let span = entry.name_span();
        let keys = match KeySequence::parse(entry.name) {
            Ok(keys) => keys,
            Err(_) if OptionSpec::named(entry.name).is_some() => {
                let why = format!("{} is an option: options stand above the first [table] of the file", entry.name);
                source.problem(&span, why);
                continue;
            }
            Err(why) => {
                source.problem(&span, format!("{why} · keys are written as in “g u”, C-x, A-x, Enter, PgDn, F5"));
                continue;
            }
        };
        let is_letter = keys.first().is_some_and(|key| key.letter().is_some() && !key.ctrl && !key.alt);
        if layer == Layer::Prompt && is_letter {
            source.problem(&span, format!("“{}” is a letter that one types in a prompt", entry.name));
            continue;
        }
        if let Some((sent, is)) = keys.keys().iter().find_map(Key::as_sent) {
            source.problem(&span, format!("terminals send {is} for {sent}: bind that"));
            continue;
        }
        if let Some(earlier) = written.iter().find(|earlier| earlier.change.keys == keys) {
            let line = source.line(earlier.span.start);
            source.problem(&span, format!("“{}” is bound already, in line {line}", entry.name));
            continue;
        }
        if let Some(commands) = commands(&entry, layer, source) {
            let mut idle = commands.iter().filter(|&&command| !works_in(command, layer));
            if let Some(&command) = idle.next().filter(|_| layers == Layers::of(&[layer])) {
                let view = layer.name();
                source.warning(&entry.value_span(), format!("{} does nothing in {view}", command_name(command)));
            }
            written.push(Written { change: KeyChange { layers, keys, commands: commands.into() }, span });
        }
    }
    written
}

/// The commands that a value names: one, several, or none for `false`.
fn commands(entry: &Entry<'_, '_>, layer: Layer, source: &mut Source<'_>) -> Option<Vec<Command>> {
    let names: Vec<(&str, Range<usize>)> = match entry.value {
        DeValue::Boolean(false) => return Some(Vec::new()),
        DeValue::String(name) => vec![(name, entry.value_span())],
        DeValue::Array(all) => {
            let name = |name: &'_ toml::Spanned<DeValue<'_>>| name.get_ref().as_str().map(str::len);
            if all.is_empty() || !all.iter().all(|one| name(one).is_some()) {
                source.problem(&entry.value_span(), "a list of commands holds their names");
                return None;
            }
            all.iter().filter_map(|one| Some((one.get_ref().as_str()?, one.span()))).collect()
        }
        _ => {
            source.problem(&entry.value_span(), "a key has the name of a command, a list of names, or false");
            return None;
        }
    };
    let mut commands = Vec::new();
    for (name, span) in names {
        let name = name.trim().trim_start_matches(':');
        let command = command_named(name, layer).or_else(|| line_of(name, layer));
        if let Some(why) = command.and_then(argument_problem_of) {
            source.problem(&span, why);
            continue;
        }
        if let Some(command) = command {
            commands.push(command);
            continue;
        }
        let first = name.split_whitespace().next().unwrap_or_default();
        let why = if first != name && command_named(first, layer).is_some() {
            format!("{first} takes no argument")
        } else {
            let aliases = ALIASES.iter().flat_map(|(_, aliases)| aliases.iter().copied());
            unknown("command", first, command_names().chain(aliases))
        };
        source.problem(&span, why);
    }
    (!commands.is_empty()).then_some(commands)
}

/// What is wrong with the argument that a command has here.
fn argument_problem_of(command: Command) -> Option<String> {
    let Command::Line(line) = command else { return None };
    let (name, argument) = line.split_once(char::is_whitespace)?;
    argument_problem(command_name(command_named(name, Layer::List)?), argument)
}

/// A command with its argument: "tag budget".
fn line_of(line: &str, layer: Layer) -> Option<Command> {
    /// The lines so far. A command is copied everywhere and outlives its configuration; there are as many as the user writes.
    static LINES: Mutex<BTreeSet<&'static str>> = Mutex::new(BTreeSet::new());
    // What had a name of its own once is a command with an argument now: theme-dark.
    let line = &match line.split_once('-') {
        Some((name @ ("theme" | "sort"), word)) if !line.contains(' ') => format!("{name} {word}"),
        _ => line.to_owned(),
    };
    let (name, _) = line.split_once(char::is_whitespace)?;
    let command = command_named(name, layer)?;
    if !takes_argument(command_name(command)) {
        return None;
    }
    let mut lines = LINES.lock().unwrap_or_else(PoisonError::into_inner);
    let known = lines.get(line.as_str()).copied();
    let line = known.unwrap_or_else(|| Box::leak(line.clone().into_boxed_str()));
    lines.insert(line);
    Some(Command::Line(line))
}
