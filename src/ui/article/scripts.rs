//! Superscripts and subscripts in the letters that Unicode has for them, as wide as the plain ones.

use std::borrow::Cow;

use crate::article::StyleKind;

/// Plain letters, and what stands for each.
type Letters = &'static [(char, char)];

const RAISED: Letters = &[
    ('0', '⁰'),
    ('1', '¹'),
    ('2', '²'),
    ('3', '³'),
    ('4', '⁴'),
    ('5', '⁵'),
    ('6', '⁶'),
    ('7', '⁷'),
    ('8', '⁸'),
    ('9', '⁹'),
    ('+', '⁺'),
    ('-', '⁻'),
    ('−', '⁻'),
    ('=', '⁼'),
    ('(', '⁽'),
    (')', '⁾'),
    ('i', 'ⁱ'),
    ('n', 'ⁿ'),
];

const LOWERED: Letters = &[
    ('0', '₀'),
    ('1', '₁'),
    ('2', '₂'),
    ('3', '₃'),
    ('4', '₄'),
    ('5', '₅'),
    ('6', '₆'),
    ('7', '₇'),
    ('8', '₈'),
    ('9', '₉'),
    ('+', '₊'),
    ('-', '₋'),
    ('−', '₋'),
    ('=', '₌'),
    ('(', '₍'),
    (')', '₎'),
];

/// The letters for words that are told apart so.
pub const fn letters(kind: StyleKind) -> Option<Letters> {
    match kind {
        StyleKind::Superscript => Some(RAISED),
        StyleKind::Subscript => Some(LOWERED),
        _ => None,
    }
}

/// Words in these letters; nothing where one of them has none.
pub fn written(words: &str, letters: Letters) -> Option<Cow<'_, str>> {
    let stand_in = |c: char| letters.iter().find(|(plain, _)| *plain == c).map(|(_, letter)| *letter);
    words.chars().map(stand_in).collect::<Option<String>>().map(Cow::Owned)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::cells;

    #[test]
    fn letters_are_as_wide_as_the_plain_ones() {
        assert_eq!(written("2-n", RAISED).as_deref(), Some("²⁻ⁿ"));
        assert_eq!(written("2x", LOWERED), None);
        for (plain, letter) in RAISED.iter().chain(LOWERED) {
            assert_eq!(cells(&letter.to_string()), cells(&plain.to_string()), "{letter}");
        }
    }
}
