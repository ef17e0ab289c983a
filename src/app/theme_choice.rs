//! Which theme there is, and who chose it.

use super::{App, Command, Notice};
use crate::catalog::SkippedFile;
use crate::text::{fold, nearest};

/// Which theme was chosen, and by whom.
#[derive(Debug, Default)]
pub(super) struct ThemeChoice {
    /// The one that was chosen, whether or not it is there.
    chosen: Option<String>,
    /// The one that is shown while its name is typed.
    tried: Option<String>,
    /// Whether one was chosen in an earlier run.
    is_remembered: bool,
    /// Whether the environment wants no colours.
    no_color: bool,
    /// Whether the terminal has a light ground.
    pub(super) is_light: bool,
    own: OwnThemes,
}

/// What is known of the themes in the user's files.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct OwnThemes {
    /// Their names, each with what it is like.
    pub names: Vec<(String, String)>,
    /// Those of them in which something does not hold.
    pub wrong: Vec<String>,
    /// The folder of their files, for messages.
    pub folder: String,
    /// The one in use whose file is gone: it is known until another is chosen.
    pub gone: Option<String>,
}

impl ThemeChoice {
    pub(super) fn theme(&self) -> &str {
        let by_ground = if self.is_light { ThemeName::TerminalLight } else { ThemeName::Terminal };
        match (self.tried.as_deref().filter(|name| self.is_known(name)), self.held()) {
            (Some(name), _) | (None, Some(name)) => name,
            _ if self.no_color => ThemeName::Mono.name(),
            _ => by_ground.name(),
        }
    }

    /// Takes over what the option says, in this run or as it is remembered from an earlier one.
    pub(super) fn follow(&mut self, name: &str, is_remembered: bool) {
        (self.chosen, self.is_remembered) = (Some(name.to_owned()).filter(|name| name != AUTO), is_remembered);
    }

    /// Whether it matters what ground the terminal has.
    pub(super) fn is_by_ground(&self) -> bool {
        self.held().is_none() && !self.no_color
    }

    /// The one that was chosen, where it is there. The environment is about this run.
    fn held(&self) -> Option<&str> {
        let chosen = self.chosen.as_deref().filter(|_| !(self.no_color && self.is_remembered));
        chosen.filter(|name| self.is_known(name))
    }

    fn is_known(&self, name: &str) -> bool {
        self.known().any(|(known, _)| known == name)
    }

    /// The themes that there are, each with what it is like.
    fn known(&self) -> impl Iterator<Item = (&str, &str)> {
        let built_in = ThemeName::all().map(|theme| (theme.name(), theme.description()));
        built_in.chain(self.own.names.iter().map(|(name, about)| (name.as_str(), about.as_str())))
    }
}

/// The value of the option by which the terminal and the environment decide.
const AUTO: &str = "auto";

/// The word after `theme` that leads to the next one.
const NEXT: &str = "next";

/// Whether a theme of the user's may have this name: it is that of a file, and no path.
pub fn may_name_theme(name: &str) -> bool {
    /// As long as anyone types.
    const LONGEST: usize = 64;
    let is_of_a_name = |letter: char| letter.is_alphanumeric() || matches!(letter, '-' | '_');
    !name.is_empty() && name.chars().count() <= LONGEST && name.chars().all(is_of_a_name)
}

/// Whether a name means something else already, so that no file can have it.
pub fn is_theme_word(name: &str) -> bool {
    let name = fold(name);
    name == NEXT || THEME_WORDS.contains(&name.as_str())
}

/// The values of the option.
pub(super) const THEME_WORDS: &[&str] =
    &["auto", "terminal", "terminal-light", "dark", "light", "safe", "safe-light", "mono"];

/// The name of a theme: which colours everything has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ThemeName {
    /// The terminal's own colours, on a dark ground.
    Terminal,
    /// The terminal's own colours, on a light ground.
    TerminalLight,
    /// Muted colours on a dark ground, which it paints.
    Dark,
    /// Deep colours on a light ground, which it paints.
    Light,
    /// Colours that all people tell apart, on a dark ground, which it paints.
    Safe,
    /// Colours that all people tell apart, on a light ground, which it paints.
    SafeLight,
    /// No colours.
    Mono,
}

impl ThemeName {
    const NAMES: [(&'static str, Self); 7] = [
        ("terminal", Self::Terminal),
        ("terminal-light", Self::TerminalLight),
        ("dark", Self::Dark),
        ("light", Self::Light),
        ("safe", Self::Safe),
        ("safe-light", Self::SafeLight),
        ("mono", Self::Mono),
    ];

    /// All of them.
    pub fn all() -> impl Iterator<Item = Self> {
        Self::NAMES.into_iter().map(|(_, theme)| theme)
    }

    /// As it is called on the command line and in the library.
    pub fn name(self) -> &'static str {
        Self::NAMES.iter().find(|(_, theme)| *theme == self).map_or("", |(name, _)| name)
    }

    /// What it is like.
    pub(super) const fn description(self) -> &'static str {
        match self {
            Self::Terminal => "the terminal's own colours, on a dark background",
            Self::TerminalLight => "the terminal's own colours, on a light background",
            Self::Dark => "muted colours on a dark background",
            Self::Light => "deep colours on a light background",
            Self::Safe => "colours that all people tell apart, dark",
            Self::SafeLight => "colours that all people tell apart, light",
            Self::Mono => "no colours",
        }
    }

    /// The one that is called so.
    pub fn named(name: &str) -> Option<Self> {
        Self::NAMES.iter().find(|(known, _)| *known == name).map(|&(_, theme)| theme)
    }
}

impl App {
    /// The name of the theme that is shown.
    pub fn theme(&self) -> &str {
        self.display.theme.theme()
    }

    /// Begins with the themes in the user's files.
    #[must_use]
    pub fn with_themes(mut self, own: OwnThemes) -> Self {
        self.know_themes(own);
        self
    }

    /// These are the themes in the user's files from now on.
    pub fn know_themes(&mut self, own: OwnThemes) {
        let why = "is gone · its former look holds until another theme is chosen";
        self.progress.gone_theme = own.gone.as_ref().map(|name| SkippedFile::new(&format!("themes/{name}.toml:"), why));
        self.display.theme.own = own;
    }

    /// A theme whose file is gone goes where another one is chosen.
    pub(super) fn drop_gone_theme(&mut self) {
        let ThemeChoice { chosen, own, .. } = &mut self.display.theme;
        if let Some(gone) = own.gone.take_if(|gone| chosen.as_ref() != Some(&*gone)) {
            own.names.retain(|(name, _)| *name != gone);
            self.progress.gone_theme = None;
        }
    }

    /// Begins without colours where the environment wants none, and with what is known of the ground of the terminal.
    #[must_use]
    pub fn on_ground(mut self, no_color: bool, is_light: bool) -> Self {
        (self.display.theme.no_color, self.display.theme.is_light) = (no_color, is_light);
        self
    }

    /// Whether it matters what ground the terminal has.
    pub fn is_theme_by_ground(&self) -> bool {
        self.display.theme.is_by_ground()
    }

    /// The themes that there are, each with what it is like.
    pub(super) fn known_themes(&self) -> impl Iterator<Item = (&str, &str)> {
        self.display.theme.known()
    }

    /// Changes the theme, also for later runs; says for how long that holds.
    pub(super) fn change_theme(&mut self, name: &str) {
        if let Some(wrong) = self.no_theme(name) {
            return self.refuse(wrong);
        }
        self.set_option("theme", name);
        let kept = match self.configured_option("theme") {
            Some(configured) if configured == name => "as configured".to_owned(),
            Some(configured) => format!("for this run · config.toml says theme = \"{configured}\""),
            None if self.options.forgets => "for this run".to_owned(),
            None => format!("remembered · theme = \"{name}\" in config.toml holds everywhere"),
        };
        if self.display.theme.own.wrong.iter().any(|wrong| wrong == name) {
            let wrong = Notice::new(format!("Theme: {name} · something in its file does not hold"));
            return self.show_message(wrong.hint(Command::Errors, "tells what"));
        }
        self.show_message(format!("Theme: {name} · {kept}"));
    }

    /// Changes to the theme after the one that is shown; after the last, to the first.
    pub(super) fn next_theme(&mut self) {
        let names: Vec<_> = self.known_themes().map(|(name, _)| name.to_owned()).collect();
        let at = names.iter().position(|name| name == self.theme()).map_or(0, |at| at + 1);
        if let Some(next) = names.get(at % names.len().max(1)) {
            self.change_theme(next);
        }
    }

    /// Shows this theme while its name is typed; none shows the one that holds.
    pub(super) fn try_theme(&mut self, name: Option<String>) {
        self.display.theme.tried = name;
    }

    /// What is wrong with a theme that is to be set, if anything.
    pub(super) fn no_theme(&self, name: &str) -> Option<Notice> {
        if self.display.theme.own.gone.as_deref() == Some(name) {
            return Some(
                format!("The file of the theme “{name}” is gone · its look holds until another is chosen").into(),
            );
        }
        if name == AUTO || self.display.theme.is_known(name) {
            return None;
        }
        let near = nearest(name, self.known_themes().map(|(known, _)| known));
        let near = near.map_or_else(String::new, |near| format!(" · did you mean {near}?"));
        Some(format!("No theme “{name}”{near}").into())
    }

    /// What is said where the theme that was chosen is not there.
    pub fn missing_theme(&self) -> Option<String> {
        let ThemeChoice { chosen, own, .. } = &self.display.theme;
        let name = chosen.as_deref().filter(|name| !self.display.theme.is_known(name))?;
        let file = if own.folder.is_empty() { "its file".to_owned() } else { format!("{}/{name}.toml", own.folder) };
        Some(format!("Theme {name}: {file} is missing or cannot be read · auto holds"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_theme_is_a_value_of_the_option() {
        let names: Vec<_> = ThemeName::all().map(ThemeName::name).collect();
        assert_eq!(THEME_WORDS[1..], names);
        assert_eq!(THEME_WORDS[0], AUTO);
    }

    #[test]
    fn name_of_a_theme_is_no_path_and_no_other_word() {
        for name in ["night", "dark-mine", "night_2", "Größe"] {
            assert!(may_name_theme(name) && !is_theme_word(name), "{name}");
        }
        for name in ["", "a b", "../night", "a/b", "a.b", "..", "night\u{7}", &"n".repeat(65)] {
            assert!(!may_name_theme(name), "{name}");
        }
        for name in ["dark", "Safe-Light", "auto", "next"] {
            assert!(is_theme_word(name), "{name}");
        }
    }
}
