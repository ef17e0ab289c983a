//! The answer of the terminal about the colour of its ground, which comes among the keys.
//!
//! crossterm knows no such answer: `ESC ] 1 1 ; r g b : …` arrives as Alt-] and letters. They are held back here, and
//! handed on where they turn out to be keys.

use crossterm::event::{Event as Input, KeyCode, KeyEvent, KeyModifiers};

/// What every answer begins with, behind `ESC ]`.
const START: &str = "11;";

/// The longest answer: `11;rgba:` and four numbers of four digits.
const LONGEST: usize = 32;

/// What becomes of an input.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Sorted {
    /// These are keys and all else.
    Inputs(Vec<Input>),
    /// It may belong to an answer.
    Held,
    /// That was the answer: whether the ground is light, if it says that.
    Answer(Option<bool>),
}

/// Sorts the answer out from among the keys.
#[derive(Debug, Default)]
pub(super) struct AnswerFilter {
    /// Whether the terminal was asked and has not answered.
    awaited: bool,
    /// What came before was the key Esc, which may have been the first byte of the answer.
    after_esc: bool,
    held: Vec<Input>,
    /// What the held inputs spell, behind `ESC ]`.
    spelt: String,
}

impl AnswerFilter {
    pub(super) fn new(awaited: bool) -> Self {
        Self { awaited, ..Self::default() }
    }

    /// Whether what is held may as well be keys: then the next byte of an answer would be there already.
    pub(super) fn is_unsure(&self) -> bool {
        !self.held.is_empty() && self.spelt.len() < START.len()
    }

    /// What was held, which is no answer.
    pub(super) fn release(&mut self) -> Vec<Input> {
        self.spelt.clear();
        std::mem::take(&mut self.held)
    }

    /// Sorts one input.
    pub(super) fn sort(&mut self, input: Input) -> Sorted {
        if !self.awaited {
            return Sorted::Inputs(vec![input]);
        }
        let (letter, modifiers) = match input {
            Input::Key(KeyEvent { code: KeyCode::Char(letter), modifiers, .. }) => (Some(letter), modifiers),
            _ => (None, KeyModifiers::NONE),
        };
        let is_esc = matches!(input, Input::Key(KeyEvent { code: KeyCode::Esc, .. }));
        let after_esc = std::mem::replace(&mut self.after_esc, is_esc);
        let (alt, ctrl) = (modifiers.contains(KeyModifiers::ALT), modifiers.contains(KeyModifiers::CONTROL));
        if self.held.is_empty() {
            let begins = letter == Some(']') && (alt || after_esc);
            if begins {
                self.held.push(input);
                return Sorted::Held;
            }
            return Sorted::Inputs(vec![input]);
        }
        let ends = match letter {
            Some('g') => ctrl,
            Some('\\') => alt || after_esc,
            _ => false,
        };
        if ends && self.spelt.len() > START.len() {
            self.awaited = false;
            self.held.clear();
            return Sorted::Answer(is_light(&self.spelt));
        }
        if let Some(letter) = letter.filter(|letter| !alt && !ctrl && self.may_go_on(*letter)) {
            self.spelt.push(letter);
        } else if !(is_esc && self.spelt.len() > START.len()) {
            let mut inputs = self.release();
            inputs.push(input);
            return Sorted::Inputs(inputs);
        }
        self.held.push(input);
        Sorted::Held
    }

    fn may_go_on(&self, letter: char) -> bool {
        match START[self.spelt.len().min(START.len())..].chars().next() {
            Some(next) => letter == next,
            None => self.spelt.len() < LONGEST && (letter.is_ascii_hexdigit() || "rgb:/#".contains(letter)),
        }
    }
}

/// Whether the colour in an answer is light: `11;rgb:ffff/ffff/dddd`, with one to four digits for each part.
fn is_light(answer: &str) -> Option<bool> {
    let (_, colour) = answer.split_once(':')?;
    let part = |digits: &str| {
        let value = u16::from_str_radix(digits, 16).ok()?;
        Some(f64::from(value) / f64::from((1_u32 << (4 * digits.len())) - 1))
    };
    let mut parts = colour.split('/').map(part);
    let (red, green, blue) = (parts.next()??, parts.next()??, parts.next()??);
    Some(0.299 * red + 0.587 * green + 0.114 * blue > 0.5)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The inputs as crossterm makes them of bytes that come at once, or each alone where `split`.
    fn inputs(bytes: &str, split: bool) -> Vec<Input> {
        let key = |letter: char, alt: bool| {
            let modifiers = if alt { KeyModifiers::ALT } else { KeyModifiers::NONE };
            match letter {
                '\x1b' => Input::Key(KeyEvent::new(KeyCode::Esc, modifiers)),
                '\x07' => Input::Key(KeyEvent::new(KeyCode::Char('g'), KeyModifiers::CONTROL)),
                letter => Input::Key(KeyEvent::new(KeyCode::Char(letter), modifiers)),
            }
        };
        let mut letters = bytes.chars().peekable();
        let mut inputs = Vec::new();
        while let Some(letter) = letters.next() {
            match letters.peek() {
                Some(&next) if letter == '\x1b' && !split => {
                    letters.next();
                    inputs.push(key(next, true));
                }
                _ => inputs.push(key(letter, false)),
            }
        }
        inputs
    }

    /// What is handed on of these bytes, as letters, and the answer.
    fn sorted(bytes: &str, split: bool) -> (String, Option<bool>) {
        let mut filter = AnswerFilter::new(true);
        let (mut keys, mut answer) = (Vec::new(), None);
        for input in inputs(bytes, split) {
            match filter.sort(input) {
                Sorted::Inputs(inputs) => keys.extend(inputs),
                Sorted::Held => {}
                Sorted::Answer(light) => answer = light,
            }
        }
        keys.extend(filter.release());
        let letter = |input: &Input| match input {
            Input::Key(KeyEvent { code: KeyCode::Char(letter), .. }) => *letter,
            _ => '^',
        };
        (keys.iter().map(letter).collect(), answer)
    }

    #[test]
    fn answer_is_no_key() {
        for end in ["\x1b\\", "\x07"] {
            for (colour, light) in
                [("rgb:ffff/ffff/dddd", true), ("rgb:1c/1c/1c", false), ("rgba:fff/fff/fff/fff", true)]
            {
                let bytes = format!("jj\x1b]11;{colour}{end}k\x1b]x");
                assert_eq!(sorted(&bytes, false), ("jjk]x".to_owned(), Some(light)), "{bytes:?}");
            }
        }
        assert_eq!(sorted("\x1b]11;rgb:0/0/0\x1b\\j", true), ("^j".to_owned(), Some(false)), "byte by byte");
    }

    #[test]
    fn keys_are_no_answer() {
        for (bytes, keys) in [("\x1b]", "]"), ("\x1b]1j", "]1j"), ("\x1b]11;j", "]11;j"), ("j]11;g", "j]11;g")] {
            assert_eq!(sorted(bytes, false), (keys.to_owned(), None), "{bytes:?}");
        }
        assert_eq!(sorted("\x1b]n", true), ("^]n".to_owned(), None));
        let mut filter = AnswerFilter::new(false);
        assert!(inputs("\x1b]11;", false).into_iter().all(|input| matches!(filter.sort(input), Sorted::Inputs(_))));
    }
}
