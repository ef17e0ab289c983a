//! The signs of the screen, and what stands for each where only ASCII is wanted.
//!
//! Everything is drawn with the signs of the left column. Where the user wants ASCII, the cells of a finished frame are
//! replaced, one for one, so that no width depends on it; but what articles say and what the user types stays as it is.

use ratatui::buffer::Buffer;
use ratatui::style::{Modifier, Style};

use crate::app::SignSet;

/// Every sign that the screens draw, and its stand-in.
#[rustfmt::skip]
const SIGNS: &[(char, char)] = &[
    // What is selected, picked, unread, starred, kept, current, confirmed.
    ('▌', '>'), ('◆', 'x'), ('●', 'o'), ('★', '*'), ('☆', '.'), ('▪', '#'), ('┃', '|'), ('✓', '+'),
    // Rules and frames.
    ('─', '-'), ('━', '='), ('│', '|'), ('┬', '+'), ('┴', '+'), ('╭', '+'), ('╮', '+'), ('╰', '+'), ('╯', '+'),
    // Spark lines, by height, and orders.
    ('▁', '_'), ('▂', '.'), ('▃', ':'), ('▄', '-'), ('▅', '='), ('▆', '*'), ('▇', '#'), ('▲', '^'), ('▼', 'v'),
    // Lists, block quotations.
    ('•', '*'), ('◦', '-'), ('‣', '+'), ('▎', '|'),
    // Feed folders.
    ('▾', 'v'), ('▸', '>'),
    // Between words.
    ('·', '-'), ('…', '~'), ('–', '-'), ('—', '-'), ('›', '>'), ('‹', '<'), ('×', 'x'), ('↵', '/'),
    ('“', '"'), ('”', '"'), ('„', '"'), ('«', '"'), ('»', '"'), ('‘', '\''), ('’', '\''),
    // Keys, where there is no room for their names.
    ('↑', '^'), ('↓', 'v'), ('←', '<'), ('→', '>'), ('⇧', '+'),
];

/// Keys that are written with a sign, and their names.
const KEYS: &[(char, &str)] = &[('⇧', "Back"), ('↑', "Up"), ('↓', "Down"), ('←', "Left"), ('→', "Right")];

/// Marks quoted words as they are cited: the marks around them and the ellipses are the program's. No terminal knows this
/// bit and those below, and no frame keeps them.
const CITED: Modifier = Modifier::from_bits_retain(1 << 13);

/// Marks words of an article that were cut to their place: an ellipsis in them is the program's.
const WORDS: Modifier = Modifier::from_bits_retain(1 << 14);

/// Marks what stays as it is, to the letter.
const VERBATIM: Modifier = Modifier::from_bits_retain(1 << 15);

/// A style for words of an article, which may have been cut.
pub fn of_article(style: Style) -> Style {
    style.add_modifier(WORDS)
}

/// A style for quoted words as they are cited.
pub fn cited(style: Style) -> Style {
    style.add_modifier(CITED)
}

/// A style for what is shown as it is, to the letter: the text of the open article, what is being typed.
pub fn verbatim(style: Style) -> Style {
    style.add_modifier(VERBATIM)
}

/// Keys as the help names them.
pub fn keys(keys: &str, set: SignSet) -> String {
    match set {
        SignSet::Unicode => keys.to_owned(),
        SignSet::Ascii => KEYS.iter().fold(keys.to_owned(), |keys, (sign, name)| keys.replace(*sign, name)),
    }
}

/// Replaces the signs of a finished frame as far as the set has others, and takes the marks away.
pub fn finish(buffer: &mut Buffer, set: SignSet) {
    for cell in &mut buffer.content {
        let own: &[&str] = match cell.modifier {
            marks if marks.contains(VERBATIM) => &[],
            marks if marks.contains(WORDS) => &["…"],
            marks if marks.contains(CITED) => &["…", "“", "”"],
            _ => &[cell.symbol()],
        };
        let is_own = own.contains(&cell.symbol());
        cell.modifier.remove(CITED.union(WORDS).union(VERBATIM));
        if set == SignSet::Ascii
            && is_own
            && let Some(stand_in) = stand_in(cell.symbol())
        {
            cell.set_char(stand_in);
        }
    }
}

fn stand_in(sign: &str) -> Option<char> {
    let mut letters = sign.chars();
    let (sign, None) = (letters.next()?, letters.next()) else { return None };
    SIGNS.iter().find(|(known, _)| *known == sign).map(|(_, stand_in)| *stand_in)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::cells;

    #[test]
    fn stand_ins_are_ascii_and_as_wide_as_their_signs() {
        for (at, (sign, stand_in)) in SIGNS.iter().enumerate() {
            assert!(
                stand_in.is_ascii() && cells(&sign.to_string()) == 1 && !stand_in.is_control(),
                "{sign} {stand_in}"
            );
            assert!(SIGNS[..at].iter().all(|(known, _)| known != sign), "{sign} stands there twice");
        }
    }

    #[test]
    fn what_articles_say_stays() {
        let mut buffer = Buffer::with_lines(["“a…” ”b…” “c…”"]);
        buffer.set_style(ratatui::layout::Rect::new(5, 0, 4, 1), of_article(Style::new()));
        buffer.set_style(ratatui::layout::Rect::new(10, 0, 4, 1), verbatim(Style::new()));
        let mut plain = buffer.clone();
        finish(&mut buffer, SignSet::Ascii);
        assert_eq!(buffer, Buffer::with_lines(["\"a~\" ”b~” “c…”"]));
        finish(&mut plain, SignSet::Unicode);
        assert_eq!(plain, Buffer::with_lines(["“a…” ”b…” “c…”"]));
    }

    #[test]
    fn keys_have_names() {
        assert_eq!(keys("j ↓ ^→ ⇧", SignSet::Ascii), "j Down ^Right Back");
    }
}
