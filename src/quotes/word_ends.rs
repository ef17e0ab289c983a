//! Where words end: how many bytes belong to the one that begins here.

/// What a byte is as a letter of ASCII, as bits.
pub(super) const SMALL: u8 = 1;
pub(super) const CAPITAL: u8 = 1 << 1;
const DIGIT: u8 = 1 << 2;

/// Which bytes are ASCII letters and digits, and what of them.
pub(super) static LETTERS: [u8; 256] = {
    let mut table = [0; 256];
    let mut byte = 0;
    while byte < table.len() {
        table[byte] = match byte as u8 {
            b'a'..=b'z' => SMALL,
            b'A'..=b'Z' => CAPITAL,
            b'0'..=b'9' => DIGIT,
            _ => 0,
        };
        byte += 1;
    }
    table
};

/// How many ASCII letters and digits stand at the start, and what those after the first are.
pub(super) fn plain_run(bytes: &[u8]) -> (usize, u8) {
    let mut others = 0;
    for (at, byte) in bytes.iter().enumerate() {
        let letter = LETTERS[usize::from(*byte)];
        if letter == 0 {
            return (at, others);
        }
        others |= if at > 0 { letter } else { 0 };
    }
    (bytes.len(), others)
}

/// Whether a plain run of letters and digits from byte `start` to `end` is a whole word, and all that belongs to it;
/// `may_be_short` where it may be written with a full stop.
pub(super) fn stands_apart(text: &[u8], (start, end): (usize, usize), may_be_short: bool) -> bool {
    match text.get(end) {
        Some(b' ' | b';' | b':' | b'?' | b'!' | b')') => true,
        // No thousands.
        Some(b',') => !(text[end - 1].is_ascii_digit() && text.get(end + 1).is_some_and(u8::is_ascii_digit)),
        // No initial, nor a part of one.
        Some(b'.') => !may_be_short && end - start > 1,
        _ => false,
    }
}

/// How long the word at the start of `text` is, and whether it has a dot inside (U.S).
pub(super) fn word_length(text: &str) -> (usize, bool) {
    let bytes = text.as_bytes();
    let mut at = 0;
    let mut dotted = false;
    loop {
        at += plain_run(&bytes[at..]).0;
        let Some(c) = text[at..].chars().next() else { break };
        if !c.is_ascii() && c != '’' && (c.is_alphanumeric() || is_combining(c)) {
            at += c.len_utf8();
            continue;
        }
        let joins = match c {
            '-' | '\'' | '’' | '&' | '‑' => true,
            '.' => at == 1 || at == 3 && bytes[1] == b'-' || (dotted && at >= 3 && bytes[at - 2] == b'.'),
            ',' => bytes[at - 1].is_ascii_digit() && bytes.get(at + 1).is_some_and(u8::is_ascii_digit),
            _ => false,
        };
        let next = text[at + c.len_utf8()..].chars().next();
        if at == 0 || !joins || !next.is_some_and(char::is_alphanumeric) {
            break;
        }
        if c == '.' && !next.is_some_and(char::is_alphabetic) {
            break;
        }
        dotted |= c == '.';
        at += c.len_utf8();
    }
    (at.max(text.chars().next().map_or(0, char::len_utf8)), dotted)
}

fn is_combining(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}' | '\u{200d}')
}

/// How many bytes of a word in s are a possessive 's; and whether a bare apostrophe after a final s follows it.
pub(super) fn possessive_length(word: &str, after: &str) -> (usize, bool) {
    for ending in ["'s", "’s", "'S", "’S"] {
        if word.len() > ending.len() && word.ends_with(ending) {
            return (ending.len(), false);
        }
    }
    (0, word.ends_with('s') && after.starts_with(['\'', '’']))
}
