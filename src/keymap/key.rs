//! A key, as the table writes it, and as a person reads it.

use std::fmt;

/// A key with its modifiers. Shift is part of the letter.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Key {
    /// Which key.
    pub code: Code,
    /// Whether Control was held.
    pub ctrl: bool,
    /// Whether Alt was held.
    pub alt: bool,
}

/// Which key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
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
    F(u8),
}

/// The keys with names: as they are written, then other ways to write them, in any case.
const NAMES: [(Code, &str, &[&str]); 15] = [
    (Code::Char(' '), "Space", &["spc"]),
    (Code::Enter, "Enter", &["return", "ret", "cr"]),
    (Code::Esc, "Esc", &["escape"]),
    (Code::Tab, "Tab", &[]),
    (Code::BackTab, "BackTab", &["s-tab", "shift-tab"]),
    (Code::Backspace, "Backspace", &["bs"]),
    (Code::Delete, "Del", &["delete"]),
    (Code::Up, "Up", &[]),
    (Code::Down, "Down", &[]),
    (Code::Left, "Left", &[]),
    (Code::Right, "Right", &[]),
    (Code::Home, "Home", &[]),
    (Code::End, "End", &[]),
    (Code::PageUp, "PgUp", &["pageup", "page-up"]),
    (Code::PageDown, "PgDn", &["pagedown", "page-down"]),
];

/// The highest function key.
const HIGHEST_FUNCTION: u8 = 24;

impl From<char> for Key {
    fn from(letter: char) -> Self {
        Self { code: Code::Char(letter), ctrl: false, alt: false }
    }
}

impl Key {
    /// Reads a key: a letter, a name (`Enter`, `Space`, `PgDn`, `F5`), or one of them after `C-` or `A-`.
    pub fn parse(written: &str) -> Option<Self> {
        let rest = |names: &[&str]| {
            let after = |name: &&str| written.get(..name.len()).filter(|start| start.eq_ignore_ascii_case(name));
            let name = names.iter().find(|name| after(name).is_some())?;
            written.get(name.len()..).filter(|rest| !rest.is_empty())
        };
        if let Some(rest) = rest(&["C-", "Ctrl-", "^"]) {
            // Terminals send one code for both cases.
            let key = Self::parse(rest).filter(|key| !key.ctrl)?;
            let code =
                if let Code::Char(letter) = key.code { Code::Char(letter.to_ascii_lowercase()) } else { key.code };
            return Some(Self { code, ctrl: true, ..key });
        }
        if let Some(rest) = rest(&["A-", "Alt-", "M-"]) {
            return Self::parse(rest).filter(|key| !key.alt).map(|key| Self { alt: true, ..key });
        }
        let mut letters = written.chars();
        let code = match (letters.next(), letters.next()) {
            (Some(letter), None) => Code::Char(letter),
            _ => Self::named(written)?,
        };
        Some(Self { code, ctrl: false, alt: false })
    }

    /// The key with this name.
    fn named(written: &str) -> Option<Code> {
        let lower = written.to_ascii_lowercase();
        let is_it = |(_, name, others): &&(Code, &str, &[&str])| {
            name.eq_ignore_ascii_case(&lower) || others.contains(&lower.as_str())
        };
        let function =
            || lower.strip_prefix('f')?.parse().ok().filter(|n| (1..=HIGHEST_FUNCTION).contains(n)).map(Code::F);
        NAMES.iter().find(is_it).map(|(code, ..)| *code).or_else(function)
    }

    /// Where terminals send the code of another key for it (ECMA-48 has one for both): how the two are written.
    pub fn as_sent(&self) -> Option<(String, &'static str)> {
        let Self { code: Code::Char(letter), ctrl: true, .. } = *self else { return None };
        let sent = match letter {
            'i' => "Tab",
            'm' => "Enter",
            '[' => "Esc",
            _ => return None,
        };
        Some((self.written(), sent))
    }

    /// As the configuration writes it.
    pub fn written(&self) -> String {
        let name = match self.code {
            Code::F(number) => format!("F{number}"),
            code => match NAMES.iter().find(|(named, ..)| *named == code) {
                Some((_, name, _)) => (*name).to_owned(),
                None => self.letter().map(String::from).unwrap_or_default(),
            },
        };
        format!("{}{}{name}", if self.alt { "A-" } else { "" }, if self.ctrl { "C-" } else { "" })
    }

    /// The letter, where it is one.
    pub fn letter(&self) -> Option<char> {
        if let Code::Char(letter) = self.code { Some(letter) } else { None }
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
            Code::F(number) => return write!(f, "F{number}"),
        })
    }
}
