//! The colours of the themes that paint their background, and how legible colours are.

use crate::app::ThemeName;

/// The colours of a theme, in 24 bits: red, green, blue.
#[derive(Debug)]
pub struct Palette {
    /// What is behind everything.
    pub ground: u32,
    /// Ordinary text.
    pub text: u32,
    /// What matters less.
    pub dim: u32,
    /// Rules.
    pub rule: u32,
    /// The accent.
    pub accent: u32,
    /// The matches of a search: letters, and what is behind them.
    pub found: (u32, u32),
    /// The current one of them.
    pub found_here: (u32, u32),
    /// What went wrong.
    pub warning: u32,
    /// Speakers.
    pub speakers: &'static [u32],
}

/// A colour with so many hundredths of another.
pub fn blend(rgb: u32, other: u32, part: u32) -> u32 {
    let channel = |shift: u32| {
        let of = |rgb: u32| rgb >> shift & 0xff;
        ((of(rgb) * (100 - part) + of(other) * part) / 100) << shift
    };
    channel(16) | channel(8) | channel(0)
}

/// Muted colours on a dark ground.
pub const DARK: Palette = Palette {
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
pub const LIGHT: Palette = Palette {
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
pub const SAFE: Palette = Palette {
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
pub const SAFE_LIGHT: Palette = Palette {
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

impl Palette {
    /// The colour of code, between those of text and of the accent: it is neither.
    pub fn code(&self) -> u32 {
        blend(self.text, self.accent, 50)
    }

    /// That of a theme; none where it has the terminal's own colours.
    pub const fn of(theme: ThemeName) -> Option<&'static Self> {
        match theme {
            ThemeName::Dark => Some(&DARK),
            ThemeName::Light => Some(&LIGHT),
            ThemeName::Safe => Some(&SAFE),
            ThemeName::SafeLight => Some(&SAFE_LIGHT),
            ThemeName::Terminal | ThemeName::TerminalLight | ThemeName::Mono => None,
        }
    }
}

/// How much two colours differ in brightness, from 1 to 21 (WCAG 2.2, "contrast ratio").
pub fn contrast(one: u32, other: u32) -> f64 {
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

/// The steps of the cube in each of red, green and blue.
const STEPS: [u32; 6] = [0, 95, 135, 175, 215, 255];

/// The colour of an index from 16 on, as all terminals have it.
pub fn indexed(index: u8) -> u32 {
    let index = u32::from(index);
    if index >= 232 {
        return (8 + 10 * (index - 232)) * 0x01_01_01;
    }
    let at = index.saturating_sub(16);
    let step = |at: u32| STEPS[(at % 6) as usize];
    step(at / 36) << 16 | step(at / 6) << 8 | step(at)
}
