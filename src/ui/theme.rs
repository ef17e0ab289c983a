//! Colours and styles.

use ratatui::style::{Color, Modifier, Style};

/// How everything looks. Colour is never the only sign of anything.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Theme {
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
    /// Added to the current quotation.
    pub current: Modifier,
    /// Speakers' colours; there are more speakers than colours, so they come round.
    speakers: Vec<Color>,
}

/// The names of the themes, as `--theme` accepts them.
pub const THEMES: &[&str] = &["terminal", "terminal-light", "dark", "light", "safe", "mono"];

impl Theme {
    /// The theme of this name.
    pub fn named(name: &str) -> Option<Self> {
        Some(match name {
            "terminal" => Self::terminal(),
            "terminal-light" => Self::terminal_light(),
            "dark" => Self::dark(),
            "light" => Self::light(),
            "safe" => Self::safe(),
            "mono" => Self::mono(),
            _ => return None,
        })
    }

    /// The terminal's own sixteen colours, on a dark ground.
    pub fn terminal() -> Self {
        use Color::{Blue, Cyan, Green, LightBlue, LightCyan, LightGreen, LightMagenta, LightRed, LightYellow};
        use Color::{Magenta, Red, Yellow};
        let speakers = vec![
            Cyan,
            Yellow,
            Magenta,
            Green,
            Blue,
            Red,
            LightCyan,
            LightYellow,
            LightMagenta,
            LightGreen,
            LightBlue,
            LightRed,
        ];
        Self::with(Cyan, Yellow, speakers)
    }

    /// The terminal's own sixteen colours, on a light ground: none that fades there.
    pub fn terminal_light() -> Self {
        use Color::{Blue, Cyan, Green, Magenta, Red};
        Self::with(Blue, Blue, vec![Blue, Magenta, Green, Red, Cyan])
    }

    /// Muted colours for a dark ground.
    pub fn dark() -> Self {
        let speakers = [
            0x5f_b3_b3, 0xd8_a6_57, 0xb4_8e_ad, 0x99_c7_94, 0x66_99_cc, 0xec_7a_7a, 0x8f_d3_d3, 0xf0_cf_8e, 0xd9_b8_d3,
            0xc0_e3_bc,
        ];
        Self::in_rgb(0x5f_b3_b3, 0xd8_a6_57, &speakers)
    }

    /// Deep colours for a light ground.
    pub fn light() -> Self {
        let speakers = [0x00_6d_77, 0x9a_5b_00, 0x7b_3f_8c, 0x2f_6f_2f, 0x1f_55_a5, 0xb0_2a_37, 0x5a_5a_00, 0x8c_1f_5c];
        Self::in_rgb(0x00_6d_77, 0x9a_5b_00, &speakers)
    }

    /// Colours that people with any kind of colour blindness tell apart, after Okabe and Ito, *Color Universal
    /// Design* (2008).
    pub fn safe() -> Self {
        let speakers = [0x56_b4_e9, 0xe6_9f_00, 0x00_9e_73, 0xcc_79_a7, 0xf0_e4_42, 0xd5_5e_00, 0x00_72_b2];
        Self::in_rgb(0x56_b4_e9, 0xe6_9f_00, &speakers)
    }

    /// No colour at all: weight, underline and reverse tell things apart.
    pub fn mono() -> Self {
        let bold = Style::new().add_modifier(Modifier::BOLD);
        Self {
            accent: bold,
            warning: bold,
            quotation: Style::new().add_modifier(Modifier::ITALIC),
            current: Modifier::REVERSED,
            speakers: Vec::new(),
            ..Self::with(Color::Reset, Color::Reset, Vec::new())
        }
    }

    fn in_rgb(accent: u32, found: u32, speakers: &[u32]) -> Self {
        Self::with(
            Color::from_u32(accent),
            Color::from_u32(found),
            speakers.iter().map(|&c| Color::from_u32(c)).collect(),
        )
    }

    fn with(accent: Color, found: Color, speakers: Vec<Color>) -> Self {
        Self {
            text: Style::new(),
            dim: Style::new().add_modifier(Modifier::DIM),
            rule: Style::new().add_modifier(Modifier::DIM),
            accent: Style::new().fg(accent),
            headline: Style::new().add_modifier(Modifier::BOLD),
            found: Style::new().fg(found).add_modifier(Modifier::UNDERLINED).remove_modifier(Modifier::DIM),
            found_here: Style::new().fg(found).add_modifier(Modifier::REVERSED).remove_modifier(Modifier::DIM),
            link: Style::new().add_modifier(Modifier::UNDERLINED | Modifier::DIM),
            warning: Style::new().fg(Color::Red),
            quotation: Style::new().fg(accent).add_modifier(Modifier::DIM),
            current: Modifier::BOLD.union(Modifier::UNDERLINED),
            speakers,
        }
    }

    /// The style of a speaker's quotations, by number from 0.
    pub fn spoken_by(&self, number: usize) -> Style {
        if self.speakers.is_empty() { self.quotation } else { self.speaker(number) }
    }

    /// The style of a speaker's name, number and bar, by number from 0.
    pub fn speaker(&self, number: usize) -> Style {
        match self.speakers.len() {
            0 => self.text,
            colours => Style::new().fg(self.speakers[number % colours]),
        }
    }
}
