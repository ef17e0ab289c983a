//! Control characters that are marks: what Windows-1252 has at 80 to 9F (hexadecimal), where Unicode has the control
//! characters of the second set (C1), which no article has.
//!
//! Text gets them where bytes of Windows-1252 were taken for ISO 8859-1 on their way. What is meant is decided here,
//! where text comes in, so that `text::clean` can stay strict with what is left.

use std::borrow::Cow;

use memchr::memchr_iter;

use crate::text::escape_length;

/// Windows-1252 from 80 to 9F; five of them are nothing there.
const WINDOWS: [char; 32] = [
    '€', '\u{81}', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\u{8d}', 'Ž', '\u{8f}', '\u{90}', '‘', '’',
    '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\u{9d}', 'ž', 'Ÿ',
];

/// The character that is meant by one that is a control character in Unicode and a letter or a mark in Windows-1252.
pub fn from_windows(character: char) -> char {
    match character {
        '\u{80}'..='\u{9f}' => WINDOWS[character as usize - 0x80],
        _ => character,
    }
}

/// Returns `text` with the marks and letters of Windows-1252 that control characters in it mean.
///
/// Any that is a mark, a letter or a dash there shows that all are, and those that are nothing there go. What begins a
/// control sequence or a control string of a terminal (ECMA-48) shows nothing: where there is nothing else, it stays for
/// cleaning to take out whole. U+0085 and U+009B alone show nothing either: they are a line end (UAX 14) and the
/// beginning of a sequence. A letter after "Ã" or "Â" is what is left of one that was encoded twice, and goes. The same characters as three bytes of UTF-8 that were each taken for a character ("â",
/// U+0080, U+0099) become the one that they were.
pub fn marks_of_windows(text: Cow<'_, str>) -> Cow<'_, str> {
    let bytes = text.as_bytes();
    let is_control = |at: usize| bytes.get(at + 1).is_some_and(|next| (0x80..=0x9f).contains(next));
    let Some(first) = memchr_iter(0xc2, bytes).find(|at| is_control(*at)) else { return text };
    // A sequence that has begun before the first of them ends in ASCII or with one that is looked at.
    let start = text[..first].rfind(['\n', 'â', '\u{1b}']).unwrap_or(first);
    let pieces = |with_sequences| Pieces { whole: &text, text: &text[start..], with_sequences };
    let is_windows = pieces(true).any(|piece| piece.is_telling());
    let mut out = text[..start].to_owned();
    // No letter of Windows-1252 begins or ends what steers a terminal.
    for piece in pieces(!is_windows) {
        match piece {
            Piece::Character(c) if is_windows => out.extend(Some(from_windows(c)).filter(|c| !is_second_set(*c))),
            Piece::Character(c) | Piece::Mended(c) => out.push(c),
            Piece::Sequence(sequence) => out.push_str(sequence),
            Piece::Remnant => {}
        }
    }
    Cow::Owned(out)
}

/// Whether a character is a control character of the second set.
fn is_second_set(c: char) -> bool {
    ('\u{80}'..='\u{9f}').contains(&c)
}

/// Whether a control character shows that Windows-1252 is meant.
fn is_telling(c: char) -> bool {
    !matches!(c, '\u{85}' | '\u{9b}') && from_windows(c) != c
}

/// What a text is made of here.
enum Piece<'t> {
    Character(char),
    /// One that was written as the three bytes of UTF-8.
    Mended(char),
    /// What steers a terminal.
    Sequence(&'t str),
    /// The second half of a letter that was encoded twice.
    Remnant,
}

impl Piece<'_> {
    /// Whether it shows that Windows-1252 is meant. A control string has no control characters of the second set in it
    /// (ECMA-48 §5.6): "i\u{9e}ek said \u{93}So\u{94} c\u{9c}ur" is none, though it has the beginning and the end of one.
    fn is_telling(&self) -> bool {
        match self {
            Self::Character(c) => is_telling(*c),
            Self::Mended(_) | Self::Remnant => false,
            Self::Sequence(sequence) => {
                let mut inside = sequence.chars();
                let (first, _) = (inside.next(), inside.next_back());
                first != Some('\u{1b}') && inside.any(is_telling)
            }
        }
    }
}

struct Pieces<'t> {
    whole: &'t str,
    /// What of it is left.
    text: &'t str,
    /// Whether what looks like a sequence is one.
    with_sequences: bool,
}

impl<'t> Iterator for Pieces<'t> {
    type Item = Piece<'t>;

    fn next(&mut self) -> Option<Piece<'t>> {
        let c = self.text.chars().next()?;
        let (piece, length) = match c {
            'â' => match general_punctuation(self.text) {
                Some((mark, length)) => (Piece::Mended(mark), length),
                None => (Piece::Character(c), c.len_utf8()),
            },
            // The strings that U+0098, U+009E and U+009F begin steer nothing: these are letters.
            '\u{1b}' | '\u{90}' | '\u{9b}' | '\u{9d}' if self.with_sequences => {
                let length = escape_length(self.text);
                let after = &self.text[c.len_utf8()..length];
                // A closing mark stands before a blank or a letter, a sequence that does something has parameters.
                let is_sequence =
                    !after.is_empty() && (c != '\u{9b}' || after.starts_with(|c| ('0'..='?').contains(&c)));
                if is_sequence {
                    (Piece::Sequence(&self.text[..length]), length)
                } else {
                    (Piece::Character(c), c.len_utf8())
                }
            }
            _ if is_second_set(c) && from_windows(c).is_alphabetic() && self.follows_half() => {
                (Piece::Remnant, c.len_utf8())
            }
            _ => (Piece::Character(c), c.len_utf8()),
        };
        self.text = &self.text[length..];
        Some(piece)
    }
}

impl Pieces<'_> {
    /// Whether "Ã" or "Â", composed or not, stands before what is left: the first half of a letter that was encoded twice.
    fn follows_half(&self) -> bool {
        let before = &self.whole[..self.whole.len() - self.text.len()];
        ["Ã", "Â", "A\u{303}", "A\u{302}"].iter().any(|half| before.ends_with(half))
    }
}

/// The character from U+2000 to U+203F whose bytes in UTF-8 are the characters at the beginning of `text`.
fn general_punctuation(text: &str) -> Option<(char, usize)> {
    let after = text.strip_prefix("â\u{80}")?;
    let last = after.chars().next().filter(|c| ('\u{80}'..='\u{bf}').contains(c))?;
    Some((char::from_u32(0x2000 + (last as u32 & 0x3f))?, text.len() - after.len() + last.len_utf8()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::clean;

    fn mended(text: &str) -> String {
        marks_of_windows(text.into()).into_owned()
    }

    #[test]
    fn control_characters_of_words_are_marks() {
        for (text, expected) in [
            ("\u{93}It isn\u{92}t,\u{94} she said\u{85} \u{96} no", "“It isn’t,” she said… – no"),
            (
                "\u{84}Nein\u{93}, \u{8b}oui\u{9b}, \u{80} 5, c\u{9c}ur, Milo\u{9a}, Ÿ\u{9f}",
                "„Nein“, ‹oui›, € 5, cœur, Miloš, ŸŸ",
            ),
            ("Itâ\u{80}\u{99}s â\u{80}\u{9c}soâ\u{80}\u{9d} â", "It’s “so” â"),
            ("One.\u{85}Two.", "One.\u{85}Two."),
            ("é\u{81}\u{92}\u{9d}", "é’"),
            (
                "Slavoj \u{8e}i\u{9e}ek a dit : \u{93}Oui.\u{94} Son c\u{9c}ur bat",
                "Slavoj Žižek a dit : “Oui.” Son cœur bat",
            ),
            ("i\u{9e}ek : \u{93}Oui\u{94}, c\u{9c}ur", "ižek : “Oui”, cœur"),
            ("\u{8b}Ja\u{9b}2 sagte er. \u{9b}5 Leute\u{8b}", "‹Ja›2 sagte er. ›5 Leute‹"),
            ("\u{93}a\u{94} \u{98}b\u{9c} \u{90}c\u{9c}", "“a” ˜bœ cœ"),
            ("i\u{9e}ek, \u{9f}", "ižek, Ÿ"),
            ("Fran\u{c3}\u{83}\u{c2}\u{a7}ois said \u{93}oui\u{94}", "FranÃÂ§ois said “oui”"),
            ("\u{c3}\u{83}\u{c2}\u{a9} \u{c3}\u{9c}ber\u{c2}\u{92}s", "ÃÂ© ÃberÂ’s"),
            ("\u{c3}\u{85}", "Ã\u{85}"),
            ("A\u{303}\u{83}A\u{302}\u{a7} A\u{303}\u{93}", "A\u{303}A\u{302}\u{a7} A\u{303}“"),
        ] {
            assert_eq!(mended(text), expected);
            assert_eq!(mended(&mended(text)), expected);
        }
        assert_eq!(clean(&mended("One.\u{85}Two.")), "One.\nTwo.");
        assert!(matches!(marks_of_windows("“Žółć”, 5 £".into()), Cow::Borrowed(_)));
    }

    #[test]
    fn control_sequences_stay_for_cleaning() {
        for (text, expected) in [
            ("\u{9b}31mred\u{9b}0m", "red"),
            ("\u{9d}0;title\u{9c}x", "x"),
            ("\u{1b}]0;it\u{92}s\u{7}a", "a"),
            // Where they are letters, they are harmless.
            ("\u{93}a\u{94}\u{9b}2Jx\u{1b}[2J", "“a”›2Jx"),
            ("\u{93}a\u{94} \u{9d}0;title\u{9c}x", "“a” 0;titleœx"),
            ("\u{1b}]0;c\u{9c}ur\u{92}s", "0;cœur’s"),
            ("x\u{90}q\u{1b}\\", "x"),
            // Strings that no terminal does anything with are words; what stands in them is shown, and steers nothing.
            ("\u{9f}payload\u{9c}x\u{90}q\u{1b}\\", "Ÿpayloadœxq"),
            ("Kde je \u{9e}ena? Pak \u{9c}el.", "Kde je žena? Pak œel."),
        ] {
            assert_eq!(clean(&mended(text)), expected, "{text:?}");
        }
    }
}
