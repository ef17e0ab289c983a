//! The commands of the user: `[commands]`, with `send = ["prog", "{url}"]`, and `notify_command`.

use toml::de::DeValue;

use super::place::Source;
use super::table::{Entry, entries, unknown};
use crate::app::{OwnCommand, PLACEHOLDERS};
use crate::text::placeholders;
use crate::user::Notification;

/// The commands that hold, in order; what is wrong with the others is noted.
pub(super) fn commands(entry: &Entry<'_, '_>, source: &mut Source<'_>) -> Vec<OwnCommand> {
    let DeValue::Table(table) = entry.value else {
        source.problem(&entry.name_span(), "commands stand in a table: [commands]");
        return Vec::new();
    };
    let mut commands = Vec::new();
    for command in entries(table, source) {
        let is_plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
        if command.name.is_empty() || !command.name.chars().all(is_plain) {
            let why = format!("“{}” is no name of a command: that is small letters, digits and -", command.name);
            source.problem(&command.name_span(), why);
            continue;
        }
        if let Some(words) = words(&command, &PLACEHOLDERS, source) {
            commands.push(OwnCommand { name: command.name.to_owned(), words });
        }
    }
    commands
}

/// The command that is run where a rule notifies; empty where some of it is wrong.
pub(super) fn notify(entry: &Entry<'_, '_>, source: &mut Source<'_>) -> Vec<String> {
    words(entry, &Notification::PLACEHOLDERS, source).unwrap_or_default()
}

/// A program with its arguments, in which these placeholders may stand; nothing where some of it is wrong.
fn words(command: &Entry<'_, '_>, known: &[&'static str], source: &mut Source<'_>) -> Option<Vec<String>> {
    const SHAPE: &str = "a command is a list of a program and its arguments, such as [\"notify-send\", \"{headline}\"]";
    let DeValue::Array(all) = command.value else {
        source.problem(&command.value_span(), SHAPE);
        return None;
    };
    let mut words = Vec::new();
    let mut is_wrong = false;
    for one in all {
        let Some(word) = one.get_ref().as_str().filter(|word| !word.contains('\0')) else {
            source.problem(&one.span(), SHAPE);
            return None;
        };
        for name in placeholders(word).filter(|name| !known.contains(name)) {
            source.problem(&one.span(), unknown("placeholder", name, known.iter().copied()));
            is_wrong = true;
        }
        words.push(word.to_owned());
    }
    match words.first() {
        Some(program) if !program.is_empty() && placeholders(program).next().is_none() => {}
        Some(program) if !program.is_empty() => {
            source.problem(&command.value_span(), "a placeholder cannot stand for the program itself");
            return None;
        }
        _ => {
            source.problem(&command.value_span(), SHAPE);
            return None;
        }
    }
    (!is_wrong).then_some(words)
}
