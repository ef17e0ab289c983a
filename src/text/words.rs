//! Words: the runs of letters and digits that a search compares.

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
    fn every_word_begins_where_a_word_begins() {
        let text = "a bc,d 林美x玲 o'neil";
        for (at, c) in text.char_indices().filter(|(_, c)| c.is_alphanumeric()) {
            assert_eq!(begins_word(text, at), word_spans(text).any(|span| span.start == at), "{c} at {at}");
        }
    }
}
