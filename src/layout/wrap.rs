//! One line of text, broken into rows.

use textwrap::WordSeparator;
use textwrap::core::Fragment;
use textwrap::wrap_algorithms::{Penalties, wrap_first_fit, wrap_optimal_fit};
use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

use crate::text::{Span, cells};

/// Paragraphs longer than this many bytes are filled greedily: in a text that long the better breaks do not
/// show, and a line of 10 MB must not delay a frame.
const LONGEST_OPTIMAL: usize = 1 << 15;

/// What makes rows uneven, as textwrap has it; but no row is ever too wide, however empty the one before it stays.
const PENALTIES: Penalties = Penalties { overflow_penalty: 1 << 24, ..Penalties::new() };

/// Breaks one line of text into rows of at most `width` cells; returns their spans, in bytes of `line`. An empty
/// text is one empty row. Only a single character wider than `width` makes a row wider.
pub fn wrap(line: &str, width: usize) -> Vec<Span> {
    let words = words(line, width.max(1));
    let widths = [width.max(1) as f64];
    let lines = if line.len() <= LONGEST_OPTIMAL {
        wrap_optimal_fit(&words, &widths, &PENALTIES).unwrap_or_else(|_| wrap_first_fit(&words, &widths))
    } else {
        wrap_first_fit(&words, &widths)
    };
    lines
        .into_iter()
        .map(|words| match (words.first(), words.last()) {
            (Some(first), Some(last)) => Span::new(first.span.start, last.span.end),
            _ => Span::default(),
        })
        .collect()
}

/// A piece of text at whose end a line may be broken.
#[derive(Debug, Clone, Copy)]
struct Word {
    span: Span,
    width: usize,
    blanks: usize,
}

impl Fragment for Word {
    fn width(&self) -> f64 {
        self.width as f64
    }

    fn whitespace_width(&self) -> f64 {
        self.blanks as f64
    }

    fn penalty_width(&self) -> f64 {
        0.0
    }
}

/// Cuts a line at the places where it may be broken; what is wider than `width` is cut between characters.
fn words(line: &str, width: usize) -> Vec<Word> {
    let mut words: Vec<Word> = Vec::with_capacity(line.len() / 6 + 1);
    let mut start = 0;
    let mut address = false;
    for piece in WordSeparator::UnicodeBreakProperties.find_words(line) {
        let word = Word {
            span: Span::new(start, start + piece.word.len()),
            width: cells(piece.word),
            blanks: piece.whitespace.len(),
        };
        start = word.span.end + piece.whitespace.len();
        match words.last_mut() {
            // UAX 14 breaks addresses at every slash; they are easier to read, and to select, in one piece.
            Some(last) if address && last.blanks == 0 && last.width + word.width <= width => {
                last.span.end = word.span.end;
                last.width += word.width;
                last.blanks = word.blanks;
            }
            _ => {
                address = is_address(piece.word);
                push_fitting(&mut words, line, word, width);
            }
        }
    }
    words
}

fn is_address(word: &str) -> bool {
    let word = word.trim_start_matches(|c: char| !c.is_alphanumeric());
    ["http:", "https:", "www."].iter().any(|start| word.starts_with(start))
}

/// Adds a word, in pieces where it is wider than a row.
fn push_fitting(words: &mut Vec<Word>, line: &str, word: Word, width: usize) {
    if word.width <= width {
        words.push(word);
        return;
    }
    let mut piece = Word { span: Span::new(word.span.start, word.span.start), width: 0, blanks: 0 };
    for (offset, grapheme) in word.span.of(line).grapheme_indices(true) {
        let at = word.span.start + offset;
        let taken = grapheme.width();
        if piece.width + taken > width && !piece.span.is_empty() {
            words.push(piece);
            piece = Word { span: Span::new(at, at), width: 0, blanks: 0 };
        }
        piece.span.end = at + grapheme.len();
        piece.width += taken;
    }
    words.push(Word { blanks: word.blanks, ..piece });
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wrapped(line: &str, width: usize) -> Vec<&str> {
        wrap(line, width).into_iter().map(|span| span.of(line)).collect()
    }

    #[test]
    fn rows_are_even_rather_than_full() {
        assert_eq!(
            wrapped("To be, or not to be: that is the question", 10),
            ["To be,", "or not to", "be: that", "is the", "question"]
        );
    }

    #[test]
    fn long_words_are_cut_between_clusters() {
        assert_eq!(wrapped("abcdefghij", 4), ["abcd", "efgh", "ij"]);
        assert_eq!(wrapped("e\u{301}e\u{301}e\u{301}", 2), ["e\u{301}e\u{301}", "e\u{301}"]);
        assert_eq!(wrapped("林美玲林", 5), ["林美", "玲林"]);
        assert_eq!(wrapped("", 5), [""]);
    }

    #[test]
    fn rows_are_never_too_wide_for_evenness() {
        let long = "n".repeat(71);
        assert_eq!(wrapped(&format!("a {long}"), 72), ["a", &long]);
    }

    #[test]
    fn addresses_stay_whole_where_they_fit() {
        assert_eq!(wrapped("see http://example.com/a-b?c=d now", 24), ["see", "http://example.com/a-b?", "c=d now"]);
        assert_eq!(wrapped("see http://example.com/a-b now", 24), ["see", "http://example.com/a-b", "now"]);
    }
}
