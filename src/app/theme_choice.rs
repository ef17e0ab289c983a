//! Which theme there is, and who chose it.

use super::App;
use crate::user::UserAction;

/// The name of the setting that says which theme was chosen.
pub const THEME: &str = "theme";

/// Which theme was chosen, by whom; the first that is there counts.
#[derive(Debug, Default)]
pub(super) struct ThemeChoice {
    /// For this run: on the command line, or by a command.
    pub(super) here: Option<ThemeName>,
    /// By the environment: no colours.
    pub(super) no_color: bool,
    /// In an earlier run.
    pub(super) kept: Option<ThemeName>,
    /// Whether the terminal has a light ground.
    pub(super) is_light: bool,
}

impl ThemeChoice {
    pub(super) fn theme(&self) -> ThemeName {
        let by_environment = self.no_color.then_some(ThemeName::Mono);
        let by_ground = if self.is_light { ThemeName::TerminalLight } else { ThemeName::Terminal };
        self.here.or(by_environment).or(self.kept).unwrap_or(by_ground)
    }

    /// Whether it matters what ground the terminal has.
    pub(super) fn is_by_ground(&self) -> bool {
        self.here.is_none() && !self.no_color && self.kept.is_none()
    }
}

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

    /// The one after it; after the last, the first.
    pub(super) fn next(self) -> Self {
        let at = Self::NAMES.iter().position(|(_, theme)| *theme == self).map_or(0, |at| at + 1);
        Self::NAMES[at % Self::NAMES.len()].1
    }
}

impl App {
    /// The theme.
    pub fn theme(&self) -> ThemeName {
        self.display.theme.theme()
    }

    /// Begins with a theme of the command line, else without colours where the environment wants none, else with the one
    /// that was chosen in an earlier run, else with one for such a ground.
    #[must_use]
    pub fn with_theme(
        mut self,
        here: Option<ThemeName>,
        no_color: bool,
        kept: Option<ThemeName>,
        is_light: bool,
    ) -> Self {
        self.display.theme = ThemeChoice { here, no_color, kept, is_light };
        self
    }

    /// Whether it matters what ground the terminal has.
    pub fn is_theme_by_ground(&self) -> bool {
        self.display.theme.is_by_ground()
    }

    /// Changes the theme, also for later runs.
    pub(super) fn change_theme(&mut self, theme: ThemeName) {
        self.display.theme.here = Some(theme);
        self.show_message(format!("Theme: {}", theme.name()));
        self.note(UserAction::Setting { name: THEME.to_owned(), value: theme.name().to_owned() });
    }
}
