//! The colours of the themes that paint their background, and what a terminal has of them.

use ratatui::style::Color;

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

/// The colours of a theme, in 24 bits: red, green, blue.
pub(super) struct Palette {
    pub ground: u32,
    pub text: u32,
    pub dim: u32,
    pub rule: u32,
    pub accent: u32,
    /// Letters, and what is behind them.
    pub found: (u32, u32),
    pub found_here: (u32, u32),
    pub warning: u32,
    pub speakers: &'static [u32],
}

/// Muted colours on a dark ground.
pub(super) const DARK: Palette = Palette {
    ground: 0x16_19_1d,
    text: 0xd8_d8_d2,
    dim: 0x8c_92_9a,
    rule: 0x62_68_70,
    accent: 0x5f_b3_b3,
    found: (0xf2_d0_4e, 0x16_19_1d),
    found_here: (0x16_19_1d, 0xf2_d0_4e),
    warning: 0xff_6b_6b,
    speakers: &[0x99_c7_94, 0xc0_9a_e6, 0x6e_a3_dc, 0xe8_86_7a, 0xef_9f_5a, 0xe3_9a_c8, 0xcb_b2_94, 0xb4_c3_f5],
};

/// Deep colours on a light ground.
pub(super) const LIGHT: Palette = Palette {
    ground: 0xfb_fa_f6,
    text: 0x24_29_2e,
    dim: 0x5f_66_6d,
    rule: 0x86_8a_88,
    accent: 0x00_6d_77,
    found: (0x24_29_2e, 0xff_e5_8a),
    found_here: (0x24_29_2e, 0xf0_b4_29),
    warning: 0xc4_1e_1e,
    speakers: &[0x7b_3f_8c, 0x2f_6f_2f, 0x1f_55_a5, 0xa8_32_4a, 0xb0_24_86, 0x5a_5f_00, 0x8a_4a_1c],
};

/// Colours that people with any kind of colour blindness tell apart, after Okabe and Ito, *Color Universal Design*
/// (2008), on a dark ground.
pub(super) const SAFE: Palette = Palette {
    ground: 0x11_13_17,
    text: 0xdc_dc_dc,
    dim: 0x90_94_98,
    rule: 0x66_6a_6e,
    accent: 0x56_b4_e9,
    found: (0xf0_e4_42, 0x11_13_17),
    found_here: (0x11_13_17, 0xf0_e4_42),
    warning: 0xff_7a_5c,
    speakers: &[0xe6_9f_00, 0x00_9e_73, 0xcc_79_a7, 0xdd_68_1c],
};

/// The same on a light ground, as dark as that needs.
pub(super) const SAFE_LIGHT: Palette = Palette {
    ground: 0xff_ff_ff,
    text: 0x20_20_20,
    dim: 0x60_60_60,
    rule: 0x88_88_88,
    accent: 0x00_66_a1,
    found: (0x20_20_20, 0xf0_e4_42),
    found_here: (0x20_20_20, 0xe6_9f_00),
    warning: 0xb0_20_10,
    speakers: &[0xb8_4e_00, 0x00_75_55, 0x9a_40_74, 0x6a_5c_00],
};

/// A thinner form of a colour, as much nearer to the ground as leaves it legible; none where the terminal has no such
/// colour.
pub(super) fn thin(rgb: u32, ground: u32, depth: ColorDepth) -> Option<Color> {
    /// How legible: a little more than WCAG asks for what is large or matters less.
    const LEAST: f64 = 3.2;
    let shown = |rgb: u32| if depth == ColorDepth::Full { rgb } else { indexed(nearest(rgb)) };
    let is_legible = |&mixed: &u32| shown(mixed) != shown(rgb) && contrast(shown(mixed), shown(ground)) >= LEAST;
    (15..=45).rev().step_by(5).map(|part| blend(rgb, ground, part)).find(is_legible).map(|mixed| depth.color(mixed))
}

/// A colour with so many hundredths of another.
fn blend(rgb: u32, other: u32, part: u32) -> u32 {
    let channel = |shift: u32| {
        let of = |rgb: u32| rgb >> shift & 0xff;
        ((of(rgb) * (100 - part) + of(other) * part) / 100) << shift
    };
    channel(16) | channel(8) | channel(0)
}

/// How much two colours differ in brightness, from 1 to 21 (WCAG 2.2, "contrast ratio").
pub(super) fn contrast(one: u32, other: u32) -> f64 {
    let luminance = |rgb: u32| {
        let linear = |shift: u32| {
            let part = f64::from(rgb >> shift & 0xff) / 255.0;
            if part <= 0.040_45 { part / 12.92 } else { ((part + 0.055) / 1.055).powf(2.4) }
        };
        0.2126 * linear(16) + 0.7152 * linear(8) + 0.0722 * linear(0)
    };
    let (one, other) = (luminance(one), luminance(other));
    (one.max(other) + 0.05) / (one.min(other) + 0.05)
}

/// A colour in 24 bits; none where each terminal has another.
pub(super) fn rgb(color: Color) -> Option<u32> {
    match color {
        Color::Rgb(red, green, blue) => Some(u32::from_be_bytes([0, red, green, blue])),
        Color::Indexed(index) if index >= 16 => Some(indexed(index)),
        _ => None,
    }
}

/// The steps of the cube in each of red, green and blue.
const STEPS: [u32; 6] = [0, 95, 135, 175, 215, 255];

/// The colour of an index from 16 on, as all terminals have it.
pub(super) fn indexed(index: u8) -> u32 {
    let index = u32::from(index);
    if index >= 232 {
        return (8 + 10 * (index - 232)) * 0x01_01_01;
    }
    let at = index.saturating_sub(16);
    let step = |at: u32| STEPS[(at % 6) as usize];
    step(at / 36) << 16 | step(at / 6) << 8 | step(at)
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
