//! What a terminal has of the colours of themes.

use ratatui::style::Color;

use crate::config::palettes::{blend, contrast, indexed};

/// How many colours a terminal has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum ColorDepth {
    /// Its own sixteen.
    #[default]
    Sixteen,
    /// 256: besides its own, a cube of 216 colours and 24 greys, which are the same everywhere.
    Indexed,
    /// Any, in 24 bits.
    Full,
}

impl ColorDepth {
    /// What a terminal has that calls itself so in `COLORTERM` and `TERM`.
    pub fn of(colorterm: &str, term: &str) -> Self {
        // They have all colours, and their names outlive a way over ssh, on which COLORTERM is lost.
        const FULL: [&str; 6] = ["xterm-kitty", "xterm-ghostty", "alacritty", "foot", "wezterm", "contour"];
        let is_called =
            |name: &&str| term == *name || term.strip_prefix(*name).is_some_and(|rest| rest.starts_with('-'));
        // GNU screen hands on a COLORTERM that it cannot keep; what tmux says of itself is true.
        let says_all = matches!(colorterm, "truecolor" | "24bit") && !term.starts_with("screen.") && term != "screen";
        match term {
            "linux" => Self::Sixteen,
            _ if says_all || term.ends_with("-direct") || FULL.iter().any(is_called) => Self::Full,
            _ if term.contains("256color") => Self::Indexed,
            _ => Self::Sixteen,
        }
    }

    /// A colour, as far as the terminal has it.
    pub(super) fn color(self, rgb: u32) -> Color {
        match self {
            Self::Full => Color::from_u32(rgb),
            Self::Indexed | Self::Sixteen => Color::Indexed(nearest(rgb)),
        }
    }
}

/// A thinner form of a colour, as much nearer to the ground as leaves it legible; none where the terminal has no such
/// colour.
pub(super) fn thin(rgb: u32, ground: u32, depth: ColorDepth) -> Option<Color> {
    /// How legible: a little more than WCAG asks for what is large or matters less.
    const LEAST: f64 = 3.2;
    let shown = |rgb: u32| if depth == ColorDepth::Full { rgb } else { indexed(nearest(rgb)) };
    let is_legible = |&mixed: &u32| shown(mixed) != shown(rgb) && contrast(shown(mixed), shown(ground)) >= LEAST;
    (15..=45).rev().step_by(5).map(|part| blend(rgb, ground, part)).find(is_legible).map(|mixed| depth.color(mixed))
}

/// A colour in 24 bits; none where each terminal has another.
pub(super) fn rgb(color: Color) -> Option<u32> {
    match color {
        Color::Rgb(red, green, blue) => Some(u32::from_be_bytes([0, red, green, blue])),
        Color::Indexed(index) if index >= 16 => Some(indexed(index)),
        _ => None,
    }
}

/// The index from 16 on whose colour is the nearest.
fn nearest(rgb: u32) -> u8 {
    let distance = |index: u8| {
        let other = indexed(index);
        let apart = |shift: u32| (rgb >> shift & 0xff).abs_diff(other >> shift & 0xff).pow(2);
        // The eye tells greens apart best, then reds.
        3 * apart(16) + 4 * apart(8) + 2 * apart(0)
    };
    (16..=255).min_by_key(|&index| distance(index)).unwrap_or(16)
}
