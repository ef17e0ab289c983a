//! What a terminal sends, as keys, clicks and pasted text (ECMA-48; xterm's "Control Sequences": SGR mouse, mode 1006, and
//! bracketed paste, mode 2004).
//!
//! Accepts bytes as they are read; returns what they mean as soon as that is known. It reads nothing itself. It is our own,
//! as crossterm's reader hands on no key until a paste ends, however long that is, and makes keys of the answer about the
//! colour of the terminal's ground (OSC 11). Here a paste that never ends locks no key: `^C`, Esc twice, or any key after two
//! seconds ends it.

use crate::app::Command;
use crate::keymap::{Code, Key};

/// The longest paste that is kept, in bytes. What is longer is lost, to its end.
const LONGEST_PASTE: usize = 1 << 16;

/// The longest sequence of a terminal that is waited for, in bytes.
const LONGEST_SEQUENCE: usize = 1 << 12;

/// What the answer about the ground begins with, behind `ESC ]`, and the longest one: four numbers of four digits.
const GROUND: &[u8] = b"11;";
const LONGEST_GROUND: usize = 32;

const ESC: u8 = 0x1b;
const PASTE_END: &[u8] = b"\x1b[201~";

/// What was decoded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Decoded {
    Key(Key),
    Pointer(Command),
    Paste(String),
    /// The terminal's ground, as it was asked for.
    Ground {
        is_light: bool,
    },
    /// What the terminal can draw.
    Graphics(GraphicsAnswer),
}

/// An answer of the terminal to the question what it can draw.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum GraphicsAnswer {
    /// It knows the graphics protocol of kitty.
    Kitty,
    /// It draws sixels: attribute 4 of its device attributes (DA1).
    Sixel,
    /// A cell is so wide and high, in pixels (`CSI 6 ; h ; w t`).
    Cell {
        /// Its width.
        width: u16,
        /// Its height.
        height: u16,
    },
}

/// What the answer of a terminal begins with, behind `ESC _`, that knows kitty's protocol: the question had this number.
const KITTY: &[u8] = b"Gi=31;OK";

/// Bytes that have come, and mean nothing yet.
#[derive(Debug, Default)]
pub(super) struct Decoder {
    pending: Vec<u8>,
    paste: Option<Paste>,
}

/// A paste whose end has not come.
#[derive(Debug, Default)]
struct Paste {
    text: Vec<u8>,
    /// The last bytes, which may be the beginning of the end.
    tail: Vec<u8>,
}

/// What the first of the pending bytes are.
enum Next {
    /// So many bytes that mean this, if anything.
    Is(usize, Option<Decoded>),
    /// The beginning of a paste, of so many bytes.
    Paste(usize),
    /// Too little to know.
    Unfinished,
}

impl Decoder {
    /// Whether the last of what came, and of these bytes, may as well be keys as begin the answer about the ground.
    pub fn is_unsure(&self, bytes: &[u8]) -> bool {
        let all = [&self.pending, bytes].concat();
        let Some(at) = all.iter().rposition(|&byte| byte == ESC) else { return false };
        match &all[at + 1..] {
            [] => true,
            [b']', spelt @ ..] => spelt.len() < GROUND.len() && GROUND.starts_with(spelt),
            _ => false,
        }
    }

    /// Ends a paste whose end has not come, if there is one, and returns what has come of it: what comes next is typed.
    pub fn break_off(&mut self) -> Option<Decoded> {
        let mut paste = self.paste.take()?;
        paste.keep();
        Some(Decoded::Paste(String::from_utf8_lossy(&paste.text).into_owned()))
    }

    /// Takes bytes in; `more` tells whether others are there already.
    pub fn feed(&mut self, bytes: &[u8], more: bool) -> Vec<Decoded> {
        let mut decoded = Vec::new();
        let mut rest = bytes;
        loop {
            if let Some(paste) = &mut self.paste {
                match paste.feed(rest, more) {
                    None => return decoded,
                    Some((text, used)) => {
                        decoded.extend(text.map(Decoded::Paste));
                        rest = &rest[used..];
                        self.paste = None;
                    }
                }
            }
            self.pending.extend_from_slice(rest);
            rest = &[];
            let mut used = 0;
            let is_paste = loop {
                match next(&self.pending[used..], more) {
                    Next::Is(length, what) => {
                        used += length;
                        decoded.extend(what);
                    }
                    Next::Paste(length) => {
                        used += length;
                        break true;
                    }
                    Next::Unfinished => break false,
                }
            };
            self.pending.drain(..used);
            if !is_paste {
                return decoded;
            }
            self.paste = Some(Paste::default());
            let pasted = std::mem::take(&mut self.pending);
            if let Some(paste) = &mut self.paste {
                match paste.feed(&pasted, true) {
                    None => return decoded,
                    Some((text, used)) => {
                        decoded.extend(text.map(Decoded::Paste));
                        self.paste = None;
                        self.pending.extend_from_slice(&pasted[used..]);
                    }
                }
            }
        }
    }
}

impl Paste {
    /// Takes bytes in; at the end, returns the text, and how many of the bytes belong to the paste. A paste that the user
    /// breaks off has no text, and none of the bytes.
    fn feed(&mut self, bytes: &[u8], more: bool) -> Option<(Option<String>, usize)> {
        let is_alone = |byte: u8| !more && bytes == [byte];
        if is_alone(0x03) || (is_alone(ESC) && self.tail.ends_with(&[ESC])) {
            return Some((None, 0));
        }
        for (at, &byte) in bytes.iter().enumerate() {
            self.tail.push(byte);
            if self.tail.ends_with(PASTE_END) {
                self.tail.truncate(self.tail.len() - PASTE_END.len());
                self.keep();
                return Some((Some(String::from_utf8_lossy(&self.text).into_owned()), at + 1));
            }
            if self.tail.len() >= 2 * PASTE_END.len() {
                let ending = self.tail.split_off(self.tail.len() - PASTE_END.len());
                self.keep();
                self.tail = ending;
            }
        }
        None
    }

    /// Adds the tail to the text, as far as there is room.
    fn keep(&mut self) {
        let room = LONGEST_PASTE.saturating_sub(self.text.len());
        self.text.extend(self.tail.iter().take(room));
        self.tail.clear();
    }
}

/// What the first bytes mean.
fn next(bytes: &[u8], more: bool) -> Next {
    let key = |length: usize, code, ctrl| Next::Is(length, Some(Decoded::Key(Key { code, ctrl, alt: false })));
    match bytes {
        [] | [ESC, b'O'] => Next::Unfinished,
        [ESC, b']' | b'P' | b'_' | b'^' | b'X', ..] if let Some(answered) = answer(bytes, more) => answered,
        [ESC] if more => Next::Unfinished,
        [ESC] | [ESC, ESC, ..] => key(1, Code::Esc, false),
        [ESC, b'[', ..] => control_sequence(bytes),
        [ESC, b'O', third, ..] => Next::Is(3, arrow(*third, 1).map(Decoded::Key)),
        [ESC, rest @ ..] => match next(rest, more) {
            Next::Is(length, Some(Decoded::Key(key))) => {
                Next::Is(length + 1, Some(Decoded::Key(Key { alt: true, ..key })))
            }
            Next::Is(length, what) => Next::Is(length + 1, what),
            other => other,
        },
        [b'\r', ..] => key(1, Code::Enter, false),
        [b'\t', ..] => key(1, Code::Tab, false),
        [0x7f, ..] => key(1, Code::Backspace, false),
        [0, ..] => key(1, Code::Char(' '), true),
        [letter @ 0x01..=0x1a, ..] => key(1, Code::Char(char::from(letter - 1 + b'a')), true),
        [sign @ 0x1c..=0x1f, ..] => key(1, Code::Char(char::from(sign - 0x1c + b'4')), true),
        [first, ..] => letter(bytes, *first),
    }
}

/// A character in UTF-8; a byte that begins none means nothing.
fn letter(bytes: &[u8], first: u8) -> Next {
    let length = match first {
        0xf0..=0xf7 => 4,
        0xe0..=0xef => 3,
        0xc0..=0xdf => 2,
        _ => 1,
    };
    if bytes.iter().take(length).skip(1).any(|byte| !(0x80..=0xbf).contains(byte)) {
        return Next::Is(1, None);
    }
    let Some(written) = bytes.get(..length) else { return Next::Unfinished };
    match std::str::from_utf8(written).ok().and_then(|text| text.chars().next()) {
        Some(letter) => Next::Is(length, Some(Decoded::Key(Key { code: Code::Char(letter), ctrl: false, alt: false }))),
        None => Next::Is(1, None),
    }
}

/// `ESC [`, parameters, and a final byte.
fn control_sequence(bytes: &[u8]) -> Next {
    if let [_, _, b'M', ..] = bytes {
        return match bytes {
            [_, _, _, button, column, row, ..] => {
                let number = |byte: &u8| u16::from(byte.saturating_sub(32));
                Next::Is(6, pointer(number(button), number(column), number(row), true))
            }
            _ => Next::Unfinished,
        };
    }
    let is_final = |byte: &u8| (0x40..=0x7e).contains(byte);
    let Some(length) = bytes[2..].iter().position(is_final).map(|at| at + 3) else {
        return if bytes.len() > LONGEST_SEQUENCE { Next::Is(bytes.len(), None) } else { Next::Unfinished };
    };
    let (parameters, last) = (&bytes[2..length - 1], bytes[length - 1]);
    let is_sgr = parameters.first() == Some(&b'<');
    let written = String::from_utf8_lossy(parameters.strip_prefix(b"<").unwrap_or(parameters)).into_owned();
    let numbers: Vec<u32> = written.split(';').map(|number| number.parse().unwrap_or(0)).collect();
    let number = |at: usize| numbers.get(at).copied().unwrap_or(0);
    let small = |at: usize| u16::try_from(number(at)).unwrap_or(u16::MAX);
    let what = match last {
        b'M' | b'm' if is_sgr => pointer(small(0), small(1), small(2), last == b'M'),
        b'M' => pointer(small(0).saturating_sub(32), small(1), small(2), true),
        b'~' if number(0) == 200 => return Next::Paste(length),
        b'~' => special(number(0), number(1)).map(Decoded::Key),
        b'c' if parameters.starts_with(b"?") => {
            numbers[1..].contains(&4).then_some(Decoded::Graphics(GraphicsAnswer::Sixel))
        }
        b't' if number(0) == 6 => cell(small(2), small(1)),
        b'u' => character(number(0), number(1)).map(Decoded::Key),
        _ => arrow(last, number(1)).map(Decoded::Key),
    };
    Next::Is(length, what)
}

/// An answer of the terminal, up to `BEL` or `ESC \`; none where the bytes are keys that look like the beginning of one.
fn answer(bytes: &[u8], more: bool) -> Option<Next> {
    let bell = bytes.iter().position(|&byte| byte == 0x07).map(|at| (at, at + 1));
    let end = bytes[1..].windows(2).position(|pair| pair == [ESC, b'\\']).map(|at| (at + 1, at + 3));
    if let Some((end, length)) = bell.into_iter().chain(end).min() {
        if bytes[1] == b'_' && bytes[2..end].starts_with(KITTY) {
            return Some(Next::Is(length, Some(Decoded::Graphics(GraphicsAnswer::Kitty))));
        }
        let is_light = bytes[2..end].strip_prefix(GROUND).filter(|_| bytes[1] == b']').and_then(is_light);
        return Some(Next::Is(length, is_light.map(|is_light| Decoded::Ground { is_light })));
    }
    let spelt = bytes[2..].strip_suffix(&[ESC]).unwrap_or(&bytes[2..]);
    let is_colour = |letter: &u8| letter.is_ascii_hexdigit() || b"rgba:/#".contains(letter);
    let is_ground = bytes[1] == b']'
        && spelt.len() <= LONGEST_GROUND
        && spelt.strip_prefix(GROUND).is_some_and(|colour| colour.iter().all(is_colour));
    (is_ground || (more && bytes.len() <= LONGEST_SEQUENCE)).then_some(Next::Unfinished)
}

/// Whether a colour is light: `rgb:ffff/ffff/dddd`, with one to four digits for each part.
fn is_light(colour: &[u8]) -> Option<bool> {
    let (_, colour) = std::str::from_utf8(colour).ok()?.split_once(':')?;
    let part = |digits: &str| {
        let value = u16::from_str_radix(digits, 16).ok()?;
        Some(f64::from(value) / f64::from((1_u32 << (4 * digits.len())) - 1))
    };
    let mut parts = colour.split('/').map(part);
    let (red, green, blue) = (parts.next()??, parts.next()??, parts.next()??);
    Some(0.299 * red + 0.587 * green + 0.114 * blue > 0.5)
}

/// The size of a cell, if it can be one.
fn cell(width: u16, height: u16) -> Option<Decoded> {
    let can_be = |size: u16| (2..=200).contains(&size);
    let is_one = can_be(width) && can_be(height);
    is_one.then_some(Decoded::Graphics(GraphicsAnswer::Cell { width, height }))
}

/// A key with the modifiers of a sequence: one more than a sum of 1 (Shift), 2 (Alt) and 4 (Control).
fn modified(code: Code, modifiers: u32) -> Key {
    let held = modifiers.saturating_sub(1);
    Key { code, ctrl: held & 4 != 0, alt: held & 2 != 0 }
}

fn arrow(last: u8, modifiers: u32) -> Option<Key> {
    let code = match last {
        b'A' => Code::Up,
        b'B' => Code::Down,
        b'C' => Code::Right,
        b'D' => Code::Left,
        b'H' => Code::Home,
        b'F' => Code::End,
        b'P'..=b'S' => Code::F(last - b'P' + 1),
        b'Z' => return Some(modified(Code::BackTab, 1)),
        _ => return None,
    };
    Some(modified(code, modifiers))
}

fn special(number: u32, modifiers: u32) -> Option<Key> {
    let code = match number {
        1 | 7 => Code::Home,
        3 => Code::Delete,
        4 | 8 => Code::End,
        5 => Code::PageUp,
        6 => Code::PageDown,
        // VT220 leaves gaps between groups of keys.
        11..=15 => Code::F(number as u8 - 10),
        17..=21 => Code::F(number as u8 - 11),
        23 | 24 => Code::F(number as u8 - 12),
        _ => return None,
    };
    Some(modified(code, modifiers))
}

fn character(number: u32, modifiers: u32) -> Option<Key> {
    let code = match number {
        9 if modifiers == 2 => Code::BackTab,
        9 => Code::Tab,
        13 => Code::Enter,
        27 => Code::Esc,
        127 => Code::Backspace,
        _ => Code::Char(char::from_u32(number).filter(|letter| !letter.is_control())?),
    };
    Some(modified(code, modifiers))
}

/// A button, or the wheel, at a cell counted from 1.
fn pointer(button: u16, column: u16, row: u16, is_pressed: bool) -> Option<Decoded> {
    /// The bits that say which of Shift, Alt and Control were held.
    const HELD: u16 = 4 | 8 | 16;
    let (column, row) = (column.checked_sub(1)?, row.checked_sub(1)?);
    let command = match (button & !HELD, is_pressed) {
        (0, true) => Command::Click { column, row },
        (32, true) => Command::Drag { column, row },
        (64, true) => Command::Wheel { column, row, down: false },
        (65, true) => Command::Wheel { column, row, down: true },
        _ => return None,
    };
    Some(Decoded::Pointer(command))
}

#[cfg(test)]
mod tests;
