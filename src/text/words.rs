//! Words: the runs of letters and digits that a search compares.

use unicode_normalization::char::is_combining_mark;

use super::Span;

/// The words of a folded text, in order.
///
/// A word is a run of letters and digits; in scripts that write no blanks between words each character is one. The
/// search index and the scan of a text both rest on this, and so find the same.
pub fn words(folded: &str) -> impl Iterator<Item = &str> + '_ {
    word_spans(folded).map(|span| span.of(folded))
}

/// Where the words of a folded text stand, in order.
pub fn word_spans(folded: &str) -> impl Iterator<Item = Span> + '_ {
    let mut at = 0;
    std::iter::from_fn(move || {
        let start = word_start(folded, at)?;
        at = word_end(folded, start);
        Some(Span::new(start, at))
    })
}

/// Where the first letter or digit from byte `at` on stands. Most texts are mostly ASCII, where bytes are characters.
fn word_start(folded: &str, mut at: usize) -> Option<usize> {
    loop {
        let byte = *folded.as_bytes().get(at)?;
        if byte.is_ascii() {
            if byte.is_ascii_alphanumeric() {
                return Some(at);
            }
            at += 1;
        } else {
            let c = folded[at..].chars().next()?;
            if c.is_alphanumeric() {
                return Some(at);
            }
            at += c.len_utf8();
        }
    }
}

/// Whether a word begins at byte `at`, if a letter or digit stands there.
pub fn begins_word(folded: &str, at: usize) -> bool {
    match (folded[..at].chars().next_back(), folded[at..].chars().next()) {
        (Some(before), Some(first)) => !before.is_alphanumeric() || stands_alone(before) || stands_alone(first),
        _ => true,
    }
}

/// One past the last byte of the word that begins at byte `start`.
fn word_end(folded: &str, start: usize) -> usize {
    let mut at = start;
    loop {
        while folded.as_bytes().get(at).is_some_and(u8::is_ascii_alphanumeric) {
            at += 1;
        }
        match folded[at..].chars().next() {
            Some(c) if stands_alone(c) => return if at == start { at + c.len_utf8() } else { at },
            Some(c) if c.is_alphanumeric() => at += c.len_utf8(),
            _ => return at,
        }
    }
}

/// The runs between blanks, as `split_whitespace` finds them, but fast where most of the text is ASCII.
pub fn runs(text: &str) -> impl Iterator<Item = &str> + '_ {
    let mut rest = text;
    std::iter::from_fn(move || {
        while !rest.is_empty() {
            let (end, blank) = next_blank(rest);
            let run = &rest[..end];
            rest = &rest[end + blank..];
            if !run.is_empty() {
                return Some(run);
            }
        }
        None
    })
}

/// Where the first blank stands, and how long it is; the end of the text if there is none.
fn next_blank(text: &str) -> (usize, usize) {
    let mut at = 0;
    while let Some(length) = text.as_bytes()[at..].iter().position(|byte| BEGINS_BLANK[usize::from(*byte)]) {
        at += length;
        match text[at..].chars().next() {
            Some(c) if c.is_whitespace() => return (at, c.len_utf8()),
            c => at += c.map_or(1, char::len_utf8),
        }
    }
    (text.len(), 0)
}

/// Which bytes blanks begin with.
static BEGINS_BLANK: [bool; 256] = {
    let mut table = [false; 256];
    let mut byte = 0;
    while byte < table.len() {
        table[byte] = matches!(byte, 0x09..=0x0d | 0x20 | 0xc2 | 0xe1..=0xe3);
        byte += 1;
    }
    table
};

/// Returns how many words a person would say a text has: the runs between blanks, where each letter of a script that
/// writes no blanks between words counts as one.
pub fn word_count(text: &str) -> usize {
    // Most blanks are of ASCII, and found fast.
    let in_run = |run: &str| if run.is_ascii() { 1 } else { run.split_whitespace().map(words_between_blanks).sum() };
    text.split_ascii_whitespace().map(in_run).sum()
}

/// The words of a run without blanks; "林さんはTokyoへ" has 7.
fn words_between_blanks(run: &str) -> usize {
    let (mut words, mut in_word) = (0, false);
    for c in run.chars() {
        if is_unspaced(c) {
            in_word = false;
            words += usize::from(c.is_alphanumeric() && !is_combining_mark(c));
        } else if c.is_alphanumeric() && !in_word {
            in_word = true;
            words += 1;
        }
    }
    words.max(1)
}

/// Whether a character belongs to a script that writes no blanks between words: those of Unicode's line breaking
/// classes ID and CJ with letters, and SA (UAX 14), and Tibetan. Korean writes blanks.
fn is_unspaced(c: char) -> bool {
    matches!(c,
        // Thai and Lao, Tibetan, Burmese, Khmer.
        '\u{e00}'..='\u{eff}' | '\u{f00}'..='\u{fff}' | '\u{1000}'..='\u{109f}' | '\u{1780}'..='\u{17ff}'
        // Tai Le, New Tai Lue, Khmer symbols, Tai Tham, Burmese and Tai Viet extensions.
        | '\u{1950}'..='\u{19ff}' | '\u{1a20}'..='\u{1aaf}' | '\u{a9e0}'..='\u{a9ff}' | '\u{aa60}'..='\u{aadf}'
        // Ideographs, kana and Bopomofo, with their marks, compatibility forms, half-width forms and later planes.
        | '\u{2e80}'..='\u{312f}' | '\u{3190}'..='\u{9fff}' | '\u{a000}'..='\u{a4cf}' | '\u{f900}'..='\u{faff}'
        | '\u{ff66}'..='\u{ff9f}' | '\u{1b000}'..='\u{1b16f}' | '\u{20000}'..='\u{3ffff}')
}

/// Whether a character is a word by itself.
fn stands_alone(c: char) -> bool {
    ('\u{2e80}'..'\u{1_0000}').contains(&c) && c.is_alphanumeric()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn runs_of_letters_and_digits() {
        let shown = |text| words(text).collect::<Vec<_>>().join("|");
        assert_eq!(shown("o'brien's night-tram, 10:30!"), "o|brien|s|night|tram|10|30");
        assert_eq!(shown("の 林美玲 opens2美"), "の|林|美|玲|opens2|美");
        assert_eq!(shown(" -- … "), "");
    }

    #[test]
    fn runs_are_those_between_any_blanks() {
        let blanks: String =
            ('\0'..=char::MAX).filter(|c| c.is_whitespace()).flat_map(|c| ['a', c, '’', c, c]).collect();
        for text in ["", " ", "one", " “two  words”\t\n", &blanks] {
            assert_eq!(runs(text).collect::<Vec<_>>(), text.split_whitespace().collect::<Vec<_>>(), "{text:?}");
        }
    }

    #[test]
    fn words_of_every_script_are_counted() {
        for (text, count) in [
            ("", 0),
            ("The old bridge—tired, “so it is”—don't", 6),
            ("— … · 5 %", 5),
            (" Tea\u{a0}is\u{2003}“served” at\n5.\t", 5),
            ("旧桥将关闭，到春天。", 8),
            ("林さんは Tokyo2へ2度", 8),
            ("港の橋は、1931年に", 7),
            ("สะพานปิด “เหนื่อย”", 12),
            ("ຂົວປິດ", 4),
            ("ស្ពានបិទ", 5),
            ("တံတားပိတ်", 4),
            ("항구 다리 폐쇄", 3),
            ("إغلاق الجسر", 2),
        ] {
            assert_eq!(word_count(text), count, "{text}");
        }
    }

    #[test]
    fn every_word_begins_where_a_word_begins() {
        let text = "a bc,d 林美x玲 o'neil";
        for (at, c) in text.char_indices().filter(|(_, c)| c.is_alphanumeric()) {
            assert_eq!(begins_word(text, at), word_spans(text).any(|span| span.start == at), "{c} at {at}");
        }
    }
}
