//! The width of a text in terminal cells.

use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

/// Returns the width of `text` in terminal cells: the sum over its grapheme clusters, as the cells are drawn.
pub fn cells(text: &str) -> usize {
    if text.is_ascii() {
        return text.len();
    }
    text.graphemes(true).map(UnicodeWidthStr::width).sum()
}

/// The longest start of `text` that fits into `most` cells, never half a grapheme cluster.
pub fn head(text: &str, most: usize) -> &str {
    if text.len() <= most && text.is_ascii() {
        return text;
    }
    let mut taken = 0;
    for (offset, grapheme) in text.grapheme_indices(true) {
        taken += grapheme.width();
        if taken > most {
            return &text[..offset];
        }
    }
    text
}

/// `text` in at most `most` cells; where something had to go, "…" ends it.
pub fn shorten(text: &str, most: usize) -> String {
    // A text of a million cells is not measured to its end.
    let kept = head(text, most);
    if kept.len() == text.len() {
        return text.to_owned();
    }
    let mut short = head(text, most.saturating_sub(1)).trim_end().to_owned();
    if most > 0 {
        short.push('…');
    }
    short
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wide_and_joined_characters() {
        assert_eq!(cells("abc"), 3);
        assert_eq!(cells("林美玲"), 6);
        assert_eq!(cells("e\u{301}"), 1);
        assert_eq!(cells("👩\u{200d}👩\u{200d}👧"), 2);
    }

    #[test]
    fn heads_never_split_a_cluster() {
        assert_eq!(head("林美玲", 5), "林美");
        assert_eq!(head("ae\u{301}b", 2), "ae\u{301}");
        assert_eq!(shorten("Harbour bridge", 9), "Harbour…");
        assert_eq!(shorten("Harbour", 7), "Harbour");
        assert_eq!(shorten("Harbour", 0), "");
    }
}
