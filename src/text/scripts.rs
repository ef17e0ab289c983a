//! Superscripts and subscripts in the letters that Unicode has for them, as wide as the plain ones.

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
    ('–', '⁻'),
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
    ('–', '₋'),
    ('=', '₌'),
    ('(', '₍'),
    (')', '₎'),
];

/// Words in these letters; nothing where one of them has none.
fn written(words: &str, letters: Letters) -> Option<String> {
    let stand_in = |c: char| letters.iter().find(|(plain, _)| *plain == c).map(|(_, letter)| *letter);
    words.chars().map(stand_in).collect()
}

/// Words as a subscript; nothing where Unicode has no letter for one of them.
pub fn lowered(words: &str) -> Option<String> {
    written(words, LOWERED)
}

/// A superscript as text that means the same: "⁹", "¹⁄₂" for "1/2"; nothing where Unicode has no letters for it, or there is
/// no number in it ("th").
pub fn raised(words: &str) -> Option<String> {
    if !words.contains(|c: char| c.is_ascii_digit()) {
        return None;
    }
    match words.split_once(['/', '\u{2044}']) {
        Some((above, below)) => Some(format!("{}\u{2044}{}", written(above, RAISED)?, written(below, LOWERED)?)),
        None => written(words, RAISED),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::cells;

    #[test]
    fn letters_are_as_wide_as_the_plain_ones() {
        assert_eq!(written("2-n", RAISED).as_deref(), Some("²⁻ⁿ"));
        assert_eq!(written("2x", LOWERED), None);
        let all = ["9", "−12", "2n+1", "1/2", "th", "1.5", "[3]", "1/2/3"].map(raised);
        assert_eq!(
            all,
            [Some("⁹"), Some("⁻¹²"), Some("²ⁿ⁺¹"), Some("¹⁄₂"), None, None, None, None].map(|t| t.map(str::to_owned))
        );
        for (plain, letter) in RAISED.iter().chain(LOWERED) {
            assert_eq!(cells(&letter.to_string()), cells(&plain.to_string()), "{letter}");
        }
    }
}
