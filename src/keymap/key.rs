//! A key, as the table writes it, and as a person reads it.

use std::fmt;

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

impl fmt::Display for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.alt {
            f.write_str("A-")?;
        }
        if self.ctrl {
            f.write_str("^")?;
        }
        f.write_str(match self.code {
            Code::Char(' ') => "Space",
            Code::Char(letter) if self.ctrl => return write!(f, "{}", letter.to_uppercase()),
            Code::Char(letter) => return write!(f, "{letter}"),
            Code::Enter => "Enter",
            Code::Esc => "Esc",
            Code::Tab => "Tab",
            Code::BackTab => "⇧Tab",
            Code::Backspace => "Backspace",
            Code::Delete => "Del",
            Code::Up => "↑",
            Code::Down => "↓",
            Code::Left => "←",
            Code::Right => "→",
            Code::Home => "Home",
            Code::End => "End",
            Code::PageUp => "PgUp",
            Code::PageDown => "PgDn",
        })
    }
}
