//! A key, as the table writes it.

/// A key with its modifiers. Shift is part of the letter.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Key {
    /// Which key.
    pub code: Code,
    /// Whether Control was held.
    pub ctrl: bool,
    /// Whether Alt was held.
    pub alt: bool,
}

/// Which key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[allow(missing_docs)]
pub enum Code {
    Char(char),
    Enter,
    Esc,
    Tab,
    BackTab,
    Backspace,
    Delete,
    Up,
    Down,
    Left,
    Right,
    Home,
    End,
    PageUp,
    PageDown,
}

impl Key {
    /// Reads a key: a letter, a name (`Enter`, `Space`, `PgDn`), or one of them after `C-` or `A-`.
    pub fn parse(written: &str) -> Option<Self> {
        if let Some(rest) = written.strip_prefix("C-") {
            return Some(Self { ctrl: true, ..Self::parse(rest)? });
        }
        if let Some(rest) = written.strip_prefix("A-") {
            return Some(Self { alt: true, ..Self::parse(rest)? });
        }
        let code = match written {
            "Space" => Code::Char(' '),
            "Enter" => Code::Enter,
            "Esc" => Code::Esc,
            "Tab" => Code::Tab,
            "BackTab" => Code::BackTab,
            "Backspace" => Code::Backspace,
            "Del" => Code::Delete,
            "Up" => Code::Up,
            "Down" => Code::Down,
            "Left" => Code::Left,
            "Right" => Code::Right,
            "Home" => Code::Home,
            "End" => Code::End,
            "PgUp" => Code::PageUp,
            "PgDn" => Code::PageDown,
            _ => {
                let mut letters = written.chars();
                match (letters.next(), letters.next()) {
                    (Some(letter), None) => Code::Char(letter),
                    _ => return None,
                }
            }
        };
        Some(Self { code, ctrl: false, alt: false })
    }
}
