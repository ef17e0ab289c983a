//! Which theme there is, and who chose it.

use super::App;

/// Which theme was chosen, and by whom.
#[derive(Debug, Default)]
pub(super) struct ThemeChoice {
    /// Where one was chosen.
    chosen: Option<ThemeName>,
    /// Whether that was in an earlier run.
    is_remembered: bool,
    /// Whether the environment wants no colours.
    no_color: bool,
    /// Whether the terminal has a light ground.
    pub(super) is_light: bool,
}

impl ThemeChoice {
    pub(super) fn theme(&self) -> ThemeName {
        match self.chosen {
            // The environment is about this run.
            Some(theme) if !(self.no_color && self.is_remembered) => theme,
            _ if self.no_color => ThemeName::Mono,
            _ if self.is_light => ThemeName::TerminalLight,
            _ => ThemeName::Terminal,
        }
    }

    /// Takes over what the option says, in this run or as it is remembered from an earlier one.
    pub(super) fn follow(&mut self, name: &str, is_remembered: bool) {
        (self.chosen, self.is_remembered) = (ThemeName::named(name), is_remembered);
    }

    /// Whether it matters what ground the terminal has.
    pub(super) fn is_by_ground(&self) -> bool {
        self.chosen.is_none() && !self.no_color
    }
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

    /// Changes the theme, also for later runs.
    pub(super) fn change_theme(&mut self, theme: ThemeName) {
        self.set_option("theme", theme.name());
        self.show_message(format!("Theme: {}", theme.name()));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_theme_is_a_value_of_the_option() {
        let names: Vec<_> = ThemeName::all().map(ThemeName::name).collect();
        assert_eq!(THEME_WORDS[1..], names);
    }
}
