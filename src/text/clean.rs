//! Cleaning: what must never reach a terminal goes, before any offset is taken.

use std::borrow::Cow;

use unicode_width::UnicodeWidthChar;

/// The most zero-width characters (accents, joiners) that may follow one another; stacked higher they only deface
/// the lines around them. The Stream-Safe Text Format of Unicode (UAX 15) allows 30.
const MOST_MARKS: usize = 30;

/// The longest escape sequence that is taken out whole, in bytes. A longer one loses its control characters only.
const LONGEST_ESCAPE: usize = 1 << 12;

/// Returns `raw` without anything that could steer or deceive a terminal.
///
/// Line ends become `\n`, tabs and odd spaces that terminals disagree about become spaces, and these go: escape
/// sequences, control characters, characters that reorder text (bidi embeddings, overrides and isolates), soft
/// hyphens, byte order marks, interlinear annotations, tag characters, and any more than 30 zero-width characters in a
/// row. Tag characters are dropped also where they make the flag of a region: what cannot be seen can say anything, also
/// after a flag, and a black flag is what remains on screens that do not know the sequence.
/// Cleaning is idempotent.
pub fn clean(raw: &str) -> Cow<'_, str> {
    let mut plain = plain_length(raw);
    if plain == raw.len() {
        return Cow::Borrowed(raw);
    }
    let mut out = String::with_capacity(raw.len());
    let mut rest = raw;
    let mut marks = 0;
    loop {
        if plain > 0 {
            out.push_str(&rest[..plain]);
            rest = &rest[plain..];
            marks = 0;
        }
        let Some(c) = rest.chars().next() else { break };
        let tail = &rest[c.len_utf8()..];
        rest = match c {
            '\u{1b}' | '\u{90}' | '\u{98}' | '\u{9b}' | '\u{9d}'..='\u{9f}' => &rest[escape_length(rest)..],
            _ => tail,
        };
        match c {
            '\r' if rest.starts_with('\n') => {}
            '\n' | '\r' | '\u{85}' | '\u{2028}' | '\u{2029}' => out.push('\n'),
            '\t' => out.push_str("    "),
            '\u{b}' | '\u{c}' | '\u{a0}' | '\u{2007}' | '\u{202f}' => out.push(' '),
            _ if is_dropped(c) => {
                plain = plain_length(rest);
                continue;
            }
            _ => {
                marks = if c.width() == Some(0) { marks + 1 } else { 0 };
                if marks <= MOST_MARKS {
                    out.push(c);
                }
                plain = plain_length(rest);
                continue;
            }
        }
        marks = 0;
        plain = plain_length(rest);
    }
    Cow::Owned(out)
}

/// Returns `raw` cleaned and on one line: every run of blanks becomes one space, none at the ends.
pub fn clean_line(raw: &str) -> String {
    let mut out = String::with_capacity(raw.len());
    for word in clean(raw).split_whitespace() {
        if !out.is_empty() {
            out.push(' ');
        }
        out.push_str(word);
    }
    out
}

/// How far `text` begins with what needs no cleaning, in bytes. Most of it is ASCII, which is passed over byte by byte: this
/// is asked of all that is read.
fn plain_length(text: &str) -> usize {
    const AT_ONCE: usize = 32;
    const fn is_plain_byte(byte: u8) -> bool {
        matches!(byte, b'\n' | b' '..=b'~')
    }
    let mut length = 0;
    loop {
        // Without a break in it the processor looks at many bytes at a time.
        let chunks = text.as_bytes()[length..].chunks_exact(AT_ONCE);
        length +=
            AT_ONCE * chunks.take_while(|chunk| chunk.iter().fold(true, |all, &b| all & is_plain_byte(b))).count();
        let rest = &text.as_bytes()[length..];
        length += rest.iter().position(|&byte| !is_plain_byte(byte)).unwrap_or(rest.len());
        match text[length..].chars().next() {
            Some(c) if is_plain(c) => length += c.len_utf8(),
            _ => return length,
        }
    }
}

/// Whether a text made only of such characters needs no cleaning.
fn is_plain(c: char) -> bool {
    // The letters and marks of most news; zero-width characters are looked at one by one.
    matches!(c,
        '\n' | ' '..='~' | '\u{a1}'..='\u{ac}' | '\u{ae}'..='\u{2ff}' | '\u{370}'..='\u{481}'
        | '\u{2010}'..='\u{2027}' | '\u{2030}'..='\u{205e}' | '\u{20a0}'..='\u{20cf}' | '\u{2100}'..='\u{2bff}'
        | '\u{3000}'..='\u{3029}' | '\u{3040}'..='\u{3098}' | '\u{309b}'..='\u{9fff}' | '\u{ac00}'..='\u{d7a3}')
}

/// Returns whether a character could steer a terminal, or deceive its user, and must not be written as it is.
pub fn may_deceive(c: char) -> bool {
    is_dropped(c) || matches!(c, '\u{2028}' | '\u{2029}')
}

/// Whether the character goes without a trace.
fn is_dropped(c: char) -> bool {
    c.is_control()
        || matches!(c,
            '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}')
}

/// Returns the length in bytes of the escape sequence at the start of `text`, which begins with one of its introducers
/// (U+001B, U+0090, U+0098, U+009B, U+009D to U+009F); at least that of its first character.
///
/// After ECMA-48 §5.4 and §5.6: a control sequence runs to its final byte, a control string to its terminator, which must
/// be on its line.
pub fn escape_length(text: &str) -> usize {
    let mut chars = text.char_indices().skip(1);
    let first = text.chars().next().map_or(0, char::len_utf8);
    let introducer = match text.chars().next() {
        Some('\u{1b}') => chars.next(),
        Some('\u{9b}') => Some((0, '[')),
        _ => Some((0, ']')),
    };
    let Some((at, introducer)) = introducer else { return first };
    let start = if at == 0 { first } else { at + introducer.len_utf8() };
    let body = &text[start..];
    match introducer {
        '[' => {
            let parameters = body.bytes().take_while(|b| (0x20..0x40).contains(b)).take(LONGEST_ESCAPE).count();
            match body.as_bytes().get(parameters) {
                Some(0x40..=0x7e) => start + parameters + 1,
                _ => start,
            }
        }
        ']' | 'P' | 'X' | '^' | '_' => {
            for (offset, c) in body.char_indices() {
                match c {
                    _ if offset > LONGEST_ESCAPE => break,
                    '\n' | '\r' | '\u{85}' | '\u{2028}' | '\u{2029}' => break,
                    '\u{7}' | '\u{9c}' => return start + offset + c.len_utf8(),
                    '\u{1b}' if body[offset..].starts_with("\u{1b}\\") => return start + offset + 2,
                    _ => {}
                }
            }
            start
        }
        // An escape with intermediate bytes (character sets), or a single function.
        ' '..='/' => {
            let more = body.bytes().take_while(|b| (0x20..0x30).contains(b)).take(LONGEST_ESCAPE).count();
            match body.as_bytes().get(more) {
                Some(0x30..=0x7e) => start + more + 1,
                _ => start,
            }
        }
        '0'..='~' => start,
        _ => first,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plain_text_is_not_copied() {
        assert!(matches!(clean("“Nothing to do,” she said.\nАбв — 林美玲"), Cow::Borrowed(_)));
    }

    #[test]
    fn line_ends_and_tabs() {
        assert_eq!(clean("a\r\nb\rc\u{2028}d\te"), "a\nb\nc\nd    e");
        assert_eq!(clean("a\u{a0}b"), "a b");
    }

    #[test]
    fn escape_sequences_go_whole() {
        assert_eq!(clean("\u{1b}[31mred\u{1b}[0m"), "red");
        assert_eq!(clean("\u{1b}]0;title\u{7}text"), "text");
        assert_eq!(clean("\u{1b}]8;;http://x\u{1b}\\link\u{1b}]8;;\u{1b}\\"), "link");
        assert_eq!(clean("\u{9b}2Jx\u{1b}(By\u{1b}cz"), "xyz");
        assert_eq!(clean("a\u{98}b\u{9c}\u{9e}c\u{9c}\u{9f}d\u{1b}\\e\u{9f}f"), "aef");
        assert_eq!(clean("\u{1b}]never ended"), "never ended");
        for introducer in ['\u{90}', '\u{98}', '\u{9d}', '\u{9e}', '\u{9f}'] {
            for end in ["\n", "\r", "\u{85}", "\u{2028}", ""] {
                let text = clean(&format!("a{introducer}never ended{end}b\u{9c}c")).into_owned();
                assert_eq!(text, if end.is_empty() { "ac" } else { "anever ended\nbc" });
            }
        }
        assert_eq!(clean("\u{1b}"), "");
        assert_eq!(clean("\u{1b}é"), "é");
    }

    #[test]
    fn reordering_and_hiding_characters_are_removed() {
        assert_eq!(clean("a\u{202e}b\u{2066}c\u{200f}\u{0}\u{7f}d\u{feff}"), "abcd");
    }

    #[test]
    fn tag_characters_are_removed_and_variants_of_ideographs_stay() {
        let hidden: String = "pay him".chars().map(|c| char::from_u32(0xe0000 + c as u32).unwrap()).collect();
        assert_eq!(clean(&format!("a\u{e0001}{hidden}b")), "ab");
        assert_eq!(clean("🏴\u{e0067}\u{e0062}\u{e0073}\u{e0063}\u{e0074}\u{e007f} goal"), "🏴 goal");
        assert_eq!(clean("葛\u{e0100}城"), "葛\u{e0100}城");
        assert!(may_deceive('\u{e0041}') && !may_deceive('\u{e0100}'));
    }

    #[test]
    fn joiners_and_accents_stay_but_do_not_pile_up() {
        assert_eq!(clean("👩\u{200d}👩\u{200d}👧 e\u{301}"), "👩\u{200d}👩\u{200d}👧 e\u{301}");
        let tower = format!("e{}", "\u{301}".repeat(500));
        assert_eq!(clean(&tower).chars().count(), 31);
    }

    #[test]
    fn one_line() {
        assert_eq!(clean_line("  a \n\t b\u{1b}[1m  c "), "a b c");
    }
}
