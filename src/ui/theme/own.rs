//! Themes of the user's files: a built-in theme, changed as a file says.

use ratatui::style::{Color, Modifier, Style};

use super::{SpeakerColor, Theme};
use crate::app::ThemeName;
use crate::config::{Role, RoleStyle, ThemeColor, ThemeColors, ThemeFiles};
use crate::quotes::Certainty;
use crate::ui::palettes::{self, ColorDepth, rgb};

impl Theme {
    /// The theme of this name: of those that come with the program, else of the user's.
    pub fn named(name: &str, own: &ThemeFiles, depth: ColorDepth) -> Self {
        match (ThemeName::named(name), own.colors(name)) {
            (Some(built_in), _) => Self::of(built_in, depth),
            (None, Some(colors)) => Self::with_colors(colors, depth),
            (None, None) => Self::terminal(),
        }
    }

    /// A built-in theme with these colours, as far as the terminal has them. Where it has not those of ground or text, it has all
    /// of the built-in one: colours of the two would not fit.
    pub fn with_colors(colors: &ThemeColors, depth: ColorDepth) -> Self {
        let base = Self::of(colors.base, depth);
        let mut theme = base.clone();
        let is_lacking = |color: ThemeColor| {
            depth == ColorDepth::Sixteen && matches!(color, ThemeColor::Indexed(_) | ThemeColor::Rgb(_))
        };
        let lacks = |style: &RoleStyle| style.fg.into_iter().chain(style.bg).any(is_lacking);
        let is_bare = [Role::Ground, Role::Text].iter().any(|role| colors.roles.get(role).is_some_and(lacks));
        for (&role, style) in &colors.roles {
            let style = if is_bare || lacks(style) { RoleStyle { fg: None, bg: None, ..*style } } else { *style };
            theme.change(role, &style, depth);
        }
        // What had the ground behind it has the new one.
        if base.found.bg.is_some() && base.found.bg == base.ground.bg && theme.found.bg == base.found.bg {
            theme.found.bg = theme.ground.bg;
        }
        let is_shown =
            |all: &&Vec<ThemeColor>| all.is_empty() || !is_bare && !all.iter().any(|&color| is_lacking(color));
        if let Some(all) = colors.speakers.as_ref().filter(is_shown) {
            theme.speakers = all.iter().map(|&said| theme.speaker_color(said, depth)).collect();
        } else if theme.ground.bg != base.ground.bg {
            let ground = theme.ground.bg.and_then(rgb);
            for speaker in &mut theme.speakers {
                speaker.thin =
                    rgb(speaker.color).zip(ground).and_then(|(rgb, ground)| palettes::thin(rgb, ground, depth));
            }
        }
        theme.keep_signs();
        theme
    }

    /// The colour of a speaker, with its thinner form where it is known what stands behind it.
    fn speaker_color(&self, said: ThemeColor, depth: ColorDepth) -> SpeakerColor {
        let color = color(said, depth);
        let exact = if let ThemeColor::Rgb(exact) = said { Some(exact) } else { rgb(color) };
        let known = exact.zip(self.ground.bg.and_then(rgb));
        SpeakerColor { color, thin: known.and_then(|(exact, ground)| palettes::thin(exact, ground, depth)) }
    }

    /// Changes a role as a file says.
    fn change(&mut self, role: Role, said: &RoleStyle, depth: ColorDepth) {
        let mut said = *said;
        if role == Role::Text {
            // Letters have the colour of text wherever they have none of their own.
            self.ground.fg = said.fg.take().map(|fg| color(fg, depth)).or(self.ground.fg);
        }
        let style = match role {
            Role::Ground => &mut self.ground,
            Role::Text => &mut self.text,
            Role::Dim => &mut self.dim,
            Role::Rule => &mut self.rule,
            Role::Accent => &mut self.accent,
            Role::Headline => &mut self.headline,
            Role::Found => &mut self.found,
            Role::FoundHere => &mut self.found_here,
            Role::Link => &mut self.link,
            Role::Warning => &mut self.warning,
            Role::Quotation => &mut self.quotation,
            Role::Reported => &mut self.reported,
            Role::Code => &mut self.code,
        };
        *style = changed(*style, &said, depth);
    }

    /// Sees to it that doubt, and the quotation that is current, look different from what is around them, whatever a file says.
    fn keep_signs(&mut self) {
        let shown = |fg: Option<Color>| fg.or(self.ground.fg).unwrap_or(Color::Reset);
        let styles = [self.text, self.quotation, self.headline, self.accent];
        let certain = styles.iter().map(|style| shown(style.fg)).chain(self.speakers.iter().map(|one| one.color));
        let is_same = |dim: &Color| certain.clone().any(|color| color == *dim);
        self.doubtful = self.dim.fg.filter(|dim| *dim != Color::Reset && !is_same(dim));
        if self.quotation.patch(self.text).add_modifier.contains(Modifier::UNDERLINED) {
            self.current.insert(Modifier::REVERSED);
        }
        self.tell_reported_apart();
    }

    /// Sees to it that reported words look like no quotation, not even like a doubtful one.
    fn tell_reported_apart(&mut self) {
        let look = |style: Style| {
            let style = self.ground.patch(self.text).patch(style);
            (style.fg, style.bg, style.add_modifier.difference(style.sub_modifier | Modifier::BOLD))
        };
        let is_apart = |reported: Style| {
            let theme = Self { reported, ..self.clone() };
            let colours = (0..theme.speakers.len()).map(Some).chain([None]);
            let mut pairs = colours.flat_map(|colour| {
                let quoted = colour.map_or(theme.quotation, |colour| theme.spoken_by(colour, Certainty::Likely));
                let all = [quoted, theme.trusted(quoted, Certainty::Doubtful), theme.text];
                all.map(|other| (look(theme.reported_by(colour, false)), look(other)))
            });
            pairs.all(|(reported, other)| reported != other)
        };
        let slants = [(true, false), (true, true), (false, true), (false, false)];
        let with = |(is_underlined, is_slanted)| {
            let style = turned(self.reported, Modifier::UNDERLINED, Some(is_underlined));
            turned(style, Modifier::ITALIC, Some(is_slanted))
        };
        if !is_apart(self.reported) {
            self.reported = slants.map(with).into_iter().find(|style| is_apart(*style)).unwrap_or(self.reported);
        }
    }
}

/// A style with what is said of it. A colour that is said for letters is no longer dimmed, and one behind them no longer
/// exchanged with theirs, unless that is said too.
fn changed(style: Style, said: &RoleStyle, depth: ColorDepth) -> Style {
    let mut style = style;
    if let Some(fg) = said.fg {
        style = turned(style.fg(color(fg, depth)), Modifier::DIM, Some(false));
    }
    if let Some(bg) = said.bg {
        style = style.bg(color(bg, depth));
        if style.add_modifier.contains(Modifier::REVERSED) {
            style = turned(style, Modifier::REVERSED, Some(false));
        }
    }
    let parts = [
        (Modifier::BOLD, said.bold),
        (Modifier::ITALIC, said.italic),
        (Modifier::UNDERLINED, said.underline),
        (Modifier::REVERSED, said.reverse),
        (Modifier::DIM, said.dim),
    ];
    parts.into_iter().fold(style, |style, (modifier, is_on)| turned(style, modifier, is_on))
}

fn turned(style: Style, modifier: Modifier, is_on: Option<bool>) -> Style {
    match is_on {
        Some(true) => style.add_modifier(modifier),
        Some(false) => style.remove_modifier(modifier),
        None => style,
    }
}

/// A colour that is said, as far as the terminal has it.
fn color(said: ThemeColor, depth: ColorDepth) -> Color {
    const OWN: [Color; 16] = [
        Color::Black,
        Color::Red,
        Color::Green,
        Color::Yellow,
        Color::Blue,
        Color::Magenta,
        Color::Cyan,
        Color::Gray,
        Color::DarkGray,
        Color::LightRed,
        Color::LightGreen,
        Color::LightYellow,
        Color::LightBlue,
        Color::LightMagenta,
        Color::LightCyan,
        Color::White,
    ];
    match said {
        ThemeColor::Default => Color::Reset,
        ThemeColor::Own(number) => OWN.get(usize::from(number)).copied().unwrap_or(Color::Reset),
        ThemeColor::Indexed(index) => Color::Indexed(index),
        ThemeColor::Rgb(rgb) => depth.color(rgb),
    }
}
