//! Colours and styles.

use std::cmp::Reverse;

use ratatui::style::{Color, Modifier, Style};

use super::palettes::{self, ColorDepth};
use crate::app::ThemeName;
use crate::config::palettes::{DARK, LIGHT, Palette, SAFE, SAFE_LIGHT};
use crate::quotes::Certainty;

/// How everything looks. Colour is never the only sign of anything. The accent, found words and speakers never share a
/// colour.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Theme {
    /// What all cells have before anything is drawn: nothing where the terminal's own background shows.
    pub ground: Style,
    /// Ordinary text.
    pub text: Style,
    /// What matters less: dates, rules, promotion.
    pub dim: Style,
    /// Rules and the scroll bar.
    pub rule: Style,
    /// The one accent: the selected, the unread, prompts.
    pub accent: Style,
    /// Headlines.
    pub headline: Style,
    /// The matches of a search.
    pub found: Style,
    /// The one of them that is current.
    pub found_here: Style,
    /// Words that lead somewhere.
    pub link: Style,
    /// What went wrong.
    pub warning: Style,
    /// A quotation without a known speaker, and all quotations when they are highlighted alike.
    pub quotation: Style,
    /// Added to the thinner form of a speaker's colour where words are reported, not quoted.
    pub reported: Style,
    /// Code, and other preformatted text.
    pub code: Style,
    /// Added to the current quotation.
    pub current: Modifier,
    /// The colour of what is doubtful where there is no thinner one; none where the terminal is asked to dim it.
    doubtful: Option<Color>,
    /// Speakers' colours; there are more speakers than colours, so they come round.
    speakers: Vec<SpeakerColor>,
}

/// The colour of a speaker.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct SpeakerColor {
    color: Color,
    /// Its thinner form, for a doubtful attribution; none where the terminal is asked to dim it.
    thin: Option<Color>,
}

impl Theme {
    /// The theme of this name, as far as the terminal has its colours.
    pub fn of(name: ThemeName, depth: ColorDepth) -> Self {
        let painted = |palette: &Palette, light: bool| match depth {
            ColorDepth::Sixteen if light => Self::terminal_light().painted(Color::Black, Color::White),
            ColorDepth::Sixteen => Self::terminal().painted(Color::Gray, Color::Black),
            _ => Self::in_colors(palette, depth),
        };
        match name {
            ThemeName::Terminal => Self::terminal(),
            ThemeName::TerminalLight => Self::terminal_light(),
            ThemeName::Dark => painted(&DARK, false),
            ThemeName::Light => painted(&LIGHT, true),
            ThemeName::Safe => painted(&SAFE, false),
            ThemeName::SafeLight => painted(&SAFE_LIGHT, true),
            ThemeName::Mono => Self::mono(),
        }
    }

    /// The terminal's own sixteen colours, on a dark ground.
    pub fn terminal() -> Self {
        use Color::{Cyan, Green, LightBlue, LightCyan, LightGreen, LightMagenta, LightRed, Magenta, Yellow};
        let found = Style::new().fg(Yellow);
        Self {
            found: found.add_modifier(Modifier::UNDERLINED).remove_modifier(Modifier::DIM),
            found_here: found.add_modifier(Modifier::REVERSED).remove_modifier(Modifier::DIM),
            code: Style::new().fg(LightCyan),
            ..Self::with(Cyan, &[Magenta, Green, LightBlue, LightRed, LightMagenta, LightGreen])
        }
    }

    /// The terminal's own sixteen colours, on a light ground: none that fades there.
    pub fn terminal_light() -> Self {
        use Color::{Black, Blue, Cyan, Green, LightYellow, Magenta, Red, Yellow};
        let found = Style::new().fg(Black).remove_modifier(Modifier::DIM);
        Self {
            found: found.bg(LightYellow),
            code: Style::new().fg(Color::DarkGray),
            found_here: found.bg(Yellow).add_modifier(Modifier::BOLD),
            ..Self::with(Blue, &[Magenta, Green, Red, Cyan])
        }
    }

    /// Muted colours on a dark ground, where the terminal has all colours.
    pub fn dark() -> Self {
        Self::in_colors(&DARK, ColorDepth::Full)
    }

    /// No colour at all: weight, underline and reverse tell things apart.
    pub fn mono() -> Self {
        let bold = Style::new().add_modifier(Modifier::BOLD);
        let found = Style::new().remove_modifier(Modifier::DIM);
        Self {
            accent: bold,
            warning: bold,
            found: found.add_modifier(Modifier::UNDERLINED),
            found_here: found.add_modifier(Modifier::REVERSED),
            current: Modifier::REVERSED,
            ..Self::with(Color::Reset, &[])
        }
    }

    fn with(accent: Color, speakers: &[Color]) -> Self {
        Self {
            ground: Style::new(),
            text: Style::new(),
            dim: Style::new().add_modifier(Modifier::DIM),
            rule: Style::new().add_modifier(Modifier::DIM),
            accent: Style::new().fg(accent),
            headline: Style::new().add_modifier(Modifier::BOLD),
            found: Style::new(),
            found_here: Style::new(),
            link: Style::new().add_modifier(Modifier::UNDERLINED | Modifier::DIM),
            warning: Style::new().fg(Color::Red),
            quotation: Style::new().add_modifier(Modifier::ITALIC),
            reported: Style::new().add_modifier(Modifier::UNDERLINED),
            code: Style::new(),
            current: Modifier::BOLD.union(Modifier::UNDERLINED),
            doubtful: None,
            speakers: speakers.iter().map(|&color| SpeakerColor { color, thin: None }).collect(),
        }
    }

    /// A palette of our own, which paints its ground.
    fn in_colors(palette: &Palette, depth: ColorDepth) -> Self {
        let color = |rgb| depth.color(rgb);
        let &Palette { ground, text, dim, rule, accent, found, found_here, warning, speakers } = palette;
        let ink = |rgb| Style::new().fg(color(rgb)).remove_modifier(Modifier::DIM);
        let mark = |(letters, behind): (u32, u32)| ink(letters).bg(color(behind));
        let speaker = |&rgb: &u32| SpeakerColor { color: color(rgb), thin: palettes::thin(rgb, ground, depth) };
        Self {
            ground: Style::new().fg(color(text)).bg(color(ground)),
            dim: ink(dim),
            rule: ink(rule),
            found: mark(found).add_modifier(if found.1 == ground { Modifier::UNDERLINED } else { Modifier::empty() }),
            found_here: mark(found_here),
            link: ink(dim).add_modifier(Modifier::UNDERLINED),
            warning: ink(warning),
            code: ink(palette.code()),
            doubtful: Some(color(dim)),
            speakers: speakers.iter().map(speaker).collect(),
            ..Self::with(color(accent), &[])
        }
    }

    /// The same with a ground of the terminal's own colours.
    fn painted(self, text: Color, ground: Color) -> Self {
        Self { ground: Style::new().fg(text).bg(ground), ..self }
    }

    /// The colour for someone with this colour key, where no one else is near.
    pub fn colour(&self, key: u64) -> usize {
        (key % self.speakers.len().max(1) as u64) as usize
    }

    /// The colours for those of one article, by their colour keys and how often they speak: of those who would share one, it is
    /// that of who speaks most; the others have the next one that no one here has; where all are taken, the next of those
    /// that the fewest have, rather not that of who begins to speak just before or after them.
    pub fn colours(&self, speakers: &[(u64, usize)]) -> Vec<usize> {
        let number = self.speakers.len().max(1);
        let mut own: Vec<usize> = speakers.iter().map(|&(key, _)| self.colour(key)).collect();
        let mut by_most: Vec<usize> = (0..speakers.len()).collect();
        by_most.sort_by_key(|&at| Reverse(speakers[at].1));
        let mut having = vec![0; number];
        let is_later = |&at: &usize| std::mem::replace(&mut having[own[at]], 1) > 0;
        let later: Vec<usize> = by_most.into_iter().filter(is_later).collect();
        for at in later {
            let others = (0..number).map(|step| (own[at] + step) % number);
            let beside = [at.checked_sub(1), Some(at + 1)].map(|next| own.get(next?).copied());
            let best = others.min_by_key(|&other| (having[other], beside.contains(&Some(other))));
            own[at] = best.unwrap_or(own[at]);
            having[own[at]] += 1;
        }
        own
    }

    /// The style of a speaker's quotations, by the number of the colour.
    pub fn spoken_by(&self, colour: usize, certainty: Certainty) -> Style {
        let style = if self.speakers.is_empty() { self.quotation } else { self.speaker(colour, Certainty::Likely) };
        self.trusted(style, certainty)
    }

    /// The style of words that are reported, not quoted, by the number of the speaker's colour: lighter than a quotation, and never
    /// bold; the current ones as bright as that.
    pub fn reported_by(&self, colour: Option<usize>, is_current: bool) -> Style {
        let quoted = colour.map_or(self.quotation, |colour| self.spoken_by(colour, Certainty::Likely));
        let other = self.trusted(quoted, Certainty::Doubtful).patch(self.reported).remove_modifier(Modifier::BOLD);
        if !is_current {
            return other;
        }
        let here = self.current(quoted.patch(self.reported), Certainty::Likely).remove_modifier(Modifier::BOLD);
        let look = |style: Style| (style.fg, style.add_modifier.difference(style.sub_modifier));
        if look(here) == look(other) { here.add_modifier(Modifier::REVERSED) } else { here }
    }

    /// The style of a speaker's name, number and bar, by the number of the colour.
    pub fn speaker(&self, colour: usize, certainty: Certainty) -> Style {
        let style = match self.speakers.len() {
            0 => self.text,
            colours => Style::new().fg(self.speakers[colour % colours].color),
        };
        self.trusted(style, certainty)
    }

    /// A style as it is where the attribution can be trusted; a thinner one where that is doubtful.
    pub fn trusted(&self, style: Style, certainty: Certainty) -> Style {
        if certainty != Certainty::Doubtful {
            return style;
        }
        let thin =
            self.speakers.iter().find(|speaker| Some(speaker.color) == style.fg).and_then(|speaker| speaker.thin);
        match (thin, self.doubtful) {
            (Some(thin), _) => style.fg(thin).remove_modifier(Modifier::BOLD),
            (None, Some(dim)) => style.fg(dim).remove_modifier(Modifier::BOLD),
            (None, None) => style.remove_modifier(Modifier::BOLD).add_modifier(Modifier::DIM),
        }
    }

    /// The style of the current quotation, from what it is elsewhere. A doubtful one stays thin.
    pub fn current(&self, style: Style, certainty: Certainty) -> Style {
        match certainty {
            Certainty::Doubtful => style.add_modifier(self.current.difference(Modifier::BOLD)),
            _ => style.remove_modifier(Modifier::DIM).add_modifier(self.current),
        }
    }
}

mod own;
#[cfg(test)]
mod tests;
