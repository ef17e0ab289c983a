//! The configuration: a file in which the user says what options and keys are.
//!
//! Accepts the text of `config.toml`; returns the options that it sets, the keymap with its keys, and what is wrong in it,
//! each with line and column. What is right holds whatever else is wrong. It never knows what an option or a command does.

mod commands;
mod file;
mod keys;
mod legible;
mod logins;
pub mod palettes;
mod place;
mod printed;
mod problem;
mod rules;
mod sites;
mod table;
mod theme;
mod theme_files;

use toml::de::{DeTable, DeValue};

use crate::app::{OptionSpec, OptionValues, OwnCommands};
use crate::article::{FieldMap, InputRules, SiteRule};
use crate::keymap::Keymap;
use crate::user::{Login, Retention, Rule};
use place::Source;
use table::{Entry, entries};

pub use file::{ConfigError, ConfigFile, default_path, load, themes_folder};
pub use legible::{Faint, faint_roles};
pub use printed::printed;
pub use problem::Problem;
pub use theme::{Role, RoleStyle, ThemeColor, ThemeColors};
pub use theme_files::{ThemeFile, ThemeFiles, ThemeProblem};

/// What a configuration says.
#[derive(Debug, Clone, Default)]
pub struct Config {
    /// The options that it sets.
    pub options: OptionValues,
    /// The rules that hold, in order.
    pub rules: Vec<Rule>,
    /// The logins that hold, in order.
    pub logins: Vec<Login>,
    /// How records of files are read.
    pub fields: FieldMap,
    /// The rules for pages of sites, in order.
    pub sites: Vec<SiteRule>,
    /// The commands that hold.
    pub commands: OwnCommands,
    /// The keys, changed as it says.
    pub keymap: Keymap,
    /// What is wrong in it, in the order of its lines.
    pub problems: Vec<Problem>,
}

impl Config {
    /// By which rules inputs are read.
    pub fn input_rules(&self) -> InputRules {
        InputRules { fields: self.fields.clone(), sites: self.sites.as_slice().into() }
    }

    /// How long articles of feeds are kept.
    pub fn retention(&self) -> Retention {
        self.options.get("keep").and_then(|keep| Retention::parse(keep).ok()).unwrap_or_default()
    }

    /// How a command without a screen tells of articles of which rules notify.
    pub fn notify_ways(&self) -> &str {
        let default = OptionSpec::named("notify").map_or("", |option| option.default);
        self.options.get("notify").map_or(default, String::as_str)
    }

    /// Reads a configuration. Of a line that is no TOML, and of what cannot hold, nothing is taken over.
    pub fn parse(text: &str) -> Self {
        Self::parse_with(text, &ThemeFiles::default())
    }

    /// Reads a configuration beside which there are these themes.
    pub fn parse_with(text: &str, themes: &ThemeFiles) -> Self {
        let (table, errors) = DeTable::parse_recoverable(text);
        let mut source = Source::of(text);
        let is_whole = errors.is_empty();
        for error in errors {
            source.add_error(&error);
        }
        let mut options = OptionValues::new();
        let (mut keys, mut rules, mut logins, mut own) = (Vec::new(), Vec::new(), Vec::new(), OwnCommands::default());
        let (mut fields, mut sites) = (FieldMap::default(), Vec::new());
        for entry in entries(table.get_ref(), &source) {
            match OptionSpec::named(entry.name) {
                _ if entry.name == "keys" => keys = keys::changes(&entry, &mut source),
                _ if entry.name == "commands" => own.named = commands::commands(&entry, &mut source),
                _ if entry.name.replace('-', "_") == "notify_command" => {
                    own.notify = commands::notify(&entry, &mut source);
                }
                _ if entry.name == "fields" => match field_map(&entry) {
                    Ok(map) => fields = map,
                    Err(why) => source.problem(&entry.value_span(), why),
                },
                _ if entry.name == "rule" => rules = rules::rules(&entry, &mut source),
                _ if entry.name == "site" => sites = sites::sites(&entry, &mut source),
                _ if entry.name == "login" => logins = logins::logins(&entry, &mut source),
                Some(option) => match value_of(option, &entry, &source) {
                    Ok(value) => {
                        if let Some(why) = themes.missing(&value).filter(|_| option.name == "theme") {
                            source.problem(&entry.value_span(), why);
                        }
                        options.insert(option.name, value);
                    }
                    Err(why) => source.problem(&entry.value_span(), why),
                },
                None => {
                    let why = if entry.value.is_table() {
                        table::unknown("section", entry.name, ["commands", "keys", "login", "rule", "site"])
                    } else {
                        OptionSpec::unknown(entry.name)
                    };
                    source.problem(&entry.name_span(), why);
                }
            }
        }
        if is_whole {
            // Else a table that is there twice may be missing.
            keys::check_own(&keys, &own.named, &mut source);
        }
        let keymap = keys::keymap(&keys, &mut source);
        Self { options, rules, logins, fields, sites, commands: own, keymap, problems: source.into_problems() }
    }

    /// What is wrong, in a line: the first problem, and how many more there are.
    pub fn summary(&self) -> Option<String> {
        let mut wrong = self.problems.iter().filter(|problem| !problem.is_warning);
        let first = wrong.next()?;
        Some(match wrong.count() {
            0 => first.to_string(),
            more => format!("{first} · {more} more"),
        })
    }
}

/// Which fields of records are which parts of an article.
fn field_map(entry: &Entry<'_, '_>) -> Result<FieldMap, String> {
    match entry.value {
        DeValue::String(written) => FieldMap::parse(written),
        _ => Err("fields is a text, such as \"title=headline.main,text=body\"".to_owned()),
    }
}

/// The value of an option, as the option writes it.
fn value_of(option: &OptionSpec, entry: &Entry<'_, '_>, source: &Source<'_>) -> Result<String, String> {
    use crate::app::OptionKind as K;
    use toml::de::DeValue as V;
    let written = match (option.kind, entry.value) {
        (K::Words(_) | K::Theme(_) | K::NumberOr(..) | K::Retention, V::String(word)) => word.to_string(),
        (K::Number(..) | K::NumberOr(..) | K::Retention, V::Integer(number)) => number.to_string(),
        (K::Switch, V::Boolean(is_on)) => is_on.to_string(),
        (K::Text(..), V::String(words)) => words.to_string(),
        (K::List(_), V::Array(all)) if strings(all).is_some() => strings(all).unwrap_or_default().join(","),
        (K::Paths, V::Array(all)) if strings(all).is_some_and(|all| all.iter().any(|path| path.trim().is_empty())) => {
            return Err(format!("a path of {} is empty", entry.name));
        }
        (K::Paths, V::Array(all)) if strings(all).is_some() => strings(all).unwrap_or_default().join("\n"),
        _ => {
            let written = crate::text::shorten(source.written(&entry.value_span()), 40);
            return Err(format!("{} is {}, not {written}", entry.name, option.values()));
        }
    };
    // As the file writes it.
    option.value(&written).map_err(|wrong| wrong.replacen(option.name, entry.name, 1))
}

/// What stands in an array of nothing but strings, each of one line.
fn strings<'a>(all: &'a [toml::Spanned<DeValue<'_>>]) -> Option<Vec<&'a str>> {
    all.iter().map(|one| one.get_ref().as_str().filter(|words| !words.contains('\n'))).collect()
}

#[cfg(test)]
mod tests;
