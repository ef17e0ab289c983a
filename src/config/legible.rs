//! What of a theme is hard to read.

use super::palettes::{Palette, contrast, indexed};
use super::{Role, RoleStyle, ThemeColor, ThemeColors};
use crate::app::ThemeName;

/// A colour that is hard to read where it stands.
#[derive(Debug, Clone, PartialEq)]
pub struct Faint {
    /// The role that has it, by name, or `speakers`.
    pub role: &'static str,
    /// Which of the colours of speakers it is, counted from 1.
    pub speaker: Option<usize>,
    /// How much it differs from what is behind it (WCAG 2.2); none where the terminal's own letters stand on a painted ground.
    pub contrast: Option<f64>,
    /// How much would be legible.
    pub least: f64,
}

/// The least contrast of text, and of what matters less.
const LEGIBLE: f64 = 4.5;
const LESS_LEGIBLE: f64 = 3.0;

/// What of a theme is hard to read, in a terminal with all colours; as far as colours are known there.
pub fn faint_roles(colors: &ThemeColors) -> Vec<Faint> {
    let palette = Palette::of(colors.base);
    let said = |role| colors.roles.get(&role).copied().unwrap_or_default();
    let ground = shown(said(Role::Ground).bg, palette.map(|palette| palette.ground));
    let letters = said(Role::Text).fg.or(said(Role::Ground).fg);
    let text = shown(letters, palette.map(|palette| palette.text));
    let faint = |role, speaker, (letters, behind): (Option<u32>, Option<u32>), least| {
        let contrast = contrast(letters?, behind?);
        (contrast < least).then_some(Faint { role, speaker, contrast: Some(contrast), least })
    };
    // Who knows what letters the terminal has?
    let is_half = ground.is_some() && palette.is_none() && matches!(letters, None | Some(ThemeColor::Default));
    let half = is_half.then_some(Faint { role: "ground", speaker: None, contrast: None, least: LEGIBLE });
    let roles = Role::NAMES.into_iter().filter_map(|(name, role)| {
        let least = match role {
            Role::Ground => return None,
            // It has the speakers' colours, thinner.
            Role::Reported if said(role).fg.is_none() => return None,
            Role::Dim | Role::Rule | Role::Link | Role::Reported => LESS_LEGIBLE,
            _ => LEGIBLE,
        };
        faint(name, None, pair(role, said(role), colors.base, (text, ground)), least)
    });
    let speaker = |(at, letters)| faint("speakers", Some(at + 1), (letters, ground), LEGIBLE);
    let speakers: Vec<Option<u32>> = match (&colors.speakers, palette) {
        (Some(said), _) => said.iter().map(|&color| shown(Some(color), None)).collect(),
        (None, Some(palette)) => palette.speakers.iter().copied().map(Some).collect(),
        (None, None) => Vec::new(),
    };
    half.into_iter().chain(roles).chain(speakers.into_iter().enumerate().filter_map(speaker)).collect()
}

impl ThemeColors {
    /// Whether it paints a ground on which dark letters are easier to read than light ones.
    pub(super) fn has_light_ground(&self) -> bool {
        /// The two of the sixteen that are light in every terminal, by number.
        const WHITES: [u8; 2] = [7, 15];
        let ground = self.roles.get(&Role::Ground).and_then(|ground| ground.bg);
        match ground {
            Some(ThemeColor::Own(number)) => WHITES.contains(&number),
            ground => shown(ground, None).is_some_and(|ground| contrast(0, ground) > contrast(0xff_ff_ff, ground)),
        }
    }
}

/// The colours of a role and of what is behind it, where they are known; `around` are those of text and ground.
fn pair(
    role: Role,
    said: RoleStyle,
    base: ThemeName,
    around: (Option<u32>, Option<u32>),
) -> (Option<u32>, Option<u32>) {
    let (text, ground) = around;
    let palette = Palette::of(base);
    let has_own_colors = matches!(base, ThemeName::Terminal | ThemeName::TerminalLight);
    let (letters, behind) = match (role, palette) {
        (Role::Dim | Role::Link, Some(palette)) => (Some(palette.dim), ground),
        (Role::Rule, Some(palette)) => (Some(palette.rule), ground),
        (Role::Accent, Some(palette)) => (Some(palette.accent), ground),
        (Role::Warning, Some(palette)) => (Some(palette.warning), ground),
        (Role::Code, Some(palette)) => (Some(palette.code()), ground),
        // What has the ground behind it has that of this theme.
        (Role::Found, Some(palette)) if palette.found.1 == palette.ground => (Some(palette.found.0), ground),
        (Role::Found, Some(palette)) => (Some(palette.found.0), Some(palette.found.1)),
        (Role::FoundHere, Some(palette)) => (Some(palette.found_here.0), Some(palette.found_here.1)),
        (Role::Accent | Role::Warning | Role::Found | Role::FoundHere | Role::Code, None) if has_own_colors => {
            (None, ground)
        }
        _ => (text, ground),
    };
    (said.fg.map_or(letters, |fg| shown(Some(fg), None)), said.bg.map_or(behind, |bg| shown(Some(bg), None)))
}

/// A colour in 24 bits: that which is said, else that of the base; none where each terminal has another.
fn shown(said: Option<ThemeColor>, base: Option<u32>) -> Option<u32> {
    match said {
        Some(ThemeColor::Rgb(rgb)) => Some(rgb),
        Some(ThemeColor::Indexed(index)) => Some(indexed(index)),
        Some(ThemeColor::Default | ThemeColor::Own(_)) => None,
        None => base,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(text: &str) -> Vec<(&'static str, Option<usize>, f64)> {
        let faint = faint_roles(&ThemeColors::parse(text));
        faint.iter().map(|faint| (faint.role, faint.speaker, faint.least)).collect()
    }

    #[test]
    fn faint_colours_are_told() {
        for name in ThemeName::all() {
            assert_eq!(told(&format!("base = \"{}\"\n", name.name())), [], "{}", name.name());
        }
        let less = "base = \"dark\"\naccent = \"#303438\"\ndim = \"#505458\"\nlink = \"#505458\"\n";
        assert_eq!(told(less), [("dim", None, 3.0), ("accent", None, 4.5), ("link", None, 3.0)]);
        assert_eq!(told("base = \"dark\"\nspeakers = [\"#99c794\", \"#202428\"]\n"), [("speakers", Some(2), 4.5)]);
        assert_eq!(told("accent = { fg = \"#303438\", bg = 235 }\n"), [("accent", None, 4.5)]);
        assert_eq!(
            told("base = \"safe\"\ntext = 236\n").len(),
            3,
            "text, and what has its colour: headlines and quotations"
        );
        let others = told("base = \"dark\"\nground = \"#ffffff\"\ntext = \"#000000\"\n");
        assert!(others.contains(&("found", None, 4.5)) && !others.contains(&("found_here", None, 4.5)), "{others:?}");
    }

    #[test]
    fn nothing_is_said_of_colours_that_nobody_knows() {
        assert_eq!(told("ground = \"#ffffff\"\n"), [("ground", None, 4.5)], "but that nobody knows the letters on it");
        assert_eq!(told("base = \"dark\"\nground = \"#101010\"\nrule = \"#808080\"\n"), []);
        assert_eq!(told("ground = \"default\"\naccent = \"#303438\"\n"), []);
        assert_eq!(told("base = \"dark\"\naccent = \"black\"\n"), []);
        assert_eq!(told("base = \"mono\"\nground = \"#ffffff\"\ntext = \"#000000\"\n"), []);
    }
}
