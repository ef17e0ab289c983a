//! The logins: `[[login]]`, with `at`, `user` and `password_command`.

use toml::de::DeValue;
use url::Url;

use super::place::Source;
use super::table::{Entry, entries, unknown};
use crate::user::Login;

/// What a login consists of.
const PARTS: [&str; 3] = ["at", "user", "password_command"];

/// The logins that hold, in order; what is wrong with the others is noted.
pub(super) fn logins(entry: &Entry<'_, '_>, source: &mut Source<'_>) -> Vec<Login> {
    const SHAPE: &str = "a login begins with [[login]], in two brackets";
    let DeValue::Array(all) = entry.value else {
        source.problem(&entry.name_span(), SHAPE);
        return Vec::new();
    };
    let mut logins: Vec<Login> = Vec::new();
    for one in all {
        let DeValue::Table(table) = one.get_ref() else {
            source.problem(&one.span(), SHAPE);
            continue;
        };
        let mut parts = [const { None }; 3];
        for part in entries(table, source) {
            match PARTS.iter().position(|name| *name == part.name) {
                Some(at) => parts[at] = Some(part),
                None => source.problem(&part.name_span(), unknown("part of a login", part.name, PARTS)),
            }
        }
        let [Some(at), Some(user), Some(command)] = parts else {
            let why =
                "a login needs at = \"https://…\", user = \"…\" and password_command = [\"pass\", \"show\", \"wire\"]";
            source.problem(&one.span(), why);
            continue;
        };
        let (user, command) = (user_name(&user, source), command_words(&command, source));
        let Some(url) = address(&at, source) else { continue };
        let (Some(user), Some(command)) = (user, command) else { continue };
        match Login::new(url, user, command) {
            Ok(login) if logins.iter().any(|other| other.shares_place(&login)) => {
                source.problem(&at.value_span(), "there is a login for this place above: one holds for each");
            }
            Ok(login) => logins.push(login),
            Err(why) => source.problem(&at.value_span(), why),
        }
    }
    logins
}

fn address(at: &Entry<'_, '_>, source: &mut Source<'_>) -> Option<Url> {
    let url = at.value.as_str().and_then(|written| Url::parse(written).ok()).filter(Url::has_host);
    if url.is_none() {
        source.problem(&at.value_span(), "at is an address such as \"https://wire.example/feeds/\"");
    }
    url
}

/// A colon would end it where it is sent (RFC 7617 §2).
fn user_name(user: &Entry<'_, '_>, source: &mut Source<'_>) -> Option<String> {
    let is_name = |name: &&str| !name.is_empty() && !name.contains(':') && !name.contains(char::is_control);
    let name = user.value.as_str().filter(is_name).map(str::to_owned);
    if name.is_none() {
        source.problem(&user.value_span(), "user is a name in quotes, without a colon, such as \"anna\"");
    }
    name
}

/// A program with its arguments: a list, or words as a shell parts them. No shell is asked.
fn command_words(command: &Entry<'_, '_>, source: &mut Source<'_>) -> Option<Vec<String>> {
    let words: Option<Vec<String>> = match command.value {
        DeValue::String(line) => shell_words::split(line).ok(),
        DeValue::Array(all) => all.iter().map(|one| one.get_ref().as_str().map(str::to_owned)).collect(),
        _ => None,
    };
    let is_command = |words: &Vec<String>| {
        words.first().is_some_and(|program| !program.is_empty()) && !words.iter().any(|word| word.contains('\0'))
    };
    let words = words.filter(is_command);
    if words.is_none() {
        let why = "password_command is a list of a program and its arguments, such as [\"pass\", \"show\", \"wire\"]";
        source.problem(&command.value_span(), why);
    }
    words
}
