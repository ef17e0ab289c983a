//! The values of options that are text or lists.

use super::candidate::Word;
use super::{OptionKind, OptionSpec};
use crate::text::{nearest, shorten};

/// How much of a wrong value a message repeats, in cells.
const LONGEST_SHOWN: usize = 40;

/// What stands for an empty list where one is typed.
pub(super) const NONE: &str = "none";

/// The value as the option writes it.
///
/// # Errors
///
/// What is wrong with it.
pub(super) fn value(option: &OptionSpec, typed: &str) -> Result<String, String> {
    match option.kind {
        OptionKind::Text(word, _, check) if typed != word => {
            check(typed).map_err(|why| format!("{}: {why}", option.name))
        }
        OptionKind::List(words) => list(option, words, typed),
        OptionKind::Paths => paths(option, typed),
        _ => Ok(typed.to_owned()),
    }
}

fn list(option: &OptionSpec, words: &[&str], typed: &str) -> Result<String, String> {
    let mut listed: Vec<&str> = Vec::new();
    if matches!(typed, "" | NONE) {
        return Ok(String::new());
    }
    for one in typed.split(',').map(str::trim) {
        let Some(word) = words.iter().find(|word| **word == one) else {
            let shown = shorten(one, LONGEST_SHOWN);
            return Err(match nearest(one, words.iter().copied()) {
                Some(near) => format!("“{shown}” is no part of {} · did you mean {near}?", option.name),
                None => format!("{} is {}, not “{shown}”", option.name, option.values()),
            });
        };
        if listed.contains(word) {
            return Err(format!("{} has {word} twice", option.name));
        }
        listed.push(word);
    }
    Ok(listed.join(","))
}

fn paths(option: &OptionSpec, typed: &str) -> Result<String, String> {
    let mut listed: Vec<&str> = Vec::new();
    for path in typed.split('\n').map(str::trim).filter(|path| !path.is_empty()) {
        if path.chars().any(char::is_control) {
            return Err(format!("a path of {} holds no control characters", option.name));
        }
        if !listed.contains(&path) {
            listed.push(path);
        }
    }
    Ok(listed.join("\n"))
}

/// What the beginning of a list could become: with one more word, or whole.
pub(super) fn candidates(option: &OptionSpec, typed: &str) -> Vec<Word> {
    let OptionKind::List(words) = option.kind else { return Vec::new() };
    let (before, begun) = typed.rsplit_once(',').map_or(("", typed), |(before, begun)| (before, begun));
    let has = |word: &&&str| !before.split(',').any(|known| known.trim() == **word);
    let fits = words.iter().filter(|word| word.starts_with(begun.trim())).filter(has);
    let line = |word: &&str| {
        let comma = if before.is_empty() { "" } else { "," };
        Word::new(format!("{}={before}{comma}{word}", option.name), "")
    };
    fits.map(line).collect()
}

impl OptionSpec {
    /// A value as a message shows it.
    pub(super) fn shown(&self, value: &str) -> String {
        match self.kind {
            OptionKind::List(_) | OptionKind::Paths if value.is_empty() => NONE.to_owned(),
            OptionKind::Paths => value.replace('\n', ", "),
            _ => value.to_owned(),
        }
    }
}

/// What a line after `:set` does with an option.
pub(super) struct Assignment {
    pub option: &'static OptionSpec,
    pub change: Change,
}

/// How it changes.
pub(super) enum Change {
    Set(String),
    TakeBack,
    /// It only asks.
    None,
}

impl Assignment {
    /// Reads `column=80`, `column?`, `column`, `column&`; else says what is wrong.
    pub fn parse(line: &str) -> Result<Self, String> {
        let (name, value) = match line.split_once(['=', ' ']) {
            Some((name, value)) => (name.trim(), Some(value.trim().trim_start_matches('=').trim_start())),
            None => (line.trim(), None),
        };
        let asked = name.trim_end_matches(['?', '&']);
        let option = OptionSpec::named(asked).ok_or_else(|| OptionSpec::unknown(asked))?;
        let change = match value {
            Some(value) => Change::Set(option.value(value)?),
            None if name.ends_with('&') => Change::TakeBack,
            None => Change::None,
        };
        if option.is_for_start && matches!(change, Change::Set(_)) {
            return Err(format!("{} is read at the start: set it in the configuration", option.name));
        }
        Ok(Self { option, change })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn value_of(name: &str, typed: &str) -> Result<String, String> {
        OptionSpec::named(name).unwrap().value(typed)
    }

    #[test]
    fn lists_hold_known_words_once() {
        assert_eq!(value_of("row", " quotations , day").as_deref(), Ok("quotations,day"));
        for empty in ["", "none"] {
            assert_eq!(value_of("row", empty).as_deref(), Ok(""));
        }
        for (typed, why) in [
            ("publishr", "“publishr” is no part of row · did you mean publisher?"),
            ("day,day", "row has day twice"),
            ("day,", "row is a list of day, tags, publisher, speakers, quotations, not “”"),
            ("none,day", "row is a list of day, tags, publisher, speakers, quotations, not “none”"),
        ] {
            assert_eq!(value_of("row", typed), Err(why.to_owned()), "{typed}");
        }
        assert!(value_of("row", &"x".repeat(10_000)).unwrap_err().len() < 200);
    }

    #[test]
    fn forms_are_checked_and_their_word_holds() {
        assert_eq!(value_of("date_format", "auto").as_deref(), Ok("auto"));
        assert_eq!(value_of("date_format", "%d.%m.%Y").as_deref(), Ok("%d.%m.%Y"));
        let why = "date-format: “%Q” is no part of a day, as %-d, %b, %m, %Y are";
        assert_eq!(value_of("date_format", "%Q %d"), Err(why.to_owned()));
        assert!(value_of("time_format", "%d").is_err());
    }
}
