//! Options before the sub-command: `pullquote --library FILE list` is `pullquote list --library FILE`.
//!
//! clap can either refuse every option before a sub-command or take a word after a path for one. So the sub-command is
//! moved to the front before clap reads the arguments; then what conflicts or stands twice is refused wherever it stands.

use std::ffi::OsString;

use clap::error::ErrorKind;
use clap::{Arg, ArgAction, Command};

/// Returns the arguments of a process with the sub-command first, where one is the first word that is no option.
///
/// # Errors
///
/// When an option that only the reader has stands before a sub-command.
pub fn command_first(arguments: Vec<OsString>, command: &mut Command) -> Result<Vec<OsString>, clap::Error> {
    command.build();
    let Some(at) = first_word(&arguments, command).filter(|&at| at > 1) else { return Ok(arguments) };
    let Some(name) = arguments[at].to_str().filter(|name| command.find_subcommand(name).is_some()) else {
        return Ok(arguments);
    };
    // Help accepts the name of a sub-command and nothing else.
    let options = if name == "help" { &[] } else { &arguments[1..at] };
    let of_reader = options.iter().filter_map(|word| option(word, command)).find(|option| !option.is_global_set());
    if let Some(option) = of_reader {
        let option = option.get_long().unwrap_or_default();
        let message = format!("'--{option}' is an option of the reader: '{name}' does not take it");
        return Err(command.error(ErrorKind::ArgumentConflict, message));
    }
    let (program, rest) = (&arguments[..1], &arguments[at + 1..]);
    Ok([program, &arguments[at..=at], options, rest].concat())
}

/// Returns where the first word stands that is neither an option nor its value; none where something stands before it
/// that clap must judge: `--`, an unknown option, a call for help.
fn first_word(arguments: &[OsString], command: &Command) -> Option<usize> {
    let mut at = 1;
    loop {
        let word = arguments.get(at)?;
        if !word.as_encoded_bytes().starts_with(b"-") {
            return Some(at);
        }
        let option = option(word, command)?;
        if matches!(
            option.get_action(),
            ArgAction::Help | ArgAction::HelpLong | ArgAction::HelpShort | ArgAction::Version
        ) {
            return None;
        }
        let has_own_value = word.as_encoded_bytes().contains(&b'=');
        at += if option.get_action().takes_values() && !has_own_value { 2 } else { 1 };
    }
}

/// Returns the option that a word names: `--library` or `--library=FILE`.
fn option<'a>(word: &OsString, command: &'a Command) -> Option<&'a Arg> {
    let name = word.to_string_lossy();
    let name = name.strip_prefix("--")?.split('=').next()?;
    command.get_arguments().find(|argument| argument.get_long() == Some(name))
}
