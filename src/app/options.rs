//! Options: what the user can set, to which values, and who has set it.
//!
//! What holds is, of those that are there: what was changed in this run, the command line, the configuration, what was
//! remembered from earlier runs, the default.

use std::collections::BTreeMap;

use super::candidate::Word;
use super::option_source::OptionSource;
use super::option_values::{Assignment, Change};
use super::theme_choice::{THEME_WORDS, may_name_theme};
use super::{App, Card, Effect, HelpEntry, Notice, ScreenJob};
use super::{date_forms, option_values, row_parts, start};
use crate::text::nearest;
use crate::user::{Retention, UserAction};

/// An option.
#[derive(Debug, Clone, Copy)]
pub struct OptionSpec {
    /// Its name, in the configuration and after `:set`.
    pub name: &'static str,
    /// The name under which the library remembers it; none where it is not remembered.
    remembered_as: Option<&'static str>,
    /// Which values it has.
    pub kind: OptionKind,
    /// The value that it has where nobody sets it.
    pub default: &'static str,
    /// What it is, for the printed configuration.
    pub about: &'static str,
    /// Whether it is read at the start only.
    pub is_for_start: bool,
}

/// Which values an option has.
#[derive(Debug, Clone, Copy)]
pub enum OptionKind {
    /// One of these words.
    Words(&'static [&'static str]),
    /// One of these words, or the name of a theme in a file of the user's.
    Theme(&'static [&'static str]),
    /// A number from the first to the last.
    Number(u32, u32),
    /// A number from the first to the last, or this word.
    NumberOr(&'static str, u32, u32),
    /// `true` or `false`.
    Switch,
    /// Any text that holds, or a word: what it is, in words, and what of it holds or why it does not.
    Text(&'static str, &'static str, fn(&str) -> Result<String, String>),
    /// Some of these words, each once, in the order that the user wants; written with commas between them.
    List(&'static [&'static str]),
    /// Paths; written with ends of lines between them.
    Paths,
    /// For how long, or how many of each feed.
    Retention,
}

/// All options, in the order of the printed configuration.
#[rustfmt::skip]
pub const OPTIONS: &[OptionSpec] = &[
    kept("theme", "theme", OptionKind::Theme(THEME_WORDS), "auto", "the colours; auto takes the terminal's own, and none where NO_COLOR is set; night means themes/night.toml beside this file"),
    kept("signs", "signs", OptionKind::Words(&["unicode", "ascii"]), "unicode", "the signs of the screens: with ascii no rule, bar or mark is more than that, and articles stay as they are"),
    kept("date-format", "date-format", OptionKind::Text(date_forms::AUTO, "a form such as %-d %b %Y or %F", date_forms::day_form), date_forms::AUTO, "how the screens write days; auto writes each as there is room for it"),
    kept("time-format", "time-format", OptionKind::Text(date_forms::OFF, "a form such as %H:%M", date_forms::time_form), date_forms::OFF, "how the head of an article writes the time of day, where it is known"),
    kept("row", "row", OptionKind::List(row_parts::WORDS), row_parts::USUAL, "what stands beside a headline, in this order; the day always on the left"),
    kept("highlight", "lighting", OptionKind::Words(&["speakers", "reported", "quotations", "off"]), "speakers", "what is highlighted in an article: quotations by speaker, also what is reported without quotation marks, quotations all alike, nothing"),
    OptionSpec { remembered_as: None, ..kept("pictures", "", OptionKind::Words(&["never", "ask", "always"]), "ask", "when the pictures of articles are fetched and drawn: never, where one asks for one, those on the screen") },
    kept("column", "text-width", OptionKind::Number(40, 160), COLUMN, "the widest text of an article, in columns of the terminal"),
    kept("layout", "arrangement", OptionKind::Words(&["split", "single"]), "split", "list and article side by side where there is room, or one of them alone"),
    kept("split", "list-width", OptionKind::NumberOr("auto", 28, 160), "auto", "the width of the list beside an article, in columns of the terminal"),
    OptionSpec { remembered_as: None, ..kept("order", "", OptionKind::Words(LIST_ORDERS), "newest", "the order of the headlines of a collection for which none was chosen") },
    kept("people-order", "people-order", OptionKind::Words(&["quotations", "name", "first", "last"]), "quotations", "the order of the speakers of the library"),
    OptionSpec { remembered_as: None, ..kept("timeline-order", "", OptionKind::Words(&["newest", "oldest"]), "newest", "which quotation of a speaker comes first") },
    OptionSpec { remembered_as: None, ..kept("context", "", OptionKind::Words(&["fragments", "all"]), "fragments", "which quotations of a speaker stand in their sentences") },
    at_start("start", OptionKind::Text(start::LIST, "last, unread, starred, clippings, or a collection such as tag:budget, feed:NAME or search:NAME", start::start_value), start::LIST, "what the reader opens at first: the list of all articles, a collection, or where one left off"),
    at_start("folders", OptionKind::Paths, "", "files and folders to read and watch where the command line names none; ~ is the home folder"),
    OptionSpec { remembered_as: None, ..kept("mouse", "", OptionKind::Switch, "true", "whether the mouse is for the program; false leaves it to the terminal") },
    at_start("keep", OptionKind::Retention, "forever", "how long articles of feeds are kept; what is starred, tagged, corrected, marked or clipped stays"),
    OptionSpec { remembered_as: None, ..kept("notify", "", OptionKind::List(&["bell", "osc9", "osc777"]), "bell", "how the terminal tells of an article of which a rule notifies; notify_command runs a program") },
    at_start("refresh-every", OptionKind::NumberOr("never", 1, 10_080), "never", "refresh the feeds that are due, at the start and every so many minutes"),
];

/// The values of `order`.
const LIST_ORDERS: &[&str] = &["newest", "oldest", "publisher", "headline", "most-quoted", "unread", "first-seen"];

/// The default of `column`; a test holds it equal to that of the layout.
const COLUMN: &str = "72";

const fn kept(
    name: &'static str,
    remembered_as: &'static str,
    kind: OptionKind,
    default: &'static str,
    about: &'static str,
) -> OptionSpec {
    OptionSpec { name, remembered_as: Some(remembered_as), kind, default, about, is_for_start: false }
}

const fn at_start(name: &'static str, kind: OptionKind, default: &'static str, about: &'static str) -> OptionSpec {
    OptionSpec { name, remembered_as: None, kind, default, about, is_for_start: true }
}

impl OptionSpec {
    /// The one with this name; hyphens and underscores are the same.
    pub fn named(name: &str) -> Option<&'static Self> {
        let name = name.replace('_', "-");
        OPTIONS.iter().find(|option| option.name == name)
    }

    /// The one that the library remembers under this name.
    fn remembered(name: &str) -> Option<&'static Self> {
        OPTIONS.iter().find(|option| option.remembered_as == Some(name))
    }

    /// The value as the option writes it.
    ///
    /// # Errors
    ///
    /// What is wrong with it, and which values there are.
    pub fn value(&self, typed: &str) -> Result<String, String> {
        let typed = typed.trim();
        if let OptionKind::Text(..) | OptionKind::List(_) | OptionKind::Paths = self.kind {
            return option_values::value(self, typed);
        }
        let number = |least: u32, most: u32| {
            let number = typed.parse::<u32>().ok().filter(|number| (least..=most).contains(number));
            number.map(|number| number.to_string())
        };
        let value = match self.kind {
            OptionKind::Words(words) => words.iter().find(|word| **word == typed).map(|word| (*word).to_owned()),
            OptionKind::Theme(_) => may_name_theme(typed).then(|| typed.to_owned()),
            OptionKind::Number(least, most) => number(least, most),
            OptionKind::NumberOr(word, least, most) => {
                if typed == word {
                    Some(word.to_owned())
                } else {
                    number(least, most)
                }
            }
            OptionKind::Switch => match typed {
                "true" | "on" | "yes" => Some("true".to_owned()),
                "false" | "off" | "no" => Some("false".to_owned()),
                _ => None,
            },
            OptionKind::Retention => return Retention::parse(typed).map(|keep| keep.to_string()),
            OptionKind::Text(..) | OptionKind::List(_) | OptionKind::Paths => None,
        };
        value.ok_or_else(|| {
            let name = self.name;
            let near = match self.kind {
                OptionKind::Words(words) => nearest(typed, words.iter().copied()),
                _ => None,
            };
            match near {
                Some(near) => format!("“{typed}” is no value of {name} · did you mean {near}?"),
                None => format!("{name} is {}, not “{typed}”", self.values()),
            }
        })
    }

    /// Its values, in words: "40 to 160", "split or single".
    pub fn values(&self) -> String {
        match self.kind {
            OptionKind::Words([others @ .., last]) if !others.is_empty() => format!("{} or {last}", others.join(", ")),
            OptionKind::Words(words) => words.concat(),
            OptionKind::Theme(words) => format!("{}, or the name of a theme file", words.join(", ")),
            OptionKind::Number(least, most) => format!("{least} to {most}"),
            OptionKind::NumberOr(word, least, most) => format!("{word}, or {least} to {most}"),
            OptionKind::Switch => "true or false".to_owned(),
            OptionKind::Text(word, about, _) => format!("{word}, or {about}"),
            OptionKind::List(words) => format!("a list of {}", words.join(", ")),
            OptionKind::Paths => "a list of paths".to_owned(),
            OptionKind::Retention => {
                "forever, an age such as 90d or 12w, or a number of articles of each feed".to_owned()
            }
        }
    }

    /// What is said where no option has this name.
    pub fn unknown(typed: &str) -> String {
        match nearest(&typed.replace('_', "-"), OPTIONS.iter().map(|option| option.name)) {
            Some(near) => format!("unknown option “{typed}” · did you mean {near}?"),
            None => format!("unknown option “{typed}”"),
        }
    }
}

/// The values of options, by name.
pub type OptionValues = BTreeMap<&'static str, String>;

/// The options that anybody has set.
#[derive(Debug, Default)]
pub(super) struct Options {
    /// Changed in this run.
    here: OptionValues,
    flags: OptionValues,
    configured: OptionValues,
    remembered: OptionValues,
    /// Whether nothing is remembered: there is no library that could be written to.
    pub(super) forgets: bool,
}

impl Options {
    /// The value of an option, and who has set it.
    pub fn get(&self, option: &OptionSpec) -> (OptionSource, &str) {
        self.set(option).next().unwrap_or((OptionSource::Default, option.default))
    }

    /// Every value that was set, the strongest first, each with who set it.
    fn set<'o>(&'o self, option: &OptionSpec) -> impl Iterator<Item = (OptionSource, &'o str)> {
        let of = |values: &'o OptionValues, source| values.get(option.name).map(|value| (source, value.as_str()));
        let here = of(&self.here, OptionSource::Run).into_iter().chain(of(&self.flags, OptionSource::Flag));
        let configured = of(&self.configured, OptionSource::Configuration);
        here.chain(configured).chain(of(&self.remembered, OptionSource::Remembered))
    }
}

impl App {
    /// Begins with options that the command line sets, those that the configuration sets, and those that the library
    /// remembers under its names for them.
    #[must_use]
    pub fn with_options(
        mut self,
        flags: OptionValues,
        configured: OptionValues,
        remembered: &BTreeMap<String, String>,
    ) -> Self {
        self.options = Options { flags, configured, ..self.options };
        for (name, value) in remembered {
            self.remember_option(name, value);
        }
        self.follow_options();
        // The terminal is not set up yet: nothing is to be changed in it.
        self.outbox.effects.clear();
        if let Some(missing) = self.missing_theme() {
            self.show_message(missing);
        }
        self
    }

    /// The configuration was read again: these are the options that it sets, and `help` is what the help shows from now on.
    /// Says so, or what is `said` in the place of it.
    #[must_use = "effects are requests: nothing happens until they are carried out"]
    pub fn configure(&mut self, configured: OptionValues, help: Vec<HelpEntry>, said: Option<&str>) -> Vec<Effect> {
        let before = std::mem::replace(&mut self.options.configured, configured);
        let is_later = |option: &&OptionSpec| {
            option.is_for_start && before.get(option.name) != self.options.configured.get(option.name)
        };
        let later: Vec<_> = OPTIONS.iter().filter(is_later).map(|option| option.name).collect();
        self.help = help;
        self.follow_options();
        self.show_message(match said.map(str::to_owned).or_else(|| self.missing_theme()) {
            Some(said) => said,
            None if later.is_empty() => "The configuration was read again".to_owned(),
            None => format!("The configuration was read again · {} from the next start on", later.join(", ")),
        });
        self.reconcile();
        std::mem::take(&mut self.outbox.effects)
    }

    /// The value of the option with this name.
    pub fn option(&self, name: &str) -> &str {
        OptionSpec::named(name).map_or("", |option| self.options.get(option).1)
    }

    /// The value that the option with this name has where the configuration says this.
    pub fn option_where<'o>(&'o self, name: &str, configured: &'o OptionValues) -> &'o str {
        let Some(option) = OptionSpec::named(name) else { return "" };
        let mut set = self.options.set(option).filter(|(source, _)| *source != OptionSource::Configuration).peekable();
        let configured = configured.get(option.name).map(String::as_str);
        let stronger = set.next_if(|(source, _)| matches!(source, OptionSource::Run | OptionSource::Flag));
        let value = stronger.map(|(_, value)| value).or(configured).or_else(|| set.next().map(|(_, value)| value));
        value.unwrap_or(option.default)
    }

    /// What the configuration says of the option with this name.
    pub(super) fn configured_option(&self, name: &str) -> Option<&str> {
        self.options.configured.get(name).map(String::as_str)
    }

    /// Takes over what the library remembers. What it does not know stays as it is.
    pub(super) fn remember_option(&mut self, name: &str, value: &str) {
        let Some(option) = OptionSpec::remembered(name) else { return self.remember_view(name, value) };
        if value.is_empty() {
            self.options.remembered.remove(option.name);
        } else if let Ok(value) = option.value(value) {
            self.options.remembered.insert(option.name, value);
        }
        self.follow_option(option);
    }

    /// Sets an option for this run, and for later ones where it is remembered.
    pub(super) fn set_option(&mut self, name: &str, value: &str) {
        let Some(option) = OptionSpec::named(name) else { return };
        self.options.here.insert(option.name, value.to_owned());
        self.follow_option(option);
        if let Some(name) = option.remembered_as.filter(|_| !self.options.forgets) {
            // An empty value is one that is forgotten.
            let value = if value.is_empty() { option_values::NONE } else { value };
            self.note(UserAction::Setting { name: name.to_owned(), value: value.to_owned() });
        }
    }

    /// Takes back what was set, in this run or as it is remembered.
    fn forget_option(&mut self, option: &OptionSpec) {
        self.options.here.remove(option.name);
        if let (Some(_), Some(name)) = (self.options.remembered.remove(option.name), option.remembered_as) {
            self.note(UserAction::Setting { name: name.to_owned(), value: String::new() });
        }
        self.follow_option(option);
    }

    /// Carries out what was typed after `:set`: `column=80` sets, `column?` or `column` tells, `column&` takes back what was
    /// changed in this run.
    ///
    /// # Errors
    ///
    /// What is wrong with it.
    pub(super) fn set_line(&mut self, line: &str) -> Result<(), Notice> {
        let Assignment { option, change } = Assignment::parse(line)?;
        match change {
            Change::Set(value) => match self.no_theme(&value).filter(|_| matches!(option.kind, OptionKind::Theme(_))) {
                Some(why) => return Err(why),
                None => self.set_option(option.name, &value),
            },
            Change::TakeBack => self.forget_option(option),
            Change::None => {
                self.views.toggle_card(Card::Option(option));
                return Ok(());
            }
        }
        self.tell_option(option);
        Ok(())
    }

    /// What a line after `:set` could become: the options with their values, then the values of one.
    pub(super) fn set_candidates(&self, typed: &str) -> Vec<Word> {
        let Some((name, value)) = typed.split_once('=') else {
            let wanted = typed.trim().replace('_', "-");
            let fits = |option: &&OptionSpec| option.name.contains(&wanted);
            let word = |option: &OptionSpec| {
                let (source, value) = self.options.get(option);
                let mut word =
                    Word::new(format!("{}=", option.name), format!("{} ({})", option.shown(value), source.words()));
                word.goes_on = true;
                word
            };
            let mut fitting: Vec<_> = OPTIONS.iter().filter(fits).collect();
            fitting.sort_by_key(|option| !option.name.starts_with(&wanted));
            return fitting.into_iter().map(word).collect();
        };
        let Some(option) = OptionSpec::named(name.trim()) else { return Vec::new() };
        let words: Vec<&str> = match &option.kind {
            OptionKind::Words(words) => words.to_vec(),
            OptionKind::Theme(words) => {
                let own = self.known_themes().map(|(name, _)| name).filter(|name| !words.contains(name));
                words.iter().copied().chain(own).collect()
            }
            OptionKind::List(_) => return option_values::candidates(option, value),
            OptionKind::NumberOr(word, ..) | OptionKind::Text(word, ..) => vec![word],
            OptionKind::Switch => vec!["true", "false"],
            // There are too many to list them: they are said.
            OptionKind::Number(..) | OptionKind::Paths | OptionKind::Retention => {
                return vec![Word { goes_on: true, ..Word::new(format!("{}=", option.name), option.values()) }];
            }
        };
        let now = self.options.get(option).1;
        let word = |value: &&str| Word {
            mark: if *value == now { "✓" } else { " " },
            ..Word::new(format!("{}={value}", option.name), "")
        };
        words.iter().filter(|known| known.starts_with(value.trim())).map(word).collect()
    }

    /// Every value that was set for an option, with who set it, as the screens show it. The first is the one in force.
    pub fn option_sources<'o>(&'o self, option: &'o OptionSpec) -> Vec<(OptionSource, String)> {
        let own = self.own_list_order().filter(|_| option.name == "order");
        let own = own.map(|order| (OptionSource::Collection, order.name()));
        let all = self.options.set(option).chain([(OptionSource::Default, option.default)]);
        own.into_iter().chain(all).map(|(source, value)| (source, option.shown(value))).collect()
    }

    /// Says which value an option has, who has set it, and who else would.
    fn tell_option(&mut self, option: &OptionSpec) {
        let all = self.option_sources(option).into_iter();
        let told: Vec<_> = all.map(|(source, value)| format!("{value} ({})", source.words())).collect();
        let told = match told.split_first() {
            Some((first, [])) => first.clone(),
            Some((first, others)) => format!("{first}, else {}", others.join(", ")),
            None => String::new(),
        };
        self.show_message(Notice::new(format!("{} = {told}", option.name)));
    }

    fn follow_options(&mut self) {
        for option in OPTIONS {
            self.follow_option(option);
        }
    }

    fn follow_option(&mut self, option: &OptionSpec) {
        let (source, value) = self.options.get(option);
        let had_mouse = self.display.has_mouse;
        self.display.follow(option.name, value, source == OptionSource::Remembered);
        self.drop_gone_theme();
        if self.display.has_mouse != had_mouse {
            self.ask(Effect::Screen(ScreenJob::Mouse { is_on: self.display.has_mouse }));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::layout::WIDEST_COLUMN;

    #[test]
    fn defaults_are_values_and_names_are_unique() {
        for option in OPTIONS {
            assert_eq!(option.value(option.default).as_deref(), Ok(option.default), "{}", option.name);
            assert_eq!(OPTIONS.iter().filter(|other| other.name == option.name).count(), 1);
            assert!(OptionSpec::named(&option.name.replace('-', "_")).is_some());
        }
        assert_eq!(COLUMN, WIDEST_COLUMN.to_string());
    }

    #[test]
    fn every_order_is_a_value_of_the_option() {
        assert_eq!(crate::catalog::ListOrder::ALL.map(crate::catalog::ListOrder::name), LIST_ORDERS);
    }

    #[test]
    fn wrong_values_say_what_is_right() {
        let wrong = |name, value| OptionSpec::named(name).unwrap().value(value).unwrap_err();
        assert_eq!(wrong("column", "eighty"), "column is 40 to 160, not “eighty”");
        assert_eq!(wrong("column", "4000"), "column is 40 to 160, not “4000”");
        assert_eq!(wrong("layout", "splitt"), "“splitt” is no value of layout · did you mean split?");
        assert_eq!(wrong("refresh_every", "0"), "refresh-every is never, or 1 to 10080, not “0”");
        assert_eq!(wrong("mouse", "maybe"), "mouse is true or false, not “maybe”");
        assert_eq!(OptionSpec::unknown("colum"), "unknown option “colum” · did you mean column?");
    }
}
